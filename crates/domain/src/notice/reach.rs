//! How many a notice reaches and how many have taken note: exactly for an authority, for an association as
//! [`crate::suppress`] lets it be told.

use serde::{Deserialize, Serialize};

use crate::{
    organisation::coded,
    suppress::{Cell, Figure, partition},
    time::Timestamp,
};

coded! {
    /// How far somebody is with a notice that asks to be acknowledged. In the order in which figures are told.
    Note {
        /// They said that they have taken note.
        Acknowledged = "acknowledged", "Acknowledged";
        /// They opened it.
        Opened = "opened", "Opened, not acknowledged";
        /// Neither.
        Unread = "unread", "Not opened";
    }
}

impl Note {
    /// By when it was opened and acknowledged.
    #[must_use]
    pub const fn of(opened: Option<Timestamp>, acknowledged: Option<Timestamp>) -> Self {
        match (opened, acknowledged) {
            (_, Some(_)) => Self::Acknowledged,
            (Some(_), None) => Self::Opened,
            (None, None) => Self::Unread,
        }
    }
}

/// Counts that share out one whole, as somebody may know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts<C> {
    /// Each part; none where it is not told.
    pub parts: Vec<(C, Option<u64>)>,
    /// What is not told of the parts, together; none if that is not told either, or there is nothing.
    pub rest: Option<u64>,
}

impl<C> Counts<C> {
    /// As they are.
    #[must_use]
    pub fn exact<S: Ord + Clone>(cells: Vec<(C, Cell<S>)>) -> Self {
        let parts = cells.into_iter().map(|(code, cell)| {
            let count = cell.count();
            (code, Some(count))
        });
        Self { parts: parts.collect(), rest: None }
    }

    /// As they may be told to somebody who must not learn of any single source. Give every part, those with nothing too.
    #[must_use]
    pub fn told<S: Ord + Clone>(cells: Vec<(C, Cell<S>)>) -> Self {
        let table = partition(cells);
        let parts = table.cells.into_iter().map(|(code, figure)| (code, figure.told()));
        Self { parts: parts.collect(), rest: table.rest.and_then(Figure::told) }
    }

    /// Nothing is told.
    #[must_use]
    pub fn hidden(codes: impl IntoIterator<Item = C>) -> Self {
        Self { parts: codes.into_iter().map(|code| (code, None)).collect(), rest: None }
    }

    /// The sum of what is told; none if nothing is.
    #[must_use]
    pub fn sum(&self) -> Option<u64> {
        self.parts.iter().filter_map(|(_, count)| *count).chain(self.rest).reduce(|sum, n| sum + n)
    }
}

/// A part of a whole in per cent, rounded down so that only all of it is 100; none of nothing.
#[must_use]
pub fn percent(part: u64, whole: u64) -> Option<u64> {
    part.saturating_mul(100).checked_div(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(companies: u64, each: u64) -> Cell<u64> {
        (0..companies).map(|company| (company, each)).collect()
    }

    #[test]
    fn an_authority_reads_counts_and_an_association_nothing_of_a_few() {
        let cells = || vec![(Note::Acknowledged, cell(8, 2)), (Note::Opened, cell(3, 1)), (Note::Unread, cell(11, 1))];
        let exact = Counts::exact(cells());
        assert_eq!((exact.parts[1], exact.rest, exact.sum()), ((Note::Opened, Some(3)), None, Some(30)));
        let told = Counts::told(cells());
        // With the three goes the last part that could be told, or they would follow from the whole.
        let parts = [(Note::Acknowledged, Some(15)), (Note::Opened, None), (Note::Unread, None)];
        assert_eq!((told.parts.as_slice(), told.rest), (parts.as_slice(), Some(15)));
        // That everybody has, or nobody, would tell of each: then only how many were asked is told.
        let all = Counts::told(vec![
            (Note::Acknowledged, cell(20, 1)),
            (Note::Opened, cell(0, 0)),
            (Note::Unread, cell(0, 0)),
        ]);
        assert!(all.parts.iter().all(|(_, count)| count.is_none()));
        assert_eq!(all.sum(), Some(20));
        assert_eq!(Counts::told(vec![((), cell(2, 40))]).sum(), None, "two companies are too few");
    }

    #[test]
    fn only_all_are_a_hundred_per_cent() {
        assert_eq!((percent(199, 200), percent(3, 3), percent(0, 0)), (Some(99), Some(100), None));
        assert_eq!(Note::of(Some(Timestamp(1)), Some(Timestamp(2))), Note::Acknowledged);
        assert_eq!((Note::of(Some(Timestamp(1)), None), Note::of(None, None)), (Note::Opened, Note::Unread));
    }
}
