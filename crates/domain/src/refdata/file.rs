//! Files that are read into a sheet: CSV with one table, JSON or TOML (as in `data/`) with one or all.
//!
//! What the portal writes it reads back: the names of columns, the codes, the apostrophe that keeps a spreadsheet from
//! computing a cell.

use serde_json::Value;

use super::{Cell, Kind, Row, Scope, Sheet, Table, sheet};
use crate::answers::clean;

/// A file that is no table of this kind: where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FileError(String);

type Result<T> = std::result::Result<T, FileError>;

fn wrong<T>(words: impl Into<String>) -> Result<T> {
    Err(FileError(words.into()))
}

/// Reads a file by the ending of its name. `table` is where a CSV goes; tables that the file does not have stay as they
/// are in `sheet`.
///
/// # Errors
/// [`FileError`] for a file that is none of these or has what the tables do not have. Whether the cells are right,
/// [`super::read`] says.
pub fn import(
    kind: Kind,
    scope: Scope,
    sheet: &Sheet,
    table: Option<&'static Table>,
    name: &str,
    bytes: &[u8],
) -> Result<Sheet> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return wrong("The file is not written in UTF-8. Save it as “CSV UTF-8”, JSON or TOML and choose it again.");
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut sheet = sheet.clone();
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "csv" => {
            let Some(table) = table.or_else(|| only(kind, scope)) else {
                return wrong("Choose the table that the CSV file is for.");
            };
            *sheet.rows_mut(table.name) = csv(table, text)?;
        }
        "json" => merge(kind, scope, &mut sheet, &parsed(serde_json::from_str(text))?)?,
        "toml" => merge(kind, scope, &mut sheet, &parsed(::toml::from_str(text))?)?,
        _ => return wrong("Choose a file whose name ends in .csv, .json or .toml."),
    }
    Ok(sheet)
}

/// A whole file of `data/`.
pub(super) fn toml(kind: Kind, text: &str) -> Result<Sheet> {
    let mut sheet = Sheet::default();
    merge(kind, Scope::Everybody, &mut sheet, &parsed(::toml::from_str(text))?)?;
    Ok(sheet)
}

fn only(kind: Kind, scope: Scope) -> Option<&'static Table> {
    let mut tables = kind.tables(scope);
    tables.next().filter(|_| tables.next().is_none())
}

fn parsed<E: std::fmt::Display>(read: std::result::Result<Value, E>) -> Result<Value> {
    read.map_err(|error| FileError(format!("The file cannot be read: {error}")))
}

/// What an export says about itself.
const NOTE: &str = "taken";

fn merge(kind: Kind, scope: Scope, sheet: &mut Sheet, whole: &Value) -> Result<()> {
    let Value::Object(tables) = whole else { return wrong("The file holds no tables.") };
    let mut found = false;
    for (name, rows) in tables.iter().filter(|(name, _)| *name != NOTE) {
        let Some(table) = kind.table(scope, name) else {
            return wrong(format!("There is no table “{name}” here."));
        };
        let Value::Array(rows) = rows else { return wrong(format!("“{name}” is no list of rows.")) };
        *sheet.rows_mut(table.name) =
            rows.iter().enumerate().map(|(place, row)| object(table, place, row)).collect::<Result<_>>()?;
        found = true;
    }
    if found { Ok(()) } else { wrong("The file holds no table.") }
}

fn object(table: &Table, place: usize, row: &Value) -> Result<Row> {
    let at = || format!("{}, row {}", table.title, place + 1);
    let Value::Object(cells) = row else { return wrong(format!("{}: this is no row of fields.", at())) };
    let mut made = blank(table);
    for (name, value) in cells {
        let Some(column) = table.columns.iter().find(|column| column.name == name) else {
            return wrong(format!("{}: there is no field “{name}”.", at()));
        };
        let text = match value {
            Value::Null => String::new(),
            Value::Bool(true) => sheet::YES.to_owned(),
            Value::Bool(false) => sheet::NO.to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => in_order(column.cell, &cleaned(column.cell, text)),
            Value::Array(texts) if matches!(column.cell, Cell::Several(_) | Cell::Words) => {
                let texts: Vec<&str> = texts.iter().filter_map(Value::as_str).collect();
                in_order(column.cell, &texts.join(" "))
            }
            Value::Array(_) | Value::Object(_) => {
                return wrong(format!("{}: “{name}” holds more than a text or a number.", at()));
            }
        };
        put(&mut made, column, text);
    }
    Ok(made)
}

