//! The scripts of India: their blocks have the same order, so one table serves Devanagari, Bengali, Gurmukhi, Gujarati,
//! Odia, Tamil, Telugu, Kannada and Malayalam. A consonant carries an `a` unless a sign says otherwise.

use any_ascii::any_ascii_char;

use super::Latin;
use crate::sound;

const VIRAMA: u32 = 0x4D;

/// A word in one of the scripts.
pub fn latin(word: &str) -> Latin {
    let mut ascii = String::new();
    let mut letters = word.chars().peekable();
    let mut consonants = 0;
    while let Some(letter) = letters.next() {
        let place = letter as u32 & 0x7F;
        if let Some(text) = consonant(place).filter(|_| is_indic(letter)) {
            consonants += 1;
            ascii.push_str(text);
            let follows = letters.peek().map(|next| *next as u32 & 0x7F);
            // No `a` before another vowel, and none at the end of a word that has a syllable already.
            let carries = match follows {
                Some(next) => next != VIRAMA && vowel_sign(next).is_none() && next != 0x3C,
                None => consonants == 1 || ends_hard(&ascii, text),
            };
            if carries {
                ascii.push('a');
            }
        } else if let Some(text) = vowel_sign(place).or_else(|| vowel(place)).filter(|_| is_indic(letter)) {
            ascii.push_str(text);
        } else if place != VIRAMA {
            ascii.push_str(match place {
                0x01 | 0x02 => "n",
                0x03 => "h",
                0x3C => "",
                _ => any_ascii_char(letter),
            });
        }
    }
    let ascii = super::plain(&ascii);
    Latin { phones: sound::of(&ascii), ascii, bare: true }
}

const fn is_indic(letter: char) -> bool {
    matches!(letter as u32, 0x900..=0xD7F)
}

/// Whether a word ends with several consonants, behind which an `a` is heard: `narendra`.
fn ends_hard(ascii: &str, last: &str) -> bool {
    let before = &ascii[..ascii.len() - last.len()];
    before.chars().next_back().is_some_and(|letter| !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'n'))
}

const fn consonant(place: u32) -> Option<&'static str> {
    Some(match place {
        0x15 => "k",
        0x16 => "kh",
        0x17 => "g",
        0x18 => "gh",
        0x19 => "ng",
        0x1A | 0x1B => "ch",
        0x1C => "j",
        0x1D => "jh",
        0x1E => "n",
        0x1F | 0x24 => "t",
        0x20 | 0x25 => "th",
        0x21 | 0x26 => "d",
        0x22 | 0x27 => "dh",
        0x23 | 0x28 | 0x29 => "n",
        0x2A => "p",
        0x2B => "ph",
        0x2C => "b",
        0x2D => "bh",
        0x2E => "m",
        0x2F => "y",
        0x30 | 0x31 => "r",
        0x32..=0x34 => "l",
        0x35 => "v",
        0x36 | 0x37 => "sh",
        0x38 => "s",
        0x39 => "h",
        0x58 => "q",
        0x59 => "kh",
        0x5A => "gh",
        0x5B => "z",
        0x5C => "r",
        0x5D => "rh",
        0x5E => "f",
        0x5F => "y",
        _ => return None,
    })
}

const fn vowel_sign(place: u32) -> Option<&'static str> {
    Some(match place {
        0x3E => "a",
        0x3F | 0x40 => "i",
        0x41 | 0x42 => "u",
        0x43 => "ri",
        0x45..=0x47 => "e",
        0x48 => "ai",
        0x49..=0x4B => "o",
        0x4C => "au",
        _ => return None,
    })
}

const fn vowel(place: u32) -> Option<&'static str> {
    Some(match place {
        0x05 | 0x06 => "a",
        0x07 | 0x08 => "i",
        0x09 | 0x0A => "u",
        0x0B => "ri",
        0x0D..=0x0F => "e",
        0x10 => "ai",
        0x11..=0x13 => "o",
        0x14 => "au",
        _ => return None,
    })
}
