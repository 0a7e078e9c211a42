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
        let is_title = kind == Kind::Person && stands_for_title(group, facts, &kept, at >= pieces.len());
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
    let kept = if kept.is_empty() { left_out } else { kept };
    if kind == Kind::Organisation { letters_joined(&kept) } else { kept }
}

/// Letters that stand alone side by side are one word: `A B C`, `K and L`.
fn letters_joined(pieces: &[Piece]) -> Vec<Piece> {
    let is_and = |at: usize| pieces.get(at).is_some_and(|piece| piece.ascii == "and");
    let is_letter = |at: usize| {
        pieces
            .get(at)
            .is_some_and(|piece| is_initial(piece) && piece.ascii.bytes().all(|sign| sign.is_ascii_alphabetic()))
    };
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let mut letters = vec![at];
        while is_letter(at) {
            let step = if is_letter(at + 1) {
                1
            } else if is_and(at + 1) && is_letter(at + 2) {
                2
            } else {
                break;
            };
            at += step;
            letters.push(at);
        }
        at += 1;
        if let [single] = letters[..] {
            out.push(pieces[single].clone());
        } else {
            out.push(merged(&letters.iter().map(|at| pieces[*at].clone()).collect::<Vec<_>>()));
        }
    }
    out
}

/// Titles that are names as often, where they stand behind all others: `Abdullah Omar Haji`.
const NAMES_AT_THE_END: [&str; 1] = ["haji"];

/// Whether words of a person's name are a title and not the name.
fn stands_for_title(group: &[Piece], facts: &Facts, before: &[Piece], at_the_end: bool) -> bool {
    let title = facts.title.is_some_and(|doubtful| !doubtful);
    let (first, several) = (&group[0], group.len() > 1);
    // `M.A.` behind a name is a degree, before it stand the initials.
    let degree = several && group.iter().all(is_initial);
    if !title || !several && is_initial(first) || degree && (before.is_empty() || !at_the_end) {
        return false;
    }
    let is_name = !facts.given.is_empty() || !facts.family.is_empty();
    let ends = at_the_end && NAMES_AT_THE_END.contains(&first.ascii.as_str());
    several || first.dot || first.ascii.len() <= 3 || before.iter().all(is_initial) || !is_name && !ends
}

/// Whether words that the tables know together are more than each of them: not `import export`.
pub(super) fn is_one(group: &[Piece], facts: &Facts) -> bool {
    // `Juan Carlos` may leave one of them out.
    let several_names = group.iter().all(|piece| !piece.facts(Kind::Person).given.is_empty());
    let name = !facts.given.is_empty() && !several_names || !facts.place.is_empty() || facts.number.is_some();
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
    let joined = |part: fn(&Piece) -> &str| group.iter().map(part).collect::<Vec<_>>().join("_");
    let native = joined(|piece| &piece.native);
    Piece {
        // The tables know some phrases only without their accents.
        native: if tables().knows(&native) { native } else { joined(|piece| &piece.ascii) },
        ascii: group.iter().map(|piece| piece.ascii.as_str()).collect(),
        phones: group.iter().flat_map(|piece| piece.phones.iter().copied()).collect(),
        also: Vec::new(),
        bare: group.iter().any(|piece| piece.bare),
        syllable: false,
        dot: false,
        hyphen: group.last().is_some_and(|piece| piece.hyphen),
    }
}
