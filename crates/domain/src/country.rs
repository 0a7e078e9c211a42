//! Countries, and the legal orders that a list or a threshold can belong to.
//!
//! A country is a code of ISO 3166-1. A [`Jurisdiction`] is a country, the European Union on a given day, or the whole
//! world (the United Nations conventions): a company's duties are those of every jurisdiction that covers its country.

mod table;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::fold::words;
use table::ROWS;

struct Row {
    code: &'static str,
    alpha3: &'static str,
    name: &'static str,
    zone: &'static str,
    dial: u16,
}

/// A country or territory of ISO 3166-1. Serialises as its two-letter code; sorts by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Country(u8);

/// The text is no country.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("we do not know this country; choose one from the list")]
pub struct CountryError;

/// Names in everyday use and on sanctions lists beside those of the table, folded.
const ALIASES: [(&str, &str); 68] = [
    ("america", "US"),
    ("bahamas the", "BS"),
    ("bolivia", "BO"),
    ("bosnia herzegovina", "BA"),
    ("britain", "GB"),
    ("british virgin islands", "VG"),
    ("brunei", "BN"),
    ("burma", "MM"),
    ("cape verde", "CV"),
    ("china hong kong special administrative region", "HK"),
    ("china macao special administrative region", "MO"),
    ("congo democratic republic", "CD"),
    ("congo republic", "CG"),
    ("cote divoire", "CI"),
    ("czech republic", "CZ"),
    ("dprk", "KP"),
    ("drc", "CD"),
    ("east timor", "TL"),
    ("el", "GR"),
    ("england", "GB"),
    ("former yugoslav republic of macedonia", "MK"),
    ("great britain", "GB"),
    ("holland", "NL"),
    ("hong kong sar", "HK"),
    ("hongkong", "HK"),
    ("iran", "IR"),
    ("islamic republic of iran", "IR"),
    ("ivory coast", "CI"),
    ("kyrgyz republic", "KG"),
    ("laos", "LA"),
    ("libyan arab jamahiriya", "LY"),
    ("macau", "MO"),
    ("macedonia", "MK"),
    ("macedonia the former yugoslav republic of", "MK"),
    ("micronesia", "FM"),
    ("moldova", "MD"),
    ("north korea", "KP"),
    ("northern ireland", "GB"),
    ("occupied palestinian territories", "PS"),
    ("occupied palestinian territory", "PS"),
    ("palestine", "PS"),
    ("palestinian", "PS"),
    ("people s republic of china", "CN"),
    ("republic of the congo", "CG"),
    ("russia", "RU"),
    ("sao tome", "ST"),
    ("scotland", "GB"),
    ("slovak republic", "SK"),
    ("south korea", "KR"),
    ("st kitts and nevis", "KN"),
    ("st lucia", "LC"),
    ("st vincent and the grenadines", "VC"),
    ("state of palestine", "PS"),
    ("swaziland", "SZ"),
    ("syria", "SY"),
    ("taiwan", "TW"),
    ("tanzania", "TZ"),
    ("turkey", "TR"),
    ("uae", "AE"),
    ("uk", "GB"),
    ("united kingdom of great britain and northern ireland", "GB"),
    ("united states", "US"),
    ("us virgin islands", "VI"),
    ("vatican", "VA"),
    ("vatican city", "VA"),
    ("venezuela", "VE"),
    ("vietnam", "VN"),
    ("zaire", "CD"),
];

/// The names as people may type them, in the order of [`ROWS`].
static FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| ROWS.iter().map(|row| words(row.name)).collect());

impl Country {
    /// Reads a two-letter code, in capitals or not.
    ///
    /// # Errors
    /// [`CountryError`] if the standard has no such code.
    pub fn parse(code: &str) -> Result<Self, CountryError> {
        let code = code.trim().to_ascii_uppercase();
        let place = ROWS.binary_search_by(|row| row.code.cmp(&code)).map_err(|_| CountryError)?;
        u8::try_from(place).map(Self).map_err(|_| CountryError)
    }

