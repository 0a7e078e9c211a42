//! Who reads what of the log.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::{
    desk,
    report::tests::{officer, order, reporter, sent, somebody},
    testing::World,
};

async fn all(world: &World, email: &str, filter: &Filter) -> Vec<Entry> {
    let reader = somebody(world, email).await;
    page(world, &reader.who, reader.org, filter, 500).await.unwrap().entries
}

fn of(filter: &Reference) -> Filter {
    Filter { report: Some(filter.clone()), ..Filter::default() }
}

const COMPANY_ADMIN: &str = "admin@meridian-reagents.example";
const SUPERVISOR: &str = "supervisor@pco-nl.example";

#[tokio::test]
async fn a_company_sees_who_opened_its_report_and_nothing_else_of_the_desk() {
    let world = World::with_people().await;
    let (me, desk_officer) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let view = desk::view(&world, &desk_officer.who, &reference).await.unwrap();
    desk::note(&world, &desk_officer.who, &reference, "Known from elsewhere.").await.unwrap();
    desk::ask(&world, &desk_officer.who, &reference, view.version + 1, "Which van?").await.ok();

    let seen = all(&world, COMPANY_ADMIN, &of(&reference)).await;
    let units: Vec<&Entry> = seen.iter().filter(|entry| matches!(entry.who, Who::Unit { .. })).collect();
    assert_eq!(units.len(), 1, "{seen:?}");
    assert_eq!(units[0].what, "report opened");
    let name = "Precursor Control Office (demo)".to_owned();
    assert_eq!(units[0].who, Who::Unit { name, role: Some(Role::AuthorityOfficer) });
    assert!(!format!("{seen:?}").contains("Jelle Brouwer"), "an officer has no name here");
    assert!(seen.iter().any(|entry| matches!(&entry.who, Who::Person { name, .. } if name == "Tomás Herrera")));

    let at_desk = all(&world, SUPERVISOR, &of(&reference)).await;
    assert!(at_desk.iter().any(|entry| matches!(&entry.who, Who::Person { name, .. } if name == "Jelle Brouwer")));
    assert!(!format!("{at_desk:?}").contains("Tomás Herrera"), "what a company does inside is its own");
    assert_eq!(all(&world, "admin@noordkust.example", &of(&reference)).await, []);
}

#[tokio::test]
async fn only_those_who_answer_for_an_organisation_read_its_log() {
    let world = World::with_people().await;
    let company = somebody(&world, COMPANY_ADMIN).await.org;
    for email in [
        "officer@meridian-reagents.example",
        "reader@meridian-reagents.example",
        SUPERVISOR,
        "system@forerunner.example",
    ] {
        let other = somebody(&world, email).await;
        let refused = page(&world, &other.who, company, &Filter::default(), 10).await;
        assert!(matches!(refused, Err(Refusal::NotFound)), "{email}");
        assert!(matches!(verify(&world, &other.who, company).await, Err(Refusal::NotFound)), "{email}");
    }
    let admin = somebody(&world, COMPANY_ADMIN).await;
    assert!(matches!(verify(&world, &admin.who, company).await.unwrap(), Verdict::Whole(rows) if rows > 0));
}

#[tokio::test]
async fn who_runs_the_machines_sees_no_report() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let reference = sent(&world, &me, &order()).await;
    let seen = all(&world, "system@forerunner.example", &Filter::default()).await;
    assert!(seen.iter().any(|entry| entry.who == Who::System && entry.what == "demo data made"), "{seen:?}");
    assert!(!format!("{seen:?}").contains(reference.as_str()));
}

#[tokio::test]
async fn the_log_is_paged_and_narrowed() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    for _ in 0..3 {
        sent(&world, &me, &order()).await;
    }
    let admin = somebody(&world, COMPANY_ADMIN).await;
    let whole = all(&world, COMPANY_ADMIN, &Filter::default()).await;
    let (mut walked, mut before) = (Vec::new(), None);
    loop {
        let filter = Filter { before, ..Filter::default() };
        let found = page(&world, &admin.who, admin.org, &filter, 2).await.unwrap();
        walked.extend(found.entries);
        before = found.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(walked, whole);
    let mine = Filter { person: me.who.person.as_ref().map(|person| person.id), ..Filter::default() };
    let named = all(&world, COMPANY_ADMIN, &mine).await;
    assert!(
        !named.is_empty()
            && named.iter().all(|entry| matches!(&entry.who, Who::Person { name, .. } if name == "Tomás Herrera"))
    );
    let today = Date::of(world.now());
    let yesterday = Date::from_days(today.days() - 1);
    let days = |from, to| Filter { from, to, ..Filter::default() };
    assert_eq!(all(&world, COMPANY_ADMIN, &days(Some(today), Some(today))).await, whole);
    assert_eq!(all(&world, COMPANY_ADMIN, &days(None, Some(yesterday))).await, []);
}
