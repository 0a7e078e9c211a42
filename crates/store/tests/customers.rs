//! Customers, their documents and imports on both engines: order and search of the list, versions, optimistic locking, reminders
//! once, rows of an import where they stand.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "support/company.rs"]
mod company;
mod support;

use domain::{
    date::Date,
    ids::{CustomerId, DocumentId, ImportId},
    time::Timestamp,
};
use store::{
    Db, StoreError,
    customer::{self, Content, Wanted, document, import},
};
use uuid::Uuid;

use company::{ME, NOW, ORG};
use support::each_engine;

async fn with_company(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    company::add(&mut tx, "company").await;
    tx.commit().await.unwrap();
}

fn content<'a>(key: &'a str, number: Option<&'a str>, found_by: &'a str) -> Content<'a> {
    Content { name: key, name_key: key, country: "NL", state: "active", own_number: number, content: "{}", found_by }
}

fn id(n: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(n))
}

#[tokio::test]
async fn the_list_goes_by_name_and_versions_are_kept() {
    each_engine(async |db: Db| {
        with_company(&db).await;
        let mut tx = db.begin().await.unwrap();
        for (n, key, number) in [(12, "beta", Some("7")), (11, "beta", None), (13, "alpha", None), (14, "gamma", None)]
        {
            let found = format!(" {key} lab nl8100{n} ");
            customer::insert(&mut tx, id(n), ORG, &content(key, number, &found), ME, NOW).await.unwrap();
            customer::add_version(&mut tx, (id(n), 1), "{}", "customer added", ME, NOW).await.unwrap();
        }
        tx.commit().await.unwrap();
        let list = async |after, words: &[&str], state| {
            let wanted = Wanted { org: ORG, after, state, words, limit: 2 };
            let rows = customer::list(&mut db.reader(), &wanted).await.unwrap();
            let files = customer::contents(&mut db.reader(), &wanted).await.unwrap();
            let ids: Vec<u128> = rows.iter().map(|row| row.id.as_u128()).collect();
            assert_eq!(files.iter().map(|row| row.id.as_u128()).collect::<Vec<_>>(), ids);
            ids
        };
        assert_eq!(list(None, &[], "").await, [13, 11]);
        assert_eq!(list(Some(id(11)), &[], "").await, [12, 14], "two of one name part by identity");
        assert_eq!(list(None, &["lab", "nl810014"], "").await, [14]);
        assert_eq!(list(None, &["ab"], "").await, [0; 0], "words are found from their beginning");
        assert_eq!(list(None, &[], "ended").await, [0; 0]);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(customer::by_own_number(&mut tx, ORG, "7").await.unwrap(), Some(id(12)));
        assert_eq!(customer::by_name(&mut tx, ORG, "beta", "NL").await.unwrap(), Some(id(11)));
        assert_eq!(customer::by_name(&mut tx, ORG, "beta", "DE").await.unwrap(), None);
        let row = customer::lock(&mut tx, id(12)).await.unwrap().unwrap();
        customer::save(&mut tx, (id(12), row.version), &content("delta", Some("7"), " "), ME, NOW).await.unwrap();
        customer::add_version(&mut tx, (id(12), 2), "{\"a\":1}", "name changed", ME, NOW).await.unwrap();
        let stale = customer::save(&mut tx, (id(12), row.version), &content("x", None, " "), ME, NOW).await;
        assert!(matches!(stale, Err(StoreError::Stale)));
        let history = customer::history(&mut tx, id(12), i64::MAX, 9).await.unwrap();
        assert_eq!(history.iter().map(|line| line.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(customer::version(&mut tx, id(12), 2).await.unwrap().as_deref(), Some("{\"a\":1}"));
        assert_eq!(customer::count(&mut tx, ORG).await.unwrap(), 4);
        let taken = customer::insert(&mut tx, id(15), ORG, &content("x", Some("7"), " "), ME, NOW).await;
        assert!(matches!(taken, Err(StoreError::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn documents_are_due_by_day_and_reminded_of_once() {
    each_engine(async |db: Db| {
        with_company(&db).await;
        let day = |n: i64| Date::from_days(20_000 + n);
        let paper = |n| DocumentId(Uuid::from_u128(n));
        let written = |expires| document::Written {
            kind: "licence",
            about: "",
            number: "L",
            issuer: "",
            note: "",
            issued: None,
            expires,
        };
        let mut tx = db.begin().await.unwrap();
        customer::insert(&mut tx, id(9), ORG, &content("a", None, " a "), ME, NOW).await.unwrap();
        for (n, expires) in [(1, Some(day(40))), (2, Some(day(5))), (3, None), (4, Some(day(20)))] {
            let copy =
                document::Copy { storage: &format!("s{n}"), name: "a.txt", kind: "txt", size: 3, sha256: [7; 32] };
            let copy = Some(&copy).filter(|_| n != 3);
            document::insert(&mut tx, paper(n), (id(9), ORG), &written(expires), copy, ME, NOW).await.unwrap();
        }
        document::note(&mut tx, Uuid::from_u128(99), paper(1), "added", ("company_officer", ME), NOW).await.unwrap();
        document::end(&mut tx, (paper(4), 1), NOW).await.unwrap();
        tx.commit().await.unwrap();
        let due = document::due(&mut db.reader(), ORG, day(40)).await.unwrap();
        assert_eq!(due.iter().map(|row| row.id.as_u128()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!((due[0].customer.as_str(), due[0].expires_on, due[0].checker.as_deref()), ("a", Some(20_005), None));
        let of = document::of_customer(&mut db.reader(), id(9)).await.unwrap();
        assert_eq!(of.iter().map(|row| row.id.as_u128()).collect::<Vec<_>>(), [1, 2, 3, 4], "put aside last");
        assert!(document::is_kept(&mut db.reader(), "s1").await.unwrap());
        assert!(!document::is_kept(&mut db.reader(), "s3").await.unwrap());
        assert_eq!(document::custody(&mut db.reader(), id(9)).await.unwrap().len(), 1);
        let mut tx = db.begin().await.unwrap();
        let to_remind = document::to_remind(&mut tx, 1, day(30)).await.unwrap();
        assert_eq!(to_remind.iter().map(|row| row.id.as_u128()).collect::<Vec<_>>(), [2]);
        assert!(document::reminded(&mut tx, paper(2), 1).await.unwrap());
        assert!(!document::reminded(&mut tx, paper(2), 1).await.unwrap());
        assert!(document::to_remind(&mut tx, 1, day(30)).await.unwrap().is_empty());
        assert_eq!(document::to_remind(&mut tx, 2, day(7)).await.unwrap().len(), 1, "the next reminder");
        document::check(&mut tx, (paper(2), 1), ME, NOW, ("a list", "genuine")).await.unwrap();
        let stale = document::change(&mut tx, (paper(2), 1), &written(None)).await;
        assert!(matches!(stale, Err(StoreError::Stale)));
        document::change(&mut tx, (paper(2), 2), &written(Some(day(6)))).await.unwrap();
        assert_eq!(document::to_remind(&mut tx, 1, day(7)).await.unwrap().len(), 1, "another end begins anew");
        let found = document::find(&mut tx, paper(2)).await.unwrap().unwrap();
        assert_eq!((found.version, found.checker.as_deref(), found.outcome.as_str()), (3, Some("Ingrid"), "genuine"));
    })
    .await;
}

#[tokio::test]
async fn rows_of_an_import_stand_where_they_stand() {
    each_engine(async |db: Db| {
        with_company(&db).await;
        let file = ImportId(Uuid::from_u128(5));
        let mut tx = db.begin().await.unwrap();
        let new = import::NewImport {
            id: file,
            org: ORG,
            person: ME,
            file_name: "a.csv",
            titles: "[\"A\"]",
            mapping: "[\"\"]",
            total: 3,
            at: NOW,
        };
        import::insert(&mut tx, &new).await.unwrap();
        import::add_rows(&mut tx, file, r#"[[2,"[\"a, \\\"x\\\"\"]"],[3,"[\"b\"]"],[5,"[\"é\"]"]]"#).await.unwrap();
        assert_eq!(import::to_do(&mut tx).await.unwrap(), None);
        import::advance(&mut tx, file, ("mapping", "trying"), NOW, None).await.unwrap();
        assert_eq!(import::to_do(&mut tx).await.unwrap(), Some(file));
        let rows = import::rows(&mut tx, file, "new", 2, 9).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 5]);
        let first = import::rows(&mut tx, file, "new", 0, 1).await.unwrap();
        assert_eq!(first[0].cells, r#"["a, \"x\""]"#);
        import::set_row(&mut tx, file, 3, "wrong", "[]").await.unwrap();
        let mut counts = import::counts(&mut tx, file).await.unwrap();
        counts.sort();
        assert_eq!(counts, [("new".to_owned(), 2), ("wrong".to_owned(), 1)]);
        import::anew(&mut tx, file).await.unwrap();
        assert_eq!(import::counts(&mut tx, file).await.unwrap(), [("new".to_owned(), 3)]);
        let stale = import::advance(&mut tx, file, ("mapping", "trying"), NOW, None).await;
        assert!(matches!(stale, Err(StoreError::Stale)));
        for target in ["identity.country", "identity.note"] {
            import::remember(&mut tx, ORG, "a", target).await.unwrap();
        }
        let remembered = import::remembered(&mut tx, ORG).await.unwrap();
        assert_eq!(remembered, [("a".to_owned(), "identity.note".to_owned())]);
        assert_eq!(import::sweep(&mut tx, NOW.plus(1)).await.unwrap(), 0, "not while it is at work");
        import::advance(&mut tx, file, ("trying", "cancelled"), NOW, Some(NOW)).await.unwrap();
        assert_eq!(import::of_org(&mut tx, ORG).await.unwrap().len(), 1);
        assert_eq!(import::sweep(&mut tx, NOW.plus(1)).await.unwrap(), 1);
        assert_eq!(import::find(&mut tx, file).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn decisions_stand_wait_and_fall_due() {
    use domain::ids::{DecisionId, DraftId};
    use store::customer::{
        decision::{self, NewDecision},
        standing::{self, RatingRow},
    };
    each_engine(async |db: Db| {
        with_company(&db).await;
        let day = |n: i64| Date::from_days(20_000 + n);
        let made = |n| DecisionId(Uuid::from_u128(n));
        let mut tx = db.begin().await.unwrap();
        for n in [9, 10] {
            customer::insert(&mut tx, id(n), ORG, &content("a", None, " a "), ME, NOW).await.unwrap();
            standing::mark(&mut tx, id(n), ORG).await.unwrap();
        }
        assert_eq!(standing::to_rate(&mut tx, Timestamp(1), 9).await.unwrap(), [id(9), id(10)]);
        standing::rated(&mut tx, id(9), ("low", "high"), NOW).await.unwrap();
        let rating = RatingRow {
            customer_version: 1,
            rules: "2026-11-01".into(),
            computed: "low".into(),
            rating: "{}".into(),
            at: NOW.0,
        };
        standing::add_rating(&mut tx, Uuid::from_u128(5), id(9), &rating).await.unwrap();
        assert_eq!(standing::ratings(&mut tx, id(9)).await.unwrap(), [rating]);
        assert_eq!(standing::to_rate(&mut tx, NOW, 9).await.unwrap(), [id(10)]);
        let new = |n: u128, needs_second| NewDecision {
            id: made(n),
            customer: id(9),
            org: ORG,
            customer_version: 1,
            verdict: "refuse",
            reason: "Why",
            limits: "{}",
            computed: "low",
            band: "high",
            rules: "2026-11-01",
            rating: "{}",
            review_on: Some(day(40)),
            needs_second,
            at: NOW,
            person: ME,
        };
        decision::insert(&mut tx, &new(1, true)).await.unwrap();
        standing::waits(&mut tx, id(9), Some(made(1))).await.unwrap();
        assert!(!standing::due(&mut tx, id(9), "[\"owners\"]", NOW).await.unwrap(), "nothing is decided");
        assert_eq!(standing::counts(&mut tx, ORG, day(99)).await.unwrap(), (0, 1));
        assert_eq!(decision::waiting(&mut tx, ORG).await.unwrap()[0].agreed, None);
        decision::answer(&mut tx, made(1), (true, "Yes"), ME, NOW).await.unwrap();
        standing::decided(&mut tx, id(9), (made(1), "refuse"), ME, Some(day(40))).await.unwrap();
        decision::insert(&mut tx, &new(2, false)).await.unwrap();
        standing::overridden(&mut tx, id(9), made(2), "medium").await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let twice = decision::answer(&mut tx, made(1), (false, "No"), ME, NOW).await;
        assert!(matches!(twice, Err(StoreError::Conflict(_))));
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        let all = decision::of_customer(&mut tx, id(9)).await.unwrap();
        assert_eq!(all.iter().map(|row| (row.number, row.agreed)).collect::<Vec<_>>(), [(2, None), (1, Some(true))]);
        assert_eq!((all[1].needs_second, all[1].answerer.as_deref()), (true, Some("Ingrid")));
        assert_eq!(decision::refused(&mut tx, id(9)).await.unwrap(), 2);
        assert!(standing::reviews(&mut tx, ORG, day(39)).await.unwrap().is_empty());
        assert_eq!(standing::to_remind(&mut tx, 1, day(40)).await.unwrap().len(), 1);
        assert!(standing::reminded(&mut tx, id(9), 2).await.unwrap());
        assert!(standing::to_remind(&mut tx, 1, day(40)).await.unwrap().is_empty());
        assert!(standing::due(&mut tx, id(9), "[\"owners\"]", NOW).await.unwrap());
        assert!(!standing::due(&mut tx, id(9), "[\"owners\"]", NOW).await.unwrap(), "for the same reason once");
        assert_eq!(standing::reviews(&mut tx, ORG, day(0)).await.unwrap().len(), 1);
        assert_eq!(standing::counts(&mut tx, ORG, day(0)).await.unwrap(), (1, 0));
        assert_eq!(standing::to_tell(&mut tx).await.unwrap().len(), 1);
        assert!(standing::told(&mut tx, id(9)).await.unwrap() && !standing::told(&mut tx, id(9)).await.unwrap());
        let found = standing::find(&mut tx, id(9)).await.unwrap().unwrap();
        assert_eq!((found.band.as_str(), found.override_id, found.waiting_id), ("medium", Some(made(2).0), None));
        let draft = DraftId(Uuid::from_u128(3));
        decision::add_draft(&mut tx, draft, id(9), ME, NOW).await.unwrap();
        assert_eq!(decision::open_draft(&mut tx, id(9), ME, true).await.unwrap(), None, "it is gone");
        assert_eq!(decision::reported(&mut tx, id(9)).await.unwrap(), 0);
        let wanted = Wanted { org: ORG, after: None, state: "", words: &[], limit: 9 };
        let listed = customer::list(&mut tx, &wanted).await.unwrap();
        assert_eq!((listed[0].band.as_deref(), listed[0].review_on), (Some("medium"), Some(20_040)));
    })
    .await;
}
