//! What is new to whom: in a report, and at the desk.

use super::*;
use crate::{
    desk::{self, News, QueueFilter, View},
    thread,
};

async fn news(world: &World, who: &Somebody) -> Vec<(Reference, Vec<News>)> {
    let filter = QueueFilter { view: View::News, ..QueueFilter::default() };
    let page = desk::queue(world, &who.who, who.org, &filter, None, 50).await.unwrap();
    page.rows.into_iter().map(|row| (row.reference, row.news)).collect()
}

#[tokio::test]
async fn what_others_do_is_new_until_the_report_is_opened() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let other = somebody(&world, "officer2@pco-nl.example").await;
    let reference = sent(&world, &me, &order()).await;
    assert_eq!(news(&world, &authority).await, [(reference.clone(), vec![News::Report])]);
    let first = desk::view(&world, &authority.who, &reference).await.unwrap();
    assert!(!first.thread.iter().any(|entry| first.is_new(entry)), "at first sight nothing stands out");
    assert_eq!(news(&world, &authority).await, []);
    assert_eq!(news(&world, &other).await.len(), 1, "for the colleague it is still new");

    desk::note(&world, &authority.who, &reference, "Mine.").await.unwrap();
    assert_eq!(news(&world, &authority).await, [], "what one does oneself is not new");
    let before = world.now();
    world.wait(HOUR);
    thread::message(&world, &me.who, &reference, "The van came back.").await.unwrap();
    desk::note(&world, &other.who, &reference, "Theirs.").await.unwrap();
    assert_eq!(news(&world, &authority).await, [(reference.clone(), vec![News::Message, News::Note])]);
    world.wait(HOUR);
    for _ in 0..2 {
        let seen = desk::view(&world, &authority.who, &reference).await.unwrap();
        let new: Vec<_> = seen.thread.iter().filter(|entry| seen.is_new(entry)).map(|entry| &*entry.body).collect();
        assert_eq!((seen.since.at, new), (before, vec!["Theirs.", "The van came back."]));
        assert_eq!(news(&world, &authority).await, []);
    }
    world.wait(HOUR);
    let later = desk::view(&world, &authority.who, &reference).await.unwrap();
    assert!(!later.thread.iter().any(|entry| later.is_new(entry)), "the next visit begins where that one ended");
}

#[tokio::test]
async fn the_desk_says_how_much_is_new_since_when() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let look = async || desk::look(&world, &authority.who, authority.org).await.unwrap();
    let old = sent(&world, &me, &order()).await;
    world.wait(HOUR);
    let first = look().await;
    assert_eq!((first.since, first.fresh, first.all), (world.now(), 0, 1));
    let yesterday = world.now();
    world.wait(20 * HOUR);
    sent(&world, &me, &order()).await;
    let filter = QueueFilter { fresh: true, ..QueueFilter::default() };
    for _ in 0..2 {
        let now = look().await;
        assert_eq!((now.since, now.fresh, now.all), (yesterday, 1, 2));
        world.wait(20 * domain::time::Timestamp::MINUTE);
    }
    desk::view(&world, &authority.who, &old).await.unwrap();
    assert_eq!((look().await.fresh, look().await.all), (1, 1));
    let page = desk::queue(&world, &authority.who, authority.org, &filter, None, 50).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    world.wait(1);
    desk::know_all(&world, &authority.who, authority.org).await.unwrap();
    assert_eq!((look().await.fresh, look().await.all), (0, 0));
    assert_eq!(news(&world, &authority).await, []);
    let refused = desk::know_all(&world, &me.who, authority.org).await;
    assert!(matches!(refused, Err(Refusal::NotFound)));
    let refused = desk::look(&world, &somebody(&world, "officer@pco-ca.example").await.who, authority.org).await;
    assert!(matches!(refused, Err(Refusal::NotFound)));
}

/// Whoever has read nearly all is not asked about all of it again: how far they have read everything is noted, and hides
/// nothing that comes later.
#[tokio::test]
async fn how_far_everything_was_read_is_noted_once_a_minute() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let id = authority.who.person.as_ref().unwrap().id;
    let look = async || desk::look(&world, &authority.who, authority.org).await.unwrap().all;
    let read_until = async || {
        let row = store::look::find(&mut world.db.reader(), authority.org, id).await.unwrap().unwrap();
        row.read_until.map(domain::time::Timestamp)
    };
    let (first, second) = (sent(&world, &me, &order()).await, {
        world.wait(HOUR);
        sent(&world, &me, &order()).await
    });
    let sent_second = world.now();
    world.wait(HOUR);
    desk::view(&world, &authority.who, &first).await.unwrap();
    assert_eq!(look().await, 1);
    assert_eq!(read_until().await, Some(sent_second.plus(-1)), "up to before the second, which is unread");
    desk::view(&world, &authority.who, &second).await.unwrap();
    assert_eq!((look().await, read_until().await), (0, Some(sent_second.plus(-1))), "not twice in a minute");
    world.wait(HOUR);
    let minute_ago = world.now().plus(-domain::time::Timestamp::MINUTE);
    assert_eq!((look().await, read_until().await), (0, Some(minute_ago)));
    thread::message(&world, &me.who, &first, "The van came back.").await.unwrap();
    assert_eq!(look().await, 1, "what comes later is new");
    assert_eq!(news(&world, &authority).await, [(first, vec![News::Message])]);
}
