use super::*;
use crate::{
    report::tests::{HOUR, mails_so_far, order, reporter, sent, somebody},
    team,
    testing::World,
};

const YEAR: i64 = 365 * Timestamp::DAY;

#[tokio::test]
async fn a_bundle_holds_the_reports_of_its_year_and_stands_in_the_log() {
    let world = World::with_people().await;
    let (me, admin) = (reporter(&world).await, somebody(&world, "admin@meridian-reagents.example").await);
    let old = sent(&world, &me, &order()).await;
    world.wait(YEAR);
    let new = sent(&world, &me, &order()).await;
    let years = years(&world, &admin.who, admin.org).await.unwrap();
    assert_eq!((years[0], years.len()), (2027, 11));
    for (year, expected) in [(2026, vec![&old]), (2027, vec![&new]), (2025, vec![])] {
        let scope = begin(&world, &admin.who, admin.org, year).await.unwrap();
        assert_eq!(scope.reports.iter().map(|item| &item.reference).collect::<Vec<_>>(), expected, "{year}");
        assert_eq!(scope.kept.map(|(_, until)| until.year()), Some(year + 3));
    }
    let log = log::page(&world, &admin.who, admin.org, &log::Filter::default(), 50).await.unwrap();
    assert_eq!(log.entries.iter().filter(|entry| entry.what == "inspection pack taken").count(), 3);
    assert!(matches!(begin(&world, &admin.who, admin.org, 1999).await, Err(Refusal::NotFound)));
    assert!(
        matches!(begin(&world, &me.who, me.org, 2026).await, Err(Refusal::NotFound)),
        "an officer is no administrator"
    );
}

#[tokio::test]
async fn the_year_ends_where_the_company_is() {
    let world = World::with_people().await;
    let (me, admin) = (reporter(&world).await, somebody(&world, "admin@meridian-reagents.example").await);
    // 31 December 2026, 23:30 UTC is the next year in Amsterdam.
    world.wait(38 * Timestamp::DAY + 9 * HOUR + HOUR / 2);
    let reference = sent(&world, &me, &order()).await;
    let next = begin(&world, &admin.who, admin.org, 2026).await.unwrap();
    assert!(next.reports.is_empty());
    world.wait(HOUR);
    let next = begin(&world, &admin.who, admin.org, 2027).await.unwrap();
    assert_eq!(next.reports[0].reference, reference);
}

#[tokio::test]
async fn a_report_comes_with_versions_receipts_and_files_and_stays_unread() {
    let world = World::with_people().await;
    let (me, admin) = (reporter(&world).await, somebody(&world, "admin@meridian-reagents.example").await);
    let stranger = somebody(&world, "admin@noordkust.example").await;
    let reference = sent(&world, &me, &order()).await;
    let known = mails_so_far(&world).await;
    let held = held(&world, &admin.who, &reference).await.unwrap();
    assert_eq!((held.versions.len(), held.view.reference.clone()), (1, reference.clone()));
    assert_eq!(held.versions[0].answers.one("why.text"), order().one("why.text"));
    assert!(held.versions[0].receipt.contains(reference.as_str()));
    assert!(crate::report::tests::audited(&world, &reference).await.iter().all(|act| !act.contains("opened")));
    assert_eq!(mails_so_far(&world).await, known);
    for who in [&me, &stranger] {
        assert!(matches!(super::held(&world, &who.who, &reference).await, Err(Refusal::NotFound)));
    }
}

#[tokio::test]
async fn changes_of_the_team_come_from_the_log() {
    let world = World::with_people().await;
    let admin = somebody(&world, "admin@meridian-reagents.example").await;
    let reader = world.principal("reader@meridian-reagents.example").await;
    let colleague = reader.person.as_ref().unwrap().id;
    team::remove(&world, &admin.who, admin.org, colleague, &Answers::new()).await.unwrap();
    let scope = begin(&world, &admin.who, admin.org, 2026).await.unwrap();
    let changes = team_changes(&world, &admin.who, &scope).await.unwrap();
    let what: Vec<&str> = changes.iter().map(|entry| entry.what.as_str()).collect();
    assert_eq!(what.last(), Some(&"membership ended"), "{what:?}");
    assert!(!what.contains(&"inspection pack taken"));
    assert!(matches!(&changes.last().unwrap().who, log::Who::Person { name, .. } if !name.is_empty()));
    // Whoever leaves by themself stands there too, and what others did does not.
    let me = reporter(&world).await;
    world.wait(HOUR);
    team::leave(&world, &me.who, me.org, &Answers::new()).await.unwrap();
    let stranger = somebody(&world, "admin@noordkust.example").await;
    let other = world.principal("officer@noordkust.example").await.person.unwrap().id;
    team::set_role(&world, &stranger.who, stranger.org, other, "company_reader").await.unwrap();
    let later = team_changes(&world, &admin.who, &scope).await.unwrap();
    assert_eq!((later.len(), later.last().unwrap().what.as_str()), (changes.len() + 1, "left"));
    let before = Scope { year: 2025, ..scope };
    assert_eq!(team_changes(&world, &admin.who, &before).await.unwrap(), []);
}
