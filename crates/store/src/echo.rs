//! Reports told again, for measuring: copies of reports that were really sent, a little later and under numbers of their
//! own, made by the database itself, some hundred at a time.
//!
//! Columns are found in the database's own catalogue, so that a new one is copied without a line here. What cannot be
//! copied (receipts, words, the audit log) is handed to whoever can make it anew.

use domain::{encoding::hex, ids::OrgId, time::Timestamp};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Postgres, Sqlite};
use uuid::Uuid;

use crate::{
    Arg, Db, Read, Sql, Tx, args,
    audit::{AuditRow, Opening},
    dump::{self, Table},
    engine::Result,
    receipt::Facts,
};

/// A report that is told again.
#[derive(Clone, Debug)]
pub struct Echo {
    /// The report, its draft and its number.
    pub old: (Uuid, Uuid, String),
    /// The same of the copy.
    pub new: (Uuid, Uuid, String),
    /// How much later, microseconds: whole seconds.
    pub later: i64,
}

/// Where decided reports begin in the order of the queue; among them the newest is first.
const DECIDED: i64 = 9_000_000_000_000_000;

/// What is copied, and by what its rows are found. Of those that the catalogue tells nothing of, the columns.
const TABLES: &[(&str, &str, &[&str])] = &[
    ("draft", "s.id = e.old_draft", &[]),
    ("report", "s.id = e.old_id", &[]),
    ("report_version", "s.report_id = e.old_id", &[]),
    ("report_substance", "s.report_id = e.old_id", &[]),
    ("report_entry", "s.report_id = e.old_id", &[]),
    ("report_read", "s.report_id = e.old_id", &[]),
    ("report_fact", "s.report_id = e.old_id", &["report_id", "authority_id", "kind", "key", "shown", "role", "weak"]),
    ("report_text", "s.report_id = e.old_id", &["report_id", "body"]),
];

