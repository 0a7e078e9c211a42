//! Declarations through the services: the way of a link, what is kept and proved, ceilings with units, reminders.

use domain::{
    access::Role,
    answers::Answers,
    declaration::State,
    ids::{CustomerId, DeclarationId},
    time::Timestamp,
};

use super::{signing::Behind, *};
use crate::{
    Refusal, customer,
    customer::document,
    error::Problem,
    evidence::{Arrived, Incoming},
    report::tests::{Somebody, officer, reporter, somebody},
    testing::World,
};

const HERE: std::net::IpAddr = std::net::IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));
const BUYER: &str = "buyer@noorderlicht.example";

fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

const REQUEST: &[(&str, &str)] = &[
    ("email", BUYER),
    ("supplier_address", "Kade 1\nRotterdam"),
    ("customer_name", "Noorderlicht B.V."),
    ("customer_address", "Havenkade 12\nHoorn"),
    ("substance-1", "acetic anhydride"),
    ("quantity-1", "100 l"),
];

const YEAR: &[(&str, &str)] = &[
    ("period_from", "1 December 2026"),
    ("period_until", "30 November 2027"),
    ("conditions", "deliveries"),
    ("conditions", "no_doubt"),
    ("conditions", "in_line"),
];

const SIGNER: &[(&str, &str)] = &[
    ("uses", "Acetylation of cellulose"),
    ("name", "Hanneke Visser"),
    ("position", "Director"),
    ("place", "Hoorn"),
    ("date", "23 November 2026"),
];

fn both(one: &[(&'static str, &'static str)], two: &[(&'static str, &'static str)]) -> Answers {
    let mut answers = Answers::new();
    for (name, _) in one.iter().chain(two) {
        let of = |(key, text): &(&'static str, &'static str)| (key == name).then_some(*text);
        answers.set(name, one.iter().chain(two).filter_map(of));
    }
    answers
}

async fn buyer(world: &World, me: &Somebody) -> CustomerId {
    let fields = typed(&[("legal_name", "Noorderlicht B.V."), ("country", "NL"), ("note", "Pays late")]);
    customer::create(world, &me.who, me.org, &fields).await.unwrap()
}

async fn written(world: &World, me: &Somebody, customer: CustomerId, shape: &str) -> DeclarationId {
    let fields = if shape == "eu-several" { both(REQUEST, YEAR) } else { both(REQUEST, &[]) };
    create(world, &me.who, customer, shape, &fields).await.unwrap()
}

async fn looked(world: &World, me: &Somebody, customer: CustomerId, id: DeclarationId) -> Whole {
    one(world, &me.who, customer, id).await.unwrap()
}

async fn version(world: &World, me: &Somebody, customer: CustomerId, id: DeclarationId) -> i64 {
    looked(world, me, customer, id).await.declaration.version
}

async fn sent(world: &World, me: &Somebody, customer: CustomerId, id: DeclarationId) -> String {
    // So that this mail sorts behind those before it.
    world.wait(2_000);
    let seen = (id, version(world, me, customer, id).await);
    send(world, &me.who, customer, seen).await.unwrap();
    world.token_mailed("declaration_asked", BUYER).await
}

async fn ready(world: &World, token: &str) -> String {
    match signing::open(world, token, HERE).await.unwrap() {
        Behind::ToSign(waiting) => waiting.ready().unwrap().sha256,
        Behind::Copy(_) => panic!("it is signed"),
    }
}

async fn signed(world: &World, token: &str) {
    signing::fill_in(world, token, HERE, &typed(SIGNER)).await.unwrap();
    let seen = ready(world, token).await;
    signing::sign(world, token, HERE, "hanneke visser", &seen).await.unwrap();
}

/// One in force, with the days from which and until when.
async fn in_force(world: &World, me: &Somebody, shape: &str, term: &[(&str, &str)]) -> (CustomerId, DeclarationId) {
    let customer = buyer(world, me).await;
    let id = written(world, me, customer, shape).await;
    let token = sent(world, me, customer, id).await;
    signed(world, &token).await;
    let seen = (id, version(world, me, customer, id).await);
    accept(world, &me.who, customer, seen, &typed(term)).await.unwrap();
    (customer, id)
}

