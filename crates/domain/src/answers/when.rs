//! Days and times of day as people type them.
//!
//! An order is placed on a day, a person says "23 Nov 2026, 14:30" and means the clock on the wall: neither is an
//! instant; the server, which knows the zone, makes one of it. Reading is tolerant: year first, day first, names of
//! months in English, full stops, slashes or dashes. `03/04/2026` is day before month, except in the United States
//! ([`Order::of_country`]); `11/23/2026` can only be month first and is read so everywhere.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{date::Date, fold::ascii_digits};

/// Which of two small numbers comes first when a date is written with numbers only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// 03/04/2026 is the third of April.
    #[default]
    DayFirst,
    /// 03/04/2026 is the fourth of March.
    MonthFirst,
}

impl Order {
    /// How dates are written in the country with this ISO 3166-1 code.
    #[must_use]
    pub fn of_country(code: &str) -> Self {
        if code.eq_ignore_ascii_case("US") { Self::MonthFirst } else { Self::DayFirst }
    }
}

/// Why a text is no date or no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Nothing in it reads like a date.
    #[error("a date looks like 23 November 2026 or 2026-11-23")]
    Date,
    /// The month has no such day, or the year no such month.
    #[error("this day does not exist in the calendar")]
    NoSuchDay,
    /// The year is not between 1900 and 2199.
    #[error("the year must have four digits and lie between 1900 and 2199")]
    Year,
    /// The part after the date does not read like a time of day.
    #[error("a time looks like 14:30 or 2:30 pm")]
    Time,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Reads a day; `order` decides only where both readings are possible.
///
/// # Errors
/// A [`WhenError`] that says what to type instead.
pub fn parse_date(text: &str, order: Order) -> Result<Date, WhenError> {
    let words = words(text);
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [all] if all.len() == 8 && number(all).is_some() => {
            let part = |at| number(at).ok_or(WhenError::Date);
            day_of(year(&all[..4])?, part(&all[4..6])?, part(&all[6..])?)
        }
        [a, b, c] => from_parts(a, b, c, order),
        // "Monday 23 November 2026": the name of the day is taken as a courtesy and not checked.
        [weekday, a, b, c] if is_weekday(weekday) => from_parts(a, b, c, order),
        _ => Err(WhenError::Date),
    }
}

/// The date as people read it: `23 November 2026`.
#[must_use]
pub fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), MONTHS[usize::from(date.month() - 1)], date.year())
}

/// A day and perhaps a time on the clock of the place where it happened, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalTime {
    /// The day.
    pub date: Date,
    /// Minutes since midnight, 0 to 1439; `None` when only the day was given.
    pub minute: Option<u16>,
}

impl LocalTime {
    /// Reads a day with or without a time: `2026-11-23T14:30`, `23 Nov 2026, 2.30 pm`, `23/11/2026`.
    ///
    /// # Errors
    /// A [`WhenError`] that says which of the two could not be read.
    pub fn parse(text: &str, order: Order) -> Result<Self, WhenError> {
        let text = ascii_digits(text.trim());
        // What is wrong with a day says more than that there is none.
        let mut wrong = match parse_date(&text, order) {
            Ok(date) => return Ok(Self { date, minute: None }),
            Err(error) => error,
        };
        let cuts = text.char_indices().filter(|(_, c)| matches!(c, ' ' | ',' | 'T' | 't'));
        for (at, _) in cuts.take(MOST_CUTS) {
            let date = match parse_date(&text[..at], order) {
                Ok(date) => date,
                Err(error) if wrong == WhenError::Date => {
                    wrong = error;
                    continue;
                }
                Err(_) => continue,
            };
            wrong = WhenError::Time;
            let rest = text[at + 1..].trim_start_matches([' ', ',']);
            let rest = rest.strip_prefix("at ").unwrap_or(rest);
            if let Some(minute) = parse_time(rest) {
                return Ok(Self { date, minute: Some(minute) });
            }
        }
        Err(wrong)
    }

    /// Hours and minutes, if a time was given.
    #[must_use]
    pub fn clock(self) -> Option<(u16, u16)> {
        self.minute.map(|minute| (minute / 60, minute % 60))
    }

    /// As people read it: `23 November 2026, 14:30`.
    #[must_use]
    pub fn long(self) -> String {
        match self.clock() {
            Some((hour, minute)) => format!("{}, {hour:02}:{minute:02}", long_date(self.date)),
            None => long_date(self.date),
        }
    }
}

/// No date is longer than this, in bytes.
const LONGEST: usize = 100;

