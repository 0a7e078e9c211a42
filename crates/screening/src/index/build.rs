//! Making an index.

use std::collections::{HashMap, hash_map::Entry as Slot};

use super::{Index, Listed, Row, initials, postings::Postings};
use crate::{
    entry::{Entry, Kind, NameRole},
    evidence::{self, Facts as Known},
    keys,
    words::{Parts, Role},
};

#[derive(Default)]
pub(super) struct Build {
    index: Index,
    known: HashMap<(String, Role, u32, bool), u32>,
    by_key: Vec<(u64, u32)>,
    by_word: Vec<(u64, u32)>,
    joined: Vec<(u64, u32)>,
    spelt: Vec<(u64, u32)>,
    acronyms: Vec<(u64, u32)>,
}

impl Build {
    pub(super) fn add(&mut self, entry: &Entry) {
        let number = u32::try_from(self.index.entries.len()).expect("fewer than four thousand million entries");
        for name in &entry.names {
            let kind = match entry.kind {
                Kind::Aircraft => Kind::Vessel,
                kind => kind,
            };
            for parts in Parts::variants(&name.text, kind) {
                self.row(number, name.role == NameRole::Weak, parts);
            }
        }
        for identifier in &entry.identifiers {
            let value = evidence::bare_number(&identifier.value);
            if value.len() >= evidence::SHORTEST_NUMBER {
                self.index.identifiers.entry(value).or_default().push(number);
            }
        }
        self.index.entries.push(Listed { id: entry.id.clone(), known: Known::of(entry) });
    }

    fn row(&mut self, entry: u32, weak: bool, mut parts: Parts) {
        let row = u32::try_from(self.index.names.len()).expect("fewer than four thousand million names");
        for word in &mut parts.words {
            let key = (word.ascii.clone(), word.role, word.weight.to_bits(), word.bare);
            let number = match self.known.entry(key) {
                Slot::Occupied(known) => *known.get(),
                Slot::Vacant(free) => {
                    let number = u32::try_from(self.index.words.len()).expect("fewer words than names");
                    self.index.words.push(word.clone());
                    self.by_key.extend(keys::of(word).held.into_iter().map(|key| (key, number)));
                    *free.insert(number)
                }
            };
            *word = self.index.words[number as usize].clone();
            self.by_word.push((number.into(), row));
        }
        let of_row = |keys: Vec<u64>| keys.into_iter().map(move |key| (key, row));
        self.joined.extend(of_row(keys::joined(&parts.words)).chain(keys::beginning(&parts).map(|key| (key, row))));
        if parts.kind != Kind::Person {
            self.spelt.extend(of_row(keys::acronyms(&parts)));
            self.acronyms.extend(of_row(keys::of_acronym(&parts.words)));
        }
        self.index.names.push(Row { entry, weak, weight: parts.weight(), initials: initials(&parts), parts });
    }

    pub(super) fn done(mut self) -> Index {
        self.index.by_key = Postings::of(self.by_key);
        self.index.by_word = Postings::of(self.by_word);
        self.index.joined = Postings::of(self.joined);
        self.index.spelt = Postings::of(self.spelt);
        self.index.acronyms = Postings::of(self.acronyms);
        self.index
    }
}
