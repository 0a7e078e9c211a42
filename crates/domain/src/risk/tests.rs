use proptest::prelude::*;

use super::*;
use crate::date::Date;

fn rules() -> &'static Rules {
    Rules::on(Date::new(2026, 11, 23).unwrap())
}

/// A file of which nothing is to be said.
fn clean() -> Facts {
    Facts {
        country: Some(Country::parse("NL").unwrap()),
        destinations: vec![Country::parse("NL").unwrap()],
        identified: true,
        age_months: Some(200),
        has_head: true,
        has_business: true,
        has_account: true,
        addresses: vec!["Boxtelseweg 4, Hoorn".into()],
        documents: vec![DocumentFact {
            kind: "register".into(),
            name: "Register extract".into(),
            checked: true,
            ..DocumentFact::default()
        }],
        screening: Some(Screening { done: true, ..Screening::default() }),
        ..Facts::default()
    }
}

fn listed(category: &str) -> SubstanceFact {
    SubstanceFact {
        name: "Ephedrine".into(),
        categories: vec![category.into()],
        grams: Some(40_000),
        licensed: true,
        declared: true,
        ..SubstanceFact::default()
    }
}

fn found(facts: &Facts) -> Vec<String> {
    rate(facts, rules()).reasons.into_iter().map(|reason| reason.rule).collect()
}

#[test]
fn every_version_is_whole() {
    for rules in Rules::all() {
        let mut ids: Vec<&str> = rules.rules.iter().map(|rule| rule.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rules.rules.len(), "handles are unique");
        for sign in Sign::ALL {
            assert!(rules.rules.iter().any(|rule| rule.sign == *sign), "{} weighs something", sign.code());
        }
        for band in Band::ALL {
            assert!(rules.review.months(*band).is_sorted() && rules.review.usual(*band) > 0);
        }
        assert!(rules.bands_are_ordered() && Rules::of_version(&rules.version()) == Some(rules));
    }
    assert!(Rules::all().is_sorted_by_key(|rules| rules.from));
    assert_eq!(Rules::on(Date::new(1990, 1, 1).unwrap()), &Rules::all()[0]);
    assert!(Rules::from_toml("from = \"soon\"").is_err());
}

#[test]
fn a_file_in_order_is_low_and_each_reason_says_what_would_change_it() {
    let rating = rate(&clean(), rules());
    assert_eq!((rating.band, rating.points, rating.reasons.len()), (Band::Low, 0, 0));
    let empty = rate(&Facts { untraced: 10_000, ..Facts::default() }, rules());
    assert_eq!(empty.band, Band::High, "of whom nothing is known");
    for reason in &empty.reasons {
        assert!(!reason.text.contains('{') && reason.change.ends_with('.'), "{reason:?}");
    }
    assert!(empty.reasons.iter().any(|reason| reason.text.contains("100 % is not traced")));
}

#[test]
fn signs_are_found_where_they_stand() {
    let with = |change: &dyn Fn(&mut Facts)| {
        let mut facts = clean();
        change(&mut facts);
        found(&facts)
    };
    assert_eq!(with(&|facts| facts.addresses.push("P.O. Box 12, Hoorn".into())), ["address"]);
    assert_eq!(with(&|facts| facts.destinations.push(Country::parse("IR").unwrap())), ["destination", "elsewhere"]);
    assert_eq!(with(&|facts| facts.untraced = 2_499), [""; 0]);
    assert_eq!(with(&|facts| facts.untraced = 2_500), ["owners"]);
    assert_eq!(with(&|facts| facts.age_months = Some(5)), ["young"]);
    assert_eq!(with(&|facts| facts.documents.clear()), ["missing"]);
    assert_eq!(with(&|facts| facts.substances.push(listed("Table I"))), ["first"]);
    let bare = SubstanceFact { licensed: false, declared: false, ..listed("Category 1") };
    assert_eq!(with(&|facts| facts.substances.push(bare.clone())), ["licence", "first", "declaration"]);
    let confirmed = SubstanceFact { confirmed: Some(true), ..bare.clone() };
    assert_eq!(with(&|facts| facts.substances.push(confirmed.clone())), ["first", "declaration"]);
    let denied = SubstanceFact { confirmed: Some(false), ..bare.clone() };
    assert_eq!(with(&|facts| facts.substances.push(denied.clone()))[0], "licence_denied");
    let much = SubstanceFact { grams: Some(1_000_000), used: Some(101), ..listed("Table II") };
    assert_eq!(with(&|facts| facts.substances.push(much.clone())), ["overdrawn", "quantity", "second"]);
    let free = SubstanceFact { grams: Some(9_000_000), ..SubstanceFact::default() };
    assert_eq!(with(&|facts| facts.substances.push(free.clone())), [""; 0], "what is on no list has no quantity");
    assert_eq!(with(&|facts| facts.screening = None), [""; 0], "where nobody screens, nothing is said");
    let many: Vec<String> = (0..9).map(|n| format!("Trust {n}")).collect();
    let mut facts = clean();
    facts.trusts = many;
    assert!(rate(&facts, rules()).reasons[0].text.ends_with("Trust 4 and 4 more."));
}

