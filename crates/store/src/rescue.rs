//! Proposals to let an administrator in anew.

use domain::{ids::UserId, time::Timestamp};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO rescue (id, person_id, reason, proposed_by, proposed_at, expires_at, outcome, decided_by, decided_at)
              VALUES ($1, $2, $3, $4, $5, $6, '', NULL, NULL)";
    OPEN = "SELECT r.id, r.person_id, p.name AS person, p.email, r.reason, r.proposed_by, b.name AS proposer, r.proposed_at, r.expires_at
            FROM rescue r JOIN person p ON p.id = r.person_id JOIN person b ON b.id = r.proposed_by
            WHERE r.outcome = '' AND r.expires_at > $1 ORDER BY r.proposed_at, r.id LIMIT 200";
    /// Of two who decide at once, one changes a row.
    DECIDE = "UPDATE rescue SET outcome = $2, decided_by = $3, decided_at = $4
              WHERE id = $1 AND outcome = '' AND expires_at > $4";
}

/// A proposal that waits.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RescueRow {
    /// Identity.
    pub id: Uuid,
    /// Who is to be let in.
    pub person_id: Uuid,
    /// Their name.
    pub person: String,
    /// Their address.
    pub email: String,
    /// How the proposer made sure who asks.
    pub reason: String,
    /// Who proposes.
    pub proposed_by: Uuid,
    /// Their name.
    pub proposer: String,
    /// When.
    pub proposed_at: i64,
    /// When it lapses.
    pub expires_at: i64,
}

/// A proposal to store.
#[derive(Clone, Debug)]
pub struct NewRescue<'a> {
    /// Identity.
    pub id: Uuid,
    /// Who is to be let in.
    pub person: UserId,
    /// How the proposer made sure who asks.
    pub reason: &'a str,
    /// Who proposes.
    pub by: UserId,
    /// Now.
    pub at: Timestamp,
    /// When it lapses.
    pub expires: Timestamp,
}

/// Stores a proposal.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewRescue<'_>) -> Result<()> {
    tx.run(&INSERT, args![new.id, new.person, new.reason, new.by, new.at, new.expires]).await?;
    Ok(())
}

/// The proposals that wait, the oldest first, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn open(db: &mut impl Read, now: Timestamp) -> Result<Vec<RescueRow>> {
    db.all(&OPEN, args![now]).await
}

/// Decides a proposal that waits: `confirmed` or `withdrawn`.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was decided meanwhile, or has lapsed.
pub async fn decide(tx: &mut Tx, id: Uuid, outcome: &str, by: UserId, at: Timestamp) -> Result<()> {
    tx.run_one(&DECIDE, args![id, outcome, by, at]).await
}
