//! Decisions through the services: four eyes, limits, what follows in the file, reviews, reminders, the report from a file.

use domain::{
    access::{Action, Principal, Role},
    answers::Answers,
    customer::{
        Part, State,
        decision::{Event, Verdict},
    },
    ids::CustomerId,
    risk::Band,
    time::Timestamp,
};

use super::*;
use crate::{
    customer::{create, list, put, read::Filter, report, review, screening, view},
    report::tests::{Somebody, officer, order, reporter, sent, somebody},
    testing::World,
};

fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

fn part(id: &str) -> &'static Part {
    Part::find(id).unwrap()
}

async fn add(world: &World, me: &Somebody, id: CustomerId, what: &str, fields: &[(&str, &str)]) {
    let version = view(world, &me.who, id).await.unwrap().version;
    put(world, &me.who, (id, version), (part(what), None), &typed(fields)).await.unwrap();
    screening::settle(world).await.unwrap();
}

/// A file in order: low risk.
async fn in_order(world: &World, me: &Somebody) -> CustomerId {
    let identity = [("legal_name", "Kustlab B.V."), ("country", "NL"), ("registration_number", "81204417")];
    let id = create(world, &me.who, me.org, &typed(&identity)).await.unwrap();
    add(world, me, id, "person", &[("name", "Ada Vos"), ("roles", "director"), ("email", "ada@kustlab.example")]).await;
    add(world, me, id, "owner", &[("holder", "Ada Vos"), ("kind", "person"), ("share", "100")]).await;
    add(world, me, id, "bank", &[("holder", "Kustlab B.V."), ("iban", "NL91ABNA0417164300")]).await;
    add(world, me, id, "business", &[("nace", "20.30")]).await;
    let fields = [("name", "Toluene"), ("cas", "108-88-3"), ("yearly", "200 kg"), ("use", "Thinner")];
    add(world, me, id, "substance", &fields).await;
    id
}

/// The same with what makes it high: the strictest control, no licence, an owner in the dark.
async fn risky(world: &World, me: &Somebody) -> CustomerId {
    let id = in_order(world, me).await;
    let fields = [("name", "Ephedrine"), ("cas", "299-42-3"), ("yearly", "40 kg"), ("use", "Medicines")];
    add(world, me, id, "substance", &fields).await;
    add(world, me, id, "bank", &[("holder", "Somebody Else Ltd"), ("account", "77")]).await;
    id
}

/// The same person as a reader.
fn reader_of(me: &Somebody) -> Principal {
    let mut low = me.who.clone();
    for membership in &mut low.memberships {
        membership.role = Role::CompanyReader;
    }
    low
}

async fn admin(world: &World) -> Somebody {
    somebody(world, "admin@meridian-reagents.example").await
}

async fn decided(world: &World, by: &Somebody, id: CustomerId, fields: &[(&str, &str)]) -> Result<Came> {
    let version = view(world, &by.who, id).await.unwrap().version;
    decide(world, &by.who, (id, version), &typed(fields)).await
}

fn problem(outcome: Result<impl std::fmt::Debug>) -> String {
    match outcome {
        Err(Refusal::Invalid(problems)) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    }
}

async fn mailed(world: &World, template: &str) -> Vec<(String, String)> {
    let mails = world.mails().await.into_iter();
    mails.filter(|(name, ..)| name == template).map(|(_, to, link)| (to, link)).collect()
}

