//! Two people, a short time, and every reading in the log; on a real database.

use domain::access::Role;

use super::{reading::READ, *};
use crate::{
    log::{self, Filter, Who},
    report::tests::{Somebody, audited, mails_after, mails_so_far, order, reporter, sent, somebody},
    testing::World,
};

const SYSTEM: &str = "system@forerunner.example";
const SUPERVISOR: &str = "supervisor@pco-nl.example";
const REASON: &str = "The page of the report fails.";

fn asking(authority: &str, reference: &str, reason: &str) -> Answers {
    Answers::from_iter([("authority", authority), ("reference", reference), ("reason", reason)])
}

/// A report, and a system administrator who asks to read it.
async fn asked(world: &World) -> (Reference, Somebody, Uuid) {
    let reference = sent(world, &reporter(world).await, &order()).await;
    let system = somebody(world, SYSTEM).await;
    let id = ask(world, &system.who, &asking("pco-nl", reference.as_str(), REASON)).await.unwrap();
    (reference, system, id)
}

async fn steps(world: &World, email: &str) -> Vec<(String, Who)> {
    let who = somebody(world, email).await;
    let page = log::page(world, &who.who, who.org, &Filter::default(), 50).await.unwrap();
    page.entries.into_iter().map(|entry| (entry.what, entry.who)).collect()
}

#[tokio::test]
async fn a_second_person_opens_it_and_it_ends_by_itself() {
    let world = World::with_people().await;
    let known = mails_so_far(&world).await;
    let (reference, system, id) = asked(&world).await;
    let mails = mails_after(&world, known).await;
    let told = mails.iter().filter(|(template, _)| template == "break_glass_asked");
    let mut told: Vec<_> = told.map(|(_, to)| to.as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, ["admin@pco-nl.example", "system2@forerunner.example"], "not the one who asks");
    assert!(read(&world, &system.who, id, &reference).await.unwrap().is_none(), "not yet");
    let own = decide(&world, &system.who, system.org, id, true).await;
    assert!(matches!(own, Err(Refusal::NotPossible(_))), "{own:?}");
    let supervisor = somebody(&world, SUPERVISOR).await;
    let seen = of_authority(&world, &supervisor.who, supervisor.org).await.unwrap();
    assert!(seen[0].may_decide && !seen[0].may_end && seen[0].standing == Standing::Waiting);
    let known = mails_so_far(&world).await;
    decide(&world, &supervisor.who, supervisor.org, id, true).await.unwrap();
    let mut mails = mails_after(&world, known).await;
    mails.sort_unstable();
    let expected = [("break_glass_decided", SYSTEM), ("break_glass_opened", "admin@pco-nl.example")];
    assert_eq!(mails, expected.map(|(template, to)| (template.to_owned(), to.to_owned())));

    let opened = read(&world, &system.who, id, &reference).await.unwrap().unwrap();
    assert_eq!(opened.until, world.now().plus(60 * Timestamp::MINUTE));
    assert!(opened.content.answers.plain("party.1.name").contains("Grey Harbour"));
    read(&world, &system.who, id, &reference).await.unwrap().unwrap();
    let rows = audited(&world, &reference).await;
    assert_eq!(rows.iter().filter(|row| row.starts_with("BreakGlass: ")).count(), 2, "each time: {rows:?}");
    world.wait(60 * Timestamp::MINUTE);
    assert!(read(&world, &system.who, id, &reference).await.unwrap().is_none(), "it is over");
    let ended = finish(&world, &system.who, system.org, id).await;
    assert!(matches!(ended, Err(Refusal::Stale)), "{ended:?}");
    let again = decide(&world, &supervisor.who, supervisor.org, id, true).await;
    assert!(matches!(again, Err(Refusal::NotPossible(_))), "an approval is for once: {again:?}");
}

#[tokio::test]
async fn company_and_authority_see_each_reading_with_its_reason_and_without_a_name() {
    let world = World::with_people().await;
    let (reference, system, id) = asked(&world).await;
    let supervisor = somebody(&world, SUPERVISOR).await;
    decide(&world, &supervisor.who, supervisor.org, id, true).await.unwrap();
    read(&world, &system.who, id, &reference).await.unwrap().unwrap();
    let told = format!("{READ}: {REASON}");
    let who = Who::Unit { name: "Demo installation".into(), role: Some(Role::SystemAdmin) };
    for email in ["admin@meridian-reagents.example", SUPERVISOR] {
        let steps = steps(&world, email).await;
        assert!(steps.contains(&(told.clone(), who.clone())), "{email}: {steps:?}");
        assert!(!format!("{steps:?}").contains("Robin"), "{email}");
    }
    let desk = steps(&world, SUPERVISOR).await;
    assert!(desk.iter().any(|(what, by)| what == "break-glass access asked for" && *by == who), "{desk:?}");
    let own = steps(&world, SYSTEM).await;
    assert!(own.iter().any(|(what, _)| *what == told), "{own:?}");
    let others = steps(&world, "admin@noordkust.example").await;
    assert!(!format!("{others:?}").contains("break-glass"), "{others:?}");
}

