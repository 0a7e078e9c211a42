//! Words of a report, as they are indexed and looked for: the same on both engines and in every script.
//!
//! Which words there are is decided here and not by a database: texts are folded ([`fold::words`]), and scripts that are
//! written without blanks are cut into pairs of neighbouring signs. The databases get words of letters and digits only,
//! so that nothing of what somebody types can be read as a command of their query languages.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::char::is_combining_mark;

use crate::fold;

mod stretch;

pub use stretch::Stretch;

/// Version of the rules by which words are made.
pub const RULES: u32 = 3;

/// Most words indexed of one report.
const MOST: usize = 20_000;

/// Longest word, in characters; longer ones are cut, in the index and in questions alike.
const LONGEST: usize = 60;

/// Most words and phrases of one question.
const PARTS: usize = 12;

/// Words before and after the first match in an excerpt.
const AROUND: (usize, usize) = (8, 24);

/// The words of a text in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// Reads the words of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let runs = fold::words(text);
        let mut words = Vec::new();
        for run in runs.split(' ').filter(|run| !run.is_empty()) {
            for (dense, piece) in pieces(run) {
                if dense { words.extend(pairs(&piece, true)) } else { words.push(cut(&piece)) }
            }
            if words.len() >= MOST {
                break;
            }
        }
        words.truncate(MOST);
        Self(words)
    }

    /// In order, with blanks between them, each with its stretch before it, and at the end the word of the owner: for an
    /// index that keeps places by itself.
    #[must_use]
    pub fn plain(&self, stretch: Stretch, owner: &str) -> String {
        let mark = stretch.mark();
        let words = self.0.iter().map(String::as_str).chain([owner]);
        words.map(|word| [&mark, word].concat()).collect::<Vec<_>>().join(" ")
    }

    /// The same with each word once and its places, as PostgreSQL writes a `tsvector`.
    #[must_use]
    pub fn vector(&self, stretch: Stretch, owner: &str) -> String {
        let mark = stretch.mark();
        let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (place, word) in self.0.iter().map(String::as_str).chain([owner]).enumerate() {
            places.entry(word).or_default().push((place + 1).to_string());
        }
        let words = places.into_iter().map(|(word, places)| format!("'{mark}{word}':{}", places.join(",")));
        words.collect::<Vec<_>>().join(" ")
    }

    /// The words in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The words that can be suggested to somebody who mistyped one: of letters, at least four.
    #[must_use]
    pub fn vocabulary(&self) -> BTreeSet<&str> {
        self.0.iter().map(String::as_str).filter(|word| can_be_mistyped(word)).collect()
    }
}

fn can_be_mistyped(word: &str) -> bool {
    word.chars().count() >= 4 && word.chars().all(|letter| letter.is_alphabetic() && !is_dense(letter))
}