#[tokio::test]
async fn low_risk_is_decided_by_one_and_the_file_follows() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = in_order(&world, &me).await;
    let before = panel(&world, &me.who, id).await.unwrap();
    assert_eq!(before.band, Band::Low, "{:?}", before.rating);
    assert_eq!((before.in_force, before.may_decide), (None, true));
    assert_eq!(problem(decided(&world, &me, id, &[("verdict", "approve")]).await), "reason");
    assert_eq!(problem(decided(&world, &me, id, &[("reason", "x")]).await), "verdict");
    let odd = [("verdict", "approve"), ("reason", "x"), ("months", "99")];
    assert_eq!(problem(decided(&world, &me, id, &odd).await), "months");
    let stale = decide(&world, &me.who, (id, 1), &typed(&[("verdict", "refuse"), ("reason", "x")])).await;
    assert!(matches!(stale, Err(Refusal::Stale)));
    let approve = [("verdict", "approve"), ("reason", "Known for years"), ("months", "24")];
    let version = view(&world, &me.who, id).await.unwrap().version;
    let seen = preview(&world, &me.who, (id, version), &typed(&approve)).await.unwrap();
    assert_eq!((seen.verdict, seen.needs_second, seen.band), (Verdict::Approve, false, Band::Low));
    assert_eq!(panel(&world, &me.who, id).await.unwrap().decisions, [], "nothing is kept");
    assert_eq!(decided(&world, &me, id, &approve).await.unwrap(), Came::InForce);
    let file = view(&world, &me.who, id).await.unwrap();
    assert_eq!(file.customer.state(), State::Active);
    let after = panel(&world, &me.who, id).await.unwrap();
    let made = after.in_force.clone().unwrap();
    assert_eq!((made.verdict, made.version, made.number), (Verdict::Approve, file.version - 1, 1));
    assert_eq!(made.rating.version, "2026-11-01", "the version of the rules is kept");
    assert_eq!(after.review_on.unwrap().to_string(), "2028-11-23");
    // Limits take the place of it: they end earlier than the usual review.
    let key = file.customer.entries("substance")[0].key;
    let quantity = domain::customer::decision::quantity_field(key);
    let per = domain::customer::decision::per_field(key);
    let limits = [
        ("verdict", "limits"),
        ("reason", "A trial"),
        (&quantity, "50 kg"),
        (&per, "month"),
        ("until", "1 March 2027"),
    ];
    decided(&world, &me, id, &limits).await.unwrap();
    let now = panel(&world, &me.who, id).await.unwrap();
    assert_eq!(now.review_on.unwrap().to_string(), "2027-03-01");
    assert_eq!(now.decisions.iter().map(|made| made.stage).collect::<Vec<_>>(), [Stage::InForce, Stage::Past]);
    assert!(now.in_force.unwrap().limits.words()[0].contains("50 kg a month"));
    assert_eq!(problem(decided(&world, &me, id, &[("verdict", "limits"), ("reason", "x")]).await), "");
    decided(&world, &me, id, &[("verdict", "refuse"), ("reason", "It pays in cash")]).await.unwrap();
    world.wait(Timestamp::MINUTE);
    assert_eq!(view(&world, &me.who, id).await.unwrap().customer.state(), State::Stopped);
    while risk::work(&world).await.unwrap() {}
    let listed = list(&world, &me.who, me.org, &Filter::default(), None, 9).await.unwrap();
    assert_eq!((listed.items[0].verdict, listed.items[0].band), (Some(Verdict::Refuse), Some(Band::Medium)));
    assert!(panel(&world, &me.who, id).await.unwrap().rating.reasons.iter().any(|reason| reason.rule == "refused"));
    let kept = ratings(&world, &me.who, id).await.unwrap();
    assert!(kept.len() >= 2 && kept[0].rating.points > kept[kept.len() - 1].rating.points);
    assert!(crate::audit::verify(&mut world.db.reader()).await.is_ok());
}

