//! OFAC's lists as one XML file (`sdn.xml`, `consolidated.xml`).

use std::io::BufRead;

use super::announced::read_announced;
use super::build::{Making, join};
use super::log::Log;
use super::xml::{Node, Shape};
use super::{Format, Refused, Summary, numbers, remarks, sdn};
use crate::entry::{Entry, Kind, NameRole, NumberKind, Tie};

const SHAPE: Shape =
    Shape { expected: Format::SdnXml.label(), root: "sdnList", records: &["publshInformation", "sdnEntry"] };

pub(super) fn read(input: &mut dyn BufRead, keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    read_announced(input, &SHAPE, &["publshInformation", "Publish_Date", "Record_Count"], &mut |node, log| {
        entry(node, log, keep)
    })
}

fn entry(mut node: Node, log: &mut Log, keep: &mut dyn FnMut(Entry)) {
    let id = node.take_text("uid");
    let mut making = Making::new(log, node.line, id);
    making.entry.kind = sdn::kind(&mut making, &node.take_text("sdnType"));
    name(&mut making, &mut node, NameRole::Primary);
    making.remark("Title", &node.take_text("title"));
    for programme in node.take_texts("programList", "program") {
        making.programme(&programme);
    }
    for mut alias in node.take_items("akaList", "aka") {
        alias.pass_over(&["uid"]);
        let role = role(&mut making, &mut alias);
        name(&mut making, &mut alias, role);
        making.leftovers(&alias);
    }
    for address in node.take_items("addressList", "address") {
        self::address(&mut making, address);
    }
    for id in node.take_items("idList", "id") {
        number(&mut making, id);
    }
    for (list, item) in [("nationalityList", "nationality"), ("citizenshipList", "citizenship")] {
        for mut item in node.take_items(list, item) {
            item.pass_over(&["uid", "mainEntry"]);
            making.tie(list, &item.take_text("country"), Tie::Nationality);
            making.leftovers(&item);
        }
    }
    for mut item in node.take_items("dateOfBirthList", "dateOfBirthItem") {
        item.pass_over(&["uid", "mainEntry"]);
        making.birth("dateOfBirth", &item.take_text("dateOfBirth"));
        making.leftovers(&item);
    }
    for mut item in node.take_items("placeOfBirthList", "placeOfBirthItem") {
        item.pass_over(&["uid", "mainEntry"]);
        remarks::read(&mut making, &format!("POB {}", item.take_text("placeOfBirth")));
        making.leftovers(&item);
    }
    if let Some(mut vessel) = node.take_one("vesselInfo") {
        let parts = ["callSign", "vesselType", "tonnage", "grossRegisteredTonnage", "vesselFlag", "vesselOwner"];
        sdn::vessel(&mut making, parts.map(|part| vessel.take_text(part)));
        making.leftovers(&vessel);
    }
    remarks::read(&mut making, &node.take_text("remarks"));
    making.leftovers(&node);
    making.hand_out(keep);
}

fn name(making: &mut Making<'_>, node: &mut Node, role: NameRole) {
    let (given, family) = (node.take_text("firstName"), node.take_text("lastName"));
    let known = if making.entry.kind == Kind::Person && !given.is_empty() { family.as_str() } else { "" };
    making.name(&format!("{given} {family}"), role, known);
}

fn role(making: &mut Making<'_>, alias: &mut Node) -> NameRole {
    let (kind, category) = (alias.take_text("type"), alias.take_text("category"));
    match (kind.to_lowercase().as_str(), category.to_lowercase().as_str()) {
        ("f.k.a." | "fka", _) => NameRole::Former,
        (_, "weak") => NameRole::Weak,
        ("a.k.a." | "aka" | "n.k.a." | "nka", "strong") => NameRole::Alias,
        (kind, category) => {
            making.note(
                "aka",
                format!("we do not know the sort of name \u{201c}{kind}, {category}\u{201d}; taken for an alias"),
            );
            NameRole::Alias
        }
    }
}

fn address(making: &mut Making<'_>, mut node: Node) {
    node.pass_over(&["uid"]);
    let parts = ["address1", "address2", "address3", "city", "stateOrProvince", "postalCode"];
    making.address("address", &parts.map(|part| node.take_text(part)), &node.take_text("country"));
    making.leftovers(&node);
}

/// What OFAC calls an id is any fact with a name: a passport, a website, the gender.
fn number(making: &mut Making<'_>, mut node: Node) {
    node.pass_over(&["uid"]);
    let [label, value, country, issued, expires] =
        ["idType", "idNumber", "idCountry", "issueDate", "expirationDate"].map(|part| node.take_text(part));
    making.leftovers(&node);
    fact(making, &label, &value, &country);
    if !issued.is_empty() || !expires.is_empty() {
        let when = |word: &str, date: &str| if date.is_empty() { String::new() } else { format!("{word} {date}") };
        making.remark(&label, &join(&[value, when("issued", &issued), when("expires", &expires)]));
    }
}

/// A fact of a named sort: a number if the name says so, else a remark.
pub(super) fn fact(making: &mut Making<'_>, label: &str, value: &str, country: &str) {
    let kind = numbers::kind(label);
    let digits = value.bytes().any(|byte| byte.is_ascii_digit());
    match kind {
        _ if label == "Former Vessel Flag" => {
            making.tie("Former Vessel Flag", value, Tie::Other);
            making.remark(label, value);
        }
        NumberKind::Imo => match numbers::imo(value) {
            Some(imo) => making.number(label, NumberKind::Imo, imo, country),
            None => {
                making.note(label, format!("\u{201c}{value}\u{201d} is no number of the IMO"));
                making.number(label, NumberKind::Registration, value, country);
            }
        },
        NumberKind::Wallet => {
            making.number(label, kind, value, country);
            making.remark(label, value);
        }
        NumberKind::Other if label.ends_with("Tail Number") || label.starts_with("Aircraft") && digits => {
            making.number(label, kind, value, country)
        }
        NumberKind::Other => making.remark(label.trim_end_matches([':', ' ', '-']), &join(&[value, country])),
        _ if digits || kind == NumberKind::Bic => making.number(label, kind, value, country),
        _ => making.remark(label, &join(&[value, country])),
    }
}
