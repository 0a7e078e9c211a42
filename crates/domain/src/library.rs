//! The library: resolutions, laws, guides, forms and pages elsewhere that people who report, check or decide may want to
//! read, each with a summary in our own words. The facts are `data/library.toml`.
//!
//! No address is invented: where none is known, an entry says by which symbol it is asked for. An entry is checked against its
//! source once a year ([`due`]).

use std::{collections::BTreeSet, fmt, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::{date::Date, organisation::coded};

coded! {
    /// What an entry is.
    Kind {
        /// What a conference, commission or assembly decided.
        Outcome = "outcome", "Resolution or conference outcome";
        /// A treaty, act or regulation, also a proposed one.
        Law = "law", "Law";
        /// A form or model to be filled in.
        Form = "form", "Form or model";
        /// Something that explains how to do it.
        Guide = "guide", "Guide";
        /// A page of somebody who can help.
        Link = "link", "Page";
    }
}

/// A day, a month or a year: as exact as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct When {
    /// The year.
    pub year: u16,
    /// The month, 1 to 12, if it is known.
    pub month: Option<u8>,
    /// The day of the month, if it is known.
    pub day: Option<u8>,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl From<When> for String {
    fn from(when: When) -> Self {
        when.to_string()
    }
}

/// What is written is no day, month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a date is written 2009, 2017-03 or 2016-04-19")]
pub struct WhenError;

impl TryFrom<String> for When {
    type Error = WhenError;

    fn try_from(text: String) -> Result<Self, WhenError> {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |place: usize| parts.get(place).map(|part| part.parse::<u16>()).transpose();
        let year = number(0).map_err(|_| WhenError)?.ok_or(WhenError)?;
        let small = |place| number(place).ok().map(|found| found.and_then(|n| u8::try_from(n).ok())).ok_or(WhenError);
        let when = Self { year, month: small(1)?, day: small(2)? };
        // The same text again, and a day that exists: nothing was left out or read otherwise.
        let exists = Date::new(year, when.month.unwrap_or(1), when.day.unwrap_or(1)).is_some();
        if exists && when.to_string() == text { Ok(when) } else { Err(WhenError) }
    }
}

/// Something to read elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its handle in addresses: never changed, never given to another.
    pub slug: String,
    /// Its title, shortened where the full one is very long.
    pub title: String,
    /// What it is.
    pub kind: Kind,
    /// Who issued it.
    pub body: String,
    /// When; none for a page that changes.
    #[serde(default)]
    pub date: Option<When>,
    /// The symbol or number by which it is asked for and cited.
    #[serde(default)]
    pub symbol: Option<String>,
    /// An address at which it was found.
    #[serde(default)]
    pub link: Option<String>,
    /// How it is found where there is no address, in a sentence.
    #[serde(default)]
    pub find: Option<String>,
    /// Languages in which it can be read, BCP 47.
    pub languages: Vec<String>,
    /// Paragraphs of resolution 60/5 that it helps to carry out.
    #[serde(default)]
    pub paragraphs: Vec<String>,
    /// Handles of entries of the catalogue that it is about.
    #[serde(default)]
    pub substances: Vec<String>,
    /// When somebody last compared this entry with its source; none if nobody has.
    #[serde(default)]
    pub checked_on: Option<Date>,
    /// What it says and what it is good for, in our own words.
    pub summary: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entry: Vec<Entry>,
}

/// Every entry, the newest first; those without a date at the end, by title.
#[must_use]
pub fn entries() -> &'static [Entry] {
    static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        let text = include_str!("../../../data/library.toml");
        let mut file: File = toml::from_str(text).expect("data/library.toml is read by a test");
        file.entry.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.title.cmp(&b.title)));
        file.entry
    });
    &ENTRIES
}

/// The entry with this handle.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Entry> {
    entries().iter().find(|entry| entry.slug == slug)
}

/// The entries that are about a substance.
pub fn about(substance: &str) -> impl Iterator<Item = &'static Entry> {
    entries().iter().filter(move |entry| entry.substances.iter().any(|slug| slug == substance))
}

/// Everybody who issued something, by name.
#[must_use]
pub fn bodies() -> BTreeSet<&'static str> {
    entries().iter().map(|entry| entry.body.as_str()).collect()
}

/// Every year in which something was issued, the last first.
#[must_use]
pub fn years() -> Vec<u16> {
    let years: BTreeSet<u16> = entries().iter().filter_map(|entry| entry.date.map(|date| date.year)).collect();
    years.into_iter().rev().collect()
}

