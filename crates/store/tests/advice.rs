//! Requests for advice on both engines: versions, the thread's two sides, the lists, what others say alike.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "reports/fixtures.rs"]
#[expect(dead_code, reason = "shared with the tests of reports")]
mod fixtures;
mod support;

use domain::{
    fact::{Fact, FactKind},
    ids::{AdviceId, OrgId},
    time::Timestamp,
};
use fixtures::*;
use store::{
    Db, StoreError, Tx,
    advice::{self, NewAdvice, NewEntry, desk},
};
use support::each_engine;
use uuid::Uuid;

fn id(n: u128) -> AdviceId {
    AdviceId(Uuid::from_u128(n))
}

async fn made(tx: &mut Tx, n: u128, org: OrgId) -> AdviceId {
    let id = id(n);
    let new = NewAdvice {
        id,
        org,
        authority: AUTHORITY,
        author: ANA,
        customer: None,
        typed: "{}",
        party: "Grey \u{1F9EA}",
        at: Timestamp(10),
    };
    advice::insert(tx, &new).await.unwrap();
    id
}

async fn sent(tx: &mut Tx, n: u128, org: OrgId, delivery: i64) -> AdviceId {
    let id = made(tx, n, org).await;
    let mut row = advice::lock(tx, id).await.unwrap().unwrap();
    (row.state, row.content) = ("asked".into(), "{}".into());
    (row.delivery_at, row.sent_at, row.due_at, row.escalate_at) = (Some(delivery), Some(20), Some(90), Some(80));
    advice::save(tx, &row).await.unwrap();
    id
}

fn fact(key: &str, shown: &str) -> Fact {
    Fact { kind: FactKind::Phone, key: key.into(), shown: shown.into(), role: "subject".into() }
}

#[tokio::test]
async fn a_request_is_listed_on_both_sides_and_changed_once() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        people_and_orgs(&mut tx).await;
        let late = sent(&mut tx, 1, COMPANY, 900).await;
        let early = sent(&mut tx, 2, OTHER_COMPANY, 500).await;
        let unsent = made(&mut tx, 3, COMPANY).await;
        let row = advice::find(&mut tx, late).await.unwrap().unwrap();
        assert_eq!((row.version, row.party.as_str()), (2, "Grey \u{1F9EA}"));
        advice::save(&mut tx, &row).await.unwrap();
        assert!(matches!(advice::save(&mut tx, &row).await, Err(StoreError::Stale)));
        let own = |rows: Vec<advice::OwnListRow>| rows.into_iter().map(|row| AdviceId(row.id)).collect::<Vec<_>>();
        assert_eq!(own(advice::list(&mut tx, COMPANY, None, None, 9).await.unwrap()), [unsent, late]);
        assert_eq!(own(advice::list(&mut tx, COMPANY, None, Some(unsent), 9).await.unwrap()), [late]);
        assert_eq!(advice::waiting(&mut tx, COMPANY).await.unwrap(), 0);
        let at_desk = |rows: Vec<desk::ListRow>| rows.into_iter().map(|row| AdviceId(row.id)).collect::<Vec<_>>();
        assert_eq!(at_desk(desk::open(&mut tx, AUTHORITY).await.unwrap()), [early, late]);
        assert_eq!(at_desk(desk::open(&mut tx, COMPANY).await.unwrap()), []);
        assert_eq!(at_desk(desk::done(&mut tx, AUTHORITY, None, 9).await.unwrap()), []);
        assert_eq!(desk::one(&mut tx, unsent).await.unwrap(), None);
        assert_eq!(desk::waiting(&mut tx, AUTHORITY).await.unwrap(), 2);
        assert_eq!(desk::overdue(&mut tx, AUTHORITY, Timestamp(91)).await.unwrap(), 2);
        assert_eq!(desk::to_escalate(&mut tx, Timestamp(80)).await.unwrap(), []);
        assert_eq!(desk::to_escalate(&mut tx, Timestamp(81)).await.unwrap().len(), 2);
        assert_eq!(advice::sent(&mut tx, id(0)).await.unwrap(), [late, early]);
    })
    .await;
}

#[tokio::test]
async fn a_company_reads_half_of_the_thread_and_no_names_of_the_desk() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        people_and_orgs(&mut tx).await;
        let one = sent(&mut tx, 1, COMPANY, 900).await;
        for (side, person, visible_to_company) in [
            ("company", Some(ANA), true),
            ("authority", Some(OFFICER), true),
            ("authority", Some(OFFICER), false),
            ("system", None, false),
        ] {
            let (at, detail) = (Timestamp(30), "{}");
            let new = NewEntry { advice: one, at, side, person, detail, body: "x", visible_to_company };
            advice::add_entry(&mut tx, &new).await.unwrap();
        }
        let own: Vec<_> = advice::entries(&mut tx, one).await.unwrap().into_iter().map(|row| row.person).collect();
        assert_eq!(own, [Some("Ana".to_owned()), None]);
        let all: Vec<_> = desk::entries(&mut tx, one).await.unwrap().into_iter().map(|row| row.person).collect();
        assert_eq!(all, [Some("Ana".to_owned()), Some("Olga".to_owned()), Some("Olga".to_owned()), None]);
    })
    .await;
}

#[tokio::test]
async fn those_who_ask_about_the_same_are_found_within_one_authority() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        people_and_orgs(&mut tx).await;
        let one = sent(&mut tx, 1, COMPANY, 900).await;
        let two = sent(&mut tx, 2, OTHER_COMPANY, 900).await;
        let elsewhere = sent(&mut tx, 3, OTHER_COMPANY, 900).await;
        advice::set_facts(&mut tx, one, AUTHORITY, &[fact("31205550123", "020 5550123"), fact("4", "4")])
            .await
            .unwrap();
        advice::set_facts(&mut tx, two, AUTHORITY, &[fact("31205550123", "+31 20 555 0123")]).await.unwrap();
        advice::set_facts(&mut tx, elsewhere, OTHER_COMPANY, &[fact("31205550123", "x")]).await.unwrap();
        let found = desk::same_requests(&mut tx, one).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].id, found[0].other_shown.as_str()), (two.0, "+31 20 555 0123"));
        assert_eq!(desk::same_reports(&mut tx, one).await.unwrap(), []);
        advice::set_facts(&mut tx, two, AUTHORITY, &[]).await.unwrap();
        assert_eq!(desk::same_requests(&mut tx, one).await.unwrap(), []);
    })
    .await;
}
