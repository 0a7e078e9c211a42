//! The consolidated financial sanctions of the European Union (FSF, version 1.1): nearly everything is in attributes.
//!
//! The number of an entry is its EU reference number (`EU.27.28`).

use std::io::BufRead;

use super::build::{Making, join};
use super::encoding::{Text, Utf8};
use super::log::{Log, line};
use super::xml::{Node, Part, Shape, walk};
use super::{Format, LONGEST_RECORD, Refused, Summary, numbers};
use crate::entry::{Entry, Kind, NameRole, Tie};

const SHAPE: Shape = Shape { expected: Format::Eu.label(), root: "export", records: &["sanctionEntity"] };
/// Which act added which line: of no use to anybody who compares names. So are the list's inner numbers.
const PASSED_OVER: [&str; 5] = ["regulationSummary", "regulationLanguage", "logicalId", "calendarType", "dayOfMonth"];

pub(super) fn read(input: &mut dyn BufRead, keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    let mut log = Log::default();
    walk(Utf8::new(input, Text::Xml, SHAPE.expected, LONGEST_RECORD), &SHAPE, &mut |part| {
        match part {
            Part::Root(mut root) => {
                log.summary.generated = Some(root.attribute("generationDate")).filter(|date| !date.is_empty());
            }
            Part::Stray(name, at, text) => log.note(line(at), format!("text stands in {name}: {text}")),
            Part::Record(node) => entry(node, &mut log, keep),
        }
        Ok(())
    })?;
    log.finish()
}

fn entry(mut node: Node, log: &mut Log, keep: &mut dyn FnMut(Entry)) {
    let (reference, number) = (node.attribute("euReferenceNumber"), node.attribute("logicalId"));
    let mut making = Making::new(log, node.line, if reference.is_empty() { number } else { reference });
    for mut kind in node.take("subjectType") {
        making.entry.kind = self::kind(&mut making, &kind.attribute("code"), &kind.attribute("classificationCode"));
        making.leftovers(&kind);
    }
    for alias in node.take("nameAlias") {
        name(&mut making, alias);
    }
    for birth in node.take("birthdate") {
        self::birth(&mut making, birth);
    }
    for mut citizenship in node.take("citizenship") {
        citizenship.pass_over(&PASSED_OVER);
        let country = country(&mut citizenship);
        making.tie("citizenship", &country, Tie::Nationality);
        making.remark("Citizenship", &citizenship.attribute("region"));
        remarks(&mut making, citizenship);
    }
    for address in node.take("address") {
        self::address(&mut making, address);
    }
    for identification in node.take("identification") {
        self::identification(&mut making, identification);
    }
    making.listed_on("designationDate", &node.attribute("designationDate"));
    for regulation in node.take("regulation") {
        self::regulation(&mut making, regulation);
    }
    making.remark("Designation", &node.attribute("designationDetails"));
    making.remark("United Nations", &node.attribute("unitedNationId"));
    remarks(&mut making, node);
    making.hand_out(keep);
}

/// What may stand everywhere: remarks; the rest is not known.
fn remarks(making: &mut Making<'_>, mut node: Node) {
    for mut remark in node.take("remark") {
        making.remark("", &remark.own_text());
    }
    making.leftovers(&node);
}

fn kind(making: &mut Making<'_>, code: &str, letter: &str) -> Kind {
    match (code, letter) {
        ("person", _) | ("", "P") => Kind::Person,
        ("enterprise", _) | ("", "E") => Kind::Organisation,
        ("vessel" | "ship", _) => Kind::Vessel,
        (other, _) => {
            making.note("subjectType", format!("we do not know the type \u{201c}{other}\u{201d}"));
            Kind::Any
        }
    }
}

fn name(making: &mut Making<'_>, mut alias: Node) {
    alias.pass_over(&PASSED_OVER);
    alias.pass_over(&["nameLanguage"]);
    let [first, middle, last, whole] =
        ["firstName", "middleName", "lastName", "wholeName"].map(|part| alias.attribute(part));
    let strong = alias.attribute("strong");
    // The first strong one becomes the main name.
    let role = match strong.as_str() {
        "false" => NameRole::Weak,
        "true" | "" => NameRole::Alias,
        other => {
            making.note("strong", format!("\u{201c}{other}\u{201d} is neither true nor false; taken for true"));
            NameRole::Alias
        }
    };
    let text = if whole.is_empty() { [first, middle, last.clone()].join(" ") } else { whole };
    let family = if text.contains(&last) { last.as_str() } else { "" };
    making.name(&text, role, family);
    for (attribute, heading) in [("title", "Title"), ("function", "Function"), ("gender", "Gender")] {
        making.remark(heading, &alias.attribute(attribute));
    }
    remarks(making, alias);
}

