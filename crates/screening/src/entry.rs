//! Who stands on a list: the record into which every format is read, and by which somebody is asked for.

use domain::{country::Country, date::Date};
use serde::{Deserialize, Serialize};

/// What somebody is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A human being.
    Person,
    /// A company, an authority, a group.
    Organisation,
    /// A ship.
    Vessel,
    /// An aircraft.
    Aircraft,
    /// Nothing known, or something else.
    #[default]
    Any,
}

impl Kind {
    /// By the words people have for it, in English; [`Kind::Any`] for any other.
    #[must_use]
    pub fn said(text: &str) -> Self {
        match text.trim().to_lowercase().as_str() {
            "person" | "individual" => Self::Person,
            "organisation" | "organization" | "company" | "entity" => Self::Organisation,
            "vessel" | "ship" => Self::Vessel,
            "aircraft" => Self::Aircraft,
            _ => Self::Any,
        }
    }
}

/// One entry of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The number the list itself gives it; unique in the list.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// By which it goes; the first is the main one. Never empty.
    pub names: Vec<Name>,
    /// When a person was born, as far as known; several where sources differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub births: Vec<Birth>,
    /// Countries it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<Place>,
    /// Passports, registers, tax numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Where it lives or sits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// Under which programme or regime it is listed, in the list's own codes (`SDNTK`, `UN List: DRC`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<String>,
    /// The list within a file that holds several (the US Consolidated Screening List).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// When it was put on the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed_on: Option<Date>,
    /// What else the list says, as it stands there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

/// A name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Name {
    /// As it is written, in reading order where the list tells parts apart (given names, then family name).
    pub text: String,
    /// What sort of name it is.
    pub role: NameRole,
    /// Which words are the family name, where the list says so; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub family: String,
}

/// What sort of name it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameRole {
    /// The main one.
    #[default]
    Primary,
    /// Also known as; of good quality.
    Alias,
    /// Formerly known as.
    Former,
    /// Also known as, of low quality by the list's own word: a nickname, a war name. Alone it proves little.
    Weak,
}

/// When somebody was born: a day, a month, a year, or some years around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Birth {
    /// The first day it can have been.
    pub from: Date,
    /// The last.
    pub to: Date,
}

/// What ties it to a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Which.
    pub country: Country,
    /// How.
    pub tie: Tie,
}

/// What ties somebody to a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// A citizen of it.
    Nationality,
    /// Born there.
    Birth,
    /// Lives or sits there.
    Address,
    /// Registered there; for a vessel its flag.
    Registration,
    /// The list names it without saying how.
    Other,
}

/// A number that belongs to one only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// What sort of number.
    pub kind: NumberKind,
    /// As it is written.
    pub value: String,
    /// Who gave it, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
}

/// What sort of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    /// A passport.
    Passport,
    /// A number of a person with the state: identity card, social security.
    National,
    /// A tax number, VAT included.
    Tax,
    /// A number in a register of companies.
    Registration,
    /// A legal entity identifier (ISO 17442).
    Lei,
    /// A code of a bank (ISO 9362).
    Bic,
    /// The number of a ship with the International Maritime Organization.
    Imo,
    /// The maritime mobile service identity of a ship.
    Mmsi,
    /// The call sign of a ship.
    CallSign,
    /// An address of a digital currency.
    Wallet,
    /// A bank account.
    Account,
    /// Something else.
    Other,
}

/// Where somebody lives or sits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// Street, town, postcode, region, as far as known, parted by commas.
    pub text: String,
    /// The country, where it is told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
}
