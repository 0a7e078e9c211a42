//! Every field kind against everything people, programs and attackers put into forms.

use proptest::prelude::*;

use super::*;
use crate::question::read::{notices, read};

const KINDS: [FieldKind; 19] = [
    FieldKind::Text,
    FieldKind::LongText,
    FieldKind::Choice,
    FieldKind::Choices,
    FieldKind::YesNo,
    FieldKind::Country,
    FieldKind::Countries,
    FieldKind::Date,
    FieldKind::Datetime,
    FieldKind::Quantity,
    FieldKind::Percentage,
    FieldKind::Money,
    FieldKind::Number,
    FieldKind::Email,
    FieldKind::Phone,
    FieldKind::Url,
    FieldKind::Substance,
    FieldKind::Cas,
    FieldKind::Identifier,
];

/// A needed field of a kind, as a set would have it.
fn field(kind: FieldKind) -> Field {
    let choice = |value: &str| Choice { value: value.to_owned(), label: value.to_owned(), hint: None };
    let chooses = matches!(kind, FieldKind::Choice | FieldKind::Choices);
    Field {
        key: "field".to_owned(),
        kind,
        label: "Field".to_owned(),
        short: None,
        hint: None,
        required: true,
        required_when: None,
        when: None,
        max: None,
        options: if chooses { vec![choice("a"), choice("b")] } else { Vec::new() },
        signs: None,
        autocomplete: None,
        past: true,
        time_needed: true,
        errors: std::collections::BTreeMap::new(),
    }
}

/// A set whose only question has this kind.
fn set(kind: FieldKind) -> QuestionSet {
    let mut set = QuestionSet::latest().clone();
    set.sections.truncate(1);
    set.sections[0].pages.truncate(1);
    set.sections[0].pages[0].fields = vec![field(kind)];
    set.sections[0].id = "what".to_owned();
    set
}

/// All that is said at the field: errors, then notices.
fn said(kind: FieldKind, texts: &[&str]) -> Vec<String> {
    let set = set(kind);
    let mut answers = Answers::new();
    answers.set("field", texts.iter().copied());
    let page = set.page("what", "kind", &answers, &profile()).unwrap();
    let mut said = set.check_page(&page, &answers, &profile());
    said.extend(set.notices_page(&page, &answers, &profile()));
    for problem in &said {
        assert_eq!(problem.field, "field");
        let words = problem.message.split_whitespace().count();
        assert!(words >= 3 && !problem.message.contains('{'), "{kind:?}: {problem:?}");
    }
    // Whatever is wrong, the summary shows something and the answer is still there.
    let summary = set.summary(Form::Full, &answers, &profile());
    assert!(!summary[0].rows[0].value.is_empty() || texts.concat().trim().is_empty());
    assert_eq!(answers.many("field").len(), texts.len());
    said.into_iter().map(|problem| problem.code).collect()
}

#[test]
fn a_good_answer_is_taken_by_every_kind() {
    for (kind, texts) in [
        (FieldKind::Text, &["Example Ltd"][..]),
        (FieldKind::LongText, &["two\nlines"]),
        (FieldKind::Choice, &["a"]),
        (FieldKind::Choices, &["a", "b", ""]),
        (FieldKind::YesNo, &["yes"]),
        (FieldKind::Country, &["BE"]),
        (FieldKind::Country, &["Belgium"]),
        (FieldKind::Countries, &["Belgium, Türkiye; GB"]),
        (FieldKind::Date, &["2026-11-23"]),
        (FieldKind::Date, &["23/11/2026"]),
        (FieldKind::Date, &["23 Nov 2026"]),
        (FieldKind::Datetime, &["23 Nov 2026", "14:30"]),
        (FieldKind::Datetime, &["2026-11-23T14:30"]),
        (FieldKind::Quantity, &["3 drums of 200 l"]),
        (FieldKind::Quantity, &["not known"]),
        (FieldKind::Percentage, &["99.5 %"]),
        (FieldKind::Money, &["1200.50", "EUR"]),
        (FieldKind::Number, &["12"]),
        (FieldKind::Email, &["a@example.com"]),
        (FieldKind::Phone, &["+31 (0)20 123 4567"]),
        (FieldKind::Url, &["https://example.com/x?y"]),
        (FieldKind::Substance, &["Acetic anhydride"]),
        (FieldKind::Cas, &["108-24-7"]),
        (FieldKind::Identifier, &["passport", "X123"]),
    ] {
        assert_eq!(said(kind, texts), [""; 0], "{kind:?} {texts:?}");
    }
}

