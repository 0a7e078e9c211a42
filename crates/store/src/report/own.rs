//! A company's own reports. These rows do not hold what is the authority's: no assignee, no reason, no overruled
//! severity, no state beyond what the service translates.

use domain::ids::{OrgId, ReportId, UserId};
use uuid::Uuid;

use crate::{Read, args, engine::Result, statements};

statements! {
    LIST = "SELECT r.id, r.reference, r.kind, r.state, r.quick, r.headline, r.party, r.party_country, r.sent_at, r.duty_due,
            r.aware_at, r.answer_due, r.question_due, r.taken_by_authority, r.confirmed_at, r.outcome, r.decided_at, r.band, r.cells,
            r.current_version, r.basis, r.author_id, r.org_id, r.authority_id, r.authority_entry_at, p.name AS author,
            m.read_at
            FROM report r JOIN person p ON p.id = r.author_id
            LEFT JOIN report_read m ON m.report_id = r.id AND m.person_id = $2
            WHERE r.org_id = $1 AND ($3 OR r.author_id = $2
            OR EXISTS (SELECT 1 FROM report_person n WHERE n.report_id = r.id AND n.person_id = $2))
            AND (r.state = $4 OR r.state = $5 OR $4 = '') AND (r.sent_at, r.id) < ($6, $7)
            ORDER BY r.sent_at DESC, r.id DESC LIMIT $8";
    ONE = "SELECT r.id, r.reference, r.kind, r.state, r.quick, r.headline, r.party, r.party_country, r.sent_at, r.duty_due,
           r.aware_at, r.answer_due, r.question_due, r.taken_by_authority, r.confirmed_at, r.outcome, r.decided_at, r.band, r.cells,
           r.current_version, r.basis, r.author_id, r.org_id, r.authority_id, r.authority_entry_at, p.name AS author,
           m.read_at
           FROM report r JOIN person p ON p.id = r.author_id
           LEFT JOIN report_read m ON m.report_id = r.id AND m.person_id = $2 WHERE r.reference = $1";
    COUNTS = "SELECT count(*) AS sent, count(*) FILTER (WHERE r.state = 'question_asked') AS questions,
              count(*) FILTER (WHERE r.authority_entry_at > coalesce(m.read_at, 0)) AS unread,
              count(*) FILTER (WHERE r.taken_by_authority AND r.confirmed_at IS NULL) AS to_confirm
              FROM report r LEFT JOIN report_read m ON m.report_id = r.id AND m.person_id = $2
              WHERE r.org_id = $1 AND ($3 OR r.author_id = $2
              OR EXISTS (SELECT 1 FROM report_person n WHERE n.report_id = r.id AND n.person_id = $2))";
    /// A duplicate names the other report only where that is the same company's.
    TWIN = "SELECT t.reference FROM report r JOIN report t ON t.id = r.duplicate_of AND t.org_id = r.org_id WHERE r.id = $1";
}

/// What a company may know of its report.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnRow {
    /// Identity.
    pub id: Uuid,
    /// The number that people see.
    pub reference: String,
    /// Code of the kind.
    pub kind: String,
    /// Code of the state; shown only through `State::for_reporter`.
    pub state: String,
    /// Whether only the four questions were answered.
    pub quick: bool,
    /// Substances and total amount.
    pub headline: String,
    /// The other party's name.
    pub party: String,
    /// Its country.
    pub party_country: String,
    /// When it was sent.
    pub sent_at: i64,
    /// Until when the law wanted the report.
    pub duty_due: Option<i64>,
    /// When the company became aware.
    pub aware_at: Option<i64>,
    /// Until when the authority means to answer.
    pub answer_due: i64,
    /// Until when the open question is to be answered.
    pub question_due: Option<i64>,
    /// Whether an officer of the authority took it down.
    pub taken_by_authority: bool,
    /// When the company confirmed that.
    pub confirmed_at: Option<i64>,
    /// Code of the outcome class; empty until decided.
    pub outcome: String,
    /// When it was decided.
    pub decided_at: Option<i64>,
    /// Code of the band that was computed from the company's own answers.
    pub band: String,
    /// How many of the five cells light up.
    pub cells: i64,
    /// The version that counts.
    pub current_version: i64,
    /// Why it was made: JSON.
    pub basis: String,
    /// Who sent it.
    pub author_id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// The authority.
    pub authority_id: Uuid,
    /// The last thing the authority said.
    pub authority_entry_at: i64,
    /// Name of who sent it.
    pub author: String,
    /// How far the asking person has read it.
    pub read_at: Option<i64>,
}

/// Figures for the company's home page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnCounts {
    /// Reports that the asking person may see.
    pub sent: i64,
    /// Of these, with an unanswered question.
    pub questions: i64,
    /// Of these, with something unread.
    pub unread: i64,
    /// Of these, taken down by telephone and to be confirmed.
    pub to_confirm: i64,
}

/// Whose reports, for whom.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    /// The company.
    pub org: OrgId,
    /// Who asks.
    pub person: UserId,
    /// Whether they see all of the company's reports.
    pub sees_all: bool,
}

/// The reports that somebody may see, newest first, behind `after`; in one of two states unless the first is empty.
///
/// # Errors
/// If the database does not answer.
pub async fn list(
    db: &mut impl Read,
    asker: Asker,
    states: (&str, &str),
    after: (i64, Uuid),
    limit: i64,
) -> Result<Vec<OwnRow>> {
    let args = args![asker.org, asker.person, asker.sees_all, states.0, states.1, after.0, after.1, limit];
    db.all(&LIST, args).await
}

/// One report as its company may know it; whether the asker may see it, the service decides.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, reference: &str, person: UserId) -> Result<Option<OwnRow>> {
    db.one(&ONE, args![reference, person]).await
}

/// Figures over the reports that somebody may see.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(db: &mut impl Read, asker: Asker) -> Result<OwnCounts> {
    Ok(db.one(&COUNTS, args![asker.org, asker.person, asker.sees_all]).await?.unwrap_or_default())
}

/// The company's own report that this one repeats.
///
/// # Errors
/// If the database does not answer.
pub async fn twin(db: &mut impl Read, report: ReportId) -> Result<Option<String>> {
    let row: Option<(String,)> = db.one(&TWIN, args![report]).await?;
    Ok(row.map(|(reference,)| reference))
}
