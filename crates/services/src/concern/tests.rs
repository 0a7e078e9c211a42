//! The whole way of anonymous concerns, and that nothing of a sender stays anywhere.

use domain::{
    answers::Answers,
    concern::{Limits, work},
    reference::Reference,
    report::ReporterState,
};
use store::Read as _;

use super::*;
use crate::{
    desk, evidence,
    evidence::Incoming,
    report::tests::{Somebody, officer, somebody},
    search,
    testing::{NOW, World},
};

const STORY: &str = "Barrels of acetone leave a garden shed at night, in a white van.";

fn typed(more: &[(&str, &str)]) -> Answers {
    [("story", STORY)].iter().chain(more).copied().collect()
}

async fn leader(world: &World) -> Somebody {
    somebody(world, "supervisor@pco-nl.example").await
}

/// The demo's people, and a door that stands open in the Netherlands.
async fn opened() -> World {
    let world = World::with_people().await;
    let leader = leader(&world).await;
    switch(&world, &leader.who, leader.org, 0, true).await.unwrap();
    world
}

async fn dutch(world: &World) -> Place {
    place(world, "NL").await.unwrap()
}

async fn sent_by(world: &World, form: &str, typed: &Answers) -> Result<Sent> {
    let sending = Sending { typed, files: Vec::new(), form, nonce: "" };
    send(world, &dutch(world).await, sending).await
}

async fn sent(world: &World, more: &[(&str, &str)]) -> Sent {
    sent_by(world, &new_form(world), &typed(more)).await.unwrap()
}

async fn opened_by(world: &World, phrase: &str) -> Result<(Ticket, Mailbox)> {
    open(world, phrase, "", "").await
}

/// The numbers of the reports in the Dutch queue.
async fn queue(world: &World) -> Vec<Reference> {
    let officer = officer(world).await;
    let place = desk::QueueFilter::default();
    let page = desk::queue(world, &officer.who, officer.org, &place, None, 50).await.unwrap();
    page.rows.into_iter().map(|item| item.reference).collect()
}

async fn the_one(world: &World) -> desk::DeskReportView {
    let all = queue(world).await;
    assert_eq!(all.len(), 1);
    desk::view(world, &officer(world).await.who, &all[0]).await.unwrap()
}

#[tokio::test]
async fn nobody_takes_concerns_before_somebody_says_so() {
    let world = World::with_people().await;
    assert!(places(&world).await.unwrap().iter().all(|place| !place.is_open));
    let shut = sent_by(&world, &new_form(&world), &typed(&[])).await;
    assert!(matches!(shut, Err(Refusal::NotPossible(_))), "{shut:?}");
    let (leader, officer) = (leader(&world).await, officer(&world).await);
    assert!(matches!(switch(&world, &officer.who, officer.org, 0, true).await, Err(Refusal::NotFound)));
    let foreign = place(&world, "CA").await.unwrap().authority;
    assert!(matches!(setting(&world, &leader.who, foreign).await, Err(Refusal::NotFound)));
    switch(&world, &leader.who, leader.org, 0, true).await.unwrap();
    assert_eq!(setting(&world, &leader.who, leader.org).await.unwrap(), Door { is_open: true, version: 1 });
    assert!(matches!(switch(&world, &leader.who, leader.org, 0, false).await, Err(Refusal::Stale)));
    sent(&world, &[]).await;
    switch(&world, &leader.who, leader.org, 1, false).await.unwrap();
    let shut = sent_by(&world, &new_form(&world), &typed(&[])).await;
    assert!(matches!(shut, Err(Refusal::NotPossible(_))), "{shut:?}");
    let (canada, typed, form) = (place(&world, "CA").await.unwrap(), typed(&[]), new_form(&world));
    let sending = Sending { typed: &typed, files: vec![], form: &form, nonce: "" };
    assert!(matches!(send(&world, &canada, sending).await, Err(Refusal::NotPossible(_))));
}

