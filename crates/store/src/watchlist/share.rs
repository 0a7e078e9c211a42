//! Lists that an organisation shares with companies: to whom they were offered, who takes part, until when.

use domain::{
    ids::{OrgId, ShareId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ASK = "INSERT INTO list_share (id, list_id, member, country, registration, registration_key, state, ends_at, asked_by, asked_at)
           VALUES ($1, $2, $3, $4, $5, $6, 'asked', $7, $8, $9)";
    ANSWER = "UPDATE list_share SET state = $2, org_id = $3, answered_by = $4, answered_at = $5
              WHERE id = $1 AND state = 'asked'";
    END = "UPDATE list_share SET state = $2, ended_at = $3 WHERE id = $1 AND state IN ('asked', 'accepted')";
    ONE = "SELECT s.id, s.list_id, l.code, l.label, l.owner_id, o.name AS owner, s.member, s.country, s.registration,
           s.registration_key, s.state, s.ends_at, s.asked_at, s.org_id, s.answered_at, s.ended_at
           FROM list_share s JOIN watch_list l ON l.id = s.list_id JOIN org o ON o.id = l.owner_id WHERE s.id = $1";
    OF_LIST = "SELECT s.id, s.list_id, l.code, l.label, l.owner_id, o.name AS owner, s.member, s.country, s.registration,
               s.registration_key, s.state, s.ends_at, s.asked_at, s.org_id, s.answered_at, s.ended_at
               FROM list_share s JOIN watch_list l ON l.id = s.list_id JOIN org o ON o.id = l.owner_id
               WHERE s.list_id = $1 ORDER BY s.id DESC LIMIT 1000";
    /// What is offered to a company by its number in the register, and what it answered itself.
    OF_COMPANY = "SELECT s.id, s.list_id, l.code, l.label, l.owner_id, o.name AS owner, s.member, s.country, s.registration,
                  s.registration_key, s.state, s.ends_at, s.asked_at, s.org_id, s.answered_at, s.ended_at
                  FROM list_share s JOIN watch_list l ON l.id = s.list_id JOIN org o ON o.id = l.owner_id
                  WHERE (s.state = 'asked' AND s.country = $2 AND s.registration_key = $3 AND $3 <> '' AND s.ends_at > $4
                  AND o.status = 'approved') OR s.org_id = $1 ORDER BY s.id DESC LIMIT 200";
    /// The lists that a company sees because somebody shares them with it now.
    SEEN = "SELECT DISTINCT s.list_id FROM list_share s JOIN watch_list l ON l.id = s.list_id JOIN org o ON o.id = l.owner_id
            WHERE s.org_id = $1 AND s.state = 'accepted' AND s.ends_at > $2 AND o.status = 'approved' LIMIT 1000";
    ALL_SEEN = "SELECT DISTINCT s.org_id, s.list_id FROM list_share s JOIN watch_list l ON l.id = s.list_id
                JOIN org o ON o.id = l.owner_id WHERE s.state = 'accepted' AND s.ends_at > $1 AND o.status = 'approved'";
    LAPSED = "SELECT id, org_id FROM list_share WHERE state = 'accepted' AND ends_at <= $1 AND org_id IS NOT NULL
              ORDER BY id LIMIT 100";
    COMPANIES = "SELECT id, handle FROM org WHERE kind = 'company' AND status = 'approved' AND country = $1 AND registration_key = $2
                 LIMIT 20";
}

/// An offer of a list to a company.
#[derive(Clone, Copy, Debug)]
pub struct NewShare<'a> {
    /// Identity.
    pub id: ShareId,
    /// The list.
    pub list: Uuid,
    /// Name of the company, as the owner knows it.
    pub member: &'a str,
    /// Code of its country.
    pub country: &'a str,
    /// Its number in the register, as typed.
    pub registration: &'a str,
    /// Its letters and digits, for comparing.
    pub registration_key: &'a str,
    /// The first instant at which it ends.
    pub ends_at: Timestamp,
    /// Who offers it.
    pub by: UserId,
    /// Now.
    pub at: Timestamp,
}

