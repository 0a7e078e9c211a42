//! Which words of two names belong together.

use std::{ops::Range, sync::Arc};

use super::How;
use crate::{
    alike::alike,
    entry::Kind,
    sound, typing,
    words::{MOST_JOINED, Parts, Role, Spelt, Word},
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
