//! Documents of customers, and who had their copies in hands.

use domain::{
    date::Date,
    ids::{CustomerId, DocumentId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO customer_document (id, customer_id, org_id, version, kind, about, number, issuer, note, issued_on,
              expires_on, storage, file_name, file_kind, size, sha256, added_by, added_at, checked_by, checked_at,
              checked_against, outcome, reminded, ended_at)
              VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, NULL, NULL, '', '', 0, NULL)";
    CHANGE = "UPDATE customer_document SET version = version + 1, kind = $3, about = $4, number = $5, issuer = $6, note = $7,
              issued_on = $8, reminded = CASE WHEN expires_on = $9 THEN reminded ELSE 0 END, expires_on = $9
              WHERE id = $1 AND version = $2 AND ended_at IS NULL";
    CHECK = "UPDATE customer_document SET version = version + 1, checked_by = $3, checked_at = $4, checked_against = $5,
             outcome = $6 WHERE id = $1 AND version = $2 AND ended_at IS NULL";
    END = "UPDATE customer_document SET version = version + 1, ended_at = $3 WHERE id = $1 AND version = $2 AND ended_at IS NULL";
    FIND = "SELECT d.id, d.customer_id, d.org_id, d.version, c.name AS customer, d.kind, d.about, d.number, d.issuer, d.note,
            d.issued_on, d.expires_on, d.storage, d.file_name, d.file_kind, d.size, d.sha256, p.name AS person, d.added_at,
            k.name AS checker, d.checked_at, d.checked_against, d.outcome, d.ended_at
            FROM customer_document d JOIN customer c ON c.id = d.customer_id JOIN person p ON p.id = d.added_by
            LEFT JOIN person k ON k.id = d.checked_by WHERE d.id = $1";
    OF_CUSTOMER = "SELECT d.id, d.customer_id, d.org_id, d.version, c.name AS customer, d.kind, d.about, d.number, d.issuer, d.note,
            d.issued_on, d.expires_on, d.storage, d.file_name, d.file_kind, d.size, d.sha256, p.name AS person, d.added_at,
            k.name AS checker, d.checked_at, d.checked_against, d.outcome, d.ended_at
            FROM customer_document d JOIN customer c ON c.id = d.customer_id JOIN person p ON p.id = d.added_by
            LEFT JOIN person k ON k.id = d.checked_by WHERE d.customer_id = $1
            ORDER BY CASE WHEN d.ended_at IS NULL THEN 0 ELSE 1 END, d.added_at, d.id LIMIT 500";
    DUE = "SELECT d.id, d.customer_id, d.org_id, d.version, c.name AS customer, d.kind, d.about, d.number, d.issuer, d.note,
            d.issued_on, d.expires_on, d.storage, d.file_name, d.file_kind, d.size, d.sha256, p.name AS person, d.added_at,
            k.name AS checker, d.checked_at, d.checked_against, d.outcome, d.ended_at
            FROM customer_document d JOIN customer c ON c.id = d.customer_id JOIN person p ON p.id = d.added_by
            LEFT JOIN person k ON k.id = d.checked_by
            WHERE d.org_id = $1 AND d.ended_at IS NULL AND d.expires_on <= $2 ORDER BY d.expires_on, d.id LIMIT 500";
    COUNT = "SELECT count(*) FROM customer_document WHERE customer_id = $1";
    TO_REMIND = "SELECT d.id, d.org_id, d.added_by FROM customer_document d
                 WHERE d.ended_at IS NULL AND d.reminded < 2 AND d.reminded < $1 AND d.expires_on <= $2
                 ORDER BY d.org_id, d.added_by, d.id LIMIT 500";
    REMINDED = "UPDATE customer_document SET reminded = $2 WHERE id = $1 AND ended_at IS NULL AND reminded < $2";
    NOTE = "INSERT INTO customer_document_custody (id, document_id, at, act, role, person_id) VALUES ($1, $2, $3, $4, $5, $6)";
    CUSTODY = "SELECT c.document_id, c.at, c.act, c.role, p.name AS person FROM customer_document_custody c
               JOIN customer_document d ON d.id = c.document_id JOIN person p ON p.id = c.person_id
               WHERE d.customer_id = $1 ORDER BY c.at DESC, c.id DESC LIMIT 1000";
    IS_KEPT = "SELECT count(*) FROM customer_document WHERE storage = $1";
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DocumentRow {
    /// Identity.
    pub id: Uuid,
    /// The customer.
    pub customer_id: Uuid,
    /// The company whose customer it is.
    pub org_id: Uuid,
    /// Its version.
    pub version: i64,
    /// Name of the customer.
    pub customer: String,
    /// Code of its kind.
    pub kind: String,
    /// About whom or what.
    pub about: String,
    /// The number on it.
    pub number: String,
    /// Who gave it.
    pub issuer: String,
    /// A note.
    pub note: String,
    /// Since when, as a day.
    pub issued_on: Option<i64>,
    /// Valid through this day.
    pub expires_on: Option<i64>,
    /// Name of the copy in the folder of evidence.
    pub storage: Option<String>,
    /// Its name as shown.
    pub file_name: String,
    /// Code of its kind.
    pub file_kind: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 over them.
    pub sha256: Option<Vec<u8>>,
    /// Who added it.
    pub person: String,
    /// When.
    pub added_at: i64,
    /// Who checked it.
    pub checker: Option<String>,
    /// When.
    pub checked_at: Option<i64>,
    /// Against what.
    pub checked_against: String,
    /// With which outcome, by its code.
    pub outcome: String,
    /// When it was put aside.
    pub ended_at: Option<i64>,
}

/// What is written on a document.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// Code of its kind.
    pub kind: &'a str,
    /// About whom or what.
    pub about: &'a str,
    /// The number on it.
    pub number: &'a str,
    /// Who gave it.
    pub issuer: &'a str,
    /// A note.
    pub note: &'a str,
    /// Since when.
    pub issued: Option<Date>,
    /// Through which day.
    pub expires: Option<Date>,
}