#[tokio::test]
async fn the_scope_is_kept_and_nothing_is_told_of_what_exists() {
    let world = World::with_people().await;
    let (reference, system, id) = asked(&world).await;
    let supervisor = somebody(&world, SUPERVISOR).await;
    decide(&world, &supervisor.who, supervisor.org, id, true).await.unwrap();
    let other = sent(&world, &reporter(&world).await, &order()).await;
    assert!(matches!(read(&world, &system.who, id, &other).await, Err(Refusal::NotFound)));
    assert!(matches!(list(&world, &system.who, id).await, Err(Refusal::NotFound)), "it was asked for one report");
    // A report of nobody, and one of another authority: asked for alike, and opened alike not.
    let unknown = Reference::from_bits(0x12_3456_789a);
    let canada = somebody(&world, "supervisor@pco-ca.example").await;
    for wanted in [unknown.as_str(), reference.as_str()] {
        let id = ask(&world, &system.who, &asking("pco-ca", wanted, REASON)).await.unwrap();
        decide(&world, &canada.who, canada.org, id, true).await.unwrap();
        let opened = read(&world, &system.who, id, &wanted.parse().unwrap()).await;
        assert!(matches!(opened, Err(Refusal::NotFound)), "{wanted}");
    }
    // All of the authority's.
    let all = ask(&world, &system.who, &asking("pco-nl", "", REASON)).await.unwrap();
    assert_eq!(list(&world, &system.who, all).await.unwrap(), None, "not yet");
    decide(&world, &supervisor.who, supervisor.org, all, true).await.unwrap();
    assert_eq!(list(&world, &system.who, all).await.unwrap().unwrap().len(), 2);
    assert!(read(&world, &system.who, all, &other).await.unwrap().is_some());
}

#[tokio::test]
async fn it_can_be_ended_refused_and_forgotten() {
    let world = World::with_people().await;
    let (reference, system, id) = asked(&world).await;
    let supervisor = somebody(&world, SUPERVISOR).await;
    decide(&world, &supervisor.who, supervisor.org, id, true).await.unwrap();
    finish(&world, &system.who, system.org, id).await.unwrap();
    assert!(read(&world, &system.who, id, &reference).await.unwrap().is_none(), "ended by who asked");
    let refused = ask(&world, &system.who, &asking("pco-nl", reference.as_str(), REASON)).await.unwrap();
    decide(&world, &supervisor.who, supervisor.org, refused, false).await.unwrap();
    assert!(read(&world, &system.who, refused, &reference).await.unwrap().is_none());
    let lapsed = ask(&world, &system.who, &asking("pco-nl", reference.as_str(), REASON)).await.unwrap();
    world.wait(24 * Timestamp::HOUR);
    let late = decide(&world, &supervisor.who, supervisor.org, lapsed, true).await;
    assert!(matches!(late, Err(Refusal::NotPossible(_))), "{late:?}");
}

#[tokio::test]
async fn nobody_else_asks_decides_or_reads() {
    let world = World::with_people().await;
    let (reference, system, id) = asked(&world).await;
    for email in [
        "officer@pco-nl.example",
        "reader@pco-nl.example",
        "supervisor@pco-ca.example",
        "admin@meridian-reagents.example",
        "admin@chemtrade-assoc.example",
    ] {
        let other = somebody(&world, email).await;
        let outcomes = [
            decide(&world, &other.who, other.org, id, true).await.map(drop),
            finish(&world, &other.who, other.org, id).await,
            one(&world, &other.who, other.org, id).await.map(drop),
            ask(&world, &other.who, &asking("pco-nl", "", REASON)).await.map(drop),
            read(&world, &other.who, id, &reference).await.map(drop),
        ];
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(Refusal::NotFound))), "{email}: {outcomes:?}");
    }
    // Another system administrator may approve, and does not read what a colleague asked for.
    let supervisor = somebody(&world, SUPERVISOR).await;
    let mut tx = world.db.begin().await.unwrap();
    let person = supervisor.who.person.as_ref().unwrap().id;
    store::person::join(&mut tx, world.new_id(), person, system.org, "system_admin", world.now()).await.unwrap();
    tx.commit().await.unwrap();
    let second = world.principal(SUPERVISOR).await;
    decide(&world, &second, system.org, id, true).await.unwrap();
    assert!(matches!(read(&world, &second, id, &reference).await, Err(Refusal::NotFound)));
    assert!(read(&world, &system.who, id, &reference).await.unwrap().is_some());
    // Who holds both places approves nothing of their own from the other one either.
    let own = ask(&world, &second, &asking("pco-nl", "", REASON)).await.unwrap();
    for org in [system.org, supervisor.org] {
        let outcome = decide(&world, &second, org, own, true).await;
        assert!(matches!(outcome, Err(Refusal::NotPossible(_))), "{outcome:?}");
    }
}

#[tokio::test]
async fn what_is_asked_for_is_checked_field_by_field() {
    let world = World::with_people().await;
    let system = somebody(&world, SYSTEM).await;
    let long = "x".repeat(100_000);
    for (authority, reference, reason, field) in [
        ("", "", REASON, "authority"),
        ("meridian", "", REASON, "authority"),
        ("pco-nl", "FR-0000", REASON, "reference"),
        ("pco-nl", long.as_str(), REASON, "reference"),
        ("pco-nl", "", " \u{200b}", "reason"),
        ("pco-nl", "", long.as_str(), "reason"),
    ] {
        match ask(&world, &system.who, &asking(authority, reference, reason)).await {
            Err(Refusal::Invalid(problems)) => assert_eq!(problems[0].field, field),
            other => panic!("{field}: {other:?}"),
        }
    }
    for _ in 0..MOST_WAITING {
        ask(&world, &system.who, &asking("pco-nl", "", REASON)).await.unwrap();
    }
    let more = ask(&world, &system.who, &asking("pco-nl", "", REASON)).await;
    assert!(matches!(more, Err(Refusal::NotPossible(_))), "{more:?}");
}
