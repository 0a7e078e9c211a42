//! What is wrong with a sheet: cell by cell, then between the rows.

use std::{collections::HashSet, hash::Hash};

use super::{Breach, Cell, Column, Kind, Row, Scope, Sheet, Table, spec::Rule};
use crate::{
    date::Date,
    deadline::Deadlines,
    openness::Openness,
    report::{Decision, Duties, Reasons},
};

/// The most characters of a cell.
const LINE: usize = 300;
const LINES: usize = 2000;
/// The most rows of a table.
const ROWS: usize = 5000;

/// Every cell of a table.
pub(super) fn cells(table: &'static Table, sheet: &Sheet) -> Vec<Breach> {
    if sheet.rows(table.name).len() > ROWS {
        return vec![Breach::of(table, format!("There are too many rows. At most {ROWS} fit."))];
    }
    let rows = sheet.standing(table.name);
    rows.flat_map(|(place, found)| row(table, found).into_iter().map(move |breach| breach.in_row(place))).collect()
}

/// Every cell of a row.
pub(super) fn row(table: &'static Table, row: &Row) -> Vec<Breach> {
    let wrong =
        |column: &'static Column| wrong(column, row.get(column.name)).map(|words| Breach::of(table, words).at(column));
    table.columns.iter().filter_map(wrong).collect()
}

fn wrong(column: &Column, text: &str) -> Option<String> {
    if text.is_empty() {
        return column.required.then(|| "This is needed.".to_owned());
    }
    let said = |words: &str| Some(words.to_owned());
    match column.cell {
        Cell::Line | Cell::Words if text.chars().count() > LINE => {
            return Some(format!("Use at most {LINE} characters."));
        }
        Cell::Lines if text.chars().count() > LINES => return Some(format!("Use at most {LINES} characters.")),
        Cell::Number { min, max } if !text.parse().is_ok_and(|number: i64| (min..=max).contains(&number)) => {
            return Some(format!("Write a whole number from {min} to {max}."));
        }
        Cell::Day if text.parse::<Date>().is_err() => return said("Write the day like 2026-11-23."),
        Cell::Flag if text != super::sheet::YES && text != super::sheet::NO => return said("Write yes or no."),
        Cell::Choice(options) if options().iter().all(|(code, _)| *code != text) => {
            let codes: Vec<&str> = options().into_iter().map(|(code, _)| code).collect();
            return Some(format!("Choose one of these: {}.", codes.join(", ")));
        }
        Cell::Several(options) if text.split(' ').any(|chosen| options().iter().all(|(code, _)| *code != chosen)) => {
            let codes: Vec<&str> = options().into_iter().map(|(code, _)| code).collect();
            return Some(format!("Use only these, with blanks between: {}.", codes.join(", ")));
        }
        _ => {}
    }
    let fits = |rule: &Rule| match column.cell {
        Cell::Words => text.split(' ').all(rule.fits),
        _ => (rule.fits)(text),
    };
    column.rule.filter(|rule| !fits(rule)).map(|rule| rule.words.to_owned())
}

/// Turns places among the rows that count into places among all.
pub(super) fn at_rows(breaches: Vec<Breach>, sheet: &Sheet) -> Vec<Breach> {
    let placed = |mut breach: Breach| {
        let place = breach.row.zip(breach.table).and_then(|(row, table)| sheet.standing(table.name).nth(row));
        breach.row = place.map(|(place, _)| place).or(breach.row);
        breach
    };
    breaches.into_iter().map(placed).collect()
}

/// Rows whose keys stand in an earlier one.
pub(super) fn twice<K: Eq + Hash>(keys: &[K]) -> impl Iterator<Item = usize> + '_ {
    let mut seen = HashSet::new();
    keys.iter().enumerate().filter(move |(_, key)| !seen.insert(*key)).map(|(place, _)| place)
}

fn backwards(from: Option<Date>, to: Option<Date>) -> bool {
    from.zip(to).is_some_and(|(from, to)| to < from)
}

