//! Tables with headings: fields are asked for by their names.

use super::Refused;
use super::build::clean;
use super::log::{At, Log};
use super::tables::{Row, Rows, fits, heading};

/// A table with headings.
pub(super) struct Sheet<'a> {
    rows: Rows<'a>,
    columns: Vec<String>,
    waiting: Option<Row>,
    pub line: u64,
}

/// A row by its headings. What is not taken out is not understood.
pub(super) struct Record {
    pub line: u64,
    cells: Vec<(String, String)>,
}

impl Record {
    /// Takes out the field under a heading, cleaned; empty if there is none.
    pub fn take(&mut self, column: &str) -> String {
        let cell = self.cells.iter_mut().find(|(name, _)| name == column);
        cell.map(|(_, text)| clean(&std::mem::take(text))).unwrap_or_default()
    }

    /// The first of these headings that has something; the others are taken out too.
    pub fn take_any(&mut self, columns: &[&str]) -> String {
        columns
            .iter()
            .map(|column| self.take(column))
            .fold(String::new(), |first, next| if first.is_empty() { next } else { first })
    }

    /// What nobody took: heading and text.
    pub fn leftovers(self) -> impl Iterator<Item = (String, String)> {
        self.cells.into_iter().map(|(column, text)| (column, clean(&text))).filter(|(_, text)| !text.is_empty())
    }
}

impl<'a> Sheet<'a> {
    /// Reads up to the headings: the first row that has all of `needed`, within the first five. Rows before it go to
    /// `before`.
    ///
    /// # Errors
    /// [`Refused::OtherFormat`] if there is no such row, naming what is missing.
    pub fn open(
        mut rows: Rows<'a>,
        needed: &[&str],
        expected: &str,
        mut before: impl FnMut(&Row),
    ) -> Result<Self, Refused> {
        let mut missing = String::new();
        for _ in 0..5 {
            let Some(row) = rows.next()? else { break };
            let columns: Vec<String> = row.fields.iter().map(|field| heading(field)).collect();
            let lacks: Vec<&str> = needed.iter().filter(|name| !columns.iter().any(|c| c == *name)).copied().collect();
            if lacks.is_empty() {
                let line = row.line;
                let mut sheet = Self { rows, columns, waiting: None, line };
                sheet.waiting = sheet.rows.next()?;
                return Ok(sheet);
            }
            if missing.is_empty() || lacks.len() < needed.len() {
                missing = lacks.join(", ");
            }
            before(&row);
        }
        Err(Refused::OtherFormat { expected: expected.into(), found: format!("no heading says {missing}") })
    }

    /// Whether there is such a heading.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// Writes down headings that nobody knows.
    pub fn note_unknown(&self, log: &mut Log, known: impl Fn(&str) -> bool) {
        for (place, column) in self.columns.iter().enumerate() {
            let at = At { line: self.line, record: "", field: column };
            if self.columns[..place].contains(column) {
                log.note(at, "the heading is there twice; the second column is kept as a remark");
            } else if !column.is_empty() && !known(column) {
                log.note(at, "we do not know this heading; what stands under it is kept as a remark");
            }
        }
    }

    /// The next row.
    ///
    /// # Errors
    /// [`Refused`] if the last row is cut off, among others.
    pub fn next(&mut self, log: &mut Log) -> Result<Option<Record>, Refused> {
        let Some(row) = self.waiting.take() else { return Ok(None) };
        self.waiting = self.rows.next()?;
        let width = self.columns.len();
        let last = self.waiting.is_none();
        fits(log, &row, width, last)?;
        let mut fields = row.fields.into_iter();
        let mut cells: Vec<(String, String)> = Vec::with_capacity(width);
        for column in &self.columns {
            cells.push((column.clone(), fields.next().unwrap_or_default()));
        }
        cells.extend(fields.map(|field| (String::new(), field)));
        Ok(Some(Record { line: row.line, cells }))
    }

    /// Done: what the encoding has to say.
    pub fn close(self, log: &mut Log) {
        self.rows.input.note_strays(log);
    }
}
