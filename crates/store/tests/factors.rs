//! Second factors, recovery codes, known browsers and proposed resets on both engines: a step, a code and a decision are
//! there once.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use domain::{ids::UserId, time::Timestamp};
use store::{
    Db, StoreError, browser, factor,
    person::{self, NewPerson},
    rescue::{self, NewRescue},
    session,
};
use uuid::Uuid;

use support::each_engine;

const NOW: Timestamp = Timestamp(1_000 * Timestamp::DAY);

fn somebody(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

async fn with_people(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    for (n, email) in [(1, "a@x.example"), (2, "b@x.example")] {
        let new = NewPerson {
            id: somebody(n),
            email,
            name: "Ingrid",
            phone: "",
            password_hash: None,
            lang: "en",
            confirmed: Some(NOW),
            at: NOW,
        };
        person::insert(&mut tx, &new).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_factor_is_stored_once_and_each_step_used_once() {
    each_engine(async |db: Db| {
        with_people(&db).await;
        let mut tx = db.begin().await.unwrap();
        assert_eq!(factor::find(&mut tx, somebody(1)).await.unwrap(), None);
        factor::insert(&mut tx, somebody(1), b"sealed", 7, NOW).await.unwrap();
        let new = session::NewSession {
            token_hash: [1; 32],
            id: Uuid::from_u128(9),
            person: somebody(1),
            at: NOW,
            expires: NOW.plus(1),
            agent: "",
        };
        session::insert(&mut tx, &new).await.unwrap();
        assert_eq!(session::find(&mut tx, [1; 32], NOW).await.unwrap().unwrap().factors, 1);
        for (step, taken) in [(7, false), (6, false), (8, true), (8, false), (10, true), (9, false)] {
            assert_eq!(factor::use_step(&mut tx, somebody(1), step).await.unwrap(), taken, "{step}");
        }
        assert!(!factor::use_step(&mut tx, somebody(2), 99).await.unwrap());
        tx.commit().await.unwrap();
        let mut again = db.begin().await.unwrap();
        let twice = factor::insert(&mut again, somebody(1), b"other", 0, NOW).await;
        assert!(matches!(twice, Err(StoreError::Conflict(_))), "{twice:?}");
        drop(again);
        let mut tx = db.begin().await.unwrap();
        assert!(factor::remove(&mut tx, somebody(1)).await.unwrap());
        assert!(!factor::remove(&mut tx, somebody(1)).await.unwrap());
        assert_eq!(session::find(&mut tx, [1; 32], NOW).await.unwrap().unwrap().factors, 0);
    })
    .await;
}

#[tokio::test]
async fn recovery_codes_are_replaced_together_and_used_one_by_one() {
    each_engine(async |db: Db| {
        with_people(&db).await;
        let mut tx = db.begin().await.unwrap();
        factor::replace_codes(&mut tx, somebody(1), &[[1; 32], [2; 32]], NOW).await.unwrap();
        assert_eq!(factor::codes_left(&mut tx, somebody(1)).await.unwrap(), 2);
        assert!(!factor::use_code(&mut tx, somebody(2), [1; 32], NOW).await.unwrap(), "somebody else's");
        assert!(factor::use_code(&mut tx, somebody(1), [1; 32], NOW).await.unwrap());
        assert!(!factor::use_code(&mut tx, somebody(1), [1; 32], NOW).await.unwrap(), "used");
        assert_eq!(factor::codes_left(&mut tx, somebody(1)).await.unwrap(), 1);
        factor::replace_codes(&mut tx, somebody(1), &[[3; 32]], NOW).await.unwrap();
        assert!(!factor::use_code(&mut tx, somebody(1), [2; 32], NOW).await.unwrap(), "replaced");
        factor::remove(&mut tx, somebody(1)).await.unwrap();
        assert_eq!(factor::codes_left(&mut tx, somebody(1)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_browser_is_known_to_its_people_for_its_time() {
    each_engine(async |db: Db| {
        with_people(&db).await;
        let mut tx = db.begin().await.unwrap();
        let later = NOW.plus(Timestamp::DAY);
        for at in [NOW, later] {
            browser::see(&mut tx, [1; 32], somebody(1), at).await.unwrap();
        }
        browser::see(&mut tx, [2; 32], somebody(1), NOW).await.unwrap();
        for (mark, person, since, known) in [
            (1, 1, NOW, true),
            (1, 1, later, false),
            (1, 2, NOW.plus(-1), false),
            (2, 1, NOW, false),
            (2, 1, NOW.plus(-1), true),
            (3, 1, NOW.plus(-1), false),
        ] {
            let found = browser::is_known(&mut tx, [mark; 32], somebody(person), since).await.unwrap();
            assert_eq!(found, known, "{mark} {person}");
        }
        assert!(browser::is_ours(&mut tx, [1; 32], NOW).await.unwrap());
        assert!(!browser::is_ours(&mut tx, [3; 32], NOW).await.unwrap());
        assert_eq!(browser::sweep(&mut tx, NOW).await.unwrap(), 1);
        assert_eq!(browser::forget(&mut tx, somebody(1)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_proposal_waits_and_is_decided_once_in_time() {
    each_engine(async |db: Db| {
        with_people(&db).await;
        let mut tx = db.begin().await.unwrap();
        let (later, by) = (NOW.plus(Timestamp::DAY), somebody(2));
        for n in [1, 2] {
            let (id, person) = (Uuid::from_u128(n), somebody(1));
            let new = NewRescue { id, person, reason: "They called.", by, at: NOW, expires: later };
            rescue::insert(&mut tx, &new).await.unwrap();
        }
        let waits = rescue::open(&mut tx, NOW).await.unwrap();
        assert_eq!((waits.len(), waits[0].email.as_str(), waits[0].proposer.as_str()), (2, "a@x.example", "Ingrid"));
        let decide = async |tx: &mut _, n, at| rescue::decide(tx, Uuid::from_u128(n), "confirmed", by, at).await;
        assert!(decide(&mut tx, 1, NOW).await.is_ok());
        assert!(matches!(decide(&mut tx, 1, NOW).await, Err(StoreError::Stale)), "decided");
        assert!(matches!(decide(&mut tx, 2, later).await, Err(StoreError::Stale)), "lapsed");
        assert_eq!(rescue::open(&mut tx, NOW).await.unwrap().len(), 1);
        assert!(rescue::open(&mut tx, later).await.unwrap().is_empty());
        person::clear_password(&mut tx, somebody(1)).await.unwrap();
    })
    .await;
}
