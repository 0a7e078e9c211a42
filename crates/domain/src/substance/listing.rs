//! A substance's place on a list: since when, by which act, with which threshold, on whose word.

use serde::{Deserialize, Serialize};

use super::Table;
use crate::country::Jurisdiction;
use crate::date::Date;
use crate::quantity::Quantity;

/// The list whose tables make a substance *scheduled*.
pub(super) const CONVENTION_1988: &str = "un-1988";

/// Who may know something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidentiality {
    /// Anybody.
    #[default]
    Public,
    /// Companies that an authority trusts.
    Trusted,
    /// Authorities only.
    Authority,
}

/// A list of substances that a law or an authority keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The handle that listings refer to.
    pub id: String,
    /// Its name.
    pub name: String,
    /// A mark of a few letters, for tables.
    pub short: String,
    /// Whose list it is.
    pub jurisdiction: Jurisdiction,
    /// The act, convention or notice behind it.
    pub instrument: String,
    /// False for what is not law, such as a proposal: nothing on it is ever in force.
    #[serde(default = "in_force")]
    pub in_force: bool,
    /// What being on it means, in a sentence or two.
    pub duties: String,
    /// The key of its source.
    pub source: String,
}

const fn in_force() -> bool {
    true
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The key that facts refer to.
    pub id: String,
    /// Title of the work or page.
    pub title: String,
    /// Its address, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// True if it is published by the body whose facts they are.
    #[serde(default)]
    pub official: bool,
    /// The day it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_on: Option<Date>,
}

/// One place on one list for one span of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// The list's handle.
    pub list: String,
    /// Whose list it is.
    pub jurisdiction: Jurisdiction,
    /// The table, category, class or schedule, as the list calls it.
    pub category: String,
    /// The first day; nothing if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last day; nothing while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Whether the days were seen in a source.
    #[serde(default)]
    pub date_verified: bool,
    /// The act that put it there.
    pub legal_ref: String,
    /// Quantities from which, or up to which, a duty applies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<Threshold>,
    /// What the list says about mixtures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mixture_rule: Option<MixtureRule>,
    /// Who may know of this place on the list.
    #[serde(default)]
    pub confidentiality: Confidentiality,
    /// Whether the place on the list was seen in a source that can be relied on.
    #[serde(default)]
    pub verified: bool,
    /// True if the list is a proposal: the place on it is told, but is not in force.
    #[serde(default)]
    pub proposed: bool,
    /// The key of the source.
    pub source: String,
    /// Anything a reader must know, such as "said to come into force".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The span over which quantities are added before they are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// Each transaction by itself.
    Transaction,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
    /// One package.
    Package,
}

/// The trade that a threshold is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flow {
    /// All trade.
    #[default]
    Any,
    /// Inside the jurisdiction.
    Domestic,
    /// Into it.
    Import,
    /// Out of it.
    Export,
    /// To the public.
    Retail,
}

/// A quantity at which a duty begins or ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// How much; zero means every transaction.
    #[serde(with = "written_quantity")]
    pub quantity: Quantity,
    /// Over which span.
    pub period: Period,
    /// In which trade.
    #[serde(default)]
    pub flow: Flow,
    /// What changes at that quantity, in a sentence.
    pub duty: String,
    /// Whether the figure was seen in a source that can be relied on. Only then may a rule treat it as hard.
    #[serde(default)]
    pub verified: bool,
    /// The key of the source.
    pub source: String,
}

/// When a mixture is treated like the substance in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MixtureRule {
    /// The share in per cent from which the rule applies, if it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_percent: Option<u8>,
    /// The rule in a sentence.
    pub rule: String,
}

/// Where a substance stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status<'a> {
    /// Its table of the 1988 Convention.
    pub table: Option<Table>,
    /// Every place on a list that is in force.
    pub listings: Vec<&'a Listing>,
}

impl Status<'_> {
    /// Whether it is scheduled: in Table I or II of the 1988 Convention.
    #[must_use]
    pub const fn is_scheduled(&self) -> bool {
        self.table.is_some()
    }

    /// Whether every first and last day behind this answer has been checked.
    #[must_use]
    pub fn dates_verified(&self) -> bool {
        self.listings.iter().all(|listing| listing.date_verified)
    }
}

impl Listing {
    /// Whether it stands on that day. A first day that is not known counts as long past; a proposal never stands.
    #[must_use]
    pub fn in_force(&self, on: Date) -> bool {
        !self.proposed && self.valid_from.is_none_or(|from| from <= on) && self.valid_to.is_none_or(|to| on <= to)
    }

    /// The table of the 1988 Convention, if that is the list.
    #[must_use]
    pub fn table(&self) -> Option<Table> {
        if self.list != CONVENTION_1988 {
            return None;
        }
        match self.category.as_str() {
            "Table I" => Some(Table::I),
            "Table II" => Some(Table::II),
            _ => None,
        }
    }
}

/// Thresholds are written as people write them (`100 l`), and may be zero, which a typed quantity may not.
mod written_quantity {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::quantity::{Dimension, Quantity};

    pub fn serialize<S: Serializer>(quantity: &Quantity, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(quantity)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Quantity, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "0 kg" => Ok(Quantity { base: 0, dimension: Dimension::Mass, packs: None }),
            text => Quantity::parse(text).map_err(D::Error::custom),
        }
    }
}