async fn ordered(
    world: &World,
    me: &Somebody,
    (customer, id): (CustomerId, DeclarationId),
    day: &str,
    quantity: &str,
    more: &[(&str, &str)],
) -> Result<Recorded> {
    let mut fields = typed(&[("day", day), ("quantity", quantity), ("reference", "PO-1")]);
    more.iter().for_each(|(name, text)| fields.set_one(name, *text));
    let seen = (id, version(world, me, customer, id).await);
    record(world, &me.who, customer, seen, &fields).await
}

fn problems(outcome: Result<impl std::fmt::Debug>) -> Vec<Problem> {
    match outcome {
        Err(Refusal::Invalid(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

fn fields(outcome: Result<impl std::fmt::Debug>) -> Vec<String> {
    problems(outcome).into_iter().map(|problem| problem.field).collect()
}

fn gone<T>(outcome: Result<T>, what: &str) {
    assert!(matches!(outcome, Err(Refusal::NotFound)), "{what}");
}

#[tokio::test]
async fn a_link_is_filled_in_signed_once_and_then_shows_the_copy() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let customer = buyer(&world, &me).await;
    let id = written(&world, &me, customer, "eu-single").await;
    assert_eq!(looked(&world, &me, customer, id).await.declaration.state, State::Draft);
    let token = sent(&world, &me, customer, id).await;
    let Behind::ToSign(waiting) = signing::open(&world, &token, HERE).await.unwrap() else { panic!() };
    let shown = format!("{:?}{:?}", waiting.request, waiting.items);
    assert!(shown.contains("Acetic anhydride") && shown.contains("2915 24 00"), "{shown}");
    assert!(!shown.contains("Pays late"), "nothing of the file");
    assert_eq!(looked(&world, &me, customer, id).await.declaration.state, State::Opened);
    // What is wrong is kept like what is right.
    let wrong = typed(&[("uses", "Acetylation"), ("date", "yesterday"), ("name", "Hanneke Visser")]);
    assert_eq!(fields(signing::fill_in(&world, &token, HERE, &wrong).await), ["position", "place", "date"]);
    let Behind::ToSign(waiting) = signing::open(&world, &token, HERE).await.unwrap() else { panic!() };
    assert_eq!((waiting.typed.one("date"), waiting.typed.one("uses")), ("yesterday", "Acetylation"));
    signing::fill_in(&world, &token, HERE, &typed(SIGNER)).await.unwrap();
    let seen = ready(&world, &token).await;
    assert_eq!(fields(signing::sign(&world, &token, HERE, "H. Visser", &seen).await), ["signature"]);
    signing::fill_in(&world, &token, HERE, &typed(&[("uses", "Something else")])).await.unwrap();
    let other = signing::sign(&world, &token, HERE, "Hanneke Visser", &seen).await;
    assert!(matches!(other, Err(Refusal::Stale)), "the text is not the one that was shown");
    let seen = ready(&world, &token).await;
    world.wait(Timestamp::MINUTE);
    signing::sign(&world, &token, HERE, "Hanneke Visser", &seen).await.unwrap();
    let first = looked(&world, &me, customer, id).await.declaration.signed.unwrap();
    world.wait(Timestamp::MINUTE);
    signing::sign(&world, &token, HERE, "Hanneke Visser", &seen).await.unwrap();
    let again = looked(&world, &me, customer, id).await;
    assert_eq!(again.declaration.signed.as_ref(), Some(&first), "a second press changes nothing");
    assert!(first.whole && first.text.contains("Signed at:\n  2026-11-23 14:01:00 UTC"), "{}", first.text);
    let Behind::Copy(copy) = signing::open(&world, &token, HERE).await.unwrap() else { panic!() };
    assert_eq!((&copy.text, &copy.sha256), (&first.text, &first.sha256), "both sides have the same");
    let late = signing::fill_in(&world, &token, HERE, &typed(&[("uses", "Late")])).await;
    assert!(matches!(late, Err(Refusal::NotPossible(_))));
    let steps: Vec<String> = again.history.into_iter().map(|event| event.step).collect();
    assert_eq!(steps, ["signed", "link opened", "link sent", "written"]);
    let mails = world.mails().await;
    let told = mails.iter().filter(|(name, ..)| name == "declaration_signed").collect::<Vec<_>>();
    assert_eq!(told.len(), 1, "once");
    assert!(told[0].2.ends_with(&format!("/en/c/meridian/customers/{customer}/declarations/{id}")), "{}", told[0].2);
    assert!(crate::audit::verify(&mut world.db.reader()).await.is_ok());
}

#[tokio::test]
async fn two_presses_at_once_sign_once() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let customer = buyer(&world, &me).await;
    let id = written(&world, &me, customer, "eu-single").await;
    let token = sent(&world, &me, customer, id).await;
    signing::fill_in(&world, &token, HERE, &typed(SIGNER)).await.unwrap();
    let seen = ready(&world, &token).await;
    let press = || signing::sign(&world, &token, HERE, "Hanneke Visser", &seen);
    let (one, two) = futures::join!(press(), press());
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    let history = looked(&world, &me, customer, id).await.history;
    assert_eq!(history.iter().filter(|event| event.step == "signed").count(), 1);
}

#[tokio::test]
async fn links_that_open_nothing_are_alike() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let customer = buyer(&world, &me).await;
    gone(signing::open(&world, "guess", HERE).await, "never given");
    let id = written(&world, &me, customer, "eu-single").await;
    let first = sent(&world, &me, customer, id).await;
    world.wait(Timestamp::MINUTE);
    let second = sent(&world, &me, customer, id).await;
    gone(signing::open(&world, &first, HERE).await, "replaced by another");
    assert!(signing::open(&world, &second, HERE).await.is_ok());
    world.wait(domain::declaration::LINK_DAYS * Timestamp::DAY);
    gone(signing::open(&world, &second, HERE).await, "lapsed");
    gone(signing::fill_in(&world, &second, HERE, &typed(SIGNER)).await, "lapsed");
    let third = sent(&world, &me, customer, id).await;
    let seen = (id, version(&world, &me, customer, id).await);
    withdraw(&world, &me.who, customer, seen).await.unwrap();
    gone(signing::open(&world, &third, HERE).await, "withdrawn");
    gone(signing::sign(&world, &third, HERE, "x", "x").await, "withdrawn");
    let seen = (id, version(&world, &me, customer, id).await);
    assert!(matches!(send(&world, &me.who, customer, seen).await, Err(Refusal::NotPossible(_))));
    let id = written(&world, &me, customer, "eu-single").await;
    let token = sent(&world, &me, customer, id).await;
    world.wait(3 * Timestamp::DAY);
    signing::fill_in(&world, &token, HERE, &typed(&[("date", "1 December 2026")])).await.unwrap_err();
    signing::fill_in(&world, &token, HERE, &both(&SIGNER[..4], &[("date", "10 December 2026")])).await.unwrap();
    let seen = ready(&world, &token).await;
    signing::sign(&world, &token, HERE, "Hanneke Visser", &seen).await.unwrap();
    world.wait(domain::declaration::COPY_DAYS * Timestamp::DAY);
    gone(signing::open(&world, &token, HERE).await, "the copy was there long enough");
    for _ in 0..100 {
        if let Err(Refusal::TooOften(_)) = signing::open(&world, "another guess", HERE).await {
            return;
        }
    }
    panic!("nobody may guess on and on");
}

#[tokio::test]
async fn nobody_else_sees_or_changes_one_and_readers_change_nothing() {
    let world = World::with_people().await;
    let (me, other, desk) =
        (reporter(&world).await, somebody(&world, "officer@noordkust.example").await, officer(&world).await);
    let customer = buyer(&world, &me).await;
    let id = written(&world, &me, customer, "eu-single").await;
    let identity = typed(&[("legal_name", "B"), ("country", "NL")]);
    let theirs = customer::create(&world, &other.who, other.org, &identity).await.unwrap();
    for stranger in [&other, &desk] {
        gone(of_customer(&world, &stranger.who, customer).await, "the list");
        gone(one(&world, &stranger.who, customer, id).await, "one");
        gone(one(&world, &stranger.who, theirs, id).await, "under another customer");
        gone(standing_of(&world, &stranger.who, customer).await, "what is left");
        gone(send(&world, &stranger.who, customer, (id, 1)).await, "sending");
        gone(withdraw(&world, &stranger.who, theirs, (id, 1)).await, "withdrawing");
        gone(accept(&world, &stranger.who, customer, (id, 1), &typed(&[])).await, "accepting");
        gone(record(&world, &stranger.who, customer, (id, 1), &typed(&[])).await, "an order");
        gone(create(&world, &stranger.who, customer, "eu-single", &both(REQUEST, &[])).await, "a new one");
        gone(sign_on_paper(&world, &stranger.who, customer, (id, 1), &typed(&[])).await, "one on paper");
    }
    let mut reader = me.who.clone();
    reader.memberships.iter_mut().for_each(|membership| membership.role = Role::CompanyReader);
    assert!(one(&world, &reader, customer, id).await.is_ok());
    gone(send(&world, &reader, customer, (id, 1)).await, "a reader");
    gone(begin(&world, &reader, customer).await, "a reader");
    gone(withdraw(&world, &me.who, theirs, (id, 1)).await, "under somebody else's customer");
    assert!(matches!(withdraw(&world, &me.who, customer, (id, 7)).await, Err(Refusal::Stale)));
    assert_eq!(due(&world, &me.who, me.org).await.unwrap().len(), 0);
    gone(due(&world, &me.who, other.org).await, "another company's");
}

#[tokio::test]
async fn each_shape_asks_for_what_its_law_asks() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let customer = buyer(&world, &me).await;
    let made = async |shape: &str, fields: Answers| create(&world, &me.who, customer, shape, &fields).await;
    gone(made("eu-treble", both(REQUEST, &[])).await, "no such shape");
    let empty = fields(made("eu-single", typed(&[])).await);
    assert_eq!(empty, ["supplier_address", "customer_name", "customer_address", "substance-1", "quantity-1"]);
    let with = |more: &[(&'static str, &'static str)]| {
        let mut answers = both(REQUEST, &[]);
        more.iter().for_each(|(name, text)| answers.set_one(name, *text));
        answers
    };
    assert_eq!(fields(made("eu-single", with(&[("substance-1", "Moon dust")])).await), ["code-1"]);
    assert!(made("eu-single", with(&[("substance-1", "Moon dust"), ("code-1", "2530.90")])).await.is_ok());
    assert_eq!(fields(made("eu-single", with(&[("code-1", "1")])).await), ["code-1"]);
    assert_eq!(fields(made("eu-single", with(&[("quantity-1", "100")])).await), ["quantity-1"]);
    assert_eq!(fields(made("eu-single", with(&[("email", "nobody")])).await), ["email"]);
    assert_eq!(fields(made("eu-several", both(REQUEST, &YEAR[..3])).await), ["conditions"]);
    let long = both(REQUEST, &[&YEAR[..1], &[("period_until", "1 December 2027")], &YEAR[2..]].concat());
    assert_eq!(fields(made("eu-several", long).await), ["period_until"]);
    let first = both(&[&REQUEST[..4], &[("substance-1", "Ephedrine"), ("quantity-1", "1 kg")]].concat(), YEAR);
    assert_eq!(fields(made("eu-several", first).await), ["substance-1"], "Category 1: one for each transaction");
    let first = with(&[("substance-1", "Ephedrine"), ("quantity-1", "1 kg")]);
    let id = made("eu-single", first).await.unwrap();
    assert!(looked(&world, &me, customer, id).await.declaration.request.licence, "Category 1 needs a licence");
    let token = sent(&world, &me, customer, id).await;
    let missing = fields(signing::fill_in(&world, &token, HERE, &typed(SIGNER)).await);
    assert_eq!(missing, ["licence_number", "licence_issuer", "licence_issued", "licence_until"]);
    let two = with(&[("substance-2", "108-24-7"), ("quantity-2", "1 kg")]);
    assert_eq!(fields(made("ca-end-use", two).await), ["substance-2"], "twice the same");
    let two = with(&[("substance-2", "Ephedrine"), ("quantity-2", "1 kg")]);
    let id = made("ca-end-use", two).await.unwrap();
    assert_eq!(looked(&world, &me, customer, id).await.declaration.items.len(), 2);
    let without = typed(&REQUEST[1..]);
    let id = made("eu-single", without).await.unwrap();
    assert!(matches!(send(&world, &me.who, customer, (id, 1)).await, Err(Refusal::NotPossible(_))), "no address");
}

