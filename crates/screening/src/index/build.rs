//! Making an index.

use std::{
    borrow::Borrow,
    collections::{HashMap, hash_map::Entry as Slot},
    hash::BuildHasherDefault,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use rayon::prelude::*;

use super::{
    Index, Listed, Row,
    glance::Glance,
    postings::{ByNumber, Postings},
    same::Same,
};
use crate::{
    entry::{Entry, Kind, NameRole},
    evidence::{self, Facts},
    keys::{self, Quick},
    words::{Parts, Word},
};

#[derive(Default)]
pub(super) struct Build {
    index: Index,
    known: HashMap<Same, u32, BuildHasherDefault<Quick>>,
    joined: Vec<(u64, u32)>,
    spelt: Vec<(u64, u32)>,
}

/// An entry that was read, and is not in the index yet.
pub(super) struct Read {
    listed: Listed,
    numbers: Vec<String>,
    names: Vec<Name>,
}

struct Name {
    weak: bool,
    parts: Parts,
    joined: Vec<u64>,
    spelt: Vec<u64>,
}

impl Read {
    fn of(entry: &Entry) -> Self {
        let kind = if entry.kind == Kind::Aircraft { Kind::Vessel } else { entry.kind };
        let names = entry.names.iter().flat_map(|name| {
            let weak = name.role == NameRole::Weak;
            Parts::variants(&name.text, kind).into_iter().map(move |parts| Name::of(weak, parts))
        });
        let numbers = entry.identifiers.iter().map(|number| evidence::bare_number(&number.value));
        Self {
            names: names.collect(),
            numbers: numbers.filter(|number| number.len() >= evidence::SHORTEST_NUMBER).collect(),
            listed: Listed { id: entry.id.clone(), known: Facts::of(entry) },
        }
    }
}

impl Name {
    fn of(weak: bool, parts: Parts) -> Self {
        let joined = keys::joined(&parts).into_iter().chain(keys::beginning(&parts)).collect();
        let spelt = if parts.kind == Kind::Person { Vec::new() } else { keys::acronyms(&parts) };
        Self { weak, parts, joined, spelt }
    }
}

/// Reads entries, on all cores.
pub(super) fn read(entries: &[impl Borrow<Entry> + Sync]) -> Vec<Read> {
    entries.par_iter().map(|entry| Read::of(entry.borrow())).collect()
}

impl Build {
    /// Adds entries in their order.
    pub(super) fn add(&mut self, entries: Vec<Read>) {
        for entry in entries {
            let number = u32::try_from(self.index.entries.len()).expect(FEWER);
            for value in entry.numbers {
                self.index.identifiers.entry(value).or_default().push(number);
            }
            entry.names.into_iter().for_each(|name| self.name(number, name));
            self.index.entries.push(entry.listed);
        }
    }

    fn name(&mut self, entry: u32, mut name: Name) {
        let row = u32::try_from(self.index.rows.len()).expect(FEWER);
        self.joined.extend(name.joined.into_iter().map(|key| (key, row)));
        self.spelt.extend(name.spelt.into_iter().map(|key| (key, row)));
        let numbers: Vec<u32> = name.parts.words.iter().map(|word| self.number(word)).collect();
        for (word, number) in name.parts.words.iter_mut().zip(&numbers) {
            *word = self.index.words[*number as usize].clone();
        }
        self.index.names.push(&name.parts, numbers.into_iter());
        self.index.rows.push(Row { entry, weak: name.weak, parts: name.parts });
    }

    /// The number of a word, which many names may hold.
    fn number(&mut self, word: &Arc<Word>) -> u32 {
        match self.known.entry(Same(word.clone())) {
            Slot::Occupied(known) => *known.get(),
            Slot::Vacant(free) => {
                let number = u32::try_from(self.index.words.len()).expect(FEWER);
                self.index.words.push(word.clone());
                *free.insert(number)
            }
        }
    }

    pub(super) fn done(self) -> Index {
        let Self { mut index, known, joined, spelt } = self;
        drop(known);
        index.number = LAST.fetch_add(1, Ordering::Relaxed) + 1;
        index.glances = index.words.par_iter().map(|word| Glance::of(word)).collect();
        index.by_word = ByNumber::of(index.words.len(), || index.names.pairs());
        index.by_key = Postings::of(by_key(&index.words, |word| keys::of(word).held));
        index.acronyms = Postings::of(by_key(&index.words, keys::of_acronym));
        index.joined = Postings::of(joined);
        index.spelt = Postings::of(spelt);
        index
    }
}

/// The number of the last index that was made.
static LAST: AtomicU64 = AtomicU64::new(0);

fn by_key(words: &[Arc<Word>], keys: impl Fn(&Word) -> Vec<u64> + Sync) -> Vec<(u64, u32)> {
    let of_word = |(word, number): (&Arc<Word>, u32)| keys(word).into_iter().map(move |key| (key, number));
    let numbers = 0..u32::try_from(words.len()).expect(FEWER);
    words.par_iter().zip(numbers).flat_map_iter(of_word).collect()
}

const FEWER: &str = "fewer than four thousand million";
