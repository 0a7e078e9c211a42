//! Questions whether somebody stands on a list, with everything by which they were answered. They are never changed.

use domain::{
    ids::{CheckId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO name_check (id, org_id, person_id, at, asked, engine, threshold, lists, hits, hit_count)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ONE = "SELECT c.id, c.org_id, p.name AS person, c.at, c.asked, c.engine, c.threshold, c.lists, c.hits, c.hit_count
           FROM name_check c JOIN person p ON p.id = c.person_id WHERE c.id = $1";
    OF_ORG = "SELECT c.id, c.org_id, p.name AS person, c.at, c.asked, c.engine, c.threshold, '' AS lists, '' AS hits,
              c.hit_count FROM name_check c JOIN person p ON p.id = c.person_id
              WHERE c.org_id = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3";
}

/// A check to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewCheck<'a> {
    /// Identity.
    pub id: CheckId,
    /// For which organisation.
    pub org: OrgId,
    /// Who asks.
    pub person: UserId,
    /// Now.
    pub at: Timestamp,
    /// Who is asked for, JSON.
    pub asked: &'a str,
    /// Version of the engine.
    pub engine: &'a str,
    /// From which score on something is a hit.
    pub threshold: &'a str,
    /// Every version that was searched, JSON.
    pub lists: &'a str,
    /// What was found, JSON.
    pub hits: &'a str,
    /// How many.
    pub count: i64,
}

/// A check as it was kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CheckRow {
    /// Identity.
    pub id: Uuid,
    /// Of which organisation.
    pub org_id: Uuid,
    /// Name of the one who asked.
    pub person: String,
    /// When.
    pub at: i64,
    /// Who was asked for, JSON.
    pub asked: String,
    /// Version of the engine.
    pub engine: String,
    /// From which score on something was a hit.
    pub threshold: String,
    /// Every version that was searched, JSON; empty in lists of checks.
    pub lists: String,
    /// What was found, JSON; empty in lists of checks.
    pub hits: String,
    /// How many.
    pub hit_count: i64,
}

/// Keeps a check.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: NewCheck<'_>) -> Result<()> {
    let args = args![
        new.id,
        new.org,
        new.person,
        new.at,
        new.asked,
        new.engine,
        new.threshold,
        new.lists,
        new.hits,
        new.count,
    ];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// A check.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, id: CheckId) -> Result<Option<CheckRow>> {
    db.one(&ONE, args![id]).await
}

/// The checks of an organisation before another one, the last one first, without what was found.
///
/// # Errors
/// If the database does not answer.
pub async fn of_org(db: &mut impl Read, org: OrgId, before: Option<CheckId>, most: i64) -> Result<Vec<CheckRow>> {
    db.all(&OF_ORG, args![org, before.map_or(Uuid::max(), |id| id.0), most]).await
}
