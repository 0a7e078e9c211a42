//! A table of what holds as a file. What is written here, [`super::import`] reads back.

use domain::refdata::{Cell as Kind, Column, Row, Sheet, Table};
use paper::Cell;
use services::export;

use super::At;
use crate::web::{Outcome, Req, files};

/// Codes and not words stand in the cells, so that the file can be changed and imported.
fn table(table: &'static Table, sheet: &Sheet) -> paper::Table {
    let head = table.columns.iter().map(|column| (column.name, column.name)).collect();
    let row = |row: &Row| table.columns.iter().map(|column| cell(column, row.get(column.name))).collect();
    paper::Table::new(table.name, head, sheet.rows(table.name).iter().map(row).collect())
}

fn cell(column: &Column, text: &str) -> Cell {
    match column.cell {
        Kind::Number { .. } => text.parse().map_or_else(|_| Cell::text(text), Cell::Number),
        Kind::Flag => Cell::Flag(text == "yes"),
        Kind::Day => text.parse().map_or_else(|_| Cell::text(text), Cell::Day),
        Kind::Line | Kind::Lines | Kind::Words | Kind::Choice(_) | Kind::Several(_) => Cell::text(text),
    }
}

/// The file of the kind that the address asks for.
pub(super) async fn file(req: Req) -> Outcome {
    let (at, format, org) = (At::of(&req)?, files::asked(&req)?, req.workspace()?.org);
    let asked = (at.kind, req.param("table"));
    let (which, sheet) = export::reference_data(req.ctx(), &req.principal, org, asked, format.ending()).await?;
    let stem = format!("{}-{}", at.kind.code(), which.name);
    files::hand_out(&req, &stem, which.title, table(which, &sheet)).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::refdata::{self, Scope};
    use paper::Format;

    use super::*;

    #[test]
    fn what_is_taken_away_can_be_brought_back() {
        for kind in refdata::Kind::ALL {
            let shipped = kind.built_in();
            for which in kind.tables(Scope::Everybody) {
                for format in [Format::Csv, Format::Json] {
                    let file = table(which, shipped).write(format).unwrap();
                    let name = format!("x.{}", format.ending());
                    let mut other = shipped.clone();
                    other.rows_mut(which.name).clear();
                    let back = refdata::import(*kind, Scope::Everybody, &other, Some(which), &name, &file).unwrap();
                    assert_eq!(&back, shipped, "{kind:?} {} {format:?}", which.name);
                }
            }
        }
    }
}
