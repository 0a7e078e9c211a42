//! Who looked at the queue when, and how much has happened since that they have not read.

use domain::{
    ids::{OrgId, UserId},
    time::Timestamp,
};

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    FIND = "SELECT m.created_at AS joined_at, l.looked_at, l.since_at, l.known_until, l.read_until FROM membership m
            LEFT JOIN desk_look l ON l.authority_id = m.org_id AND l.person_id = m.person_id
            WHERE m.org_id = $1 AND m.person_id = $2";
    NOTE = "INSERT INTO desk_look (authority_id, person_id, looked_at, since_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (authority_id, person_id) DO UPDATE SET looked_at = $3, since_at = $4";
    KNOW = "INSERT INTO desk_look (authority_id, person_id, looked_at, since_at, known_until) VALUES ($1, $2, $3, $3, $3)
            ON CONFLICT (authority_id, person_id) DO UPDATE SET known_until = $3, since_at = $3";
    READ = "UPDATE desk_look SET read_until = $3 WHERE authority_id = $1 AND person_id = $2";
    /// Walks the index of what changed after `$5`, the newest first, and stops when there is enough. The offset keeps
    /// PostgreSQL from reading every entry there is to join them.
    COUNT = "SELECT count(*) FROM (SELECT r.id FROM report r WHERE r.authority_id = $1 AND r.news_at > $5
             AND EXISTS (SELECT 1 FROM report_entry e WHERE e.report_id = r.id AND e.n > coalesce((SELECT m.read_n
             FROM report_read m WHERE m.report_id = r.id AND m.person_id = $2), 0) AND e.at > $3
             AND e.kind <> 'assigned_by_rule' AND e.person_id IS DISTINCT FROM $2 LIMIT 1 OFFSET 0)
             ORDER BY r.news_at DESC LIMIT $4) AS found";
    /// Walks the same index, the oldest first, up to the first report in which something is new.
    FIRST = "SELECT r.news_at FROM report r LEFT JOIN report_read m ON m.report_id = r.id AND m.person_id = $2
             WHERE r.authority_id = $1 AND r.news_at > $4
             AND EXISTS (SELECT 1 FROM report_entry e WHERE e.report_id = r.id AND e.n > coalesce(m.read_n, 0) AND e.at > $3
             AND e.kind <> 'assigned_by_rule' AND e.person_id IS DISTINCT FROM $2) ORDER BY r.news_at LIMIT 1";
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
    /// In reports in which nothing happened after it, they have read everything.
    pub read_until: Option<i64>,
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

/// Notes that they have read everything in reports in which nothing happened after `until`.
///
/// # Errors
/// If the database refuses.
pub async fn read(tx: &mut Tx, authority: OrgId, person: UserId, until: Timestamp) -> Result<()> {
    tx.run(&READ, args![authority, person, until]).await?;
    Ok(())
}

/// From where on something is new to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floor {
    /// What happened until then is known to them.
    pub known_until: Timestamp,
    /// In reports in which nothing happened after it, nothing is new to them; saves looking into those.
    pub read_until: Timestamp,
}

impl Floor {
    fn changed_after(self) -> Timestamp {
        self.known_until.max(self.read_until)
    }
}

/// In how many reports somebody else did something that is new to the person; at most `limit`.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, authority: OrgId, person: UserId, floor: Floor, limit: i64) -> Result<i64> {
    let args = args![authority, person, floor.known_until, limit, floor.changed_after()];
    Ok(db.number(&COUNT, args).await?.unwrap_or(0))
}

/// When something happened last in the first report, by that instant, in which anything is new to the person.
///
/// # Errors
/// If the database does not answer.
pub async fn first_unread(
    db: &mut impl Read,
    authority: OrgId,
    person: UserId,
    floor: Floor,
) -> Result<Option<Timestamp>> {
    let args = args![authority, person, floor.known_until, floor.changed_after()];
    Ok(db.number(&FIRST, args).await?.map(Timestamp))
}