const MAKE: Sql = Sql {
    name: "echo::MAKE",
    sqlite: "CREATE TEMP TABLE IF NOT EXISTS echo (old_id BLOB NOT NULL, old_draft BLOB NOT NULL, old_reference TEXT NOT NULL,
             new_id BLOB NOT NULL UNIQUE, new_draft BLOB NOT NULL, reference TEXT NOT NULL, later INTEGER NOT NULL,
             old_draft_name TEXT NOT NULL, draft_name TEXT NOT NULL)",
    postgres: "CREATE TEMP TABLE IF NOT EXISTS echo (old_id UUID NOT NULL, old_draft UUID NOT NULL, old_reference TEXT NOT NULL,
             new_id UUID NOT NULL UNIQUE, new_draft UUID NOT NULL, reference TEXT NOT NULL, later BIGINT NOT NULL,
             old_draft_name TEXT NOT NULL, draft_name TEXT NOT NULL)",
};
/// Nothing is known of the new table yet, so that PostgreSQL might read all of the others to join them with it.
const BY_INDEX: Sql = Sql {
    name: "echo::BY_INDEX",
    sqlite: "SELECT 1",
    postgres: "SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)",
};
const CLEAR: Sql = both("echo::CLEAR", "DELETE FROM echo");
const NOTE: Sql = Sql {
    name: "echo::NOTE",
    sqlite: "INSERT INTO echo SELECT unhex(value->>0), unhex(value->>1), value->>2, unhex(value->>3), unhex(value->>4),
             value->>5, value->>6, value->>7, value->>8 FROM json_each($1)",
    postgres:
        "INSERT INTO echo SELECT CAST(value->>0 AS uuid), CAST(value->>1 AS uuid), value->>2, CAST(value->>3 AS uuid),
             CAST(value->>4 AS uuid), value->>5, CAST(value->>6 AS bigint), value->>7, value->>8
             FROM json_array_elements(CAST(CAST($1 AS text) AS json)) AS value",
};
// Crossed, so that SQLite begins with the few that are told again.
const TAKEN: Sql = both("echo::TAKEN", "SELECT count(*) FROM echo e JOIN report r ON r.reference = e.reference");
const BODIES: Sql = both(
    "echo::BODIES",
    "SELECT t.n, r.authority_id, t.body FROM echo e CROSS JOIN report_text t CROSS JOIN report r
     WHERE t.report_id = e.new_id AND r.id = e.new_id",
);
const FACTS: Sql = both(
    "echo::FACTS",
    "SELECT r.id, r.reference, v.version, a.handle AS authority, c.handle AS company, v.at, v.sha256
     FROM echo e CROSS JOIN report r CROSS JOIN report_version v JOIN org a ON a.id = r.authority_id
     JOIN org c ON c.id = r.org_id WHERE r.id = e.new_id AND v.report_id = e.new_id",
);
const RECEIPTS: Sql = Sql {
    name: "echo::RECEIPTS",
    sqlite: "INSERT INTO receipt (report_id, version, text) SELECT unhex(value->>0), value->>1, value->>2 FROM json_each($1)",
    postgres: "INSERT INTO receipt (report_id, version, text) SELECT CAST(value->>0 AS uuid), CAST(value->>1 AS bigint), value->>2
             FROM json_array_elements(CAST(CAST($1 AS text) AS json)) AS value",
};
const LOGGED: Sql = both(
    "echo::LOGGED",
    "SELECT a.seq, a.at + e.later AS at, a.person_id, a.org_id, a.role, a.action, a.object_kind, e.name AS object_id,
     a.before_commitment, a.after_commitment, a.previous_hash, a.hash, o.before_value, o.after_value, e.later
     FROM (SELECT new_id, 'draft' AS kind, old_draft_name AS old_name, draft_name AS name, later FROM echo
     UNION ALL SELECT new_id, 'report', old_reference, reference, later FROM echo) AS e
     JOIN audit a ON a.object_kind = e.kind AND a.object_id = e.old_name
     LEFT JOIN audit_opening o ON o.seq = a.seq ORDER BY e.new_id, a.seq",
);
const LOG: Sql = Sql {
    name: "echo::LOG",
    sqlite: "INSERT INTO audit (seq, at, person_id, org_id, role, action, object_kind, object_id, before_commitment,
             after_commitment, previous_hash, hash) SELECT value->>0, value->>1, unhex(value->>2), unhex(value->>3), value->>4,
             value->>5, value->>6, value->>7, unhex(value->>8), unhex(value->>9), unhex(value->>10), unhex(value->>11)
             FROM json_each($1)",
    postgres: "INSERT INTO audit (seq, at, person_id, org_id, role, action, object_kind, object_id, before_commitment,
             after_commitment, previous_hash, hash) SELECT CAST(value->>0 AS bigint), CAST(value->>1 AS bigint),
             CAST(value->>2 AS uuid), CAST(value->>3 AS uuid), value->>4, value->>5, value->>6, value->>7,
             decode(value->>8, 'hex'), decode(value->>9, 'hex'), decode(value->>10, 'hex'), decode(value->>11, 'hex')
             FROM json_array_elements(CAST(CAST($1 AS text) AS json)) AS value",
};
const OPEN: Sql = Sql {
    name: "echo::OPEN",
    sqlite: "INSERT INTO audit_opening (seq, before_salt, before_value, after_salt, after_value)
             SELECT value->>0, unhex(value->>1), value->>2, unhex(value->>3), value->>4 FROM json_each($1)",
    postgres: "INSERT INTO audit_opening (seq, before_salt, before_value, after_salt, after_value)
             SELECT CAST(value->>0 AS bigint), decode(value->>1, 'hex'), value->>2, decode(value->>3, 'hex'), value->>4
             FROM json_array_elements(CAST(CAST($1 AS text) AS json)) AS value",
};

const fn both(name: &'static str, text: &'static str) -> Sql {
    Sql { name, sqlite: text, postgres: text }
}

