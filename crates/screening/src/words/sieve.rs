//! What of a name is not the name: titles, legal forms, what a ship is. And words that are one although people write several.

use super::piece::Piece;
use crate::{
    entry::Kind,
    tables::{Facts, Form, tables},
};

/// Leaves out titles and legal forms, and reads words that belong together as one.
pub(super) fn sieve(pieces: &[Piece], kind: Kind, forms: &mut Vec<Form>) -> Vec<Piece> {
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut left_out: Vec<Piece> = Vec::new();
    let mut at = if kind == Kind::Vessel { vessel_prefix(pieces) } else { 0 };
    while at < pieces.len() {
        let (count, facts) = longest(pieces, at, kind);
        let group = &pieces[at..at + count];
        if kind != Kind::Person && announces_number(pieces, at) {
            at += 1;
            continue;
        }
        at += count;
        // Behind the names it may be one: `Abdullah Omar Haji`.
        let in_front =
            kept.iter().all(is_initial) || facts.given.is_empty() && facts.family.is_empty() && at < pieces.len();
        let suffix = count > 1
            || group[0].ascii.len() <= 3
            || group[0].dot
            || facts.given.is_empty() && facts.family.is_empty() && group[0].ascii != "haji";
        let is_title = kind == Kind::Person
            && facts.title.is_some_and(|doubtful| !doubtful)
            && (count > 1 || !is_initial(&group[0]))
            && (in_front || suffix);
        let is_form = matches!(kind, Kind::Organisation | Kind::Any)
            && facts.form.is_some()
            && !(kept.is_empty() && at >= pieces.len());
        if is_title {
            left_out.extend_from_slice(group);
        } else if is_form {
            forms.extend(facts.form);
            left_out.extend_from_slice(group);
        } else if count > 1 && is_one(group, facts) {
            kept.push(merged(group));
        } else {
            kept.extend_from_slice(group);
        }
    }
    if kept.is_empty() { left_out } else { kept }
}

/// Whether words that the tables know together are more than each of them: not `import export`.
pub(super) fn is_one(group: &[Piece], facts: &Facts) -> bool {
    let name = !facts.given.is_empty() || !facts.place.is_empty() || facts.number.is_some();
    name || !facts.word.is_empty() && group.iter().any(|piece| piece.facts(Kind::Organisation).word.is_empty())
}

/// `No. 5`, `Nr 5`, `number five`.
pub(super) fn announces_number(pieces: &[Piece], at: usize) -> bool {
    const WORDS: [&str; 11] = ["no", "nr", "num", "number", "numero", "nummer", "nomer", "numer", "n", "nos", "raqm"];
    let number = |piece: &Piece| {
        piece.ascii.starts_with(|sign: char| sign.is_ascii_digit()) || piece.facts(Kind::Organisation).number.is_some()
    };
    WORDS.contains(&pieces[at].ascii.as_str()) && pieces.get(at + 1).is_some_and(number)
}

pub(super) fn is_initial(piece: &Piece) -> bool {
    piece.ascii.len() == 1 && !piece.syllable
}

/// M/V, MT, S.S.: what a ship is, not how it is called.
pub(super) fn vessel_prefix(pieces: &[Piece]) -> usize {
    const PREFIXES: [&[&str]; 20] = [
        &["vlcc"],
        &["ulcc"],
        &["mts"],
        &["motor", "vessel"],
        &["motor", "tanker"],
        &["m", "v"],
        &["m", "t"],
        &["m", "s"],
        &["s", "s"],
        &["s", "y"],
        &["m", "y"],
        &["f", "v"],
        &["mv"],
        &["mt"],
        &["ms"],
        &["ss"],
        &["fv"],
        &["lpg", "c"],
        &["vessel"],
        &["ship"],
    ];
    let fits = |prefix: &&&[&str]| {
        pieces.len() > prefix.len() && prefix.iter().zip(pieces).all(|(word, piece)| *word == piece.ascii)
    };
    PREFIXES.iter().find(fits).map_or(0, |prefix| prefix.len())
}

/// The longest run of words from here that the tables know as one, or the word alone.
pub(super) fn longest(pieces: &[Piece], at: usize, kind: Kind) -> (usize, &'static Facts) {
    let tables = tables();
    let piece = &pieces[at];
    let alone = piece.facts(kind);
    for first in [&piece.native, &piece.ascii] {
        let Some(most) = tables.phrase(first) else { continue };
        for count in (2..=most.min(pieces.len() - at)).rev() {
            let native: Vec<&str> = pieces[at..at + count].iter().map(|piece| piece.native.as_str()).collect();
            let ascii: Vec<&str> = pieces[at..at + count].iter().map(|piece| piece.ascii.as_str()).collect();
            for key in [native.join("_"), ascii.join("_")] {
                if tables.knows(&key) {
                    return (count, tables.facts(&key));
                }
            }
        }
    }
    (1, alone)
}

pub(super) fn merged(group: &[Piece]) -> Piece {
    Piece {
        native: group.iter().map(|piece| piece.native.as_str()).collect::<Vec<_>>().join("_"),
        ascii: group.iter().map(|piece| piece.ascii.as_str()).collect(),
        phones: group.iter().flat_map(|piece| piece.phones.iter().copied()).collect(),
        bare: group.iter().any(|piece| piece.bare),
        syllable: false,
        dot: false,
        hyphen: group.last().is_some_and(|piece| piece.hyphen),
    }
}