#[tokio::test]
async fn orders_are_counted_in_the_unit_that_was_declared() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let term = [("from", "1 December 2026"), ("until", "30 November 2027")];
    let at = in_force(&world, &me, "eu-several", &term).await;
    let standing = async || standing_of(&world, &me.who, at.0).await.unwrap().remove(0);
    assert_eq!(standing().await.used.to_string(), "0 l");
    assert_eq!(ordered(&world, &me, at, "5 December 2026", "2 drums of 20 l", &[]).await.unwrap(), Recorded::Counted);
    // 54 kg of a liquid of 1080 g a litre.
    assert_eq!(ordered(&world, &me, at, "6 December 2026", "54 kg", &[]).await.unwrap(), Recorded::Counted);
    let now = standing().await;
    assert_eq!((now.used.to_string(), now.ceiling.to_string()), ("90 l".into(), "100 l".into()));
    assert_eq!((now.slug.as_str(), now.until.unwrap().to_string()), ("acetic-anhydride", "2027-11-30".into()));
    assert_eq!(fields(ordered(&world, &me, at, "6 December 2026", "4 pieces", &[]).await), ["quantity"]);
    assert_eq!(fields(ordered(&world, &me, at, "", "", &[]).await), ["day", "quantity"]);
    let told = problems(ordered(&world, &me, at, "7 December 2026", "15 l", &[]).await);
    assert_eq!(told[0].field, "reason");
    assert!(told[0].message.starts_with("This is 5 l more than was declared."), "{}", told[0].message);
    let late = problems(ordered(&world, &me, at, "1 December 2027", "1 l", &[]).await);
    assert!(late[0].message.starts_with("The declaration held until 30 November 2027."), "{}", late[0].message);
    let early = problems(ordered(&world, &me, at, "30 November 2026", "1 l", &[]).await);
    assert!(early[0].message.contains("holds from 1 December 2026 on"), "{}", early[0].message);
    assert_eq!(standing().await.used, now.used, "told before it is recorded");
    let seen = (at.1, version(&world, &me, at.0, at.1).await);
    let form = typed(&[("day", "7 December 2026"), ("quantity", "10 l")]);
    assert_eq!(record(&world, &me.who, at.0, seen, &form).await.unwrap(), Recorded::UsedUp);
    assert!(matches!(record(&world, &me.who, at.0, seen, &form).await, Err(Refusal::Stale)), "a second press");
    let whole = looked(&world, &me, at.0, at.1).await;
    assert_eq!((whole.declaration.state, whole.orders.len(), whole.deliveries[0]), (State::UsedUp, 3, 3));
    let more = [("reason", "Agreed by telephone; a new declaration follows")];
    assert_eq!(ordered(&world, &me, at, "8 December 2026", "1 l", &more).await.unwrap(), Recorded::Counted);
    let whole = looked(&world, &me, at.0, at.1).await;
    let last = whole.orders.last().unwrap();
    assert_eq!(last.reason, "Agreed by telephone; a new declaration follows");
    for order in whole.orders.iter().skip(2).map(|order| order.id) {
        let seen = (at.1, version(&world, &me, at.0, at.1).await);
        assert_eq!(fields(strike(&world, &me.who, at.0, (seen, order), &typed(&[])).await), ["struck_why"]);
        let why = typed(&[("struck_why", "Never delivered")]);
        strike(&world, &me.who, at.0, (seen, order), &why).await.unwrap();
        let again = (at.1, version(&world, &me, at.0, at.1).await);
        assert!(matches!(strike(&world, &me.who, at.0, (again, order), &why).await, Err(Refusal::Stale)));
    }
    let whole = looked(&world, &me, at.0, at.1).await;
    assert_eq!((whole.declaration.state, whole.orders.len()), (State::InForce, 4), "struck out, never removed");
    assert_eq!(standing().await.used.to_string(), "90 l");
    assert!(crate::audit::verify(&mut world.db.reader()).await.is_ok());
}

