//! Deadlines: the company's legal one, and the authority's own clock for a first answer.
//!
//! They are two tables (`data/deadlines.toml`) and never mixed: the first counts from the moment the company became
//! aware and is law, dated and sourced; the second counts from the sending, depends on country and band, stands still
//! while the reporter has to answer a question ([`Clock`]), and is the authority's practice.
//!
//! Where a row says so, the time is working time: days on which nobody works in the country do not count
//! ([`crate::calendar`]). An [`Allowance`] says how long and how it is counted.

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, Zone},
    country::{Country, Jurisdiction},
    date::Date,
    indicator::Band,
    organisation::coded,
    time::Timestamp,
};

/// Both tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadlines {
    /// Until when companies have to report.
    report: Vec<ReportDeadline>,
    /// Until when authorities want to have looked.
    answer: Vec<AnswerDeadline>,
}

/// Until when a company has to report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportDeadline {
    /// Its mark in the table of duties.
    pub id: String,
    /// Where it holds.
    pub jurisdiction: Jurisdiction,
    /// Hours after the company became aware (a day counts 24); `None` for "at once" and the like.
    pub hours: Option<u32>,
    /// Whether only working days count.
    #[serde(default)]
    pub working: bool,
    /// The deadline in words, to follow "report".
    pub words: String,
    /// What has to be done by word of mouth before that, in words.
    pub orally: Option<String>,
    /// Whether the law is in force; an announced one is shown as such and makes nothing mandatory.
    pub in_force: bool,
    /// First day; `None` where it is not known.
    pub valid_from: Option<Date>,
    /// Last day; `None` while it holds.
    pub valid_to: Option<Date>,
    /// Where it comes from.
    pub source: String,
    /// Where that can be read.
    pub url: Option<String>,
    /// Whether it was read there.
    pub verified: bool,
}

/// Hours until an authority wants to have looked at a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerDeadline {
    /// For which country; `*` for all that have no row of their own.
    pub country: String,
    /// Hours for a red report.
    pub red: u32,
    /// Hours for an amber one.
    pub amber: u32,
    /// Hours for a green one.
    pub green: u32,
    /// Hours if the goods are about to leave, whatever the band.
    pub urgent: u32,
    /// Hours before delivery that count as "about to", at most [`MOST_AHEAD`].
    pub urgent_within: u32,
    /// Hours the reporter has to answer a question.
    pub question: u32,
    /// The same if the goods are about to leave.
    pub question_urgent: u32,
    /// Which of these times are working time.
    #[serde(default)]
    pub working: Vec<Span>,
    /// First day, by the day the report was sent (UTC).
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
}

coded! {
    /// One of the times of an [`AnswerDeadline`], by its name there.
    Span {
        /// For a red report.
        Red = "red", "red";
        /// For an amber one.
        Amber = "amber", "amber";
        /// For a green one.
        Green = "green", "green";
        /// If the goods are about to leave.
        Urgent = "urgent", "goods about to leave";
        /// For the reporter's answer.
        Question = "question", "question";
        /// For the reporter's answer if the goods are about to leave.
        QuestionUrgent = "question_urgent", "question if goods are about to leave";
    }
}

/// So much time, and how it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// Hours; a day counts 24.
    pub hours: u32,
    /// Whether only working days count.
    pub working: bool,
}

impl Allowance {
    /// In microseconds.
    #[must_use]
    pub fn micros(self) -> i64 {
        i64::from(self.hours) * Timestamp::HOUR
    }

    /// When it is used up.
    #[must_use]
    pub fn due(self, from: Timestamp, calendar: &Calendar<'_>, zone: &impl Zone) -> Timestamp {
        if self.working { calendar.after(from, self.micros(), zone) } else { from.plus(self.micros()) }
    }
}

/// The most hours before a delivery that can count as "about to leave": what is further ahead is not looked at again when its
/// day comes nearer.
pub const MOST_AHEAD: u32 = 168;

fn holds(from: Option<Date>, to: Option<Date>, on: Date) -> bool {
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
}

impl ReportDeadline {
    /// Whether it holds in this country on this day, in force or announced.
    #[must_use]
    pub fn applies(&self, country: Country, on: Date) -> bool {
        self.jurisdiction.covers(country, on) && holds(self.valid_from, self.valid_to, on)
    }

