//! Believable reports of the demo's companies, in every state that a desk knows.
//!
//! They are made by the use cases themselves, with a clock set back to when each thing is said to have happened, and in
//! the order in which it happened: threads, deadlines, audit log and queue look as if people had worked for weeks. The
//! mails of those weeks are marked as sent. Firms and people are invented; what is reported stays with what a seller
//! sees, and never says what a substance could be used for.

use std::collections::HashMap;

use domain::{
    access::Principal,
    answers::Answers,
    date::Date,
    ids::{DraftId, OrgId},
    indicator::Band,
    reference::Reference,
    time::Timestamp,
};
use store::{org::OrgRow, setting};

use crate::{
    Clock, Context, Refusal, Result, account, break_glass,
    desk::{self, Verdict, When},
    draft::{self, Post, Start, profile},
    evidence, label, macros, report, roster, session, thread,
};

mod files;
mod incidents;
mod orders;
mod other;
mod short;

/// One report and what became of it.
pub(super) struct Story {
    /// By which other stories name it.
    name: &'static str,
    /// Whose account writes it.
    by: &'static str,
    /// Minutes ago that it was sent (or last saved, for a draft).
    ago: i64,
    how: How,
    /// Field and text. `@-90` is day and time 90 minutes before sending, `@day+2` the day two days after it.
    pub(super) answers: &'static [(&'static str, &'static str)],
    /// Minutes after sending, and what happened then.
    then: &'static [(i64, Step)],
}

impl Story {
    /// Whether it is told in four questions.
    pub(super) const fn is_quick(&self) -> bool {
        matches!(self.how, How::Quick)
    }
}

