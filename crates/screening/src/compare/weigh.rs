//! What linked words add to a score, what is left takes away, and how high a name can come that rests on little.

use std::sync::Arc;

use super::{Comparison, How, Left, Link, ties::Tie};
use crate::{
    entry::Kind,
    tables::Particle,
    text::Notice,
    words::{Parts, Role, Word},
};

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

/// The sums that make a score.
pub(super) struct Weighing {
    pub(super) score: f32,
    pub(super) matched: f32,
    pub(super) left: f32,
    pub(super) right: f32,
}

impl Weighing {
    pub(super) fn of(one: &Parts, other: &Parts, ties: &[Tie]) -> Self {
        let rule = rule(one.kind);
        let (mut matched, mut damage, mut halves) = (0.0, 0.0, [0.0_f32; 2]);
        // Two initials that fit say more than each of them.
        let several = ties.iter().filter(|tie| tie.how == How::Initial).count() > 1;
        let doubt = if several { 0.7 } else { 1.0 };
        for tie in ties {
            let differs = 1.0 - tie.likeness;
            matched += tie.weight * tie.likeness;
            damage += tie.weight * (11.0 * differs * differs).min(1.4);
            if tie.how == How::Initial {
                // The rest of the name is not contradicted, and not confirmed.
                let rest = |words: &[Arc<Word>]| words.iter().map(|word| word.weight).sum::<f32>() - tie.weight;
                halves[0] += rest(&one.words[tie.one.clone()]) * doubt;
                halves[1] += rest(&other.words[tie.other.clone()]) * doubt;
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

    pub(super) fn comparison(&self, one: &Parts, other: &Parts, ties: &[Tie]) -> Comparison {
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
    let is_name = |word: &Word| word.role == Role::Core;
    let shared = ties.iter().any(|tie| one.words[tie.one.clone()].iter().any(|word| is_name(word)));
    let says = |word: &Word| word.weight >= 0.15;
    let left = || free(one, ties, true).chain(free(other, ties, false)).any(is_core);
    let telling = || free(one, ties, true).chain(free(other, ties, false)).any(|word| word.weight >= 0.3);
    let both = || free(one, ties, true).any(says) && free(other, ties, false).any(says);
    one.kind == Kind::Organisation && !shared && (matched < 0.7 && telling() || left() || both())
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