/// A date and a time have no more blanks than this; what has more is neither.
const MOST_CUTS: usize = 12;

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.clock() {
            Some((hour, minute)) => write!(f, "{}T{hour:02}:{minute:02}", self.date),
            None => write!(f, "{}", self.date),
        }
    }
}

impl TryFrom<String> for LocalTime {
    type Error = WhenError;
    fn try_from(text: String) -> Result<Self, WhenError> {
        Self::parse(&text, Order::DayFirst)
    }
}

impl From<LocalTime> for String {
    fn from(time: LocalTime) -> Self {
        time.to_string()
    }
}

/// Reads `14:30`, `14.30`, `1430`, `14h30`, `2 pm`, `2:30 p.m.`; seconds are read and dropped. Minutes since midnight.
fn parse_time(text: &str) -> Option<u16> {
    let text: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace("a.m.", "am").replace("p.m.", "pm");
    let (text, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(12)),
        _ => (text.as_str(), None),
    };
    let hour_only = half.is_some() || text.ends_with('h');
    let parts: Vec<&str> = text.strip_suffix('h').unwrap_or(text).split([':', '.', 'h']).collect();
    let (hour, minute) = match parts[..] {
        [hour] if hour_only => (number(hour)?, 0),
        [all] if all.len() == 4 && all.is_ascii() => (number(&all[..2])?, number(&all[2..])?),
        [hour, minute] => (number(hour)?, number(minute)?),
        [hour, minute, second] => number(second).and(Some((number(hour)?, number(minute)?)))?,
        _ => return None,
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        None => hour,
    };
    if hour > 23 || minute > 59 {
        return None;
    }
    u16::try_from(hour * 60 + minute).ok()
}

fn from_parts(a: &str, b: &str, c: &str, order: Order) -> Result<Date, WhenError> {
    let day = |word| day_number(word).ok_or(WhenError::Date);
    match (month_name(a), month_name(b)) {
        (None, Some(month)) if is_year(a) => day_of(year(a)?, month, day(c)?),
        (None, Some(month)) => day_of(year(c)?, month, day(a)?),
        (Some(month), None) => day_of(year(c)?, month, day(b)?),
        (Some(_), Some(_)) => Err(WhenError::Date),
        // After a year the month comes first everywhere.
        (None, None) if is_year(a) => day_of(year(a)?, day(b)?, day(c)?),
        (None, None) => from_numbers(c, a, b, order),
    }
}

/// `a` and `b` are day and month as only one reading allows, else as `order` says.
fn from_numbers(y: &str, a: &str, b: &str, order: Order) -> Result<Date, WhenError> {
    let (Some(first), Some(second)) = (number(a), number(b)) else {
        return Err(WhenError::Date);
    };
    let month_first = first <= 12 && (second > 12 || order == Order::MonthFirst);
    let (month, day) = if month_first { (first, second) } else { (second, first) };
    day_of(year(y)?, month, day)
}

fn day_of(year: u16, month: u32, day: u32) -> Result<Date, WhenError> {
    let small = |number: u32| u8::try_from(number).map_err(|_| WhenError::NoSuchDay);
    Date::new(year, small(month)?, small(day)?).ok_or(WhenError::NoSuchDay)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && number(word).is_some()
}

fn year(word: &str) -> Result<u16, WhenError> {
    let number = number(word).ok_or(WhenError::Date)?;
    let year = u16::try_from(number).map_err(|_| WhenError::Year)?;
    if word.len() == 4 && (1900..=2199).contains(&year) { Ok(year) } else { Err(WhenError::Year) }
}

fn day_number(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    number(digits.unwrap_or(word))
}

fn month_name(word: &str) -> Option<u32> {
    let known = |name: &&str| name.to_ascii_lowercase().starts_with(word);
    let word_of = |name: &&str| word.len() >= 3 && (known(name) || (word == "sept" && **name == *"September"));
    (1..).zip(MONTHS).find(|(_, name)| word_of(name)).map(|(month, _)| month)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word))
}

fn number(word: &str) -> Option<u32> {
    let digits = !word.is_empty() && word.len() <= 8 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten()
}

