//! Finding, among a million names, those that may be the one that is asked for, without comparing it with all of them.
//!
//! Words that can count as the same share a key: the bones of their sound, one consonant left out, a group of the tables,
//! a beginning. So a word of the question leads to the words of the lists that are like it, and these to the names that
//! hold them. Names are added up by what their words weigh, and only those that can reach the threshold are compared in
//! full. What this loses against comparing with everything is measured by `tests/recall.rs`.

mod build;
mod postings;
mod sums;

use std::{borrow::Borrow, cell::RefCell, collections::HashMap, sync::Arc};

use crate::{
    alike::alike,
    compare,
    entry::{Entry, Kind},
    evidence::{self, Asked, Facts as Known, Support},
    keys,
    words::{MOST_JOINED, Parts, Role, Word, guess},
};
use build::Build;
use postings::Postings;
use sums::Sums;

/// An index over the entries of one or several lists.
#[derive(Default)]
pub struct Index {
    entries: Vec<Listed>,
    names: Vec<Row>,
    words: Vec<Arc<Word>>,
    by_key: Postings,
    by_word: Postings,
    /// Names by words that are written together in others.
    joined: Postings,
    /// Names by the acronyms they may go by.
    spelt: Postings,
    /// Names by words that may be acronyms.
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
    weight: f32,
    initials: f32,
    parts: Parts,
}

/// What an initial may stand for at most.
const INITIAL: f32 = 0.6;

fn initials(parts: &Parts) -> f32 {
    parts.words.iter().filter(|word| word.role == Role::Initial).count() as f32
}

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
    /// Reads entries into an index. They may be borrowed, or handed over one by one and forgotten.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item: Borrow<Entry>>) -> Self {
        let mut build = Build::default();
        for entry in entries {
            build.add(entry.borrow());
        }
        build.done()
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
            for name in self.candidates(question, threshold) {
                let row = &self.names[name as usize];
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
            for row in self.names.iter().filter(|row| question.fits(row.parts.kind)) {
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
        let row = self.names.get(name as usize).or_else(|| self.names.iter().find(|row| row.entry == entry));
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

    /// Names that can reach the threshold.
    fn candidates(&self, question: &Question, threshold: f32) -> Vec<u32> {
        thread_local! {
            static SUMS: RefCell<Sums> = RefCell::default();
        }
        SUMS.with_borrow_mut(|sums| {
            sums.make_room(self.names.len());
            self.add_up(&question.parts, sums, threshold);
            let names = self.able(&question.parts, sums, threshold);
            sums.clear();
            names
        })
    }

    fn add_up(&self, parts: &Parts, sums: &mut Sums, threshold: f32) {
        let mut words: Vec<&Word> = parts.words.iter().map(AsRef::as_ref).collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        for (turn, word) in (1_u8..).zip(&words) {
            // A name that holds nothing but what is left from here on cannot be enough: it need not be begun with.
            let rest: f32 = words[usize::from(turn) - 1..].iter().map(|word| word.weight).sum();
            let begins = words.len() == 1 || Self::enough(parts, rest, words.len() - usize::from(turn), threshold);
            for (other, likeness) in self.like(word, parts.kind) {
                let weight = f32::midpoint(word.weight, self.words[other as usize].weight) * likeness;
                let names = self.by_word.get(other.into()).iter();
                names.for_each(|name| sums.add(*name, turn, weight, begins));
            }
        }
        // What is written as several words here and as one there, and the other way round.
        for word in joined(&parts.words) {
            for (other, likeness) in self.like(&word, parts.kind) {
                if likeness >= LIKE_ONE {
                    let names = self.by_word.get(other.into()).iter();
                    names.for_each(|name| sums.add(*name, JOINED, word.weight, true));
                }
            }
        }
        for word in &words {
            let names = keys::may_be_joined(word).into_iter().flat_map(|key| self.joined.get(key));
            let fits = |name: &&u32| {
                joined(&self.names[**name as usize].parts.words)
                    .any(|run| alike(word, &run, parts.kind).is_some_and(|found| found.0 >= LIKE_ONE))
            };
            names.filter(fits).for_each(|name| sums.add(*name, JOINED, word.weight, true));
        }
        keys::beginning(parts)
            .iter()
            .flat_map(|key| self.joined.get(*key))
            .for_each(|name| sums.add(*name, JOINED, MUCH, true));
        if parts.kind != Kind::Person {
            for (keys, held) in [(keys::of_acronym(&parts.words), &self.spelt), (keys::acronyms(parts), &self.acronyms)]
            {
                keys.iter().flat_map(|key| held.get(*key)).for_each(|name| sums.add(*name, ACRONYM, MUCH, true));
            }
        }
    }

    /// Whether a name can be a hit that holds of the question only words of the weight `rest`, `more` of them after the first.
    fn enough(parts: &Parts, rest: f32, more: usize, threshold: f32) -> bool {
        let (whole, initials) = (parts.weight(), INITIAL * initials(parts));
        let alone = more == 0 && initials == 0.0 && is_common(parts.kind, rest, whole - rest);
        !alone && compare::at_most(parts.kind, whole, rest, rest + initials) >= threshold - 0.02
    }

    /// Those of the names added up that can score what is asked.
    fn able(&self, parts: &Parts, sums: &Sums, threshold: f32) -> Vec<u32> {
        let (whole, own) = (parts.weight(), initials(parts));
        let can = |name: &u32| {
            let (row, sum) = (&self.names[*name as usize], sums.of(*name));
            if row.parts.kind != parts.kind {
                return false;
            }
            let initials = own + row.initials;
            let missing = whole.max(row.weight) - sum.weight;
            let alone = sum.words == 1 && initials == 0.0 && is_common(parts.kind, sum.weight, missing);
            let reach = compare::at_most(parts.kind, whole, row.weight, INITIAL.mul_add(initials, sum.weight));
            // What words written together weigh is not known before they are compared.
            sum.turn >= JOINED || !alone && reach >= threshold - 0.02
        };
        let mut names: Vec<u32> = sums.touched.iter().copied().filter(can).collect();
        names.sort_unstable();
        names
    }

    /// The words of the lists that count as the same as a word, with how alike they are.
    fn like(&self, word: &Word, kind: Kind) -> Vec<(u32, f32)> {
        let mut found: Vec<u32> =
            keys::of(word).asked.into_iter().flat_map(|key| self.by_key.get(key)).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .filter_map(|other| alike(word, &self.words[other as usize], kind).map(|(likeness, _)| (other, likeness)))
            .collect()
    }
}

/// Whether one word of a person's name is a common one beside which others are missing: never enough for a hit.
fn is_common(kind: Kind, weight: f32, missing: f32) -> bool {
    kind == Kind::Person && weight < 0.9 && missing >= 0.35
}

/// From here on words written together count as one.
const LIKE_ONE: f32 = 0.88;

/// Neighbouring words as one, two to four.
fn joined(words: &[Arc<Word>]) -> impl Iterator<Item = Word> + '_ {
    (2..=MOST_JOINED).flat_map(|count| words.windows(count)).map(Word::joined)
}

/// More than any word weighs.
const MUCH: f32 = 1.5;

/// The turns of what is written together, and of acronyms.
const JOINED: u8 = 250;
const ACRONYM: u8 = 251;

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
