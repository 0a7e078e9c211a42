//! What is reported by the members of an association: counted once for each month, told in tables that never change.

use domain::{date::Date, ids::OrgId, time::Timestamp};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    /// Reports of a span by those who were members of an association at its end; with the first substance of each and what
    /// companies see of its assessment.
    REPORTS = "SELECT r.org_id, r.kind, coalesce(s.slug, '') AS slug, v.assessment FROM report r
               JOIN report_version v ON v.report_id = r.id AND v.version = r.current_version
               LEFT JOIN report_substance s ON s.report_id = r.id AND s.n = (SELECT min(n) FROM report_substance WHERE report_id = r.id)
               WHERE r.sent_at >= $2 AND r.sent_at < $3 AND r.org_id IN (SELECT m.org_id FROM association_member m
               WHERE m.association_id = $1 AND m.org_id IS NOT NULL AND m.answered_at < $3
               AND m.state IN ('accepted', 'left', 'ended') AND (m.ended_at IS NULL OR m.ended_at >= $3)
               AND (m.ends_at IS NULL OR m.ends_at >= $3)) ORDER BY r.id LIMIT 100000";
    /// Every company that sent a report in a span to an authority to which members of an association report.
    REPORTERS = "SELECT DISTINCT r.org_id FROM report r WHERE r.sent_at >= $1 AND r.sent_at < $2 ORDER BY r.org_id LIMIT 100000";
    /// Of whom other associations were told for a month.
    TOLD_OF = "SELECT association_id, org_id FROM sector_source WHERE month = $1 AND association_id <> $2
               ORDER BY association_id, org_id LIMIT 100000";
    MONTHS = "SELECT DISTINCT month FROM sector_table WHERE association_id = $1 ORDER BY month DESC LIMIT 400";
    TABLES = "SELECT month, what, told FROM sector_table WHERE association_id = $1 AND month >= $2 ORDER BY month, what";
    TELL = "INSERT INTO sector_table (association_id, month, what, told, made_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (association_id, month, what) DO NOTHING";
    TELL_OF = "INSERT INTO sector_source (association_id, month, org_id) VALUES ($1, $2, $3)
               ON CONFLICT (association_id, month, org_id) DO NOTHING";
}

/// A report as it is counted.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CountedRow {
    /// Whose.
    pub org_id: Uuid,
    /// Code of its kind.
    pub kind: String,
    /// Handle of its first substance; empty for none or what the catalogue does not know.
    pub slug: String,
    /// What companies see of its assessment, JSON.
    pub assessment: String,
}

/// The reports of a span by the members of an association.
///
/// # Errors
/// If the database does not answer.
pub async fn reports(
    db: &mut impl Read,
    association: OrgId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<CountedRow>> {
    db.all(&REPORTS, args![association, from, to]).await
}

/// Every company that sent a report in a span.
///
/// # Errors
/// If the database does not answer.
pub async fn reporters(db: &mut impl Read, (from, to): (Timestamp, Timestamp)) -> Result<Vec<Uuid>> {
    Ok(db.all::<(Uuid,)>(&REPORTERS, args![from, to]).await?.into_iter().map(|(id,)| id).collect())
}

/// Of which companies other associations were told for a month: association and company.
///
/// # Errors
/// If the database does not answer.
pub async fn told_of(db: &mut impl Read, month: Date, but: OrgId) -> Result<Vec<(Uuid, Uuid)>> {
    db.all(&TOLD_OF, args![month.days(), but]).await
}

/// The months that were told to an association, the last one first.
///
/// # Errors
/// If the database does not answer.
pub async fn months(db: &mut impl Read, association: OrgId) -> Result<Vec<i64>> {
    Ok(db.all::<(i64,)>(&MONTHS, args![association]).await?.into_iter().map(|(month,)| month).collect())
}

/// What was told of the months from one on: month, what, table as JSON.
///
/// # Errors
/// If the database does not answer.
pub async fn tables(db: &mut impl Read, association: OrgId, from: Date) -> Result<Vec<(i64, String, String)>> {
    db.all(&TABLES, args![association, from.days()]).await
}

/// Keeps a table for good. What was told before stays.
///
/// # Errors
/// If the database does not answer.
pub async fn tell(
    tx: &mut Tx,
    association: OrgId,
    month: Date,
    (what, told): (&str, &str),
    at: Timestamp,
) -> Result<()> {
    tx.run(&TELL, args![association, month.days(), what, told, at]).await?;
    Ok(())
}

/// Notes of whom the tables of a month tell.
///
/// # Errors
/// If the database does not answer.
pub async fn tell_of(
    tx: &mut Tx,
    association: OrgId,
    month: Date,
    sources: impl IntoIterator<Item = Uuid>,
) -> Result<()> {
    for source in sources {
        tx.run(&TELL_OF, args![association, month.days(), source]).await?;
    }
    Ok(())
}
