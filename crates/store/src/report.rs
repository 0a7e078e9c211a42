//! Reports that were sent: the row that the queue and every act work on, its versions, substances and people.
//!
//! A use case reads the whole row with [`lock`], changes fields, and writes it back with [`save`], which counts the
//! version up. What a company reads goes through rows of its own ([`own`]) that do not hold what is the authority's.

use domain::{ids::ReportId, time::Timestamp};
use uuid::Uuid;

use crate::{Read, StoreError, Tx, args, engine::Result, statements};

pub mod content;
pub mod own;
pub mod people;
pub mod queue;

statements! {
    /// A reference that is taken makes no row: the caller rolls the dice again in the same transaction.
    INSERT = "INSERT INTO report (id, reference, org_id, authority_id, author_id, taken_by_authority, sent_at, version,
              confirmed_at, kind, state, shelf, on_hold, unanswered, quick, current_version, headline, party, party_country,
              band, cells, desk_band, desk_cells, severity, urgent, delivery_at, urgency, aware_at, answer_due, paused_at,
              question_due, duty_due, basis, assigned_to, outcome, reason_code, decided_at, duplicate_of,
              company_entry_at, authority_entry_at, updated_at, answer_from, answer_hours, answer_calendar, escalated,
              escalate_at, page_at, snoozed_until, first_answer_at, in_time)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
              $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50)
              ON CONFLICT (reference) DO NOTHING";
    FIND = "SELECT id, reference, org_id, authority_id, author_id, taken_by_authority, confirmed_at, kind,
            state, shelf, on_hold, unanswered, quick, current_version, headline, party, party_country, band,
            cells, desk_band, desk_cells, severity, urgent, delivery_at, urgency, aware_at, sent_at, answer_due,
            paused_at, question_due, duty_due, basis, assigned_to, outcome, reason_code, decided_at,
            duplicate_of, company_entry_at, authority_entry_at, updated_at, answer_from, answer_hours,
            answer_calendar, escalated, escalate_at, page_at, snoozed_until, first_answer_at, in_time, version FROM report WHERE reference
            = $1";
    BY_ID = "SELECT id, reference, org_id, authority_id, author_id, taken_by_authority, confirmed_at, kind,
            state, shelf, on_hold, unanswered, quick, current_version, headline, party, party_country, band,
            cells, desk_band, desk_cells, severity, urgent, delivery_at, urgency, aware_at, sent_at, answer_due,
            paused_at, question_due, duty_due, basis, assigned_to, outcome, reason_code, decided_at,
            duplicate_of, company_entry_at, authority_entry_at, updated_at, answer_from, answer_hours,
            answer_calendar, escalated, escalate_at, page_at, snoozed_until, first_answer_at, in_time, version FROM report WHERE id = $1";
    LOCK = sqlite "SELECT id, reference, org_id, authority_id, author_id, taken_by_authority, confirmed_at, kind,
            state, shelf, on_hold, unanswered, quick, current_version, headline, party, party_country, band,
            cells, desk_band, desk_cells, severity, urgent, delivery_at, urgency, aware_at, sent_at, answer_due,
            paused_at, question_due, duty_due, basis, assigned_to, outcome, reason_code, decided_at,
            duplicate_of, company_entry_at, authority_entry_at, updated_at, answer_from, answer_hours,
            answer_calendar, escalated, escalate_at, page_at, snoozed_until, first_answer_at, in_time, version FROM report WHERE id = $1",
           postgres "SELECT id, reference, org_id, authority_id, author_id, taken_by_authority, confirmed_at, kind,
            state, shelf, on_hold, unanswered, quick, current_version, headline, party, party_country, band,
            cells, desk_band, desk_cells, severity, urgent, delivery_at, urgency, aware_at, sent_at, answer_due,
            paused_at, question_due, duty_due, basis, assigned_to, outcome, reason_code, decided_at,
            duplicate_of, company_entry_at, authority_entry_at, updated_at, answer_from, answer_hours,
            answer_calendar, escalated, escalate_at, page_at, snoozed_until, first_answer_at, in_time, version FROM report WHERE id = $1
            FOR UPDATE";
    SAVE = "UPDATE report SET confirmed_at = $3, kind = $4, state = $5, shelf = $6, on_hold = $7, unanswered =
            $8, quick = $9, current_version = $10, headline = $11, party = $12, party_country = $13, band = $14,
            cells = $15, desk_band = $16, desk_cells = $17, severity = $18, urgent = $19, delivery_at = $20,
            urgency = $21, aware_at = $22, answer_due = $23, paused_at = $24, question_due = $25, duty_due =
            $26, basis = $27, assigned_to = $28, outcome = $29, reason_code = $30, decided_at = $31,
            duplicate_of = $32, company_entry_at = $33, authority_entry_at = $34, updated_at = $35, answer_from = $36,
            answer_hours = $37, answer_calendar = $38, escalated = $39, escalate_at = $40, page_at = $41, snoozed_until = $42,
            first_answer_at = $43, in_time = $44, version = version + 1 WHERE id = $1 AND version = $2";
    UNANSWERED = "SELECT id FROM report WHERE shelf = 'waiting' AND question_due < $1 ORDER BY question_due LIMIT 200";
    LEAVING = "SELECT id FROM report WHERE shelf IN ('open', 'waiting') AND NOT urgent AND delivery_at > $1 AND delivery_at < $2
                  ORDER BY delivery_at LIMIT 200";
    TO_ESCALATE = "SELECT id FROM report WHERE escalate_at < $1 ORDER BY escalate_at LIMIT 200";
    TO_PAGE = "SELECT id FROM report WHERE page_at < $1 ORDER BY page_at LIMIT 200";
}

