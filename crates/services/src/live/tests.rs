//! What is told to whom, and when it ends.

use domain::live::{Doing, GONE};

use super::*;
use crate::{
    desk,
    report::tests::{Somebody, officer, order, reporter, sent, somebody},
    session,
    testing::World,
    thread,
};

/// Somebody at the desk with a sign-in.
async fn signed_in(world: &World, email: &str) -> (Somebody, String) {
    let token = world.sign_in(email).await.session.token;
    (somebody(world, email).await, token)
}

fn told(changes: &[Change]) -> Vec<&What> {
    changes.iter().map(|change| &change.what).collect()
}

/// The task that tells, with the means to stop it.
fn running(world: &World) -> (watch::Sender<bool>, tokio::task::JoinHandle<()>) {
    let (stop, stopped) = watch::channel(false);
    (stop, tokio::spawn(run(world.ctx.clone(), stopped)))
}

async fn until_running(world: &World) {
    while world.live.state().sender.is_none() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_watcher_is_told_what_others_do_and_nothing_else() {
    let world = World::with_people().await;
    let (me, token) = signed_in(&world, "officer@pco-nl.example").await;
    let company = reporter(&world).await;
    let (report, other) = (sent(&world, &company, &order()).await, sent(&world, &company, &order()).await);
    let since = world.now();
    world.wait(Timestamp::SECOND);
    let (stop, task) = running(&world);
    until_running(&world).await;
    let watch = async |report: Option<&Reference>| {
        Watcher::begin(&world, &me.who, &token, me.org, report.cloned(), since).await.unwrap()
    };
    let (mut desk, mut page) = (watch(None).await, watch(Some(&report)).await);
    assert_eq!((desk.next().await, page.next().await), (Some(vec![]), Some(vec![])), "nothing happened since");
    thread::message(&world, &company.who, &other, "A van.").await.unwrap();
    desk::note(&world, &me.who, &report, "Mine.").await.unwrap();
    assert_eq!(told(&desk.next().await.unwrap()), [&What::Report(other.clone())], "one's own acts are not told");
    thread::message(&world, &company.who, &report, "A lorry.").await.unwrap();
    let changes = page.next().await.unwrap();
    assert_eq!(told(&changes), [&What::Report(report.clone())]);
    // Whoever comes later, or asks now and then, is told the same.
    let late = changes_of(&world, &me, Some(&report), since).await;
    assert_eq!(late, changes);
    assert_eq!(watch(Some(&report)).await.next().await, Some(changes));
    stop.send_replace(true);
    task.await.unwrap();
    assert_eq!(desk.next().await.map(|changes| told(&changes).len()), Some(1), "what was on its way still comes");
    assert_eq!((desk.next().await, page.next().await), (None, None), "with the service everything ends");
}

async fn changes_of(world: &World, who: &Somebody, report: Option<&Reference>, since: Timestamp) -> Vec<Change> {
    changes(world, &who.who, who.org, report.cloned(), since).await.unwrap()
}

#[tokio::test]
async fn it_ends_with_the_sign_in_and_the_right() {
    let world = World::with_people().await;
    let (me, token) = signed_in(&world, "officer@pco-nl.example").await;
    let report = sent(&world, &reporter(&world).await, &order()).await;
    let (stop, task) = running(&world);
    until_running(&world).await;
    let begin = async |org, report: Option<&Reference>| {
        Watcher::begin(&world, &me.who, &token, org, report.cloned(), world.now()).await
    };
    let mut watcher = begin(me.org, Some(&report)).await.unwrap();
    assert!(watcher.next().await.is_some());
    // Watching is no activity.
    world.wait(session::IDLE_STAFF);
    thread::message(&world, &reporter(&world).await.who, &report, "A lorry.").await.unwrap();
    assert_eq!(watcher.next().await, None);
    for foreign in ["officer@pco-ca.example", "officer@meridian-reagents.example"] {
        let org = somebody(&world, foreign).await.org;
        assert!(matches!(begin(org, None).await, Err(Refusal::NotFound)), "{foreign}");
    }
    let canada = somebody(&world, "officer@pco-ca.example").await;
    let refused = changes(&world, &canada.who, canada.org, Some(report), world.now()).await;
    assert!(matches!(refused, Err(Refusal::NotFound)), "a report of another desk");
    stop.send_replace(true);
    task.await.unwrap();
}

#[tokio::test]
async fn three_pages_of_a_person_are_kept_up_to_date() {
    let world = World::with_people().await;
    let (me, token) = signed_in(&world, "officer@pco-nl.example").await;
    let begin = async || Watcher::begin(&world, &me.who, &token, me.org, None, world.now()).await;
    let mut idle = begin().await.unwrap();
    assert_eq!((idle.next().await, idle.next().await), (Some(vec![]), None), "nothing is told yet");
    let (stop, task) = running(&world);
    until_running(&world).await;
    let mut three = Vec::new();
    for _ in 0..MOST_STREAMS {
        three.push(begin().await.unwrap());
    }
    assert!(matches!(begin().await, Err(Refusal::TooOften(_))));
    three.pop();
    three.push(begin().await.unwrap());
    drop(three);
    assert!(world.live.state().desks.is_empty() && world.live.state().people.is_empty());
    stop.send_replace(true);
    task.await.unwrap();
}

#[tokio::test]
async fn colleagues_see_who_is_there_until_they_are_gone() {
    let world = World::with_people().await;
    let (me, other) = (officer(&world).await, somebody(&world, "officer2@pco-nl.example").await);
    let report = sent(&world, &reporter(&world).await, &order()).await;
    assert_eq!(beat(&world, &me.who, &report, "").await.unwrap(), []);
    let name = |who: &Somebody| who.who.person.as_ref().unwrap().name.clone();
    let present = |who: &Somebody, doing| Present { name: name(who), doing };
    assert_eq!(others(&world, &other.who, &report).await.unwrap(), [present(&me, Doing::Looking)]);
    let since = world.now();
    world.wait(Timestamp::SECOND);
    assert_eq!(beat(&world, &other.who, &report, "message").await.unwrap(), [present(&me, Doing::Looking)]);
    let seen = at_desk(&world, &me.who, me.org).await.unwrap();
    assert_eq!(seen, [(report.clone(), present(&other, Doing::Message))]);
    let here = [What::Here(report.clone())];
    let changed = async |since| {
        let changes = changes_of(&world, &me, Some(&report), since).await;
        changes.into_iter().map(|change| change.what).collect::<Vec<_>>()
    };
    assert_eq!(changed(since).await, here);
    let later = world.now();
    world.wait(Timestamp::SECOND);
    beat(&world, &other.who, &report, "message").await.unwrap();
    assert_eq!(changed(later).await, [], "the same once more is no change");
    world.wait(GONE);
    assert_eq!(others(&world, &me.who, &report).await.unwrap(), []);
    beat(&world, &other.who, &report, "message").await.unwrap();
    assert_eq!(changed(later).await, here, "who comes back comes anew");
    // Opening a report is a sign of life by itself.
    desk::view(&world, &me.who, &report).await.unwrap();
    assert_eq!(others(&world, &other.who, &report).await.unwrap(), [present(&me, Doing::Looking)]);
    for foreign in ["officer@pco-ca.example", "officer@meridian-reagents.example"] {
        let who = somebody(&world, foreign).await.who;
        assert!(matches!(beat(&world, &who, &report, "").await, Err(Refusal::NotFound)), "{foreign}");
        assert!(matches!(others(&world, &who, &report).await, Err(Refusal::NotFound)), "{foreign}");
        assert!(matches!(at_desk(&world, &who, me.org).await, Err(Refusal::NotFound)), "{foreign}");
    }
}

#[tokio::test]
async fn more_than_is_told_one_by_one_is_said_to_every_page() {
    let world = World::with_people().await;
    let (me, token) = signed_in(&world, "officer@pco-nl.example").await;
    let company = reporter(&world).await;
    let (report, busy) = (sent(&world, &company, &order()).await, sent(&world, &company, &order()).await);
    let since = world.now();
    world.wait(Timestamp::SECOND);
    let mut tx = world.db.begin().await.unwrap();
    let row = store::report::find(&mut tx, busy.as_str()).await.unwrap().unwrap();
    for _ in 0..=MOST {
        let new = store::thread::NewEntry {
            id: domain::ids::EntryId(world.new_id()),
            report: domain::ids::ReportId(row.id),
            at: world.now(),
            kind: "message",
            side: "company",
            person: None,
            body: "",
            detail: "{}",
            visible_to_company: true,
        };
        store::thread::add(&mut tx, &new).await.unwrap();
    }
    tx.commit().await.unwrap();
    world.wait(Timestamp::SECOND);
    thread::message(&world, &company.who, &report, "A lorry.").await.unwrap();
    for asked in [None, Some(&report)] {
        let told = changes_of(&world, &me, asked, since).await;
        assert_eq!(told.last().map(|change| &change.what), Some(&What::Many), "the rest is not silently lost");
        assert_eq!(
            changes_of(&world, &me, asked, since).await.last(),
            told.last(),
            "asked again, it is no other change"
        );
        let mut watcher = Watcher::begin(&world, &me.who, &token, me.org, asked.cloned(), since).await.unwrap();
        assert_eq!(watcher.next().await.unwrap().last().map(|change| change.what.clone()), Some(What::Many));
    }
}
