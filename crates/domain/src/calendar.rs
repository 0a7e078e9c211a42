//! Working days: the days of a country on which nobody works, and counting time that leaves them out.
//!
//! The days off are a table (`data/calendar.toml`). Working time is all time of a country's working days, from midnight
//! to midnight there: it stands still on days off. So 24 working hours are one working day wherever they begin, and a
//! report that comes in on a Saturday has its full time from Monday on.
//!
//! What a day is depends on the place: [`Zone`] says it, since time zones belong to the server.

use serde::{Deserialize, Serialize};

use crate::{country::Country, date::Date, organisation::coded, time::Timestamp};

/// The table of days off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendars {
    /// The days off of every week.
    weekend: Vec<Weekend>,
    /// The holidays of a country in a year.
    year: Vec<Year>,
}

/// The days off of every week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weekend {
    /// For which country; `*` for all that have no row of their own.
    pub country: String,
    /// The days.
    pub days: Vec<Weekday>,
    /// Where it comes from.
    pub source: String,
    /// Whether somebody compared it with its source.
    pub verified: bool,
}

/// The public holidays of a country in one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// Where.
    pub country: Country,
    /// When.
    pub year: u16,
    /// The days with their names.
    pub days: Vec<(Date, String)>,
    /// Where they come from.
    pub source: String,
    /// Whether somebody compared them with their source.
    pub verified: bool,
}

coded! {
    /// A day of the week, from Monday on.
    Weekday {
        /// Monday.
        Monday = "monday", "Monday";
        /// Tuesday.
        Tuesday = "tuesday", "Tuesday";
        /// Wednesday.
        Wednesday = "wednesday", "Wednesday";
        /// Thursday.
        Thursday = "thursday", "Thursday";
        /// Friday.
        Friday = "friday", "Friday";
        /// Saturday.
        Saturday = "saturday", "Saturday";
        /// Sunday.
        Sunday = "sunday", "Sunday";
    }
}

impl Weekday {
    /// The day of the week of a date.
    #[must_use]
    pub fn of(day: Date) -> Self {
        let place = day.days() - day.monday().days();
        Self::ALL[usize::try_from(place).expect("a week begins no later than its days")]
    }
}

/// A day that does not count, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayOff {
    /// The day.
    pub day: Date,
    /// Name of the holiday; `None` for a day off of every week.
    pub holiday: Option<String>,
}

/// Where days begin.
pub trait Zone {
    /// The day that it is there at an instant.
    fn day(&self, at: Timestamp) -> Date;
    /// The instant at which a day begins there.
    fn start(&self, day: Date) -> Timestamp;
}

/// The days that are looked at before counting gives up: ten years. Only a table in which nobody ever works reaches them.
const MOST_DAYS: usize = 3660;

impl Calendars {
    /// The table that ships with the product, `data/calendar.toml`.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn embedded() -> &'static Self {
        static TABLE: std::sync::LazyLock<Calendars> = std::sync::LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/calendar.toml")).expect("data/calendar.toml is read by a test")
        });
        &TABLE
    }

    /// The calendar of a country.
    #[must_use]
    pub fn of(&self, country: Country) -> Calendar<'_> {
        let row = |code: &str| self.weekend.iter().find(|row| row.country == code);
        Calendar { weekend: row(country.code()).or_else(|| row("*")), country, years: &self.year }
    }
}

/// The working days of one country.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    weekend: Option<&'a Weekend>,
    country: Country,
    years: &'a [Year],
}

impl Calendar<'_> {
    /// Whose calendar it is.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.country
    }

    fn year(&self, year: u16) -> Option<&Year> {
        self.years.iter().find(|row| row.country == self.country && row.year == year)
    }

    /// Why nobody works on a day; `None` for a working day. A holiday on a weekend is a holiday.
    #[must_use]
    pub fn off(&self, day: Date) -> Option<DayOff> {
        let named = self.year(day.year()).and_then(|row| row.days.iter().find(|(known, _)| *known == day));
        if let Some((_, name)) = named {
            return Some(DayOff { day, holiday: Some(name.clone()) });
        }
        let weekend = self.weekend.is_some_and(|row| row.days.contains(&Weekday::of(day)));
        weekend.then_some(DayOff { day, holiday: None })
    }

    /// Whether people work on a day.
    #[must_use]
    pub fn works(&self, day: Date) -> bool {
        self.off(day).is_none()
    }

    /// Whether the holidays of every year from `first` to `last` are in the table and somebody has checked them.
    #[must_use]
    pub fn is_verified(&self, first: Date, last: Date) -> bool {
        let year = |year| self.year(year).is_some_and(|row| row.verified);
        self.weekend.is_some_and(|row| row.verified) && (first.year()..=last.year()).all(year)
    }

    /// The first year from `first` to `last` whose holidays nobody has entered.
    #[must_use]
    pub fn unknown_year(&self, first: Date, last: Date) -> Option<u16> {
        (first.year()..=last.year()).find(|year| self.year(*year).is_none())
    }

    /// The instant at which `micros` of working time have passed since `from`. Nothing passes in no time.
    #[must_use]
    pub fn after(&self, from: Timestamp, micros: i64, zone: &impl Zone) -> Timestamp {
        let (mut at, mut left) = (from, micros.max(0));
        for _ in 0..MOST_DAYS {
            if left == 0 {
                break;
            }
            let day = zone.day(at);
            let end = end(zone, at, day);
            if self.works(day) {
                let room = end.since(at);
                if left <= room {
                    return at.plus(left);
                }
                left -= room;
            }
            at = end;
        }
        at.plus(left)
    }

    /// Working time between two instants; nothing if `to` is not the later.
    #[must_use]
    pub fn between(&self, from: Timestamp, to: Timestamp, zone: &impl Zone) -> i64 {
        let (mut at, mut sum) = (from, 0_i64);
        for _ in 0..MOST_DAYS {
            if at >= to {
                return sum;
            }
            let day = zone.day(at);
            let end = end(zone, at, day).min(to);
            if self.works(day) {
                sum = sum.saturating_add(end.since(at));
            }
            at = end;
        }
        sum.saturating_add(to.since(at).max(0))
    }

    /// The days off that lie between two instants, wholly or in part, at most a hundred.
    #[must_use]
    pub fn days_off(&self, from: Timestamp, to: Timestamp, zone: &impl Zone) -> Vec<DayOff> {
        let (first, last) = (zone.day(from).days(), zone.day(to).days());
        let offs =
            (first..=last).map(Date::from_days).filter(|day| zone.start(*day) < to).filter_map(|day| self.off(day));
        offs.take(100).collect()
    }
}

/// The end of the day in which `at` lies: always later than `at`, whatever the zone says.
fn end(zone: &impl Zone, at: Timestamp, day: Date) -> Timestamp {
    let next = zone.start(Date::from_days(day.days() + 1));
    if next > at { next } else { at.plus(Timestamp::DAY) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
