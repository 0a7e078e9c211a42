//! What an installation says of itself in the open: what it is used for, what it costs, what is missing, what is needed. It
//! is reference data, so that each version has an author, somebody else who approved it, and a day from which it holds.

use serde::{Deserialize, Serialize};

use crate::{date::Date, organisation::coded};

coded! {
    /// What is said.
    Section {
        /// What the installation is used for.
        Use = "use", "What it is used for";
        /// What it costs.
        Cost = "cost", "What it costs";
        /// What is missing.
        Gap = "gap", "What is missing";
        /// What is needed, in money or otherwise.
        Need = "need", "What is needed";
    }
}

/// One thing that is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its mark, by which versions are compared.
    pub id: String,
    /// Under which heading.
    pub section: Section,
    /// In a few words.
    pub title: String,
    /// In sentences.
    pub text: String,
    /// A sum in whole units of the currency.
    #[serde(default)]
    pub amount: Option<i64>,
    /// Its currency, ISO 4217.
    #[serde(default)]
    pub currency: Option<String>,
    /// First day of the period that the sum, or the text, is about.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day of it.
    #[serde(default)]
    pub until: Option<Date>,
    /// What the sum holds and what it does not.
    #[serde(default)]
    pub definition: Option<String>,
}

/// Everything that is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Openness {
    /// In the order in which it is told.
    pub part: Vec<Part>,
}

/// What is wrong with a part, and in which column.
pub(crate) type Wrong = (usize, &'static str, &'static str);

impl Openness {
    /// What is said under a heading.
    pub fn of(&self, section: Section) -> impl Iterator<Item = &Part> {
        self.part.iter().filter(move |part| part.section == section)
    }

    /// A sum says nothing without currency, period and definition; a period does not end before it begins.
    pub(crate) fn wrong(&self) -> Vec<Wrong> {
        let parts = self.part.iter().enumerate();
        let missing = parts.clone().filter(|(_, part)| part.amount.is_some()).flat_map(|(row, part)| {
            [
                (part.currency.is_none(), "currency", "Say in which currency."),
                (part.from.is_none(), "from", "Say which period the sum is for."),
                (part.until.is_none(), "until", "Say which period the sum is for."),
                (part.definition.is_none(), "definition", "Say what the sum holds and what it does not."),
            ]
            .into_iter()
            .filter_map(move |(is_missing, column, words)| is_missing.then_some((row, column, words)))
        });
        let backwards = parts.clone().filter(|(_, part)| part.from.zip(part.until).is_some_and(|(from, to)| to < from));
        missing.chain(backwards.map(|(row, _)| (row, "until", "The period ends before it begins."))).collect()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::refdata::{Data, Kind, Row, Scope, read};

    fn parts(change: impl Fn(&mut Row)) -> Result<Data, Vec<String>> {
        let mut sheet = Kind::Openness.built_in().clone();
        change(&mut sheet.rows_mut("part")[2]);
        read(Kind::Openness, Scope::Everybody, &sheet)
            .map_err(|breaches| breaches.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_ships_says_something_of_use_and_cost() {
        let Ok(Data::Openness(shipped)) = parts(|_| {}) else { panic!("it is read") };
        assert_eq!((shipped.of(Section::Use).count(), shipped.of(Section::Cost).count()), (2, 1));
        assert!(Kind::Openness.exists_for(Scope::Everybody) && !Kind::Openness.exists_for(Scope::Authority));
    }

    #[test]
    fn a_sum_says_for_what_and_for_when() {
        let bare = parts(|row| row.set("amount", "1200")).unwrap_err();
        assert_eq!(bare.len(), 4, "{bare:?}");
        let whole = |until: &str| {
            parts(|row| {
                row.set("amount", "1200");
                row.set("currency", "EUR");
                row.set("from", "2026-01-01");
                row.set("until", until);
                row.set("definition", "Server and backup. No working time.");
            })
        };
        assert!(whole("2026-12-31").is_ok());
        let backwards = whole("2025-12-31").unwrap_err();
        assert!(backwards[0].contains("ends before it begins"), "{backwards:?}");
        assert!(parts(|row| row.set("currency", "Euro")).is_err());
    }
}
