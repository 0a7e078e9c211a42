//! Whom the company itself reported, and lists that only some see.

use store::screening::sights_changed;

use super::*;
use crate::{
    report::{
        tests::{order, sent},
        withdraw,
    },
    watchlist::Source,
};

fn about(name: &str) -> Answers {
    let mut answers = order();
    answers.set_one("party.1.name", name);
    answers
}

#[tokio::test]
async fn whom_the_company_reported_is_found_among_its_customers_until_the_report_is_withdrawn() {
    let world = World::with_people().await;
    let (me, other) = (reporter(&world).await, somebody(&world, "officer@noordkust.example").await);
    in_force(&world, FIRST).await;
    let (mine, theirs) =
        (made(&world, &me, "Zilverberg Verfstoffen").await, made(&world, &other, "Zilverberg Verfstoffen").await);
    settled(&world).await;
    assert_eq!(standing(&world, &me, mine).await, Standing::Clear);
    let reference = sent(&world, &me, &about("Zilverberg Verfstoffen")).await;
    settled(&world).await;
    assert_eq!(sights_changed(&mut world.db.reader()).await.unwrap(), []);
    let found = hits(&world, &me).await;
    assert_eq!(found.len(), 1);
    let shown = hit(&world, &me.who, found[0].id).await.unwrap();
    assert_eq!(shown.hit.own, Some(Source::Report(reference.as_str().to_owned())));
    assert_eq!(standing(&world, &other, theirs).await, Standing::Clear, "nobody learns what others reported");
    withdraw(&world, &me.who, &reference, "sent_in_error", "It was another firm").await.unwrap();
    settled(&world).await;
    assert_eq!(hits(&world, &me).await[0].state, State::Gone);
    assert_eq!(standing(&world, &me, mine).await, Standing::Clear);
}

#[tokio::test]
async fn a_stopped_customer_is_looked_for_among_the_others_and_not_in_its_own_file() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let stopped = made(&world, &me, "Zilverberg Verfstoffen").await;
    let identity = typed(&[("legal_name", "Zilverberg Verfstoffen"), ("country", "NL"), ("state", "stopped")]);
    put(&world, &me.who, (stopped, 1), (Part::find("identity").unwrap(), Some(1)), &identity).await.unwrap();
    let again = made(&world, &me, "Zilverberg Verfstoffen B.V.").await;
    settled(&world).await;
    let found = hits(&world, &me).await;
    assert_eq!(found.iter().map(|line| line.customer).collect::<Vec<_>>(), [again]);
}

#[tokio::test]
async fn who_is_decided_about_is_rated_anew() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    in_force(&world, FIRST).await;
    let id = made(&world, &me, "Silberweg Handel GmbH").await;
    settled(&world).await;
    let to_rate = async || {
        let before = world.now().plus(-Timestamp::DAY);
        store::customer::standing::to_rate(&mut world.db.reader(), before, 10).await.unwrap()
    };
    while crate::customer::risk::work(&world).await.unwrap() {}
    assert_eq!(to_rate().await, []);
    decided(&world, &me, hits(&world, &me).await[0].id, "unsure").await.unwrap();
    assert_eq!(to_rate().await, [id]);
}
