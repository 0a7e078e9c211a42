use proptest::prelude::*;

use super::*;

/// A zone with an offset that changes once, as where clocks are put forward or back.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Hours ahead of UTC.
    hours: i64,
    /// From when on the clocks show one hour more.
    summer: Timestamp,
}

impl Place {
    fn offset(self, at: Timestamp) -> i64 {
        (self.hours + i64::from(at >= self.summer)) * Timestamp::HOUR
    }
}

impl Zone for Place {
    fn day(&self, at: Timestamp) -> Date {
        Date::of(at.plus(self.offset(at)))
    }

    fn start(&self, day: Date) -> Timestamp {
        let local = day.days() * Timestamp::DAY;
        let winter = Timestamp(local).plus(-self.hours * Timestamp::HOUR);
        // Where the clocks go forward over midnight, the day begins at that instant.
        if winter >= self.summer { winter.plus(-Timestamp::HOUR).max(self.summer) } else { winter }
    }
}

const UTC: Place = Place { hours: 0, summer: Timestamp(i64::MAX) };

fn of(code: &str) -> Calendar<'static> {
    Calendars::embedded().of(Country::parse(code).unwrap())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str, hour: i64) -> Timestamp {
    Timestamp(day(text).days() * Timestamp::DAY + hour * Timestamp::HOUR)
}

#[test]
fn the_shipped_table_is_sound() {
    let table = Calendars::embedded();
    assert_eq!(table.weekend.iter().filter(|row| row.country == "*").count(), 1);
    for row in &table.weekend {
        assert!(row.country == "*" || Country::parse(&row.country).is_ok(), "{}", row.country);
        assert!(!row.source.is_empty() && row.days.len() < 7, "{}", row.country);
    }
    for row in &table.year {
        let name = format!("{} {}", row.country.code(), row.year);
        let same = table.year.iter().filter(|other| other.country == row.country && other.year == row.year);
        assert_eq!(same.count(), 1, "{name} stands there twice");
        assert!(!row.source.is_empty() && row.days.iter().all(|(day, _)| day.year() == row.year), "{name}");
        assert!(row.days.is_sorted_by(|a, b| a.0 < b.0), "{name} is not in order");
        assert!(row.days.iter().all(|(_, holiday)| !holiday.is_empty()), "{name}");
    }
}

#[test]
fn weekends_and_holidays_are_the_countrys_own() {
    let off = |code: &str, text: &str| of(code).off(day(text)).map(|off| off.holiday.unwrap_or_default());
    for (code, text, expected) in [
        ("NL", "2026-11-27", None),
        ("NL", "2026-11-28", Some("")),
        ("NL", "2026-12-25", Some("Christmas Day")),
        ("NL", "2026-12-26", Some("Second day of Christmas")),
        ("NL", "2027-03-29", Some("Easter Monday")),
        ("CA", "2026-07-01", Some("Canada Day")),
        ("CA", "2026-10-12", Some("Thanksgiving Day")),
        ("US", "2026-07-03", Some("Independence Day (observed)")),
        ("US", "2026-11-26", Some("Thanksgiving Day")),
        ("GB", "2026-12-28", Some("Boxing Day (moved)")),
        ("EG", "2026-11-27", Some("")),
        ("EG", "2026-11-29", None),
        ("JP", "2026-11-29", Some("")),
    ] {
        assert_eq!(off(code, text).as_deref(), expected, "{code} {text}");
    }
    let (first, last) = (day("2026-12-01"), day("2028-01-02"));
    assert_eq!((of("NL").unknown_year(first, last), of("JP").unknown_year(first, last)), (Some(2028), Some(2026)));
    assert!(!of("NL").is_verified(first, first), "nobody has checked the shipped rows");
}

#[test]
fn time_stands_still_on_days_off() {
    let nl = of("NL");
    for (from, hours, due) in [
        // Within a day, over a night, over a weekend, over Christmas and the weekend behind it.
        (at("2026-11-23", 10), 4, at("2026-11-23", 14)),
        (at("2026-11-23", 14), 72, at("2026-11-26", 14)),
        (at("2026-11-27", 14), 24, at("2026-11-30", 14)),
        (at("2026-11-28", 9), 24, at("2026-12-01", 0)),
        (at("2026-12-24", 12), 24, at("2026-12-28", 12)),
        (at("2026-11-28", 9), 0, at("2026-11-28", 9)),
    ] {
        assert_eq!(nl.after(from, hours * Timestamp::HOUR, &UTC), due, "{from:?} {hours}");
    }
    let off = nl.days_off(at("2026-12-24", 12), at("2026-12-28", 12), &UTC);
    let names: Vec<_> = off.iter().map(|off| off.holiday.as_deref().unwrap_or("weekend")).collect();
    assert_eq!(names, ["Christmas Day", "Second day of Christmas", "weekend"]);
    // A deadline at midnight does not touch the day that begins then.
    assert_eq!(nl.days_off(at("2026-11-27", 1), at("2026-11-28", 0), &UTC), []);
}

