//! The catalogue as data: for the islands as JSON, for people as a table to keep.

use domain::{date::Date, substance::PublicSubstance};
use paper::{Cell, Column, Table};

use super::{filter::Filter, prepared, today};
use crate::{
    islands::substance_rows::find,
    web::{Outcome, Reply, Req, files},
};

/// An entry as it stands on a day.
struct Line {
    substance: PublicSubstance,
    schedule: String,
    day: Date,
}

const COLUMNS: [Column<Line>; 10] = [
    Column::new("handle", "handle", |line| Cell::text(&line.substance.slug)),
    Column::new("name", "name", |line| Cell::text(&line.substance.name)),
    Column::new("kind", "kind", |line| Cell::text(super::filter::kind_code(line.substance.kind))),
    Column::new("other_names", "other names", |line| list(&line.substance.synonyms, |synonym| synonym.text.clone())),
    Column::new("cas", "CAS", |line| list(&line.substance.cas, |cas| cas.number.to_string())),
    Column::new("ec", "EC", |line| list(&line.substance.ec, |ec| ec.number.to_string())),
    Column::new("hs", "HS", |line| list(&line.substance.hs, |hs| format!("{} ({})", hs.code, hs.edition))),
    Column::new("cn", "CN", |line| list(&line.substance.cn, |cn| cn.code.to_string())),
    Column::new("convention_1988", "1988 Convention", |line| Cell::text(&line.schedule)),
    Column::new("lists", "lists in force", |line| {
        let in_force = line.substance.listings.iter().filter(|listing| listing.in_force(line.day));
        Cell::List(in_force.map(|listing| format!("{}: {}", listing.jurisdiction.code(), listing.category)).collect())
    }),
];

fn list<T>(of: &[T], text: fn(&T) -> String) -> Cell {
    Cell::List(of.iter().map(text).collect())
}

/// The search index; the same for everybody, so it may be cached.
pub(super) async fn index(req: Req) -> Outcome {
    let body = prepared(&req)?.json.clone();
    Ok(Reply::Json { body, public: true })
}

/// The entries of the list as a file, by the same search and filters.
pub(super) async fn file(req: Req) -> Outcome {
    let (prepared, catalogue, day) = (prepared(&req)?, req.ctx().catalogue(), today(&req));
    let filter = Filter::read(&req.query, &catalogue);
    let only = filter.only(&catalogue, day);
    let found = find(&prepared.index, &filter.q, |entry| only.as_ref().is_none_or(|only| only.contains(&entry.slug)));
    let entries = found.iter().map(|found| &prepared.index.entries()[found.index]);
    let line = |entry: &domain::search::SearchEntry| {
        let substance = catalogue.find_public(&entry.slug)?;
        Some(Line { substance, schedule: entry.schedule_label().to_owned(), day })
    };
    let lines: Vec<Line> = entries.filter_map(line).collect();
    files::hand_out_public(&req, "substances", Table::of("substances", &COLUMNS, &lines)).await
}
