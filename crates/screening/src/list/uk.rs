//! The list of the United Kingdom: OFSI's consolidated list (`ConList.csv`) and the UK Sanctions List that followed it.
//!
//! Both have a row for each name and address of somebody; the rows of one number belong together but need not follow
//! each other, so the list is held in memory until its end. Name 6 is the family name or the name of an entity.

use std::collections::HashMap;
use std::io::BufRead;

use super::build::{Making, join};
use super::encoding::{Text, Utf8};
use super::log::{At, Log, line};
use super::sheet::{Record, Sheet};
use super::tables::Rows;
use super::{Format, LONGEST_RECORD, Refused, Summary, numbers};
use crate::entry::{Entry, Kind, NameRole, NumberKind, Tie};

/// More rows than the list has by far; beyond, they would no longer be held in memory.
const MOST_HELD: usize = 2_000_000;

/// Kept as remarks; the two lists differ in headings.
const REMARKS: [(&str, &str); 31] = [
    ("title", "Title"),
    ("position", "Position"),
    ("gender", "Gender"),
    ("other information", ""),
    ("uk statement of reasons", "Statement of reasons"),
    ("sanctions imposed", "Sanctions imposed"),
    ("designation source", "Designated by"),
    ("un reference number", "United Nations"),
    ("ofsi group id", "OFSI group"),
    ("phone number", "Phone number"),
    ("website", "Website"),
    ("email address", "Email"),
    ("subsidiaries", "Subsidiaries"),
    ("parent company", "Parent company"),
    ("current owner/operator (s)", "Owner or operator"),
    ("current owner/operator(s)", "Owner or operator"),
    ("previous owner/operator (s)", "Former owner or operator"),
    ("previous owner/operator(s)", "Former owner or operator"),
    ("previous flags", "Former flags"),
    ("type of ship", "Type of ship"),
    ("tonnage of ship", "Tonnage"),
    ("length of ship", "Length"),
    ("year built", "Year built"),
    ("hull identification number (hin)", "Hull identification number"),
    ("passport details", "Passport"),
    ("passport additional information", "Passport"),
    ("national identification details", "National identification"),
    ("national identifier additional information", "National identification"),
    ("town of birth", "Place of birth"),
    ("type of entity", "Type of entity"),
    ("date trust services sanctions imposed", "Trust services sanctions imposed"),
];
/// Known and of no use to anybody who compares names.
const PASSED_OVER: [&str; 3] = ["last updated", "non-latin script type", "non-latin script language"];
/// Read below.
const OTHERS: [&str; 41] = [
    "group id",
    "unique id",
    "name 1",
    "name 2",
    "name 3",
    "name 4",
    "name 5",
    "name 6",
    "name non-latin script",
    "dob",
    "d.o.b",
    "country of birth",
    "nationality",
    "nationality(/ies)",
    "passport number",
    "national identification number",
    "national identifier number",
    "business registration number (s)",
    "business registration number(s)",
    "imo number",
    "address 1",
    "address 2",
    "address 3",
    "address 4",
    "address 5",
    "address 6",
    "address line 1",
    "address line 2",
    "address line 3",
    "address line 4",
    "address line 5",
    "address line 6",
    "post/zip code",
    "address postal code",
    "country",
    "address country",
    "group type",
    "regime",
    "regime name",
    "listed on",
    "date designated",
];
/// Read below too.
const MORE: [&str; 8] = [
    "designation type",
    "individual, entity, ship",
    "alias type",
    "name type",
    "alias quality",
    "alias strength",
    "uk sanctions list date designated",
    "current believed flag of ship",
];

pub(super) fn read(input: &mut dyn BufRead, keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    let expected = Format::Uk.label();
    let mut log = Log::default();
    let rows = Rows::new(Utf8::new(input, Text::Table, expected, 2 * LONGEST_RECORD), b',');
    let mut generated = None;
    let mut sheet = Sheet::open(rows, &["name 6", "name 1"], expected, |row| {
        // `Last Updated,28/11/2026` or `Report Date: 28-Nov-2026`
        let text = join(&row.fields);
        generated = Some(text.rsplit([',', ':']).next().unwrap_or_default().trim().into());
    })?;
    if !sheet.has("group id") && !sheet.has("unique id") {
        let found = "no heading says group id or unique id".into();
        return Err(Refused::OtherFormat { expected: expected.into(), found });
    }
    log.summary.generated = generated;
    let known = |name: &str| {
        REMARKS.iter().any(|(column, _)| *column == name)
            || [&PASSED_OVER[..], &OTHERS, &MORE].iter().any(|all| all.contains(&name))
    };
    sheet.note_unknown(&mut log, known);
    let groups = collect(&mut sheet, &mut log)?;
    sheet.close(&mut log);
    for (id, rows) in groups {
        entry(id, rows, &mut log, keep);
    }
    log.finish()
}

