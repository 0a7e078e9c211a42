//! Calendars as files (iCalendar, RFC 5545): entries of whole days.

use crate::{date::Date, time::Timestamp};

/// An entry of whole days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Names it for good: a program that reads the file again changes the entry instead of adding it.
    pub uid: String,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// What happens.
    pub title: String,
    /// More about it.
    pub about: String,
    /// Where; may be empty.
    pub place: String,
}

/// The file. `name` is what a program calls the calendar, `at` when it was made.
#[must_use]
pub fn write(name: &str, entries: &[Entry], at: Timestamp) -> String {
    let mut file = String::new();
    for fixed in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Forerunner//Calendar//EN"] {
        line(&mut file, fixed);
    }
    line(&mut file, &format!("X-WR-CALNAME:{}", text(name)));
    for entry in entries {
        line(&mut file, "BEGIN:VEVENT");
        line(&mut file, &format!("UID:{}", text(&entry.uid)));
        line(&mut file, &format!("DTSTAMP:{}T000000Z", compact(Date::of(at))));
        line(&mut file, &format!("DTSTART;VALUE=DATE:{}", compact(entry.first)));
        // The day after the last one: the end is not part of the entry.
        line(&mut file, &format!("DTEND;VALUE=DATE:{}", compact(Date::from_days(entry.last.days() + 1))));
        line(&mut file, &format!("SUMMARY:{}", text(&entry.title)));
        for (name, value) in [("DESCRIPTION", &entry.about), ("LOCATION", &entry.place)] {
            if !value.is_empty() {
                line(&mut file, &format!("{name}:{}", text(value)));
            }
        }
        line(&mut file, "END:VEVENT");
    }
    line(&mut file, "END:VCALENDAR");
    file
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A text as a value: what would end it is escaped, other control characters are left out.
fn text(value: &str) -> String {
    let mut escaped = String::new();
    for sign in value.chars() {
        match sign {
            '\\' | ';' | ',' => escaped.extend(['\\', sign]),
            '\n' => escaped.push_str("\\n"),
            _ if sign.is_control() => {}
            _ => escaped.push(sign),
        }
    }
    escaped
}

/// Adds a line, folded so that none is longer than 75 octets.
fn line(file: &mut String, text: &str) {
    let mut room = 75;
    for sign in text.chars() {
        if sign.len_utf8() > room {
            file.push_str("\r\n ");
            room = 74;
        }
        room -= sign.len_utf8();
        file.push(sign);
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(title: &str) -> Entry {
        let day = |day| Date::new(2026, 12, day).unwrap_or(Date::from_days(0));
        Entry {
            uid: "1@forerunner.example".into(),
            first: day(30),
            last: day(31),
            title: title.into(),
            about: "Bring papers, and a pen;\nsee \\ there".into(),
            place: String::new(),
        }
    }

    #[test]
    fn an_entry_reads_as_calendars_read_it() {
        let file = write("Dates", &[entry("Meeting")], Timestamp(0));
        let lines: Vec<&str> = file.split("\r\n").collect();
        for wanted in [
            "BEGIN:VCALENDAR",
            "DTSTAMP:19700101T000000Z",
            "DTSTART;VALUE=DATE:20261230",
            "DTEND;VALUE=DATE:20270101",
            "SUMMARY:Meeting",
            "DESCRIPTION:Bring papers\\, and a pen\\;\\nsee \\\\ there",
            "END:VCALENDAR",
        ] {
            assert!(lines.contains(&wanted), "{wanted} in {file}");
        }
        assert!(!file.contains("LOCATION"));
    }

    proptest! {
        #[test]
        fn no_text_ends_its_line_or_makes_it_long(title in "\\PC{0,200}|(\r|\n|;|:|BEGIN:VEVENT){0,20}") {
            let file = write("Dates", &[entry(&title)], Timestamp(0));
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
            prop_assert_eq!(file.split("\r\n").filter(|line| *line == "BEGIN:VEVENT").count(), 1);
            prop_assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
        }
    }
}