/// A row of the audit log about a copy, as it stands for the report: its place, hashes and commitments are still that
/// report's, and so are the values before and after.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LoggedRow {
    /// The row.
    #[sqlx(flatten)]
    pub row: AuditRow,
    /// State before, JSON.
    pub before_value: Option<String>,
    /// State after, JSON.
    pub after_value: Option<String>,
    /// How much later the copy is.
    pub later: i64,
}

/// Lets the one that writes keep in memory what it writes to again and again, until the database is closed.
///
/// # Errors
/// If the database does not answer.
pub async fn prepare(db: &Db) -> Result<()> {
    if let Db::Sqlite { write, .. } = db {
        sqlx::query("PRAGMA cache_size = -1048576").execute(write).await?;
        sqlx::query("PRAGMA wal_autocheckpoint = 20000").execute(write).await?;
    }
    Ok(())
}

/// Copies reports that were sent and perhaps decided, without files and labels. False if one of the new numbers is taken:
/// then nothing was copied.
///
/// # Errors
/// If the database refuses.
pub async fn tell(tx: &mut Tx, echoes: &[Echo]) -> Result<bool> {
    tx.run(&MAKE, args![]).await?;
    tx.run(&BY_INDEX, args![]).await?;
    tx.run(&CLEAR, args![]).await?;
    let hex = |id: Uuid| hex(id.as_bytes());
    let rows = echoes.iter().map(|Echo { old, new, later }| {
        let drafts = (hex(old.1), hex(new.1));
        json!([hex(old.0), drafts.0, old.2, hex(new.0), drafts.1, new.2, later, drafts.0, drafts.1])
    });
    tx.run(&NOTE, args![Value::Array(rows.collect()).to_string()]).await?;
    if tx.number(&TAKEN, args![]).await? != Some(0) {
        return Ok(false);
    }
    let known = dump::tables(tx).await?;
    for (name, found_by, columns) in TABLES {
        let own =
            Table { name: (*name).to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect() };
        let table = known.iter().find(|table| table.name == *name).unwrap_or(&own);
        copy(tx, table, found_by).await?;
    }
    Ok(true)
}

async fn copy(tx: &mut Tx, table: &Table, found_by: &str) -> Result<()> {
    let name = &table.name;
    let sqlite = matches!(tx, Tx::Sqlite(_));
    let values: Vec<String> = table.columns.iter().map(|column| value(name, column, sqlite)).collect();
    let sql = format!(
        "INSERT INTO {name} ({}) SELECT {} FROM echo e CROSS JOIN {name} s WHERE {found_by} ORDER BY e.new_id",
        table.columns.join(", "),
        values.join(", ")
    );
    match tx {
        Tx::Sqlite(tx) => sqlx::query::<Sqlite>(AssertSqlSafe(sql)).execute(&mut **tx).await.map(|_| ())?,
        Tx::Postgres(tx) => sqlx::query::<Postgres>(AssertSqlSafe(sql)).execute(&mut **tx).await.map(|_| ())?,
    }
    Ok(())
}

/// What stands in a column of the copy.
fn value(table: &str, column: &str, sqlite: bool) -> String {
    match (table, column) {
        ("report", "id") | (_, "report_id") => "e.new_id".to_owned(),
        ("draft", "id") | (_, "draft_id") => "e.new_draft".to_owned(),
        ("report", "reference") => "e.reference".to_owned(),
        ("report_text", "body") => "replace(s.body, e.old_reference, e.reference)".to_owned(),
        // As the program draws it: ordered by time.
        (_, "id") if sqlite => "unhex(hex(substr(e.new_id, 1, 6)) || hex(randomblob(10)))".to_owned(),
        (_, "id") => {
            "CAST(substr(CAST(e.new_id AS text), 1, 13) || substr(CAST(gen_random_uuid() AS text), 14) AS uuid)"
                .to_owned()
        }
        ("report", "urgency") => format!(
            "s.urgency + CASE WHEN s.urgency >= {DECIDED} THEN -1 ELSE 1 END * (e.later / {})",
            Timestamp::SECOND
        ),
        (_, time) if is_time(time) => format!("CASE s.{time} WHEN 0 THEN 0 ELSE s.{time} + e.later END"),
        (_, other) => format!("s.{other}"),
    }
}

