//! Amendments: another version of the same report, once, from the version that stands, and what differs in words.

use domain::question::{Difference, Form, count};

use super::{super::*, *};
use crate::{desk, fact, receipt, search, thread::Said};

/// A colleague who runs the company's account.
async fn colleague(world: &World) -> Somebody {
    somebody(world, "admin@meridian-reagents.example").await
}

/// Changes answers in a draft as its page would.
async fn change(world: &World, who: &Principal, id: DraftId, pairs: &[(&str, &str)]) {
    let version = open(world, who, id).await.version;
    save(world, who, id, version, &pairs.iter().copied().collect()).await.unwrap();
}

async fn amended(world: &World, from: &Somebody, reference: &Reference, pairs: &[(&str, &str)]) -> DraftId {
    let id = draft::start_amendment(world, &from.who, reference).await.unwrap();
    change(world, &from.who, id, pairs).await;
    id
}

#[tokio::test]
async fn an_amendment_is_the_next_version_of_the_same_report() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let version = desk::view(&world, &authority.who, &reference).await.unwrap().version;
    let officers = authority.who.person.as_ref().unwrap().id;
    desk::assign(&world, &authority.who, &reference, version, Some(officers)).await.unwrap();
    let due = desk::view(&world, &authority.who, &reference).await.unwrap().clock;
    world.wait(HOUR);
    let id = draft::start_amendment(&world, &me.who, &reference).await.unwrap();
    assert_eq!(draft::start_amendment(&world, &me.who, &reference).await.unwrap(), id, "one at a time");
    let draft = open(&world, &me.who, id).await;
    assert_eq!(draft.answers.one("why.text"), order().one("why.text"), "it begins with what stands");
    assert!(draft.continues.as_ref().is_some_and(|continues| continues.amends && continues.reference == reference));
    change(
        &world,
        &me.who,
        id,
        &[
            ("substance.1.name", "Acetic anhydride"),
            ("substance.1.quantity", "2 t"),
            ("signs.behaviour", "B02"),
            ("why.text", ""),
        ],
    )
    .await;
    let refused = submit(&world, &me.who, id).await;
    assert!(matches!(refused, Err(Refusal::Invalid(_))), "what is needed is needed in every version: {refused:?}");
    change(&world, &me.who, id, &[("why.text", "They came back.")]).await;
    let view = open(&world, &me.who, id).await;
    let changed = count(&draft::changes(&world, &view, &view.summary()).await.unwrap());
    assert_eq!(changed, 4, "name, amount, sign and reason");
    let known = mails_so_far(&world).await;
    assert_eq!(submit(&world, &me.who, id).await.unwrap(), reference);
    assert_eq!(submit(&world, &me.who, id).await.unwrap(), reference, "sent twice it is one version");
    assert_eq!(mails_after(&world, known).await, [("report_amended".to_owned(), "officer@pco-nl.example".to_owned())]);
    let whole = super::super::view(&world, &me.who, &reference).await.unwrap();
    assert_eq!((whole.content.version, whole.headline.as_str()), (2, "Acetic anhydride, 2000 kg"));
    assert_eq!(whole.thread[0].said, Said::Amended { version: 2, changed });
    let seen = desk::view(&world, &authority.who, &reference).await.unwrap();
    assert_eq!((seen.headline.as_str(), seen.clock), ("Acetic anhydride, 2000 kg", due), "the clock goes on");
    assert!(seen.content.assessment.hits.iter().any(|hit| hit.id == "B02"), "the signs are judged anew");
    assert!(audited(&world, &reference).await.contains(&"WriteReports: report amended".to_owned()));
    for version in 1..=2 {
        let issued = receipt::own(&world, &me.who, &reference, Some(version)).await.unwrap();
        assert!(issued.text.contains(&format!("version: {version}")), "{}", issued.text);
    }
    let find = async |words: &str| {
        let asked = search::ask(&world, &authority.who, authority.org, words, None).await.unwrap();
        let search::Leads::Results(id) = asked else { panic!("{words}") };
        search::results(&world, &authority.who, authority.org, id, None).await.unwrap().unwrap().hits.len()
    };
    assert_eq!((find("anhydride").await, find("acetone").await), (1, 0), "found by what it says now");
}

