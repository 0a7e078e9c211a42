//! Signing in and new passwords, on a real database.

use store::audit as log;

use super::*;
use crate::{
    audit::Verdict,
    demo::PASSWORD,
    testing::{World, sign_in as from},
};

const OFFICER: &str = "officer@meridian-reagents.example";
const NEW: &str = "violet kettle marching upwards";

fn message(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Invalid(problems) => problems.iter().map(|p| format!("{}: {}", p.field, p.message)).collect(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn whoever_asks_gets_one_answer_for_one_hash() {
    let world = World::with_people().await;
    let mut tx = world.db.begin().await.unwrap();
    let closed = person::by_email(&mut tx, "reader@pco-nl.example").await.unwrap().unwrap();
    let disable = "UPDATE person SET disabled_at = 1 WHERE id = $1";
    let disable = store::Sql { name: "test", sqlite: disable, postgres: disable };
    tx.run(&disable, store::args![closed.id]).await.unwrap();
    tx.commit().await.unwrap();

    let mut answers = Vec::new();
    for (email, password) in [
        (OFFICER, "not the right password"),
        ("nobody@meridian-reagents.example", "not the right password"),
        ("nobody@meridian-reagents.example", PASSWORD),
        ("reader@pco-nl.example", PASSWORD),
        ("not an address", PASSWORD),
        ("x@y.example\r\nBcc: z@y.example", PASSWORD),
    ] {
        let before = world.hasher.computed();
        answers.push(message(&sign_in(&world, from(email, password)).await.unwrap_err()));
        assert_eq!(world.hasher.computed() - before, 1, "{email}");
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    let before = world.hasher.computed();
    sign_in(&world, from(OFFICER, PASSWORD)).await.unwrap();
    assert_eq!(world.hasher.computed() - before, 1, "a right password costs the same");
}

#[tokio::test]
async fn an_endless_password_is_refused_unhashed_with_the_same_answer() {
    let world = World::with_people().await;
    let wrong = message(&sign_in(&world, from(OFFICER, "not the right password")).await.unwrap_err());
    let before = world.hasher.computed();
    for password in [String::new(), "x".repeat(password::MAX_BYTES + 1), "x".repeat(1_000_000)] {
        assert_eq!(message(&sign_in(&world, from(OFFICER, &password)).await.unwrap_err()), wrong);
    }
    assert_eq!(world.hasher.computed(), before);
}

#[tokio::test]
async fn the_address_is_read_in_any_case_and_the_password_in_any_composition() {
    let world = World::with_people().await;
    assert!(sign_in(&world, from(" Officer@Meridian-Reagents.EXAMPLE ", PASSWORD)).await.is_ok());
    let signed = world.sign_in(OFFICER).await;
    let composed = "Köln am Rhein und Straßenbahn";
    let decomposed = "Ko\u{308}ln am Rhein und Straßenbahn";
    let token = &signed.session.token;
    change_password(&world, &signed.principal, token, PASSWORD, composed).await.unwrap();
    assert!(sign_in(&world, from(OFFICER, decomposed)).await.is_ok());
}

#[tokio::test]
async fn guessing_is_slowed_and_the_owner_gets_in() {
    let world = World::with_people().await;
    let known = world.sign_in(OFFICER).await;
    for _ in 0..5 {
        assert!(matches!(sign_in(&world, from(OFFICER, "a wrong password")).await, Err(Refusal::Invalid(_))));
    }
    let before = world.hasher.computed();
    let Err(Refusal::TooOften(wait)) = sign_in(&world, from(OFFICER, PASSWORD)).await else {
        panic!("the sixth attempt passed")
    };
    assert_eq!(world.hasher.computed(), before, "nothing is judged before the wait is over");
    // The owner's own browser is known and does not wait.
    let own = SignIn { device: Some(&known.device), ..from(OFFICER, PASSWORD) };
    assert!(sign_in(&world, own).await.is_ok());
    // Nor does a sign-in end that they already have.
    let held = session::resolve(&world, &known.session.token, session::Activity::Person).await.unwrap();
    assert!(held.is_some());
    // From anywhere else the right password works after the wait, however much was tried meanwhile.
    for _ in 0..50 {
        assert!(matches!(sign_in(&world, from(OFFICER, "a wrong password")).await, Err(Refusal::TooOften(_))));
    }
    world.wait(i64::try_from(wait).unwrap() * Timestamp::SECOND);
    assert!(sign_in(&world, from(OFFICER, PASSWORD)).await.is_ok());
    assert!(sign_in(&world, from(OFFICER, PASSWORD)).await.is_ok(), "a good sign-in empties the bucket");
}

#[tokio::test]
async fn an_unknown_account_is_throttled_like_a_known_one() {
    let world = World::with_people().await;
    let mut outcomes = Vec::new();
    for email in [OFFICER, "nobody@meridian-reagents.example"] {
        let mut outcome = Vec::new();
        for _ in 0..7 {
            outcome.push(message(&sign_in(&world, from(email, "a wrong password")).await.unwrap_err()));
        }
        outcomes.push(outcome);
    }
    assert_eq!(outcomes[0], outcomes[1]);
    assert!(outcomes[0][6].contains("TooOften"), "{:?}", outcomes[0]);
}

#[tokio::test]
async fn many_accounts_from_one_address_are_slowed() {
    let world = World::with_people().await;
    let mut refused = 0;
    for n in 0..40 {
        let email = format!("somebody{n}@x.example");
        let outcome = sign_in(&world, from(&email, "a wrong password")).await;
        refused += usize::from(matches!(outcome, Err(Refusal::TooOften(_))));
    }
    assert_eq!(refused, 10);
    let elsewhere = SignIn { address: [198, 51, 100, 9].into(), ..from(OFFICER, PASSWORD) };
    assert!(sign_in(&world, elsewhere).await.is_ok());
}

#[tokio::test]
async fn guesses_at_the_same_moment_are_counted_one_by_one() {
    let world = World::with_people().await;
    let guesses = (0..40).map(|_| sign_in(&world, from(OFFICER, "a wrong password")));
    let outcomes = futures::future::join_all(guesses).await;
    let judged = outcomes.iter().filter(|outcome| matches!(outcome, Err(Refusal::Invalid(_)))).count();
    assert_eq!(judged, 5);
}

#[tokio::test]
async fn an_old_hash_is_renewed_at_sign_in() {
    use argon2::{Argon2, Params, PasswordHasher as _};
    let world = World::with_people().await;
    let weak = Argon2::from(Params::new(8192, 1, 1, None).unwrap());
    let peppered = secret::keyed(&world.config.pepper, "password", &[PASSWORD.as_bytes()]);
    let old = weak.hash_password(&peppered).unwrap().to_string();
    let id = world.principal(OFFICER).await.person.unwrap().id;
    let mut tx = world.db.begin().await.unwrap();
    person::set_password(&mut tx, id, &old).await.unwrap();
    tx.commit().await.unwrap();
    assert!(sign_in(&world, from(OFFICER, PASSWORD)).await.is_ok());
    let row = person::by_id(&mut world.db.reader(), id).await.unwrap().unwrap();
    let new = row.password_hash.unwrap();
    assert!(new.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{new}");
    assert!(sign_in(&world, from(OFFICER, PASSWORD)).await.is_ok());
}

#[tokio::test]
async fn asking_for_a_new_password_does_not_tell_who_has_an_account() {
    let world = World::with_people().await;
    let from = [192, 0, 2, 1].into();
    assert!(request_reset(&world, "nobody@x.example", from).await.is_ok());
    assert!(world.mails().await.is_empty());
    assert!(request_reset(&world, OFFICER, from).await.is_ok());
    let mails = world.mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].0.as_str(), mails[0].1.as_str()), ("reset_password", OFFICER));
    assert!(mails[0].2.starts_with("https://forerunner.example/en/link/"));
    for email in [OFFICER, "nobody@x.example"] {
        let more = [request_reset(&world, email, from).await, request_reset(&world, email, from).await];
        assert!(more.iter().all(Result::is_ok));
        assert!(matches!(request_reset(&world, email, from).await, Err(Refusal::TooOften(_))), "{email}");
    }
}

#[tokio::test]
async fn a_link_sets_one_password_and_ends_every_sign_in() {
    let world = World::with_people().await;
    let held = world.sign_in(OFFICER).await;
    request_reset(&world, OFFICER, [192, 0, 2, 1].into()).await.unwrap();
    let token = world.token_mailed("reset_password", OFFICER).await;
    for _ in 0..3 {
        assert_eq!(peek_reset(&world, &token).await.unwrap(), OFFICER, "looking uses nothing up");
    }
    assert!(matches!(reset(&world, &token, "short").await, Err(Refusal::Invalid(_))));
    reset(&world, &token, NEW).await.unwrap();
    assert!(matches!(reset(&world, &token, NEW).await, Err(Refusal::NotFound)));
    assert!(matches!(peek_reset(&world, &token).await, Err(Refusal::NotFound)));
    assert_eq!(session::resolve(&world, &held.session.token, session::Activity::Person).await.unwrap(), None);
    assert!(sign_in(&world, from(OFFICER, PASSWORD)).await.is_err());
    assert!(sign_in(&world, from(OFFICER, NEW)).await.is_ok());
    assert!(world.mails().await.iter().any(|(name, to, _)| name == "password_changed" && to == OFFICER));
}

#[tokio::test]
async fn using_one_link_closes_the_others_and_time_closes_all() {
    let world = World::with_people().await;
    request_reset(&world, OFFICER, [192, 0, 2, 1].into()).await.unwrap();
    let first = world.token_mailed("reset_password", OFFICER).await;
    world.wait(Timestamp::MINUTE);
    request_reset(&world, OFFICER, [192, 0, 2, 1].into()).await.unwrap();
    let second = world.token_mailed("reset_password", OFFICER).await;
    assert_ne!(first, second);
    reset(&world, &second, NEW).await.unwrap();
    assert!(matches!(reset(&world, &first, NEW).await, Err(Refusal::NotFound)));
    world.wait(Timestamp::HOUR);
    request_reset(&world, OFFICER, [192, 0, 2, 1].into()).await.unwrap();
    let third = world.token_mailed("reset_password", OFFICER).await;
    world.wait(RESET_LIFE);
    assert!(matches!(reset(&world, &third, NEW).await, Err(Refusal::NotFound)));
    for guess in ["", "x", "0000000000000000000000000000000000000000000"] {
        assert!(matches!(reset(&world, guess, NEW).await, Err(Refusal::NotFound)));
    }
}

#[tokio::test]
async fn two_who_use_a_link_at_once_are_one() {
    let world = World::with_people().await;
    request_reset(&world, OFFICER, [192, 0, 2, 1].into()).await.unwrap();
    let token = world.token_mailed("reset_password", OFFICER).await;
    let (one, two) = tokio::join!(reset(&world, &token, NEW), reset(&world, &token, "orange violin under snow"));
    assert_ne!(one.is_ok(), two.is_ok());
}

/// All that somebody reads who gets hold of the database.
async fn everything_stored(world: &World) -> Vec<u8> {
    if matches!(world.db, store::Db::Sqlite { .. }) {
        world.db.close().await;
        return std::fs::read(world.config.data_dir.join("test.db")).unwrap();
    }
    let mut bytes = Vec::new();
    for table in ["audit", "audit_opening", "one_time_token", "outbox", "person", "session", "setting", "throttle"] {
        let text: &'static str = format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t").leak();
        let sql = store::Sql { name: "test", sqlite: text, postgres: text };
        let row: Option<(String,)> = store::Read::one(&mut world.db.reader(), &sql, vec![]).await.unwrap();
        bytes.extend(row.unwrap().0.into_bytes());
    }
    bytes
}

#[tokio::test]
async fn the_database_holds_no_token() {
    let world = World::with_people().await;
    request_reset(&world, OFFICER, [192, 0, 2, 1].into()).await.unwrap();
    let reset_token = world.token_mailed("reset_password", OFFICER).await;
    let signed = world.sign_in(OFFICER).await;
    let bytes = everything_stored(&world).await;
    for token in [&reset_token, &signed.session.token, &signed.device] {
        assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()));
    }
    assert!(bytes.windows(OFFICER.len()).any(|window| window == OFFICER.as_bytes()), "the file was read");
}

