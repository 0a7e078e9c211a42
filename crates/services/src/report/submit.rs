//! Sending a draft: from then on it is a report with a reference, for good.
//!
//! One transaction holds the report, its first version with its signed receipt, its substances and files, the thread's
//! first entry, the audit row and the mail to the authority, and puts the draft away. A draft is sent once: whoever sends
//! it again, by a double click, the back button or a retry after a lost answer, gets the reference it has.

use domain::{
    access::{Action, Principal},
    concern::ORG_KIND,
    fact::{Fact, of_report},
    ids::{DraftId, OrgId, ReportId, UserId},
    indicator::Band,
    look::Mark,
    question::{Form, Profile, QuestionSet, SummaryGroup, changes, count},
    reference::Reference,
    report::State,
    roster::Chosen,
    time::Timestamp,
};
use sha2::{Digest as _, Sha256};
use store::{
    StoreError, Tx,
    draft::DraftRow,
    report::{ReportRow, content::NewVersion},
};

use super::{
    access,
    judge::{self, Eyes},
    made::{Made, make},
    standing::{self, Trace},
    view::read,
};
use crate::{
    Context, Result,
    audit::{self, Act, Actor, NONE},
    calendar,
    customer::screening,
    desk::page,
    draft,
    error::{Problem, Refusal},
    evidence, fact,
    outbox::Template,
    receipt,
    roster::{self, Today},
    search,
    seat::Seat,
    thread::{self, Noted, Said},
};

/// How often a reference that is taken already is drawn again. With a million reports the first draw fails once in a
/// million times.
const DRAWS: u32 = 16;

/// Sends a draft; the reference of the report. Returns only after the disk has it.
///
/// # Errors
/// [`Refusal::Invalid`] with every problem if answers are missing or wrong; [`Refusal::NotPossible`] if nobody answers for the
/// company's country, the report of which it is the next version is closed, an amendment changes nothing, or a file of it
/// was damaged on the disk;
/// [`Refusal::Stale`] if somebody sent another version of that report since the draft was begun;
/// [`Refusal::NotFound`] without the right.
pub async fn submit(ctx: &Context, principal: &Principal, id: DraftId) -> Result<Reference> {
    evidence::prove(ctx, principal, id).await?;
    let mut tx = ctx.db.begin().await?;
    let reference = submit_in(ctx, &mut tx, principal, id).await?;
    tx.commit().await?;
    Ok(reference)
}

/// [`submit`] in a transaction that somebody else commits, of a draft whose files nobody has to look at.
pub(crate) async fn submit_in(ctx: &Context, tx: &mut Tx, principal: &Principal, id: DraftId) -> Result<Reference> {
    let (row, seat) = draft::lock(tx, principal, id).await?;
    if row.archived_as == "sent" {
        return sent_before(tx, id).await;
    }
    if row.archived_as == "erased" {
        return Err(Refusal::NotPossible("This draft was deleted because nobody had changed it for 30 days.".into()));
    }
    if !row.archived_as.is_empty() {
        return Err(Refusal::NotPossible("This draft was put away. Bring it back before you send it.".into()));
    }
    let sending = Sending::prepare(ctx, tx, row, seat).await?;
    let reference = match sending.draft.completes_report {
        Some(report) => sending.send_next(ctx, tx, ReportId(report)).await?,
        None => sending.send(ctx, tx).await?,
    };
    store::draft::archive(tx, id, "sent", ctx.now()).await?;
    Ok(reference)
}

async fn sent_before(tx: &mut Tx, id: DraftId) -> Result<Reference> {
    let reference = store::report::content::sent_as(tx, id).await?;
    let reference = reference.and_then(|reference| reference.parse().ok());
    reference.ok_or_else(|| Refusal::Fault(format!("draft {id} was sent and is no report")))
}

/// A draft that can be sent, with all that follows from its answers.
struct Sending<'p> {
    draft: DraftRow,
    seat: Seat<'p>,
    authority: OrgId,
    profile: Profile,
    made: Made,
    facts: Vec<Fact>,
    company: String,
    /// The questions with the signs of the authority's rules.
    asked: &'static QuestionSet,
    summary: Vec<SummaryGroup>,
}

