//! Versions of reference data. What is approved is never changed or removed; at most one change per kind and organisation
//! is being written or waits.

use domain::{
    ids::{OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO refdata (id, kind, org_id, state, number, based_on, content, sha256, author_id, note, wanted_from,
              created_at, asked_at, decided_by, decided_at, decision_note, valid_from, version)
              VALUES ($1, $2, $3, 'draft', NULL, $4, $5, NULL, $6, $7, NULL, $8, NULL, NULL, NULL, '', NULL, 1)";
    OPEN = "SELECT r.id, r.kind, r.org_id, r.state, r.number, r.based_on, r.content, r.sha256, r.author_id, a.name AS author,
            r.note, r.wanted_from, r.created_at, r.asked_at, r.decided_by, d.name AS decider, r.decided_at, r.decision_note,
            r.valid_from, r.version FROM refdata r JOIN person a ON a.id = r.author_id LEFT JOIN person d ON d.id = r.decided_by
            WHERE r.kind = $1 AND r.org_id = $2 AND r.state IN ('draft', 'waiting')";
    LOCK = sqlite "SELECT r.id, r.kind, r.org_id, r.state, r.number, r.based_on, r.content, r.sha256, r.author_id,
            a.name AS author, r.note, r.wanted_from, r.created_at, r.asked_at, r.decided_by, NULL AS decider, r.decided_at,
            r.decision_note, r.valid_from, r.version FROM refdata r JOIN person a ON a.id = r.author_id
            WHERE r.kind = $1 AND r.org_id = $2 AND r.state IN ('draft', 'waiting')", postgres
           "SELECT r.id, r.kind, r.org_id, r.state, r.number, r.based_on, r.content, r.sha256, r.author_id,
            a.name AS author, r.note, r.wanted_from, r.created_at, r.asked_at, r.decided_by, NULL AS decider, r.decided_at,
            r.decision_note, r.valid_from, r.version FROM refdata r JOIN person a ON a.id = r.author_id
            WHERE r.kind = $1 AND r.org_id = $2 AND r.state IN ('draft', 'waiting') FOR UPDATE OF r";
    NUMBERED = "SELECT r.id, r.kind, r.org_id, r.state, r.number, r.based_on, r.content, r.sha256, r.author_id, a.name AS author,
                r.note, r.wanted_from, r.created_at, r.asked_at, r.decided_by, d.name AS decider, r.decided_at, r.decision_note,
                r.valid_from, r.version FROM refdata r JOIN person a ON a.id = r.author_id
                LEFT JOIN person d ON d.id = r.decided_by WHERE r.kind = $1 AND r.org_id = $2 AND r.number = $3";
    LATEST = "SELECT r.id, r.kind, r.org_id, r.state, r.number, r.based_on, r.content, r.sha256, r.author_id, a.name AS author,
              r.note, r.wanted_from, r.created_at, r.asked_at, r.decided_by, d.name AS decider, r.decided_at, r.decision_note,
              r.valid_from, r.version FROM refdata r JOIN person a ON a.id = r.author_id
              LEFT JOIN person d ON d.id = r.decided_by
              WHERE r.kind = $1 AND r.org_id = $2 AND r.number IS NOT NULL ORDER BY r.number DESC LIMIT 1";
    HISTORY = "SELECT r.id, r.kind, r.org_id, r.state, r.number, r.based_on, '' AS content, r.sha256, r.author_id,
               a.name AS author, r.note, r.wanted_from, r.created_at, r.asked_at, r.decided_by, d.name AS decider, r.decided_at,
               r.decision_note, r.valid_from, r.version FROM refdata r JOIN person a ON a.id = r.author_id
               LEFT JOIN person d ON d.id = r.decided_by
               WHERE r.kind = $1 AND r.org_id = $2 AND r.state = 'approved'
               ORDER BY r.decided_at DESC, r.id DESC LIMIT 200";
    SAVE = "UPDATE refdata SET state = $3, number = $4, content = $5, sha256 = $6, note = $7, wanted_from = $8, asked_at = $9,
            decided_by = $10, decided_at = $11, decision_note = $12, valid_from = $13, version = version + 1
            WHERE id = $1 AND version = $2 AND state IN ('draft', 'waiting')";
    /// What no row changes any more can be counted to see whether something is new.
    STAMP = "SELECT count(*) FROM refdata WHERE state = 'approved'";
    APPROVED = "SELECT r.kind, r.org_id, o.kind AS org_kind, r.number, r.valid_from, r.content FROM refdata r
                JOIN org o ON o.id = r.org_id WHERE r.state = 'approved' ORDER BY r.kind, r.org_id, r.number";
}

/// A version, or a change that may become one.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RefdataRow {
    /// Identity.
    pub id: Uuid,
    /// Code of the kind.
    pub kind: String,
    /// For whom.
    pub org_id: Uuid,
    /// `draft`, `waiting`, `approved` or `discarded`.
    pub state: String,
    /// Its number, once it is approved.
    pub number: Option<i64>,
    /// The version it was made from.
    pub based_on: i64,
    /// The tables, JSON.
    pub content: String,
    /// SHA-256 over them, once approval was asked for.
    pub sha256: Option<Vec<u8>>,
    /// Who wrote it.
    pub author_id: Uuid,
    /// Their name.
    pub author: String,
    /// What they say about it.
    pub note: String,
    /// From when they want it to hold.
    pub wanted_from: Option<i64>,
    /// When it was begun.
    pub created_at: i64,
    /// When approval was asked for.
    pub asked_at: Option<i64>,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// Their name.
    pub decider: Option<String>,
    /// When.
    pub decided_at: Option<i64>,
    /// Why it was sent back the last time.
    pub decision_note: String,
    /// From when it holds.
    pub valid_from: Option<i64>,
    /// Which change of the row this is.
    pub version: i64,
}