    /// How much time it gives; `None` where the law says "at once".
    #[must_use]
    pub fn allowance(&self) -> Option<Allowance> {
        self.hours.map(|hours| Allowance { hours, working: self.working })
    }
}

impl AnswerDeadline {
    fn allowance(&self, span: Span) -> Allowance {
        let hours = match span {
            Span::Red => self.red,
            Span::Amber => self.amber,
            Span::Green => self.green,
            Span::Urgent => self.urgent,
            Span::Question => self.question,
            Span::QuestionUrgent => self.question_urgent,
        };
        Allowance { hours, working: self.working.contains(&span) }
    }

    /// Urgency never gives more time than the band does.
    fn look(&self, band: Band, urgent: bool) -> Allowance {
        let by_band = self.allowance(match band {
            Band::Red => Span::Red,
            Band::Amber => Span::Amber,
            Band::Green => Span::Green,
        });
        if urgent && self.urgent < by_band.hours { self.allowance(Span::Urgent) } else { by_band }
    }
}

impl Deadlines {
    /// The tables that ship with the product, `data/deadlines.toml`.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn embedded() -> &'static Self {
        static TABLES: std::sync::LazyLock<Deadlines> = std::sync::LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/deadlines.toml")).expect("data/deadlines.toml is read by a test")
        });
        &TABLES
    }

    /// The same law with an authority's own clock.
    #[must_use]
    pub fn with_clock_of(&self, own: &Self) -> Self {
        Self { report: self.report.clone(), answer: own.answer.clone() }
    }

    /// Every legal deadline.
    #[must_use]
    pub fn reports(&self) -> &[ReportDeadline] {
        &self.report
    }

    /// Every row of the authorities' clock.
    #[must_use]
    pub fn answers(&self) -> &[AnswerDeadline] {
        &self.answer
    }

    /// The legal deadline with this mark.
    #[must_use]
    pub fn report(&self, id: &str) -> Option<&ReportDeadline> {
        self.report.iter().find(|row| row.id == id)
    }

    /// Every legal deadline that holds or is announced in a country on a day.
    pub fn reports_in(&self, country: Country, on: Date) -> impl Iterator<Item = &ReportDeadline> {
        self.report.iter().filter(move |row| row.applies(country, on))
    }

    /// The answer clock of a country on the day of sending: its own newest row, else the default.
    fn answer(&self, country: Country, on: Date) -> Option<&AnswerDeadline> {
        let rows = |code: &'static str| {
            let of_code = move |row: &&AnswerDeadline| row.country == code && holds(row.valid_from, row.valid_to, on);
            self.answer.iter().filter(of_code).max_by_key(|row| row.valid_from)
        };
        rows(country.code()).or_else(|| rows("*"))
    }

    /// How long the authority takes to look at a report that is sent on this day. Without any row no time at all: the
    /// report shows as due at once rather than never.
    #[must_use]
    pub fn look(&self, country: Country, band: Band, urgent: bool, on: Date) -> Allowance {
        let none = Allowance { hours: 0, working: false };
        self.answer(country, on).map_or(none, |row| row.look(band, urgent))
    }

    /// How long the reporter has to answer a question that is asked on this day; a week without any row.
    #[must_use]
    pub fn question(&self, country: Country, urgent: bool, on: Date) -> Allowance {
        let span = if urgent { Span::QuestionUrgent } else { Span::Question };
        let week = Allowance { hours: 168, working: false };
        self.answer(country, on).map_or(week, |row| row.allowance(span))
    }

    /// Whether the goods are about to leave: delivery within the country's hours (48 by default) of `now`. A day without
    /// a time is taken as its beginning, so what should have left up to a day ago counts too.
    #[must_use]
    pub fn is_urgent(&self, country: Country, delivery: Option<Timestamp>, now: Timestamp) -> bool {
        let within = self.answer(country, Date::of(now)).map_or(48, |row| row.urgent_within);
        delivery.is_some_and(|delivery| {
            let left = delivery.since(now);
            left > -Timestamp::DAY && left < i64::from(within) * Timestamp::HOUR
        })
    }
}

/// The authority's answer clock of one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// When it runs out, if it is not paused until then.
    pub due: Timestamp,
    /// Since when it stands still.
    pub paused_at: Option<Timestamp>,
}

impl Clock {
    /// A running clock.
    #[must_use]
    pub const fn new(due: Timestamp) -> Self {
        Self { due, paused_at: None }
    }

