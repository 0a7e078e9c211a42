//! A table as comma-separated values that are safe to open in a spreadsheet.

use super::Table;

/// In UTF-8 with the mark by which spreadsheets recognise it.
pub(super) fn write(table: &Table) -> Vec<u8> {
    let head = table.head.iter().map(|(_, title)| cell(title)).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(|value| cell(&value.shown())).collect());
    let line = |cells: Vec<String>| cells.join(",") + "\r\n";
    std::iter::once("\u{feff}".to_owned())
        .chain(std::iter::once(head).chain(rows).map(line))
        .collect::<String>()
        .into_bytes()
}

/// A cell: quoted, and with an apostrophe before anything that a spreadsheet would take for a formula.
///
/// Spreadsheets compute cells that begin with `=`, `+`, `-` or `@`, also behind blanks and control characters, and in
/// their full-width forms.
fn cell(text: &str) -> String {
    let begins = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control()).chars().next();
    let formula = matches!(begins, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−'));
    let control = text.starts_with(['\t', '\r', '\n']);
    let guard = if formula || control { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::table::tests::table;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, quoted) in [
            ("Acetone", "\"Acetone\""),
            ("67-64-1", "\"67-64-1\""),
            ("say \"x\", y", "\"say \"\"x\"\", y\""),
            ("=1+1", "\"'=1+1\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("  =1", "\"'  =1\""),
            ("\t=1", "\"'\t=1\""),
            ("\r\n@x", "\"'\r\n@x\""),
            ("＝1", "\"'＝1\""),
            ("\u{a0}=1", "\"'\u{a0}=1\""),
            ("\u{0}=1", "\"'\u{0}=1\""),
            ("\ttab", "\"'\ttab\""),
            ("", "\"\""),
        ] {
            assert_eq!(cell(text), quoted, "{text:?}");
        }
    }

    #[test]
    fn a_file_begins_with_its_mark_and_its_head() {
        let file = String::from_utf8(write(&table())).unwrap();
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(lines[0], "\u{feff}\"about\",\"state\",\"cells\",\"urgent\",\"sent (UTC)\",\"day\",\"tags\"");
        let first = r#""'=Acetone, 400 l","In review","3","yes","2026-11-23T14:30:00Z","1970-01-01","one; two""#;
        assert_eq!(lines[1], first);
        assert_eq!((lines[2].split(',').next(), lines.len()), (Some("\"\""), 3));
    }
}
