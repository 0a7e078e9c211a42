//! Putting an entry together: what cannot be understood is written down and kept as a remark.

use std::collections::HashSet;
use std::hash::Hash;

use super::log::{At, Log};
use super::{births, places};
use crate::entry::{Address, Entry, Identifier, Name, NameRole, NumberKind, Place, Tie};

/// An entry in the making, and where it stands.
pub(super) struct Making<'a> {
    pub entry: Entry,
    pub log: &'a mut Log,
    pub line: u64,
}

impl<'a> Making<'a> {
    pub fn new(log: &'a mut Log, line: u64, id: String) -> Self {
        Self { entry: Entry { id, ..Entry::default() }, log, line }
    }

    /// Writes down a deviation in a field.
    pub fn note(&mut self, field: &str, what: impl std::fmt::Display) {
        self.log.note(At { line: self.line, record: &self.entry.id, field }, what);
    }

    /// Adds a name; an empty one is nothing.
    pub fn name(&mut self, text: &str, role: NameRole, family: &str) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        self.entry.names.push(Name { text, role, family: clean(family) });
    }

    /// Adds a name written `FAMILY, Given`, in reading order.
    pub fn turned_name(&mut self, text: &str, role: NameRole) {
        let (text, family) = reading_order(text);
        self.name(&text, role, &family);
    }

    /// Adds a birth as the list words it. What is no date is kept as a remark.
    pub fn birth(&mut self, field: &str, text: &str) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        match births::birth(&text) {
            Some(birth) => self.entry.births.push(birth),
            None => {
                self.note(field, format!("\u{201c}{text}\u{201d} is no date that we understand; kept as a remark"));
                self.remark("Born", &text);
            }
        }
    }

    /// Ties it to a country by name or code. What is no country is kept as a remark.
    pub fn tie(&mut self, field: &str, text: &str, tie: Tie) -> bool {
        let text = clean(text);
        if text.is_empty() {
            return false;
        }
        match places::find(&text) {
            places::Found::Country(country) => {
                self.entry.countries.push(Place { country, tie });
                return true;
            }
            places::Found::NoCountry => {}
            places::Found::Unknown => {
                self.note(field, format!("we know no country \u{201c}{text}\u{201d}; kept as a remark"));
            }
        }
        self.remark(label(tie), &text);
        false
    }

    /// Adds a number.
    pub fn number(&mut self, field: &str, kind: NumberKind, value: &str, country: &str) {
        let (value, country) = (clean(value), clean(country));
        if value.is_empty() {
            return;
        }
        let found = if country.is_empty() { places::Found::NoCountry } else { places::find(&country) };
        if found == places::Found::Unknown {
            self.note(field, format!("we know no country \u{201c}{country}\u{201d}; the number is kept without it"));
        }
        if found.country().is_none() && !country.is_empty() {
            self.remark("Number", &format!("{value} ({country})"));
        }
        self.entry.identifiers.push(Identifier { kind, value, country: found.country() });
    }

    /// Adds an address of its parts, and ties it to the country.
    pub fn address<S: AsRef<str>>(&mut self, field: &str, parts: &[S], country: &str) {
        let country = clean(country);
        let mut text = join(parts);
        let found = if country.is_empty() { places::Found::NoCountry } else { places::find(&country) };
        if let Some(country) = found.country() {
            self.entry.countries.push(Place { country, tie: Tie::Address });
        } else if !country.is_empty() {
            text = join(&[text, country.clone()]);
        }
        if found == places::Found::Unknown {
            self.note(field, format!("we know no country \u{201c}{country}\u{201d}; it stays in the address"));
        }
        if !text.is_empty() || found.country().is_some() {
            self.entry.addresses.push(Address { text, country: found.country() });
        }
    }

    /// Adds a programme.
    pub fn programme(&mut self, text: &str) {
        let text = clean(text);
        if !text.is_empty() {
            self.entry.programmes.push(text);
        }
    }

    /// Adds a remark under a heading (none if empty).
    pub fn remark(&mut self, heading: &str, text: &str) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        let heading = clean(heading);
        let text = if heading.is_empty() { text } else { format!("{heading}: {text}") };
        self.entry.remarks.push(text);
    }

    /// When it was listed; what is no date is kept as a remark.
    pub fn listed_on(&mut self, field: &str, text: &str) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        match births::day(&text) {
            Some(day) => self.entry.listed_on = Some(self.entry.listed_on.map_or(day, |before| before.min(day))),
            None => {
                self.note(field, format!("\u{201c}{text}\u{201d} is no date that we understand; kept as a remark"));
                self.remark("Listed on", &text);
            }
        }
    }

    /// Done.
    pub fn hand_out(self, keep: &mut dyn FnMut(Entry)) {
        self.log.entry(self.line, self.entry, keep);
    }
}

