//! The data that ships with the product, and what the rules say of broken data.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::cas::{Agreement, agrees, named};
use crate::substance::Table;

fn catalogue() -> Catalogue {
    Catalogue::load().unwrap_or_else(|error| panic!("{error}"))
}

fn on(day: &str) -> Date {
    day.parse().unwrap()
}

fn country(code: &str) -> Country {
    code.parse().unwrap()
}

#[test]
fn the_tables_are_complete() {
    let catalogue = catalogue();
    let count =
        |table, day: &str| catalogue.all().iter().filter(|entry| entry.table_on(on(day)) == Some(table)).count();
    assert_eq!((count(Table::I, "2026-11-23"), count(Table::II, "2026-11-23")), (43, 8));
    // The Board's report for 2020 counts 22 and 8 on the day that MAPA was added.
    assert_eq!((count(Table::I, "2020-11-03"), count(Table::II, "2020-11-03")), (22, 8));
}

#[test]
fn status_follows_the_day() {
    let catalogue = catalogue();
    for (slug, day, table) in [
        ("acetic-anhydride", "1989-01-01", None),
        ("acetic-anhydride", "2001-12-06", Some(Table::II)),
        ("acetic-anhydride", "2001-12-07", Some(Table::I)),
        ("phenylacetic-acid", "2005-01-01", Some(Table::II)),
        ("phenylacetic-acid", "2026-11-23", Some(Table::I)),
        ("4-piperidone", "2024-12-02", None),
        ("4-piperidone", "2024-12-03", Some(Table::I)),
        ("mapa", "2020-11-02", None),
        ("mapa", "2020-11-03", Some(Table::I)),
        // Category 1 in the European Union is not "scheduled".
        ("eapa", "2026-11-23", None),
        ("red-phosphorus", "2026-11-23", None),
        // Controlled under the 1971 Convention is not "scheduled" either.
        ("norpseudoephedrine", "2026-11-23", None),
    ] {
        let substance = catalogue.find(slug).unwrap();
        assert_eq!(substance.table_on(on(day)), table, "{slug} {day}");
        assert_eq!(substance.is_scheduled(on(day)), table.is_some());
        assert_eq!(substance.status_on(on(day)).is_scheduled(), table.is_some());
    }
    let lapsed = catalogue.find("r-29676").unwrap();
    assert_eq!(lapsed.status_on(on("2026-11-23")).listings.len(), 1);
    assert_eq!(lapsed.status_on(on("2027-07-01")).listings.len(), 0);
    let proposed = catalogue.find("3-chloropropiophenone").unwrap();
    assert!(proposed.status_on(on("2026-11-23")).listings.is_empty() && !proposed.listings.is_empty());
    assert!(catalogue.find("mapa").unwrap().listings[0].date_verified);
    assert!(!catalogue.find("acetone").unwrap().status_on(on("2026-11-23")).dates_verified());
}

#[test]
fn thresholds_follow_country_and_day() {
    let catalogue = catalogue();
    let of = |slug: &str, code: &str, day: &str| {
        let found = catalogue.thresholds(catalogue.find(slug).unwrap(), country(code), on(day));
        found
            .iter()
            .map(|entry| format!("{}{}", entry.threshold.quantity, if entry.is_hard() { "!" } else { "" }))
            .collect::<Vec<_>>()
    };
    let today = "2026-11-23";
    for (slug, code, day, expected) in [
        ("acetic-anhydride", "CA", today, vec!["1000 kg!"]),
        ("acetic-anhydride", "DE", today, vec!["100 l"]),
        ("acetic-anhydride", "GB", today, vec!["100 l!"]),
        ("acetic-anhydride", "GB", "2019-01-01", vec!["100 l"]),
        ("acetic-anhydride", "US", today, vec!["1023 kg"]),
        ("acetic-anhydride", "CH", today, vec![]),
        ("p-2-p", "CA", today, vec!["0 kg!"]),
        ("mapa", "US", today, vec!["0 kg!"]),
        ("ephedrine", "CA", today, vec!["400 mg!"]),
        ("mibk", "US", today, vec!["1523 kg!", "1892.705892 l!"]),
    ] {
        assert_eq!(of(slug, code, day), expected, "{slug} {code} {day}");
    }
}

