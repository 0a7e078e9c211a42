//! A report as its company sees it. There is no field here for what is the authority's own.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    encoding::hex,
    ids::{OrgId, ReportId, UserId},
    indicator::{Assessment, Band},
    question::{Form, Profile, QuestionSet, SummaryGroup},
    reference::Reference,
    report::{Act, Basis, Decision, OutcomeClass, Reason, ReportKind, ReporterState, State},
    time::Timestamp,
};
use store::report::{content::VersionRow, own::OwnRow};

use super::{
    access,
    judge::{self, Eyes},
    list::item,
};
use crate::{
    Context, Result,
    draft::profile::zone_name,
    error::Refusal,
    refdata::Edition,
    seat::Seat,
    thread::{self, Said, Side},
};

/// What a report says, in one of its versions.
#[derive(Clone, Debug)]
pub struct ReportContent {
    /// From 1.
    pub version: i64,
    /// The four questions, or all.
    pub form: Form,
    /// The questions of its day.
    pub set: &'static QuestionSet,
    /// Everything that was typed.
    pub answers: Answers,
    /// What the company was on that day.
    pub profile: Profile,
    /// The answers as labelled rows.
    pub summary: Vec<SummaryGroup>,
    /// What the rules of its day found.
    pub assessment: Assessment,
    /// SHA-256 over the answers as stored, in hexadecimal.
    pub sha256: String,
    /// Who sent this version; empty if an officer of the authority wrote it down.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The versions of the reference data by which it was judged.
    pub editions: Vec<Edition>,
}

impl ReportContent {
    /// The answers in the words of another version's questions, so that two versions differ by what was answered alone.
    #[must_use]
    pub fn summary_in(&self, set: &QuestionSet) -> Vec<SummaryGroup> {
        match set.version == self.set.version {
            true => set.summary(self.form, &self.answers, &self.profile),
            false => self.summary.clone(),
        }
    }
}

/// The authority that a report went to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Name.
    pub name: String,
    /// Telephone, for urgent matters.
    pub phone: String,
    /// Address for mail.
    pub email: String,
    /// IANA time zone in which it works.
    pub time_zone: String,
}

/// A question that waits for the company's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What the authority asks.
    pub text: String,
    /// Until when it is to be answered.
    pub due: Option<Timestamp>,
}

/// An entry of the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyEntry {
    /// Place in the thread.
    pub n: i64,
    /// When.
    pub at: Timestamp,
    /// Which side.
    pub side: Side,
    /// Who, if it was somebody of the company.
    pub person: Option<String>,
    /// What happened.
    pub said: Said,
    /// The reason that was chosen, in the words of its day; empty if none was.
    pub reason: String,
    /// What was written; may be empty.
    pub body: String,
}

/// What the person may do now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct May {
    /// Write to the authority; name colleagues; report another like this.
    pub write: bool,
    /// Answer the open question.
    pub answer: bool,
    /// Complete a report of four questions.
    pub complete: bool,
    /// Send another version of it.
    pub amend: bool,
    /// Confirm what was taken down by telephone.
    pub confirm: bool,
    /// Take the report back.
    pub withdraw: bool,
}

/// A report, for its company.
#[derive(Clone, Debug)]
pub struct CompanyReportView {
    /// The number that people see.
    pub reference: Reference,
    /// The company.
    pub org: OrgId,
    /// Its time zone.
    pub time_zone: String,
    /// What it is about.
    pub kind: ReportKind,
    /// Where it stands.
    pub state: ReporterState,
    /// Substances and amount, or what else it is about.
    pub headline: String,
    /// The other party.
    pub party: String,
    /// Who sent it; empty for one taken down by telephone.
    pub author: String,
    /// Taken down by telephone.
    pub taken_by_authority: bool,
    /// When the company confirmed that.
    pub confirmed_at: Option<Timestamp>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Until when the authority means to have looked at it; none once that is over.
    pub answer_expected: Option<Timestamp>,
    /// Band of the company's own answers.
    pub band: Band,
    /// When the company became aware.
    pub aware_at: Option<Timestamp>,
    /// Until when the law wanted the report.
    pub duty_due: Option<Timestamp>,
    /// Which law asks for it, or why none does.
    pub basis: Basis,
    /// The authority.
    pub authority: Authority,
    /// What it says now.
    pub content: ReportContent,
    /// Thread and timeline, newest first.
    pub thread: Vec<CompanyEntry>,
    /// Entries of the authority after this place were new to the person when the page was opened.
    pub unread_since: Option<Timestamp>,
    /// The open question.
    pub question: Option<Question>,
    /// What came of it.
    pub outcome: Option<OutcomeClass>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// The company's own report that this one repeats.
    pub duplicate_of: Option<Reference>,
    /// Colleagues named on it.
    pub named: Vec<String>,
    /// What the person may do now.
    pub may: May,
    /// The reasons to choose from for taking it back.
    pub withdrawal: Vec<Reason>,
}

