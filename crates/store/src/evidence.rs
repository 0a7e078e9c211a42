//! Files that belong to a report, and who had them in hands. The bytes lie in a folder; here is what they are.
//!
//! A file belongs to a draft until that is sent, then to the report. No statement removes a file of a report, and none
//! changes or removes a row of the custody log.

use domain::{
    ids::{DraftId, EvidenceId, ReportId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO evidence (id, draft_id, report_id, version, storage, name, original_name, kind, size, sha256, side,
              added_by, added_at, removed_by, removed_at, swept_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL, NULL, NULL)";
    FIND = "SELECT e.id, e.draft_id, e.report_id, e.version, e.storage, e.name, e.kind, e.size, e.sha256, e.side, p.name AS person,
            e.added_at, e.damaged_at FROM evidence e JOIN person p ON p.id = e.added_by WHERE e.id = $1 AND e.removed_at IS NULL";
    OF_DRAFT = "SELECT e.id, e.draft_id, e.report_id, e.version, e.storage, e.name, e.kind, e.size, e.sha256, e.side,
                p.name AS person, e.added_at, e.damaged_at FROM evidence e JOIN person p ON p.id = e.added_by
                WHERE e.draft_id = $1 AND e.removed_at IS NULL ORDER BY e.added_at, e.id LIMIT 200";
    OF_REPORT = "SELECT e.id, e.draft_id, e.report_id, e.version, e.storage, e.name, e.kind, e.size, e.sha256, e.side,
                 p.name AS person, e.added_at, e.damaged_at FROM evidence e JOIN person p ON p.id = e.added_by
                 WHERE e.report_id = $1 ORDER BY e.added_at, e.id LIMIT 200";
    HELD = "SELECT count(*) AS files, CAST(coalesce(sum(size), 0) AS BIGINT) AS bytes FROM evidence
            WHERE removed_at IS NULL AND (draft_id = $1 OR report_id = $2)";
    HAND_OVER = "UPDATE evidence SET report_id = $2, version = $3
                 WHERE draft_id = $1 AND report_id IS NULL AND removed_at IS NULL";
    ERASE = "UPDATE evidence SET name = '', original_name = '', removed_at = $2
             WHERE draft_id = $1 AND report_id IS NULL AND removed_at IS NULL";
    MOVE = "UPDATE evidence SET draft_id = $2 WHERE draft_id = $1 AND report_id IS NULL AND removed_at IS NULL";
    REMOVE = "UPDATE evidence SET removed_by = $3, removed_at = $4
              WHERE id = $1 AND draft_id = $2 AND report_id IS NULL AND removed_at IS NULL";
    IS_KEPT = "SELECT count(*) FROM evidence WHERE storage = $1 AND swept_at IS NULL";
    TO_SWEEP = "SELECT storage FROM evidence WHERE removed_at < $1 AND swept_at IS NULL ORDER BY removed_at LIMIT 200";
    SET_DAMAGED = "UPDATE evidence SET damaged_at = $2 WHERE id = $1";
    DAMAGED = "SELECT count(*) FROM evidence WHERE damaged_at IS NOT NULL AND removed_at IS NULL";
    SWEPT = "UPDATE evidence SET swept_at = $2 WHERE storage = $1 AND removed_at IS NOT NULL AND swept_at IS NULL";
    NOTE = "INSERT INTO evidence_custody (id, evidence_id, at, act, side, role, person_id) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CUSTODY = "SELECT c.evidence_id, c.at, c.act, c.side, c.role, p.name AS person FROM evidence_custody c
               JOIN evidence e ON e.id = c.evidence_id JOIN person p ON p.id = c.person_id
               WHERE e.report_id = $1 ORDER BY c.at DESC, c.id DESC LIMIT 1000";
    /// Of the authority's people the company learns the role.
    CUSTODY_FOR_COMPANY = "SELECT c.evidence_id, c.at, c.act, c.side, c.role,
               CASE WHEN c.side = 'company' THEN p.name END AS person FROM evidence_custody c
               JOIN evidence e ON e.id = c.evidence_id JOIN person p ON p.id = c.person_id
               WHERE e.report_id = $1 ORDER BY c.at DESC, c.id DESC LIMIT 1000";
}

/// A file that is there.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EvidenceRow {
    /// Identity.
    pub id: Uuid,
    /// The draft to which it was added.
    pub draft_id: Option<Uuid>,
    /// The report that it belongs to.
    pub report_id: Option<Uuid>,
    /// From which version of the report on.
    pub version: Option<i64>,
    /// Its name in the folder.
    pub storage: String,
    /// Its name as shown.
    pub name: String,
    /// Code of its kind.
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 over them.
    pub sha256: Vec<u8>,
    /// `company` or `authority`.
    pub side: String,
    /// Who added it.
    pub person: String,
    /// When.
    pub added_at: i64,
    /// Since when its bytes are known not to be those that were added.
    pub damaged_at: Option<i64>,
}

/// A file to note.
#[derive(Clone, Debug)]
pub struct NewEvidence<'a> {
    /// Identity.
    pub id: EvidenceId,
    /// The draft to which it is added.
    pub draft: Option<DraftId>,
    /// The report to which it is added, and its version.
    pub report: Option<(ReportId, i64)>,
    /// Its name in the folder.
    pub storage: &'a str,
    /// Its name as shown.
    pub name: &'a str,
    /// Its name as it came.
    pub original_name: &'a str,
    /// Code of its kind.
    pub kind: &'a str,
    /// Bytes.
    pub size: i64,
    /// SHA-256 over them.
    pub sha256: [u8; 32],
    /// `company` or `authority`.
    pub side: &'a str,
    /// Who adds it.
    pub person: UserId,
    /// Now.
    pub at: Timestamp,
}

