//! Setting a second factor up, signing in with it, losing it.

use store::audit as log;

use super::*;
use crate::{
    account::{self, Entered, SignedIn},
    demo, team,
    testing::{World, second_step, sign_in},
};

const OFFICER: &str = "officer@meridian-reagents.example";
const ADMIN: &str = "admin@meridian-reagents.example";
const STAFF: &str = "officer@pco-nl.example";

/// Somebody who sets a factor up: the secret, the recovery codes, the sign-in that goes on.
async fn enrolled(world: &World, signed: &SignedIn) -> ([u8; code::SECRET], Enrolled) {
    let token = &signed.session.token;
    let secret = offered(world, token);
    let typed = code::code(&secret, code::step_of(world.now()));
    let made = enrol(world, &signed.principal, token, &typed).await.unwrap();
    (secret, made)
}

fn now(world: &World, secret: &[u8]) -> String {
    code::code(secret, code::step_of(world.now()))
}

async fn asked(world: &World, email: &str) -> String {
    match account::sign_in(world, sign_in(email, demo::PASSWORD)).await.unwrap() {
        Entered::SecondStep(token) => token,
        Entered::SignedIn(_) => panic!("no code was asked for"),
    }
}

async fn holds(world: &World, token: &str) -> bool {
    session::resolve(world, token, session::Activity::Background).await.unwrap().is_some()
}

async fn mailed(world: &World, template: &str, to: &str) -> usize {
    world.mails().await.iter().filter(|(name, who, _)| name == template && who == to).count()
}