#[test]
fn the_day_is_that_of_the_place() {
    // Saturday 02:00 UTC is still Friday evening in Ottawa and Saturday noon in Fiji.
    let from = at("2026-11-28", 2);
    let ottawa = Place { hours: -5, ..UTC };
    let fiji = Place { hours: 12, ..UTC };
    let nl = of("NL");
    assert_eq!(nl.after(from, 3 * Timestamp::HOUR, &ottawa), at("2026-11-28", 5));
    assert_eq!(nl.after(from, 4 * Timestamp::HOUR, &ottawa), at("2026-11-30", 6));
    assert_eq!(nl.after(from, Timestamp::HOUR, &fiji), at("2026-11-29", 13));
}

#[test]
fn a_day_may_begin_when_the_clocks_go_over_midnight() {
    let midnight = at("2026-11-24", 0);
    let zone = Place { hours: 0, summer: midnight.plus(-Timestamp::HOUR / 2) };
    assert_eq!((zone.start(day("2026-11-24")), zone.day(zone.summer)), (zone.summer, day("2026-11-24")));
    let next = zone.start(day("2026-11-25"));
    assert_eq!(of("NL").between(zone.summer, next, &zone), next.since(zone.summer));
}

#[test]
fn a_place_where_nobody_ever_works_ends_all_the_same() {
    let weekend = Weekend { country: "*".into(), days: Weekday::ALL.to_vec(), source: String::new(), verified: true };
    let table = Calendars { weekend: vec![weekend], year: Vec::new() };
    let calendar = table.of(Country::parse("NL").unwrap());
    let from = at("2026-11-23", 10);
    assert!(calendar.after(from, Timestamp::HOUR, &UTC) > from);
    assert!(calendar.between(from, Timestamp(i64::MAX), &UTC) >= 0);
}

/// A calendar of four holidays a year and a weekend, any place, an instant within 2026, an amount of time.
fn scene() -> impl Strategy<Value = (Place, Timestamp, i64)> {
    let year = at("2026-01-01", 0).0..at("2026-12-01", 0).0;
    (-12_i64..=13, year.clone(), year, 0_i64..40 * Timestamp::DAY)
        .prop_map(|(hours, summer, from, micros)| (Place { hours, summer: Timestamp(summer) }, Timestamp(from), micros))
}

proptest! {
    #[test]
    fn what_is_added_has_passed((zone, from, micros) in scene(), code in prop::sample::select(vec!["NL", "CA", "EG", "GB"])) {
        let calendar = of(code);
        let due = calendar.after(from, micros, &zone);
        prop_assert!(due >= from);
        prop_assert_eq!(calendar.between(from, due, &zone), micros);
        // It is the first such instant: just before, less had passed.
        if micros > 0 {
            prop_assert!(calendar.between(from, due.plus(-1), &zone) < micros);
            let last = zone.day(due.plus(-1));
            prop_assert!(calendar.works(last), "{last} is a day off");
        }
    }

    #[test]
    fn time_adds_up((zone, from, micros) in scene(), more in 0_i64..20 * Timestamp::DAY) {
        let calendar = of("NL");
        let at_once = calendar.after(from, micros + more, &zone);
        prop_assert_eq!(calendar.after(calendar.after(from, micros, &zone), more, &zone), at_once);
        prop_assert!(at_once >= calendar.after(from, micros, &zone));
        prop_assert!(calendar.after(from.plus(more), micros, &zone) >= calendar.after(from, micros, &zone));
    }

    #[test]
    fn a_day_off_is_no_time((zone, from, _) in scene()) {
        let calendar = of("NL");
        let day = zone.day(from);
        let (start, end) = (zone.start(day), zone.start(Date::from_days(day.days() + 1)));
        let expected = if calendar.works(day) { end.since(start) } else { 0 };
        prop_assert_eq!(calendar.between(start, end, &zone), expected);
    }

    #[test]
    fn never_panics(from: i64, to: i64, micros: i64) {
        let calendar = of("NL");
        let _ = (calendar.after(Timestamp(from), micros, &UTC), calendar.days_off(Timestamp(from), Timestamp(to), &UTC));
        prop_assert!(calendar.between(Timestamp(from), Timestamp(to), &UTC) >= 0);
    }
}