/// A report, whole: for acts, and for the authority's desk. Never for a company's pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportRow {
    /// Identity.
    pub id: Uuid,
    /// The number that people see.
    pub reference: String,
    /// The company.
    pub org_id: Uuid,
    /// The authority.
    pub authority_id: Uuid,
    /// Who sent it, or the officer who took it down.
    pub author_id: Uuid,
    /// Whether an officer took it down by telephone.
    pub taken_by_authority: bool,
    /// When the company confirmed what was taken down.
    pub confirmed_at: Option<i64>,
    /// Code of the kind.
    pub kind: String,
    /// Code of the state.
    pub state: String,
    /// Which view of the desk shows it: `open`, `waiting`, `accepted`, `closed`.
    pub shelf: String,
    /// Kept whatever happens.
    pub on_hold: bool,
    /// The company let the time for an answer run out.
    pub unanswered: bool,
    /// Whether only the four questions were answered.
    pub quick: bool,
    /// The version that counts.
    pub current_version: i64,
    /// Substances and total amount, or what else it is about.
    pub headline: String,
    /// The other party's name.
    pub party: String,
    /// Its country; may be empty.
    pub party_country: String,
    /// Code of the band as the company saw it.
    pub band: String,
    /// How many of the five cells lit up there.
    pub cells: i64,
    /// Code of the band by all rules.
    pub desk_band: String,
    /// How many of the five cells light up by all rules.
    pub desk_cells: i64,
    /// Code of the band that counts.
    pub severity: String,
    /// Goods leave within 48 hours.
    pub urgent: bool,
    /// When they leave, as far as the report says.
    pub delivery_at: Option<i64>,
    /// Place in the queue; smaller is more urgent.
    pub urgency: i64,
    /// When the company became aware.
    pub aware_at: Option<i64>,
    /// When it was sent.
    pub sent_at: i64,
    /// Until when the authority is to answer.
    pub answer_due: i64,
    /// Since when that clock stands still.
    pub paused_at: Option<i64>,
    /// Until when the company is to answer the open question.
    pub question_due: Option<i64>,
    /// Until when the law wanted the report.
    pub duty_due: Option<i64>,
    /// Why it was made: JSON.
    pub basis: String,
    /// The officer who has it.
    pub assigned_to: Option<Uuid>,
    /// Code of the outcome class; empty until decided.
    pub outcome: String,
    /// Code of the reason; empty until decided.
    pub reason_code: String,
    /// When it was decided.
    pub decided_at: Option<i64>,
    /// The report that it repeats.
    pub duplicate_of: Option<Uuid>,
    /// The last thing the company said.
    pub company_entry_at: i64,
    /// The last thing the authority said to the company.
    pub authority_entry_at: i64,
    /// Last change.
    pub updated_at: i64,
    /// From when the authority's time counts.
    pub answer_from: i64,
    /// How many hours it is; 0 for a report from before this was noted.
    pub answer_hours: i64,
    /// The country whose working days count; empty where every hour counts.
    pub answer_calendar: String,
    /// What supervisors were told of the deadline: 0 nothing, 1 that it is near, 2 that it is missed.
    pub escalated: i64,
    /// When they are to be told next.
    pub escalate_at: Option<i64>,
    /// When those on duty are mailed again, unless somebody has opened it.
    pub page_at: Option<i64>,
    /// Until when an officer put it aside.
    pub snoozed_until: Option<i64>,
    /// When the authority first answered the reporter.
    pub first_answer_at: Option<i64>,
    /// Whether that was within its time: 1 or 0.
    pub in_time: Option<i64>,
    /// Counts changes, for optimistic locking.
    pub version: i64,
}

