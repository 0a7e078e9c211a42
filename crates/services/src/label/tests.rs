use super::*;
use crate::{
    desk::{self, DeskEvent, QueueFilter},
    report::tests::{Somebody, audited, officer, order, reporter, sent, somebody},
    testing::World,
    thread::Noted,
};

async fn supervisor(world: &World) -> Somebody {
    somebody(world, "supervisor@pco-nl.example").await
}

fn typed(name: &str, colour: &str) -> Answers {
    [("name", name), ("colour", colour)].into_iter().collect()
}

fn fields(refusal: Refusal) -> Vec<String> {
    let Refusal::Invalid(problems) = refusal else { panic!("{refusal:?}") };
    problems.into_iter().map(|problem| problem.field).collect()
}

#[tokio::test]
async fn supervisors_name_them_and_officers_stick_them() {
    let world = World::with_people().await;
    let (me, lead, works) = (reporter(&world).await, supervisor(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let hot = add(&world, &lead.who, lead.org, &typed(" Joint  operation ", "rust")).await.unwrap();
    let cold = add(&world, &lead.who, lead.org, &typed("Papers missing", "slate")).await.unwrap();
    let version = desk::view(&world, &works.who, &reference).await.unwrap().version;
    desk::label(&world, &works.who, &reference, version, &[hot, cold]).await.unwrap();
    let seen = desk::view(&world, &works.who, &reference).await.unwrap();
    let names: Vec<&str> = seen.labels.iter().map(|label| label.name.as_str()).collect();
    assert_eq!(names, ["Joint operation", "Papers missing"]);
    let stale = desk::label(&world, &works.who, &reference, version, &[]).await;
    assert!(matches!(stale, Err(Refusal::Stale)));
    desk::label(&world, &works.who, &reference, seen.version, &[hot]).await.unwrap();
    let thread = desk::view(&world, &works.who, &reference).await.unwrap().thread;
    let told = Noted::Labelled { added: vec![], removed: vec!["Papers missing".into()] };
    assert_eq!(thread[0].event, DeskEvent::Noted(told));
    desk::label(&world, &works.who, &reference, seen.version + 1, &[hot]).await.unwrap();
    let after = desk::view(&world, &works.who, &reference).await.unwrap();
    assert_eq!(after.version, seen.version + 1, "what changes nothing is no change");
    assert_eq!(audited(&world, &reference).await.iter().filter(|act| act.contains("labelled")).count(), 2);

    let filter = QueueFilter { label: Some(hot), ..QueueFilter::default() };
    let found = desk::queue(&world, &works.who, works.org, &filter, None, 9).await.unwrap();
    assert_eq!(found.rows[0].labels.iter().map(|label| label.id).collect::<Vec<_>>(), [hot]);
    let filter = QueueFilter { label: Some(cold), ..QueueFilter::default() };
    assert_eq!(desk::queue(&world, &works.who, works.org, &filter, None, 9).await.unwrap().rows, []);

    change(&world, &lead.who, hot, &typed("Operation Orchid", "plum")).await.unwrap();
    assert_eq!(detail(&world, &lead.who, lead.org, hot).await.unwrap().1, 1);
    remove(&world, &lead.who, hot).await.unwrap();
    assert_eq!(desk::view(&world, &works.who, &reference).await.unwrap().labels, []);
    let gone = desk::label(&world, &works.who, &reference, after.version, &[hot]).await;
    assert!(matches!(gone, Err(Refusal::NotPossible(_))), "{gone:?}");
}

#[tokio::test]
async fn what_is_no_label_is_said_at_its_field() {
    let world = World::with_people().await;
    let lead = supervisor(&world).await;
    add(&world, &lead.who, lead.org, &typed("Hot", "rust")).await.unwrap();
    for (name, colour, expected) in [
        ("", "", vec!["name", "colour"]),
        ("HOT!", "rust", vec!["name"]),
        ("Cold", "purple", vec!["colour"]),
        (&"x".repeat(31), "rust", vec!["name"]),
    ] {
        assert_eq!(
            fields(add(&world, &lead.who, lead.org, &typed(name, colour)).await.unwrap_err()),
            expected,
            "{name}"
        );
    }
    for n in 1..MOST {
        add(&world, &lead.who, lead.org, &typed(&format!("Label {n}"), "jade")).await.unwrap();
    }
    let much = add(&world, &lead.who, lead.org, &typed("One more", "jade")).await;
    assert!(matches!(much, Err(Refusal::NotPossible(_))), "{much:?}");
}

#[tokio::test]
async fn they_belong_to_their_authority() {
    let world = World::with_people().await;
    let (lead, works) = (supervisor(&world).await, officer(&world).await);
    let foreign = somebody(&world, "officer@pco-ca.example").await;
    let hot = add(&world, &lead.who, lead.org, &typed("Hot", "rust")).await.unwrap();
    for (who, name) in [(&works, "officers stick labels and do not name them"), (&foreign, "another authority")] {
        let refused = change(&world, &who.who, hot, &typed("Cold", "slate")).await;
        assert!(matches!(refused, Err(Refusal::NotFound)), "{name}");
        assert!(matches!(remove(&world, &who.who, hot).await, Err(Refusal::NotFound)), "{name}");
        let added = add(&world, &who.who, lead.org, &typed("Cold", "slate")).await;
        assert!(matches!(added, Err(Refusal::NotFound)), "{name}");
    }
    assert!(matches!(list(&world, &foreign.who, lead.org).await, Err(Refusal::NotFound)));
    assert_eq!(list(&world, &works.who, works.org).await.unwrap().len(), 1);
    assert_eq!(list(&world, &foreign.who, foreign.org).await.unwrap(), []);
}
