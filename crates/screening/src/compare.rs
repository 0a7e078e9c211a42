//! Comparing two names: which words belong to each other, what that adds, and what speaks against it.
//!
//! Words are linked, the best link first. What is linked adds its weight; what is left on one side only takes a little
//! away, since people leave names out; what is left on both sides is another name and takes away more than it weighs.
//! Rare words weigh more than common ones ([`crate::words`]), and a name that rests on one common word is no hit.

use std::{ops::Range, sync::Arc};

use serde::{Deserialize, Serialize};

pub use crate::alike::How;
use crate::{
    alike::alike,
    entry::Kind,
    sound,
    tables::Particle,
    text::Notice,
    typing,
    words::{Parts, Role, Spelt, Word, guess},
};

/// What comparing two names found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// From 0 (other names) to 1 (the same name).
    pub score: f32,
    /// How much stands behind it: the weight of the words that belong together, in bits of how rare they are.
    pub evidence: f32,
    /// Which words belong to each other, in the order of the first name.
    pub links: Vec<Link>,
    /// Words of the first name that belong to none of the second, with what they take away.
    pub left: Vec<Left>,
    /// Words of the second name that belong to none of the first.
    pub right: Vec<Left>,
    /// What was noticed in the writing of either.
    pub notices: Vec<Notice>,
}

/// Words that belong to each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// In the first name.
    pub one: String,
    /// In the second.
    pub other: String,
    /// Why.
    pub how: How,
    /// From 0 to 1.
    pub likeness: f32,
    /// What it adds to the score, of 1 in all.
    pub adds: f32,
}

/// A word that belongs to none of the other name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// The word.
    pub word: String,
    /// What it takes from the score.
    pub takes: f32,
}

/// How hard things weigh against each other; one row for each kind of name.
struct Rule {
    /// What a word costs that the other name has another for.
    conflict: f32,
    /// What a word costs that the other name lacks.
    absent: f32,
    /// What has to be matched so that a missing word costs no more than that.
    enough: f32,
}

const PERSON: Rule = Rule { conflict: 1.7, absent: 0.26, enough: 1.5 };
const ORGANISATION: Rule = Rule { conflict: 1.6, absent: 0.55, enough: 1.0 };
const VESSEL: Rule = Rule { conflict: 1.8, absent: 0.9, enough: 1.2 };

const fn rule(kind: Kind) -> &'static Rule {
    match kind {
        Kind::Person => &PERSON,
        Kind::Vessel | Kind::Aircraft => &VESSEL,
        Kind::Organisation | Kind::Any => &ORGANISATION,
    }
}

/// Words of both sides that may belong together.
#[derive(Clone, Debug)]
struct Tie {
    one: Range<usize>,
    other: Range<usize>,
    likeness: f32,
    how: How,
    weight: f32,
}

/// How two names compare. [`Kind::Any`] takes the better of being read as a person's and as an organisation's name.
#[must_use]
pub fn names(one: &str, other: &str, kind: Kind) -> Comparison {
    let best = |kind| {
        let (ones, others) = (Parts::variants(one, kind), Parts::variants(other, kind));
        let pairs = ones.iter().flat_map(|one| others.iter().map(move |other| parts(one, other)));
        pairs.max_by(|a, b| a.score.total_cmp(&b.score)).unwrap_or_default()
    };
    if kind != Kind::Any {
        return best(kind);
    }
    match (guess(one), guess(other)) {
        (Kind::Person, Kind::Person) => best(Kind::Person),
        (one, other) if one == other => best(Kind::Organisation),
        // A person's name and a firm's: the firm may bear the name of its owner.
        _ => {
            let mut found = best(Kind::Organisation);
            found.score *= 0.85;
            found
        }
    }
}

/// How two names that were taken apart compare.
#[must_use]
pub fn parts(one: &Parts, other: &Parts) -> Comparison {
    if turned(one, other) {
        return parts(other, one).turned();
    }
    let ties = chosen(one, other);
    Weighing::of(one, other, &ties).comparison(one, other, &ties)
}

/// The score alone, without the words for it.
#[must_use]
pub fn score(one: &Parts, other: &Parts) -> f32 {
    let (one, other) = if turned(one, other) { (other, one) } else { (one, other) };
    Weighing::of(one, other, &chosen(one, other)).score
}

