//! Khmer: consonants under each other, vowels that sound by the consonant they stand at. Vowels vary so much in names that
//! only their rough place is kept.

use any_ascii::any_ascii_char;

use super::Latin;
use crate::sound;

/// Makes the next consonant stand under the one before.
const COENG: char = '\u{17D2}';
/// Makes the letter before it mute.
const MUTE: char = '\u{17CD}';

/// A word in Khmer letters.
pub fn latin(word: &str) -> Latin {
    let letters: Vec<char> = word.chars().collect();
    let mut ascii = String::new();
    for (at, letter) in letters.iter().enumerate() {
        if letters.get(at + 1) == Some(&MUTE) {
            continue;
        }
        ascii.push_str(read(*letter, &letters[..at], &letters[at + 1..]));
    }
    let ascii = super::plain(&ascii);
    Latin { phones: sound::of(&ascii), ascii, bare: true, also: Vec::new() }
}

fn read(letter: char, before: &[char], behind: &[char]) -> &'static str {
    let (ends, under) = (behind.is_empty(), before.last() == Some(&COENG));
    match letter {
        // A hard one where the sign of the other row stands at it.
        'ប' if matches!(behind.first(), Some('\u{17C9}')) || ends => "p",
        'រ' if ends => "",
        'ខ' | 'ឃ' if ends => "k",
        'ដ' if behind == [COENG, 'ឋ'] => "",
        'រ' if under && ends => "",
        _ => sign(letter),
    }
}

fn sign(letter: char) -> &'static str {
    match letter {
        'ក' | 'គ' => "k",
        'ខ' | 'ឃ' => "kh",
        'ង' => "ng",
        'ច' | 'ជ' => "ch",
        'ឆ' | 'ឈ' => "chh",
        'ញ' => "nh",
        'ដ' | 'ឌ' => "d",
        'ឋ' | 'ឍ' | 'ថ' | 'ធ' => "th",
        'ណ' | 'ន' => "n",
        'ត' | 'ទ' => "t",
        'ប' => "b",
        'ផ' | 'ភ' => "ph",
        'ព' => "p",
        'ម' => "m",
        'យ' => "y",
        'រ' => "r",
        'ល' | 'ឡ' => "l",
        'វ' => "v",
        'ឝ' | 'ឞ' | 'ស' => "s",
        'ហ' => "h",
        'អ' | COENG | MUTE | '\u{17C9}'..='\u{17CC}' | '\u{17CE}'..='\u{17D1}' => "",
        '\u{17B6}' => "a",
        '\u{17B7}' | '\u{17B8}' => "i",
        '\u{17B9}' | '\u{17BA}' => "eu",
        '\u{17BB}' | '\u{17BC}' => "u",
        '\u{17BD}' => "uo",
        '\u{17BE}' | '\u{17BF}' => "oeu",
        '\u{17C0}' => "ea",
        '\u{17C1}' => "e",
        '\u{17C2}' => "e",
        '\u{17C3}' => "ai",
        '\u{17C4}' => "o",
        '\u{17C5}' => "au",
        '\u{17C6}' => "m",
        '\u{17C7}' => "h",
        '\u{17C8}' => "a",
        'ឥ' | 'ឦ' => "i",
        'ឧ' | 'ឩ' => "u",
        'ឯ' => "e",
        'ឱ' | 'ឲ' => "o",
        _ => any_ascii_char(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sound_as_people_write_them() {
        for (khmer, name) in [
            ("សុខ", "sok"),
            ("ហ៊ុន", "hun"),
            ("សែន", "sen"),
            ("ជា", "chea"),
            ("ចាន់ណា", "channa"),
            ("ពិសិដ្ឋ", "piseth"),
            ("វិចិត្រ", "vichet"),
            ("ប៉ុល", "pol"),
        ] {
            let read = latin(khmer);
            let found = sound::alike(&read.phones, &sound::of(name), true);
            assert!(found >= 0.85, "{khmer} {} {name}: {found}", read.ascii);
        }
    }
}
