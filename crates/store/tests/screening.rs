//! What is kept of screenings on both engines: a mark that nobody takes from under another, hits that are there once, a job whose
//! cursor moves once.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "support/company.rs"]
mod company;
mod support;

use domain::ids::{CustomerId, HitId};
use store::{
    Db, StoreError,
    customer::{self, Content},
    screening::{
        self, NewRun,
        hit::{self, NewStep, Said, Wanted},
        job::{self, NewJob},
    },
    watchlist::{self, ListRow, NewVersion},
};
use uuid::Uuid;

use company::{ME, NOW, ORG};
use support::each_engine;

const LIST: Uuid = Uuid::from_u128(3);
const VERSION: Uuid = Uuid::from_u128(4);

const fn customer_id(number: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(100 + number))
}

async fn with_customers(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    company::add(&mut tx, "company").await;
    for number in 1..=3 {
        let content = Content {
            name: "N",
            name_key: "n",
            country: "NL",
            state: "active",
            own_number: None,
            content: "{}",
            found_by: "",
        };
        customer::insert(&mut tx, customer_id(number), ORG, &content, ME, NOW).await.unwrap();
        screening::mark(&mut tx, customer_id(number), ORG, "entered", ME).await.unwrap();
    }
    let list = ListRow {
        id: LIST,
        code: "own".into(),
        label: "Own".into(),
        means: "watch".into(),
        automatic: false,
        owner_id: None,
        created_at: 0,
    };
    watchlist::add_list(&mut tx, &list).await.unwrap();
    let new =
        NewVersion { id: VERSION, list: LIST, format: "own", files: "x", sha256: [1; 32], bytes: 1, by: None, at: NOW };
    watchlist::begin(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn run(db: &Db, number: u128, marked: i64, job: i64) -> bool {
    let mut tx = db.begin().await.unwrap();
    screening::screens(&mut tx).await.unwrap();
    if !screening::is_still_due(&mut tx, customer_id(number), marked).await.unwrap() {
        return false;
    }
    screening::keep_search(&mut tx, [9; 32], "{}").await.unwrap();
    let id = Uuid::from_u128(1000 + number * 10 + u128::from(marked.unsigned_abs()));
    let new = NewRun {
        id,
        customer: customer_id(number),
        org: ORG,
        at: NOW.plus(marked),
        cause: "entered",
        person: Some(ME.0),
        version: 1,
        search: [9; 32],
        parties: "[]",
        found: 0,
        fresh: 0,
        job,
    };
    screening::add_run(&mut tx, new).await.unwrap();
    screening::heard(&mut tx, customer_id(number), marked, id, job).await.unwrap();
    tx.commit().await.unwrap();
    true
}

fn said<'a>(state: &'a str, holds: &'a str) -> Said<'a> {
    Said {
        party_name: "N",
        party_hash: [1; 32],
        entry_name: "M",
        entry_hash: [2; 32],
        score: 900,
        means: "watch",
        finding: "{}",
        state,
        holds,
        until: (holds == "no_match").then(|| NOW.plus(5)),
        proposed: "",
        proposed_by: None,
        told: state != "open",
    }
}

async fn marks(db: Db) {
    with_customers(&db).await;
    let first = customer_id(1);
    let due = screening::due(&mut db.reader(), CustomerId(Uuid::nil()), 10).await.unwrap();
    assert_eq!((due.len(), due[0].marked, due[0].cause.as_str()), (3, 1, "entered"));
    // It is changed while it is screened: what was found is of the file before.
    let mut tx = db.begin().await.unwrap();
    screening::mark(&mut tx, first, ORG, "changed", ME).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!run(&db, 1, 1, 0).await);
    let due = screening::due_one(&mut db.reader(), first).await.unwrap().unwrap();
    assert_eq!((due.marked, due.cause.as_str()), (2, "entered"), "one that was never screened was not changed");
    assert!(run(&db, 1, 2, 0).await && !run(&db, 1, 2, 0).await, "once");
    assert_eq!(screening::due_count(&mut db.reader(), Some(ORG)).await.unwrap(), 2);
    let stands = screening::stands(&mut db.reader(), first).await.unwrap().unwrap();
    assert_eq!((stands.due, stands.person.as_deref(), stands.search.as_deref()), (false, Some("Ingrid"), Some("{}")));
    let mut tx = db.begin().await.unwrap();
    assert_eq!(screening::mark_all(&mut tx, Some(ORG), "sight").await.unwrap(), 1, "who waits waits already");
    assert_eq!(screening::mark_all(&mut tx, None, "engine").await.unwrap(), 0);
    screening::changes(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(screening::due_count(&mut db.reader(), None).await.unwrap(), 3);
    let before = screening::run_before(&mut db.reader(), first, NOW.plus(2)).await.unwrap();
    assert!(before.is_none(), "before means before");
    assert!(screening::run_before(&mut db.reader(), first, NOW.plus(3)).await.unwrap().is_some());
}

async fn hits(db: Db) {
    with_customers(&db).await;
    let (id, first) = (HitId(Uuid::from_u128(50)), customer_id(1));
    let mut tx = db.begin().await.unwrap();
    let party = (ORG, first, "customer-0");
    hit::add(&mut tx, id, party, ("own", "7"), &said("open", ""), NOW).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let again = hit::add(&mut tx, HitId(Uuid::from_u128(51)), party, ("own", "7"), &said("open", ""), NOW).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))));
    drop(tx);
    assert!(hit::to_tell(&mut db.reader()).await.unwrap().is_empty(), "files of the company still wait");
    for number in 1..=3 {
        assert!(run(&db, number, 1, 0).await);
    }
    assert_eq!(hit::to_tell(&mut db.reader()).await.unwrap(), [ORG]);
    let mut tx = db.begin().await.unwrap();
    assert_eq!(hit::untold(&mut tx, ORG).await.unwrap(), [(ME.0, "open".to_owned(), 1)]);
    assert_eq!(hit::told(&mut tx, ORG).await.unwrap(), 1);
    let quiet = said("no_match", "no_match");
    hit::save(&mut tx, (id, 1), &quiet, NOW.plus(1)).await.unwrap();
    assert!(matches!(hit::save(&mut tx, (id, 1), &quiet, NOW).await, Err(StoreError::Stale)));
    for (number, what) in [(60, "found"), (61, "decided")] {
        let step = NewStep {
            hit: id,
            number,
            at: NOW.plus(number),
            what,
            person: (what == "decided").then_some(ME),
            decision: "",
            reason: "",
            run: None,
            job: None,
            search: None,
            anew: what == "found",
        };
        hit::add_step(&mut tx, step, &quiet).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut db_ = db.reader();
    let steps = hit::steps(&mut db_, id).await.unwrap();
    assert_eq!((steps.len(), steps[0].finding.as_str(), steps[1].finding.as_str()), (2, "{}", ""));
    assert_eq!(hit::steps_before(&mut db_, first, NOW.plus(61)).await.unwrap().len(), 1);
    assert_eq!(hit::to_lapse(&mut db_, NOW.plus(4), 9).await.unwrap(), []);
    assert_eq!(hit::to_lapse(&mut db_, NOW.plus(5), 9).await.unwrap(), [id]);
    let wanted = |state, customer| Wanted { org: ORG, state, list: "", customer, most: 9, skip: 0 };
    for (state, customer, count) in
        [("", None, 0), ("all", None, 1), ("no_match", Some(first), 1), ("all", Some(customer_id(2)), 0)]
    {
        assert_eq!(hit::listed(&mut db_, &wanted(state, customer)).await.unwrap().len(), count, "{state}");
    }
    assert_eq!(hit::lists(&mut db_, ORG).await.unwrap(), [("own".to_owned(), "Own".to_owned())]);
    let both = [first, customer_id(2)];
    let tallies = hit::tallies(&mut db_, &both).await.unwrap();
    assert_eq!((tallies.len(), tallies[0].customer_id, tallies[0].many), (1, first.0, 1));
    assert_eq!(hit::tally(&mut db_, first).await.unwrap(), tallies);
    assert_eq!(hit::due_among(&mut db_, &both).await.unwrap(), []);
    let from = (CustomerId(Uuid::nil()), customer_id(3));
    assert_eq!(hit::on_list(&mut db_, "own", from).await.unwrap(), [(first.0, "7".to_owned())]);
    assert_eq!(hit::to_do(&mut db_, ORG).await.unwrap(), 0);
}

