//! Why the authority decided as it did: codes for the staff, a class of outcome for the reporter.

use serde::{Deserialize, Serialize};

use crate::organisation::coded;

coded! {
    /// A decision that needs a reason.
    Decision {
        /// Accepted for investigation.
        Accept = "accept", "Accept for investigation";
        /// The same matter as another report.
        Duplicate = "duplicate", "Mark as duplicate";
        /// Closed without further action, or after action.
        Close = "close", "Close";
        /// Taken up again.
        Reopen = "reopen", "Take up again";
        /// The company takes its report back.
        Withdraw = "withdraw", "Withdraw";
        /// The computed band is overruled.
        Severity = "severity", "Change the severity";
    }
}

coded! {
    /// What the reporter learns about a decision, and all of it.
    OutcomeClass {
        /// The report led to action.
        FollowedUp = "followed_up", "Your report is being or was followed up";
        /// Looked at; nothing further will be done.
        NoAction = "no_action", "Your report was looked at; no action is needed now";
        /// The matter was known already.
        AlreadyKnown = "already_known", "The matter was already known; your report was added to it";
    }
}

/// A reason code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The decision it is for.
    pub decision: Decision,
    /// The code that is stored; unique within its decision, never reused for another meaning.
    pub code: String,
    /// What the staff (for a withdrawal: the company) chooses from.
    pub label: String,
    /// What the reporter is told; none for decisions that are not told.
    pub outcome: Option<OutcomeClass>,
    /// A few words have to be added.
    #[serde(default)]
    pub needs_note: bool,
}

impl Reason {
    /// Whether the reporter is told by it what belongs to its decision: an accepted report is followed up, a duplicate was
    /// known, a closed one says one or the other, and nothing else is told.
    #[must_use]
    pub fn tells_what_it_should(&self) -> bool {
        match self.decision {
            Decision::Accept => self.outcome == Some(OutcomeClass::FollowedUp),
            Decision::Duplicate => self.outcome == Some(OutcomeClass::AlreadyKnown),
            Decision::Close => self.outcome.is_some(),
            Decision::Reopen | Decision::Withdraw | Decision::Severity => self.outcome.is_none(),
        }
    }
}

/// All reason codes, in the order of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasons {
    reason: Vec<Reason>,
}

impl Reasons {
    /// The table that ships with the product, `data/reasons.toml`.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn embedded() -> &'static Self {
        static TABLE: std::sync::LazyLock<Reasons> = std::sync::LazyLock::new(|| {
            toml::from_str(include_str!("../../../../data/reasons.toml")).expect("data/reasons.toml is read by a test")
        });
        &TABLE
    }

    /// Every reason, in the order of the table.
    #[must_use]
    pub fn all(&self) -> &[Reason] {
        &self.reason
    }

    /// The reasons to choose from for a decision.
    pub fn for_decision(&self, decision: Decision) -> impl Iterator<Item = &Reason> {
        self.reason.iter().filter(move |reason| reason.decision == decision)
    }

    /// The reason with this code; `None` if the decision has no such reason.
    #[must_use]
    pub fn find(&self, decision: Decision, code: &str) -> Option<&Reason> {
        self.for_decision(decision).find(|reason| reason.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_complete() {
        let table = Reasons::embedded();
        for decision in Decision::ALL {
            let codes: Vec<&str> = table.for_decision(*decision).map(|r| r.code.as_str()).collect();
            assert!(codes.len() >= 3, "{decision:?}: {codes:?}");
            for code in &codes {
                assert_eq!(codes.iter().filter(|other| *other == code).count(), 1, "{code}");
                assert!(table.find(*decision, code).is_some_and(|r| !r.label.is_empty()));
            }
        }
        assert!(table.find(Decision::Close, "nonsense").is_none());
    }

    #[test]
    fn the_reporter_is_told_the_outcome_of_a_decision() {
        for reason in &Reasons::embedded().reason {
            assert!(reason.tells_what_it_should(), "{reason:?}");
        }
    }
}
