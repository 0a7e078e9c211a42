//! The authority's side: the queue's order, the clock, questions, decisions, and what the company learns of it.

use domain::{
    indicator::{Band, Indicator, RuleSet, Side},
    report::{OutcomeClass, ReporterState, State},
};

use super::{super::view, *};
use crate::{
    desk::{self, DeskEvent, QueueFilter, Verdict, View},
    thread::{self, Noted, Said},
};

/// What the shipped table gives a company to answer.
const ANSWER_WITHIN: i64 = 7 * domain::time::Timestamp::DAY;

async fn refs(world: &World, who: &Somebody, filter: &QueueFilter) -> Vec<Reference> {
    let page = desk::queue(world, &who.who, who.org, filter, None, 50).await.unwrap();
    page.rows.into_iter().map(|row| row.reference).collect()
}

fn viewing(view: View) -> QueueFilter {
    QueueFilter { view, ..QueueFilter::default() }
}

async fn version(world: &World, who: &Somebody, reference: &Reference) -> i64 {
    desk::view(world, &who.who, reference).await.unwrap().version
}

/// An order with so many signs that it is red.
fn grave() -> domain::answers::Answers {
    let mut answers = order();
    let rules = RuleSet::latest();
    for group in ["customer", "order", "payment", "delivery", "behaviour"] {
        let offered = |sign: &&Indicator| sign.group == group && sign.tick && sign.side == Side::Both;
        let ticks: Vec<_> = rules.indicators.iter().filter(offered).map(|sign| sign.id.clone()).collect();
        answers.set(&format!("signs.{group}"), ticks);
    }
    answers
}

#[tokio::test]
async fn the_most_urgent_comes_first() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let green = sent(&world, &me, &order()).await;
    world.wait(HOUR);
    let mut leaving = order();
    leaving.set("did.delivery_expected", ["2026-11-24", "09:00"]);
    let leaving = sent(&world, &me, &leaving).await;
    world.wait(HOUR);
    let red = sent(&world, &me, &grave()).await;
    world.wait(HOUR);
    let later = sent(&world, &me, &order()).await;
    let page = desk::queue(&world, &authority.who, authority.org, &QueueFilter::default(), None, 50).await.unwrap();
    let rows: Vec<_> = page.rows.iter().map(|row| (row.reference.clone(), row.severity, row.urgent)).collect();
    let expected = [
        (red.clone(), Band::Red, false),
        (leaving.clone(), Band::Green, true),
        (green.clone(), Band::Green, false),
        (later.clone(), Band::Green, false),
    ];
    assert_eq!(rows, expected);
    assert_eq!(page.counts.bands, [1, 0, 3]);
    assert_eq!(page.substances, [("acetone".to_owned(), 4)]);
    assert!(page.rows.iter().all(|row| row.news == [desk::News::Report] && row.assignee.is_none()));
    // Two hours for what leaves soon: that clock has run out by now.
    let overdue = QueueFilter { overdue: true, ..QueueFilter::default() };
    world.wait(2 * HOUR);
    assert_eq!(refs(&world, &authority, &overdue).await, [leaving]);
    assert_eq!(refs(&world, &authority, &QueueFilter { band: Some(Band::Red), ..overdue.clone() }).await, []);
    let red_only = QueueFilter { band: Some(Band::Red), ..QueueFilter::default() };
    assert_eq!(refs(&world, &authority, &red_only).await, [red]);
    let none = QueueFilter { substance: Some("toluene".into()), ..QueueFilter::default() };
    assert_eq!(refs(&world, &authority, &none).await, []);
}

