//! Work moves on when somebody leaves, on a real database.

use domain::answers::Answers;
use domain::{reference::Reference, time::Timestamp};

use super::*;
use crate::{
    desk::{self, QueueFilter, View},
    draft::{self, Start},
    report::{
        self,
        tests::{Somebody, audited, drafted, mails_after, mails_so_far, officer, order, reporter, sent, somebody},
    },
    team,
    testing::World,
};

const DESK_ADMIN: &str = "admin@pco-nl.example";
const COMPANY_ADMIN: &str = "admin@meridian-reagents.example";

fn to(person: &str) -> Answers {
    Answers::from_iter([("to", person.to_owned())])
}

fn id(somebody: &Somebody) -> UserId {
    somebody.who.person.as_ref().unwrap().id
}

async fn assigned(world: &World, who: &Somebody, reference: &Reference, to: UserId) {
    let version = desk::view(world, &who.who, reference).await.unwrap().version;
    desk::assign(world, &who.who, reference, version, Some(to)).await.unwrap();
}

async fn viewed(world: &World, who: &Somebody, view: View) -> Vec<Reference> {
    let filter = QueueFilter { view, ..QueueFilter::default() };
    let page = desk::queue(world, &who.who, who.org, &filter, None, 50).await.unwrap();
    page.rows.into_iter().map(|row| row.reference).collect()
}

/// Three reports in the hands of an officer: two that run, one that is closed; and a draft by telephone.
async fn busy(world: &World) -> (Somebody, Vec<Reference>, Reference) {
    let (company, leaver) = (reporter(world).await, officer(world).await);
    let mut open = Vec::new();
    for _ in 0..3 {
        let reference = sent(world, &company, &order()).await;
        assigned(world, &leaver, &reference, id(&leaver)).await;
        open.push(reference);
    }
    let closed = open.pop().unwrap();
    let version = desk::view(world, &leaver.who, &closed).await.unwrap().version;
    let reasons = domain::report::Reasons::embedded();
    let reason = reasons.for_decision(domain::report::Decision::Close).next().unwrap();
    let verdict = desk::Verdict::NoFurtherAction;
    desk::decide(world, &leaver.who, &closed, version, &verdict, &reason.code, "Nothing in it.").await.unwrap();
    desk::take_by_phone(world, &leaver.who, leaver.org, company.org, Start::default()).await.unwrap();
    (leaver, open, closed)
}

