//! The file as a whole: what is kept, what is refused, what it means.

use proptest::prelude::*;

use super::{
    document::{Standing, standing},
    import::{Target, apply, cells, columns},
    ownership::{BENEFICIAL, ownership},
    *,
};
use crate::{date::Date, question};

fn part(id: &str) -> &'static Part {
    Part::find(id).unwrap()
}

fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

fn put(customer: &mut Customer, id: &str, fields: &[(&str, &str)]) -> Result<u32, Vec<Fault>> {
    customer.put(part(id), None, &typed(fields), Order::DayFirst)
}

fn firm() -> Customer {
    let mut customer = Customer::new();
    put(&mut customer, "identity", &[("legal_name", "Noorderlicht Coatings B.V."), ("country", "NL")]).unwrap();
    customer
}

fn owner(customer: &mut Customer, holder: &str, kind: &str, of: &str, share: &str) -> u32 {
    put(customer, "owner", &[("holder", holder), ("kind", kind), ("of", of), ("share", share)]).unwrap()
}

#[test]
fn the_table_is_sound() {
    let mut seen = std::collections::HashSet::new();
    for part in PARTS {
        assert!(seen.insert(part.id.to_owned()), "{} twice", part.id);
        assert_eq!(part.many, part.field(part.named_by).is_some(), "{} is named by its entry", part.id);
        for field in part.fields {
            assert!(seen.insert(format!("{}.{}", part.id, field.name)), "{}.{} twice", part.id, field.name);
        }
    }
    for target in Target::all() {
        assert_eq!(Target::find(&target.code).map(|found| &found.code), Some(&target.code));
        assert_eq!(Target::guess(&target.code).map(|found| &found.code), Some(&target.code));
    }
}

#[test]
fn what_is_kept_is_kept_in_one_spelling() {
    let mut customer = firm();
    let fields = [
        ("vat", "nl 8201.69.264 b01"),
        ("lei", "5493001kjtiigc8y1r12"),
        ("gln", "4 006381 333931"),
        ("duns", "15-048-3782"),
    ];
    let outcome = put(&mut customer, "numbers", &fields);
    if let Err(faults) = &outcome {
        // The demo number of the tax office does not fit the check digits of every year: only its fault is told.
        assert!(faults.iter().all(|fault| fault.field == "vat"), "{faults:?}");
        put(&mut customer, "numbers", &fields[1..]).unwrap();
    }
    assert_eq!(customer.text("numbers", "lei"), "5493001KJTIIGC8Y1R12");
    assert_eq!(customer.text("numbers", "gln"), "4006381333931");
    assert_eq!(customer.text("numbers", "duns"), "150483782");
    put(&mut customer, "web", &[("domain", "https://WWW.Noorderlicht.example/contact")]).unwrap();
    assert_eq!(customer.text("web", "domain"), "noorderlicht.example");
    put(&mut customer, "person", &[("name", "Ada"), ("roles", "Director, agent"), ("birth", "1970-05")]).unwrap();
    assert_eq!(customer.entries("person")[0].fields.many("roles"), ["director", "agent"]);
    put(&mut customer, "business", &[("isic", "c2011"), ("nace", "20.13")]).unwrap();
    assert_eq!(customer.text("business", "isic"), "C2011");
}

#[test]
fn every_fault_is_told_at_its_field_and_nothing_is_kept() {
    let mut customer = firm();
    for (id, field, text) in [
        ("numbers", "lei", "5493001KJTIIGC8Y1R13"),
        ("numbers", "gln", "4006381333932"),
        ("numbers", "duns", "12"),
        ("numbers", "vats", "DE136695976\nDE136695975"),
        ("bank", "iban", "NL91ABNA0417164301"),
        ("carrier", "imo", "9074728"),
        ("owner", "share", "101"),
        ("owner", "share", "-1"),
        ("owner", "share", "a half"),
        ("owner", "of", "77"),
        ("person", "birth", "12/13/1970/1"),
        ("person", "roles", "emperor"),
        ("person", "email", "nowhere"),
        ("identity", "country", "Atlantis"),
        ("business", "isic", "20111"),
        ("business", "isic", "3400"),
        ("substance", "cas", "67-64-2"),
        ("substance", "yearly", "a lot"),
        ("web", "domain", "not a domain"),
        ("identity", "legal_name", "x\u{FFFD}"),
    ] {
        let before = customer.clone();
        let faults = put(&mut customer, id, &[(field, text)]).unwrap_err();
        let whole = id == "identity";
        assert!(
            whole || faults.iter().any(|fault| fault.field == field && !fault.message.contains(text)),
            "{id}.{field}: {faults:?}"
        );
        assert_eq!(customer, before);
    }
    let long = "x".repeat(1_000_000);
    assert!(put(&mut customer, "name", &[("name", &long), ("kind", "former")]).is_err());
    assert!(put(&mut customer, "identity", &[("legal_name", "Again"), ("country", "NL")]).is_err(), "there is one");
}

