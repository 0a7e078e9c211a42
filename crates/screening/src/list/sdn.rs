//! OFAC's lists as a set of tables without headings.
//!
//! `SDN.CSV` has the records, `ALT.CSV` further names, `ADD.CSV` addresses, `SDN_COMMENTS.CSV` what did not fit into the
//! remarks. `-0-` means nothing. The small ones are read first and held in memory, the records are streamed.

use std::collections::HashMap;
use std::io::BufRead;

use super::build::{Making, clean, join};
use super::encoding::{Text, Utf8};
use super::log::{At, Log, line, short};
use super::tables::{Row, Rows, fits};
use super::{Format, LONGEST_RECORD, Refused, Summary, remarks};
use crate::entry::{Entry, Kind, NameRole, NumberKind, Tie};

/// One of several files that belong together.
pub struct File<'a> {
    /// Its name, by which it is told apart.
    pub name: String,
    /// What is in it.
    pub content: &'a mut dyn BufRead,
}

/// More rows than the companions of any list have; beyond, they would no longer be held in memory.
const MOST_HELD: usize = 2_000_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Records,
    Names,
    Addresses,
    Comments,
}

impl Part {
    fn of(name: &str) -> Option<Self> {
        let name = name.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
        let stem = name.strip_suffix(".csv").or_else(|| name.strip_suffix(".txt")).unwrap_or(&name);
        [
            ("comments", Self::Comments),
            ("alt", Self::Names),
            ("add", Self::Addresses),
            ("sdn", Self::Records),
            ("prim", Self::Records),
        ]
        .into_iter()
        .find(|(end, _)| stem.ends_with(end))
        .map(|(_, part)| part)
    }

    const fn width(self) -> usize {
        match self {
            Self::Records => 12,
            Self::Names => 5,
            Self::Addresses => 6,
            Self::Comments => 2,
        }
    }
}

/// Whether a first line may belong to the set.
pub(super) fn looks_like(first: &str, name: &str) -> bool {
    let number = first.split(',').next().unwrap_or_default().trim();
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let mut bytes = first.as_bytes();
    let mut rows = Rows::new(Utf8::new(&mut bytes, Text::Table, "", LONGEST_RECORD), b',');
    match rows.next().ok().flatten().map(|row| row.fields) {
        Some(fields) if fields.len() == 2 => Part::of(name) == Some(Part::Comments),
        Some(fields) if fields.len() == 5 => matches!(fields[2].trim(), "aka" | "fka" | "nka"),
        Some(fields) => fields.len() == 12 || fields.len() == 6 && Part::of(name) == Some(Part::Addresses),
        // The line may go on beyond what was looked at.
        None => matches!(Part::of(name), Some(Part::Records | Part::Comments)),
    }
}

/// What the companions say about a record, with the line on which it stands.
#[derive(Default)]
struct Held {
    names: HashMap<String, Vec<(u64, Vec<String>)>>,
    addresses: HashMap<String, Vec<(u64, Vec<String>)>>,
    comments: HashMap<String, Vec<(u64, Vec<String>)>>,
    /// The names of the files in which these stand.
    files: [String; 3],
    rows: usize,
}

