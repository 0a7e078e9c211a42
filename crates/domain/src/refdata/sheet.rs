//! Tables of plain cells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Cell, Kind, Scope, Table};

/// The tables of a version, by name. Written as JSON it is the canonical text over which a version's hash is made: names
/// of tables and columns are sorted, empty cells are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sheet(BTreeMap<String, Vec<Row>>);

/// A row: what stands in its cells, by column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    cells: BTreeMap<String, String>,
    /// Taken out in a change that is being written, and still there to be put back.
    #[serde(default, skip_serializing_if = "is_false")]
    pub removed: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl Row {
    /// What stands in a cell; empty if nothing does.
    #[must_use]
    pub fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Writes into a cell.
    pub fn set(&mut self, column: &str, text: impl Into<String>) {
        let text = text.into();
        if text.is_empty() {
            self.cells.remove(column);
        } else {
            self.cells.insert(column.to_owned(), text);
        }
    }

    /// The row in the types of the files of `data/`; a cell that does not fit its type stays a text.
    pub(super) fn value(&self, table: &Table) -> Value {
        let cell = |column: &super::Column| {
            let text = self.get(column.name);
            let value = match column.cell {
                _ if text.is_empty() => return None,
                Cell::Number { .. } => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
                Cell::Flag => Value::from(text == YES),
                Cell::Several(_) | Cell::Words => text.split(' ').collect(),
                Cell::Line | Cell::Lines | Cell::Day | Cell::Choice(_) => Value::from(text),
            };
            Some((column.name.to_owned(), value))
        };
        Value::Object(table.columns.iter().filter_map(cell).collect())
    }

    /// What tells the row from others of its table, as people read it.
    #[must_use]
    pub fn name(&self, table: &Table) -> String {
        let keys = table.columns.iter().filter(|column| column.key);
        let shown: Vec<String> =
            keys.map(|column| column.shown(self.get(column.name))).filter(|text| !text.is_empty()).collect();
        shown.join(", ")
    }

    /// The same for comparing.
    pub(super) fn key(&self, table: &Table) -> Vec<&str> {
        table.columns.iter().filter(|column| column.key).map(|column| self.get(column.name)).collect()
    }
}

/// What a ticked cell holds.
pub(super) const YES: &str = "yes";
/// What one that is not ticked holds.
pub(super) const NO: &str = "no";

/// What a cell holds of a value in a file of `data/`.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => YES.to_owned(),
        Value::Bool(false) => NO.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl Sheet {
    /// The rows of a table, with those that are marked as removed.
    #[must_use]
    pub fn rows(&self, table: &str) -> &[Row] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }

    /// The rows that count, with their places.
    pub fn standing(&self, table: &str) -> impl Iterator<Item = (usize, &Row)> {
        self.rows(table).iter().enumerate().filter(|(_, row)| !row.removed)
    }

    /// The rows of a table, to write into.
    pub fn rows_mut(&mut self, table: &str) -> &mut Vec<Row> {
        self.0.entry(table.to_owned()).or_default()
    }

    /// Only the tables that can be versioned for `scope`, without what was removed.
    #[must_use]
    pub fn settled(&self, kind: Kind, scope: Scope) -> Self {
        let rows = |table: &str| self.standing(table).map(|(_, row)| row.clone()).collect();
        Self(kind.tables(scope).map(|table| (table.name.to_owned(), rows(table.name))).collect())
    }

    /// The whole in the types of the files of `data/`. A table that is not versioned for `scope` is there and empty.
    pub(super) fn value(&self, kind: Kind, scope: Scope) -> Value {
        let mut whole: Map<String, Value> =
            kind.tables(Scope::Everybody).map(|table| (table.name.to_owned(), Value::Array(Vec::new()))).collect();
        for table in kind.tables(scope) {
            let rows = self.standing(table.name).map(|(_, row)| row.value(table));
            whole.insert(table.name.to_owned(), rows.collect());
        }
        Value::Object(whole)
    }
}
