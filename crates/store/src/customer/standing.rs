//! Where customers stand: their risk, the decision in force, the next review. One row each, which follows from decisions, ratings
//! and files; ratings themselves are added and never changed.

use domain::{
    date::Date,
    ids::{CustomerId, DecisionId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    MARK = "INSERT INTO customer_standing (customer_id, org_id, rated_at, computed, band, verdict, due_why, reminded, told)
            VALUES ($1, $2, 0, '', '', '', '[]', 0, $3) ON CONFLICT (customer_id) DO UPDATE SET rated_at = 0";
    FIND = "SELECT customer_id, org_id, rated_at, computed, band, decision_id, waiting_id, override_id, verdict, decided_by, review_on,
            due_since, due_why FROM customer_standing WHERE customer_id = $1";
    RATED = "UPDATE customer_standing SET rated_at = $2, computed = $3, band = $4 WHERE customer_id = $1";
    ADD_RATING = "INSERT INTO customer_rating (id, customer_id, customer_version, rules, computed, rating, at)
                  VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LAST_RATING = "SELECT rating FROM customer_rating WHERE customer_id = $1 ORDER BY at DESC, id DESC LIMIT 1";
    RATINGS = "SELECT customer_version, rules, computed, rating, at FROM customer_rating WHERE customer_id = $1
               ORDER BY at DESC, id DESC LIMIT 200";
    WAITS = "UPDATE customer_standing SET waiting_id = $2 WHERE customer_id = $1";
    /// Ends what waited, and what was due.
    DECIDED = "UPDATE customer_standing SET decision_id = $2, waiting_id = NULL, verdict = $3, decided_by = $4, review_on = $5,
               due_since = NULL, due_why = '[]', reminded = 0, told = $6 WHERE customer_id = $1";
    OVERRIDDEN = "UPDATE customer_standing SET override_id = $2, waiting_id = NULL, band = $3 WHERE customer_id = $1";
    DUE = "UPDATE customer_standing SET due_since = coalesce(due_since, $2), due_why = $3 WHERE customer_id = $1
           AND decision_id IS NOT NULL AND due_why <> $3";
    /// Who waits to be screened is marked again once that is done.
    TO_RATE = "SELECT s.customer_id FROM customer_standing s WHERE s.rated_at < $1 AND NOT EXISTS (SELECT 1 FROM screening g
               WHERE g.customer_id = s.customer_id AND g.marked > g.screened) ORDER BY s.rated_at LIMIT $2";
    /// What is due before its day first, then by the day.
    REVIEWS = "SELECT s.customer_id, c.name AS customer, s.band, s.verdict, s.review_on, s.due_since, s.due_why
               FROM customer_standing s JOIN customer c ON c.id = s.customer_id
               WHERE s.org_id = $1 AND s.decision_id IS NOT NULL AND c.state <> 'ended'
               AND (s.due_since IS NOT NULL OR s.review_on <= $2)
               ORDER BY CASE WHEN s.due_since IS NULL THEN 1 ELSE 0 END, s.due_since, s.review_on, s.customer_id LIMIT 500";
    COUNT_REVIEWS = "SELECT count(*) FROM customer_standing s JOIN customer c ON c.id = s.customer_id
               WHERE s.org_id = $1 AND s.decision_id IS NOT NULL AND c.state <> 'ended'
               AND (s.due_since IS NOT NULL OR s.review_on <= $2)";
    COUNT_WAITING = "SELECT count(*) FROM customer_standing WHERE org_id = $1 AND waiting_id IS NOT NULL";
    TO_REMIND = "SELECT s.customer_id, s.org_id, s.decided_by FROM customer_standing s JOIN customer c ON c.id = s.customer_id
                 WHERE s.decision_id IS NOT NULL AND s.reminded < 2 AND s.reminded < $1 AND s.review_on <= $2
                 AND c.state <> 'ended' ORDER BY s.org_id, s.decided_by, s.customer_id LIMIT 500";
    REMINDED = "UPDATE customer_standing SET reminded = $2 WHERE customer_id = $1 AND reminded < $2";
    TO_TELL = "SELECT s.customer_id, s.org_id, s.decided_by FROM customer_standing s JOIN customer c ON c.id = s.customer_id
               WHERE s.due_since IS NOT NULL AND s.decision_id IS NOT NULL AND NOT s.told
               AND c.state <> 'ended' ORDER BY s.org_id, s.decided_by, s.customer_id LIMIT 500";
    TOLD = "UPDATE customer_standing SET told = $2 WHERE customer_id = $1 AND NOT told";
}

/// Where a customer stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StandingRow {
    /// The customer.
    pub customer_id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// When it was rated last; 0 if something has changed since.
    pub rated_at: i64,
    /// Code of the band by the rules; empty before the first rating.
    pub computed: String,
    /// Code of the band that counts.
    pub band: String,
    /// The decision in force.
    pub decision_id: Option<Uuid>,
    /// The one that waits for a second person.
    pub waiting_id: Option<Uuid>,
    /// The one that sets the risk by hand.
    pub override_id: Option<Uuid>,
    /// Code of what is decided.
    pub verdict: String,
    /// By whom.
    pub decided_by: Option<Uuid>,
    /// Day of the next review.
    pub review_on: Option<i64>,
    /// Since when it is due before its day.
    pub due_since: Option<i64>,
    /// Why, JSON.
    pub due_why: String,
}

/// A review that is due.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReviewRow {
    /// The customer.
    pub customer_id: Uuid,
    /// Its name.
    pub customer: String,
    /// Code of its band.
    pub band: String,
    /// Code of the decision in force.
    pub verdict: String,
    /// The day.
    pub review_on: Option<i64>,
    /// Since when it is due before that.
    pub due_since: Option<i64>,
    /// Why, JSON.
    pub due_why: String,
}

