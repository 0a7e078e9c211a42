//! What companies ask about licences, and what authorities answer.

use domain::{
    date::Date,
    ids::{CustomerId, LicenceRequestId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO licence_request (id, org_id, authority_id, customer_id, site_key, person_id, asked, at, due_at, state, version,
              outcome, note, until_on, answered_by, answered_at, beside)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, '', '', NULL, NULL, NULL, '')";
    FIND = "SELECT r.id, r.org_id, r.authority_id, r.customer_id, r.site_key, r.person_id, r.asked, r.at, r.due_at, r.state, r.version,
            r.outcome, r.note, r.until_on, r.answered_at, r.beside, c.name AS company, c.handle AS company_handle, a.name AS authority,
            w.name AS person, b.name AS answered_by FROM licence_request r JOIN org c ON c.id = r.org_id
            JOIN person w ON w.id = r.person_id LEFT JOIN org a ON a.id = r.authority_id
            LEFT JOIN person b ON b.id = r.answered_by WHERE r.id = $1";
    /// Those of a company behind the instant $2 and the identity $3, the last one first.
    OF_ORG = "SELECT r.id, r.org_id, r.authority_id, r.customer_id, r.site_key, r.person_id, r.asked, r.at, r.due_at, r.state, r.version,
            r.outcome, r.note, r.until_on, r.answered_at, '' AS beside, c.name AS company, c.handle AS company_handle,
            a.name AS authority, w.name AS person, b.name AS answered_by FROM licence_request r JOIN org c ON c.id = r.org_id
            JOIN person w ON w.id = r.person_id LEFT JOIN org a ON a.id = r.authority_id
            LEFT JOIN person b ON b.id = r.answered_by WHERE r.org_id = $1
            AND (r.at < $2 OR (r.at = $2 AND r.id < $3)) ORDER BY r.at DESC, r.id DESC LIMIT $4";
    OF_CUSTOMER = "SELECT r.id, r.org_id, r.authority_id, r.customer_id, r.site_key, r.person_id, r.asked, r.at, r.due_at, r.state,
            r.version, r.outcome, r.note, r.until_on, r.answered_at, '' AS beside, c.name AS company, c.handle AS company_handle,
            a.name AS authority, w.name AS person, b.name AS answered_by FROM licence_request r JOIN org c ON c.id = r.org_id
            JOIN person w ON w.id = r.person_id LEFT JOIN org a ON a.id = r.authority_id
            LEFT JOIN person b ON b.id = r.answered_by WHERE r.customer_id = $1 AND r.org_id = $2
            ORDER BY r.at DESC, r.id DESC LIMIT 200";
    /// Answers in files of customers that may be counted on until $2 at the latest, unless the same file asked again since.
    ENDING = "SELECT r.id, r.org_id, r.authority_id, r.customer_id, r.site_key, r.person_id, r.asked, r.at, r.due_at, r.state, r.version,
            r.outcome, r.note, r.until_on, r.answered_at, '' AS beside, c.name AS company, c.handle AS company_handle,
            a.name AS authority, w.name AS person, b.name AS answered_by FROM licence_request r JOIN org c ON c.id = r.org_id
            JOIN person w ON w.id = r.person_id LEFT JOIN org a ON a.id = r.authority_id
            LEFT JOIN person b ON b.id = r.answered_by WHERE r.org_id = $1 AND r.customer_id IS NOT NULL AND r.until_on <= $2
            AND NOT EXISTS (SELECT 1 FROM licence_request n WHERE n.customer_id = r.customer_id AND n.at > r.at
            AND COALESCE(n.site_key, 0) = COALESCE(r.site_key, 0) AND n.state IN ('open', 'answered'))
            ORDER BY r.until_on, r.id LIMIT 200";
    /// Those at a desk that stand at $2, behind the instant $3 and the identity $4, the next due first.
    AT_DESK = "SELECT r.id, r.org_id, r.authority_id, r.customer_id, r.site_key, r.person_id, r.asked, r.at, r.due_at, r.state, r.version,
            r.outcome, r.note, r.until_on, r.answered_at, r.beside, c.name AS company, c.handle AS company_handle, a.name AS authority,
            w.name AS person, b.name AS answered_by FROM licence_request r JOIN org c ON c.id = r.org_id
            JOIN person w ON w.id = r.person_id LEFT JOIN org a ON a.id = r.authority_id
            LEFT JOIN person b ON b.id = r.answered_by WHERE r.authority_id = $1 AND r.state = $2
            AND (r.due_at > $3 OR (r.due_at = $3 AND r.id > $4)) ORDER BY r.due_at, r.id LIMIT $5";
    WAITING = "SELECT count(*) FROM licence_request WHERE authority_id = $1 AND state = 'open'";
    ANSWER = "UPDATE licence_request SET state = 'answered', version = version + 1, outcome = $3, note = $4, until_on = $5,
              answered_by = $6, answered_at = $7, beside = $8 WHERE id = $1 AND version = $2 AND state = 'open'";
    WITHDRAW = "UPDATE licence_request SET state = 'withdrawn', version = version + 1 WHERE id = $1 AND version = $2 AND state = 'open'";
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RequestRow {
    /// Identity.
    pub id: Uuid,
    /// The company that asks.
    pub org_id: Uuid,
    /// Who is asked.
    pub authority_id: Option<Uuid>,
    /// In whose file it is kept.
    pub customer_id: Option<Uuid>,
    /// For which site of it.
    pub site_key: Option<i64>,
    /// Who asked.
    pub person_id: Uuid,
    /// What was asked, JSON.
    pub asked: String,
    /// When.
    pub at: i64,
    /// Until when it is to be answered.
    pub due_at: i64,
    /// Code of where it stands.
    pub state: String,
    /// Its version.
    pub version: i64,
    /// Code of the answer.
    pub outcome: String,
    /// What the company reads with it.
    pub note: String,
    /// Until when the company may count on it.
    pub until_on: Option<i64>,
    /// When it was answered.
    pub answered_at: Option<i64>,
    /// Beside what it was answered, JSON; for the authority alone.
    pub beside: String,
    /// Name of the company.
    pub company: String,
    /// Its handle.
    pub company_handle: String,
    /// Name of the authority.
    pub authority: Option<String>,
    /// Name of who asked.
    pub person: String,
    /// Name of who answered; for the authority alone.
    pub answered_by: Option<String>,
}

/// A new request.
#[derive(Clone, Debug)]
pub struct NewRequest<'a> {
    /// Identity.
    pub id: LicenceRequestId,
    /// The company.
    pub org: OrgId,
    /// Who is asked.
    pub authority: Option<OrgId>,
    /// In whose file it is kept.
    pub customer: Option<CustomerId>,
    /// For which site of it.
    pub site: Option<u32>,
    /// Who asks.
    pub person: UserId,
    /// What, JSON.
    pub asked: &'a str,
    /// Now.
    pub at: Timestamp,
    /// Until when it is to be answered.
    pub due: Timestamp,
    /// Code of where it stands.
    pub state: &'a str,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// Its code.
    pub outcome: &'a str,
    /// What the company reads with it.
    pub note: &'a str,
    /// Until when the company may count on it.
    pub until: Option<Date>,
    /// Who answers.
    pub person: UserId,
    /// Now.
    pub at: Timestamp,
    /// Beside what, JSON.
    pub beside: &'a str,
}

