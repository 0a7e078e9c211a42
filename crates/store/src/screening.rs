//! How far each customer is looked for on watch lists: what is due, and every screening. Hits: [`hit`]. Changes of lists
//! through which all customers go: [`job`].

use domain::{
    ids::{CustomerId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

pub mod hit;
pub mod job;

statements! {
    MARK = "INSERT INTO screening (customer_id, org_id, marked, screened, cause, marked_by, run_id, job)
            VALUES ($1, $2, 1, 0, $3, $4, NULL, 0) ON CONFLICT (customer_id) DO UPDATE SET marked = screening.marked + 1,
            cause = CASE WHEN screening.run_id IS NULL THEN screening.cause ELSE excluded.cause END,
            marked_by = excluded.marked_by";
    MARK_ORG = "UPDATE screening SET marked = marked + 1, cause = $2, marked_by = NULL WHERE org_id = $1 AND marked = screened";
    SIGHT_CHANGED = "INSERT INTO sight_change (org_id) VALUES ($1) ON CONFLICT (org_id) DO NOTHING";
    SIGHTS_CHANGED = "SELECT org_id FROM sight_change ORDER BY org_id LIMIT 100";
    SIGHT_MARKED = "DELETE FROM sight_change WHERE org_id = $1";
    MARK_ALL = "UPDATE screening SET marked = marked + 1, cause = $1, marked_by = NULL WHERE marked = screened";
    DUE = "SELECT s.customer_id, s.org_id, s.marked, s.cause, s.marked_by, c.version, c.content FROM screening s
           JOIN customer c ON c.id = s.customer_id WHERE s.marked > s.screened AND s.customer_id > $1
           ORDER BY s.customer_id LIMIT $2";
    DUE_ONE = "SELECT s.customer_id, s.org_id, s.marked, s.cause, s.marked_by, c.version, c.content FROM screening s
               JOIN customer c ON c.id = s.customer_id WHERE s.marked > s.screened AND s.customer_id = $1";
    DUE_OF_ORG = "SELECT count(*) FROM screening WHERE org_id = $1 AND marked > screened";
    DUE_IN_ALL = "SELECT count(*) FROM screening WHERE marked > screened";
    STILL_DUE = sqlite "SELECT 1 FROM screening WHERE customer_id = $1 AND marked = $2 AND screened < $2",
                postgres "SELECT CAST(1 AS BIGINT) FROM screening WHERE customer_id = $1 AND marked = $2 AND screened < $2 FOR UPDATE";
    HEARD = "UPDATE screening SET screened = $2, run_id = $3, job = $4 WHERE customer_id = $1 AND marked = $2 AND screened < $2";
    STANDS = "SELECT s.org_id, s.marked > s.screened AS due, s.run_id, s.job, r.at, r.cause, r.parties, r.found, r.fresh,
              w.content AS search, p.name AS person FROM screening s LEFT JOIN screening_run r ON r.id = s.run_id
              LEFT JOIN screening_search w ON w.hash = r.search LEFT JOIN person p ON p.id = r.person_id
              WHERE s.customer_id = $1";
    /// Who changes what is searched waits for those who screen with it, and the other way round. SQLite has one writer.
    SCREENS = sqlite "SELECT 1", postgres "SELECT CAST(1 AS BIGINT) WHERE pg_advisory_xact_lock_shared(3737) IS NOT NULL";
    CHANGES = sqlite "SELECT 1", postgres "SELECT CAST(1 AS BIGINT) WHERE pg_advisory_xact_lock(3737) IS NOT NULL";
    KEEP_SEARCH = "INSERT INTO screening_search (hash, content) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    ADD_RUN = "INSERT INTO screening_run (id, customer_id, org_id, at, cause, person_id, customer_version, search, parties, found,
               fresh, job) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    RUNS = "SELECT r.id, r.at, r.cause, p.name AS person, r.customer_version, w.content AS search, r.parties, r.found, r.fresh,
            r.job FROM screening_run r JOIN screening_search w ON w.hash = r.search LEFT JOIN person p ON p.id = r.person_id
            WHERE r.customer_id = $1 ORDER BY r.at, r.id LIMIT 5000";
    RUN_AT = "SELECT r.id, r.at, r.cause, p.name AS person, r.customer_version, w.content AS search, r.parties, r.found, r.fresh,
              r.job FROM screening_run r JOIN screening_search w ON w.hash = r.search LEFT JOIN person p ON p.id = r.person_id
              WHERE r.customer_id = $1 AND r.at < $2 ORDER BY r.at DESC, r.id DESC LIMIT 1";
}

/// A file that waits to be screened.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DueRow {
    /// The customer.
    pub customer_id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// How often it was marked: what [`heard`] answers.
    pub marked: i64,
    /// Code of why.
    pub cause: String,
    /// Who caused it.
    pub marked_by: Option<Uuid>,
    /// The file's version.
    pub version: i64,
    /// The file, JSON.
    pub content: String,
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StandsRow {
    /// The company.
    pub org_id: Uuid,
    /// Whether it waits to be screened.
    pub due: bool,
    /// The last screening; the rest is of it.
    pub run_id: Option<Uuid>,
    /// Number of the last change of lists that it took in.
    pub job: i64,
    /// When.
    pub at: Option<i64>,
    /// Code of why.
    pub cause: Option<String>,
    /// Who was asked for, JSON.
    pub parties: Option<String>,
    /// How many were found.
    pub found: Option<i64>,
    /// How many of these somebody had to look at.
    pub fresh: Option<i64>,
    /// What was searched, JSON.
    pub search: Option<String>,
    /// Who caused it.
    pub person: Option<String>,
}

/// A screening to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewRun<'a> {
    /// Identity.
    pub id: Uuid,
    /// The customer.
    pub customer: CustomerId,
    /// The company.
    pub org: OrgId,
    /// Now.
    pub at: Timestamp,
    /// Code of why.
    pub cause: &'a str,
    /// Who caused it.
    pub person: Option<Uuid>,
    /// The file's version.
    pub version: i64,
    /// What was searched: its hash.
    pub search: [u8; 32],
    /// Who was asked for, JSON.
    pub parties: &'a str,
    /// How many were found.
    pub found: i64,
    /// How many of these somebody has to look at.
    pub fresh: i64,
    /// Number of the last change of lists that it took in.
    pub job: i64,
}

/// A screening as it was kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RunRow {
    /// Identity.
    pub id: Uuid,
    /// When.
    pub at: i64,
    /// Code of why.
    pub cause: String,
    /// Who caused it.
    pub person: Option<String>,
    /// The file's version then.
    pub customer_version: i64,
    /// What was searched, JSON.
    pub search: String,
    /// Who was asked for, JSON.
    pub parties: String,
    /// How many were found.
    pub found: i64,
    /// How many of these somebody had to look at.
    pub fresh: i64,
    /// Number of the last change of lists that it took in.
    pub job: i64,
}