#[test]
fn what_a_reader_is_not_told_shows_nowhere() {
    let reported = Facts { reported: true, ..clean() };
    let rating = rate(&reported, rules());
    assert_eq!((rating.band, rating.points), (Band::High, 6));
    let shown = rating.without("reported", rules());
    assert_eq!(shown, rate(&clean(), rules()));
    assert!(rating.is_worse_than(&shown) && !shown.is_worse_than(&rating));
}

/// Makes one thing worse.
fn worse(mut facts: Facts, how: u8) -> Facts {
    let country = Country::parse("KP").unwrap();
    match how {
        0 => facts.country = Some(country),
        1 => facts.destinations.push(country),
        2 => facts.identified = false,
        3 => facts.age_months = Some(1),
        4 => facts.untraced = 10_000,
        5 => facts.trusts.push("A trust".into()),
        6 => facts.has_head = false,
        7 => facts.has_business = false,
        8 => facts.addresses.push("Postfach 3".into()),
        9 => facts.free_mail.push("mail.example".into()),
        10 => facts.other_holders.push("Somebody".into()),
        11 => facts.has_account = false,
        12 => facts.substances.push(listed("Table I")),
        13 => facts.substances.iter_mut().for_each(|substance| substance.licensed = false),
        14 => facts.substances.iter_mut().for_each(|substance| substance.declared = false),
        15 => facts.substances.iter_mut().for_each(|substance| substance.plausible = Some(false)),
        16 => facts.substances.iter_mut().for_each(|substance| substance.used = Some(400)),
        17 => facts.substances.iter_mut().for_each(|substance| substance.grams = Some(i64::MAX)),
        18 => facts.documents.push(DocumentFact { expired: true, doubtful: true, ..DocumentFact::default() }),
        19 => facts.screening.iter_mut().for_each(|screening| screening.open += 1),
        20 => facts.screening.iter_mut().for_each(|screening| screening.unsure += 1),
        21 => facts.screening.iter_mut().for_each(|screening| screening.matches += 1),
        22 => facts.screening.iter_mut().for_each(|screening| screening.done = false),
        23 => facts.reported = true,
        24 => facts.refused = true,
        _ => facts.substances.iter_mut().for_each(|substance| substance.confirmed = Some(false)),
    }
    facts
}

proptest! {
    #[test]
    fn another_bad_fact_never_lowers_the_band(steps in proptest::collection::vec(0_u8..26, 0..12), last in 0_u8..26) {
        let facts = steps.into_iter().fold(clean(), worse);
        let before = rate(&facts, rules());
        // What the authority denies is a licence the less: the file loses the sign that none is on file only if it confirms one.
        let after = rate(&worse(facts, last), rules());
        prop_assert!(after.band >= before.band && after.points >= before.points, "{before:?} {after:?}");
        let json = serde_json::to_string(&after).unwrap();
        prop_assert_eq!(serde_json::from_str::<Rating>(&json).unwrap(), after);
    }
}
