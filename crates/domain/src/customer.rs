//! A customer's file: what a company knows of somebody to whom it sells.
//!
//! The file is one document of parts ([`spec`]): who it is, other names, numbers, addresses, sites, people, owners, bank
//! accounts, web domains, what it does, what it is expected to buy. A part has one entry or several; an entry has a number
//! of its own that never changes, and fields whose texts are kept in one spelling ([`check`]). What the fields are called,
//! what may stand in them and how they are read stands in one table, from which forms, differences, imports and exports
//! are made.
//!
//! To add a field: a row in [`spec`]. To read what a file means rather than what it says: [`parties`], [`ownership`].

pub mod check;
pub mod decision;
pub mod document;
pub mod import;
pub mod ownership;
mod parties;
pub mod spec;
mod summary;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use check::Fault;
pub use parties::{Birth, Party, PartyAddress, PartyKind, PartyNumber, PartyRole, parties};
pub use spec::{Field, Kind, PARTS, Part, State};
pub use summary::{Remark, per_cent, summary};

use crate::{
    answers::{Answers, when::Order},
    country::Country,
    fold::words,
};

/// The version of the document's form, written into every stored file.
pub const FORMAT: u32 = 1;
/// The most entries of one part.
pub const MOST: usize = 200;
/// The most letters of what a file is found by.
const LONGEST_SEARCH: usize = 20_000;

/// A customer's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// [`FORMAT`] when it was written.
    format: u32,
    /// The number of the next entry.
    next: u32,
    /// Entries by part.
    parts: BTreeMap<String, Vec<Entry>>,
}

/// One entry of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number; no other entry of the file has or had it.
    pub key: u32,
    /// What stands in its fields.
    pub fields: Answers,
}

impl Default for Customer {
    fn default() -> Self {
        Self { format: FORMAT, next: 1, parts: BTreeMap::new() }
    }
}

impl Customer {
    /// A file without anything.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The entries of a part, in the order in which they were added.
    #[must_use]
    pub fn entries(&self, part: &str) -> &[Entry] {
        self.parts.get(part).map_or(&[], Vec::as_slice)
    }

    /// An entry by its number.
    #[must_use]
    pub fn entry(&self, part: &str, key: u32) -> Option<&Entry> {
        self.entries(part).iter().find(|entry| entry.key == key)
    }

    /// The fields of a part that has one entry; empty if there is none yet.
    #[must_use]
    pub fn only(&self, part: &str) -> Option<&Answers> {
        self.entries(part).first().map(|entry| &entry.fields)
    }

    /// What stands in a field of a part with one entry.
    #[must_use]
    pub fn text(&self, part: &str, field: &str) -> &str {
        self.only(part).map_or("", |fields| fields.one(field))
    }

    /// The legal name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text("identity", "legal_name")
    }

    /// The country in which it is registered.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        Country::parse(self.text("identity", "country")).ok()
    }

    /// The company's own number for the customer; may be empty.
    #[must_use]
    pub fn own_number(&self) -> &str {
        self.text("identity", "own_number")
    }

    /// Where the customer stands with the company.
    #[must_use]
    pub fn state(&self) -> State {
        State::from_code(self.text("identity", "state")).unwrap_or(State::Checking)
    }

    /// Sets where the customer stands with the company: what a decision does.
    pub fn set_state(&mut self, state: State) {
        if let Some(entry) = self.parts.get_mut("identity").and_then(|entries| entries.first_mut()) {
            entry.fields.set_one("state", state.code());
        }
    }

    /// Puts what was typed into an entry: a new one, or the one with this number. The number of the entry.
    ///
    /// # Errors
    /// Every [`Fault`], by field; nothing is changed then. One without a field concerns the whole entry.
    pub fn put(&mut self, part: &Part, key: Option<u32>, typed: &Answers, order: Order) -> Result<u32, Vec<Fault>> {
        if key.is_some_and(|key| self.entry(part.id, key).is_none()) {
            return Err(vec![Fault::whole("This entry has been removed in the meantime")]);
        }
        let there = self.entries(part.id).len();
        if key.is_none() && there >= if part.many { MOST } else { 1 } {
            return Err(vec![Fault::whole(if part.many { TOO_MANY } else { THERE_ALREADY })]);
        }
        let fields = check::read(self, part, key, typed, order)?;
        let key = key.unwrap_or_else(|| self.take_key());
        let entries = self.parts.entry(part.id.to_owned()).or_default();
        match entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => entry.fields = fields,
            None => entries.push(Entry { key, fields }),
        }
        Ok(key)
    }

    /// Takes an entry out.
    ///
    /// # Errors
    /// A [`Fault`] if there is no such entry, others refer to it, or a file cannot be without it.
    pub fn remove(&mut self, part: &Part, key: u32) -> Result<(), Fault> {
        if part.id == "identity" {
            return Err(Fault::whole(
                "A file cannot be without a name. Set where the customer stands to “ended” instead",
            ));
        }
        let by = key.to_string();
        let held = |entry: &&Entry| part.id == "owner" && entry.fields.one("of") == by;
        if let Some(held) = self.entries("owner").iter().find(held) {
            let holder = held.fields.one("holder");
            return Err(Fault::whole(format!(
                "{holder} holds its share through this one. Change or remove that first"
            )));
        }
        let entries = self.parts.get_mut(part.id);
        let there = entries.as_ref().is_some_and(|entries| entries.iter().any(|entry| entry.key == key));
        let Some(entries) = entries.filter(|_| there) else {
            return Err(Fault::whole("This entry has been removed in the meantime"));
        };
        entries.retain(|entry| entry.key != key);
        Ok(())
    }

    fn take_key(&mut self) -> u32 {
        let key = self.next;
        self.next = self.next.saturating_add(1);
        key
    }

    /// What the file is found by: every name and number in it, folded.
    #[must_use]
    pub fn search_words(&self) -> String {
        let mut found = String::new();
        for (part, field) in PARTS.iter().flat_map(|part| part.fields.iter().map(move |field| (part, field))) {
            if !field.found {
                continue;
            }
            for text in self.entries(part.id).iter().flat_map(|entry| entry.fields.many(field.name)) {
                found.push(' ');
                found.push_str(&words(text));
            }
        }
        found.push(' ');
        found.chars().take(LONGEST_SEARCH).collect()
    }
}

const TOO_MANY: &str = "There are 200 of these already, which is the most that a file takes";
const THERE_ALREADY: &str = "This part of the file is there already. Change it instead";
