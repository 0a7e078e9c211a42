use domain::{reference::Reference, report::State};

use super::*;
use crate::{
    desk::{self, Went},
    report::tests::{Somebody, audited, mails_after, mails_so_far, officer, order, reporter, sent, somebody},
    testing::World,
};

async fn supervisor(world: &World) -> Somebody {
    somebody(world, "supervisor@pco-nl.example").await
}

fn typed(pairs: &[(&str, &str)]) -> Answers {
    let mut typed = Answers::new();
    for (field, text) in pairs {
        let texts: Vec<String> = typed.many(field).iter().cloned().chain([(*text).to_owned()]).collect();
        typed.set(field, texts);
    }
    typed
}

async fn seen(world: &World, who: &Somebody, references: &[&Reference]) -> Vec<(Reference, i64)> {
    let mut seen = Vec::new();
    for reference in references {
        seen.push(((*reference).clone(), desk::view(world, &who.who, reference).await.unwrap().version));
    }
    seen
}

fn fields(refusal: Refusal) -> Vec<String> {
    let Refusal::Invalid(problems) = refusal else { panic!("{refusal:?}") };
    problems.into_iter().map(|problem| problem.field).collect()
}

#[tokio::test]
async fn a_macro_does_all_of_it_or_nothing() {
    let world = World::with_people().await;
    let (me, lead, works) = (reporter(&world).await, supervisor(&world).await, officer(&world).await);
    let hot = label::add(&world, &lead.who, lead.org, &typed(&[("name", "Hot"), ("colour", "rust")])).await.unwrap();
    let hot_code = hot.to_string();
    let fields = typed(&[
        ("name", "Known buyer"),
        ("give", "me"),
        ("turn", "close.known"),
        ("add", &hot_code),
        ("text", "Thank you."),
    ]);
    let id = add(&world, &lead.who, lead.org, &fields).await.unwrap();
    let known = find(&world, &works.who, works.org, id).await.unwrap();
    assert_eq!(known.change.turn, Some(Turn::Close("known".into())));
    let (first, second) = (sent(&world, &me, &order()).await, sent(&world, &me, &order()).await);
    let third = sent(&world, &me, &order()).await;
    let all = seen(&world, &works, &[&first, &second, &third]).await;
    // One was taken up by somebody else, one is decided.
    desk::assign(&world, &lead.who, &second, all[1].1, lead.who.person.as_ref().map(|person| person.id)).await.unwrap();
    let so_far = mails_so_far(&world).await;
    let went = desk::change(&world, &works.who, works.org, &all, &known.change).await.unwrap();
    let how: Vec<&Went> = went.iter().map(|(_, how)| how).collect();
    assert_eq!(how, [&Went::Done, &Went::Stale, &Went::Done]);
    let mails = mails_after(&world, so_far).await;
    assert_eq!(mails.iter().filter(|(template, _)| template == "outcome").count(), 2);
    let view = desk::view(&world, &works.who, &first).await.unwrap();
    assert_eq!(view.standing.state, State::Closed);
    assert_eq!(view.labels.iter().map(|label| label.id).collect::<Vec<_>>(), [hot]);
    assert!(view.thread.iter().any(|entry| entry.body == "Thank you."));
    let acts = audited(&world, &first).await;
    for step in ["report assigned", "report labelled", "message sent", "report decided"] {
        assert_eq!(acts.iter().filter(|act| act.ends_with(step)).count(), 1, "{step}: {acts:?}");
    }
    // Once more: what is decided takes no part of it.
    let again = seen(&world, &works, &[&first]).await;
    let before = audited(&world, &first).await.len();
    let went = desk::change(&world, &works.who, works.org, &again, &known.change).await.unwrap();
    assert!(matches!(went[0].1, Went::Not(_)), "{went:?}");
    let after = audited(&world, &first).await;
    assert!(after[before..].iter().all(|act| act.ends_with("report opened")), "{after:?}");
    let told = desk::foresee(&world, &works.who, works.org, &[first, second], &known.change).await.unwrap();
    assert!(told[0].obstacle.is_some() && told[1].obstacle.is_none());
    assert!(told[1].assignee.is_some());
}

