//! The consolidated list of the United Nations Security Council.
//!
//! The number of an entry is its reference number (`CDi.001`), by which it is cited everywhere.

mod names;

use std::io::BufRead;

use super::build::{Making, join};
use super::encoding::{Text, Utf8};
use super::log::{Log, line};
use super::xml::{Node, Part, Shape, walk};
use super::{Format, LONGEST_RECORD, Refused, Summary, numbers};
use crate::entry::{Entry, Kind, NameRole, Tie};

const SHAPE: Shape =
    Shape { expected: Format::Un.label(), root: "CONSOLIDATED_LIST", records: &["INDIVIDUAL", "ENTITY"] };
/// What is of no use to anybody who compares names.
const PASSED_OVER: [&str; 4] = ["VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "LAST_DAY_UPDATED"];

pub(super) fn read(input: &mut dyn BufRead, keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    let mut log = Log::default();
    walk(Utf8::new(input, Text::Xml, SHAPE.expected, LONGEST_RECORD), &SHAPE, &mut |part| {
        match part {
            Part::Root(mut root) => {
                log.summary.generated = Some(root.attribute("dateGenerated")).filter(|at| !at.is_empty())
            }
            Part::Stray(name, at, text) => log.note(line(at), format!("text stands in {name}: {text}")),
            Part::Record(node) => entry(node, &mut log, keep),
        }
        Ok(())
    })?;
    log.finish()
}

fn entry(mut node: Node, log: &mut Log, keep: &mut dyn FnMut(Entry)) {
    node.pass_over(&PASSED_OVER);
    let (reference, number) = (node.take_text("REFERENCE_NUMBER"), node.take_text("DATAID"));
    let id = if reference.is_empty() { number.clone() } else { reference };
    let person = node.name == "INDIVIDUAL";
    let mut making = Making::new(log, node.line, id);
    making.entry.kind = if person { Kind::Person } else { Kind::Organisation };
    if making.entry.id != number {
        making.remark("DATAID", &number);
    }
    all_names(&mut making, &mut node, person);
    let lists = node.take_texts("LIST_TYPE", "VALUE");
    let list = lists.first().map_or("UN List", String::as_str);
    match node.take_text("UN_LIST_TYPE") {
        kind if kind.is_empty() => making.programme(list),
        kind => making.programme(&format!("{list}: {kind}")),
    }
    making.listed_on("LISTED_ON", &node.take_text("LISTED_ON"));
    for country in node.take_texts("NATIONALITY", "VALUE") {
        making.tie("NATIONALITY", &country, Tie::Nationality);
    }
    for (list, heading) in [("TITLE", "Title"), ("DESIGNATION", "Designation")] {
        for text in node.take_texts(list, "VALUE") {
            making.remark(heading, &text);
        }
    }
    making.remark("Gender", &node.take_text("GENDER"));
    births(&mut making, &mut node);
    for address in [node.take("INDIVIDUAL_ADDRESS"), node.take("ENTITY_ADDRESS")].into_iter().flatten() {
        self::address(&mut making, address);
    }
    for document in node.take("INDIVIDUAL_DOCUMENT") {
        self::document(&mut making, document);
    }
    making.remark("", &node.take_text("COMMENTS1"));
    making.leftovers(&node);
    making.hand_out(keep);
}

/// The parts of a name follow each other; which of them is the family name the list does not say.
fn all_names(making: &mut Making<'_>, node: &mut Node, person: bool) {
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].map(|part| node.take_text(part));
    if person {
        making.name(&parts.join(" "), NameRole::Primary, "");
    } else {
        names::add(making, "FIRST_NAME", &parts.join(" "), NameRole::Primary, false);
    }
    for text in node.take("NAME_ORIGINAL_SCRIPT") {
        let mut text = text;
        making.name(&text.own_text(), NameRole::Alias, "");
    }
    for alias in [node.take("INDIVIDUAL_ALIAS"), node.take("ENTITY_ALIAS")].into_iter().flatten() {
        self::alias(making, alias, person);
    }
}

