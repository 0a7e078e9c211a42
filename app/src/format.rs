//! Times, amounts and counts as people read them. Times always carry their zone.

use domain::{country::Country, time::Timestamp};
use jiff::{Timestamp as Instant, tz::TimeZone};

/// For the `datetime` attribute of `<time>`, as files have it.
pub use paper::note::machine;

/// The time zone in which people of a country read times; UTC where the country is unknown.
#[must_use]
pub fn zone_of(country: &str) -> &'static str {
    Country::parse(country).map_or("UTC", Country::time_zone)
}

/// An instant in a zone: `23 Nov 2026, 14:30 CET`. An unknown zone name falls back to UTC.
///
/// The last microsecond of a day stands for the day: of what a sender of an anonymous concern does no time is kept.
#[must_use]
pub fn moment(at: Timestamp, zone: &str) -> String {
    let local = zoned(at, zone);
    let pattern =
        if local.time() == jiff::civil::time(23, 59, 59, 999_999_000) { "%-d %b %Y" } else { "%-d %b %Y, %H:%M %Z" };
    local.strftime(pattern).to_string()
}

/// The day alone, for the `datetime` attribute of `<time>`: `2026-11-23`.
#[must_use]
pub fn iso_day(at: Timestamp, zone: &str) -> String {
    zoned(at, zone).strftime("%Y-%m-%d").to_string()
}

/// The day alone: `23 Nov 2026`.
#[must_use]
pub fn day(at: Timestamp, zone: &str) -> String {
    zoned(at, zone).strftime("%-d %b %Y").to_string()
}

/// The time of day with its zone: `14:30 CET`.
#[must_use]
pub fn time_of_day(at: Timestamp, zone: &str) -> String {
    zoned(at, zone).strftime("%H:%M %Z").to_string()
}

/// A span in the two largest units that matter: `2 h 5 min`, `3 d`, `under a minute`.
#[must_use]
pub fn span(micros: i64) -> String {
    let minutes = micros.unsigned_abs() / Timestamp::MINUTE.unsigned_abs();
    let (days, hours, rest) = (minutes / 1440, minutes % 1440 / 60, minutes % 60);
    match (days, hours, rest) {
        (0, 0, 0) => "under a minute".to_owned(),
        (0, 0, rest) => format!("{rest} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, rest) => format!("{hours} h {rest} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// A size: `812 bytes`, `340 kB`, `1.2 MB`.
#[must_use]
pub fn bytes(size: u64) -> String {
    const KILO: u64 = 1024;
    match size {
        0..KILO => format!("{size} bytes"),
        KILO..1_048_576 => format!("{} kB", size.div_ceil(KILO)),
        _ => {
            let tenths = size * 10 / (KILO * KILO);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

fn zoned(at: Timestamp, zone: &str) -> jiff::ZonedDateTime {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Instant::from_microsecond(at.0).unwrap_or_default().to_zoned_datetime(zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_carry_their_zone() {
        let at = Timestamp(1_795_444_200_000_000);
        assert_eq!(moment(at, "Europe/Amsterdam"), "23 Nov 2026, 15:30 CET");
        assert_eq!(moment(at, "nowhere"), "23 Nov 2026, 14:30 UTC");
        assert_eq!(machine(at), "2026-11-23T14:30:00Z");
        assert_eq!(iso_day(at, "UTC"), "2026-11-23");
        let end = Timestamp(1_795_474_799_999_999);
        assert_eq!(moment(end, "Europe/Amsterdam"), "23 Nov 2026");
        assert_eq!(moment(end, "UTC"), "23 Nov 2026, 22:59 UTC");
        assert_eq!(moment(Timestamp(i64::MAX), "UTC"), "1 Jan 1970, 00:00 UTC");
    }

    #[test]
    fn sizes_are_short() {
        let cases =
            [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 kB"), (1_048_576, "1.0 MB"), (20 << 20, "20.0 MB")];
        for (size, text) in cases {
            assert_eq!(bytes(size), text);
        }
    }

    #[test]
    fn spans_are_short() {
        let cases =
            [(0, "under a minute"), (59, "59 min"), (60, "1 h"), (125, "2 h 5 min"), (1440, "1 d"), (1500, "1 d 1 h")];
        for (minutes, text) in cases {
            assert_eq!(span(minutes * Timestamp::MINUTE), text);
            assert_eq!(span(-minutes * Timestamp::MINUTE), text);
        }
    }
}