#[tokio::test]
async fn what_is_decided_stays_with_who_has_it_and_that_is_foreseen() {
    let world = World::with_people().await;
    let (me, works) = (reporter(&world).await, officer(&world).await);
    let (settled, free) = (sent(&world, &me, &order()).await, sent(&world, &me, &order()).await);
    let at = seen(&world, &works, &[&settled]).await[0].1;
    desk::decide(&world, &works.who, &settled, at, &desk::Verdict::NoFurtherAction, "known", "").await.unwrap();
    let change = Change { give: Some(Give::ToNobody), ..Change::default() };
    let both = [settled.clone(), free.clone()];
    let told = desk::foresee(&world, &works.who, works.org, &both, &change).await.unwrap();
    assert!(told[0].obstacle.is_some() && told[1].obstacle.is_none(), "{told:?}");
    let all = seen(&world, &works, &[&settled, &free]).await;
    let went = desk::change(&world, &works.who, works.org, &all, &change).await.unwrap();
    assert!(matches!((&went[0].1, &went[1].1), (Went::Not(_), Went::Done)), "as it was foreseen: {went:?}");
}

#[tokio::test]
async fn a_question_goes_to_a_selection() {
    let world = World::with_people().await;
    let (me, lead, works) = (reporter(&world).await, supervisor(&world).await, officer(&world).await);
    let fields = typed(&[("name", "End use"), ("turn", "ask"), ("text", "Please send the end-use declaration.")]);
    let id = add(&world, &lead.who, lead.org, &fields).await.unwrap();
    let change = find(&world, &works.who, works.org, id).await.unwrap().change;
    let (first, second) = (sent(&world, &me, &order()).await, sent(&world, &me, &order()).await);
    let all = seen(&world, &works, &[&first, &second]).await;
    let went = desk::change(&world, &works.who, works.org, &all, &change).await.unwrap();
    assert!(went.iter().all(|(_, how)| *how == Went::Done), "{went:?}");
    for reference in [&first, &second] {
        let view = desk::view(&world, &works.who, reference).await.unwrap();
        assert_eq!(view.standing.state, State::QuestionAsked);
        assert_eq!(view.thread[0].body, "Please send the end-use declaration.");
    }
}

#[tokio::test]
async fn a_selection_stays_within_its_authority() {
    let world = World::with_people().await;
    let (me, works) = (reporter(&world).await, officer(&world).await);
    let foreign = somebody(&world, "officer@pco-ca.example").await;
    let reference = sent(&world, &me, &order()).await;
    let at = seen(&world, &works, &[&reference]).await;
    let change = Change { give: Some(Give::ToMe), ..Change::default() };
    assert_eq!(
        desk::foresee(&world, &foreign.who, foreign.org, std::slice::from_ref(&reference), &change).await.unwrap(),
        []
    );
    let went = desk::change(&world, &foreign.who, foreign.org, &at, &change).await.unwrap();
    assert!(matches!(went[0].1, Went::Not(_)), "{went:?}");
    assert!(matches!(desk::change(&world, &foreign.who, works.org, &at, &change).await, Err(Refusal::NotFound)));
    let nothing = desk::change(&world, &works.who, works.org, &at, &Change::default()).await;
    assert!(matches!(nothing, Err(Refusal::NotPossible(_))));
    let reason = Change { turn: Some(Turn::Close("nonsense".into())), ..Change::default() };
    assert_eq!(fields(desk::change(&world, &works.who, works.org, &at, &reason).await.unwrap_err()), ["reason"]);
    assert_eq!(desk::view(&world, &works.who, &reference).await.unwrap().version, at[0].1, "nothing was done");
}

#[tokio::test]
async fn what_is_no_macro_is_said_at_its_field() {
    let world = World::with_people().await;
    let (lead, works) = (supervisor(&world).await, officer(&world).await);
    let id = add(&world, &lead.who, lead.org, &typed(&[("name", "Mine"), ("give", "me")])).await.unwrap();
    let label = "0193b0c0ffee7000800000000000dead";
    for (form, expected) in [
        (typed(&[("name", "Nothing")]), vec!["give"]),
        (typed(&[("name", ""), ("turn", "ask")]), vec!["name", "text"]),
        (typed(&[("name", "MINE"), ("give", "nobody")]), vec!["name"]),
        (typed(&[("name", "Both"), ("add", label), ("remove", label)]), vec!["remove"]),
    ] {
        assert_eq!(fields(add(&world, &lead.who, lead.org, &form).await.unwrap_err()), expected);
    }
    let other = typed(&[("name", "Mine"), ("give", "nobody")]);
    assert!(matches!(change(&world, &works.who, id, &other).await, Err(Refusal::NotFound)));
    assert!(matches!(remove(&world, &works.who, id).await, Err(Refusal::NotFound)));
    assert!(matches!(add(&world, &works.who, works.org, &other).await, Err(Refusal::NotFound)));
    change(&world, &lead.who, id, &other).await.unwrap();
    assert_eq!(find(&world, &works.who, works.org, id).await.unwrap().change.give, Some(Give::ToNobody));
    remove(&world, &lead.who, id).await.unwrap();
    assert_eq!(list(&world, &works.who, works.org).await.unwrap(), []);
}