/// Two names are always compared in the same order, so that they score the same whichever is asked for.
fn turned(one: &Parts, other: &Parts) -> bool {
    let key = |parts: &Parts| (parts.words.len(), parts.run.len());
    key(one).cmp(&key(other)).then_with(|| one.run.cmp(&other.run)).is_gt()
}

impl Comparison {
    fn turned(self) -> Self {
        let links = self.links.into_iter().map(|link| Link { one: link.other, other: link.one, ..link }).collect();
        Self { links, left: self.right, right: self.left, ..self }
    }
}

/// The most that a name can score whose words weigh `other` in all, if words of the weight `matched` count as the same:
/// what is over on both sides contradicts, the rest is missing.
#[must_use]
pub(crate) fn at_most(kind: Kind, one: f32, other: f32, matched: f32) -> f32 {
    let rule = rule(kind);
    // What is written together there may weigh otherwise: a little more is allowed than was counted.
    let matched = matched.min(one.max(other));
    let (left, right) = ((one - matched).max(0.0), (other - matched).max(0.0));
    let conflict = (left.min(right) - 0.15).max(0.0) * rule.conflict;
    let absent = (left.max(right) - left.min(right) - 0.15).max(0.0) * rule.absent;
    matched / (matched + conflict + absent).max(0.01)
}

/// The ties that hold: the heaviest first, each word in one only.
fn chosen(one: &Parts, other: &Parts) -> Vec<Tie> {
    let mut ties = singles(one, other);
    // Every word stands in the other name as it is: there is nothing to find by joining words.
    let settled = (0..one.words.len()).all(|at| ties.iter().any(|tie| tie.one.start == at && tie.likeness >= 0.96));
    if !settled {
        joins(one, other, &mut ties);
        if one.kind != Kind::Person {
            acronyms(one, other, &mut ties);
            ties.extend(acronyms_of(other, one).map(|tie| Tie { one: tie.other, other: tie.one, ..tie }));
        }
    }
    ties.sort_by(|a, b| {
        (b.likeness * b.weight).total_cmp(&(a.likeness * a.weight)).then_with(|| place(a).cmp(&place(b)))
    });
    let (mut used, mut taken) = ([false; 32], [false; 32]);
    ties.retain(|tie| {
        let free = !used[tie.one.clone()].contains(&true) && !taken[tie.other.clone()].contains(&true);
        if free {
            used[tie.one.clone()].fill(true);
            taken[tie.other.clone()].fill(true);
        }
        free
    });
    ties.sort_by_key(|tie| tie.one.start);
    ties
}

/// Which of two ties of one weight goes first, whichever of the names is the first.
fn place(tie: &Tie) -> (usize, usize, usize, usize) {
    let apart = tie.one.start.abs_diff(tie.other.start);
    (apart, tie.one.len() + tie.other.len(), tie.one.start + tie.other.start, tie.one.start.min(tie.other.start))
}

fn singles(one: &Parts, other: &Parts) -> Vec<Tie> {
    let mut ties = Vec::with_capacity(one.words.len() * 2);
    for (i, a) in one.words.iter().enumerate() {
        for (j, b) in other.words.iter().enumerate() {
            let particle = (a.role == Role::Particle) != (b.role == Role::Particle);
            let initial = a.role == Role::Initial || b.role == Role::Initial;
            if particle && !initial {
                continue;
            }
            if let Some((likeness, how)) = alike(a, b, one.kind) {
                let weight =
                    if how == How::Initial { a.weight.min(b.weight) } else { f32::midpoint(a.weight, b.weight) };
                ties.push(Tie { one: i..i + 1, other: j..j + 1, likeness, how, weight });
            }
        }
    }
    ties
}

/// The most words that are written as one.
const MOST_JOINED: usize = 4;

fn joins(one: &Parts, other: &Parts, ties: &mut Vec<Tie>) {
    for (i, j, a, b) in runs(one, other) {
        let (many, single) = if i.len() > 1 {
            (&one.words[i.clone()], &other.words[j.start])
        } else {
            (&other.words[j.clone()], &one.words[i.start])
        };
        // A word that stands there as it is needs nobody beside it.
        let stands = many
            .iter()
            .any(|word| word.ascii == single.ascii || word.role == Role::Initial || word.role == Role::Number);
        if single.ascii.len() < 4 || stands {
            continue;
        }
        let Some(likeness) = joined(&a, &b, many, single) else { continue };
        let weight = |words: &[Arc<Word>]| words.iter().map(|word| word.weight).sum::<f32>();
        let weight = f32::midpoint(weight(&one.words[i.clone()]), weight(&other.words[j.clone()]));
        ties.push(Tie { one: i, other: j, likeness, how: How::Joined, weight });
    }
}

