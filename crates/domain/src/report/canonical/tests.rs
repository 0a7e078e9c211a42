#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::{indicator::About, organisation::OperatorRole, quantity::Dimension};

/// Knows acetic anhydride.
struct OneSubstance;

impl Substances for OneSubstance {
    fn about(&self, name: &str, _: &str, country: Option<Country>, _: Option<Date>) -> Option<About> {
        let known = name.eq_ignore_ascii_case("acetic anhydride") && country.is_some();
        known.then(|| About { slug: "acetic-anhydride".into(), listed: true, ..About::default() })
    }
}

/// A clock one hour ahead of UTC.
fn central_europe(time: LocalTime) -> Option<Timestamp> {
    let minutes = time.date.days() * 1440 + i64::from(time.minute.unwrap_or(0)) - 60;
    Some(Timestamp(minutes * Timestamp::MINUTE))
}

fn read(answers: &Answers) -> Result<CanonicalReport, CannotRead> {
    let profile = Profile {
        roles: vec![OperatorRole::Producer],
        country: Country::parse("NL").ok(),
        today: "2026-11-23".parse().ok(),
    };
    let context =
        Context { set: QuestionSet::latest(), profile: &profile, substances: &OneSubstance, instant: &central_europe };
    CanonicalReport::read(answers, &context)
}

fn typed() -> Answers {
    let mut answers = Answers::from_iter([
        ("kind", "order"),
        ("aware_at", "23 Nov 2026 09:15"),
        ("occurred_at", "20/11/2026"),
        ("channel", "phone"),
        ("substances.involved", "both"),
        ("substance.1.name", " Acetic  anhydride"),
        ("substance.1.cas", "108-24-7"),
        ("substance.1.quantity", "3 drums of 200 l"),
        ("substance.1.concentration", "99,5 %"),
        ("substance.3.name", "pink powder"),
        ("substance.3.cas", "108-24-8"),
        ("substance.3.quantity", "a bag"),
        ("equipment.1.what", "tablet press"),
        ("equipment.1.drive", "electric"),
        ("equipment.1.count", "2"),
        ("party.1.type", "company"),
        ("party.1.name", "Example\u{202e} BV"),
        ("party.1.contact", "J. Doe"),
        ("party.1.country", "Belgium"),
        ("party.1.email", "not an address"),
        ("party.2.role", "payer"),
        ("party.2.name", "Somebody"),
        ("order.date", "20 Nov 2026"),
        ("delivery.place", "po_box"),
        ("route.transit", "DE, Poland"),
        ("payment.method", "cash"),
        ("did.done", "pending"),
        ("did.delivery_expected", "25 Nov 2026"),
        ("why.text", "No use named.\r\nNo account."),
        ("signs.behaviour", "B05"),
        ("signs.behaviour", "B01"),
        ("consent", "police"),
    ]);
    answers.set("payment.amount", ["1200", "eur"]);
    answers.set("party.1.id", ["passport", "X1"]);
    answers
}

#[test]
fn answers_become_typed() {
    let report = read(&typed()).unwrap();
    assert_eq!((report.kind, report.done), (ReportKind::Order, Some(Done::Pending)));
    let aware = central_europe(LocalTime::parse("2026-11-23 09:15", Default::default()).unwrap());
    assert_eq!(report.aware_at, aware);
    let [first, second] = &report.substances[..] else { panic!("{:?}", report.substances) };
    assert_eq!(first.slug.as_deref(), None, "two blanks are two blanks until the catalogue folds them");
    assert_eq!(first.cas.unwrap().to_string(), "108-24-7");
    let quantity = first.quantity.as_ref().unwrap().read.unwrap();
    assert_eq!((quantity.base, quantity.dimension), (600_000_000, Dimension::Volume));
    assert_eq!(first.concentration.as_ref().unwrap().hundredths, Some(9_950));
    assert_eq!((second.number, second.cas), (3, None));
    assert_eq!(second.quantity.as_ref().unwrap().text, "a bag");
    assert_eq!(report.equipment[0].count, Some(2));
    let subject = report.subject().unwrap();
    assert_eq!((subject.name.as_str(), subject.role.as_str()), ("Example BV", "subject"));
    assert_eq!(subject.country, Country::parse("BE").ok());
    assert_eq!(subject.email, "", "what cannot be read stays in the answers only");
    assert_eq!(subject.document, Some(("passport".to_owned(), "X1".to_owned())));
    assert_eq!(report.parties[1].role, "payer");
    assert_eq!(report.delivery.transit.len(), 2);
    assert_eq!(report.payment.amount.as_ref().unwrap().hundredths, 120_000);
    assert_eq!(report.narrative, "No use named.\nNo account.");
    assert_eq!(report.ticked, ["B01", "B05"]);
    assert_eq!(report.consent, ["police"]);
    assert_eq!(report.headline(), "Acetic  anhydride, 600 l + 1");
}

