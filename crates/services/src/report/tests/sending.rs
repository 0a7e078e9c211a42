//! Sending: once, whole, judged on the server; and what the company does afterwards.

use std::collections::HashSet;

use domain::{
    indicator::Band,
    question::Form,
    report::{Basis, ReportKind, ReporterState},
};

use super::{super::*, *};
use crate::{audit, desk, testing::NOW, thread::Said};

#[tokio::test]
async fn a_report_is_sent_whole() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let reference = sent(&world, &me, &order()).await;
    let view = view(&world, &me.who, &reference).await.unwrap();
    assert_eq!(
        (view.kind, view.state, view.headline.as_str()),
        (ReportKind::Order, ReporterState::Sent, "Acetone, 400 l")
    );
    assert_eq!((view.party.as_str(), view.author.as_str()), ("Grey Harbour Trading", "Tomás Herrera"));
    assert_eq!((view.sent_at, view.content.version, view.content.form), (NOW, 1, Form::Full));
    assert_eq!(view.content.answers.one("why.text"), "They would not say what it is for.");
    // 11:30 in Rotterdam is 10:30 UTC, three and a half hours before the sending.
    assert_eq!(view.aware_at, Some(NOW.plus(-(3 * HOUR + HOUR / 2))));
    assert!(matches!(view.basis, Basis::Mandatory { .. }), "acetone is listed in the Union: {:?}", view.basis);
    assert_eq!(view.answer_expected.map(|at| at > NOW), Some(true));
    assert_eq!(view.thread.iter().map(|entry| entry.said.clone()).collect::<Vec<_>>(), [Said::Sent]);
    assert_eq!(view.unread_since, None);
    assert!(view.may.write && view.may.withdraw && !view.may.answer && !view.may.complete && !view.may.confirm);
    assert_eq!(view.authority.name, "Precursor Control Office (demo)");
    assert!(view.content.summary.iter().any(|group| group.title == "Substance 1: Acetone"));
    let substances = store::report::find(&mut world.db.reader(), reference.as_str()).await.unwrap().unwrap().id;
    let substances =
        store::report::content::substances(&mut world.db.reader(), domain::ids::ReportId(substances)).await.unwrap();
    assert_eq!((substances[0].slug.as_str(), substances[0].base_quantity), ("acetone", Some(400_000_000)));
}

#[tokio::test]
async fn sending_leaves_audit_and_mail_and_puts_the_draft_away() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = drafted(&world, &me, &order(), false).await;
    let known = mails_so_far(&world).await;
    let reference = submit(&world, &me.who, id).await.unwrap();
    assert_eq!(audited(&world, &reference).await, ["WriteReports: report sent"]);
    let mails = world.mails().await.split_off(known);
    assert_eq!(mails.len(), 1);
    let (template, to, link) = &mails[0];
    assert_eq!((template.as_str(), to.as_str()), ("new_report", "duty@pco-nl.example"));
    assert_eq!(*link, format!("https://forerunner.example/en/a/pco-nl/reports/{reference}"));
    assert!(matches!(draft::load(&world, &me.who, id).await.unwrap(), Loaded::Sent(as_what) if as_what == reference));
    assert!(draft::list(&world, &me.who, me.org, true).await.unwrap().is_empty());
    let late = save(&world, &me.who, id, 2, &order()).await;
    assert!(matches!(late, Err(Refusal::NotPossible(_))), "{late:?}");
    assert!(matches!(audit::verify(&mut world.db.reader()).await.unwrap(), audit::Verdict::Whole(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn sent_twenty_times_at_once_it_is_one_report() {
    let world = std::sync::Arc::new(World::with_people().await);
    let me = std::sync::Arc::new(reporter(&world).await);
    let id = drafted(&world, &me, &order(), false).await;
    let known = mails_so_far(&world).await;
    let clicks = (0..20).map(|_| {
        let (world, me) = (world.clone(), me.clone());
        tokio::spawn(async move { submit(&world, &me.who, id).await.unwrap() })
    });
    let mut references = HashSet::new();
    for click in clicks.collect::<Vec<_>>() {
        references.insert(click.await.unwrap());
    }
    assert_eq!(references.len(), 1);
    let page = list(&world, &me.who, me.org, Filter::default(), None, 50).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(mails_after(&world, known).await.len(), 1);
    let reference = references.into_iter().next().unwrap();
    assert_eq!(audited(&world, &reference).await.len(), 1);
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let mut answers = order();
    answers.set_one("why.text", " ");
    answers.set_one("aware_at", "the day before");
    let id = drafted(&world, &me, &answers, false).await;
    let Err(Refusal::Invalid(problems)) = submit(&world, &me.who, id).await else { panic!("it was sent") };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["aware_at", "why.text"]);
    let view = open(&world, &me.who, id).await;
    assert_eq!(view.answers.one("aware_at"), "the day before", "what was typed stays");
    let same: Vec<_> = view.problems().into_iter().map(|problem| problem.field).collect();
    assert_eq!(same, fields, "the draft's page says the same");
}

#[tokio::test]
async fn without_an_authority_the_draft_waits() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = drafted(&world, &me, &order(), false).await;
    nobody_answers(&world).await;
    assert!(matches!(submit(&world, &me.who, id).await, Err(Refusal::NotPossible(_))));
    assert_eq!(open(&world, &me.who, id).await.answers.one("kind"), "order");
}

#[tokio::test]
async fn a_behaviour_alone_is_a_report() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let mut answers = order();
    for field in ["substance.1.name", "substance.1.quantity", "occurred_at"] {
        answers.forget(field);
    }
    answers.set_one("kind", "other");
    answers.set_one("story", "Somebody photographed our store.");
    answers.set_one("substances.involved", "none");
    let reference = sent(&world, &me, &answers).await;
    let view = view(&world, &me.who, &reference).await.unwrap();
    assert_eq!((view.headline.as_str(), view.content.assessment.band), ("Something else", Band::Green));
}

