//! `targets.simple.csv` of OpenSanctions: one row for each entity, several values parted by semicolons.

use std::io::BufRead;

use super::build::Making;
use super::encoding::{Text, Utf8};
use super::log::Log;
use super::sheet::{Record, Sheet};
use super::tables::Rows;
use super::{Format, LONGEST_RECORD, Refused, Summary, ftm, numbers, places};
use crate::entry::{Address, Entry, NameRole, NumberKind, Place, Tie};

const NEEDED: [&str; 4] = ["id", "schema", "name", "aliases"];
const OTHERS: [&str; 8] =
    ["birth_date", "countries", "addresses", "identifiers", "sanctions", "dataset", "program_ids", "first_seen"];
const REMARKS: [(&str, &str); 2] = [("phones", "Phone number"), ("emails", "Email")];
/// When OpenSanctions looked, not when somebody was listed.
const PASSED_OVER: [&str; 3] = ["first_seen", "last_seen", "last_change"];

pub(super) fn read(input: &mut dyn BufRead, keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    let expected = Format::OpenSanctions.label();
    let mut log = Log::default();
    let rows = Rows::new(Utf8::new(input, Text::Table, expected, 2 * LONGEST_RECORD), b',');
    let mut sheet = Sheet::open(rows, &NEEDED, expected, |_| {})?;
    let known = |name: &str| {
        [&NEEDED[..], &OTHERS, &PASSED_OVER].iter().any(|all| all.contains(&name))
            || REMARKS.iter().any(|(column, _)| *column == name)
    };
    sheet.note_unknown(&mut log, known);
    while let Some(record) = sheet.next(&mut log)? {
        entry(record, &mut log, keep);
    }
    sheet.close(&mut log);
    log.finish()
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

fn entry(mut record: Record, log: &mut Log, keep: &mut dyn FnMut(Entry)) {
    let schema = record.take("schema");
    let mut making = Making::new(log, record.line, record.take("id"));
    let Some(kind) = ftm::kind(&schema) else {
        making.log.beside(&schema);
        return;
    };
    making.entry.kind = kind.unwrap_or_else(|| ftm::unknown(&mut making, &schema));
    making.name(&record.take("name"), NameRole::Primary, "");
    for alias in items(&record.take("aliases")) {
        making.name(alias, NameRole::Alias, "");
    }
    for date in items(&record.take("birth_date")) {
        making.birth("birth_date", date);
    }
    for code in items(&record.take("countries")) {
        match places::by_code(code) {
            places::Found::Country(country) => making.entry.countries.push(Place { country, tie: Tie::Other }),
            _ => {
                making.tie("countries", code, Tie::Other);
            }
        }
    }
    for address in items(&record.take("addresses")) {
        making.entry.addresses.push(Address { text: address.into(), country: None });
    }
    for number in items(&record.take("identifiers")) {
        let imo = number.strip_prefix("IMO").and_then(|_| numbers::imo(number));
        making.number("identifiers", imo.map_or(NumberKind::Other, |_| NumberKind::Imo), imo.unwrap_or(number), "");
    }
    for sanction in items(&record.take("sanctions")).chain(items(&record.take("program_ids"))) {
        making.programme(sanction);
    }
    making.entry.source = record.take("dataset");
    for (column, heading) in REMARKS {
        for text in items(&record.take(column)) {
            making.remark(heading, text);
        }
    }
    for column in PASSED_OVER {
        record.take(column);
    }
    for (column, text) in record.leftovers() {
        making.remark(&column, &text);
    }
    making.hand_out(keep);
}