    /// Stops the clock, as when the reporter is asked something. A clock that stands stays as it is.
    #[must_use]
    pub fn pause(self, now: Timestamp) -> Self {
        Self { paused_at: self.paused_at.or(Some(now)), ..self }
    }

    /// Lets it run on; the time it stood is added. A clock that runs stays as it is, and one never gains time from a
    /// clock of the machine that went backwards.
    #[must_use]
    pub fn resume(self, now: Timestamp) -> Self {
        let stood = self.paused_at.map_or(0, |since| now.since(since).max(0));
        Self::new(self.due.plus(stood))
    }

    /// The same for a clock of working time: what was left of it when it stopped is left when it runs on. Once overdue
    /// there is nothing left to count, so the time it stood is added as it is.
    #[must_use]
    pub fn resume_working(self, now: Timestamp, calendar: &Calendar<'_>, zone: &impl Zone) -> Self {
        match self.paused_at {
            Some(since) if since < self.due => {
                let left = calendar.between(since, self.due, zone);
                Self::new(calendar.after(now.max(since), left, zone).max(self.due))
            }
            _ => self.resume(now),
        }
    }

    /// Microseconds left; negative once overdue. While it stands, what was left when it stopped.
    #[must_use]
    pub fn left(self, now: Timestamp) -> i64 {
        self.due.since(self.paused_at.unwrap_or(now))
    }

