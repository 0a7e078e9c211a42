//! Entries as texts and back, and what a licence covers.

use proptest::prelude::*;

use super::{check::Asked, *};
use crate::{
    answers::{Answers, when::Order},
    quantity::{Dimension, Quantity},
};

fn catalogue() -> &'static Catalogue {
    static SHIPPED: std::sync::LazyLock<Catalogue> = std::sync::LazyLock::new(|| Catalogue::load().unwrap());
    &SHIPPED
}

fn names() -> Names<'static> {
    Names::of_all(catalogue())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn typed(changes: &[(&str, &str)]) -> Answers {
    let mut fields: Answers = [
        ("number", "REG-3-0417"),
        ("holder", "Noorderlicht Coatings B.V."),
        ("country", "NL"),
        ("valid_from", "2024-07-01"),
        ("valid_to", "2027-06-30"),
        ("sites", "Paint plant Hoorn | Havenkade 14, 1621 BK Hoorn\nStore Almere"),
        ("substances", "Acetone | store, use | 5000 kg a year\nUN: Table I | store | | Store Almere"),
    ]
    .into_iter()
    .collect();
    for (name, text) in changes {
        fields.set_one(name, *text);
    }
    fields
}

fn read(changes: &[(&str, &str)]) -> Result<Entry, Vec<Fault>> {
    Entry::read(Sort::Licence, None, &typed(changes), Order::DayFirst, &names())
}

fn licence(changes: &[(&str, &str)]) -> Licence {
    match read(changes).unwrap() {
        Entry::Licence(licence) => licence,
        Entry::Permit(_) => unreachable!("a licence was read"),
    }
}

fn asked<'a>(site: &'a str, substance: &'a str, activity: Activity, on: &str, quantity: &str) -> Asked<'a> {
    let quantity = (!quantity.is_empty()).then(|| Quantity::parse(quantity).unwrap());
    Asked { site, substance, activity, on: day(on), quantity }
}

fn why(licence: &Licence, asked: &Asked<'_>) -> Vec<String> {
    licence.check(asked, catalogue()).reasons.iter().map(check::Reason::text).collect()
}

#[test]
fn what_is_wrong_is_told_at_its_column() {
    for (name, text, said) in [
        ("number", "", "enter it"),
        ("country", "Atlantis", "Choose a country"),
        ("valid_to", "2024-01-01", "ends before"),
        ("valid_from", "soon", "date"),
        ("substances", "", "enter it"),
        ("substances", "Acetone", "what is allowed"),
        ("substances", "Wonder water | use", "Line 1: this substance is not in the catalogue"),
        ("substances", "Acetone | use\nAcetone | drink", "Line 2: what is allowed is one of"),
        ("substances", "Acetone | use | much", "over what it is counted"),
        ("substances", "Acetone | use | 5 parsecs a year", "Line 1"),
        ("substances", "Acetone | use | | Elsewhere", "not among the sites"),
        ("stops", "suspended | 2026-05-01", "say why"),
        ("stops", "sleeping | 2026-05-01 | | x", "begin with"),
    ] {
        let faults = read(&[(name, text)]).unwrap_err();
        assert!(faults.iter().any(|fault| fault.field == name && fault.message.contains(said)), "{name}: {faults:?}");
    }
}