#[tokio::test]
async fn a_report_that_names_customer_and_substance_counts_once_as_an_order() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let at = in_force(&world, &me, "eu-single", &[("from", "23 November 2026")]).await;
    let mut of = crate::report::tests::order();
    let foreign = crate::report::tests::sent(&world, &me, &of).await.to_string();
    for (field, text) in [
        ("party.1.name", "NOORDERLICHT BV"),
        ("substance.1.name", "ethanoic anhydride"),
        ("substance.1.quantity", "3 x 20 l"),
    ] {
        of.set_one(field, text);
    }
    let own = crate::report::tests::sent(&world, &me, &of).await.to_string();
    let try_with = async |report: &str| ordered(&world, &me, at, "2026-11-24", "", &[("report", report)]).await;
    for wrong in ["FR-0000", foreign.as_str()] {
        assert_eq!(fields(try_with(wrong).await)[0], "report", "{wrong}");
    }
    assert_eq!(try_with(&own).await.unwrap(), Recorded::UsedUp, "with the quantity of the report");
    let order = looked(&world, &me, at.0, at.1).await.orders.remove(0);
    assert_eq!((order.amount.as_str(), order.counted.to_string(), &order.report), ("3 x 20 l", "60 l".into(), &own));
    let again = ordered(&world, &me, at, "2026-11-24", "", &[("report", &own), ("reason", "Once more")]).await;
    assert_eq!(fields(again), ["report"], "once");
}