#[test]
fn numbers_of_entries_are_not_given_twice() {
    let mut customer = firm();
    let one = put(&mut customer, "web", &[("domain", "a.example")]).unwrap();
    customer.remove(part("web"), one).unwrap();
    assert!(customer.remove(part("web"), one).is_err());
    let two = put(&mut customer, "web", &[("domain", "b.example")]).unwrap();
    assert!(two > one);
    let changed = customer.put(part("web"), Some(one), &typed(&[("domain", "c.example")]), Order::DayFirst);
    assert!(changed.is_err(), "it is gone");
    assert!(customer.remove(part("identity"), 1).is_err());
}

#[test]
fn shares_are_multiplied_along_ways_and_summed() {
    let mut customer = firm();
    let top = owner(&mut customer, "Top Holding", "company", "", "60");
    let side = owner(&mut customer, "Side Holding", "company", "", "40 %");
    owner(&mut customer, "Ada", "person", &top.to_string(), "50");
    owner(&mut customer, "ADA", "person", &side.to_string(), "25,5");
    owner(&mut customer, "Bram", "person", &side.to_string(), "10");
    let found = ownership(&customer);
    let of = |name: &str| found.holders.iter().find(|holder| holder.name == name).unwrap();
    assert_eq!((of("Ada").total, of("Ada").direct, of("Ada").steps), (3_000 + 1_020, 0, Some(2)));
    assert_eq!((of("Top Holding").total, of("Bram").total), (6_000, 400));
    let known: Vec<&str> =
        found.holders.iter().filter(|holder| holder.is_beneficial()).map(|holder| holder.name.as_str()).collect();
    assert_eq!(known, ["Top Holding", "Ada", "Side Holding"], "by share");
    assert!(found.overfull.is_empty());
    assert_eq!(found.holders[found.holdings[2].holder].name, "Ada");
    assert!(customer.remove(part("owner"), top).unwrap_err().message.contains("Ada"));
    let person =
        customer.put(part("owner"), Some(top), &typed(&[("holder", "Top"), ("kind", "person")]), Order::DayFirst);
    assert_eq!(person.unwrap_err()[0].field, "kind");
    owner(&mut customer, "Cas", "person", "", "1");
    assert_eq!(customer.remarks().len(), 1, "{:?}", customer.remarks());
}

#[test]
fn circles_end() {
    let mut customer = firm();
    let a = owner(&mut customer, "A", "company", "", "50");
    let b = owner(&mut customer, "B", "company", &a.to_string(), "100");
    owner(&mut customer, "A", "company", &b.to_string(), "100");
    owner(&mut customer, "Lost", "company", "", "");
    let found = ownership(&customer);
    let of = |name: &str| found.holders.iter().find(|holder| holder.name == name).unwrap().total;
    assert_eq!((of("A"), of("B"), of("Lost")), (5_000, 5_000, 0));
    assert!(BENEFICIAL < of("A"));
}

/// Every way without a circle, one after the other.
fn slow(edges: &[(usize, usize, u32)], customer: usize, from: usize) -> f64 {
    if from == customer {
        return 1.0;
    }
    edges
        .iter()
        .filter(|edge| edge.0 == from)
        .map(|edge| f64::from(edge.2) / 10_000.0 * slow(edges, customer, edge.1))
        .sum()
}

fn graph(edges: &[(usize, usize, u32)], nodes: usize) -> Customer {
    let mut customer = firm();
    let mut keys = vec![None; nodes];
    // A company has an entry of its own before anybody holds shares in it.
    for (node, key) in keys.iter_mut().enumerate() {
        *key = Some(owner(&mut customer, &format!("N{node}"), "company", "", "0"));
    }
    for (holder, held, share) in edges {
        let of = keys.get(*held).copied().flatten().map_or_else(String::new, |key| key.to_string());
        owner(&mut customer, &format!("N{holder}"), "company", &of, &per_cent(*share));
    }
    customer
}

