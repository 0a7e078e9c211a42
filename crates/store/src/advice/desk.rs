//! Requests as a desk sees them: without what the company keeps for itself, and beside what else the authority knows of the
//! same parties.

use domain::{
    ids::{AdviceId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use super::EntryRow;
use crate::{Read, args, engine::Result, statements};

statements! {
    /// What leaves first stands first.
    OPEN = "SELECT a.id, a.state, o.name AS company, a.headline, a.party, a.country, a.delivery_at, a.due_at, a.paused_at, a.changed_at,
            a.counsel, a.did, p.name AS assignee FROM advice a JOIN org o ON o.id = a.org_id
            LEFT JOIN person p ON p.id = a.assigned_to
            WHERE a.authority_id = $1 AND a.state IN ('asked', 'question', 'answered')
            ORDER BY a.delivery_at, a.id LIMIT 500";
    DONE = "SELECT a.id, a.state, o.name AS company, a.headline, a.party, a.country, a.delivery_at, a.due_at, a.paused_at, a.changed_at,
            a.counsel, a.did, p.name AS assignee FROM advice a JOIN org o ON o.id = a.org_id
            LEFT JOIN person p ON p.id = a.assigned_to
            WHERE a.authority_id = $1 AND (a.state IN ('advised', 'closed') OR (a.state = 'withdrawn' AND a.content <> ''))
            AND a.id < $2 ORDER BY a.id DESC LIMIT $3";
    ONE = "SELECT a.id, a.org_id, a.authority_id, a.version, a.state, o.name AS company, o.country AS company_country, a.content,
           a.delivery_at, a.sent_at, a.due_at, a.paused_at, a.assigned_to, p.name AS assignee, a.counsel, a.hold_until, a.did,
           r.reference AS linked, m.reference AS made FROM advice a JOIN org o ON o.id = a.org_id
           LEFT JOIN person p ON p.id = a.assigned_to LEFT JOIN report r ON r.id = a.report_id AND r.authority_id = a.authority_id
           LEFT JOIN report_version v ON v.draft_id = a.draft_id
           LEFT JOIN report m ON m.id = v.report_id AND m.authority_id = a.authority_id
           WHERE a.id = $1 AND a.content <> ''";
    ENTRIES = "SELECT e.at, e.side, e.detail, e.body, p.name AS person FROM advice_entry e LEFT JOIN person p ON p.id = e.person_id
               WHERE e.advice_id = $1 ORDER BY e.n LIMIT 1000";
    WAITING = "SELECT count(*) FROM advice WHERE authority_id = $1 AND state IN ('asked', 'answered')";
    OVERDUE = "SELECT count(*) FROM advice WHERE authority_id = $1 AND state IN ('asked', 'answered') AND due_at < $2";
    /// Reports of the same authority that say the same of somebody; of each fact the newest 50.
    REPORTS = "SELECT r.reference, r.state, r.sent_at AS at, o.name AS company, mine.kind, mine.shown, mine.role, other.shown AS other_shown,
               other.role AS other_role FROM advice_fact mine
               JOIN report_fact other ON other.authority_id = mine.authority_id AND other.kind = mine.kind AND other.key = mine.key
               AND other.report_id IN (SELECT x.report_id FROM report_fact x WHERE x.authority_id = mine.authority_id
               AND x.kind = mine.kind AND x.key = mine.key ORDER BY x.report_id DESC LIMIT 50)
               JOIN report r ON r.id = other.report_id JOIN org o ON o.id = r.org_id
               WHERE mine.advice_id = $1 ORDER BY r.sent_at DESC, r.id, mine.weak, mine.kind LIMIT 200";
    /// Requests of the same authority that say the same of somebody; of each fact the newest 50.
    REQUESTS = "SELECT a.id, a.org_id, a.state, coalesce(a.sent_at, a.changed_at) AS at, o.name AS company, a.headline, a.counsel, mine.kind,
                mine.shown, mine.role, other.shown AS other_shown, other.role AS other_role FROM advice_fact mine
                JOIN advice_fact other ON other.authority_id = mine.authority_id AND other.kind = mine.kind
                AND other.key = mine.key AND other.advice_id <> mine.advice_id
                AND other.advice_id IN (SELECT x.advice_id FROM advice_fact x WHERE x.authority_id = mine.authority_id
                AND x.kind = mine.kind AND x.key = mine.key ORDER BY x.advice_id DESC LIMIT 50)
                JOIN advice a ON a.id = other.advice_id JOIN org o ON o.id = a.org_id
                WHERE mine.advice_id = $1 ORDER BY a.id DESC, mine.weak, mine.kind LIMIT 200";
    /// Requests that somebody has and that are not over.
    ASSIGNED = "SELECT id FROM advice WHERE authority_id = $1 AND assigned_to = $2
                AND state IN ('asked', 'question', 'answered', 'advised') ORDER BY id";
    TO_ESCALATE = "SELECT id FROM advice WHERE escalate_at < $1 ORDER BY escalate_at, id LIMIT 200";
}

/// A request in the desk's list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListRow {
    /// Identity.
    pub id: Uuid,
    /// Code of the state.
    pub state: String,
    /// Who asks.
    pub company: String,
    /// Substances and amounts.
    pub headline: String,
    /// The customer's name.
    pub party: String,
    /// Code of the destination.
    pub country: String,
    /// When the goods are to leave.
    pub delivery_at: Option<i64>,
    /// When the advice is due.
    pub due_at: Option<i64>,
    /// Since when the clock stands.
    pub paused_at: Option<i64>,
    /// The last change.
    pub changed_at: i64,
    /// Code of the advice.
    pub counsel: String,
    /// Code of what the company did.
    pub did: String,
    /// Who has it.
    pub assignee: Option<String>,
}

/// A request as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeskRow {
    /// Identity.
    pub id: Uuid,
    /// Who asks.
    pub org_id: Uuid,
    /// Whom.
    pub authority_id: Uuid,
    /// Its version.
    pub version: i64,
    /// Code of the state.
    pub state: String,
    /// Name of who asks.
    pub company: String,
    /// Code of its country.
    pub company_country: String,
    /// What was sent, JSON.
    pub content: String,
    /// When the goods are to leave.
    pub delivery_at: Option<i64>,
    /// When it was sent.
    pub sent_at: Option<i64>,
    /// When the advice is due.
    pub due_at: Option<i64>,
    /// Since when the clock stands.
    pub paused_at: Option<i64>,
    /// Who has it.
    pub assigned_to: Option<Uuid>,
    /// Their name.
    pub assignee: Option<String>,
    /// Code of the advice.
    pub counsel: String,
    /// Day of a hold.
    pub hold_until: Option<i64>,
    /// Code of what the company did.
    pub did: String,
    /// The report to which the company linked it.
    pub linked: Option<String>,
    /// The report that the company made of it.
    pub made: Option<String>,
}