async fn jobs(db: Db) {
    with_customers(&db).await;
    for number in 1..=2 {
        assert!(run(&db, number, 1, 0).await);
    }
    let mut tx = db.begin().await.unwrap();
    let new = NewJob { code: "own", label: "Own", from: None, to: VERSION, searched: "{}", at: NOW };
    job::add(&mut tx, new).await.unwrap();
    job::add(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = db.reader();
    let first = job::next(&mut reader).await.unwrap().unwrap();
    assert_eq!((first.number, first.total, job::last(&mut reader).await.unwrap()), (1, 2, 2));
    // Who is screened since it happened is left out.
    assert!(run(&db, 3, 1, 2).await);
    let nobody = CustomerId(Uuid::nil());
    let some = job::subjects(&mut reader, nobody, 1, 9).await.unwrap();
    assert_eq!(some.iter().map(|row| row.customer_id).collect::<Vec<_>>(), [customer_id(1).0, customer_id(2).0]);
    let mut tx = db.begin().await.unwrap();
    assert!(job::is_as_it_was(&mut tx, customer_id(1), some[0].run_id).await.unwrap());
    assert!(!job::is_as_it_was(&mut tx, customer_id(1), some[1].run_id).await.unwrap());
    job::advance(&mut tx, 1, (nobody, customer_id(1)), (1, 1), NOW).await.unwrap();
    let again = job::advance(&mut tx, 1, (nobody, customer_id(1)), (1, 1), NOW).await;
    assert!(matches!(again, Err(StoreError::Stale)));
    job::advance(&mut tx, 1, (customer_id(1), customer_id(2)), (1, 0), NOW).await.unwrap();
    job::end(&mut tx, 1, NOW).await.unwrap();
    assert!(matches!(job::end(&mut tx, 1, NOW).await, Err(StoreError::Stale)));
    tx.commit().await.unwrap();
    assert_eq!(job::next(&mut reader).await.unwrap().unwrap().number, 2);
    let done = job::done_between(&mut reader, 0, NOW.plus(1)).await.unwrap();
    assert_eq!((done.len(), done[0].fresh, done[0].done), (1, 1, 2));
}

#[tokio::test]
async fn a_mark_is_heard_once_and_never_from_under_another() {
    each_engine(marks).await;
}

#[tokio::test]
async fn a_hit_is_there_once_with_everything_that_happened() {
    each_engine(hits).await;
}

#[tokio::test]
async fn the_cursor_of_a_job_moves_once() {
    each_engine(jobs).await;
}
