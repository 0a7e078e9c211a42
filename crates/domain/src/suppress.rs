//! What may be told of figures without telling of anybody behind them.
//!
//! The rules, as statistical offices use them:
//! - a count below [`LEAST`] is not told, nor one behind which fewer than [`LEAST_SOURCES`] stand, nor one of which a single
//!   source has more than four fifths (threshold, minimum of contributors, dominance);
//! - what is told is rounded to [`STEP`];
//! - what is hidden is told only together, as the rest. With what has to be hidden goes the last cell that could be told, and
//!   more of them until the rest is [`LEAST_REST`] (complementary suppression): two hidden fours would follow from a rest of
//!   eight. Which cell goes follows from the order of the cells, not from their size, so that it says nothing;
//! - no total is told but the sum of what is told, and no period but whole months that are over ([`ripe`]);
//! - what was told stays as it was told: whoever publishes stores the [`Table`] and never computes it again;
//! - two sets of sources are both told of, for one period, only if what distinguishes them is nothing or at least
//!   [`LEAST_SOURCES`] sources ([`apart`]): otherwise a difference would tell of those few.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::date::Date;

/// From this count on a figure is told.
pub const LEAST: u64 = 5;
/// So many sources at least stand behind a figure that is told.
pub const LEAST_SOURCES: usize = 3;
/// From this count on what is hidden is told together: then each hidden count can be one of at least five, even for somebody
/// who knows all these rules and how many reports there were.
pub const LEAST_REST: u64 = 2 * LEAST;
/// Figures are rounded to the nearest multiple.
pub const STEP: u64 = 5;

/// What is counted in one cell, by source (the company a report comes from).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<S: Ord>(BTreeMap<S, u64>);

impl<S: Ord> Default for Cell<S> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<S: Ord + Clone> Cell<S> {
    /// Counts `n` more from a source.
    pub fn add(&mut self, source: S, n: u64) {
        if n > 0 {
            *self.0.entry(source).or_default() += n;
        }
    }

    /// All that was counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.values().sum()
    }

    fn merge(&mut self, other: &Self) {
        for (source, n) in &other.0 {
            self.add(source.clone(), *n);
        }
    }

    /// Whether it may be told.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        let (count, most) = (self.count(), self.0.values().max().copied().unwrap_or(0));
        count >= LEAST && self.0.len() >= LEAST_SOURCES && most.saturating_mul(5) <= count.saturating_mul(4)
    }

    fn figure(&self) -> Figure {
        if self.is_safe() { Figure::About(rounded(self.count())) } else { Figure::Few }
    }
}

impl<S: Ord + Clone> FromIterator<(S, u64)> for Cell<S> {
    fn from_iter<I: IntoIterator<Item = (S, u64)>>(counts: I) -> Self {
        let mut cell = Self::default();
        counts.into_iter().for_each(|(source, n)| cell.add(source, n));
        cell
    }
}

const fn rounded(count: u64) -> u64 {
    (count + STEP / 2) / STEP * STEP
}

/// A figure as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Rounded to [`STEP`].
    About(u64),
    /// Not told: too few, or too few behind it, or hidden so that another cannot be worked out.
    Few,
}

impl Figure {
    /// The number, if it is told.
    #[must_use]
    pub const fn told(self) -> Option<u64> {
        match self {
            Self::About(n) => Some(n),
            Self::Few => None,
        }
    }
}

/// A table as it is told; store it, and tell nothing else of its period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table<C> {
    /// Each cell, in the order given.
    pub cells: Vec<(C, Figure)>,
    /// All hidden cells together; none if nothing is hidden, or if no sum could be told.
    pub rest: Option<Figure>,
}

impl<C> Table<C> {
    /// The sum of what is told; nothing if nothing is.
    #[must_use]
    pub fn sum(&self) -> Option<u64> {
        let figures = self.cells.iter().map(|(_, figure)| *figure).chain(self.rest);
        figures.filter_map(Figure::told).reduce(|sum, n| sum + n)
    }
}

/// A table whose cells share out what is counted: each report is in one cell. Give the cells in a fixed order, what readers
/// need most first, and all of them, those with nothing too.
#[must_use]
pub fn partition<C, S: Ord + Clone>(cells: Vec<(C, Cell<S>)>) -> Table<C> {
    let mut shown: Vec<bool> = cells.iter().map(|(_, cell)| cell.is_safe()).collect();
    if shown.iter().all(|shown| *shown) {
        return Table { cells: cells.into_iter().map(|(code, cell)| (code, cell.figure())).collect(), rest: None };
    }
    loop {
        let last = shown.iter().rposition(|shown| *shown);
        if let Some(last) = last {
            shown[last] = false;
        }
        let mut rest = Cell::default();
        let hidden = cells.iter().zip(&shown).filter(|(_, shown)| !**shown);
        let of_several = hidden.map(|((_, cell), _)| rest.merge(cell)).count() > 1;
        let rest = (of_several && rest.count() >= LEAST_REST && rest.is_safe()).then(|| rest.figure());
        if rest.is_some() || last.is_none() {
            let told =
                |((code, cell), shown): ((C, Cell<S>), bool)| (code, if shown { cell.figure() } else { Figure::Few });
            return Table { cells: cells.into_iter().zip(shown).map(told).collect(), rest };
        }
    }
}

/// A table of marks, of which a report may have several or none. A mark is told if those with it and those without it are each
/// enough, so that neither follows from the other.
#[must_use]
pub fn marks<C, S: Ord + Clone>(all: &Cell<S>, cells: Vec<(C, Cell<S>)>) -> Table<C> {
    let told = |cell: &Cell<S>| match all.count().saturating_sub(cell.count()) < LEAST {
        true => Figure::Few,
        false => cell.figure(),
    };
    let cells = cells.into_iter().map(|(code, cell)| {
        let figure = told(&cell);
        (code, figure)
    });
    Table { cells: cells.collect(), rest: None }
}

/// Whether figures of two sets of sources may both be told for one period: those that are in one set only are none or at
/// least [`LEAST_SOURCES`], on either side.
#[must_use]
pub fn apart<S: Ord>(one: &BTreeSet<S>, other: &BTreeSet<S>) -> bool {
    let enough = |n: usize| n == 0 || n >= LEAST_SOURCES;
    one.is_disjoint(other) || (enough(one.difference(other).count()) && enough(other.difference(one).count()))
}

/// The first days of the last `n` months that are over on a day, the oldest first: of no other period are figures told.
#[must_use]
pub fn ripe(today: Date, n: u32) -> Vec<Date> {
    let mut first = Date::from_days(today.days() + 1 - i64::from(today.day()));
    let mut months = Vec::new();
    for _ in 0..n {
        let last = Date::from_days(first.days() - 1);
        first = Date::from_days(last.days() + 1 - i64::from(last.day()));
        months.insert(0, first);
    }
    months
}

#[cfg(test)]
mod tests;
