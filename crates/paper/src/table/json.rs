//! A table as JSON: an object per row, with codes where people get words.

use serde_json::{Map, Value, json};

use super::{Cell, Table};
use crate::note::machine;

/// The rows under the table's name, and the note under `taken`.
pub(super) fn write(table: &Table) -> Vec<u8> {
    let mut file = Map::new();
    if let Some(note) = &table.note {
        let taken = json!({ "by": note.by, "for": note.of, "at": machine(note.at), "rows": table.len() });
        file.insert("taken".to_owned(), taken);
    }
    let keys = || table.head.iter().map(|(key, _)| key.to_string());
    let rows = table.rows.iter().map(|row| Value::Object(keys().zip(row.iter().map(value)).collect()));
    file.insert(table.name.to_owned(), rows.collect());
    Value::Object(file).to_string().into_bytes()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => json!(text),
        Cell::Word { code, .. } => json!(code),
        Cell::Number(number) => json!(number),
        Cell::Flag(flag) => json!(flag),
        Cell::Moment(at) => json!(machine(*at)),
        Cell::Day(day) => json!(day.to_string()),
        Cell::List(texts) => json!(texts),
        Cell::Nothing => Value::Null,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::table::tests::table;

    #[test]
    fn a_program_reads_codes_and_who_took_them() {
        let file: Value = serde_json::from_slice(&write(&table())).unwrap();
        let row = &file["reports"][0];
        assert_eq!(
            (&row["about"], &row["state"], &row["urgent"]),
            (&json!("=Acetone, 400 l"), &json!("in_review"), &json!(true))
        );
        assert_eq!((&row["sent_at"], &row["tags"]), (&json!("2026-11-23T14:30:00Z"), &json!(["one", "two"])));
        assert_eq!(file["reports"][1]["about"], Value::Null);
        let taken = json!({ "by": "Tomás Herrera", "for": "Meridian", "at": "2026-11-23T14:30:00Z", "rows": 2 });
        assert_eq!(file["taken"], taken);
    }
}