fn is_time(column: &str) -> bool {
    column == "at" || ["_at", "_due", "_until", "_from"].iter().any(|end| column.ends_with(end))
}

/// Place, authority and text of each copy that was just made, for the index of words.
///
/// # Errors
/// If the database does not answer.
pub async fn bodies(tx: &mut Tx) -> Result<Vec<(i64, OrgId, String)>> {
    let rows: Vec<(i64, Uuid, String)> = tx.all(&BODIES, args![]).await?;
    Ok(rows.into_iter().map(|(place, authority, body)| (place, OrgId(authority), body)).collect())
}

/// What the receipt of each copy attests.
///
/// # Errors
/// If the database does not answer.
pub async fn facts(tx: &mut Tx) -> Result<Vec<(Uuid, Facts)>> {
    let rows: Vec<FactsRow> = tx.all(&FACTS, args![]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.facts)).collect())
}

#[derive(sqlx::FromRow)]
struct FactsRow {
    id: Uuid,
    #[sqlx(flatten)]
    facts: Facts,
}

/// Stores receipts: report, version, text.
///
/// # Errors
/// If the database refuses.
pub async fn add_receipts(tx: &mut Tx, receipts: &[(Uuid, i64, String)]) -> Result<()> {
    let rows = receipts.iter().map(|(report, version, text)| json!([report.simple().to_string(), version, text]));
    let rows = Value::Array(rows.collect()).to_string();
    tx.run(&RECEIPTS, vec![Arg::from(rows)]).await?;
    Ok(())
}

/// What the audit log says of the reports, to be said of their copies, in order.
///
/// # Errors
/// If the database does not answer.
pub async fn logged(tx: &mut Tx) -> Result<Vec<LoggedRow>> {
    tx.all(&LOGGED, args![]).await
}

/// Appends rows that are chained and hashed already to the audit log.
///
/// # Errors
/// If the database refuses.
pub async fn log(tx: &mut Tx, rows: &[(AuditRow, Opening)]) -> Result<()> {
    let id = |id: Option<Uuid>| id.map(|id| id.simple().to_string());
    let bytes = |bytes: Option<&Vec<u8>>| bytes.map(|bytes| hex(bytes));
    let text = |rows: Vec<Value>| Arg::from(Value::Array(rows).to_string());
    let audit = rows.iter().map(|(row, _)| {
        let (before, after) = (bytes(row.before_commitment.as_ref()), bytes(row.after_commitment.as_ref()));
        let (previous, own) = (hex(&row.previous_hash), hex(&row.hash));
        let (person, org) = (id(row.person_id), id(row.org_id));
        json!([
            row.seq,
            row.at,
            person,
            org,
            row.role,
            row.action,
            row.object_kind,
            row.object_id,
            before,
            after,
            previous,
            own
        ])
    });
    tx.run(&LOG, vec![text(audit.collect())]).await?;
    let openings = rows.iter().filter(|(_, opening)| opening.before.is_some() || opening.after.is_some());
    let openings = openings.map(|(row, Opening { before, after })| {
        let salt = |state: &Option<(Vec<u8>, String)>| state.as_ref().map(|(salt, _)| hex(salt));
        let value = |state: &Option<(Vec<u8>, String)>| state.as_ref().map(|(_, value)| value.clone());
        json!([row.seq, salt(before), value(before), salt(after), value(after)])
    });
    tx.run(&OPEN, vec![text(openings.collect())]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_time_is_told_later() {
        for (table, column, shifted) in [
            ("report", "sent_at", true),
            ("report", "answer_due", true),
            ("report", "answer_from", true),
            ("report_version", "at", true),
            ("report", "state", false),
            ("report", "party", false),
            ("report", "version", false),
        ] {
            assert_eq!(value(table, column, true).contains("e.later"), shifted, "{table}.{column}");
        }
    }
}
