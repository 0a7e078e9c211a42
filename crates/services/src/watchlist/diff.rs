//! What changed between two versions of a list.

use serde_json::{Map, Value};
use store::watchlist::{
    self as rows,
    entry::{self, Counts, OnlyRow},
};
use uuid::Uuid;

use super::{By, List, Version, found, list_of, numbered};
use crate::{Context, Result};

/// Which entries of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Those that only the newer version has.
    Added,
    /// Those about which the two say different things.
    Changed,
    /// Those that only the older version has.
    Removed,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Added, Self::Changed, Self::Removed];

    /// As it stands in an address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }

    /// The part with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// One thing that a list says otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What: `names`, `births`.
    pub field: String,
    /// Before.
    pub before: String,
    /// Now.
    pub after: String,
}

/// An entry that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its number on the list.
    pub id: String,
    /// Its main name.
    pub name: String,
    /// What it says otherwise; empty for entries that were added or removed.
    pub changes: Vec<Change>,
}

/// A page of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The list.
    pub list: List,
    /// The version that is looked at.
    pub newer: Version,
    /// The one it is compared with: the one in force, or the one before it; none for the first.
    pub older: Option<Version>,
    /// How many differ.
    pub added: i64,
    /// How many say something else.
    pub changed: i64,
    /// How many are gone.
    pub removed: i64,
    /// Entries of the part that was asked for.
    pub entries: Vec<Changed>,
    /// The number after which the next page begins.
    pub next: Option<String>,
}

impl Diff {
    /// Whether so much is gone that a person should look before this version is put in force.
    #[must_use]
    pub fn shrank(&self) -> bool {
        self.older.as_ref().is_some_and(|older| domain::watchlist::shrank(older.entries, self.newer.entries))
    }
}

/// Entries on a page.
const PAGE: usize = 50;

/// Compares a version with the one in force or, if it is that itself, with the one before it; or with `against`.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without the right or such versions.
pub async fn diff(
    ctx: &Context,
    by: By<'_>,
    code: &str,
    number: i64,
    against: Option<i64>,
    (part, after): (Part, &str),
) -> Result<Diff> {
    let hand = by.settle()?;
    let mut db = ctx.db.reader();
    let list = found(&mut db, hand, code).await?;
    let newer = numbered(&mut db, &list, number).await?;
    let active = rows::active(&mut db).await?.into_iter().find(|row| row.list_id == list.id);
    let older = match (against, &active) {
        (Some(against), _) => Some(numbered(&mut db, &list, against).await?),
        (None, Some(active)) if active.id != newer.id => Some(active.clone()),
        (None, _) => rows::version(&mut db, list.id, number - 1).await?,
    };
    let (old, new) = (older.as_ref().map_or(Uuid::nil(), |row| row.id), newer.id);
    let Counts { added, changed, removed } = entry::counts(&mut db, old, new).await?;
    let most = PAGE as i64 + 1;
    let mut entries: Vec<Changed> = match part {
        Part::Added => entry::added(&mut db, old, new, after, most).await?.into_iter().map(only).collect(),
        Part::Removed => entry::added(&mut db, new, old, after, most).await?.into_iter().map(only).collect(),
        Part::Changed => {
            let found = entry::changed(&mut db, old, new, after, most).await?.into_iter();
            found
                .map(|row| Changed { id: row.entry_id, name: row.name, changes: changes(&row.before, &row.after) })
                .collect()
        }
    };
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let next = entries.last().filter(|_| more).map(|last| last.id.clone());
    let (newer, older) = (Version::of(newer), older.map(Version::of));
    Ok(Diff { list: list_of(list, active), newer, older, added, changed, removed, entries, next })
}

fn only(row: OnlyRow) -> Changed {
    Changed { id: row.entry_id, name: row.name, changes: Vec::new() }
}

/// What two records say otherwise.
fn changes(before: &str, after: &str) -> Vec<Change> {
    let read = |text| serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
    let (before, after) = (read(before), read(after));
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort();
    fields.dedup();
    let told = |record: &Map<String, Value>, field: &str| record.get(field).map(words).unwrap_or_default();
    fields
        .into_iter()
        .filter(|field| before.get(*field) != after.get(*field))
        .map(|field| Change { field: field.clone(), before: told(&before, field), after: told(&after, field) })
        .collect()
}

/// A value as people read it.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let parts = fields.values().map(words).filter(|text| !text.is_empty());
            parts.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
