//! Figures of a desk: over how long, how a middle is taken, how old what waits is.

use serde::{Deserialize, Serialize};

use crate::{organisation::coded, time::Timestamp};

coded! {
    /// Over how long figures are shown: whole weeks, the present one included.
    Period {
        /// Four weeks.
        Month = "4", "Last 4 weeks";
        /// A quarter.
        Quarter = "13", "Last 13 weeks";
        /// Half a year.
        Half = "26", "Last 26 weeks";
        /// A year.
        Year = "52", "Last 52 weeks";
    }
}

impl Period {
    /// How many weeks it is.
    #[must_use]
    pub const fn weeks(self) -> i64 {
        match self {
            Self::Month => 4,
            Self::Quarter => 13,
            Self::Half => 26,
            Self::Year => 52,
        }
    }
}

coded! {
    /// How long ago what waits was sent.
    Age {
        /// Less than a day.
        Day = "day", "Less than 1 day";
        /// One to three days.
        Days = "days", "1 to 3 days";
        /// Three days to a week.
        Week = "week", "3 to 7 days";
        /// A week to thirty days.
        Month = "month", "7 to 30 days";
        /// More.
        More = "more", "More than 30 days";
    }
}

impl Age {
    /// From how many microseconds on.
    #[must_use]
    pub const fn from(self) -> i64 {
        Timestamp::DAY
            * match self {
                Self::Day => 0,
                Self::Days => 1,
                Self::Week => 3,
                Self::Month => 7,
                Self::More => 30,
            }
    }

    /// The age of what was sent at an instant.
    #[must_use]
    pub fn of(sent: Timestamp, now: Timestamp) -> Self {
        let old = now.since(sent);
        Self::ALL.iter().rev().copied().find(|age| old >= age.from()).unwrap_or(Self::Day)
    }
}

/// The place (from nought) of the value under which `per_cent` of `n` values in order lie, by nearest rank: the middle of
/// five is the third, the middle of four the second. `None` of nothing.
#[must_use]
pub fn rank(n: i64, per_cent: i64) -> Option<i64> {
    (n > 0).then(|| ((n * per_cent + 99) / 100).clamp(1, n) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks() {
        for (n, per_cent, place) in [
            (0, 50, None),
            (1, 50, Some(0)),
            (4, 50, Some(1)),
            (5, 50, Some(2)),
            (10, 90, Some(8)),
            (11, 90, Some(9)),
            (1, 90, Some(0)),
        ] {
            assert_eq!(rank(n, per_cent), place, "{n} {per_cent}");
        }
    }

    #[test]
    fn every_age_has_its_bin() {
        let now = Timestamp(1000 * Timestamp::DAY);
        for (hours, age) in
            [(-5, Age::Day), (23, Age::Day), (24, Age::Days), (72, Age::Week), (168, Age::Month), (720, Age::More)]
        {
            assert_eq!(Age::of(now.plus(-hours * Timestamp::HOUR), now), age, "{hours}");
        }
    }
}