#[test]
fn blank_is_said_to_be_blank() {
    for kind in KINDS {
        for blank in [&[][..], &[""], &["", ""], &["  \t\r\n "], &["\u{a0}\u{2003}"]] {
            let expected = vec!["empty"];
            let code: Vec<String> = said(kind, blank);
            let base: Vec<&str> = code.iter().map(|c| c.split('_').next().unwrap()).collect();
            assert_eq!(base, expected, "{kind:?} {blank:?}");
        }
        // Only invisible characters: blank, and the person is told.
        let codes = said(kind, &["\u{200b}\u{202e}\u{7}"]);
        assert!(codes[0].starts_with("empty") && codes[1] == "cleaned", "{kind:?}: {codes:?}");
    }
}

#[test]
fn a_million_characters_are_too_long_everywhere() {
    let long = "1".repeat(1_000_000);
    for kind in KINDS {
        assert_eq!(said(kind, &[&long]), ["too_long"], "{kind:?}");
        // Blanks around an answer do not make it long.
        let padded = format!("{}x", " ".repeat(60_000));
        assert!(!said(kind, &[&padded]).contains(&"too_long".to_owned()), "{kind:?}");
    }
}

#[test]
fn the_wrong_type_is_said_at_the_field() {
    for (kind, texts, code) in [
        (FieldKind::Choice, &["c"][..], "not_an_option"),
        (FieldKind::Choice, &["A"], "not_an_option"),
        (FieldKind::Choice, &["a", "b"], "several"),
        (FieldKind::Choices, &["a", "c"], "not_an_option"),
        (FieldKind::Choices, &["a", "b", "a"], "several"),
        (FieldKind::YesNo, &["perhaps"], "not_an_option"),
        (FieldKind::Country, &["Atlantis"], "country"),
        (FieldKind::Countries, &["Belgium, Atlantis"], "countries"),
        (FieldKind::Date, &["tomorrow"], "date"),
        (FieldKind::Date, &["30 Feb 2026"], "no_such_day"),
        (FieldKind::Date, &["23/11/26"], "year"),
        (FieldKind::Date, &["2027-01-01"], "future"),
        (FieldKind::Datetime, &["23 Nov 2026", "25:00"], "time"),
        (FieldKind::Datetime, &["23 Nov 2026", ""], "time_missing"),
        (FieldKind::Datetime, &["", "14:30"], "date"),
        (FieldKind::Datetime, &["2027-01-01", "14:30"], "future"),
        (FieldKind::Quantity, &["-5 kg"], "quantity_figure"),
        (FieldKind::Quantity, &["5"], "quantity_figure"),
        (FieldKind::Quantity, &["1,500 kg"], "quantity_figure"),
        (FieldKind::Quantity, &["some"], "quantity"),
        (FieldKind::Percentage, &["150 %"], "percentage"),
        (FieldKind::Percentage, &["pure"], "percentage"),
        (FieldKind::Money, &["a lot", "EUR"], "amount"),
        (FieldKind::Money, &["1200", ""], "currency"),
        (FieldKind::Number, &["three"], "number"),
        (FieldKind::Number, &["-3"], "number"),
        (FieldKind::Number, &["1e9"], "number"),
        (FieldKind::Number, &["9999999999"], "number"),
        (FieldKind::Email, &["example.com"], "email"),
        (FieldKind::Phone, &["none"], "phone"),
        (FieldKind::Url, &["their site"], "url"),
        (FieldKind::Cas, &["abc"], "cas"),
        (FieldKind::Cas, &["108-24-8"], "cas"),
        (FieldKind::Identifier, &["", "X123"], "identifier_type"),
        (FieldKind::Identifier, &["passport", ""], "identifier_number"),
        (FieldKind::Identifier, &["library card", "1"], "identifier_type"),
        (FieldKind::Text, &["one", "two"], "several"),
    ] {
        assert_eq!(said(kind, texts), [code], "{kind:?} {texts:?}");
    }
}