/// A rating as it was.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RatingRow {
    /// The version of the file.
    pub customer_version: i64,
    /// The version of the rules.
    pub rules: String,
    /// Code of the band.
    pub computed: String,
    /// The rating, JSON.
    pub rating: String,
    /// When.
    pub at: i64,
}

/// A customer of which somebody is to be reminded.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ToRemind {
    /// The customer.
    pub customer_id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// Who decided.
    pub decided_by: Option<Uuid>,
}

/// Says that something about a customer has changed, so that it is rated anew; makes its row if it has none.
///
/// # Errors
/// If the database refuses.
pub async fn mark(tx: &mut Tx, customer: CustomerId, org: OrgId) -> Result<()> {
    tx.run(&MARK, args![customer, org, false]).await?;
    Ok(())
}

/// Where a customer stands; none if it was never marked.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, customer: CustomerId) -> Result<Option<StandingRow>> {
    db.one(&FIND, args![customer]).await
}

/// Notes the bands of a rating: by the rules, and what counts.
///
/// # Errors
/// If the database refuses.
pub async fn rated(tx: &mut Tx, customer: CustomerId, (computed, band): (&str, &str), at: Timestamp) -> Result<()> {
    tx.run(&RATED, args![customer, at, computed, band]).await?;
    Ok(())
}

/// Keeps a rating.
///
/// # Errors
/// If the database refuses.
pub async fn add_rating(tx: &mut Tx, id: Uuid, customer: CustomerId, rating: &RatingRow) -> Result<()> {
    let RatingRow { customer_version, rules, computed, rating, at } = rating;
    tx.run(&ADD_RATING, args![id, customer, *customer_version, rules, computed, rating, *at]).await?;
    Ok(())
}

/// The last rating that was kept, JSON.
///
/// # Errors
/// If the database does not answer.
pub async fn last_rating(db: &mut impl Read, customer: CustomerId) -> Result<Option<String>> {
    let row: Option<(String,)> = db.one(&LAST_RATING, args![customer]).await?;
    Ok(row.map(|(rating,)| rating))
}

/// The ratings that were kept, the last one first, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn ratings(db: &mut impl Read, customer: CustomerId) -> Result<Vec<RatingRow>> {
    db.all(&RATINGS, args![customer]).await
}

/// Notes which decision waits for a second person; none if none does any more.
///
/// # Errors
/// If the database refuses.
pub async fn waits(tx: &mut Tx, customer: CustomerId, decision: Option<DecisionId>) -> Result<()> {
    tx.run(&WAITS, args![customer, decision]).await?;
    Ok(())
}

/// Notes the decision in force. Nothing waits then, and nothing is due before the day.
///
/// # Errors
/// If the database refuses.
pub async fn decided(
    tx: &mut Tx,
    customer: CustomerId,
    (decision, verdict): (DecisionId, &str),
    by: UserId,
    review_on: Option<Date>,
) -> Result<()> {
    tx.run(&DECIDED, args![customer, decision, verdict, by, review_on.map(Date::days), false]).await?;
    Ok(())
}

/// Notes by which decision the risk is set by hand.
///
/// # Errors
/// If the database refuses.
pub async fn overridden(tx: &mut Tx, customer: CustomerId, decision: DecisionId, band: &str) -> Result<()> {
    tx.run(&OVERRIDDEN, args![customer, decision, band]).await?;
    Ok(())
}

/// Makes a decided customer due for review; false if it was for the same reasons, or nothing is decided.
///
/// # Errors
/// If the database refuses.
pub async fn due(tx: &mut Tx, customer: CustomerId, why: &str, at: Timestamp) -> Result<bool> {
    Ok(tx.run(&DUE, args![customer, at, why]).await? == 1)
}

/// Customers that were rated before an instant, the longest ago first.
///
/// # Errors
/// If the database does not answer.
pub async fn to_rate(db: &mut impl Read, before: Timestamp, limit: i64) -> Result<Vec<CustomerId>> {
    let rows: Vec<(Uuid,)> = db.all(&TO_RATE, args![before, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| CustomerId(id)).collect())
}

/// A company's customers whose review is due through `day`, or before its day, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn reviews(db: &mut impl Read, org: OrgId, day: Date) -> Result<Vec<ReviewRow>> {
    db.all(&REVIEWS, args![org, day.days()]).await
}

/// How many there are, and how many decisions wait for a second person.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(db: &mut impl Read, org: OrgId, day: Date) -> Result<(i64, i64)> {
    let due = db.number(&COUNT_REVIEWS, args![org, day.days()]).await?;
    let waiting = db.number(&COUNT_WAITING, args![org]).await?;
    Ok((due.unwrap_or(0), waiting.unwrap_or(0)))
}

/// Customers whose review is due through `day` and whose reminder `nth` was not sent, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn to_remind(db: &mut impl Read, nth: i64, day: Date) -> Result<Vec<ToRemind>> {
    db.all(&TO_REMIND, args![nth, day.days()]).await
}

/// Notes that the reminder `nth` is sent; false if it was before.
///
/// # Errors
/// If the database refuses.
pub async fn reminded(tx: &mut Tx, customer: CustomerId, nth: i64) -> Result<bool> {
    Ok(tx.run(&REMINDED, args![customer, nth]).await? == 1)
}

/// Customers that are due before their day and of which nobody was told, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn to_tell(db: &mut impl Read) -> Result<Vec<ToRemind>> {
    db.all(&TO_TELL, args![]).await
}

/// Notes that somebody was told; false if they were before.
///
/// # Errors
/// If the database refuses.
pub async fn told(tx: &mut Tx, customer: CustomerId) -> Result<bool> {
    Ok(tx.run(&TOLD, args![customer, true]).await? == 1)
}