/// An offer and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ShareRow {
    /// Identity.
    pub id: Uuid,
    /// The list.
    pub list_id: Uuid,
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Whose it is.
    pub owner_id: Uuid,
    /// Name of that organisation.
    pub owner: String,
    /// Name of the company, as the owner knows it.
    pub member: String,
    /// Code of its country.
    pub country: String,
    /// Its number in the register, as typed.
    pub registration: String,
    /// Its letters and digits.
    pub registration_key: String,
    /// Code of where it stands.
    pub state: String,
    /// The first instant at which it ends.
    pub ends_at: i64,
    /// When it was offered.
    pub asked_at: i64,
    /// The company that answered.
    pub org_id: Option<Uuid>,
    /// When.
    pub answered_at: Option<i64>,
    /// When the company left it or the owner ended it.
    pub ended_at: Option<i64>,
}

/// Offers a list to a company.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if it is offered to it, or shared with it, already.
pub async fn ask(tx: &mut Tx, new: NewShare<'_>) -> Result<()> {
    let args = args![
        new.id,
        new.list,
        new.member,
        new.country,
        new.registration,
        new.registration_key,
        new.ends_at,
        new.by,
        new.at,
    ];
    tx.run(&ASK, args).await?;
    Ok(())
}

/// Keeps a company's answer.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was answered or ended meanwhile.
pub async fn answer(tx: &mut Tx, id: ShareId, state: &str, org: OrgId, by: UserId, at: Timestamp) -> Result<()> {
    tx.run_one(&ANSWER, args![id, state, org, by, at]).await
}

/// Ends it.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it has ended already.
pub async fn end(tx: &mut Tx, id: ShareId, state: &str, at: Timestamp) -> Result<()> {
    tx.run_one(&END, args![id, state, at]).await
}

/// An offer.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, id: ShareId) -> Result<Option<ShareRow>> {
    db.one(&ONE, args![id]).await
}

/// With whom a list is shared, and was; the last one first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_list(db: &mut impl Read, list: Uuid) -> Result<Vec<ShareRow>> {
    db.all(&OF_LIST, args![list]).await
}

/// What is offered to a company now, and what it answered; the last one first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_company(
    db: &mut impl Read,
    org: OrgId,
    (country, registration_key): (&str, &str),
    now: Timestamp,
) -> Result<Vec<ShareRow>> {
    db.all(&OF_COMPANY, args![org, country, registration_key, now]).await
}

/// The lists that are shared with a company now. One whose owner is suspended is not.
///
/// # Errors
/// If the database does not answer.
pub async fn seen(db: &mut impl Read, org: OrgId, now: Timestamp) -> Result<Vec<Uuid>> {
    Ok(db.all::<(Uuid,)>(&SEEN, args![org, now]).await?.into_iter().map(|(id,)| id).collect())
}

/// What was shared until a day that is over, with the company; at most a hundred.
///
/// # Errors
/// If the database does not answer.
pub async fn lapsed(db: &mut impl Read, now: Timestamp) -> Result<Vec<(Uuid, Uuid)>> {
    db.all(&LAPSED, args![now]).await
}

/// Every company with each list that somebody shares with it now.
///
/// # Errors
/// If the database does not answer.
pub async fn all_seen(db: &mut impl Read, now: Timestamp) -> Result<Vec<(Uuid, Uuid)>> {
    db.all(&ALL_SEEN, args![now]).await
}

/// The companies with a number in the register of a country, with their names in addresses.
///
/// # Errors
/// If the database does not answer.
pub async fn companies(db: &mut impl Read, country: &str, registration_key: &str) -> Result<Vec<(OrgId, String)>> {
    let rows: Vec<(Uuid, String)> = db.all(&COMPANIES, args![country, registration_key]).await?;
    Ok(rows.into_iter().map(|(id, handle)| (OrgId(id), handle)).collect())
}