#[tokio::test]
async fn a_concern_is_worked_on_like_a_report_and_answered_by_the_phrase() {
    let world = opened().await;
    let phrase = sent(
        &world,
        &[("substance", "Acetone"), ("who", "Silberweg"), ("reach", "+49 203 555 0188"), ("where", "Quay 14")],
    )
    .await
    .phrase;
    let officer = officer(&world).await;
    let seen = the_one(&world).await;
    assert_eq!(seen.concern, Some(Concern { passed_on_by: None, is_heard: true }));
    assert_eq!((seen.company_name.as_str(), seen.party.as_str()), ("Anonymous concern", "Silberweg"));
    let said: Vec<String> =
        seen.content.summary.iter().flat_map(|group| group.rows.iter().map(|row| format!("{row:?}"))).collect();
    for text in [STORY, "Where: Quay 14", "Acetone", "+49 203 555 0188"] {
        assert!(said.iter().any(|row| row.contains(text)), "{text}: {said:?}");
    }
    // Another one about the same telephone is seen beside it, and it is found by its words.
    sent(&world, &[("reach", "+49 2035550188 he said")]).await;
    assert_eq!(desk::view(&world, &officer.who, &seen.reference).await.unwrap().shared.total, 1);
    let search::Leads::Results(id) = search::ask(&world, &officer.who, officer.org, "garden shed", None).await.unwrap()
    else {
        panic!("no search")
    };
    let found = search::results(&world, &officer.who, officer.org, id, None).await.unwrap().unwrap();
    assert_eq!(found.hits.len(), 2);
    // A question and its answer.
    let (ticket, mailbox) = opened_by(&world, phrase.as_str()).await.unwrap();
    assert_eq!((mailbox.state, mailbox.thread.len(), mailbox.question), (ReporterState::Sent, 0, None));
    desk::ask(&world, &officer.who, &seen.reference, seen.version, "Which colour is the door?").await.unwrap();
    let (_, mailbox) = look(&world, ticket.as_str()).await.unwrap();
    assert_eq!(mailbox.question.as_deref(), Some("Which colour is the door?"));
    assert_eq!(mailbox.state, ReporterState::AnswerNeeded);
    add(&world, ticket.as_str(), "Green.", vec![]).await.unwrap();
    let (_, mailbox) = look(&world, ticket.as_str()).await.unwrap();
    let thread: Vec<(Voice, &str)> = mailbox.thread.iter().map(|entry| (entry.voice, entry.text.as_str())).collect();
    assert_eq!(thread, [(Voice::Question, "Which colour is the door?"), (Voice::Sender, "Green.")]);
    assert_eq!((mailbox.question, mailbox.state), (None, ReporterState::InReview));
    let seen = desk::view(&world, &officer.who, &seen.reference).await.unwrap();
    assert!(seen.thread[0].body == "Green." && seen.is_new(&seen.thread[0]), "new although the day is not over");
    // The end.
    close(&world, ticket.as_str()).await.unwrap();
    assert!(matches!(look(&world, ticket.as_str()).await, Err(Refusal::NotFound)));
    assert!(matches!(opened_by(&world, phrase.as_str()).await, Err(Refusal::NotFound)));
    let seen = desk::view(&world, &officer.who, &seen.reference).await.unwrap();
    assert_eq!(seen.concern, Some(Concern { passed_on_by: None, is_heard: false }));
}