/// Says that a file has to be screened. One that was never screened keeps its first cause.
///
/// # Errors
/// If the database refuses.
pub async fn mark(tx: &mut Tx, customer: CustomerId, org: OrgId, cause: &str, by: UserId) -> Result<()> {
    tx.run(&MARK, args![customer, org, cause, by]).await?;
    Ok(())
}

/// Says it of every file of a company, or of all.
///
/// # Errors
/// If the database refuses.
pub async fn mark_all(tx: &mut Tx, org: Option<OrgId>, cause: &str) -> Result<u64> {
    match org {
        Some(org) => tx.run(&MARK_ORG, args![org, cause]).await,
        None => tx.run(&MARK_ALL, args![cause]).await,
    }
}

/// Notes that a company sees others from this transaction on.
///
/// # Errors
/// If the database refuses.
pub async fn sight_changed(tx: &mut Tx, org: OrgId) -> Result<()> {
    tx.run(&SIGHT_CHANGED, args![org]).await?;
    Ok(())
}

/// Companies that see others than before, at most a hundred.
///
/// # Errors
/// If the database does not answer.
pub async fn sights_changed(db: &mut impl Read) -> Result<Vec<OrgId>> {
    Ok(db.all::<(Uuid,)>(&SIGHTS_CHANGED, args![]).await?.into_iter().map(|(org,)| OrgId(org)).collect())
}

