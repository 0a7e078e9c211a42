//! Tables as comma-separated values that are safe to open in a spreadsheet.

/// A cell: quoted, and with an apostrophe before anything that a spreadsheet would take for a formula.
///
/// Spreadsheets compute cells that begin with `=`, `+`, `-` or `@`, also behind blanks and control characters, and in
/// their full-width forms.
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let begins = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control()).chars().next();
    let formula = matches!(begins, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−'));
    let control = text.starts_with(['\t', '\r', '\n']);
    let guard = if formula || control { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// A file of rows, in UTF-8 with the mark by which spreadsheets recognise it.
#[must_use]
pub fn csv_file(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let line = |row: Vec<String>| row.iter().map(|cell| csv_cell(cell)).collect::<Vec<_>>().join(",") + "\r\n";
    std::iter::once("\u{feff}".to_owned()).chain(rows.into_iter().map(line)).collect::<String>().into_bytes()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
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
            assert_eq!(csv_cell(text), cell, "{text:?}");
        }
    }

    #[test]
    fn a_file_begins_with_its_mark() {
        let file = csv_file([vec!["a".to_owned(), "b".to_owned()], vec!["é".to_owned(), String::new()]]);
        assert_eq!(String::from_utf8(file).unwrap(), "\u{feff}\"a\",\"b\"\r\n\"é\",\"\"\r\n");
    }
}
