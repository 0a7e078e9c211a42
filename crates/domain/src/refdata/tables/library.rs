//! The table of the library.

use std::sync::LazyLock;

use super::{Cell, Column, Table, is_mark};
use crate::{
    language::Language,
    library::{Kind, When},
    substance::Catalogue,
};

fn kinds() -> Vec<(&'static str, &'static str)> {
    Kind::ALL.iter().map(|kind| (kind.code(), kind.label())).collect()
}

fn is_address_part(text: &str) -> bool {
    is_mark(text) && text.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-')
}

fn is_when(text: &str) -> bool {
    When::try_from(text.to_owned()).is_ok()
}

/// Old pages of the United Nations are not all reached by https.
fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

fn is_language(text: &str) -> bool {
    Language::find(text).is_some()
}

fn is_paragraph(text: &str) -> bool {
    text.parse::<u8>().is_ok_and(|number| (1..=16).contains(&number) && number.to_string() == text)
}

fn is_substance(text: &str) -> bool {
    static SHIPPED: LazyLock<Option<Catalogue>> = LazyLock::new(|| Catalogue::load().ok());
    SHIPPED.as_ref().is_some_and(|catalogue| catalogue.find_public(text).is_some())
}

/// Tables of the library.
pub(in super::super) const LIBRARY: &[Table] = &[Table {
    name: "entry",
    title: "What can be read elsewhere",
    about: "Each summary in own words: what the text says and what it is good for, in 20 to 150 of them. No address is invented: where \
            none is known, say by which symbol or how the text is found.",
    may_be_own: false,
    columns: &[
        Column::new("slug", "Handle", Cell::Line)
            .hint("Part of its address, for good: small letters, digits and hyphens.")
            .required()
            .key()
            .rule(is_address_part, "Use small letters, digits and hyphens without blanks, at most 40."),
        Column::new("title", "Title", Cell::Line).hint("Shortened where the full one is very long.").required(),
        Column::new("kind", "What it is", Cell::Choice(kinds)).required(),
        Column::new("body", "Who issued it", Cell::Line).required(),
        Column::new("date", "When", Cell::Line)
            .hint("As exact as it is known: 2009, 2017-03 or 2016-04-19. Empty for a page that changes.")
            .rule(is_when, "Write a year, a month or a day: 2009, 2017-03 or 2016-04-19."),
        Column::new("symbol", "Symbol or number", Cell::Line).folded().hint("By which it is asked for and cited."),
        Column::new("link", "Address", Cell::Line)
            .folded()
            .hint("At which somebody has read it.")
            .rule(is_address, "Write a whole address that begins with https://."),
        Column::new("find", "How it is found without an address", Cell::Lines).folded().hint("In a sentence."),
        Column::new("languages", "Languages", Cell::Words)
            .folded()
            .hint("Their two letters, with blanks between: en fr es.")
            .required()
            .rule(is_language, "Write the two letters of each language, with blanks between: en fr es."),
        Column::new("paragraphs", "Paragraphs of resolution 60/5", Cell::Words)
            .folded()
            .hint("Those that it helps to carry out: 2 7 10.")
            .rule(is_paragraph, "Write numbers from 1 to 16, with blanks between: 2 7 10."),
        Column::new("substances", "Substances", Cell::Words)
            .folded()
            .hint("The end of their addresses in the catalogue: acetone acetic-anhydride.")
            .rule(is_substance, "Use the end of the address of a substance in the catalogue, like acetic-anhydride."),
        Column::new("checked_on", "Compared with its source", Cell::Day)
            .hint("The day on which somebody last did. Left empty, the page says that nobody has."),
        Column::new("summary", "Summary", Cell::Lines).folded().required(),
    ],
}];
