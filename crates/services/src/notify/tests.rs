//! Choices hold, digests come once, one press unsubscribes, and addresses that are gone are noticed.

use domain::{
    answers::Answers,
    lang::Lang,
    notify::{Channel, Topic},
    time::Timestamp,
};
use tokio::sync::watch;
use uuid::Uuid;

use super::*;
use crate::{
    mail::{
        Post,
        sink::{Mood, Sink},
    },
    outbox,
    testing::World,
    worker,
};

const OFFICER: &str = "officer@meridian-reagents.example";

fn fields(pairs: &[(&str, &str)]) -> Answers {
    let mut fields = Answers::new();
    pairs.iter().for_each(|(name, value)| fields.set_one(name, *value));
    fields
}

async fn company(world: &World) -> String {
    world.principal(OFFICER).await.memberships[0].handle.clone()
}

async fn queue(world: &World, template: Template, to: &str) {
    let path = format!("/en/c/{}/reports/FR-1", company(world).await);
    let mut tx = world.db.begin().await.unwrap();
    outbox::queue(world, &mut tx, template, to, Lang::En, &path, "").await.unwrap();
    tx.commit().await.unwrap();
}

async fn send(world: &World, sink: &Sink) -> worker::Round {
    let settings = crate::mail::Settings {
        url: Some(sink.url()),
        password: None,
        ca_file: None,
        from: "Forerunner <no-reply@forerunner.example>".into(),
        folder: std::env::temp_dir(),
    };
    let (_open, stop) = watch::channel(false);
    worker::run_once(world, &Post::new(&settings).unwrap(), &stop).await.unwrap()
}

#[tokio::test]
async fn every_piece_of_news_has_a_topic_and_letters_have_none() {
    let news = Template::ALL.iter().filter(|template| template.topic().is_some()).count();
    assert!(news > 40 && news < Template::ALL.len());
    assert_eq!(Template::QuestionAsked.topic().map(Topic::is_fixed), Some(true));
    let world = World::with_people().await;
    let mut tx = world.db.begin().await.unwrap();
    assert!(tell(&world, &mut tx, &[], Template::Invitation, "/c/x").await.is_err(), "a letter is no news");
}

#[tokio::test]
async fn a_choice_holds_for_mails_that_there_were_before() {
    let world = World::with_people().await;
    let who = world.principal(OFFICER).await;
    queue(&world, Template::Outcome, OFFICER).await;
    choose(&world, &who, &fields(&[("outcomes", "portal"), ("questions", "portal"), ("hour", "9")])).await.unwrap();
    queue(&world, Template::Outcome, OFFICER).await;
    queue(&world, Template::QuestionAsked, OFFICER).await;
    let mut sent: Vec<_> = world.mails().await.into_iter().map(|(template, ..)| template).collect();
    sent.sort();
    assert_eq!(sent, ["outcome", "question_asked"], "what has a clock cannot be switched off");
    let inbox = page(&world, &who, Lang::En, None, true, "").await.unwrap();
    assert_eq!(inbox.lines.len(), 3);
    assert_eq!(inbox.unseen, [(Topic::Questions, 1), (Topic::Outcomes, 2)]);
    assert_eq!(inbox.lines[0].org.as_deref(), Some(who.memberships[0].org_name.as_str()));
    let question = inbox.lines.iter().find(|line| line.topic == Topic::Questions).unwrap().id;
    let path = open(&world, &who, question).await.unwrap();
    assert!(path.starts_with("/c/") && path.ends_with("/reports/FR-1"), "{path}");
    let other = world.principal("admin@pco-nl.example").await;
    assert!(matches!(open(&world, &other, question).await, Err(crate::Refusal::NotFound)));
    assert!(matches!(mark_unread(&world, &other, question, true).await, Err(crate::Refusal::NotFound)));
    mark_all(&world, &who, Some(Topic::Outcomes)).await.unwrap();
    assert!(unseen(&world, &who).await.unwrap().is_empty());
    mark_unread(&world, &who, question, true).await.unwrap();
    seen_at(&world, &who, &path).await.unwrap();
    assert!(unseen(&world, &who).await.unwrap().is_empty(), "opening the page is reading the line");
    for bad in [("hour", "24"), ("hour", "x"), ("weekday", "0")] {
        assert!(matches!(choose(&world, &who, &fields(&[bad])).await, Err(crate::Refusal::Invalid(_))), "{bad:?}");
    }
}

