#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::substance::Catalogue;

/// A small catalogue of facts: name, then what is known.
struct Book(Vec<(&'static str, About)>);

impl Substances for Book {
    fn about(&self, name: &str, _: &str, _: Option<Country>, _: Option<Date>) -> Option<About> {
        let found = self.0.iter().find(|(known, _)| squash(known) == squash(name));
        found.map(|(_, about)| about.clone())
    }
}

fn book() -> Book {
    let listed = ListedAs { jurisdiction: Jurisdiction::Eu, category: "Category 2A".to_owned(), verified: true };
    let anhydride = About {
        slug: "acetic-anhydride".to_owned(),
        listed: true,
        lists: vec![listed],
        thresholds: vec![Quantity::parse("100 l").unwrap()],
        density: Some(Density(1080)),
        cas_fits: Some(false),
        ..About::default()
    };
    let designer = About { no_known_use: true, ..About::default() };
    Book(vec![("Acetic anhydride", anhydride), ("designer", designer), ("salt", About::default())])
}

fn judged(fact: &str, pairs: &[(&str, &str)]) -> Truth {
    let answers: Answers = pairs.iter().copied().collect();
    let profile = Profile { country: Country::parse("NL").ok(), ..Profile::default() };
    let rules = RuleSet::latest();
    let facts = FormFacts { answers: &answers, profile: &profile, rules, substances: &book() };
    facts.fact(fact)
}

fn yes(field: &str, value: &str) -> Truth {
    Truth::Yes(vec![Cause::quoting(field, value)])
}

#[test]
fn substances() {
    let named = |name| [("substance.1.name", name)];
    for (fact, name, truth) in [
        ("listed_substance", "acetic ANHYDRIDE", yes("substance.1.name", "acetic ANHYDRIDE")),
        ("listed_substance", "salt", Truth::No),
        ("listed_substance", "pink powder", Truth::Unknown),
        ("listed:EU:2A", "Acetic anhydride", yes("substance.1.name", "Acetic anhydride")),
        ("listed:EU:1", "Acetic anhydride", Truth::No),
        ("listed:UN:2A", "Acetic anhydride", Truth::No),
        ("listed:EU", "Acetic anhydride", Truth::Unknown),
        ("no_known_use", "designer", yes("substance.1.name", "designer")),
        ("no_known_use", "salt", Truth::No),
        ("no_known_use_verified", "designer", Truth::No),
        ("cas_mismatch", "salt", Truth::No),
    ] {
        assert_eq!(judged(fact, &named(name)), truth, "{fact} {name}");
    }
}

#[test]
fn cas_numbers() {
    let wrong = [("substance.2.cas", "108-24-8")];
    assert_eq!(judged("cas_invalid", &wrong), yes("substance.2.cas", "108-24-8"));
    for fine in ["108-24-7", "", "no number at all"] {
        assert_eq!(judged("cas_invalid", &[("substance.2.cas", fine)]), Truth::No, "{fine}");
    }
    let pair = [("substance.1.name", "Acetic anhydride"), ("substance.1.cas", "67-64-1")];
    assert_eq!(judged("cas_mismatch", &pair), yes("substance.1.cas", "67-64-1"));
}

#[test]
fn quantities_near_a_threshold() {
    // The threshold is 100 l; 80 % is near, 100 % is over; a mass is compared by density.
    for (quantity, near) in [
        ("79 l", false),
        ("80 l", true),
        ("99.9 l", true),
        ("100 l", false),
        ("4 drums of 20 l", true),
        ("86.4 kg", true),
        ("80 kg", false),
        ("85 pieces", false),
        ("a lot", false),
        ("", false),
    ] {
        let pairs = [("substance.1.name", "Acetic anhydride"), ("substance.1.quantity", quantity)];
        let found = matches!(judged("near_threshold", &pairs), Truth::Yes(_));
        assert_eq!(found, near, "{quantity}");
    }
}

#[test]
fn mail_and_website() {
    let mail = |address, kind| [("party.1.type", kind), ("party.1.email", address)];
    for (address, kind, truth) in [
        ("buyer@GMAIL.com", "company", yes("party.1.email", "buyer@GMAIL.com")),
        ("buyer@example.com", "company", Truth::No),
        ("buyer@gmail.com", "person", Truth::Unknown),
        ("", "company", Truth::Unknown),
    ] {
        assert_eq!(judged("free_mail", &mail(address, kind)), truth, "{address} {kind}");
    }
    for (address, site, differ) in [
        ("a@example.com", "https://www.example.com/shop", Some(false)),
        ("a@mail.example.com", "example.com", Some(false)),
        ("a@example.com", "shop.example.com", Some(false)),
        ("a@notexample.com", "example.com", Some(true)),
        ("a@example.org", "example.com", Some(true)),
        ("a@example.org", "", None),
    ] {
        let pairs = [("party.1.type", "company"), ("party.1.email", address), ("party.1.website", site)];
        let found = match judged("mail_not_website", &pairs) {
            Truth::Yes(_) => Some(true),
            Truth::No => Some(false),
            Truth::Unknown => None,
        };
        assert_eq!(found, differ, "{address} {site}");
    }
}

#[test]
fn days() {
    for (since, ordered, recent) in [
        ("2026-10-01", "23 Nov 2026", true),
        ("2025-10-01", "23 Nov 2026", false),
        ("2026-05-27", "2026-11-23", false),
        ("2026-05-28", "2026-11-23", true),
        ("soon", "2026-11-23", false),
    ] {
        let pairs = [("party.1.registered_on", since), ("order.date", ordered)];
        let found = matches!(judged("recently_registered", &pairs), Truth::Yes(_));
        assert_eq!(found, recent, "{since} {ordered}");
    }
    for (wanted, happened, short) in [
        ("24 Nov 2026", "2026-11-23T09:00", true),
        ("25 Nov 2026", "2026-11-23", true),
        ("26 Nov 2026", "2026-11-23", false),
        ("22 Nov 2026", "2026-11-23", false),
    ] {
        let pairs = [("order.wanted", wanted), ("occurred_at", happened)];
        assert_eq!(matches!(judged("short_lead", &pairs), Truth::Yes(_)), short, "{wanted}");
    }
    assert_eq!(judged("short_lead", &[("order.wanted", "24 Nov 2026")]), Truth::Unknown);
}

#[test]
fn payers() {
    let buyer = ("party.1.name", "Example BV");
    let payer = |name| [buyer, ("party.3.role", "payer"), ("party.3.name", name)];
    assert_eq!(judged("payer_differs", &payer("Other Ltd")), yes("party.3.name", "Other Ltd"));
    assert_eq!(judged("payer_differs", &payer("EXAMPLE B.V.")), Truth::No);
    assert_eq!(judged("payer_differs", &[buyer]), Truth::No);
    let countries = |from| [("payment.country", from), ("party.1.country", "Netherlands"), ("delivery.country", "BE")];
    assert_eq!(judged("payer_country_differs", &countries("Panama")), yes("payment.country", "Panama"));
    assert_eq!(judged("payer_country_differs", &countries("belgium")), Truth::No);
    assert_eq!(judged("payer_country_differs", &[("payment.country", "PA")]), Truth::Unknown);
}

#[test]
fn places_and_routes() {
    for (address, boxed) in [
        ("P.O. Box 12, Breda", true),
        ("po box 3", true),
        ("POSTFACH 10 02", true),
        ("Boîte postale 4", true),
        ("Grand Hotel, room 4", true),
        ("Self-Storage Centre 9", true),
        ("Campo Boxer 3", false),
        ("Kade 1, Breda", false),
        ("", false),
    ] {
        let found = matches!(judged("box_address", &[("delivery.address", address)]), Truth::Yes(_));
        assert_eq!(found, boxed, "{address}");
    }
    for (from, to, transit, unneeded) in [
        ("", "NL", "Türkiye", true),
        ("BE", "Belgium", "NL", true),
        ("NL", "NL", "NL", false),
        ("NL", "PL", "DE", false),
        ("NL", "NL", "", false),
    ] {
        let pairs = [("route.from", from), ("delivery.country", to), ("route.transit", transit)];
        let found = matches!(judged("transit_unneeded", &pairs), Truth::Yes(_));
        assert_eq!(found, unneeded, "{from} {to} {transit}");
    }
}

#[test]
fn goods_and_offers() {
    let substance = ("substance.1.name", "toluene");
    let press = ("equipment.2.what", "tablet press");
    assert!(matches!(judged("equipment_and_substance", &[substance, press]), Truth::Yes(_)));
    assert_eq!(judged("equipment_and_substance", &[substance]), Truth::No);
    let offer = |text| [("online.words", text)];
    assert_eq!(
        judged("advert_words", &offer("Best price! No customs problem!!")),
        yes("online.words", "no customs problem")
    );
    assert_eq!(judged("advert_words", &offer("Analytical grade, invoice")), Truth::No);
}

#[test]
fn every_fact_of_the_form_is_computed_and_the_others_are_unknown() {
    for name in FORM_FACTS {
        assert!(is_form_fact(name) && !OUTSIDE_FACTS.contains(name), "{name}");
    }
    for name in OUTSIDE_FACTS {
        assert!(!is_form_fact(name));
        assert_eq!(judged(name, &[]), Truth::Unknown, "{name}");
    }
    for (name, known) in [("listed:EU:1", true), ("listed:XX:1", false), ("listed:EU:", false), ("weather", false)] {
        assert_eq!(is_form_fact(name), known, "{name}");
    }
}

#[test]
fn without_answers_no_fact_holds() {
    for name in FORM_FACTS {
        assert!(!matches!(judged(name, &[]), Truth::Yes(_)), "{name}");
    }
}

#[test]
fn the_shipped_catalogue_answers() {
    let catalogue = Catalogue::load().unwrap();
    let about =
        |name, cas, country| catalogue.about(name, cas, Country::parse(country).ok(), "2026-11-23".parse().ok());
    let anhydride = about("acetic anhydride", "108-24-7", "NL").unwrap();
    assert!(anhydride.listed && anhydride.cas_fits == Some(true) && !anhydride.no_known_use);
    let marks: Vec<Jurisdiction> = anhydride.lists.iter().map(|list| list.jurisdiction).collect();
    assert!(marks.contains(&Jurisdiction::World) && marks.contains(&Jurisdiction::Eu), "{marks:?}");
    assert_eq!(about("acetic anhydride", "67-64-1", "NL").unwrap().cas_fits, Some(false));
    assert_eq!(about("", "108-24-7", "JP").unwrap().slug, anhydride.slug);
    assert_eq!(about("pink powder", "", "NL"), None);
}
