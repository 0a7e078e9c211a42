//! Entities of FollowTheMoney, one JSON object a line, as OpenSanctions and others publish them.
//!
//! People, organisations, vessels and aircraft are entries. What ties them (ownerships, sanctions, addresses) is no
//! entry; it is counted. Where such an entity stands within another one (`targets.nested.json`), it is read there. An
//! address that is only pointed to (`addressEntity`) stays elsewhere in the file and is not looked for: the same text
//! is nearly always in `address` too.

mod schema;

use std::collections::BTreeMap;
use std::io::BufRead;

use serde_json::{Map, Value};

use schema::{COUNTRIES, NUMBERS, PASSED_OVER};

pub(super) use schema::kind;

use super::build::{Making, clean, reading_order};
use super::encoding::{Text, Utf8};
use super::json::Lines;
use super::log::{Log, line};
use super::{Format, LONGEST_RECORD, Refused, Summary, places};
use crate::entry::{Address, Entry, Kind, NameRole, NumberKind, Place, Tie};

/// A schema that is not known is read as an entry of which nothing is known.
pub(super) fn unknown(making: &mut Making<'_>, schema: &str) -> Kind {
    making.note("schema", format!("we do not know the schema \u{201c}{schema}\u{201d}"));
    Kind::Any
}

pub(super) fn read(input: &mut dyn BufRead, keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    let expected = Format::Ftm.label();
    let mut log = Log::default();
    let mut lines = Lines::new(Utf8::new(input, Text::Json, expected, 2 * LONGEST_RECORD));
    let mut begun = false;
    while let Some((at, value)) = lines.next().map_err(|refused| as_first(refused, begun))? {
        let object = match value {
            Value::Object(object) if object.contains_key("schema") && object.contains_key("properties") => object,
            _ if !begun => return Err(other("its first line is no entity with schema and properties")),
            _ => {
                log.note(line(at), "the line is no entity and was left out");
                continue;
            }
        };
        begun = true;
        entity(object, at, &mut log, keep);
    }
    log.finish()
}

fn other(found: &str) -> Refused {
    Refused::OtherFormat { expected: Format::Ftm.label().into(), found: found.into() }
}

/// A first line that is no JSON says that the file is something else.
fn as_first(refused: Refused, begun: bool) -> Refused {
    match refused {
        Refused::Broken { .. } if !begun => other("its first line is no JSON"),
        refused => refused,
    }
}

/// So many family names of one entity are looked at.
const MOST_FAMILIES: usize = 50;

type Properties = BTreeMap<String, Vec<Value>>;

fn entity(mut object: Map<String, Value>, at: u64, log: &mut Log, keep: &mut dyn FnMut(Entry)) {
    let mut text = |key: &str| match object.remove(key) {
        Some(Value::String(text)) => clean(&text),
        _ => String::new(),
    };
    let (id, schema, caption) = (text("id"), text("schema"), text("caption"));
    let Some(kind) = kind(&schema) else { return log.beside(&schema) };
    let mut making = Making::new(log, at, id);
    making.entry.kind = kind.unwrap_or_else(|| unknown(&mut making, &schema));
    let mut properties = properties(&mut making, object.remove("properties").unwrap_or_default());
    names(&mut making, &mut properties, &caption);
    facts(&mut making, &mut properties);
    if let Some(Value::Array(datasets)) = object.remove("datasets") {
        making.entry.source = strings(&datasets).collect::<Vec<_>>().join(";");
    }
    if object.get("target") == Some(&Value::Bool(false)) {
        making.remark("", "Not itself a target; it belongs to one");
    }
    nested(&mut making, &mut properties);
    for (name, values) in properties {
        for value in strings(&values) {
            making.remark(&name, value);
        }
    }
    making.hand_out(keep);
}

/// Lists of values by name; a single value that is no list deviates and is read.
fn properties(making: &mut Making<'_>, value: Value) -> Properties {
    let Value::Object(object) = value else {
        making.note("properties", "they are no object");
        return Properties::new();
    };
    let mut all = Properties::new();
    for (name, value) in object {
        let values = match value {
            Value::Array(values) => values,
            other => {
                making.note(&name, "the value is no list; taken as its only item");
                vec![other]
            }
        };
        all.insert(name, values);
    }
    all
}

fn strings(values: &[Value]) -> impl Iterator<Item = &str> {
    values.iter().filter_map(Value::as_str)
}

fn take(properties: &mut Properties, name: &str) -> Vec<String> {
    strings(&properties.remove(name).unwrap_or_default()).map(clean).filter(|text| !text.is_empty()).collect()
}

