//! Who looked at the queue when, and how much has happened since that they have not read.

use domain::{
    ids::{OrgId, UserId},
    time::Timestamp,
};

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    FIND = "SELECT m.created_at AS joined_at, l.looked_at, l.since_at, l.known_until FROM membership m
            LEFT JOIN desk_look l ON l.authority_id = m.org_id AND l.person_id = m.person_id
            WHERE m.org_id = $1 AND m.person_id = $2";
    NOTE = "INSERT INTO desk_look (authority_id, person_id, looked_at, since_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (authority_id, person_id) DO UPDATE SET looked_at = $3, since_at = $4";
    KNOW = "INSERT INTO desk_look (authority_id, person_id, looked_at, since_at, known_until) VALUES ($1, $2, $3, $3, $3)
            ON CONFLICT (authority_id, person_id) DO UPDATE SET known_until = $3, since_at = $3";
    /// Walks the index of what changed since `$3`, the newest first, and stops when there is enough.
    COUNT = "SELECT count(*) FROM (SELECT r.id FROM report r
             LEFT JOIN report_read m ON m.report_id = r.id AND m.person_id = $2
             WHERE r.authority_id = $1 AND r.news_at > $3
             AND EXISTS (SELECT 1 FROM report_entry e WHERE e.report_id = r.id AND e.n > coalesce(m.read_n, 0) AND e.at > $3
             AND e.person_id IS DISTINCT FROM $2) LIMIT $4) AS found";
}

/// Somebody's looks at a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LookRow {
    /// When they joined the authority.
    pub joined_at: i64,
    /// The last look.
    pub looked_at: Option<i64>,
    /// The last look of the visit before.
    pub since_at: Option<i64>,
    /// What happened until then they said they know.
    pub known_until: Option<i64>,
}

/// The looks of a member; none for somebody who never was one.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, authority: OrgId, person: UserId) -> Result<Option<LookRow>> {
    db.one(&FIND, args![authority, person]).await
}

/// Notes a look, and where the visit began.
///
/// # Errors
/// If the database refuses.
pub async fn note(tx: &mut Tx, authority: OrgId, person: UserId, at: Timestamp, since: Timestamp) -> Result<()> {
    tx.run(&NOTE, args![authority, person, at, since]).await?;
    Ok(())
}

/// Notes that everything that happened so far is known.
///
/// # Errors
/// If the database refuses.
pub async fn know(tx: &mut Tx, authority: OrgId, person: UserId, at: Timestamp) -> Result<()> {
    tx.run(&KNOW, args![authority, person, at]).await?;
    Ok(())
}

/// In how many reports somebody else did something after `since` that the person has not read; at most `limit`.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, authority: OrgId, person: UserId, since: Timestamp, limit: i64) -> Result<i64> {
    Ok(db.number(&COUNT, args![authority, person, since, limit]).await?.unwrap_or(0))
}
