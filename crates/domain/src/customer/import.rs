//! Files of customers with one row each: which columns there can be, which part of a file a column is, and what a row makes
//! of a customer's file.
//!
//! A part with several entries has columns by number: `Owner 2: Share in per cent`. What an export writes an import reads.
//! A row adds and changes, it removes nothing: an empty cell leaves what is there, and an entry is recognised by its name.
//! So the same file read twice changes nothing the second time.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{Customer, Entry, Fault, Field, Kind, PARTS, Part};
use crate::{
    answers::{Answers, when::Order},
    fold::{squash, words},
};

/// So many entries of a part have columns.
pub const SLOTS: usize = 20;
/// Of so many of them the columns are offered to choose from; the others are recognised by their titles.
const OFFERED: usize = 3;

/// A column that a file of customers can have.
#[derive(Debug)]
pub struct Target {
    /// By which it is stored: `identity.country`, `owner.2.share`.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The part.
    pub part: &'static Part,
    /// Which entry of the part, from 1.
    pub slot: usize,
    /// The field.
    pub field: &'static Field,
    /// Whether it is offered to choose from.
    pub offered: bool,
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Target {}

static TARGETS: LazyLock<Vec<Target>> = LazyLock::new(|| {
    let slots = |part: &'static Part| 1..=if part.many { SLOTS } else { 1 };
    let all = PARTS.iter().flat_map(|part| slots(part).map(move |slot| (part, slot)));
    all.flat_map(|(part, slot)| part.fields.iter().map(move |field| target(part, slot, field))).collect()
});

fn target(part: &'static Part, slot: usize, field: &'static Field) -> Target {
    let (code, title) = if part.many {
        (format!("{}.{slot}.{}", part.id, field.name), format!("{} {slot}: {}", part.one, field.label))
    } else {
        (format!("{}.{}", part.id, field.name), field.label.to_owned())
    };
    Target { code, title, part, slot, field, offered: slot <= OFFERED }
}

/// Titles in everyday use, squashed.
const ALIASES: &[(&str, &str)] = &[
    ("company", "identity.legal_name"),
    ("companyname", "identity.legal_name"),
    ("customer", "identity.legal_name"),
    ("customername", "identity.legal_name"),
    ("name", "identity.legal_name"),
    ("country", "identity.country"),
    ("countrycode", "identity.country"),
    ("customerno", "identity.own_number"),
    ("customernumber", "identity.own_number"),
    ("customerid", "identity.own_number"),
    ("accountnumber", "identity.own_number"),
    ("debtornumber", "identity.own_number"),
    ("id", "identity.own_number"),
    ("companynumber", "identity.registration_number"),
    ("registration", "identity.registration_number"),
    ("status", "identity.state"),
    ("vat", "numbers.vat"),
    ("vatid", "numbers.vat"),
    ("eori", "numbers.eori"),
    ("duns", "numbers.duns"),
    ("dunsnumber", "numbers.duns"),
    ("address", "address.1.street"),
    ("street", "address.1.street"),
    ("postcode", "address.1.postcode"),
    ("postalcode", "address.1.postcode"),
    ("zip", "address.1.postcode"),
    ("zipcode", "address.1.postcode"),
    ("city", "address.1.town"),
    ("town", "address.1.town"),
    ("iban", "bank.1.iban"),
    ("bic", "bank.1.bic"),
    ("swift", "bank.1.bic"),
    ("website", "web.1.domain"),
    ("domain", "web.1.domain"),
    ("email", "web.1.domain"),
    ("director", "person.1.name"),
    ("contact", "person.1.name"),
    ("owner", "owner.1.holder"),
    ("consignee", "consignee.1.name"),
    ("shipto", "consignee.1.name"),
    ("carrier", "carrier.1.name"),
    ("forwarder", "carrier.1.name"),
    ("substance", "substance.1.name"),
];

impl Target {
    /// Every column, in the order of the file.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &TARGETS
    }

    /// The column with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.code == code)
    }

    /// What a column with this title probably is.
    #[must_use]
    pub fn guess(title: &str) -> Option<&'static Self> {
        let wanted = squash(title);
        let alias = || ALIASES.iter().find(|(name, _)| *name == wanted).and_then(|(_, code)| Self::find(code));
        let named = |target: &&Self| squash(&target.title) == wanted || squash(&target.code) == wanted;
        TARGETS.iter().find(named).or_else(alias)
    }
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// Title of the column; empty if it concerns the row.
    pub column: String,
    /// What is wrong.
    pub message: String,
}