/// A change to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewRefdata<'a> {
    /// Identity.
    pub id: Uuid,
    /// Code of the kind.
    pub kind: &'a str,
    /// For whom.
    pub org: OrgId,
    /// The version it is made from.
    pub based_on: i64,
    /// The tables, JSON.
    pub content: &'a str,
    /// What is said about it at first.
    pub note: &'a str,
    /// Who.
    pub author: UserId,
    /// Now.
    pub at: Timestamp,
}

/// An approved version, for looking up what holds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ApprovedRow {
    /// Code of the kind.
    pub kind: String,
    /// For whom.
    pub org_id: Uuid,
    /// Kind of that organisation.
    pub org_kind: String,
    /// Its number.
    pub number: i64,
    /// From when it holds.
    pub valid_from: i64,
    /// The tables, JSON.
    pub content: String,
}

/// Begins a change.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if one is open already.
pub async fn insert(tx: &mut Tx, new: NewRefdata<'_>) -> Result<()> {
    let args = args![new.id, new.kind, new.org, new.based_on, new.content, new.author, new.note, new.at];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// The change that is being written or waits.
///
/// # Errors
/// If the database does not answer.
pub async fn open(db: &mut impl Read, kind: &str, org: OrgId) -> Result<Option<RefdataRow>> {
    db.one(&OPEN, args![kind, org]).await
}

/// The same, held until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn lock(tx: &mut Tx, kind: &str, org: OrgId) -> Result<Option<RefdataRow>> {
    tx.one(&LOCK, args![kind, org]).await
}

/// The version with this number.
///
/// # Errors
/// If the database does not answer.
pub async fn numbered(db: &mut impl Read, kind: &str, org: OrgId, number: i64) -> Result<Option<RefdataRow>> {
    db.one(&NUMBERED, args![kind, org, number]).await
}

/// The last approved version.
///
/// # Errors
/// If the database does not answer.
pub async fn latest(db: &mut impl Read, kind: &str, org: OrgId) -> Result<Option<RefdataRow>> {
    db.one(&LATEST, args![kind, org]).await
}

/// The approved versions, the last one first, without the tables; at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn history(db: &mut impl Read, kind: &str, org: OrgId) -> Result<Vec<RefdataRow>> {
    db.all(&HISTORY, args![kind, org]).await
}

/// Stores an open change as it is now.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was changed or decided meanwhile.
pub async fn save(tx: &mut Tx, row: &RefdataRow) -> Result<()> {
    let args = args![
        row.id,
        row.version,
        &row.state,
        row.number,
        &row.content,
        row.sha256.clone(),
        &row.note,
        row.wanted_from,
        row.asked_at,
        row.decided_by,
        row.decided_at,
        &row.decision_note,
        row.valid_from,
    ];
    tx.run_one(&SAVE, args).await
}

/// A number that grows whenever a version is approved.
///
/// # Errors
/// If the database does not answer.
pub async fn stamp(db: &mut impl Read) -> Result<i64> {
    Ok(db.number(&STAMP, args![]).await?.unwrap_or(0))
}

/// Every approved version, by kind, organisation and number.
///
/// # Errors
/// If the database does not answer.
pub async fn approved(db: &mut impl Read) -> Result<Vec<ApprovedRow>> {
    db.all(&APPROVED, args![]).await
}
