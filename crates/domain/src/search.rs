//! Finding a substance while its name or number is being typed, on the server and in the browser alike.
//!
//! Names are compared folded (accents, Greek letters, punctuation), then by sound (`fenylaceton` finds *phenylacetone*),
//! then with a few slips allowed. Numbers are compared by their digits: CAS, EC and tariff codes from the front, and a
//! mistyped CAS number finds the one that was meant. Best first: whole name, beginning of the name, beginnings of its
//! words, inside it, by sound, with slips.

mod key;

use serde::{Deserialize, Serialize};

use crate::cas::{Cas, Ec, Known, KnownEntry, nearest_known};
use crate::date::Date;
use crate::fold::ascii_digits;
use crate::substance::{Hs, Kind, Substance, Table};
use key::{Key, Query};

/// What the search, and with it the browser, knows of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchEntry {
    /// The handle of its page.
    pub slug: String,
    /// The preferred name.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// CAS numbers, the main one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cas: Vec<Cas>,
    /// EC numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ec: Vec<Ec>,
    /// Tariff codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hs: Vec<Hs>,
    /// Its table of the 1988 Convention; nothing if it is not scheduled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Table>,
    /// What it is.
    #[serde(default, skip_serializing_if = "is_substance")]
    pub kind: Kind,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_substance(kind: &Kind) -> bool {
    *kind == Kind::Substance
}

impl SearchEntry {
    /// What the search needs of `substance`, with the table it stands in on that day.
    #[must_use]
    pub fn of(substance: &Substance, on: Date) -> Self {
        Self {
            slug: substance.slug.clone(),
            name: substance.name.clone(),
            synonyms: substance.synonyms.iter().map(|synonym| synonym.text.clone()).collect(),
            cas: substance.cas.iter().map(|number| number.number).collect(),
            ec: substance.ec.iter().map(|number| number.number).collect(),
            hs: substance.hs.iter().map(|code| code.code).collect(),
            schedule: substance.table_on(on),
            kind: substance.kind,
        }
    }

    /// `Table I`, `Table II`, or what else it is.
    #[must_use]
    pub const fn schedule_label(&self) -> &'static str {
        match (self.schedule, self.kind) {
            (Some(table), _) => table.label(),
            (None, Kind::Substance) => "non-scheduled",
            (None, Kind::Mixture) => "mixture",
            (None, Kind::Equipment) => "equipment",
            (None, Kind::FamilyRule) => "family",
        }
    }
}

/// Why an entry was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matched {
    /// By its preferred name.
    Name,
    /// By this other name.
    Synonym(String),
    /// By this CAS number.
    Cas(Cas),
    /// By this CAS number, which is near the one typed.
    CasCorrected(Cas),
    /// By this EC number.
    Ec(Ec),
    /// By this tariff code.
    Hs(Hs),
    /// By this name, which sounds like or is near what was typed.
    Fuzzy(String),
}

/// One entry that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Its place in [`Index::entries`].
    pub index: usize,
    /// Its handle.
    pub slug: String,
    /// Why it was found.
    pub why: Matched,
    /// How well it fits; 1000 is exact. Only for ordering.
    pub score: u32,
}

/// Entries prepared for searching.
#[derive(Clone, Debug)]
pub struct Index {
    entries: Vec<SearchEntry>,
    keys: Vec<Key>,
}

impl Index {
    /// Prepares entries.
    #[must_use]
    pub fn new(entries: Vec<SearchEntry>) -> Self {
        let keys = entries.iter().enumerate().flat_map(|(entry, found)| {
            let names = std::iter::once(&found.name).chain(&found.synonyms);
            names.enumerate().map(move |(place, name)| Key::new(entry, place.checked_sub(1), name))
        });
        Self { keys: keys.collect(), entries }
    }