/// What a row makes of a customer's file: cells by their columns.
///
/// # Errors
/// Every fault of the row.
pub fn apply(
    customer: &Customer,
    cells: &[(&'static Target, String)],
    order: Order,
) -> Result<Customer, Vec<CellFault>> {
    let (mut made, mut faults) = (customer.clone(), Vec::new());
    let mut rows: BTreeMap<(usize, usize), Vec<(&'static Field, &str)>> = BTreeMap::new();
    for (target, text) in cells.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let place = PARTS.iter().position(|part| part.id == target.part.id).unwrap_or_default();
        rows.entry((place, target.slot)).or_default().push((target.field, text));
    }
    if !rows.contains_key(&(0, 1)) && made.name().is_empty() {
        return Err(vec![CellFault { column: String::new(), message: "There is no name in this row".to_owned() }]);
    }
    for ((place, slot), cells) in rows {
        let part = &PARTS[place];
        if let Err(wrong) = put(&mut made, part, &cells, order) {
            faults.extend(wrong.into_iter().map(|fault| cell_fault(part, slot, &fault)));
        }
    }
    if faults.is_empty() { Ok(made) } else { Err(faults) }
}

fn cell_fault(part: &'static Part, slot: usize, fault: &Fault) -> CellFault {
    let column = match part.field(fault.field) {
        Some(field) if part.many => format!("{} {slot}: {}", part.one, field.label),
        Some(field) => field.label.to_owned(),
        None => String::new(),
    };
    CellFault { column, message: fault.message.clone() }
}

fn put(made: &mut Customer, part: &Part, cells: &[(&'static Field, &str)], order: Order) -> Result<(), Vec<Fault>> {
    let there = same(made, part, cells);
    let before = there.map(|entry| entry.fields.clone());
    let key = there.map(|entry| entry.key);
    let mut fields = before.clone().unwrap_or_else(|| defaults(made, part));
    for (field, text) in cells {
        fields.set(field.name, [text.trim()]);
    }
    if let Some(before) = &before {
        // Several texts of one field are one cell.
        let kept = part.fields.iter().filter(|field| !cells.iter().any(|(given, _)| given.name == field.name));
        for field in kept.filter(|field| matches!(field.kind, Kind::Vats)) {
            fields.set(field.name, [before.many(field.name).join("\n")]);
        }
    }
    made.put(part, key, &fields, order).map(drop)
}

/// The entry that the cells are about: the only one of its part, or the one with the same name.
fn same<'c>(made: &'c Customer, part: &Part, cells: &[(&'static Field, &str)]) -> Option<&'c Entry> {
    if !part.many {
        return made.entries(part.id).first();
    }
    let cell = |name: &str| cells.iter().find(|(field, _)| field.name == name).map(|(_, text)| words(text));
    let name = cell(part.named_by)?;
    // One holder may hold shares in several.
    let of = cell("of").filter(|_| part.id == "owner");
    let held = |entry: &Entry| {
        let owner = entry.fields.one("of").parse().ok().and_then(|key| made.entry("owner", key));
        words(owner.map_or_else(|| made.name(), |owner| owner.fields.one("holder")))
    };
    let fits = |entry: &&Entry| {
        words(entry.fields.one(part.named_by)) == name && of.as_ref().is_none_or(|of| held(entry) == *of)
    };
    made.entries(part.id).iter().find(fits)
}

/// What stands in fields that a file seldom has.
fn defaults(made: &Customer, part: &Part) -> Answers {
    let mut fields = Answers::new();
    let country = made.text("identity", "country");
    let rows: &[(&str, &str)] = match part.id {
        "name" => &[("kind", "trading")],
        "address" => &[("kind", "registered"), ("country", country)],
        "site" => &[("licensed", "unknown"), ("country", country)],
        "consignee" => &[("kind", "company"), ("country", country)],
        "carrier" => &[("kind", "firm")],
        "person" => &[("roles", "contact")],
        "bank" => &[("holder", made.name())],
        _ => &[],
    };
    for (field, text) in rows.iter().filter(|(_, text)| !text.is_empty()) {
        fields.set(field, [*text]);
    }
    fields
}

/// A file as cells: what [`apply`] makes the same file of. Entries beyond [`SLOTS`] are left out.
#[must_use]
pub fn cells(customer: &Customer) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    for target in Target::all() {
        let Some(entry) = customer.entries(target.part.id).get(target.slot - 1) else { continue };
        let texts = entry.fields.many(target.field.name);
        let text = match target.field.kind {
            Kind::Held => {
                let owner = texts.first().and_then(|key| key.parse().ok()).and_then(|key| customer.entry("owner", key));
                owner.map_or_else(String::new, |owner| owner.fields.one("holder").to_owned())
            }
            Kind::Vats => texts.join("\n"),
            _ => texts.join("; "),
        };
        if !text.is_empty() {
            found.insert(target.code.as_str(), text);
        }
    }
    found
}

/// The columns that a list of such cells needs, in the order of the file.
#[must_use]
pub fn columns<'c>(rows: impl Iterator<Item = &'c BTreeMap<&'static str, String>>) -> Vec<&'static Target> {
    let used: BTreeSet<&str> = rows.flat_map(|row| row.keys().copied()).collect();
    let always = |target: &Target| target.part.id == "identity";
    Target::all().iter().filter(|target| always(target) || used.contains(target.code.as_str())).collect()
}