#[tokio::test]
async fn the_queue_comes_in_pages() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let mut all = Vec::new();
    for _ in 0..7 {
        all.push(sent(&world, &me, &order()).await);
        world.wait(60_000_000);
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let filter = QueueFilter::default();
        let page = desk::queue(&world, &authority.who, authority.org, &filter, after, 3).await.unwrap();
        seen.extend(page.rows.into_iter().map(|row| row.reference));
        let Some(next) = page.next else { break };
        after = Some(next.to_string().parse().unwrap());
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn a_question_rests_the_clock_until_the_answer() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let before = desk::view(&world, &authority.who, &reference).await.unwrap();
    world.wait(HOUR);
    let known = mails_so_far(&world).await;
    let asked_at = world.now();
    desk::ask(&world, &authority.who, &reference, before.version, " Which vehicle? ").await.unwrap();
    let mails = mails_after(&world, known).await;
    assert_eq!(mails, [("question_asked".to_owned(), "officer@meridian-reagents.example".to_owned())]);
    let asked = desk::view(&world, &authority.who, &reference).await.unwrap();
    assert_eq!((asked.standing.state, asked.clock.paused_at), (State::QuestionAsked, Some(asked_at)));
    assert_eq!(asked.assignee.map(|officer| officer.name).as_deref(), Some("Jelle Brouwer"), "who asks has it");
    assert_eq!(refs(&world, &authority, &viewing(View::Waiting)).await, std::slice::from_ref(&reference));
    assert_eq!(refs(&world, &authority, &viewing(View::Open)).await, []);

    world.wait(30 * HOUR);
    let seen = view(&world, &me.who, &reference).await.unwrap();
    assert_eq!(seen.state, ReporterState::AnswerNeeded);
    let question = seen.question.unwrap();
    assert_eq!((question.text.as_str(), question.due), ("Which vehicle?", Some(asked_at.plus(ANSWER_WITHIN))));
    assert!(seen.may.answer && seen.unread_since.is_some());
    assert_eq!(view(&world, &me.who, &reference).await.unwrap().unread_since, None, "read is read");
    let known = mails_so_far(&world).await;
    thread::answer(&world, &me.who, &reference, "A white van").await.unwrap();
    let mails = mails_after(&world, known).await;
    assert_eq!(mails, [("answer_given".to_owned(), "officer@pco-nl.example".to_owned())], "to the officer who has it");
    let twice = thread::answer(&world, &me.who, &reference, "again").await;
    assert!(matches!(twice, Err(Refusal::NotPossible(_))));
    let rested = world.now().since(asked_at);
    let answered = desk::view(&world, &authority.who, &reference).await.unwrap();
    assert_eq!(answered.standing.state, State::InReview);
    assert_eq!(answered.clock.due, before.clock.due.plus(rested));
    assert!(answered.is_new(&answered.thread[0]));
    assert_eq!(answered.thread[0].body, "A white van");
}

#[tokio::test]
async fn an_unanswered_question_comes_back_flagged() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let at = version(&world, &authority, &reference).await;
    desk::ask(&world, &authority.who, &reference, at, "Which vehicle?").await.unwrap();
    world.wait(ANSWER_WITHIN);
    assert_eq!(desk::tick(&world).await.unwrap(), 0, "the last moment counts");
    world.wait(1);
    assert_eq!(desk::tick(&world).await.unwrap(), 1);
    assert_eq!(desk::tick(&world).await.unwrap(), 0);
    let back = desk::view(&world, &authority.who, &reference).await.unwrap();
    assert!(back.standing.unanswered && back.standing.state == State::InReview);
    assert!(back.thread.iter().any(|entry| entry.event == DeskEvent::Noted(Noted::TimedOut)));
    assert_eq!(view(&world, &me.who, &reference).await.unwrap().state, ReporterState::InReview);
}

#[tokio::test]
async fn goods_about_to_leave_make_a_report_urgent() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let first = sent(&world, &me, &order()).await;
    world.wait(HOUR);
    let mut answers = order();
    answers.set("did.delivery_expected", ["2026-11-27", "12:00"]);
    let leaving = sent(&world, &me, &answers).await;
    let mut held = answers.clone();
    held.set_one("did.done", "refused");
    sent(&world, &me, &held).await;
    assert_eq!(desk::tick(&world).await.unwrap(), 0);
    assert_eq!(refs(&world, &authority, &viewing(View::Open)).await[0], first);
    world.wait(47 * HOUR);
    assert_eq!(desk::tick(&world).await.unwrap(), 1, "what was refused does not leave");
    assert_eq!(refs(&world, &authority, &viewing(View::Open)).await[0], leaving);
    let clock = desk::view(&world, &authority.who, &leaving).await.unwrap().clock;
    assert!(clock.left(world.now()) <= 2 * HOUR, "it is to be looked at soon");
    assert_eq!(desk::tick(&world).await.unwrap(), 0);
}

