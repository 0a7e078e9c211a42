//! How serious a report is: the computed band, and an officer's judgement over it.

use serde::{Deserialize, Serialize};

use crate::indicator::Band;

/// The band that counts for the queue. What the rules computed stays beside what an officer set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Severity {
    /// What the rule set computed when the report was sent.
    pub computed: Band,
    /// What an officer set instead, with a reason of [`super::Decision::Severity`].
    pub set: Option<Band>,
}

impl Severity {
    /// The band that counts.
    #[must_use]
    pub fn band(self) -> Band {
        self.set.unwrap_or(self.computed)
    }

    /// Overrules the computed band; setting the computed band itself takes the overruling back.
    #[must_use]
    pub fn overruled(self, band: Band) -> Self {
        Self { set: (band != self.computed).then_some(band), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_officer_overrules_and_takes_back() {
        let computed = Severity { computed: Band::Amber, set: None };
        let red = computed.overruled(Band::Red);
        assert_eq!((red.band(), red.computed), (Band::Red, Band::Amber));
        assert_eq!(red.overruled(Band::Amber), computed);
    }
}
