//! What every reader does with what it found: entries are finished, counted and handed out, deviations written down.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::build::{clean, without_doubles};
use super::{DEVIATIONS_KEPT, Deviation, Refused, Summary};
use crate::entry::{Entry, Kind, Name, NameRole};

/// Where something stands: said in full only when it is written down.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    /// The line, from 1; 0 if it is not known.
    pub line: u64,
    /// The number of the record; empty if it has none.
    pub record: &'a str,
    /// The element or column; empty if it is about the whole record.
    pub field: &'a str,
}

impl Display for At<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut gap = "";
        if self.line > 0 {
            write!(f, "line {}", self.line)?;
            gap = ", ";
        }
        if !self.record.is_empty() {
            write!(f, "{gap}record {}", self.record)?;
            gap = ", ";
        }
        if !self.field.is_empty() {
            write!(f, "{gap}{}", self.field)?;
        }
        Ok(())
    }
}

/// Only a line is known.
pub(super) fn line(line: u64) -> At<'static> {
    At { line, record: "", field: "" }
}

/// Summary and deviations while a file is read.
#[derive(Default)]
pub(super) struct Log {
    pub summary: Summary,
    /// Put before every place, where several files are read together: `ALT.CSV`.
    pub file: String,
    /// How often an id came, by its hash: some bytes for each are enough to find doubles.
    seen: HashMap<u64, u32>,
}

impl Log {
    /// Writes down a deviation.
    pub fn note(&mut self, at: At<'_>, what: impl Display) {
        if self.summary.deviations.len() >= DEVIATIONS_KEPT {
            self.summary.more_deviations += 1;
            return;
        }
        let gap = if self.file.is_empty() { "" } else { ", " };
        let place = short(&clean(&format!("{}{gap}{at}", self.file)));
        self.summary.deviations.push(Deviation { place, what: short(&clean(&what.to_string())) });
    }

    /// Counts something that rightly stands beside the entries.
    pub fn beside(&mut self, what: &str) {
        match self.summary.beside.get_mut(what) {
            Some(count) => *count += 1,
            None => {
                self.summary.beside.insert(what.into(), 1);
            }
        }
    }

    /// Counts one of `kind`.
    pub fn count(&mut self, kind: Kind) {
        *self.summary.entries.entry(kind).or_default() += 1;
    }

    /// The id if it is the first of its kind; otherwise with `#2` and a deviation.
    pub fn unique(&mut self, line: u64, id: String) -> String {
        let times = self.times(&id);
        if times == 1 {
            return id;
        }
        let mut number = times;
        loop {
            let other = format!("{id}#{number}");
            if self.times(&other) == 1 {
                let what = format!("the number {} is there {times} times; this entry is kept as {other}", short(&id));
                self.note(At { line, record: "", field: "" }, what);
                return other;
            }
            number += 1;
        }
    }

    fn times(&mut self, id: &str) -> u32 {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let times = self.seen.entry(hasher.finish()).or_default();
        *times = times.saturating_add(1);
        *times
    }

    /// Finishes an entry and hands it out.
    pub fn entry(&mut self, line: u64, mut entry: Entry, keep: &mut dyn FnMut(Entry)) {
        if entry.names.is_empty() {
            self.note(At { line, record: &entry.id, field: "" }, "it has no name and was left out");
            return;
        }
        if entry.id.is_empty() {
            entry.id = format!("line {line}");
            self.note(At { line, record: "", field: "" }, "it has no number; its line was taken for one");
        }
        without_doubles(&mut entry);
        lead_with_main_name(&mut entry.names);
        entry.id = self.unique(line, std::mem::take(&mut entry.id));
        self.count(entry.kind);
        keep(entry);
    }

    /// The summary, if anybody is in it.
    pub fn finish(self) -> Result<Summary, Refused> {
        if self.summary.total() == 0 { Err(Refused::NoEntries) } else { Ok(self.summary) }
    }
}

/// The main name comes first: the first that the list calls so, else the first good alias, else the first of all.
fn lead_with_main_name(names: &mut [Name]) {
    let first = |role| names.iter().position(|name| name.role == role);
    let main = first(NameRole::Primary).or_else(|| first(NameRole::Alias)).unwrap_or_default();
    names[..=main].rotate_right(1);
    names[0].role = NameRole::Primary;
}

/// What is cited from a file fits on a page.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 300;
    if text.chars().count() <= LONGEST {
        return text.into();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

/// How many records a file announces and how many it has.
pub(super) fn announced(log: &mut Log, announced: Option<u64>, found: u64) -> Result<(), Refused> {
    match announced {
        Some(number) if found < number => Err(Refused::Truncated {
            place: "end of the file".into(),
            what: format!("{number} records are announced at its beginning, {found} are there"),
        }),
        Some(number) if found > number => {
            let at = At { line: 0, record: "", field: "end of the file" };
            log.note(at, format!("{number} records are announced at its beginning, {found} are there"));
            Ok(())
        }
        _ => Ok(()),
    }
}
