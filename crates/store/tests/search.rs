//! Full-text search finds the same on both engines, within one authority, whatever is typed.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "reports/fixtures.rs"]
#[expect(dead_code, reason = "shared with the tests of reports")]
mod fixtures;
mod support;

use domain::{
    fulltext::{Question, Words},
    ids::{OrgId, ReportId},
    time::Timestamp,
};
use fixtures::*;
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use store::{Db, Tx, report, report::ReportRow, search};
use support::each_engine;
use uuid::Uuid;

const FIRST: i64 = i64::MAX;

async fn with(tx: &mut Tx, row: ReportRow, body: &str) {
    assert!(report::insert(tx, &row).await.unwrap());
    set(tx, &row, body).await;
}

async fn set(tx: &mut Tx, row: &ReportRow, body: &str) {
    search::set(tx, ReportId(row.id), OrgId(row.authority_id), body, &Words::of(body)).await.unwrap();
}

async fn find(db: &Db, text: &str, shelf: &str, before: i64, limit: i64) -> Vec<search::FoundRow> {
    let Some(question) = Question::read(text) else { return Vec::new() };
    let wanted = search::Wanted { authority: AUTHORITY, question: &question, shelf, before, limit };
    search::find(&mut db.reader(), &wanted).await.unwrap()
}

async fn references(db: &Db, text: &str) -> Vec<String> {
    find(db, text, "", FIRST, 9).await.into_iter().map(|row| row.reference).collect()
}

#[tokio::test]
async fn words_beginnings_phrases_and_every_script() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let closed = ReportRow { shelf: "closed".into(), ..row(1, 5) };
        with(&mut tx, closed, "Éther éthylique for Grey Harbour, 3 drums of 200 l").await;
        with(&mut tx, row(2, 5), "Grey acetone; the harbour master called. Химпром, 上海化工有限公司").await;
        let elsewhere = ReportRow { authority_id: OTHER_COMPANY.0, ..row(3, 5) };
        with(&mut tx, elsewhere, "Grey Harbour acetone").await;
        tx.commit().await.unwrap();
        for (text, found) in [
            ("grey harbour", vec!["FR-2", "FR-1"]),
            ("\"grey harbour\"", vec!["FR-1"]),
            ("ETHER", vec!["FR-1"]),
            ("acet", vec!["FR-2"]),
            ("acet drums", vec![]),
            ("химпр", vec!["FR-2"]),
            ("化工", vec!["FR-2"]),
            ("海化工有", vec!["FR-2"]),
            ("司", vec!["FR-2"]),
            ("工化", vec![]),
            ("200", vec!["FR-1"]),
            ("nothing", vec![]),
        ] {
            assert_eq!(references(&db, text).await, found, "{text}");
        }
        let open = find(&db, "grey", "open", FIRST, 9).await;
        assert_eq!(open.iter().map(|row| row.reference.as_str()).collect::<Vec<_>>(), ["FR-2"]);
        let first = find(&db, "grey", "", FIRST, 1).await;
        let next = find(&db, "grey", "", first[0].place, 9).await;
        assert_eq!((first[0].reference.as_str(), next[0].reference.as_str()), ("FR-2", "FR-1"));
    })
    .await;
}

/// The next report comes as if so many had come before.
async fn come_after(tx: &mut Tx, reports: i64) {
    let skip = store::Sql {
        name: "test",
        sqlite: "UPDATE report_text SET n = $1 WHERE n = (SELECT max(n) FROM report_text)",
        postgres: "SELECT setval(pg_get_serial_sequence('report_text', 'n'), $1)",
    };
    tx.run(&skip, vec![store::Arg::from(reports)]).await.unwrap();
}

