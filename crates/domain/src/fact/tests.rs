use proptest::prelude::*;

use super::*;

fn nl() -> Option<Country> {
    Country::parse("NL").ok()
}

fn keys(facts: &[Fact], kind: FactKind) -> Vec<&str> {
    facts.iter().filter(|fact| fact.kind == kind).map(|fact| fact.key.as_str()).collect()
}

fn party(fill: impl FnOnce(&mut Party)) -> Party {
    let mut party = Party { number: 1, role: "subject".into(), country: nl(), ..Party::default() };
    fill(&mut party);
    party
}

fn report(party: Party) -> CanonicalReport {
    let mut report: CanonicalReport = serde_json::from_str(r#"{"kind":"order","question_set":"2026-11"}"#).unwrap();
    report.parties.push(party);
    report
}

#[test]
fn every_way_of_writing_a_telephone_number_is_one() {
    for text in [
        "+31 10 555 01 03",
        "0031105550103",
        "010-5550103",
        "(010) 555 01 03",
        "+31 (0)10 555 0103",
        "tel: +31-10-555-0103",
        "010 555 0103 ext. 12",
        "mobile 0105550103",
    ] {
        let facts = of_party(&party(|party| party.phone = text.into()), None);
        assert_eq!(keys(&facts, FactKind::Phone), ["+31105550103"], "{text}");
    }
    let two = of_party(&party(|party| party.phone = "010 5550103 / 010 5550104".into()), None);
    assert_eq!(keys(&two, FactKind::Phone), ["+31105550103", "+31105550104"]);
    for text in ["00000000", "1234", "unknown", "0101111111"] {
        assert_eq!(of_party(&party(|party| party.phone = text.into()), None), [], "{text}");
    }
    let abroad = Party { phone: "010-5550103".into(), ..Party::default() };
    assert_eq!(keys(&of_party(&abroad, nl()), FactKind::Phone), ["+31105550103"], "read where the reporter is");
    assert_eq!(of_party(&abroad, None), []);
}

#[test]
fn a_firm_under_two_spellings_is_one() {
    for (a, b) in [
        ("Grey Harbour Trading B.V.", "GREY HARBOUR TRADING"),
        ("Silberweg Handels GmbH & Co. KG", "Handels Silberweg"),
        ("The Müller Company, Ltd.", "Muller Limited"),
        ("Aktiebolaget Ångström AB", "ångström aktiebolaget"),
        ("Vega Kimya A.Ş.", "Vega Kimya AS"),
        ("Industrias Ñandú S.A. de C.V.", "industrias nandu sa de cv"),
        ("Called himself De Groot", "de groot"),
        ("上海化工有限公司", "上海化工"),
        ("ООО «Химпром»", "ХИМПРОМ"),
        ("Sp. z o.o. Chemia", "Chemia sp z oo"),
    ] {
        let key = |text: &str| name::name(text);
        assert!(key(a).is_some(), "{a}");
        assert_eq!(key(a), key(b), "{a} / {b}");
    }
    assert_ne!(name::name("Grey Harbour"), name::name("Grey Harbour Trading"));
    for text in ["", "unknown", "Not known", "n/a", "Unknown driver", "customer", "-", "X", "No name"] {
        assert_eq!(name::name(text), None, "{text}");
    }
    assert!(name::name("Co & Co").is_some(), "a name of nothing but forms is kept whole");
}

#[test]
fn addresses_meet_over_their_short_forms() {
    for (a, b) in [
        ("Am Silberweg 4\n47051 Duisburg", "47051 Duisburg, Am Silberweg 4"),
        ("12 High Street, London", "London, 12 High St."),
        ("Hauptstraße 7, Köln", "Hauptstr. 7, Koln"),
        ("Kerkstraat 9 Delft", "Kerkstr. 9, Delft"),
    ] {
        assert!(name::address(a).is_some(), "{a}");
        assert_eq!(name::address(a), name::address(b), "{a} / {b}");
    }
    for text in ["Rotterdam", "not known", "12", "4a"] {
        assert_eq!(name::address(text), None, "{text}");
    }
}

#[test]
fn mail_gives_address_and_domain_but_no_free_provider() {
    let facts = of_party(&party(|party| party.email = "Sales@Lumen-Aroma.example".into()), None);
    assert_eq!(keys(&facts, FactKind::Email), ["sales@lumen-aroma.example"]);
    assert_eq!(keys(&facts, FactKind::Domain), ["lumen-aroma.example"]);
    let facts = of_party(&party(|party| party.email = "Silber.Weg+x@gmail.com".into()), None);
    assert_eq!(keys(&facts, FactKind::Email), ["silberweg@gmail.com"]);
    assert_eq!(keys(&facts, FactKind::Domain), [""; 0]);
    let facts = of_party(&party(|party| party.website = "https://www.facebook.com/Seller/?ref=1".into()), None);
    assert_eq!(keys(&facts, FactKind::Link), ["facebook.com/Seller"]);
    assert_eq!(keys(&facts, FactKind::Domain), [""; 0], "strangers share it");
    let facts = of_party(&party(|party| party.website = "WWW.Silberweg-Handel.example/shop".into()), None);
    assert_eq!(keys(&facts, FactKind::Domain), ["silberweg-handel.example"]);
}

#[test]
fn numbers_carry_their_country() {
    for (text, country, key) in [
        ("NL 8232.91.223.B01", "NL", Some("NL823291223B01")),
        ("823291223B01", "NL", Some("NL823291223B01")),
        ("CHE-109.322.551 MWST", "CH", Some("CHE109322551")),
        ("094259216", "GR", Some("EL094259216")),
        ("none", "NL", None),
        ("000000000", "NL", None),
    ] {
        assert_eq!(number::vat(text, Country::parse(country).ok()).as_deref(), key, "{text}");
    }
    assert_eq!(number::registration("KvK 24.37.12.09", nl()).as_deref(), Some("NL:24371209"));
    assert_eq!(number::registration("24371209", None).as_deref(), Some(":24371209"));
    assert_eq!(number::registration("unknown", nl()), None);
    assert_eq!(number::document("passport", "nx 12 345-6").as_deref(), Some("passport:NX123456"));
}

#[test]
fn free_text_gives_what_cannot_be_anything_else() {
    let text = "Pay to NL91 ABNA 0417 1643 00, or DE89370400440532013000. LEI 529900T8BM49AURSDO55; \
                write to <Buyer@lumen.example>. Call +49 203 555 0188 (evenings). Order 1234567890.";
    let facts = scan::text(text);
    assert_eq!(keys(&facts, FactKind::Iban), ["NL91ABNA0417164300", "DE89370400440532013000"]);
    assert_eq!(keys(&facts, FactKind::Lei), ["529900T8BM49AURSDO55"]);
    assert_eq!(keys(&facts, FactKind::Email), ["buyer@lumen.example"]);
    assert_eq!(keys(&facts, FactKind::Phone), ["+492035550188"]);
    assert_eq!(facts.iter().find(|fact| fact.kind == FactKind::Iban).unwrap().shown, "NL91 ABNA 0417 1643 00");
    for text in ["NL92 ABNA 0417 1643 00", "NL91ABNA04171643001", "CAS 108-24-7, 2 + 3 drums", "a@b"] {
        assert_eq!(scan::text(text), [], "{text}");
    }
}

#[test]
fn what_is_the_reporters_own_is_no_fact() {
    let company = Party {
        name: "Meridian Reagents B.V.".into(),
        phone: "+31 10 555 0100".into(),
        email: "duty@meridian.example".into(),
        ..party(|_| ())
    };
    let own = Own { company, texts: vec!["jan@meridian.example".into()] };
    let answers = Answers::from_iter([
        ("contact.phone", "010 555 0199"),
        ("why.text", "They wrote to duty@meridian.example and called +31 10 555 0199, from +31 20 555 0177."),
    ]);
    let named = party(|party| {
        party.name = "meridian reagents".into();
        party.phone = "010-5550100".into();
        party.email = "other@meridian.example".into();
    });
    let facts = of_report(&report(named), &answers, &own);
    let left: Vec<_> = facts.iter().map(|fact| fact.key.as_str()).collect();
    assert_eq!(left, ["other@meridian.example", "+31205550177"]);
}

#[test]
fn each_is_told_once_and_with_whose_it_is() {
    let mut both = report(party(|party| party.phone = "+31 20 555 0177".into()));
    both.parties.push(Party { number: 2, role: "payer".into(), phone: "0205550177".into(), ..party(|_| ()) });
    both.parties[1].role = "payer".into();
    both.delivery.address = "Lager 7, Freihafen, Duisburg".into();
    both.url = "https://market.example/offers/77?x=1".into();
    let facts = of_report(&both, &Answers::new(), &Own::default());
    let told: Vec<_> = facts.iter().map(|fact| (fact.kind, fact.role.as_str())).collect();
    let expected = [(FactKind::Phone, "subject"), (FactKind::Address, "delivery"), (FactKind::Link, "offer")];
    assert_eq!(told, expected);
}

#[test]
fn codes_are_each_others_way_back() {
    for kind in FactKind::ALL {
        assert_eq!(FactKind::from_code(kind.code()), Some(*kind));
    }
    assert!(FactKind::ALL.is_sorted() && FactKind::from_code("nonsense").is_none());
}

proptest! {
    #[test]
    fn nothing_that_is_typed_breaks_it(texts in prop::collection::vec(".{0,60}", 8), long in "[A-Z0-9 +@.-]{0,200}") {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap();
        let named = Party {
            name: next(), address: next(), phone: next(), email: next(), website: next(), registration: next(),
            vat: next(), document: Some(("passport".into(), next())), ..party(|_| ())
        };
        let answers = Answers::from_iter([("why.text", long.as_str())]);
        for fact in of_report(&report(named), &answers, &Own::default()) {
            prop_assert!(!fact.key.is_empty() && fact.key.chars().count() <= LONGEST);
        }
    }

    #[test]
    fn case_accents_and_order_of_a_name_do_not_matter(a in "[a-z]{3,9}", b in "[a-z]{3,9}") {
        let one = name::name(&format!("{a} {b} Ltd"));
        prop_assert_eq!(&one, &name::name(&format!("{}, {} B.V.", b.to_uppercase(), a)));
    }
}
