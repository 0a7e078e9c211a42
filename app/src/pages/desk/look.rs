//! How states, bands and clocks look at the desk: shape and word, the hour with its zone.

use domain::{
    country::Country,
    deadline::Clock as Answer,
    indicator::Band,
    report::{Severity, State},
    time::Timestamp,
};
use leptos::prelude::*;
use services::label::Label;

use super::place::Desk;
use crate::{
    components::*,
    format,
    text::{desk::Texts, fill},
};

/// Less than this is little time.
const SOON: i64 = 2 * Timestamp::HOUR;

/// Shape first, tone third; the word is the state's own.
pub const fn of(state: State) -> (Shape, Tone) {
    match state {
        State::Sent => (Shape::Half, Tone::Info),
        State::QuestionAsked => (Shape::HalfAsked, Tone::Neutral),
        State::InReview => (Shape::ThreeQuarter, Tone::Neutral),
        State::UnderInvestigation | State::InCase => (Shape::Full, Tone::Ok),
        State::Closed => (Shape::FullRuled, Tone::Neutral),
        State::Duplicate | State::Withdrawn => (Shape::Struck, Tone::Neutral),
    }
}

/// Where a report stands.
pub fn status(state: State) -> AnyView {
    let (shape, tone) = of(state);
    view! { <Status shape word=state.label() tone/> }.into_any()
}

/// What lies over the state of a report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flags {
    /// Goods leave within 48 hours.
    pub urgent: bool,
    /// The reporter let the time for an answer run out.
    pub unanswered: bool,
    /// Taken down by telephone, and whether the company confirmed it.
    pub by_phone: Option<bool>,
    /// Four questions only.
    pub quick: bool,
    /// It must be kept.
    pub on_hold: bool,
    /// Another report says the same of somebody.
    pub shares: bool,
}

impl Flags {
    /// As marks behind the state.
    pub fn tags(self, t: &'static Texts) -> AnyView {
        let marks = [
            (self.urgent, t.leaves_soon, Tone::Danger),
            (self.unanswered, t.no_answer, Tone::Warn),
            (self.by_phone == Some(false), t.phone_unconfirmed, Tone::Warn),
            (self.by_phone == Some(true), t.phone_confirmed, Tone::Neutral),
            (self.quick, t.quick, Tone::Neutral),
            (self.on_hold, t.is_hold_title, Tone::Hold),
            (self.shares, t.shares, Tone::Info),
        ];
        let shown = marks.into_iter().filter(|(there, ..)| *there);
        shown.map(|(_, text, tone)| view! { <Tag text tone/> }).collect_view().into_any()
    }
}

/// The strip with the band that counts. What an officer set says so; the lit cells are always the rules' own.
pub fn litmus(t: &'static Texts, cells: u8, band: Band, overruled: bool, small: bool) -> AnyView {
    view! {
        <Litmus cells word=band.label() small/>
        {overruled.then(|| view! { " "<Tag text=t.set_by_officer tone=Tone::Hold/> })}
    }
    .into_any()
}

/// The same with a link to the reasons: the rules' own word, and what an officer set instead.
pub fn judged(t: &'static Texts, cells: u8, severity: Severity, href: String) -> AnyView {
    let set = severity.set.map(|band| fill("{mark}: {band}", &[("mark", t.set_by_officer), ("band", band.label())]));
    view! {
        <Litmus cells word=severity.computed.label() href/>
        {set.map(|text| view! { " "<Tag text tone=Tone::Hold/> })}
    }
    .into_any()
}

/// The other party with its country, as far as they are known.
pub fn party(name: &str, country: &str) -> String {
    let country: &str = match Country::parse(country) {
        Ok(known) => known.name(),
        Err(_) => country,
    };
    match (name, country) {
        ("", country) => country.to_owned(),
        (name, "") => name.to_owned(),
        (name, country) => format!("{name} ({country})"),
    }
}

/// The labels of a report.
pub fn stickers(labels: &[Label]) -> AnyView {
    let sticker = |label: &Label| view! { <Sticker text=label.name.clone() colour=label.colour.code()/> };
    labels.iter().map(sticker).collect_view().into_any()
}