#[tokio::test]
async fn one_for_a_transaction_is_used_up_by_it() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let at = in_force(&world, &me, "eu-single", &[("from", "23 November 2026")]).await;
    assert_eq!(ordered(&world, &me, at, "24 November 2026", "80 l", &[]).await.unwrap(), Recorded::UsedUp);
    let told = problems(ordered(&world, &me, at, "25 November 2026", "10 l", &[]).await);
    assert!(told[0].message.starts_with("The declaration is for one delivery"), "{}", told[0].message);
    let seen = (at.1, version(&world, &me, at.0, at.1).await);
    assert_eq!(fields(end(&world, &me.who, at.0, seen, &typed(&[])).await), ["end_reason"]);
    end(&world, &me.who, at.0, seen, &typed(&[("end_reason", "Replaced")])).await.unwrap();
    let told = problems(ordered(&world, &me, at, "25 November 2026", "10 l", &[]).await);
    assert!(told[0].message.contains("was ended"), "{}", told[0].message);
    assert!(standing_of(&world, &me.who, at.0).await.unwrap().is_empty(), "what has ended covers nothing");
}

#[tokio::test]
async fn a_check_accepts_within_the_law_or_says_what_is_in_doubt() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let customer = buyer(&world, &me).await;
    let id = written(&world, &me, customer, "eu-several").await;
    let early = accept(&world, &me.who, customer, (id, 1), &typed(&[("from", "2026-12-01")])).await;
    assert!(matches!(early, Err(Refusal::NotPossible(_))), "nobody has signed");
    let token = sent(&world, &me, customer, id).await;
    signed(&world, &token).await;
    let seen = (id, version(&world, &me, customer, id).await);
    for (term, field) in [
        (&[][..], "from"),
        (&[("from", "2026-12-01")], "until"),
        (&[("from", "2026-12-01"), ("until", "2026-11-30")], "until"),
        (&[("from", "2026-12-01"), ("until", "2027-12-01")], "until"),
    ] {
        assert_eq!(fields(accept(&world, &me.who, customer, seen, &typed(term)).await), [field], "{term:?}");
    }
    let early = ordered(&world, &me, (customer, id), "2026-12-01", "1 l", &[]).await;
    assert!(matches!(early, Err(Refusal::NotPossible(_))), "nothing is counted before it is accepted");
    assert_eq!(fields(doubt(&world, &me.who, customer, seen, &typed(&[])).await), ["doubt_reason"]);
    doubt(&world, &me.who, customer, seen, &typed(&[("doubt_reason", "Nobody knows the signer")])).await.unwrap();
    let whole = looked(&world, &me, customer, id).await;
    assert_eq!(
        (whole.declaration.state, whole.declaration.reason.as_str()),
        (State::Refused, "Nobody knows the signer")
    );
    assert!(whole.declaration.checked.is_some());
    let Behind::Copy(copy) = signing::open(&world, &token, HERE).await.unwrap() else { panic!() };
    assert!(!format!("{copy:?}").contains("Nobody knows"), "the customer is told nothing");
}

