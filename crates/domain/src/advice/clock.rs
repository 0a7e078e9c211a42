//! How long an authority takes for advice, and how a delivery shortens it. Its rows: `data/advice.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::{country::Country, date::Date, deadline::Allowance, time::Timestamp};

/// How long it takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdviceClock {
    /// For which country; `*` for all that have no row of their own.
    pub country: String,
    /// Hours from the question to the advice; a day counts 24.
    pub hours: u32,
    /// Whether only working days count.
    #[serde(default)]
    pub working: bool,
    /// Hours before the goods leave by which the advice is there.
    pub before_delivery: u32,
    /// Hours that are left in any case, as long as the goods are still there.
    pub least: u32,
    /// First day, by the day of the question (UTC).
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
}

impl AdviceClock {
    /// The clock of a country on a day: its own newest row, else the default.
    #[must_use]
    pub fn of(country: Country, on: Date) -> &'static Self {
        static ROWS: LazyLock<Vec<AdviceClock>> = LazyLock::new(|| {
            #[derive(Deserialize)]
            #[serde(deny_unknown_fields)]
            struct Table {
                clock: Vec<AdviceClock>,
            }
            let table: Table = toml::from_str(include_str!("../../../../data/advice.toml"))
                .expect("data/advice.toml is read by a test");
            table.clock
        });
        find(&ROWS, country, on).expect("a test sees that there is a row for every country without end")
    }

    /// How much time there is, before a delivery shortens it.
    #[must_use]
    pub const fn allowance(&self) -> Allowance {
        Allowance { hours: self.hours, working: self.working }
    }

    /// When the advice is due whose time, counted from `from`, would be over at `by_time`.
    #[must_use]
    pub fn due(&self, from: Timestamp, by_time: Timestamp, delivery: Option<Timestamp>) -> Timestamp {
        let hours = |hours: u32| i64::from(hours) * Timestamp::HOUR;
        let Some(delivery) = delivery else { return by_time };
        let in_time = delivery.plus(-hours(self.before_delivery)).max(from.plus(hours(self.least)));
        // A day without a time is its beginning: what leaves today may still be there.
        let gone = if delivery > from { delivery } else { in_time };
        by_time.min(in_time).min(gone)
    }
}

fn find(rows: &[AdviceClock], country: Country, on: Date) -> Option<&AdviceClock> {
    let of_code = |code: &str| {
        let holds = |row: &&AdviceClock| {
            row.country == code
                && row.valid_from.is_none_or(|from| from <= on)
                && row.valid_to.is_none_or(|to| on <= to)
        };
        rows.iter().filter(holds).max_by_key(|row| row.valid_from)
    };
    of_code(country.code()).or_else(|| of_code("*"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row() -> &'static AdviceClock {
        AdviceClock::of(Country::parse("NL").unwrap(), Date::from_days(20_000))
    }

    #[test]
    fn there_is_time_for_every_country_on_every_day() {
        for country in Country::all() {
            for day in [0, 20_000, 60_000] {
                let row = AdviceClock::of(country, Date::from_days(day));
                assert!(row.hours >= row.least && row.least > 0, "{row:?}");
            }
        }
    }

    #[test]
    fn a_delivery_shortens_it() {
        let hour = |hours: i64| Timestamp(hours * Timestamp::HOUR);
        let due = |delivery: Option<i64>| row().due(hour(0), hour(48), delivery.map(hour)).0 / Timestamp::HOUR;
        assert_eq!(
            [None, Some(100), Some(60), Some(30), Some(13), Some(1), Some(-5)].map(due),
            [48, 48, 48, 18, 2, 1, 2]
        );
    }

    proptest! {
        #[test]
        fn it_is_never_later_than_its_time_nor_than_the_goods(from in 0_i64..1_000_000, time in 0_i64..1_000, delivery in 0_i64..1_000_000) {
            let at = |hours: i64| Timestamp(hours * Timestamp::HOUR);
            let (now, by_time, leaves) = (at(from), at(from + time), at(delivery));
            let due = row().due(now, by_time, Some(leaves));
            prop_assert!(due <= by_time && due >= now.min(by_time));
            prop_assert!(leaves <= now || due <= leaves);
            prop_assert_eq!(row().due(now, by_time, None), by_time);
        }
    }
}
