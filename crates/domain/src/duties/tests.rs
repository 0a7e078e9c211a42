#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use super::*;
use crate::substance::{Catalogue, Confidentiality};

fn catalogue() -> Catalogue {
    Catalogue::load().unwrap()
}

fn ask(slug: &str, role: Option<OperatorRole>, from: &str, to: &str, day: &str) -> Vec<Group> {
    let substance = catalogue().find_public(slug).unwrap();
    let country = Country::parse(from).unwrap();
    let roles = role.as_slice();
    applicable(&Asked { substance: &substance, roles, country, to: Country::parse(to).ok(), on: day.parse().unwrap() })
}

/// Marks of the duties of a standing, at an end.
fn marks(groups: &[Group], standing: Standing, end: End) -> BTreeSet<&'static str> {
    let all = groups.iter().flat_map(|group| &group.duties);
    all.filter(|found| (found.standing, found.end) == (standing, end)).map(|found| found.duty.id.as_str()).collect()
}

const DAY: &str = "2026-11-28";

#[test]
fn the_table_is_sound() {
    let catalogue = catalogue();
    let mut ids = BTreeSet::new();
    for duty in table() {
        assert!(ids.insert(&duty.id), "{}: twice", duty.id);
        assert!(!duty.what.is_empty() && !duty.law.is_empty() && !duty.source.is_empty(), "{}", duty.id);
        assert!(duty.article.is_some() || !duty.article_verified, "{}: no article to verify", duty.id);
        assert!(duty.valid_from.is_some() || !duty.date_verified, "{}: no day to verify", duty.id);
        assert!(duty.years.is_none() || duty.kind == DutyKind::Records, "{}", duty.id);
        // What is not law yet or binds States only must never look as if it bound a company.
        assert_eq!(duty.binds_states, duty.jurisdiction == Jurisdiction::World, "{}", duty.id);
        let Some(list) = duty.list.as_deref() else { continue };
        assert!(catalogue.list(list).is_some(), "{}: no list {list}", duty.id);
        let stands = |category: &String| {
            let places = catalogue.all().iter().flat_map(|entry| &entry.listings);
            places.into_iter().any(|place| place.list == list && place.category == *category)
        };
        assert!(duty.categories.iter().all(stands), "{}: {:?}", duty.id, duty.categories);
        assert!(!duty.in_force || duty.list.as_deref() != Some("eu-proposal-2025"), "{}", duty.id);
    }
}

#[test]
fn the_union_asks_by_category() {
    let found = |slug, role| marks(&ask(slug, role, "NL", "", DAY), Standing::InForce, End::Here);
    let cat_1 = found("ephedrine", None);
    for id in ["EU-officer", "EU-licence-1", "EU-supply-1", "EU-declaration", "EU-copy-1", "EU-label", "EU-records"] {
        assert!(cat_1.contains(id), "{id}: {cat_1:?}");
    }
    assert!(!cat_1.contains("EU-declaration-year") && !cat_1.contains("EU-registration-2A"), "{cat_1:?}");
    let cat_2a = found("acetic-anhydride", Some(OperatorRole::EndUser));
    assert!(cat_2a.contains("EU-registration-2A") && !cat_2a.contains("EU-officer"), "{cat_2a:?}");
    let cat_2b = found("potassium-permanganate", Some(OperatorRole::EndUser));
    assert!(!cat_2b.contains("EU-registration-2B") && cat_2b.contains("EU-declaration-year"), "{cat_2b:?}");
    assert_eq!(found("acetone", None), ["NL-report"].into());
}

#[test]
fn records_are_kept_as_long_as_the_table_of_retention_says() {
    let (day, country) = (DAY.parse().unwrap(), Country::parse("NL").unwrap());
    let rule = crate::retention::rule(country, day).unwrap();
    let years = table().iter().filter(|duty| duty.jurisdiction == Jurisdiction::Eu).filter_map(|duty| duty.years);
    assert_eq!(years.collect::<Vec<_>>(), [rule.years]);
}