#[test]
fn an_entry_is_the_same_after_it_was_written_and_read() {
    let stops = "suspended | 2026-05-01 | 2026-06-01 | Missing records\nrevoked | 2026-09-01 | | Diversion | twice";
    let entry = read(&[("stops", stops), ("note", "Two lines\nof it")]).unwrap();
    let again = Entry::read(Sort::Licence, None, &entry.cells(catalogue()), Order::MonthFirst, &names());
    assert_eq!(again.unwrap(), entry);
    let kept = Entry::read(Sort::Licence, Some(&entry), &Answers::new(), Order::DayFirst, &names()).unwrap();
    assert_eq!(kept, entry, "columns that do not come stay");
    let permit: Answers = [
        ("number", "IMP-2026-11"),
        ("direction", "import"),
        ("holder", "Noorderlicht Coatings B.V."),
        ("country", "NL"),
        ("substance", "108-24-7"),
        ("quantity", "2000 kg"),
        ("used", "500 kg"),
        ("counterparty", "Rheintal Chemie GmbH"),
        ("counterparty_country", "DE"),
        ("valid_from", "2026-01-01"),
        ("valid_to", "2026-12-31"),
        ("endorsed", "Yes"),
    ]
    .into_iter()
    .collect();
    let entry = Entry::read(Sort::Permit, None, &permit, Order::DayFirst, &names()).unwrap();
    let again = Entry::read(Sort::Permit, None, &entry.cells(catalogue()), Order::DayFirst, &names()).unwrap();
    assert_eq!(again, entry);
    let Entry::Permit(permit) = entry else { unreachable!("a permit was read") };
    assert_eq!(permit.remainder(), Some(Quantity::parse("1500 kg").unwrap()));
    let over = Permit { used: Quantity::new(2_001 * Quantity::LARGE, Dimension::Mass), ..permit };
    assert_eq!(over.remainder(), None);
}

#[test]
fn a_check_says_why() {
    let stops = "suspended | 2026-05-01 | 2026-05-31 | Missing records";
    let licence = licence(&[("stops", stops)]);
    for (ask, said) in [
        (asked("Paint plant Hoorn", "acetone", Activity::Use, "2026-04-30", "400 kg"), vec![]),
        (asked("Havenkade 14, 1621 BK Hoorn", "acetone", Activity::Use, "2026-06-01", ""), vec![]),
        (asked("", "acetic-anhydride", Activity::Store, "2026-06-01", ""), vec![]),
        (asked("store almere", "acetic-anhydride", Activity::Store, "2027-06-30", ""), vec![]),
        (asked("", "acetone", Activity::Use, "2026-05-01", ""), vec!["It is suspended since 1 May 2026 until 31 May"]),
        (asked("", "acetone", Activity::Use, "2024-06-30", ""), vec!["It holds only from 1 July 2024 on."]),
        (asked("", "acetone", Activity::Use, "2027-07-01", ""), vec!["It ended on 30 June 2027."]),
        (asked("Zwolle", "acetone", Activity::Use, "2026-06-01", ""), vec!["The site is not on the licence."]),
        (asked("", "toluene", Activity::Use, "2026-06-01", ""), vec!["The substance is not covered."]),
        (
            asked("", "acetone", Activity::Export, "2026-06-01", ""),
            vec!["The substance is covered, but not to export it"],
        ),
        (
            asked("Paint plant Hoorn", "acetic-anhydride", Activity::Store, "2026-06-01", ""),
            vec!["another site only: Store"],
        ),
        (asked("", "acetone", Activity::Use, "2026-06-01", "5001 kg"), vec!["over the ceiling of"]),
        (asked("", "acetone", Activity::Use, "2026-06-01", "3 pieces"), vec!["cannot be compared"]),
        (asked("", "toluene", Activity::Use, "2028-06-01", ""), vec!["It ended", "not covered"]),
    ] {
        let found = why(&licence, &ask);
        assert_eq!(found.len(), said.len(), "{ask:?}: {found:?}");
        assert!(found.iter().zip(&said).all(|(found, said)| found.contains(said)), "{ask:?}: {found:?}");
    }
}

#[test]
fn where_an_entry_stands() {
    let stops = "suspended | 2026-05-01 | 2026-05-31 | a\nrevoked | 2026-09-01 | | b";
    let entry = Entry::Licence(licence(&[("stops", stops)]));
    for (on, standing) in [
        ("2024-06-30", Standing::Ahead),
        ("2024-07-01", Standing::Valid),
        ("2026-05-31", Standing::Suspended),
        ("2026-06-01", Standing::Valid),
        ("2026-09-01", Standing::Revoked),
        ("2027-07-01", Standing::Revoked),
    ] {
        assert_eq!(entry.standing(day(on)), standing, "{on}");
    }
    assert!(entry.search_words().contains(" reg 3 0417 reg30417 noorderlicht "));
}

