//! Stretches: the reports that came one after the other, so many in each. Every word is indexed with its stretch before it.
//!
//! A word that a million reports hold would otherwise be one list of a million places, and so would a beginning that many
//! words share; each question would pay for all of it to show the newest page. By stretches the newest are asked first, and
//! older ones only until the page is full: what a question costs hangs on the length of a stretch and not on how many
//! reports there are, and what it finds is exact all the same.

/// Signs of the number of a stretch, each one of 36.
const SIGNS: u32 = 4;

/// One stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch(u32);

impl Stretch {
    /// The one in which a place lies, counted from 0, where each is `length` places long.
    #[must_use]
    pub fn of(place: i64, length: i64) -> Self {
        let number = place.max(0) / length.max(1);
        Self((number % 36i64.pow(SIGNS)) as u32)
    }

    /// The first place in it.
    #[must_use]
    pub const fn begin(self, length: i64) -> i64 {
        self.0 as i64 * length
    }

    /// It and those before it, the last first, `count` together; fewer where there are no more.
    #[must_use]
    pub fn back(self, count: u32) -> Vec<Self> {
        (self.0.saturating_sub(count.saturating_sub(1))..=self.0).rev().map(Self).collect()
    }

    /// What stands before each of its words: as many signs for every stretch, so that no word is read as another's.
    pub(super) fn mark(self) -> String {
        let sign = |at: u32| char::from_digit(self.0 / 36u32.pow(at) % 36, 36).unwrap_or('0');
        (0..SIGNS).rev().map(sign).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lie_in_stretches() {
        assert_eq!([0, 9, 10, 25].map(|place| Stretch::of(place, 10).0), [0, 0, 1, 2]);
        assert_eq!(Stretch::of(25, 10).begin(10), 20);
        assert_eq!(Stretch::of(25, 10).back(1), [Stretch(2)]);
        assert_eq!(Stretch::of(25, 10).back(9), [Stretch(2), Stretch(1), Stretch(0)]);
    }

    #[test]
    fn every_stretch_has_a_mark_of_its_own() {
        assert_eq!(
            [0, 35, 36, 36u32.pow(4) - 1].map(|number| Stretch(number).mark()),
            ["0000", "000z", "0010", "zzzz"]
        );
    }
}