/// What holds between deadlines.
pub(super) fn deadlines(data: &Deadlines, scope: Scope) -> Vec<Breach> {
    let mut breaches = answers(data, scope);
    if scope == Scope::Authority {
        return breaches;
    }
    let table = Kind::Deadlines.table(scope, "report").expect("deadlines have a table of law");
    let ids: Vec<&str> = data.reports().iter().map(|row| row.id.as_str()).collect();
    let same = twice(&ids).map(|row| Breach::of(table, "Another row has this mark.").in_row(row).at_name("id"));
    breaches.extend(same);
    let turned = data.reports().iter().enumerate().filter(|(_, row)| backwards(row.valid_from, row.valid_to));
    breaches.extend(turned.map(|(row, _)| Breach::of(table, LAST_FIRST).in_row(row).at_name("valid_to")));
    let asked = Duties::embedded().all().iter().filter_map(|duty| duty.deadline.as_deref());
    let missing = asked.filter(|id| !ids.contains(id));
    breaches
        .extend(missing.map(|id| Breach::of(table, format!("A duty refers to the mark {id}. Keep a row with it."))));
    breaches
}

const LAST_FIRST: &str = "The last day lies before the first.";

fn answers(data: &Deadlines, scope: Scope) -> Vec<Breach> {
    let table = Kind::Deadlines.table(scope, "answer").expect("deadlines have a table of answers");
    let rows = data.answers();
    let keys: Vec<_> = rows.iter().map(|row| (row.country.as_str(), row.valid_from)).collect();
    let same = twice(&keys).map(|row| Breach::of(table, "Another row has this country and first day.").in_row(row));
    let turned = rows.iter().enumerate().filter(|(_, row)| backwards(row.valid_from, row.valid_to));
    let turned = turned.map(|(row, _)| Breach::of(table, LAST_FIRST).in_row(row).at_name("valid_to"));
    let open = rows.iter().any(|row| row.country == "*" && row.valid_from.is_none() && row.valid_to.is_none());
    let open = (!open).then(|| {
        Breach::of(table, "Keep a row for the country * without a first and last day: it holds where no other does.")
    });
    same.chain(turned).chain(open).collect()
}

/// What holds between the parts of what an installation says of itself.
pub(super) fn openness(data: &Openness) -> Vec<Breach> {
    let table = Kind::Openness.table(Scope::Everybody, "part").expect("openness has a table");
    let ids: Vec<&str> = data.part.iter().map(|part| part.id.as_str()).collect();
    let same = twice(&ids).map(|row| Breach::of(table, "Another row has this mark.").in_row(row).at_name("id"));
    let wrong = data.wrong().into_iter();
    same.chain(wrong.map(|(row, column, words)| Breach::of(table, words).in_row(row).at_name(column))).collect()
}

/// What holds between reasons.
pub(super) fn reasons(data: &Reasons) -> Vec<Breach> {
    let table = Kind::Reasons.table(Scope::Everybody, "reason").expect("reasons have a table");
    let keys: Vec<_> = data.all().iter().map(|reason| (reason.decision, reason.code.as_str())).collect();
    let same =
        twice(&keys).map(|row| Breach::of(table, "This decision has the code already.").in_row(row).at_name("code"));
    let told = data.all().iter().enumerate().filter(|(_, reason)| !reason.tells_what_it_should());
    let told = told.map(|(row, reason)| {
        let words = match reason.decision {
            Decision::Accept => "For an accepted report, choose “being or was followed up”.",
            Decision::Duplicate => "For a duplicate, choose “already known”.",
            Decision::Close => "Choose what the reporter is told when a report is closed.",
            Decision::Reopen | Decision::Withdraw | Decision::Severity => {
                "The reporter is told nothing by this decision: leave it empty."
            }
        };
        Breach::of(table, words).in_row(row).at_name("outcome")
    });
    let without = Decision::ALL.iter().filter(|decision| data.for_decision(**decision).next().is_none());
    let without =
        without.map(|decision| Breach::of(table, format!("“{}” needs a reason to choose.", decision.label())));
    same.chain(told).chain(without).collect()
}
