use domain::answers::Answers;

use super::*;
use crate::{
    desk, draft,
    report::tests::{Somebody, drafted, officer, open, order, quick, reporter, save, sent, somebody},
    testing::World,
};

/// An order of the same buyer, as one company or another writes it down.
fn of_buyer(name: &str, phone: &str, text: &str) -> Answers {
    let mut answers = order();
    answers.set_one("party.1.name", name);
    answers.set_one("party.1.address", "not known");
    answers.set_one("party.1.phone", phone);
    answers.set_one("why.text", text);
    answers
}

async fn shared_with(world: &World, desk: &Somebody, reference: &Reference) -> Shared {
    desk::view(world, &desk.who, reference).await.unwrap().shared
}

fn references(shared: &Shared) -> Vec<&Reference> {
    shared.reports.iter().map(|report| &report.reference).collect()
}

#[tokio::test]
async fn the_desk_sees_that_three_companies_met_the_same_buyer() {
    let world = World::with_people().await;
    let desk = officer(&world).await;
    let (one, two) = (reporter(&world).await, somebody(&world, "officer@noordkust.example").await);
    let three = somebody(&world, "officer@deltaquay.example").await;
    let first =
        sent(&world, &one, &of_buyer("Vale Trading B.V.", "+31 20 555 01 77", "Pay NL91 ABNA 0417 1643 00.")).await;
    world.wait(1_000);
    let second =
        sent(&world, &two, &of_buyer("VALE TRADING", "0031205550188", "They paid from NL91ABNA0417164300.")).await;
    world.wait(1_000);
    let third = sent(&world, &three, &of_buyer("Somebody else", "020-5550177", "No papers.")).await;
    world.wait(1_000);
    let weak = sent(&world, &three, &of_buyer("Trading Vale", "", "No papers at all.")).await;

    let shared = shared_with(&world, &desk, &first).await;
    assert_eq!(shared.total, 3);
    assert_eq!(references(&shared), [&third, &second, &weak], "strong before weak, then the newest first");
    let told = |report: &SharedReport| report.facts.iter().map(|fact| fact.kind).collect::<Vec<_>>();
    assert_eq!(told(&shared.reports[0]), [FactKind::Phone]);
    assert_eq!(told(&shared.reports[1]), [FactKind::Iban, FactKind::Name]);
    assert_eq!(told(&shared.reports[2]), [FactKind::Name]);
    let phone = &shared.reports[0].facts[0];
    assert_eq!((phone.shown.as_str(), phone.other_shown.as_str()), ("+31 20 555 01 77", "020-5550177"));
    assert_eq!((phone.role.as_str(), phone.other_role.as_str()), ("subject", "subject"));
    assert_eq!(references(&shared_with(&world, &desk, &second).await), [&first, &weak]);
    let queue = desk::queue(&world, &desk.who, desk.org, &desk::QueueFilter::default(), None, 9).await.unwrap();
    let flagged = queue.rows.iter().filter(|row| row.shares).count();
    assert_eq!(flagged, 3, "the one that shares a name only is not flagged");
}

#[tokio::test]
async fn a_later_version_replaces_what_is_compared() {
    let world = World::with_people().await;
    let (desk, one) = (officer(&world).await, reporter(&world).await);
    let other = sent(&world, &one, &of_buyer("Vale Trading", "+31 20 555 0177", "No use named.")).await;
    let id = drafted(&world, &one, &quick(), true).await;
    let quick = crate::report::submit(&world, &one.who, id).await.unwrap();
    assert_eq!(shared_with(&world, &desk, &quick).await, Shared::default());
    let id = draft::start_completion(&world, &one.who, &quick).await.unwrap();
    let base = open(&world, &one.who, id).await.version;
    save(&world, &one.who, id, base, &of_buyer("Vale", "0205550177", "No use named.")).await.unwrap();
    crate::report::submit(&world, &one.who, id).await.unwrap();
    assert_eq!(references(&shared_with(&world, &desk, &quick).await), [&other]);
}

#[tokio::test]
async fn the_reporters_own_data_join_nothing() {
    let world = World::with_people().await;
    let (desk, one) = (officer(&world).await, reporter(&world).await);
    let mut answers =
        of_buyer("Vale Trading", "", "Call us on +31 10 555 0103 or write to officer@meridian-reagents.example.");
    let first = sent(&world, &one, &answers).await;
    answers.set_one("party.1.name", "Another Firm");
    sent(&world, &one, &answers).await;
    assert_eq!(shared_with(&world, &desk, &first).await, Shared::default());
}

#[tokio::test]
async fn a_company_is_told_of_its_own_reports_only() {
    let world = World::with_people().await;
    let (one, two) = (reporter(&world).await, somebody(&world, "officer@noordkust.example").await);
    let admin = somebody(&world, "admin@meridian-reagents.example").await;
    let foreign = sent(&world, &two, &of_buyer("Vale Trading", "+31 20 555 0177", "No use named.")).await;
    let writing = drafted(&world, &one, &of_buyer("Vale Trading Ltd", "020 555 0177", "No use named."), false).await;
    let view = open(&world, &one.who, writing).await;
    assert_eq!(reported_before(&world, &one.who, &view, None).await.unwrap(), [], "nothing of another company");

    let own = sent(&world, &admin, &of_buyer("Vale Trading", "", "No use named.")).await;
    let before = reported_before(&world, &one.who, &view, None).await.unwrap();
    assert_eq!(before.len(), 1);
    assert_eq!((before[0].party, before[0].report.clone()), (1, None), "a colleague's report stays closed");
    assert_eq!(reported_before(&world, &one.who, &view, Some(2)).await.unwrap(), []);
    let seen = reported_before(&world, &admin.who, &view, Some(1)).await.unwrap();
    let (reference, _) = seen[0].report.clone().unwrap();
    assert_eq!(reference, own);
    assert_ne!(reference, foreign);
    let stranger = reported_before(&world, &two.who, &view, None).await;
    assert!(matches!(stranger, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn reports_of_an_older_program_are_read_once() {
    let world = World::with_people().await;
    let (desk, one) = (officer(&world).await, reporter(&world).await);
    let two = somebody(&world, "officer@noordkust.example").await;
    let first = sent(&world, &one, &of_buyer("Vale Trading", "+31 20 555 0177", "No use named.")).await;
    let second = sent(&world, &two, &of_buyer("Vale", "0205550177", "No use named.")).await;
    let before = shared_with(&world, &desk, &first).await;
    assert_eq!(references(&before), [&second]);
    forget_all(&world).await;
    assert_eq!(shared_with(&world, &desk, &first).await, Shared::default());
    derive_anew(&world).await.unwrap();
    assert_eq!(shared_with(&world, &desk, &first).await, before);
    forget_all(&world).await;
    derive_anew(&world).await.unwrap();
    assert_eq!(shared_with(&world, &desk, &first).await, Shared::default(), "done once, it is not done again");
}

async fn forget_all(world: &World) {
    let text = "DELETE FROM report_fact";
    let mut tx = world.db.begin().await.unwrap();
    tx.run(&store::Sql { name: "test", sqlite: text, postgres: text }, vec![]).await.unwrap();
    tx.commit().await.unwrap();
}
