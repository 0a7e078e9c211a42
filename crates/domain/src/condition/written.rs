//! How a condition is written in TOML and JSON: one flat table whose keys say what it is.

use serde::{Deserialize, Serialize};

use super::{Condition, Test};

/// One text or a list of them; a list of one is written as the text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl From<OneOrMore> for Vec<String> {
    fn from(texts: OneOrMore) -> Self {
        match texts {
            OneOrMore::One(text) => vec![text],
            OneOrMore::More(texts) => texts,
        }
    }
}

impl From<Vec<String>> for OneOrMore {
    fn from(mut texts: Vec<String>) -> Self {
        match texts.len() {
            1 => Self::One(texts.remove(0)),
            _ => Self::More(texts),
        }
    }
}

/// All keys that any condition may have. Exactly one shape must come out of those that are there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Written {
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<Vec<Condition>>,
    /// A list of alternatives, or with `item` the one condition an item must meet.
    #[serde(skip_serializing_if = "Option::is_none")]
    any: Option<Alternatives>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<Box<Condition>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<OneOrMore>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<OneOrMore>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is: Option<OneOrMore>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_not: Option<OneOrMore>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    empty: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contains: Option<OneOrMore>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    differs_from: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Alternatives {
    List(Vec<Condition>),
    One(Box<Condition>),
}

/// Why a table is no condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a condition: {0}")]
pub struct Misread(&'static str);

impl TryFrom<Written> for Condition {
    type Error = Misread;

    fn try_from(mut w: Written) -> Result<Self, Misread> {
        let tests: Vec<Test> = [
            w.is.take().map(|values| Test::Is(values.into())),
            w.is_not.take().map(|values| Test::IsNot(values.into())),
            w.filled.take().map(Test::Filled),
            w.empty.take().map(|empty| Test::Filled(!empty)),
            w.contains.take().map(|parts| Test::Contains(parts.into())),
            w.at_least.take().map(Test::AtLeast),
            w.at_most.take().map(Test::AtMost),
            w.differs_from.take().map(Test::DiffersFrom),
        ]
        .into_iter()
        .flatten()
        .collect();
        let field = match (w.field.take(), one(tests)?) {
            (Some(field), Some(test)) => Some(Self::Field { field, test }),
            (None, None) => None,
            (Some(_), None) => return Err(Misread("`field` needs a test such as `is`")),
            (None, Some(_)) => return Err(Misread("a test needs its `field`")),
        };
        let any = match (w.item.take(), w.any.take()) {
            (Some(group), Some(Alternatives::One(any))) => Some(Self::Item { group, any }),
            (None, Some(Alternatives::List(list))) => Some(Self::Any(list)),
            (None, None) => None,
            _ => {
                return Err(Misread("`item` needs one condition in `any`, `any` alone a list"));
            }
        };
        let shapes: Vec<Self> = [
            field,
            any,
            w.all.take().map(Self::All),
            w.not.take().map(Self::Not),
            w.fact.take().map(Self::Fact),
            w.role.take().map(|roles| Self::Role(roles.into())),
            w.country.take().map(|codes| Self::Country(codes.into())),
        ]
        .into_iter()
        .flatten()
        .collect();
        one(shapes)?.ok_or(Misread("it says nothing"))
    }
}

fn one<T>(mut found: Vec<T>) -> Result<Option<T>, Misread> {
    if found.len() > 1 {
        return Err(Misread("it says two things at once: use `all` or `any`"));
    }
    Ok(found.pop())
}

impl From<Condition> for Written {
    fn from(condition: Condition) -> Self {
        let mut w = Self::default();
        match condition {
            Condition::All(list) => w.all = Some(list),
            Condition::Any(list) => w.any = Some(Alternatives::List(list)),
            Condition::Not(inner) => w.not = Some(inner),
            Condition::Fact(name) => w.fact = Some(name),
            Condition::Role(roles) => w.role = Some(roles.into()),
            Condition::Country(codes) => w.country = Some(codes.into()),
            Condition::Item { group, any } => {
                w.item = Some(group);
                w.any = Some(Alternatives::One(any));
            }
            Condition::Field { field, test } => {
                w.field = Some(field);
                match test {
                    Test::Is(values) => w.is = Some(values.into()),
                    Test::IsNot(values) => w.is_not = Some(values.into()),
                    Test::Filled(filled) => w.filled = Some(filled),
                    Test::Contains(parts) => w.contains = Some(parts.into()),
                    Test::AtLeast(bound) => w.at_least = Some(bound),
                    Test::AtMost(bound) => w.at_most = Some(bound),
                    Test::DiffersFrom(other) => w.differs_from = Some(other),
                }
            }
        }
        w
    }
}

impl Condition {
    /// Checks what the shape alone does not: a path with a leading full stop stands only inside an item.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self, in_item: bool) -> Result<(), Misread> {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().try_for_each(|one| one.check(in_item)),
            Self::Not(inner) => inner.check(in_item),
            Self::Item { any, .. } => any.check(true),
            Self::Field { field, .. } if field.starts_with('.') && !in_item => {
                Err(Misread("a path with a leading full stop outside an item"))
            }
            _ => Ok(()),
        }
    }
}
