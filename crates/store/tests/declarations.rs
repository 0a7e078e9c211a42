//! Declarations on both engines: links by their hash, versions, what orders add up to, reminders once.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "support/company.rs"]
mod company;
mod support;

use domain::{
    date::Date,
    ids::{CustomerId, DeclarationId, DeclarationOrderId},
    time::Timestamp,
};
use store::{
    Db, StoreError,
    customer::{self, Content},
    declaration::{self, Decided, New, NewItem, Signature, order, order::NewOrder},
};
use uuid::Uuid;

use company::{ME, NOW, ORG};
use support::each_engine;

const BUYER: CustomerId = CustomerId(Uuid::from_u128(3));
const ID: DeclarationId = DeclarationId(Uuid::from_u128(4));

async fn with_declaration(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    company::add(&mut tx, "company").await;
    let file = Content {
        name: "Buyer",
        name_key: "buyer",
        country: "NL",
        state: "active",
        own_number: None,
        content: "{}",
        found_by: " buyer ",
    };
    customer::insert(&mut tx, BUYER, ORG, &file, ME, NOW).await.unwrap();
    let new = New {
        of: (BUYER, ORG),
        template: ("eu-several", "2026-11"),
        request: "{}",
        email: "b@y.example",
        lang: "en",
        person: ME,
    };
    let item = |number, slug| NewItem {
        number,
        slug,
        name: "Acetone",
        code: "",
        amount: "1 l",
        base: 1_000_000,
        dimension: "volume",
        density: Some(791),
    };
    declaration::insert(&mut tx, ID, &new, &[item(1, "acetone"), item(2, "")], NOW).await.unwrap();
    tx.commit().await.unwrap();
}

fn day(days: i64) -> Date {
    Date::from_days(1_000 + days)
}

fn later(days: i64) -> Timestamp {
    NOW.plus(days * Timestamp::DAY)
}

