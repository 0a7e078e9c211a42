//! Phrases that somebody writes down and types again: twelve words of a list of 2048, 132 bits.
//!
//! The words (`data/phrase-words.txt`) differ from each other by more than one letter or one swap of neighbours, so that a slip of
//! the pen is seen to be no word instead of becoming another one.

use std::{collections::HashMap, fmt, sync::LazyLock};

/// Words of a phrase.
pub const WORDS: usize = 12;
/// Bits that a word stands for.
const BITS: usize = 11;
/// Bytes that a phrase is made from: 132 bits and four that are dropped.
pub const BYTES: usize = 17;
/// The longest text that is read as a phrase, bytes.
const LONGEST: usize = 400;

static LIST: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("../../../data/phrase-words.txt").split_ascii_whitespace().collect());

static PLACES: LazyLock<HashMap<&'static str, usize>> =
    LazyLock::new(|| LIST.iter().enumerate().map(|(place, word)| (*word, place)).collect());

/// A phrase: words of the list, in lower case, with single blanks.
#[derive(Clone, PartialEq, Eq)]
pub struct Phrase(String);

impl fmt::Debug for Phrase {
    /// Never the words: what is debugged ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phrase")
    }
}

/// Why a text is no phrase.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// Nothing was typed.
    #[error("Type the twelve words that you wrote down")]
    Empty,
    /// Another number of words.
    #[error("A phrase has twelve words, and this has {0}")]
    Count(usize),
    /// Words that are not on the list, as places from 1.
    #[error("{}", unknown(.0))]
    Unknown(Vec<usize>),
}

fn unknown(places: &[usize]) -> String {
    let names: Vec<String> = places.iter().map(ToString::to_string).collect();
    match names.as_slice() {
        [one] => format!("Word {one} is not one of the words that are used here. Look again at what you wrote down"),
        many => {
            format!(
                "Words {} are not among those that are used here. Look again at what you wrote down",
                many.join(", ")
            )
        }
    }
}

impl Phrase {
    /// The phrase that random bytes stand for.
    #[must_use]
    pub fn of(bytes: &[u8; BYTES]) -> Self {
        let bit = |at: usize| usize::from(bytes[at / 8] >> (7 - at % 8) & 1);
        let word = |nth: usize| LIST[(0..BITS).fold(0, |place, at| place * 2 + bit(nth * BITS + at))];
        Self((0..WORDS).map(word).collect::<Vec<_>>().join(" "))
    }

    /// Reads what somebody typed: upper or lower case, with blanks, lines, hyphens, commas or numbers between the words.
    ///
    /// # Errors
    /// [`PhraseError`]; it says nothing but what the public list of words says.
    pub fn read(typed: &str) -> Result<Self, PhraseError> {
        let short: String = typed.chars().take(LONGEST).collect();
        let words: Vec<String> = short
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        match words.len() {
            0 => return Err(PhraseError::Empty),
            WORDS => {}
            other => return Err(PhraseError::Count(other)),
        }
        let places = words.iter().enumerate().filter(|(_, word)| !PLACES.contains_key(word.as_str()));
        let unknown: Vec<usize> = places.map(|(at, _)| at + 1).collect();
        if unknown.is_empty() { Ok(Self(words.join(" "))) } else { Err(PhraseError::Unknown(unknown)) }
    }

    /// The words with single blanks.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The words, the first first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ')
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_list_has_2048_plain_words_in_order() {
        assert_eq!(LIST.len(), 1 << BITS);
        assert!(LIST.is_sorted() && LIST.iter().collect::<HashSet<_>>().len() == LIST.len());
        assert!(LIST.iter().all(|word| (4..=8).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())));
    }

    /// Everything that one slip makes of a word: a letter too few, another letter, two letters swapped.
    fn slips(word: &str) -> impl Iterator<Item = String> + '_ {
        let missing = (0..word.len()).map(|at| format!("{}{}", &word[..at], &word[at + 1..]));
        let other = (0..word.len())
            .flat_map(move |at| ('a'..='z').map(move |letter| format!("{}{letter}{}", &word[..at], &word[at + 1..])));
        let swapped = (1..word.len()).map(|at| {
            let mut bytes = word.as_bytes().to_vec();
            bytes.swap(at - 1, at);
            String::from_utf8(bytes).unwrap()
        });
        missing.chain(other).chain(swapped)
    }

    #[test]
    fn a_slip_never_makes_another_word() {
        for word in LIST.iter() {
            let other = slips(word).find(|slip| slip != word && PLACES.contains_key(slip.as_str()));
            assert_eq!(other, None, "{word}");
        }
    }

    #[test]
    fn every_bit_counts() {
        let zero = Phrase::of(&[0; BYTES]);
        let all: HashSet<String> = (0..WORDS * BITS)
            .map(|bit| {
                let mut bytes = [0; BYTES];
                bytes[bit / 8] |= 128 >> (bit % 8);
                Phrase::of(&bytes).as_str().to_owned()
            })
            .chain([zero.as_str().to_owned()])
            .collect();
        assert_eq!(all.len(), WORDS * BITS + 1);
        assert_eq!(zero.words().count(), WORDS);
        assert_eq!(format!("{zero:?}"), "Phrase");
    }

    #[test]
    fn it_is_read_however_it_was_written() {
        let phrase = Phrase::of(&[0x5a; BYTES]);
        let written = phrase.words().enumerate().map(|(at, word)| format!("{}. {}\n", at + 1, word.to_uppercase()));
        for typed in [phrase.as_str().to_owned(), phrase.as_str().replace(' ', "-"), written.collect()] {
            assert_eq!(Phrase::read(&typed), Ok(phrase.clone()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_word_is_pointed_at() {
        let phrase = Phrase::of(&[0x5a; BYTES]);
        let mut words: Vec<&str> = phrase.words().collect();
        (words[1], words[11]) = ("qqqq", "zzzz");
        assert_eq!(Phrase::read(&words.join(" ")), Err(PhraseError::Unknown(vec![2, 12])));
        assert_eq!(Phrase::read(" - "), Err(PhraseError::Empty));
        assert_eq!(Phrase::read("one two"), Err(PhraseError::Count(2)));
        assert!(Phrase::read(&"wörter ".repeat(10_000)).is_err());
    }
}