#[tokio::test]
async fn a_text_that_was_changed_is_seen_by_its_hash() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let (customer, id) = in_force(&world, &me, "eu-single", &[("from", "23 November 2026")]).await;
    let signed = looked(&world, &me, customer, id).await.declaration.signed.unwrap();
    assert!(signed.whole);
    let text = "UPDATE declaration SET signed_text = replace(signed_text, '100 l', '900 l')";
    let mut tx = world.db.begin().await.unwrap();
    tx.run(&store::Sql { name: "test", sqlite: text, postgres: text }, vec![]).await.unwrap();
    tx.commit().await.unwrap();
    let changed = looked(&world, &me, customer, id).await.declaration.signed.unwrap();
    assert!(changed.text.contains("900 l") && !changed.whole, "{}", changed.text);
    assert_eq!(changed.sha256, signed.sha256);
}

async fn copy(world: &World) -> Arrived {
    let mut file = Incoming::begin(world, "declaration.txt").await.unwrap();
    file.write(b"A signed declaration.").await.unwrap();
    file.finish().await.unwrap().unwrap()
}

#[tokio::test]
async fn one_on_paper_has_its_copy_and_ends_the_link() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let customer = buyer(&world, &me).await;
    let id = written(&world, &me, customer, "eu-single").await;
    let token = sent(&world, &me, customer, id).await;
    assert!(copies(&world, &me.who, customer).await.unwrap().is_empty());
    let paper = typed(&[("kind", "declaration"), ("about", "Acetic anhydride")]);
    let paper = document::add(&world, &me.who, customer, &paper, Some(copy(&world).await)).await.unwrap();
    let seen = (id, version(&world, &me, customer, id).await);
    let none = sign_on_paper(&world, &me.who, customer, seen, &typed(SIGNER)).await;
    assert_eq!(fields(none), ["document"]);
    let mut form = typed(SIGNER);
    form.set_one("document", paper.to_string());
    form.set_one("date", "1 January 2030");
    assert_eq!(fields(sign_on_paper(&world, &me.who, customer, seen, &form).await), ["date"]);
    form.set_one("date", "20 November 2026");
    sign_on_paper(&world, &me.who, customer, seen, &form).await.unwrap();
    let found = looked(&world, &me, customer, id).await.declaration.signed.unwrap();
    assert_eq!((found.document, found.whole), (Some(paper), true));
    let hash = document::one(&world, &me.who, customer, paper).await.unwrap().copy.unwrap().sha256;
    assert!(found.text.contains(&hash), "the text names the copy: {}", found.text);
    gone(signing::open(&world, &token, HERE).await, "the link after the paper");
}

