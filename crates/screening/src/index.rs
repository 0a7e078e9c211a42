//! Finding, among a million names, those that may be the one that is asked for, without comparing it with all of them.
//!
//! Words that can count as the same share a key: the bones of their sound, one consonant left out, a group of the tables,
//! a beginning. So a word of the question leads to the words of the lists that are like it, and these to the names that
//! hold them. Names are added up by what their words weigh, and only those that can reach the threshold are compared in
//! full. What this loses against comparing with everything is measured by `tests/recall.rs`.

mod build;
mod candidates;
mod glance;
mod marks;
mod names;
mod postings;
mod same;
mod sums;

use std::{borrow::Borrow, collections::HashMap, sync::Arc};

use crate::{
    compare,
    entry::{Entry, Kind},
    evidence::{self, Asked, Facts as Known, Support},
    words::{Parts, Word, guess},
};
use build::Build;
use glance::Glance;
use names::Names;
use postings::{ByNumber, Postings};

/// An index over the entries of one or several lists.
#[derive(Default)]
pub struct Index {
    /// Which of all that were ever made it is.
    number: u64,
    entries: Vec<Listed>,
    rows: Vec<Row>,
    /// The same names in brief.
    names: Names,
    words: Vec<Arc<Word>>,
    /// The same words, as far as it takes to see which are not alike.
    glances: Vec<Glance>,
    /// Words by what leads to them.
    by_key: Postings,
    /// Names by their words.
    by_word: ByNumber,
    /// Names by words that are written together in others.
    joined: Postings,
    /// Names by the acronyms they may go by.
    spelt: Postings,
    /// Words that may be acronyms.
    acronyms: Postings,
    identifiers: HashMap<String, Vec<u32>>,
}

struct Listed {
    id: String,
    known: Known,
}

struct Row {
    entry: u32,
    weak: bool,
    parts: Parts,
}

/// How many entries are read into an index at once.
const AT_ONCE: usize = 4096;

/// An entry that may be the one asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The entry's place among those the index was made of.
    pub entry: usize,
    /// Its number on its list.
    pub id: String,
    /// From 0 to 1, after what else is known has been heard.
    pub score: f32,
    /// How the names compare.
    pub comparison: compare::Comparison,
    /// What else speaks for it or against it.
    pub support: Vec<Support>,
}

impl Index {
    /// Reads entries into an index. They may be borrowed, or handed over one by one and forgotten. All cores work on it.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item: Borrow<Entry> + Sync>) -> Self {
        let mut build = Build::default();
        let mut entries = entries.into_iter();
        let mut read = Vec::new();
        loop {
            let some: Vec<_> = entries.by_ref().take(AT_ONCE).collect();
            // While some are added, the next are read.
            let (next, ()) = rayon::join(|| build::read(&some), || build.add(std::mem::take(&mut read)));
            if next.is_empty() {
                return build.done();
            }
            read = next;
        }
    }

    /// How many entries it holds.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries that score at least `threshold`, the best first.
    #[must_use]
    pub fn find(&self, asked: &Asked, threshold: f32) -> Vec<Hit> {
        let mut best: HashMap<u32, (f32, u32, usize)> = HashMap::new();
        let questions = Question::all(asked);
        for (place, question) in questions.iter().enumerate() {
            for name in self.candidates(&question.parts, threshold) {
                let row = &self.rows[name as usize];
                let score = self.judged(question, row, asked).0;
                if score >= threshold && best.get(&row.entry).is_none_or(|(known, ..)| *known < score) {
                    best.insert(row.entry, (score, name, place));
                }
            }
        }
        for entry in self.by_identifier(asked) {
            best.entry(entry).or_insert((1.0, u32::MAX, 0));
        }
        let mut hits: Vec<Hit> = best
            .into_iter()
            .map(|(entry, (_, name, place))| self.hit(entry, name, questions.get(place), asked))
            .collect();
        hits.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then(b.comparison.evidence.total_cmp(&a.comparison.evidence))
                .then(a.entry.cmp(&b.entry))
        });
        hits
    }

    /// As [`Self::find`], by comparing with every name: slow, for measuring what the index loses.
    #[must_use]
    pub fn find_exhaustively(&self, asked: &Asked, threshold: f32) -> Vec<(usize, f32)> {
        let mut best: HashMap<u32, f32> = HashMap::new();
        for question in Question::all(asked) {
            for row in self.rows.iter().filter(|row| question.fits(row.parts.kind)) {
                let score = self.judged(&question, row, asked).0;
                let known = best.entry(row.entry).or_default();
                *known = known.max(score);
            }
        }
        let mut all: Vec<_> = best
            .into_iter()
            .filter(|(_, score)| *score >= threshold)
            .map(|(entry, score)| (entry as usize, score))
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all
    }

    fn judged(&self, question: &Question, row: &Row, asked: &Asked) -> (f32, Vec<Support>) {
        let mut score = compare::score(&question.parts, &row.parts) * question.factor;
        if row.weak {
            score *= WEAK;
        }
        evidence::weigh(score, asked, &self.entries[row.entry as usize].known)
    }

    fn hit(&self, entry: u32, name: u32, question: Option<&Question>, asked: &Asked) -> Hit {
        let listed = &self.entries[entry as usize];
        let row = self.rows.get(name as usize).or_else(|| self.rows.iter().find(|row| row.entry == entry));
        let (comparison, (score, support)) = match (row, question) {
            (Some(row), Some(question)) => {
                (compare::parts(&question.parts, &row.parts), self.judged(question, row, asked))
            }
            _ => (compare::Comparison::default(), evidence::weigh(0.0, asked, &listed.known)),
        };
        Hit { entry: entry as usize, id: listed.id.clone(), score, comparison, support }
    }

    fn by_identifier(&self, asked: &Asked) -> Vec<u32> {
        let found =
            asked.identifiers.iter().filter_map(|number| self.identifiers.get(&evidence::bare_number(&number.value)));
        found
            .flatten()
            .copied()
            .filter(|entry| evidence::same_number(asked, &self.entries[*entry as usize].known).is_some())
            .collect()
    }
}

/// What a name of low quality counts, by the list's own word.
const WEAK: f32 = 0.93;

/// A name that is asked for, taken apart.
struct Question {
    parts: Parts,
    /// What it counts: a firm's name asked for as a person's counts less.
    factor: f32,
}

impl Question {
    fn all(asked: &Asked) -> Vec<Self> {
        let kinds: &[Kind] = match asked.kind {
            Kind::Person => &[Kind::Person],
            Kind::Organisation => &[Kind::Organisation],
            Kind::Vessel | Kind::Aircraft => &[Kind::Vessel],
            Kind::Any => &[Kind::Person, Kind::Organisation, Kind::Vessel],
        };
        let mut all = Vec::new();
        for name in &asked.names {
            let guessed = guess(name);
            for kind in kinds {
                let strange = asked.kind == Kind::Any && *kind != Kind::Vessel && *kind != guessed;
                let factor = if strange { 0.85 } else { 1.0 };
                all.extend(Parts::variants(name, *kind).into_iter().map(|parts| Self { parts, factor }));
            }
        }
        all
    }

    fn fits(&self, kind: Kind) -> bool {
        self.parts.kind == kind
    }
}
