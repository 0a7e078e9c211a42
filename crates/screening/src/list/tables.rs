//! Tables of text (CSV), row by row.
//!
//! Taken apart here and not by the `csv` crate, which is content with a quotation mark that is never closed: exactly
//! that is how a table is seen to be cut off, and it must be known where.

use std::io::BufRead;

use super::build::clean;
use super::encoding::{Utf8, refusal};
use super::log::{Log, line};
use super::{LONGEST_FIELD, LONGEST_RECORD, Refused};

/// More columns than any list has.
const MOST_COLUMNS: usize = 1000;
/// By which old programs end a file.
const END_MARK: u8 = 0x1A;

/// A row as it stands in the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The line on which it begins.
    pub line: u64,
    /// Its fields, without quotation marks.
    pub fields: Vec<String>,
    /// Whether the line was ended; the last one of a file may not be.
    pub ended: bool,
    /// Whether a quotation mark stands where none belongs.
    pub odd_quote: bool,
}

/// The rows of a table.
pub(super) struct Rows<'a> {
    pub input: Utf8<'a>,
    delimiter: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Begin,
    Plain,
    Quoted,
    AfterQuote,
}

impl<'a> Rows<'a> {
    pub fn new(input: Utf8<'a>, delimiter: u8) -> Self {
        Self { input, delimiter }
    }

    /// The next row that is not empty.
    pub fn next(&mut self) -> Result<Option<Row>, Refused> {
        loop {
            let Some(row) = self.any_row()? else { return Ok(None) };
            if row.fields.len() > 1 || row.fields.iter().any(|field| !field.trim().is_empty()) {
                return Ok(Some(row));
            }
        }
    }

    fn any_row(&mut self) -> Result<Option<Row>, Refused> {
        self.input.rest();
        let start = self.input.line();
        let mut making = MakingRow { row: Row { line: start, ..Row::default() }, ..MakingRow::default() };
        loop {
            let chunk = self.input.fill_buf().map_err(|error| refusal(&error))?;
            if chunk.is_empty() {
                return making.at_end();
            }
            let mut used = 0;
            let mut done = false;
            for byte in chunk {
                used += 1;
                if *byte == END_MARK && making.nothing_yet() {
                    self.input.consume(used);
                    return self.after_end_mark();
                }
                if making.take(*byte, self.delimiter)? {
                    done = true;
                    break;
                }
            }
            self.input.consume(used);
            if done {
                making.row.ended = true;
                making.end_field()?;
                return Ok(Some(making.row));
            }
        }
    }

    fn after_end_mark(&mut self) -> Result<Option<Row>, Refused> {
        loop {
            let chunk = self.input.fill_buf().map_err(|error| refusal(&error))?;
            let length = chunk.len();
            if length == 0 {
                return Ok(None);
            }
            if chunk.iter().any(|byte| *byte != END_MARK && !byte.is_ascii_whitespace()) {
                let place = line(self.input.line()).to_string();
                return Err(Refused::Broken { place, what: "text follows after the sign that ends the file".into() });
            }
            self.input.consume(length);
        }
    }
}

struct MakingRow {
    row: Row,
    field: Vec<u8>,
    state: State,
    length: usize,
}

impl Default for MakingRow {
    fn default() -> Self {
        Self { row: Row::default(), field: Vec::new(), state: State::Begin, length: 0 }
    }
}

impl MakingRow {
    fn nothing_yet(&self) -> bool {
        self.row.fields.is_empty() && self.field.is_empty() && self.state == State::Begin
    }

    /// Takes a byte; true if it ends the row.
    fn take(&mut self, byte: u8, delimiter: u8) -> Result<bool, Refused> {
        self.length += 1;
        if self.field.len() > LONGEST_FIELD || self.length > LONGEST_RECORD {
            return Err(self.too_large("a field of the row", LONGEST_FIELD));
        }
        match (self.state, byte) {
            (State::Quoted, b'"') => self.state = State::AfterQuote,
            (State::Quoted, _) => self.field.push(byte),
            (State::AfterQuote, b'"') => {
                self.field.push(b'"');
                self.state = State::Quoted;
            }
            (_, b'\n') => return Ok(true),
            (_, b'\r') => {}
            (_, byte) if byte == delimiter => self.end_field()?,
            (State::Begin, b'"') => self.state = State::Quoted,
            (State::Begin, byte) => {
                self.state = State::Plain;
                self.field.push(byte);
            }
            (State::AfterQuote, b' ') => {}
            (State::AfterQuote, byte) => {
                self.row.odd_quote = true;
                self.state = State::Plain;
                self.field.push(byte);
            }
            (State::Plain, byte) => self.field.push(byte),
        }
        Ok(false)
    }

