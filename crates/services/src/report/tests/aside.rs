//! Putting a report aside: out of the queue until its day, back when something happens.

use domain::date::Date;

use super::*;
use crate::{
    desk::{self, QueueFilter, Verdict, View, When},
    evidence, thread,
};

const DAY: i64 = Timestamp::DAY;

async fn standing_in(world: &World, who: &Somebody, view: View) -> Vec<Reference> {
    let filter = QueueFilter { view, ..QueueFilter::default() };
    let page = desk::queue(world, &who.who, who.org, &filter, None, 50).await.unwrap();
    page.rows.into_iter().map(|row| row.reference).collect()
}

async fn version(world: &World, who: &Somebody, reference: &Reference) -> i64 {
    desk::view(world, &who.who, reference).await.unwrap().version
}

async fn aside(world: &World, who: &Somebody, reference: &Reference, days: i64) {
    let at = version(world, who, reference).await;
    desk::snooze(world, &who.who, reference, at, When::After(days)).await.unwrap();
    assert_eq!(standing_in(world, who, View::Aside).await, std::slice::from_ref(reference));
    assert_eq!(standing_in(world, who, View::Open).await, []);
}

#[tokio::test]
async fn it_comes_back_by_itself_on_its_day() {
    let world = World::with_people().await;
    let (me, desk_of) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let clock = desk::view(&world, &desk_of.who, &reference).await.unwrap().clock;
    aside(&world, &desk_of, &reference, 1).await;
    let page = desk::queue(&world, &desk_of.who, desk_of.org, &QueueFilter::default(), None, 9).await.unwrap();
    assert_eq!((page.counts.open, page.counts.unassigned, page.counts.aside), (0, 0, 1));
    let seen = desk::view(&world, &desk_of.who, &reference).await.unwrap();
    assert_eq!(seen.clock, clock, "the reporter waits all the same");
    // It is 15:00 in Amsterdam; the next day begins nine hours later.
    assert_eq!(seen.aside_until, Some(world.now().plus(9 * HOUR)));
    world.wait(9 * HOUR - 1);
    assert_eq!(standing_in(&world, &desk_of, View::Open).await, []);
    world.wait(1);
    assert_eq!(standing_in(&world, &desk_of, View::Open).await, [reference]);
    assert_eq!(standing_in(&world, &desk_of, View::Aside).await, []);
}

#[tokio::test]
async fn the_day_lies_ahead_and_the_version_counts() {
    let world = World::with_people().await;
    let (me, desk_of) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let at = version(&world, &desk_of, &reference).await;
    let today = Date::of(world.now());
    for when in [When::After(0), When::After(91), When::On(today), When::After(-3), When::After(i64::MAX)] {
        let refused = desk::snooze(&world, &desk_of.who, &reference, at, when).await;
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{when:?}");
    }
    let stale = desk::snooze(&world, &desk_of.who, &reference, at - 1, When::After(1)).await;
    assert!(matches!(stale, Err(Refusal::Stale)));
    let foreign = somebody(&world, "officer@pco-ca.example").await;
    let refused = desk::snooze(&world, &foreign.who, &reference, at, When::After(1)).await;
    assert!(matches!(refused, Err(Refusal::NotFound)));
    assert!(matches!(desk::wake(&world, &desk_of.who, &reference, at).await, Err(Refusal::NotPossible(_))));
    desk::snooze(&world, &desk_of.who, &reference, at, When::On(Date::from_days(today.days() + 90))).await.unwrap();
    desk::wake(&world, &desk_of.who, &reference, at + 1).await.unwrap();
    assert_eq!(standing_in(&world, &desk_of, View::Open).await, std::slice::from_ref(&reference));
    let acts = audited(&world, &reference).await;
    assert!(acts.iter().any(|act| act.ends_with("report put aside")), "{acts:?}");
    assert!(acts.iter().any(|act| act.ends_with("report put back")), "{acts:?}");
    desk::decide(&world, &desk_of.who, &reference, at + 2, &Verdict::Accept, "credible", "").await.unwrap();
    aside_accepted(&world, &desk_of, &reference).await;
}

/// What is under investigation can wait too; what is closed waits for nobody.
async fn aside_accepted(world: &World, desk_of: &Somebody, reference: &Reference) {
    let at = version(world, desk_of, reference).await;
    desk::snooze(world, &desk_of.who, reference, at, When::After(7)).await.unwrap();
    assert_eq!(standing_in(world, desk_of, View::Accepted).await, []);
    desk::decide(world, &desk_of.who, reference, at + 1, &Verdict::NoFurtherAction, "explained", "").await.unwrap();
    assert_eq!(standing_in(world, desk_of, View::Aside).await, []);
    assert_eq!(standing_in(world, desk_of, View::Closed).await, std::slice::from_ref(reference));
    let refused = desk::snooze(world, &desk_of.who, reference, at + 2, When::After(7)).await;
    assert!(matches!(refused, Err(Refusal::NotPossible(_))), "{refused:?}");
}

