use domain::answers::Answers;

use super::*;
use crate::{
    fact::derive_anew,
    report::tests::{Somebody, officer, order, reporter, sent, somebody},
    testing::World,
};

fn about(name: &str, text: &str) -> Answers {
    let mut answers = order();
    answers.set_one("party.1.name", name);
    answers.set_one("why.text", text);
    answers
}

async fn found(world: &World, desk: &Somebody, text: &str) -> Results {
    let Leads::Results(id) = ask(world, &desk.who, desk.org, text, None).await.unwrap() else { panic!("{text}") };
    results(world, &desk.who, desk.org, id, None).await.unwrap().unwrap()
}

fn references(results: &Results) -> Vec<&Reference> {
    results.hits.iter().map(|hit| &hit.reference).collect()
}

#[tokio::test]
async fn reports_are_found_by_what_they_say_the_newest_first() {
    let world = World::with_people().await;
    let (desk, one) = (officer(&world).await, reporter(&world).await);
    let two = somebody(&world, "officer@noordkust.example").await;
    let first = sent(&world, &one, &about("Müller & Söhne", "He hummed while he waited.")).await;
    world.wait(1_000);
    let second = sent(&world, &two, &about("Muller Export", "Nothing else.")).await;
    assert_eq!(references(&found(&world, &desk, "MÜLLER").await), [&second, &first]);
    assert_eq!(references(&found(&world, &desk, "hum").await), [&first], "a beginning");
    assert_eq!(references(&found(&world, &desk, "acetone muller export").await), [&second]);
    let hits = found(&world, &desk, "sohne").await.hits;
    assert!(hits[0].excerpt.iter().any(|piece| piece.found && piece.text == "Söhne"), "{:?}", hits[0].excerpt);
    let only = ask(&world, &desk.who, desk.org, "muller", Some(View::Closed)).await.unwrap();
    let Leads::Results(id) = only else { panic!() };
    assert_eq!(results(&world, &desk.who, desk.org, id, None).await.unwrap().unwrap().hits, []);
    let number = ask(&world, &desk.who, desk.org, &format!(" {} ", first.as_str().to_lowercase()), None).await.unwrap();
    assert_eq!(number, Leads::Report(first));
}

#[tokio::test]
async fn what_is_written_about_a_report_finds_it_and_stays_when_it_is_amended() {
    let world = World::with_people().await;
    let (desk, one) = (officer(&world).await, reporter(&world).await);
    let reference = sent(&world, &one, &about("Harbour Lights", "They whispered.")).await;
    crate::thread::message(&world, &one.who, &reference, "The driver came back with a trailer.").await.unwrap();
    crate::desk::note(&world, &desk.who, &reference, "Plates noted by customs.").await.unwrap();
    for words in ["trailer", "plates customs", "whispered trailer"] {
        assert_eq!(references(&found(&world, &desk, words).await), [&reference], "{words}");
    }
    derive_anew(&world).await.unwrap();
    assert_eq!(references(&found(&world, &desk, "trailer plates").await), [&reference]);
}

#[tokio::test]
async fn a_mistyped_word_is_put_right() {
    let world = World::with_people().await;
    let (desk, one) = (officer(&world).await, reporter(&world).await);
    sent(&world, &one, &about("Harbour Lights", "They whispered.")).await;
    let results = found(&world, &desk, "Harbuor lights").await;
    assert_eq!((results.hits.len(), results.meant.as_deref()), (0, Some("harbour lights")));
    assert_eq!(found(&world, &desk, "xylophone").await.meant, None);
}

#[tokio::test]
async fn a_search_stays_with_its_person_and_its_authority() {
    let world = World::with_people().await;
    let (desk, one) = (officer(&world).await, reporter(&world).await);
    let colleague = somebody(&world, "officer2@pco-nl.example").await;
    let abroad = somebody(&world, "officer@pco-ca.example").await;
    let reference = sent(&world, &one, &about("Harbour Lights", "They whispered.")).await;
    let Leads::Results(id) = ask(&world, &desk.who, desk.org, "whispered", None).await.unwrap() else { panic!() };
    assert!(results(&world, &colleague.who, desk.org, id, None).await.unwrap().is_none(), "a colleague");
    assert!(results(&world, &abroad.who, abroad.org, id, None).await.unwrap().is_none());
    for who in [&one.who, &abroad.who] {
        assert!(matches!(ask(&world, who, desk.org, "whispered", None).await, Err(Refusal::NotFound)));
        assert!(matches!(results(&world, who, desk.org, id, None).await, Err(Refusal::NotFound)));
    }
    let there = found(&world, &abroad, "wispered").await;
    assert_eq!((there.hits.len(), there.meant), (0, None), "words of another authority are not suggested");
    let number = ask(&world, &abroad.who, abroad.org, reference.as_str(), None).await.unwrap();
    assert!(matches!(number, Leads::Results(_)), "a foreign number is a word like any other");
    world.wait(LIFE);
    assert!(results(&world, &desk.who, desk.org, id, None).await.unwrap().is_none(), "it lapses");
}

#[tokio::test]
async fn the_log_says_that_and_not_what() {
    let world = World::with_people().await;
    let desk = officer(&world).await;
    let before = store::audit::page(&mut world.db.reader(), 0, 10_000).await.unwrap().len();
    found(&world, &desk, "confidential words").await;
    let log = store::audit::page(&mut world.db.reader(), 0, 10_000).await.unwrap();
    assert_eq!(log.len(), before + 1);
    let last = log.last().unwrap();
    assert_eq!((last.object_kind.as_str(), last.action.ends_with("reports searched")), ("search", true));
    assert!(!audit::to_json(last).to_string().contains("confidential"));
    for text in ["", "  ", "\"\"", "?"] {
        assert!(matches!(ask(&world, &desk.who, desk.org, text, None).await, Err(Refusal::Invalid(_))), "{text}");
    }
}

#[tokio::test]
async fn reports_of_an_older_program_are_found_too() {
    let world = World::with_people().await;
    let (desk, one) = (officer(&world).await, reporter(&world).await);
    let first = sent(&world, &one, &about("Harbour Lights", "They whispered.")).await;
    let text = "UPDATE report_text SET body = ''";
    let mut tx = world.db.begin().await.unwrap();
    tx.run(&store::Sql { name: "test", sqlite: text, postgres: text }, vec![]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(found(&world, &desk, "whispered").await.hits[0].excerpt, []);
    derive_anew(&world).await.unwrap();
    let results = found(&world, &desk, "whispered").await;
    assert_eq!(references(&results), [&first]);
    assert!(!results.hits[0].excerpt.is_empty());
}