#[test]
fn what_is_for_officers_stays_with_them() {
    let catalogue = catalogue();
    let officers_only =
        catalogue.all().iter().filter(|entry| entry.typical_drug.is_some() || !entry.stands_in_for.is_empty());
    assert!(officers_only.count() > 90);
    for substance in catalogue.all() {
        let public = catalogue.public_view(substance).unwrap();
        let json = serde_json::to_string(&public).unwrap();
        assert!(
            !json.contains("typical_drug") && !json.contains("stands_in_for") && !json.contains("catches"),
            "{}",
            substance.slug
        );
    }
    let mut secret = catalogue.find("acetone").unwrap().clone();
    secret.listings[0].confidentiality = Confidentiality::Authority;
    let shown = PublicSubstance::of(&secret).unwrap();
    assert_eq!(shown.listings.len(), secret.listings.len() - 1);
    secret.confidentiality = Confidentiality::Trusted;
    assert_eq!(PublicSubstance::of(&secret), None);
}

#[test]
fn nobody_without_office_learns_of_a_confidential_entry() {
    let catalogue = catalogue();
    let mut substances = catalogue.all().to_vec();
    substances[0].confidentiality = Confidentiality::Authority;
    let slug = substances[0].slug.clone();
    let catalogue = Catalogue::new(substances, catalogue.lists().to_vec(), catalogue.sources().to_vec()).unwrap();
    assert!(catalogue.find(&slug).is_some() && catalogue.find_public(&slug).is_none());
    assert!(catalogue.search_entries(on("2026-11-23")).iter().all(|entry| entry.slug != slug));
    assert!(catalogue.known().all(|entry| entry.slug != slug));
}

#[test]
fn the_published_mistakes_are_caught() {
    let catalogue = catalogue();
    let differs =
        |name: &str, cas: &str| matches!(agrees(name, cas.parse().unwrap(), &catalogue), Agreement::Differs { .. });
    assert!(crate::cas::Cas::parse("1609-66-5").is_err());
    assert!(crate::cas::Cas::parse("3731-41-9").is_err());
    assert!(differs("Propionic anhydride", "122-90-7"));
    assert!(differs("ANPP", "1609-66-1"));
    assert!(!differs("norfentanyl", "1609-66-1"));
    assert_eq!(catalogue.by_cas("50-98-6".parse().unwrap()).unwrap().slug, "ephedrine");
}

#[test]
fn families_gather_members_and_catch_new_names() {
    let catalogue = catalogue();
    let bmk = catalogue.family(catalogue.find("bmk-tert-butyl-glycidate").unwrap()).unwrap();
    assert_eq!((bmk.rule.slug.as_str(), bmk.members.len()), ("bmk-glycidates", 9));
    assert_eq!(catalogue.family(catalogue.find("pmk-glycidates").unwrap()).unwrap().members.len(), 9);
    assert!(catalogue.family(catalogue.find("acetone").unwrap()).is_none());
    for (name, rule) in [
        ("PMK hexyl glycidate", Some("pmk-glycidates")),
        ("octyl 3-(1,3-benzodioxol-5-yl)-2-methyloxirane-2-carboxylate", Some("pmk-glycidates")),
        ("BMK pentyl glycidate", Some("bmk-glycidates")),
        ("pentyl 2-methyl-3-phenyloxirane-2-carboxylate", Some("bmk-glycidates")),
        ("isopropyl α-phenylacetoacetate", Some("alpha-phenylacetoacetates")),
        ("1-Cbz-4-piperidone", Some("4-piperidones")),
        ("3-chloro-4-anilinopiperidine", Some("4-anilinopiperidines")),
        ("2-bromo-4'-chloropropiophenone", Some("propiophenones")),
        ("glycidol", None),
        ("acetone", None),
        ("", None),
    ] {
        assert_eq!(catalogue.family_of_name(name).map(|rule| rule.slug.as_str()), rule, "{name}");
    }
    assert!(catalogue.stand_ins_for("p-2-p").len() >= 10);
}