#[tokio::test]
async fn two_officers_do_not_overwrite_each_other() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let other = somebody(&world, "officer2@pco-nl.example").await;
    let reference = sent(&world, &me, &order()).await;
    let at = version(&world, &authority, &reference).await;
    let samira = other.who.person.as_ref().unwrap().id;
    desk::assign(&world, &other.who, &reference, at, Some(samira)).await.unwrap();
    let stale = desk::decide(&world, &authority.who, &reference, at, &Verdict::Accept, "credible", "").await;
    assert!(matches!(stale, Err(Refusal::Stale)), "{stale:?}");
    assert_eq!(refs(&world, &other, &viewing(View::Mine)).await, std::slice::from_ref(&reference));
    assert_eq!(refs(&world, &authority, &viewing(View::Mine)).await, []);
    assert_eq!(refs(&world, &authority, &viewing(View::Unassigned)).await, []);
    // What the company says in between has to be seen too; a note of a colleague does not.
    let at = version(&world, &authority, &reference).await;
    desk::note(&world, &other.who, &reference, "Called the carrier.").await.unwrap();
    assert_eq!(version(&world, &authority, &reference).await, at);
    thread::message(&world, &me.who, &reference, "The van came back.").await.unwrap();
    let stale = desk::ask(&world, &authority.who, &reference, at, "When?").await;
    assert!(matches!(stale, Err(Refusal::Stale)));
    let stale = desk::message(&world, &authority.who, &reference, at, "Thank you.").await;
    assert!(matches!(stale, Err(Refusal::Stale)), "nobody writes past what was just said");
    let at = version(&world, &authority, &reference).await;
    desk::assign(&world, &authority.who, &reference, at, None).await.unwrap();
    assert_eq!(refs(&world, &authority, &viewing(View::Unassigned)).await, [reference]);
}

#[tokio::test]
async fn nobody_outside_the_desk_can_be_given_a_report() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let at = version(&world, &authority, &reference).await;
    for email in ["reader@pco-nl.example", "officer@pco-ca.example", "officer@meridian-reagents.example"] {
        let to = somebody(&world, email).await.who.person.unwrap().id;
        let refused = desk::assign(&world, &authority.who, &reference, at, Some(to)).await;
        assert!(matches!(refused, Err(Refusal::NotFound)), "{email}");
    }
    let officers = desk::view(&world, &authority.who, &reference).await.unwrap().officers;
    assert_eq!(officers.len(), 4, "administrator, supervisor, two officers");
}

