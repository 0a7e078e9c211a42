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
