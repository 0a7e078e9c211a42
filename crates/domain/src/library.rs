//! The library: resolutions, laws, guides, forms and pages elsewhere that people who report, check or decide may want to
//! read, each with a summary in our own words. What ships is `data/library.toml`; an installation versions it as reference data
//! ([`crate::refdata`]).
//!
//! No address is invented: where none is known, an entry says by which symbol it is asked for. An entry is checked against its
//! source once a year ([`Entry::is_due`]).

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

/// Everything that the library holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "File")]
pub struct Library {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entry: Vec<Entry>,
}

impl From<File> for Library {
    fn from(file: File) -> Self {
        let mut entries = file.entry;
        entries.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.title.cmp(&b.title)));
        Self { entries }
    }
}

impl Library {
    /// What ships with the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static SHIPPED: LazyLock<Library> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/library.toml")).expect("data/library.toml is read by a test")
        });
        &SHIPPED
    }

    /// Every entry, the newest first; those without a date at the end, by title.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with this handle.
    #[must_use]
    pub fn find(&self, slug: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.slug == slug)
    }

    /// The entries that are about a substance.
    pub fn about(&self, substance: &str) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.substances.iter().any(|slug| slug == substance))
    }

    /// Everybody who issued something, by name.
    #[must_use]
    pub fn bodies(&self) -> BTreeSet<&str> {
        self.entries.iter().map(|entry| entry.body.as_str()).collect()
    }

    /// Every year in which something was issued, the last first.
    #[must_use]
    pub fn years(&self) -> Vec<u16> {
        let years: BTreeSet<u16> = self.entries.iter().filter_map(|entry| entry.date.map(|date| date.year)).collect();
        years.into_iter().rev().collect()
    }

    /// The entries that somebody has to compare with their source.
    pub fn due(&self, today: Date) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.is_due(today))
    }
}

/// An entry is compared with its source after so many days.
const CHECKED_EVERY: i64 = 365;

impl Entry {
    /// Whether somebody has to compare it with its source: a year has passed, or nobody ever did.
    #[must_use]
    pub fn is_due(&self, today: Date) -> bool {
        self.checked_on.is_none_or(|day| today.days() - day.days() > CHECKED_EVERY)
    }
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::refdata::{self, Data, Row, Scope, read};

    fn library() -> &'static Library {
        Library::embedded()
    }

    fn shipped(change: impl Fn(&mut Row)) -> Result<Data, Vec<String>> {
        let mut sheet = refdata::Kind::Library.built_in().clone();
        change(&mut sheet.rows_mut("entry")[0]);
        read(refdata::Kind::Library, Scope::Everybody, &sheet)
            .map_err(|breaches| breaches.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_ships_is_whole_and_the_same_as_a_version_of_it() {
        let Ok(Data::Library(read)) = shipped(|_| {}) else { panic!("{:?}", shipped(|_| {}).unwrap_err()) };
        assert_eq!(*read, *library());
        for entry in library().entries() {
            let words = entry.summary.split_whitespace().count();
            assert!((60..=150).contains(&words), "{}: {words} words", entry.slug);
        }
    }

    #[test]
    fn an_entry_that_cannot_be_found_or_trusted_is_refused_at_its_place() {
        for (column, text, said) in [
            ("slug", "Big Letters", "small letters"),
            ("slug", "resolution-54-8", "Another row has this handle"),
            ("date", "soon", "2016-04-19"),
            ("symbol", "", "Say how it is found"),
            ("link", "javascript:alert(1)", "https://"),
            ("link", "https://x.example/a", "when somebody last opened"),
            ("languages", "en qq", "two letters"),
            ("languages", "", "needed"),
            ("paragraphs", "2 17", "1 to 16"),
            ("substances", "acetone nothing", "catalogue"),
            ("checked_on", "yesterday", "2026-11-23"),
            ("summary", "Too short.", "20 to 150 words"),
        ] {
            let wrong = shipped(|row| row.set(column, text)).unwrap_err();
            assert!(wrong.len() == 1 && wrong[0].contains(said), "{column} {text}: {wrong:?}");
        }
        assert!(!refdata::Kind::Library.exists_for(Scope::Authority));
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
            assert!(library().find(slug).is_some(), "{slug}");
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
        let count = |filter: &Filter| library().entries().iter().filter(|entry| filter.takes(entry)).count();
        assert_eq!(count(&Filter::default()), library().entries().len());
        assert!(count(&laws) > 4 && count(&laws) < library().entries().len());
        assert!(
            library().entries().iter().filter(|entry| since.takes(entry)).all(|entry| entry.date.unwrap().year >= 2017)
        );
        assert_eq!(count(&Filter { body: Some("Nobody".to_owned()), ..Filter::default() }), 0);
        assert!(library().about("acetic-anhydride").count() > 2);
    }

    #[test]
    fn entries_come_due_after_a_year_and_at_once_where_nobody_looked() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let unchecked = library().entries().iter().filter(|entry| entry.checked_on.is_none()).count();
        assert_eq!(library().due(day("2026-11-24")).count(), unchecked);
        assert_eq!(library().due(day("2037-01-01")).count(), library().entries().len());
    }
}