/// How a report is written.
#[derive(Clone, Copy)]
enum How {
    /// All questions.
    Full,
    /// Four questions.
    Quick,
    /// Four questions, by an officer, for the company with this handle.
    Phone(&'static str),
    /// All questions, and not sent yet.
    Draft,
}

/// What happens to a report. The first text is always whose account does it.
enum Step {
    Open(&'static str),
    Assign(&'static str, &'static str),
    Ask(&'static str, &'static str),
    Answer(&'static str, &'static str),
    Message(&'static str, &'static str),
    Write(&'static str, &'static str),
    Note(&'static str, &'static str),
    Accept(&'static str, &'static str, &'static str),
    Close(&'static str, &'static str, &'static str),
    Duplicate(&'static str, &'static str),
    Severity(&'static str, Band, &'static str),
    Confirm(&'static str),
    Attach(&'static str, &'static [files::Paper]),
    Withdraw(&'static str, &'static str),
    Complete(&'static str, &'static [(&'static str, &'static str)]),
    Amend(&'static str, &'static [(&'static str, &'static str)]),
    Label(&'static str, &'static [&'static str]),
    Snooze(&'static str, i64),
    Tick,
}

/// The people whom stories name often.
pub(super) const JELLE: &str = "officer@pco-nl.example";
const SAMIRA: &str = "officer2@pco-nl.example";
const ADAEZE: &str = "supervisor@pco-nl.example";
const PRIYA: &str = "officer@pco-ca.example";
pub(super) const TOMAS: &str = "officer@meridian-reagents.example";
pub(super) const INGRID: &str = "admin@meridian-reagents.example";
pub(super) const YARA: &str = "officer@noordkust.example";
const WIM: &str = "admin@noordkust.example";
pub(super) const SANNE: &str = "admin@apotheek-depot.example";
pub(super) const OLENA: &str = "officer@deltaquay.example";
const NOOR: &str = "admin@labmarkt.example";
const MARCUS: &str = "officer@laurentian.example";
const EVELYN: &str = "admin@prairie-agro.example";

/// The labels of the Dutch desk, and their colours.
const LABELS: [(&str, &str); 3] =
    [("Orchid Bay", "plum"), ("Papers missing", "ochre"), ("For the inspectors", "petrol")];

const HOURS: i64 = 60;
const DAYS: i64 = 24 * HOURS;

/// Those of one company that were written and sent by itself.
pub(super) fn sent_stories() -> impl Iterator<Item = &'static Story> {
    stories().filter(|story| matches!(story.how, How::Full | How::Quick))
}

fn stories() -> impl Iterator<Item = &'static Story> {
    [orders::STORIES, short::STORIES, incidents::STORIES, other::STORIES].into_iter().flatten()
}

/// Makes the reports once. Broken off in the middle, it is not begun again: a report told twice would look like two.
///
/// # Errors
/// If a story cannot happen as it is told.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    if setting::get(&mut tx, setting::DEMO).await?.as_deref() != Some("people") {
        return Ok(());
    }
    setting::put(&mut tx, setting::DEMO, "people and reports").await?;
    tx.commit().await?;
    seed_reports(ctx).await
}

/// Makes the reference data and the reports, for organisations and people that are there already.
///
/// # Errors
/// If a story cannot happen as it is told; the tests tell all of them.
async fn seed_reports(ctx: &Context) -> Result<()> {
    super::refdata::seed_first(ctx).await?;
    super::openness::seed(ctx).await?;
    super::library::seed(ctx).await?;
    super::customers::seed(ctx).await?;
    super::declarations::seed(ctx).await?;
    labels_and_macros(ctx).await?;
    let mut events: Vec<(i64, &Story, Option<&Step>)> = Vec::new();
    for story in stories() {
        events.push((-story.ago, story, None));
        events.extend(story.then.iter().map(|(after, step)| (after - story.ago, story, Some(step))));
    }
    events.sort_by_key(|(minutes, ..)| *minutes);
    let mut told = HashMap::new();
    for (minutes, story, step) in events {
        let then = before(ctx, -minutes * Timestamp::MINUTE);
        let happened = match step {
            None => write(&then, story, &mut told).await,
            Some(step) => happen(&then, step, story.name, &told).await,
        };
        happened.map_err(|refusal| untold(story, &refusal))?;
    }
    hand_over(ctx).await?;
    duty(ctx).await?;
    desk::escalate(ctx).await?;
    super::refdata::seed_next(ctx).await?;
    access_in_need(ctx).await?;
    super::decisions::seed(ctx).await?;
    mark_mails_sent(ctx).await
}

/// What the supervisor leaves to the next shift.
async fn hand_over(ctx: &Context) -> Result<()> {
    let (who, place) = seated(ctx, ADAEZE).await?;
    let text = "The duty telephone is with Samira until six.\nReports by telephone: ask each caller for the registration \
                number of the vehicle; it was missing twice this week.\nThe laboratory is closed tomorrow.";
    desk::write_handover(ctx, &who, place, 0, text).await
}

/// The roster of the Dutch desk for two weeks, what its officers speak, and somebody who is away next week.
async fn duty(ctx: &Context) -> Result<()> {
    let (lead, place) = seated(ctx, ADAEZE).await?;
    let (jelle, samira) = (principal(ctx, JELLE).await?, principal(ctx, SAMIRA).await?);
    let id = |who: &Principal| who.signed_in().map(|person| person.id);
    let today = roster::page(ctx, &lead, place, None).await?;
    let mut on = Vec::new();
    for (n, day) in today.days.iter().enumerate() {
        on.push((day.day, if n % 2 == 0 { id(&jelle)? } else { id(&samira)? }));
    }
    roster::set_days(ctx, &lead, place, today.today, &on).await?;
    let say = async |who: &Principal, fields: &[(&str, &str)]| {
        roster::set_skills(ctx, who, place, &fields.iter().copied().collect()).await
    };
    say(&jelle, &[("language", "nl"), ("language", "en"), ("language", "de"), ("speciality", "equipment")]).await?;
    say(&samira, &[("language", "nl"), ("language", "en"), ("language", "ar"), ("language", "es")]).await?;
    let (first, last) = (Date::from_days(today.today.days() + 16), Date::from_days(today.today.days() + 20));
    let (first, last, deputy) = (first.to_string(), last.to_string(), id(&jelle)?.to_string());
    let away = [("first", first.as_str()), ("last", last.as_str()), ("deputy", deputy.as_str())];
    roster::add_absence(ctx, &samira, place, &away.into_iter().collect()).await
}

/// What the Dutch desk does often.
const MACROS: [&[(&str, &str)]; 2] = [
    &[
        ("name", "Ask for the declaration"),
        ("give", "me"),
        ("turn", "ask"),
        (
            "text",
            "Please send us the end-use declaration of your customer, or tell us that there is none. A photograph of the \
             signed page is enough.",
        ),
    ],
    &[
        ("name", "Outside our law"),
        ("turn", "close.out_of_scope"),
        (
            "text",
            "Thank you for your report. It names neither a scheduled substance nor equipment. Please go on reporting.",
        ),
    ],
];

/// Made by the supervisor some weeks ago.
async fn labels_and_macros(ctx: &Context) -> Result<()> {
    let then = before(ctx, 40 * Timestamp::DAY);
    let (who, desk) = seated(&then, ADAEZE).await?;
    for (name, colour) in LABELS {
        label::add(&then, &who, desk, &[("name", name), ("colour", colour)].into_iter().collect()).await?;
    }
    for typed in MACROS {
        macros::add(&then, &who, desk, &typed.iter().copied().collect()).await?;
    }
    Ok(())
}

/// A request of the system administrator that the authority refused.
async fn access_in_need(ctx: &Context) -> Result<()> {
    let asker = principal(ctx, "system@forerunner.example").await?;
    let (keeper, desk) = seated(ctx, ADAEZE).await?;
    let fields = Answers::from_iter([
        ("authority", "pco-nl"),
        ("reason", "I want to see whether the new search finds everything."),
    ]);
    let id = break_glass::ask(ctx, &asker, &fields).await?;
    break_glass::decide(ctx, &keeper, desk, id, false).await
}

/// So many microseconds ago.
pub(super) fn before(ctx: &Context, micros: i64) -> Context {
    at(ctx, ctx.now().plus(-micros))
}

/// With a clock that stands.
pub(super) fn at(ctx: &Context, at: Timestamp) -> Context {
    Context { clock: Clock::standing_at(at), ..ctx.clone() }
}

fn untold(story: &Story, refusal: &Refusal) -> Refusal {
    let problems = match refusal {
        Refusal::Invalid(problems) => format!(": {problems:?}"),
        _ => String::new(),
    };
    Refusal::Fault(format!("the demo's story \"{}\" cannot happen: {refusal}{problems}", story.name))
}

type Told = HashMap<&'static str, Reference>;

async fn write(ctx: &Context, story: &Story, told: &mut Told) -> Result<()> {
    let (who, place) = seated(ctx, story.by).await?;
    let start = |quick| Start { kind: None, quick };
    let id = match story.how {
        How::Full | How::Draft => draft::start(ctx, &who, place, start(false)).await?,
        How::Quick => draft::start(ctx, &who, place, start(true)).await?,
        How::Phone(handle) => {
            let company = store::org::by_handle(&mut ctx.db.reader(), handle).await?.ok_or(Refusal::NotFound)?;
            draft::take_by_phone(ctx, &who, place, OrgId(company.id), start(true)).await?
        }
    };
    fill(ctx, &who, id, story.answers).await?;
    if !matches!(story.how, How::Draft) {
        told.insert(story.name, report::submit(ctx, &who, id).await?);
    }
    Ok(())
}

async fn fill(ctx: &Context, who: &Principal, id: DraftId, typed: &[(&str, &str)]) -> Result<()> {
    let draft::Loaded::Open(view) = draft::load(ctx, who, id).await? else { return Err(Refusal::NotFound) };
    let company = store::org::by_id(&mut ctx.db.reader(), view.company_id).await?.ok_or(Refusal::NotFound)?;
    let answers = told(ctx, typed, &company);
    let asked: Vec<String> = answers.iter().map(|(field, _)| field.to_owned()).collect();
    let pairs = answers.iter().flat_map(|(field, texts)| texts.iter().map(|text| (field.to_owned(), text.clone())));
    let posted: Vec<(String, String)> = pairs.collect();
    let post = Post { base: view.version, tab: "", turn: 0, asked: &asked, posted: &posted, partly: false };
    draft::save_page(ctx, who, id, &post).await?;
    Ok(())
}

/// What somebody of this company types now.
pub(super) fn told(ctx: &Context, typed: &[(&str, &str)], company: &OrgRow) -> Answers {
    let zone = profile::zone_name(company);
    let mut answers = Answers::new();
    answers.set_one("contact.phone", &company.phone);
    for (field, text) in typed {
        let mut texts = answers.many(field).to_vec();
        texts.extend(told_time(ctx, zone, text));
        answers.set(field, texts);
    }
    answers
}

/// `@-90` and `@day+2` as a person of that time zone would have written them; other texts as they are.
fn told_time(ctx: &Context, zone: &str, text: &str) -> Vec<String> {
    let Some(relative) = text.strip_prefix('@') else { return vec![text.to_owned()] };
    let (micros, day_only) = match relative.strip_prefix("day") {
        Some(days) => (days.parse::<i64>().unwrap_or_default() * Timestamp::DAY, true),
        None => (relative.parse::<i64>().unwrap_or_default() * Timestamp::MINUTE, false),
    };
    let (day, time) = profile::local(zone, ctx.now().plus(micros));
    if day_only { vec![day] } else { vec![day, time] }
}

async fn happen(ctx: &Context, step: &Step, name: &str, told: &Told) -> Result<()> {
    let reference = told.get(name).ok_or(Refusal::NotFound)?;
    let at = async |by: &Principal| Ok::<_, Refusal>(desk::view(ctx, by, reference).await?.version);
    let as_who = async |email| principal(ctx, email).await;
    match *step {
        Step::Tick => drop(desk::tick(ctx).await?),
        Step::Open(by) => {
            let by = as_who(by).await?;
            match desk::view(ctx, &by, reference).await {
                Err(Refusal::NotFound) => drop(report::view(ctx, &by, reference).await?),
                seen => drop(seen?),
            }
        }
        Step::Assign(by, to) => {
            let (by, to) = (as_who(by).await?, as_who(to).await?);
            let to = to.person.map(|person| person.id);
            desk::assign(ctx, &by, reference, at(&by).await?, to).await?;
        }
        Step::Ask(by, text) => {
            let by = as_who(by).await?;
            desk::ask(ctx, &by, reference, at(&by).await?, text).await?;
        }
        Step::Write(by, text) => {
            let by = as_who(by).await?;
            desk::message(ctx, &by, reference, at(&by).await?, text).await?;
        }
        Step::Note(by, text) => desk::note(ctx, &as_who(by).await?, reference, text).await?,
        Step::Answer(by, text) => {
            let by = as_who(by).await?;
            report::view(ctx, &by, reference).await?;
            thread::answer(ctx, &by, reference, text).await?;
        }
        Step::Message(by, text) => thread::message(ctx, &as_who(by).await?, reference, text).await?,
        Step::Accept(by, reason, comment) => decide(ctx, by, reference, &Verdict::Accept, reason, comment).await?,
        Step::Close(by, reason, comment) => {
            decide(ctx, by, reference, &Verdict::NoFurtherAction, reason, comment).await?;
        }
        Step::Duplicate(by, of) => {
            let of = told.get(of).ok_or(Refusal::NotFound)?.clone();
            decide(ctx, by, reference, &Verdict::Duplicate { of }, "other_reporter", "").await?;
        }
        Step::Severity(by, band, comment) => {
            let by = as_who(by).await?;
            let version = at(&by).await?;
            desk::override_severity(ctx, &by, reference, version, band, "context_raises", comment).await?;
        }
        Step::Label(by, names) => {
            let by = as_who(by).await?;
            let seen = desk::view(ctx, &by, reference).await?;
            let chosen = seen.all_labels.iter().filter(|label| names.contains(&label.name.as_str()));
            let chosen: Vec<_> = chosen.map(|label| label.id).collect();
            desk::label(ctx, &by, reference, seen.version, &chosen).await?;
        }
        Step::Snooze(by, days) => {
            let by = as_who(by).await?;
            desk::snooze(ctx, &by, reference, at(&by).await?, When::After(days)).await?;
        }
        Step::Confirm(by) => report::confirm(ctx, &as_who(by).await?, reference).await?,
        Step::Attach(by, papers) => {
            let mut arrived = Vec::new();
            for paper in papers {
                arrived.push(files::arrived(ctx, *paper).await?);
            }
            evidence::add_to_report(ctx, &as_who(by).await?, reference, arrived).await?;
        }
        Step::Withdraw(by, reason) => report::withdraw(ctx, &as_who(by).await?, reference, reason, "").await?,
        Step::Amend(by, answers) => {
            let by = as_who(by).await?;
            let id = draft::start_amendment(ctx, &by, reference).await?;
            fill(ctx, &by, id, answers).await?;
            report::submit(ctx, &by, id).await?;
        }
        Step::Complete(by, answers) => {
            let by = as_who(by).await?;
            let id = draft::start_completion(ctx, &by, reference).await?;
            fill(ctx, &by, id, answers).await?;
            report::submit(ctx, &by, id).await?;
        }
    }
    Ok(())
}

async fn decide(
    ctx: &Context,
    by: &str,
    reference: &Reference,
    verdict: &Verdict,
    reason: &str,
    comment: &str,
) -> Result<()> {
    let by = principal(ctx, by).await?;
    let version = desk::view(ctx, &by, reference).await?.version;
    desk::decide(ctx, &by, reference, version, verdict, reason, comment).await
}

/// Somebody, and where they work.
pub(super) async fn seated(ctx: &Context, email: &str) -> Result<(Principal, OrgId)> {
    let who = principal(ctx, email).await?;
    let place = who.memberships.first().ok_or(Refusal::NotFound)?.org;
    Ok((who, place))
}

pub(super) async fn principal(ctx: &Context, email: &str) -> Result<Principal> {
    let mut db = ctx.db.reader();
    let row = store::person::by_email(&mut db, email).await?.ok_or(Refusal::NotFound)?;
    let person = account::to_person(&row);
    let memberships = session::memberships(&mut db, person.id).await?;
    Ok(Principal { person: Some(person), memberships })
}

/// The demo's mails went out when their stories happened.
pub(super) async fn mark_mails_sent(ctx: &Context) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    store::outbox::all_sent(&mut tx, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
