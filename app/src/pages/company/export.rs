//! The company's sent reports as a file, by the same filter as the list.

use serde_json::{Value, json};
use services::report::{ReportItem, export};

use super::list;
use crate::{
    format::machine,
    web::{Outcome, Reply, Req},
};

/// The names of the columns: the same in every language, so that whatever reads the file finds them.
const HEAD: [&str; 11] = [
    "reference",
    "kind",
    "about",
    "other party",
    "sent by",
    "sent (UTC)",
    "indication",
    "cells",
    "state",
    "answer due (UTC)",
    "outcome",
];

/// For a spreadsheet.
pub(super) async fn csv(req: Req) -> Outcome {
    let rows = taken(&req, "csv").await?;
    Ok(Reply::csv("list.csv", &HEAD, rows.iter().map(|item| cells(item).to_vec())))
}

/// For a program.
pub(super) async fn json(req: Req) -> Outcome {
    let rows: Vec<_> = taken(&req, "json").await?.iter().map(object).collect();
    let body = json!({ "reports": rows }).to_string().into_bytes();
    Ok(Reply::File { name: "list.json".to_owned(), media_type: "application/json", body })
}

async fn taken(req: &Req, format: &str) -> services::Result<Vec<ReportItem>> {
    export(req.ctx(), &req.principal, req.workspace()?.org, list::wanted(req), format).await
}

fn cells(item: &ReportItem) -> [String; HEAD.len()] {
    [
        item.reference.to_string(),
        item.kind.label().to_owned(),
        item.headline.clone(),
        item.party.clone(),
        item.author.clone(),
        machine(item.sent_at),
        item.band.label().to_owned(),
        item.cells.to_string(),
        item.state.label().to_owned(),
        item.question_due.map(machine).unwrap_or_default(),
        item.outcome.map(|outcome| outcome.label().to_owned()).unwrap_or_default(),
    ]
}

/// Codes instead of words, so that no change of wording breaks a reader.
fn object(item: &ReportItem) -> Value {
    json!({
        "reference": item.reference.to_string(),
        "kind": item.kind.code(),
        "about": item.headline,
        "other_party": item.party,
        "sent_by": item.author,
        "sent_at": machine(item.sent_at),
        "indication": item.band.code(),
        "cells": item.cells,
        "state": item.state.code(),
        "answer_due": item.question_due.map(machine),
        "outcome": item.outcome.map(|outcome| outcome.code()),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::{
        indicator::Band,
        report::{OutcomeClass, ReportKind, ReporterState},
        time::Timestamp,
    };

    use super::*;
    use crate::web::csv::csv_file;

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
    fn a_row_has_a_cell_for_each_column_and_no_formula() {
        let file = String::from_utf8(csv_file([cells(&item()).to_vec()])).unwrap();
        assert!(file.contains(r#""'=Acetone, 400 l","Grey Harbour Trading","Tomás Herrera","2026-11-23T14:30:00Z""#));
    }

    #[test]
    fn a_program_reads_codes() {
        let object = object(&item());
        assert_eq!(
            (&object["kind"], &object["state"], &object["outcome"]),
            (&json!("order"), &json!("closed"), &json!("no_action"))
        );
        assert_eq!((&object["answer_due"], &object["cells"]), (&Value::Null, &json!(3)));
    }
}
