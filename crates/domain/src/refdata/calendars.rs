//! Countries' calendars as reference data: days off of every week, years whose holidays are known, and the holidays.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use serde_json::{Map, Value, json};

use super::{Breach, Kind, Row, Scope, Sheet, Table, check, sheet::text_of};
use crate::{
    calendar::{Calendars, Weekday},
    date::Date,
};

/// The days of the week.
pub(super) fn weekdays() -> Vec<(&'static str, &'static str)> {
    Weekday::ALL.iter().map(|day| (day.code(), day.label())).collect()
}

/// Version 0.
pub(super) fn shipped() -> Sheet {
    static WHOLE: LazyLock<Value> = LazyLock::new(|| json!(Calendars::embedded()));
    let mut sheet = Sheet::default();
    for weekend in rows(&WHOLE, "weekend") {
        let days: Vec<&str> = rows(weekend, "days").filter_map(Value::as_str).collect();
        let mut row = row(weekend, &["country", "source", "verified"]);
        row.set("days", days.join(" "));
        sheet.rows_mut("weekend").push(row);
    }
    for year in rows(&WHOLE, "year") {
        sheet.rows_mut("year").push(row(year, &["country", "year", "source", "verified"]));
        for day in rows(year, "days") {
            let mut holiday = row(year, &["country"]);
            holiday.set("day", day[0].as_str().unwrap_or_default());
            holiday.set("name", day[1].as_str().unwrap_or_default());
            sheet.rows_mut("holiday").push(holiday);
        }
    }
    sheet
}

fn rows<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value[name].as_array().into_iter().flatten()
}

fn row(written: &Value, columns: &[&str]) -> Row {
    let mut row = Row::default();
    for name in columns {
        row.set(name, text_of(&written[*name]));
    }
    row
}

fn table(name: &str) -> &'static Table {
    Kind::Calendars.table(Scope::Everybody, name).expect("calendars have this table")
}

/// The calendars of a sheet.
pub(super) fn calendars(sheet: &Sheet) -> Result<Calendars, Vec<Breach>> {
    let mut breaches = twice(sheet, "weekend", &["country"]);
    breaches.extend(twice(sheet, "year", &["country", "year"]));
    breaches.extend(twice(sheet, "holiday", &["country", "day"]));
    breaches.extend(weekends(sheet));
    breaches.extend(strays(sheet));
    if !breaches.is_empty() {
        return Err(breaches);
    }
    let weekend: Value = sheet.standing("weekend").map(|(_, row)| row.value(table("weekend"))).collect();
    let mut by_year: HashMap<Place, Vec<&Row>> = HashMap::new();
    for (_, holiday) in sheet.standing("holiday") {
        by_year.entry(place_of(holiday)).or_default().push(holiday);
    }
    let holidays = |year: &Row| by_year.get(&of_year(year)).map(Vec::as_slice).unwrap_or_default();
    let year: Value = sheet.standing("year").map(|(_, row)| year_with_days(row, holidays(row))).collect();
    let whole = |error: serde_json::Error| vec![Breach::of(table("year"), error.to_string())];
    serde_json::from_value(json!({ "weekend": weekend, "year": year })).map_err(whole)
}

fn year_with_days(row: &Row, holidays: &[&Row]) -> Value {
    let days: Value = holidays.iter().map(|holiday| json!([holiday.get("day"), holiday.get("name")])).collect();
    let mut cells = match row.value(table("year")) {
        Value::Object(cells) => cells,
        _ => Map::new(),
    };
    cells.insert("days".to_owned(), days);
    Value::Object(cells)
}

/// Country and year.
type Place = (String, String);

/// To which country and year a holiday belongs.
fn place_of(holiday: &Row) -> Place {
    let year = holiday.get("day").parse::<Date>().map(|day| day.year().to_string());
    (holiday.get("country").to_owned(), year.unwrap_or_default())
}

fn of_year(year: &Row) -> Place {
    (year.get("country").to_owned(), year.get("year").to_owned())
}

fn twice(sheet: &Sheet, name: &str, keys: &[&str]) -> Vec<Breach> {
    let key = |row: &Row| keys.iter().map(|column| row.get(column).to_owned()).collect::<Vec<_>>();
    let (places, keys): (Vec<usize>, Vec<_>) = sheet.standing(name).map(|(place, row)| (place, key(row))).unzip();
    let again = check::twice(&keys).map(|at| places[at]);
    again.map(|place| Breach::of(table(name), "Another row says this already.").in_row(place)).collect()
}

fn weekends(sheet: &Sheet) -> Vec<Breach> {
    let rest = sheet.standing("weekend").any(|(_, row)| row.get("country") == "*");
    let rest =
        (!rest).then(|| Breach::of(table("weekend"), "Keep a row for the country *: it holds where no other does."));
    let idle = sheet.standing("weekend").filter(|(_, row)| row.get("days").split(' ').count() >= 7);
    let words = "Leave at least one day on which people work.";
    let idle = idle.map(|(place, _)| Breach::of(table("weekend"), words).in_row(place).at_name("days"));
    rest.into_iter().chain(idle).collect()
}

/// Holidays of years that nobody has entered would count for nothing.
fn strays(sheet: &Sheet) -> Vec<Breach> {
    let years: HashSet<Place> = sheet.standing("year").map(|(_, year)| of_year(year)).collect();
    let strays = sheet.standing("holiday").filter(|(_, holiday)| !years.contains(&place_of(holiday)));
    let words = "There is no row for this country and year in the table of years. Add it first.";
    strays.map(|(place, _)| Breach::of(table("holiday"), words).in_row(place).at_name("day")).collect()
}
