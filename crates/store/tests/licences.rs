//! The register on both engines: order, search and standing of the list, numbers once, versions, pieces of a file, requests.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "support/company.rs"]
mod company;
mod support;

use domain::{
    date::Date,
    ids::{ImportId, LicenceId, LicenceRequestId},
    time::Timestamp,
};
use store::{
    Db, StoreError,
    licence::{self, Content, RegisterRow, Wanted, import, request},
};
use uuid::Uuid;

use company::{ME, NOW, ORG};
use support::each_engine;

async fn with_authority(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    company::add(&mut tx, "authority").await;
    tx.commit().await.unwrap();
}

fn day(days: i64) -> Date {
    Date::from_days(days)
}

fn content<'a>(
    key: &'a str,
    holder: &'a str,
    found_by: &'a str,
    ends: Option<Date>,
    stops: &'a [(&'static str, Date, Option<Date>)],
) -> Content<'a> {
    Content {
        number: key,
        number_key: key,
        holder,
        holder_key: holder,
        country: "NL",
        starts: day(100),
        ends,
        content: "{}",
        found_by,
        stops,
    }
}

fn id(n: u128) -> LicenceId {
    LicenceId(Uuid::from_u128(n))
}

#[tokio::test]
async fn the_register_is_listed_by_holder_searched_and_narrowed_by_where_entries_stand() {
    each_engine(async |db: Db| {
        with_authority(&db).await;
        let mut tx = db.begin().await.unwrap();
        let suspended = [("suspended", day(900), None), ("suspended", day(100), Some(day(110)))];
        let revoked = [("revoked", day(900), None)];
        let over = [("suspended", day(800), Some(day(999)))];
        for (n, key, holder, ends, stops) in [
            (12, "r1", "beta", None, &[][..]),
            (11, "r2", "beta", Some(day(999)), &[][..]),
            (13, "r3", "alpha", Some(day(1000)), &suspended[..]),
            (14, "r4", "gamma", Some(day(500)), &revoked[..]),
            (15, "r5", "delta", None, &over[..]),
        ] {
            let found = format!(" {key} {holder} lab ");
            let new = content(key, holder, &found, ends, stops);
            licence::insert(&mut tx, id(n), (ORG, "licence"), &new, ME, NOW).await.unwrap();
            licence::add_version(&mut tx, (id(n), 1), "{}", "entered", ME, NOW).await.unwrap();
        }
        licence::insert(&mut tx, id(16), (ORG, "permit"), &content("r1", "beta", " ", None, &[]), ME, NOW)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let list = async |after, words: &[&str], standing| {
            let wanted = Wanted { org: ORG, sort: "licence", after, words, standing, on: day(1000), limit: 2 };
            let rows = licence::list(&mut db.reader(), &wanted).await.unwrap();
            rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
        };
        assert_eq!(list(None, &[], "").await, ["r3", "r2"]);
        assert_eq!(list(Some(id(11)), &[], "").await, ["r1", "r5"]);
        assert_eq!(list(Some(id(15)), &[], "").await, ["r4"]);
        assert_eq!(list(None, &["lab", "be"], "").await, ["r2", "r1"]);
        assert_eq!(list(None, &["et"], "").await, [""; 0], "words begin as it was typed");
        assert_eq!(list(None, &[], "valid").await, ["r1", "r5"]);
        assert_eq!(list(None, &[], "suspended").await, ["r3"]);
        assert_eq!(list(None, &[], "revoked").await, ["r4"], "also where it has ended since");
        assert_eq!(list(None, &[], "ended").await, ["r2"]);

        let mut tx = db.begin().await.unwrap();
        assert_eq!(licence::by_number(&mut tx, ORG, "licence", "r1").await.unwrap(), Some(id(12)));
        assert_eq!(licence::by_number(&mut tx, ORG, "permit", "r1").await.unwrap(), Some(id(16)));
        let row = licence::lock(&mut tx, id(13)).await.unwrap().unwrap();
        let same = content("r3", "alpha", " ", None, &[]);
        licence::save(&mut tx, (id(13), row.version), ORG, &same, ME, NOW).await.unwrap();
        licence::add_version(&mut tx, (id(13), 2), "{\"a\":1}", "suspension lifted", ME, NOW).await.unwrap();
        let stale = licence::save(&mut tx, (id(13), row.version), ORG, &same, ME, NOW).await;
        assert!(matches!(stale, Err(StoreError::Stale)));
        let history = licence::history(&mut tx, id(13), i64::MAX, 9).await.unwrap();
        assert_eq!(history.iter().map(|row| row.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(licence::version(&mut tx, id(13), 2).await.unwrap().as_deref(), Some("{\"a\":1}"));
        let register = licence::register(&mut tx, ORG).await.unwrap();
        assert_eq!(register, RegisterRow { changes: 7, licences: 5, permits: 1 });
        let names = licence::names(&mut tx, ORG, id(12).0, 2).await.unwrap();
        assert_eq!(names.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["r3", "r4"]);
        let taken = licence::insert(&mut tx, id(17), (ORG, "licence"), &same, ME, NOW).await;
        assert!(matches!(taken, Err(StoreError::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn pieces_of_a_file_stand_where_they_are_and_requests_are_answered_once() {
    each_engine(async |db: Db| {
        with_authority(&db).await;
        let mut tx = db.begin().await.unwrap();
        let file = ImportId(Uuid::from_u128(20));
        let new = import::NewImport {
            id: file,
            org: ORG,
            person: ME,
            sort: "licence",
            file_name: "a.csv",
            columns: "[]",
            total: 3,
            at: NOW,
        };
        import::insert(&mut tx, &new).await.unwrap();
        import::add_piece(&mut tx, file, 1, "[1]").await.unwrap();
        import::add_piece(&mut tx, file, 2, "[2]").await.unwrap();
        assert_eq!(import::to_do(&mut tx).await.unwrap(), Some(file));
        assert_eq!(import::piece(&mut tx, file, "new").await.unwrap(), Some((1, "[1]".to_owned())));
        import::set_piece(&mut tx, (file, 1), "tried", [1, 0, 0, 1], "[\"x\"]").await.unwrap();
        assert_eq!(import::piece(&mut tx, file, "new").await.unwrap().unwrap().0, 2);
        import::set_piece(&mut tx, (file, 2), "done", [0, 1, 0, 0], "[]").await.unwrap();
        let counts = import::counts(&mut tx, file).await.unwrap();
        assert_eq!((counts.adds, counts.changes, counts.wrong, counts.pieces), (1, 1, 1, 2));
        assert_eq!((counts.tried, counts.done), (2, 1));
        assert_eq!(import::problems(&mut tx, file, 9).await.unwrap(), ["[\"x\"]"]);
        import::advance(&mut tx, file, ("trying", "tried"), NOW, None).await.unwrap();
        assert_eq!(import::to_do(&mut tx).await.unwrap(), None);
        assert_eq!(import::sweep(&mut tx, NOW.plus(1)).await.unwrap(), 1);
        assert!(import::of_org(&mut tx, ORG).await.unwrap().is_empty());

        for (n, due) in [(30, 5), (31, 4), (32, 5)] {
            let new = request::NewRequest {
                id: LicenceRequestId(Uuid::from_u128(n)),
                org: ORG,
                authority: Some(ORG),
                customer: None,
                site: None,
                person: ME,
                asked: "{}",
                at: NOW,
                due: Timestamp(due),
                state: "open",
            };
            request::insert(&mut tx, &new).await.unwrap();
        }
        let ids = |rows: Vec<request::RequestRow>| rows.iter().map(|row| row.id.as_u128()).collect::<Vec<_>>();
        assert_eq!(ids(request::at_desk(&mut tx, ORG, "open", None, 2).await.unwrap()), [31, 30]);
        let rest = request::at_desk(&mut tx, ORG, "open", Some((5, Uuid::from_u128(30))), 2).await.unwrap();
        assert_eq!(ids(rest), [32]);
        assert_eq!(ids(request::of_org(&mut tx, ORG, None, 9).await.unwrap()), [32, 31, 30]);
        let answer =
            request::Answer { outcome: "valid", note: "", until: Some(day(2000)), person: ME, at: NOW, beside: "{}" };
        let one = LicenceRequestId(Uuid::from_u128(30));
        request::answer(&mut tx, (one, 1), &answer).await.unwrap();
        assert!(matches!(request::answer(&mut tx, (one, 2), &answer).await, Err(StoreError::Stale)));
        assert!(matches!(request::withdraw(&mut tx, (one, 2)).await, Err(StoreError::Stale)));
        request::withdraw(&mut tx, (LicenceRequestId(Uuid::from_u128(31)), 1)).await.unwrap();
        assert_eq!(request::waiting(&mut tx, ORG).await.unwrap(), 1);
        let row = request::find(&mut tx, one).await.unwrap().unwrap();
        assert_eq!((row.until_on, row.answered_by.as_deref()), (Some(2000), Some("Ingrid")));
    })
    .await;
}