#[tokio::test]
async fn the_last_that_came_is_found_first_however_many_came() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        with(&mut tx, row(1, 5), "grey harbour").await;
        for (number, before) in [(3, 4_000), (5, 40_000), (7, 1_000_000), (9, 3_000_000)] {
            with(&mut tx, row(number, 5), "nothing").await;
            come_after(&mut tx, before).await;
            with(&mut tx, row(number + 1, 5), "grey harbour").await;
        }
        with(&mut tx, row(11, 5), "grey acetone").await;
        let elsewhere = ReportRow { authority_id: OTHER_COMPANY.0, ..row(12, 5) };
        with(&mut tx, elsewhere, "grey harbour").await;
        set(&mut tx, &row(4, 5), "harbour, grey").await;
        tx.commit().await.unwrap();
        for (text, found) in [
            ("grey", vec!["FR-11", "FR-10", "FR-8", "FR-6", "FR-4", "FR-1"]),
            ("harb", vec!["FR-10", "FR-8", "FR-6", "FR-4", "FR-1"]),
            ("\"grey harbour\"", vec!["FR-10", "FR-8", "FR-6", "FR-1"]),
            ("acetone", vec!["FR-11"]),
            ("grey acetone harbour", vec![]),
        ] {
            assert_eq!(references(&db, text).await, found, "{text}");
        }
        let (mut before, mut pages) = (FIRST, Vec::new());
        while let Some(row) = find(&db, "grey", "", before, 1).await.pop() {
            before = row.place;
            pages.push(row.reference);
        }
        assert_eq!(pages, ["FR-11", "FR-10", "FR-8", "FR-6", "FR-4", "FR-1"]);
    })
    .await;
}

#[tokio::test]
async fn a_later_version_is_found_by_its_own_words() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let report = row(1, 5);
        with(&mut tx, report.clone(), "acetone").await;
        set(&mut tx, &report, "toluene and acetal").await;
        tx.commit().await.unwrap();
        assert_eq!(references(&db, "acetone").await, [""; 0]);
        assert_eq!(references(&db, "toluene").await, ["FR-1"]);
        let words = search::words(&mut db.reader(), AUTHORITY, 'a').await.unwrap();
        assert_eq!(words, ["acetal", "acetone"]);
        assert_eq!(search::words(&mut db.reader(), OTHER_COMPANY, 'a').await.unwrap(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_question_is_its_askers_and_ends() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let id = Uuid::from_u128(9);
        let new = search::NewQuestion {
            id,
            authority: AUTHORITY,
            person: OFFICER,
            text: "acetone",
            shelf: "open",
            expires: Timestamp(50),
        };
        search::ask(&mut tx, &new).await.unwrap();
        let asked = Some(("acetone".to_owned(), "open".to_owned()));
        for (authority, person, now, found) in [
            (AUTHORITY, OFFICER, 49, asked),
            (AUTHORITY, OFFICER, 50, None),
            (AUTHORITY, ANA, 49, None),
            (COMPANY, OFFICER, 49, None),
        ] {
            assert_eq!(search::asked(&mut tx, id, authority, person, Timestamp(now)).await.unwrap(), found);
        }
        assert_eq!(search::sweep(&mut tx, Timestamp(49)).await.unwrap(), 0);
        assert_eq!(search::sweep(&mut tx, Timestamp(50)).await.unwrap(), 1);
    })
    .await;
}

/// Nothing that is typed is an error, and nothing that a report says keeps it from being indexed.
#[tokio::test]
async fn nothing_typed_breaks_it() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let report = row(1, 5);
        with(&mut tx, report.clone(), "acetone").await;
        let mut runner = TestRunner::deterministic();
        for _ in 0..150 {
            let text = any::<String>().new_tree(&mut runner).unwrap().current();
            let quoted = "[\"'*()&|!:<>a-c -]{0,20}".new_tree(&mut runner).unwrap().current();
            let kept = text.replace('\0', "\u{fffd}");
            set(&mut tx, &report, &kept).await;
            for text in [text, quoted] {
                find(&db, &text, "", FIRST, 1).await;
            }
        }
        tx.commit().await.unwrap();
    })
    .await;
}
