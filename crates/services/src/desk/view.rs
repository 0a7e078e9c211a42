//! A report as the desk sees it: everything.

use domain::{
    access::{Action, Principal},
    deadline::Clock,
    ids::{MacroId, OrgId, ReportId, UserId},
    indicator::Band,
    look::Mark,
    reference::Reference,
    report::{Act, Actor, Basis, Decision, OutcomeClass, Reasons, ReportKind, Severity, Standing, State},
    time::Timestamp,
};
use store::report::ReportRow;

use super::{queue::macro_names, work::question_due};
use crate::{
    Context, Result,
    calendar::WhyDue,
    concern::{self, Concern},
    error::Refusal,
    fact::{self, Shared},
    label::{self, Label},
    report::{
        ReportContent,
        access::{self, state_of},
        judge::Eyes,
        reasons_of, standing,
        view::content,
    },
    roster::{Officer, Today},
    thread::{self, Noted, Said, Side},
};

/// What happened, for the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskEvent {
    /// Both sides see it.
    Said(Said),
    /// Only the desk sees it.
    Noted(Noted),
}

/// An entry of the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskEntry {
    /// Place in the thread.
    pub n: i64,
    /// When.
    pub at: Timestamp,
    /// Which side.
    pub side: Side,
    /// Who; none for the clock.
    pub person: Option<String>,
    /// Whether it was the asking person.
    pub mine: bool,
    /// Whether it was said to the company and taken back before anybody there had seen it.
    pub withheld: bool,
    /// What.
    pub event: DeskEvent,
    /// The reason that was chosen, in the words of its day; empty if none was.
    pub reason: String,
    /// What was written; may be empty.
    pub body: String,
}

/// The decision that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// When.
    pub at: Timestamp,
    /// Code of the reason.
    pub reason_code: String,
    /// The reason in words.
    pub reason: String,
    /// What the company was told.
    pub outcome: Option<OutcomeClass>,
    /// The report it repeats.
    pub duplicate_of: Option<Reference>,
}

/// A report, for the desk.
#[derive(Clone, Debug)]
pub struct DeskReportView {
    /// The number that people see.
    pub reference: Reference,
    /// The authority.
    pub authority: OrgId,
    /// Its time zone.
    pub time_zone: String,
    /// What an act carries.
    pub version: i64,
    /// The company that reports.
    pub company: OrgId,
    /// Its name.
    pub company_name: String,
    /// Its handle.
    pub company_handle: String,
    /// Its country.
    pub company_country: String,
    /// Its telephone.
    pub company_phone: String,
    /// What it is about.
    pub kind: ReportKind,
    /// State and what lies over it.
    pub standing: Standing,
    /// Substances and amount.
    pub headline: String,
    /// The other party.
    pub party: String,
    /// Its country; may be empty.
    pub party_country: String,
    /// Computed band, and what an officer set instead.
    pub severity: Severity,
    /// How many of the five cells light up, as computed.
    pub cells: u8,
    /// Goods leave within 48 hours.
    pub urgent: bool,
    /// When they leave.
    pub delivery_at: Option<Timestamp>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// The authority's answer clock.
    pub clock: Clock,
    /// Why it runs out when it does; none for a report from before this was noted.
    pub why_due: Option<WhyDue>,
    /// Whether that clock matters in this state and has run out.
    pub overdue: bool,
    /// Until when the company is to answer the open question.
    pub question_due: Option<Timestamp>,
    /// Until when the company would have to answer a question asked now, and why.
    pub question: (Timestamp, WhyDue),
    /// When the company became aware.
    pub aware_at: Option<Timestamp>,
    /// Until when the law wanted the report.
    pub duty_due: Option<Timestamp>,
    /// Which law asks for it, or why none does.
    pub basis: Basis,
    /// That it is an anonymous concern, and who hears the authority.
    pub concern: Option<Concern>,
    /// Taken down by telephone; true inside once the company confirmed.
    pub by_phone: Option<bool>,
    /// The officer who has it.
    pub assignee: Option<Officer>,
    /// What it says now, judged with the authority's own signs.
    pub content: ReportContent,
    /// Thread, timeline and notes, newest first.
    pub thread: Vec<DeskEntry>,
    /// How far the person had read when this visit of theirs began, and when that was.
    pub since: Mark,
    /// Other reports that say the same of somebody.
    pub shared: Shared,
    /// The decision that stands.
    pub decided: Option<Decided>,
    /// What the person may do now. Empty for readers.
    pub acts: Vec<Act>,
    /// Whether the person may write notes and messages and rate.
    pub works: bool,
    /// Those to whom it can be given.
    pub officers: Vec<Officer>,
    /// The reasons to choose from now.
    pub reasons: Reasons,
    /// Until when it is put aside.
    pub aside_until: Option<Timestamp>,
    /// Its labels, by name.
    pub labels: Vec<Label>,
    /// The names of the authority's macros; none for readers.
    pub macros: Vec<(MacroId, String)>,
    /// The labels that the authority has.
    pub all_labels: Vec<Label>,
}

