//! Decisions about customers, and what a second person answered. Rows are added and never changed.

use domain::{
    date::Date,
    ids::{CustomerId, DecisionId, DraftId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO customer_decision (id, customer_id, org_id, number, customer_version, verdict, reason, limits, computed,
              band, rules, rating, review_on, needs_second, at, person_id)
              VALUES ($1, $2, $3, (SELECT coalesce(max(number), 0) + 1 FROM customer_decision WHERE customer_id = $2),
              $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    ANSWER = "INSERT INTO customer_decision_answer (decision_id, agreed, reason, at, person_id) VALUES ($1, $2, $3, $4, $5)";
    FIND = "SELECT d.id, d.customer_id, d.org_id, c.name AS customer, d.number, d.customer_version, d.verdict, d.reason, d.limits,
            d.computed, d.band, d.rules, d.rating, d.review_on, d.needs_second, d.at, d.person_id, p.name AS person,
            a.agreed, a.reason AS answer, a.at AS answered_at, q.name AS answerer
            FROM customer_decision d JOIN customer c ON c.id = d.customer_id JOIN person p ON p.id = d.person_id
            LEFT JOIN customer_decision_answer a ON a.decision_id = d.id LEFT JOIN person q ON q.id = a.person_id
            WHERE d.id = $1";
    OF_CUSTOMER = "SELECT d.id, d.customer_id, d.org_id, c.name AS customer, d.number, d.customer_version, d.verdict, d.reason, d.limits,
            d.computed, d.band, d.rules, d.rating, d.review_on, d.needs_second, d.at, d.person_id, p.name AS person,
            a.agreed, a.reason AS answer, a.at AS answered_at, q.name AS answerer
            FROM customer_decision d JOIN customer c ON c.id = d.customer_id JOIN person p ON p.id = d.person_id
            LEFT JOIN customer_decision_answer a ON a.decision_id = d.id LEFT JOIN person q ON q.id = a.person_id
            WHERE d.customer_id = $1 ORDER BY d.number DESC LIMIT 500";
    WAITING = "SELECT d.id, d.customer_id, d.org_id, c.name AS customer, d.number, d.customer_version, d.verdict, d.reason, d.limits,
            d.computed, d.band, d.rules, d.rating, d.review_on, d.needs_second, d.at, d.person_id, p.name AS person,
            a.agreed, a.reason AS answer, a.at AS answered_at, q.name AS answerer
            FROM customer_standing s JOIN customer_decision d ON d.id = s.waiting_id
            JOIN customer c ON c.id = d.customer_id JOIN person p ON p.id = d.person_id
            LEFT JOIN customer_decision_answer a ON a.decision_id = d.id LEFT JOIN person q ON q.id = a.person_id
            WHERE s.org_id = $1 AND s.waiting_id IS NOT NULL ORDER BY d.at, d.id LIMIT 500";
    REFUSED = "SELECT count(*) FROM customer_decision WHERE customer_id = $1 AND verdict = 'refuse'";
    ADD_DRAFT = "INSERT INTO customer_draft (draft_id, customer_id, person_id, at) VALUES ($1, $2, $3, $4)";
    /// The newest draft that was begun from the file and is open, of those that somebody may see.
    OPEN_DRAFT = "SELECT d.id FROM customer_draft c JOIN draft d ON d.id = c.draft_id
                  WHERE c.customer_id = $1 AND d.archived_as = '' AND (d.author_id = $2 OR $3) ORDER BY c.at DESC LIMIT 1";
    /// Reports that were sent of drafts begun from the file.
    REPORTED = "SELECT count(*) FROM customer_draft c JOIN report_version v ON v.draft_id = c.draft_id WHERE c.customer_id = $1";
}

/// A decision to keep.
#[derive(Clone, Debug)]
pub struct NewDecision<'a> {
    /// Identity.
    pub id: DecisionId,
    /// The customer.
    pub customer: CustomerId,
    /// The company.
    pub org: OrgId,
    /// The version of the file.
    pub customer_version: i64,
    /// Code of what is decided.
    pub verdict: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Limits, JSON.
    pub limits: &'a str,
    /// Code of the band by the rules.
    pub computed: &'a str,
    /// Code of the band that counts.
    pub band: &'a str,
    /// Version of the rules.
    pub rules: &'a str,
    /// The rating, JSON.
    pub rating: &'a str,
    /// The next review.
    pub review_on: Option<Date>,
    /// Whether a second person has to agree.
    pub needs_second: bool,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub person: UserId,
}

/// A decision with its answer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DecisionRow {
    /// Identity.
    pub id: Uuid,
    /// The customer.
    pub customer_id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// Name of the customer.
    pub customer: String,
    /// Its number among the customer's.
    pub number: i64,
    /// The version of the file.
    pub customer_version: i64,
    /// Code of what was decided.
    pub verdict: String,
    /// Why.
    pub reason: String,
    /// Limits, JSON.
    pub limits: String,
    /// Code of the band by the rules.
    pub computed: String,
    /// Code of the band that counts.
    pub band: String,
    /// Version of the rules.
    pub rules: String,
    /// The rating, JSON.
    pub rating: String,
    /// Day of the next review.
    pub review_on: Option<i64>,
    /// Whether a second person had to agree.
    pub needs_second: bool,
    /// When.
    pub at: i64,
    /// Who.
    pub person_id: Uuid,
    /// Their name.
    pub person: String,
    /// Whether a second person agreed; none as long as nobody has answered.
    pub agreed: Option<bool>,
    /// What they wrote.
    pub answer: Option<String>,
    /// When they answered.
    pub answered_at: Option<i64>,
    /// Who answered.
    pub answerer: Option<String>,
}