#[tokio::test]
async fn a_quick_report_is_completed_later() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let id = drafted(&world, &me, &quick(), true).await;
    let reference = submit(&world, &me.who, id).await.unwrap();
    let first = view(&world, &me.who, &reference).await.unwrap();
    assert!(first.may.complete && first.content.form == Form::Quick);
    let completion = draft::start_completion(&world, &me.who, &reference).await.unwrap();
    let again = draft::start_completion(&world, &me.who, &reference).await.unwrap();
    assert_eq!(completion, again, "one completion at a time");
    assert_eq!(open(&world, &me.who, completion).await.answers.one("story"), quick().one("story"));
    let mut answers = order();
    answers.set_one("party.1.name", "Grey Harbour Trading");
    save(&world, &me.who, completion, 1, &answers).await.unwrap();
    assert_eq!(submit(&world, &me.who, completion).await.unwrap(), reference);
    assert_eq!(submit(&world, &me.who, completion).await.unwrap(), reference);
    let whole = view(&world, &me.who, &reference).await.unwrap();
    assert_eq!((whole.content.version, whole.headline.as_str()), (2, "Acetone, 400 l"));
    assert!(!whole.may.complete);
    assert_eq!(whole.thread[0].said, Said::Completed { version: 2 });
    let old = version(&world, &me.who, &reference, 1).await.unwrap();
    assert_eq!(old.answers.one("party.1.name"), "Unknown driver");
    assert!(matches!(version(&world, &me.who, &reference, 3).await, Err(Refusal::NotFound)));
    assert!(matches!(draft::start_completion(&world, &me.who, &reference).await, Err(Refusal::NotPossible(_))));
    let found = desk::view(&world, &authority.who, &reference).await.unwrap();
    assert_eq!((found.content.version, found.kind), (2, ReportKind::Order));
}

#[tokio::test]
async fn a_report_by_telephone_is_confirmed() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let admin = somebody(&world, "admin@meridian-reagents.example").await;
    let how = Start { kind: None, quick: true };
    let id = draft::take_by_phone(&world, &authority.who, authority.org, me.org, how).await.unwrap();
    assert_eq!(open(&world, &authority.who, id).await.company, "Meridian Solvents & Reagents B.V.");
    assert!(matches!(draft::load(&world, &admin.who, id).await, Err(Refusal::NotFound)), "not before it is sent");
    assert_eq!(desk::drafts(&world, &authority.who, authority.org).await.unwrap().len(), 1);
    save(&world, &authority.who, id, 1, &quick()).await.unwrap();
    let known = mails_so_far(&world).await;
    let reference = submit(&world, &authority.who, id).await.unwrap();
    let mails = mails_after(&world, known).await;
    let expected = [("confirm_report", "admin@meridian-reagents.example"), ("new_report", "duty@pco-nl.example")];
    let mut mails: Vec<_> = mails.iter().map(|(template, to)| (template.as_str(), to.as_str())).collect();
    mails.sort_unstable();
    assert_eq!(mails, expected);
    let seen = view(&world, &admin.who, &reference).await.unwrap();
    assert!(seen.may.confirm && seen.unread_since.is_some());
    assert_eq!((seen.author.as_str(), seen.content.by.as_str()), ("", ""), "no officer is named to a company");
    assert_eq!(seen.thread[0].person, None);
    assert_eq!(home(&world, &admin.who, me.org).await.unwrap().to_confirm, 1);
    confirm(&world, &admin.who, &reference).await.unwrap();
    assert!(matches!(confirm(&world, &admin.who, &reference).await, Err(Refusal::NotPossible(_))));
    let found = desk::view(&world, &authority.who, &reference).await.unwrap();
    assert_eq!(found.by_phone, Some(true));
    let steps = audited(&world, &reference).await;
    assert!(steps.contains(&"TakeReports: report taken down".to_owned()), "{steps:?}");
    assert!(steps.contains(&"WriteReports: report confirmed".to_owned()), "{steps:?}");
}