impl DeskReportView {
    /// Whether an entry is new to the person: somebody else's, and behind what they knew when their visit began.
    #[must_use]
    pub const fn is_new(&self, entry: &DeskEntry) -> bool {
        entry.n > self.since.n && !entry.mine
    }
}

/// Opens a report. Marks it as read; the opening is noted in the audit log once an hour.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk of its authority.
pub async fn view(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<DeskReportView> {
    let (row, seat) = access::desk(ctx, principal, reference, Action::ReadReports).await?;
    let report = ReportId(row.id);
    let mut db = ctx.db.reader();
    let company = store::org::by_id(&mut db, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let content = content(ctx, (report, OrgId(row.authority_id)), row.current_version, Eyes::Authority).await?;
    let thread = entries(ctx, &row, seat.id()).await?;
    let works = Action::WorkReports.allows(seat.membership.role);
    let today = Today::of(&mut db, OrgId(row.authority_id), ctx.now()).await?;
    let (assignee, decided) = (assignee(ctx, &row, &today).await?, decided(ctx, &row).await?);
    let newest = thread.first().map_or(0, |entry| entry.n);
    let since = thread::opened(ctx, seat, Action::ReadReports, report, reference, Some(newest)).await?.since;
    let (state, clock) = (state_of(&row.state)?, standing::clock(&row));
    let question = question_due(ctx, &row, &company.country)?;
    Ok(DeskReportView {
        reference: reference.clone(),
        authority: OrgId(row.authority_id),
        time_zone: today.zone().to_owned(),
        version: row.version,
        company: OrgId(row.org_id),
        company_name: company.name,
        company_handle: company.handle,
        company_country: company.country,
        company_phone: company.phone,
        kind: ReportKind::from_code(&row.kind).ok_or_else(|| Refusal::Fault(format!("no kind {}", row.kind)))?,
        standing: Standing { state, on_hold: row.on_hold, unanswered: row.unanswered },
        severity: severity(&row)?,
        cells: u8::try_from(row.desk_cells).unwrap_or_default(),
        urgent: row.urgent,
        delivery_at: row.delivery_at.map(Timestamp),
        sent_at: Timestamp(row.sent_at),
        clock,
        overdue: state.clock_runs() && clock.is_overdue(ctx.now()),
        question_due: row.question_due.map(Timestamp),
        question,
        why_due: WhyDue::of(&ctx.refdata.calendars(Timestamp(row.answer_from)), &row),
        aware_at: row.aware_at.map(Timestamp),
        duty_due: row.duty_due.map(Timestamp),
        basis: serde_json::from_str(&row.basis).map_err(|error| Refusal::Fault(error.to_string()))?,
        concern: concern::of(&mut db, report).await?,
        by_phone: row.taken_by_authority.then_some(row.confirmed_at.is_some()),
        assignee,
        content,
        thread,
        since,
        shared: fact::shared(&mut db, report).await?,
        decided,
        acts: if works { acts(state) } else { Vec::new() },
        works,
        officers: if works { today.officers() } else { Vec::new() },
        reasons: reasons_of(ctx, &row),
        aside_until: row.snoozed_until.map(Timestamp).filter(|until| *until > ctx.now()),
        labels: store::label::of_report(&mut db, report).await?.into_iter().map(Label::from).collect(),
        macros: if works { macro_names(&mut db, OrgId(row.authority_id)).await? } else { Vec::new() },
        all_labels: label::of_authority(&mut db, OrgId(row.authority_id)).await?,
        headline: row.headline,
        party: row.party,
        party_country: row.party_country,
    })
}

/// One version of a report's content.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if there is no such version.
pub async fn version(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    version: i64,
) -> Result<ReportContent> {
    let (row, _) = access::desk(ctx, principal, reference, Action::ReadReports).await?;
    content(ctx, (ReportId(row.id), OrgId(row.authority_id)), version, Eyes::Authority).await
}

/// What the desk can do in a state with what there is today: no cases and holds yet.
fn acts(state: State) -> Vec<Act> {
    let there = |act: &Act| {
        let cases = matches!(act, Act::AddToCase | Act::TakeFromCase | Act::PlaceHold | Act::ReleaseHold);
        act.actor() == Actor::Authority && !cases
    };
    state.possible().filter(there).collect()
}

fn severity(row: &ReportRow) -> Result<Severity> {
    let computed: Band = standing::band(&row.desk_band)?;
    Ok(Severity { computed, set: None }.overruled(standing::severity(row)?))
}

async fn assignee(ctx: &Context, row: &ReportRow, today: &Today) -> Result<Option<Officer>> {
    let Some(id) = row.assigned_to.map(UserId) else { return Ok(None) };
    // Whoever left may still have what was decided.
    let name = match today.name(id) {
        Some(name) => Some(name.to_owned()),
        None => store::person::by_id(&mut ctx.db.reader(), id).await?.map(|person| person.name),
    };
    Ok(name.map(|name| Officer { id, name, away: today.away(id) }))
}

async fn decided(ctx: &Context, row: &ReportRow) -> Result<Option<Decided>> {
    let Some(at) = row.decided_at.map(Timestamp) else { return Ok(None) };
    let of = match row.duplicate_of {
        Some(of) => store::report::by_id(&mut ctx.db.reader(), ReportId(of)).await?,
        None => None,
    };
    let decision = match state_of(&row.state)? {
        State::Duplicate => Decision::Duplicate,
        State::Closed => Decision::Close,
        State::Withdrawn => Decision::Withdraw,
        _ => Decision::Accept,
    };
    Ok(Some(Decided {
        at,
        reason: ctx.refdata.reason(OrgId(row.authority_id), at, decision, &row.reason_code),
        reason_code: row.reason_code.clone(),
        outcome: OutcomeClass::from_code(&row.outcome),
        duplicate_of: of.and_then(|of| of.reference.parse().ok()),
    }))
}

/// The decision and code of the reason that an event names.
fn reason_in(event: &DeskEvent) -> Option<(Decision, &str)> {
    match event {
        DeskEvent::Said(Said::Withdrawn { reason }) => Some((Decision::Withdraw, reason)),
        DeskEvent::Noted(Noted::Severity { reason, .. }) => Some((Decision::Severity, reason)),
        DeskEvent::Noted(Noted::Decided { decision, reason, .. }) => Some((*decision, reason)),
        DeskEvent::Noted(Noted::Reopened { reason }) => Some((Decision::Reopen, reason)),
        _ => None,
    }
}

async fn entries(ctx: &Context, report: &ReportRow, me: UserId) -> Result<Vec<DeskEntry>> {
    let rows = store::thread::for_desk(&mut ctx.db.reader(), ReportId(report.id)).await?;
    let entry = |row: store::thread::DeskEntry| {
        let corrupt = |error: serde_json::Error| Refusal::Fault(error.to_string());
        let event = match row.visible_to_company {
            true => DeskEvent::Said(serde_json::from_str(&row.detail).map_err(corrupt)?),
            false => DeskEvent::Noted(serde_json::from_str(&row.detail).map_err(corrupt)?),
        };
        let (n, at, side) = (row.n, Timestamp(row.at), Side::from_code(&row.side));
        let mine = row.person_id == Some(me.0);
        let authority = OrgId(report.authority_id);
        let reason = reason_in(&event).map(|(decision, code)| ctx.refdata.reason(authority, at, decision, code));
        let (reason, person, body) = (reason.unwrap_or_default(), row.person, row.body);
        Ok(DeskEntry { n, at, side, person, mine, withheld: row.withheld, event, reason, body })
    };
    rows.into_iter().map(entry).collect()
}
