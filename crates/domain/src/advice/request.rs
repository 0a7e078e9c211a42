//! What a company sends when it asks: nothing else of its files goes along.

use serde::{Deserialize, Serialize};

use crate::{answers::when::LocalTime, country::Country, report::Party};

/// Lines for substances in the form.
pub const GOODS: u32 = 3;

/// What is to be sold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Good {
    /// As the company calls it.
    pub name: String,
    /// Its CAS number as typed; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cas: String,
    /// How much, as typed.
    pub quantity: String,
    /// The catalogue's entry, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
}

/// One planned sale, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Who buys.
    pub customer: Party,
    /// Who gets the goods, if that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consignee: Option<Party>,
    /// Where they go.
    pub country: Country,
    /// What.
    pub goods: Vec<Good>,
    /// What for, as the customer declared it.
    pub declared_use: String,
    /// When the goods are to leave, on the clock of the company.
    pub delivery: LocalTime,
    /// What worries the company, in its words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub worry: String,
    /// Codes of signs that fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<String>,
}

impl Request {
    /// Substances and amounts in one line, for lists.
    #[must_use]
    pub fn headline(&self) -> String {
        let goods = self.goods.iter().map(|good| format!("{}, {}", good.name, good.quantity));
        goods.collect::<Vec<_>>().join("; ").chars().take(200).collect()
    }

    /// Everybody whom it names.
    pub fn parties(&self) -> impl Iterator<Item = &Party> {
        std::iter::once(&self.customer).chain(&self.consignee)
    }
}
