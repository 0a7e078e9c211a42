use std::os::unix::fs::PermissionsExt as _;

use domain::receipt::{Receipt, ReceiptError, check};
use sha2::{Digest as _, Sha256};
use store::Sql;

use super::*;
use crate::{
    draft,
    report::{
        submit,
        tests::{HOUR, Somebody, drafted, officer, order, quick, reporter, save, sent, somebody},
        view,
    },
    testing::World,
};

async fn own_receipt(world: &World, me: &Somebody, reference: &Reference) -> String {
    own(world, &me.who, reference, None).await.unwrap().text
}

async fn checked(world: &World, text: &str) -> Result<Receipt, ReceiptError> {
    check(text, &keys(world).await.unwrap())
}

#[tokio::test]
async fn a_sent_report_has_a_receipt_that_anybody_can_check() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let text = own_receipt(&world, &me, &reference).await;
    let statement = checked(&world, &text).await.unwrap().statement;
    assert_eq!((&statement.reference, statement.version), (&reference, 1));
    assert_eq!((statement.authority.to_string(), statement.company.to_string()), ("pco-nl".into(), "meridian".into()));
    let content = view(&world, &me.who, &reference).await.unwrap().content;
    assert_eq!((statement.fingerprint.to_string(), statement.sent), (content.sha256, Second::of(content.at)));
    let for_desk = desk(&world, &authority.who, &reference, Some(1)).await.unwrap();
    assert_eq!((for_desk.text, for_desk.org), (text, authority.org), "both sides have the same one");
}

#[tokio::test]
async fn the_fingerprint_is_that_of_the_stored_answers() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let reference = sent(&world, &me, &order()).await;
    let receipt: Receipt = own_receipt(&world, &me, &reference).await.parse().unwrap();
    let row = store::report::find(&mut world.db.reader(), reference.as_str()).await.unwrap().unwrap();
    let stored = store::report::content::version(&mut world.db.reader(), ReportId(row.id), 1).await.unwrap().unwrap();
    assert_eq!(receipt.statement.fingerprint.0, <[u8; 32]>::from(Sha256::digest(stored.answers)));
}

#[tokio::test]
async fn one_changed_byte_is_refused() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let reference = sent(&world, &me, &order()).await;
    let text = own_receipt(&world, &me, &reference).await;
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let changed = String::from_utf8(bytes).unwrap();
        assert!(checked(&world, &changed).await.is_err(), "{changed}");
    }
}

#[tokio::test]
async fn each_version_has_its_own() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = drafted(&world, &me, &quick(), true).await;
    let reference = submit(&world, &me.who, id).await.unwrap();
    let first = own_receipt(&world, &me, &reference).await;
    world.wait(HOUR);
    let completion = draft::start_completion(&world, &me.who, &reference).await.unwrap();
    save(&world, &me.who, completion, 1, &order()).await.unwrap();
    submit(&world, &me.who, completion).await.unwrap();
    let second = own(&world, &me.who, &reference, None).await.unwrap();
    assert_eq!(second.version, 2);
    let (one, two) = (checked(&world, &first).await.unwrap(), checked(&world, &second.text).await.unwrap());
    assert_eq!((one.statement.version, two.statement.version), (1, 2));
    assert!(one.statement.sent < two.statement.sent && one.statement.fingerprint != two.statement.fingerprint);
    assert_eq!(own(&world, &me.who, &reference, Some(1)).await.unwrap().text, first);
    assert!(matches!(own(&world, &me.who, &reference, Some(3)).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn receipts_outlive_their_key() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let before = own_receipt(&world, &me, &sent(&world, &me, &order()).await).await;
    world.wait(HOUR);
    let new = rotate(&world).await.unwrap();
    world.wait(HOUR);
    let after = own_receipt(&world, &me, &sent(&world, &me, &order()).await).await;
    let (old, young) = (checked(&world, &before).await.unwrap(), checked(&world, &after).await.unwrap());
    assert!(old.key != new && young.key == new, "nobody had to be restarted");
    let keys = keys(&world).await.unwrap();
    assert_eq!(
        keys.iter().map(|key| (key.key, key.until.is_none())).collect::<Vec<_>>(),
        [(new, true), (old.key, false)]
    );
    let steps = store::audit::of_object(&mut world.db.reader(), "receipt_key", &new.to_string()).await.unwrap();
    assert_eq!(steps.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["ManageSystem: receipt key replaced"]);
}

#[tokio::test]
async fn a_replaced_key_signs_nothing_more() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    prepare(&world).await.unwrap();
    let file = key::path(&world);
    let old = std::fs::read(&file).unwrap();
    world.wait(HOUR);
    rotate(&world).await.unwrap();
    std::fs::write(&file, old).unwrap();
    let id = drafted(&world, &me, &order(), false).await;
    assert!(matches!(submit(&world, &me.who, id).await, Err(Refusal::Fault(why)) if why.contains("keys rotate")));
    assert!(matches!(prepare(&world).await, Err(KeyError::Replaced(_))));
    rotate(&world).await.unwrap();
    let reference = submit(&world, &me.who, id).await.unwrap();
    assert!(checked(&world, &own_receipt(&world, &me, &reference).await).await.is_ok());
}

