//! Calendar dates. Laws come into force on days, not at instants, so listings and thresholds are dated with these.
//!
//! A date knows no time zone. Whoever turns an instant into a date says in which zone; here only UTC is known.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A day of the Gregorian calendar, years 1 to 9999. Written and read as `2026-11-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// The text is not a day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a date is written as 2026-11-23 (year, month, day)")]
pub struct DateError;

impl Date {
    /// The day with these parts; `None` if the calendar has no such day.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let known = year >= 1 && year <= 9999 && month >= 1 && month <= 12;
        if known && day >= 1 && day <= days_in_month(year, month) { Some(Self { year, month, day }) } else { None }
    }

    /// The day of `instant` in UTC, kept within the years a date can hold.
    #[must_use]
    pub fn of(instant: Timestamp) -> Self {
        Self::from_days(instant.0.div_euclid(Timestamp::DAY))
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01, negative before.
    #[must_use]
    pub fn days(self) -> i64 {
        // Counting years from March puts the leap day last (Hinnant, "chrono-compatible low-level date algorithms").
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The Monday of its week.
    #[must_use]
    pub fn monday(self) -> Self {
        // 1 January 1970 was a Thursday.
        Self::from_days(self.days() - (self.days() + 3).rem_euclid(7))
    }

    /// The same day so many months later, or the last day of that month if it has no such day.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let all = u32::from(self.year) * 12 + u32::from(self.month) - 1 + months.min(12 * 9_000);
        let year = u16::try_from(all / 12).unwrap_or(9999).min(9999);
        let month = u8::try_from(all % 12 + 1).expect("a month is below 13");
        Self { year, month, day: self.day.min(days_in_month(year, month)) }
    }

    /// Whole months from `self` to `later`; 0 if that lies before.
    #[must_use]
    pub fn months_until(self, later: Self) -> u32 {
        let months = |date: Self| i64::from(date.year) * 12 + i64::from(date.month);
        let whole = months(later) - months(self) - i64::from(later.day < self.day);
        u32::try_from(whole).unwrap_or(0)
    }

    /// The day `days` after 1970-01-01, kept within the years a date can hold.
    #[must_use]
    pub fn from_days(days: i64) -> Self {
        let days = days.clamp(-719_162, 2_932_896) + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let part = |value: i64| u8::try_from(value).expect("months and days are below 32");
        Self {
            year: u16::try_from(year).expect("the days were clamped to years 1 to 9999"),
            month: part(month),
            day: part(day_of_year - (153 * shifted + 2) / 5 + 1),
        }
    }
}

const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let bytes = text.trim().as_bytes();
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return Err(DateError) };
        let number = |digits: &[&u8]| {
            digits.iter().try_fold(0u16, |sum, digit| {
                digit.is_ascii_digit().then(|| sum * 10 + u16::from(**digit - b'0')).ok_or(DateError)
            })
        };
        let short = |digits: &[&u8]| number(digits).map(|value| value.to_le_bytes()[0]);
        Self::new(number(&[y1, y2, y3, y4])?, short(&[m1, m2])?, short(&[d1, d2])?).ok_or(DateError)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_days_of_the_calendar_only() {
        for good in ["2026-11-23", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(good.parse::<Date>().unwrap().to_string(), good);
        }
        let bad = [
            "",
            "2026",
            "2026-1-2",
            "2026-13-01",
            "2026-00-10",
            "2023-02-29",
            "1900-02-29",
            "0000-01-01",
            "2026/11/23",
        ];
        for text in bad {
            assert_eq!(text.parse::<Date>(), Err(DateError), "{text}");
        }
    }

    #[test]
    fn instants_fall_on_their_day() {
        let noon = Timestamp(20_780 * Timestamp::DAY + 12 * Timestamp::HOUR);
        assert_eq!(Date::of(noon).to_string(), "2026-11-23");
        assert_eq!(Date::of(Timestamp(-1)).to_string(), "1969-12-31");
        assert_eq!(Date::of(Timestamp(i64::MAX)).to_string(), "9999-12-31");
        assert_eq!(Date::new(1970, 1, 1).unwrap().days(), 0);
    }

    #[test]
    fn months_are_counted_whole() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(day("2026-11-30").plus_months(3).to_string(), "2027-02-28");
        assert_eq!(day("2026-11-23").plus_months(14).to_string(), "2028-01-23");
        assert_eq!(day("9999-12-31").plus_months(u32::MAX).year(), 9999);
        assert_eq!(day("2026-01-31").months_until(day("2026-03-30")), 1);
        assert_eq!(day("2026-01-31").months_until(day("2026-03-31")), 2);
        assert_eq!(day("2026-01-31").months_until(day("2025-01-01")), 0);
    }

    #[test]
    fn weeks_begin_on_monday() {
        for day in ["2026-11-23", "2026-11-25", "2026-11-29"] {
            assert_eq!(day.parse::<Date>().unwrap().monday().to_string(), "2026-11-23");
        }
        assert_eq!(Date::of(Timestamp(0)).monday().to_string(), "1969-12-29");
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            let _ = text.parse::<Date>();
        }

        #[test]
        fn days_and_dates_round_trip(days in -719_162_i64..2_932_897) {
            let date = Date::from_days(days);
            prop_assert_eq!(date.days(), days);
            prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
        }
    }
}
