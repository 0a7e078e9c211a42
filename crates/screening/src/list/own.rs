//! The own format: a table for lists that an authority or a company keeps itself.
//!
//! Columns may stand in any order and be left out, but for `id` and `name`. Several values in one field are parted by
//! `|`. Commas, semicolons (as spreadsheets of many countries write) and tabs part columns.

use std::io::BufRead;

use super::build::{Making, clean};
use super::encoding::{Text, Utf8};
use super::log::Log;
use super::sheet::{Record, Sheet};
use super::tables::{Rows, delimiter};
use super::{Format, LONGEST_RECORD, Refused, Summary, numbers};
use crate::entry::{Entry, Kind, NameRole, NumberKind, Tie};

/// The columns, with what stands in them.
pub const COLUMNS: [(&str, &str); 17] = [
    ("id", "A number that is yours and stays: by it an entry is known again in the next version. Needed."),
    ("kind", "person, organisation, vessel, aircraft; empty if not known."),
    ("name", "The main name, given names first. Needed."),
    ("family_name", "Which words of the name are the family name."),
    ("aliases", "Further names."),
    ("former_names", "Names from before."),
    ("weak_aliases", "Nicknames and the like, which alone prove little."),
    ("born", "When a person was born: 1956-08-12, 1956-08, 1956, circa 1956, 1955 to 1957."),
    ("nationalities", "Countries, by code (DE) or name."),
    ("birth_countries", "Countries of birth."),
    ("countries", "Other countries it has to do with."),
    ("addresses", "Addresses; a country by code or name after the last comma is recognised."),
    ("identifiers", "Numbers, each as \u{201c}sort: number (country)\u{201d}, e.g. passport: A123 (IR)."),
    ("programmes", "The law, programme or case for which it is listed."),
    ("listed_on", "Since when it is on the list."),
    ("source", "Which list it is, if the file holds several."),
    ("remarks", "Anything else."),
];

/// A file to begin with: the headings and two examples.
pub const TEMPLATE: &str = "\
id,kind,name,family_name,aliases,former_names,weak_aliases,born,nationalities,birth_countries,countries,addresses,identifiers,programmes,listed_on,source,remarks
2026-1,person,Erika Beispiel,Beispiel,Erica Beispiel|E. Beispiel,Erika Muster,Die Chemikerin,1970-08-12|circa 1971,DE|Austria,AT,,\"Musterstraße 1, 12345 Musterstadt, DE\",passport: C01X00T47 (DE)|tax: 12 345 678 901,Case 17/2026,2026-11-02,,Example; delete this row
2026-2,organisation,Beispiel Chemiehandel GmbH,,BCH,,,,,,CH,\"Beispielweg 2, 8000 Zürich, Switzerland\",registration: CHE-123.456.788 (CH),Case 17/2026,2026-11-02,,Example; delete this row
";

pub(super) fn read(input: &mut dyn BufRead, keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    let expected = Format::Own.label();
    let mut log = Log::default();
    let mut text = Utf8::new(input, Text::Table, expected, 2 * LONGEST_RECORD);
    let first = text.peek_line()?;
    let rows = Rows::new(text, delimiter(&first));
    let mut sheet = Sheet::open(rows, &["id", "name"], expected, |_| {})?;
    sheet.note_unknown(&mut log, |name| COLUMNS.iter().any(|(column, _)| *column == name));
    while let Some(record) = sheet.next(&mut log)? {
        entry(record, &mut log, keep);
    }
    sheet.close(&mut log);
    log.finish()
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').map(str::trim).filter(|item| !item.is_empty())
}

fn entry(mut record: Record, log: &mut Log, keep: &mut dyn FnMut(Entry)) {
    let mut making = Making::new(log, record.line, record.take("id"));
    making.entry.kind = kind(&mut making, &record.take("kind"));
    making.name(&record.take("name"), NameRole::Primary, &record.take("family_name"));
    for (column, role) in
        [("aliases", NameRole::Alias), ("former_names", NameRole::Former), ("weak_aliases", NameRole::Weak)]
    {
        for name in items(&record.take(column)) {
            making.name(name, role, "");
        }
    }
    for date in items(&record.take("born")) {
        making.birth("born", date);
    }
    for (column, tie) in
        [("nationalities", Tie::Nationality), ("birth_countries", Tie::Birth), ("countries", Tie::Other)]
    {
        for country in items(&record.take(column)) {
            // Here a code may be written small; elsewhere "no" is a word.
            let code = country.len() == 2;
            making.tie(column, &if code { country.to_uppercase() } else { country.into() }, tie);
        }
    }
    for address in items(&record.take("addresses")) {
        self::address(&mut making, address);
    }
    for number in items(&record.take("identifiers")) {
        self::number(&mut making, number);
    }
    for programme in items(&record.take("programmes")) {
        making.programme(programme);
    }
    making.listed_on("listed_on", &record.take("listed_on"));
    making.entry.source = record.take("source");
    for remark in items(&record.take("remarks")) {
        making.remark("", remark);
    }
    for (column, text) in record.leftovers() {
        making.remark(&column, &text);
    }
    making.hand_out(keep);
}

fn kind(making: &mut Making<'_>, text: &str) -> Kind {
    let kind = Kind::said(text);
    if kind == Kind::Any && !text.is_empty() {
        making.note("kind", format!("\u{201c}{}\u{201d} is no kind that we know", text.to_lowercase()));
    }
    kind
}

/// The last part is the country, if it is one.
fn address(making: &mut Making<'_>, text: &str) {
    match text.rsplit_once(',') {
        Some((before, last)) if super::places::find(last).country().is_some() => {
            making.address("addresses", &[before], last);
        }
        _ => making.address("addresses", &[text], ""),
    }
}

/// `passport: A123 (IR)`.
fn number(making: &mut Making<'_>, text: &str) {
    let (label, rest) = text.split_once(':').unwrap_or(("", text));
    let (value, country) = match rest.rsplit_once('(') {
        Some((value, country)) => (value, country.trim_end_matches([')', ' '])),
        None => (rest, ""),
    };
    let kind = match label.trim().to_lowercase().as_str() {
        "national" => NumberKind::National,
        label => numbers::kind(label),
    };
    if kind == NumberKind::Other && !matches!(label.trim(), "" | "other") {
        making.remark(&clean(label), value);
    }
    making.number("identifiers", kind, value, country);
}
