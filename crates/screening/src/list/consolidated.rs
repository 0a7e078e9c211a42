//! The Consolidated Screening List of the US International Trade Administration: lists of three departments in one table.
//!
//! Not every list numbers its entries. Where `_id` is missing, the number is the short name of the list with the number
//! there (`SDN-20264`), else with the name (`DPL-adrianhernandez`).

use std::io::BufRead;

use domain::country::Country;
use domain::fold::squash;

use super::build::{Making, clean};
use super::encoding::{Text, Utf8};
use super::log::Log;
use super::sheet::{Record, Sheet};
use super::tables::Rows;
use super::{Format, LONGEST_RECORD, Refused, Summary, places, sdn, sdn_xml};
use crate::entry::{Entry, Kind, NameRole, Tie};

const NEEDED: [&str; 4] = ["source", "programs", "name", "alt_names"];
/// Kept as remarks under these headings.
const REMARKS: [(&str, &str); 9] = [
    ("title", "Title"),
    ("federal_register_notice", "Federal Register notice"),
    ("end_date", "End date"),
    ("standard_order", "Standard order"),
    ("license_requirement", "License requirement"),
    ("license_policy", "License policy"),
    ("source_list_url", "List"),
    ("source_information_url", "Information"),
    ("remarks", ""),
];
/// Read below.
const OTHERS: [&str; 19] = [
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "addresses",
    "start_date",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
];

pub(super) fn read(input: &mut dyn BufRead, keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    let expected = Format::UsCsl.label();
    let mut log = Log::default();
    let rows = Rows::new(Utf8::new(input, Text::Table, expected, 2 * LONGEST_RECORD), b',');
    let mut sheet = Sheet::open(rows, &NEEDED, expected, |_| {})?;
    let known =
        |name: &str| name == "ids" || OTHERS.contains(&name) || REMARKS.iter().any(|(column, _)| *column == name);
    sheet.note_unknown(&mut log, known);
    while let Some(record) = sheet.next(&mut log)? {
        entry(record, &mut log, keep);
    }
    sheet.close(&mut log);
    log.finish()
}

fn entry(mut record: Record, log: &mut Log, keep: &mut dyn FnMut(Entry)) {
    let (source, name) = (record.take("source"), record.take("name"));
    let id = id(&source, &record.take("_id"), &record.take("entity_number"), &name);
    let mut making = Making::new(log, record.line, id);
    making.entry.source = source;
    making.entry.kind = match record.take("type") {
        // The lists of the Department of State say nothing.
        none if none.is_empty() => Kind::Any,
        kind => sdn::kind(&mut making, &kind),
    };
    self::name(&mut making, &name, NameRole::Primary);
    for alias in items(&record.take("alt_names")) {
        self::name(&mut making, alias.strip_prefix("and ").unwrap_or(alias), NameRole::Alias);
    }
    for programme in items(&record.take("programs")) {
        making.programme(programme);
    }
    for address in items(&record.take("addresses")) {
        self::address(&mut making, address);
    }
    making.listed_on("start_date", &record.take("start_date"));
    for column in ["nationalities", "citizenships"] {
        for country in items(&record.take(column)) {
            making.tie(column, country, Tie::Nationality);
        }
    }
    for date in items(&record.take("dates_of_birth")) {
        making.birth("dates_of_birth", date);
    }
    for place in items(&record.take("places_of_birth")) {
        let country = place.rsplit(", ").next().unwrap_or(place);
        if places::find(country).country().is_some() {
            making.tie("places_of_birth", country, Tie::Birth);
        }
        making.remark("Place of birth", place);
    }
    let vessel =
        ["call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner"];
    sdn::vessel(&mut making, vessel.map(|column| record.take(column)));
    for fact in items(&record.take("ids")) {
        self::fact(&mut making, fact);
    }
    for (column, heading) in REMARKS {
        making.remark(heading, &record.take(column));
    }
    for (column, text) in record.leftovers() {
        making.remark(&column, &text);
    }
    making.hand_out(keep);
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

fn id(source: &str, own: &str, number: &str, name: &str) -> String {
    if !own.is_empty() {
        return own.into();
    }
    let list = source.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or(source, |(list, _)| list);
    match number {
        "" => format!("{}-{}", clean(list), squash(name)),
        number => format!("{}-{number}", clean(list)),
    }
}

fn name(making: &mut Making<'_>, text: &str, role: NameRole) {
    if making.entry.kind == Kind::Person { making.turned_name(text, role) } else { making.name(text, role, "") }
}

/// The last part is the code of the country, if it is one.
fn address(making: &mut Making<'_>, text: &str) {
    let (before, last) = text.rsplit_once(',').map_or(("", text), |(before, last)| (before, last.trim()));
    let code = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_uppercase()) && Country::parse(last).is_ok();
    if code { making.address("addresses", &[before], last) } else { making.address("addresses", &[text], "") }
}

/// `US, 80-0890696, Tax ID No.`: country, number, sort; the country may be missing.
fn fact(making: &mut Making<'_>, text: &str) {
    let Some((rest, label)) = text.rsplit_once(',') else { return making.remark("", text) };
    let (country, value) = match rest.split_once(',') {
        Some((country, value)) if country.trim().len() == 2 && Country::parse(country).is_ok() => (country, value),
        _ => ("", rest),
    };
    sdn_xml::fact(making, label.trim(), &clean(value), country.trim());
}