/// Keeps a decision as the customer's next.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if somebody else decided at the same time.
pub async fn insert(tx: &mut Tx, new: &NewDecision<'_>) -> Result<()> {
    let args = args![
        new.id,
        new.customer,
        new.org,
        new.customer_version,
        new.verdict,
        new.reason,
        new.limits,
        new.computed,
        new.band,
        new.rules,
        new.rating,
        new.review_on.map(Date::days),
        new.needs_second,
        new.at,
        new.person,
    ];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// Keeps what a second person answered.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if somebody has answered before.
pub async fn answer(
    tx: &mut Tx,
    id: DecisionId,
    (agreed, reason): (bool, &str),
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    tx.run(&ANSWER, args![id, agreed, reason, at, person]).await?;
    Ok(())
}

/// The decision with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: DecisionId) -> Result<Option<DecisionRow>> {
    db.one(&FIND, args![id]).await
}

/// A customer's decisions, the last one first, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn of_customer(db: &mut impl Read, customer: CustomerId) -> Result<Vec<DecisionRow>> {
    db.all(&OF_CUSTOMER, args![customer]).await
}

/// Decisions of a company that wait for a second person, the oldest first, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(db: &mut impl Read, org: OrgId) -> Result<Vec<DecisionRow>> {
    db.all(&WAITING, args![org]).await
}

/// How often a customer was refused.
///
/// # Errors
/// If the database does not answer.
pub async fn refused(db: &mut impl Read, customer: CustomerId) -> Result<i64> {
    Ok(db.number(&REFUSED, args![customer]).await?.unwrap_or(0))
}

/// Keeps that a draft of a report was begun from a customer's file.
///
/// # Errors
/// If the database refuses.
pub async fn add_draft(tx: &mut Tx, draft: DraftId, customer: CustomerId, person: UserId, at: Timestamp) -> Result<()> {
    tx.run(&ADD_DRAFT, args![draft, customer, person, at]).await?;
    Ok(())
}

/// The newest open draft that was begun from a customer's file and that the person may see.
///
/// # Errors
/// If the database does not answer.
pub async fn open_draft(
    db: &mut impl Read,
    customer: CustomerId,
    person: UserId,
    sees_all: bool,
) -> Result<Option<DraftId>> {
    let row: Option<(Uuid,)> = db.one(&OPEN_DRAFT, args![customer, person, sees_all]).await?;
    Ok(row.map(|(id,)| DraftId(id)))
}

/// How many versions of reports were sent of drafts begun from a customer's file.
///
/// # Errors
/// If the database does not answer.
pub async fn reported(db: &mut impl Read, customer: CustomerId) -> Result<i64> {
    Ok(db.number(&REPORTED, args![customer]).await?.unwrap_or(0))
}
