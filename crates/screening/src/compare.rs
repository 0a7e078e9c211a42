//! Comparing two names: which words belong to each other, what that adds, and what speaks against it.
//!
//! Words are linked, the best link first. What is linked adds its weight; what is left on one side only takes a little
//! away, since people leave names out; what is left on both sides is another name and takes away more than it weighs.
//! Rare words weigh more than common ones ([`crate::words`]), and a name that rests on one common word is no hit.

mod ties;
mod weigh;

use serde::{Deserialize, Serialize};

pub use crate::alike::How;
use crate::{
    entry::Kind,
    text::Notice,
    words::{Parts, guess},
};
use ties::chosen;
pub(crate) use ties::{is_acronym, least_joined};
use weigh::Weighing;
pub(crate) use weigh::at_most;

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