#[tokio::test]
async fn a_digest_arrives_once_with_its_headers() {
    let (world, sink) = (World::with_people().await, Sink::start(Mood::Kind).await);
    let who = world.principal(OFFICER).await;
    choose(&world, &who, &fields(&[("outcomes", "daily"), ("messages", "daily")])).await.unwrap();
    for template in [Template::Outcome, Template::Outcome, Template::MessageWaiting] {
        queue(&world, template, OFFICER).await;
    }
    assert!(world.mails().await.is_empty());
    assert_eq!(digest::work(&world).await.unwrap(), 0, "planned for tomorrow at seven");
    world.wait(15 * Timestamp::HOUR);
    assert_eq!(digest::work(&world).await.unwrap(), 0);
    world.wait(2 * Timestamp::HOUR);
    assert_eq!(digest::work(&world).await.unwrap(), 1);
    assert_eq!(digest::work(&world).await.unwrap(), 0);
    queue(&world, Template::Outcome, OFFICER).await;
    world.wait(Timestamp::HOUR);
    assert_eq!(digest::work(&world).await.unwrap(), 0, "not twice on one day");
    assert_eq!(send(&world, &sink).await.sent, 1);
    let caught = &sink.caught()[0];
    assert!(caught.header("list-unsubscribe").starts_with("<https://forerunner.example/en/unsubscribe/"), "{caught:?}");
    assert_eq!(caught.header("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
    assert_eq!(caught.to, [format!("RCPT TO:<{OFFICER}>")]);
    world.wait(Timestamp::DAY);
    assert_eq!(digest::work(&world).await.unwrap(), 1, "the next day there is another");
}

#[tokio::test]
async fn what_was_read_meanwhile_needs_no_digest() {
    let world = World::with_people().await;
    let who = world.principal(OFFICER).await;
    choose(&world, &who, &fields(&[("outcomes", "weekly")])).await.unwrap();
    queue(&world, Template::Outcome, OFFICER).await;
    digest::work(&world).await.unwrap();
    mark_all(&world, &who, None).await.unwrap();
    world.wait(8 * Timestamp::DAY);
    assert_eq!(digest::work(&world).await.unwrap(), 0);
    assert!(world.mails().await.is_empty());
}

#[tokio::test]
async fn one_press_unsubscribes_and_one_subscribes_again() {
    let world = World::with_people().await;
    let who = world.principal(OFFICER).await;
    let id = who.person.as_ref().unwrap().id;
    let token = stop::token(&world, id, stop::What::Topic(Topic::Outcomes));
    assert_eq!(stop::look(&world, &token).await.unwrap(), (stop::What::Topic(Topic::Outcomes), false));
    for _ in 0..2 {
        stop::stop(&world, &token).await.unwrap();
    }
    queue(&world, Template::Outcome, OFFICER).await;
    assert!(world.mails().await.is_empty());
    assert!(stop::look(&world, &token).await.unwrap().1);
    stop::again(&world, &token).await.unwrap();
    queue(&world, Template::Outcome, OFFICER).await;
    assert_eq!(world.mails().await.len(), 1);
    // A digest stops with all that comes in it.
    choose(&world, &who, &fields(&[("outcomes", "weekly"), ("messages", "weekly"), ("advice", "daily")]))
        .await
        .unwrap();
    let weekly = stop::token(&world, id, stop::What::Digest(Channel::Weekly));
    stop::stop(&world, &weekly).await.unwrap();
    let settings = settings(&world, &who).await.unwrap();
    let channel = |topic| settings.topics.iter().find(|chosen| chosen.topic == topic).unwrap().channel;
    assert_eq!(
        [channel(Topic::Outcomes), channel(Topic::Messages), channel(Topic::Advice)],
        [Channel::Portal, Channel::Portal, Channel::Daily]
    );
}

#[tokio::test]
async fn a_token_hides_whose_it_is_and_cannot_be_made_up() {
    let world = World::with_people().await;
    let id = world.principal(OFFICER).await.person.unwrap().id;
    let one = stop::token(&world, id, stop::What::Topic(Topic::Outcomes));
    let other = stop::token(&world, id, stop::What::Topic(Topic::Messages));
    assert_eq!(one.len(), other.len());
    assert!(one.chars().zip(other.chars()).filter(|(one, other)| one == other).count() < 16, "{one} {other}");
    for n in 0..one.len() {
        let mut forged = one.clone().into_bytes();
        forged[n] = if forged[n] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(forged).unwrap();
        assert!(stop::look(&world, &forged).await.is_err(), "{forged}");
    }
    for bad in ["", "x", "é", &"A".repeat(64), &"A".repeat(10_000)] {
        assert!(matches!(stop::stop(&world, bad).await, Err(crate::Refusal::NotFound)), "{bad}");
    }
}

#[tokio::test]
async fn an_address_that_is_gone_gets_no_more_news() {
    let (world, sink) = (World::with_people().await, Sink::start(Mood::Refusing).await);
    for _ in 0..3 {
        queue(&world, Template::Outcome, OFFICER).await;
    }
    assert_eq!(send(&world, &sink).await.dead, 3);
    queue(&world, Template::Outcome, OFFICER).await;
    assert!(world.mails().await.is_empty(), "it stands in the inbox");
    queue(&world, Template::QuestionAsked, OFFICER).await;
    assert_eq!(world.mails().await.len(), 1, "what has a clock is tried");
    let signed = world.sign_in(OFFICER).await;
    let found = crate::session::resolve(&world, &signed.session.token, crate::session::Activity::Person).await.unwrap();
    assert!(found.unwrap().unreachable);
    let who = world.principal(OFFICER).await;
    crate::address::ask_again(&world, &who).await.unwrap();
    let token = world.token_mailed("confirm_address", OFFICER).await;
    crate::address::confirm(&world, &token).await.unwrap();
    queue(&world, Template::Outcome, OFFICER).await;
    assert_eq!(world.mails().await.iter().filter(|(template, ..)| template == "outcome").count(), 1);
}

fn notice(mail: Uuid, action: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; report-type=delivery-status; \
         boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; \
         somebody@else.example\r\nAction: {action}\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: \
         text/rfc822-headers\r\n\r\nMessage-ID: <{mail}@forerunner.example>\r\n\r\n--b--\r\n"
    )
}

#[tokio::test]
async fn notices_are_about_the_mail_that_they_name() {
    let (world, sink) = (World::with_people().await, Sink::start(Mood::Kind).await);
    queue(&world, Template::Outcome, OFFICER).await;
    send(&world, &sink).await;
    let mail = store::outbox::list(&mut world.db.reader(), "sent", 9).await.unwrap().remove(0);
    let take = async |text: String| bounce::returned(&world, text.as_bytes()).await.unwrap();
    assert_eq!(take(notice(mail.id, "delayed")).await, bounce::Returned::Harmless);
    assert_eq!(take(notice(Uuid::from_u128(7), "failed")).await, bounce::Returned::Foreign);
    assert_eq!(bounce::returned(&world, b"\xff\xfe").await.unwrap(), bounce::Returned::Foreign);
    assert_eq!(take(notice(mail.id, "failed")).await, bounce::Returned::Noted);
    assert_eq!(take(notice(mail.id, "failed")).await, bounce::Returned::Noted);
    let mut reader = world.db.reader();
    assert_eq!(
        store::notify::bounce::count(&mut reader, OFFICER, Timestamp(0)).await.unwrap(),
        1,
        "once for each mail"
    );
    assert_eq!(store::notify::bounce::count(&mut reader, "somebody@else.example", Timestamp(0)).await.unwrap(), 0);
}