/// The parts of a date: lower case, digits in ASCII, cut at blanks and at the usual signs, "of" and "the" left out.
fn words(text: &str) -> Vec<String> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let cut = |c: char| c.is_whitespace() || "-/.,\u{2010}\u{2011}\u{2013}".contains(c);
    ascii_digits(text)
        .to_lowercase()
        .split(cut)
        .filter(|word| !word.is_empty() && *word != "of" && *word != "the")
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_as_people_type_them() {
        let day = Date::new(2026, 11, 23).unwrap();
        for text in [
            "2026-11-23",
            "2026/11/23",
            "20261123",
            "23/11/2026",
            "23.11.2026",
            "23-11-2026",
            "23 11 2026",
            "11/23/2026",
            "23 Nov 2026",
            "23 November 2026",
            "23. November 2026",
            "23rd of November, 2026",
            "the 23rd of Nov. 2026",
            "November 23, 2026",
            "2026 Nov 23",
            "Mon 23 Nov 2026",
            " 23\u{a0}Nov 2026 ",
            "٢٣/١١/٢٠٢٦",
            "２０２６-１１-２３",
        ] {
            assert_eq!(parse_date(text, Order::DayFirst), Ok(day), "{text}");
            assert_eq!(parse_date(text, Order::MonthFirst), Ok(day), "{text}");
        }
    }

    #[test]
    fn the_country_decides_what_two_small_numbers_mean() {
        for (country, read) in [("NL", "2026-04-03"), ("us", "2026-03-04"), ("", "2026-04-03")] {
            let date = parse_date("03/04/2026", Order::of_country(country)).unwrap();
            assert_eq!(date.to_string(), read, "{country}");
        }
    }

    #[test]
    fn what_is_no_date_is_said_to_be_none() {
        let padded = format!("2026-11-23{}x", " ".repeat(100));
        for (text, error) in [
            ("", WhenError::Date),
            ("yesterday", WhenError::Date),
            ("23/11", WhenError::Date),
            ("Nov 2026", WhenError::Date),
            ("23 Nov Dec", WhenError::Date),
            ("30/02/2026", WhenError::NoSuchDay),
            ("2026-13-01", WhenError::NoSuchDay),
            ("31 June 2026", WhenError::NoSuchDay),
            ("0/1/2026", WhenError::NoSuchDay),
            ("23/11/26", WhenError::Year),
            ("23 Nov 26", WhenError::Year),
            ("1066-10-14", WhenError::Year),
            ("2026-11-23'; drop table", WhenError::Date),
            (&padded, WhenError::Date),
        ] {
            assert_eq!(parse_date(text, Order::DayFirst), Err(error), "{text}");
        }
    }

    #[test]
    fn times_as_people_type_them() {
        for (text, shown) in [
            ("2026-11-23T14:30", "2026-11-23T14:30"),
            ("2026-11-23 14:30:59", "2026-11-23T14:30"),
            ("23 Nov 2026, 2.30 pm", "2026-11-23T14:30"),
            ("23 Nov 2026 2:30 p.m.", "2026-11-23T14:30"),
            ("23/11/2026 at 14h30", "2026-11-23T14:30"),
            ("23.11.2026 1430", "2026-11-23T14:30"),
            ("23 November 2026 12 am", "2026-11-23T00:00"),
            ("23 November 2026 12 pm", "2026-11-23T12:00"),
            ("23 Oct 2026 9h", "2026-10-23T09:00"),
            ("23/11/2026", "2026-11-23"),
        ] {
            let time = LocalTime::parse(text, Order::DayFirst).map(|time| time.to_string());
            assert_eq!(time.as_deref(), Ok(shown), "{text}");
        }
        for (text, error) in [
            ("23/11/2026 25:00", WhenError::Time),
            ("31 February 2026 14:30", WhenError::NoSuchDay),
            ("31 February 2026, noonish", WhenError::NoSuchDay),
            ("23/11/2026 14:60", WhenError::Time),
            ("23/11/2026 13 pm", WhenError::Time),
            ("23/11/2026 noonish", WhenError::Time),
            ("31/11/2026 14:30", WhenError::NoSuchDay),
            ("14:30", WhenError::Date),
        ] {
            assert_eq!(LocalTime::parse(text, Order::DayFirst), Err(error), "{text}");
        }
    }

    #[test]
    fn what_is_shown_is_what_was_meant() {
        let time = LocalTime::parse("3/4/2026 7:05", Order::DayFirst).unwrap();
        assert_eq!(time.long(), "3 April 2026, 07:05");
    }

    proptest! {
        #[test]
        fn every_day_reads_back(days in -25_567_i64..83_000, minute in prop::option::of(0_u16..1440)) {
            let date = Date::from_days(days);
            let time = LocalTime { date, minute };
            for order in [Order::DayFirst, Order::MonthFirst] {
                prop_assert_eq!(parse_date(&long_date(date), order), Ok(date));
                prop_assert_eq!(LocalTime::parse(&time.to_string(), order), Ok(time));
                prop_assert_eq!(LocalTime::parse(&time.long(), order), Ok(time));
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}", digits in "[0-9./ :TtapmhNov-]{0,24}") {
            for text in [&text, &digits] {
                let _ = LocalTime::parse(text, Order::MonthFirst);
            }
        }
    }
}
