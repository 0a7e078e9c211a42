//! Whose report it is: what the question set and the rules need to know about the company, and what day it is there.

use domain::{
    calendar::Zone as _, country::Country, date::Date, organisation::OperatorRole, question::Profile, time::Timestamp,
};
use store::org::OrgRow;

use crate::calendar::Local;

/// The company's profile at `now`.
pub(crate) fn profile(company: &OrgRow, now: Timestamp) -> Profile {
    let codes: Vec<String> = serde_json::from_str(&company.operator_roles).unwrap_or_default();
    Profile {
        roles: codes.iter().filter_map(|code| OperatorRole::from_code(code)).collect(),
        country: Country::parse(&company.country).ok(),
        today: day_at(zone_name(company), now),
    }
}

/// The time zone in which a company works: its own, else its country's.
pub(crate) fn zone_name(company: &OrgRow) -> &str {
    let of_country = || Country::parse(&company.country).map_or("UTC", Country::time_zone);
    if company.time_zone.is_empty() { of_country() } else { &company.time_zone }
}

/// The day it is in a time zone.
pub(crate) fn day_at(zone: &str, now: Timestamp) -> Option<Date> {
    Some(Local::named(zone).day(now))
}

/// The instant of a day and a time of day in a time zone; without a time, the beginning of that day.
pub(crate) fn instant(zone: &str, day: Date, clock: Option<(u16, u16)>) -> Option<Timestamp> {
    let (hour, minute) = clock.unwrap_or((0, 0));
    Local::named(zone).at(day, hour, minute)
}

/// Day and time of day at an instant, as a form takes them.
pub(crate) fn local(zone: &str, at: Timestamp) -> (String, String) {
    let local = Local::named(zone).civil(at).unwrap_or_default();
    (local.date().to_string(), format!("{:02}:{:02}", local.hour(), local.minute()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn days_and_instants_follow_the_zone() {
        // 2026-11-23 23:30 UTC is the next day in Amsterdam.
        let late = Timestamp(1_795_476_600_000_000);
        assert_eq!(day_at("UTC", late), Date::new(2026, 11, 23));
        assert_eq!(day_at("Europe/Amsterdam", late), Date::new(2026, 11, 24));
        assert_eq!(day_at("Nowhere/At all", late), Date::new(2026, 11, 23));
        let day = Date::new(2026, 11, 24).unwrap();
        assert_eq!(instant("Europe/Amsterdam", day, Some((0, 30))), Some(late));
        assert_eq!(instant("UTC", day, None).unwrap().since(late), 30 * Timestamp::MINUTE);
    }
}