proptest! {
    #[test]
    fn without_circles_the_sum_is_that_of_all_ways(
        edges in prop::collection::vec((0usize..5, 1usize..=5, 0u32..=4_000), 0..12)
    ) {
        // Only upwards, so that no way comes back.
        let edges: Vec<_> = edges.into_iter().filter(|edge| edge.0 < edge.1).collect();
        let found = ownership(&graph(&edges, 5));
        for holder in &found.holders {
            let node = holder.name[1..].parse().unwrap();
            let expected = slow(&edges, 5, node).min(1.0) * 10_000.0;
            prop_assert!((f64::from(holder.total) - expected).abs() <= 1.0, "{} {expected}", holder.total);
        }
    }

    #[test]
    fn whatever_holds_whatever_there_is_an_answer(
        edges in prop::collection::vec((0usize..6, 0usize..=6, 0u32..=10_000), 0..20)
    ) {
        let edges: Vec<_> = edges.into_iter().filter(|edge| edge.0 != edge.1).collect();
        let found = ownership(&graph(&edges, 6));
        for holder in &found.holders {
            prop_assert!(holder.total <= 10_000 && holder.total >= holder.direct.min(10_000).min(holder.total));
        }
        prop_assert!(found.holders.windows(2).all(|two| two[0].total >= two[1].total));
    }

    #[test]
    fn any_text_gives_an_answer(text in "\\PC{0,60}", at in 0usize..60) {
        let all: Vec<_> = PARTS.iter().flat_map(|part| part.fields.iter().map(move |field| (part, field))).collect();
        let (part, field) = all[at % all.len()];
        let mut customer = firm();
        let _ = customer.put(part, None, &typed(&[(field.name, &text)]), Order::DayFirst);
        let _ = Target::guess(&text);
    }
}

#[test]
fn everybody_to_look_for_is_named() {
    let mut customer = firm();
    put(&mut customer, "name", &[("name", "Ноордерлихт"), ("kind", "script")]).unwrap();
    put(&mut customer, "address", &[("kind", "postal"), ("street", "Kai 1"), ("town", "Hamburg"), ("country", "DE")])
        .unwrap();
    put(
        &mut customer,
        "person",
        &[("name", "Ada"), ("names", "Ада\nAda L."), ("roles", "director"), ("birth", "1970")],
    )
    .unwrap();
    owner(&mut customer, "Top Holding", "company", "", "60");
    put(
        &mut customer,
        "bank",
        &[("holder", "Noorderlicht Coatings B.V."), ("iban", "NL91ABNA0417164300"), ("bank", "A Bank")],
    )
    .unwrap();
    put(&mut customer, "bank", &[("holder", "Somebody Else"), ("account", "1")]).unwrap();
    put(&mut customer, "consignee", &[("name", "Haven Opslag"), ("kind", "company"), ("country", "NL")]).unwrap();
    put(&mut customer, "carrier", &[("name", "Rijn Transport"), ("kind", "firm"), ("number", "778899")]).unwrap();
    let ship =
        [("name", "Testica"), ("kind", "vessel"), ("names", "Probanda"), ("imo", "IMO 9074729"), ("country", "PA")];
    put(&mut customer, "carrier", &ship).unwrap();
    let found = parties(&customer);
    let names: Vec<_> = found.iter().map(|party| (party.role, party.names[0].as_str())).collect();
    let expected = [
        (PartyRole::Customer, "Noorderlicht Coatings B.V."),
        (PartyRole::Person, "Ada"),
        (PartyRole::Owner, "Top Holding"),
        (PartyRole::Bank, "A Bank"),
        (PartyRole::AccountHolder, "Somebody Else"),
        (PartyRole::Consignee, "Haven Opslag"),
        (PartyRole::Carrier, "Rijn Transport"),
        (PartyRole::Vessel, "Testica"),
    ];
    assert_eq!(names, expected);
    let address = &found[0].addresses[0];
    assert_eq!((address.text.as_str(), address.country.map(Country::code)), ("Kai 1, Hamburg", Some("DE")));
    let ship = &found[7];
    assert_eq!((ship.kind, ship.names.len(), ship.numbers.len()), (PartyKind::Vessel, 2, 1));
    assert_eq!((ship.numbers[0].kind, ship.numbers[0].value.as_str()), ("imo", "9074729"));
    assert_eq!(ship.countries[0].code(), "PA", "its flag");
    assert_eq!(found[0].names[1], "Ноордерлихт");
    assert_eq!(found[0].countries.iter().map(|country| country.code()).collect::<Vec<_>>(), ["NL", "DE"]);
    assert_eq!(found[1].names, ["Ada", "Ада", "Ada L."]);
    let birth = found[1].birth.unwrap();
    assert_eq!((birth.from.to_string(), birth.to.to_string()), ("1970-01-01".into(), "1970-12-31".into()));
}

