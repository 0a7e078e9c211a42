//! When a sign-in holds and when it ends, by moving the clock.

use super::*;
use crate::testing::World;

const COMPANY: &str = "officer@meridian-reagents.example";
const STAFF: &str = "officer@pco-nl.example";

async fn holds(world: &World, token: &str, activity: Activity) -> bool {
    resolve(world, token, activity).await.unwrap().is_some()
}

#[tokio::test]
async fn rest_ends_a_sign_in_sooner_for_staff() {
    for (email, idle) in [
        (COMPANY, IDLE),
        ("admin@chemtrade-assoc.example", IDLE),
        (STAFF, IDLE_STAFF),
        ("system@forerunner.example", IDLE_STAFF),
    ] {
        let world = World::with_people().await;
        let token = world.sign_in(email).await.session.token;
        world.wait(idle - 1);
        assert!(holds(&world, &token, Activity::Background).await, "{email}");
        world.wait(1);
        assert!(!holds(&world, &token, Activity::Person).await, "{email}: a late click does not revive it");
    }
}

#[tokio::test]
async fn only_a_person_prolongs() {
    let world = World::with_people().await;
    let token = world.sign_in(COMPANY).await.session.token;
    for _ in 0..5 {
        world.wait(IDLE - Timestamp::MINUTE);
        let signed = resolve(&world, &token, Activity::Person).await.unwrap().unwrap();
        assert_eq!(signed.expires_at, world.now().plus(IDLE).min(signed.ends_at));
    }
    for _ in 0..3 {
        world.wait(IDLE / 3);
        let _ = resolve(&world, &token, Activity::Background).await.unwrap();
    }
    assert!(!holds(&world, &token, Activity::Background).await);
}

#[tokio::test]
async fn twelve_hours_end_it_whatever_happens() {
    let world = World::with_people().await;
    let token = world.sign_in(COMPANY).await.session.token;
    let mut hours = 0;
    while holds(&world, &token, Activity::Person).await {
        world.wait(Timestamp::HOUR / 4);
        hours += 1;
    }
    assert_eq!(hours, 12 * 4);
}

#[tokio::test]
async fn a_clock_set_back_ends_it() {
    let world = World::with_people().await;
    let token = world.sign_in(COMPANY).await.session.token;
    world.wait(-Timestamp::HOUR);
    assert!(!holds(&world, &token, Activity::Person).await);
}

#[tokio::test]
async fn signing_out_is_at_once_and_says_nothing() {
    let world = World::with_people().await;
    let token = world.sign_in(COMPANY).await.session.token;
    end(&world, &token).await.unwrap();
    assert!(!holds(&world, &token, Activity::Person).await);
    end(&world, &token).await.unwrap();
    end(&world, "never issued").await.unwrap();
}

#[tokio::test]
async fn a_new_token_replaces_the_old_and_keeps_the_end() {
    let world = World::with_people().await;
    let first = world.sign_in(COMPANY).await.session;
    world.wait(Timestamp::MINUTE);
    let mut tx = world.db.begin().await.unwrap();
    let second = rotate(&world, &mut tx, &first.token).await.unwrap();
    tx.commit().await.unwrap();
    assert_ne!(first.token, second.token);
    assert_eq!(first.ends_at, second.ends_at);
    assert!(!holds(&world, &first.token, Activity::Person).await);
    assert!(holds(&world, &second.token, Activity::Person).await);
}

#[tokio::test]
async fn own_sign_ins_can_be_seen_and_ended() {
    let world = World::with_people().await;
    let here = world.sign_in(COMPANY).await;
    let there = world.sign_in(COMPANY).await;
    let foreign = world.sign_in(STAFF).await;
    let own = list(&world, &here.principal).await.unwrap();
    assert_eq!(own.len(), 2);
    assert_eq!(own[0].agent, "Test browser");
    let theirs = list(&world, &foreign.principal).await.unwrap()[0].id;
    assert!(matches!(end_one(&world, &here.principal, theirs).await, Err(Refusal::NotFound)));
    let other = resolve(&world, &there.session.token, Activity::Background).await.unwrap().unwrap().id;
    end_one(&world, &here.principal, other).await.unwrap();
    assert!(!holds(&world, &there.session.token, Activity::Person).await);
    let again = world.sign_in(COMPANY).await.session.token;
    assert_eq!(end_all(&world, &here.principal, Some(&here.session.token)).await.unwrap(), 1);
    assert!(holds(&world, &here.session.token, Activity::Person).await);
    assert!(!holds(&world, &again, Activity::Person).await);
    assert!(holds(&world, &foreign.session.token, Activity::Person).await);
}

#[tokio::test]
async fn roles_and_organisations_are_read_with_every_request() {
    let world = World::with_people().await;
    let signed = world.sign_in(COMPANY).await;
    let token = &signed.session.token;
    let member = signed.principal.memberships[0].clone();
    assert!(signed.principal.allowed_in(member.org, Action::WriteReports).is_ok());
    let person = signed.principal.person.as_ref().unwrap().id;
    let now = async || resolve(&world, token, Activity::Person).await.unwrap().unwrap().principal;

    let mut tx = world.db.begin().await.unwrap();
    store::person::set_role(&mut tx, person, member.org, Role::CompanyReader.code()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(now().await.allowed_in(member.org, Action::WriteReports).is_err());

    let mut tx = world.db.begin().await.unwrap();
    store::org::set_status(&mut tx, member.org, "approved", "suspended").await.unwrap();
    tx.commit().await.unwrap();
    assert!(now().await.allowed_in(member.org, Action::ReadOwnReports).is_err());

    let mut tx = world.db.begin().await.unwrap();
    store::person::leave(&mut tx, person, member.org, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(now().await.memberships.is_empty());
}

#[tokio::test]
async fn what_was_never_issued_resolves_to_nobody() {
    let world = World::with_people().await;
    for token in ["", "x", "\0", &"a".repeat(1_000_000)] {
        assert!(!holds(&world, token, Activity::Person).await);
    }
}

#[tokio::test]
async fn a_browsers_description_is_kept_short_and_clean() {
    let world = World::with_people().await;
    let agent = format!("Evil\r\nX: y\u{202e}{}", "z".repeat(10_000));
    let mut tx = world.db.begin().await.unwrap();
    let person = world.principal(COMPANY).await.person.unwrap().id;
    issue(&world, &mut tx, person, &agent).await.unwrap();
    tx.commit().await.unwrap();
    let kept = &list(&world, &world.principal(COMPANY).await).await.unwrap()[0].agent;
    assert!(kept.len() <= 200 && kept.starts_with("Evil X: yzzz"), "{kept}");
}
