//! Tables that come in: CSV and XLSX as rows of texts, with limits on everything that a file can be large in.
//!
//! The first row that is not empty names the columns. A CSV is UTF-8 (or, where it is not, Windows-1252, as spreadsheets
//! write it), with commas, semicolons or tabs. Of a workbook the first sheet with anything on it is read; a formula counts as
//! what was last computed, and nothing is computed here. An apostrophe that keeps a spreadsheet from computing a cell (our
//! own exports write it) is taken off.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};

/// The most rows of a file, without its head.
pub const MOST_ROWS: usize = 50_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 300;
/// The most letters of a cell.
pub const MOST_LETTERS: usize = 8_000;
/// The most bytes to which a workbook may unfold.
const UNFOLDED: u64 = 200 * 1024 * 1024;

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The titles of the columns.
    pub titles: Vec<String>,
    /// Number of the line in the file, and a text for each column. Lines without anything are left out.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// Why a file is no table that can be read: what to do, in plain words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Another ending.
    #[error("Choose a file whose name ends in .csv or .xlsx")]
    Ending,
    /// Not what the ending says.
    #[error("The file cannot be read. Open it in a spreadsheet and save it anew as CSV or XLSX")]
    Broken,
    /// No row, or no titles.
    #[error("There are no rows in the file. The first line names the columns, each further line is a customer")]
    Empty,
    /// Too many rows or columns, or too long a text.
    #[error("The file is too large: at most 50 000 rows, 300 columns and 8 000 characters in a cell. Divide it")]
    TooLarge,
}

/// Reads a file by the ending of its name.
///
/// # Errors
/// [`SheetError`].
pub fn read(name: &str, bytes: &[u8]) -> Result<Sheet, SheetError> {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let lines = match ending.as_str() {
        "csv" => csv(bytes)?,
        "xlsx" => xlsx(bytes)?,
        _ => return Err(SheetError::Ending),
    };
    sheet(lines)
}

/// Numbered lines become titles and rows of the same length.
fn sheet(lines: Vec<(usize, Vec<String>)>) -> Result<Sheet, SheetError> {
    let mut lines = lines.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let (_, mut titles) = lines.next().ok_or(SheetError::Empty)?;
    while titles.last().is_some_and(|title| title.trim().is_empty()) {
        titles.pop();
    }
    if titles.len() > MOST_COLUMNS {
        return Err(SheetError::TooLarge);
    }
    let mut rows = Vec::new();
    for (number, mut cells) in lines {
        cells.resize(titles.len(), String::new());
        if rows.len() == MOST_ROWS || cells.iter().any(|cell| cell.chars().count() > MOST_LETTERS) {
            return Err(SheetError::TooLarge);
        }
        rows.push((number, cells.iter().map(|cell| plain(cell)).collect()));
    }
    if rows.is_empty() { Err(SheetError::Empty) } else { Ok(Sheet { titles, rows }) }
}

/// A cell without the apostrophe before what a spreadsheet would compute.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '−']) => {
            rest.to_owned()
        }
        _ => cell.to_owned(),
    }
}

fn csv(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, SheetError> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    };
    if text.contains('\0') {
        return Err(SheetError::Broken);
    }
    // So that the last row ends as the others do.
    let text = format!("{text}\n");
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let most = |sign: &char| head.matches(*sign).count();
    let delimiter = [',', ';', '\t'].into_iter().rev().max_by_key(most).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter as u8)
        .from_reader(text.as_bytes());
    let (mut lines, mut record) = (Vec::new(), csv::StringRecord::new());
    while reader.read_record(&mut record).map_err(|_| SheetError::Broken)? {
        if lines.len() > MOST_ROWS.saturating_mul(2) || record.len() > MOST_COLUMNS * 4 {
            return Err(SheetError::TooLarge);
        }
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        // Where reading stands is behind the row, which may have had line breaks in its cells.
        let breaks = cells.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let behind = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        lines.push((behind.saturating_sub(1 + breaks), cells));
    }
    Ok(lines)
}

