//! Subscribing tells nothing about an address, a click is needed, and trust is given in one's own countries.

use super::*;
use crate::{notify, testing::World};

const FROM: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
const KIM: &str = "kim@douane.example";

fn fields(pairs: &[(&str, &str)]) -> Answers {
    let mut fields = Answers::new();
    pairs.iter().for_each(|(name, value)| fields.set_one(name, *value));
    fields
}

fn form(email: &str) -> Answers {
    fields(&[("email", email), ("audience", "customs"), ("country", "NL"), ("employer", "Douane")])
}

async fn kim(world: &World, only_mails: bool) -> Option<SignedIn> {
    subscribe(world, Lang::En, &form(KIM), FROM).await.unwrap();
    let token = world.token_mailed("confirm_reader", KIM).await;
    let chosen = fields(&[("name", "Kim de Wit"), ("password", "seven lighthouses blink")]);
    confirm(world, &token, only_mails, &chosen, "Test browser").await.unwrap()
}

#[tokio::test]
async fn nothing_is_sent_before_the_click() {
    let world = World::with_people().await;
    subscribe(&world, Lang::En, &form(KIM), FROM).await.unwrap();
    let mut reader = world.db.reader();
    assert!(meant(&mut reader, &[], &[], Trust::Confirmed).await.unwrap().is_empty());
    let token = world.token_mailed("confirm_reader", KIM).await;
    assert_eq!(peek(&world, &token).await.unwrap().audience, Some(Audience::Customs));
    let weak = fields(&[("name", "Kim"), ("password", "douane")]);
    assert!(matches!(confirm(&world, &token, false, &weak, "").await, Err(Refusal::Invalid(_))));
    assert!(confirm(&world, &token, true, &Answers::new(), "").await.unwrap().is_none());
    assert!(matches!(confirm(&world, &token, true, &Answers::new(), "").await, Err(Refusal::NotFound)));
    let told = meant(&mut reader, &[Audience::Customs], &["NL".to_owned()], Trust::Confirmed).await.unwrap();
    let told: Vec<_> = told.iter().map(|one| UserId(one.person_id)).collect();
    assert_eq!(told.len(), 1);
    let mut tx = world.db.begin().await.unwrap();
    notify::tell(&world, &mut tx, &told, Template::AlertPublished, "/notices/X").await.unwrap();
    tx.commit().await.unwrap();
    let mails = world.mails().await;
    let (_, to, link) = mails.iter().find(|(template, ..)| template == "alert_published").unwrap();
    assert_eq!((to.as_str(), link.as_str()), (KIM, "https://forerunner.example/en/notices/X"));
}

#[tokio::test]
async fn an_address_with_an_account_gets_another_mail() {
    let world = World::with_people().await;
    subscribe(&world, Lang::En, &form("officer@meridian-reagents.example"), FROM).await.unwrap();
    let (template, ..) = world.mails().await.pop().unwrap();
    assert_eq!(template, "reader_notice");
    for (field, value) in
        [("email", "nobody"), ("audience", "spies"), ("country", "XX"), ("employer", "x".repeat(500).as_str())]
    {
        let mut wrong = form(KIM);
        wrong.set_one(field, value);
        let problems = match subscribe(&world, Lang::En, &wrong, FROM).await {
            Err(Refusal::Invalid(problems)) => problems,
            other => panic!("{field}: {other:?}"),
        };
        assert_eq!(problems[0].field, field);
    }
}

#[tokio::test]
async fn trust_is_given_by_an_authority_of_the_readers_country() {
    let world = World::with_people().await;
    let id = kim(&world, false).await.unwrap().principal.person.unwrap().id;
    let lead = world.principal("admin@pco-nl.example").await;
    let authority = lead.memberships[0].org;
    let (found, more) = list(&world, &lead, authority, Asked::default()).await.unwrap();
    assert_eq!((found.len(), more, found[0].trust), (1, false, Trust::Confirmed));
    let two = Trust::Known;
    let (ticked, what) = (fields(&[("trust", "2"), ("checked", "yes")]), (id, found[0].version));
    for bad in [fields(&[("trust", "2")]), fields(&[("trust", "4"), ("checked", "yes")])] {
        assert!(matches!(trust(&world, &lead, authority, what, &bad).await, Err(Refusal::Invalid(_))));
    }
    trust(&world, &lead, authority, what, &ticked).await.unwrap();
    assert!(matches!(trust(&world, &lead, authority, what, &ticked).await, Err(Refusal::Stale)));
    let who = world.principal(KIM).await;
    assert_eq!(own(&world, &who).await.unwrap().trust, two);
    change(&world, &who, &fields(&[("audience", "customs"), ("country", "JP")])).await.unwrap();
    assert_eq!(own(&world, &who).await.unwrap().trust, Trust::Confirmed, "another country, another check");
    assert!(matches!(one(&world, &lead, authority, id).await, Err(Refusal::NotFound)), "no more in its countries");
    let officer = world.principal("officer@meridian-reagents.example").await;
    assert!(list(&world, &officer, authority, Asked::default()).await.is_err());
}

#[tokio::test]
async fn a_deleted_account_leaves_no_name_behind() {
    let world = World::with_people().await;
    let signed = kim(&world, false).await.unwrap();
    let who = signed.principal;
    assert!(matches!(delete(&world, &who, &Answers::new()).await, Err(Refusal::Invalid(_))));
    let member = world.principal("officer@meridian-reagents.example").await;
    assert!(matches!(delete(&world, &member, &fields(&[("confirmed", "yes")])).await, Err(Refusal::NotFound)));
    delete(&world, &who, &fields(&[("confirmed", "yes")])).await.unwrap();
    let mut reader = world.db.reader();
    assert!(person::by_email(&mut reader, KIM).await.unwrap().is_none());
    let row = person::by_id(&mut reader, who.person.unwrap().id).await.unwrap().unwrap();
    assert_eq!((row.name.as_str(), row.disabled_at.is_some()), ("", true));
    assert!(world.mails().await.iter().all(|(_, to, _)| to != KIM));
    assert!(
        crate::session::resolve(&world, &signed.session.token, crate::session::Activity::Person)
            .await
            .unwrap()
            .is_none()
    );
    kim(&world, true).await;
}