#[tokio::test]
async fn changing_the_password_keeps_only_this_sign_in_under_a_new_token() {
    let world = World::with_people().await;
    let here = world.sign_in(OFFICER).await;
    let there = world.sign_in(OFFICER).await;
    let token = &here.session.token;
    let wrong = change_password(&world, &here.principal, token, "not my password", NEW).await.unwrap_err();
    assert!(message(&wrong).starts_with("current_password:"));
    let weak = change_password(&world, &here.principal, token, PASSWORD, "Meridian Reagents").await.unwrap_err();
    assert!(message(&weak).starts_with("password:"), "{}", message(&weak));
    let renewed = change_password(&world, &here.principal, token, PASSWORD, NEW).await.unwrap();
    let holds =
        async |token: &str| session::resolve(&world, token, session::Activity::Background).await.unwrap().is_some();
    assert!(holds(&renewed.token).await);
    assert!(!holds(token).await && !holds(&there.session.token).await);
}

#[tokio::test]
async fn a_profile_is_checked_field_by_field() {
    let world = World::with_people().await;
    let principal = world.principal(OFFICER).await;
    for (field, typed, fits) in [
        ("name", "Tomás Herrera García", true),
        ("name", "", false),
        ("name", "   ", false),
        ("name", "\u{202e}\u{200b}", false),
        ("name", "<script>alert(1)</script>", true),
        ("phone", "", true),
        ("phone", "+31 10 555 0103", true),
        ("phone", "call me", false),
    ] {
        let mut fields = Answers::new();
        fields.set_one("name", "Tomás Herrera");
        fields.set_one(field, typed);
        let outcome = set_profile(&world, &principal, &fields).await;
        assert_eq!(outcome.is_ok(), fits, "{field} {typed:?}");
    }
    let mut fields = Answers::new();
    fields.set_one("name", "x".repeat(1_000_000));
    assert!(matches!(set_profile(&world, &principal, &fields).await, Err(Refusal::Invalid(_))));
    assert!(set_theme(&world, &principal, "neon").await.is_err());
    set_theme(&world, &principal, "dark").await.unwrap();
    assert_eq!(profile(&world, &principal).await.unwrap().theme, "dark");
    assert!(matches!(profile(&world, &Principal::default()).await, Err(Refusal::NotSignedIn)));
}

