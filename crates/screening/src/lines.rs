//! Names as lines of text, for trying the engine on collections of one's own.

use std::io::{self, BufRead, Write};

use domain::{country::Country, date::Date};
use rayon::prelude::*;

use crate::{
    compare,
    entry::{Address, Birth, Identifier, Kind, NumberKind},
    evidence::Asked,
    index::Index,
};

/// Lines worked on at a time.
const BATCH: usize = 4096;

/// Answers every line with one line, in order, on all cores.
///
/// # Errors
/// If the input cannot be read or the output not written. Bytes that are no UTF-8 are read as `�`.
pub fn answer(mut input: impl BufRead, mut output: impl Write, with: impl Fn(&str) -> String + Sync) -> io::Result<()> {
    loop {
        let mut lines = Vec::with_capacity(BATCH);
        while lines.len() < BATCH {
            let mut bytes = Vec::new();
            if input.read_until(b'\n', &mut bytes)? == 0 {
                break;
            }
            lines.push(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned());
        }
        if lines.is_empty() {
            return output.flush();
        }
        let answers: Vec<String> = lines.par_iter().map(|line| with(line)).collect();
        for answer in answers {
            writeln!(output, "{answer}")?;
        }
    }
}

/// The score of a line of `kind<TAB>name<TAB>name`. A line without two names scores 0.
#[must_use]
pub fn score(line: &str) -> String {
    let mut fields = line.split('\t');
    let kind = Kind::said(fields.next().unwrap_or_default());
    let score = match (fields.next(), fields.next()) {
        (Some(one), Some(other)) => compare::names(one, other, kind).score,
        _ => 0.0,
    };
    format!("{score:.4}")
}

/// The best hit for a line of `name`, optionally with `<TAB>key=value`: its score and the number of the entry.
#[must_use]
pub fn best(index: &Index, line: &str, threshold: f32) -> String {
    index
        .find(&asked(line), threshold)
        .first()
        .map_or_else(|| "0\t-".into(), |hit| format!("{:.4}\t{}", hit.score, hit.id))
}

/// Who a line asks for. What is not understood is left out.
#[must_use]
pub fn asked(line: &str) -> Asked {
    let mut fields = line.split('\t');
    let mut asked = Asked { names: vec![fields.next().unwrap_or_default().to_owned()], ..Asked::default() };
    for (key, value) in fields.filter_map(|field| field.split_once('=')) {
        match key.trim().to_lowercase().as_str() {
            "kind" => asked.kind = Kind::said(value),
            "name" | "alias" => asked.names.push(value.to_owned()),
            "birth" | "birthdate" | "birth_date" | "born" | "dob" => asked.births.extend(birth(value)),
            "country" | "nationality" => asked.countries.extend(Country::find(value)),
            "address" => asked.addresses.push(Address { text: value.to_owned(), country: None }),
            "identifier" | "id" | "number" => {
                asked.identifiers.push(Identifier { kind: NumberKind::Other, value: value.to_owned(), country: None });
            }
            _ => {}
        }
    }
    asked
}

/// A day (`1956-08-12`), a month (`1956-08`) or a year.
fn birth(text: &str) -> Option<Birth> {
    let text = text.trim();
    let day = |text: &str| text.parse::<Date>().ok();
    match text.len() {
        10 => day(text).map(|day| Birth { from: day, to: day }),
        7 => {
            let from = day(&format!("{text}-01"))?;
            let to = (28..=31).rev().find_map(|last| Date::new(from.year(), from.month(), last))?;
            Some(Birth { from, to })
        }
        4 => Some(Birth { from: day(&format!("{text}-01-01"))?, to: day(&format!("{text}-12-31"))? }),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::entry::{Entry, Name};

    #[test]
    fn every_line_has_its_answer_in_order() {
        let input = "person\tIvan Petrov\tPetrov, Ivan\nperson\tIvan Petrov\tAnna Karenina\nnonsense\n\n";
        let mut output = Vec::new();
        answer(input.as_bytes(), &mut output, score).unwrap();
        let lines: Vec<f32> = String::from_utf8(output).unwrap().lines().map(|line| line.parse().unwrap()).collect();
        assert!(lines[0] > 0.9 && lines[1] < 0.5 && lines[2..] == [0.0, 0.0], "{lines:?}");
    }

    #[test]
    fn what_is_known_beside_the_name_counts() {
        let name = |text: &str| Name { text: text.into(), ..Name::default() };
        let entry = |id: &str, year: u16| Entry {
            id: id.into(),
            kind: Kind::Person,
            names: vec![name("Ivan Petrov")],
            births: vec![Birth { from: Date::new(year, 1, 1).unwrap(), to: Date::new(year, 12, 31).unwrap() }],
            ..Entry::default()
        };
        let index = Index::new(&[entry("old", 1950), entry("young", 1990)]);
        assert!(best(&index, "Petrov Ivan\tkind=person\tbirth=1990-05-01", 0.7).ends_with("young"));
        assert!(best(&index, "Petrov Ivan\tkind=person\tdob=1950", 0.7).ends_with("old"));
        assert_eq!(best(&index, "Anna Karenina", 0.7), "0\t-");
    }

    proptest! {
        #[test]
        fn no_line_panics(line: String) {
            let _ = (score(&line), asked(&line));
        }

        #[test]
        fn names_score_the_same_both_ways_and_a_name_is_itself(one in "\\PC{1,40}", other in "\\PC{1,40}") {
            for kind in [Kind::Person, Kind::Organisation, Kind::Vessel, Kind::Any] {
                let (there, back) = (compare::names(&one, &other, kind).score, compare::names(&other, &one, kind).score);
                prop_assert!((there - back).abs() < 0.0001, "{there} {back}");
                prop_assert!((0.0..=1.0).contains(&there));
                if one.chars().any(|letter| letter.is_ascii_alphanumeric()) {
                    prop_assert!(compare::names(&one, &one, kind).score > 0.95);
                }
            }
        }
    }
}
