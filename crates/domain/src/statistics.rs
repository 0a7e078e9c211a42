//! Figures for everybody: what came in during a quarter, by month, kind, substance and country.
//!
//! Each of the four tables shares out the same reports, so that every report is in one cell of each; what may be told is
//! decided by [`crate::suppress`]. A quarter is told once, after it is over, and then stays as it was told. No report and no
//! company is in what is stored, only the tables as they were told.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    country::Country,
    date::Date,
    organisation::coded,
    report::ReportKind,
    substance::{Catalogue, Kind, Table as Schedule},
    suppress::{Cell, Table, partition},
};

/// A quarter of a year in UTC: `2026-Q3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Quarter {
    year: u16,
    /// 0 to 3.
    nth: u8,
}

/// No quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a quarter is written 2026-Q3")]
pub struct QuarterError;

impl Quarter {
    /// The quarter of a day.
    #[must_use]
    pub const fn of(day: Date) -> Self {
        Self { year: day.year(), nth: (day.month() - 1) / 3 }
    }

    /// The quarter before.
    #[must_use]
    pub const fn before(self) -> Self {
        match self.nth {
            0 => Self { year: self.year - 1, nth: 3 },
            nth => Self { year: self.year, nth: nth - 1 },
        }
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        Date::new(self.year, self.nth * 3 + 1, 1).unwrap_or_else(|| Date::from_days(0))
    }

    /// The first days of its months, and of the month after it.
    #[must_use]
    pub fn months(self) -> [Date; 4] {
        let first = self.first();
        [first, first.plus_months(1), first.plus_months(2), first.plus_months(3)]
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.nth + 1)
    }
}

impl FromStr for Quarter {
    type Err = QuarterError;

    fn from_str(text: &str) -> Result<Self, QuarterError> {
        let (year, nth) = text.split_once("-Q").ok_or(QuarterError)?;
        let year = year.parse().ok().filter(|year| (1970..10_000).contains(year)).ok_or(QuarterError)?;
        let nth = nth.parse::<u8>().ok().filter(|nth| (1..=4).contains(nth)).ok_or(QuarterError)? - 1;
        let quarter = Self { year, nth };
        if quarter.to_string() == text { Ok(quarter) } else { Err(QuarterError) }
    }
}

impl TryFrom<String> for Quarter {
    type Error = QuarterError;

    fn try_from(text: String) -> Result<Self, QuarterError> {
        text.parse()
    }
}

impl From<Quarter> for String {
    fn from(quarter: Quarter) -> Self {
        quarter.to_string()
    }
}

/// Under which heading a report is counted, by the first substance that it names: a code that stays with what was told. A
/// member of a family counts for the family, so that no single substance is told of.
#[must_use]
pub fn heading(catalogue: &Catalogue, slug: Option<&str>, on: Date) -> String {
    let Some(slug) = slug else { return NONE.to_owned() };
    let Some(found) = catalogue.find(slug) else { return UNKNOWN.to_owned() };
    if let Some(family) = &found.family {
        return format!("{FAMILY}{family}");
    }
    let fixed = match (found.kind, found.table_on(on)) {
        (_, Some(Schedule::I)) => "table-1",
        (_, Some(Schedule::II)) => "table-2",
        (Kind::Mixture, None) => "mixture",
        (Kind::Equipment, None) => "equipment",
        (Kind::Substance, None) => "other-list",
        (Kind::FamilyRule, None) => return format!("{FAMILY}{slug}"),
    };
    fixed.to_owned()
}

/// What the code of a family begins with.
pub const FAMILY: &str = "family:";
/// No substance is named.
const NONE: &str = "none";
/// The catalogue does not know what is named.
const UNKNOWN: &str = "unknown";

/// Every heading, what readers need most first.
#[must_use]
pub fn headings(catalogue: &Catalogue) -> Vec<String> {
    let fixed = |code: &str| code.to_owned();
    let families = catalogue.all().iter().filter(|entry| entry.kind == Kind::FamilyRule);
    ["table-1", "table-2"]
        .map(fixed)
        .into_iter()
        .chain(families.map(|family| format!("{FAMILY}{}", family.slug)))
        .chain(["other-list", "mixture", "equipment", UNKNOWN, NONE].map(fixed))
        .collect()
}

/// What a heading is called; the name of a family is the catalogue's.
#[must_use]
pub fn heading_label(catalogue: &Catalogue, code: &str) -> String {
    if let Some(slug) = code.strip_prefix(FAMILY) {
        return catalogue.find(slug).map_or_else(|| slug.to_owned(), |family| family.name.clone());
    }
    let label = match code {
        "table-1" => "Table I, not in a family below",
        "table-2" => "Table II",
        "other-list" => "On another list, or watched",
        "mixture" => "Mixtures and medicines",
        "equipment" => "Equipment",
        "unknown" => "Not in the catalogue",
        _ => "No substance named",
    };
    label.to_owned()
}

coded! {
    /// Who uses an installation.
    User {
        /// Approved companies.
        Companies = "companies", "Companies";
        /// Authorities.
        Authorities = "authorities", "Authorities";
        /// Associations.
        Associations = "associations", "Associations";
    }
}

/// How many there are, as it is told: at least so many, in steps of five; nought for fewer than five. Rounded down, so that
/// the change from one quarter to the next tells of nobody.
#[must_use]
pub const fn at_least(count: u64) -> u64 {
    count / crate::suppress::STEP * crate::suppress::STEP
}

/// Reports of a month that are alike, as they are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<S> {
    /// First day of the month.
    pub month: Date,
    /// Whose reports.
    pub source: S,
    /// What they are about.
    pub kind: ReportKind,
    /// Under which heading of substances.
    pub heading: String,
    /// Where the company is.
    pub country: Country,
    /// How many.
    pub n: u64,
}

/// A quarter as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// By month.
    pub months: Table<Date>,
    /// By kind.
    pub kinds: Table<ReportKind>,
    /// By heading of the first substance.
    pub substances: Table<String>,
    /// By country of the company.
    pub countries: Table<String>,
    /// Who used the installation at its end: at least so many.
    pub users: Vec<(User, u64)>,
}

/// What may be told of the reports of a quarter. `countries` are all that the installation serves.
#[must_use]
pub fn tables<S: Ord + Clone>(
    quarter: Quarter,
    catalogue: &Catalogue,
    countries: &BTreeSet<Country>,
    rows: &[Row<S>],
    users: &[(User, u64)],
) -> Tables {
    let countries: BTreeSet<&str> =
        countries.iter().map(|country| country.code()).chain(rows.iter().map(|row| row.country.code())).collect();
    Tables {
        months: shared_out(quarter.months()[..3].to_vec(), rows, |row, month| row.month == *month),
        kinds: shared_out(ReportKind::ALL.to_vec(), rows, |row, kind| row.kind == *kind),
        substances: shared_out(headings(catalogue), rows, |row, heading| row.heading == *heading),
        countries: shared_out(countries.into_iter().map(str::to_owned).collect(), rows, |row, country| {
            row.country.code() == country
        }),
        users: users.iter().map(|(user, n)| (*user, at_least(*n))).collect(),
    }
}

fn shared_out<C, S: Ord + Clone>(codes: Vec<C>, rows: &[Row<S>], fits: fn(&Row<S>, &C) -> bool) -> Table<C> {
    let cell = |code: &C| -> Cell<S> {
        rows.iter().filter(|row| fits(row, code)).map(|row| (row.source.clone(), row.n)).collect()
    };
    partition(
        codes
            .into_iter()
            .map(|code| {
                let counted = cell(&code);
                (code, counted)
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests;
