use super::*;

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn days_begin_where_they_are() {
    for (zone, text, start) in [
        ("Europe/Amsterdam", "2026-11-28", "2026-11-27T23:00:00Z"),
        ("Europe/Amsterdam", "2026-07-01", "2026-06-30T22:00:00Z"),
        ("America/Toronto", "2026-11-28", "2026-11-28T05:00:00Z"),
        ("Pacific/Auckland", "2026-11-28", "2026-11-27T11:00:00Z"),
        // Clocks are put forward at midnight there: the day begins at one.
        ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z"),
        ("Nowhere/At all", "2026-11-28", "2026-11-28T00:00:00Z"),
    ] {
        let zone_days = Local::named(zone);
        assert_eq!(zone_days.start(day(text)), at(start), "{zone} {text}");
        assert_eq!(zone_days.day(at(start)), day(text), "{zone} {text}");
        assert!(zone_days.day(at(start).plus(-1)) < day(text), "{zone} {text}");
    }
    // Instants and days that no calendar has do not bring it down.
    let zone = Local::named("Europe/Amsterdam");
    for at in [i64::MIN, i64::MAX] {
        let day = zone.day(Timestamp(at));
        let _ = zone.start(day);
    }
}

#[test]
fn a_working_day_follows_the_clocks_of_the_place() {
    let allowed = Allowance { hours: 24, working: true };
    // Friday noon before clocks are put forward on Sunday: Monday noon by the clock on the wall, though an hour shorter.
    let due_at = due(Calendars::embedded(), country("NL"), at("2026-03-27T11:00:00Z"), allowed);
    assert_eq!(due_at, at("2026-03-30T10:00:00Z"));
    // Over Christmas and the weekend behind it.
    let from = at("2026-12-24T11:00:00Z");
    let due_at = due(Calendars::embedded(), country("NL"), from, allowed);
    assert_eq!(due_at, at("2026-12-28T11:00:00Z"));
    let why = WhyDue::new(Calendars::embedded(), country("NL"), from, allowed, due_at).counted.unwrap();
    assert_eq!((why.off.len(), why.verified, why.unknown), (3, false, None));
    // Late on Friday in Amsterdam it is Friday afternoon in Ottawa.
    let late = at("2026-11-27T22:30:00Z");
    assert_eq!(
        due(Calendars::embedded(), country("NL"), late, Allowance { hours: 1, working: true }),
        at("2026-11-29T23:30:00Z")
    );
    assert_eq!(
        due(Calendars::embedded(), country("CA"), late, Allowance { hours: 1, working: true }),
        at("2026-11-27T23:30:00Z")
    );
}
