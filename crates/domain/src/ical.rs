//! Calendars as files (iCalendar, RFC 5545): the one place that writes them.

use crate::{date::Date, receipt::Second, time::Timestamp};

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Names it for good: a program that reads the file again changes the entry instead of adding it.
    pub uid: String,
    /// Counts changes of what the entry says, from 0.
    pub sequence: i64,
    /// When it was said like this.
    pub stamp: Timestamp,
    /// When it takes place.
    pub when: When,
    /// What happens.
    pub title: String,
    /// More about it; may be empty.
    pub about: String,
    /// Where; may be empty.
    pub place: String,
    /// Address of the page that says more; may be empty.
    pub url: String,
}

/// When an entry takes place. The format knows no entry that begins with a time of day and ends with a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Whole days: the first and the last one.
    Days(Date, Date),
    /// From an instant on, until another one if an end is known.
    Times(Timestamp, Option<Timestamp>),
}

/// The file. `name` is what a program calls the calendar.
#[must_use]
pub fn write(name: &str, entries: &[Entry]) -> String {
    let mut file = String::new();
    for fixed in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Forerunner//Calendar//EN"] {
        line(&mut file, fixed);
    }
    line(&mut file, &format!("X-WR-CALNAME:{}", text(name)));
    for entry in entries {
        entry.write(&mut file);
    }
    line(&mut file, "END:VCALENDAR");
    file
}

impl Entry {
    fn write(&self, file: &mut String) {
        line(file, "BEGIN:VEVENT");
        line(file, &format!("UID:{}", text(&self.uid)));
        line(file, &format!("SEQUENCE:{}", self.sequence));
        line(file, &format!("DTSTAMP:{}", utc(self.stamp)));
        self.when.write(file);
        line(file, &format!("SUMMARY:{}", text(&self.title)));
        // The address is no text in the format's sense: a comma in it stays as it is.
        let url: String = self.url.chars().filter(|sign| !sign.is_control()).collect();
        for (name, value) in [("DESCRIPTION", text(&self.about)), ("LOCATION", text(&self.place)), ("URL", url)] {
            if !value.is_empty() {
                line(file, &format!("{name}:{value}"));
            }
        }
        line(file, "END:VEVENT");
    }
}

impl When {
    fn write(self, file: &mut String) {
        match self {
            Self::Days(first, last) => {
                line(file, &format!("DTSTART;VALUE=DATE:{}", compact(first)));
                // The day after the last one: the end is not part of the entry.
                line(file, &format!("DTEND;VALUE=DATE:{}", compact(Date::from_days(last.days() + 1))));
            }
            Self::Times(starts, ends) => {
                line(file, &format!("DTSTART:{}", utc(starts)));
                if let Some(ends) = ends {
                    line(file, &format!("DTEND:{}", utc(ends)));
                }
            }
        }
    }
}

/// An instant in UTC, to the second.
fn utc(at: Timestamp) -> String {
    Second::of(at).to_string().replace(['-', ':'], "")
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

    fn day(day: u8) -> Date {
        Date::new(2026, 12, day).unwrap_or(Date::from_days(0))
    }

    fn entry(title: &str) -> Entry {
        Entry {
            uid: "1@forerunner.example".into(),
            sequence: 2,
            stamp: Timestamp(61 * Timestamp::SECOND),
            when: When::Days(day(30), day(31)),
            title: title.into(),
            about: "Bring papers, and a pen;\nsee \\ there".into(),
            place: String::new(),
            url: "https://forerunner.example/en/a,b".into(),
        }
    }

    fn lines_of(entry: Entry) -> Vec<String> {
        write("Dates", &[entry]).split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn an_entry_reads_as_calendars_read_it() {
        let lines = lines_of(entry("Meeting"));
        for wanted in [
            "BEGIN:VCALENDAR",
            "SEQUENCE:2",
            "DTSTAMP:19700101T000101Z",
            "DTSTART;VALUE=DATE:20261230",
            "DTEND;VALUE=DATE:20270101",
            "SUMMARY:Meeting",
            "DESCRIPTION:Bring papers\\, and a pen\\;\\nsee \\\\ there",
            "URL:https://forerunner.example/en/a,b",
            "END:VCALENDAR",
        ] {
            assert!(lines.iter().any(|line| line == wanted), "{wanted} in {lines:?}");
        }
        assert!(!lines.iter().any(|line| line.starts_with("LOCATION")));
    }

    #[test]
    fn times_are_instants_and_the_end_may_be_open() {
        let starts = Timestamp(day(1).days() * Timestamp::DAY + 8 * Timestamp::HOUR);
        let lines = lines_of(Entry { when: When::Times(starts, None), ..entry("Meeting") });
        assert!(lines.iter().any(|line| line == "DTSTART:20261201T080000Z"), "{lines:?}");
        assert!(!lines.iter().any(|line| line.starts_with("DTEND")), "{lines:?}");
        let ends = Some(starts.plus(Timestamp::HOUR));
        let lines = lines_of(Entry { when: When::Times(starts, ends), ..entry("Meeting") });
        assert!(lines.iter().any(|line| line == "DTEND:20261201T090000Z"), "{lines:?}");
    }

    proptest! {
        #[test]
        fn no_text_ends_its_line_or_makes_it_long(title in "\\PC{0,200}|(\r|\n|;|:|BEGIN:VEVENT){0,20}") {
            let file = write("Dates", &[entry(&title)]);
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
            prop_assert_eq!(file.split("\r\n").filter(|line| *line == "BEGIN:VEVENT").count(), 1);
            prop_assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
        }
    }
}
