//! Red flags: signs that make a report suspicious, weighed by a rule set that is data.
//!
//! A rule set (`data/indicators/`) lists the signs with their weights, sources and conditions. [`evaluate`] judges a
//! report's answers by it and explains every sign it counts: which answer raised it, how much it weighs, who says so.
//! The same function runs in the browser while the form is filled in and on the server when the report is sent; it has
//! no clock, no chance and no floating point, so both come to the same result, and an old report can be judged again
//! under the rule set of its day.
//!
//! Rules all guides share: no single sign proves anything; a report without any sign can be sent like every other; who
//! somebody is (nationality, religion, language) is never a sign. A sign that needs knowledge the form does not hold,
//! such as earlier orders, is silent until somebody who has it evaluates ([`crate::condition::Facts`]). A source that
//! nobody has verified never makes a hard stop.

use serde::{Deserialize, Serialize};

use crate::{condition::Condition, organisation::coded};

#[cfg(not(target_arch = "wasm32"))]
mod embedded;
mod evaluate;
mod facts;
mod substances;

pub use evaluate::{Assessment, Hit, HitSource, Score, evaluate};
pub use facts::{About, FormFacts, ListedAs, OUTSIDE_FACTS, Substances, is_form_fact};

coded! {
    /// How urgent the red flags of a report make it.
    Band {
        /// Few or no signs.
        Green = "green", "Low";
        /// Signs that ask for a documented check before delivery.
        Amber = "amber", "Medium";
        /// Many or grave signs, or a hard stop.
        Red = "red", "High";
    }
}

coded! {
    /// What kind of rules a source is about. A duty under one is never shown as a duty under another.
    Regime {
        /// Drug precursors.
        DrugPrecursors = "drug_precursors", "Drug precursors";
        /// Explosives precursors and poisons.
        ExplosivesPrecursors = "explosives_precursors", "Explosives precursors and poisons";
        /// Controlled medicines.
        Medicines = "medicines", "Controlled medicines";
        /// Checks of orders in general.
        OrderChecks = "order_checks", "Order checks in general";
        /// Nobody's rule yet.
        Proposal = "proposal", "Proposal";
    }
}

coded! {
    /// Who may see and evaluate a sign.
    Side {
        /// Company and authority.
        Both = "both", "Company and authority";
        /// The authority only.
        Authority = "authority", "Authority only";
    }
}

coded! {
    /// What is needed beyond the form to judge a sign.
    Needs {
        /// The customer's earlier orders.
        History = "history", "the customer's earlier orders";
        /// Reported and refused parties, and earlier adverts.
        WatchList = "watch_list", "earlier reports";
        /// Results of name screening.
        Screening = "screening", "the result of screening";
        /// Lists that only authorities hold.
        RestrictedLists = "restricted_lists", "lists held by the authority";
        /// Pre-export notifications.
        Notifications = "notifications", "pre-export notifications";
    }
}

/// One version of the rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// The version, such as `2026-11`; stands on every assessment.
    pub version: String,
    /// Half points from which a report is amber.
    pub amber: u32,
    /// Half points from which a report is red.
    pub red: u32,
    /// Half points from which one, two … five cells light up; ascending.
    pub cells: [u32; 5],
    /// Numbers of computed facts.
    pub numbers: Numbers,
    /// Word lists of computed facts.
    pub words: Words,
    /// Where signs come from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    /// Groups of signs, in the order they are shown.
    #[serde(rename = "group")]
    pub groups: Vec<SignGroup>,
    /// The signs, by group.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
}

/// Numbers of computed facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// Per cent of a threshold from which it is nearly reached.
    pub near_threshold: u8,
    /// Days for which a company is registered recently.
    pub recently_registered: i64,
    /// Days within which a wanted delivery is wanted at once.
    pub short_lead: i64,
}

/// Word lists of computed facts, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Domains that give mailboxes to anybody.
    pub free_mail: Vec<String>,
    /// Parts of an address that is a box, a store or a bed.
    pub r#box: Vec<String>,
    /// Parts of an offer that promises to get round controls.
    pub advert: Vec<String>,
}

/// Where a sign comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its mark in `basis`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub regime: Regime,
    /// Where it can be read.
    pub url: Option<String>,
    /// Whether it was read there.
    pub verified: bool,
}

/// A group of signs. In each group the heaviest sign counts in full, the others half.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignGroup {
    /// Its code.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its code, such as `C01`.
    pub id: String,
    /// Its group; comes from the file it stands in.
    #[serde(default)]
    pub group: String,
    /// 1 (slight) to 5 (grave).
    pub weight: u32,
    /// More in certain circumstances.
    pub heavier: Option<Heavier>,
    /// What it says; also the label of its tick box.
    pub text: String,
    /// Its sources: a mark, and behind a blank the place in the source.
    pub basis: Vec<String>,
    /// What raises it.
    pub machine: Option<Condition>,
    /// What is said when `machine` raised it; `{value}` stands for the answers that did.
    pub because: Option<String>,
    /// Whether it can be ticked by hand.
    #[serde(default = "yes")]
    pub tick: bool,
    /// It makes a report red on its own, if a source of it is verified.
    #[serde(default)]
    pub hard_stop: bool,
    /// What the rules must see beside `machine` to stop on their own; a person's tick needs nothing beside it.
    pub hard_when: Option<Condition>,
    /// Who evaluates it.
    #[serde(default = "both")]
    pub side: Side,
    /// What is needed beyond the form.
    pub needs: Option<Needs>,
}

/// Another weight under a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heavier {
    /// The weight.
    pub weight: u32,
    /// The condition.
    pub when: Condition,
}

const fn yes() -> bool {
    true
}

const fn both() -> Side {
    Side::Both
}

impl RuleSet {
    /// The sign with this code.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|sign| sign.id == id)
    }

    /// The rules without the signs that are the authority's own: what companies and their browsers get.
    #[must_use]
    pub fn for_companies(&self) -> Self {
        let mut rules = self.clone();
        rules.indicators.retain(|sign| sign.side == Side::Both);
        rules
    }

    /// The sources of a sign, each with the place in it (empty if none is given).
    pub fn sources_of<'a>(&'a self, sign: &'a Indicator) -> impl Iterator<Item = (&'a Source, &'a str)> {
        sign.basis.iter().filter_map(|basis| {
            let (id, place) = basis.split_once(' ').unwrap_or((basis, ""));
            self.sources.iter().find(|source| source.id == id).map(|source| (source, place))
        })
    }

    /// Whether the sign stops a delivery on its own: it is meant to, and a source of it has been verified.
    #[must_use]
    pub fn is_hard_stop(&self, sign: &Indicator) -> bool {
        sign.hard_stop && self.sources_of(sign).any(|(source, _)| source.verified)
    }

    /// Whether the sign rests on no source but ourselves.
    #[must_use]
    pub fn is_own_proposal(&self, sign: &Indicator) -> bool {
        self.sources_of(sign).all(|(source, _)| source.regime == Regime::Proposal)
    }

    /// The band of a score.
    #[must_use]
    pub const fn band(&self, score: Score) -> Band {
        match score.half_points() {
            halves if halves >= self.red => Band::Red,
            halves if halves >= self.amber => Band::Amber,
            _ => Band::Green,
        }
    }

    /// How many of the five cells a score lights.
    #[must_use]
    pub fn cells(&self, score: Score) -> u8 {
        let lit = self.cells.iter().filter(|from| score.half_points() >= **from);
        u8::try_from(lit.count()).expect("there are five cells")
    }
}
