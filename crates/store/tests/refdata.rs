//! Versions of reference data on both engines: one open change, what is approved stays as it is, nobody approves alone.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "reports/fixtures.rs"]
#[expect(dead_code, reason = "shared with the tests of reports")]
mod fixtures;
mod support;

use domain::time::Timestamp;
use fixtures::*;
use store::{
    Db, StoreError, Tx,
    refdata::{self, NewRefdata, RefdataRow},
};
use support::each_engine;
use uuid::Uuid;

async fn begun(tx: &mut Tx, id: u128, org: domain::ids::OrgId) -> Result<(), StoreError> {
    let new = NewRefdata {
        id: Uuid::from_u128(id),
        kind: "deadlines",
        org,
        based_on: 0,
        content: "{}",
        note: "",
        author: ANA,
        at: Timestamp(10),
    };
    refdata::insert(tx, new).await
}

fn approved(row: RefdataRow, number: i64, by: Uuid) -> RefdataRow {
    RefdataRow {
        state: "approved".into(),
        number: Some(number),
        valid_from: Some(100 * number),
        sha256: Some(vec![1; 32]),
        decided_by: Some(by),
        decided_at: Some(20 + number),
        ..row
    }
}

async fn open(tx: &mut Tx) -> RefdataRow {
    refdata::lock(tx, "deadlines", AUTHORITY).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_change_becomes_a_version_and_stays_one() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        assert_eq!(refdata::stamp(&mut tx).await.unwrap(), 0);
        begun(&mut tx, 1, AUTHORITY).await.unwrap();
        begun(&mut tx, 2, COMPANY).await.unwrap();
        let row = open(&mut tx).await;
        assert_eq!((row.author.as_str(), row.version, row.decider.as_deref()), ("Ana", 1, None));
        refdata::save(&mut tx, &RefdataRow { content: "{\"x\":[]}".into(), state: "waiting".into(), ..row.clone() })
            .await
            .unwrap();
        assert!(matches!(refdata::save(&mut tx, &row).await, Err(StoreError::Stale)), "it was changed meanwhile");
        let waiting = open(&mut tx).await;
        refdata::save(&mut tx, &approved(waiting.clone(), 1, OFFICER.0)).await.unwrap();
        let changed = RefdataRow { version: 3, ..approved(waiting, 1, OFFICER.0) };
        assert!(matches!(refdata::save(&mut tx, &changed).await, Err(StoreError::Stale)), "a version does not change");
        assert_eq!(refdata::open(&mut tx, "deadlines", AUTHORITY).await.unwrap(), None);
        assert_eq!(refdata::stamp(&mut tx).await.unwrap(), 1);

        begun(&mut tx, 3, AUTHORITY).await.unwrap();
        let row = open(&mut tx).await;
        refdata::save(&mut tx, &approved(row, 2, OFFICER.0)).await.unwrap();
        let history = refdata::history(&mut tx, "deadlines", AUTHORITY).await.unwrap();
        assert_eq!(history.iter().map(|row| row.number).collect::<Vec<_>>(), [Some(2), Some(1)]);
        assert_eq!((history[0].decider.as_deref(), history[0].content.as_str()), (Some("Olga"), ""));
        let first = refdata::numbered(&mut tx, "deadlines", AUTHORITY, 1).await.unwrap().unwrap();
        assert_eq!(first.content, "{\"x\":[]}");
        assert_eq!(refdata::numbered(&mut tx, "reasons", AUTHORITY, 1).await.unwrap(), None);
        let all = refdata::approved(&mut tx).await.unwrap();
        assert_eq!(all.iter().map(|row| (row.number, row.valid_from)).collect::<Vec<_>>(), [(1, 100), (2, 200)]);
        assert_eq!(all[0].org_kind, "authority");
    })
    .await;
}

#[tokio::test]
async fn one_change_is_open_and_nobody_approves_their_own() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        begun(&mut tx, 1, AUTHORITY).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        assert!(matches!(begun(&mut tx, 2, AUTHORITY).await, Err(StoreError::Conflict(_))));
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        let row = open(&mut tx).await;
        assert!(refdata::save(&mut tx, &approved(row, 1, ANA.0)).await.is_err());
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        let row = open(&mut tx).await;
        refdata::save(&mut tx, &RefdataRow { state: "discarded".into(), ..row }).await.unwrap();
        begun(&mut tx, 2, AUTHORITY).await.unwrap();
    })
    .await;
}