#[test]
fn the_catalogue_names_what_it_knows() {
    let mut answers = typed();
    answers.set_one("substance.1.name", "ACETIC ANHYDRIDE");
    let first = &read(&answers).unwrap().substances[0];
    assert_eq!((first.slug.as_deref(), first.listed), (Some("acetic-anhydride"), true));
}

#[test]
fn a_report_without_a_kind_is_none() {
    for kind in ["", "nonsense", "ORDER"] {
        let answers = Answers::from_iter([("kind", kind), ("why.text", "x")]);
        assert_eq!(read(&answers), Err(CannotRead), "{kind}");
    }
}

#[test]
fn what_is_no_longer_asked_is_not_sent() {
    let mut answers = typed();
    answers.set_one("kind", "theft");
    let report = read(&answers).unwrap();
    assert!(report.payment.is_empty() && report.delivery.is_empty() && report.done.is_none());
    assert_eq!(report.substances.len(), 2);
}

#[test]
fn without_a_substance_the_headline_says_what_it_is() {
    let loss = Answers::from_iter([("kind", "loss"), ("substances.involved", "none")]);
    assert_eq!(read(&loss).unwrap().headline(), ReportKind::Loss.label());
    let press = Answers::from_iter([
        ("kind", "order"),
        ("substances.involved", "equipment"),
        ("equipment.1.what", "tablet press"),
    ]);
    assert_eq!(read(&press).unwrap().headline(), "tablet press");
}

#[test]
fn the_json_is_stable() {
    let answers = Answers::from_iter([
        ("kind", "order"),
        ("substances.involved", "substances"),
        ("substance.1.name", "acetic anhydride"),
        ("substance.1.quantity", "25 kg"),
        ("party.1.type", "not_known"),
        ("did.done", "refused"),
    ]);
    let json = serde_json::to_string(&read(&answers).unwrap()).unwrap();
    assert_eq!(
        json,
        r#"{"kind":"order","question_set":"2026-11","substances":[{"number":1,"slug":"acetic-anhydride","name":"acetic anhydride","quantity":{"text":"25 kg","base":25000000,"dimension":"mass"},"listed":true}],"parties":[{"number":1,"role":"subject","kind":"not_known"}],"done":"refused"}"#
    );
}

proptest! {
    #[test]
    fn any_answers_that_name_a_kind_can_be_read_and_kept(
        pairs in prop::collection::vec(
            (
                prop::sample::select(vec![
                    "substance.1.name", "substance.1.quantity", "substance.2.cas", "party.1.name", "party.1.type",
                    "party.2.country", "why.text", "aware_at", "payment.amount", "route.transit", "signs.order",
                ]),
                ".{0,30}",
            ),
            0..15,
        ),
    ) {
        let mut answers: Answers = pairs.into_iter().collect();
        answers.set_one("kind", "order");
        let report = read(&answers).unwrap();
        let json = serde_json::to_string(&report).unwrap();
        prop_assert_eq!(serde_json::from_str::<CanonicalReport>(&json).unwrap(), report);
    }
}