fn alias(making: &mut Making<'_>, mut alias: Node, person: bool) {
    let (name, quality, note) = (alias.take_text("ALIAS_NAME"), alias.take_text("QUALITY"), alias.take_text("NOTE"));
    let before = note.to_lowercase();
    let role = match quality.to_lowercase().as_str() {
        "low" => NameRole::Weak,
        "f.k.a." | "f.k.a" | "fka" => NameRole::Former,
        _ if before.contains("listed as") || before.contains("formerly") => NameRole::Former,
        "good" | "a.k.a." | "a.k.a" | "aka" => NameRole::Alias,
        other => {
            if !name.is_empty() {
                making.note(
                    "QUALITY",
                    format!("\u{201c}{other}\u{201d} is no quality of an alias; taken for a good one"),
                );
            }
            NameRole::Alias
        }
    };
    names::add(making, "ALIAS_NAME", &name, role, person);
    if !note.is_empty() {
        making.remark("Alias", &format!("{name} ({note})"));
    }
    making.birth("DATE_OF_BIRTH", &alias.take_text("DATE_OF_BIRTH"));
    let (city, country) = (alias.take_text("CITY_OF_BIRTH"), alias.take_text("COUNTRY_OF_BIRTH"));
    born_in(making, "COUNTRY_OF_BIRTH", &[city], &country);
    making.leftovers(&alias);
}

fn births(making: &mut Making<'_>, node: &mut Node) {
    for mut birth in node.take("INDIVIDUAL_DATE_OF_BIRTH") {
        let [kind, date, year, from, to, note] =
            ["TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"].map(|part| birth.take_text(part));
        let about = if kind == "APPROXIMATELY" { "circa " } else { "" };
        let exact = if date.is_empty() { year } else { date };
        match (exact.is_empty(), from.is_empty() && to.is_empty()) {
            (false, _) => making.birth("INDIVIDUAL_DATE_OF_BIRTH", &format!("{about}{exact}")),
            (true, false) => {
                let (from, to) = (if from.is_empty() { &to } else { &from }, if to.is_empty() { &from } else { &to });
                making.birth("INDIVIDUAL_DATE_OF_BIRTH", &format!("{about}{from} to {to}"));
            }
            (true, true) => {}
        }
        making.remark("Born", &note);
        making.leftovers(&birth);
    }
    for mut place in node.take("INDIVIDUAL_PLACE_OF_BIRTH") {
        let parts = ["STREET", "CITY", "STATE_PROVINCE", "NOTE"].map(|part| place.take_text(part));
        born_in(making, "INDIVIDUAL_PLACE_OF_BIRTH", &parts, &place.take_text("COUNTRY"));
        making.leftovers(&place);
    }
}

/// The country is a tie, the town stays as a remark.
fn born_in(making: &mut Making<'_>, field: &str, parts: &[String], country: &str) {
    making.tie(field, country, Tie::Birth);
    let town = join(parts);
    if !town.is_empty() {
        making.remark("Place of birth", &join(&[town.as_str(), country]));
    }
}

fn address(making: &mut Making<'_>, mut address: Node) {
    let parts = ["STREET", "CITY", "ZIP_CODE", "STATE_PROVINCE"].map(|part| address.take_text(part));
    let (country, note) = (address.take_text("COUNTRY"), address.take_text("NOTE"));
    making.address("COUNTRY", &parts, &country);
    if !note.is_empty() {
        making.remark("Address", &format!("{} ({note})", join(&[join(&parts), country])));
    }
    making.leftovers(&address);
}

fn document(making: &mut Making<'_>, mut document: Node) {
    let [kind, other, number, issuer, at, city, date, note] = [
        "TYPE_OF_DOCUMENT",
        "TYPE_OF_DOCUMENT2",
        "NUMBER",
        "ISSUING_COUNTRY",
        "COUNTRY_OF_ISSUE",
        "CITY_OF_ISSUE",
        "DATE_OF_ISSUE",
        "NOTE",
    ]
    .map(|part| document.take_text(part));
    let country = if issuer.is_empty() { &at } else { &issuer };
    making.number("INDIVIDUAL_DOCUMENT", numbers::kind(if kind.is_empty() { &other } else { &kind }), &number, country);
    let details =
        join(&[other.as_str(), city.as_str(), if issuer.is_empty() { "" } else { at.as_str() }, &date, &note]);
    if !details.is_empty() {
        making.remark(if kind.is_empty() { "Document" } else { &kind }, &join(&[number, details]));
    }
    making.leftovers(&document);
}
