//! Entries of an association's calendar.

use domain::{
    date::Date,
    ids::{EventId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO calendar_entry (id, org_id, author_id, title, about, place, first_day, last_day, created_at, removed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)";
    REMOVE = "UPDATE calendar_entry SET removed_at = $3 WHERE id = $1 AND org_id = $2 AND removed_at IS NULL";
    OF_ORG = "SELECT e.id, e.org_id, o.name AS owner, e.title, e.about, e.place, e.first_day, e.last_day
              FROM calendar_entry e JOIN org o ON o.id = e.org_id
              WHERE e.org_id = $1 AND e.removed_at IS NULL AND e.last_day >= $2 ORDER BY e.first_day, e.id LIMIT 500";
    FOR_MEMBER = "SELECT e.id, e.org_id, o.name AS owner, e.title, e.about, e.place, e.first_day, e.last_day
                  FROM calendar_entry e JOIN org o ON o.id = e.org_id
                  WHERE e.removed_at IS NULL AND e.last_day >= $2 AND e.org_id IN (SELECT m.association_id
                  FROM association_member m WHERE m.org_id = $1 AND m.state = 'accepted'
                  AND (m.ends_at IS NULL OR m.ends_at > $3)) ORDER BY e.first_day, e.id LIMIT 500";
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EntryRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub org_id: Uuid,
    /// Its name.
    pub owner: String,
    /// What happens.
    pub title: String,
    /// More about it.
    pub about: String,
    /// Where.
    pub place: String,
    /// From this day, days since 1970-01-01.
    pub first_day: i64,
    /// To this day.
    pub last_day: i64,
}

/// Adds an entry.
///
/// # Errors
/// If the database does not answer.
pub async fn add(tx: &mut Tx, row: &EntryRow, by: UserId, at: Timestamp) -> Result<()> {
    let args = args![row.id, row.org_id, by, &row.title, &row.about, &row.place, row.first_day, row.last_day, at];
    tx.run(&ADD, args).await?;
    Ok(())
}

/// Takes an organisation's entry out.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it has no such entry.
pub async fn remove(tx: &mut Tx, id: EventId, org: OrgId, at: Timestamp) -> Result<()> {
    tx.run_one(&REMOVE, args![id, org, at]).await
}

/// An organisation's entries that end on a day or later.
///
/// # Errors
/// If the database does not answer.
pub async fn of_org(db: &mut impl Read, org: OrgId, from: Date) -> Result<Vec<EntryRow>> {
    db.all(&OF_ORG, args![org, from.days()]).await
}

/// Those of the associations of which a company is a member.
///
/// # Errors
/// If the database does not answer.
pub async fn for_member(db: &mut impl Read, org: OrgId, from: Date, now: Timestamp) -> Result<Vec<EntryRow>> {
    db.all(&FOR_MEMBER, args![org, from.days(), now]).await
}
