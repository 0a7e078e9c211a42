//! What is known beside the name: numbers, births, countries, addresses. It supports a likeness of names or contradicts it; a number
//! that belongs to one only decides alone.

use domain::country::Country;
use serde::{Deserialize, Serialize};

use crate::{
    address,
    entry::{Address, Birth, Entry, Identifier, Kind, NumberKind},
};

/// Who is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What they are.
    pub kind: Kind,
    /// Their names, in any script and order.
    pub names: Vec<String>,
    /// When a person was born.
    #[serde(default)]
    pub births: Vec<Birth>,
    /// Countries they have to do with.
    #[serde(default)]
    pub countries: Vec<Country>,
    /// Their numbers.
    #[serde(default)]
    pub identifiers: Vec<Identifier>,
    /// Where they live or sit, each with its street, its town and other parts parted by commas.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
}

/// What a list knows of an entry beside its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    births: Vec<Birth>,
    countries: Vec<Country>,
    identifiers: Vec<(NumberKind, String)>,
    addresses: Box<[address::Known]>,
}

impl Facts {
    /// Of an entry.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        let mut countries: Vec<Country> = entry.countries.iter().map(|place| place.country).collect();
        countries.extend(entry.addresses.iter().filter_map(|address| address.country));
        countries.sort_unstable();
        countries.dedup();
        let identifiers = entry.identifiers.iter().map(|number| (number.kind, bare_number(&number.value)));
        let addresses = entry.addresses.iter().filter_map(address::Known::of).collect();
        Self { births: entry.births.clone(), countries, identifiers: identifiers.collect(), addresses }
    }
}

/// Something that speaks for an entry or against it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Support {
    /// The same number.
    SameNumber {
        /// Which.
        value: String,
    },
    /// Born on the same day.
    SameBirthday,
    /// Day and month are the other way round.
    SwappedBirthday,
    /// Born in the same year, or in the years the list gives.
    SameBirthYear,
    /// Born a year or two apart.
    NearBirthYear,
    /// Born further apart.
    OtherBirthYear,
    /// A country in common.
    SameCountry {
        /// Which.
        country: Country,
    },
    /// Countries are known of both, and none is the same.
    OtherCountry,
    /// The same street, number and town.
    SameAddress {
        /// The words that are the same.
        shared: String,
    },
    /// A town in common.
    SameTown {
        /// Which.
        town: String,
    },
}

impl Support {
    /// What is left of the doubt (below 1: it supports), or what is left of the score (it contradicts).
    const fn effect(&self) -> Effect {
        match self {
            Self::SameNumber { .. } => Effect::Decides,
            Self::SameBirthday => Effect::Supports(0.5),
            Self::SwappedBirthday => Effect::Supports(0.7),
            Self::SameBirthYear => Effect::Supports(0.8),
            Self::NearBirthYear => Effect::Contradicts(0.97),
            Self::OtherBirthYear => Effect::Contradicts(0.8),
            Self::SameCountry { .. } => Effect::Supports(0.92),
            Self::OtherCountry => Effect::Contradicts(0.96),
            Self::SameAddress { .. } => Effect::Supports(0.7),
            Self::SameTown { .. } => Effect::Supports(0.95),
        }
    }
}

#[derive(Clone, Copy)]
enum Effect {
    Decides,
    Supports(f32),
    Contradicts(f32),
}

/// Shorter numbers are no proof of anything.
pub const SHORTEST_NUMBER: usize = 5;

/// A number without blanks and signs, in capitals.
#[must_use]
pub fn bare_number(value: &str) -> String {
    value.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// A number that both have. Kinds must agree where both are told apart.
#[must_use]
pub fn same_number(asked: &Asked, known: &Facts) -> Option<String> {
    let fits = |number: &&Identifier| {
        let value = bare_number(&number.value);
        let digits = value.chars().filter(char::is_ascii_digit).count();
        value.len() >= SHORTEST_NUMBER
            && digits >= 3
            && known.identifiers.iter().any(|(kind, with)| *with == value && may_be_one(*kind, number.kind))
    };
    asked.identifiers.iter().find(fits).map(|number| number.value.clone())
}

/// Whether two kinds of numbers may be the same one under two headings.
fn may_be_one(one: NumberKind, other: NumberKind) -> bool {
    let vague =
        |kind| matches!(kind, NumberKind::Other | NumberKind::National | NumberKind::Tax | NumberKind::Registration);
    one == other || vague(one) && vague(other) || one == NumberKind::Other || other == NumberKind::Other
}

/// The score of names, after what else is known has been heard, and what that was.
#[must_use]
pub fn weigh(names: f32, asked: &Asked, known: &Facts) -> (f32, Vec<Support>) {
    let number = same_number(asked, known).map(|value| Support::SameNumber { value });
    let lives = address::compare(&asked.addresses, &known.addresses);
    let heard = [number, birth(asked, known), country(asked, known), lives];
    let support: Vec<Support> = heard.into_iter().flatten().collect();
    let score = support.iter().fold(names, |score, support| match support.effect() {
        Effect::Decides => 1.0,
        Effect::Supports(doubt) if score < 1.0 => 1.0 - (1.0 - score) * doubt,
        Effect::Contradicts(rest) if score < 1.0 || names >= 1.0 => score * rest,
        _ => score,
    });
    let decided = matches!(support.first(), Some(Support::SameNumber { .. }));
    (if decided { 1.0 } else { score }, support)
}

fn birth(asked: &Asked, known: &Facts) -> Option<Support> {
    let pairs = asked.births.iter().flat_map(|one| known.births.iter().map(move |other| births(one, other)));
    pairs.min_by_key(|support| match support {
        Support::SameBirthday => 0,
        Support::SwappedBirthday => 1,
        Support::SameBirthYear => 2,
        Support::NearBirthYear => 3,
        _ => 4,
    })
}

fn births(one: &Birth, other: &Birth) -> Support {
    let exact = |birth: &Birth| birth.from == birth.to;
    if exact(one) && exact(other) {
        let (a, b) = (one.from, other.from);
        if a == b {
            return Support::SameBirthday;
        }
        if (a.year(), a.month(), a.day()) == (b.year(), b.day(), b.month()) {
            return Support::SwappedBirthday;
        }
    }
    let apart = match () {
        () if one.from.year() > other.to.year() => one.from.year() - other.to.year(),
        () if other.from.year() > one.to.year() => other.from.year() - one.to.year(),
        () => 0,
    };
    match apart {
        0 => Support::SameBirthYear,
        1 | 2 => Support::NearBirthYear,
        _ => Support::OtherBirthYear,
    }
}

fn country(asked: &Asked, known: &Facts) -> Option<Support> {
    if asked.countries.is_empty() || known.countries.is_empty() {
        return None;
    }
    let shared = asked.countries.iter().find(|country| known.countries.contains(country));
    Some(shared.map_or(Support::OtherCountry, |country| Support::SameCountry { country: *country }))
}