#[tokio::test]
async fn high_risk_needs_two_and_never_the_same() {
    let world = World::with_people().await;
    let (me, other) = (reporter(&world).await, admin(&world).await);
    let id = risky(&world, &me).await;
    assert_eq!(panel(&world, &me.who, id).await.unwrap().band, Band::High);
    let approve = [("verdict", "approve"), ("reason", "Visited")];
    assert_eq!(decided(&world, &me, id, &approve).await.unwrap(), Came::Waits);
    assert_eq!(view(&world, &me.who, id).await.unwrap().customer.state(), State::Checking);
    let mails = mailed(&world, "decision_waiting").await;
    assert!(mails.iter().all(|(to, _)| to != "officer@meridian-reagents.example") && !mails.is_empty());
    assert!(mails[0].1.ends_with("/c/meridian/customers/due"), "{}", mails[0].1);
    let waits = waiting(&world, &other.who, other.org).await.unwrap();
    assert_eq!((waits.len(), waits[0].customer), (1, id));
    let made = waits[0].id;
    let agree = typed(&[("answer", "agree")]);
    assert!(matches!(answer(&world, &me.who, (id, made), &agree).await, Err(Refusal::NotPossible(_))), "the same");
    assert!(!panel(&world, &me.who, id).await.unwrap().may_answer);
    assert!(panel(&world, &other.who, id).await.unwrap().may_answer);
    assert_eq!(problem(answer(&world, &other.who, (id, made), &typed(&[])).await), "answer");
    assert_eq!(
        problem(answer(&world, &other.who, (id, made), &typed(&[("answer", "turn_down")])).await),
        "answer_reason"
    );
    let no = typed(&[("answer", "turn_down"), ("answer_reason", "Ask for the licence")]);
    assert_eq!(answer(&world, &other.who, (id, made), &no).await.unwrap(), Came::TurnedDown);
    assert!(matches!(answer(&world, &other.who, (id, made), &agree).await, Err(Refusal::Stale)), "once");
    assert_eq!(mailed(&world, "decision_answered").await[0].0, "officer@meridian-reagents.example");
    // Again; the file changes before the second person looks.
    decided(&world, &me, id, &approve).await.unwrap();
    let made = waiting(&world, &other.who, other.org).await.unwrap()[0].id;
    add(&world, &me, id, "name", &[("name", "Kustlab"), ("kind", "short")]).await;
    assert!(matches!(answer(&world, &other.who, (id, made), &agree).await, Err(Refusal::NotPossible(_))), "changed");
    decided(&world, &me, id, &approve).await.unwrap();
    let made = waiting(&world, &other.who, other.org).await.unwrap()[0].id;
    assert_eq!(answer(&world, &other.who, (id, made), &agree).await.unwrap(), Came::InForce);
    let after = panel(&world, &me.who, id).await.unwrap();
    assert_eq!(view(&world, &me.who, id).await.unwrap().customer.state(), State::Active);
    assert_eq!(after.review_on.unwrap().to_string(), "2027-11-23", "twelve months");
    let stages: Vec<Stage> = after.decisions.iter().map(|made| made.stage).collect();
    assert_eq!(stages, [Stage::InForce, Stage::Past, Stage::TurnedDown]);
    assert!(after.in_force.unwrap().answer.unwrap().agreed);
    // Refusing never waits.
    assert_eq!(decided(&world, &me, id, &[("verdict", "refuse"), ("reason", "x")]).await.unwrap(), Came::InForce);
}

#[tokio::test]
async fn a_risk_set_by_hand_is_kept_and_lowering_it_needs_two() {
    let world = World::with_people().await;
    let (me, other) = (reporter(&world).await, admin(&world).await);
    let id = in_order(&world, &me).await;
    let set = async |band: &str| {
        decided(&world, &me, id, &[("verdict", "rating"), ("band", band), ("reason", "We know them")]).await
    };
    assert_eq!(problem(set("low").await), "band", "it is that");
    assert_eq!(problem(set("").await), "band");
    assert_eq!(set("high").await.unwrap(), Came::InForce);
    let raised = panel(&world, &me.who, id).await.unwrap();
    assert_eq!((raised.band, raised.rating.band), (Band::High, Band::Low));
    assert_eq!(raised.by_hand.unwrap().reason, "We know them");
    assert_eq!(view(&world, &me.who, id).await.unwrap().customer.state(), State::Checking, "nothing is decided");
    assert_eq!(set("low").await.unwrap(), Came::Waits);
    let made = waiting(&world, &other.who, other.org).await.unwrap()[0].id;
    answer(&world, &other.who, (id, made), &typed(&[("answer", "agree")])).await.unwrap();
    assert_eq!(panel(&world, &me.who, id).await.unwrap().band, Band::Low);
    // A risk lowered by hand ends with the next reason that is added.
    let id = risky(&world, &me).await;
    let lower = [("verdict", "rating"), ("band", "medium"), ("reason", "The account is its mother's")];
    assert_eq!(decided(&world, &me, id, &lower).await.unwrap(), Came::Waits);
    let made = waiting(&world, &other.who, other.org).await.unwrap()[0].id;
    answer(&world, &other.who, (id, made), &typed(&[("answer", "agree")])).await.unwrap();
    assert_eq!(panel(&world, &me.who, id).await.unwrap().band, Band::Medium);
    add(&world, &me, id, "web", &[("domain", "gmail.com")]).await;
    let now = panel(&world, &me.who, id).await.unwrap();
    assert_eq!((now.band, now.by_hand), (Band::High, None));
}

