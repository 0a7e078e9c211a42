//! What somebody at a desk just did, for as long as it can be taken back.

use domain::{
    ids::{OrgId, ReportId, UndoId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    PUT = "INSERT INTO report_undo (report_id, undo_id, authority_id, person_id, deed, at, until, version, n, before)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (report_id) DO UPDATE SET undo_id = $2,
           authority_id = $3, person_id = $4, deed = $5, at = $6, until = $7, version = $8, n = $9, before = $10";
    RUNNING = "SELECT u.undo_id, u.deed, u.at, u.until FROM report_undo u JOIN report r ON r.id = u.report_id
               WHERE u.person_id = $1 AND u.authority_id = $2 AND u.until > $3 AND (u.deed = $4 OR $4 = '')
               AND (r.reference = $5 OR $5 = '') ORDER BY u.at DESC, u.undo_id DESC LIMIT 1";
    OF_ACT = "SELECT u.report_id, r.reference, u.at, u.until, u.version, u.n, u.before FROM report_undo u
              JOIN report r ON r.id = u.report_id WHERE u.undo_id = $1 AND u.person_id = $2 AND u.authority_id = $3
              ORDER BY r.reference";
    FORGET = "DELETE FROM report_undo WHERE report_id = $1 AND undo_id = $2";
    SWEEP = "DELETE FROM report_undo WHERE until < $1";
    WITHHOLD = "UPDATE report_entry SET withheld = TRUE WHERE report_id = $1 AND n > $2 AND visible_to_company";
    OPENED = "SELECT count(*) FROM report_read m JOIN membership c ON c.person_id = m.person_id AND c.org_id = $2
              WHERE m.report_id = $1 AND m.read_at >= $3";
}

/// An act to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewUndo<'a> {
    /// The report.
    pub report: ReportId,
    /// The act; the same for all its reports.
    pub act: UndoId,
    /// The report's authority.
    pub authority: OrgId,
    /// Who did it.
    pub person: UserId,
    /// Code of what was done.
    pub deed: &'a str,
    /// When.
    pub at: Timestamp,
    /// Until when it can be taken back.
    pub until: Timestamp,
    /// Version of the report after it.
    pub version: i64,
    /// The last entry of the thread before it.
    pub n: i64,
    /// How it stood, JSON.
    pub before: &'a str,
}

/// The act that somebody can still take back.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RunningRow {
    /// The act.
    pub undo_id: Uuid,
    /// Code of what was done.
    pub deed: String,
    /// When.
    pub at: i64,
    /// Until when it can be taken back.
    pub until: i64,
}

/// A report of an act.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UndoRow {
    /// The report.
    pub report_id: Uuid,
    /// Its number.
    pub reference: String,
    /// When it was done.
    pub at: i64,
    /// Until when it can be taken back.
    pub until: i64,
    /// Version of the report after it.
    pub version: i64,
    /// The last entry of the thread before it.
    pub n: i64,
    /// How it stood, JSON.
    pub before: String,
}

/// Keeps an act on a report, instead of the one before it.
///
/// # Errors
/// If the database refuses.
pub async fn put(tx: &mut Tx, new: &NewUndo<'_>) -> Result<()> {
    let args = args![
        new.report,
        new.act,
        new.authority,
        new.person,
        new.deed,
        new.at,
        new.until,
        new.version,
        new.n,
        new.before,
    ];
    tx.run(&PUT, args).await?;
    Ok(())
}

/// The last act of a person at a desk, if it can still be taken back: one with this code, and on this report, unless they
/// are empty.
///
/// # Errors
/// If the database does not answer.
pub async fn running(
    db: &mut impl Read,
    person: UserId,
    authority: OrgId,
    now: Timestamp,
    (deed, reference): (&str, &str),
) -> Result<Option<RunningRow>> {
    db.one(&RUNNING, args![person, authority, now, deed, reference]).await
}

/// The reports of a person's act.
///
/// # Errors
/// If the database does not answer.
pub async fn of_act(db: &mut impl Read, act: UndoId, person: UserId, authority: OrgId) -> Result<Vec<UndoRow>> {
    db.all(&OF_ACT, args![act, person, authority]).await
}

/// Forgets an act on a report; false if it was forgotten already, or another followed it.
///
/// # Errors
/// If the database refuses.
pub async fn forget(tx: &mut Tx, report: ReportId, act: UndoId) -> Result<bool> {
    Ok(tx.run(&FORGET, args![report, act]).await? == 1)
}

/// Removes what could be taken back until before `before`; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![before]).await
}

/// Keeps from the reporter what was said behind entry `n`.
///
/// # Errors
/// If the database refuses.
pub async fn withhold(tx: &mut Tx, report: ReportId, n: i64) -> Result<()> {
    tx.run(&WITHHOLD, args![report, n]).await?;
    Ok(())
}

/// Whether anybody of a company has opened a report since an instant.
///
/// # Errors
/// If the database does not answer.
pub async fn is_opened_since(db: &mut impl Read, report: ReportId, company: OrgId, at: Timestamp) -> Result<bool> {
    Ok(db.number(&OPENED, args![report, company, at]).await?.unwrap_or(0) > 0)
}