#[tokio::test]
async fn what_differs_is_told_in_words_to_both_sides() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let nothing = own_changes(&world, &me.who, &reference, Between::default()).await.unwrap();
    assert_eq!((nothing.versions.len(), nothing.groups.len()), (1, 0));
    let id = amended(&world, &me, &reference, &[("did.done", "refused"), ("delivery.country", "DE")]).await;
    submit(&world, &me.who, id).await.unwrap();
    let own = own_changes(&world, &me.who, &reference, Between::default()).await.unwrap();
    let desk = desk_changes(&world, &authority.who, &reference, Between::default()).await.unwrap();
    assert_eq!(own.groups, desk.groups);
    assert_eq!((own.org, desk.org, own.from.version, own.to.version), (me.org, authority.org, 1, 2));
    let done = own.groups.iter().flat_map(|group| &group.changes).find(|change| change.field == "did.done").unwrap();
    assert_eq!(done.difference, Difference::Changed);
    assert!(done.after.join(" ").to_lowercase().contains("refused") && done.before != done.after);
    let back = Between { from: Some(2), to: Some(1) };
    let turned = own_changes(&world, &me.who, &reference, back).await.unwrap();
    assert_eq!(turned.groups, own.groups, "the earlier stands before the later, however one asks");
    let missing = own_changes(&world, &me.who, &reference, Between { from: Some(1), to: Some(9) }).await;
    assert!(matches!(missing, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn who_was_slower_takes_over_what_the_other_sent() {
    let world = World::with_people().await;
    let (me, other) = (reporter(&world).await, colleague(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let mine = amended(&world, &me, &reference, &[("why.text", "Mine."), ("did.done", "refused")]).await;
    let theirs =
        amended(&world, &other, &reference, &[("why.text", "Theirs."), ("substance.1.quantity", "5 drums of 200 l")])
            .await;
    assert_ne!(mine, theirs, "each writes their own");
    submit(&world, &other.who, theirs).await.unwrap();
    assert!(matches!(submit(&world, &me.who, mine).await, Err(Refusal::Stale)));
    assert!(open(&world, &me.who, mine).await.continues.unwrap().is_overtaken());
    draft::catch_up(&world, &me.who, mine).await.unwrap();
    let draft = open(&world, &me.who, mine).await;
    assert!(!draft.continues.as_ref().unwrap().is_overtaken());
    let now = |field: &str| draft.answers.one(field).to_owned();
    assert_eq!((now("why.text"), now("substance.1.quantity")), ("Mine.".into(), "5 drums of 200 l".into()));
    let kept: Vec<_> = draft.alternatives_at("why.text").map(|kept| kept.texts[0].as_str()).collect();
    assert_eq!(kept, ["Theirs."]);
    assert!(matches!(draft::catch_up(&world, &me.who, mine).await, Err(Refusal::NotPossible(_))));
    submit(&world, &me.who, mine).await.unwrap();
    assert_eq!(super::super::view(&world, &me.who, &reference).await.unwrap().content.version, 3);
}

#[tokio::test]
async fn four_questions_that_were_completed_meanwhile_are_not_asked_again() {
    let world = World::with_people().await;
    let (me, other) = (reporter(&world).await, colleague(&world).await);
    let first = drafted(&world, &me, &quick(), true).await;
    let reference = submit(&world, &me.who, first).await.unwrap();
    let mine = amended(&world, &me, &reference, &[("why.text", "He paid cash, and came back.")]).await;
    assert_eq!(open(&world, &me.who, mine).await.form, Form::Quick);
    let theirs = draft::start_completion(&world, &other.who, &reference).await.unwrap();
    save(&world, &other.who, theirs, 1, &order()).await.unwrap();
    submit(&world, &other.who, theirs).await.unwrap();
    draft::catch_up(&world, &me.who, mine).await.unwrap();
    let draft = open(&world, &me.who, mine).await;
    assert_eq!(draft.form, Form::Full, "the report is complete, and stays so");
    assert_eq!(draft.answers.one("substance.1.quantity"), "2 drums of 200 l");
    submit(&world, &me.who, mine).await.unwrap();
    let seen = super::super::view(&world, &me.who, &reference).await.unwrap();
    assert_eq!((seen.content.version, seen.content.form), (3, Form::Full));
    assert!(!seen.may.complete);
    // The other way round: who completes it goes on completing it when somebody amended the four questions.
    let first = drafted(&world, &me, &quick(), true).await;
    let reference = submit(&world, &me.who, first).await.unwrap();
    let completion = draft::start_completion(&world, &other.who, &reference).await.unwrap();
    let amendment = amended(&world, &me, &reference, &[("why.text", "He came back.")]).await;
    submit(&world, &me.who, amendment).await.unwrap();
    draft::catch_up(&world, &other.who, completion).await.unwrap();
    assert_eq!(open(&world, &other.who, completion).await.form, Form::Full);
}

#[tokio::test]
async fn an_amendment_goes_where_its_report_is_whoever_answers_today() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let id = amended(&world, &me, &reference, &[("did.done", "refused")]).await;
    nobody_answers(&world).await;
    let view = open(&world, &me.who, id).await;
    assert_eq!(view.authority, Some(authority.org));
    assert_eq!(count(&draft::changes(&world, &view, &view.summary()).await.unwrap()), 1);
    submit(&world, &me.who, id).await.unwrap();
    assert_eq!(desk::view(&world, &authority.who, &reference).await.unwrap().content.version, 2);
}

#[tokio::test]
async fn who_looks_at_the_changes_has_not_read_the_messages() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    world.wait(HOUR);
    let version = desk::view(&world, &authority.who, &reference).await.unwrap().version;
    desk::message(&world, &authority.who, &reference, version, "Please call.").await.unwrap();
    world.wait(HOUR);
    own_changes(&world, &me.who, &reference, Between::default()).await.unwrap();
    assert_eq!(home(&world, &me.who, me.org).await.unwrap().unread, 1);
    // Whoever has never opened the report itself has read nothing of it either, and then sees it for the first time.
    let admin = colleague(&world).await;
    own_changes(&world, &admin.who, &reference, Between::default()).await.unwrap();
    assert_eq!(home(&world, &admin.who, me.org).await.unwrap().unread, 1);
    super::super::view(&world, &me.who, &reference).await.unwrap();
    assert_eq!(home(&world, &me.who, me.org).await.unwrap().unread, 0);
    let second = somebody(&world, "officer2@pco-nl.example").await;
    desk_changes(&world, &second.who, &reference, Between::default()).await.unwrap();
    let first = desk::view(&world, &second.who, &reference).await.unwrap();
    assert!(!first.thread.iter().any(|entry| first.is_new(entry)), "at first sight nothing stands out");
}

#[tokio::test]
async fn nothing_changed_is_nothing_to_send_and_closed_is_closed() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let id = draft::start_amendment(&world, &me.who, &reference).await.unwrap();
    assert!(matches!(submit(&world, &me.who, id).await, Err(Refusal::NotPossible(_))));
    change(&world, &me.who, id, &[("did.done", "refused")]).await;
    let version = desk::view(&world, &authority.who, &reference).await.unwrap().version;
    let close = desk::Verdict::NoFurtherAction;
    desk::decide(&world, &authority.who, &reference, version, &close, "other", "Known.").await.unwrap();
    assert!(matches!(submit(&world, &me.who, id).await, Err(Refusal::NotPossible(_))));
    assert!(matches!(draft::start_amendment(&world, &me.who, &reference).await, Err(Refusal::NotPossible(_))));
    assert!(!super::super::view(&world, &me.who, &reference).await.unwrap().may.amend);
    assert_eq!(open(&world, &me.who, id).await.answers.one("did.done"), "refused", "what was typed stays");
}

#[tokio::test]
async fn instead_of_another_report_the_earlier_one_is_amended() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let reference = sent(&world, &me, &order()).await;
    let second: Answers = [
        ("kind", "order"),
        ("substance.1.name", "Toluene"),
        ("substance.1.quantity", "10 kg"),
        ("party.1.name", "GREY HARBOUR TRADING"),
        ("party.1.phone", "+31 10 555 0999"),
        ("why.text", "They came back."),
    ]
    .into_iter()
    .collect();
    let id = drafted(&world, &me, &second, false).await;
    let view = open(&world, &me.who, id).await;
    let before = fact::reported_before(&world, &me.who, &view, None).await.unwrap();
    assert!(before[0].may_amend && before[0].report.as_ref().is_some_and(|(found, _)| *found == reference));
    let amendment = draft::amend_instead(&world, &me.who, id, &reference).await.unwrap();
    let draft = open(&world, &me.who, amendment).await;
    let now = |field: &str| draft.answers.one(field).to_owned();
    assert_eq!((now("substance.1.name"), now("substance.2.name")), ("Acetone".into(), "Toluene".into()));
    assert_eq!((now("party.1.phone"), now("why.text")), ("+31 10 555 0999".into(), order().one("why.text").into()));
    assert_eq!(draft.alternatives_at("why.text").count(), 1, "what cannot be taken over stands beside it");
    assert!(
        matches!(draft::load(&world, &me.who, id).await.unwrap(), Loaded::PutAway { .. }),
        "it can be brought back"
    );
    let again = draft::amend_instead(&world, &me.who, id, &reference).await;
    assert!(matches!(again, Err(Refusal::NotPossible(_))), "{again:?}");
}

#[tokio::test]
async fn a_withdrawal_says_why_and_the_desk_keeps_the_report() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let known = mails_so_far(&world).await;
    withdraw(&world, &me.who, &reference, "other", "Our own test order.").await.unwrap();
    assert_eq!(mails_after(&world, known).await.len(), 1);
    let seen = desk::view(&world, &authority.who, &reference).await.unwrap();
    let decided = seen.decided.unwrap();
    assert_eq!((decided.reason_code.as_str(), decided.reason.is_empty()), ("other", false));
    assert_eq!(seen.thread[0].body, "Our own test order.");
    assert_eq!(seen.content.answers.one("why.text"), order().one("why.text"));
    assert!(matches!(draft::start_amendment(&world, &me.who, &reference).await, Err(Refusal::NotPossible(_))));
}