/// Runs of several words on one side whose length fits one word of the other, run together.
fn runs<'a>(
    one: &'a Parts,
    other: &'a Parts,
) -> impl Iterator<Item = (Range<usize>, Range<usize>, String, String)> + 'a {
    let spans = |words: &'a [Arc<Word>], many: bool| {
        (0..words.len()).flat_map(move |at| {
            let most = if many { MOST_JOINED.min(words.len() - at) } else { 1 };
            (if many { 2 } else { 1 }..=most).map(move |count| {
                let text: String = words[at..at + count].iter().map(|word| word.ascii.as_str()).collect();
                (at..at + count, text)
            })
        })
    };
    let pairs = move |left: bool| {
        spans(&one.words, left).flat_map(move |(i, a)| {
            spans(&other.words, !left).filter_map(move |(j, b)| {
                let fits = a.len().abs_diff(b.len()) <= 1 + a.len().min(b.len()) / 4;
                fits.then(|| (i.clone(), j, a.clone(), b))
            })
        })
    };
    pairs(true).chain(pairs(false))
}

fn joined(a: &str, b: &str, many: &[Arc<Word>], single: &Word) -> Option<f32> {
    if a == b {
        return Some(0.99);
    }
    let bare = single.bare || many.iter().any(|word| word.bare);
    let phones: Vec<_> = many.iter().flat_map(|word| word.phones.iter().copied()).collect();
    let heard = sound::alike(&phones, &single.phones, bare);
    let likeness = heard.min(0.97).max(typing::alike(a, b));
    // One letter of a short name is another name.
    let least = if a.len() < 12 { 0.94 } else { 0.9 };
    (likeness >= least).then_some(likeness)
}

fn acronyms(one: &Parts, other: &Parts, ties: &mut Vec<Tie>) {
    ties.extend(acronyms_of(one, other));
}

/// A word of the first name made of the first letters of all words of the second, its legal form included: `NIOC`.
fn acronyms_of<'a>(one: &'a Parts, other: &'a Parts) -> impl Iterator<Item = Tie> + 'a {
    one.words.iter().enumerate().filter_map(move |(i, word)| {
        let fits = (3..=9).contains(&word.ascii.len())
            && matches!(word.role, Role::Core | Role::Generic)
            && word.facts.given.is_empty();
        let fits = fits && other.all.len() >= 2 && spells(word.ascii.as_bytes(), &other.all, 0, word.ascii.len() >= 5);
        let weight = f32::midpoint(word.weight, other.weight());
        fits.then(|| Tie { one: i..i + 1, other: 0..other.words.len(), likeness: 0.9, how: How::Acronym, weight })
    })
}

/// Whether the letters are the beginnings of the words, one after the other: one letter of each, or in a longer one two or
/// three where people speak syllables (`KOMID`). Small words may be passed over, and forms at the end. `taken` counts the words.
fn spells(letters: &[u8], words: &[Spelt], taken: usize, syllables: bool) -> bool {
    let Some((word, rest)) = words.split_first() else { return letters.is_empty() && taken >= 2 };
    let most = if word.small || !syllables { 1 } else { 3 };
    let fits = |count: usize| {
        letters.len() >= count
            && word.text.as_bytes().starts_with(&letters[..count])
            && spells(&letters[count..], rest, taken + 1, syllables)
    };
    (1..=most).any(fits) || word.small && spells(letters, rest, taken, syllables)
}

/// The sums that make a score.
struct Weighing {
    score: f32,
    matched: f32,
    left: f32,
    right: f32,
}