/// Stores a report; false if the reference is taken.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, row: &ReportRow) -> Result<bool> {
    let mut args = args![
        row.id,
        &row.reference,
        row.org_id,
        row.authority_id,
        row.author_id,
        row.taken_by_authority,
        row.sent_at,
        row.version,
    ];
    args.extend(changing(row));
    Ok(tx.run(&INSERT, args).await? == 1)
}

/// The columns that acts change, in the order of both statements.
fn changing(row: &ReportRow) -> [crate::Arg; 42] {
    [
        row.confirmed_at.into(),
        (&row.kind).into(),
        (&row.state).into(),
        (&row.shelf).into(),
        row.on_hold.into(),
        row.unanswered.into(),
        row.quick.into(),
        row.current_version.into(),
        (&row.headline).into(),
        (&row.party).into(),
        (&row.party_country).into(),
        (&row.band).into(),
        row.cells.into(),
        (&row.desk_band).into(),
        row.desk_cells.into(),
        (&row.severity).into(),
        row.urgent.into(),
        row.delivery_at.into(),
        row.urgency.into(),
        row.aware_at.into(),
        row.answer_due.into(),
        row.paused_at.into(),
        row.question_due.into(),
        row.duty_due.into(),
        (&row.basis).into(),
        row.assigned_to.into(),
        (&row.outcome).into(),
        (&row.reason_code).into(),
        row.decided_at.into(),
        row.duplicate_of.into(),
        row.company_entry_at.into(),
        row.authority_entry_at.into(),
        row.updated_at.into(),
        row.answer_from.into(),
        row.answer_hours.into(),
        (&row.answer_calendar).into(),
        row.escalated.into(),
        row.escalate_at.into(),
        row.page_at.into(),
        row.snoozed_until.into(),
        row.first_answer_at.into(),
        row.in_time.into(),
    ]
}

/// The report with this number.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, reference: &str) -> Result<Option<ReportRow>> {
    db.one(&FIND, args![reference]).await
}

/// The report with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn by_id(db: &mut impl Read, id: ReportId) -> Result<Option<ReportRow>> {
    db.one(&BY_ID, args![id]).await
}

/// The same, held against other writers until the transaction ends.
///
/// # Errors
/// [`StoreError::Stale`] if there is none.
pub async fn lock(tx: &mut Tx, id: ReportId) -> Result<ReportRow> {
    tx.one(&LOCK, args![id]).await?.ok_or(StoreError::Stale)
}

/// Writes a changed row back; its version is counted up.
///
/// # Errors
/// [`StoreError::Stale`] if somebody else changed it since it was read.
pub async fn save(tx: &mut Tx, row: &ReportRow) -> Result<()> {
    let mut args = args![row.id, row.version];
    args.extend(changing(row));
    tx.run_one(&SAVE, args).await
}

/// Reports whose question was not answered by `now`, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn unanswered(db: &mut impl Read, now: Timestamp) -> Result<Vec<ReportId>> {
    ids(db.all(&UNANSWERED, args![now]).await?)
}

/// Undecided reports whose goods leave between two instants and that are not marked urgent yet, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn leaving(db: &mut impl Read, from: Timestamp, to: Timestamp) -> Result<Vec<ReportId>> {
    ids(db.all(&LEAVING, args![from, to]).await?)
}

/// Reports of whose deadline the supervisors are to be told before `now`, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn to_escalate(db: &mut impl Read, now: Timestamp) -> Result<Vec<ReportId>> {
    ids(db.all(&TO_ESCALATE, args![now]).await?)
}

/// Reports about which those on duty may have to be mailed again before `now`, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn to_page(db: &mut impl Read, now: Timestamp) -> Result<Vec<ReportId>> {
    ids(db.all(&TO_PAGE, args![now]).await?)
}

fn ids(rows: Vec<(Uuid,)>) -> Result<Vec<ReportId>> {
    Ok(rows.into_iter().map(|(id,)| ReportId(id)).collect())
}
