//! Which browsers are known, and what their owners are told.

use super::*;
use crate::{
    account::{self, Entered, SignIn, SignedIn},
    demo, session,
    testing::{World, sign_in},
};

const OFFICER: &str = "officer@meridian-reagents.example";
const ADMIN: &str = "admin@meridian-reagents.example";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";

async fn entered(world: &World, email: &str, device: Option<&str>) -> SignedIn {
    let input = SignIn { device, agent: AGENT, ..sign_in(email, demo::PASSWORD) };
    match account::sign_in(world, input).await.unwrap() {
        Entered::SignedIn(signed) => *signed,
        Entered::SecondStep(_) => panic!("a code was asked for"),
    }
}

/// The details of the mails about new browsers.
async fn told(world: &World) -> Vec<String> {
    let mut mails = store::outbox::list(&mut world.db.reader(), "waiting", 100).await.unwrap();
    mails.retain(|mail| mail.template == "new_browser");
    mails.sort_by_key(|mail| mail.id);
    mails.into_iter().map(|mail| format!("{} {}", mail.recipient, mail.detail)).collect()
}

#[tokio::test]
async fn a_new_browser_is_told_of_but_not_the_first() {
    let world = World::with_people().await;
    let first = entered(&world, OFFICER, None).await;
    assert!(told(&world).await.is_empty(), "the very first sign-in is no news");
    let again = entered(&world, OFFICER, Some(&first.device)).await;
    assert_eq!(again.device, first.device, "it keeps its mark");
    assert!(told(&world).await.is_empty());
    for strange in [None, Some(""), Some("never given"), Some("\0")] {
        let other = entered(&world, OFFICER, strange).await;
        assert!(other.device != first.device && Some(other.device.as_str()) != strange, "a mark is never taken over");
    }
    let mails = told(&world).await;
    assert_eq!(mails.len(), 4);
    assert_eq!(mails[0], format!("{OFFICER} 23 November 2026, 15:00 CET, Firefox, Linux"));
    world.wait(LIFE);
    entered(&world, OFFICER, Some(&first.device)).await;
    assert_eq!(told(&world).await.len(), 5, "after half a year it is new again");
}

#[tokio::test]
async fn people_share_a_browser_without_being_taken_for_each_other() {
    let world = World::with_people().await;
    let other = "officer@noordkust.example";
    let mark = entered(&world, OFFICER, None).await.device;
    entered(&world, other, None).await;
    assert_eq!(entered(&world, other, Some(&mark)).await.device, mark);
    assert_eq!(told(&world).await.len(), 1, "new to the second of them");
    entered(&world, OFFICER, Some(&mark)).await;
    entered(&world, other, Some(&mark)).await;
    assert_eq!(told(&world).await.len(), 1);
}

#[tokio::test]
async fn the_second_step_knows_browsers_too() {
    let world = World::with_people().await;
    world.sign_in(ADMIN).await;
    world.sign_in(ADMIN).await;
    assert_eq!(told(&world).await.len(), 1);
}

#[tokio::test]
async fn a_password_by_mail_and_signing_out_everywhere_forget_browsers() {
    let world = World::with_people().await;
    let signed = entered(&world, OFFICER, None).await;
    session::end_everywhere(&world, &signed.principal).await.unwrap();
    let held = session::resolve(&world, &signed.session.token, session::Activity::Person).await.unwrap();
    assert_eq!(held, None);
    let mark = entered(&world, OFFICER, Some(&signed.device)).await.device;
    assert_eq!(told(&world).await.len(), 1);
    account::request_reset(&world, OFFICER, [192, 0, 2, 1].into()).await.unwrap();
    let token = world.token_mailed("reset_password", OFFICER).await;
    account::reset(&world, &token, "violet kettle marching upwards").await.unwrap();
    let id = signed.principal.person.unwrap().id;
    assert!(!is_known(&world, &mut world.db.reader(), &mark, id).await.unwrap());
}

#[test]
fn browsers_are_named_by_what_they_are() {
    for (agent, named) in [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", Some("Firefox, Linux")),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0",
            Some("Edge, Windows"),
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
            Some("Safari, Mac"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
            Some("Safari, iPhone"),
        ),
        ("curl/8.5.0", None),
        ("", None),
    ] {
        assert_eq!(name(agent).as_deref(), named, "{agent}");
    }
}
