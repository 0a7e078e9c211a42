//! Deadlines in the place where they are counted: a country's days off and its time zone.

use domain::{
    calendar::{Calendar, Calendars, DayOff, Zone},
    country::Country,
    date::Date,
    deadline::{Allowance, Clock},
    time::Timestamp,
};
use jiff::{civil, tz::TimeZone};
use store::report::ReportRow;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// The days of a time zone.
#[derive(Clone, Debug)]
pub(crate) struct Local(TimeZone);

impl Local {
    /// The zone of this name; an unknown name counts as UTC: deadlines then come early or late by hours, never not at all.
    pub fn named(name: &str) -> Self {
        Self(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    /// What calendar and clock on the wall show.
    pub fn civil(&self, at: Timestamp) -> Option<civil::DateTime> {
        Some(self.0.to_datetime(jiff::Timestamp::from_microsecond(at.0).ok()?))
    }

    /// The instant of a day and a time of day; none where there is no such time. Where clocks are put forward over it, it is
    /// the first instant behind.
    pub fn at(&self, day: Date, hour: u16, minute: u16) -> Option<Timestamp> {
        let (month, date) = (i8::try_from(day.month()).ok()?, i8::try_from(day.day()).ok()?);
        let day = civil::Date::new(i16::try_from(day.year()).ok()?, month, date).ok()?;
        let time = civil::Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
        Some(Timestamp(self.0.to_timestamp(day.to_datetime(time)).ok()?.as_microsecond()))
    }
}

impl Zone for Local {
    fn day(&self, at: Timestamp) -> Date {
        let local = self.civil(at).map(|local| local.date());
        let date = local.and_then(|day| {
            Date::new(u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
        });
        date.unwrap_or_else(|| Date::of(at))
    }

    fn start(&self, day: Date) -> Timestamp {
        self.at(day, 0, 0).unwrap_or(Timestamp(day.days().saturating_mul(Timestamp::DAY)))
    }
}

/// The days off of a country, and its zone.
fn of(calendars: &Calendars, country: Country) -> (Calendar<'_>, Local) {
    (calendars.of(country), Local::named(country.time_zone()))
}

/// When a time is used up that is counted in a country from `from` on.
pub(crate) fn due(calendars: &Calendars, country: Country, from: Timestamp, allowed: Allowance) -> Timestamp {
    let (calendar, zone) = of(calendars, country);
    allowed.due(from, &calendar, &zone)
}

/// How a report's time is counted from `from` on.
pub(crate) fn allow(calendars: &Calendars, row: &mut ReportRow, country: Country, from: Timestamp, allowed: Allowance) {
    row.answer_from = from.0;
    row.answer_hours = allowed.hours.into();
    row.answer_calendar = if allowed.working { country.code().to_owned() } else { String::new() };
    row.answer_due = due(calendars, country, from, allowed).0;
}

/// Lets a report's clock run on, in the time in which it is counted.
pub(crate) fn resume(calendars: &Calendars, clock: Clock, row: &ReportRow, now: Timestamp) -> Clock {
    resume_counted(calendars, clock, &row.answer_calendar, now)
}

/// Lets a clock run on that is counted in the working time of a country; with an empty code, by all hours.
pub(crate) fn resume_counted(calendars: &Calendars, clock: Clock, country: &str, now: Timestamp) -> Clock {
    match Country::parse(country) {
        Ok(country) => {
            let (calendar, zone) = of(calendars, country);
            clock.resume_working(now, &calendar, &zone)
        }
        Err(_) => clock.resume(now),
    }
}

/// Why a deadline is when it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyDue {
    /// From when it counts.
    pub from: Timestamp,
    /// How much time there is.
    pub allowed: Allowance,
    /// How it is counted, where only working days count.
    pub counted: Option<Counted>,
    /// Whether it is later than that by now, because the clock stood still.
    pub moved: bool,
}

/// The calendar behind a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Whose.
    pub country: Country,
    /// The days between that do not count.
    pub off: Vec<DayOff>,
    /// Whether somebody has compared its holidays with their source.
    pub verified: bool,
    /// A year whose holidays nobody has entered.
    pub unknown: Option<u16>,
}

impl WhyDue {
    /// Why something that is allowed so much time from `from` on is due at `due`.
    #[must_use]
    pub fn new(calendars: &Calendars, country: Country, from: Timestamp, allowed: Allowance, due: Timestamp) -> Self {
        let counted = allowed.working.then(|| {
            let (calendar, zone) = of(calendars, country);
            let (first, last) = (zone.day(from), zone.day(due));
            Counted {
                country,
                off: calendar.days_off(from, due, &zone),
                verified: calendar.is_verified(first, last),
                unknown: calendar.unknown_year(first, last),
            }
        });
        Self { from, allowed, counted, moved: self::due(calendars, country, from, allowed) != due }
    }

    /// The same for the authority's clock of a report; none for a report from before this was noted.
    pub(crate) fn of(calendars: &Calendars, row: &ReportRow) -> Option<Self> {
        let hours = u32::try_from(row.answer_hours).ok().filter(|hours| *hours > 0)?;
        let country = Country::parse(&row.answer_calendar).ok();
        let allowed = Allowance { hours, working: country.is_some() };
        // Without a calendar the country says nothing.
        let country = country.or_else(|| Country::all().next())?;
        Some(Self::new(calendars, country, Timestamp(row.answer_from), allowed, Timestamp(row.answer_due)))
    }
}