#[test]
fn script_control_characters_and_direction_marks_are_harmless() {
    let script = "<script>alert('x')</script>";
    for kind in KINDS {
        let strict =
            !matches!(kind, FieldKind::Text | FieldKind::LongText | FieldKind::Substance | FieldKind::Quantity);
        let codes = said(kind, &[script]);
        assert_eq!(codes.is_empty() || codes == ["quantity"], !strict, "{kind:?}: {codes:?}");
    }
    for (kind, text) in [
        (FieldKind::Text, "a\u{202e}b"),
        (FieldKind::LongText, "a\u{7}b\u{1b}c"),
        (FieldKind::Cas, "\u{200e}108-24-7\u{200f}"),
        (FieldKind::Date, "\u{feff}2026-11-23"),
        (FieldKind::Email, "a@example.com\u{200b}"),
        (FieldKind::Country, "\u{2066}Belgium\u{2069}"),
        (FieldKind::Number, "1\u{200e}2"),
    ] {
        assert_eq!(said(kind, &[text]), ["cleaned"], "{kind:?} {text:?}");
    }
}

#[test]
fn other_encodings_show_as_unreadable() {
    // What a form in another encoding becomes: U+FFFD; NUL, from wide encodings, becomes it as well.
    assert_eq!(said(FieldKind::Text, &["caf\u{FFFD}"]), ["unreadable"]);
    assert_eq!(said(FieldKind::LongText, &["a\0b\0c\0"]), ["unreadable"]);
    assert_eq!(said(FieldKind::Email, &["a\u{FFFD}@example.com"]), ["email", "unreadable"]);
    // Other scripts and decomposed letters are no fault.
    for name in ["Ångström", "A\u{30a}ngstro\u{308}m", "北京化工", "شركة المثال", "ООО «Пример»", "🧪"]
    {
        assert_eq!(said(FieldKind::Text, &[name]), [""; 0], "{name}");
    }
}

#[test]
fn messages_never_fill_in_what_a_person_typed_as_if_it_were_ours() {
    let set = set(FieldKind::Countries);
    let typed = "{max}{length}";
    let answers = Answers::from_iter([("field", typed)]);
    let page = set.page("what", "kind", &answers, &profile()).unwrap();
    let message = set.check_page(&page, &answers, &profile()).remove(0).message;
    assert!(message.contains(typed), "{message}");
}

proptest! {
    #[test]
    fn no_text_panics_in_any_field(
        texts in prop::collection::vec(prop_oneof![".{0,60}", "\\PC{0,200}", "[0-9./:, %€-]{0,30}"], 0..4),
    ) {
        let set = QuestionSet::latest();
        for kind in KINDS {
            let field = field(kind);
            if let Ok(Some(value)) = read(set, &field, &texts, &profile()) {
                for line in value.display(set) {
                    let hidden = line.contains(['\u{202e}', '\0']);
                    prop_assert!(!hidden);
                }
            }
            let _ = notices(&field, &texts);
        }
    }

    #[test]
    fn no_answers_panic(pairs in prop::collection::vec(("[a-z.0-9]{1,20}|kind|party.1.type|substance.1.name", ".{0,20}"), 0..20)) {
        let answers: Answers = pairs.into_iter().collect();
        let set = QuestionSet::latest();
        for form in [Form::Full, Form::Quick] {
            let _ = set.check_all(form, &answers, &profile());
            let _ = set.summary(form, &answers, &profile());
        }
        for section in &set.sections {
            let _ = set.status(&section.id, &answers, &profile());
        }
    }
}
