//! Watch lists on both engines: versions are seen once they are whole, compared by what they say, one is in force.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "reports/fixtures.rs"]
#[expect(dead_code, reason = "shared with the tests of reports")]
mod fixtures;
mod support;

use domain::{
    encoding::hex,
    ids::{CheckId, ShareId},
    time::Timestamp,
};
use fixtures::*;
use store::{
    Db, StoreError, Tx,
    watchlist::{
        self, ListRow, Loaded, NewVersion,
        check::{self, NewCheck},
        entry::{self, Counts, NewEntry},
        share::{self, NewShare},
    },
};
use support::each_engine;
use uuid::Uuid;

const LIST: Uuid = Uuid::from_u128(7);

async fn listed(tx: &mut Tx) {
    let row = ListRow {
        id: LIST,
        code: "un".into(),
        label: "UN".into(),
        means: "un_sanctions".into(),
        automatic: false,
        created_at: 1,
        owner_id: None,
    };
    watchlist::add_list(tx, &row).await.unwrap();
}

async fn begun(tx: &mut Tx, id: u128, sha: u8) -> Uuid {
    let id = Uuid::from_u128(id);
    let new = NewVersion {
        id,
        list: LIST,
        format: "un",
        files: "un.xml",
        sha256: [sha; 32],
        bytes: 3_000_000_000,
        by: Some(ANA),
        at: Timestamp(10),
    };
    watchlist::begin(tx, new).await.unwrap();
    id
}

fn entry(id: &str, says: u8) -> NewEntry {
    NewEntry {
        id: id.into(),
        kind: "person",
        name: format!("Name of {id} “\u{1F9EA}” \\u0000"),
        content: format!("{{\"id\":\"{id}\",\"says\":{says}}}"),
        hash: hex(&[says; 32]),
    }
}

async fn loaded(tx: &mut Tx, id: u128, sha: u8, entries: &[NewEntry]) -> Uuid {
    let version = begun(tx, id, sha).await;
    entry::add(tx, version, entries).await.unwrap();
    watchlist::touch(tx, version, Timestamp(11)).await.unwrap();
    let count = i64::try_from(entries.len()).unwrap();
    let done = Loaded { generated: "2026-11-28", entries: count, deviations: 2, summary: "{}" };
    watchlist::finish(tx, version, done, Timestamp(12)).await.unwrap();
    version
}

