//! Judging answers by a rule set, and explaining the result part by part.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Band, Indicator, Regime, RuleSet};
use crate::{
    answers::{Answers, clean_line},
    condition::{Cause, Facts, Truth},
};

/// Points in halves, so that half weights stay whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(u32);

impl Score {
    /// A score of so many half points.
    #[must_use]
    pub const fn from_half_points(halves: u32) -> Self {
        Self(halves)
    }

    /// The score in half points.
    #[must_use]
    pub const fn half_points(self) -> u32 {
        self.0
    }
}

/// As people read it: `6½`.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 2, self.0 % 2) {
            (0, 1) => f.write_str("½"),
            (whole, 0) => write!(f, "{whole}"),
            (whole, _) => write!(f, "{whole}½"),
        }
    }
}

/// What a rule set says about a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The rule set.
    pub rule_set_version: String,
    /// The sum of what the hits count.
    pub score: Score,
    /// The band: from the score, or red by a hard stop.
    pub band: Band,
    /// How many of five cells light up.
    pub cells: u8,
    /// A sign that stops on its own was found.
    pub hard_stop: bool,
    /// The signs found: by group in the rule set's order, within a group the heaviest first.
    pub hits: Vec<Hit>,
}

/// A sign that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Its code.
    pub id: String,
    /// Its group.
    pub group: String,
    /// What it says.
    pub text: String,
    /// Its weight in this report.
    pub weight: u32,
    /// What it adds to the score: its weight, or half of it beside a heavier sign of the group.
    pub counted: Score,
    /// Why it was found, in plain words that name the answer.
    pub reason: String,
    /// The answers that raised it; empty if it was ticked.
    pub causes: Vec<Cause>,
    /// Whether a person ticked it (beside what the rules found).
    pub ticked: bool,
    /// Whether it stops on its own.
    pub hard_stop: bool,
    /// Whether it is our own proposal only.
    pub own_proposal: bool,
    /// Who says that this is a sign.
    pub sources: Vec<HitSource>,
}

/// A source of a sign that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitSource {
    /// Its name, with the place in it.
    pub name: String,
    /// What it is about.
    pub regime: Regime,
    /// Whether it has been verified.
    pub verified: bool,
    /// Where it can be read.
    pub url: Option<String>,
}

/// Judges the answers. Companies' browsers pass the rules of [`RuleSet::for_companies`], and so must the server wherever
/// a company sees the result. Pass only the answers that are asked ([`crate::question::relevant`]).
#[must_use]
pub fn evaluate(rules: &RuleSet, answers: &Answers, facts: &impl Facts) -> Assessment {
    let mut hits = Vec::new();
    for group in &rules.groups {
        let signs = rules.indicators.iter().filter(|sign| sign.group == group.id);
        let mut found: Vec<Hit> = signs.filter_map(|sign| hit(rules, sign, answers, facts)).collect();
        // A stable sort: signs of equal weight stay in the order of the rule set.
        found.sort_by_key(|hit| std::cmp::Reverse(hit.weight));
        for (place, hit) in found.iter_mut().enumerate() {
            hit.counted = Score(if place == 0 { 2 * hit.weight } else { hit.weight });
        }
        hits.append(&mut found);
    }
    let score = Score(hits.iter().map(|hit| hit.counted.0).sum());
    let hard_stop = hits.iter().any(|hit| hit.hard_stop);
    Assessment {
        rule_set_version: rules.version.clone(),
        score,
        band: if hard_stop { Band::Red } else { rules.band(score) },
        cells: if hard_stop { 5 } else { rules.cells(score) },
        hard_stop,
        hits,
    }
}

fn hit(rules: &RuleSet, sign: &Indicator, answers: &Answers, facts: &impl Facts) -> Option<Hit> {
    let ticked = is_ticked(sign, answers);
    let raised = match sign.machine.as_ref().map(|rule| rule.judge(answers, facts)) {
        Some(Truth::Yes(causes)) => Some(causes),
        _ => None,
    };
    if !ticked && raised.is_none() {
        return None;
    }
    let stops = ticked || sign.hard_when.as_ref().is_none_or(|when| when.holds(answers, facts));
    let heavier = sign.heavier.as_ref().filter(|more| more.when.holds(answers, facts));
    let reason = match (&raised, &sign.because) {
        (Some(causes), Some(because)) => explain(because, causes),
        (Some(causes), None) => explain("You answered {value}.", causes),
        (None, _) => TICKED.to_owned(),
    };
    let source = |(source, place): (&super::Source, &str)| HitSource {
        name: [source.name.as_str(), place].join(if place.is_empty() { "" } else { ", " }),
        regime: source.regime,
        verified: source.verified,
        url: source.url.clone(),
    };
    Some(Hit {
        id: sign.id.clone(),
        group: sign.group.clone(),
        text: sign.text.clone(),
        weight: heavier.map_or(sign.weight, |more| more.weight),
        counted: Score::default(),
        reason,
        causes: raised.unwrap_or_default(),
        ticked,
        hard_stop: stops && rules.is_hard_stop(sign),
        own_proposal: rules.is_own_proposal(sign),
        sources: rules.sources_of(sign).map(source).collect(),
    })
}

/// The reason of a sign that a person ticked.
const TICKED: &str = "You ticked this sign.";

/// Ticks stand in `signs.<group>`; one in the wrong field counts as well, one for another side's sign does not.
fn is_ticked(sign: &Indicator, answers: &Answers) -> bool {
    let own = sign.side == super::Side::Both;
    own && answers
        .iter()
        .filter(|(key, _)| key.starts_with("signs."))
        .any(|(_, ticks)| ticks.iter().any(|tick| clean_line(tick) == sign.id))
}

fn explain(because: &str, causes: &[Cause]) -> String {
    let mut values: Vec<&str> = Vec::new();
    for cause in causes {
        if !values.contains(&cause.value.as_str()) {
            values.push(&cause.value);
        }
    }
    because.replacen("{value}", &values.join(", "), 1)
}

#[cfg(test)]
mod tests;
