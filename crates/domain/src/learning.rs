//! Learning: short modules with a quiz, cases of three minutes, and the glossary. The words stand in `data/learning/` and
//! `data/glossary.toml`; how to write them is told in `docs/learning.md`.
//!
//! - [`files`]: which files are compiled in. A new module, picture or case is named there.
//! - [`check`]: what the files must keep. All breaches are told at once.
//! - `plain` (tests): plain language, measured.
//!
//! - [`quiz`], [`certificate`], [`standing`], [`release`]: the rules for what people make of it.
//! - [`terms`]: words of the glossary in running text.
//!
//! What a person has read, answered and holds stands in the store.

pub mod certificate;
mod check;
mod files;
#[cfg(test)]
mod plain;
pub mod quiz;
pub mod release;
pub mod standing;
pub mod terms;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::organisation::coded;

coded! {
    /// For whom a module is meant. Everybody may read every module; this is what lists are sorted by.
    Audience {
        /// Makes, trades, moves, stores or uses chemicals or equipment.
        Company = "company", "Companies";
        /// The staff of a competent national authority.
        Authority = "authority", "Authorities";
        /// The staff of an industry association.
        Association = "association", "Associations";
        /// Pharmacies, hospitals, practices, laboratories of hospitals.
        Health = "health", "Health workers";
        /// Police, fire and ambulance services, waste collection, parks, landlords' staff.
        Services = "services", "Public safety and waste services";
        /// Shops and market places on the Internet, parcel services.
        Platform = "platform", "Online sellers and delivery";
        /// Everybody else.
        Anyone = "anyone", "Anyone";
    }
}

/// A module: pages to read, then a quiz.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Its handle in addresses, unique and never given to another.
    pub slug: String,
    /// Counts up with every change that a learner could notice.
    pub version: u32,
    /// Whether this version asks those who passed an earlier one to pass again.
    pub renew: bool,
    /// Title.
    pub title: String,
    /// What one learns, in one or two sentences.
    pub summary: String,
    /// Minutes that reading and quiz take.
    pub minutes: u16,
    /// For whom; never empty.
    pub audiences: Vec<Audience>,
    /// How many of a hundred questions have to be answered rightly to pass, 1 to 100.
    pub pass_mark: u8,
    /// For how many months a pass holds.
    pub valid_months: u16,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// The questions, in order. A question is known by its place in its version.
    pub questions: Vec<Question>,
}

/// A page of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its heading.
    pub title: String,
    /// Restricted Markdown: paragraphs, bold, lists, headings of the third rank, links to `https:` or to paths of this site.
    pub body: String,
    /// A picture, shown after the text.
    pub picture: Option<Picture>,
}

/// A drawing. It is made of lines in `currentColor`, so that it is shown inside the page and looks right in dark and light.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Name of its file beside `module.toml`.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// The drawing: one `svg` element with a `viewBox`, without size, script, style, reference or identifier ([`check`] sees to it),
    /// so that it can be put into a page as it is.
    pub svg: &'static str,
}

/// How many options of a question are right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuestionKind {
    /// Exactly one.
    One,
    /// One or more; the answer is right if all right ones and no others are chosen.
    Many,
}

/// A question of the quiz.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub text: String,
    /// How many options are right.
    pub kind: QuestionKind,
    /// The options, in the order in which they are shown; at least two.
    #[serde(rename = "option")]
    pub options: Vec<Choice>,
}

impl Question {
    /// Whether these options, by their places from 0, are exactly the right ones. Order and repetition do not matter; a place that
    /// does not exist makes the answer wrong.
    #[must_use]
    pub fn is_right(&self, chosen: &[usize]) -> bool {
        chosen.iter().all(|place| self.options.get(*place).is_some_and(|option| option.right))
            && (0..self.options.len()).all(|place| !self.options[place].right || chosen.contains(&place))
    }
}

/// Something to choose, in a quiz or in a case.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is chosen.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// Why it is right or wrong; told after the answer.
    pub why: String,
}

/// A case of about three minutes: an order as it could arrive, and what one would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its handle in addresses: the name of its file.
    pub slug: String,
    /// Title, which gives nothing away.
    pub title: String,
    /// What happened, in two or three sentences.
    pub summary: String,
    /// Minutes it takes.
    pub minutes: u16,
    /// What stands on the order and in the file.
    pub facts: Vec<Fact>,
    /// What one could do; exactly one is right.
    pub choices: Vec<Choice>,
    /// What is to be learned from it; restricted Markdown, as [`Page::body`].
    pub lesson: String,
}

/// A line of a case.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// What it is: "Customer".
    pub label: String,
    /// What stands there.
    pub value: String,
}

/// A term of the glossary.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub term: String,
    /// Other words for it, and what abbreviations stand for.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it means, in one to four sentences without mark-up.
    pub text: String,
}

/// Everything there is to learn.
#[derive(Clone, Debug)]
struct Learning {
    modules: Vec<Module>,
    cases: Vec<Case>,
    glossary: Vec<Term>,
}

static LEARNING: LazyLock<Learning> = LazyLock::new(|| files::load().expect("data/learning is read by a test"));

/// Every module, in the order in which one would read them.
#[must_use]
pub fn modules() -> &'static [Module] {
    &LEARNING.modules
}

/// A module by its handle.
#[must_use]
pub fn module(slug: &str) -> Option<&'static Module> {
    modules().iter().find(|module| module.slug == slug)
}

/// Every case.
#[must_use]
pub fn cases() -> &'static [Case] {
    &LEARNING.cases
}

/// A case by its handle.
#[must_use]
pub fn case(slug: &str) -> Option<&'static Case> {
    cases().iter().find(|case| case.slug == slug)
}

/// The glossary, in alphabetical order.
#[must_use]
pub fn glossary() -> &'static [Term] {
    &LEARNING.glossary
}