/// What of the library is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Issued by this body.
    pub body: Option<String>,
    /// Issued in this year or later.
    pub since: Option<u16>,
}

impl Filter {
    /// Whether an entry is asked for. What has no date is left out as soon as a year is asked for.
    #[must_use]
    pub fn takes(&self, entry: &Entry) -> bool {
        self.kind.is_none_or(|kind| kind == entry.kind)
            && self.body.as_ref().is_none_or(|body| *body == entry.body)
            && self.since.is_none_or(|since| entry.date.is_some_and(|date| date.year >= since))
    }
}

/// An entry is compared with its source after so many days.
const CHECKED_EVERY: i64 = 365;

/// The entries that somebody has to compare with their source: a year has passed, or nobody ever did.
pub fn due(today: Date) -> impl Iterator<Item = &'static Entry> {
    let old = move |day: Date| today.days() - day.days() > CHECKED_EVERY;
    entries().iter().filter(move |entry| entry.checked_on.is_none_or(old))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::substance::Catalogue;

    #[test]
    fn every_entry_is_whole() {
        let catalogue = Catalogue::load().unwrap();
        let slugs: BTreeSet<&str> = entries().iter().map(|entry| entry.slug.as_str()).collect();
        assert_eq!(slugs.len(), entries().len(), "a handle stands twice");
        for entry in entries() {
            let words = entry.summary.split_whitespace().count();
            assert!((60..=150).contains(&words), "{}: {words} words", entry.slug);
            assert!(
                entry.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{}",
                entry.slug
            );
            assert!(!entry.languages.is_empty(), "{}: in which language?", entry.slug);
            let found = entry.link.is_some() || entry.symbol.is_some() || entry.find.is_some();
            assert!(found, "{}: how is it found?", entry.slug);
            let fits = |link: &String| link.starts_with("https://") || link.starts_with("http://");
            assert!(entry.link.as_ref().is_none_or(fits), "{}: {:?}", entry.slug, entry.link);
            assert!(
                entry.link.is_none() || entry.checked_on.is_some(),
                "{}: an address that nobody opened",
                entry.slug
            );
            for slug in &entry.substances {
                assert!(catalogue.find_public(slug).is_some(), "{}: no substance {slug}", entry.slug);
            }
            for paragraph in &entry.paragraphs {
                assert!(paragraph.parse::<u8>().is_ok_and(|n| (1..=16).contains(&n)), "{}: {paragraph}", entry.slug);
            }
        }
    }

    #[test]
    fn what_the_resolution_rests_on_is_there() {
        for slug in [
            "resolution-60-5",
            "resolution-54-8",
            "resolution-51-16",
            "bangkok-2017",
            "ungass-2016",
            "incb-guidelines-2009",
            "model-mou",
            "convention-1988-article-12",
            "convention-1988-article-13",
            "eu-273-2004",
            "eu-111-2005",
            "pics",
            "pen-online",
        ] {
            assert!(find(slug).is_some(), "{slug}");
        }
    }

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        for text in ["2009", "2017-03", "2016-04-19"] {
            assert_eq!(When::try_from(text.to_owned()).unwrap().to_string(), text);
        }
        for text in ["", "09", "2017-3", "2017-13", "2016-02-30", "2016-04-19-1", "2017-", "soon", "-2017", "+2017"] {
            assert_eq!(When::try_from(text.to_owned()), Err(WhenError), "{text}");
        }
        let when = |text: &str| When::try_from(text.to_owned()).unwrap();
        assert!(when("2016-04-19") < when("2017") && when("2017") < when("2017-03"));
    }

    #[test]
    fn filters_narrow() {
        let laws = Filter { kind: Some(Kind::Law), ..Filter::default() };
        let since = Filter { since: Some(2017), ..Filter::default() };
        let count = |filter: &Filter| entries().iter().filter(|entry| filter.takes(entry)).count();
        assert_eq!(count(&Filter::default()), entries().len());
        assert!(count(&laws) > 4 && count(&laws) < entries().len());
        assert!(entries().iter().filter(|entry| since.takes(entry)).all(|entry| entry.date.unwrap().year >= 2017));
        assert_eq!(count(&Filter { body: Some("Nobody".to_owned()), ..Filter::default() }), 0);
        assert!(about("acetic-anhydride").count() > 2);
    }

    #[test]
    fn entries_come_due_after_a_year_and_at_once_where_nobody_looked() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let unchecked = entries().iter().filter(|entry| entry.checked_on.is_none()).count();
        assert_eq!(due(day("2026-11-24")).count(), unchecked);
        assert_eq!(due(day("2037-01-01")).count(), entries().len());
    }
}
