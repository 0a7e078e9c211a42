#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::substance::{Catalogue, Confidentiality};

#[test]
fn a_division_is_the_first_two_digits() {
    for (code, expected) in [
        ("C2011", Some("20")),
        ("20.13", Some("20")),
        ("20", Some("20")),
        (" 0111 ", Some("01")),
        ("2.0.1", Some("20")),
        ("", None),
        ("C", None),
        ("7", None),
        ("pharma", None),
    ] {
        assert_eq!(division(code).as_deref(), expected, "{code}");
    }
}

#[test]
fn the_table_covers_the_catalogue_once_and_nothing_else() {
    let (uses, catalogue) = (Uses::embedded(), Catalogue::load().unwrap());
    let named: Vec<&String> = uses.families.iter().flat_map(|family| &family.substances).collect();
    for slug in &named {
        assert!(catalogue.find(slug).is_some_and(|entry| entry.kind != Kind::FamilyRule), "{slug} is no entry");
        assert_eq!(named.iter().filter(|other| other == &slug).count(), 1, "{slug} is in two families");
    }
    let shown = catalogue.all().iter().filter(|entry| entry.confidentiality == Confidentiality::Public);
    for entry in shown.filter(|entry| entry.kind != Kind::FamilyRule) {
        assert_ne!(named.contains(&&entry.slug), entry.no_known_use, "{}: in a family, or without a use", entry.slug);
    }
    let lists = uses.families.iter().flat_map(|family| family.usual.iter().chain(&family.possible));
    for found in lists.chain(&uses.common).chain(&uses.handler) {
        assert!(!found.what.is_empty() && !found.divisions.is_empty(), "{}", found.what);
        let known = |division: &String| uses.divisions.contains_key(division);
        assert!(found.divisions.iter().all(known), "{}: {:?}", found.what, found.divisions);
    }
}

#[test]
fn line_of_business_and_role_decide() {
    use OperatorRole::*;
    let catalogue = Catalogue::load().unwrap();
    for (slug, isic, nace, roles, expected) in [
        ("acetic-anhydride", "C2011", "", &[EndUser][..], Fit::Usual),
        ("acetic-anhydride", "5610", "", &[EndUser], Fit::Unusual),
        ("acetic-anhydride", "", "72.19", &[], Fit::Possible),
        ("acetic-anhydride", "4669", "", &[Wholesaler], Fit::Possible),
        ("potassium-permanganate", "3600", "36.00", &[EndUser], Fit::Usual),
        ("potassium-permanganate", "9602", "", &[EndUser], Fit::Unusual),
        // Of two lines the one that fits best counts.
        ("ephedrine", "6201", "21.10", &[Producer], Fit::Usual),
        ("ephedrine", "4649", "", &[Wholesaler, Pharmacy], Fit::Possible),
        ("ephedrine-medicines", "", "", &[Pharmacy], Fit::Usual),
        ("toluene", "4675", "", &[Distributor], Fit::Usual),
        ("toluene", "", "", &[Distributor], Fit::Usual),
        ("p-2-p", "4669", "", &[Distributor], Fit::Unusual),
        ("p-2-p", "2100", "", &[Producer], Fit::Possible),
        ("sulphuric-acid", "5210", "", &[Warehouse], Fit::Possible),
        // What has no known use is at home nowhere, and in research only with a project.
        ("pmk-ethyl-glycidate", "2100", "", &[Producer], Fit::Unusual),
        ("pmk-ethyl-glycidate", "7210", "", &[Laboratory], Fit::Possible),
        ("pmk-ethyl-glycidate", "", "", &[Broker], Fit::Unusual),
        ("acetone", "", "", &[], Fit::Unknown),
        ("acetone", "", "", &[EndUser], Fit::Unknown),
        ("pmk-glycidates", "2011", "", &[Producer], Fit::Unknown),
    ] {
        let entry = catalogue.find(slug).unwrap();
        let found = plausible(entry, isic, nace, roles);
        assert_eq!(found.fit, expected, "{slug} {isic} {nace} {roles:?}: {}", found.words);
        assert!(found.words.len() > 20, "{slug}");
    }
}

#[test]
fn an_entry_of_the_installation_itself_is_not_known() {
    let mut entry = Catalogue::load().unwrap().find("acetone").unwrap().clone();
    entry.slug = "own-entry".to_owned();
    let found = plausible(&entry, "2011", "", &[OperatorRole::Producer]);
    assert_eq!(found.fit, Fit::Unknown);
}

#[test]
fn the_reason_names_the_line_and_the_use() {
    let catalogue = Catalogue::load().unwrap();
    let found = plausible(catalogue.find("potassium-permanganate").unwrap(), "3600", "", &[]);
    assert_eq!(found.words, "Water collection, treatment and supply (36): treatment of drinking and waste water.");
    let found = plausible(catalogue.find("iodine").unwrap(), "", "21.20", &[]);
    assert_eq!(found.words, "Manufacture of pharmaceuticals (21): X-ray contrast media, disinfectants and medicines.");
}
