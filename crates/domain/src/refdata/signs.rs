//! Indicators as reference data: words and weights of the signs, and from how many points on a report is amber or red.
//!
//! What raises a sign is a rule of the program and stays with it. A version says what each sign of the
//! program says and how much it weighs; [`Signs::applied_to`] puts that over a rule set.

use serde::{Deserialize, Serialize};

use super::{Breach, Kind, Row, Scope, Sheet};
use crate::indicator::{Indicator, RuleSet};

/// Words and weights of signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signs {
    /// The signs.
    sign: Vec<Sign>,
    /// From where on a report is amber and red, and cells light up.
    limit: Vec<Limit>,
}

/// A sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// Its code in the rule set.
    pub id: String,
    /// What it says.
    pub text: String,
    /// What is said when the rules found it.
    pub because: Option<String>,
    /// 1 (slight) to 5 (grave); 0 counts nothing.
    pub weight: u32,
    /// Its weight in the circumstances that the rule set names.
    pub heavier: Option<u32>,
}

/// A limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// `amber`, `red`, or `cell_1` to `cell_5`.
    pub name: String,
    /// Half points from which it is met.
    pub half_points: u32,
}

/// Limits and what they are called.
pub(super) const LIMITS: [(&str, &str); 7] = [
    ("amber", "Amber from"),
    ("red", "Red from"),
    ("cell_1", "One cell from"),
    ("cell_2", "Two cells from"),
    ("cell_3", "Three cells from"),
    ("cell_4", "Four cells from"),
    ("cell_5", "Five cells from"),
];

impl Signs {
    fn limit(&self, name: &str) -> Option<u32> {
        self.limit.iter().find(|limit| limit.name == name).map(|limit| limit.half_points)
    }

    /// The rules with these words and weights. `edition` goes behind the version, so that an assessment names both.
    #[must_use]
    pub fn applied_to(&self, rules: &RuleSet, edition: &str) -> RuleSet {
        let mut rules = rules.clone();
        rules.version = format!("{}+{edition}", rules.version);
        rules.amber = self.limit("amber").unwrap_or(rules.amber);
        rules.red = self.limit("red").unwrap_or(rules.red);
        for (place, cell) in rules.cells.iter_mut().enumerate() {
            *cell = self.limit(&format!("cell_{}", place + 1)).unwrap_or(*cell);
        }
        // A sign that a newer program brings counts as it weighs it, until a version says something about it.
        for sign in &mut rules.indicators {
            if let Some(own) = self.sign.iter().find(|own| own.id == sign.id).cloned() {
                (sign.text, sign.because, sign.weight) = (own.text, own.because, own.weight);
                if let Some((heavier, weight)) = sign.heavier.as_mut().zip(own.heavier) {
                    heavier.weight = weight;
                }
            }
        }
        rules
    }
}

/// Version 0: what the program's rules say.
pub(super) fn shipped() -> Sheet {
    let rules = RuleSet::latest();
    let mut sheet = Sheet::default();
    *sheet.rows_mut("sign") = rules.indicators.iter().map(sign_row).collect();
    let points = [rules.amber, rules.red].into_iter().chain(rules.cells);
    *sheet.rows_mut("limit") = LIMITS.iter().zip(points).map(|((name, _), points)| limit_row(name, points)).collect();
    sheet
}

fn sign_row(sign: &Indicator) -> Row {
    let mut row = Row::default();
    row.set("id", &sign.id);
    row.set("text", &sign.text);
    row.set("because", sign.because.clone().unwrap_or_default());
    row.set("weight", sign.weight.to_string());
    row.set("heavier", sign.heavier.as_ref().map(|more| more.weight.to_string()).unwrap_or_default());
    row
}

fn limit_row(name: &str, points: u32) -> Row {
    let mut row = Row::default();
    row.set("name", name);
    row.set("half_points", points.to_string());
    row
}

/// What holds between the rows.
pub(super) fn check(data: &Signs) -> Vec<Breach> {
    let rules = RuleSet::latest();
    let table = |name| Kind::Indicators.table(Scope::Everybody, name).expect("indicators have this table");
    let (signs, limits) = (table("sign"), table("limit"));
    let sign = |(place, sign): (usize, &Sign)| {
        let earlier = data.sign[..place].iter().any(|other| other.id == sign.id);
        let words = match rules.find(&sign.id) {
            None => "There is no sign with this code. What raises a sign is part of the program.",
            Some(_) if earlier => "Another row has this code.",
            Some(known) if known.heavier.is_some() != sign.heavier.is_some() => {
                let words = match known.heavier {
                    Some(_) => "This sign weighs more in certain circumstances: say how much.",
                    None => "This sign weighs the same in all circumstances: leave it empty.",
                };
                return Some(Breach::of(signs, words).in_row(place).at_name("heavier"));
            }
            Some(_) => return None,
        };
        Some(Breach::of(signs, words).in_row(place).at_name("id"))
    };
    let mut breaches: Vec<Breach> = data.sign.iter().enumerate().filter_map(sign).collect();
    let missing = rules.indicators.iter().filter(|known| data.sign.iter().all(|sign| sign.id != known.id));
    breaches.extend(missing.map(|known| {
        Breach::of(signs, format!("The sign {} is missing. A weight of 0 takes one out of the score.", known.id))
    }));
    let points: Vec<Option<u32>> = LIMITS.iter().map(|(name, _)| data.limit(name)).collect();
    if data.limit.len() != LIMITS.len() || points.contains(&None) {
        breaches.push(Breach::of(limits, "Keep each limit exactly once."));
    } else if points[0] >= points[1] {
        breaches.push(Breach::of(limits, "Red begins after amber."));
    } else if !points[2..].is_sorted_by(|one, next| one < next) {
        breaches.push(Breach::of(limits, "Each cell begins after the one before."));
    }
    breaches
}
