//! Dates as lists write them: a day, a month, a year, "circa", from one to another.

use domain::date::Date;

use crate::entry::Birth;

/// How many years "circa" may be off, before and after.
pub const CIRCA_YEARS: u16 = 2;

/// Years in which somebody on a list can have been born or something can have been listed.
const YEARS: std::ops::RangeInclusive<u16> = 1800..=2200;
/// No date is longer, in bytes.
const LONGEST: usize = 100;
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const ABOUT: [&str; 10] =
    ["circa", "ca", "c", "approximately", "approx", "about", "around", "estimated", "possibly", "probably"];

/// Reads `12 Aug 1956`, `Aug 1956`, `1956`, `1956-08-12`, `12/08/1956` (`00/08/1956` is the month), `circa 1951`,
/// `1929 to 1930`, `between 1929 and 1930`, `1929-1930`, `1960s`.
pub(super) fn birth(text: &str) -> Option<Birth> {
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.trim().trim_end_matches(['.', ';', ',']).to_lowercase();
    let mut rest = lower.trim();
    let mut about = false;
    while let Some((word, after)) = first_word(rest) {
        match word.trim_end_matches(['.', ':']) {
            word if ABOUT.contains(&word) => about = true,
            "between" | "from" | "dob" | "born" | "in" | "early" | "mid" | "late" | "exact" => {}
            _ => break,
        }
        rest = after;
    }
    let (from, to) = range(rest)?;
    if !about {
        return (from <= to).then_some(Birth { from, to });
    }
    let from = Date::new(from.year().saturating_sub(CIRCA_YEARS), 1, 1)?;
    let to = Date::new(to.year().saturating_add(CIRCA_YEARS), 12, 31)?;
    (from <= to).then_some(Birth { from, to })
}

/// Reads a single day.
pub(super) fn day(text: &str) -> Option<Date> {
    let (from, to) = if text.len() > LONGEST { None } else { point(&text.trim().to_lowercase()) }?;
    (from == to).then_some(from)
}

fn first_word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|letter: char| letter.is_whitespace()).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    // `c.1951` has no space.
    match word.split_once('.') {
        Some((about @ ("c" | "ca"), year)) if !year.is_empty() => Some((about, &text[about.len() + 1..])),
        _ if word.is_empty() => None,
        _ => Some((word, after.trim_start())),
    }
}

fn range(text: &str) -> Option<(Date, Date)> {
    if let Some(found) = point(text) {
        return Some(found);
    }
    for between in [" to ", " and ", " or ", " - ", " \u{2013} ", "\u{2013}", "-", "/"] {
        let mut parts = text.split(between);
        if let (Some(first), Some(last), None) = (parts.next(), parts.next(), parts.next()) {
            let first = first.trim().trim_start_matches("circa ");
            let last = last.trim().trim_start_matches("circa ");
            if let Some(((from, _), (_, to))) = point(first).zip(point(last)) {
                return Some((from, to));
            }
        }
    }
    None
}

/// A day, a month, a year or a decade: its first and last day.
fn point(text: &str) -> Option<(Date, Date)> {
    let text = text.trim().trim_end_matches('.');
    if let Some(found) = iso(text) {
        return Some(found);
    }
    if let Some(decade) = text.strip_suffix("0s").filter(|decade| decade.len() == 3) {
        let first = number(&format!("{decade}0"))?;
        return years(first, first.checked_add(9)?);
    }
    if text.contains('/') {
        return slashes(text);
    }
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '.' | ','))
        .filter(|word| !word.is_empty())
        .collect();
    match words[..] {
        [year] => whole_year(number(year)?),
        [word, year] => whole_month(number(year)?, month(word)?),
        [first, second, year] => match (month(second), month(first)) {
            (Some(month), _) => single(number(year)?, month, small(first)?),
            (None, Some(month)) => single(number(year)?, month, small(second)?),
            (None, None) => single(number(year)?, small(second)?, small(first)?),
        },
        _ => None,
    }
}

/// `1956-08-12` with any time or zone after it, `1956-08`, `1956`; zeros for what is not known.
fn iso(text: &str) -> Option<(Date, Date)> {
    let text = text.split_once('t').filter(|(day, _)| day.len() == 10).map_or(text, |(day, _)| day);
    let zone = |rest: &str| rest.is_empty() || rest.starts_with(['+', '-', 'z', ' ']);
    let text = match text.get(..10) {
        Some(day) if text.get(10..).is_some_and(zone) => day,
        _ => text,
    };
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let year = number(year)?;
    match (month, day) {
        (None, _) => whole_year(year),
        (Some(month), day) if month.len() <= 2 => match (small(month)?, day.map_or(Some(0), small)?) {
            (0, _) => whole_year(year),
            (month, 0) => whole_month(year, month),
            (month, day) => single(year, month, day),
        },
        _ => None,
    }
}

