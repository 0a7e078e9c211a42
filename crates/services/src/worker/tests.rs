//! Patience and its end, against a real SMTP server on loopback with a clock that the test moves.

use domain::lang::Lang;
use uuid::Uuid;

use super::*;
use crate::{
    mail::{
        Settings,
        sink::{Mood, Sink},
    },
    outbox::{self, Template},
    testing::World,
};

const DANA: &str = "dana@rijnchem.example";

fn post(sink: &Sink) -> Post {
    let settings = Settings {
        url: Some(sink.url()),
        password: None,
        ca_file: None,
        from: "Forerunner <no-reply@forerunner.example>".into(),
        folder: std::env::temp_dir(),
    };
    Post::new(&settings).unwrap().with_patience(Duration::from_millis(400))
}

async fn queue(world: &World, recipient: &str) {
    let mut tx = world.db.begin().await.unwrap();
    outbox::queue(world, &mut tx, Template::MessageWaiting, recipient, Lang::En, "/en/x", "").await.unwrap();
    tx.commit().await.unwrap();
}

async fn round(world: &World, post: &Post) -> Round {
    let (_open, stop) = watch::channel(false);
    run_once(world, post, &stop).await.unwrap()
}

const fn sent(n: usize) -> Round {
    Round { sent: n, postponed: 0, dead: 0 }
}

const POSTPONED: Round = Round { sent: 0, postponed: 1, dead: 0 };

async fn dead(world: &World) -> Vec<Mail> {
    rows::list(&mut world.db.reader(), "dead", 10).await.unwrap()
}

async fn waiting(world: &World) -> Vec<Mail> {
    rows::list(&mut world.db.reader(), "waiting", 10).await.unwrap()
}

#[tokio::test]
async fn due_mails_leave_once() {
    let (world, sink) = (World::empty().await, Sink::start(Mood::Kind).await);
    for n in 0..20 {
        queue(&world, &format!("p{n}@rijnchem.example")).await;
    }
    assert_eq!(round(&world, &post(&sink)).await, sent(20));
    assert_eq!(round(&world, &post(&sink)).await, sent(0));
    let mut to: Vec<_> = sink.caught().into_iter().map(|caught| caught.to.join(",")).collect();
    to.sort();
    to.dedup();
    assert_eq!(to.len(), 20);
    assert_eq!(rows::count(&mut world.db.reader(), "sent").await.unwrap(), 20);
}

#[tokio::test]
async fn a_refusal_for_good_ends_it_and_the_queue_goes_on() {
    let (world, sink) = (World::empty().await, Sink::start(Mood::Refusing).await);
    queue(&world, DANA).await;
    assert_eq!(round(&world, &post(&sink)).await, Round { sent: 0, postponed: 0, dead: 1 });
    let given_up = dead(&world).await;
    assert!(given_up[0].last_error.contains("nobody here of that name"), "{}", given_up[0].last_error);
    sink.set(Mood::Kind);
    queue(&world, DANA).await;
    queue(&world, "not an address").await;
    queue(&world, "other@rijnchem.example").await;
    assert_eq!(round(&world, &post(&sink)).await, Round { sent: 2, postponed: 0, dead: 1 });
}

#[tokio::test]
async fn trouble_is_met_with_growing_patience() {
    let (world, sink) = (World::empty().await, Sink::start(Mood::Busy).await);
    queue(&world, DANA).await;
    let post = post(&sink);
    for expected in DISTANCES.iter().chain(&[Timestamp::HOUR, Timestamp::HOUR]) {
        assert_eq!(round(&world, &post).await, POSTPONED);
        let mail = &waiting(&world).await[0];
        let distance = mail.next_at - world.now().0;
        assert!((expected * 8 / 10..=expected * 12 / 10).contains(&distance), "{distance} for {expected}");
        assert!(mail.last_error.contains("come back later"), "{}", mail.last_error);
        world.wait(distance - 1);
        assert_eq!(round(&world, &post).await, Round::default(), "not before its time");
        world.wait(1);
    }
    sink.set(Mood::Kind);
    assert_eq!(round(&world, &post).await, sent(1));
}

#[tokio::test]
async fn after_five_days_it_is_given_up_and_can_be_revived() {
    let world = World::with_people().await;
    let sink = Sink::start(Mood::DyingAtConnect).await;
    queue(&world, DANA).await;
    let (post, begin) = (post(&sink), world.now());
    let mut tries = 0;
    while dead(&world).await.is_empty() {
        round(&world, &post).await;
        tries += 1;
        world.wait(72 * Timestamp::MINUTE);
    }
    let tried = world.now().since(begin);
    assert!((110 * Timestamp::HOUR..=122 * Timestamp::HOUR).contains(&tried), "{tried}");
    assert!(tries > 90, "{tries}");
    let admin = world.principal("system@forerunner.example").await;
    let seen = outbox::overview(&world, &admin).await.unwrap();
    assert_eq!((seen.waiting, seen.dead.len(), seen.dead[0].recipient.as_str()), (0, 1, DANA));
    outbox::revive(&world, &admin, seen.dead[0].id).await.unwrap();
    assert!(matches!(outbox::revive(&world, &admin, seen.dead[0].id).await, Err(crate::Refusal::Stale)));
    assert_eq!(round(&world, &post).await, POSTPONED, "a new series");
    sink.set(Mood::Kind);
    world.wait(13 * Timestamp::SECOND);
    assert_eq!(round(&world, &post).await, sent(1));
    for email in ["admin@pco-nl.example", "admin@meridian-reagents.example"] {
        let other = world.principal(email).await;
        assert!(matches!(outbox::overview(&world, &other).await, Err(crate::Refusal::NotFound)));
        assert!(matches!(outbox::revive(&world, &other, Uuid::nil()).await, Err(crate::Refusal::NotFound)));
    }
}