#[test]
fn facts_that_nobody_checked_are_not_hard() {
    let catalogue = catalogue();
    for substance in catalogue.all() {
        assert!(!substance.no_known_use_verified || substance.no_known_use, "{}", substance.slug);
        for listing in &substance.listings {
            let unofficial = matches!(listing.source.as_str(), "own-reading" | "general");
            assert!(!unofficial || !listing.verified, "{} on {}", substance.slug, listing.list);
            for threshold in &listing.thresholds {
                let unofficial = matches!(threshold.source.as_str(), "own-reading" | "general");
                assert!(!unofficial || !threshold.verified, "{} on {}", substance.slug, listing.list);
            }
        }
    }
}

#[test]
fn broken_data_is_refused_with_every_breach() {
    let good = catalogue();
    let breach = |spoil: fn(&mut Substance)| {
        let mut substances = good.all().to_vec();
        spoil(&mut substances[0]);
        match Catalogue::new(substances, good.lists().to_vec(), good.sources().to_vec()) {
            Err(CatalogueError::Breaches(breaches)) => breaches.join("; "),
            other => panic!("not refused: {other:?}"),
        }
    };
    type Spoil = fn(&mut Substance);
    let spoilt: [(Spoil, &str); 13] = [
        (|entry| entry.slug = "acetone".to_owned(), "the handle acetone belongs to"),
        (|entry| entry.slug = "Acetic Anhydride".to_owned(), "small letters"),
        (|entry| entry.name = " ".to_owned(), "no name"),
        (|entry| entry.name = "ACETON E".to_owned(), "the name acetone belongs to"),
        (|entry| entry.cas[0].number = "67-64-1".parse().unwrap(), "the CAS number 67-64-1 belongs to"),
        (|entry| entry.lawful_uses.clear(), "no lawful use"),
        (|entry| entry.hs.clear(), "is not under any of its tariff codes"),
        (|entry| entry.sources = vec!["hearsay".to_owned()], "unknown source hearsay"),
        (|entry| entry.family = Some("acetone".to_owned()), "unknown entry acetone"),
        (|entry| entry.listings[0].list = "list-x".to_owned(), "unknown list list-x"),
        (|entry| entry.listings[0].category = "Table III".to_owned(), "has no Table III"),
        (|entry| entry.listings[0].valid_to = Date::new(1950, 1, 1), "ends before it begins"),
        (|entry| entry.listings[0].valid_to = None, "on un-1988 twice at once"),
    ];
    for (spoil, told) in spoilt {
        let breaches = breach(spoil);
        assert!(breaches.contains(told), "{told}: {breaches}");
    }
    let unreadable = Catalogue::from_toml(("lists.toml", "list = 1"), &[]).unwrap_err();
    assert!(matches!(unreadable, CatalogueError::Unreadable(ref file, _) if file == "lists.toml"));
    let wrong_digit = "[[substance]]\nslug = 'x'\nname = 'x'\ncas = [{ number = '108-24-8' }]";
    let lists = include_str!("../../../../../data/lists.toml");
    let error = Catalogue::from_toml(("lists.toml", lists), &[("x.toml", wrong_digit)]).unwrap_err().to_string();
    assert!(error.contains("did you mean 108-24-7"), "{error}");
}

#[test]
fn names_kept_folded_are_read_as_names_that_are_folded_anew() {
    struct Anew(Catalogue);
    impl Known for Anew {
        fn known(&self) -> impl Iterator<Item = KnownEntry<'_>> {
            self.0.known()
        }
    }
    let (kept, anew) = (catalogue(), Anew(catalogue()));
    let names: Vec<String> = kept
        .all()
        .iter()
        .flat_map(|substance| entry(substance).names().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    for name in names.iter().flat_map(|name| [name.clone(), format!("{name} hydrochloride"), name.to_uppercase()]) {
        assert_eq!(named(&name, &kept), named(&name, &anew), "{name}");
    }
    assert_eq!(named("window cleaner", &kept), []);
}