/// `12/08/1956`, day first; `00` for what is not known.
fn slashes(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.split('/').map(str::trim);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    match third {
        None => whole_month(number(second)?, small(first)?),
        Some(third) if first.len() == 4 => single(number(first)?, small(second)?, small(third)?),
        Some(third) => match (small(first)?, small(second)?, number(third)?) {
            (_, 0, year) => whole_year(year),
            (0, month, year) => whole_month(year, month),
            (day, month, year) => single(year, month, day),
        },
    }
}

fn whole_year(year: u16) -> Option<(Date, Date)> {
    years(year, year)
}

fn years(from: u16, to: u16) -> Option<(Date, Date)> {
    (YEARS.contains(&from) && YEARS.contains(&to)).then_some(())?;
    Date::new(from, 1, 1).zip(Date::new(to, 12, 31))
}

fn whole_month(year: u16, month: u8) -> Option<(Date, Date)> {
    YEARS.contains(&year).then_some(())?;
    let last = (28..=31).rev().find_map(|day| Date::new(year, month, day));
    Date::new(year, month, 1).zip(last)
}

fn single(year: u16, month: u8, day: u8) -> Option<(Date, Date)> {
    YEARS.contains(&year).then_some(())?;
    let day = Date::new(year, month, day)?;
    Some((day, day))
}

fn month(word: &str) -> Option<u8> {
    let place = MONTHS.iter().position(|month| word.len() >= 3 && word.starts_with(month))?;
    (word.len() <= 9 && word.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(())?;
    u8::try_from(place + 1).ok()
}

fn number(text: &str) -> Option<u16> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn small(text: &str) -> Option<u8> {
    let text = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    (text.len() <= 2).then(|| number(text)).flatten().and_then(|number| u8::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_lists_write() {
        for (text, from, to) in [
            ("12 Aug 1956", "1956-08-12", "1956-08-12"),
            ("Aug 1956", "1956-08-01", "1956-08-31"),
            ("Feb. 1956", "1956-02-01", "1956-02-29"),
            ("1956", "1956-01-01", "1956-12-31"),
            ("circa 1951", "1949-01-01", "1953-12-31"),
            ("c.1951", "1949-01-01", "1953-12-31"),
            ("circa 12 Aug 1951", "1949-01-01", "1953-12-31"),
            ("1929 to 1930", "1929-01-01", "1930-12-31"),
            ("01 Jan 1961 to 31 Dec 1961", "1961-01-01", "1961-12-31"),
            ("Approximately 1960-1965", "1958-01-01", "1967-12-31"),
            ("between 1960 and 1965", "1960-01-01", "1965-12-31"),
            ("circa 1960 to circa 1965", "1958-01-01", "1967-12-31"),
            ("1956-08-12", "1956-08-12", "1956-08-12"),
            ("1956-08-12T00:00:00", "1956-08-12", "1956-08-12"),
            ("2015-03-27-04:00", "2015-03-27", "2015-03-27"),
            ("1956-08", "1956-08-01", "1956-08-31"),
            ("1956-00-00", "1956-01-01", "1956-12-31"),
            ("12/08/1956", "1956-08-12", "1956-08-12"),
            ("00/08/1956", "1956-08-01", "1956-08-31"),
            ("00/00/1956", "1956-01-01", "1956-12-31"),
            ("12.08.1956", "1956-08-12", "1956-08-12"),
            ("August 12, 1956", "1956-08-12", "1956-08-12"),
            ("early 1960s", "1960-01-01", "1969-12-31"),
            ("1960s", "1960-01-01", "1969-12-31"),
        ] {
            let birth = birth(text).map(|birth| (birth.from.to_string(), birth.to.to_string()));
            assert_eq!(birth, Some((from.into(), to.into())), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "circa", "unknown", "31 Feb 1956", "1965 to 1960", "30-35 years old", "1402", "99999", "12"] {
            assert_eq!(birth(text), None, "{text}");
        }
        assert_eq!(day("1956"), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*", shaped in "[0-9circa to/.é-]{0,20}") {
            let _ = birth(&text);
            let _ = birth(&shaped);
        }
    }
}
