//! Everybody in a file who has to be looked for on lists: the firm, its people, its owners, its bank accounts, its sites, who
//! gets the goods and what brings them.

use serde::{Deserialize, Serialize};

use super::{
    Customer, Entry, check,
    spec::{CarrierKind, ConsigneeKind, HolderKind},
};
use crate::{answers::Answers, country::Country, date::Date, fold::words, organisation::coded};

coded! {
    /// What somebody is for the customer.
    PartyRole {
        /// The customer itself.
        Customer = "customer", "The customer";
        /// One of its people.
        Person = "person", "One of its people";
        /// Holds shares in it, directly or through others.
        Owner = "owner", "Owner";
        /// Holder of an account that is paid from.
        AccountHolder = "account_holder", "Holder of an account";
        /// The bank of such an account.
        Bank = "bank", "Bank";
        /// A place where goods go, under a name of its own.
        Site = "site", "Site";
        /// Gets the goods in the customer's place.
        Consignee = "consignee", "Consignee";
        /// Brings the goods.
        Carrier = "carrier", "Carrier";
        /// A ship that brings them.
        Vessel = "vessel", "Ship";
    }
}

/// What somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A human being.
    Person,
    /// A company or another body.
    Organisation,
    /// A ship.
    Vessel,
    /// Not known.
    Unknown,
}

/// When somebody was born: the first and the last day it can have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Birth {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

/// A number that belongs to one only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PartyNumber {
    /// What it is, by the name of its field: `registration_number`, `vat`, `lei`, `iban`, `bic`, `document`, `imo`, `number`.
    pub kind: &'static str,
    /// As it is kept.
    pub value: String,
}

/// Where somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PartyAddress {
    /// Street and number, postcode, town, parted by commas.
    pub text: String,
    /// The country.
    pub country: Option<Country>,
}

/// Somebody to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The part and the entry of the file; 0 for the firm itself.
    pub at: (&'static str, u32),
    /// For the customer.
    pub role: PartyRole,
    /// What it is.
    pub kind: PartyKind,
    /// Every name; the first is the main one. Never empty.
    pub names: Vec<String>,
    /// When a person was born.
    pub birth: Option<Birth>,
    /// Countries it belongs to.
    pub countries: Vec<Country>,
    /// Numbers.
    pub numbers: Vec<PartyNumber>,
    /// Where it is.
    pub addresses: Vec<PartyAddress>,
}

/// Everybody in a file, the firm first. Somebody who stands in it twice comes twice, each time with what is said there; an
/// account holder that is the firm itself does not come again.
#[must_use]
pub fn parties(customer: &Customer) -> Vec<Party> {
    let mut found = Vec::new();
    found.extend(firm(customer));
    found.extend(customer.entries("person").iter().map(|entry| Party {
        birth: birth(&entry.fields),
        numbers: numbers(&entry.fields, &["document"]),
        ..party("person", entry, (PartyRole::Person, PartyKind::Person), "name")
    }));
    found.extend(customer.entries("owner").iter().map(|entry| Party {
        birth: birth(&entry.fields),
        numbers: numbers(&entry.fields, &["number"]),
        ..party("owner", entry, (PartyRole::Owner, owner_kind(&entry.fields)), "holder")
    }));
    for entry in customer.entries("bank") {
        let holder = entry.fields.one("holder");
        if words(holder) != words(customer.name()) {
            found.push(Party {
                numbers: numbers(&entry.fields, &["iban", "account"]),
                countries: Vec::new(),
                ..party("bank", entry, (PartyRole::AccountHolder, PartyKind::Unknown), "holder")
            });
        }
        found.push(Party {
            numbers: numbers(&entry.fields, &["bic"]),
            ..party("bank", entry, (PartyRole::Bank, PartyKind::Organisation), "bank")
        });
    }
    let sites = customer.entries("site").iter();
    found.extend(sites.map(|entry| party("site", entry, (PartyRole::Site, PartyKind::Organisation), "name")));
    found.extend(customer.entries("consignee").iter().map(|entry| Party {
        numbers: numbers(&entry.fields, &["number"]),
        ..party("consignee", entry, (PartyRole::Consignee, consignee_kind(&entry.fields)), "name")
    }));
    found.extend(customer.entries("carrier").iter().map(|entry| Party {
        numbers: numbers(&entry.fields, &["imo", "number"]),
        ..party("carrier", entry, carrier(&entry.fields), "name")
    }));
    found.retain(|party| !party.names.is_empty());
    found
}