#[test]
fn two_versions_are_compared_field_by_field() {
    let before = firm();
    let mut after = before.clone();
    let fields = typed(&[("legal_name", "Noorderlicht N.V."), ("country", "NL"), ("state", "active")]);
    after.put(part("identity"), Some(1), &fields, Order::DayFirst).unwrap();
    owner(&mut after, "Top Holding", "company", "", "60");
    let groups = question::changes(&summary(&before), &summary(&after));
    assert_eq!(groups.len(), 2);
    assert_eq!(groups[0].changes[0].before, ["Noorderlicht Coatings B.V."]);
    assert_eq!(groups[0].changes[1].after, ["Active"]);
    assert_eq!(groups[1].title, "Owner: Top Holding");
    assert!(question::changes(&summary(&after), &summary(&after)).is_empty());
    assert!(after.search_words().contains(" top holding "));
}

fn row(columns: &[(&str, &str)]) -> Vec<(&'static Target, String)> {
    columns.iter().map(|(title, text)| (Target::guess(title).unwrap(), (*text).to_owned())).collect()
}

#[test]
fn a_row_makes_a_file_and_the_same_row_changes_nothing() {
    let cells_of = row(&[
        ("Customer no", "K-77"),
        ("Company name", "Zuiderzee Lab"),
        ("Country", "Netherlands"),
        ("City", "Hoorn"),
        ("Street", "Kade 2"),
        ("Owner 1: Who holds the share", "Top"),
        ("Owner 1: What this holder is", "company"),
        ("Owner 1: Share in per cent", "51"),
        ("Owner 2: Who holds the share", "Ada"),
        ("owner.2.kind", "person"),
        ("owner.2.of", "Top"),
        ("owner.2.share", "100"),
        ("Website", "zuiderzee.example"),
    ]);
    let made = apply(&Customer::new(), &cells_of, Order::DayFirst).unwrap();
    assert_eq!((made.name(), made.own_number()), ("Zuiderzee Lab", "K-77"));
    assert_eq!(made.text("address", "country"), "NL", "taken from the firm");
    assert_eq!(ownership(&made).holders[1].total, 5_100);
    assert_eq!(apply(&made, &cells_of, Order::DayFirst).unwrap(), made, "idempotent");
    let changed = apply(
        &made,
        &row(&[("City", "Enkhuizen"), ("Street", "kade 2"), ("Owner 1: Share in per cent", "")]),
        Order::DayFirst,
    );
    let changed = changed.unwrap();
    assert_eq!((changed.entries("address").len(), changed.text("address", "town")), (1, "Enkhuizen"));
    let out = cells(&made);
    let back: Vec<_> = columns([&out].into_iter())
        .into_iter()
        .filter_map(|target| Some((target, out.get(target.code.as_str())?.clone())))
        .collect();
    assert_eq!(apply(&Customer::new(), &back, Order::DayFirst).unwrap(), made, "what is written is read");
}

#[test]
fn a_row_tells_all_its_faults_by_column() {
    let wrong = row(&[("Name", "A"), ("Country", "Atlantis"), ("IBAN", "NL00"), ("Owner 1: Who holds the share", "B")]);
    let faults = apply(&Customer::new(), &wrong, Order::DayFirst).unwrap_err();
    let columns: Vec<&str> = faults.iter().map(|fault| fault.column.as_str()).collect();
    assert!(
        columns.contains(&"Country of registration") && columns.contains(&"Owner 1: What this holder is"),
        "{faults:?}"
    );
    assert!(apply(&Customer::new(), &row(&[("City", "Hoorn")]), Order::DayFirst).is_err(), "nobody");
}

#[test]
fn documents_end() {
    let today = Date::new(2026, 11, 23).unwrap();
    let day = |days| Some(Date::from_days(today.days() + days));
    assert_eq!(standing(None, today), Standing::Valid);
    assert_eq!(standing(day(31), today), Standing::Valid);
    assert_eq!(standing(day(30), today), Standing::EndsSoon);
    assert_eq!(standing(day(0), today), Standing::EndsSoon);
    assert_eq!(standing(day(-1), today), Standing::Expired);
}