/// Forgets it: the company's customers are marked.
///
/// # Errors
/// If the database refuses.
pub async fn sight_marked(tx: &mut Tx, org: OrgId) -> Result<()> {
    tx.run(&SIGHT_MARKED, args![org]).await?;
    Ok(())
}

/// Files that wait to be screened, behind `after`.
///
/// # Errors
/// If the database does not answer.
pub async fn due(db: &mut impl Read, after: CustomerId, most: i64) -> Result<Vec<DueRow>> {
    db.all(&DUE, args![after, most]).await
}

/// The file, if it waits to be screened.
///
/// # Errors
/// If the database does not answer.
pub async fn due_one(db: &mut impl Read, customer: CustomerId) -> Result<Option<DueRow>> {
    db.one(&DUE_ONE, args![customer]).await
}

/// How many files wait: of a company, or of all.
///
/// # Errors
/// If the database does not answer.
pub async fn due_count(db: &mut impl Read, org: Option<OrgId>) -> Result<i64> {
    let count = match org {
        Some(org) => db.number(&DUE_OF_ORG, args![org]).await?,
        None => db.number(&DUE_IN_ALL, args![]).await?,
    };
    Ok(count.unwrap_or(0))
}

/// Whether a file still waits as it was marked for the `marked`th time: it was not marked again, and nobody else was faster.
/// Held until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn is_still_due(tx: &mut Tx, customer: CustomerId, marked: i64) -> Result<bool> {
    Ok(tx.number(&STILL_DUE, args![customer, marked]).await?.is_some())
}

/// Notes that a file was screened as it was when it was marked for the `marked`th time.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it does not wait like that any more.
pub async fn heard(tx: &mut Tx, customer: CustomerId, marked: i64, run: Uuid, job: i64) -> Result<()> {
    tx.run_one(&HEARD, args![customer, marked, run, job]).await
}

/// How far a file is.
///
/// # Errors
/// If the database does not answer.
pub async fn stands(db: &mut impl Read, customer: CustomerId) -> Result<Option<StandsRow>> {
    db.one(&STANDS, args![customer]).await
}

/// Until the transaction ends nobody changes what is searched.
///
/// # Errors
/// If the database does not answer.
pub async fn screens(tx: &mut Tx) -> Result<()> {
    tx.number(&SCREENS, args![]).await?;
    Ok(())
}

/// Waits for those who screen with what is searched, and holds others off until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn changes(tx: &mut Tx) -> Result<()> {
    tx.number(&CHANGES, args![]).await?;
    Ok(())
}

/// Keeps what is searched, once.
///
/// # Errors
/// If the database refuses.
pub async fn keep_search(tx: &mut Tx, hash: [u8; 32], content: &str) -> Result<()> {
    tx.run(&KEEP_SEARCH, args![hash, content]).await?;
    Ok(())
}

/// Keeps a screening.
///
/// # Errors
/// If the database refuses.
pub async fn add_run(tx: &mut Tx, new: NewRun<'_>) -> Result<()> {
    let args = args![
        new.id,
        new.customer,
        new.org,
        new.at,
        new.cause,
        new.person,
        new.version,
        new.search,
        new.parties,
        new.found,
        new.fresh,
        new.job,
    ];
    tx.run(&ADD_RUN, args).await?;
    Ok(())
}

/// Every screening of a file, the first first.
///
/// # Errors
/// If the database does not answer.
pub async fn runs(db: &mut impl Read, customer: CustomerId) -> Result<Vec<RunRow>> {
    db.all(&RUNS, args![customer]).await
}

/// The last screening of a file before an instant.
///
/// # Errors
/// If the database does not answer.
pub async fn run_before(db: &mut impl Read, customer: CustomerId, before: Timestamp) -> Result<Option<RunRow>> {
    db.one(&RUN_AT, args![customer, before]).await
}
