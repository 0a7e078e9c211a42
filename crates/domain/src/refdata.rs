//! Reference data: the facts that change without the program, such as deadlines and reason codes, as versions.
//!
//! What ships in `data/` is version 0 of each [`Kind`]. A later version is a [`Sheet`], tables of plain cells as people
//! edit, import and compare them, for everybody or for one authority ([`Scope`]). A sheet means something only once
//! [`read`] has taken it as a whole: by the same types that read `data/`, and by the rules that hold between the rows.
//! To make another kind editable: its tables in [`tables`], its reading here, its place in `services::refdata`.

mod calendars;
mod check;
mod diff;
mod file;
mod library;
mod sheet;
mod signs;
mod spec;
mod substances;
mod tables;

pub use diff::{Changed, Difference, RowChange, diff};
pub use file::{FileError, import, records};
pub use sheet::{Row, Sheet};
pub use signs::Signs;
pub use spec::{Cell, Column, Table};

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use serde::{Deserialize, Serialize};

use crate::{
    calendar::Calendars, deadline::Deadlines, library::Library, openness::Openness, organisation::coded,
    report::Reasons, substance::Catalogue,
};

coded! {
    /// What there is to version.
    Kind {
        /// Until when companies report and authorities look.
        Deadlines = "deadlines", "Deadlines";
        /// Why the authority decided as it did.
        Reasons = "reasons", "Reason codes";
        /// What looks suspicious, in which words, and how much it weighs.
        Indicators = "indicators", "Indicators";
        /// Where substances stand on lists, and from which quantities duties begin.
        Substances = "substances", "Lists and thresholds of substances";
        /// On which days nobody works, by country.
        Calendars = "calendars", "Calendars of countries";
        /// What the installation says of itself in the open.
        Openness = "openness", "Openness";
        /// What can be read elsewhere.
        Library = "library", "Library";
    }
}

/// For whom a version holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// For everybody who has nothing of their own.
    Everybody,
    /// For one authority.
    Authority,
}

impl Kind {
    /// What it decides, in a sentence.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Deadlines => {
                "Until when companies have to report by law, and until when an authority wants to have looked at a report."
            }
            Self::Reasons => {
                "What officers choose from when they decide about a report, and what the reporter is then told."
            }
            Self::Indicators => {
                "What looks suspicious: the words of each sign, its weight, and from how many points on a report is amber or red."
            }
            Self::Substances => {
                "Where each substance stands on which list, from which day to which, and from which quantity on a duty begins."
            }
            Self::Calendars => {
                "On which days nobody works in a country: time that is working time stands still on them."
            }
            Self::Openness => {
                "What everybody can read about this installation: what it is used for, what it costs, what is missing and what is needed."
            }
            Self::Library => {
                "Resolutions, laws, forms, guides and pages elsewhere, each with a summary in own words and the day on which somebody last compared it with its source."
            }
        }
    }

    /// Whether there is anything of it to version for `scope`.
    #[must_use]
    pub fn exists_for(self, scope: Scope) -> bool {
        self.tables(scope).next().is_some()
    }

    /// Its tables, as far as they can be versioned for `scope`.
    pub fn tables(self, scope: Scope) -> impl Iterator<Item = &'static Table> {
        let all = match self {
            Self::Deadlines => tables::DEADLINES,
            Self::Reasons => tables::REASONS,
            Self::Indicators => tables::INDICATORS,
            Self::Substances => tables::SUBSTANCES,
            Self::Calendars => tables::CALENDARS,
            Self::Openness => tables::OPENNESS,
            Self::Library => tables::LIBRARY,
        };
        all.iter().filter(move |table| scope == Scope::Everybody || table.may_be_own)
    }

    /// The table with this name.
    #[must_use]
    pub fn table(self, scope: Scope, name: &str) -> Option<&'static Table> {
        self.tables(scope).find(|table| table.name == name)
    }

    /// Version 0: what ships with the product.
    #[must_use]
    pub fn built_in(self) -> &'static Sheet {
        static DEADLINES: LazyLock<Sheet> =
            LazyLock::new(|| shipped(Kind::Deadlines, include_str!("../../../data/deadlines.toml")));
        static REASONS: LazyLock<Sheet> =
            LazyLock::new(|| shipped(Kind::Reasons, include_str!("../../../data/reasons.toml")));
        static INDICATORS: LazyLock<Sheet> = LazyLock::new(signs::shipped);
        static SUBSTANCES: LazyLock<Sheet> = LazyLock::new(substances::shipped);
        static CALENDARS: LazyLock<Sheet> = LazyLock::new(calendars::shipped);
        static OPENNESS: LazyLock<Sheet> =
            LazyLock::new(|| shipped(Kind::Openness, include_str!("../../../data/openness.toml")));
        static LIBRARY: LazyLock<Sheet> =
            LazyLock::new(|| shipped(Kind::Library, include_str!("../../../data/library.toml")));
        match self {
            Self::Library => &LIBRARY,
            Self::Openness => &OPENNESS,
            Self::Deadlines => &DEADLINES,
            Self::Reasons => &REASONS,
            Self::Indicators => &INDICATORS,
            Self::Substances => &SUBSTANCES,
            Self::Calendars => &CALENDARS,
        }
    }
}