/// Opens a report. Marks it as read; the opening is noted in the audit log once an hour.
///
/// # Errors
/// [`Refusal::NotFound`] unless the person may see it.
pub async fn view(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<CompanyReportView> {
    let (row, seat) = access::own(ctx, principal, reference, Action::ReadOwnReports).await?;
    let report = ReportId(row.id);
    let view = read_own(ctx, principal, row).await?;
    let newest = view.thread.first().map_or(0, |entry| entry.n);
    thread::opened(ctx, seat, Action::ReadOwnReports, report, reference, Some(newest)).await?;
    Ok(view)
}

/// The same without a mark and without a row in the log: for an act that leaves its own.
pub(crate) async fn unmarked(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<CompanyReportView> {
    let (row, _) = access::own(ctx, principal, reference, Action::ReadOwnReports).await?;
    read_own(ctx, principal, row).await
}

async fn read_own(ctx: &Context, principal: &Principal, row: OwnRow) -> Result<CompanyReportView> {
    let report = ReportId(row.id);
    let mut db = ctx.db.reader();
    let company = store::org::by_id(&mut db, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let authority = store::org::by_id(&mut db, OrgId(row.authority_id)).await?.ok_or(Refusal::NotFound)?;
    let thread = thread(ctx, report, OrgId(row.authority_id)).await?;
    let readers = store::report::people::readers(&mut db, report, OrgId(row.org_id), UserId(row.author_id)).await?;
    let twin = store::report::own::twin(&mut db, report).await?;
    let content = own_content(ctx, &row, row.current_version).await?;
    let item = item(&row)?;
    let state = access::state_of(&row.state)?;
    Ok(CompanyReportView {
        org: OrgId(row.org_id),
        time_zone: zone_name(&company).to_owned(),
        taken_by_authority: row.taken_by_authority,
        confirmed_at: row.confirmed_at.map(Timestamp),
        answer_expected: state.clock_runs().then_some(Timestamp(row.answer_due)),
        aware_at: row.aware_at.map(Timestamp),
        duty_due: row.duty_due.map(Timestamp),
        basis: serde_json::from_str(&row.basis).map_err(|error| Refusal::Fault(error.to_string()))?,
        authority: Authority {
            time_zone: zone_name(&authority).to_owned(),
            name: authority.name,
            phone: authority.phone,
            email: authority.duty_email,
        },
        content,
        unread_since: item.unread.then_some(Timestamp(row.read_at.unwrap_or(0))),
        question: question(state, row.question_due, &thread),
        thread,
        decided_at: row.decided_at.map(Timestamp),
        duplicate_of: twin.and_then(|twin| twin.parse().ok()),
        named: readers.into_iter().filter(|reader| reader.named).map(|reader| reader.name).collect(),
        may: may(principal, &row, state),
        withdrawal: withdrawal(ctx, OrgId(row.authority_id)),
        reference: item.reference,
        kind: item.kind,
        state: item.state,
        headline: item.headline,
        party: item.party,
        author: item.author,
        sent_at: item.sent_at,
        band: item.band,
        outcome: item.outcome,
    })
}

/// One version of a report's content.
///
/// # Errors
/// [`Refusal::NotFound`] unless the person may see it and there is such a version.
pub async fn version(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    version: i64,
) -> Result<ReportContent> {
    let (row, _) = access::own(ctx, principal, reference, Action::ReadOwnReports).await?;
    own_content(ctx, &row, version).await
}

fn withdrawal(ctx: &Context, authority: OrgId) -> Vec<Reason> {
    ctx.refdata.reasons(authority, ctx.now()).for_decision(Decision::Withdraw).cloned().collect()
}

async fn own_content(ctx: &Context, row: &OwnRow, version: i64) -> Result<ReportContent> {
    let mut content = content(ctx, (ReportId(row.id), OrgId(row.authority_id)), version, Eyes::Company).await?;
    if row.taken_by_authority && version == 1 {
        content.by.clear();
    }
    Ok(content)
}

/// What a report says in a version of it.
pub(crate) async fn content(
    ctx: &Context,
    (report, authority): (ReportId, OrgId),
    version: i64,
    eyes: Eyes,
) -> Result<ReportContent> {
    let row = store::report::content::version(&mut ctx.db.reader(), report, version).await?;
    read(ctx, row.ok_or(Refusal::NotFound)?, authority, eyes)
}

/// A stored version of a report to an authority, read.
pub(crate) fn read(ctx: &Context, row: VersionRow, authority: OrgId, eyes: Eyes) -> Result<ReportContent> {
    let corrupt = |error: serde_json::Error| Refusal::Fault(error.to_string());
    let set = QuestionSet::get(&row.question_set)
        .ok_or_else(|| Refusal::Fault(format!("no question set {}", row.question_set)))?;
    let answers: Answers = serde_json::from_str(&row.answers).map_err(corrupt)?;
    let profile: Profile = serde_json::from_str(&row.profile).map_err(corrupt)?;
    let form = if row.quick { Form::Quick } else { Form::Full };
    let editions: Vec<Edition> = serde_json::from_str(&row.refdata).map_err(corrupt)?;
    let rules = ctx.refdata.rules_of(judge::program_rules(set), authority, &editions);
    let set = ctx.refdata.questions(set, Some(authority), &rules);
    let assessment = match eyes {
        Eyes::Company => &row.assessment,
        Eyes::Authority => &row.desk_assessment,
    };
    Ok(ReportContent {
        version: row.version,
        form,
        set,
        summary: set.summary(form, &answers, &profile),
        answers,
        profile,
        assessment: serde_json::from_str(assessment).map_err(corrupt)?,
        sha256: hex(&row.sha256),
        by: row.person,
        at: Timestamp(row.at),
        editions,
    })
}

/// What both sides said, newest first. The words of a reason are those of the authority on that day.
pub(crate) async fn thread(ctx: &Context, report: ReportId, authority: OrgId) -> Result<Vec<CompanyEntry>> {
    let rows = store::thread::for_company(&mut ctx.db.reader(), report).await?;
    let entry = |row: store::thread::CompanyEntry| {
        let said: Said = serde_json::from_str(&row.detail).map_err(|error| Refusal::Fault(error.to_string()))?;
        let (n, at, side) = (row.n, Timestamp(row.at), Side::from_code(&row.side));
        let reason = match &said {
            Said::Withdrawn { reason } => ctx.refdata.reason(authority, at, Decision::Withdraw, reason),
            _ => String::new(),
        };
        Ok(CompanyEntry { n, at, side, person: row.person, said, reason, body: row.body })
    };
    rows.into_iter().map(entry).collect()
}

fn question(state: State, due: Option<i64>, thread: &[CompanyEntry]) -> Option<Question> {
    let asked = thread.iter().find(|entry| matches!(entry.said, Said::Question { .. }));
    let asked = asked.filter(|_| state == State::QuestionAsked)?;
    Some(Question { text: asked.body.clone(), due: due.map(Timestamp) })
}

fn may(principal: &Principal, row: &OwnRow, state: State) -> May {
    let write = Seat::take(principal, OrgId(row.org_id), Action::WriteReports).is_ok();
    let possible = |act: Act| write && state.possible().any(|known| known == act);
    May {
        write,
        answer: possible(Act::Answer),
        complete: write && access::completable(row.quick, &row.state).is_ok(),
        amend: write && access::amendable(&row.state).is_ok(),
        confirm: write && row.taken_by_authority && row.confirmed_at.is_none(),
        withdraw: possible(Act::Withdraw),
    }
}