impl<'p> Sending<'p> {
    async fn prepare(ctx: &Context, tx: &mut Tx, draft: DraftRow, seat: Seat<'p>) -> Result<Self> {
        let company = store::org::by_id(tx, OrgId(draft.org_id)).await?.ok_or(Refusal::NotFound)?;
        let authority = draft::authority_of(tx, &draft, &company).await?;
        let authority = authority.ok_or_else(|| Refusal::NotPossible(NOBODY.into()))?;
        let set = QuestionSet::get(&draft.question_set)
            .ok_or_else(|| Refusal::Fault(format!("no question set {}", draft.question_set)))?;
        let profile = draft::profile::profile(&company, ctx.now());
        let answers = draft::answers(&draft)?;
        let form = if draft.quick { Form::Quick } else { Form::Full };
        let mut problems = set.check_all(form, &answers, &profile);
        if company.kind == ORG_KIND {
            // Of somebody who need not say who they are nothing is demanded.
            problems.retain(|problem| problem.code != "empty");
        }
        if !problems.is_empty() {
            let said = problems.into_iter().map(|problem| Problem::new(problem.field, problem.message));
            return Err(Refusal::Invalid(said.collect()));
        }
        let made = make(ctx, set, &answers, &profile, &company, authority)?;
        let own = fact::own(&company, [&seat.person.email]);
        let facts = of_report(&made.canonical, &made.asked, &own);
        let asked = ctx.refdata.questions(set, Some(authority), &judge::rules(ctx, set, Some(authority)));
        let (company, summary) = (company.name, asked.summary(form, &answers, &profile));
        Ok(Self { draft, seat, authority, profile, made, facts, company, asked, summary })
    }

    async fn send(&self, ctx: &Context, tx: &mut Tx) -> Result<Reference> {
        let now = ctx.now();
        let mut row = self.new_row(ctx);
        standing::place(&mut row)?;
        let today = Today::of(tx, self.authority, now).await?;
        let given = roster::choose(ctx, tx, &today, &row, &self.made).await?;
        row.assigned_to = given.as_ref().map(|(chosen, _)| chosen.person.0);
        row.page_at = row.urgent.then(|| page::again_at(ctx).0);
        let reference = insert(ctx, tx, &mut row).await?;
        self.add_version(ctx, tx, &row).await?;
        let phone = self.draft.taken_by_authority.is_some();
        if phone {
            thread::by_authority(ctx, tx, &mut row, Some(self.seat), Said::TakenDown, "").await?;
            thread::tell_company(ctx, tx, &row, Template::ConfirmReport).await?;
        } else {
            thread::by_company(ctx, tx, &mut row, self.seat, Said::Sent, "").await?;
            store::thread::mark_read(tx, ReportId(row.id), self.seat.id(), Mark { at: now, n: 1 }).await?;
        }
        if row.urgent {
            thread::page_desk(ctx, tx, &today, &row).await?;
        } else {
            thread::tell_desk(ctx, tx, &today, &row, Template::NewReport).await?;
        }
        let step = if phone { "report taken down" } else { "report sent" };
        thread::record(ctx, tx, self.seat, (draft::action(phone), step), None, &row).await?;
        if let Some((chosen, name)) = given {
            self.note_given(ctx, tx, &row, &chosen, name).await?;
        }
        Ok(reference)
    }

    /// Says at the desk and in the log to whom the report went by rule, and why.
    async fn note_given(&self, ctx: &Context, tx: &mut Tx, row: &ReportRow, chosen: &Chosen, to: String) -> Result<()> {
        let reason = chosen.reason();
        let step = format!("assigned by rule: {reason}");
        thread::for_desk(ctx, tx, row, None, Noted::AssignedByRule { to, reason }, "").await?;
        let (actor, object_id) = (Actor::System, row.reference.clone());
        let act = Act { actor, action: Action::WorkReports, step: &step, object_kind: "report", object_id };
        audit::record(ctx, tx, act, NONE, Some(chosen)).await
    }

    /// Makes the draft the next version of a report, which it completes or amends, if that still stands as it was when the
    /// draft was begun. Its place in the queue may rise by it; an officer's severity and the answer clock stay.
    async fn send_next(&self, ctx: &Context, tx: &mut Tx, report: ReportId) -> Result<Reference> {
        let mut row = store::report::lock(tx, report).await?;
        let before = Trace::of(&row);
        access::sees(tx, report, UserId(row.author_id), self.seat).await?;
        access::amendable(&row.state)?;
        if self.draft.based_on != Some(row.current_version) {
            return Err(Refusal::Stale);
        }
        let version = row.current_version + 1;
        let (said, template, step) = if row.quick && !self.draft.quick {
            (Said::Completed { version }, Template::MessageWaiting, "report completed")
        } else {
            let changed = self.changed(ctx, tx, report, row.current_version).await?;
            (Said::Amended { version, changed }, Template::ReportAmended, "report amended")
        };
        // What an officer decided outlives the computation.
        let set_by_officer = (row.severity != row.desk_band).then(|| row.severity.clone());
        let was_urgent = row.urgent;
        self.fill(&mut row);
        row.severity = set_by_officer.unwrap_or(row.severity);
        row.quick = self.draft.quick;
        row.current_version = version;
        self.add_version(ctx, tx, &row).await?;
        thread::by_company(ctx, tx, &mut row, self.seat, said, "").await?;
        if row.urgent && !was_urgent && row.paused_at.is_none() {
            row.page_at = Some(page::again_at(ctx).0);
            thread::page_out(ctx, tx, &row).await?;
        }
        standing::place(&mut row)?;
        standing::save(tx, &mut row).await?;
        thread::tell_authority(ctx, tx, &row, template).await?;
        thread::record(ctx, tx, self.seat, (Action::WriteReports, step), Some(&before), &row).await?;
        row.reference.parse().map_err(|_| Refusal::Fault(format!("reference {}", row.reference)))
    }

