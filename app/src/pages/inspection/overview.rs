//! The first page of the pack: which reports, until when they are to be kept, who was given which right.

use domain::{answers::when::long_date, lang::Lang, time::Timestamp};
use paper::pdf::{Block, Document};
use services::{inspection::Scope, learning::Training};

use super::lists::{Deed, Line};
use crate::{
    format,
    text::{
        common, fill,
        inspection::{Texts, texts},
        record,
    },
};

/// The overview as a document. `by` is who takes the pack, `address` where receipts can be checked.
pub fn document(
    lang: Lang,
    scope: &Scope,
    (lines, deeds, held): (&[Line], &[Deed], &[Training]),
    (by, address): (&str, &str),
    now: Timestamp,
) -> Document {
    let (t, product) = (texts(lang), common::texts(lang).product);
    let zone = scope.time_zone.as_str();
    let title = fill(t.overview, &[("year", &scope.year.to_string())]);
    let facts = [
        (t.company, scope.company.clone()),
        (t.made, format::moment(now, zone)),
        (t.made_by, by.to_owned()),
        (t.count, lines.len().to_string()),
        (t.kept, kept(t, scope)),
    ];
    let facts = facts.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let blocks = vec![
        Block::Title(title.clone()),
        Block::Small(record::texts(lang).confidential.to_owned()),
        Block::Facts(facts),
        Block::Heading(t.reports.to_owned()),
        reports(t, lines, zone),
        Block::Heading(t.team.to_owned()),
        team(t, deeds, zone),
        Block::Heading(t.training.to_owned()),
        training(t, held, zone),
        Block::Heading(t.files.to_owned()),
        Block::Text(fill(t.files_text, &[("address", address)])),
    ];
    Document {
        title: title.clone(),
        lang: lang.tag(),
        author: product.to_owned(),
        at: now,
        head: (product.to_owned(), title),
        foot: (scope.company.clone(), record::texts(lang).page.to_owned()),
        blocks,
    }
}

fn kept(t: &Texts, scope: &Scope) -> String {
    let Some((rule, until)) = &scope.kept else { return t.kept_unknown.to_owned() };
    let words = if rule.verified { t.kept_rule } else { t.kept_unread };
    fill(words, &[("until", &long_date(*until)), ("words", &rule.words), ("source", &rule.source)])
}

fn reports(t: &Texts, lines: &[Line], zone: &str) -> Block {
    if lines.is_empty() {
        return Block::Text(t.none.to_owned());
    }
    let row = |line: &Line| {
        let outcome = line.item.outcome.map(|outcome| outcome.label().to_owned()).unwrap_or_default();
        vec![
            line.item.reference.to_string(),
            format::day(line.item.sent_at, zone),
            line.item.kind.label().to_owned(),
            line.item.state.label().to_owned(),
            outcome,
            line.files.to_string(),
        ]
    };
    let head = [t.reference, t.sent, t.kind, t.state, t.outcome, t.evidence].map(str::to_owned).to_vec();
    Block::Table { head, widths: vec![5, 3, 5, 4, 5, 2], rows: lines.iter().map(row).collect() }
}

fn training(t: &Texts, held: &[Training], zone: &str) -> Block {
    if held.is_empty() {
        return Block::Text(t.training_none.to_owned());
    }
    let row = |held: &Training| {
        vec![
            held.name.clone(),
            held.title.clone(),
            format::day(held.issued, zone),
            long_date(held.until),
            held.number.clone(),
        ]
    };
    let head = [t.who, t.module, t.passed, t.valid_until, t.certificate].map(str::to_owned).to_vec();
    Block::Table { head, widths: vec![4, 6, 3, 3, 4], rows: held.iter().map(row).collect() }
}

fn team(t: &Texts, deeds: &[Deed], zone: &str) -> Block {
    if deeds.is_empty() {
        return Block::Text(t.team_none.to_owned());
    }
    let row = |deed: &Deed| vec![format::moment(deed.at, zone), deed.who.clone(), deed.what.clone()];
    let head = [t.when, t.who, t.what].map(str::to_owned).to_vec();
    Block::Table { head, widths: vec![3, 4, 5], rows: deeds.iter().map(row).collect() }
}