async fn steps(world: &World) -> Vec<String> {
    let rows = log::page(&mut world.db.reader(), 0, 1000).await.unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

#[tokio::test]
async fn a_first_code_sets_it_up_and_ends_other_sign_ins() {
    let world = World::with_people().await;
    let (here, there) = (world.sign_in(OFFICER).await, world.sign_in(OFFICER).await);
    let before = own(&world, &here.principal, &here.session.token).await.unwrap();
    let State::None { secret, address } = &before.state else { panic!("{before:?}") };
    assert!(!before.is_needed && address.contains(&secret.replace(' ', "")));
    assert_eq!(own(&world, &here.principal, &here.session.token).await.unwrap(), before, "the same on every page");
    for wrong in ["", "000000", "12345", "nonsense"] {
        let refused = enrol(&world, &here.principal, &here.session.token, wrong).await;
        assert!(matches!(refused, Err(Refusal::Invalid(_) | Refusal::TooOften(_))), "{wrong}");
    }
    world.wait(Timestamp::HOUR / 4);
    let (_, made) = enrolled(&world, &here).await;
    assert_eq!(made.codes.len(), COUNT);
    assert!(made.codes.iter().all(|code| code.len() == 19), "{:?}", made.codes);
    assert!(holds(&world, &made.session.token).await);
    assert!(!holds(&world, &here.session.token).await && !holds(&world, &there.session.token).await);
    let after = own(&world, &here.principal, &made.session.token).await.unwrap().state;
    assert_eq!(after, State::Held { since: world.now(), codes_left: 10 });
    assert_eq!(mailed(&world, "factor_set", OFFICER).await, 1);
    assert!(steps(&world).await.contains(&"EnrolFactor: second factor set up".to_owned()));
    let again = now(&world, &offered(&world, &made.session.token));
    let twice = enrol(&world, &here.principal, &made.session.token, &again).await;
    assert!(matches!(twice, Err(Refusal::Stale)), "{twice:?}");
}

#[tokio::test]
async fn the_password_alone_opens_nothing_and_a_code_works_once() {
    let world = World::with_people().await;
    let (secret, made) = enrolled(&world, &world.sign_in(OFFICER).await).await;
    let token = asked(&world, OFFICER).await;
    assert!(!holds(&world, &token).await, "what asks for the code is no sign-in");
    let used = now(&world, &secret);
    assert!(matches!(answer(&world, second_step(&token, &used)).await, Err(Refusal::Invalid(_))), "used to set it up");
    world.wait(code::STEP);
    let fresh = now(&world, &secret);
    let other = asked(&world, OFFICER).await;
    let (one, two) =
        tokio::join!(answer(&world, second_step(&token, &fresh)), answer(&world, second_step(&other, &fresh)));
    assert_ne!(one.is_ok(), two.is_ok(), "of two at once one is in");
    world.wait(code::STEP);
    let spent = if one.is_ok() { &token } else { &other };
    let later = answer(&world, second_step(spent, &now(&world, &secret))).await;
    assert!(matches!(later, Err(Refusal::NotFound)), "each password is good for one code");
    assert!(holds(&world, &made.session.token).await, "other sign-ins go on");
}

#[tokio::test]
async fn the_question_lapses_and_ends_with_the_password() {
    let world = World::with_people().await;
    let signed = world.sign_in(OFFICER).await;
    let (secret, made) = enrolled(&world, &signed).await;
    let late = asked(&world, OFFICER).await;
    world.wait(LIFE);
    assert!(matches!(peek(&world, &late).await, Err(Refusal::NotFound)));
    let lapsed = answer(&world, second_step(&late, &now(&world, &secret))).await;
    assert!(matches!(lapsed, Err(Refusal::NotFound)));
    let open = asked(&world, OFFICER).await;
    assert!(peek(&world, &open).await.is_ok());
    let new = "violet kettle marching upwards";
    let own = &made.session.token;
    account::change_password(&world, &signed.principal, own, demo::PASSWORD, new).await.unwrap();
    assert!(matches!(peek(&world, &open).await, Err(Refusal::NotFound)));
    for never in ["", "x"] {
        assert!(matches!(peek(&world, never).await, Err(Refusal::NotFound)));
    }
}

#[tokio::test]
async fn each_recovery_code_lets_in_once_and_the_owner_is_told() {
    let world = World::with_people().await;
    let signed = world.sign_in(OFFICER).await;
    let (_, made) = enrolled(&world, &signed).await;
    for (count, code) in made.codes.iter().take(2).enumerate() {
        let token = asked(&world, OFFICER).await;
        let entered = answer(&world, second_step(&token, &code.to_uppercase().replace('-', " "))).await.unwrap();
        let token = asked(&world, OFFICER).await;
        let twice = answer(&world, second_step(&token, code)).await;
        assert!(matches!(twice, Err(Refusal::Invalid(_))));
        let state = own(&world, &entered.principal, &entered.session.token).await.unwrap().state;
        assert!(matches!(state, State::Held { codes_left, .. } if codes_left == 9 - i64::try_from(count).unwrap()));
        assert_eq!(mailed(&world, "recovery_used", OFFICER).await, count + 1);
    }
    let fresh = new_codes(&world, &signed.principal, &made.codes[2]).await.unwrap();
    assert_eq!(fresh.len(), COUNT);
    let token = asked(&world, OFFICER).await;
    assert!(answer(&world, second_step(&token, &made.codes[3])).await.is_err(), "the old ones are worth nothing");
    assert!(answer(&world, second_step(&token, &fresh[0])).await.is_ok());
    let strangers = asked(&world, STAFF).await;
    assert!(answer(&world, second_step(&strangers, &fresh[1])).await.is_err(), "nor to anybody else");
}

#[tokio::test]
async fn it_is_removed_against_a_code_where_no_role_asks_for_it() {
    let world = World::with_people().await;
    let signed = world.sign_in(OFFICER).await;
    assert!(matches!(remove(&world, &signed.principal, "000000").await, Err(Refusal::NotFound)));
    let (secret, _) = enrolled(&world, &signed).await;
    let used = now(&world, &secret);
    assert!(matches!(remove(&world, &signed.principal, &used).await, Err(Refusal::Invalid(_))));
    world.wait(code::STEP);
    remove(&world, &signed.principal, &now(&world, &secret)).await.unwrap();
    assert_eq!(mailed(&world, "factor_removed", OFFICER).await, 1);
    world.sign_in(OFFICER).await;
    let staff = world.sign_in(STAFF).await;
    world.wait(code::STEP);
    let refused = remove(&world, &staff.principal, &now(&world, &demo::FACTOR)).await;
    assert!(matches!(refused, Err(Refusal::NotPossible(_))));
}

#[tokio::test]
async fn whoever_must_have_one_has_no_place_until_they_do() {
    let world = World::with_people().await;
    let signed = world.sign_in(OFFICER).await;
    let token = &signed.session.token;
    let there = async |token: &str| session::resolve(&world, token, session::Activity::Person).await.unwrap().unwrap();
    assert!(!there(token).await.must_enrol);
    let admin = world.principal(ADMIN).await;
    let org = admin.memberships[0].org;
    let person = signed.principal.person.as_ref().unwrap().id;
    team::set_role(&world, &admin, org, person, "company_admin").await.unwrap();
    let now = there(token).await;
    assert!(now.must_enrol && now.principal.memberships.is_empty(), "with the next request");
    assert!(own(&world, &now.principal, token).await.unwrap().is_needed);
    let (_, made) = enrolled(&world, &SignedIn { principal: now.principal, ..signed.clone() }).await;
    let then = there(&made.session.token).await;
    assert!(!then.must_enrol && then.principal.allowed_in(org, Action::ManageTeam).is_ok());
}

#[tokio::test]
async fn guesses_are_slowed_and_a_known_browser_is_not() {
    let world = World::with_people().await;
    let known = world.sign_in(STAFF).await.device;
    let (token, own) = (asked(&world, STAFF).await, asked(&world, STAFF).await);
    for _ in 0..5 {
        assert!(matches!(answer(&world, second_step(&token, "000000")).await, Err(Refusal::Invalid(_))));
    }
    assert!(matches!(answer(&world, second_step(&token, "000000")).await, Err(Refusal::TooOften(_))));
    world.wait(code::STEP);
    let right = now(&world, &demo::FACTOR);
    let owner = Answer { device: Some(&known), ..second_step(&own, &right) };
    assert!(answer(&world, owner).await.is_ok());
    assert!(steps(&world).await.iter().any(|step| step == "SignIn: second factor refused"));
}

#[tokio::test]
async fn a_colleague_is_helped_by_their_administrator_alone() {
    let world = World::with_people().await;
    let signed = world.sign_in(OFFICER).await;
    let (_, made) = enrolled(&world, &signed).await;
    let officer = signed.principal.person.as_ref().unwrap().id;
    let (admin, foreign) = (world.principal(ADMIN).await, world.principal("admin@noordkust.example").await);
    let (org, other) = (admin.memberships[0].org, foreign.memberships[0].org);
    for (who, at, whom) in [(&signed.principal, org, officer), (&foreign, org, officer), (&foreign, other, officer)] {
        assert!(matches!(reset(&world, who, at, whom).await, Err(Refusal::NotFound)));
    }
    let myself = admin.person.as_ref().unwrap().id;
    assert!(matches!(reset(&world, &admin, org, myself).await, Err(Refusal::NotPossible(_))));
    let open = asked(&world, OFFICER).await;
    reset(&world, &admin, org, officer).await.unwrap();
    assert!(
        matches!(reset(&world, &admin, org, officer).await, Err(Refusal::NotPossible(_))),
        "there is none any more"
    );
    assert!(!holds(&world, &made.session.token).await);
    assert!(matches!(peek(&world, &open).await, Err(Refusal::NotFound)));
    assert_eq!(mailed(&world, "factor_reset", OFFICER).await, 1);
    assert!(steps(&world).await.contains(&"ManageTeam: second factor reset".to_owned()));
    let team = team::view(&world, &admin, org).await.unwrap();
    assert!(team.members.iter().all(|member| member.has_factor == (member.id == myself)), "{team:?}");
    world.sign_in(OFFICER).await;
}

#[tokio::test]
async fn what_protects_another_organisation_is_not_taken_away() {
    let world = World::with_people().await;
    let admin = world.principal(ADMIN).await;
    let staff = world.principal(STAFF).await.person.unwrap().id;
    let org = admin.memberships[0].org;
    let mut tx = world.db.begin().await.unwrap();
    store::person::join(&mut tx, world.new_id(), staff, org, "company_reader", world.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(reset(&world, &admin, org, staff).await, Err(Refusal::NotPossible(_))));
    assert!(is_held(&mut world.db.reader(), staff).await.unwrap());
}

#[tokio::test]
async fn only_the_demos_own_codes_are_ever_told() {
    let world = World::with_people().await;
    let told = async |email: &str| peek(&world, &asked(&world, email).await).await.unwrap().demo_code;
    assert_eq!(told(STAFF).await, Some(now(&world, &demo::FACTOR)));
    enrolled(&world, &world.sign_in(OFFICER).await).await;
    assert_eq!(told(OFFICER).await, None, "a secret of one's own");
    let unmark = "DELETE FROM setting";
    let mut tx = world.db.begin().await.unwrap();
    tx.run(&store::Sql { name: "test", sqlite: unmark, postgres: unmark }, vec![]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(told(STAFF).await, None, "an installation that is no demo");
}