#[tokio::test]
async fn reports_of_an_officer_who_is_removed_go_back_to_the_queue() {
    let world = World::with_people().await;
    let (leaver, open, closed) = busy(&world).await;
    let admin = somebody(&world, DESK_ADMIN).await;
    let seen = leaving(&world, &admin.who, admin.org, id(&leaver)).await.unwrap();
    assert_eq!(seen.in_hand, InHand { reports: 2, drafts: 1, running: 0, questions: 0 });
    assert_eq!(seen.administrator, "Marijke Vos");
    let names: Vec<_> = seen.colleagues.iter().map(|(_, name, _)| name.as_str()).collect();
    assert_eq!(names, ["Adaeze Okoye", "Marijke Vos", "Samira El Amrani"], "a reader cannot take over");
    let version = desk::view(&world, &admin.who, &open[0]).await.unwrap().version;
    let known = mails_so_far(&world).await;
    team::remove(&world, &admin.who, admin.org, id(&leaver), &Answers::new()).await.unwrap();
    assert_eq!(viewed(&world, &admin, View::Unassigned).await.len(), 2);
    let stale = desk::assign(&world, &admin.who, &open[0], version, None).await;
    assert!(matches!(stale, Err(Refusal::Stale)), "whoever has the page open sees that it moved: {stale:?}");
    assert_eq!(audited(&world, &open[0]).await.last().unwrap(), "ManageTeam: report handed over");
    assert!(!audited(&world, &closed).await.iter().any(|step| step.contains("handed over")));
    assert_eq!(desk::drafts(&world, &admin.who, admin.org).await.unwrap().len(), 1);
    assert_eq!(mails_after(&world, known).await, [], "who acts needs no mail");
    let who = world.principal("officer@pco-nl.example").await;
    assert!(matches!(desk::view(&world, &who, &open[0]).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn or_to_the_colleague_who_was_chosen() {
    let world = World::with_people().await;
    let (leaver, open, _) = busy(&world).await;
    let (admin, heir) = (somebody(&world, DESK_ADMIN).await, somebody(&world, "officer2@pco-nl.example").await);
    let known = mails_so_far(&world).await;
    team::remove(&world, &admin.who, admin.org, id(&leaver), &to(&id(&heir).to_string())).await.unwrap();
    let mut mine = viewed(&world, &heir, View::Mine).await;
    mine.sort_unstable();
    let mut expected = open;
    expected.sort_unstable();
    assert_eq!(mine, expected);
    assert_eq!(desk::drafts(&world, &heir.who, heir.org).await.unwrap().len(), 1);
    let mails = mails_after(&world, known).await;
    assert_eq!(
        mails,
        [("work_handed_over".to_owned(), "officer2@pco-nl.example".to_owned())],
        "one mail for all of it"
    );
}

#[tokio::test]
async fn a_company_keeps_drafts_and_open_questions() {
    let world = World::with_people().await;
    let (leaver, desk) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &leaver, &order()).await;
    let version = desk::view(&world, &desk.who, &reference).await.unwrap().version;
    desk::ask(&world, &desk.who, &reference, version, "Which vehicle?").await.unwrap();
    let kept = drafted(&world, &leaver, &order(), false).await;
    let admin = somebody(&world, COMPANY_ADMIN).await;
    let seen = leaving(&world, &admin.who, admin.org, id(&leaver)).await.unwrap();
    assert_eq!(seen.in_hand, InHand { reports: 0, drafts: 1, running: 1, questions: 1 });
    team::remove(&world, &admin.who, admin.org, id(&leaver), &Answers::new()).await.unwrap();
    let drafts = draft::list(&world, &admin.who, admin.org, false).await.unwrap();
    assert!(drafts.iter().any(|draft| draft.id == kept && draft.is_mine));
    let view = report::view(&world, &admin.who, &reference).await.unwrap();
    assert_eq!(view.question.unwrap().text, "Which vehicle?", "it stays open");
    // And what comes next reaches somebody.
    let known = mails_so_far(&world).await;
    let version = desk::view(&world, &desk.who, &reference).await.unwrap().version;
    desk::message(&world, &desk.who, &reference, version, "Please call.").await.unwrap();
    assert_eq!(mails_after(&world, known).await, [("message_waiting".to_owned(), COMPANY_ADMIN.to_owned())]);
}

#[tokio::test]
async fn a_draft_comes_with_its_report_and_thirty_days() {
    let world = World::with_people().await;
    let (leaver, admin) = (reporter(&world).await, somebody(&world, COMPANY_ADMIN).await);
    let reference = sent(&world, &admin, &order()).await;
    report::share_with(&world, &admin.who, &reference, id(&leaver)).await.unwrap();
    let amendment = draft::start_amendment(&world, &leaver.who, &reference).await.unwrap();
    let reader = somebody(&world, "reader@meridian-reagents.example").await;
    team::set_role(&world, &admin.who, admin.org, id(&reader), "company_officer").await.unwrap();
    let heir = somebody(&world, "reader@meridian-reagents.example").await;
    world.wait(draft::KEPT_FOR - 12 * Timestamp::HOUR);
    draft::age(&world).await.unwrap();
    team::remove(&world, &admin.who, admin.org, id(&leaver), &to(&id(&heir).to_string())).await.unwrap();
    let seen = report::view(&world, &heir.who, &reference).await;
    assert!(seen.is_ok(), "the report of which it becomes the next version: {seen:?}");
    world.wait(2 * Timestamp::DAY);
    draft::age(&world).await.unwrap();
    let left = draft::list(&world, &heir.who, heir.org, false).await.unwrap();
    let kept: Vec<_> = left.iter().map(|draft| (draft.id, draft.is_mine)).collect();
    assert_eq!(kept, [(amendment, true)], "whoever takes it over has time for it");
    let known = mails_so_far(&world).await;
    world.wait(21 * Timestamp::DAY);
    draft::age(&world).await.unwrap();
    let mails = mails_after(&world, known).await;
    assert_eq!(mails, [("draft_ends".to_owned(), "reader@meridian-reagents.example".to_owned())], "and is reminded");
}

#[tokio::test]
async fn who_cannot_do_the_work_is_not_given_it() {
    let world = World::with_people().await;
    let (leaver, open, _) = busy(&world).await;
    let admin = somebody(&world, DESK_ADMIN).await;
    let reader = id(&somebody(&world, "reader@pco-nl.example").await).to_string();
    let stranger = id(&somebody(&world, "officer@pco-ca.example").await).to_string();
    let own = id(&leaver).to_string();
    for wrong in [reader.as_str(), &stranger, &own, "nobody", "\u{202e}", &"x".repeat(100_000)] {
        let outcome = team::remove(&world, &admin.who, admin.org, id(&leaver), &to(wrong)).await;
        assert!(matches!(&outcome, Err(Refusal::Invalid(problems)) if problems[0].field == "to"), "{outcome:?}");
    }
    assert_eq!(viewed(&world, &leaver, View::Mine).await.len(), open.len(), "nothing moved");
}

#[tokio::test]
async fn who_leaves_or_gets_a_lesser_role_hands_over_too() {
    let world = World::with_people().await;
    let (leaver, _, _) = busy(&world).await;
    let admin = somebody(&world, DESK_ADMIN).await;
    let own = leaving(&world, &leaver.who, leaver.org, id(&leaver)).await.unwrap();
    assert_eq!(own.in_hand.reports, 2);
    let others = leaving(&world, &leaver.who, leaver.org, id(&admin)).await;
    assert!(matches!(others, Err(Refusal::NotFound)), "only administrators look at colleagues: {others:?}");
    team::set_role(&world, &admin.who, admin.org, id(&leaver), "authority_supervisor").await.unwrap();
    assert_eq!(viewed(&world, &admin, View::Unassigned).await, [], "who can still do the work keeps it");
    let known = mails_so_far(&world).await;
    team::set_role(&world, &admin.who, admin.org, id(&leaver), "authority_reader").await.unwrap();
    assert_eq!(viewed(&world, &admin, View::Unassigned).await.len(), 2);
    assert_eq!(mails_after(&world, known).await, []);

    let company = reporter(&world).await;
    drafted(&world, &company, &order(), true).await;
    let known = mails_so_far(&world).await;
    team::leave(&world, &company.who, company.org, &Answers::new()).await.unwrap();
    let mails = mails_after(&world, known).await;
    assert_eq!(mails, [("work_handed_over".to_owned(), COMPANY_ADMIN.to_owned())]);
}