    /// Prepares the entries that the server sends as JSON.
    ///
    /// # Errors
    /// What is wrong with the JSON.
    pub fn from_json(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json).map(Self::new)
    }

    /// Every entry, in the order given.
    #[must_use]
    pub fn entries(&self) -> &[SearchEntry] {
        &self.entries
    }

    /// The entry that was found.
    #[must_use]
    pub fn entry(&self, hit: &Hit) -> Option<&SearchEntry> {
        self.entries.get(hit.index)
    }

    /// The entries that fit what has been typed so far, best first, at most `limit`.
    #[must_use]
    pub fn search(&self, typed: &str, limit: usize) -> Vec<Hit> {
        let query = Query::new(typed);
        let mut best: Vec<Option<(u32, Why)>> = vec![None; self.entries.len()];
        if let Some(digits) = number_typed(typed) {
            self.by_number(&digits, &mut best);
        }
        if !query.is_empty() {
            for key in &self.keys {
                if let Some((score, exact)) = key.fits(&query) {
                    keep(
                        &mut best[key.entry],
                        score,
                        if exact { Why::Written(key.synonym) } else { Why::Fuzzy(key.synonym) },
                    );
                }
            }
        }
        let nothing_certain = best.iter().flatten().all(|(score, _)| *score < key::CERTAIN);
        if nothing_certain && let Some(cas) = number_typed(typed).and_then(|digits| nearest_known(&digits, self)) {
            let owners = self.entries.iter().enumerate().filter(|(_, entry)| entry.cas.contains(&cas));
            owners.for_each(|(place, _)| keep(&mut best[place], key::CORRECTED, Why::Corrected(cas)));
        }
        self.hits(best, limit)
    }

    fn by_number(&self, digits: &str, best: &mut [Option<(u32, Why)>]) {
        for (place, entry) in self.entries.iter().enumerate() {
            let rank = |whole: &str, exact: u32, front: u32| match whole == digits {
                true => Some(exact),
                false => (whole.starts_with(digits) && digits.len() >= 3).then_some(front),
            };
            for cas in &entry.cas {
                rank(&cas.digits(), 1000, 850)
                    .into_iter()
                    .for_each(|score| keep(&mut best[place], score, Why::Cas(*cas)));
            }
            for ec in &entry.ec {
                rank(&ec.digits(), 990, 700).into_iter().for_each(|score| keep(&mut best[place], score, Why::Ec(*ec)));
            }
            for hs in &entry.hs {
                let code = hs.digits();
                // Eight and ten digits are the tariffs that build on the six of the Harmonized System.
                let national = matches!(digits.len(), 8 | 10) && digits.starts_with(&code);
                let score = if national { Some(870) } else { rank(&code, 900, 750) };
                score.into_iter().for_each(|score| keep(&mut best[place], score, Why::Hs(*hs)));
            }
        }
    }

    fn hits(&self, best: Vec<Option<(u32, Why)>>, limit: usize) -> Vec<Hit> {
        let mut found: Vec<(u32, usize, Why)> = best
            .into_iter()
            .enumerate()
            .filter_map(|(place, fit)| fit.map(|(score, why)| (score, place, why)))
            .collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| self.entries[a.1].name.cmp(&self.entries[b.1].name)));
        found.truncate(limit);
        found
            .into_iter()
            .map(|(score, index, why)| Hit {
                index,
                slug: self.entries[index].slug.clone(),
                why: self.told(index, why),
                score,
            })
            .collect()
    }

    fn told(&self, index: usize, why: Why) -> Matched {
        let entry = &self.entries[index];
        match why {
            Why::Written(None) => Matched::Name,
            Why::Written(Some(place)) => Matched::Synonym(entry.synonyms[place].clone()),
            Why::Fuzzy(place) => Matched::Fuzzy(place.map_or(&entry.name, |place| &entry.synonyms[place]).clone()),
            Why::Cas(cas) => Matched::Cas(cas),
            Why::Corrected(cas) => Matched::CasCorrected(cas),
            Why::Ec(ec) => Matched::Ec(ec),
            Why::Hs(hs) => Matched::Hs(hs),
        }
    }
}

impl Known for Index {
    fn known(&self) -> impl Iterator<Item = KnownEntry<'_>> {
        self.entries.iter().map(|entry| KnownEntry {
            slug: &entry.slug,
            name: &entry.name,
            synonyms: entry.synonyms.iter().map(String::as_str).collect(),
            cas: entry.cas.clone(),
        })
    }
}

/// As [`Matched`], before the texts are copied. Names by the place of the synonym, or none for the preferred name.
#[derive(Clone, Copy, Debug)]
enum Why {
    Written(Option<usize>),
    Fuzzy(Option<usize>),
    Cas(Cas),
    Corrected(Cas),
    Ec(Ec),
    Hs(Hs),
}

fn keep(best: &mut Option<(u32, Why)>, score: u32, why: Why) {
    if best.is_none_or(|(other, _)| other < score) {
        *best = Some((score, why));
    }
}

/// The digits, if what was typed reads as a registry number or a tariff code; with `CAS`, `EC` or `HS` before it or not.
fn number_typed(typed: &str) -> Option<String> {
    let plain = ascii_digits(typed).to_lowercase();
    let number = plain.trim_start_matches(|letter: char| letter.is_alphabetic() || " .:#-".contains(letter));
    let intro: String = plain[..plain.len() - number.len()].chars().filter(|letter| letter.is_alphabetic()).collect();
    let known =
        matches!(intro.as_str(), "" | "cas" | "casno" | "casnr" | "casrn" | "ec" | "einecs" | "hs" | "cn" | "hscode");
    let separator = |letter: char| matches!(letter, '-' | '.' | ' ' | '/' | '\u{A0}' | '\u{2010}'..='\u{2015}');
    if !known || !number.chars().all(|letter| letter.is_ascii_digit() || separator(letter)) {
        return None;
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (2..=12).contains(&digits.len()).then_some(digits)
}

#[cfg(test)]
mod tests;
