//! The catalogue as data: for the islands as JSON, for people as a table to keep.

use domain::{date::Date, substance::PublicSubstance};

use super::{filter::Filter, prepared, today};
use crate::{
    islands::substance_rows::find,
    web::{Outcome, Reply, Req},
};

/// The names of the columns: the same in every language, so that whatever reads the file finds them.
const HEAD: [&str; 10] =
    ["handle", "name", "kind", "other names", "CAS", "EC", "HS", "CN", "1988 Convention", "lists in force"];

/// The search index; the same for everybody, so it may be cached.
pub(super) async fn index(req: Req) -> Outcome {
    let body = prepared(&req)?.json.clone();
    Ok(Reply::Json { body, public: true })
}

/// The entries of the list as a file, by the same search and filters.
pub(super) async fn export(req: Req) -> Outcome {
    let (prepared, catalogue, day) = (prepared(&req)?, &req.ctx().catalogue, today(&req));
    let filter = Filter::read(&req.query, catalogue);
    let only = filter.only(catalogue, day);
    let found = find(&prepared.index, &filter.q, |entry| only.as_ref().is_none_or(|only| only.contains(&entry.slug)));
    let entries = found.iter().map(|found| &prepared.index.entries()[found.index]);
    let rows = entries.filter_map(|entry| {
        let substance = catalogue.find_public(&entry.slug)?;
        Some(row(&substance, entry.schedule_label(), day))
    });
    Ok(Reply::csv(format!("substances-{day}.csv"), &HEAD, rows))
}

fn row(substance: &PublicSubstance, schedule: &str, day: Date) -> Vec<String> {
    let join = |texts: Vec<String>| texts.join("; ");
    let in_force = substance.listings.iter().filter(|listing| listing.in_force(day));
    vec![
        substance.slug.clone(),
        substance.name.clone(),
        super::filter::kind_code(substance.kind).to_owned(),
        join(substance.synonyms.iter().map(|synonym| synonym.text.clone()).collect()),
        join(substance.cas.iter().map(|cas| cas.number.to_string()).collect()),
        join(substance.ec.iter().map(|ec| ec.number.to_string()).collect()),
        join(substance.hs.iter().map(|hs| format!("{} ({})", hs.code, hs.edition)).collect()),
        join(substance.cn.iter().map(|cn| cn.code.to_string()).collect()),
        schedule.to_owned(),
        join(in_force.map(|listing| format!("{}: {}", listing.jurisdiction.code(), listing.category)).collect()),
    ]
}