    /// Reads a code of two or three letters or a name in English.
    ///
    /// # Errors
    /// [`CountryError`] if nothing fits.
    pub fn find(text: &str) -> Result<Self, CountryError> {
        let wanted = words(text);
        let wanted = wanted.strip_prefix("the ").unwrap_or(&wanted);
        let alias = ALIASES.iter().find(|(name, _)| *name == wanted).map(|(_, code)| *code);
        let fits = |(row, name): &(&Row, &String)| row.alpha3.eq_ignore_ascii_case(wanted) || *name == wanted;
        Self::parse(wanted).or_else(|error| {
            let code =
                alias.or_else(|| ROWS.iter().zip(FOLDED.iter()).find(fits).map(|(row, _)| row.code)).ok_or(error)?;
            Self::parse(code)
        })
    }

    /// Every country, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).take(ROWS.len()).map(Self)
    }

    /// Every country, by English name without regard to accents: the order for a list to choose from.
    #[must_use]
    pub fn by_name() -> Vec<Self> {
        let mut all: Vec<Self> = Self::all().collect();
        all.sort_by_key(|country| &FOLDED[usize::from(country.0)]);
        all
    }

    fn row(self) -> &'static Row {
        &ROWS[usize::from(self.0)]
    }

    /// The two-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// The three-letter code.
    #[must_use]
    pub fn alpha3(self) -> &'static str {
        self.row().alpha3
    }

    /// The English short name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The main time zone, as the IANA database names it.
    #[must_use]
    pub fn time_zone(self) -> &'static str {
        self.row().zone
    }

    /// The international calling code, without `+`; `None` where there is none.
    #[must_use]
    pub fn calling_code(self) -> Option<u16> {
        Some(self.row().dial).filter(|code| *code > 0)
    }

    /// Whether the law of the European Union applied there on that day.
    #[must_use]
    pub fn in_eu(self, on: Date) -> bool {
        let joined = EU.iter().find(|(codes, ..)| codes.contains(&self.code()));
        joined.is_some_and(|(_, from, to)| day(*from) <= on && to.is_none_or(|to| on <= day(to)))
    }
}

type Day = (u16, u8, u8);

/// Who has been under the law of the European Union (and of the Communities before it) from when to when, as the treaties
/// of accession say. For the United Kingdom to the end of the transition period.
const EU: [(&[&str], Day, Option<Day>); 9] = [
    (&["BE", "DE", "FR", "IT", "LU", "NL"], (1958, 1, 1), None),
    (&["DK", "IE"], (1973, 1, 1), None),
    (&["GB"], (1973, 1, 1), Some((2020, 12, 31))),
    (&["GR"], (1981, 1, 1), None),
    (&["ES", "PT"], (1986, 1, 1), None),
    (&["AT", "FI", "SE"], (1995, 1, 1), None),
    (&["CY", "CZ", "EE", "HU", "LT", "LV", "MT", "PL", "SI", "SK"], (2004, 5, 1), None),
    (&["BG", "RO"], (2007, 1, 1), None),
    (&["HR"], (2013, 7, 1), None),
];

fn day((year, month, day): Day) -> Date {
    Date::new(year, month, day).expect("the table holds days of the calendar")
}

/// A legal order that lists substances. Serialises as `UN`, `EU` or a country's code; sorts in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Jurisdiction {
    /// The United Nations conventions, everywhere.
    World,
    /// The European Union.
    Eu,
    /// One country.
    Country(Country),
}

impl Jurisdiction {
    /// Whether its rules apply in `country` on that day.
    #[must_use]
    pub fn covers(self, country: Country, on: Date) -> bool {
        match self {
            Self::World => true,
            Self::Eu => country.in_eu(on),
            Self::Country(own) => own == country,
        }
    }

    /// The short mark: `UN`, `EU` or a country's code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::World => "UN",
            Self::Eu => "EU",
            Self::Country(country) => country.code(),
        }
    }

    /// Its name in English.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::World => "United Nations",
            Self::Eu => "European Union",
            Self::Country(country) => country.name(),
        }
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.code())
    }
}

impl std::fmt::Debug for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Country({self})")
    }
}

impl std::fmt::Display for Jurisdiction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.code())
    }
}

impl std::str::FromStr for Country {
    type Err = CountryError;

    fn from_str(code: &str) -> Result<Self, CountryError> {
        Self::parse(code)
    }
}

impl std::str::FromStr for Jurisdiction {
    type Err = CountryError;

    fn from_str(code: &str) -> Result<Self, CountryError> {
        match code.trim() {
            "UN" => Ok(Self::World),
            "EU" => Ok(Self::Eu),
            code => Country::parse(code).map(Self::Country),
        }
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.code().to_owned()
    }
}

