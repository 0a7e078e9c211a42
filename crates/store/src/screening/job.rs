//! Changes of lists, through which all customers go in the order of their identities.

use domain::{ids::CustomerId, time::Timestamp};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO screening_job (number, list_code, list_label, from_version, to_version, searched, created_at, cursor,
           done, total, fresh, began_at, ended_at) VALUES ((SELECT COALESCE(MAX(j.number), 0) + 1 FROM screening_job j),
           $1, $2, $3, $4, $5, $6, NULL, 0, (SELECT count(*) FROM screening s WHERE s.run_id IS NOT NULL), 0, NULL, NULL)";
    LAST = "SELECT COALESCE(MAX(number), 0) FROM screening_job";
    NEXT = "SELECT number, list_code, list_label, from_version, to_version, searched, created_at, cursor, done, total, fresh,
            began_at, ended_at FROM screening_job WHERE ended_at IS NULL ORDER BY number LIMIT 1";
    ONE = "SELECT number, list_code, list_label, from_version, to_version, searched, created_at, cursor, done, total, fresh,
           began_at, ended_at FROM screening_job WHERE number = $1";
    ENDED_BETWEEN = "SELECT number, list_code, list_label, from_version, to_version, searched, created_at, cursor, done, total,
                     fresh, began_at, ended_at FROM screening_job WHERE number > $1 AND ended_at < $2
                     ORDER BY number LIMIT 5000";
    SUBJECTS = "SELECT s.customer_id, s.org_id, s.run_id, r.parties FROM screening s JOIN screening_run r ON r.id = s.run_id
                WHERE s.customer_id > $1 AND s.job < $2 ORDER BY s.customer_id LIMIT $3";
    IS_AS_IT_WAS = sqlite "SELECT 1 FROM screening WHERE customer_id = $1 AND run_id = $2",
                   postgres "SELECT CAST(1 AS BIGINT) FROM screening WHERE customer_id = $1 AND run_id = $2 FOR UPDATE";
    ADVANCE = "UPDATE screening_job SET cursor = $3, done = done + $4, fresh = fresh + $5, began_at = COALESCE(began_at, $6)
               WHERE number = $1 AND ended_at IS NULL AND (cursor = $2 OR (cursor IS NULL AND $2 = $7))";
    END = "UPDATE screening_job SET ended_at = $2, began_at = COALESCE(began_at, $2), done = total
           WHERE number = $1 AND ended_at IS NULL";
}

/// A change of a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct JobRow {
    /// Its number: changes are worked through one after the other.
    pub number: i64,
    /// Code of the list.
    pub list_code: String,
    /// Its name.
    pub list_label: String,
    /// The version that was in force before; none if none was.
    pub from_version: Option<Uuid>,
    /// The one in force since.
    pub to_version: Uuid,
    /// The same as it is kept with what is found, JSON.
    pub searched: String,
    /// Since when.
    pub created_at: i64,
    /// The last customer that is done.
    pub cursor: Option<Uuid>,
    /// How many are done.
    pub done: i64,
    /// How many there are.
    pub total: i64,
    /// Hits that somebody has to look at since.
    pub fresh: i64,
    /// When the work began.
    pub began_at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
}

/// A customer to look for.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SubjectRow {
    /// The customer.
    pub customer_id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// The screening that said who is in the file.
    pub run_id: Uuid,
    /// Who, JSON.
    pub parties: String,
}

/// What changed of which list.
#[derive(Clone, Copy, Debug)]
pub struct NewJob<'a> {
    /// Code of the list.
    pub code: &'a str,
    /// Its name.
    pub label: &'a str,
    /// The version in force before.
    pub from: Option<Uuid>,
    /// The one in force now.
    pub to: Uuid,
    /// The same as it is kept with what is found, JSON.
    pub searched: &'a str,
    /// Now.
    pub at: Timestamp,
}

/// Adds one.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if somebody else did at the same moment.
pub async fn add(tx: &mut Tx, new: NewJob<'_>) -> Result<()> {
    tx.run(&ADD, args![new.code, new.label, new.from, new.to, new.searched, new.at]).await?;
    Ok(())
}

/// Number of the last one; 0 if there was none.
///
/// # Errors
/// If the database does not answer.
pub async fn last(db: &mut impl Read) -> Result<i64> {
    Ok(db.number(&LAST, args![]).await?.unwrap_or(0))
}

/// The first that is not done.
///
/// # Errors
/// If the database does not answer.
pub async fn next(db: &mut impl Read) -> Result<Option<JobRow>> {
    db.one(&NEXT, args![]).await
}

/// The one with this number.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, number: i64) -> Result<Option<JobRow>> {
    db.one(&ONE, args![number]).await
}

/// Those behind a number that were done before an instant.
///
/// # Errors
/// If the database does not answer.
pub async fn done_between(db: &mut impl Read, behind: i64, before: Timestamp) -> Result<Vec<JobRow>> {
    db.all(&ENDED_BETWEEN, args![behind, before]).await
}

/// The next customers that the change with this number has not reached, behind `after`. Those who were screened since it
/// happened are left out: they know it.
///
/// # Errors
/// If the database does not answer.
pub async fn subjects(db: &mut impl Read, after: CustomerId, number: i64, most: i64) -> Result<Vec<SubjectRow>> {
    db.all(&SUBJECTS, args![after, number, most]).await
}

/// Whether a customer still stands as its last screening said; held until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn is_as_it_was(tx: &mut Tx, customer: CustomerId, run: Uuid) -> Result<bool> {
    Ok(tx.number(&IS_AS_IT_WAS, args![customer, run]).await?.is_some())
}

/// Notes that all customers from one to another one are done.
///
/// # Errors
/// [`crate::StoreError::Stale`] if somebody else did these.
pub async fn advance(
    tx: &mut Tx,
    number: i64,
    (from, to): (CustomerId, CustomerId),
    (done, fresh): (i64, i64),
    at: Timestamp,
) -> Result<()> {
    tx.run_one(&ADVANCE, args![number, from, to, done, fresh, at, Uuid::nil()]).await
}

/// Notes that all is done.
///
/// # Errors
/// [`crate::StoreError::Stale`] if somebody else did.
pub async fn end(tx: &mut Tx, number: i64, at: Timestamp) -> Result<()> {
    tx.run_one(&END, args![number, at]).await
}