/// A line of the custody log to add.
#[derive(Clone, Debug)]
pub struct NewCustody<'a> {
    /// Identity.
    pub id: Uuid,
    /// The file.
    pub evidence: EvidenceId,
    /// Now.
    pub at: Timestamp,
    /// `added`, `removed`, `handed_over` or `opened`.
    pub act: &'a str,
    /// `company` or `authority`.
    pub side: &'a str,
    /// Code of the role in which it is done.
    pub role: &'a str,
    /// Who.
    pub person: UserId,
}

/// A line of the custody log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CustodyRow {
    /// The file.
    pub evidence_id: Uuid,
    /// When.
    pub at: i64,
    /// What was done.
    pub act: String,
    /// By which side.
    pub side: String,
    /// In which role.
    pub role: String,
    /// By whom, if the reader may know.
    pub person: Option<String>,
}

/// How much a draft and the report that it completes hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Held {
    /// Files.
    pub files: i64,
    /// Bytes.
    pub bytes: i64,
}

/// Notes a file whose bytes are durable.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewEvidence<'_>) -> Result<()> {
    let (report, version) = new.report.unzip();
    let args = args![
        new.id,
        new.draft,
        report,
        version,
        new.storage,
        new.name,
        new.original_name,
        new.kind,
        new.size,
        new.sha256,
        new.side,
        new.person,
        new.at,
    ];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// The file with this identity, unless it was removed.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: EvidenceId) -> Result<Option<EvidenceRow>> {
    db.one(&FIND, args![id]).await
}

/// The files of a draft, the first added first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_draft(db: &mut impl Read, draft: DraftId) -> Result<Vec<EvidenceRow>> {
    db.all(&OF_DRAFT, args![draft]).await
}

/// The files of a report, the first added first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_report(db: &mut impl Read, report: ReportId) -> Result<Vec<EvidenceRow>> {
    db.all(&OF_REPORT, args![report]).await
}

/// What a draft and a report hold together: their limits are one.
///
/// # Errors
/// If the database does not answer.
pub async fn held(db: &mut impl Read, draft: Option<DraftId>, report: Option<ReportId>) -> Result<Held> {
    Ok(db.one(&HELD, args![draft, report]).await?.unwrap_or_default())
}

/// Makes a draft's files those of a report from this version on; how many.
///
/// # Errors
/// If the database refuses.
pub async fn hand_over(tx: &mut Tx, draft: DraftId, report: ReportId, version: i64) -> Result<u64> {
    tx.run(&HAND_OVER, args![draft, report, version]).await
}

/// Removes all files of a draft that is erased, with their names; how many. Their bytes are swept later.
///
/// # Errors
/// If the database refuses.
pub async fn erase(tx: &mut Tx, draft: DraftId, at: Timestamp) -> Result<u64> {
    tx.run(&ERASE, args![draft, at]).await
}

/// Makes a draft's files those of another draft; how many.
///
/// # Errors
/// If the database refuses.
pub async fn move_to(tx: &mut Tx, draft: DraftId, to: DraftId) -> Result<u64> {
    tx.run(&MOVE, args![draft, to]).await
}

/// Removes a file of a draft that was not handed over.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such file any more.
pub async fn remove(tx: &mut Tx, id: EvidenceId, draft: DraftId, person: UserId, at: Timestamp) -> Result<()> {
    tx.run_one(&REMOVE, args![id, draft, person, at]).await
}

/// Whether a name in the folder is that of a file to be kept.
///
/// # Errors
/// If the database does not answer.
pub async fn is_kept(db: &mut impl Read, storage: &str) -> Result<bool> {
    Ok(db.number(&IS_KEPT, args![storage]).await?.is_some_and(|files| files > 0))
}

/// Names in the folder of files that were removed before `before`, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn to_sweep(db: &mut impl Read, before: Timestamp) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db.all(&TO_SWEEP, args![before]).await?;
    Ok(rows.into_iter().map(|(storage,)| storage).collect())
}

/// Notes since when the bytes of a file are known not to be those that were added; none if they are.
///
/// # Errors
/// If the database refuses.
pub async fn set_damaged(tx: &mut Tx, id: EvidenceId, since: Option<Timestamp>) -> Result<()> {
    tx.run(&SET_DAMAGED, args![id, since]).await?;
    Ok(())
}

/// How many files are known to be damaged.
///
/// # Errors
/// If the database does not answer.
pub async fn damaged(db: &mut impl Read) -> Result<i64> {
    Ok(db.number(&DAMAGED, args![]).await?.unwrap_or(0))
}

/// Notes that the bytes of a removed file are gone.
///
/// # Errors
/// If the database refuses.
pub async fn swept(tx: &mut Tx, storage: &str, at: Timestamp) -> Result<()> {
    tx.run(&SWEPT, args![storage, at]).await?;
    Ok(())
}

/// Adds a line to the custody log.
///
/// # Errors
/// If the database refuses.
pub async fn note(tx: &mut Tx, new: &NewCustody<'_>) -> Result<()> {
    tx.run(&NOTE, args![new.id, new.evidence, new.at, new.act, new.side, new.role, new.person]).await?;
    Ok(())
}

/// The custody log of a report's files, newest first, at most 1000.
///
/// # Errors
/// If the database does not answer.
pub async fn custody(db: &mut impl Read, report: ReportId) -> Result<Vec<CustodyRow>> {
    db.all(&CUSTODY, args![report]).await
}

/// The same as the company may know it.
///
/// # Errors
/// If the database does not answer.
pub async fn custody_for_company(db: &mut impl Read, report: ReportId) -> Result<Vec<CustodyRow>> {
    db.all(&CUSTODY_FOR_COMPANY, args![report]).await
}