/// Whether a script is written without blanks: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
const fn is_dense(letter: char) -> bool {
    matches!(letter as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0xA4CF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// A run of letters cut where its script changes between with and without blanks.
fn pieces(run: &str) -> Vec<(bool, String)> {
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for letter in run.chars() {
        match pieces.last_mut() {
            Some((dense, piece)) if *dense == is_dense(letter) => piece.push(letter),
            _ => pieces.push((is_dense(letter), letter.to_string())),
        }
    }
    pieces
}

/// Neighbouring signs; with the last sign alone, so that it is found by itself too.
fn pairs(piece: &str, with_last: bool) -> Vec<String> {
    let letters: Vec<char> = piece.chars().collect();
    let mut pairs: Vec<String> = letters.windows(2).map(|pair| pair.iter().collect()).collect();
    if with_last || pairs.is_empty() {
        pairs.extend(letters.last().map(char::to_string));
    }
    pairs
}

fn cut(word: &str) -> String {
    word.chars().take(LONGEST).collect()
}

/// What somebody looks for: all of these must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Word(String),
    /// A word that begins like this.
    Beginning(String),
    /// Words in this order.
    Phrase(Vec<String>),
}

impl Question {
    /// Reads a question: words, phrases in quotes; the last word may be a beginning. Nothing if no word is in it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        for (index, stretch) in text.split(['"', '“', '”', '„', '«', '»']).enumerate() {
            let quoted = index % 2 == 1;
            if quoted { parts.extend(phrase(&Words::of_question(stretch))) } else { parts.extend(loose(stretch)) }
        }
        parts.truncate(PARTS);
        if let Some(Part::Word(last)) = parts.last() {
            let ends_quoted = text.trim_end().ends_with(['"', '“', '”', '«', '»']);
            let last = last.clone();
            let end = if ends_quoted { Part::Word(last) } else { Part::Beginning(last) };
            parts.pop();
            parts.push(end);
        }
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// A question for words that begin like each of these.
    #[must_use]
    pub fn beginnings(words: impl IntoIterator<Item = String>) -> Option<Self> {
        let parts: Vec<Part> = words.into_iter().map(Part::Beginning).collect();
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// In the language of SQLite's FTS5: that all of it stands in a report of the owner, in one of these stretches.
    #[must_use]
    pub fn fts5(&self, stretches: &[Stretch], owner: &str) -> String {
        let within = |stretch: &Stretch| {
            let mark = stretch.mark();
            let part = |part: &Part| match part {
                Part::Word(word) => format!("\"{mark}{word}\""),
                Part::Beginning(word) => format!("\"{mark}{word}\" *"),
                Part::Phrase(words) => {
                    format!(
                        "\"{}\"",
                        words.iter().map(|word| [&mark, word.as_str()].concat()).collect::<Vec<_>>().join(" ")
                    )
                }
            };
            let parts = self.parts.iter().map(part).chain([format!("\"{mark}{owner}\"")]);
            format!("({})", parts.collect::<Vec<_>>().join(" AND "))
        };
        stretches.iter().map(within).collect::<Vec<_>>().join(" OR ")
    }

    /// The same in the language of PostgreSQL's `tsquery`.
    #[must_use]
    pub fn tsquery(&self, stretches: &[Stretch], owner: &str) -> String {
        let within = |stretch: &Stretch| {
            let mark = stretch.mark();
            let quoted = |word: &String| format!("'{mark}{word}'");
            let part = |part: &Part| match part {
                Part::Word(word) => quoted(word),
                Part::Beginning(word) => format!("{}:*", quoted(word)),
                Part::Phrase(words) => format!("({})", words.iter().map(quoted).collect::<Vec<_>>().join(" <-> ")),
            };
            let parts = self.parts.iter().map(part).chain([format!("'{mark}{owner}'")]);
            format!("({})", parts.collect::<Vec<_>>().join(" & "))
        };
        stretches.iter().map(within).collect::<Vec<_>>().join(" | ")
    }

    /// The words that may be mistyped, in order.
    pub fn mistypable(&self) -> impl Iterator<Item = &str> {
        let words = self.parts.iter().flat_map(|part| match part {
            Part::Word(word) | Part::Beginning(word) => std::slice::from_ref(word),
            Part::Phrase(words) => words.as_slice(),
        });
        words.map(String::as_str).filter(|word| can_be_mistyped(word))
    }

    /// Whether a word of a text, folded, is one of those that are looked for.
    fn finds(&self, words: &[String]) -> bool {
        words.iter().any(|word| {
            self.parts.iter().any(|part| match part {
                Part::Word(wanted) => word == wanted,
                Part::Beginning(wanted) => word.starts_with(wanted.as_str()),
                Part::Phrase(wanted) => wanted.contains(word),
            })
        })
    }
}

impl Words {
    /// As [`Words::of`], but without the last sign of each dense run, which the phrase already ends with.
    fn of_question(text: &str) -> Vec<String> {
        let folded = fold::words(text);
        let pieces = folded.split(' ').flat_map(pieces);
        pieces.flat_map(|(dense, piece)| if dense { pairs(&piece, false) } else { vec![cut(&piece)] }).collect()
    }
}

fn phrase(words: &[String]) -> Option<Part> {
    match words {
        [] => None,
        [word] if word.chars().all(is_dense) => Some(Part::Beginning(word.clone())),
        [word] => Some(Part::Word(word.clone())),
        words => Some(Part::Phrase(words.to_vec())),
    }
}

/// Words that may stand anywhere; a run without blanks stays together.
fn loose(text: &str) -> Vec<Part> {
    let folded = fold::words(text);
    let pieces = folded.split(' ').flat_map(pieces);
    let part = |(dense, piece): (bool, String)| {
        if dense { phrase(&pairs(&piece, false)) } else { Some(Part::Word(cut(&piece))) }
    };
    pieces.filter_map(part).collect()
}

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As it stands in the text.
    pub text: String,
    /// Whether it is what was looked for.
    pub found: bool,
}

/// The whole of a short text, with what was looked for marked.
#[must_use]
pub fn marked(text: &str, question: &Question) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end, _) in runs_of(text, question).into_iter().filter(|(.., found)| *found) {
        let before = Piece { text: text[at..start].to_owned(), found: false };
        pieces.extend([before, Piece { text: text[start..end].to_owned(), found: true }]);
        at = end;
    }
    pieces.push(Piece { text: text[at..].to_owned(), found: false });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// Where the words of a text stand, and which are looked for.
fn runs_of(text: &str, question: &Question) -> Vec<(usize, usize, bool)> {
    runs(text).map(|(start, end)| (start, end, question.finds(&Words::of(&text[start..end]).0))).collect()
}

/// The part of a text around the first word that was looked for, with those words marked.
#[must_use]
pub fn excerpt(text: &str, question: &Question) -> Vec<Piece> {
    let runs = runs_of(text, question);
    let first = runs.iter().position(|(.., found)| *found).unwrap_or(0);
    let shown = &runs[first.saturating_sub(AROUND.0)..runs.len().min(first + AROUND.1)];
    let Some((begin, ..)) = shown.first() else { return Vec::new() };
    let mut pieces = Vec::new();
    let mut push = |text: &str, found: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), found });
        }
    };
    if *begin > runs[0].0 {
        push("… ", false);
    }
    let mut at = *begin;
    for (start, end, found) in shown.iter().filter(|(.., found)| *found) {
        push(&text[at..*start], false);
        push(&text[*start..*end], *found);
        at = *end;
    }
    let last = shown.last().map_or(at, |(_, end, _)| *end);
    push(&text[at..last], false);
    if shown.len() < runs.len() - first.saturating_sub(AROUND.0) {
        push(" …", false);
    }
    pieces
}

/// Where the words of a text stand; a run without blanks is cut sign by sign.
fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let inside = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
        let (start, first) = rest.find(|(_, letter)| letter.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while let Some((at, letter)) = rest.next_if(|(_, letter)| inside(*letter)) {
            end = at + letter.len_utf8();
        }
        Some((start, end))
    })
}

/// The word that a mistyped one most likely was: at most one slip in a short word, two in a longer one.
#[must_use]
pub fn nearest<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let letters: Vec<char> = typed.chars().collect();
    let most = if letters.len() < 6 { 1 } else { 2 };
    let near = words.into_iter().filter_map(|word| {
        let slips = fold::slips(&letters, &word.chars().collect::<Vec<_>>(), most)?;
        (slips > 0).then_some((slips, word))
    });
    near.min().map(|(_, word)| word)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
