//! Tables that leave the portal: one description of columns and rows, three kinds of file.
//!
//! A [`Column`] says how its cell is made from a row, so head and cells cannot drift apart. Names of columns are the same
//! in every language: whatever reads the file finds them. Where the interface has words and programs have codes, a cell
//! holds both ([`Cell::Word`]): the word goes to the spreadsheet, the code into the JSON, so that no change of wording
//! breaks a reader.

mod csv;
mod json;
mod xlsx;

use std::{borrow::Cow, fmt};

use domain::{date::Date, time::Timestamp};

use crate::{Note, note::machine};

/// The kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For any spreadsheet.
    Csv,
    /// A workbook, with real dates and a frozen head.
    Xlsx,
    /// For a program.
    Json,
}

impl Format {
    /// Every kind, in the order in which a page offers them.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Json];

    /// What a file's name ends with, after the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// The kind of a file with this name or address.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// As HTTP names it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// What somebody wrote, or a name: never a formula.
    Text(String),
    /// One of a few: its code for programs, its word for people.
    Word {
        /// The code.
        code: &'static str,
        /// The word.
        word: String,
    },
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// An instant.
    Moment(Timestamp),
    /// A day.
    Day(Date),
    /// Several texts.
    List(Vec<String>),
    /// Nothing is known.
    Nothing,
}

impl Cell {
    /// A text; nothing, if it is empty.
    pub fn text(text: impl fmt::Display) -> Self {
        let text = text.to_string();
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }

    /// One of a few.
    pub fn word(code: &'static str, word: impl Into<String>) -> Self {
        Self::Word { code, word: word.into() }
    }

    /// An instant, where there is one.
    #[must_use]
    pub fn moment(at: Option<Timestamp>) -> Self {
        at.map_or(Self::Nothing, Self::Moment)
    }

    /// As people read it.
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Word { word, .. } => word.clone(),
            Self::Number(number) => number.to_string(),
            Self::Flag(true) => "yes".to_owned(),
            Self::Flag(false) => "no".to_owned(),
            Self::Moment(at) => machine(*at),
            Self::Day(day) => day.to_string(),
            Self::List(texts) => texts.join("; "),
            Self::Nothing => String::new(),
        }
    }
}

/// A column of a list of `T`.
pub struct Column<T> {
    key: &'static str,
    title: &'static str,
    cell: fn(&T) -> Cell,
}

impl<T> Column<T> {
    /// A column: its name for programs, its name for people, and how its cell is made.
    pub const fn new(key: &'static str, title: &'static str, cell: fn(&T) -> Cell) -> Self {
        Self { key, title, cell }
    }
}

impl<T> fmt::Debug for Column<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Column").field(&self.key).finish()
    }
}

/// A list, ready to be written.
#[derive(Clone, Debug)]
pub struct Table {
    name: &'static str,
    head: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    rows: Vec<Vec<Cell>>,
    note: Option<Note>,
}

/// A list that could not be written. It cannot happen with any value of a cell, only with more rows than a sheet has.
#[derive(Debug, thiserror::Error)]
#[error("the list cannot be written: {0}")]
pub struct TableError(String);

impl Table {
    /// A list under a name, which is also that of the sheet and of the member in JSON.
    pub fn of<'r, T: 'r>(name: &'static str, columns: &[Column<T>], rows: impl IntoIterator<Item = &'r T>) -> Self {
        Self {
            name,
            head: columns.iter().map(|column| (column.key.into(), column.title.into())).collect(),
            rows: rows.into_iter().map(|row| columns.iter().map(|column| (column.cell)(row)).collect()).collect(),
            note: None,
        }
    }

    /// A list whose columns are known only when it is written: key and title of each, and as many cells in each row.
    #[must_use]
    pub fn new(name: &'static str, head: Vec<(&'static str, &'static str)>, rows: Vec<Vec<Cell>>) -> Self {
        let head = head.into_iter().map(|(key, title)| (key.into(), title.into())).collect();
        Self { name, head, rows, note: None }
    }

    /// A list with the titles of a file that somebody brought; programs find the cells by the same.
    #[must_use]
    pub fn titled(name: &'static str, titles: Vec<String>, rows: Vec<Vec<Cell>>) -> Self {
        let head = titles.into_iter().map(|title| (title.clone().into(), title.into())).collect();
        Self { name, head, rows, note: None }
    }

    /// With a note who took it.
    #[must_use]
    pub fn noted(mut self, note: Note) -> Self {
        self.note = Some(note);
        self
    }

    /// How many rows it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// As a file. A CSV has no place for the note that a program would not take for a row; it stands in the two others.
    ///
    /// # Errors
    /// [`TableError`] if a sheet cannot hold so many rows.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, TableError> {
        match format {
            Format::Csv => Ok(csv::write(self)),
            Format::Json => Ok(json::write(self)),
            Format::Xlsx => xlsx::write(self).map_err(|error| TableError(error.to_string())),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A row with a value of each kind.
    pub struct Row(pub &'static str, pub Option<Timestamp>);

    pub const COLUMNS: [Column<Row>; 7] = [
        Column::new("about", "about", |row| Cell::text(row.0)),
        Column::new("state", "state", |_| Cell::word("in_review", "In review")),
        Column::new("cells", "cells", |_| Cell::Number(3)),
        Column::new("urgent", "urgent", |_| Cell::Flag(true)),
        Column::new("sent_at", "sent (UTC)", |row| Cell::moment(row.1)),
        Column::new("day", "day", |_| Cell::Day(Date::from_days(0))),
        Column::new("tags", "tags", |_| Cell::List(vec!["one".to_owned(), "two".to_owned()])),
    ];

    pub fn table() -> Table {
        let at = Timestamp(1_795_444_200_000_000);
        let rows = [Row("=Acetone, 400 l", Some(at)), Row("", None)];
        Table::of("reports", &COLUMNS, &rows).noted(Note {
            what: "Reports".to_owned(),
            by: "Tomás Herrera".to_owned(),
            of: "Meridian".to_owned(),
            at,
        })
    }

    #[test]
    fn an_address_says_its_kind_by_its_ending() {
        for format in Format::ALL {
            assert_eq!(Format::of_name(&format!("/en/c/x/reports.{}", format.ending())), Some(format));
        }
        assert_eq!(Format::of_name("/en/c/x/reports"), None);
        assert_eq!(Format::of_name("/en/c/x/reports.exe"), None);
    }

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        let table = table();
        assert_eq!((table.len(), table.is_empty()), (2, false));
        assert!(table.rows.iter().all(|row| row.len() == COLUMNS.len()));
    }
}
