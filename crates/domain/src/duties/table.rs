//! The table of duties: `data/regimes/`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::DutyKind;
use crate::{country::Jurisdiction, date::Date, organisation::OperatorRole};

/// The trade that a duty is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trade {
    /// All trade, also inside the country.
    #[default]
    Any,
    /// Out of the jurisdiction.
    Export,
    /// Into it.
    Import,
    /// Both.
    Border,
}

/// A duty as law has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Its mark, never used for another.
    pub id: String,
    /// Its kind.
    pub kind: DutyKind,
    /// Where it holds.
    pub jurisdiction: Jurisdiction,
    /// For substances on this list; for any substance without.
    pub list: Option<String>,
    /// In these categories of it; in all if empty.
    #[serde(default)]
    pub categories: Vec<String>,
    /// For these companies; for all if empty.
    #[serde(default)]
    pub roles: Vec<OperatorRole>,
    /// In which trade.
    #[serde(default)]
    pub trade: Trade,
    /// Whether it binds States, and companies only through their law.
    #[serde(default)]
    pub binds_states: bool,
    /// The act.
    pub law: String,
    /// Where in it, if known.
    pub article: Option<String>,
    /// Whether the number of the article was seen in a source.
    #[serde(default)]
    pub article_verified: bool,
    /// What is asked, in a sentence or two.
    pub what: String,
    /// What this catalogue does not know about it, and whom to ask.
    pub unknown: Option<String>,
    /// Years for which papers are kept at least.
    pub years: Option<u16>,
    /// Whether it is in force; one that is not is announced.
    #[serde(default = "yes")]
    pub in_force: bool,
    /// First day; `None` where it is not known.
    pub valid_from: Option<Date>,
    /// Whether that day was seen in a source.
    #[serde(default)]
    pub date_verified: bool,
    /// Last day; `None` while it holds.
    pub valid_to: Option<Date>,
    /// Where it comes from.
    pub source: String,
    /// Where that can be read.
    pub url: Option<String>,
    /// Whether the duty was read there.
    pub verified: bool,
    /// Anything a reader must know.
    pub note: Option<String>,
}

const fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    duty: Vec<Duty>,
}

const FILES: [&str; 6] = [
    include_str!("../../../../data/regimes/eu.toml"),
    include_str!("../../../../data/regimes/gb.toml"),
    include_str!("../../../../data/regimes/us.toml"),
    include_str!("../../../../data/regimes/ca.toml"),
    include_str!("../../../../data/regimes/au.toml"),
    include_str!("../../../../data/regimes/un.toml"),
];

static TABLE: LazyLock<Vec<Duty>> = LazyLock::new(|| {
    let read = |text: &&str| toml::from_str::<File>(text).expect("data/regimes is read by a test").duty;
    FILES.iter().flat_map(read).collect()
});

/// Every duty of the table that ships with the product.
#[must_use]
pub fn table() -> &'static [Duty] {
    &TABLE
}
