//! What a version changes: row by row, field by field.

use std::collections::HashMap;

use super::{Column, Kind, Row, Scope, Sheet, Table};

/// What changes in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: &'static Table,
    /// Rows that are new, gone or changed, in the order of the new table; those that are gone last.
    pub rows: Vec<RowChange>,
    /// Whether rows that stay stand in another order.
    pub reordered: bool,
}

/// A row that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// What tells it from others.
    pub name: String,
    /// What becomes of it.
    pub what: Changed,
    /// Its fields: of a changed row those that change, else all that say something. Column, before, after.
    pub cells: Vec<(&'static Column, String, String)>,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is new.
    Added,
    /// It goes.
    Removed,
    /// Something in it changes.
    Changed,
}

/// Compares two sheets; tables without a change are left out.
#[must_use]
pub fn diff(kind: Kind, scope: Scope, before: &Sheet, after: &Sheet) -> Vec<Difference> {
    let tables = kind.tables(scope).map(|table| {
        let before: Vec<&Row> = before.standing(table.name).map(|(_, row)| row).collect();
        let after: Vec<&Row> = after.standing(table.name).map(|(_, row)| row).collect();
        compare(table, &before, &after)
    });
    tables.filter(|found| found.reordered || !found.rows.is_empty()).collect()
}

fn compare(table: &'static Table, before: &[&Row], after: &[&Row]) -> Difference {
    let mut left: Vec<Option<&Row>> = before.iter().copied().map(Some).collect();
    // Places by key, the last one first, so that of equal keys the first is taken first.
    let mut by_key: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
    for (place, row) in before.iter().enumerate().rev() {
        by_key.entry(row.key(table)).or_default().push(place);
    }
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    for row in after {
        let old = by_key.get_mut(&row.key(table)).and_then(Vec::pop);
        places.extend(old);
        let old = old.and_then(|place| left[place].take());
        rows.extend(change(table, old, Some(row)));
    }
    rows.extend(left.into_iter().flatten().filter_map(|old| change(table, Some(old), None)));
    Difference { table, rows, reordered: !places.is_sorted() }
}

fn change(table: &'static Table, before: Option<&Row>, after: Option<&Row>) -> Option<RowChange> {
    let what = match (before, after) {
        (None, _) => Changed::Added,
        (_, None) => Changed::Removed,
        _ => Changed::Changed,
    };
    let shown =
        |row: Option<&Row>, column: &Column| row.map_or_else(String::new, |row| column.shown(row.get(column.name)));
    let cells = table.columns.iter().map(|column| (column, shown(before, column), shown(after, column)));
    let cells: Vec<_> = cells.filter(|(_, before, after)| before != after).collect();
    let name = after.or(before)?.name(table);
    (!cells.is_empty()).then_some(RowChange { name, what, cells })
}