#[tokio::test]
async fn a_foreign_desk_and_a_company_see_nothing() {
    let world = opened().await;
    sent(&world, &[]).await;
    let reference = queue(&world).await.remove(0);
    let canadian = somebody(&world, "officer@pco-ca.example").await;
    assert!(matches!(desk::view(&world, &canadian.who, &reference).await, Err(Refusal::NotFound)));
    for email in ["admin@meridian-reagents.example", "admin@chemtrade-assoc.example"] {
        let other = world.principal(email).await;
        assert!(matches!(crate::report::view(&world, &other, &reference).await, Err(Refusal::NotFound)), "{email}");
    }
    let association = somebody(&world, "admin@chemtrade-assoc.example").await;
    assert!(matches!(passed(&world, &association.who, association.org, &reference).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn a_phrase_is_read_with_slips_and_a_wrong_one_says_nothing() {
    let world = opened().await;
    let phrase = sent(&world, &[]).await.phrase;
    opened_by(&world, &phrase.as_str().to_uppercase().replace(' ', " - ")).await.unwrap();
    let mut words: Vec<&str> = phrase.words().collect();
    // Chance gives the same word twice now and then.
    let other = (1..words.len()).find(|at| words[*at] != words[0]).unwrap();
    words.swap(0, other);
    let refused = opened_by(&world, &words.join(" ")).await.map(drop);
    assert!(matches!(refused, Err(Refusal::NotFound)), "{refused:?}");
    words[3] = "qqqq";
    let Err(Refusal::Invalid(problems)) = opened_by(&world, &words.join(" ")).await else {
        panic!("a word that is none")
    };
    assert!(problems[0].message.starts_with("Word 4 "), "{problems:?}");
    // Nobody is told apart, and everybody waits.
    let mut tried = 0;
    let wait = loop {
        match opened_by(&world, "acid acid acid").await {
            Err(Refusal::Invalid(_)) => {}
            other => panic!("{other:?}"),
        }
        let wrong = words.iter().map(|_| phrase.words().next().unwrap()).collect::<Vec<_>>().join(" ");
        match opened_by(&world, &wrong).await {
            Err(Refusal::NotFound) => tried += 1,
            Err(Refusal::TooOften(wait)) => break wait,
            other => panic!("{other:?}"),
        }
    };
    assert!(tried <= Limits::get().unproven_look.burst && wait > 0);
    let form = new_form(&world);
    let nonce = work(&form, 0, 1 << 24, Limits::get().work_bits).unwrap().to_string();
    open(&world, phrase.as_str(), &form, &nonce).await.unwrap();
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_concern_and_an_old_form_is_none() {
    let world = opened().await;
    let form = new_form(&world);
    let first = sent_by(&world, &form, &typed(&[])).await.unwrap().phrase;
    assert_eq!(sent_by(&world, &form, &typed(&[])).await.unwrap().phrase, first);
    assert_eq!(queue(&world).await.len(), 1);
    assert_eq!(opened_by(&world, first.as_str()).await.unwrap().1.thread, []);
    let more = typed(&[("who", "The neighbour")]);
    assert_eq!(sent_by(&world, &form, &more).await.unwrap().phrase, first);
    let thread = opened_by(&world, first.as_str()).await.unwrap().1.thread;
    assert!(thread.len() == 1 && thread[0].text.contains("The neighbour"), "nothing is lost: {thread:?}");
    assert_ne!(sent(&world, &[]).await.phrase, first);
    let old = new_form(&world);
    world.wait((Limits::get().form_hours + 1) * Timestamp::HOUR);
    for form in [old.as_str(), "", "forged"] {
        let refused = sent_by(&world, form, &typed(&[])).await;
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{form}: {refused:?}");
    }
    let empty = sent_by(&world, &new_form(&world), &Answers::new()).await;
    let Err(Refusal::Invalid(problems)) = empty else { panic!("nothing was said") };
    assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["story"]);
}

#[tokio::test]
async fn a_flood_waits_and_who_works_waits_less() {
    let world = opened().await;
    let mut passed = 0;
    while sent_by(&world, &new_form(&world), &typed(&[])).await.is_ok() {
        passed += 1;
    }
    assert_eq!(passed, Limits::get().unproven.burst);
    let form = new_form(&world);
    let nonce = work(&form, 0, 1 << 24, Limits::get().work_bits).unwrap().to_string();
    let place = dutch(&world).await;
    let typed = typed(&[]);
    let with = |nonce| Sending { typed: &typed, files: vec![], form: &form, nonce };
    assert!(matches!(send(&world, &place, with("7")).await, Err(Refusal::TooOften(_))));
    send(&world, &place, with(&nonce)).await.unwrap();
}

#[tokio::test]
async fn an_association_passes_on_for_a_member_and_reads_the_answer() {
    let world = opened().await;
    let association = somebody(&world, "admin@chemtrade-assoc.example").await;
    let place = dutch(&world).await;
    let reference = pass_on(&world, &association.who, (association.org, &place), &typed(&[]), vec![]).await.unwrap();
    let officer = officer(&world).await;
    let seen = desk::view(&world, &officer.who, &reference).await.unwrap();
    let by = seen.concern.clone().unwrap();
    assert!(by.is_heard && by.passed_on_by.unwrap().contains("Chemical Traders"));
    desk::ask(&world, &officer.who, &reference, seen.version, "When?").await.unwrap();
    let told = world.mails().await;
    assert!(
        told.iter().any(|(name, to, link)| name == "question_asked"
            && to == "admin@chemtrade-assoc.example"
            && link.ends_with(&format!("/n/chemtrade-assoc/concerns/{reference}"))),
        "{told:?}"
    );
    let mine = passed(&world, &association.who, association.org, &reference).await.unwrap();
    assert_eq!(mine.question.as_deref(), Some("When?"));
    reply(&world, &association.who, (association.org, &reference), "On Monday.").await;
    let list = list(&world, &association.who, association.org).await.unwrap();
    assert_eq!((list.len(), list[0].answers, list[0].state), (1, 1, ReporterState::InReview));
    let outsider = officer.who;
    assert!(matches!(super::list(&world, &outsider, association.org).await, Err(Refusal::NotFound)));
}

async fn reply(world: &World, who: &Principal, at: (OrgId, &Reference), text: &str) {
    assert_eq!(reply_for_member(world, who, at, text, vec![]).await.unwrap(), []);
}

#[tokio::test]
async fn a_phrase_ends_some_months_after_the_concern_was_settled() {
    let world = opened().await;
    let phrase = sent(&world, &[]).await.phrase;
    let (officer, seen) = (officer(&world).await, the_one(&world).await);
    assert_eq!(end_phrases(&world).await.unwrap(), 0);
    world.wait(Timestamp::DAY);
    let verdict = desk::Verdict::NoFurtherAction;
    desk::decide(&world, &officer.who, &seen.reference, seen.version, &verdict, "explained", "").await.unwrap();
    opened_by(&world, phrase.as_str()).await.unwrap();
    world.wait((domain::retention::concern_phrase_days() - 1) * Timestamp::DAY);
    assert_eq!(end_phrases(&world).await.unwrap(), 0);
    world.wait(2 * Timestamp::DAY);
    assert_eq!(end_phrases(&world).await.unwrap(), 1);
    assert!(matches!(opened_by(&world, phrase.as_str()).await, Err(Refusal::NotFound)));
    assert_eq!(end_phrases(&world).await.unwrap(), 0);
}

/// Every number in the database that is a time between two instants.
async fn times(world: &World, from: Timestamp, to: Timestamp) -> Vec<String> {
    let mut tx = store::dump::snapshot(&world.db).await.unwrap();
    let mut found = Vec::new();
    for table in store::dump::tables(&mut tx).await.unwrap() {
        let mut rows = Vec::new();
        store::dump::read::<store::StoreError>(&mut tx, &table, |values| {
            rows.push(values);
            Ok(())
        })
        .await
        .unwrap();
        for (column, value) in rows.iter().flat_map(|row| table.columns.iter().zip(row)) {
            let at = |number: i64| (from.0..=to.0).contains(&number);
            let of_id = |text: &str| {
                let id = uuid::Uuid::parse_str(text).ok().filter(|id| id.get_version_num() == 7)?;
                let (seconds, nanos) = id.get_timestamp()?.to_unix();
                i64::try_from(seconds * 1_000_000 + u64::from(nanos / 1_000)).ok()
            };
            let id = value.get("hex").and_then(serde_json::Value::as_str).and_then(of_id);
            // Texts hold times too: JSON of entries and of the log.
            let inside = value.as_str().unwrap_or_default().split(|letter: char| !letter.is_ascii_digit());
            let mut numbers = inside.filter_map(|part| part.parse().ok()).chain(value.as_i64()).chain(id);
            if numbers.any(at) {
                found.push(format!("{}.{column}: {value}", table.name));
            }
        }
    }
    found
}

#[tokio::test]
async fn no_time_but_the_day_and_no_word_of_the_phrase_is_stored() {
    let world = opened().await;
    // Three hours later a concern comes, with a file; an hour later its sender looks and adds something.
    world.wait(3 * Timestamp::HOUR);
    let mut file = Incoming::begin(&world, "Anna van Dijk, 3 May.txt").await.unwrap();
    file.write(b"seen").await.unwrap();
    let file = file.finish().await.unwrap().unwrap();
    let (typed, form) = (typed(&[]), new_form(&world));
    let sending = Sending { typed: &typed, files: vec![file], form: &form, nonce: "" };
    let phrase = send(&world, &dutch(&world).await, sending).await.unwrap().phrase;
    world.wait(Timestamp::HOUR);
    let (ticket, _) = opened_by(&world, phrase.as_str()).await.unwrap();
    add(&world, ticket.as_str(), "And again tonight.", vec![]).await.unwrap();
    close(&world, ticket.as_str()).await.unwrap();
    let (from, to) = (NOW.plus(Timestamp::MINUTE), NOW.plus(5 * Timestamp::HOUR));
    assert_eq!(times(&world, from, to).await, Vec::<String>::new());
    // The mail to the desk leaves when the day is over.
    let due: Option<(i64,)> =
        world.db.reader().one(&store::Sql { name: "test", sqlite: DUE, postgres: DUE }, vec![]).await.unwrap();
    assert!(due.unwrap().0 > to.0);
    let seen = the_one(&world).await;
    let files = evidence::for_desk(&world, &officer(&world).await.who, &seen.reference).await.unwrap();
    assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["file 1.txt"]);
    for entry in std::fs::read_dir(world.config.data_dir.join("evidence")).unwrap() {
        let at = entry.unwrap().metadata().unwrap().modified().unwrap();
        let micros = at.duration_since(std::time::UNIX_EPOCH).unwrap().as_micros();
        assert_eq!(i64::try_from(micros).unwrap(), seen.sent_at.0);
    }
    // Nothing of the phrase, of the file's name, or of the marks of pages lies in any file of the installation.
    let words: Vec<&str> = phrase.words().collect();
    let secrets = [words[..2].join(" "), words[..2].join("-"), "van Dijk".into(), ticket.as_str().to_owned()];
    for entry in std::fs::read_dir(&world.config.data_dir).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for secret in &secrets {
            let lies = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!lies, "{} in {}", secret, path.display());
        }
    }
}

const DUE: &str = "SELECT min(next_at) FROM outbox WHERE template = 'new_report'";

#[test]
fn a_day_ends_in_the_zone_of_the_authority() {
    // 23 November, 23:30 in Amsterdam.
    let late = NOW.plus(8 * Timestamp::HOUR + 30 * Timestamp::MINUTE);
    let (day, end) = end_of_day("Europe/Amsterdam", late);
    assert_eq!(end.plus(1).since(late), 30 * Timestamp::MINUTE);
    assert_eq!(end_of_day("Europe/Amsterdam", end), (day, end));
    assert_eq!(end_of_day("UTC", end).0, day);
    assert_eq!(end_of_day("Europe/Amsterdam", end.plus(1)).0, day + 1);
}
