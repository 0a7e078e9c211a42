//! Conditions over answers, written as data: when a question is asked, when a red flag is raised.
//!
//! One small language for question sets and rule sets alike, so that a rule reads the same in a table as in the panel
//! that explains it:
//!
//! ```toml
//! when = { field = "payment.method", is = ["cash", "crypto"] }
//! when = { all = [ { fact = "listed_substance" }, { not = { role = "laboratory" } } ] }
//! when = { item = "party", any = { all = [ { field = ".role", is = "payer" }, { field = ".name", filled = true } ] } }
//! ```
//!
//! Inside `any`, a path that begins with a full stop belongs to the item looked at. What cannot be read off one field
//! is a *fact*, computed by whoever evaluates ([`Facts`]). A fact may be unknown (there is no history on a first
//! order): then neither the condition nor its negation holds, so that a rule without grounds is silent. Evaluation has
//! no clock, no randomness and no floating point, hence the same result in browser and server.

use serde::{Deserialize, Serialize};

use crate::answers::{Answers, item_key};

mod written;

/// When something applies. See the module's head for how it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "written::Written", into = "written::Written")]
pub enum Condition {
    /// Every one holds. An empty list holds always.
    All(Vec<Condition>),
    /// At least one holds. An empty list never holds.
    Any(Vec<Condition>),
    /// It is known not to hold.
    Not(Box<Condition>),
    /// A computed fact is known to be true.
    Fact(String),
    /// The reporting company acts in one of these roles.
    Role(Vec<String>),
    /// The reporting company's country is one of these (ISO 3166-1 alpha-2).
    Country(Vec<String>),
    /// At least one item of a repeated group meets the condition.
    Item {
        /// The group, such as `party`.
        group: String,
        /// What one item must meet; paths with a leading full stop are its own.
        any: Box<Condition>,
    },
    /// One field meets a test.
    Field {
        /// The field's path.
        field: String,
        /// What is asked of its answer.
        test: Test,
    },
}

/// What is asked of a field's answer. Texts are compared without regard to case and surrounding blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// One of the answers is one of these.
    Is(Vec<String>),
    /// There is an answer, and none is one of these.
    IsNot(Vec<String>),
    /// There is an answer (`true`), there is none (`false`).
    Filled(bool),
    /// The text contains one of these.
    Contains(Vec<String>),
    /// The answer is a whole number of at least this; unknown if it is no number.
    AtLeast(i64),
    /// The answer is a whole number of at most this; unknown if it is no number.
    AtMost(i64),
    /// Both this field and the named one are answered, and differently.
    DiffersFrom(String),
}

/// The answer that made a condition hold, for explaining a result.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cause {
    /// The field's path.
    pub field: String,
    /// The answer, cleaned, as one line; cut where it is long.
    pub value: String,
}

impl Cause {
    /// Longest value that a reason quotes, in characters.
    pub const MAX: usize = 120;

    /// Names a field's answer as cause.
    #[must_use]
    pub fn of(answers: &Answers, field: &str) -> Self {
        Self::quoting(field, &answers.joined(field))
    }

    /// Names a field as cause and says which part of it.
    #[must_use]
    pub fn quoting(field: &str, value: &str) -> Self {
        let mut quoted: String = value.chars().take(Self::MAX).collect();
        if quoted.len() < value.len() {
            quoted.push('…');
        }
        Self { field: field.to_owned(), value: quoted }
    }
}

/// What is known about a condition or a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds, because of these answers (none, where it is an absence that counts).
    Yes(Vec<Cause>),
    /// It does not hold.
    No,
    /// There is nothing to judge it by.
    Unknown,
}

impl Truth {
    /// `Yes` with these causes, or `No`.
    #[must_use]
    pub fn when(holds: bool, causes: impl FnOnce() -> Vec<Cause>) -> Self {
        if holds { Self::Yes(causes()) } else { Self::No }
    }
}

/// What an evaluation knows beside the answers.
pub trait Facts {
    /// A computed fact by its name; [`Truth::Unknown`] for one that this side cannot judge.
    fn fact(&self, name: &str) -> Truth;
    /// Whether the reporting company acts in this role (code such as `distributor`).
    fn has_role(&self, role: &str) -> bool;
    /// The reporting company's country, ISO 3166-1 alpha-2; empty if not known.
    fn country(&self) -> &str;
}

impl Condition {
    /// Whether the condition is known to hold.
    #[must_use]
    pub fn holds(&self, answers: &Answers, facts: &impl Facts) -> bool {
        matches!(self.judge(answers, facts), Truth::Yes(_))
    }

    /// Judges the condition and names the answers that made it hold.
    #[must_use]
    pub fn judge(&self, answers: &Answers, facts: &impl Facts) -> Truth {
        Scope { answers, facts, item: None }.judge(self)
    }

    /// Judges the condition for one item of a group: paths with a leading full stop are its own.
    #[must_use]
    pub fn judge_item(&self, answers: &Answers, facts: &impl Facts, group: &str, number: u32) -> Truth {
        Scope { answers, facts, item: Some((group, number)) }.judge(self)
    }

