//! Names that may be the one that is asked for: those that hold words like its own, enough of them to reach the threshold.

use std::{cell::RefCell, collections::HashMap, hash::BuildHasherDefault, sync::Arc};

use super::{
    Index,
    glance::Glance,
    marks::Marks,
    names::initials,
    same::Same,
    sums::{ACRONYM, JOINED, Sums},
};
use crate::{
    alike::alike,
    compare,
    entry::Kind,
    keys::{self, Keys, Quick},
    words::{Parts, Word, runs},
};

/// What an initial may stand for at most.
const INITIAL: f32 = 0.6;

/// More than any word weighs.
const MUCH: f32 = 1.5;

/// What a thread works on while it looks for a name.
#[derive(Default)]
struct Desk {
    sums: Sums,
    /// Words, or names, that were looked at already.
    seen: Marks,
    /// Words of the names that were begun with.
    begun: Marks,
    /// What words that were asked for before are like: many names hold the same ones.
    remembered: HashMap<(Same, Kind), Like, BuildHasherDefault<Quick>>,
    /// The index of which it is remembered.
    of: u64,
}

/// So many words are remembered.
const REMEMBERED: usize = 10_000;

impl Desk {
    fn turn_to(&mut self, index: u64) {
        if self.of != index || self.remembered.len() >= REMEMBERED {
            self.remembered.clear();
            self.of = index;
        }
    }
}

/// Words of the lists that count as the same as one that is asked for, with how alike they are.
type Like = Arc<[(u32, f32)]>;

/// A word that is asked for and was not looked up yet.
struct Pending<'a> {
    word: &'a Arc<Word>,
    glance: &'a Glance,
    /// Unless it is known already what is like it.
    keys: Keys,
    like: Option<Like>,
    /// How many names hold it: first those that hold what the tables take for the same, then all.
    names: usize,
}

impl Index {
    /// Names that can reach the threshold.
    pub(super) fn candidates(&self, parts: &Parts, threshold: f32) -> Vec<u32> {
        thread_local! {
            static DESK: RefCell<Desk> = RefCell::default();
        }
        DESK.with_borrow_mut(|desk| {
            desk.turn_to(self.number);
            desk.sums.make_room(self.names.len());
            let glances: Vec<Glance> = parts.words.iter().map(|word| Glance::of(word)).collect();
            let left = self.begin(parts, &glances, desk, threshold);
            self.go_on(parts.kind, left, desk);
            self.add_up_joined(parts, &glances, desk);
            if parts.kind != Kind::Person {
                self.add_up_acronyms(parts, &mut desk.sums);
            }
            let names = self.able(parts, &desk.sums, threshold);
            desk.sums.clear();
            names
        })
    }

    /// Begins with the names of the rarest words, until a name that holds only what is left cannot be enough; gives what is
    /// left.
    fn begin<'a>(&self, parts: &'a Parts, glances: &'a [Glance], desk: &mut Desk, threshold: f32) -> Vec<Pending<'a>> {
        let words = parts.words.iter().zip(glances);
        let mut left: Vec<Pending> = words.map(|word| self.pending(word, parts.kind, desk)).collect();
        while let Some(at) = (0..left.len()).min_by_key(|at| left[*at].names) {
            if !Self::enough(parts, &left, threshold) {
                break;
            }
            let pending = &mut left[at];
            if pending.like.is_none() {
                // Which is the rarest is known when it is known who writes it otherwise.
                let like = self.like(pending, parts.kind, desk, true);
                pending.names = self.names_with(&like);
                pending.like = Some(Arc::clone(&like));
                desk.remembered.insert((Same(Arc::clone(pending.word)), parts.kind), like);
                continue;
            }
            let pending = left.swap_remove(at);
            let turn = desk.sums.next_turn();
            for (other, weight) in self.weighed(pending.word, &pending.like.unwrap_or_default()) {
                self.by_word.get(other).iter().for_each(|name| desk.sums.add(*name, turn, weight, true));
            }
        }
        left
    }