fn some_licence() -> impl Strategy<Value = Licence> {
    let lines = prop::collection::vec((0..3_usize, 0..3_usize, prop::option::of(1..50_i64), 0..3_usize), 1..4);
    let stops = prop::collection::vec((any::<bool>(), 0..60_i64, prop::option::of(0..30_i64)), 0..3);
    (lines, 0..40_i64, prop::option::of(0..40_i64), stops).prop_map(|(lines, from, long, stops)| {
        let what = ["acetone", "acetic-anhydride", "toluene"];
        let doing = [vec![Activity::Use], vec![Activity::Store, Activity::Use], vec![Activity::Export]];
        let sites = [vec![], vec!["A".to_owned()], vec!["B".to_owned()]];
        let grant = |(substance, activities, ceiling, at): (usize, usize, Option<i64>, usize)| Grant {
            what: Scope::Substance(what[substance].to_owned()),
            activities: doing[activities].clone(),
            ceiling: ceiling.map(|kg| Ceiling {
                quantity: Quantity::new(kg * Quantity::LARGE, Dimension::Mass).unwrap(),
                per: Per::Year,
            }),
            sites: sites[at].clone(),
        };
        let stop = |(revoked, from, long): (bool, i64, Option<i64>)| Stop {
            kind: if revoked { StopKind::Revoked } else { StopKind::Suspended },
            from: Date::from_days(from),
            to: long.map(|long| Date::from_days(from + long)),
            reason: "x".to_owned(),
        };
        Licence {
            from: Date::from_days(from),
            to: long.map(|long| Date::from_days(from + long)),
            sites: ["A", "B"].map(|name| Site { name: name.to_owned(), address: String::new() }).into(),
            grants: lines.into_iter().map(grant).collect(),
            stops: stops.into_iter().map(stop).collect(),
            ..licence(&[])
        }
    })
}

proptest! {
    #[test]
    fn a_licence_covers_only_what_it_says(
        licence in some_licence(),
        (substance, activity, on, site, kg) in (0..3_usize, 0..3_usize, 0..90_i64, 0..4_usize, prop::option::of(1..60_i64)),
    ) {
        let quantity = |kg: i64| Quantity::new(kg * Quantity::LARGE, Dimension::Mass).unwrap();
        let ask = Asked {
            site: ["", "A", "B", "C"][site],
            substance: ["acetone", "acetic-anhydride", "toluene"][substance],
            activity: [Activity::Use, Activity::Store, Activity::Export][activity],
            on: Date::from_days(on),
            quantity: kg.map(quantity),
        };
        let verdict = licence.check(&ask, catalogue());
        if verdict.is_covered() {
            prop_assert!(licence.from <= ask.on && licence.to.is_none_or(|to| ask.on <= to));
            prop_assert!(licence.stopped(ask.on).is_none());
            prop_assert!(ask.site != "C");
            let gives = |grant: &&Grant| {
                grant.what == Scope::Substance(ask.substance.to_owned())
                    && grant.activities.contains(&ask.activity)
                    && (ask.site.is_empty() || grant.sites.is_empty() || grant.sites.iter().any(|at| at == ask.site))
                    && (ask.quantity.zip(grant.ceiling)).is_none_or(|(asked, most)| asked.base <= most.quantity.base)
            };
            prop_assert!(licence.grants.iter().any(|grant| gives(&grant)));
            // Less is covered too, and another line never takes anything away.
            if let Some(kg) = kg {
                let less = Asked { quantity: Some(quantity(kg - kg / 2)), ..ask };
                prop_assert!(licence.check(&less, catalogue()).is_covered());
            }
            let mut more = licence.clone();
            more.grants.extend(licence.grants.first().cloned());
            prop_assert!(more.check(&ask, catalogue()).is_covered());
        } else {
            prop_assert!(verdict.reasons.iter().all(|reason| !reason.text().is_empty()));
        }
        let entry = Entry::Licence(licence);
        let again = Entry::read(Sort::Licence, None, &entry.cells(catalogue()), Order::DayFirst, &names());
        prop_assert_eq!(again.unwrap(), entry);
    }
}