#[tokio::test]
async fn every_act_leaves_its_row_and_no_secret() {
    let world = World::with_people().await;
    let signed = world.sign_in(OFFICER).await;
    let _ = sign_in(&world, from(OFFICER, "a wrong password")).await;
    let _ = sign_in(&world, from("nobody@x.example", "a wrong password")).await;
    request_reset(&world, OFFICER, [192, 0, 2, 1].into()).await.unwrap();
    set_theme(&world, &signed.principal, "light").await.unwrap();
    let id = signed.principal.person.as_ref().unwrap().id;
    session::end(&world, &signed.session.token).await.unwrap();
    let rows = log::page(&mut world.db.reader(), 0, 100).await.unwrap();
    let steps: Vec<_> = rows.iter().map(|row| (row.action.as_str(), row.object_id.as_str())).collect();
    let id = id.to_string();
    assert_eq!(
        steps,
        [
            ("ManageSystem: demo data made", ""),
            ("SignIn: signed in", &*id),
            ("SignIn: sign-in refused", &*id),
            ("SignIn: sign-in refused", ""),
            ("SignIn: new password asked for", &*id),
            ("ManageSelf: profile changed", &*id),
            ("SignIn: signed out", &*id),
        ]
    );
    assert_eq!(audit::verify(&mut world.db.reader()).await.unwrap(), Verdict::Whole(7));
}