#[tokio::test]
async fn a_decision_tells_the_company_its_class_and_nothing_else() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let (first, second) = (sent(&world, &me, &order()).await, sent(&world, &me, &order()).await);
    let at = version(&world, &authority, &first).await;
    let unsaid = desk::decide(&world, &authority.who, &first, at, &Verdict::NoFurtherAction, "other", "").await;
    assert!(matches!(unsaid, Err(Refusal::Invalid(problems)) if problems[0].field == "comment"));
    let wrong = desk::decide(&world, &authority.who, &first, at, &Verdict::Accept, "explained", "").await;
    assert!(matches!(wrong, Err(Refusal::Invalid(problems)) if problems[0].field == "reason"));
    let known = mails_so_far(&world).await;
    desk::note(&world, &authority.who, &first, "SECRET-NOTE").await.unwrap();
    let verdict = Verdict::NoFurtherAction;
    desk::decide(&world, &authority.who, &first, at, &verdict, "handed_over", "SECRET-COMMENT").await.unwrap();
    assert_eq!(mails_after(&world, known).await[0].0, "outcome");
    let seen = view(&world, &me.who, &first).await.unwrap();
    assert_eq!((seen.state, seen.outcome), (ReporterState::Closed, Some(OutcomeClass::FollowedUp)));
    assert_eq!(seen.thread[0].said, Said::Outcome { class: OutcomeClass::FollowedUp });
    let shown = format!("{seen:?}");
    for hidden in ["SECRET-NOTE", "SECRET-COMMENT", "handed_over", "Jelle Brouwer"] {
        assert!(!shown.contains(hidden), "{hidden}");
    }
    let decided = desk::view(&world, &authority.who, &first).await.unwrap();
    let stands = decided.decided.unwrap();
    assert_eq!((stands.reason_code.as_str(), stands.outcome), ("handed_over", Some(OutcomeClass::FollowedUp)));
    assert!(decided.acts.contains(&domain::report::Act::Reopen));

    // A duplicate names the other report, since it is the company's own.
    let at = version(&world, &authority, &second).await;
    let of = |of: &Reference| Verdict::Duplicate { of: of.clone() };
    let itself = desk::decide(&world, &authority.who, &second, at, &of(&second), "same_reporter", "").await;
    assert!(matches!(itself, Err(Refusal::Invalid(problems)) if problems[0].field == "of"));
    let none = of(&Reference::from_bits(1));
    let unknown = desk::decide(&world, &authority.who, &second, at, &none, "same_reporter", "").await;
    assert!(matches!(unknown, Err(Refusal::Invalid(problems)) if problems[0].field == "of"));
    desk::decide(&world, &authority.who, &second, at, &of(&first), "same_reporter", "").await.unwrap();
    assert_eq!(view(&world, &me.who, &second).await.unwrap().duplicate_of, Some(first.clone()));
    assert_eq!(refs(&world, &authority, &viewing(View::Closed)).await.len(), 2);

    let at = version(&world, &authority, &first).await;
    desk::reopen(&world, &authority.who, &first, at, "new_information", "").await.unwrap();
    let again = view(&world, &me.who, &first).await.unwrap();
    assert_eq!((again.state, again.outcome), (ReporterState::InReview, None));
    let at = version(&world, &authority, &first).await;
    let twice = desk::reopen(&world, &authority.who, &first, at, "new_information", "").await;
    assert!(matches!(twice, Err(Refusal::NotPossible(_))));
}

#[tokio::test]
async fn another_companys_report_is_never_named_as_the_original() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let neighbour = somebody(&world, "officer@noordkust.example").await;
    let (mine, theirs) = (sent(&world, &me, &order()).await, sent(&world, &neighbour, &order()).await);
    let at = version(&world, &authority, &mine).await;
    let verdict = Verdict::Duplicate { of: theirs.clone() };
    desk::decide(&world, &authority.who, &mine, at, &verdict, "other_reporter", "").await.unwrap();
    let seen = view(&world, &me.who, &mine).await.unwrap();
    assert_eq!((seen.outcome, seen.duplicate_of.clone()), (Some(OutcomeClass::AlreadyKnown), None));
    assert!(!format!("{seen:?}").contains(theirs.as_str()));
}

#[tokio::test]
async fn an_officer_overrules_the_severity_and_the_queue_follows() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let (first, second) = (sent(&world, &me, &order()).await, sent(&world, &me, &order()).await);
    let at = version(&world, &authority, &second).await;
    let change = async |at, to| {
        desk::override_severity(&world, &authority.who, &second, at, to, "context_raises", "Known address").await
    };
    assert!(matches!(change(at, Band::Green).await, Err(Refusal::NotPossible(_))));
    change(at, Band::Red).await.unwrap();
    assert!(matches!(change(at, Band::Amber).await, Err(Refusal::Stale)));
    assert_eq!(refs(&world, &authority, &viewing(View::Open)).await, [second.clone(), first]);
    let rated = desk::view(&world, &authority.who, &second).await.unwrap();
    assert_eq!((rated.severity.computed, rated.severity.set), (Band::Green, Some(Band::Red)));
    let seen = view(&world, &me.who, &second).await.unwrap();
    assert_eq!((seen.band, seen.thread.len()), (Band::Green, 1), "the company does not learn of it");
}

#[tokio::test]
async fn readings_are_noted_once_an_hour() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let opened = async || {
        let steps = audited(&world, &reference).await;
        steps.iter().filter(|step| *step == "ReadReports: report opened").count()
    };
    for (wait, expected) in [(0, 1), (HOUR / 2, 1), (HOUR, 2), (1, 2)] {
        world.wait(wait);
        desk::view(&world, &authority.who, &reference).await.unwrap();
        assert_eq!(opened().await, expected);
    }
}