#[tokio::test]
async fn a_server_that_dies_after_the_mail_gets_it_again_under_the_same_name() {
    let (world, sink) = (World::empty().await, Sink::start(Mood::DyingAfterData).await);
    queue(&world, DANA).await;
    assert_eq!(round(&world, &post(&sink)).await, POSTPONED);
    sink.set(Mood::Kind);
    world.wait(12 * Timestamp::SECOND);
    assert_eq!(round(&world, &post(&sink)).await, sent(1));
    let caught = sink.caught();
    assert_eq!(caught.len(), 2);
    assert_eq!(caught[0].header("message-id"), caught[1].header("message-id"));
    assert!(caught[0].header("message-id").ends_with("@forerunner.example>"));
}

#[tokio::test]
async fn a_silent_server_a_missing_one_and_a_wrong_sign_in_are_waited_for() {
    let world = World::empty().await;
    let sink = Sink::start(Mood::Silent).await;
    queue(&world, DANA).await;
    assert_eq!(round(&world, &post(&sink)).await, POSTPONED);
    assert!(waiting(&world).await[0].last_error.contains("no answer"));
    sink.set(Mood::Unauthorised);
    world.wait(12 * Timestamp::SECOND);
    assert_eq!(
        round(&world, &post(&sink)).await,
        POSTPONED,
        "the server wants another sign-in: nothing wrong with the mail"
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut gone = sink.clone();
    gone.port = listener.local_addr().unwrap().port();
    drop(listener);
    world.wait(40 * Timestamp::SECOND);
    assert_eq!(round(&world, &post(&gone)).await, POSTPONED);
}

#[tokio::test]
async fn slow_mails_do_not_hold_up_the_others() {
    let (world, sink) = (World::empty().await, Sink::start(Mood::Silent).await);
    for n in 0..AT_ONCE {
        queue(&world, &format!("p{n}@rijnchem.example")).await;
    }
    assert_eq!(round(&world, &post(&sink)).await.postponed, AT_ONCE);
    assert_eq!(sink.most_at_once(), AT_ONCE, "not one after the other");
}

#[tokio::test]
async fn a_claim_keeps_other_workers_away_until_it_lapses() {
    let (world, sink) = (World::empty().await, Sink::start(Mood::Kind).await);
    queue(&world, DANA).await;
    let mut tx = world.db.begin().await.unwrap();
    let now = world.now();
    assert!(rows::claim(&mut tx, now, now.plus(CLAIM)).await.unwrap().is_some());
    tx.commit().await.unwrap();
    assert_eq!(round(&world, &post(&sink)).await, Round::default(), "another worker has it");
    world.wait(CLAIM + 1);
    assert_eq!(round(&world, &post(&sink)).await, sent(1), "and died with it");
}

#[tokio::test]
async fn the_worker_wakes_when_a_mail_is_queued_and_stops_when_told() {
    let (world, sink) = (World::empty().await, Sink::start(Mood::Kind).await);
    let (tell, stop) = watch::channel(false);
    let worker = tokio::spawn(run(world.ctx.clone(), post(&sink), stop));
    queue(&world, DANA).await;
    while sink.caught().is_empty() {
        tokio::task::yield_now().await;
    }
    tell.send(true).unwrap();
    worker.await.unwrap();
    queue(&world, DANA).await;
    assert_eq!(waiting(&world).await.len(), 1, "nobody works any more");
    assert!(world.mail_route.get().unwrap().0.starts_with("mail server 127.0.0.1:"));
}

#[tokio::test]
async fn a_worker_told_to_stop_leaves_the_rest() {
    let (world, sink) = (World::empty().await, Sink::start(Mood::Kind).await);
    queue(&world, DANA).await;
    let (_tell, stop) = watch::channel(true);
    assert_eq!(run_once(&world, &post(&sink), &stop).await.unwrap(), Round::default());
    assert!(sink.commands().is_empty());
}

#[tokio::test]
async fn what_has_lapsed_is_removed_and_nothing_else() {
    let world = World::with_people().await;
    let sink = Sink::start(Mood::Kind).await;
    world.sign_in("officer@meridian-reagents.example").await;
    crate::account::request_reset(&world, "officer@meridian-reagents.example", [192, 0, 2, 1].into()).await.unwrap();
    crate::stash::keep(&world, None, "f", &domain::answers::Answers::new(), &[]).await.unwrap();
    let form = crate::register::tests::form();
    let nobody = domain::access::Principal::default();
    crate::register::apply(&world, &nobody, Lang::En, &form, [192, 0, 2, 7].into()).await.unwrap();
    round(&world, &post(&sink)).await;
    let count = async |table: &str| {
        let text: &'static str = format!("SELECT count(*) FROM {table}").leak();
        let sql = store::Sql { name: "count", sqlite: text, postgres: text };
        store::Read::number(&mut world.db.reader(), &sql, vec![]).await.unwrap().unwrap()
    };
    let people = count("person").await;
    let orgs = count("org").await;
    assert_eq!(sweep(&world).await.unwrap(), 0, "nothing has lapsed yet");
    world.wait(40 * Timestamp::DAY);
    sweep(&world).await.unwrap();
    for table in ["session", "one_time_token", "throttle", "form_stash", "outbox"] {
        assert_eq!(count(table).await, 0, "{table}");
    }
    assert_eq!((count("person").await, count("org").await), (people - 1, orgs - 1), "the application nobody confirmed");
    assert!(count("audit").await > 0);
}