fn names(making: &mut Making<'_>, properties: &mut Properties, caption: &str) {
    let parts = ["firstName", "middleName", "fatherName", "lastName"].map(|part| take(properties, part));
    // Nobody has more; each name is compared with each of them.
    let families = &parts[3][..parts[3].len().min(MOST_FAMILIES)];
    let mut all = take(properties, "name");
    // The caption is the name that was chosen to be shown.
    if let Some(place) = all.iter().position(|name| name == caption) {
        all[..=place].rotate_right(1);
    }
    if all.is_empty() {
        let built = parts.iter().filter_map(|part| part.first().map(String::as_str)).collect::<Vec<_>>().join(" ");
        all.push(if built.is_empty() { caption.into() } else { built });
    }
    for (place, name) in all.iter().enumerate() {
        self::name(making, name, families, if place == 0 { NameRole::Primary } else { NameRole::Alias });
    }
    for (property, role) in [
        ("alias", NameRole::Alias),
        ("previousName", NameRole::Former),
        ("pastNames", NameRole::Former),
        ("weakAlias", NameRole::Weak),
        ("abbreviation", NameRole::Weak),
    ] {
        for name in take(properties, property) {
            self::name(making, &name, families, role);
        }
    }
}

/// `FAMILY, Given` is put into reading order where the entity says that the first part is a family name.
fn name(making: &mut Making<'_>, text: &str, families: &[String], role: NameRole) {
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let (turned, family) = reading_order(text);
    if families.iter().any(|known| same(known, &family)) {
        return making.name(&turned, role, &family);
    }
    let lower = text.to_lowercase();
    let within = |family: &&String| {
        lower.split(' ').any(|word| word == family.to_lowercase())
            || lower.ends_with(&format!(" {}", family.to_lowercase()))
    };
    let family = families.iter().filter(within).max_by_key(|family| (text.contains(*family), family.len()));
    making.name(text, role, family.map_or("", String::as_str));
}

fn facts(making: &mut Making<'_>, properties: &mut Properties) {
    for date in take(properties, "birthDate") {
        making.birth("birthDate", &date);
    }
    for (property, tie) in COUNTRIES {
        for code in take(properties, property) {
            match places::by_code(&code) {
                places::Found::Country(country) => making.entry.countries.push(Place { country, tie }),
                _ => {
                    making.tie(property, &code, tie);
                }
            }
        }
    }
    for (property, kind) in NUMBERS {
        for number in take(properties, property) {
            let number =
                if kind == NumberKind::Imo { super::numbers::imo(&number).unwrap_or(&number) } else { &number };
            making.number(property, kind, number, "");
        }
    }
    for address in take(properties, "address") {
        making.entry.addresses.push(Address { text: address, country: None });
    }
    for programme in ["programId", "program"].into_iter().flat_map(|name| take(properties, name)) {
        making.programme(&programme);
    }
}

/// Addresses, sanctions and documents that stand within the entity; what merely points elsewhere is passed over.
fn nested(making: &mut Making<'_>, properties: &mut Properties) {
    for name in PASSED_OVER {
        if let Some(values) = properties.get_mut(name) {
            values.retain(Value::is_object);
        }
    }
    let all: Vec<Value> = properties.values_mut().flat_map(|values| values.extract_if(.., |v| v.is_object())).collect();
    for value in all {
        let Value::Object(mut object) = value else { continue };
        let schema = object.get("schema").and_then(Value::as_str).unwrap_or_default().to_string();
        let mut inner = self::properties(making, object.remove("properties").unwrap_or_default());
        match schema.as_str() {
            "Address" => address(making, &mut inner),
            "Sanction" => {
                for programme in ["programId", "program"].into_iter().flat_map(|name| take(&mut inner, name)) {
                    making.programme(&programme);
                }
                for date in take(&mut inner, "listingDate") {
                    making.listed_on("listingDate", &date);
                }
                for reason in take(&mut inner, "reason") {
                    making.remark("Reason", &reason);
                }
            }
            "Passport" | "Identification" => {
                let kind = if schema == "Passport" { NumberKind::Passport } else { NumberKind::National };
                let country = take(&mut inner, "country").first().map(|code| code.to_uppercase()).unwrap_or_default();
                for number in ["number", "passportNumber"].into_iter().flat_map(|name| take(&mut inner, name)) {
                    making.number("number", kind, &number, &country);
                }
            }
            _ => {}
        }
        making.log.beside(&schema);
    }
}

fn address(making: &mut Making<'_>, inner: &mut Properties) {
    let country = take(inner, "country").first().and_then(|code| places::by_code(code).country());
    if let Some(country) = country {
        making.entry.countries.push(Place { country, tie: Tie::Address });
    }
    for text in take(inner, "full") {
        making.entry.addresses.push(Address { text, country });
    }
}
