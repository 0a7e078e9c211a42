use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn who(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

fn day(n: i64) -> Date {
    Date::from_days(20_000 + n)
}

fn absence(person: u128, first: i64, last: i64, deputy: u128) -> Absence {
    Absence { person: who(person), first: day(first), last: day(last), deputy: who(deputy) }
}

fn candidate(n: u128, languages: &[&str], specialities: &[Speciality], open: i64) -> Candidate {
    let languages = languages.iter().map(|code| (*code).to_owned()).collect();
    Candidate { person: who(n), languages, specialities: specialities.to_vec(), open }
}

fn matter(countries: &[&str], specialities: &[Speciality]) -> Matter {
    let countries = countries.iter().map(|code| Country::parse(code).unwrap()).collect();
    Matter { countries, specialities: specialities.to_vec() }
}

#[test]
fn deputies_stand_in_for_deputies() {
    let absences = [absence(1, 0, 9, 2), absence(2, 5, 7, 3)];
    for (on, expected) in [(-1, 1), (0, 2), (4, 2), (5, 3), (7, 3), (8, 2), (9, 2), (10, 1)] {
        assert_eq!(stand_in(&absences, who(1), day(on)), who(expected), "{on}");
    }
    let circle = [absence(1, 0, 9, 2), absence(2, 0, 9, 1)];
    assert_eq!(stand_in(&circle, who(1), day(3)), who(1));
}

#[test]
fn days_of_an_absence() {
    let check = |first, last| Absence::check(day(first), day(last), day(0)).map_err(|(field, _)| field);
    assert_eq!(check(0, 0), Ok(()));
    assert_eq!(check(-3, 1), Ok(()), "somebody who fell ill enters it afterwards");
    for (first, last) in [(4, 3), (-9, -1), (0, 400)] {
        assert_eq!(check(first, last), Err("last"), "{first} {last}");
    }
}

#[test]
fn knowledge_goes_before_language_and_language_before_load() {
    let mexican = matter(&["MX", "NL"], &[Speciality::Amphetamines]);
    let knows = candidate(1, &["nl"], &[Speciality::Amphetamines], 9);
    let speaks = candidate(2, &["nl", "es"], &[], 4);
    let idle = candidate(3, &["nl"], &[], 0);
    let elsewhere = candidate(4, &["es"], &[Speciality::Opioids], 0);
    let reason = |candidates: &[Candidate]| choose(candidates, &mexican).unwrap().reason();
    let all = [elsewhere.clone(), idle.clone(), speaks.clone(), knows];
    assert_eq!(reason(&all), "knows Amphetamine and methamphetamine, speaks Dutch, 9 open reports");
    assert_eq!(reason(&all[..3]), "speaks Spanish, 4 open reports");
    assert_eq!(reason(&[elsewhere.clone(), idle]), "speaks Dutch, 0 open reports");
    assert_eq!(reason(&[elsewhere]), "speaks Spanish, 0 open reports");
    assert_eq!(choose(&[], &mexican), None);
    let one = choose(&[candidate(5, &[], &[], 1)], &matter(&[], &[])).unwrap();
    assert_eq!(one.reason(), "1 open report");
    assert_eq!(choose(&[speaks], &matter(&["JP"], &[])).unwrap().speaks, None);
}

#[test]
fn every_drug_of_the_catalogue_belongs_somewhere() {
    for (drug, expected) in [
        ("methamphetamine", Speciality::Amphetamines),
        ("amphetamine-type stimulants", Speciality::Amphetamines),
        ("MDMA and related", Speciality::Mdma),
        ("4-MMC and other cathinones", Speciality::Cathinones),
        ("fentanyl and analogues", Speciality::Opioids),
        ("U-type opioids", Speciality::Opioids),
        ("heroin", Speciality::Plants),
        ("LSD", Speciality::Other),
    ] {
        assert_eq!(Speciality::of_drug(drug), expected, "{drug}");
    }
}

proptest! {
    #[test]
    fn who_stands_in_is_there_or_it_is_the_person(
        rows in prop::collection::vec((0_u128..6, 0_i64..10, 0_i64..10, 0_u128..6), 0..12), person in 0_u128..6, on in 0_i64..10,
    ) {
        let absences: Vec<Absence> = rows.into_iter().map(|(who, a, b, deputy)| absence(who, a.min(b), a.max(b), deputy)).collect();
        let found = stand_in(&absences, who(person), day(on));
        prop_assert!(found == who(person) || away(&absences, found, day(on)).is_none());
    }

    #[test]
    fn of_equals_the_one_with_least_is_chosen(loads in prop::collection::vec(0_i64..20, 1..8)) {
        let all: Vec<Candidate> =
            (1..).zip(&loads).map(|(n, open)| candidate(n, &["nl"], &[], *open)).collect();
        let chosen = choose(&all, &matter(&["NL"], &[])).unwrap();
        prop_assert_eq!(Some(&chosen.open), loads.iter().min());
    }
}
