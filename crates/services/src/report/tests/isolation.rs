//! Every function, asked by everybody who has no right: nobody signed in, another company, another authority, the
//! reporting company at the desk, the desk in the company. Foreign and unknown objects give the same refusal.

use domain::ids::UserId;
use uuid::Uuid;

use super::{super::*, *};
use crate::{
    Result,
    desk::{self, QueueFilter, Verdict},
    receipt, thread,
};

/// The objects that a call is about.
struct Objects {
    company: OrgId,
    authority: OrgId,
    draft: DraftId,
    view: DraftView,
    taken: DraftId,
    report: Reference,
    colleague: UserId,
}

/// Calls every function of drafts and of the company's side.
async fn company_side(world: &World, who: &Principal, at: &Objects) -> Vec<(&'static str, Result<()>)> {
    let post = Post { base: 1, tab: "", turn: 0, asked: &["why.text".to_owned()], posted: &[], partly: false };
    let (draft, report) = (at.draft, &at.report);
    vec![
        ("start", draft::start(world, who, at.company, Start::default()).await.map(drop)),
        ("start_like", draft::start_like(world, who, report).await.map(drop)),
        ("start_amendment", draft::start_amendment(world, who, report).await.map(drop)),
        ("own_changes", own_changes(world, who, report, Between::default()).await.map(drop)),
        ("start_completion", draft::start_completion(world, who, report).await.map(drop)),
        ("list drafts", draft::list(world, who, at.company, false).await.map(drop)),
        ("load", draft::load(world, who, draft).await.map(drop)),
        ("colleagues", draft::colleagues(world, who, &at.view).await.map(drop)),
        ("hand_over", draft::hand_over(world, who, draft, at.colleague).await),
        ("catch_up", draft::catch_up(world, who, draft).await),
        ("amend_instead", draft::amend_instead(world, who, draft, report).await.map(drop)),
        ("load taken down", draft::load(world, who, at.taken).await.map(drop)),
        ("save_page", draft::save_page(world, who, draft, &post).await.map(drop)),
        ("choose_alternative", draft::choose_alternative(world, who, draft, "why.text", None).await),
        ("remove_item", draft::remove_item(world, who, draft, "substance", 1).await),
        ("restore_item", draft::restore_item(world, who, draft, 1).await.map(drop)),
        ("delete", draft::delete(world, who, draft).await),
        ("bring_back", draft::bring_back(world, who, draft).await),
        ("submit", submit(world, who, draft).await.map(drop)),
        ("list", list(world, who, at.company, Filter::default(), None, 9).await.map(drop)),
        ("home", home(world, who, at.company).await.map(drop)),
        ("view", view(world, who, report).await.map(drop)),
        ("version", version(world, who, report, 1).await.map(drop)),
        ("receipt", receipt::own(world, who, report, None).await.map(drop)),
        ("confirm", confirm(world, who, report).await),
        ("withdraw", withdraw(world, who, report, "sent_in_error", "").await),
        ("team", team(world, who, report).await.map(drop)),
        ("share_with", share_with(world, who, report, at.colleague).await),
        ("stop_sharing", stop_sharing(world, who, report, at.colleague).await),
        ("message", thread::message(world, who, report, "text").await),
        ("answer", thread::answer(world, who, report, "text").await),
    ]
}

/// Calls every function of the desk.
async fn desk_side(world: &World, who: &Principal, at: &Objects) -> Vec<(&'static str, Result<()>)> {
    let report = &at.report;
    let how = Start::default();
    vec![
        ("queue", desk::queue(world, who, at.authority, &QueueFilter::default(), None, 9).await.map(drop)),
        ("home", desk::home(world, who, at.authority).await.map(drop)),
        ("drafts", desk::drafts(world, who, at.authority).await.map(drop)),
        ("take_by_phone", desk::take_by_phone(world, who, at.authority, at.company, how).await.map(drop)),
        ("view", desk::view(world, who, report).await.map(drop)),
        ("version", desk::version(world, who, report, 1).await.map(drop)),
        ("changes", desk_changes(world, who, report, Between::default()).await.map(drop)),
        ("receipt", receipt::desk(world, who, report, None).await.map(drop)),
        ("assign", desk::assign(world, who, report, 1, Some(at.colleague)).await),
        ("ask", desk::ask(world, who, report, 1, "text").await),
        ("message", desk::message(world, who, report, 1, "text").await),
        ("note", desk::note(world, who, report, "text").await),
        (
            "override_severity",
            desk::override_severity(world, who, report, 1, domain::indicator::Band::Red, "context_raises", "").await,
        ),
        ("decide", desk::decide(world, who, report, 1, &Verdict::Accept, "credible", "").await),
        ("reopen", desk::reopen(world, who, report, 1, "new_information", "").await),
    ]
}