impl Weighing {
    fn of(one: &Parts, other: &Parts, ties: &[Tie]) -> Self {
        let rule = rule(one.kind);
        let (mut matched, mut damage, mut halves) = (0.0, 0.0, [0.0_f32; 2]);
        for tie in ties {
            let differs = 1.0 - tie.likeness;
            matched += tie.weight * tie.likeness;
            damage += tie.weight * (11.0 * differs * differs).min(1.4);
            if tie.how == How::Initial {
                // The rest of the name is not contradicted, and not confirmed.
                let rest = |words: &[Arc<Word>]| words.iter().map(|word| word.weight).sum::<f32>() - tie.weight;
                halves[0] += rest(&one.words[tie.one.clone()]);
                halves[1] += rest(&other.words[tie.other.clone()]);
            }
        }
        let [left, right] = [(one, true), (other, false)].map(|(parts, first)| unmatched(parts, ties, first));
        if ties.is_empty() {
            return Self { score: whole(one, other), matched: 0.0, left, right };
        }
        // Words that many names hold prove nothing without one that is the name.
        let strict = if rests_on_common_words(one, other, ties, matched) { 2.2 } else { 1.0 };
        let conflict = left.min(right) * rule.conflict * strict;
        let thin = (rule.enough - matched).max(0.0) / rule.enough;
        // A syllable more is another name.
        let missing = if one.syllabic && other.syllabic { 1.0 } else { rule.absent };
        let absent =
            (left.max(right) - left.min(right) + halves[0] + halves[1]) * missing * strict * (1.0 + 2.0 * thin);
        let total = matched + damage + conflict + absent;
        let mut score = matched / total.max(0.01);
        score *= order(one, other, ties) * numbers(one, other, ties) * forms(one, other);
        score = score.min(ceiling(one, other, ties, matched, left.max(right) + halves[0].max(halves[1])));
        Self { score: score.max(whole(one, other)).clamp(0.0, 1.0), matched, left, right }
    }

    fn comparison(&self, one: &Parts, other: &Parts, ties: &[Tie]) -> Comparison {
        let text = |words: &[Arc<Word>]| words.iter().map(|word| word.ascii.as_str()).collect::<Vec<_>>().join(" ");
        let scale = self.score / self.matched.max(0.01);
        let links = ties.iter().map(|tie| Link {
            one: text(&one.words[tie.one.clone()]),
            other: text(&other.words[tie.other.clone()]),
            how: tie.how,
            likeness: tie.likeness,
            adds: tie.weight * tie.likeness * scale,
        });
        let lost = (1.0 - self.score) / (self.left + self.right).max(0.01);
        let lefts = |parts: &Parts, first: bool| -> Vec<Left> {
            let free = free(parts, ties, first);
            free.map(|word| Left { word: word.ascii.clone(), takes: word.weight * lost }).collect()
        };
        let mut notices: Vec<Notice> = one.notices.iter().chain(&other.notices).copied().collect();
        notices.sort_unstable();
        notices.dedup();
        Comparison {
            score: self.score,
            evidence: self.matched * 12.0,
            links: links.collect(),
            left: lefts(one, true),
            right: lefts(other, false),
            notices,
        }
    }
}

fn free<'a>(parts: &'a Parts, ties: &'a [Tie], first: bool) -> impl Iterator<Item = &'a Word> {
    let held = move |at: usize| ties.iter().any(|tie| if first { &tie.one } else { &tie.other }.contains(&at));
    parts.words.iter().enumerate().filter(move |(at, _)| !held(*at)).map(|(_, word)| &**word)
}

fn unmatched(parts: &Parts, ties: &[Tie], first: bool) -> f32 {
    free(parts, ties, first).map(|word| word.weight).sum()
}

/// Names of one piece, or written together: the letters of the whole.
fn whole(one: &Parts, other: &Parts) -> f32 {
    match () {
        () if one.run == other.run && !one.run.is_empty() => 0.99,
        () if one.joined == other.joined && !one.joined.is_empty() => 0.98,
        () if was_cut(one, other) => 0.88,
        () => 0.0,
    }
}

/// A name in a field that was too short ends in the middle of a word.
fn was_cut(one: &Parts, other: &Parts) -> bool {
    let (short, long) = if one.run.len() < other.run.len() { (one, other) } else { (other, one) };
    short.run.len() >= 17 && long.run.len() > short.run.len() && long.run.starts_with(&short.run)
}

