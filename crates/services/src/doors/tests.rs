use super::*;
use crate::{
    desk,
    report::{
        self,
        tests::{HOUR, Somebody, officer, order, reporter, sent, somebody},
    },
    testing::World,
};

async fn last(world: &World, who: &Somebody) -> Vec<(Reference, OrgId)> {
    let found = opened_last(world, &who.who).await.unwrap();
    found.into_iter().map(|opened| (opened.reference, opened.org)).collect()
}

#[tokio::test]
async fn what_was_opened_last_stands_first_where_it_can_be_opened() {
    let world = World::with_people().await;
    let (me, works) = (reporter(&world).await, officer(&world).await);
    let (first, second) = (sent(&world, &me, &order()).await, sent(&world, &me, &order()).await);
    assert_eq!(last(&world, &works).await, []);
    for reference in [&first, &second, &first] {
        world.wait(HOUR);
        desk::view(&world, &works.who, reference).await.unwrap();
    }
    assert_eq!(last(&world, &works).await, [(first.clone(), works.org), (second.clone(), works.org)]);
    report::view(&world, &me.who, &second).await.unwrap();
    assert_eq!(last(&world, &me).await[0], (second, me.org), "each in their own organisation");
    // Who may not open it any more is not led there.
    let mut outside = works.who.clone();
    outside.memberships.clear();
    assert_eq!(opened_last(&world, &outside).await.unwrap(), []);
    assert!(matches!(opened_last(&world, &Principal::default()).await, Err(Refusal::NotSignedIn)));
}

#[tokio::test]
async fn a_report_is_found_by_those_who_may_open_it_and_by_nobody_else() {
    let world = World::with_people().await;
    let (me, works) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    assert_eq!(find(&world, &works.who, &reference).await.unwrap(), works.org);
    assert_eq!(find(&world, &me.who, &reference).await.unwrap(), me.org);
    for foreign in ["officer@pco-ca.example", "reader@meridian-reagents.example"] {
        let who = somebody(&world, foreign).await.who;
        assert!(matches!(find(&world, &who, &reference).await, Err(Refusal::NotFound)), "{foreign}");
        let nothing = find(&world, &who, &Reference::from_bits(1)).await;
        assert!(matches!(nothing, Err(Refusal::NotFound)), "{foreign}");
    }
}
