//! Places on lists and thresholds of substances as reference data, and the sources that they name.
//!
//! What a substance is (names, numbers, uses) and which lists there are stays with the program. A version says where each
//! substance stands on them, from when to when, with which thresholds; the whole catalogue is then checked as it is when
//! the program starts.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use serde_json::{Value, json};

use super::{Breach, Kind, Row, Scope, Sheet, sheet::text_of};
use crate::{
    date::Date,
    substance::{Catalogue, CatalogueError, Listing, Source, Substance, Threshold},
};

/// The catalogue that ships with the program.
fn program() -> &'static Catalogue {
    static PROGRAM: LazyLock<Catalogue> =
        LazyLock::new(|| Catalogue::load().expect("the catalogue of data/ is read by a test"));
    &PROGRAM
}

/// What tells a place on a list from others: substance, list, category, first day.
type Place = (String, String, String, Option<Date>);

fn place_of(row: &Row) -> Place {
    let text = |column: &str| row.get(column).to_owned();
    (text("substance"), text("list"), text("category"), row.get("valid_from").parse().ok())
}

/// Version 0: where the program's substances stand.
pub(super) fn shipped() -> Sheet {
    let mut sheet = Sheet::default();
    let catalogue = program();
    *sheet.rows_mut("source") = catalogue.sources().iter().map(|source| row(&json!(source), &[])).collect();
    for substance in catalogue.all() {
        for listing in &substance.listings {
            let mut written = json!(listing);
            flatten(&mut written);
            sheet.rows_mut("listing").push(row(&written, &[("substance", &substance.slug)]));
            let day = listing.valid_from.map(|day| day.to_string()).unwrap_or_default();
            let place = [
                ("substance", substance.slug.as_str()),
                ("list", &listing.list),
                ("category", &listing.category),
                ("valid_from", &day),
            ];
            let thresholds = listing.thresholds.iter().map(|threshold| row(&json!(threshold), &place));
            sheet.rows_mut("threshold").extend(thresholds);
        }
    }
    sheet
}

/// A listing without what other tables say, its rule for mixtures in two cells.
fn flatten(listing: &mut Value) {
    let Some(cells) = listing.as_object_mut() else { return };
    cells.remove("thresholds");
    cells.remove("jurisdiction");
    if let Some(rule) = cells.remove("mixture_rule") {
        cells.insert("mixture_rule".to_owned(), rule["rule"].clone());
        cells.insert("mixture_from".to_owned(), rule["from_percent"].clone());
    }
}

fn row(written: &Value, beside: &[(&str, &str)]) -> Row {
    let mut row = Row::default();
    for (name, value) in written.as_object().into_iter().flatten() {
        row.set(name, text_of(value));
    }
    for (name, text) in beside {
        row.set(name, *text);
    }
    row
}

/// The program's catalogue with the places, thresholds and sources of a sheet.
pub(super) fn catalogue(sheet: &Sheet) -> Result<Arc<Catalogue>, Vec<Breach>> {
    let table = |name| Kind::Substances.table(Scope::Everybody, name).expect("substances have this table");
    let (listings, thresholds, sources) = (table("listing"), table("threshold"), table("source"));
    let mut breaches = Vec::new();
    let mut read_sources: Vec<Source> = Vec::new();
    for (place, row) in sheet.standing("source") {
        let breach = |words: String| Breach::of(sources, words).in_row(place);
        match serde_json::from_value::<Source>(row.value(sources)) {
            Ok(source) if read_sources.iter().any(|other| other.id == source.id) => {
                breaches.push(breach("Another row has this key.".to_owned()).at_name("id"));
            }
            Ok(source) => read_sources.push(source),
            Err(error) => breaches.push(breach(error.to_string())),
        }
    }
    let mut by_place: BTreeMap<Place, Vec<Threshold>> = BTreeMap::new();
    let mut known: BTreeMap<Place, usize> = BTreeMap::new();
    for (_, row) in sheet.standing("listing") {
        *known.entry(place_of(row)).or_default() += 1;
    }
    for (place, row) in sheet.standing("threshold") {
        let breach = |words: String| Breach::of(thresholds, words).in_row(place);
        let of = place_of(row);
        if !known.contains_key(&of) {
            breaches.push(breach(
                "There is no place on a list with this substance, list, category and first day.".to_owned(),
            ));
        }
        let mut value = row.value(thresholds);
        for key in ["substance", "list", "category", "valid_from"] {
            value.as_object_mut().map(|cells| cells.remove(key));
        }
        match serde_json::from_value::<Threshold>(value) {
            Ok(threshold) => by_place.entry(of).or_default().push(threshold),
            Err(error) => breaches.push(breach(error.to_string())),
        }
    }
    let mut by_substance: BTreeMap<&str, Vec<Listing>> = BTreeMap::new();
    for (place, row) in sheet.standing("listing") {
        let breach = |words: String| Breach::of(listings, words).in_row(place);
        let of = place_of(row);
        if known[&of] > 1 {
            breaches.push(breach("Another row has this substance, list, category and first day.".to_owned()));
        }
        if program().find(&of.0).is_none() {
            breaches.push(breach("There is no substance with this handle.".to_owned()).at_name("substance"));
        }
        match listing(row, row.value(listings), by_place.remove(&of).unwrap_or_default()) {
            Ok(listing) => by_substance.entry(row.get("substance")).or_default().push(listing),
            Err(words) => breaches.push(breach(words)),
        }
    }
    if !breaches.is_empty() {
        return Err(breaches);
    }
    let with_places = |substance: &Substance| {
        let listings = by_substance.get(substance.slug.as_str()).cloned().unwrap_or_default();
        Substance { listings, ..substance.clone() }
    };
    let substances = program().all().iter().map(with_places).collect();
    Catalogue::new(substances, program().lists().to_vec(), read_sources)
        .map(Arc::new)
        .map_err(|error| told(sheet, error))
}

fn listing(row: &Row, mut value: Value, thresholds: Vec<Threshold>) -> Result<Listing, String> {
    let list = program().list(row.get("list")).ok_or("There is no list with this handle.")?;
    let cells = value.as_object_mut().ok_or("This is no row.")?;
    cells.remove("substance");
    let (rule, from) = (cells.remove("mixture_rule"), cells.remove("mixture_from"));
    if from.is_some() && rule.is_none() {
        return Err("A share in per cent needs the rule for mixtures beside it.".to_owned());
    }
    if let Some(rule) = rule {
        cells.insert("mixture_rule".to_owned(), json!({ "rule": rule, "from_percent": from }));
    }
    cells.insert("jurisdiction".to_owned(), json!(list.jurisdiction));
    let listing: Listing = serde_json::from_value(value).map_err(|error| error.to_string())?;
    Ok(Listing { thresholds, ..listing })
}

/// The breaches of the whole, each at the first place of its substance.
fn told(sheet: &Sheet, error: CatalogueError) -> Vec<Breach> {
    let table = Kind::Substances.table(Scope::Everybody, "listing");
    let breaches = match error {
        CatalogueError::Breaches(breaches) => breaches,
        CatalogueError::Unreadable(_, words) => vec![words],
    };
    let breach = |words: String| {
        let slug = words.split_once(": ").map_or("", |(slug, _)| slug).to_owned();
        let row = sheet.standing("listing").find(|(_, row)| row.get("substance") == slug).map(|(place, _)| place);
        Breach { table: row.and(table), row, column: None, words }
    };
    breaches.into_iter().map(breach).collect()
}