#[tokio::test]
async fn the_key_is_a_file_of_the_service_alone() {
    let world = World::empty().await;
    prepare(&world).await.unwrap();
    let file = key::path(&world);
    let made = std::fs::read(&file).unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    prepare(&world).await.unwrap();
    assert_eq!(std::fs::read(&file).unwrap(), made, "it is made once");
    rotate(&world).await.unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let beside = std::fs::read_dir(&world.config.data_dir).unwrap();
    let names = beside.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| name.contains("key")).collect::<Vec<_>>(), ["receipt-key"], "nothing is left over");
    std::fs::write(&file, "not a key").unwrap();
    assert!(matches!(prepare(&world).await, Err(KeyError::Damaged(_))));
}

#[tokio::test]
async fn processes_with_folders_of_their_own_know_each_others_keys() {
    let world = World::with_people().await;
    let folder = tempfile::tempdir().unwrap();
    let config = crate::Config { data_dir: folder.path().to_owned(), ..(*world.config).clone() };
    let other = Context::new(world.db.clone(), world.clock.clone(), config, crate::testing::catalogue());
    prepare(&world).await.unwrap();
    prepare(&other).await.unwrap();
    let me = reporter(&world).await;
    let id = drafted(&world, &me, &order(), false).await;
    let reference = submit(&other, &me.who, id).await.unwrap();
    assert!(checked(&world, &own_receipt(&world, &me, &reference).await).await.is_ok());
    assert_eq!(keys(&world).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_was_sent_before_there_were_receipts_gets_the_same() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let reference = sent(&world, &me, &order()).await;
    let text = own_receipt(&world, &me, &reference).await;
    let mut tx = world.db.begin().await.unwrap();
    let forget = Sql { name: "test", sqlite: "DELETE FROM receipt", postgres: "DELETE FROM receipt" };
    tx.run(&forget, vec![]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(own(&world, &me.who, &reference, None).await, Err(Refusal::NotFound)));
    world.wait(HOUR);
    prepare(&world).await.unwrap();
    assert_eq!(own_receipt(&world, &me, &reference).await, text);
}

#[tokio::test]
async fn a_report_that_is_not_stored_leaves_no_receipt() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = drafted(&world, &me, &order(), false).await;
    std::fs::write(key::path(&world), "not a key").unwrap();
    assert!(matches!(submit(&world, &me.who, id).await, Err(Refusal::Fault(_))));
    std::fs::remove_file(key::path(&world)).unwrap();
    let reference = submit(&world, &me.who, id).await.unwrap();
    assert!(checked(&world, &own_receipt(&world, &me, &reference).await).await.is_ok());
}

#[tokio::test]
async fn a_receipt_is_for_those_who_may_see_the_report() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let unknown = Reference::from_bits(1);
    for stranger in ["reader@meridian-reagents.example", "officer@noordkust.example", "officer@pco-nl.example"] {
        let stranger = somebody(&world, stranger).await;
        for reference in [&reference, &unknown] {
            assert!(matches!(own(&world, &stranger.who, reference, None).await, Err(Refusal::NotFound)));
        }
    }
    for stranger in ["officer@pco-ca.example", "officer@meridian-reagents.example", "system@forerunner.example"] {
        let stranger = somebody(&world, stranger).await;
        assert!(matches!(desk(&world, &stranger.who, &reference, None).await, Err(Refusal::NotFound)));
    }
    assert!(desk(&world, &authority.who, &reference, None).await.is_ok());
    let nobody = Principal::default();
    assert!(matches!(own(&world, &nobody, &reference, None).await, Err(Refusal::NotSignedIn)));
}
