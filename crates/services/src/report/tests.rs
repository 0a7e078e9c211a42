//! The whole way of reports through the services, on a real database with a clock that the tests move.

use domain::{
    access::Principal,
    answers::Answers,
    ids::{DraftId, OrgId},
    reference::Reference,
    time::Timestamp,
};

use crate::{
    Refusal,
    draft::{self, DraftView, Loaded, Post, Saved, Start},
    testing::World,
};

mod amending;
mod aside;
mod desk;
mod drafts;
mod isolation;
mod news;
mod sending;
mod undo;

/// Somebody of the demo, with their organisation.
pub(crate) struct Somebody {
    pub who: Principal,
    pub org: OrgId,
}

pub(crate) async fn somebody(world: &World, email: &str) -> Somebody {
    let who = world.principal(email).await;
    let org = who.memberships[0].org;
    Somebody { who, org }
}

/// Officer of a Dutch distributor.
pub(crate) async fn reporter(world: &World) -> Somebody {
    somebody(world, "officer@meridian-reagents.example").await
}

/// Officer of the Dutch authority.
pub(crate) async fn officer(world: &World) -> Somebody {
    somebody(world, "officer@pco-nl.example").await
}

/// A complete report of an order, as typed: green but for what is added.
pub(crate) fn order() -> Answers {
    [
        ("kind", "order"),
        ("aware_at", "2026-11-23"),
        ("aware_at", "11:30"),
        ("occurred_at", "2026-11-22"),
        ("substances.involved", "substances"),
        ("substance.1.name", "Acetone"),
        ("substance.1.quantity", "2 drums of 200 l"),
        ("party.1.type", "company"),
        ("party.1.name", "Grey Harbour Trading"),
        ("party.1.address", "Haven 3, Rotterdam"),
        ("party.1.country", "NL"),
        ("why.text", "They would not say what it is for."),
        ("did.done", "pending"),
        ("contact.name", "Tomás Herrera"),
        ("contact.phone", "+31 10 555 0103"),
    ]
    .into_iter()
    .collect()
}

/// A complete quick report.
pub(crate) fn quick() -> Answers {
    [
        ("kind", "order"),
        ("story", "A man asked for two drums at the gate."),
        ("party.1.type", "person"),
        ("party.1.name", "Unknown driver"),
        ("why.text", "He paid cash and had no papers."),
        ("did.done", "refused"),
        ("contact.phone", "+31 10 555 0103"),
    ]
    .into_iter()
    .collect()
}

/// What each field of `answers` would post.
pub(crate) fn posted(answers: &Answers) -> (Vec<String>, Vec<(String, String)>) {
    let asked = answers.iter().map(|(field, _)| field.to_owned()).collect();
    let pairs = answers.iter().flat_map(|(field, texts)| texts.iter().map(|text| (field.to_owned(), text.clone())));
    (asked, pairs.collect())
}

/// Posts answers as one page made from version `base`.
pub(crate) async fn save(
    world: &World,
    who: &Principal,
    id: DraftId,
    base: i64,
    answers: &Answers,
) -> Result<Saved, Refusal> {
    let (asked, posted) = posted(answers);
    let post = Post { base, tab: "", turn: 0, asked: &asked, posted: &posted, partly: false };
    draft::save_page(world, who, id, &post).await
}

pub(crate) async fn open(world: &World, who: &Principal, id: DraftId) -> DraftView {
    match draft::load(world, who, id).await.unwrap() {
        Loaded::Open(view) => *view,
        other => panic!("not open: {other:?}"),
    }
}

/// A draft with these answers.
pub(crate) async fn drafted(world: &World, from: &Somebody, answers: &Answers, quick: bool) -> DraftId {
    let id = draft::start(world, &from.who, from.org, Start { kind: None, quick }).await.unwrap();
    save(world, &from.who, id, 1, answers).await.unwrap();
    id
}

/// A report with these answers.
pub(crate) async fn sent(world: &World, from: &Somebody, answers: &Answers) -> Reference {
    let id = drafted(world, from, answers, false).await;
    super::submit(world, &from.who, id).await.unwrap()
}

/// Takes every authority's countries away, so that nobody answers for a company any more.
pub(crate) async fn nobody_answers(world: &World) {
    for text in ["DELETE FROM authority_scope", "UPDATE org SET authority_id = NULL"] {
        let mut tx = world.db.begin().await.unwrap();
        tx.run(&store::Sql { name: "test", sqlite: text, postgres: text }, vec![]).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// The acts on a report as the audit log has them, oldest first.
pub(crate) async fn audited(world: &World, reference: &Reference) -> Vec<String> {
    let rows = store::audit::of_object(&mut world.db.reader(), "report", reference.as_str()).await.unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

/// How many mails were queued so far. The clock moves on by a moment, so that later ones sort behind them.
pub(crate) async fn mails_so_far(world: &World) -> usize {
    world.wait(1_000);
    world.mails().await.len()
}

/// Templates of the mails queued after the first `known`, with their recipients.
pub(crate) async fn mails_after(world: &World, known: usize) -> Vec<(String, String)> {
    world.mails().await.into_iter().skip(known).map(|(template, to, _)| (template, to)).collect()
}

pub(crate) const HOUR: i64 = Timestamp::HOUR;
