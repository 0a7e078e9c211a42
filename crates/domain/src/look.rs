//! How far somebody has read, and since when things are new to them.
//!
//! People look at something in visits: several looks with less than half an hour between them. What is new stays marked
//! for the whole visit, however often a page is loaded in it; the next visit begins where this one ended.

use crate::time::Timestamp;

/// Rest after which a look begins a new visit, microseconds.
pub const REST: i64 = 30 * Timestamp::MINUTE;
/// What happened so long before somebody joined is not new to them, microseconds.
pub const BEFORE_JOINING: i64 = 14 * Timestamp::DAY;
/// What happened so long ago is old, read or not, microseconds.
pub const LONG_AGO: i64 = 60 * Timestamp::DAY;

/// A place in something that only grows at its end: when it was seen, and the number of the last part that was there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// The last part.
    pub n: i64,
}

/// Somebody's looks at something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The last one.
    pub last: Mark,
    /// What was known when the visit began: later parts are marked as new. In the first visit it is its first look.
    pub since: Mark,
}

impl Look {
    /// The first look.
    #[must_use]
    pub const fn first(mark: Mark) -> Self {
        Self { last: mark, since: mark }
    }

    /// One more look. A clock that was set back, and a look that was overtaken, take nothing back. Somebody who has only been
    /// beside it so far (with the empty mark) has their first look now.
    #[must_use]
    pub fn again(self, mark: Mark) -> Self {
        if self.last == Mark::default() {
            return Self::first(mark);
        }
        let rested = mark.at.since(self.last.at) >= REST;
        let last = Mark { at: self.last.at.max(mark.at), n: self.last.n.max(mark.n) };
        Self { last, since: if rested { self.last } else { self.since } }
    }
}

/// What happened up to this instant is not new to somebody who joined at `joined`, whether they read it or not. `known` is
/// what they said themselves; what happened [`LONG_AGO`] is new to nobody.
#[must_use]
pub fn known_until(joined: Timestamp, known: Option<Timestamp>, now: Timestamp) -> Timestamp {
    joined.plus(-BEFORE_JOINING).max(known.unwrap_or_default()).max(now.plus(-LONG_AGO))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(minutes: i64, n: i64) -> Mark {
        Mark { at: Timestamp(minutes * Timestamp::MINUTE), n }
    }

    #[test]
    fn what_is_new_stays_new_for_the_visit() {
        let first = Look::first(mark(0, 3));
        assert_eq!(first.since, mark(0, 3));
        let later = first.again(mark(10, 5)).again(mark(39, 5));
        assert_eq!((later.since, later.last), (mark(0, 3), mark(39, 5)), "29 minutes are no rest");
        let next = later.again(mark(69, 8));
        assert_eq!((next.since, next.last), (mark(39, 5), mark(69, 8)));
        assert_eq!(next.again(mark(70, 9)).since, mark(39, 5));
    }

    #[test]
    fn nothing_is_taken_back() {
        let look = Look::first(mark(100, 7)).again(mark(20, 4));
        assert_eq!(look, Look::first(mark(100, 7)));
    }

    #[test]
    fn who_was_only_beside_it_has_seen_nothing() {
        let beside = Look::first(Mark::default()).again(Mark::default());
        assert_eq!(beside, Look::first(Mark::default()));
        assert_eq!(beside.again(mark(100, 7)), Look::first(mark(100, 7)));
        let seen = Look::first(mark(100, 7)).again(mark(110, 8));
        assert_eq!(seen.again(Mark::default()), seen);
    }

    #[test]
    fn the_past_of_the_desk_is_known_to_a_newcomer() {
        let joined = Timestamp(100 * Timestamp::DAY);
        let now = joined.plus(30 * Timestamp::DAY);
        assert_eq!(known_until(joined, None, now), Timestamp(86 * Timestamp::DAY));
        assert_eq!(known_until(joined, Some(Timestamp(5)), now), Timestamp(86 * Timestamp::DAY));
        let said = Timestamp(120 * Timestamp::DAY);
        assert_eq!(known_until(joined, Some(said), now), said);
    }

    #[test]
    fn what_happened_long_ago_is_new_to_nobody() {
        let now = Timestamp(1_000 * Timestamp::DAY);
        let known = known_until(Timestamp(5 * Timestamp::DAY), Some(Timestamp(6 * Timestamp::DAY)), now);
        assert_eq!(known, now.plus(-60 * Timestamp::DAY));
        let said = now.plus(-Timestamp::DAY);
        assert_eq!(known_until(Timestamp(0), Some(said), now), said);
    }
}