    fn end_field(&mut self) -> Result<(), Refused> {
        if self.row.fields.len() >= MOST_COLUMNS {
            return Err(self.too_large("a row with more than 1000 fields", LONGEST_RECORD));
        }
        let bytes = std::mem::take(&mut self.field);
        // The bytes come from a stream of UTF-8 and are parted at ASCII signs.
        self.row.fields.push(String::from_utf8_lossy(&bytes).into_owned());
        self.state = State::Begin;
        Ok(())
    }

    fn at_end(mut self) -> Result<Option<Row>, Refused> {
        if self.state == State::Quoted {
            let place = line(self.row.line).to_string();
            return Err(Refused::Truncated { place, what: "a quotation mark is opened and never closed".into() });
        }
        if self.nothing_yet() {
            return Ok(None);
        }
        self.end_field()?;
        Ok(Some(self.row))
    }

    fn too_large(&self, what: &str, limit: usize) -> Refused {
        Refused::TooLarge { place: line(self.row.line).to_string(), what: what.into(), limit }
    }
}

/// The headings of a line: small letters, cleaned. Used to recognise a file too.
pub(super) fn headings(line: &str) -> Vec<String> {
    let delimiter = delimiter(line);
    line.split(char::from(delimiter)).map(heading).collect()
}

/// A heading as it is compared.
pub(super) fn heading(text: &str) -> String {
    clean(&text.replace('"', " ")).to_lowercase()
}

/// Programs of some countries part columns by semicolon or tab.
pub(super) fn delimiter(line: &str) -> u8 {
    let count = |delimiter: u8| line.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// A row with too few or too many fields: the last one is cut off, another one deviates.
pub(super) fn fits(log: &mut Log, row: &Row, width: usize, last: bool) -> Result<(), Refused> {
    let found = row.fields.len();
    if row.odd_quote {
        log.note(line(row.line), "text follows after a closing quotation mark; both were kept");
    }
    if found < width && last {
        let what = format!("the last row has {found} fields where {width} belong");
        return Err(Refused::Truncated { place: line(row.line).to_string(), what });
    }
    if last && !row.ended {
        log.note(
            line(row.line),
            "the last line has no end; if the file was cut off there, its last field is too short",
        );
    }
    if found != width {
        log.note(line(row.line), format!("the row has {found} fields where {width} belong; read as far as it goes"));
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::BufReader;

    use super::super::encoding::Text;
    use super::*;

    fn rows(text: &str, capacity: usize) -> Result<Vec<Row>, Refused> {
        let mut input = BufReader::with_capacity(capacity, text.as_bytes());
        let mut rows = Rows::new(Utf8::new(&mut input, Text::Table, "table", 2 * LONGEST_RECORD), b',');
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(row);
        }
        Ok(all)
    }

    #[test]
    fn takes_rows_apart() {
        let text = "a,\"b \"\"c\"\"\",\r\n\n1 ,\"x\ny\" ,z\n\"q\"r,s\n,,\n\x1a";
        for capacity in [1, 3, 4096] {
            let all = rows(text, capacity).unwrap();
            let fields: Vec<Vec<&str>> =
                all.iter().map(|row| row.fields.iter().map(String::as_str).collect()).collect();
            assert_eq!(fields, [vec!["a", "b \"c\"", ""], vec!["1 ", "x\ny", "z"], vec!["qr", "s"], vec!["", "", ""]]);
            assert_eq!(all.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 3, 5, 6]);
            assert_eq!(all.iter().map(|row| row.odd_quote).collect::<Vec<_>>(), [false, false, true, false]);
            assert!(all.iter().all(|row| row.ended));
        }
    }

    #[test]
    fn the_end_is_looked_at() {
        assert!(matches!(rows("a,\"b", 7), Err(Refused::Truncated { .. })));
        assert!(matches!(rows("a,b\n\x1ac", 7), Err(Refused::Broken { .. })));
        assert!(!rows("a,b", 7).unwrap()[0].ended);
        assert_eq!(rows("\n \n", 7), Ok(vec![]));
        let wide = ",".repeat(MOST_COLUMNS + 1);
        assert!(matches!(rows(&wide, 4096), Err(Refused::TooLarge { .. })));
    }

    #[test]
    fn finds_what_parts_columns() {
        assert_eq!(delimiter("id,name;x,kind"), b',');
        assert_eq!(delimiter("id;name"), b';');
        assert_eq!(delimiter("id\tname"), b'\t');
        assert_eq!(delimiter("id"), b',');
    }
}
