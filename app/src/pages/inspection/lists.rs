//! The pack's lists for spreadsheets, and a report for programs.

use domain::{reference::Reference, time::Timestamp};
use paper::{Cell, Column, Table, note::machine};
use serde_json::{Value, json};
use services::{
    evidence::EvidenceFile,
    inspection::{Held, Version},
    learning::Training,
    report::{CompanyEntry, ReportItem},
};

/// A report in the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// As in the list of reports.
    pub item: ReportItem,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// How many versions it has.
    pub versions: i64,
    /// How many files.
    pub files: usize,
}

/// A file in the list.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Of which report.
    pub report: Reference,
    /// The file.
    pub file: EvidenceFile,
}

/// An act in words.
#[derive(Clone, Debug)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
}

const REPORTS: [Column<Line>; 9] = [
    Column::new("reference", "reference", |line| Cell::text(&line.item.reference)),
    Column::new("kind", "kind", |line| Cell::word(line.item.kind.code(), line.item.kind.label())),
    Column::new("about", "about", |line| Cell::text(&line.item.headline)),
    Column::new("other_party", "other party", |line| Cell::text(&line.item.party)),
    Column::new("sent_at", "sent (UTC)", |line| Cell::Moment(line.item.sent_at)),
    Column::new("versions", "versions", |line| Cell::Number(line.versions)),
    Column::new("state", "state", |line| Cell::word(line.item.state.code(), line.item.state.label())),
    Column::new("outcome", "outcome", |line| {
        line.item.outcome.map_or(Cell::Nothing, |outcome| Cell::word(outcome.code(), outcome.label()))
    }),
    Column::new("decided_at", "decided (UTC)", |line| Cell::moment(line.decided_at)),
];

const EVIDENCE: [Column<Piece>; 5] = [
    Column::new("report", "report", |piece| Cell::text(&piece.report)),
    Column::new("file", "file", |piece| Cell::text(&piece.file.name)),
    Column::new("size", "bytes", |piece| Cell::Number(i64::try_from(piece.file.size).unwrap_or(i64::MAX))),
    Column::new("added_at", "added (UTC)", |piece| Cell::Moment(piece.file.at)),
    Column::new("sha256", "SHA-256", |piece| Cell::text(&piece.file.sha256)),
];

const TEAM: [Column<Deed>; 3] = [
    Column::new("at", "time (UTC)", |deed| Cell::Moment(deed.at)),
    Column::new("who", "who", |deed| Cell::text(&deed.who)),
    Column::new("what", "what", |deed| Cell::text(&deed.what)),
];

const TRAINING: [Column<Training>; 7] = [
    Column::new("name", "name", |held| Cell::text(&held.name)),
    Column::new("role", "role", |held| held.role.map_or(Cell::Nothing, |role| Cell::word(role.code(), role.label()))),
    Column::new("module", "module", |held| Cell::text(&held.title)),
    Column::new("version", "version", |held| Cell::Number(held.version)),
    Column::new("passed_at", "passed (UTC)", |held| Cell::Moment(held.issued)),
    Column::new("valid_until", "valid until", |held| Cell::Day(held.until)),
    Column::new("certificate", "certificate", |held| Cell::text(&held.number)),
];

/// The certificates of the company's people.
pub fn training(held: &[Training]) -> Table {
    Table::of("training", &TRAINING, held)
}

/// The reports of the year.
pub fn reports(lines: &[Line]) -> Table {
    Table::of("reports", &REPORTS, lines)
}

/// Their files.
pub fn evidence(pieces: &[Piece]) -> Table {
    Table::of("evidence", &EVIDENCE, pieces)
}

/// What was changed in the team.
pub fn team(deeds: &[Deed]) -> Table {
    Table::of("team_changes", &TEAM, deeds)
}

/// A report with all its versions, for programs.
pub fn report(held: &Held) -> Value {
    let view = &held.view;
    let moment = |at: Option<Timestamp>| at.map(machine);
    json!({
        "reference": view.reference.as_str(),
        "kind": view.kind.code(),
        "state": view.state.code(),
        "sent_at": machine(view.sent_at),
        "aware_at": moment(view.aware_at),
        "duty_due": moment(view.duty_due),
        "basis": view.basis,
        "authority": view.authority.name,
        "outcome": view.outcome.map(|outcome| outcome.code()),
        "decided_at": moment(view.decided_at),
        "duplicate_of": view.duplicate_of.as_ref().map(Reference::as_str),
        "versions": held.versions.iter().map(version).collect::<Vec<_>>(),
        "evidence": held.files.iter().map(file).collect::<Vec<_>>(),
        "thread": view.thread.iter().rev().map(entry).collect::<Vec<_>>(),
    })
}

fn version(version: &Version) -> Value {
    json!({
        "version": version.version,
        "sent_at": machine(version.at),
        "by": version.by,
        "questions": version.questions,
        "sha256": version.sha256,
        "answers": version.answers,
    })
}

fn file(file: &EvidenceFile) -> Value {
    json!({ "name": file.name, "size": file.size, "sha256": file.sha256, "added_at": machine(file.at) })
}

fn entry(entry: &CompanyEntry) -> Value {
    json!({ "at": machine(entry.at), "side": entry.side, "by": entry.person, "what": entry.said, "text": entry.body })
}