    /// How many answers an amendment changes. One that changes nothing and brings no file is not sent.
    async fn changed(&self, ctx: &Context, tx: &mut Tx, report: ReportId, version: i64) -> Result<usize> {
        let before = store::report::content::version(tx, report, version).await?.ok_or(Refusal::NotFound)?;
        let before = read(ctx, before, self.authority, Eyes::Company)?.summary_in(self.asked);
        let changed = count(&changes(&before, &self.summary));
        if changed == 0 && store::evidence::of_draft(tx, DraftId(self.draft.id)).await?.is_empty() {
            return Err(Refusal::NotPossible(UNCHANGED.into()));
        }
        Ok(changed)
    }

    fn new_row(&self, ctx: &Context) -> ReportRow {
        let now = ctx.now();
        let phone = self.draft.taken_by_authority.is_some();
        let mut row = ReportRow {
            id: ctx.new_id(),
            org_id: self.draft.org_id,
            authority_id: self.authority.0,
            author_id: self.seat.id().0,
            taken_by_authority: phone,
            state: State::Sent.code().to_owned(),
            quick: self.draft.quick,
            current_version: 1,
            sent_at: now.0,
            company_entry_at: if phone { 0 } else { now.0 },
            authority_entry_at: if phone { now.0 } else { 0 },
            updated_at: now.0,
            version: 1,
            ..ReportRow::default()
        };
        calendar::allow(&ctx.calendars(), &mut row, self.made.country, now, self.made.look);
        self.fill(&mut row);
        row
    }

    /// What follows from the answers.
    fn fill(&self, row: &mut ReportRow) {
        let made = &self.made;
        let code = |band: Band| band.code().to_owned();
        row.kind = made.canonical.kind.code().to_owned();
        row.headline = made.canonical.headline();
        row.party.clone_from(&made.party);
        row.party_country.clone_from(&made.party_country);
        (row.band, row.cells) = (code(made.assessment.band), i64::from(made.assessment.cells));
        (row.desk_band, row.desk_cells) = (code(made.desk.band), i64::from(made.desk.cells));
        row.severity = code(made.desk.band);
        row.urgent |= made.urgent;
        row.delivery_at = made.delivery_at.map(|at| at.0);
        row.aware_at = made.canonical.aware_at.map(|at| at.0);
        row.duty_due = made.duty_due.map(|at: Timestamp| at.0);
        row.basis = serde_json::to_string(&made.basis).expect("a basis is plain data");
    }

    async fn add_version(&self, ctx: &Context, tx: &mut Tx, row: &ReportRow) -> Result<()> {
        let (made, report) = (&self.made, ReportId(row.id));
        let new = NewVersion {
            report,
            version: row.current_version,
            draft: DraftId(self.draft.id),
            question_set: &self.draft.question_set,
            rule_set: &made.desk.rule_set_version,
            catalogue: &draft::json(&made.lists)?,
            profile: &draft::json(&self.profile)?,
            quick: self.draft.quick,
            answers: &self.draft.answers,
            canonical: &draft::json(&made.canonical)?,
            assessment: &draft::json(&made.assessment)?,
            desk_assessment: &draft::json(&made.desk)?,
            sha256: Sha256::digest(&self.draft.answers).into(),
            person: self.seat.id(),
            at: ctx.now(),
            refdata: &draft::json(&made.editions)?,
        };
        store::report::content::add_version(tx, &new).await?;
        store::report::content::set_substances(tx, report, &made.substances).await?;
        receipt::issue(ctx, tx, report, row.current_version).await?;
        store::fact::set(tx, report, OrgId(row.authority_id), &self.facts).await?;
        screening::sight_changed(tx, OrgId(row.org_id)).await?;
        search::index(tx, &ctx.catalogue(), row, &self.company, &self.summary, &made.canonical).await?;
        let action = draft::action(self.draft.taken_by_authority.is_some());
        evidence::hand_over(ctx, tx, (self.seat, action), new.draft, (report, new.version)).await
    }
}

const UNCHANGED: &str = "Nothing is changed yet, so there is nothing to send. Change an answer or add a file first.";

const NOBODY: &str = "No authority of your country uses this service yet, so there is nobody to send the report to. \
     Your draft is kept. Please report to your authority by telephone.";

/// Stores the report under a reference that nobody has.
async fn insert(ctx: &Context, tx: &mut Tx, row: &mut ReportRow) -> Result<Reference> {
    for _ in 0..DRAWS {
        let reference = Reference::from_bits(u64::from_be_bytes(ctx.random::<8>()));
        reference.as_str().clone_into(&mut row.reference);
        if store::report::insert(tx, row).await? {
            return Ok(reference);
        }
    }
    Err(Refusal::Unavailable(StoreError::Conflict("no free reference could be drawn".into()).into()))
}