/// Adds a request.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewRequest<'_>) -> Result<()> {
    let args = args![
        new.id,
        new.org,
        new.authority,
        new.customer,
        new.site,
        new.person,
        new.asked,
        new.at,
        new.due,
        new.state,
    ];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// The request with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: LicenceRequestId) -> Result<Option<RequestRow>> {
    db.one(&FIND, args![id]).await
}

/// A company's requests behind `after` (instant and identity), the last one first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_org(db: &mut impl Read, org: OrgId, after: Option<(i64, Uuid)>, limit: i64) -> Result<Vec<RequestRow>> {
    let (at, id) = after.unwrap_or((i64::MAX, Uuid::max()));
    db.all(&OF_ORG, args![org, at, id, limit]).await
}

/// Requests that are kept in a customer's file, the last one first, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn of_customer(db: &mut impl Read, customer: CustomerId, org: OrgId) -> Result<Vec<RequestRow>> {
    db.all(&OF_CUSTOMER, args![customer, org]).await
}

/// Answers in a company's files that may be counted on until `until` at the latest and that were not asked for anew, the next
/// end first; at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn ending(db: &mut impl Read, org: OrgId, until: Date) -> Result<Vec<RequestRow>> {
    db.all(&ENDING, args![org, until.days()]).await
}

/// Requests at a desk that stand at `state`, behind `after` (when due, and identity), the next due first.
///
/// # Errors
/// If the database does not answer.
pub async fn at_desk(
    db: &mut impl Read,
    authority: OrgId,
    state: &str,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<RequestRow>> {
    let (due, id) = after.unwrap_or((i64::MIN, Uuid::nil()));
    db.all(&AT_DESK, args![authority, state, due, id, limit]).await
}

/// How many wait at a desk.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(db: &mut impl Read, authority: OrgId) -> Result<i64> {
    Ok(db.number(&WAITING, args![authority]).await?.unwrap_or(0))
}

/// Answers a request.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was changed since `version`, answered or taken back.
pub async fn answer(tx: &mut Tx, (id, version): (LicenceRequestId, i64), answer: &Answer<'_>) -> Result<()> {
    let (until, person) = (answer.until.map(Date::days), answer.person);
    tx.run_one(&ANSWER, args![id, version, answer.outcome, answer.note, until, person, answer.at, answer.beside]).await
}

/// Takes a request back.
///
/// # Errors
/// [`crate::StoreError::Stale`] as for [`answer`].
pub async fn withdraw(tx: &mut Tx, (id, version): (LicenceRequestId, i64)) -> Result<()> {
    tx.run_one(&WITHDRAW, args![id, version]).await
}
