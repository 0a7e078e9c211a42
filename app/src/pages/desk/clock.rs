//! Why a deadline is when it is: how much time there is, from when, and which days do not count.

use domain::{
    calendar::{DayOff, Weekday},
    deadline::Allowance,
    report::State,
    time::Timestamp,
};
use leptos::prelude::*;
use services::{
    calendar::{Counted, WhyDue},
    desk::DeskReportView,
};

use super::place::Desk;
use crate::{
    components::*,
    format,
    text::{desk::Texts, fill},
};

/// So much time in words.
pub fn amount(t: &Texts, allowed: Allowance) -> String {
    let count = |n: u32| n.to_string();
    match (allowed.working, allowed.hours) {
        (true, 24) => t.time_working_day.to_owned(),
        (true, hours) if hours.is_multiple_of(24) => fill(t.time_working_days, &[("count", &count(hours / 24))]),
        (true, hours) => fill(t.time_working_hours, &[("count", &count(hours))]),
        (false, hours) if hours > 48 && hours.is_multiple_of(24) => fill(t.days, &[("count", &count(hours / 24))]),
        (false, hours) => fill(t.hours, &[("count", &count(hours))]),
    }
}

/// Until when the reporter would have to answer: how much time that is, and the hour.
pub fn question_time(desk: &Desk, view: &DeskReportView) -> String {
    let (due, why) = &view.question;
    fill(desk.t.time_until, &[("time", &amount(desk.t, why.allowed)), ("at", &desk.moment(*due))])
}

/// The reckoning of a report's own clock, while it runs or stands; folded, since one rarely asks.
pub fn why(desk: &Desk, view: &DeskReportView) -> Option<AnyView> {
    let t = desk.t;
    let why = view.why_due.as_ref().filter(|_| counts(view.standing.state))?;
    let from = if why.from == view.sent_at { t.due_from_sent } else { t.due_from_urgent };
    let values = [("time", amount(t, why.allowed)), ("at", desk.moment(why.from))];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let first = fill(from, &values);
    let days = match &why.counted {
        Some(counted) => skipped(t, counted),
        None => t.due_every_hour.to_owned(),
    };
    Some(told(desk, why, &format!("{first} {days}"), view.clock.due))
}

/// The reckoning of a request's clock.
pub fn why_request(desk: &Desk, why: &WhyDue, due: Timestamp) -> AnyView {
    let t = desk.t;
    let days = why.counted.as_ref().map_or_else(|| t.due_every_hour.to_owned(), |counted| skipped(t, counted));
    let first = fill(t.due_from_sent, &[("time", &amount(t, why.allowed)), ("at", &desk.moment(why.from))]);
    told(desk, why, &format!("{first} {days}"), due)
}

fn told(desk: &Desk, why: &WhyDue, reckoned: &str, due: Timestamp) -> AnyView {
    let t = desk.t;
    let moved = why.moved.then_some(t.due_moved);
    let reckoned = reckoned.to_owned();
    let checked = why.counted.as_ref().and_then(|counted| unchecked(t, counted));
    let summary = fill(t.why_due, &[("at", &desk.moment(due))]);
    view! {
        <Details summary>
            <p>{reckoned}" "{moved}</p>
            {checked.map(|checked| view! { <p class="muted">{checked}</p> })}
        </Details>
    }
    .into_any()
}

/// Whether the clock still matters.
fn counts(state: State) -> bool {
    state.clock_runs() || state == State::QuestionAsked
}

fn skipped(t: &Texts, counted: &Counted) -> String {
    let country = counted.country.name();
    if counted.off.is_empty() {
        return fill(t.due_no_day_off, &[("country", country)]);
    }
    let days: Vec<String> = counted.off.iter().map(day_off).collect();
    fill(t.due_days_off, &[("country", country), ("days", &days.join(", "))])
}

fn day_off(off: &DayOff) -> String {
    let day = format::day(Timestamp(off.day.days() * Timestamp::DAY), "UTC");
    let name = off.holiday.as_deref().unwrap_or_else(|| Weekday::of(off.day).label());
    format!("{day} ({name})")
}

/// What of the calendar nobody has looked up yet.
fn unchecked(t: &Texts, counted: &Counted) -> Option<String> {
    let country = ("country", counted.country.name());
    match counted.unknown {
        Some(year) => Some(fill(t.due_unknown_year, &[country, ("year", &year.to_string())])),
        None => (!counted.verified).then(|| fill(t.due_unverified, &[country])),
    }
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;
    use crate::text::desk::texts;

    #[test]
    fn time_is_said_in_the_unit_in_which_it_is_counted() {
        let t = texts(Lang::En);
        for (hours, working, words) in [
            (4, false, "4 hours"),
            (24, false, "24 hours"),
            (168, false, "7 days"),
            (24, true, "1 working day"),
            (120, true, "5 working days"),
            (4, true, "4 hours of working days"),
        ] {
            assert_eq!(amount(t, Allowance { hours, working }), words);
        }
    }

    #[test]
    fn a_day_off_has_its_name() {
        let day = |text: &str| text.parse().expect("a day");
        let christmas = DayOff { day: day("2026-12-25"), holiday: Some("Christmas Day".into()) };
        assert_eq!(day_off(&christmas), "25 Dec 2026 (Christmas Day)");
        assert_eq!(day_off(&DayOff { day: day("2026-11-28"), holiday: None }), "28 Nov 2026 (Saturday)");
    }
}