#[tokio::test]
async fn an_officer_takes_down_only_for_the_authoritys_companies() {
    let world = World::with_people().await;
    let authority = officer(&world).await;
    for (email, why) in
        [("admin@laurentian.example", "another country"), ("admin@titration-supplies.example", "not approved")]
    {
        let company = somebody(&world, email).await.org;
        let refused = draft::take_by_phone(&world, &authority.who, authority.org, company, Start::default()).await;
        assert!(matches!(refused, Err(Refusal::NotFound)), "{why}");
    }
}

#[tokio::test]
async fn a_report_can_be_taken_back_until_it_is_followed_up() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let first = sent(&world, &me, &order()).await;
    let unknown = withdraw(&world, &me.who, &first, "nonsense", "").await;
    assert!(matches!(unknown, Err(Refusal::Invalid(problems)) if problems[0].field == "reason"));
    let unsaid = withdraw(&world, &me.who, &first, "other", " ").await;
    assert!(matches!(unsaid, Err(Refusal::Invalid(problems)) if problems[0].field == "comment"));
    withdraw(&world, &me.who, &first, "sent_in_error", "").await.unwrap();
    assert_eq!(view(&world, &me.who, &first).await.unwrap().state, ReporterState::Withdrawn);
    let second = sent(&world, &me, &order()).await;
    let version = desk::view(&world, &authority.who, &second).await.unwrap().version;
    desk::decide(&world, &authority.who, &second, version, &desk::Verdict::Accept, "credible", "").await.unwrap();
    assert!(matches!(withdraw(&world, &me.who, &second, "sent_in_error", "").await, Err(Refusal::NotPossible(_))));
}

#[tokio::test]
async fn a_colleague_sees_what_they_are_named_on() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let reader = somebody(&world, "reader@meridian-reagents.example").await;
    let stranger = somebody(&world, "admin@noordkust.example").await;
    let id = |somebody: &Somebody| somebody.who.person.as_ref().unwrap().id;
    let reference = sent(&world, &me, &order()).await;
    assert!(matches!(view(&world, &reader.who, &reference).await, Err(Refusal::NotFound)));
    assert!(list(&world, &reader.who, me.org, Filter::default(), None, 9).await.unwrap().rows.is_empty());
    assert!(matches!(share_with(&world, &me.who, &reference, id(&stranger)).await, Err(Refusal::NotFound)));
    share_with(&world, &me.who, &reference, id(&reader)).await.unwrap();
    let seen = view(&world, &reader.who, &reference).await.unwrap();
    assert_eq!(seen.named, ["Femke Postma"]);
    assert_eq!(seen.may, May::default(), "a reader only reads");
    assert_eq!(list(&world, &reader.who, me.org, Filter::default(), None, 9).await.unwrap().rows.len(), 1);
    let team = team(&world, &me.who, &reference).await.unwrap();
    let named: Vec<_> = team.iter().filter(|person| person.is_named).map(|person| person.name.as_str()).collect();
    assert_eq!((named, team.len()), (vec!["Femke Postma"], 3));
    stop_sharing(&world, &me.who, &reference, id(&reader)).await.unwrap();
    assert!(matches!(view(&world, &reader.who, &reference).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn the_list_comes_in_pages_and_by_state() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let mut sent_ones = Vec::new();
    for _ in 0..5 {
        sent_ones.insert(0, sent(&world, &me, &order()).await);
    }
    let version = desk::view(&world, &authority.who, &sent_ones[2]).await.unwrap().version;
    world.wait(HOUR);
    desk::ask(&world, &authority.who, &sent_ones[2], version, "Which vehicle?").await.unwrap();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = list(&world, &me.who, me.org, Filter::default(), after, 2).await.unwrap();
        seen.extend(page.rows.iter().map(|row| row.reference.clone()));
        let Some(next) = page.next else { break };
        after = Some(next.to_string().parse().unwrap());
    }
    // All were sent in the same moment, so their order among each other is not fixed.
    assert_eq!(seen.len(), 5);
    assert_eq!(seen.iter().collect::<HashSet<_>>(), sent_ones.iter().collect::<HashSet<_>>());
    let asked = Filter { state: Some(ReporterState::AnswerNeeded) };
    let page = list(&world, &me.who, me.org, asked, None, 9).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| &row.reference).collect::<Vec<_>>(), [&sent_ones[2]]);
    assert!(page.rows[0].unread && page.rows[0].question_due.is_some());
    let home = home(&world, &me.who, me.org).await.unwrap();
    assert_eq!((home.sent, home.questions, home.unread, home.recent.len()), (5, 1, 1, 5));
}