/// The rows by number, in the order in which the numbers first appear.
fn collect(sheet: &mut Sheet<'_>, log: &mut Log) -> Result<Vec<(String, Vec<Record>)>, Refused> {
    let mut groups: Vec<(String, Vec<Record>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut held = 0;
    while let Some(mut record) = sheet.next(log)? {
        held += 1;
        if held > MOST_HELD {
            let what = format!("a list with more than {MOST_HELD} rows");
            return Err(Refused::TooLarge { place: line(record.line).to_string(), what, limit: LONGEST_RECORD });
        }
        let mut id = record.take_any(&["unique id", "group id"]);
        if id.is_empty() {
            id = format!("line {}", record.line);
            log.note(
                At { line: record.line, record: "", field: "Group ID" },
                "the row has no number; kept as an entry of its own",
            );
        }
        let place = *places.entry(id.clone()).or_insert_with(|| {
            groups.push((id, Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(record);
    }
    Ok(groups)
}

fn entry(id: String, rows: Vec<Record>, log: &mut Log, keep: &mut dyn FnMut(Entry)) {
    let mut making = Making::new(log, rows.first().map_or(0, |row| row.line), id);
    for mut row in rows {
        making.line = row.line;
        kind(&mut making, &row.take_any(&["group type", "designation type", "individual, entity, ship"]));
        name(&mut making, &mut row);
        facts(&mut making, &mut row);
        for (column, heading) in REMARKS {
            making.remark(heading, &row.take(column));
        }
        for column in PASSED_OVER {
            row.take(column);
        }
        for (column, text) in row.leftovers() {
            making.remark(&column, &text);
        }
    }
    making.hand_out(keep);
}

fn kind(making: &mut Making<'_>, text: &str) {
    making.entry.kind = match text.to_lowercase().as_str() {
        "individual" => Kind::Person,
        "entity" => Kind::Organisation,
        "ship" => Kind::Vessel,
        "" => making.entry.kind,
        other => {
            making.note("Group Type", format!("we do not know the type \u{201c}{other}\u{201d}"));
            making.entry.kind
        }
    };
}

fn name(making: &mut Making<'_>, row: &mut Record) {
    let given = ["name 1", "name 2", "name 3", "name 4", "name 5"].map(|column| row.take(column)).join(" ");
    let family = row.take("name 6");
    let (sort, quality) =
        (row.take_any(&["alias type", "name type"]), row.take_any(&["alias quality", "alias strength"]));
    let role = match (sort.to_lowercase().as_str(), quality.to_lowercase().as_str()) {
        ("fka" | "f.k.a", _) => NameRole::Former,
        (_, "low quality a.k.a" | "low quality aka" | "low") => NameRole::Weak,
        ("primary name" | "", _) => NameRole::Primary,
        ("prime alias" | "aka" | "a.k.a" | "alias" | "primary name variation", _) => NameRole::Alias,
        (other, _) => {
            making.note(
                "Alias Type",
                format!("we do not know the sort of name \u{201c}{other}\u{201d}; taken for an alias"),
            );
            NameRole::Alias
        }
    };
    let person = making.entry.kind == Kind::Person;
    let text = if person { format!("{given} {family}") } else { format!("{family} {given}") };
    making.name(&text, role, if person && !given.trim().is_empty() { &family } else { "" });
    let role = if role == NameRole::Primary { NameRole::Alias } else { role };
    making.name(&row.take("name non-latin script"), role, "");
}

/// `(1) Iraq (2) Syria`: several in one field.
fn numbered(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut rest = text;
    while let Some(start) = rest.find('(') {
        let after = &rest[start + 1..];
        let digits = after.bytes().take(3).take_while(u8::is_ascii_digit).count();
        let part = parts.last_mut().expect("there is always one");
        if (1..3).contains(&digits) && after.as_bytes().get(digits) == Some(&b')') {
            part.push_str(&rest[..start]);
            parts.push(String::new());
            rest = &after[digits + 1..];
        } else {
            part.push_str(&rest[..=start]);
            rest = &rest[start + 1..];
        }
    }
    parts.last_mut().expect("there is always one").push_str(rest);
    let trimmed = parts.iter().map(|part| part.trim().trim_end_matches(['.', ',', ';']).trim());
    trimmed.filter(|part| !part.is_empty()).map(str::to_string).collect()
}

fn facts(making: &mut Making<'_>, row: &mut Record) {
    for date in numbered(&row.take_any(&["dob", "d.o.b"])) {
        making.birth("DOB", &date);
    }
    for country in numbered(&row.take("country of birth")) {
        making.tie("Country of Birth", &country, Tie::Birth);
    }
    for country in numbered(&row.take_any(&["nationality", "nationality(/ies)"])) {
        making.tie("Nationality", &country, Tie::Nationality);
    }
    for (columns, kind) in [
        (&["passport number"][..], NumberKind::Passport),
        (&["national identification number", "national identifier number"], NumberKind::National),
        (&["business registration number (s)", "business registration number(s)"], NumberKind::Registration),
    ] {
        for number in numbered(&row.take_any(columns)) {
            making.number(columns[0], kind, &number, "");
        }
    }
    for number in numbered(&row.take("imo number")) {
        let kind = if numbers::imo(&number).is_some() { NumberKind::Imo } else { NumberKind::Other };
        making.number("IMO number", kind, numbers::imo(&number).unwrap_or(&number), "");
    }
    for flag in numbered(&row.take("current believed flag of ship")) {
        making.tie("Current believed flag of ship", &flag, Tie::Registration);
    }
    let lines = ["1", "2", "3", "4", "5", "6"]
        .map(|number| row.take_any(&[&format!("address {number}"), &format!("address line {number}")]));
    let postcode = row.take_any(&["post/zip code", "address postal code"]);
    let country = row.take_any(&["country", "address country"]);
    making.address("Country", &[join(&lines), postcode], &country);
    making.programme(&row.take_any(&["regime", "regime name"]));
    for column in ["listed on", "date designated", "uk sanctions list date designated"] {
        making.listed_on(column, &row.take(column));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_parts_are_told_apart() {
        assert_eq!(numbered("(1) Iraq. (2) Syria (since 2001)"), ["Iraq", "Syria (since 2001)"]);
        assert_eq!(numbered("Iraq"), ["Iraq"]);
        assert_eq!(numbered("1 (a"), ["1 (a"]);
        assert!(numbered("").is_empty());
    }
}