    /// Whether it has run out.
    #[must_use]
    pub fn is_overdue(self, now: Timestamp) -> bool {
        self.left(now) < 0
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Calendars;

    struct Utc;

    impl Zone for Utc {
        fn day(&self, at: Timestamp) -> Date {
            Date::of(at)
        }

        fn start(&self, day: Date) -> Timestamp {
            Timestamp(day.days() * Timestamp::DAY)
        }
    }

    fn country(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    const SENT: Timestamp = Timestamp(20_780 * Timestamp::DAY + 10 * Timestamp::HOUR);

    #[test]
    fn every_legal_deadline_says_where_it_comes_from() {
        let tables = Deadlines::embedded();
        for row in &tables.report {
            assert!(!row.source.is_empty() && !row.words.is_empty(), "{}", row.id);
            assert_eq!(tables.report.iter().filter(|other| other.id == row.id).count(), 1);
        }
    }

    #[test]
    fn the_law_of_each_place() {
        let tables = Deadlines::embedded();
        for (id, hours, in_force) in
            [("CA-72h", Some(72), false), ("US-written", Some(15 * 24), true), ("EU-at-once", None, true)]
        {
            let row = tables.report(id).unwrap();
            let allowed = hours.map(|hours| Allowance { hours, working: false });
            assert_eq!((row.allowance(), row.in_force), (allowed, in_force), "{id}");
        }
        assert!(tables.report("US-written").unwrap().orally.is_some());
        let in_nl: Vec<&str> = tables.reports_in(country("NL"), day("2026-11-23")).map(|row| row.id.as_str()).collect();
        assert_eq!(in_nl, ["EU-at-once", "NL-without-delay"]);
        assert_eq!(tables.reports_in(country("JP"), day("2026-11-23")).count(), 0);
    }

    #[test]
    fn the_authoritys_clock() {
        let tables = Deadlines::embedded();
        for (band, urgent, hours, working) in [
            (Band::Red, false, 4, false),
            (Band::Amber, false, 24, true),
            (Band::Green, false, 72, true),
            (Band::Red, true, 2, false),
            (Band::Green, true, 2, false),
        ] {
            let allowed = tables.look(country("NL"), band, urgent, Date::of(SENT));
            assert_eq!(allowed, Allowance { hours, working }, "{band:?} {urgent}");
        }
        let question = tables.question(country("NL"), false, Date::of(SENT));
        assert_eq!(question, Allowance { hours: 120, working: true });
    }

    #[test]
    fn the_same_time_is_longer_over_a_weekend() {
        // SENT is a Monday; four days later it is Friday, 10:00.
        let friday = SENT.plus(4 * Timestamp::DAY);
        let calendar = Calendars::embedded().of(country("NL"));
        let due = |working| Allowance { hours: 24, working }.due(friday, &calendar, &Utc).since(friday);
        assert_eq!((due(false), due(true)), (Timestamp::DAY, 3 * Timestamp::DAY));
    }

    #[test]
    fn a_countrys_own_dated_row_goes_first() {
        let row = |country: &str, red, from: Option<&str>, to: Option<&str>| AnswerDeadline {
            country: country.to_owned(),
            red,
            amber: 24,
            green: 72,
            urgent: 6,
            urgent_within: 12,
            question: 96,
            question_urgent: 12,
            working: vec![Span::Amber],
            valid_from: from.map(day),
            valid_to: to.map(day),
        };
        let tables = Deadlines {
            report: Vec::new(),
            answer: vec![
                row("*", 4, None, None),
                row("NL", 8, None, Some("2026-11-22")),
                row("NL", 3, Some("2026-11-23"), None),
            ],
        };
        let hours = |code, sent| tables.look(country(code), Band::Red, false, Date::of(sent)).hours;
        assert_eq!(hours("NL", SENT), 3);
        assert_eq!(hours("NL", SENT.plus(-Timestamp::DAY)), 8);
        assert_eq!(hours("BE", SENT), 4);
        // Urgency never gives more time than the band does.
        let on = Date::of(SENT);
        assert_eq!(tables.look(country("NL"), Band::Red, true, on).hours, 3);
        assert!(tables.look(country("NL"), Band::Amber, false, on).working);
        let soon = Some(SENT.plus(20 * Timestamp::HOUR));
        assert!(!tables.is_urgent(country("NL"), soon, SENT));
        assert_eq!([false, true].map(|urgent| tables.question(country("BE"), urgent, on).hours), [96, 12]);
        assert!(tables.is_urgent(country("NL"), Some(SENT.plus(11 * Timestamp::HOUR)), SENT));
        let none = Deadlines { report: Vec::new(), answer: Vec::new() };
        assert_eq!(none.look(country("NL"), Band::Green, false, on).hours, 0);
    }

    #[test]
    fn urgent_is_what_leaves_within_two_days() {
        let tables = Deadlines::embedded();
        for (hours, urgent) in [(-25, false), (-23, true), (0, true), (47, true), (48, false)] {
            let delivery = SENT.plus(hours * Timestamp::HOUR);
            assert_eq!(tables.is_urgent(country("NL"), Some(delivery), SENT), urgent, "{hours}");
        }
        assert!(!tables.is_urgent(country("NL"), None, SENT));
    }

    proptest! {
        #[test]
        fn standing_time_does_not_count(
            steps in prop::collection::vec((0_i64..1_000_000, any::<bool>()), 0..20),
        ) {
            // Runs the clock beside a plain count of the time in which it ran.
            let mut now = SENT;
            let mut clock = Clock::new(SENT.plus(Timestamp::DAY));
            let (mut ran, mut stands) = (0, false);
            for (micros, pause) in steps {
                now = now.plus(micros);
                if !stands {
                    ran += micros;
                }
                clock = if pause { clock.pause(now) } else { clock.resume(now) };
                stands = pause;
                prop_assert_eq!(clock.left(now), Timestamp::DAY - ran);
                prop_assert_eq!(clock.paused_at.is_some(), stands);
            }
        }

        #[test]
        fn standing_keeps_what_is_left_of_working_time(
            steps in prop::collection::vec((0_i64..3 * Timestamp::DAY, any::<bool>()), 0..12),
        ) {
            let calendar = Calendars::embedded().of(country("NL"));
            let allowed = 20 * Timestamp::DAY;
            let mut now = SENT;
            let mut clock = Clock::new(calendar.after(SENT, allowed, &Utc));
            let (mut ran, mut stands) = (0, false);
            for (micros, pause) in steps {
                let then = now.plus(micros);
                if !stands {
                    ran += calendar.between(now, then, &Utc);
                }
                now = then;
                clock = if pause { clock.pause(now) } else { clock.resume_working(now, &calendar, &Utc) };
                stands = pause;
                if ran < allowed {
                    let left = calendar.between(clock.paused_at.unwrap_or(now), clock.due, &Utc);
                    prop_assert_eq!(left, allowed - ran);
                }
            }
        }

        #[test]
        fn nothing_overflows_and_going_backwards_gives_no_time(due: i64, a: i64, b: i64) {
            let clock = Clock::new(Timestamp(due)).pause(Timestamp(a));
            let resumed = clock.resume(Timestamp(b));
            prop_assert!(resumed.due >= clock.due);
            prop_assert!(b > a || resumed.due == clock.due);
            let _ = (clock.left(Timestamp(b)), resumed.is_overdue(Timestamp(b)));
        }
    }
}