pub(super) fn read(files: &mut [File<'_>], keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    let expected = Format::SdnCsv.label();
    let refuse = |found: String| Refused::OtherFormat { expected: expected.into(), found };
    let mut log = Log::default();
    let mut held = Held::default();
    let mut records = None;
    let single = files.len() == 1;
    for file in files {
        let name = short(&file.name);
        let part = Part::of(&file.name).ok_or_else(|| refuse(format!("the file {name} is none of the set")))?;
        if part == Part::Records {
            if records.replace(file).is_some() {
                return Err(refuse(format!("there are two files of records; the second is {name}")));
            }
            continue;
        }
        log.file.clone_from(&name);
        match part {
            Part::Names => held.files[0].clone_from(&name),
            Part::Addresses => held.files[1].clone_from(&name),
            _ => held.files[2].clone_from(&name),
        }
        hold(&mut held, part, file, &mut log).map_err(|refused| refused.in_file(&name))?;
    }
    let file = records.ok_or_else(|| refuse("the file with the records, SDN.CSV, is missing".into()))?;
    let name = short(&file.name);
    log.file = if single { String::new() } else { name.clone() };
    let place = |refused: Refused| if single { refused } else { refused.in_file(&name) };
    self::records(file, &mut held, &mut log, keep).map_err(place)?;
    note_orphans(&held, &mut log);
    log.finish()
}

fn rows<'a>(file: &'a mut File<'_>) -> Rows<'a> {
    Rows::new(Utf8::new(file.content, Text::Table, Format::SdnCsv.label(), 2 * LONGEST_RECORD), b',')
}

/// Goes through a file row by row, knowing which is the last.
fn each_row(
    file: &mut File<'_>,
    part: Part,
    log: &mut Log,
    each: &mut dyn FnMut(Row, &mut Log) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let mut rows = rows(file);
    let mut waiting = rows.next()?;
    if waiting.as_ref().is_some_and(|row| row.fields.len() < 2 || number(row).is_none()) {
        let found = "its first row does not begin with the number of a record".into();
        return Err(Refused::OtherFormat { expected: Format::SdnCsv.label().into(), found });
    }
    while let Some(row) = waiting {
        waiting = rows.next()?;
        fits(log, &row, part.width(), waiting.is_none())?;
        each(row, log)?;
    }
    rows.input.note_strays(log);
    Ok(())
}

fn number(row: &Row) -> Option<String> {
    let number = clean(row.fields.first()?);
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

fn hold(held: &mut Held, part: Part, file: &mut File<'_>, log: &mut Log) -> Result<(), Refused> {
    each_row(file, part, log, &mut |row, log| {
        let Some(number) = number(&row) else {
            log.note(line(row.line), format!("the row belongs to no record: {}", join(&row.fields)));
            return Ok(());
        };
        held.rows += 1;
        if held.rows > MOST_HELD {
            let what = format!("the set with more than {MOST_HELD} rows beside the records");
            return Err(Refused::TooLarge { place: line(row.line).to_string(), what, limit: LONGEST_RECORD });
        }
        let map = match part {
            Part::Names => &mut held.names,
            Part::Addresses => &mut held.addresses,
            _ => &mut held.comments,
        };
        map.entry(number).or_default().push((row.line, row.fields));
        Ok(())
    })
}

/// What belongs to a record that is not there: the files are of different days.
fn note_orphans(held: &Held, log: &mut Log) {
    let all = [(&held.names, "further names"), (&held.addresses, "addresses"), (&held.comments, "the rest of remarks")];
    for ((rows, what), file) in all.into_iter().zip(&held.files) {
        log.file.clone_from(file);
        let mut orphans: Vec<_> = rows.iter().filter_map(|(id, rows)| Some((rows.first()?.0, id, rows))).collect();
        orphans.sort_unstable();
        for (line, id, rows) in orphans {
            let text = join(&rows.iter().flat_map(|(_, fields)| &fields[1..]).collect::<Vec<_>>());
            let at = At { line, record: id, field: "" };
            log.note(at, format!("{what} of a record that is not in the list: {text}"));
        }
    }
}

fn records(file: &mut File<'_>, held: &mut Held, log: &mut Log, keep: &mut dyn FnMut(Entry)) -> Result<(), Refused> {
    each_row(file, Part::Records, log, &mut |row, log| {
        let Some(number) = number(&row) else {
            log.note(line(row.line), format!("the row has no number and was left out: {}", join(&row.fields)));
            return Ok(());
        };
        let making = record(&row, number, held, log);
        making.hand_out(keep);
        Ok(())
    })
}

fn record<'a>(row: &Row, number: String, held: &mut Held, log: &'a mut Log) -> Making<'a> {
    let mut fields = row.fields.iter().map(|field| value(field)).chain(std::iter::repeat(String::new())).skip(1);
    let mut next = || fields.next().unwrap_or_default();
    let [name, kind, programmes, title, call_sign, ship, tonnage, gross, flag, owner] = [(); 10].map(|()| next());
    let mut making = Making::new(log, row.line, number.clone());
    making.entry.kind = self::kind(&mut making, &kind);
    self::name(&mut making, &name, NameRole::Primary);
    for (_, fields) in held.names.remove(&number).unwrap_or_default() {
        alias(&mut making, &fields);
    }
    for programme in programmes.split(['[', ']', ';']) {
        making.programme(programme);
    }
    making.remark("Title", &title);
    vessel(&mut making, [call_sign, ship, tonnage, gross, flag, owner]);
    for (_, fields) in held.addresses.remove(&number).unwrap_or_default() {
        address(&mut making, &fields);
    }
    // The rest was cut off in the middle of a word.
    let mut text = row.fields.get(11).filter(|text| clean(text) != "-0-").cloned().unwrap_or_default();
    for (_, fields) in held.comments.remove(&number).unwrap_or_default() {
        text.push_str(fields.get(1).map_or("", String::as_str));
    }
    remarks::read(&mut making, &text);
    for extra in row.fields.iter().skip(12) {
        making.remark("", &value(extra));
    }
    making
}

/// `-0-` is nothing, nor is what is left of it where a file was cut off.
fn value(text: &str) -> String {
    let text = clean(text);
    if matches!(text.as_str(), "-0-" | "-0" | "-") { String::new() } else { text }
}

pub(super) fn kind(making: &mut Making<'_>, text: &str) -> Kind {
    match text.to_lowercase().as_str() {
        "individual" => Kind::Person,
        "" | "entity" => Kind::Organisation,
        "vessel" => Kind::Vessel,
        "aircraft" => Kind::Aircraft,
        other => {
            making.note("type", format!("we do not know the type \u{201c}{other}\u{201d}"));
            Kind::Any
        }
    }
}

/// Names of people are written family name first.
fn name(making: &mut Making<'_>, text: &str, role: NameRole) {
    if making.entry.kind == Kind::Person { making.turned_name(text, role) } else { making.name(text, role, "") }
}

pub(super) fn vessel(making: &mut Making<'_>, parts: [String; 6]) {
    let [call_sign, kind, tonnage, gross, flag, owner] = parts;
    making.number("Call_Sign", NumberKind::CallSign, &call_sign, "");
    making.remark("Vessel type", &kind);
    making.remark("Tonnage", &tonnage);
    making.remark("Gross registered tonnage", &gross);
    making.tie("Vess_flag", &flag, Tie::Registration);
    making.remark("Vessel owner", &owner);
}

fn alias(making: &mut Making<'_>, fields: &[String]) {
    let field = |place: usize| fields.get(place).map(|field| value(field)).unwrap_or_default();
    let role = match field(2).to_lowercase().as_str() {
        "aka" | "nka" => NameRole::Alias,
        "fka" => NameRole::Former,
        other => {
            making.note(
                "alt_type",
                format!("we do not know the sort of name \u{201c}{other}\u{201d}; taken for an alias"),
            );
            NameRole::Alias
        }
    };
    name(making, &field(3), role);
    making.remark("Alias", &field(4));
}

fn address(making: &mut Making<'_>, fields: &[String]) {
    let field = |place: usize| fields.get(place).map(|field| value(field)).unwrap_or_default();
    making.address("Country", &[field(2), field(3)], &field(4));
    making.remark("Address", &field(5));
}
