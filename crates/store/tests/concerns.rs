//! Anonymous concerns on both engines: the door, the phrase, what an association passed on.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "reports/fixtures.rs"]
#[expect(dead_code, reason = "shared with the tests of reports")]
mod fixtures;
mod support;

use domain::{ids::ReportId, time::Timestamp};
use fixtures::*;
use store::{
    Db, StoreError, Tx,
    concern::{self, NewConcern},
    draft, org, report,
};
use support::each_engine;
use uuid::Uuid;

fn id(n: u128) -> ReportId {
    ReportId(Uuid::from_u128(n))
}

async fn sent(tx: &mut Tx, n: u128, shelf: &str) -> ReportId {
    draft::insert(tx, &new_draft(n + 50, ANA)).await.unwrap();
    let row = report::ReportRow { shelf: shelf.into(), updated_at: 40, ..row(n, 1) };
    assert!(report::insert(tx, &row).await.unwrap());
    id(n)
}

fn new(n: u128, lookup: Option<u8>) -> NewConcern {
    let association = lookup.is_none().then_some(OTHER_COMPANY);
    NewConcern { report: id(n), authority: AUTHORITY, day: 7, lookup: lookup.map(|byte| [byte; 32]), association }
}

#[tokio::test]
async fn a_door_is_shut_until_it_is_opened_and_changes_once() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        org::add_scope(&mut tx, AUTHORITY, "NL", "", true).await.unwrap();
        assert_eq!(concern::door(&mut tx, AUTHORITY).await.unwrap(), None);
        let places = concern::places(&mut tx).await.unwrap();
        assert_eq!((places.len(), places[0].country.as_str(), places[0].is_open), (1, "NL", false));
        concern::add_door(&mut tx, AUTHORITY, true, COMPANY, ANA).await.unwrap();
        assert!(concern::places(&mut tx).await.unwrap()[0].is_open);
        concern::set_door(&mut tx, AUTHORITY, 1, false).await.unwrap();
        let late = concern::set_door(&mut tx, AUTHORITY, 1, true).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
        let door = concern::door(&mut tx, AUTHORITY).await.unwrap().unwrap();
        assert_eq!((door.is_open, door.version, door.org_id), (false, 2, COMPANY.0));
    })
    .await;
}

#[tokio::test]
async fn a_concern_is_found_by_its_phrase_until_that_ends() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        for n in [1, 2, 3] {
            sent(&mut tx, n, if n == 1 { "closed" } else { "open" }).await;
        }
        concern::insert(&mut tx, new(1, Some(1))).await.unwrap();
        concern::insert(&mut tx, new(2, Some(2))).await.unwrap();
        concern::insert(&mut tx, new(3, None)).await.unwrap();
        let found = concern::by_lookup(&mut tx, &[1; 32]).await.unwrap().unwrap();
        assert_eq!((found.report_id, found.is_open, found.association), (id(1).0, true, None));
        assert_eq!(concern::by_lookup(&mut tx, &[9; 32]).await.unwrap(), None);
        let passed = concern::of_report(&mut tx, id(3)).await.unwrap().unwrap();
        assert_eq!((passed.is_open, passed.association.as_deref()), (false, Some("two")));
        assert_eq!(concern::of_report(&mut tx, id(4)).await.unwrap(), None);
        let list = concern::passed_on(&mut tx, OTHER_COMPANY).await.unwrap();
        assert_eq!((list.len(), list[0].reference.as_str(), list[0].answers), (1, "FR-3", 0));
        assert_eq!(concern::on_day(&mut tx, AUTHORITY, 7).await.unwrap(), 3);
        assert_eq!(concern::on_day(&mut tx, AUTHORITY, 8).await.unwrap(), 0);
        assert_eq!(concern::settled(&mut tx, 40).await.unwrap(), []);
        assert_eq!(concern::settled(&mut tx, 41).await.unwrap(), [id(1)]);
        assert!(concern::close(&mut tx, id(1)).await.unwrap() && !concern::close(&mut tx, id(1)).await.unwrap());
        assert_eq!(concern::by_lookup(&mut tx, &[1; 32]).await.unwrap(), None);
        assert_eq!(concern::settled(&mut tx, Timestamp::DAY).await.unwrap(), []);
        tx.commit().await.unwrap();
        // The same phrase twice is a conflict, which ends the transaction.
        let mut tx = db.begin().await.unwrap();
        sent(&mut tx, 4, "open").await;
        let twice = concern::insert(&mut tx, new(4, Some(2))).await;
        assert!(matches!(twice, Err(StoreError::Conflict(_))), "{twice:?}");
    })
    .await;
}