fn shipped(kind: Kind, text: &str) -> Sheet {
    file::toml(kind, text).expect("every file of data/ is read by a test")
}

/// A sheet that was read.
#[derive(Clone, Debug)]
pub enum Data {
    /// Deadlines; those of an authority hold its own clock only.
    Deadlines(Deadlines),
    /// Reason codes.
    Reasons(Reasons),
    /// Words and weights of indicators.
    Indicators(Signs),
    /// The catalogue with the places on lists.
    Substances(Arc<Catalogue>),
    /// Days off.
    Calendars(Arc<Calendars>),
    /// What the installation says of itself.
    Openness(Openness),
    /// What can be read elsewhere.
    Library(Arc<Library>),
}

/// Something wrong in a sheet: where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The table; none if it is about the whole.
    pub table: Option<&'static Table>,
    /// The row, from 0; none if it is about the table.
    pub row: Option<usize>,
    /// The column; none if it is about the row.
    pub column: Option<&'static Column>,
    /// What is wrong and what to do.
    pub words: String,
}

impl Breach {
    fn of(table: &'static Table, words: impl Into<String>) -> Self {
        Self { table: Some(table), row: None, column: None, words: words.into() }
    }

    const fn in_row(mut self, row: usize) -> Self {
        self.row = Some(row);
        self
    }

    const fn at(mut self, column: &'static Column) -> Self {
        self.column = Some(column);
        self
    }

    fn at_name(mut self, column: &str) -> Self {
        self.column = self.table.and_then(|table| table.column(column));
        self
    }
}

/// "Law, row 3, Hours: Write a whole number."
impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = self.table.map(|table| table.title.to_owned());
        let row = self.row.map(|row| format!("row {}", row + 1));
        let column = self.column.map(|column| column.label.to_owned());
        let place: Vec<String> = [table, row, column].into_iter().flatten().collect();
        let gap = if place.is_empty() { "" } else { ": " };
        write!(f, "{}{gap}{}", place.join(", "), self.words)
    }
}

/// Reads a sheet as a whole; rows that are marked as removed are not there.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(kind: Kind, scope: Scope, sheet: &Sheet) -> Result<Data, Vec<Breach>> {
    let breaches: Vec<Breach> = kind.tables(scope).flat_map(|table| check::cells(table, sheet)).collect();
    if !breaches.is_empty() {
        return Err(breaches);
    }
    let value = sheet.value(kind, scope);
    let whole =
        |error: serde_json::Error| vec![Breach { table: None, row: None, column: None, words: error.to_string() }];
    let data = match kind {
        Kind::Deadlines => Data::Deadlines(serde_json::from_value(value).map_err(whole)?),
        Kind::Reasons => Data::Reasons(serde_json::from_value(value).map_err(whole)?),
        Kind::Indicators => Data::Indicators(serde_json::from_value(value).map_err(whole)?),
        Kind::Substances => Data::Substances(substances::catalogue(sheet)?),
        Kind::Openness => Data::Openness(serde_json::from_value(value).map_err(whole)?),
        Kind::Library => Data::Library(Arc::new(serde_json::from_value(value).map_err(whole)?)),
        Kind::Calendars => Data::Calendars(Arc::new(calendars::calendars(sheet)?)),
    };
    let breaches = match &data {
        Data::Deadlines(deadlines) => check::deadlines(deadlines, scope),
        Data::Reasons(reasons) => check::reasons(reasons),
        Data::Indicators(signs) => signs::check(signs),
        Data::Openness(openness) => check::openness(openness),
        Data::Library(_) => library::check(sheet),
        Data::Substances(_) | Data::Calendars(_) => Vec::new(),
    };
    if breaches.is_empty() { Ok(data) } else { Err(check::at_rows(breaches, sheet)) }
}

/// What was chosen in a cell of several, in the order in which it is kept.
#[must_use]
pub fn several(cell: Cell, chosen: &[String]) -> String {
    file::in_order(cell, &chosen.join(" "))
}

/// What is wrong with the cells of one row alone.
#[must_use]
pub fn check_row(table: &'static Table, row: &Row) -> Vec<Breach> {
    check::row(table, row)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
