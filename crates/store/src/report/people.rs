//! Who of a company may see a report: its author, the people named on it, the administrators.

use domain::{
    ids::{OrgId, ReportId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO report_person (report_id, person_id, added_by, at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (report_id, person_id) DO NOTHING";
    DROP = "DELETE FROM report_person WHERE report_id = $1 AND person_id = $2";
    IS_NAMED = "SELECT count(*) FROM report_person WHERE report_id = $1 AND person_id = $2";
    READERS = "SELECT p.id AS person_id, p.name, p.email, p.lang, m.role,
               EXISTS (SELECT 1 FROM report_person n WHERE n.report_id = $1 AND n.person_id = p.id) AS named
               FROM membership m JOIN person p ON p.id = m.person_id
               WHERE m.org_id = $2 AND m.ended_at IS NULL AND p.disabled_at IS NULL
               AND (p.id = $3 OR m.role = 'company_admin'
               OR EXISTS (SELECT 1 FROM report_person n WHERE n.report_id = $1 AND n.person_id = p.id))
               ORDER BY p.name, p.id LIMIT 200";
}

/// Somebody of the company who may see a report.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Reader {
    /// Identity.
    pub person_id: Uuid,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Language tag.
    pub lang: String,
    /// Code of the role.
    pub role: String,
    /// Whether they were named on the report.
    pub named: bool,
}

/// Names a person on a report; false if they were named already.
///
/// # Errors
/// If the database refuses.
pub async fn add(tx: &mut Tx, report: ReportId, person: UserId, by: UserId, at: Timestamp) -> Result<bool> {
    Ok(tx.run(&ADD, args![report, person, by, at]).await? == 1)
}

/// Takes that back; false if they were not named.
///
/// # Errors
/// If the database refuses.
pub async fn drop(tx: &mut Tx, report: ReportId, person: UserId) -> Result<bool> {
    Ok(tx.run(&DROP, args![report, person]).await? == 1)
}

/// Whether a person is named on a report.
///
/// # Errors
/// If the database does not answer.
pub async fn is_named(db: &mut impl Read, report: ReportId, person: UserId) -> Result<bool> {
    Ok(db.number(&IS_NAMED, args![report, person]).await?.unwrap_or(0) > 0)
}

/// The members of the company `org` who may see its report, by name, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn readers(db: &mut impl Read, report: ReportId, org: OrgId, author: UserId) -> Result<Vec<Reader>> {
    db.all(&READERS, args![report, org, author]).await
}