#[tokio::test]
async fn a_second_person_has_to_exist() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = risky(&world, &me).await;
    let mut tx = world.db.begin().await.unwrap();
    for member in store::person::members(&mut tx, me.org).await.unwrap() {
        if member.email != "officer@meridian-reagents.example" {
            let person = UserId(member.person_id);
            store::person::set_role(&mut tx, person, me.org, Role::CompanyReader.code()).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    let alone = decided(&world, &me, id, &[("verdict", "approve"), ("reason", "x")]).await;
    assert!(matches!(alone, Err(Refusal::NotPossible(_))));
    assert_eq!(panel(&world, &me.who, id).await.unwrap().decisions, [], "nothing is kept");
}

#[tokio::test]
async fn what_happens_makes_it_due_and_whoever_decided_is_told() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = in_order(&world, &me).await;
    let due = async || review::list(&world, &me.who, me.org).await.unwrap();
    add(&world, &me, id, "owner", &[("holder", "Ben Vos"), ("kind", "person"), ("share", "0")]).await;
    assert_eq!(due().await, [], "nothing was decided");
    decided(&world, &me, id, &[("verdict", "approve"), ("reason", "x"), ("months", "12")]).await.unwrap();
    add(&world, &me, id, "owner", &[("holder", "Cor Vos"), ("kind", "person"), ("share", "0")]).await;
    add(
        &world,
        &me,
        id,
        "site",
        &[("name", "Plant"), ("address", "Kade 1"), ("country", "NL"), ("licensed", "unknown")],
    )
    .await;
    assert_eq!(due().await[0].why, [Event::Owners, Event::Site]);
    assert_eq!(review::counts(&world, &me.who, me.org).await.unwrap().reviews, 1);
    assert_eq!(review::remind(&world).await.unwrap(), 1);
    assert_eq!(review::remind(&world).await.unwrap(), 0, "once");
    let mails = mailed(&world, "reviews_due").await;
    assert_eq!((mails.len(), mails[0].0.as_str()), (1, "officer@meridian-reagents.example"));
    // A new decision ends that; a document that ends makes it due again, by the worker.
    let expires = [("kind", "register"), ("expires", "2026-12-01")];
    document::add(&world, &me.who, id, &typed(&expires), None).await.unwrap();
    decided(&world, &me, id, &[("verdict", "approve"), ("reason", "Looked again"), ("months", "12")]).await.unwrap();
    assert_eq!(due().await, []);
    world.wait(10 * Timestamp::DAY);
    while risk::work(&world).await.unwrap() {}
    assert_eq!(due().await[0].why, [Event::Document, Event::Risk]);
    assert!(crate::audit::verify(&mut world.db.reader()).await.is_ok());
    // The day itself: a month and a week before.
    decided(&world, &me, id, &[("verdict", "refuse"), ("reason", "x"), ("months", "12")]).await.unwrap();
    let before = mailed(&world, "reviews_due").await.len();
    for (days, told) in [(330, 0), (10, 1), (0, 0), (22, 1), (9, 0)] {
        world.wait(days * Timestamp::DAY);
        assert_eq!(review::remind(&world).await.unwrap(), told, "after {days} more days");
    }
    assert_eq!(mailed(&world, "reviews_due").await.len() - before, 2);
    assert_eq!(review::counts(&world, &me.who, me.org).await.unwrap().reviews, 1);
}

#[tokio::test]
async fn a_report_begins_with_what_the_file_says_and_only_once() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = in_order(&world, &me).await;
    let fields = [("kind", "registered"), ("street", "Kade 1"), ("town", "Hoorn"), ("country", "NL")];
    add(&world, &me, id, "address", &fields).await;
    let draft = report::begin(&world, &me.who, id).await.unwrap();
    assert_eq!(report::begin(&world, &me.who, id).await.unwrap(), draft, "a second press finds it");
    assert_eq!(panel(&world, &me.who, id).await.unwrap().draft, Some(draft));
    let found = crate::draft::load(&world, &me.who, draft).await.unwrap();
    let crate::draft::Loaded::Open(found) = found else { panic!("it is open") };
    let answers = &found.answers;
    for (field, text) in [
        ("party.1.name", "Kustlab B.V."),
        ("party.1.registration", "81204417"),
        ("party.1.address", "Kade 1\nHoorn"),
        ("party.1.email", "ada@kustlab.example"),
        ("party.2.name", "Ada Vos"),
        ("substance.1.name", "Toluene"),
        ("substances.involved", "substances"),
    ] {
        assert_eq!(answers.one(field), text, "{field}");
    }
    assert!(answers.one("party.1.note").contains("Owner: Ada Vos, 100 %"), "{}", answers.one("party.1.note"));
    assert!(!panel(&world, &me.who, id).await.unwrap().rating.reasons.iter().any(|it| it.rule == "reported"));
}

