//! Two system administrators let somebody in; one cannot.

use super::*;
use crate::{
    account::Entered,
    demo,
    testing::{World, sign_in},
};

const ONE: &str = "system@forerunner.example";
const TWO: &str = "system2@forerunner.example";
/// Runs a company alone.
const ALONE: &str = "admin@apotheek-depot.example";
const NEW: &str = "violet kettle marching upwards";

fn form(email: &str, reason: &str) -> Answers {
    Answers::from_iter([("email", email), ("reason", reason)])
}

async fn proposed(world: &World) -> Uuid {
    let one = world.principal(ONE).await;
    propose(world, &one, &form(ALONE, "Called back at the number in the trade register.")).await.unwrap();
    list(world, &one).await.unwrap()[0].id
}

async fn mailed(world: &World, template: &str) -> Vec<String> {
    world.mails().await.into_iter().filter(|(name, ..)| name == template).map(|(_, to, _)| to).collect()
}

#[tokio::test]
async fn two_let_an_only_administrator_in_anew() {
    let world = World::with_people().await;
    let held = world.sign_in(ALONE).await;
    let id = proposed(&world).await;
    assert_eq!(mailed(&world, "rescue_proposed").await, [TWO]);
    assert_eq!(mailed(&world, "rescue_asked").await, [ALONE], "who did not ask can object");
    let (one, two) = (world.principal(ONE).await, world.principal(TWO).await);
    let waits = list(&world, &one).await.unwrap();
    assert_eq!((waits[0].email.as_str(), waits[0].may_confirm), (ALONE, false));
    assert!(list(&world, &two).await.unwrap()[0].may_confirm);
    assert!(matches!(confirm(&world, &one, id).await, Err(Refusal::NotPossible(_))), "one alone cannot");
    confirm(&world, &two, id).await.unwrap();
    assert!(matches!(confirm(&world, &two, id).await, Err(Refusal::NotFound)), "and only once");

    let gone = session::resolve(&world, &held.session.token, session::Activity::Person).await.unwrap();
    assert_eq!(gone, None);
    let old = account::sign_in(&world, sign_in(ALONE, demo::PASSWORD)).await;
    assert!(matches!(old, Err(Refusal::Invalid(_))), "the old password opens nothing");
    let token = world.token_mailed("rescued", ALONE).await;
    account::reset(&world, &token, NEW).await.unwrap();
    let entered = account::sign_in(&world, sign_in(ALONE, NEW)).await.unwrap();
    let Entered::SignedIn(signed) = entered else { panic!("no second factor is left to ask for") };
    let now = session::resolve(&world, &signed.session.token, session::Activity::Person).await.unwrap().unwrap();
    assert!(now.must_enrol, "and sets up a new one before anything else");
}

#[tokio::test]
async fn it_is_for_those_whom_nobody_else_can_help() {
    let world = World::with_people().await;
    let one = world.principal(ONE).await;
    for email in ["officer@pco-nl.example", "officer@meridian-reagents.example", "nobody@x.example", ONE, ""] {
        let outcome = propose(&world, &one, &form(email, "They called.")).await;
        assert!(matches!(outcome, Err(Refusal::Invalid(_))), "{email}: {outcome:?}");
    }
    assert!(matches!(propose(&world, &one, &form(ALONE, " ")).await, Err(Refusal::Invalid(_))), "without a reason");
    proposed(&world).await;
    let twice = propose(&world, &one, &form(ALONE, "They called again.")).await;
    assert!(matches!(twice, Err(Refusal::Invalid(_))));
    for stranger in [ALONE, "admin@pco-nl.example"] {
        let stranger = world.principal(stranger).await;
        assert!(matches!(list(&world, &stranger).await, Err(Refusal::NotFound)));
        assert!(matches!(propose(&world, &stranger, &form(ALONE, "x")).await, Err(Refusal::NotFound)));
    }
}

#[tokio::test]
async fn a_second_account_made_for_it_is_no_second_person() {
    let world = World::with_people().await;
    let id = proposed(&world).await;
    world.wait(Timestamp::MINUTE);
    let friend = world.principal("officer@noordkust.example").await.person.unwrap().id;
    let org = world.principal(ONE).await.memberships[0].org;
    let mut tx = world.db.begin().await.unwrap();
    person::join(&mut tx, world.new_id(), friend, org, "system_admin", world.now()).await.unwrap();
    tx.commit().await.unwrap();
    let friend = world.principal("officer@noordkust.example").await;
    assert!(!list(&world, &friend).await.unwrap()[0].may_confirm);
    assert!(matches!(confirm(&world, &friend, id).await, Err(Refusal::NotPossible(_))));
}

#[tokio::test]
async fn a_proposal_is_withdrawn_or_lapses() {
    let world = World::with_people().await;
    let two = world.principal(TWO).await;
    let first = proposed(&world).await;
    withdraw(&world, &two, first).await.unwrap();
    assert!(matches!(confirm(&world, &two, first).await, Err(Refusal::NotFound)));
    let second = proposed(&world).await;
    world.wait(LIFE);
    assert!(list(&world, &two).await.unwrap().is_empty());
    assert!(matches!(confirm(&world, &two, second).await, Err(Refusal::NotFound)));
    world.sign_in(ALONE).await;
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_does() {
    let world = World::with_people().await;
    let id = proposed(&world).await;
    let (one, two) = (world.principal(ONE).await, world.principal(TWO).await);
    let (confirmed, withdrawn) = tokio::join!(confirm(&world, &two, id), withdraw(&world, &one, id));
    assert_ne!(confirmed.is_ok(), withdrawn.is_ok());
    let told = mailed(&world, "rescued").await.len();
    assert_eq!(told, usize::from(confirmed.is_ok()));
}

#[tokio::test]
async fn the_console_helps_system_administrators_alone() {
    let world = World::with_people().await;
    for email in ["", "nobody@x.example", ALONE] {
        assert!(matches!(on_console(&world, email).await, Err(Refusal::NotPossible(_))), "{email}");
    }
    let token = on_console(&world, " System@Forerunner.example ").await.unwrap();
    assert!(account::sign_in(&world, sign_in(ONE, demo::PASSWORD)).await.is_err());
    account::reset(&world, &token, NEW).await.unwrap();
    assert!(matches!(account::sign_in(&world, sign_in(ONE, NEW)).await, Ok(Entered::SignedIn(_))));
    assert_eq!(mailed(&world, "factor_reset").await, [ONE]);
}
