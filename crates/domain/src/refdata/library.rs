//! What must hold within an entry of the library and between them.

use super::{Breach, Kind, Row, Scope, Sheet, check::twice};

/// Words of a summary.
const SHORTEST: usize = 20;
const LONGEST: usize = 150;

pub(super) fn check(sheet: &Sheet) -> Vec<Breach> {
    let table = Kind::Library.table(Scope::Everybody, "entry").expect("the library has a table");
    let rows: Vec<&Row> = sheet.standing(table.name).map(|(_, row)| row).collect();
    let slugs: Vec<&str> = rows.iter().map(|row| row.get("slug")).collect();
    let same = twice(&slugs).map(|row| (row, "slug", "Another row has this handle.".to_owned()));
    let wrong = rows
        .iter()
        .enumerate()
        .flat_map(|(place, row)| row_wrong(row).into_iter().map(move |(column, words)| (place, column, words)));
    let breach = |(row, column, words): (usize, &str, String)| Breach::of(table, words).in_row(row).at_name(column);
    same.chain(wrong).map(breach).collect()
}

fn row_wrong(row: &Row) -> Vec<(&'static str, String)> {
    let is_empty = |column: &str| row.get(column).is_empty();
    let words = row.get("summary").split_whitespace().count();
    let length = (!(SHORTEST..=LONGEST).contains(&words))
        .then(|| ("summary", format!("Use {SHORTEST} to {LONGEST} words. These are {words}.")));
    let lost = ["link", "symbol", "find"].into_iter().all(is_empty);
    let lost = lost.then(|| ("find", "Say how it is found: by an address, a symbol or a sentence.".to_owned()));
    let unread = !is_empty("link") && is_empty("checked_on");
    let unread = unread.then(|| ("checked_on", "Say when somebody last opened this address.".to_owned()));
    [length, lost, unread].into_iter().flatten().collect()
}
