//! Deadlines: the company's legal one, and the authority's own clock for a first answer.
//!
//! They are two tables (`data/deadlines.toml`) and never mixed: the first counts from the moment the company became
//! aware and is law, dated and sourced; the second counts from the sending, depends on country and band, stands still
//! while the reporter has to answer a question ([`Clock`]), and is the authority's practice.

use serde::{Deserialize, Serialize};

use crate::{
    country::{Country, Jurisdiction},
    date::Date,
    indicator::Band,
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
    /// Hours after the company became aware (a calendar day counts 24); `None` for "at once" and the like.
    pub hours: Option<u32>,
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
    /// Hours before delivery that count as "about to".
    pub urgent_within: u32,
    /// Hours the reporter has to answer a question.
    pub question: u32,
    /// The same if the goods are about to leave.
    pub question_urgent: u32,
    /// First day, by the day the report was sent (UTC).
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
}

fn holds(from: Option<Date>, to: Option<Date>, on: Date) -> bool {
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
}

impl ReportDeadline {
    /// Whether it holds in this country on this day, in force or announced.
    #[must_use]
    pub fn applies(&self, country: Country, on: Date) -> bool {
        self.jurisdiction.covers(country, on) && holds(self.valid_from, self.valid_to, on)
    }

    /// The instant it ends; `None` where the law says "at once".
    #[must_use]
    pub fn due(&self, aware_at: Timestamp) -> Option<Timestamp> {
        self.hours.map(|hours| aware_at.plus(i64::from(hours) * Timestamp::HOUR))
    }
}

impl AnswerDeadline {
    const fn hours(&self, band: Band, urgent: bool) -> u32 {
        let by_band = match band {
            Band::Red => self.red,
            Band::Amber => self.amber,
            Band::Green => self.green,
        };
        if urgent && self.urgent < by_band { self.urgent } else { by_band }
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

    /// Until when the authority wants to have looked. Without any row, the report itself is the deadline: it shows as
    /// due at once rather than never.
    #[must_use]
    pub fn answer_due(&self, country: Country, band: Band, urgent: bool, sent_at: Timestamp) -> Timestamp {
        let row = self.answer(country, Date::of(sent_at));
        let hours = row.map_or(0, |row| row.hours(band, urgent));
        sent_at.plus(i64::from(hours) * Timestamp::HOUR)
    }

    /// Hours the reporter has to answer a question that is asked on this day; a week without any row.
    #[must_use]
    pub fn question_hours(&self, country: Country, urgent: bool, on: Date) -> u32 {
        self.answer(country, on).map_or(168, |row| if urgent { row.question_urgent } else { row.question })
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
        let aware = Timestamp(0);
        for (id, hours, in_force) in
            [("CA-72h", Some(72), false), ("US-written", Some(15 * 24), true), ("EU-at-once", None, true)]
        {
            let row = tables.report(id).unwrap();
            let due = hours.map(|hours: i64| Timestamp(hours * Timestamp::HOUR));
            assert_eq!((row.due(aware), row.in_force), (due, in_force), "{id}");
        }
        assert!(tables.report("US-written").unwrap().orally.is_some());
        let in_nl: Vec<&str> = tables.reports_in(country("NL"), day("2026-11-23")).map(|row| row.id.as_str()).collect();
        assert_eq!(in_nl, ["EU-at-once", "NL-without-delay"]);
        assert_eq!(tables.reports_in(country("JP"), day("2026-11-23")).count(), 0);
    }

    #[test]
    fn the_authoritys_clock() {
        let tables = Deadlines::embedded();
        for (band, urgent, hours) in [
            (Band::Red, false, 4),
            (Band::Amber, false, 24),
            (Band::Green, false, 72),
            (Band::Red, true, 2),
            (Band::Green, true, 2),
        ] {
            let due = tables.answer_due(country("NL"), band, urgent, SENT);
            assert_eq!(due.since(SENT), hours * Timestamp::HOUR, "{band:?} {urgent}");
        }
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
        let hours = |code, sent: Timestamp| {
            let due = tables.answer_due(country(code), Band::Red, false, sent);
            due.since(sent) / Timestamp::HOUR
        };
        assert_eq!(hours("NL", SENT), 3);
        assert_eq!(hours("NL", SENT.plus(-Timestamp::DAY)), 8);
        assert_eq!(hours("BE", SENT), 4);
        // Urgency never gives more time than the band does.
        let urgent = tables.answer_due(country("NL"), Band::Red, true, SENT);
        assert_eq!(urgent.since(SENT), 3 * Timestamp::HOUR);
        let soon = Some(SENT.plus(20 * Timestamp::HOUR));
        assert!(!tables.is_urgent(country("NL"), soon, SENT));
        assert_eq!([false, true].map(|urgent| tables.question_hours(country("BE"), urgent, Date::of(SENT))), [96, 12]);
        assert!(tables.is_urgent(country("NL"), Some(SENT.plus(11 * Timestamp::HOUR)), SENT));
        let none = Deadlines { report: Vec::new(), answer: Vec::new() };
        assert_eq!(none.answer_due(country("NL"), Band::Green, false, SENT), SENT);
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
        fn nothing_overflows_and_going_backwards_gives_no_time(due: i64, a: i64, b: i64) {
            let clock = Clock::new(Timestamp(due)).pause(Timestamp(a));
            let resumed = clock.resume(Timestamp(b));
            prop_assert!(resumed.due >= clock.due);
            prop_assert!(b > a || resumed.due == clock.due);
            let _ = (clock.left(Timestamp(b)), resumed.is_overdue(Timestamp(b)));
        }
    }
}
