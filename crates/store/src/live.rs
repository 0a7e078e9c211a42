//! What changed a moment ago at a desk, and who is at which report right now.

use domain::{
    ids::{OrgId, ReportId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    /// Both sides of the join walk an index: the reports that changed, and their threads.
    ENTRIES = "SELECT r.reference, e.n, e.at, e.person_id FROM report r JOIN report_entry e ON e.report_id = r.id
               WHERE r.authority_id = $1 AND r.news_at > $2 AND e.at > $2 ORDER BY e.at, r.reference, e.n LIMIT $3";
    NOTES = "SELECT '' AS reference, version AS n, at, person_id FROM handover
             WHERE authority_id = $1 AND at > $2 ORDER BY at, version LIMIT $3";
    HERE = "SELECT r.reference, p.changed_at AS n, p.changed_at AS at, p.person_id FROM presence p
            JOIN report r ON r.id = p.report_id
            WHERE p.authority_id = $1 AND p.at > $2 AND p.changed_at > $2 ORDER BY p.changed_at, r.reference LIMIT $3";
    /// `$6`: whoever gave no sign of life since then comes anew.
    BEAT = "INSERT INTO presence (report_id, person_id, authority_id, doing, at, changed_at) VALUES ($1, $2, $3, $4, $5, $5)
            ON CONFLICT (report_id, person_id) DO UPDATE SET doing = $4, at = $5,
            changed_at = CASE WHEN presence.doing <> $4 OR presence.at <= $6 THEN $5 ELSE presence.changed_at END";
    OTHERS = "SELECT p.name, x.doing FROM presence x JOIN person p ON p.id = x.person_id
              WHERE x.report_id = $1 AND x.person_id <> $2 AND x.at > $3 ORDER BY p.name, p.id LIMIT 20";
    AT_DESK = "SELECT r.reference, p.name, x.doing FROM presence x JOIN person p ON p.id = x.person_id
               JOIN report r ON r.id = x.report_id
               WHERE x.authority_id = $1 AND x.person_id <> $2 AND x.at > $3 ORDER BY p.name, p.id LIMIT 200";
    SWEEP = "DELETE FROM presence WHERE at <= $1";
}

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ChangeRow {
    /// The report; empty for the desk as a whole.
    pub reference: String,
    /// Number of the entry or version.
    pub n: i64,
    /// When.
    pub at: i64,
    /// Who did it; none for the clock.
    pub person_id: Option<Uuid>,
}

/// Entries of an authority's reports after `since`, the oldest first.
///
/// # Errors
/// If the database does not answer.
pub async fn entries(db: &mut impl Read, authority: OrgId, since: Timestamp, limit: i64) -> Result<Vec<ChangeRow>> {
    db.all(&ENTRIES, args![authority, since, limit]).await
}

/// Versions of an authority's hand-over note after `since`.
///
/// # Errors
/// If the database does not answer.
pub async fn notes(db: &mut impl Read, authority: OrgId, since: Timestamp, limit: i64) -> Result<Vec<ChangeRow>> {
    db.all(&NOTES, args![authority, since, limit]).await
}

/// Who came to a report, or began something else there, after `since`.
///
/// # Errors
/// If the database does not answer.
pub async fn here(db: &mut impl Read, authority: OrgId, since: Timestamp, limit: i64) -> Result<Vec<ChangeRow>> {
    db.all(&HERE, args![authority, since, limit]).await
}

/// A sign of life.
#[derive(Clone, Copy, Debug)]
pub struct Beat<'a> {
    /// Where.
    pub report: ReportId,
    /// Whose.
    pub person: UserId,
    /// The report's authority.
    pub authority: OrgId,
    /// Code of what they do.
    pub doing: &'a str,
    /// Now.
    pub at: Timestamp,
    /// Earlier ones are forgotten.
    pub gone: Timestamp,
}

/// Takes a sign of life.
///
/// # Errors
/// If the database refuses.
pub async fn beat(tx: &mut Tx, beat: &Beat<'_>) -> Result<()> {
    tx.run(&BEAT, args![beat.report, beat.person, beat.authority, beat.doing, beat.at, beat.gone]).await?;
    Ok(())
}

/// Name and doing of everybody else at a report since `gone`.
///
/// # Errors
/// If the database does not answer.
pub async fn others(
    db: &mut impl Read,
    report: ReportId,
    person: UserId,
    gone: Timestamp,
) -> Result<Vec<(String, String)>> {
    db.all(&OTHERS, args![report, person, gone]).await
}

/// Report, name and doing of everybody else at an authority's reports since `gone`.
///
/// # Errors
/// If the database does not answer.
pub async fn at_desk(
    db: &mut impl Read,
    authority: OrgId,
    person: UserId,
    gone: Timestamp,
) -> Result<Vec<(String, String, String)>> {
    db.all(&AT_DESK, args![authority, person, gone]).await
}

/// Removes signs of life up to `gone`; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, gone: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![gone]).await
}
