//! The note that one shift leaves to the next: its versions, and who has read which.

use domain::{
    handover::Note,
    ids::{OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    CURRENT = "SELECT h.version, h.body, h.person_id, p.name AS person, h.at, r.version AS read_version FROM handover h
               JOIN person p ON p.id = h.person_id
               LEFT JOIN handover_read r ON r.authority_id = h.authority_id AND r.person_id = $2
               WHERE h.authority_id = $1 ORDER BY h.version DESC LIMIT 1";
    VERSIONS = "SELECT h.version, h.body, h.person_id, p.name AS person, h.at, CAST(NULL AS BIGINT) AS read_version
                FROM handover h JOIN person p ON p.id = h.person_id
                WHERE h.authority_id = $1 AND h.version < $2 ORDER BY h.version DESC LIMIT $3";
    /// Writes nothing unless the version it builds on is the last one.
    ADD = "INSERT INTO handover (authority_id, version, body, person_id, at)
           SELECT $1, $2 + 1, $3, $4, $5
           WHERE $2 = (SELECT coalesce(max(version), 0) FROM handover WHERE authority_id = $1)
           ON CONFLICT (authority_id, version) DO NOTHING";
    MARK_READ = "INSERT INTO handover_read (authority_id, person_id, version, at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (authority_id, person_id) DO UPDATE SET version = $3, at = $4 WHERE handover_read.version < $3";
    READERS = "SELECT p.name FROM handover_read r JOIN person p ON p.id = r.person_id
               JOIN membership m ON m.person_id = r.person_id AND m.org_id = r.authority_id AND m.ended_at IS NULL
               WHERE r.authority_id = $1 AND r.version = $2 ORDER BY p.name, p.id LIMIT 200";
}

/// A version of the note.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HandoverRow {
    /// Counted from 1.
    pub version: i64,
    /// The text; empty if there was nothing to hand over.
    pub body: String,
    /// Who wrote it.
    pub person_id: Uuid,
    /// Their name.
    pub person: String,
    /// When.
    pub at: i64,
    /// The version that the asking person has read last; only of the current one.
    pub read_version: Option<i64>,
}

/// The note as it stands; none if there never was one.
///
/// # Errors
/// If the database does not answer.
pub async fn current(db: &mut impl Read, authority: OrgId, person: UserId) -> Result<Option<HandoverRow>> {
    db.one(&CURRENT, args![authority, person]).await
}

/// The versions before `before`, the newest first, at most `limit`.
///
/// # Errors
/// If the database does not answer.
pub async fn versions(db: &mut impl Read, authority: OrgId, before: i64, limit: i64) -> Result<Vec<HandoverRow>> {
    db.all(&VERSIONS, args![authority, before, limit]).await
}

/// Adds the version after `base`.
///
/// # Errors
/// [`crate::StoreError::Stale`] if `base` is not the last one.
pub async fn add(tx: &mut Tx, authority: OrgId, base: i64, note: &Note, person: UserId, at: Timestamp) -> Result<()> {
    tx.run_one(&ADD, args![authority, base, note.as_str(), person, at]).await
}

/// Notes that a person has read a version; an earlier one than before changes nothing.
///
/// # Errors
/// If the database refuses.
pub async fn mark_read(tx: &mut Tx, authority: OrgId, person: UserId, version: i64, at: Timestamp) -> Result<()> {
    tx.run(&MARK_READ, args![authority, person, version, at]).await?;
    Ok(())
}

/// Names of those at the desk who have read a version, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn readers(db: &mut impl Read, authority: OrgId, version: i64) -> Result<Vec<String>> {
    let names: Vec<(String,)> = db.all(&READERS, args![authority, version]).await?;
    Ok(names.into_iter().map(|(name,)| name).collect())
}
