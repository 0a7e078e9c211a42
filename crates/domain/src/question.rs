//! The questions of a report: versioned sets of sections, pages and fields, written in `data/questions/`.
//!
//! A report is filed under a version and rendered with it for good, so every version stays. A set says for each page
//! when it is asked (`asked.toml`: kind of report × role of the company; `when`: earlier answers), for each field how it
//! is read and what is said when it cannot be. The full report is a list of tasks in any order; the *quick report* asks
//! four questions that write to the same answers and need less. The same set renders the check-answers page, the report
//! page and the printable record ([`QuestionSet::summary`]).
//!
//! Nothing here drops or changes an answer: checks ([`QuestionSet::check_page`]) say what is wrong at which field,
//! notices ([`QuestionSet::notices_page`]) what was noticed although the answer is taken.

use serde::{Deserialize, Serialize};

use crate::{
    answers::{Answers, when::Order},
    condition::{Facts, Truth},
    country::Country,
    date::Date,
    organisation::OperatorRole,
};

mod changes;
mod check;
#[cfg(not(target_arch = "wasm32"))]
mod embedded;
mod pages;
pub mod read;
mod set;
mod summary;

pub use changes::{Change, ChangedGroup, Difference, changes, count};
pub use check::Problem;
pub use pages::{AskedField, AskedPage, Item, Status};
pub use set::{Choice, Field, FieldKind, Group, Page, QuestionSet, Section};
pub use summary::{SummaryGroup, SummaryRow};

/// Which of the two forms is filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// All sections, as a list of tasks.
    #[default]
    Full,
    /// Four questions.
    Quick,
}

/// Whose report it is: what the company does, where it is, what day it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What the company does.
    pub roles: Vec<OperatorRole>,
    /// Its country.
    pub country: Option<Country>,
    /// The day on which the form is filled in; without it, dates in the future are not complained about.
    pub today: Option<Date>,
}

impl Profile {
    /// How dates are written where the company is.
    #[must_use]
    pub fn date_order(&self) -> Order {
        Order::of_country(self.country())
    }
}

/// Roles and country are known; everything that has to be computed is not.
impl Facts for Profile {
    fn fact(&self, _name: &str) -> Truth {
        Truth::Unknown
    }

    fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|own| own.code() == role)
    }

    fn country(&self) -> &str {
        self.country.map_or("", Country::code)
    }
}

/// The answers with those left out that no page asks for any more, such as the payment of what has become a theft.
/// They stay in the draft; what is judged and sent is what the person can see.
#[must_use]
pub fn relevant(set: &QuestionSet, answers: &Answers, profile: &Profile) -> Answers {
    let asked: std::collections::BTreeSet<String> = set
        .pages(answers, profile)
        .iter()
        .flat_map(|page| page.fields(answers, profile))
        .map(|field| field.key)
        .collect();
    answers.only(|key| asked.contains(key))
}

#[cfg(test)]
mod tests;