impl TryFrom<String> for Country {
    type Error = CountryError;

    fn try_from(code: String) -> Result<Self, CountryError> {
        code.parse()
    }
}

impl From<Jurisdiction> for String {
    fn from(jurisdiction: Jurisdiction) -> Self {
        jurisdiction.code().to_owned()
    }
}

impl TryFrom<String> for Jurisdiction {
    type Error = CountryError;

    fn try_from(code: String) -> Result<Self, CountryError> {
        code.parse()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_table_is_sorted_and_complete() {
        assert!(ROWS.is_sorted_by(|a, b| a.code < b.code));
        for row in &ROWS {
            let shaped =
                |code: &str, length| code.len() == length && code.bytes().all(|byte| byte.is_ascii_uppercase());
            assert!(shaped(row.code, 2) && shaped(row.alpha3, 3), "{}", row.code);
            assert!(row.zone == "UTC" || row.zone.contains('/'), "{}", row.zone);
            assert!(!row.name.is_empty() && !row.name.contains(", P"), "{}", row.name);
        }
        assert_eq!(Country::all().count(), 249);
        for (alias, code) in ALIASES {
            assert_eq!(words(alias), alias);
            assert_eq!(Country::find(alias).unwrap().code(), code);
        }
        let eu: Vec<_> = EU.iter().flat_map(|(codes, ..)| codes.iter()).collect();
        assert!(eu.iter().all(|code| Country::parse(code).is_ok()));
        assert_eq!(eu.len(), 28);
    }

    #[test]
    fn reads_codes_and_names() {
        for (text, code) in [
            ("de", "DE"),
            (" GB ", "GB"),
            ("UK", "GB"),
            ("EL", "GR"),
            ("DEU", "DE"),
            ("Germany", "DE"),
            ("the Netherlands", "NL"),
            ("Côte d'Ivoire", "CI"),
            ("Cote d’Ivoire", "CI"),
            ("turkiye", "TR"),
            ("Viet Nam", "VN"),
        ] {
            assert_eq!(Country::find(text).unwrap().code(), code, "{text}");
        }
        for text in ["", "XX", "ZZ", "Atlantis", "D", "\0"] {
            assert_eq!(Country::find(text), Err(CountryError), "{text}");
        }
        assert_eq!(Country::parse("Germany"), Err(CountryError));
    }

    #[test]
    fn says_name_zone_and_calling_code() {
        let us = Country::parse("US").unwrap();
        assert_eq!(
            (us.name(), us.time_zone(), us.calling_code()),
            ("United States of America", "America/New_York", Some(1))
        );
        assert_eq!(Country::parse("BV").unwrap().calling_code(), None);
        let names: Vec<_> = Country::by_name().into_iter().map(Country::name).collect();
        assert_eq!((names[0], names[1]), ("Afghanistan", "Åland Islands"));
    }

    #[test]
    fn the_union_changes_over_time() {
        let on = |day: &str| day.parse::<Date>().unwrap();
        for (code, day, member) in [
            ("GB", "2020-12-31", true),
            ("GB", "2021-01-01", false),
            ("HR", "2013-06-30", false),
            ("HR", "2013-07-01", true),
            ("CH", "2026-11-23", false),
            ("DE", "2026-11-23", true),
        ] {
            let country = Country::parse(code).unwrap();
            assert_eq!(Jurisdiction::Eu.covers(country, on(day)), member, "{code} {day}");
            assert!(Jurisdiction::World.covers(country, on(day)));
            assert!(Jurisdiction::Country(country).covers(country, on(day)));
        }
        assert_eq!(Country::all().filter(|country| country.in_eu(on("2026-11-23"))).count(), 27);
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            let _ = (Country::find(&text), text.parse::<Jurisdiction>());
        }

        #[test]
        fn round_trips(place in 0usize..249) {
            let country = Country::all().nth(place).unwrap();
            prop_assert_eq!(country.code().parse::<Country>(), Ok(country));
            prop_assert_eq!(Country::find(country.name()), Ok(country));
            prop_assert_eq!(Country::find(country.alpha3()), Ok(country));
            prop_assert_eq!(Jurisdiction::Country(country).code().parse(), Ok(Jurisdiction::Country(country)));
        }
    }
}
