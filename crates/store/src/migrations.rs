//! Bringing a database to the schema of this binary.
//!
//! The files of `migrations/sqlite` and `migrations/postgres` carry the same numbers and the same tables. A database that
//! a newer program has written is refused, and a SQLite file is copied aside before it is changed.

use std::{borrow::Cow, path::Path};

use sqlx::{
    AssertSqlSafe, Row as _, SqlSafeStr as _,
    migrate::{Migrate as _, MigrateError, Migration, MigrationType, Migrator},
};

use crate::engine::{Db, Result, StoreError};

macro_rules! migrations {
    ($($version:literal $file:literal;)+) => {
        const SQLITE: &[(i64, &str, &str)] =
            &[$(($version, $file, include_str!(concat!("../../../migrations/sqlite/", $file, ".sql")))),+];
        const POSTGRES: &[(i64, &str, &str)] =
            &[$(($version, $file, include_str!(concat!("../../../migrations/postgres/", $file, ".sql")))),+];
    };
}

migrations! {
    1 "0001_people";
    2 "0002_audit_outbox";
    3 "0003_report";
    4 "0004_receipt";
    5 "0005_fact";
    6 "0006_evidence";
    7 "0007_search";
    8 "0008_second_factor";
    9 "0009_look";
    10 "0010_handover";
    11 "0011_deadline";
    12 "0012_amendment";
    13 "0013_refdata";
    14 "0014_live";
    15 "0015_known_browser";
    16 "0016_break_glass";
    17 "0017_rescue";
    18 "0018_duty";
    19 "0019_desk";
    20 "0020_macro";
    21 "0021_saved_view";
    22 "0022_figures";
    23 "0023_draft_life";
    24 "0024_scale";
    26 "0026_reading";
    27 "0027_undo";
    28 "0028_evidence_check";
    30 "0030_stretch";
    31 "0031_customer";
    32 "0032_customer_document";
    33 "0033_customer_import";
    36 "0036_watchlist";
    37 "0037_screening";
    39 "0039_list_share";
    40 "0040_own_and_fetched";
    41 "0041_declaration";
    43 "0043_licence";
    44 "0044_licence_request";
    45 "0045_advice";
    47 "0047_customer_decision";
    49 "0049_sight";
    50 "0050_mine";
    51 "0051_notice";
    52 "0052_notification";
    53 "0053_learning";
    55 "0055_concern";
    56 "0056_association";
    57 "0057_statistic";
    59 "0059_reach";
    60 "0060_approval";
    61 "0061_feed_key";
}

fn migrator(files: &[(i64, &'static str, &'static str)], last: i64) -> Migrator {
    let migration = |&(version, name, sql): &(i64, &'static str, &'static str)| {
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(files.iter().filter(|(version, ..)| *version <= last).map(migration).collect())
}

/// Applies what is missing.
///
/// `backup` is where a SQLite database that already holds something is copied to before it is changed.
///
/// # Errors
/// [`StoreError::Migration`] with a sentence for the operator, if the database is newer than the program or was altered.
pub async fn migrate(db: &Db, backup: Option<&Path>) -> Result<()> {
    if let Some(path) = backup {
        copy_aside(db, path).await?;
    }
    migrate_to(db, SCHEMA).await
}

/// The schema of this program.
pub const SCHEMA: i64 = SQLITE[SQLITE.len() - 1].0;

/// Applies what is missing up to a schema of this program: an earlier one for rows that were written under it.
///
/// # Errors
/// [`StoreError::Migration`] if this program does not know that schema, or the database has another one.
pub async fn migrate_to(db: &Db, schema: i64) -> Result<()> {
    if !SQLITE.iter().any(|(version, ..)| *version == schema) {
        let text = format!("Schema {schema} is not known to this Forerunner, which knows those up to {SCHEMA}.");
        return Err(StoreError::Migration(text));
    }
    let outcome = match db {
        Db::Sqlite { write, .. } => migrator(SQLITE, schema).run(write).await,
        Db::Postgres(pool) => migrator(POSTGRES, schema).run(pool).await,
    };
    outcome.map_err(explain)
}

/// Copies a SQLite database that has tables and lacks a migration; leaves others alone.
async fn copy_aside(db: &Db, path: &Path) -> Result<()> {
    let Db::Sqlite { write, .. } = db else { return Ok(()) };
    let tables: i64 = sqlx::query("SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
        .fetch_one(write)
        .await?
        .try_get(0)?;
    if tables == 0 {
        return Ok(());
    }
    let mut connection = write.acquire().await?;
    let applied = connection.list_applied_migrations("_sqlx_migrations").await.map_err(explain)?;
    drop(connection);
    if applied.len() >= SQLITE.len() {
        return Ok(());
    }
    let quoted = path.display().to_string().replace('\'', "''");
    // VACUUM INTO takes no bound parameter; the path is the operator's own and is quoted.
    sqlx::query(AssertSqlSafe(format!("VACUUM INTO '{quoted}'"))).execute(write).await?;
    tracing::info!(backup = %path.display(), "copied the database aside before migrating");
    Ok(())
}

fn explain(error: MigrateError) -> StoreError {
    StoreError::Migration(match error {
        MigrateError::VersionMissing(version) => format!(
            "This database was written by a newer Forerunner (schema {version}). Install that version or restore an older backup; nothing was changed."
        ),
        MigrateError::VersionMismatch(version) => {
            format!("Schema step {version} of this database is not the one this program knows. Nothing was changed.")
        }
        other => format!("The database could not be brought to this version: {other}"),
    })
}