#[tokio::test]
async fn who_may_not_decide_sees_no_reports_and_decides_nothing() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = in_order(&world, &me).await;
    let low = reader_of(&me);
    decided(&world, &me, id, &[("verdict", "refer"), ("reason", "They asked odd things")]).await.unwrap();
    let made = panel(&world, &me.who, id).await.unwrap().in_force.unwrap();
    let foreign = [officer(&world).await.who, somebody(&world, "officer@noordkust.example").await.who];
    for who in foreign.iter().chain([&low]) {
        let decision = decide(&world, who, (id, 1), &typed(&[])).await;
        assert!(matches!(decision, Err(Refusal::NotFound)));
        assert!(matches!(preview(&world, who, (id, 1), &typed(&[])).await, Err(Refusal::NotFound)));
        assert!(matches!(answer(&world, who, (id, made.id), &typed(&[])).await, Err(Refusal::NotFound)));
        assert!(matches!(waiting(&world, who, me.org).await, Err(Refusal::NotFound)));
        assert!(matches!(report::begin(&world, who, id).await, Err(Refusal::NotFound)));
    }
    for who in &foreign {
        assert!(matches!(panel(&world, who, id).await, Err(Refusal::NotFound)));
        assert!(matches!(ratings(&world, who, id).await, Err(Refusal::NotFound)));
        assert!(matches!(review::list(&world, who, me.org).await, Err(Refusal::NotFound)));
        assert!(matches!(review::counts(&world, who, me.org).await, Err(Refusal::NotFound)));
    }
    let shown = panel(&world, &low, id).await.unwrap();
    assert_eq!((shown.may_decide, shown.in_force.unwrap().reason.as_str()), (false, ""));
    assert!(!Action::DecideCustomers.allows(Role::CompanyReader) && !Action::DecideCustomers.allows(Role::SystemAdmin));
}

#[tokio::test]
async fn own_reports_weigh_for_their_company_and_for_those_who_decide_only() {
    let world = World::with_people().await;
    let (me, other) = (reporter(&world).await, somebody(&world, "officer@noordkust.example").await);
    sent(&world, &me, &order()).await;
    let made = async |by: &Somebody| {
        let fields = typed(&[("legal_name", "Grey Harbour Trading"), ("country", "NL")]);
        create(&world, &by.who, by.org, &fields).await.unwrap()
    };
    let (mine, theirs) = (made(&me).await, made(&other).await);
    let rules = async |who: &Principal, id| {
        let panel = panel(&world, who, id).await.unwrap();
        panel.rating.reasons.into_iter().map(|reason| reason.rule).collect::<Vec<_>>()
    };
    assert!(rules(&me.who, mine).await.contains(&"reported".to_owned()));
    assert!(!rules(&other.who, theirs).await.contains(&"reported".to_owned()), "another company's report");
    let low = reader_of(&me);
    assert!(!rules(&low, mine).await.contains(&"reported".to_owned()), "a reader is told nothing");
    // A report from the file itself is known by that, whatever it calls the customer.
    let id = in_order(&world, &me).await;
    let draft = report::begin(&world, &me.who, id).await.unwrap();
    let base = crate::report::tests::open(&world, &me.who, draft).await.version;
    let mut answers = order();
    answers.set_one("party.1.name", "Somebody else");
    crate::report::tests::save(&world, &me.who, draft, base, &answers).await.unwrap();
    crate::report::submit(&world, &me.who, draft).await.unwrap();
    assert!(rules(&me.who, id).await.contains(&"reported".to_owned()));
    assert_ne!(report::begin(&world, &me.who, id).await.unwrap(), draft, "what was sent is not open any more");
}

#[tokio::test]
async fn licences_and_declarations_count_where_they_are_kept_and_hold() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = risky(&world, &me).await;
    let rules = async || {
        let panel = panel(&world, &me.who, id).await.unwrap();
        panel.rating.reasons.into_iter().map(|reason| (reason.rule, reason.text)).collect::<Vec<_>>()
    };
    let about = |found: &[(String, String)], rule: &str| {
        found.iter().find(|(id, _)| id == rule).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let found = rules().await;
    assert!(about(&found, "licence").contains("Ephedrine") && about(&found, "declaration").contains("Ephedrine"));
    assert!(about(&found, "third_party_account").contains("Somebody Else Ltd"));
    for (kind, expires) in [("licence", "2027-01-01"), ("declaration", "2026-01-01")] {
        let fields = typed(&[("kind", kind), ("about", "Ephedrine"), ("expires", expires)]);
        document::add(&world, &me.who, id, &fields, None).await.unwrap();
    }
    let found = rules().await;
    assert_eq!(about(&found, "licence"), "", "it holds");
    assert!(about(&found, "declaration").contains("Ephedrine"), "it has ended");
    assert!(about(&found, "expired").contains("Customer declaration Ephedrine"));
}
