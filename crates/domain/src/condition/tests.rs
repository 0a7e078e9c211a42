#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;

struct Known;
impl Facts for Known {
    fn fact(&self, name: &str) -> Truth {
        match name {
            "true" => Truth::Yes(vec![Cause::quoting("a", "b")]),
            "false" => Truth::No,
            _ => Truth::Unknown,
        }
    }
    fn has_role(&self, role: &str) -> bool {
        role == "carrier"
    }
    fn country(&self) -> &str {
        "NL"
    }
}

fn condition(json: &str) -> Condition {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn answers() -> Answers {
    Answers::from_iter([
        ("kind", "order"),
        ("payment.method", " Cash "),
        ("signs", "B01"),
        ("signs", "B05"),
        ("order.recent", "3"),
        ("delivery.address", "P.O. Box 12, Breda"),
        ("party.1.role", "buyer"),
        ("party.1.country", "NL"),
        ("party.3.role", "payer"),
        ("party.3.country", "BE"),
        ("blank", "  "),
    ])
}

#[test]
fn each_test_on_each_kind_of_answer() {
    for (json, holds) in [
        (r#"{"field":"kind","is":"order"}"#, true),
        (r#"{"field":"kind","is":["theft","loss"]}"#, false),
        (r#"{"field":"payment.method","is":["cash"]}"#, true),
        (r#"{"field":"signs","is":"B05"}"#, true),
        (r#"{"field":"signs","is_not":"B05"}"#, false),
        (r#"{"field":"signs","is_not":"B06"}"#, true),
        (r#"{"field":"missing","is_not":"B06"}"#, false),
        (r#"{"field":"blank","filled":true}"#, false),
        (r#"{"field":"blank","filled":false}"#, true),
        (r#"{"field":"blank","empty":true}"#, true),
        (r#"{"field":"delivery.address","contains":["postfach","p.o. box"]}"#, true),
        (r#"{"field":"order.recent","at_least":3}"#, true),
        (r#"{"field":"order.recent","at_least":4}"#, false),
        (r#"{"field":"order.recent","at_most":3}"#, true),
        (r#"{"field":"kind","at_most":3}"#, false),
        (r#"{"not":{"field":"kind","at_most":3}}"#, false),
        (r#"{"field":"party.3.country","differs_from":"party.1.country"}"#, true),
        (r#"{"field":"party.3.country","differs_from":"party.9.country"}"#, false),
        (r#"{"all":[]}"#, true),
        (r#"{"any":[]}"#, false),
        (r#"{"fact":"true"}"#, true),
        (r#"{"fact":"false"}"#, false),
        (r#"{"fact":"history"}"#, false),
        (r#"{"not":{"fact":"false"}}"#, true),
        (r#"{"not":{"fact":"history"}}"#, false),
        (r#"{"any":[{"fact":"history"},{"fact":"true"}]}"#, true),
        (r#"{"not":{"all":[{"fact":"history"},{"fact":"false"}]}}"#, true),
        (r#"{"not":{"all":[{"fact":"history"},{"fact":"true"}]}}"#, false),
        (r#"{"role":["producer","carrier"]}"#, true),
        (r#"{"role":"producer"}"#, false),
        (r#"{"country":["nl","BE"]}"#, true),
        (r#"{"item":"party","any":{"field":".role","is":"payer"}}"#, true),
        (r#"{"item":"party","any":{"all":[{"field":".role","is":"payer"},{"field":".country","is":"NL"}]}}"#, false),
        (r#"{"item":"party","any":{"field":".country","differs_from":"party.1.country"}}"#, true),
        (r#"{"item":"party","any":{"field":"kind","is":"order"}}"#, true),
        (r#"{"item":"substance","any":{"field":"kind","is":"order"}}"#, false),
    ] {
        assert_eq!(condition(json).holds(&answers(), &Known), holds, "{json}");
    }
}

#[test]
fn the_answers_that_decided_are_named() {
    let both = condition(
        r#"{"all":[{"item":"party","any":{"field":".role","is":"payer"}},{"field":"signs","is":["B05","B07"]}]}"#,
    );
    let causes = vec![Cause::quoting("party.3.role", "payer"), Cause::quoting("signs", "B05")];
    assert_eq!(both.judge(&answers(), &Known), Truth::Yes(causes));
    let long = Cause::quoting("why", &"ж".repeat(500));
    assert_eq!(long.value.chars().count(), Cause::MAX + 1);
}

#[test]
fn nonsense_is_refused_with_a_reason() {
    for json in [
        "{}",
        r#"{"field":"kind"}"#,
        r#"{"is":"order"}"#,
        r#"{"field":"kind","is":"a","filled":true}"#,
        r#"{"fact":"x","role":"y"}"#,
        r#"{"item":"party"}"#,
        r#"{"field":"kind","equals":"order"}"#,
        r#"{"field":".role","is":"payer"}"#,
    ] {
        let refused = serde_json::from_str::<Condition>(json).map(|c| c.check(false));
        assert!(!matches!(refused, Ok(Ok(()))), "{json}");
    }
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let key = prop::sample::select(vec!["kind", "signs", "missing", "payment.method"]);
    let texts = prop::collection::vec("[a-z]{1,3}|order", 1..3);
    let leaf = prop_oneof![
        (key.clone(), texts.clone())
            .prop_map(|(field, values)| Condition::Field { field: field.to_owned(), test: Test::Is(values) }),
        (key.clone(), texts)
            .prop_map(|(field, values)| Condition::Field { field: field.to_owned(), test: Test::IsNot(values) }),
        (key.clone(), any::<bool>())
            .prop_map(|(field, filled)| Condition::Field { field: field.to_owned(), test: Test::Filled(filled) }),
        (key, any::<i64>())
            .prop_map(|(field, bound)| Condition::Field { field: field.to_owned(), test: Test::AtLeast(bound) }),
        prop::sample::select(vec!["true", "false", "history"]).prop_map(|name| Condition::Fact(name.to_owned())),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.clone().prop_map(|one| Condition::Not(Box::new(one))),
            inner.prop_map(|one| Condition::Item { group: "party".to_owned(), any: Box::new(one) }),
        ]
    })
}

proptest! {
    #[test]
    fn every_condition_survives_json(condition in any_condition()) {
        let json = serde_json::to_string(&condition).unwrap();
        prop_assert_eq!(serde_json::from_str::<Condition>(&json).unwrap(), condition);
    }

    #[test]
    fn nothing_holds_together_with_its_negation(condition in any_condition()) {
        let not = Condition::Not(Box::new(condition.clone()));
        let (yes, no) = (condition.holds(&answers(), &Known), not.holds(&answers(), &Known));
        prop_assert!(!(yes && no));
    }
}
