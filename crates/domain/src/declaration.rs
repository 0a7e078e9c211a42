//! End-use declarations: a customer states what a substance is for, and the company counts what it delivers against it.
//!
//! - [`template`]: which shapes the laws ask for, as dated data with sources.
//! - [`state`]: where a declaration stands, and what may happen to it.
//! - [`text`]: the words that are signed, made the same way every time, so that their hash proves them.
//! - [`ledger`]: how an order is counted against the quantity that was declared, and when it goes beyond.

pub mod ledger;
pub mod state;
pub mod template;
pub mod text;

use serde::{Deserialize, Serialize};

pub use ledger::{Excess, NotCounted};
pub use state::{Act, NotPossible, State};
pub use template::{Field, FieldKind, Need, Template, Validity};

use crate::{
    date::Date,
    quantity::{Density, Quantity},
};

/// How many days a link can be used to fill in and sign.
pub const LINK_DAYS: i64 = 14;
/// How many days after the signature the link still shows the copy.
pub const COPY_DAYS: i64 = 30;

/// A party as it stands in a declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Address, in lines.
    pub address: String,
    /// Telephone; may be empty.
    pub phone: String,
}

/// What the company puts into a declaration before anybody signs it. The customer sees this and nothing else of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Who delivers.
    pub supplier: Party,
    /// Who declares.
    pub customer: Party,
    /// Whether the particulars of a licence are asked for.
    pub licence: bool,
    /// First and last day, where the shape is for a period.
    pub period: Option<(Date, Date)>,
    /// Codes of the conditions that somebody confirmed.
    pub conditions: Vec<String>,
}

/// A substance of a declaration, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// From 1.
    pub number: i64,
    /// Its handle in the catalogue; empty if it is not there.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Tariff code; may be empty.
    pub code: String,
    /// As it was typed.
    pub amount: String,
    /// What was understood.
    pub quantity: Quantity,
    /// For counting a volume against a mass.
    pub density: Option<Density>,
}
