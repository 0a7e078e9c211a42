//! The tables of what is law and holds for everybody: substances on lists, holidays.

use super::{CODE, FROM, UNTIL, is_country_or_star, is_mark};
use crate::{
    country::Country,
    refdata::{
        calendars,
        spec::{Cell, Column, Table},
    },
};

fn confidentialities() -> Vec<(&'static str, &'static str)> {
    vec![("public", "Everybody"), ("trusted", "Companies that an authority trusts"), ("authority", "Authorities only")]
}

fn periods() -> Vec<(&'static str, &'static str)> {
    vec![("transaction", "Each transaction"), ("month", "A month"), ("year", "A year"), ("package", "A package")]
}

fn flows() -> Vec<(&'static str, &'static str)> {
    vec![
        ("any", "All trade"),
        ("domestic", "Inside the country"),
        ("import", "Imports"),
        ("export", "Exports"),
        ("retail", "To the public"),
    ]
}

const fn substance() -> Column {
    Column::new("substance", "Substance", Cell::Line)
        .hint("Its handle, as in the address of its page: acetic-anhydride.")
        .required()
        .key()
}

const fn list() -> Column {
    Column::new("list", "List", Cell::Line)
        .hint("The handle of the list, like un-1988 or eu-precursors.")
        .required()
        .key()
}

const fn category() -> Column {
    Column::new("category", "Table, category or class", Cell::Line).hint("As the list calls it.").required().key()
}

const fn source() -> Column {
    Column::new("source", "Source", Cell::Line).hint("The key of a row of the table of sources.").required()
}

const VERIFIED: Column =
    Column::new("verified", "Seen in the source", Cell::Flag).hint("Only then a rule treats it as hard.");

/// Tables of substances.
pub(in crate::refdata) const SUBSTANCES: &[Table] = &[
    Table {
        name: "listing",
        title: "Places on lists",
        about: "One row for each span of time. What ends gets a last day and stays, so that older reports keep their law.",
        may_be_own: false,
        columns: &[
            substance(),
            list(),
            category(),
            Column::new("valid_from", "First day", Cell::Day).hint(FROM).key(),
            Column::new("valid_to", "Last day", Cell::Day).hint(UNTIL),
            Column::new("date_verified", "Days seen in the source", Cell::Flag),
            Column::new("legal_ref", "The act that put it there", Cell::Line).required(),
            Column::new("mixture_from", "Mixtures from per cent", Cell::Number { min: 0, max: 100 }),
            Column::new("mixture_rule", "Rule for mixtures", Cell::Lines),
            Column::new("confidentiality", "Who may know of it", Cell::Choice(confidentialities)).required(),
            VERIFIED,
            Column::new("proposed", "A proposal", Cell::Flag).hint("On a list that is not law: shown, never counted."),
            source(),
            Column::new("note", "What a reader must know", Cell::Lines),
        ],
    },
    Table {
        name: "threshold",
        title: "Thresholds",
        about: "Each belongs to a place on a list: the same substance, list, category and first day.",
        may_be_own: false,
        columns: &[
            substance(),
            list(),
            category(),
            Column::new("valid_from", "First day of that place", Cell::Day).key(),
            Column::new("quantity", "Quantity", Cell::Line)
                .hint("As people write it: 100 l, 0.5 kg; 0 kg for every transaction.")
                .required()
                .key(),
            Column::new("period", "Added up over", Cell::Choice(periods)).required().key(),
            Column::new("flow", "In which trade", Cell::Choice(flows)).required().key(),
            Column::new("duty", "What changes there", Cell::Lines).required(),
            VERIFIED,
            source(),
        ],
    },
    Table {
        name: "source",
        title: "Sources",
        about: "Where the facts come from. Name a new one here before a row refers to it.",
        may_be_own: false,
        columns: &[
            Column::new("id", "Key", Cell::Line).required().key().rule(is_mark, CODE),
            Column::new("title", "Title", Cell::Lines).required(),
            Column::new("url", "Address", Cell::Line),
            Column::new("official", "Published by the body whose facts they are", Cell::Flag),
            Column::new("read_on", "Read on", Cell::Day),
        ],
    },
];

fn is_country(text: &str) -> bool {
    Country::parse(text).is_ok_and(|country| country.code() == text)
}

const fn country() -> Column {
    Column::new("country", "Country", Cell::Line)
        .hint("Two letters in capitals.")
        .required()
        .key()
        .rule(is_country, "Write the two letters of a country in capitals, like NL.")
}

const COMPARED: Column =
    Column::new("verified", "Compared with the source", Cell::Flag).hint("Pages that count by it say if nobody has.");

/// Tables of calendars.
pub(in crate::refdata) const CALENDARS: &[Table] = &[
    Table {
        name: "weekend",
        title: "Days off of every week",
        about: "A row for a country goes before the one for all others.",
        may_be_own: false,
        columns: &[
            Column::new("country", "Country", Cell::Line)
                .hint("Two letters in capitals, or * for all that have no row of their own.")
                .required()
                .key()
                .rule(
                    is_country_or_star,
                    "Write the two letters of a country in capitals, like NL, or * for all others.",
                ),
            Column::new("days", "Days", Cell::Several(calendars::weekdays)).required(),
            Column::new("source", "Where it comes from", Cell::Lines).required(),
            COMPARED,
        ],
    },
    Table {
        name: "year",
        title: "Years whose holidays are known",
        about: "Pages that count over a year without a row say that its holidays are not known. Add the next year before it begins.",
        may_be_own: false,
        columns: &[
            country(),
            Column::new("year", "Year", Cell::Number { min: 1900, max: 2199 }).required().key(),
            Column::new("source", "Where they come from", Cell::Lines).required(),
            COMPARED,
        ],
    },
    Table {
        name: "holiday",
        title: "Public holidays",
        about: "For the whole country. A day that is a holiday only in a part of it counts as a working day.",
        may_be_own: false,
        columns: &[
            country(),
            Column::new("day", "Day", Cell::Day).required().key(),
            Column::new("name", "Name", Cell::Line).required(),
        ],
    },
];
