//! It is Monday, 23 November 2026, 15:00 in Amsterdam.

use super::*;
use crate::{
    desk, export,
    report::tests::{HOUR, officer, order, quick, reporter, sent},
    testing::World,
};

#[tokio::test]
async fn the_figures_are_those_of_what_happened() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let at = async |reference: &_| desk::view(&world, &authority.who, reference).await.unwrap().version;
    // Answered after one, two and a hundred hours; one not at all.
    let mut sent_all = Vec::new();
    for _ in 0..4 {
        sent_all.push(sent(&world, &me, &order()).await);
    }
    for (n, wait) in [(0, 1), (1, 1), (2, 98)] {
        world.wait(wait * HOUR);
        let version = at(&sent_all[n]).await;
        desk::message(&world, &authority.who, &sent_all[n], version, "Thank you.").await.unwrap();
    }
    // A second answer changes nothing.
    let version = at(&sent_all[0]).await;
    desk::message(&world, &authority.who, &sent_all[0], version, "Once more.").await.unwrap();
    let found = figures(&world, &authority.who, authority.org, Period::Quarter).await.unwrap();
    let hours = |n: i64| Some(n * HOUR);
    let expected = Totals { received: 4, answered: 3, met: 2, missed: 2, median: hours(2), p90: hours(100) };
    assert_eq!(found.now, expected);
    assert_eq!((found.now.met_per_cent(), found.before), (Some(50), Totals::default()));
    assert_eq!(found.weeks.len(), 13);
    let last = found.weeks.last().unwrap();
    assert_eq!((last.monday.to_string().as_str(), last.of(ReportKind::Order), last.all()), ("2026-11-23", 4, 4));
    assert_eq!(found.substances, [("acetone".to_owned(), "Acetone".to_owned(), 4)]);
    let waiting: Vec<(Age, i64)> = found.backlog.iter().map(|(age, waiting)| (*age, waiting.open)).collect();
    assert!(waiting.contains(&(Age::Week, 4)) && waiting.len() == Age::ALL.len(), "{waiting:?}");
    // Five weeks later they lie in the period before.
    world.wait(5 * 7 * 24 * HOUR);
    let found = figures(&world, &authority.who, authority.org, Period::Month).await.unwrap();
    assert_eq!((found.now.received, found.before.received), (0, 4));
    assert_eq!(found.backlog.last().unwrap().1.open, 4);
}

#[tokio::test]
async fn taking_a_report_down_is_no_answer_and_taking_it_up_is() {
    let world = World::with_people().await;
    let authority = officer(&world).await;
    let me = reporter(&world).await;
    let id = crate::draft::take_by_phone(
        &world,
        &authority.who,
        authority.org,
        me.org,
        crate::draft::Start { kind: None, quick: true },
    )
    .await
    .unwrap();
    crate::report::tests::save(&world, &authority.who, id, 1, &quick()).await.unwrap();
    let reference = crate::report::submit(&world, &authority.who, id).await.unwrap();
    let answered = async || figures(&world, &authority.who, authority.org, Period::Month).await.unwrap().now.answered;
    assert_eq!(answered().await, 0);
    let seen = desk::view(&world, &authority.who, &reference).await.unwrap();
    desk::assign(&world, &authority.who, &reference, seen.version, Some(seen.officers[0].id)).await.unwrap();
    assert_eq!(answered().await, 1);
}

#[tokio::test]
async fn figures_are_for_those_who_work_and_leave_as_a_list() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    sent(&world, &me, &order()).await;
    for email in ["reader@pco-nl.example", "officer@pco-ca.example", "officer@meridian-reagents.example"] {
        let who = world.principal(email).await;
        let refused = figures(&world, &who, authority.org, Period::Month).await;
        assert!(matches!(refused, Err(Refusal::NotFound)), "{email}");
    }
    let list = export::figures(&world, &authority.who, authority.org, Period::Month, "csv").await.unwrap();
    let has = |what: &str, of: &str, value: i64| {
        list.iter().any(|figure| figure.what.0 == what && figure.of == of && figure.value == value)
    };
    assert!(has("received", "", 1) && has("substance", "acetone", 1) && has("week", "2026-11-23", 1), "{list:?}");
    assert!(has("backlog", "day", 1));
    assert!(!list.iter().any(|figure| figure.what.0 == "median_minutes"), "no answer, no middle");
}