#[test]
fn a_border_adds_duties_at_both_ends() {
    let inside = ask("acetic-anhydride", None, "NL", "DE", DAY);
    assert!(!marks(&inside, Standing::InForce, End::Here).contains("EU-export-authorisation"), "no border is crossed");
    assert!(marks(&inside, Standing::States, End::Here).contains("UN-12-10-notice"), "for the Convention one is");
    let out = ask("acetic-anhydride", None, "NL", "CA", DAY);
    let here = marks(&out, Standing::InForce, End::Here);
    assert!(here.contains("EU-export-authorisation") && here.contains("EU-external-notice"), "{here:?}");
    assert_eq!(marks(&out, Standing::InForce, End::Destination), ["CA-permit-A"].into());
    let back = ask("ephedrine", None, "CA", "FR", DAY);
    let there = marks(&back, Standing::InForce, End::Destination);
    let expected = ["EU-external-licence", "EU-import-authorisation"].into();
    assert_eq!(there, expected);
    let canada = marks(&back, Standing::InForce, End::Here);
    assert!(["CA-34", "CA-35.1", "CA-permit-A"].iter().all(|id| canada.contains(id)), "{canada:?}");
}

#[test]
fn what_is_not_law_yet_is_announced_only() {
    let groups = ask("3-chloropropiophenone", None, "NL", "", DAY);
    assert_eq!(marks(&groups, Standing::Announced, End::Here), ["EU-proposal-new"].into());
    let canada = ask("acetone", None, "CA", "", DAY);
    assert!(marks(&canada, Standing::Announced, End::Here).contains("CA-90.1"));
    assert!(!canada.iter().any(|group| group.kind == DutyKind::Officer && group.binds()));
    let early = ask("potassium-permanganate", None, "NL", "", "2004-01-01");
    assert!(marks(&early, Standing::InForce, End::Here).is_empty(), "{early:?}");
}

#[test]
fn nothing_is_guessed_where_nothing_is_known() {
    let groups = ask("ephedrine", None, "IN", "JP", DAY);
    for group in &groups {
        assert!(!group.binds() && group.known == Known::Nothing, "{group:?}");
    }
    let kinds: Vec<DutyKind> = groups.iter().map(|group| group.kind).collect();
    assert!(
        [DutyKind::Licence, DutyKind::Records, DutyKind::Report, DutyKind::Permit]
            .iter()
            .all(|kind| kinds.contains(kind))
    );
    let acetone = ask("acetone", None, "NL", "", DAY);
    let licence = acetone.iter().find(|group| group.kind == DutyKind::Licence).unwrap();
    assert_eq!((licence.known, licence.binds()), (Known::NoneHere, false));
}

#[test]
fn what_rests_on_no_source_is_marked() {
    let groups = ask("chloroephedrine", None, "GB", "", DAY);
    let all: Vec<&Found> = groups.iter().flat_map(|group| &group.duties).collect();
    let records = all.iter().find(|found| found.duty.id == "GB-records").unwrap();
    assert!(!records.verified && records.category == "Category 1");
}

#[test]
fn confidential_places_never_show() {
    let catalogue = catalogue();
    let mut entry = catalogue.find("acetone").unwrap().clone();
    for place in &mut entry.listings {
        place.confidentiality = Confidentiality::Authority;
    }
    let public = catalogue.public_view(&entry).unwrap();
    let country = Country::parse("NL").unwrap();
    let asked = Asked { substance: &public, roles: &[], country, to: None, on: DAY.parse().unwrap() };
    let listed = |found: &Found| found.duty.list.is_some();
    assert!(!applicable(&asked).iter().flat_map(|group| &group.duties).any(listed));
    assert_eq!(asked.thresholds(), []);
}

#[test]
fn thresholds_are_those_of_the_country() {
    let substance = catalogue().find_public("acetic-anhydride").unwrap();
    let of = |code: &str| {
        let country = Country::parse(code).unwrap();
        let asked = Asked { substance: &substance, roles: &[], country, to: None, on: DAY.parse().unwrap() };
        asked.thresholds().iter().map(|(place, _)| place.jurisdiction.code()).collect::<Vec<_>>()
    };
    assert_eq!((of("NL"), of("CA"), of("JP")), (vec!["EU"], vec!["CA"], vec![]));
}
