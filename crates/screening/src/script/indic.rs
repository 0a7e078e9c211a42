//! The scripts of India: their blocks have the same order, so one table serves Devanagari, Bengali, Gurmukhi, Gujarati,
//! Odia, Tamil, Telugu, Kannada and Malayalam. A consonant carries an `a` unless a sign says otherwise.

mod letters;

use any_ascii::any_ascii_char;

use super::Latin;
use crate::sound;
use letters::{consonant, vowel, vowel_sign};

const VIRAMA: u32 = 0x4D;
const NUKTA: u32 = 0x3C;
const AA: u32 = 0x3E;
const BENGALI: u32 = 0x980;
const GURMUKHI: u32 = 0xA00;
const TAMIL: u32 = 0xB80;
const TELUGU: u32 = 0xC00;

/// A letter: its block, and its place there.
#[derive(Clone, Copy)]
struct Letter {
    sign: char,
    block: u32,
    place: u32,
}

impl Letter {
    fn of(sign: char) -> Self {
        let code = sign as u32;
        let place = if matches!(code, 0x900..=0xD7F) { code & 0x7F } else { 0 };
        Self { sign, block: code & !0x7F, place }
    }
}

/// A word in one of the scripts.
pub fn latin(word: &str) -> Latin {
    let letters: Vec<Letter> = word.chars().map(Letter::of).collect();
    let (mut ascii, mut heard, mut consonants) = (String::new(), String::new(), 0);
    for at in 0..letters.len() {
        let letter = letters[at];
        let next = letters.get(at + 1).map(|next| next.place);
        let usual = consonant(letter.place);
        let (text, sound) = match usual {
            Some(usual) => read(&letters, at, usual),
            None => (other(&letters, at), None),
        };
        ascii.push_str(text);
        heard.push_str(sound.unwrap_or(text));
        if usual.is_some() {
            consonants += 1;
            // No `a` before another vowel, and none at the end of a word that has a syllable already.
            let carries = match next {
                Some(next) => next != VIRAMA && vowel_sign(next).is_none() && next != NUKTA,
                None => consonants == 1 || ends_hard(&ascii, text),
            };
            if carries {
                ascii.push('a');
                heard.push('a');
            }
        }
    }
    Latin { phones: sound::of(&super::plain(&heard)), ascii: super::plain(&ascii), bare: true, also: Vec::new() }
}

/// A consonant as it is written, and how it sounds where that is something else.
fn read(letters: &[Letter], at: usize, usual: &'static str) -> (&'static str, Option<&'static str>) {
    let letter = letters[at];
    match (letter.block, letter.place) {
        (TAMIL, _) => (tamil(letters, at, usual), None),
        // Of `জিয়া` and `Zia`.
        (BENGALI, 0x1C) => ("j", Some("zh")),
        // A `y` only with a dot or under another; between `o` and `a` it is the `w` that Bengali has no letter for.
        (BENGALI, 0x2F) if letters.get(at + 1).is_some_and(|next| next.place == NUKTA) => {
            let behind_o = at > 0 && matches!(letters[at - 1].place, 0x13 | 0x4B);
            (if behind_o && letters.get(at + 2).is_some_and(|next| next.place == AA) { "w" } else { "y" }, None)
        }
        (BENGALI, 0x2F) if at == 0 || letters[at - 1].place != VIRAMA => ("j", Some("zh")),
        _ => (usual, None),
    }
}

/// Tamil writes one letter for a hard sound and its soft brother: hard at the beginning and doubled, soft elsewhere.
fn tamil(letters: &[Letter], at: usize, usual: &'static str) -> &'static str {
    let letter = letters[at];
    let before = (at > 0).then(|| letters[at - 1].place);
    let same = |other: usize| letters.get(other).is_some_and(|other| other.place == letter.place);
    let doubled = before == Some(VIRAMA) && at > 1 && same(at - 2)
        || letters.get(at + 1).is_some_and(|next| next.place == VIRAMA) && same(at + 2);
    let nasal =
        at > 1 && before == Some(VIRAMA) && matches!(letters[at - 2].place, 0x19 | 0x1E | 0x23 | 0x28 | 0x29 | 0x2E);
    let ksh = letter.place == 0x1A && before == Some(VIRAMA) && at > 1 && letters[at - 2].place == 0x1F;
    let before_ch = letter.place == 0x1F && letters.get(at + 2).is_some_and(|next| next.place == 0x1A);
    let between = before.is_some_and(|before| before != VIRAMA);
    match letter.place {
        _ if ksh => "sh",
        0x1F if before_ch => "k",
        0x15 if !doubled && (nasal || between) => "g",
        0x1F if !doubled && (nasal || between) => "d",
        0x24 if !doubled && nasal => "dh",
        0x2A if !doubled && (nasal || between) => "b",
        0x1A if nasal => "j",
        0x1A if !doubled => "s",
        _ => usual,
    }
}

/// A vowel, or a sign of which the scripts make different use.
fn other(letters: &[Letter], at: usize) -> &'static str {
    let letter = letters[at];
    let next = letters.get(at + 1).map(|next| next.place);
    let swallowed = letter.block == BENGALI
        && matches!(letter.place, 0x13 | 0x4B)
        && next == Some(0x2F)
        && letters.get(at + 3).is_some_and(|vowel| vowel.place == AA);
    match (letter.block, letter.place) {
        // `ওয়া` is wa.
        _ if swallowed => "",
        (_, 0) => any_ascii_char(letter.sign),
        (_, VIRAMA | NUKTA) | (GURMUKHI, 0x71) => "",
        (GURMUKHI, 0x70) => "n",
        (_, 0x01 | 0x02) if matches!(next, Some(0x2A..=0x2E)) => "m",
        (block, 0x02) if block >= TELUGU && next.is_none() => "m",
        (_, 0x01 | 0x02) => "n",
        (_, 0x03) => "h",
        (_, place) => vowel_sign(place).or_else(|| vowel(place)).unwrap_or_else(|| any_ascii_char(letter.sign)),
    }
}

/// Whether a word ends with several consonants, behind which an `a` is heard: `narendra`.
fn ends_hard(ascii: &str, last: &str) -> bool {
    let before = &ascii[..ascii.len() - last.len()];
    before.chars().next_back().is_some_and(|letter| !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'n'))
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn the_scripts_have_ways_of_their_own() {
        for (word, expected) in [
            ("மீனாட்சி", "minakshi"),
            ("சுந்தரம்", "sundharam"),
            ("முருகன்", "murugan"),
            ("জিয়া", "jiya"),
            ("আনোয়ার", "anwar"),
            ("ਸੰਧੂ", "sandhu"),
            ("संपत", "sampat"),
            ("సుందరం", "sundaram"),
            ("नरेन्द्र", "narendra"),
        ] {
            let composed: String = word.nfc().collect();
            assert_eq!(latin(&composed).ascii, expected, "{word}");
        }
    }
}
