//! The tables of each kind.

mod law;
mod library;

pub(super) use law::{CALENDARS, SUBSTANCES};
pub(super) use library::LIBRARY;

use super::spec::{Cell, Column, Table};
use crate::{
    country::{Country, Jurisdiction},
    deadline::{MOST_AHEAD, Span},
    openness::Section,
    report::{Decision, OutcomeClass},
};

const HOURS: Cell = Cell::Number { min: 1, max: 9000 };
const AHEAD: Cell = Cell::Number { min: 1, max: MOST_AHEAD as i64 };
const UNTIL: &str = "Like 2026-11-23. Left empty, it holds without an end.";
const FROM: &str = "Like 2026-11-23. Left empty, it counts as having been there always.";

/// The times of a row of the clock, in the order of its columns.
fn spans() -> Vec<(&'static str, &'static str)> {
    Span::ALL.iter().map(|span| (span.code(), span.label())).collect()
}

fn is_mark(text: &str) -> bool {
    text.len() <= 40 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

fn is_jurisdiction(text: &str) -> bool {
    Jurisdiction::try_from(text.to_owned()).is_ok_and(|found| found.code() == text)
}

fn is_country_or_star(text: &str) -> bool {
    text == "*" || Country::parse(text).is_ok_and(|country| country.code() == text)
}

fn is_link(text: &str) -> bool {
    text.starts_with("https://") && !text.contains(char::is_whitespace)
}

const CODE: &str = "Use letters, digits, hyphens and underscores without blanks, at most 40.";

/// Tables of deadlines.
pub(super) const DEADLINES: &[Table] = &[
    Table {
        name: "report",
        title: "Law: until when companies report",
        about: "Counted from the moment the company became aware. Only rows in force make anything mandatory.",
        may_be_own: false,
        columns: &[
            Column::new("id", "Mark", Cell::Line)
                .hint("Short and for good, like US-written: the table of duties refers to it.")
                .required()
                .key()
                .rule(is_mark, CODE),
            Column::new("jurisdiction", "Where it holds", Cell::Line)
                .hint("UN, EU, or a country's two letters in capitals.")
                .required()
                .rule(is_jurisdiction, "Write UN, EU or the two letters of a country in capitals, like NL."),
            Column::new("hours", "Hours", HOURS).hint("A day counts 24. Left empty where the law says “at once”."),
            Column::new("working", "Only working days count", Cell::Flag),
            Column::new("words", "In words", Cell::Line).hint("To follow “report”, like: within 72 hours.").required(),
            Column::new("orally", "By word of mouth before that", Cell::Line),
            Column::new("in_force", "In force", Cell::Flag).hint("An announced law is shown and asks nothing."),
            Column::new("valid_from", "First day", Cell::Day).hint(FROM),
            Column::new("valid_to", "Last day", Cell::Day).hint(UNTIL),
            Column::new("source", "Where it comes from", Cell::Lines).required(),
            Column::new("url", "Where that can be read", Cell::Line)
                .rule(is_link, "Write a whole address that begins with https://."),
            Column::new("verified", "Read there", Cell::Flag).hint("Whether somebody has read it in the source."),
        ],
    },
    Table {
        name: "answer",
        title: "The authority's clock: hours until a report is looked at",
        about: "An authority's own practice. A row for a country goes before the one for all others.",
        may_be_own: true,
        columns: &[
            Column::new("country", "Country of the company", Cell::Line)
                .hint("Two letters in capitals, or * for all that have no row of their own.")
                .required()
                .key()
                .rule(
                    is_country_or_star,
                    "Write the two letters of a country in capitals, like NL, or * for all others.",
                ),
            Column::new("red", "Hours for a red report", HOURS).required(),
            Column::new("amber", "Hours for an amber one", HOURS).required(),
            Column::new("green", "Hours for a green one", HOURS).required(),
            Column::new("urgent", "Hours if goods are about to leave", HOURS).required(),
            Column::new("urgent_within", "“About to leave” means within", AHEAD)
                .hint("Hours before delivery, a week at most.")
                .required(),
            Column::new("question", "Hours to answer a question", HOURS).hint("That the reporter has.").required(),
            Column::new("question_urgent", "The same if goods are about to leave", HOURS).required(),
            Column::new("working", "Working time", Cell::Several(spans))
                .hint("Of these times only working days of the company's country count; 24 hours are one working day."),
            Column::new("valid_from", "First day", Cell::Day).hint(FROM).key(),
            Column::new("valid_to", "Last day", Cell::Day).hint(UNTIL),
        ],
    },
];

fn decisions() -> Vec<(&'static str, &'static str)> {
    Decision::ALL.iter().map(|decision| (decision.code(), decision.label())).collect()
}

fn outcomes() -> Vec<(&'static str, &'static str)> {
    OutcomeClass::ALL.iter().map(|class| (class.code(), class.label())).collect()
}

/// Tables of reason codes.
pub(super) const REASONS: &[Table] = &[Table {
    name: "reason",
    title: "Reasons to choose from",
    about: "In the order in which they are offered. A code stays with a decision for good: change the words freely, never \
            what the code means.",
    may_be_own: true,
    columns: &[
        Column::new("decision", "For which decision", Cell::Choice(decisions)).required().key(),
        Column::new("code", "Code", Cell::Line)
            .hint("Stored with the decision. Never use an old one for something else.")
            .required()
            .key()
            .rule(is_mark, CODE),
        Column::new("label", "Words", Cell::Line).hint("What people choose from.").required(),
        Column::new("outcome", "What the reporter is told", Cell::Choice(outcomes))
            .hint("All that the reporter learns. Nothing for taking up again, withdrawing and severity."),
        Column::new("needs_note", "Asks for a few words", Cell::Flag),
    ],
}];

fn limits() -> Vec<(&'static str, &'static str)> {
    super::signs::LIMITS.to_vec()
}

const WEIGHT: Cell = Cell::Number { min: 0, max: 5 };

/// Tables of indicators.
pub(super) const INDICATORS: &[Table] = &[
    Table {
        name: "sign",
        title: "Signs",
        about: "What raises a sign is part of the program. Here stand its words, read by reporters and officers, and its weight: \
                1 is slight, 5 is grave, 0 counts nothing.",
        may_be_own: true,
        columns: &[
            Column::new("id", "Code", Cell::Line).hint("As the program has it.").required().key().rule(is_mark, CODE),
            Column::new("text", "Words", Cell::Line).hint("Also the label of its tick box.").required(),
            Column::new("because", "What is said when the rules found it", Cell::Lines)
                .hint("{value} stands for the answers that raised it."),
            Column::new("weight", "Weight", WEIGHT).required(),
            Column::new("heavier", "Weight where it counts more", WEIGHT)
                .hint("Only for signs that the program weighs more in certain circumstances."),
        ],
    },
    Table {
        name: "limit",
        title: "From how many points on",
        about: "In half points: of each group the heaviest sign counts in full, every other one half.",
        may_be_own: true,
        columns: &[
            Column::new("name", "Limit", Cell::Choice(limits)).required().key(),
            Column::new("half_points", "Half points", Cell::Number { min: 1, max: 1000 }).required(),
        ],
    },
];

fn sections() -> Vec<(&'static str, &'static str)> {
    Section::ALL.iter().map(|section| (section.code(), section.label())).collect()
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Tables of openness.
pub(super) const OPENNESS: &[Table] = &[Table {
    name: "part",
    title: "What is said in the open",
    about: "In the order in which it is told. Nothing about a report, a company or a person belongs here. A sum needs its \
            currency, its period and what it holds.",
    may_be_own: false,
    columns: &[
        Column::new("id", "Mark", Cell::Line)
            .hint("Short and for good: by it versions are compared.")
            .required()
            .key()
            .rule(is_mark, CODE),
        Column::new("section", "Heading", Cell::Choice(sections)).required(),
        Column::new("title", "In a few words", Cell::Line).required(),
        Column::new("text", "In sentences", Cell::Lines).required(),
        Column::new("amount", "Sum", Cell::Number { min: 0, max: 1_000_000_000_000 })
            .hint("Whole units, without cents: 12400."),
        Column::new("currency", "Currency", Cell::Line)
            .hint("Three letters in capitals, like EUR.")
            .rule(is_currency, "Write the three letters of the currency in capitals, like EUR."),
        Column::new("from", "First day of the period", Cell::Day).hint("Like 2026-01-01."),
        Column::new("until", "Last day of the period", Cell::Day).hint("Like 2026-12-31."),
        Column::new("definition", "What the sum holds", Cell::Lines)
            .hint("And what it does not: “Server, backup and mail. No working time.”"),
    ],
}];