/// A row whose boxes are not ticked.
fn blank(table: &Table) -> Row {
    let mut row = Row::default();
    for column in table.columns.iter().filter(|column| matches!(column.cell, Cell::Flag)) {
        row.set(column.name, sheet::NO);
    }
    row
}

fn put(row: &mut Row, column: &super::Column, text: String) {
    if !(text.is_empty() && matches!(column.cell, Cell::Flag)) {
        row.set(column.name, text);
    }
}

fn cleaned(cell: Cell, text: &str) -> String {
    clean(text, matches!(cell, Cell::Lines)).text
}

/// Several choices in the order of their list, once each, whatever stood between them; what is none of them comes last.
pub(super) fn in_order(cell: Cell, text: &str) -> String {
    let mut chosen: Vec<&str> = text.split([' ', ',', ';']).filter(|code| !code.is_empty()).collect();
    let options = match cell {
        Cell::Several(options) => options,
        Cell::Words => return chosen.join(" "),
        _ => return text.to_owned(),
    };
    chosen.sort_by_key(|code| options().iter().position(|(known, _)| known == code).unwrap_or(usize::MAX));
    chosen.dedup();
    chosen.join(" ")
}

fn csv(table: &'static Table, text: &str) -> Result<Vec<Row>> {
    let mut records =
        records(text)?.into_iter().filter(|(_, record)| record.iter().any(|cell| !cell.trim().is_empty()));
    let Some((_, head)) = records.next() else { return wrong("The file is empty.") };
    let mut columns = Vec::new();
    for name in &head {
        let Some(column) = table.column(name) else {
            let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            return wrong(format!(
                "There is no column “{}”. The first line names the columns: {}.",
                name.trim(),
                names.join(", ")
            ));
        };
        if columns.contains(&column) {
            return wrong(format!("The column “{}” is there twice.", column.name));
        }
        columns.push(column);
    }
    let row = |(line, record): (usize, Vec<String>)| {
        if record.len() > columns.len() {
            return wrong(format!(
                "Line {line} has more cells than the first line. Put texts with commas into quotes."
            ));
        }
        let mut row = blank(table);
        for (column, text) in columns.iter().zip(&record) {
            let text = in_order(column.cell, &cleaned(column.cell, unguarded(text)));
            put(&mut row, column, code(column, &text));
        }
        Ok(row)
    };
    records.map(row).collect()
}

/// The code of a choice that was written as its word.
fn code(column: &super::Column, text: &str) -> String {
    let Cell::Choice(options) = column.cell else { return text.to_owned() };
    let word = options().into_iter().find(|(_, word)| word.eq_ignore_ascii_case(text));
    word.map_or_else(|| text.to_owned(), |(code, _)| code.to_owned())
}

/// Without the apostrophe that an export puts before what a spreadsheet would compute.
fn unguarded(text: &str) -> &str {
    let guarded = text.strip_prefix('\'').filter(|rest| {
        rest.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '−'])
            || rest.starts_with(['\t', '\r', '\n'])
    });
    guarded.unwrap_or(text)
}

/// The records of a CSV file (RFC 4180) with the line on which each begins. The separator is the comma, semicolon or
/// tabulator that the first line has most of.
///
/// # Errors
/// [`FileError`] for a quotation mark that is never closed.
pub fn records(text: &str) -> Result<Vec<(usize, Vec<String>)>> {
    let first = text.lines().next().unwrap_or_default();
    let separator =
        [',', ';', '\t'].into_iter().max_by_key(|sign| (first.matches(*sign).count(), *sign == ',')).unwrap_or(',');
    let (mut records, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut began, mut quoted) = (1, 1, false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => cell.extend(signs.next()),
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                quoted = true;
                cell.clear();
            }
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push((began, std::mem::take(&mut record)));
                line += 1;
                began = line;
            }
            '\r' if !quoted => {}
            _ if sign == separator && !quoted => record.push(std::mem::take(&mut cell)),
            _ => {
                line += usize::from(sign == '\n');
                cell.push(sign);
            }
        }
    }
    if quoted {
        return wrong(format!("A quotation mark that was opened in the row of line {began} is never closed."));
    }
    record.push(cell);
    records.push((began, record));
    Ok(records)
}