struct Place {
    world: World,
    real: Objects,
    unknown: Objects,
}

async fn place() -> Place {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let how = Start { kind: None, quick: true };
    let draft = drafted(&world, &me, &order(), false).await;
    let real = Objects {
        company: me.org,
        authority: authority.org,
        draft,
        view: open(&world, &me.who, draft).await,
        taken: desk::take_by_phone(&world, &authority.who, authority.org, me.org, how).await.unwrap(),
        report: sent(&world, &me, &order()).await,
        colleague: me.who.person.as_ref().unwrap().id,
    };
    let nothing = Uuid::from_u128(1);
    let unknown = Objects {
        company: OrgId(nothing),
        authority: OrgId(nothing),
        draft: DraftId(nothing),
        view: DraftView { company_id: OrgId(nothing), ..real.view.clone() },
        taken: DraftId(nothing),
        report: Reference::from_bits(1),
        colleague: UserId(nothing),
    };
    Place { world, real, unknown }
}

/// Fingerprint of everything that acts leave behind.
async fn footprints(world: &World) -> (i64, usize) {
    let last = store::audit::page(&mut world.db.reader(), 0, 10_000).await.unwrap().len();
    (i64::try_from(last).unwrap(), world.mails().await.len())
}

fn all_not_found(calls: Vec<(&'static str, Result<()>)>, who: &str) {
    for (name, outcome) in calls {
        assert!(matches!(outcome, Err(Refusal::NotFound)), "{name} for {who}: {outcome:?}");
    }
}

#[tokio::test]
async fn nobody_signed_in_gets_nowhere() {
    let Place { world, real, unknown } = place().await;
    let nobody = Principal::default();
    let before = footprints(&world).await;
    for at in [&real, &unknown] {
        let mut calls = company_side(&world, &nobody, at).await;
        calls.extend(desk_side(&world, &nobody, at).await);
        for (name, outcome) in calls {
            assert!(matches!(outcome, Err(Refusal::NotSignedIn)), "{name}: {outcome:?}");
        }
    }
    assert_eq!(footprints(&world).await, before);
}

#[tokio::test]
async fn foreign_and_unknown_are_the_same_to_a_company() {
    let Place { world, real, unknown } = place().await;
    let before = footprints(&world).await;
    for email in [
        "admin@noordkust.example",
        "officer@noordkust.example",
        "admin@laurentian.example",
        "admin@titration-supplies.example",
        "admin@chemtrade-assoc.example",
        "system@forerunner.example",
        "supervisor@pco-ca.example",
    ] {
        let who = world.principal(email).await;
        for at in [&real, &unknown] {
            all_not_found(company_side(&world, &who, at).await, email);
            all_not_found(desk_side(&world, &who, at).await, email);
        }
    }
    assert_eq!(footprints(&world).await, before, "a refused act leaves nothing");
}

#[tokio::test]
async fn the_two_sides_do_not_mix() {
    let Place { world, real, .. } = place().await;
    let reporter = world.principal("admin@meridian-reagents.example").await;
    all_not_found(desk_side(&world, &reporter, &real).await, "the reporting company at the desk");
    for email in ["admin@pco-nl.example", "supervisor@pco-nl.example"] {
        let who = world.principal(email).await;
        let calls = company_side(&world, &who, &real).await;
        // Its own administrators see what an officer is taking down.
        let calls = calls.into_iter().filter(|(name, _)| !(*name == "load taken down" && email.starts_with("admin")));
        all_not_found(calls.collect(), email);
    }
}

#[tokio::test]
async fn a_reader_reads() {
    let Place { world, real, .. } = place().await;
    let reader = world.principal("reader@pco-nl.example").await;
    for (name, outcome) in desk_side(&world, &reader, &real).await {
        let reads = ["queue", "home", "view", "version", "changes", "receipt"].contains(&name);
        assert_eq!(outcome.is_ok(), reads, "{name}: {outcome:?}");
    }
    assert!(desk::view(&world, &reader, &real.report).await.unwrap().acts.is_empty());
    // A company's reader sees the list and what is shared with them, and writes nothing.
    let reader = world.principal("reader@meridian-reagents.example").await;
    for (name, outcome) in company_side(&world, &reader, &real).await {
        assert_eq!(outcome.is_ok(), ["list", "home"].contains(&name), "{name}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_suspended_company_does_nothing_more() {
    let Place { world, real, .. } = place().await;
    let text = "UPDATE org SET status = 'suspended' WHERE handle = 'meridian'";
    let mut tx = world.db.begin().await.unwrap();
    tx.run(&store::Sql { name: "test", sqlite: text, postgres: text }, vec![]).await.unwrap();
    tx.commit().await.unwrap();
    let who = world.principal("admin@meridian-reagents.example").await;
    all_not_found(company_side(&world, &who, &real).await, "a suspended company");
}
