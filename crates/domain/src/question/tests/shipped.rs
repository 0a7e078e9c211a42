//! Every shipped set is sound: unique keys, known names in every condition, words for every error, codes that agree
//! with the types the server uses.

use std::collections::BTreeSet;

use super::*;
use crate::{
    indicator::RuleSet,
    report::{Done, ReportKind},
};

fn fields(set: &QuestionSet) -> Vec<(&Section, &Page, &Field)> {
    let pages = set.sections.iter().flat_map(|s| s.pages.iter().map(move |p| (s, p)));
    pages.flat_map(|(s, p)| p.fields.iter().map(move |f| (s, p, f))).collect()
}

/// A field's path with `N` for an item's number.
fn path(page: &Page, field: &Field) -> String {
    match (&page.group, field.key.strip_prefix('.')) {
        (Some(group), Some(own)) => format!("{group}.N.{own}"),
        _ => field.key.clone(),
    }
}

#[test]
fn versions_are_found() {
    for set in QuestionSet::all() {
        assert_eq!(QuestionSet::get(&set.version).unwrap().version, set.version);
        assert!(RuleSet::get(&set.indicators).is_some(), "{}", set.indicators);
    }
    assert!(QuestionSet::get("1999-01").is_none());
    assert_eq!(QuestionSet::latest().version, "2026-11");
}

#[test]
fn names_are_unique_and_fit_addresses() {
    let plain = |id: &str| id.chars().all(|c| c.is_ascii_lowercase() || "-._0123456789".contains(c));
    for set in QuestionSet::all() {
        let mut seen = BTreeSet::new();
        for (_, page, field) in fields(set) {
            let path = path(page, field);
            assert!(plain(&field.key), "{path}");
            assert!(seen.insert(path.clone()), "{path} is asked twice");
            assert_eq!(page.group.is_some(), field.key.starts_with('.'), "{path}");
        }
        for section in &set.sections {
            let ids: BTreeSet<&str> = section.pages.iter().map(|page| page.id.as_str()).collect();
            assert_eq!(ids.len(), section.pages.len(), "{}", section.id);
            for page in &section.pages {
                // A number at the end would be taken for an item's.
                assert!(plain(&page.id) && !page.id.ends_with(|c: char| c.is_ascii_digit()));
                assert_eq!(page.fields.is_empty(), page.lists.is_some(), "{}", page.id);
                for group in page.group.iter().chain(&page.lists) {
                    assert_eq!(set.group(group).unwrap().section, section.id, "{group}");
                }
            }
        }
    }
}

#[test]
fn conditions_name_what_exists() {
    for set in QuestionSet::all() {
        let known: BTreeSet<String> = fields(set).iter().map(|(_, p, f)| path(p, f)).collect();
        let check = |when: &crate::condition::Condition, page: &Page, place: &str| {
            assert_eq!(when.check(page.group.is_some()), Ok(()), "{place}");
            assert!(when.facts().is_empty(), "{place}: a question cannot ask for computed facts");
            for field in when.fields() {
                let full = match (field.strip_prefix('.'), &page.group) {
                    (Some(own), Some(group)) => format!("{group}.N.{own}"),
                    _ => field,
                };
                assert!(known.contains(&full) || full.starts_with("party.1."), "{place}: {full}");
            }
        };
        for (section, page, field) in fields(set) {
            let place = format!("{}/{} {}", section.id, page.id, field.key);
            for when in [&page.when, &field.when, &field.required_when].into_iter().flatten() {
                check(when, page, &place);
            }
            // What is shown or hidden must have been answered on an earlier page.
            for own in page.fields.iter().filter(|_| field.when.is_some()) {
                let named = field.when.as_ref().unwrap().fields();
                assert!(!named.contains(&own.key), "{place} looks at its own page");
            }
        }
    }
}

#[test]
fn choices_have_answers_and_codes_agree_with_types() {
    for set in QuestionSet::all() {
        for (_, page, field) in fields(set) {
            let path = path(page, field);
            let chooses = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
            assert_eq!(chooses, !field.options.is_empty(), "{path}");
            let codes: BTreeSet<&str> = field.options.iter().map(|o| o.value.as_str()).collect();
            assert_eq!(codes.len(), field.options.len(), "{path} offers a code twice");
            assert!(codes.iter().all(|code| code.len() <= field.max()), "{path}");
        }
        let offered = |key: &str| -> Vec<(String, String)> {
            let options = &set.field(key).unwrap().options;
            options.iter().map(|o| (o.value.clone(), o.label.clone())).collect()
        };
        let kinds = ReportKind::ALL.iter().map(|k| (k.code().to_owned(), k.label().to_owned()));
        assert_eq!(offered("kind"), kinds.collect::<Vec<_>>());
        let done = Done::ALL.iter().map(|d| (d.code().to_owned(), d.label().to_owned()));
        assert_eq!(offered("did.done"), done.collect::<Vec<_>>());
    }
}

#[test]
fn tables_name_what_exists() {
    for set in QuestionSet::all() {
        for row in &set.asked {
            for address in &row.pages {
                let (section, page) = address.split_once('/').unwrap();
                let pages = &set.section(section).unwrap_or_else(|| panic!("{address}")).pages;
                assert!(pages.iter().any(|own| own.id == page), "{address}");
            }
            assert!(row.kinds.iter().all(|kind| ReportKind::from_code(kind).is_some()), "{row:?}");
            assert!(row.roles.iter().all(|r| OperatorRole::from_code(r).is_some()), "{row:?}");
        }
        assert_eq!(set.quick.pages.len(), 4);
        for page in &set.quick.pages {
            for field in &page.fields {
                assert!(set.field(field).is_some(), "{field}");
            }
            let needed = page.required.iter().chain(page.required_when.iter().map(|r| &r.field));
            for field in needed {
                assert!(page.fields.contains(field), "{field}");
            }
        }
        for field in set.quick.labels.keys() {
            assert!(set.quick.pages.iter().any(|page| page.fields.contains(field)), "{field}");
        }
    }
}

#[test]
fn every_message_has_words() {
    for set in QuestionSet::all() {
        for code in [
            "empty",
            "empty_choice",
            "empty_choices",
            "too_long",
            "not_an_option",
            "several",
            "date",
            "no_such_day",
            "year",
            "time",
            "time_missing",
            "future",
            "number",
            "percentage",
            "amount",
            "currency",
            "email",
            "phone",
            "url",
            "country",
            "countries",
            "cas",
            "quantity_figure",
            "identifier_type",
            "identifier_number",
        ] {
            assert!(set.errors.get(code).is_some_and(|words| !words.is_empty()), "{code}");
        }
        for code in ["cleaned", "unreadable", "quantity", "cas"] {
            assert!(set.notices.contains_key(code), "{code}");
        }
        for (_, page, field) in fields(set) {
            for code in field.errors.keys() {
                assert!(set.errors.contains_key(code), "{}: {code}", path(page, field));
            }
            let may_be_needed = field.required || field.required_when.is_some();
            assert_eq!(
                may_be_needed,
                field.errors.contains_key("empty"),
                "{}: what is needed says so in its own words",
                path(page, field)
            );
        }
    }
}

#[test]
fn a_set_goes_to_the_browser_and_back() {
    for set in QuestionSet::all() {
        let json = serde_json::to_string(set).unwrap();
        let back: QuestionSet = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&back).unwrap(), json);
    }
}