/// Keeps once what is told twice. A record may have very many items, so they are not compared each with each.
pub(super) fn without_doubles(entry: &mut Entry) {
    fn once<T, K: Hash + Eq>(all: &mut Vec<T>, key: impl Fn(&T) -> K) {
        if all.len() > 1 {
            let mut seen = HashSet::with_capacity(all.len());
            all.retain(|one| seen.insert(key(one)));
        }
    }
    once(&mut entry.names, |name| name.text.clone());
    once(&mut entry.births, |birth| *birth);
    once(&mut entry.countries, |place| *place);
    once(&mut entry.identifiers, Identifier::clone);
    once(&mut entry.addresses, Address::clone);
    once(&mut entry.programmes, String::clone);
    once(&mut entry.remarks, String::clone);
}

const fn label(tie: Tie) -> &'static str {
    match tie {
        Tie::Nationality => "Nationality",
        Tie::Birth => "Place of birth",
        Tie::Address => "Address",
        Tie::Registration => "Registered in",
        Tie::Other => "Country",
    }
}

/// One space between words, none at the ends, nothing that cannot be seen.
pub(super) fn clean(text: &str) -> String {
    let hidden = |letter: char| {
        letter.is_whitespace() || letter.is_control() || matches!(letter, '\u{feff}' | '\u{200b}' | '\u{fffd}')
    };
    let mut out = String::with_capacity(text.len());
    for word in text.split(hidden).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The parts that are not empty, parted by commas.
pub(super) fn join<S: AsRef<str>>(parts: &[S]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| clean(part.as_ref())).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// `FAMILY, Given` as `Given FAMILY`, and the family name; a name without comma stays as it is. `Jr.` and the like
/// stay at the end.
pub(super) fn reading_order(text: &str) -> (String, String) {
    let text = clean(text);
    let Some((family, given)) = text.split_once(',') else { return (text, String::new()) };
    let (family, given) = (family.trim(), given.trim());
    if family.is_empty() || given.is_empty() {
        return (text.trim_matches([',', ' ']).into(), String::new());
    }
    let suffix = given.rsplit_once(',').map(|(given, suffix)| (given.trim(), suffix.trim()));
    let turned = match suffix {
        Some((given, suffix)) if matches!(suffix.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV") => {
            format!("{given} {family} {suffix}")
        }
        _ => format!("{given} {family}"),
    };
    (turned, family.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_into_reading_order() {
        for (written, text, family) in [
            ("DOE, John", "John DOE", "DOE"),
            ("DOE", "DOE", ""),
            ("DELOS SANTOS, Juan Maria, Jr.", "Juan Maria DELOS SANTOS Jr.", "DELOS SANTOS"),
            (" DOE ,\u{a0}John  A. ", "John A. DOE", "DOE"),
            ("DOE,", "DOE", ""),
            (", John", "John", ""),
            (",", "", ""),
        ] {
            assert_eq!(reading_order(written), (text.into(), family.into()), "{written}");
        }
    }
}