/// One fact that a report shares with a request.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SameReportRow {
    /// Its number.
    pub reference: String,
    /// Code of its state.
    pub state: String,
    /// When it was sent.
    pub at: i64,
    /// Name of its company.
    pub company: String,
    /// Code of the kind of fact.
    pub kind: String,
    /// As it is given here.
    pub shown: String,
    /// Whose it is here.
    pub role: String,
    /// As it is given there.
    pub other_shown: String,
    /// Whose it is there.
    pub other_role: String,
}

/// One fact that another request shares with a request.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SameRequestRow {
    /// The other.
    pub id: Uuid,
    /// Who asked.
    pub org_id: Uuid,
    /// Code of its state.
    pub state: String,
    /// When it was sent.
    pub at: i64,
    /// Name of who asked.
    pub company: String,
    /// Substances and amounts.
    pub headline: String,
    /// Code of the advice.
    pub counsel: String,
    /// Code of the kind of fact.
    pub kind: String,
    /// As it is given here.
    pub shown: String,
    /// Whose it is here.
    pub role: String,
    /// As it is given there.
    pub other_shown: String,
    /// Whose it is there.
    pub other_role: String,
}

/// What is open at a desk; what leaves first stands first. At most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn open(db: &mut impl Read, authority: OrgId) -> Result<Vec<ListRow>> {
    db.all(&OPEN, args![authority]).await
}

/// What is advised, closed or taken back, before `before`, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn done(db: &mut impl Read, authority: OrgId, before: Option<AdviceId>, limit: i64) -> Result<Vec<ListRow>> {
    let before = before.map_or(Uuid::max(), |before| before.0);
    db.all(&DONE, args![authority, before, limit]).await
}

/// A request that was sent.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, id: AdviceId) -> Result<Option<DeskRow>> {
    db.one(&ONE, args![id]).await
}

/// The whole thread, the oldest first.
///
/// # Errors
/// If the database does not answer.
pub async fn entries(db: &mut impl Read, id: AdviceId) -> Result<Vec<EntryRow>> {
    db.all(&ENTRIES, args![id]).await
}

/// How many requests wait for the authority.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(db: &mut impl Read, authority: OrgId) -> Result<i64> {
    Ok(db.number(&WAITING, args![authority]).await?.unwrap_or(0))
}

/// How many of those are overdue.
///
/// # Errors
/// If the database does not answer.
pub async fn overdue(db: &mut impl Read, authority: OrgId, now: Timestamp) -> Result<i64> {
    Ok(db.number(&OVERDUE, args![authority, now]).await?.unwrap_or(0))
}

/// Reports of the same authority about the same parties, a row for each thing that is the same.
///
/// # Errors
/// If the database does not answer.
pub async fn same_reports(db: &mut impl Read, id: AdviceId) -> Result<Vec<SameReportRow>> {
    db.all(&REPORTS, args![id]).await
}

/// Other requests to the same authority about the same parties, a row for each thing that is the same.
///
/// # Errors
/// If the database does not answer.
pub async fn same_requests(db: &mut impl Read, id: AdviceId) -> Result<Vec<SameRequestRow>> {
    db.all(&REQUESTS, args![id]).await
}

/// Requests of an authority that somebody has and that are not over.
///
/// # Errors
/// If the database does not answer.
pub async fn assigned(db: &mut impl Read, authority: OrgId, person: UserId) -> Result<Vec<AdviceId>> {
    let rows: Vec<(Uuid,)> = db.all(&ASSIGNED, args![authority, person]).await?;
    Ok(rows.into_iter().map(|(id,)| AdviceId(id)).collect())
}

/// Requests of whose deadline somebody is to be told, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn to_escalate(db: &mut impl Read, now: Timestamp) -> Result<Vec<AdviceId>> {
    let rows: Vec<(Uuid,)> = db.all(&TO_ESCALATE, args![now]).await?;
    Ok(rows.into_iter().map(|(id,)| AdviceId(id)).collect())
}