#[tokio::test]
async fn a_link_is_found_by_its_hash_as_long_as_it_holds() {
    each_engine(async |db: Db| {
        with_declaration(&db).await;
        let mut tx = db.begin().await.unwrap();
        declaration::send(&mut tx, (ID, 1), [1; 32], later(14), NOW).await.unwrap();
        assert!(matches!(declaration::send(&mut tx, (ID, 1), [2; 32], later(14), NOW).await, Err(StoreError::Stale)));
        assert_eq!(declaration::by_link(&mut tx, [1; 32], later(13)).await.unwrap(), Some(ID));
        assert_eq!(declaration::by_link(&mut tx, [1; 32], later(14)).await.unwrap(), None);
        assert_eq!(declaration::by_link(&mut tx, [2; 32], NOW).await.unwrap(), None);
        assert!(declaration::open(&mut tx, ID, NOW).await.unwrap());
        assert!(!declaration::open(&mut tx, ID, NOW).await.unwrap(), "once");
        declaration::keep_typed(&mut tx, ID, "{\"uses\":[\"Paint\"]}").await.unwrap();
        let signed =
            Signature { typed: "Ada", text: "Text", sha256: [7; 32], document: None, link_until: Some(later(30)) };
        declaration::sign(&mut tx, (ID, 3), &signed, NOW).await.unwrap();
        let row = declaration::lock(&mut tx, ID).await.unwrap().unwrap();
        assert_eq!((row.state.as_str(), row.version, row.sha256.as_deref()), ("signed", 4, Some(&[7; 32][..])));
        assert_eq!((row.typed.as_str(), row.customer.as_str()), ("{\"uses\":[\"Paint\"]}", "Buyer"));
        assert_eq!(declaration::by_link(&mut tx, [1; 32], later(29)).await.unwrap(), Some(ID));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn paper_and_withdrawal_end_the_link() {
    each_engine(async |db: Db| {
        with_declaration(&db).await;
        let mut tx = db.begin().await.unwrap();
        declaration::send(&mut tx, (ID, 1), [1; 32], later(14), NOW).await.unwrap();
        let signed = Signature { typed: "", text: "Text", sha256: [7; 32], document: None, link_until: None };
        declaration::sign(&mut tx, (ID, 2), &signed, NOW).await.unwrap();
        assert_eq!(declaration::by_link(&mut tx, [1; 32], NOW).await.unwrap(), None);
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        declaration::send(&mut tx, (ID, 1), [1; 32], later(14), NOW).await.unwrap();
        declaration::withdraw(&mut tx, (ID, 2)).await.unwrap();
        assert_eq!(declaration::by_link(&mut tx, [1; 32], NOW).await.unwrap(), None);
        declaration::note(&mut tx, ID, ("withdrawn", ""), None, NOW).await.unwrap();
        assert_eq!(declaration::events(&mut tx, ID).await.unwrap()[0].person, None);
    })
    .await;
}

#[tokio::test]
async fn orders_add_up_until_they_are_struck_out() {
    each_engine(async |db: Db| {
        with_declaration(&db).await;
        let mut tx = db.begin().await.unwrap();
        let orders = [(11, 1, 400_000, 0), (12, 1, 500_000, 400), (13, 2, 7, 1)];
        for (n, item, base, at) in orders {
            let new = NewOrder { item, day: day(at), amount: "x", base, reference: "PO", report: "FR-1", reason: "" };
            order::add(&mut tx, (DeclarationOrderId(Uuid::from_u128(n)), ID), &new, ME, NOW).await.unwrap();
        }
        let used = async |tx: &mut store::Tx| {
            let items = declaration::items(tx, ID).await.unwrap();
            items.into_iter().map(|item| (item.used, item.orders)).collect::<Vec<_>>()
        };
        assert_eq!(used(&mut tx).await, [(900_000, 2), (7, 1)]);
        assert_eq!(order::deliveries(&mut tx, BUYER, "acetone", day(300)).await.unwrap(), 1);
        assert!(order::is_counted(&mut tx, ID, 1, "FR-1").await.unwrap());
        let first = DeclarationOrderId(Uuid::from_u128(11));
        order::strike(&mut tx, (first, ID), "Wrong", ME, NOW).await.unwrap();
        assert!(matches!(order::strike(&mut tx, (first, ID), "Wrong", ME, NOW).await, Err(StoreError::Stale)));
        assert_eq!(used(&mut tx).await, [(500_000, 1), (7, 1)]);
        let all = order::all_of(&mut tx, ID).await.unwrap();
        assert_eq!((all.len(), all[0].striker.as_deref()), (3, Some("Ingrid")));
    })
    .await;
}

#[tokio::test]
async fn what_ends_is_found_and_reminded_of_once() {
    each_engine(async |db: Db| {
        with_declaration(&db).await;
        let mut tx = db.begin().await.unwrap();
        let decided = Decided { state: "in_force", reason: "", valid: (Some(day(0)), Some(day(20))) };
        declaration::decide(&mut tx, (ID, 1), &decided, ME, NOW).await.unwrap();
        let found = declaration::due(&mut tx, ORG, day(0), day(90)).await.unwrap();
        assert_eq!((found.len(), found[0].valid_until), (1, Some(1_020)));
        assert!(declaration::due(&mut tx, ORG, day(21), day(90)).await.unwrap().is_empty(), "it has ended");
        assert_eq!(declaration::to_remind(&mut tx, 1, day(30), day(0)).await.unwrap().len(), 1);
        assert!(declaration::reminded(&mut tx, ID, 1).await.unwrap());
        assert!(!declaration::reminded(&mut tx, ID, 1).await.unwrap());
        assert!(declaration::to_remind(&mut tx, 1, day(30), day(0)).await.unwrap().is_empty());
        assert_eq!(declaration::to_remind(&mut tx, 2, day(20), day(0)).await.unwrap().len(), 1);
        declaration::end(&mut tx, (ID, 2), "ended", "Replaced").await.unwrap();
        assert!(declaration::to_remind(&mut tx, 2, day(20), day(0)).await.unwrap().is_empty());
        assert_eq!(declaration::count(&mut tx, BUYER).await.unwrap(), 1);
        assert_eq!(declaration::of_customer(&mut tx, BUYER).await.unwrap()[0].state, "ended");
    })
    .await;
}