#[tokio::test]
async fn a_version_is_seen_once_it_is_whole_and_one_is_in_force() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        listed(&mut tx).await;
        let first = begun(&mut tx, 1, 1).await;
        entry::add(&mut tx, first, &[entry("a", 1)]).await.unwrap();
        assert_eq!(watchlist::versions(&mut tx, LIST).await.unwrap(), []);
        assert_eq!(watchlist::same_file(&mut tx, LIST, [1; 32]).await.unwrap(), None);
        assert!(matches!(
            watchlist::activate(&mut tx, LIST, first, Some(ANA), Timestamp(13)).await,
            Err(StoreError::Stale)
        ));
        let done = Loaded { generated: "", entries: 1, deviations: 0, summary: "{}" };
        watchlist::finish(&mut tx, first, done, Timestamp(12)).await.unwrap();
        let second = loaded(&mut tx, 2, 2, &[entry("a", 1), entry("b", 2)]).await;
        let versions = watchlist::versions(&mut tx, LIST).await.unwrap();
        assert_eq!(versions.iter().map(|row| (row.number, row.entries)).collect::<Vec<_>>(), [(2, 2), (1, 1)]);
        assert_eq!((versions[0].loader.as_deref(), versions[0].bytes), (Some("Ana"), 3_000_000_000));
        assert_eq!(watchlist::same_file(&mut tx, LIST, [2; 32]).await.unwrap().unwrap().id, second);

        watchlist::activate(&mut tx, LIST, second, Some(ANA), Timestamp(13)).await.unwrap();
        watchlist::activate(&mut tx, LIST, first, None, Timestamp(14)).await.unwrap();
        assert_eq!(watchlist::active_ids(&mut tx).await.unwrap(), [first]);
        let active = watchlist::active(&mut tx).await.unwrap();
        assert_eq!((active.len(), active[0].number, active[0].activated_at), (1, 1, Some(14)));
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let twin = begun(&mut tx, 3, 2).await;
        assert!(matches!(watchlist::finish(&mut tx, twin, done, Timestamp(12)).await, Err(StoreError::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn versions_are_compared_by_what_they_say() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        listed(&mut tx).await;
        let old = loaded(&mut tx, 1, 1, &[entry("a", 1), entry("b", 2), entry("c", 3), entry("z", 9)]).await;
        let new =
            loaded(&mut tx, 2, 2, &[entry("a", 1), entry("b", 4), entry("d", 5), entry("e", 6), entry("z", 9)]).await;
        let counts = entry::counts(&mut tx, old, new).await.unwrap();
        assert_eq!(counts, Counts { added: 2, changed: 1, removed: 1 });
        let ids = |rows: Vec<entry::OnlyRow>| rows.into_iter().map(|row| row.entry_id).collect::<Vec<_>>();
        assert_eq!(ids(entry::added(&mut tx, old, new, "", 10).await.unwrap()), ["d", "e"]);
        assert_eq!(ids(entry::added(&mut tx, old, new, "d", 10).await.unwrap()), ["e"]);
        assert_eq!(ids(entry::added(&mut tx, new, old, "", 10).await.unwrap()), ["c"]);
        let changed = entry::changed(&mut tx, old, new, "", 10).await.unwrap();
        assert_eq!(changed.len(), 1);
        assert!(changed[0].before.contains("\"says\":2") && changed[0].after.contains("\"says\":4"));
        let first = Uuid::nil();
        assert_eq!(entry::counts(&mut tx, first, old).await.unwrap(), Counts { added: 4, ..Counts::default() });

        let page = entry::page(&mut tx, new, "a", 2).await.unwrap();
        assert_eq!(page.iter().map(|row| row.entry_id.as_str()).collect::<Vec<_>>(), ["b", "d"]);
        assert_eq!(page[0].hash, [4; 32]);
        assert_eq!(entry::content(&mut tx, &[9; 32]).await.unwrap().unwrap(), entry("z", 9).content);
        assert_eq!(entry::content(&mut tx, &[99; 32]).await.unwrap(), None);
        let name = &entry::added(&mut tx, old, new, "", 1).await.unwrap()[0].name;
        assert_eq!(*name, entry("d", 5).name);
    })
    .await;
}

#[tokio::test]
async fn what_was_broken_off_goes_and_takes_nothing_with_it() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        listed(&mut tx).await;
        let kept = loaded(&mut tx, 1, 1, &[entry("a", 1)]).await;
        let broken = begun(&mut tx, 2, 2).await;
        entry::add(&mut tx, broken, &[entry("a", 1), entry("b", 2), entry("c", 3)]).await.unwrap();
        assert!(watchlist::broken_off(&mut tx, Timestamp(10)).await.unwrap().is_empty());
        assert_eq!(watchlist::broken_off(&mut tx, Timestamp(11)).await.unwrap(), [broken]);
        assert_eq!(entry::remove_some(&mut tx, broken, 2).await.unwrap(), 2);
        assert_eq!(entry::remove_some(&mut tx, broken, 2).await.unwrap(), 1);
        assert_eq!(watchlist::drop_version(&mut tx, broken).await.unwrap(), 1);
        assert_eq!(watchlist::drop_version(&mut tx, kept).await.unwrap(), 0, "what is whole stays");
        assert_eq!(entry::remove_unused(&mut tx, 10).await.unwrap(), 2);
        assert_eq!(entry::page(&mut tx, kept, "", 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn checks_are_kept_and_paged_by_organisation() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        for (id, org) in [(1, COMPANY), (2, AUTHORITY), (3, COMPANY)] {
            let new = NewCheck {
                id: CheckId(Uuid::from_u128(id)),
                org,
                person: ANA,
                at: Timestamp(5),
                asked: "{}",
                engine: "1",
                threshold: "0.70",
                lists: "[]",
                hits: "[1]",
                count: 1,
            };
            check::insert(&mut tx, new).await.unwrap();
        }
        let ids = |rows: Vec<check::CheckRow>| rows.into_iter().map(|row| row.id.as_u128()).collect::<Vec<_>>();
        assert_eq!(ids(check::of_org(&mut tx, COMPANY, None, 10).await.unwrap()), [3, 1]);
        assert_eq!(ids(check::of_org(&mut tx, COMPANY, Some(CheckId(Uuid::from_u128(3))), 10).await.unwrap()), [1]);
        assert_eq!(ids(check::of_org(&mut tx, AUTHORITY, None, 10).await.unwrap()), [2]);
        let one = check::one(&mut tx, CheckId(Uuid::from_u128(1))).await.unwrap().unwrap();
        assert_eq!((one.person.as_str(), one.hits.as_str(), one.org_id), ("Ana", "[1]", COMPANY.0));
        assert_eq!(check::one(&mut tx, CheckId(Uuid::from_u128(9))).await.unwrap(), None);
    })
    .await;
}

