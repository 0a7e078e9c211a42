//! What a report says: every answer under the questions of its day, and the few that matter most for the preview.

use domain::question::{SummaryGroup, SummaryRow as Answer};
use leptos::prelude::*;
use services::report::ReportContent;

use crate::components::*;

/// Longest answer in the preview, in characters; the whole stands on the report's page.
const LONGEST: usize = 280;

/// Answers of the preview, in its order. A part in angle brackets is the number of an item.
const KEY: &[&str] = &[
    "substance.<n>.name",
    "substance.<n>.quantity",
    "substance.<n>.use",
    "equipment.<n>.what",
    "equipment.<n>.count",
    "party.1.name",
    "party.1.address",
    "party.1.country",
    "delivery.place",
    "delivery.address",
    "delivery.country",
    "did.done",
    "did.delivery_expected",
    "gone.place",
    "online.url",
    "story",
    "why.text",
];

/// Every answer, section by section, item by item. Questions that nobody answered are named together.
pub fn all(content: &ReportContent) -> AnyView {
    let mut last = "";
    let mut sections = Vec::new();
    for group in &content.summary {
        // An item stands under the title of its section, unless that was just given.
        let title = content.set.section(&group.section).filter(|_| group.is_item && last != group.section);
        last = &group.section;
        sections.push(section(group, title.map(|section| section.title.clone())));
    }
    sections.collect_view().into_any()
}

fn section(group: &SummaryGroup, above: Option<String>) -> AnyView {
    let rows = group.rows.iter().map(row).collect();
    let title = group.title.clone();
    let class = if group.is_item { "answers answers--item" } else { "answers" };
    view! {
        {above.map(|title| view! { <h3 class="answers__title">{title}</h3> })}
        <section class=class>
            {if group.is_item {
                view! { <h4 class="answers__item"><bdi>{title}</bdi></h4> }.into_any()
            } else {
                view! { <h3 class="answers__title">{title}</h3> }.into_any()
            }}
            <AnsweredList rows/>
        </section>
    }
    .into_any()
}

fn row(answer: &Answer) -> SummaryRow {
    let value = if answer.provided { answer.value.join("\n") } else { String::new() };
    SummaryRow::text(answer.label.clone(), value)
}

/// The answers that matter most, as far as they were given.
pub fn key(content: &ReportContent) -> Vec<(String, AnyView)> {
    key_answers(&content.summary)
        .into_iter()
        .map(|(label, text)| (label, view! { <bdi class="typed" dir="auto">{text}</bdi> }.into_any()))
        .collect()
}

fn key_answers(summary: &[SummaryGroup]) -> Vec<(String, String)> {
    let rows = || summary.iter().flat_map(|group| &group.rows).filter(|row| row.provided);
    // Items in their order, each with its own fields together.
    let mut found: Vec<(usize, u32, &Answer)> =
        rows().filter_map(|row| place(&row.field).map(|(place, item)| (place, item, row))).collect();
    found.sort_by_key(|(place, item, _)| (group_of(*place), *item, *place));
    found.into_iter().map(|(_, _, row)| (row.label.clone(), cut(&row.value.join("\n")))).collect()
}

/// Where an answer stands in the preview, and the number of its item.
fn place(field: &str) -> Option<(usize, u32)> {
    let fits = |pattern: &str| -> Option<u32> {
        let (mut asked, mut given) = (pattern.split('.'), field.split('.'));
        let mut item = 0;
        loop {
            match (asked.next(), given.next()) {
                (None, None) => return Some(item),
                (Some("<n>"), Some(number)) => item = number.parse().ok()?,
                (Some(asked), Some(given)) if asked == given => {}
                _ => return None,
            }
        }
    };
    KEY.iter().enumerate().find_map(|(place, pattern)| fits(pattern).map(|item| (place, item)))
}

/// Fields of one item stay together: the place of the first pattern of the same group.
fn group_of(place: usize) -> usize {
    let group = |pattern: &str| pattern.split('.').next().unwrap_or_default().to_owned();
    let own = group(KEY[place]);
    KEY.iter().position(|pattern| group(pattern) == own).unwrap_or(place)
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let short: String = text.chars().take(LONGEST).collect();
    format!("{} …", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(field: &str, value: &str) -> Answer {
        Answer {
            field: field.into(),
            label: field.into(),
            value: vec![value.into()],
            provided: !value.is_empty(),
            sound: true,
            section: String::new(),
            page: String::new(),
        }
    }

    fn group(rows: Vec<Answer>) -> SummaryGroup {
        SummaryGroup { section: "s".into(), title: "t".into(), is_item: false, rows }
    }

    #[test]
    fn the_preview_has_its_own_order_and_keeps_items_together() {
        let summary = [
            group(vec![answer("kind", "Order"), answer("story", "Long ago"), answer("party.1.name", "A")]),
            group(vec![answer("substance.2.quantity", "2 kg"), answer("substance.2.name", "Acetone")]),
            group(vec![
                answer("substance.1.name", "Toluene"),
                answer("substance.1.quantity", "1 t"),
                answer("why.text", ""),
            ]),
        ];
        let shown: Vec<String> = key_answers(&summary).into_iter().map(|(field, _)| field).collect();
        let expected = [
            "substance.1.name",
            "substance.1.quantity",
            "substance.2.name",
            "substance.2.quantity",
            "party.1.name",
            "story",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn key_answers_are_fields_of_the_questions() {
        let set = domain::question::QuestionSet::latest();
        for pattern in KEY {
            let field = pattern.replace("<n>", "1");
            assert!(set.field(&field).is_some(), "{field}");
        }
    }

    #[test]
    fn long_answers_are_cut_between_characters() {
        let long = "é".repeat(LONGEST + 1);
        assert_eq!(cut(&long).chars().count(), LONGEST + 2);
        assert_eq!(cut("short"), "short");
    }
}