#[tokio::test]
async fn its_end_comes_by_itself_and_is_told_twice() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let term = [("from", "1 December 2026"), ("until", "31 January 2027")];
    let (customer, id) = in_force(&world, &me, "eu-several", &term).await;
    let told = async || world.mails().await.iter().filter(|(name, ..)| name == "documents_end").count();
    let before = told().await;
    assert_eq!(remind(&world).await.unwrap(), 0, "it is far");
    assert_eq!(due(&world, &me.who, me.org).await.unwrap().len(), 1);
    world.wait(40 * Timestamp::DAY);
    assert_eq!(remind(&world).await.unwrap(), 1);
    assert_eq!(remind(&world).await.unwrap(), 0, "once");
    world.wait(24 * Timestamp::DAY);
    assert_eq!(remind(&world).await.unwrap(), 1);
    assert_eq!(told().await - before, 2);
    assert_eq!(looked(&world, &me, customer, id).await.declaration.state, State::InForce);
    world.wait(6 * Timestamp::DAY);
    let now = looked(&world, &me, customer, id).await.declaration;
    assert_eq!((now.state, now.stored), (State::Ended, State::InForce));
    assert!(due(&world, &me.who, me.org).await.unwrap().is_empty());
    assert!(standing_of(&world, &me.who, customer).await.unwrap().is_empty());
    assert_eq!(remind(&world).await.unwrap(), 0);
}