#[tokio::test]
async fn a_message_needs_words() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let at = version(&world, &authority, &reference).await;
    for text in ["", " \u{200b}\n", &"x".repeat(thread::LONGEST + 1)] {
        for refused in [
            thread::message(&world, &me.who, &reference, text).await,
            desk::message(&world, &authority.who, &reference, at, text).await,
            desk::note(&world, &authority.who, &reference, text).await,
            desk::ask(&world, &authority.who, &reference, at, text).await,
        ] {
            assert!(matches!(refused, Err(Refusal::Invalid(problems)) if problems[0].field == "text"));
        }
    }
}

#[tokio::test]
async fn supervisors_are_told_of_a_deadline_twice_and_no_more() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    // Green: 72 working hours from Monday 14:00 UTC, so the last quarter begins on Wednesday at 20:00.
    let reference = sent(&world, &me, &order()).await;
    let answered = sent(&world, &me, &order()).await;
    let at = version(&world, &authority, &answered).await;
    desk::ask(&world, &authority.who, &answered, at, "Which vehicle?").await.unwrap();
    assert_eq!(desk::escalate(&world).await.unwrap(), 0);
    let known = mails_so_far(&world).await;
    world.wait(54 * HOUR);
    assert_eq!(desk::escalate(&world).await.unwrap(), 1, "a clock that stands is no deadline");
    assert_eq!(desk::escalate(&world).await.unwrap(), 0);
    world.wait(18 * HOUR);
    assert_eq!(desk::escalate(&world).await.unwrap(), 1);
    world.wait(500 * HOUR);
    assert_eq!(desk::escalate(&world).await.unwrap(), 0);
    let supervisor = "supervisor@pco-nl.example".to_owned();
    let expected = [("deadline_near".to_owned(), supervisor.clone()), ("deadline_missed".to_owned(), supervisor)];
    assert_eq!(mails_after(&world, known).await, expected);
    let mail = world.mails().await.pop().unwrap();
    assert_eq!(mail.2, format!("https://forerunner.example/en/a/pco-nl/reports/{reference}"));
    let noted = desk::view(&world, &authority.who, &reference).await.unwrap().thread;
    let told = |missed| noted.iter().any(|entry| entry.event == DeskEvent::Noted(Noted::Escalated { missed }));
    assert!(told(false) && told(true));
    assert!(audited(&world, &reference).await.contains(&"WorkReports: deadline missed".to_owned()));
}

#[tokio::test]
async fn a_worker_that_slept_tells_once() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    sent(&world, &me, &order()).await;
    let known = mails_so_far(&world).await;
    world.wait(500 * HOUR);
    assert_eq!(desk::escalate(&world).await.unwrap(), 1);
    assert_eq!(desk::escalate(&world).await.unwrap(), 0);
    let mails = mails_after(&world, known).await;
    assert_eq!(mails, [("deadline_missed".to_owned(), "supervisor@pco-nl.example".to_owned())]);
}

#[tokio::test]
async fn a_report_says_why_it_is_due_when_it_is() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    // Thursday, 14:00 UTC: three working days end on Tuesday.
    world.wait(72 * HOUR);
    let reference = sent(&world, &me, &order()).await;
    let seen = desk::view(&world, &authority.who, &reference).await.unwrap();
    assert_eq!(seen.clock.due.since(seen.sent_at), 120 * HOUR);
    let why = seen.why_due.unwrap();
    assert_eq!((why.from, why.allowed.hours, why.allowed.working, why.moved), (seen.sent_at, 72, true, false));
    let off: Vec<String> = why.counted.unwrap().off.iter().map(|off| off.day.to_string()).collect();
    assert_eq!(off, ["2026-11-28", "2026-11-29"]);
    assert_eq!(seen.question.0.since(world.now()), 168 * HOUR, "five working days over a weekend");
    desk::ask(&world, &authority.who, &reference, seen.version, "Which vehicle?").await.unwrap();
    world.wait(HOUR);
    thread::answer(&world, &me.who, &reference, "A white van").await.unwrap();
    let seen = desk::view(&world, &authority.who, &reference).await.unwrap();
    assert!(seen.why_due.unwrap().moved);
}
