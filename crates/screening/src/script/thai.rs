//! Thai: some vowels stand before the consonant that they follow in speech, many are not written, many letters are mute.

use any_ascii::any_ascii_char;

use super::Latin;
use crate::sound;

/// A word in Thai letters.
pub fn latin(word: &str) -> Latin {
    let letters: Vec<char> = word.chars().collect();
    let mut ascii = String::new();
    let mut at = 0;
    while at < letters.len() {
        // A mark that makes the letter before it mute, its vowel included.
        let mute = letters.get(at + 1) == Some(&'\u{0E4C}') || letters.get(at + 2) == Some(&'\u{0E4C}');
        match (leading(letters[at]), letters.get(at + 1)) {
            (Some(vowel), Some(consonant)) => {
                ascii.push_str(letter(*consonant));
                ascii.push_str(vowel);
                at += 2;
            }
            _ if mute => at += 1 + letters[at..].iter().position(|sign| *sign == '\u{0E4C}').unwrap_or_default(),
            _ => {
                ascii.push_str(letter(letters[at]));
                at += 1;
            }
        }
    }
    let ascii = super::plain(&ascii);
    Latin { phones: sound::of(&ascii), ascii, bare: true }
}

const fn leading(letter: char) -> Option<&'static str> {
    Some(match letter {
        'เ' => "e",
        'แ' => "ae",
        'โ' => "o",
        'ใ' | 'ไ' => "ai",
        _ => return None,
    })
}

fn letter(letter: char) -> &'static str {
    match letter {
        'ก' => "k",
        'ข' | 'ค' | 'ฆ' => "kh",
        'ง' => "ng",
        'จ' => "ch",
        'ฉ' | 'ช' | 'ฌ' => "ch",
        'ซ' | 'ศ' | 'ษ' | 'ส' => "s",
        'ญ' | 'ย' => "y",
        'ด' | 'ฎ' => "d",
        'ต' | 'ฏ' => "t",
        'ท' | 'ธ' | 'ถ' | 'ฐ' | 'ฑ' | 'ฒ' => "th",
        'น' | 'ณ' => "n",
        'บ' => "b",
        'ป' => "p",
        'ผ' | 'พ' | 'ภ' => "ph",
        'ฝ' | 'ฟ' => "f",
        'ม' => "m",
        'ร' => "r",
        'ล' | 'ฬ' => "l",
        'ว' => "w",
        'ห' | 'ฮ' => "h",
        'อ' => "o",
        'ะ' | 'ั' | 'า' => "a",
        'ำ' => "am",
        'ิ' | 'ี' => "i",
        'ึ' | 'ื' => "ue",
        'ุ' | 'ู' => "u",
        '็' | '่' | '้' | '๊' | '๋' | '์' => "",
        _ => any_ascii_char(letter),
    }
}