    /// Every field path named, as written; for checking that a table names only fields that exist.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().flat_map(Self::fields).collect(),
            Self::Not(inner) => inner.fields(),
            Self::Item { group, any } => {
                let full = |field: String| match field.strip_prefix('.') {
                    Some(own) => format!("{group}.N.{own}"),
                    None => field,
                };
                any.fields().into_iter().map(full).collect()
            }
            Self::Field { field, test: Test::DiffersFrom(other) } => {
                vec![field.clone(), other.clone()]
            }
            Self::Field { field, .. } => vec![field.clone()],
            Self::Fact(_) | Self::Role(_) | Self::Country(_) => Vec::new(),
        }
    }

    /// Every fact named; for checking that a table names only facts that are computed.
    #[must_use]
    pub fn facts(&self) -> Vec<&str> {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().flat_map(Self::facts).collect(),
            Self::Not(inner) | Self::Item { any: inner, .. } => inner.facts(),
            Self::Fact(name) => vec![name],
            Self::Field { .. } | Self::Role(_) | Self::Country(_) => Vec::new(),
        }
    }
}

/// What a condition is judged over.
struct Scope<'a, F> {
    answers: &'a Answers,
    facts: &'a F,
    item: Option<(&'a str, u32)>,
}

impl<F: Facts> Scope<'_, F> {
    fn judge(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::All(list) => self.all(list),
            Condition::Any(list) => any_of(list.iter().map(|one| self.judge(one))),
            Condition::Not(inner) => match self.judge(inner) {
                Truth::Yes(_) => Truth::No,
                Truth::No => Truth::Yes(Vec::new()),
                Truth::Unknown => Truth::Unknown,
            },
            Condition::Fact(name) => self.facts.fact(name),
            Condition::Role(roles) => Truth::when(roles.iter().any(|role| self.facts.has_role(role)), Vec::new),
            Condition::Country(countries) => {
                let own = self.facts.country();
                Truth::when(countries.iter().any(|code| code.eq_ignore_ascii_case(own)), Vec::new)
            }
            Condition::Item { group, any: inner } => {
                let item = |number| Scope { item: Some((group, number)), ..*self }.judge(inner);
                any_of(self.answers.items(group).into_iter().map(item))
            }
            Condition::Field { field, test } => self.field(&self.path(field), test),
        }
    }

    /// Kleene's "and": one known failure decides, else one unknown leaves it open.
    fn all(&self, list: &[Condition]) -> Truth {
        let mut causes = Vec::new();
        let mut unknown = false;
        for one in list {
            match self.judge(one) {
                Truth::Yes(more) => causes.extend(more),
                Truth::No => return Truth::No,
                Truth::Unknown => unknown = true,
            }
        }
        if unknown { Truth::Unknown } else { Truth::Yes(causes) }
    }

    fn path(&self, written: &str) -> String {
        match (written.strip_prefix('.'), self.item) {
            (Some(own), Some((group, number))) => item_key(group, number, own),
            _ => written.to_owned(),
        }
    }

    fn field(&self, path: &str, test: &Test) -> Truth {
        let answers = self.answers;
        let filled = answers.filled(path);
        let cause = || vec![Cause::of(answers, path)];
        match test {
            Test::Filled(wanted) => Truth::when(filled == *wanted, || if filled { cause() } else { Vec::new() }),
            Test::Is(values) => self.is_one_of(path, values),
            Test::IsNot(values) => {
                let none = !matches!(self.is_one_of(path, values), Truth::Yes(_));
                Truth::when(filled && none, cause)
            }
            Test::Contains(parts) => {
                let text = answers.joined(path).to_lowercase();
                Truth::when(parts.iter().any(|part| text.contains(&part.to_lowercase())), cause)
            }
            Test::AtLeast(bound) => self.number(path, |number| number >= *bound),
            Test::AtMost(bound) => self.number(path, |number| number <= *bound),
            Test::DiffersFrom(other) => {
                let other = self.path(other);
                if !filled || !answers.filled(&other) {
                    return Truth::Unknown;
                }
                let differ = fold(&answers.joined(path)) != fold(&answers.joined(&other));
                Truth::when(differ, || vec![Cause::of(answers, path), Cause::of(answers, &other)])
            }
        }
    }

    /// Names the very answer that fits, since a field of tick boxes has several.
    fn is_one_of(&self, path: &str, values: &[String]) -> Truth {
        let given = self.answers.many(path).iter().map(|text| crate::answers::clean_line(text));
        let hits = given.filter(|text| values.iter().any(|value| fold(value) == fold(text)));
        let causes: Vec<Cause> = hits.map(|text| Cause::quoting(path, &text)).collect();
        Truth::when(!causes.is_empty(), || causes)
    }

    fn number(&self, path: &str, fits: impl Fn(i64) -> bool) -> Truth {
        let text = crate::fold::ascii_digits(&self.answers.plain(path));
        match text.parse() {
            Ok(number) => Truth::when(fits(number), || vec![Cause::of(self.answers, path)]),
            Err(_) => Truth::Unknown,
        }
    }
}

/// Kleene's "or" over all, so that every cause is named.
fn any_of(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut causes = None;
    let mut unknown = false;
    for truth in truths {
        match truth {
            Truth::Yes(more) => causes.get_or_insert_with(Vec::new).extend(more),
            Truth::No => {}
            Truth::Unknown => unknown = true,
        }
    }
    match causes {
        Some(causes) => Truth::Yes(causes),
        None if unknown => Truth::Unknown,
        None => Truth::No,
    }
}

/// Case and surrounding blanks do not matter.
fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests;