fn firm(customer: &Customer) -> Option<Party> {
    let identity = customer.only("identity")?;
    let others = customer.entries("name").iter().map(|entry| entry.fields.one("name").to_owned());
    let addresses = customer.entries("address").iter().filter_map(|entry| country(&entry.fields));
    let mut found = numbers(identity, &["registration_number"]);
    if let Some(fields) = customer.only("numbers") {
        found.extend(numbers(fields, &["vat", "vats", "eori", "lei", "gln", "duns"]));
    }
    let mut countries: Vec<Country> = Vec::new();
    for country in country(identity).into_iter().chain(addresses) {
        if !countries.contains(&country) {
            countries.push(country);
        }
    }
    let names = std::iter::once(identity.one("legal_name").to_owned()).chain(others);
    Some(Party {
        at: ("identity", 0),
        role: PartyRole::Customer,
        kind: PartyKind::Organisation,
        names: names.filter(|name| !name.is_empty()).collect(),
        birth: None,
        countries,
        numbers: found,
        addresses: customer.entries("address").iter().filter_map(address).collect(),
    })
}

fn party(part: &'static str, entry: &Entry, (role, kind): (PartyRole, PartyKind), name: &str) -> Party {
    let others = entry.fields.one("names").lines().map(str::trim);
    let names = std::iter::once(entry.fields.one(name)).chain(others).filter(|name| !name.is_empty());
    Party {
        at: (part, entry.key),
        role,
        kind,
        names: names.map(str::to_owned).collect(),
        birth: None,
        countries: country(&entry.fields).into_iter().collect(),
        numbers: Vec::new(),
        addresses: address(entry).into_iter().collect(),
    }
}

/// Where an entry is: a site says it in one field, the others in several.
fn address(entry: &Entry) -> Option<PartyAddress> {
    let parts = ["address", "street", "postcode", "town"].into_iter().flat_map(|field| entry.fields.one(field).lines());
    let text = parts.map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then(|| PartyAddress { text, country: country(&entry.fields) })
}

fn owner_kind(fields: &Answers) -> PartyKind {
    match HolderKind::from_code(fields.one("kind")) {
        Some(HolderKind::Person) => PartyKind::Person,
        _ => PartyKind::Organisation,
    }
}

fn consignee_kind(fields: &Answers) -> PartyKind {
    match ConsigneeKind::from_code(fields.one("kind")) {
        Some(ConsigneeKind::Person) => PartyKind::Person,
        _ => PartyKind::Organisation,
    }
}

fn carrier(fields: &Answers) -> (PartyRole, PartyKind) {
    match CarrierKind::from_code(fields.one("kind")) {
        Some(CarrierKind::Vessel) => (PartyRole::Vessel, PartyKind::Vessel),
        _ => (PartyRole::Carrier, PartyKind::Organisation),
    }
}

fn country(fields: &Answers) -> Option<Country> {
    Country::parse(fields.one("country")).ok()
}

fn birth(fields: &Answers) -> Option<Birth> {
    check::birth_span(fields.one("birth")).map(|(from, to)| Birth { from, to })
}

fn numbers(fields: &Answers, kinds: &[&'static str]) -> Vec<PartyNumber> {
    let all =
        kinds.iter().flat_map(|kind| fields.many(kind).iter().map(|value| PartyNumber { kind, value: value.clone() }));
    all.filter(|number| !number.value.is_empty()).collect()
}