    fn pending<'a>(&self, (word, glance): (&'a Arc<Word>, &'a Glance), kind: Kind, desk: &Desk) -> Pending<'a> {
        if let Some(like) = desk.remembered.get(&(Same(Arc::clone(word)), kind)) {
            let names = self.names_with(like);
            return Pending { word, glance, keys: Keys::default(), like: Some(Arc::clone(like)), names };
        }
        let keys = keys::of(word);
        let words = keys.asked.iter().flat_map(|key| self.by_key.get(*key));
        let names = words.map(|word| self.by_word.get(*word).len()).sum();
        Pending { word, glance, keys, like: None, names }
    }

    /// How many names hold these words.
    fn names_with(&self, words: &[(u32, f32)]) -> usize {
        words.iter().map(|(word, _)| self.by_word.get(*word).len()).sum()
    }

    /// What a name gains by the words that are like one.
    fn weighed<'a>(&'a self, word: &'a Word, like: &'a [(u32, f32)]) -> impl Iterator<Item = (u32, f32)> + 'a {
        let weight = |other: u32| f32::midpoint(word.weight, self.words[other as usize].weight);
        like.iter().map(move |(other, likeness)| (*other, weight(*other) * likeness))
    }

    /// Adds what is left to the names that were begun with.
    fn go_on(&self, kind: Kind, left: Vec<Pending>, desk: &mut Desk) {
        if left.is_empty() || desk.sums.touched.is_empty() {
            return;
        }
        desk.begun.begin(self.words.len());
        let words = desk.sums.touched.iter().flat_map(|name| self.names.words(*name));
        words.for_each(|word| _ = desk.begun.set(*word));
        for pending in left {
            let turn = desk.sums.next_turn();
            let like = pending.like.clone().unwrap_or_else(|| self.like(&pending, kind, desk, false));
            let weights: HashMap<u32, f32> = self.weighed(pending.word, &like).collect();
            desk.seen.begin(self.words.len());
            weights.keys().for_each(|word| _ = desk.seen.set(*word));
            for at in 0..desk.sums.touched.len() {
                let name = desk.sums.touched[at];
                for word in self.names.words(name).iter().filter(|word| desk.seen.has(**word)) {
                    desk.sums.add(name, turn, weights[word], false);
                }
            }
        }
    }

    /// The words of the lists that count as the same as a word: of all names, or only of those that were begun with.
    fn like(&self, pending: &Pending, kind: Kind, desk: &mut Desk, of_all: bool) -> Like {
        desk.seen.begin(self.words.len());
        let mut new = |other: &u32| (of_all || desk.begun.has(*other)) && desk.seen.set(*other);
        let held = |key: &u64| self.by_key.get(*key).iter().copied();
        let mut found: Vec<u32> = pending.keys.asked.iter().flat_map(held).filter(&mut new).collect();
        let broad = pending.keys.broad.iter().chain(&pending.keys.far).flat_map(held).filter(new);
        found.extend(broad.filter(|other| pending.glance.may_be_alike(&self.glances[*other as usize], kind)));
        found.sort_unstable();
        found
            .into_iter()
            .filter_map(|other| Some((other, alike(pending.word, &self.words[other as usize], kind)?.0)))
            .collect()
    }

    /// What is written as several words here and as one there, and the other way round.
    fn add_up_joined(&self, parts: &Parts, glances: &[Glance], desk: &mut Desk) {
        for run in runs(parts.words.len()) {
            let word = Word::joined(&parts.words[run.clone()]);
            let glance = Glance::joined(glances[run].iter());
            let keys = keys::of(&word);
            desk.seen.begin(self.words.len());
            for other in keys.asked.iter().chain(&keys.broad).flat_map(|key| self.by_key.get(*key)) {
                if desk.seen.set(*other) && glance.may_be_joined_in(&self.glances[*other as usize]) {
                    let names = self.by_word.get(*other).iter();
                    names.for_each(|name| desk.sums.add(*name, JOINED, word.weight, true));
                }
            }
        }
        for (word, glance) in parts.words.iter().zip(glances) {
            desk.seen.begin(self.names.len());
            for name in keys::may_be_joined(word).into_iter().flat_map(|key| self.joined.get(key)) {
                if desk.seen.set(*name) && self.holds_joined(*name, glance) {
                    desk.sums.add(*name, JOINED, word.weight, true);
                }
            }
        }
        let whole = keys::beginning(parts).into_iter().chain([keys::written_together(parts)]);
        for name in whole.flat_map(|key| self.joined.get(key)) {
            desk.sums.add(*name, JOINED, MUCH, true);
        }
    }

    /// Whether a name may hold a word as several.
    fn holds_joined(&self, name: u32, word: &Glance) -> bool {
        let words = self.names.words(name);
        runs(words.len()).any(|run| {
            let run = words[run].iter().map(|word| &self.glances[*word as usize]);
            Glance::joined(run).may_be_joined_in(word)
        })
    }

    /// Names of whose first letters a word is made, and names with a word that is made of the first letters of this one.
    fn add_up_acronyms(&self, parts: &Parts, sums: &mut Sums) {
        for word in &parts.words {
            let names = keys::of_acronym(word).into_iter().flat_map(|key| self.spelt.get(key));
            names
                .filter(|name| compare::is_acronym(word, &self.rows[**name as usize].parts))
                .for_each(|name| sums.add(*name, ACRONYM, MUCH, true));
        }
        let words = keys::acronyms(parts).into_iter().flat_map(|key| self.acronyms.get(key));
        for word in words.filter(|word| compare::is_acronym(&self.words[**word as usize], parts)) {
            self.by_word.get(*word).iter().for_each(|name| sums.add(*name, ACRONYM, MUCH, true));
        }
    }

    /// Whether a name can be a hit that holds of the question only the words that are left.
    fn enough(parts: &Parts, left: &[Pending], threshold: f32) -> bool {
        let rest: f32 = left.iter().map(|pending| pending.word.weight).sum();
        let (whole, initials) = (parts.weight(), INITIAL * f32::from(initials(parts)));
        let alone = left.len() == 1 && initials == 0.0 && is_common(parts.kind, rest, whole - rest);
        let all = left.len() == parts.words.len();
        all || !alone && compare::at_most(parts.kind, whole, rest, rest + initials) >= threshold - SLACK
    }

    /// Those of the names added up that can score what is asked.
    fn able(&self, parts: &Parts, sums: &Sums, threshold: f32) -> Vec<u32> {
        let (whole, own) = (parts.weight(), f32::from(initials(parts)));
        let can = |name: &u32| {
            let (brief, sum) = (self.names.brief(*name), sums.of(*name));
            if brief.kind != parts.kind {
                return false;
            }
            let initials = own + brief.initials();
            let missing = whole.max(brief.weight) - sum.weight;
            let alone = sum.words == 1 && initials == 0.0 && is_common(parts.kind, sum.weight, missing);
            let reach = compare::at_most(parts.kind, whole, brief.weight, INITIAL.mul_add(initials, sum.weight));
            // What words written together weigh is not known before they are compared.
            sum.is_joined() || !alone && reach >= threshold - SLACK
        };
        let mut names: Vec<u32> = sums.touched.iter().copied().filter(can).collect();
        names.sort_unstable();
        names
    }
}

/// What is added up may weigh a little more when it is compared.
const SLACK: f32 = 0.02;

/// Whether one word of a person's name is a common one beside which others are missing: never enough for a hit.
fn is_common(kind: Kind, weight: f32, missing: f32) -> bool {
    kind == Kind::Person && weight < 0.9 && missing >= 0.35
}
