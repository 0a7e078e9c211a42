//! A person's own feeds: what a key opens, and what ends it. It is Monday, 23 November 2026, in Amsterdam.

use domain::{ids::MembershipId, notice::NoticeRef};

use super::*;
use crate::{
    association::members,
    demo,
    notice::{
        Filter, concerning,
        tests::{Who, put_out, who},
    },
    testing::World,
};

const PRODUCER: &str = "officer@noordkust.example";
const CARRIER: &str = "officer@deltaquay.example";

async fn key(world: &World, me: &Who) -> String {
    make(world, &me.who).await.unwrap();
    own(world, &me.who).await.unwrap().unwrap().token
}

async fn read(world: &World, token: &str) -> Vec<NoticeRef> {
    let behind = behind(world, token).await.unwrap();
    let found = concerning(world, &behind, &Filter::default()).await.unwrap();
    found.into_iter().map(|item| item.reference).collect()
}

async fn is_closed(world: &World, token: &str) -> bool {
    matches!(behind(world, token).await, Err(Refusal::NotFound))
}

#[tokio::test]
async fn a_feed_holds_what_concerns_its_owner_and_nothing_for_vetted_readers() {
    let world = World::with_people().await;
    let (me, second) = (who(&world, "officer@pco-nl.example").await, who(&world, "supervisor@pco-nl.example").await);
    let (producer, carrier) = (who(&world, PRODUCER).await, who(&world, CARRIER).await);
    let (producer, carrier) = (key(&world, &producer).await, key(&world, &carrier).await);
    let narrow = [("access", "audience"), ("roles", "producer"), ("trust", "2")];
    let few = put_out(&world, &me, &second, &narrow).await;
    world.wait(Timestamp::SECOND);
    put_out(&world, &me, &second, &[("access", "audience"), ("roles", "producer"), ("trust", "3")]).await;
    world.wait(Timestamp::SECOND);
    let all = put_out(&world, &me, &second, &[]).await;
    assert_eq!(read(&world, &producer).await, [all.clone(), few]);
    assert_eq!(read(&world, &carrier).await, [all]);
}

#[tokio::test]
async fn a_key_is_replaced_ends_by_hand_and_after_a_year() {
    let world = World::with_people().await;
    let me = who(&world, PRODUCER).await;
    assert_eq!(own(&world, &me.who).await.unwrap(), None);
    assert!(is_closed(&world, "").await && is_closed(&world, "never given").await);
    let first = key(&world, &me).await;
    assert_eq!(own(&world, &me.who).await.unwrap().unwrap().used, None);
    behind(&world, &first).await.unwrap();
    let held = own(&world, &me.who).await.unwrap().unwrap();
    assert_eq!((held.token.as_str(), held.used), (first.as_str(), Date::new(2026, 11, 23)));
    let next = key(&world, &me).await;
    assert!(is_closed(&world, &first).await && !is_closed(&world, &next).await);
    end(&world, &me.who).await.unwrap();
    end(&world, &me.who).await.unwrap();
    assert!(is_closed(&world, &next).await && own(&world, &me.who).await.unwrap().is_none());
    let last = key(&world, &me).await;
    world.wait(LIFE);
    assert!(is_closed(&world, &last).await && own(&world, &me.who).await.unwrap().is_none());
    assert!(matches!(make(&world, &Principal::default()).await, Err(Refusal::NotSignedIn)));
}

#[tokio::test]
async fn what_ends_sign_ins_ends_feeds() {
    let world = World::with_people().await;
    let me = who(&world, PRODUCER).await;
    let token = key(&world, &me).await;
    session::end_all(&world, &me.who, None).await.unwrap();
    assert!(!is_closed(&world, &token).await, "only other browsers were signed out");
    session::end_everywhere(&world, &me.who).await.unwrap();
    assert!(is_closed(&world, &token).await);
    let token = key(&world, &me).await;
    let entered = world.sign_in(PRODUCER).await;
    account::change_password(&world, &me.who, &entered.session.token, demo::PASSWORD, "violet-burette-harbour-7")
        .await
        .unwrap();
    assert!(is_closed(&world, &token).await);
}

#[tokio::test]
async fn who_needs_a_second_factor_and_has_none_reads_nothing() {
    let world = World::with_people().await;
    let me = who(&world, "officer@pco-nl.example").await;
    let token = key(&world, &me).await;
    behind(&world, &token).await.unwrap();
    let id = me.who.signed_in().unwrap().id;
    let mut tx = world.db.begin().await.unwrap();
    assert!(store::factor::remove(&mut tx, id).await.unwrap());
    tx.commit().await.unwrap();
    assert!(is_closed(&world, &token).await);
}

/// The editor of an association that meets in December.
async fn with_a_meeting(world: &World) -> Who {
    let us = who(world, "editor@chemtrade-assoc.example").await;
    let event = [("title", "Annual meeting"), ("first", "2 December 2026")].into_iter().collect();
    calendar::add(world, &us.who, us.org, &event).await.unwrap();
    us
}

async fn joined(world: &World, us: &Who, me: &Who) -> MembershipId {
    let by_number = [("member", "Meridian"), ("country", "NL"), ("registration", "9928 4407")];
    members::invite(world, &us.who, us.org, &by_number.into_iter().collect()).await.unwrap();
    let id = members::offers(world, &me.who, me.org).await.unwrap()[0].id;
    members::answer(world, &me.who, me.org, id, true).await.unwrap();
    id
}

#[tokio::test]
async fn a_calendar_follows_what_its_owner_belongs_to() {
    let world = World::with_people().await;
    let (us, me) = (with_a_meeting(&world).await, who(&world, "officer@meridian-reagents.example").await);
    let (ours, mine) = (key(&world, &us).await, key(&world, &me).await);
    let dates = async |token: &str| ahead(&world, &behind(&world, token).await.unwrap()).await.unwrap().len();
    assert_eq!((dates(&ours).await, dates(&mine).await), (1, 0));
    let id = joined(&world, &us, &me).await;
    assert_eq!(dates(&mine).await, 1);
    members::leave(&world, &me.who, me.org, id).await.unwrap();
    assert_eq!(dates(&mine).await, 0);
}

#[tokio::test]
async fn a_sub_editor_has_a_feed_without_the_calendar() {
    let world = World::with_people().await;
    with_a_meeting(&world).await;
    let sub = who(&world, "subeditor@chemtrade-assoc.example").await;
    let behind = behind(&world, &key(&world, &sub).await).await.unwrap();
    assert!(ahead(&world, &behind).await.unwrap().is_empty());
}
