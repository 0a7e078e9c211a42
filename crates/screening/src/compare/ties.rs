//! Which words of two names belong together.

use std::{ops::Range, sync::Arc};

use super::How;
use crate::{
    alike::alike,
    entry::Kind,
    sound,
    tables::{same_syllable, tables},
    typing,
    words::{Parts, Role, Spelt, Word, runs},
};

/// Words of both sides that may belong together.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    pub(super) one: Range<usize>,
    pub(super) other: Range<usize>,
    pub(super) likeness: f32,
    pub(super) how: How,
    pub(super) weight: f32,
}

/// The ties that hold: the heaviest first, each word in one only.
pub(super) fn chosen(one: &Parts, other: &Parts) -> Vec<Tie> {
    let mut ties = singles(one, other);
    // Every word stands in the other name as it is: there is nothing to find by joining words.
    let settled = (0..one.words.len()).all(|at| ties.iter().any(|tie| tie.one.start == at && tie.likeness >= 0.96));
    if !settled {
        joins(one, other, &mut ties);
        if one.kind != Kind::Person {
            ties.extend(acronyms_of(one, other));
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

/// The shortest word that others write as several.
const SHORTEST_JOINED: usize = 4;

fn joins(one: &Parts, other: &Parts, ties: &mut Vec<Tie>) {
    let ones = runs(one.words.len()).flat_map(|run| (0..other.words.len()).map(move |at| (run.clone(), at..at + 1)));
    let others = runs(other.words.len()).flat_map(|run| (0..one.words.len()).map(move |at| (at..at + 1, run.clone())));
    for (i, j) in ones.chain(others) {
        let (ones, others) = (&one.words[i.clone()], &other.words[j.clone()]);
        let (many, single) = if ones.len() > 1 { (ones, &others[0]) } else { (others, &ones[0]) };
        // A word that stands there as it is needs nobody beside it.
        let stands =
            |word: &Arc<Word>| word.ascii == single.ascii || word.role == Role::Initial || word.role == Role::Number;
        if !fit_joined(letters(ones), letters(others))
            || single.ascii.len() < SHORTEST_JOINED
            || many.iter().any(stands)
        {
            continue;
        }
        let Some(likeness) = joined(ones, others, many, single) else { continue };
        let weight = |words: &[Arc<Word>]| words.iter().map(|word| word.weight).sum::<f32>();
        let weight = f32::midpoint(weight(ones), weight(others));
        ties.push(Tie { one: i, other: j, likeness, how: How::Joined, weight });
    }
}

fn letters(words: &[Arc<Word>]) -> usize {
    words.iter().map(|word| word.ascii.len()).sum()
}

fn joined(ones: &[Arc<Word>], others: &[Arc<Word>], many: &[Arc<Word>], single: &Word) -> Option<f32> {
    let run = |words: &[Arc<Word>]| words.iter().map(|word| word.ascii.as_str()).collect::<String>();
    let (a, b) = (run(ones), run(others));
    if a == b {
        return Some(0.99);
    }
    if many.iter().all(|word| word.syllable) && reads(&single.ascii, many) {
        return Some(0.96);
    }
    let bare = single.bare || many.iter().any(|word| word.bare);
    let phones: Vec<_> = many.iter().flat_map(|word| word.phones.iter().copied()).collect();
    let heard = sound::alike(&phones, &single.phones, bare);
    let likeness = heard.min(0.97).max(typing::alike(&a, &b));
    (likeness >= likeness_joined(a.len())).then_some(likeness)
}

/// Whether a word is how these syllables are read, one after the other: `Paektusan` of 백두산.
fn reads(word: &str, syllables: &[Arc<Word>]) -> bool {
    let Some((first, rest)) = syllables.split_first() else { return word.is_empty() };
    let is_first = |head: &str| {
        let facts = tables().facts(head);
        head == first.ascii
            || facts.korean.iter().any(|line| first.facts.korean.contains(line))
            || same_syllable(facts, first.facts, false)
    };
    (1..=word.len().min(LONGEST_SYLLABLE))
        .any(|end| word.split_at_checked(end).is_some_and(|(head, tail)| is_first(head) && reads(tail, rest)))
}

/// Letters of the longest syllable.
const LONGEST_SYLLABLE: usize = 7;

/// Whether words of so many letters in all may be written as one of so many.
const fn fit_joined(letters: usize, others: usize) -> bool {
    let shorter = if letters < others { letters } else { others };
    letters.abs_diff(others) <= 1 + shorter / 4
}

/// How alike words written together must be to the one: a letter of a short name is another name.
const fn likeness_joined(letters: usize) -> f32 {
    if letters < 12 { 0.94 } else { 0.9 }
}

/// How alike words of so many letters in all must be at least to one of so many; nothing if they cannot be joined in it.
pub(crate) fn least_joined(letters: usize, single: usize) -> Option<f32> {
    (single >= SHORTEST_JOINED && fit_joined(letters, single)).then(|| likeness_joined(letters.max(single)))
}

/// Words of the first name made of the first letters of all words of the second.
fn acronyms_of<'a>(one: &'a Parts, other: &'a Parts) -> impl Iterator<Item = Tie> + 'a {
    let fits = |(_, word): &(usize, &'a Arc<Word>)| is_acronym(word, other);
    one.words.iter().enumerate().filter(fits).map(|(i, word)| {
        let weight = f32::midpoint(word.weight, other.weight());
        Tie { one: i..i + 1, other: 0..other.words.len(), likeness: 0.9, how: How::Acronym, weight }
    })
}

/// Whether a word is made of the first letters of all words of a name, its legal form included: `NIOC`.
pub(crate) fn is_acronym(word: &Word, of: &Parts) -> bool {
    let letters = word.ascii.as_bytes();
    (3..=9).contains(&letters.len())
        && matches!(word.role, Role::Core | Role::Generic)
        && word.facts.given.is_empty()
        && of.all.len() >= 2
        && spells(letters, &of.all, 0, letters.len() >= 5)
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
    // Of a legal form every letter may stand: `PDVSA`.
    let form = word.small && (2..=3).contains(&word.text.len()) && fits(word.text.len());
    (1..=most).any(fits) || form || word.small && spells(letters, rest, taken, syllables)
}
