//! The company's sent reports as a file, by the same filter as the list.

use paper::{Cell, Column, Table};
use services::{export, report::ReportItem};

use super::list;
use crate::{
    text::company::texts,
    web::{Outcome, Req, files},
};

const COLUMNS: [Column<ReportItem>; 11] = [
    Column::new("reference", "reference", |item| Cell::text(&item.reference)),
    Column::new("kind", "kind", |item| Cell::word(item.kind.code(), item.kind.label())),
    Column::new("about", "about", |item| Cell::text(&item.headline)),
    Column::new("other_party", "other party", |item| Cell::text(&item.party)),
    Column::new("sent_by", "sent by", |item| Cell::text(&item.author)),
    Column::new("sent_at", "sent (UTC)", |item| Cell::Moment(item.sent_at)),
    Column::new("indication", "indication", |item| Cell::word(item.band.code(), item.band.label())),
    Column::new("cells", "cells", |item| Cell::Number(item.cells.into())),
    Column::new("state", "state", |item| Cell::word(item.state.code(), item.state.label())),
    Column::new("answer_due", "answer due (UTC)", |item| Cell::moment(item.question_due)),
    Column::new("outcome", "outcome", |item| {
        item.outcome.map_or(Cell::Nothing, |outcome| Cell::word(outcome.code(), outcome.label()))
    }),
];

/// Reports of a company as a table.
pub(crate) fn table(items: &[ReportItem]) -> Table {
    Table::of("reports", &COLUMNS, items)
}

/// The list as a file of the kind that the address asks for.
pub(super) async fn file(req: Req) -> Outcome {
    let (org, format) = (req.workspace()?.org, files::asked(&req)?);
    let items = export::own_reports(req.ctx(), &req.principal, org, list::wanted(&req), format.ending()).await?;
    files::hand_out(&req, "list", texts(req.lang).reports_title, table(&items)).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::{
        indicator::Band,
        report::{OutcomeClass, ReportKind, ReporterState},
        time::Timestamp,
    };
    use paper::Format;
    use serde_json::{Value, json};

    use super::*;

    fn item() -> ReportItem {
        ReportItem {
            reference: domain::reference::Reference::from_bits(7),
            kind: ReportKind::Order,
            state: ReporterState::Closed,
            headline: "=Acetone, 400 l".to_owned(),
            party: "Grey Harbour Trading".to_owned(),
            author: "Tomás Herrera".to_owned(),
            sent_at: Timestamp(1_795_444_200_000_000),
            band: Band::Amber,
            cells: 3,
            quick: false,
            to_confirm: false,
            unread: true,
            question_due: None,
            outcome: Some(OutcomeClass::NoAction),
        }
    }

    #[test]
    fn people_get_words_and_no_formula() {
        let file = String::from_utf8(table(&[item()]).write(Format::Csv).unwrap()).unwrap();
        assert!(file.contains(r#""'=Acetone, 400 l","Grey Harbour Trading","Tomás Herrera","2026-11-23T14:30:00Z""#));
        assert!(file.contains(OutcomeClass::NoAction.label()), "{file}");
    }

    #[test]
    fn a_program_reads_codes() {
        let file: Value = serde_json::from_slice(&table(&[item()]).write(Format::Json).unwrap()).unwrap();
        let row = &file["reports"][0];
        assert_eq!(
            (&row["kind"], &row["state"], &row["outcome"]),
            (&json!("order"), &json!("closed"), &json!("no_action"))
        );
        assert_eq!((&row["answer_due"], &row["cells"]), (&Value::Null, &json!(3)));
    }
}
