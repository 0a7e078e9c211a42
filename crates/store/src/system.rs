//! What the database says about itself: engine, schema, size, and how the outbox and the backups stand.

use domain::time::Timestamp;

use crate::{Read, args, engine::Result, statements};

statements! {
    VERSION = sqlite "SELECT sqlite_version()", postgres "SELECT current_setting('server_version')";
    SIZE = sqlite "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
           postgres "SELECT pg_database_size(current_database())";
    SCHEMA = "SELECT max(version) FROM _sqlx_migrations";
    /// Mails that were tried, could not leave, and are tried again.
    FAILING = "SELECT count(*) FROM outbox WHERE state = 'waiting' AND attempts > 0 AND last_error <> ''";
    BACKUP = "SELECT max(at) FROM audit WHERE object_kind = 'installation' AND action = 'ManageSystem: backup made'";
}

/// Version of the engine in its own words.
///
/// # Errors
/// If the database does not answer.
pub async fn version(db: &mut impl Read) -> Result<String> {
    Ok(db.one::<(String,)>(&VERSION, args![]).await?.map(|(version,)| version).unwrap_or_default())
}

/// Bytes that the database takes.
///
/// # Errors
/// If the database does not answer.
pub async fn size(db: &mut impl Read) -> Result<i64> {
    Ok(db.number(&SIZE, args![]).await?.unwrap_or(0))
}

/// Number of the last migration that was applied.
///
/// # Errors
/// If the database does not answer.
pub async fn schema(db: &mut impl Read) -> Result<i64> {
    Ok(db.number(&SCHEMA, args![]).await?.unwrap_or(0))
}

/// How many mails wait after a try that failed.
///
/// # Errors
/// If the database does not answer.
pub async fn failing(db: &mut impl Read) -> Result<i64> {
    Ok(db.number(&FAILING, args![]).await?.unwrap_or(0))
}

/// When `forerunner backup` last completed one.
///
/// # Errors
/// If the database does not answer.
pub async fn last_backup(db: &mut impl Read) -> Result<Option<Timestamp>> {
    Ok(db.number(&BACKUP, args![]).await?.map(Timestamp))
}
