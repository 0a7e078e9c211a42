//! The audit log: one row per act, chained by hash, never changed.
//!
//! The row holds commitments to the values before and after the act; what opens them stands in a table of its own and
//! may be erased without breaking the chain. Hashing is done by `services::audit`; here are only rows.

use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    LAST = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1";
    /// PostgreSQL has many writers: the lock makes them append one after the other, until the transaction ends.
    LOCK = sqlite "SELECT 1", postgres "SELECT 1::bigint FROM (SELECT pg_advisory_xact_lock(60005)) AS held";
    APPEND = "INSERT INTO audit (seq, at, person_id, org_id, role, action, object_kind, object_id, before_commitment,
              after_commitment, previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    OPEN = "INSERT INTO audit_opening (seq, before_salt, before_value, after_salt, after_value) VALUES ($1, $2, $3, $4, $5)";
    PAGE = "SELECT seq, at, person_id, org_id, role, action, object_kind, object_id, before_commitment, after_commitment,
            previous_hash, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
    OF_OBJECT = "SELECT seq, at, person_id, org_id, role, action, object_kind, object_id, before_commitment,
                 after_commitment, previous_hash, hash FROM audit WHERE object_kind = $1 AND object_id = $2
                 ORDER BY seq LIMIT 500";
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Place in the chain, from 1 without gaps.
    pub seq: i64,
    /// When, microseconds UTC.
    pub at: i64,
    /// Who acted; none for the system itself or somebody without an account.
    pub person_id: Option<Uuid>,
    /// For which organisation.
    pub org_id: Option<Uuid>,
    /// In which role.
    pub role: String,
    /// What was done, the name of a `domain::access::Action` or of a step of the system.
    pub action: String,
    /// Kind of the object: `report`, `org`, `person`, …
    pub object_kind: String,
    /// Which one.
    pub object_id: String,
    /// Commitment to the state before.
    pub before_commitment: Option<Vec<u8>>,
    /// Commitment to the state after.
    pub after_commitment: Option<Vec<u8>>,
    /// Hash of the row before; zeros for the first.
    pub previous_hash: Vec<u8>,
    /// Hash of this row.
    pub hash: Vec<u8>,
}

/// The last row's place and hash, after taking the lock that keeps the chain in order.
///
/// # Errors
/// If the database does not answer.
pub async fn lock_last(tx: &mut Tx) -> Result<Option<(i64, Vec<u8>)>> {
    // SQLite has one writer, which this transaction is.
    if let Tx::Postgres(_) = tx {
        tx.number(&LOCK, vec![]).await?;
    }
    tx.one(&LAST, vec![]).await
}

/// What opens the commitments of one row: salts and values.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// Salt and JSON of the state before.
    pub before: Option<(Vec<u8>, String)>,
    /// Salt and JSON of the state after.
    pub after: Option<(Vec<u8>, String)>,
}

/// Appends a row and what opens it.
///
/// # Errors
/// If the database refuses.
pub async fn append(tx: &mut Tx, row: &AuditRow, opening: Opening) -> Result<()> {
    tx.run(
        &APPEND,
        args![
            row.seq,
            row.at,
            row.person_id,
            row.org_id,
            &row.role,
            &row.action,
            &row.object_kind,
            &row.object_id,
            row.before_commitment.clone(),
            row.after_commitment.clone(),
            row.previous_hash.clone(),
            row.hash.clone(),
        ],
    )
    .await?;
    let (before_salt, before_value) = opening.before.unzip();
    let (after_salt, after_value) = opening.after.unzip();
    if before_value.is_some() || after_value.is_some() {
        tx.run(&OPEN, args![row.seq, before_salt, before_value, after_salt, after_value]).await?;
    }
    Ok(())
}

/// Up to `limit` rows after place `after`, in order.
///
/// # Errors
/// If the database does not answer.
pub async fn page(db: &mut impl Read, after: i64, limit: i64) -> Result<Vec<AuditRow>> {
    db.all(&PAGE, args![after, limit]).await
}

/// The rows about one object, oldest first, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn of_object(db: &mut impl Read, kind: &str, id: &str) -> Result<Vec<AuditRow>> {
    db.all(&OF_OBJECT, args![kind, id]).await
}