/// Since a report that is put aside is seen in its own view only, when it comes back.
pub fn aside(desk: &Desk, until: Option<Timestamp>) -> Option<AnyView> {
    let text = fill(desk.t.back_on, &[("day", &format::day(until?, desk.zone))]);
    Some(view! { <Tag text tone=Tone::Hold/> }.into_any())
}

/// What is known of a report's time.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// Where it stands.
    pub state: State,
    /// The authority's clock.
    pub clock: Answer,
    /// When it was sent; draws how much of the time is gone.
    pub since: Option<Timestamp>,
    /// Until when the reporter is to answer.
    pub question_due: Option<Timestamp>,
}

/// The clock of a report; none once it is accepted or decided.
pub fn deadline(desk: &Desk, times: Times) -> Option<AnyView> {
    if times.state == State::QuestionAsked {
        return Some(waiting(desk, times.question_due));
    }
    if !times.state.clock_runs() {
        return None;
    }
    let (due, left) = (times.clock.due, times.clock.left(desk.now));
    let (clock, words) = reading(desk.t, left);
    let gone = times.since.and_then(|since| gone(since, due, desk.now));
    Some(view! { <Deadline due=desk.due(due) left=words clock datetime=format::machine(due) gone/> }.into_any())
}

/// The clock of something else that waits for the desk.
pub fn running(desk: &Desk, due: Timestamp) -> AnyView {
    let (clock, words) = reading(desk.t, due.since(desk.now));
    view! { <Deadline due=desk.due(due) left=words clock datetime=format::machine(due)/> }.into_any()
}

/// How a clock with so much left stands, and the words for it.
fn reading(t: &'static Texts, left: i64) -> (Clock, String) {
    let span = format::span(left);
    match left {
        ..0 => (Clock::Overdue, fill(t.overdue_by, &[("span", &span)])),
        0..SOON => (Clock::Soon, fill(t.left, &[("span", &span)])),
        _ => (Clock::Calm, fill(t.left, &[("span", &span)])),
    }
}

fn waiting(desk: &Desk, due: Option<Timestamp>) -> AnyView {
    let t = desk.t;
    let words = due.map_or_else(String::new, |due| {
        let words = if due < desk.now { t.answer_late } else { t.answer_by };
        fill(words, &[("at", &desk.moment(due))])
    });
    view! { <Deadline due=t.clock_stands left=words clock=Clock::Paused datetime=due.map(format::machine)/> }.into_any()
}

/// Per cent of the time that is gone; none where there never was any.
fn gone(since: Timestamp, due: Timestamp, now: Timestamp) -> Option<u8> {
    let whole = due.since(since);
    (whole > 0).then(|| u8::try_from((now.since(since).clamp(0, whole)) * 100 / whole).unwrap_or(100))
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;
    use crate::text::desk::texts;

    #[test]
    fn a_clock_says_how_it_stands() {
        let t = texts(Lang::En);
        for (left, clock, words) in [
            (-90 * Timestamp::MINUTE, Clock::Overdue, "overdue by 1 h 30 min"),
            (-1, Clock::Overdue, "overdue by under a minute"),
            (0, Clock::Soon, "under a minute left"),
            (SOON - 1, Clock::Soon, "1 h 59 min left"),
            (SOON, Clock::Calm, "2 h left"),
            (3 * Timestamp::DAY, Clock::Calm, "3 d left"),
        ] {
            assert_eq!(reading(t, left), (clock, words.to_owned()), "{left}");
        }
    }

    #[test]
    fn the_bar_shows_what_is_gone() {
        let at = |minutes| Timestamp(minutes * Timestamp::MINUTE);
        for (now, part) in [(-5, Some(0)), (0, Some(0)), (30, Some(50)), (60, Some(100)), (600, Some(100))] {
            assert_eq!(gone(at(0), at(60), at(now)), part, "{now}");
        }
        assert_eq!(gone(at(0), at(0), at(5)), None);
        assert_eq!(gone(at(5), at(0), at(5)), None);
    }

    #[test]
    fn no_two_ways_of_standing_look_alike_unless_they_are() {
        let alike = |a: State, b: State| of(a).0 == of(b).0 && a != b;
        for a in State::ALL {
            for b in State::ALL.iter().filter(|b| alike(*a, **b)) {
                let settled = a.is_settled() && b.is_settled();
                assert!(settled || a.for_reporter() == b.for_reporter(), "{a:?} {b:?}");
            }
        }
    }
}