const OWN: Uuid = Uuid::from_u128(8);

/// A list of the authority's own, offered to a company.
async fn offered(tx: &mut Tx, id: u128, key: &str, ends_at: i64) -> Result<ShareId, StoreError> {
    let id = ShareId(Uuid::from_u128(id));
    let new = NewShare {
        id,
        list: OWN,
        member: "One",
        country: "NL",
        registration: key,
        registration_key: key,
        ends_at: Timestamp(ends_at),
        by: OFFICER,
        at: Timestamp(5),
    };
    share::ask(tx, new).await.map(|()| id)
}

#[tokio::test]
async fn a_shared_list_is_seen_from_the_answer_until_its_end() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        listed(&mut tx).await;
        let row = ListRow {
            id: OWN,
            code: "own-1".into(),
            label: "Own".into(),
            means: "watch".into(),
            automatic: false,
            created_at: 1,
            owner_id: Some(AUTHORITY.0),
        };
        watchlist::add_list(&mut tx, &row).await.unwrap();
        assert_eq!(watchlist::lists(&mut tx, None).await.unwrap().len(), 1);
        assert_eq!(watchlist::lists(&mut tx, Some(AUTHORITY)).await.unwrap(), [row]);
        assert_eq!(watchlist::lists(&mut tx, Some(COMPANY)).await.unwrap(), []);

        let id = offered(&mut tx, 20, "77", 100).await.unwrap();
        let named = ("NL", "77");
        assert_eq!(share::of_company(&mut tx, COMPANY, named, Timestamp(10)).await.unwrap().len(), 1);
        assert_eq!(share::of_company(&mut tx, COMPANY, ("NL", ""), Timestamp(10)).await.unwrap(), []);
        assert_eq!(share::of_company(&mut tx, COMPANY, ("DE", "77"), Timestamp(10)).await.unwrap(), []);
        assert_eq!(share::of_company(&mut tx, COMPANY, named, Timestamp(100)).await.unwrap(), [], "too late to answer");
        assert!(share::seen(&mut tx, COMPANY, Timestamp(10)).await.unwrap().is_empty(), "not before it is accepted");
        share::answer(&mut tx, id, "accepted", COMPANY, BEN, Timestamp(11)).await.unwrap();
        let again = share::answer(&mut tx, id, "declined", OTHER_COMPANY, BEN, Timestamp(11)).await;
        assert!(matches!(again, Err(StoreError::Stale)));
        assert_eq!(share::seen(&mut tx, COMPANY, Timestamp(99)).await.unwrap(), [OWN]);
        assert!(share::seen(&mut tx, COMPANY, Timestamp(100)).await.unwrap().is_empty(), "it ends by itself");
        assert!(share::seen(&mut tx, OTHER_COMPANY, Timestamp(50)).await.unwrap().is_empty());
        share::end(&mut tx, id, "left", Timestamp(12)).await.unwrap();
        assert!(share::seen(&mut tx, COMPANY, Timestamp(50)).await.unwrap().is_empty());
        assert!(matches!(share::end(&mut tx, id, "ended", Timestamp(13)).await, Err(StoreError::Stale)));
        offered(&mut tx, 21, "77", 100).await.unwrap();
        let rows = share::of_list(&mut tx, OWN).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>(), ["asked", "left"]);
        assert_eq!((rows[1].org_id, rows[1].owner.as_str()), (Some(COMPANY.0), "aut"));
        // Last, since it ends the transaction on one of the engines.
        assert!(matches!(offered(&mut tx, 22, "77", 100).await, Err(StoreError::Conflict(_))), "once at a time");
    })
    .await;
}
