//! Versions of the rules, as they ship.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Band, Sign};
use crate::{country::Country, date::Date, quantity::Quantity};

/// The versions, the first one first. To add one: its file under `data/risk-rules/`, its line here.
const FILES: &[&str] = &[include_str!("../../../../data/risk-rules/2026-11-01.toml")];

static VERSIONS: LazyLock<Vec<Rules>> = LazyLock::new(|| {
    FILES.iter().map(|file| Rules::from_toml(file).expect("data/risk-rules is read by a test")).collect()
});

/// A version of the rules.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// From which day on it holds; also its name.
    pub from: Date,
    /// From how many points on a file is in a band.
    pub bands: Bands,
    /// How long a decision holds.
    pub review: Review,
    /// The signs and what they weigh.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

/// From how many points on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    medium: u32,
    high: u32,
}

/// Months until the next review that may be chosen, by band; the last one is the usual one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    low: Vec<u32>,
    medium: Vec<u32>,
    high: Vec<u32>,
}

impl Review {
    /// The months that may be chosen; the last one is the usual and the longest.
    #[must_use]
    pub fn months(&self, band: Band) -> &[u32] {
        match band {
            Band::Low => &self.low,
            Band::Medium => &self.medium,
            Band::High => &self.high,
        }
    }

    /// The usual one.
    #[must_use]
    pub fn usual(&self, band: Band) -> u32 {
        self.months(band).last().copied().unwrap_or(12)
    }
}

/// What a sign weighs and says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its handle, kept with ratings: never used again for something else.
    pub id: String,
    /// What is looked for.
    pub sign: Sign,
    /// What it weighs.
    pub points: u32,
    /// A band that it alone brings.
    #[serde(default)]
    pub at_least: Option<Band>,
    /// What was found, in words; `{about}` is what or whom it is about.
    pub text: String,
    /// What would change it.
    pub change: String,
    /// Where it comes from.
    pub source: String,
    /// Countries, for signs of places.
    #[serde(default)]
    pub countries: Vec<Country>,
    /// Folded words, for signs of addresses.
    #[serde(default)]
    pub words: Vec<String>,
    /// Tables, categories and classes, for signs of substances.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Kinds of documents.
    #[serde(default)]
    pub documents: Vec<String>,
    /// Months, for signs of time.
    #[serde(default)]
    pub months: u32,
    /// Per cent.
    #[serde(default)]
    pub per_cent: u32,
    /// An amount by mass, for signs of quantity.
    #[serde(default, deserialize_with = "amount")]
    pub amount: Option<Quantity>,
}

fn amount<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Quantity>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Quantity::parse(&text).map(Some).map_err(serde::de::Error::custom)
}

impl Rules {
    /// Reads a version.
    ///
    /// # Errors
    /// The reader's own words, for whoever writes the file.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// What holds on a day; before the first version, the first.
    #[must_use]
    pub fn on(day: Date) -> &'static Self {
        VERSIONS.iter().rfind(|rules| rules.from <= day).unwrap_or(&VERSIONS[0])
    }

    /// The version with this name.
    #[must_use]
    pub fn of_version(version: &str) -> Option<&'static Self> {
        VERSIONS.iter().find(|rules| rules.version() == version)
    }

    /// Every version, the first one first.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &VERSIONS
    }

    /// Its name: the day from which on it holds.
    #[must_use]
    pub fn version(&self) -> String {
        self.from.to_string()
    }

    /// Whether a higher band asks for more points.
    #[must_use]
    pub const fn bands_are_ordered(&self) -> bool {
        0 < self.bands.medium && self.bands.medium < self.bands.high
    }

    /// The band of so many points.
    #[must_use]
    pub const fn band(&self, points: u32) -> Band {
        if points >= self.bands.high {
            Band::High
        } else if points >= self.bands.medium {
            Band::Medium
        } else {
            Band::Low
        }
    }
}
