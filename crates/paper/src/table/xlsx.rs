//! A table as a workbook: texts that stay texts, dates that are dates, the head frozen, and who took it on a second sheet.

use domain::{date::Date, time::Timestamp};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, Table};
use crate::{Note, note::machine};

/// The most that a cell holds, in units of UTF-16.
const LONGEST: usize = 32_767;

/// No column grows wider, in pixels; what is longer is read in the cell.
const WIDEST: u16 = 420;

struct Looks {
    head: Format,
    moment: Format,
    day: Format,
}

pub(super) fn write(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks {
        head: Format::new().set_bold(),
        moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        day: Format::new().set_num_format("yyyy-mm-dd"),
    };
    let mut book = Workbook::new();
    rows(book.add_worksheet(), table, &looks)?;
    let at = table.note.as_ref().map_or(Timestamp(0), |note| note.at);
    let mut properties = DocProperties::new().set_title(table.name);
    if let Some(made) = moment(at) {
        properties = properties.set_creation_datetime(&made);
    }
    if let Some(note) = &table.note {
        properties = properties.set_author(short(&note.by)).set_company(short(&note.of)).set_comment(machine(note.at));
        about(book.add_worksheet(), note, table.len(), &looks)?;
    }
    book.set_properties(&properties);
    book.save_to_buffer()
}

fn rows(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(table.name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, (_, title)) in (0..).zip(&table.head) {
        sheet.write_string_with_format(0, at, title.as_ref(), &looks.head)?;
    }
    for (n, row) in (1..).zip(&table.rows) {
        for (at, cell) in (0..).zip(row) {
            put(sheet, (n, at), cell, looks)?;
        }
    }
    if let (Some(last_row), Some(last)) = (u32::try_from(table.len()).ok(), last(&table.head)) {
        sheet.autofilter(0, 0, last_row, last)?;
    }
    sheet.set_autofit_max_width(WIDEST.into());
    sheet.autofit();
    Ok(())
}

fn last<T>(of: &[T]) -> Option<u16> {
    of.len().checked_sub(1).and_then(|last| u16::try_from(last).ok())
}

fn put(sheet: &mut Worksheet, (row, at): (u32, u16), cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Nothing => {}
        // A sheet's number is a float; nothing that is counted here comes near its limits.
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        Cell::Number(number) => drop(sheet.write_number(row, at, *number as f64)?),
        Cell::Flag(flag) => drop(sheet.write_boolean(row, at, *flag)?),
        Cell::Moment(instant) => match moment(*instant) {
            Some(value) => drop(sheet.write_datetime_with_format(row, at, &value, &looks.moment)?),
            None => text(sheet, (row, at), &cell.shown())?,
        },
        Cell::Day(day) => match day_of(*day) {
            Some(value) => drop(sheet.write_datetime_with_format(row, at, &value, &looks.day)?),
            None => text(sheet, (row, at), &cell.shown())?,
        },
        Cell::Text(_) | Cell::Word { .. } | Cell::List(_) => text(sheet, (row, at), &cell.shown())?,
    }
    Ok(())
}

/// Always a text, whatever it begins with.
fn text(sheet: &mut Worksheet, (row, at): (u32, u16), value: &str) -> Result<(), XlsxError> {
    sheet.write_string(row, at, short(value)).map(drop)
}

/// Without what no program can show, and no longer than a cell.
fn short(value: &str) -> String {
    let mut room = LONGEST;
    value
        .chars()
        .filter(|letter| {
            matches!(letter, '\n' | '\t') || !(letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}'))
        })
        .take_while(|letter| {
            let fits = room >= letter.len_utf16();
            room = room.saturating_sub(letter.len_utf16());
            fits
        })
        .collect()
}

fn moment(at: Timestamp) -> Option<ExcelDateTime> {
    ExcelDateTime::from_timestamp(at.0.div_euclid(Timestamp::SECOND)).ok()
}

fn day_of(day: Date) -> Option<ExcelDateTime> {
    ExcelDateTime::parse_from_str(&day.to_string()).ok()
}

/// Who took it away, when.
fn about(sheet: &mut Worksheet, note: &Note, rows: usize, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("about this file")?;
    let facts = [
        ("what", Cell::text(&note.what)),
        ("taken by", Cell::text(&note.by)),
        ("for", Cell::text(&note.of)),
        ("taken (UTC)", Cell::Moment(note.at)),
        ("rows", Cell::Number(i64::try_from(rows).unwrap_or(i64::MAX))),
    ];
    for (n, (name, value)) in (0..).zip(&facts) {
        sheet.write_string_with_format(n, 0, *name, &looks.head)?;
        put(sheet, (n, 1), value, looks)?;
    }
    sheet.set_autofit_max_width(WIDEST.into());
    sheet.autofit();
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;
    use crate::table::{Column, tests::table};

    /// A part of a workbook.
    fn part(file: Vec<u8>, name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn texts_stay_texts_dates_are_dates_and_the_head_is_frozen() {
        let file = write(&table()).unwrap();
        let sheet = part(file.clone(), "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>"), "no formula: {sheet}");
        assert!(sheet.contains(r#"<c r="A2" t="s">"#), "{sheet}");
        // 23 November 2026, 14:30, as spreadsheets count: days since 1900 and a fraction.
        assert!(sheet.contains("<v>46349.604166666664</v>"), "{sheet}");
        assert!(sheet.contains(r#"topLeftCell="A2""#) && sheet.contains(r#"state="frozen""#), "{sheet}");
        assert!(part(file, "xl/sharedStrings.xml").contains("<t>=Acetone, 400 l</t>"));
    }

    #[test]
    fn the_file_says_who_took_it() {
        let file = write(&table()).unwrap();
        let core = part(file.clone(), "docProps/core.xml");
        assert!(
            core.contains("<dc:creator>Tomás Herrera</dc:creator>") && core.contains("2026-11-23T14:30:00Z"),
            "{core}"
        );
        assert!(part(file.clone(), "docProps/app.xml").contains("Meridian"));
        assert!(part(file, "xl/sharedStrings.xml").contains("<t>taken by</t>"));
    }

    #[test]
    fn hostile_texts_are_written_too() {
        let longest = "😀".repeat(LONGEST);
        for hostile in
            ["\u{0}\u{1}\u{1b}", "\u{fffe}\u{ffff}", "_x0000_", "<![CDATA[ ]]>", "https://x.example", &longest]
        {
            let columns = [Column::<String>::new("a", "a", |text| Cell::text(text))];
            let table = Table::of("x", &columns, &[hostile.to_owned()]);
            let strings = part(write(&table).unwrap(), "xl/sharedStrings.xml");
            assert!(strings.contains("<si>"), "{hostile:?}");
        }
        assert_eq!(short(&longest).encode_utf16().count(), LONGEST - 1);
    }
}
