//! How risky a customer's file is: low, medium or high, with every reason in plain words and what would change it.
//!
//! [`Facts`] is what is known of a customer, gathered by whoever has it; [`Rules`] is a dated version of what weighs how much
//! (`data/risk-rules/`); [`rate`] brings both together. It has no clock and no chance: the same facts under the same version
//! give the same rating years later. A fact that is worse never makes a band lower. What is not known because nobody has looked
//! is `None` and says nothing; what should be on file and is not is a sign.
//!
//! To add a sign: a field of [`Facts`], a variant of [`Sign`] with its arm in `signs.rs`, a rule in a new version.

mod rules;
mod signs;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use serde::{Deserialize, Serialize};

pub use rules::{Review, Rule, Rules};
pub use signs::Sign;

use crate::{country::Country, organisation::coded};

coded! {
    /// How risky a file is.
    Band {
        /// Few signs.
        Low = "low", "Low risk";
        /// Signs that ask for more care.
        Medium = "medium", "Medium risk";
        /// Many or grave signs: two people decide.
        High = "high", "High risk";
    }
}

/// What is known of a customer on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Where it is registered.
    pub country: Option<Country>,
    /// Where goods would go: sites and addresses of delivery.
    pub destinations: Vec<Country>,
    /// Whether a number of a register, a tax number or an LEI is on file.
    pub identified: bool,
    /// Whole months since it was founded, if that is known.
    pub age_months: Option<u32>,
    /// What part of it is not traced to people or a state, in hundredths of a per cent.
    pub untraced: u32,
    /// Trusts, foundations and funds that hold 25 % or more.
    pub trusts: Vec<String>,
    /// Whether somebody who directs it or may sign is named.
    pub has_head: bool,
    /// Whether anything is known of its business.
    pub has_business: bool,
    /// Its addresses, in one line each.
    pub addresses: Vec<String>,
    /// Domains where anybody gets an address.
    pub free_mail: Vec<String>,
    /// Holders of accounts who are somebody else.
    pub other_holders: Vec<String>,
    /// Whether an account is on file.
    pub has_account: bool,
    /// What it is expected to buy.
    pub substances: Vec<SubstanceFact>,
    /// Its documents that were not put aside.
    pub documents: Vec<DocumentFact>,
    /// How it stands on watch lists; none where nobody screens.
    pub screening: Option<Screening>,
    /// Whole months since its last order; none where orders are not known. Makes it due for review, and is no sign of risk.
    pub idle_months: Option<u32>,
    /// Whether the company has reported it.
    pub reported: bool,
    /// Whether the company has refused it before.
    pub refused: bool,
}

/// A substance that a customer is expected to buy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubstanceFact {
    /// Its name, as in the file.
    pub name: String,
    /// Its handle in the catalogue; empty if it does not stand there.
    pub slug: String,
    /// The tables, categories and classes in which it stands, where the company or the customer is.
    pub categories: Vec<String>,
    /// How much it expects in a year, in grams, if that can be said.
    pub grams: Option<i64>,
    /// Whether a licence for it is on file that holds on the day.
    pub licensed: bool,
    /// What the authority answered when it was asked about the licence: whether it confirms it.
    pub confirmed: Option<bool>,
    /// Whether a declaration of use is in force for it.
    pub declared: bool,
    /// How much of what was declared is used up, in per cent.
    pub used: Option<u32>,
    /// Whether its business needs it; none if nothing is known of that.
    pub plausible: Option<bool>,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFact {
    /// Code of its kind.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// Whether it has ended.
    pub expired: bool,
    /// Whether it was checked, and found in doubt.
    pub doubtful: bool,
    /// Whether it was checked.
    pub checked: bool,
}

/// How the parties of a file stand on watch lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screening {
    /// Whether all of them have been looked for since the file was changed last.
    pub done: bool,
    /// Hits that nobody has decided.
    pub open: u32,
    /// Hits of which nobody is sure.
    pub unsure: u32,
    /// Hits that are a match.
    pub matches: u32,
}

/// What a customer's risk comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// The version of the rules.
    pub version: String,
    /// The band.
    pub band: Band,
    /// The points of all reasons.
    pub points: u32,
    /// Why, the heaviest first.
    pub reasons: Vec<Reason>,
}

/// One reason of a rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule, by its handle in that version.
    pub rule: String,
    /// Its points.
    pub points: u32,
    /// The band that it brings by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Band>,
    /// What was found.
    pub text: String,
    /// What would change it.
    pub change: String,
}

/// The most things that a reason names.
const NAMED: usize = 5;

/// Rates a customer. Each rule counts once, however often its sign is found.
#[must_use]
pub fn rate(facts: &Facts, rules: &Rules) -> Rating {
    let mut reasons: Vec<Reason> = rules.rules.iter().filter_map(|rule| reason(facts, rule)).collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse((reason.at_least, reason.points)));
    let points = reasons.iter().map(|reason| reason.points).sum();
    let floor = reasons.iter().filter_map(|reason| reason.at_least).max().unwrap_or(Band::Low);
    Rating { version: rules.version(), band: rules.band(points).max(floor), points, reasons }
}

fn reason(facts: &Facts, rule: &Rule) -> Option<Reason> {
    let found = rule.sign.found(facts, rule)?;
    let mut about = found.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if found.len() > NAMED {
        about = format!("{about} and {} more", found.len() - NAMED);
    }
    Some(Reason {
        rule: rule.id.clone(),
        points: rule.points,
        at_least: rule.at_least,
        text: rule.text.replace("{about}", &about),
        change: rule.change.clone(),
    })
}

impl Rating {
    /// The rating as shown to those who are not told of reports: without that reason, its points and what it alone brings.
    #[must_use]
    pub fn without(&self, rule: &str, rules: &Rules) -> Self {
        let reasons: Vec<Reason> = self.reasons.iter().filter(|reason| reason.rule != rule).cloned().collect();
        let points = reasons.iter().map(|reason| reason.points).sum();
        let floor = reasons.iter().filter_map(|reason| reason.at_least).max().unwrap_or(Band::Low);
        Self { version: self.version.clone(), band: rules.band(points).max(floor), points, reasons }
    }

    /// Whether it has a reason that `earlier` had not.
    #[must_use]
    pub fn is_worse_than(&self, earlier: &Self) -> bool {
        let known = |reason: &Reason| earlier.reasons.iter().any(|before| before.rule == reason.rule);
        self.band > earlier.band || !self.reasons.iter().all(known)
    }
}
