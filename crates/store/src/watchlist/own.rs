//! What a company's own watch set is made of: its reports that stand, and its customers to whom it sells nothing.

use domain::ids::OrgId;
use uuid::Uuid;

use crate::{Read, args, engine::Result, statements};

statements! {
    REPORTS_STAMP = "SELECT count(*) AS many, CAST(COALESCE(SUM(version), 0) AS BIGINT) AS versions,
                     CAST(COALESCE(MAX(updated_at), 0) AS BIGINT) AS changed_at FROM report WHERE org_id = $1";
    STOPPED_STAMP = "SELECT count(*) AS many, CAST(COALESCE(SUM(version), 0) AS BIGINT) AS versions,
                     CAST(COALESCE(MAX(changed_at), 0) AS BIGINT) AS changed_at FROM customer WHERE org_id = $1 AND state = 'stopped'";
    REPORTS = "SELECT r.id, r.reference, r.sent_at, v.canonical FROM report r
               JOIN report_version v ON v.report_id = r.id AND v.version = r.current_version
               WHERE r.org_id = $1 AND r.state <> 'withdrawn' AND r.id > $2 ORDER BY r.id LIMIT $3";
    STOPPED = "SELECT id, changed_at, content FROM customer WHERE org_id = $1 AND state = 'stopped' AND id > $2
               ORDER BY id LIMIT $3";
}

/// By which it is seen whether something changed. Versions only grow, and who is stopped anew was changed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Stamp {
    /// How many there are.
    pub many: i64,
    /// The sum of their versions.
    pub versions: i64,
    /// When one of them was changed last.
    pub changed_at: i64,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportRow {
    /// Identity.
    pub id: Uuid,
    /// The number that people see.
    pub reference: String,
    /// When it was sent.
    pub sent_at: i64,
    /// What it says, JSON.
    pub canonical: String,
}

/// A customer to whom nothing is sold.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoppedRow {
    /// Identity.
    pub id: Uuid,
    /// When the file was changed last.
    pub changed_at: i64,
    /// The file, JSON.
    pub content: String,
}

/// Of a company's reports, and of its customers to whom nothing is sold.
///
/// # Errors
/// If the database does not answer.
pub async fn stamps(db: &mut impl Read, org: OrgId) -> Result<[Stamp; 2]> {
    let none = Stamp { many: 0, versions: 0, changed_at: 0 };
    let reports = db.one(&REPORTS_STAMP, args![org]).await?.unwrap_or(none);
    let stopped = db.one(&STOPPED_STAMP, args![org]).await?.unwrap_or(none);
    Ok([reports, stopped])
}

/// A company's reports behind one by identity, those that were withdrawn left out.
///
/// # Errors
/// If the database does not answer.
pub async fn reports(db: &mut impl Read, org: OrgId, after: Uuid, most: i64) -> Result<Vec<ReportRow>> {
    db.all(&REPORTS, args![org, after, most]).await
}

/// A company's customers to whom nothing is sold, behind one by identity.
///
/// # Errors
/// If the database does not answer.
pub async fn stopped(db: &mut impl Read, org: OrgId, after: Uuid, most: i64) -> Result<Vec<StoppedRow>> {
    db.all(&STOPPED, args![org, after, most]).await
}