/// Latin-1 with the few signs that Windows puts where that has none.
fn windows_1252(byte: u8) -> char {
    const SIGNS: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => SIGNS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn xlsx(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, SheetError> {
    unfolds(bytes)?;
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| SheetError::Broken)?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| SheetError::Broken)?;
        let (Some((first, _)), (height, width)) = (range.start(), range.get_size()) else { continue };
        if height > MOST_ROWS.saturating_mul(2) || width > MOST_COLUMNS * 4 {
            return Err(SheetError::TooLarge);
        }
        let first = usize::try_from(first).unwrap_or_default() + 1;
        let rows = range.rows().enumerate();
        return Ok(rows.map(|(at, cells)| (first + at, cells.iter().map(text).collect())).collect());
    }
    Err(SheetError::Empty)
}

/// Unpacks everything once, piece by piece and into nothing, so that a small file cannot fill the memory later.
fn unfolds(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Broken)?;
    let mut left = UNFOLDED;
    for at in 0..archive.len() {
        let member = archive.by_index(at).map_err(|_| SheetError::Broken)?;
        let copied = std::io::copy(&mut member.take(left + 1), &mut std::io::sink()).map_err(|_| SheetError::Broken)?;
        left = left.checked_sub(copied).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}

/// A cell as a person would have typed it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        // A number that a spreadsheet keeps as 20131.0 is the text 20131.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::{Format, table::tests::table};

    fn texts(sheet: &Sheet) -> Vec<Vec<&str>> {
        sheet.rows.iter().map(|(_, cells)| cells.iter().map(String::as_str).collect()).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        for format in [Format::Csv, Format::Xlsx] {
            let name = format!("list.{}", format.ending());
            let sheet = read(&name, &table().write(format).unwrap()).unwrap();
            assert_eq!(sheet.titles[..2], ["about", "state"], "{name}");
            assert_eq!(sheet.rows[0].1[0], "=Acetone, 400 l", "{name}: the apostrophe is gone");
            assert_eq!(sheet.rows[0].1[2], "3", "{name}");
            assert_eq!(sheet.rows[0].1[5], "1970-01-01", "{name}");
            assert_eq!(sheet.rows.len(), 2);
        }
    }

    #[test]
    fn files_are_read_as_spreadsheets_write_them() {
        for (name, bytes) in [
            ("a.csv", "\u{feff}Name,Town\r\n\"Caf\u{e9}, B.V.\",Hoorn\r\n\r\n,\r\n".as_bytes().to_vec()),
            ("a.CSV", "Name;Town\n\"Caf\u{e9}, B.V.\";Hoorn\n".as_bytes().to_vec()),
            ("a.csv", b"Name\tTown\nCaf\xe9, B.V.\tHoorn\textra\n".to_vec()),
            ("a.csv", b"\n\nName;Town;\nCaf\xe9, B.V.;Hoorn".to_vec()),
        ] {
            let sheet = read(name, &bytes).unwrap();
            assert_eq!(sheet.titles, ["Name", "Town"]);
            assert_eq!(texts(&sheet), [["Caf\u{e9}, B.V.", "Hoorn"]]);
        }
        assert_eq!(
            read("a.csv", b"A\n1\n\n\"2\n3\"\n4").unwrap().rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
            [2, 4, 6]
        );
    }

    #[test]
    fn what_is_no_table_says_what_to_do() {
        for (name, bytes, error) in [
            ("a.ods", &b"A\n1"[..], SheetError::Ending),
            ("a", b"", SheetError::Ending),
            ("a.csv", b"", SheetError::Empty),
            ("a.csv", b"Name,Town\n", SheetError::Empty),
            ("a.csv", b"a\0b\n1", SheetError::Broken),
            ("a.xlsx", b"Name,Town\n1,2", SheetError::Broken),
            ("a.xlsx", b"PK\x03\x04", SheetError::Broken),
        ] {
            assert_eq!(read(name, bytes), Err(error), "{name}");
        }
        let long = format!("A\n{}\n", "x".repeat(MOST_LETTERS + 1));
        assert_eq!(read("a.csv", long.as_bytes()), Err(SheetError::TooLarge));
        let many = format!("A\n{}", "x\n".repeat(MOST_ROWS + 1));
        assert_eq!(read("a.csv", many.as_bytes()), Err(SheetError::TooLarge));
        let wide = format!("{}\n1\n", "A,".repeat(MOST_COLUMNS + 1) + "A");
        assert_eq!(read("a.csv", wide.as_bytes()), Err(SheetError::TooLarge));
    }
}