/// Words in another order say less, unless the family name only went from one end to the other.
fn order(one: &Parts, other: &Parts, ties: &[Tie]) -> f32 {
    let telling: Vec<&Tie> = ties.iter().filter(|tie| tie.weight > 0.1).collect();
    let falls = |at: usize| telling[at].other.start > telling[(at + 1) % telling.len()].other.start;
    let (steps, around) = (
        (0..telling.len().saturating_sub(1)).filter(|at| falls(*at)).count(),
        telling.len() > 1 && falls(telling.len() - 1),
    );
    if steps == 0 {
        return 1.0;
    }
    if one.kind != Kind::Person {
        return 0.95;
    }
    if steps + usize::from(around) <= 1 || telling.len() == 2 {
        // `Martin Thomas Reed` is not `Thomas Martin`: the family name is missing.
        let names_left = |parts: &Parts, first: bool| {
            let last = parts.words.len() - 1;
            free(parts, ties, first).any(|word| std::ptr::eq(word, &*parts.words[last]) && word.role == Role::Core)
        };
        return if names_left(one, true) || names_left(other, false) { 0.8 } else { 0.985 };
    }
    if steps + 1 == telling.len() {
        return 0.93;
    }
    let descent =
        ties.iter().any(|tie| is_descent(&one.words[tie.one.start]) || is_descent(&other.words[tie.other.start]));
    let syllabic = telling
        .iter()
        .all(|tie| one.words[tie.one.start].ascii.len() <= 6 && other.words[tie.other.start].ascii.len() <= 6);
    let given = telling
        .iter()
        .filter(|tie| is_given(&one.words[tie.one.start]) || is_given(&other.words[tie.other.start]))
        .count();
    if descent || syllabic || given >= 2 { 0.66 } else { 0.9 }
}

fn is_given(word: &Word) -> bool {
    !word.facts.given.is_empty()
}

fn is_descent(word: &Word) -> bool {
    word.role == Role::Particle && word.facts.particle == Some(Particle::Descent)
}

/// Two ships, two factories, whose numbers differ.
fn numbers(one: &Parts, other: &Parts, ties: &[Tie]) -> f32 {
    let open = |parts: &Parts, first| free(parts, ties, first).any(|word| word.role == Role::Number);
    match (open(one, true), open(other, false)) {
        (true, true) => 0.5,
        (false, false) => 1.0,
        _ if one.kind == Kind::Vessel => 0.7,
        _ => 0.9,
    }
}

fn forms(one: &Parts, other: &Parts) -> f32 {
    match (one.forms.first(), other.forms.first()) {
        (Some(a), Some(b)) if !other.forms.contains(a) && !one.forms.contains(b) => 0.97,
        _ => 1.0,
    }
}

/// Whether what two firms' names share is in many names, and what is the name of one is not in the other.
fn rests_on_common_words(one: &Parts, other: &Parts, ties: &[Tie], matched: f32) -> bool {
    let is_core = |word: &Word| matches!(word.role, Role::Core | Role::Place);
    let shared = ties.iter().any(|tie| one.words[tie.one.clone()].iter().any(|word| is_core(word)));
    let left = || free(one, ties, true).chain(free(other, ties, false)).any(is_core);
    let telling = || free(one, ties, true).chain(free(other, ties, false)).any(|word| word.weight >= 0.3);
    one.kind == Kind::Organisation && !shared && (matched < 0.7 && telling() || left())
}

/// What a name can reach that rests on little.
fn ceiling(one: &Parts, other: &Parts, ties: &[Tie], matched: f32, missing: f32) -> f32 {
    if missing < 0.3 {
        return 1.0;
    }
    let telling = |tie: &&Tie| tie.how != How::Initial && tie.weight >= 0.3;
    let count = ties.iter().filter(telling).count();
    let syllables = ties.iter().all(|tie| one.words[tie.one.start].syllable || other.words[tie.other.start].syllable);
    if one.kind != Kind::Person {
        return if matched < 0.5 { 0.5 } else { 1.0 };
    }
    match count {
        0 => 0.3,
        1 if whole_of_one(one, other, ties) && matched >= 0.9 => 0.78,
        1 if matched < 0.9 && ties.iter().all(|tie| tie.how != How::Initial) => 0.5,
        1 if ties.iter().all(|tie| tie.how != How::Initial) => 0.66,
        _ if syllables && matched < 0.9 => 0.62,
        _ => 1.0,
    }
}

/// Whether one of the names, of several words, stands in the other as it is: `Abu Ghadanfar`.
fn whole_of_one(one: &Parts, other: &Parts, ties: &[Tie]) -> bool {
    let whole = |parts: &Parts, first: bool| parts.words.len() > 1 && free(parts, ties, first).next().is_none();
    whole(one, true) || whole(other, false)
}