#[tokio::test]
async fn what_happens_to_it_wakes_it() {
    let world = World::with_people().await;
    let (me, desk_of) = (reporter(&world).await, officer(&world).await);
    let mut leaving = order();
    leaving.set("did.delivery_expected", ["2026-11-28", "12:00"]);
    let reference = sent(&world, &me, &leaving).await;
    let woken = async |what: &str| {
        assert_eq!(standing_in(&world, &desk_of, View::Open).await, std::slice::from_ref(&reference), "{what}");
    };
    aside(&world, &desk_of, &reference, 80).await;
    thread::message(&world, &me.who, &reference, "They called again.").await.unwrap();
    woken("a message of the company").await;

    aside(&world, &desk_of, &reference, 80).await;
    let mut file = evidence::Incoming::begin(&world, "order.txt").await.unwrap();
    file.write(b"Two drums.").await.unwrap();
    let arrived = file.finish().await.unwrap().unwrap();
    evidence::add_to_report(&world, &me.who, &reference, vec![arrived]).await.unwrap();
    woken("a file of the company").await;

    aside(&world, &desk_of, &reference, 80).await;
    let colleague = desk_of.who.person.as_ref().unwrap().id;
    let at = version(&world, &desk_of, &reference).await;
    desk::assign(&world, &desk_of.who, &reference, at, Some(colleague)).await.unwrap();
    woken("a step of an officer").await;

    aside(&world, &desk_of, &reference, 80).await;
    world.wait(3 * DAY);
    assert_eq!(desk::tick(&world).await.unwrap(), 1);
    woken("goods about to leave").await;
}

#[tokio::test]
async fn a_filter_is_saved_under_a_name() {
    let world = World::with_people().await;
    let (me, works) = (reporter(&world).await, officer(&world).await);
    let lead = somebody(&world, "supervisor@pco-nl.example").await;
    let other = somebody(&world, "officer2@pco-nl.example").await;
    let foreign = somebody(&world, "officer@pco-ca.example").await;
    sent(&world, &me, &order()).await;
    let filter = QueueFilter { substance: Some("acetone".into()), ..QueueFilter::default() };
    let own = desk::save_view(&world, &works.who, works.org, " Acetone ", &filter, false, true).await.unwrap();
    let shared =
        desk::save_view(&world, &lead.who, lead.org, "Desk", &QueueFilter::default(), true, false).await.unwrap();
    let seen = desk::counted(&world, &works.who, works.org).await.unwrap();
    let told: Vec<_> = seen.iter().map(|(view, count)| (view.name.as_str(), view.first, *count)).collect();
    assert_eq!(told, [("Desk", false, 1), ("Acetone", true, 1)]);
    assert_eq!(seen[1].0.filter, filter);
    let names = |views: Vec<desk::Saved>| views.into_iter().map(|view| view.name).collect::<Vec<_>>();
    assert_eq!(names(desk::views(&world, &other.who, other.org).await.unwrap()), ["Desk"]);
    assert_eq!(names(desk::views(&world, &foreign.who, foreign.org).await.unwrap()), [""; 0]);
    for (who, id) in [(&other, own), (&foreign, own), (&foreign, shared)] {
        assert!(matches!(desk::remove_view(&world, &who.who, id).await, Err(Refusal::NotFound)));
        assert!(matches!(desk::open_with(&world, &who.who, id).await, Err(Refusal::NotFound)));
    }
    assert!(matches!(desk::remove_view(&world, &works.who, shared).await, Err(Refusal::NotPossible(_))));
    let share = desk::save_view(&world, &works.who, works.org, "Mine for all", &filter, true, false).await;
    assert!(matches!(share, Err(Refusal::NotFound)));
    desk::open_with(&world, &works.who, own).await.unwrap();
    assert!(desk::views(&world, &works.who, works.org).await.unwrap().iter().all(|view| !view.first));
    desk::open_with(&world, &works.who, shared).await.unwrap();
    desk::remove_view(&world, &lead.who, shared).await.unwrap();
    desk::remove_view(&world, &works.who, own).await.unwrap();
    assert_eq!(desk::views(&world, &works.who, works.org).await.unwrap(), []);
}