/// The code, which may be missing or `00`, then the name.
fn country(node: &mut Node) -> String {
    let (code, name) = (node.attribute("countryIso2Code"), node.attribute("countryDescription"));
    if code.is_empty() || code == "00" { name } else { code }
}

fn birth(making: &mut Making<'_>, mut birth: Node) {
    birth.pass_over(&PASSED_OVER);
    let [date, year, month, from, to, circa] =
        ["birthdate", "year", "monthOfYear", "yearRangeFrom", "yearRangeTo", "circa"].map(|part| birth.attribute(part));
    let about = if circa == "true" { "circa " } else { "" };
    let known = |text: &str| !text.is_empty() && text != "0";
    if known(&date) {
        making.birth("birthdate", &format!("{about}{date}"));
    } else if known(&from) || known(&to) {
        let (from, to) = (if known(&from) { &from } else { &to }, if known(&to) { &to } else { &from });
        making.birth("birthdate", &format!("{about}{from} to {to}"));
    } else if known(&year) && known(&month) {
        making.birth("birthdate", &format!("{about}{year}-{month}"));
    } else if known(&year) {
        making.birth("birthdate", &format!("{about}{year}"));
    }
    let parts = ["place", "city", "zipCode", "region"].map(|part| birth.attribute(part));
    let country = country(&mut birth);
    if country != "UNKNOWN" {
        making.tie("birthdate", &country, Tie::Birth);
    }
    making.remark("Place of birth", &join(&parts));
    remarks(making, birth);
}

fn address(making: &mut Making<'_>, mut address: Node) {
    address.pass_over(&PASSED_OVER);
    let listed = address.attribute("asAtListingTime");
    let parts = ["street", "place", "poBox", "zipCode", "city", "region"].map(|part| address.attribute(part));
    making.address("address", &parts, &country(&mut address));
    if listed == "true" {
        making.remark("Address at the time of listing", &join(&parts));
    }
    making.remark("Contact", &address.attribute("contactInfo"));
    // What there is to reach somebody: <contactInfo key="EMAIL" value="…"/>
    for mut contact in address.take("contactInfo") {
        let key = contact.attribute("key");
        making.remark(&key, &contact.attribute("value"));
        making.leftovers(&contact);
    }
    remarks(making, address);
}

fn identification(making: &mut Making<'_>, mut document: Node) {
    document.pass_over(&PASSED_OVER);
    let [code, description, number, latin, issuer, name, region, issued, from, to] = [
        "identificationTypeCode",
        "identificationTypeDescription",
        "number",
        "latinNumber",
        "issuedBy",
        "nameOnDocument",
        "region",
        "issuedDate",
        "validFrom",
        "validTo",
    ]
    .map(|part| document.attribute(part));
    let flags = ["diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer"]
        .into_iter()
        .filter(|flag| document.attribute(flag) == "true");
    let flags = flags.collect::<Vec<_>>().join(", ");
    let country = country(&mut document);
    let kind = numbers::kind(&format!("{code} {description}"));
    making.number("identification", kind, if number.is_empty() { &latin } else { &number }, &country);
    if !number.is_empty() {
        making.number("identification", kind, &latin, &country);
    }
    let details = join(&[issuer, name, region, issued, from, to, flags]);
    if !details.is_empty() {
        making.remark(if description.is_empty() { &code } else { &description }, &join(&[number, details]));
    }
    remarks(making, document);
}

fn regulation(making: &mut Making<'_>, mut regulation: Node) {
    regulation.pass_over(&PASSED_OVER);
    regulation.pass_over(&["regulationType", "organisationType"]);
    making.programme(&regulation.attribute("programme"));
    let [title, published, force] =
        ["numberTitle", "publicationDate", "entryIntoForceDate"].map(|part| regulation.attribute(part));
    if making.entry.listed_on.is_none() {
        making.listed_on("publicationDate", if published.is_empty() { &force } else { &published });
    }
    making.remark("Regulation", &title);
    regulation.pass_over(&["publicationUrl"]);
    remarks(making, regulation);
}