/// A copy.
#[derive(Clone, Debug)]
pub struct Copy<'a> {
    /// Its name in the folder of evidence.
    pub storage: &'a str,
    /// Its name as shown.
    pub name: &'a str,
    /// Code of its kind.
    pub kind: &'a str,
    /// Bytes.
    pub size: i64,
    /// SHA-256 over them.
    pub sha256: [u8; 32],
}

/// A document of which somebody is to be reminded.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ToRemind {
    /// The document.
    pub id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// Who added it.
    pub added_by: Uuid,
}

/// A line of the custody log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CustodyRow {
    /// The document.
    pub document_id: Uuid,
    /// When.
    pub at: i64,
    /// What was done.
    pub act: String,
    /// In which role.
    pub role: String,
    /// By whom.
    pub person: String,
}

fn days(day: Option<Date>) -> Option<i64> {
    day.map(Date::days)
}

/// Adds a document to a customer.
///
/// # Errors
/// If the database refuses.
pub async fn insert(
    tx: &mut Tx,
    id: DocumentId,
    (customer, org): (CustomerId, OrgId),
    new: &Written<'_>,
    copy: Option<&Copy<'_>>,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    let args = args![
        id,
        customer,
        org,
        new.kind,
        new.about,
        new.number,
        new.issuer,
        new.note,
        days(new.issued),
        days(new.expires),
        copy.map(|copy| copy.storage),
        copy.map_or("", |copy| copy.name),
        copy.map_or("", |copy| copy.kind),
        copy.map_or(0, |copy| copy.size),
        copy.map(|copy| copy.sha256.to_vec()),
        person,
        at,
    ];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// Puts right what is written on a document. With another end its reminders begin anew.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was changed since `version` or put aside.
pub async fn change(tx: &mut Tx, (id, version): (DocumentId, i64), new: &Written<'_>) -> Result<()> {
    let args =
        args![id, version, new.kind, new.about, new.number, new.issuer, new.note, days(new.issued), days(new.expires),];
    tx.run_one(&CHANGE, args).await
}

/// Notes that somebody checked a document against something.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was changed since `version` or put aside.
pub async fn check(
    tx: &mut Tx,
    (id, version): (DocumentId, i64),
    person: UserId,
    at: Timestamp,
    (against, outcome): (&str, &str),
) -> Result<()> {
    tx.run_one(&CHECK, args![id, version, person, at, against, outcome]).await
}

/// Puts a document aside.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was changed since `version` or put aside before.
pub async fn end(tx: &mut Tx, (id, version): (DocumentId, i64), at: Timestamp) -> Result<()> {
    tx.run_one(&END, args![id, version, at]).await
}

/// The document with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: DocumentId) -> Result<Option<DocumentRow>> {
    db.one(&FIND, args![id]).await
}

/// A customer's documents, those put aside last, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn of_customer(db: &mut impl Read, customer: CustomerId) -> Result<Vec<DocumentRow>> {
    db.all(&OF_CUSTOMER, args![customer]).await
}

/// A company's documents that end through `day`, the first to end first, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn due(db: &mut impl Read, org: OrgId, day: Date) -> Result<Vec<DocumentRow>> {
    db.all(&DUE, args![org, day.days()]).await
}

/// How many documents a customer has.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, customer: CustomerId) -> Result<i64> {
    Ok(db.number(&COUNT, args![customer]).await?.unwrap_or(0))
}

/// Documents that end through `day` and whose reminder `nth` was not sent, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn to_remind(db: &mut impl Read, nth: i64, day: Date) -> Result<Vec<ToRemind>> {
    db.all(&TO_REMIND, args![nth, day.days()]).await
}

/// Notes that the reminder `nth` is sent; false if it was before, or the document was put aside.
///
/// # Errors
/// If the database refuses.
pub async fn reminded(tx: &mut Tx, id: DocumentId, nth: i64) -> Result<bool> {
    Ok(tx.run(&REMINDED, args![id, nth]).await? == 1)
}

/// Adds a line to the custody log.
///
/// # Errors
/// If the database refuses.
pub async fn note(
    tx: &mut Tx,
    line: Uuid,
    document: DocumentId,
    act: &str,
    (role, person): (&str, UserId),
    at: Timestamp,
) -> Result<()> {
    tx.run(&NOTE, args![line, document, at, act, role, person]).await?;
    Ok(())
}

/// The custody log of a customer's documents, newest first, at most 1000.
///
/// # Errors
/// If the database does not answer.
pub async fn custody(db: &mut impl Read, customer: CustomerId) -> Result<Vec<CustodyRow>> {
    db.all(&CUSTODY, args![customer]).await
}

/// Whether a name in the folder of evidence is that of a copy.
///
/// # Errors
/// If the database does not answer.
pub async fn is_kept(db: &mut impl Read, storage: &str) -> Result<bool> {
    Ok(db.number(&IS_KEPT, args![storage]).await?.is_some_and(|copies| copies > 0))
}
