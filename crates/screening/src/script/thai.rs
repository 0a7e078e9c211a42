//! Thai and Lao: some vowels stand before the consonant that they follow in speech, many are not written, many letters are
//! mute, and what closes a syllable sounds otherwise than what opens it.
//!
//! People write their names by sound (`Wattana`) or as the Sanskrit they come from (`Vaddhana`), one syllable so and the
//! next otherwise. Letters that are written both ways become sounds that stand for both.

use any_ascii::any_ascii_char;

use super::Latin;
use crate::sound::{
    self,
    Phone::{self, *},
};

/// A word in Thai or Lao letters.
pub fn latin(word: &str) -> Latin {
    let letters = sounded(word);
    let mut out = Reading::default();
    let mut at = 0;
    while at < letters.len() {
        at += out.read(&letters[at..]);
    }
    Latin { ascii: super::plain(&out.ascii), phones: out.phones, bare: true, also: Vec::new() }
}

/// The letters that are spoken: no marks of tone, no letters made mute, those of Lao as their sisters of Thai.
fn sounded(word: &str) -> Vec<char> {
    const MUTE: char = '\u{0E4C}';
    let mut out: Vec<char> = Vec::new();
    for letter in word.chars() {
        let letter = match letter as u32 {
            0xEBC => 'ล',
            0xEBD => 'ย',
            0xEDC => 'น',
            0xEDD => 'ม',
            code @ 0xE81..=0xECD => char::from_u32(code - 0x80).unwrap_or(letter),
            _ => letter,
        };
        match letter {
            '\u{0E47}'..='\u{0E4B}' => {}
            MUTE => {
                out.pop_if(|last| matches!(last, 'ิ' | 'ุ'));
                let last = out.pop();
                // `จันทร์`: both are mute.
                if last == Some('ร') {
                    out.pop_if(|last| matches!(last, 'ท' | 'ต' | 'ด'));
                }
            }
            letter => out.push(letter),
        }
    }
    out
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    ascii: String,
    phones: Vec<Phone>,
    /// A consonant waits for its vowel.
    waits: bool,
    /// The syllable has its vowel.
    open: bool,
}

impl Reading {
    /// Reads what comes next and says how many letters it took.
    fn read(&mut self, letters: &[char]) -> usize {
        let (letter, next) = (letters[0], letters.get(1));
        if is_leading(letter) {
            return 1 + self.framed(letter, &letters[1..]);
        }
        if letter == 'ร' && next == Some(&'ร') {
            self.vowel("a");
            // `ธรรม` is tham, `วรรณา` wanna.
            if letters.get(2).is_none_or(|third| !is_consonant(*third)) || begins_syllable(&letters[2..]) {
                self.closing('น');
            }
            return 2;
        }
        if !is_consonant(letter) {
            self.vowel(if letter == 'ั' && next == Some(&'ว') { "ua" } else { vowel(letter) });
            return if letter == 'ั' && next == Some(&'ว') || letter == 'ื' && next == Some(&'อ') {
                2
            } else {
                1
            };
        }
        let carries = next.is_some_and(|next| is_sign(*next));
        if letter == 'ห' && !carries && next.is_some_and(|next| is_soft(*next)) && !begins_syllable(&letters[2..]) {
            return 1;
        }
        match letter {
            'อ' if self.waits && !carries => self.vowel("o"),
            'ว' if self.waits && !carries && next.is_some() => self.vowel("ua"),
            _ if !carries && self.closes(letters) => self.closing(letter),
            _ => self.opening(letter),
        }
        1
    }

    /// Whether the consonant ends a syllable: one that has a vowel, or one whose vowel nobody writes.
    fn closes(&self, letters: &[char]) -> bool {
        let behind = |at: usize| letters.get(at).copied();
        let cluster = matches!(behind(1), Some('ร' | 'ล')) && behind(2).is_some_and(is_sign);
        !cluster && (self.open || self.waits && begins_syllable(&letters[1..]))
    }

    /// A vowel that stands before its consonant, with those behind that belong to it.
    fn framed(&mut self, first: char, letters: &[char]) -> usize {
        let onset = onset(letters);
        letters[..onset].iter().for_each(|letter| self.opening(*letter));
        let rest = (letters.get(onset).copied(), letters.get(onset + 1).copied());
        let (text, taken) = match (first, rest) {
            ('เ', (Some('ี'), Some('ย'))) => ("ia", 2),
            ('เ', (Some('ื'), Some('อ'))) => ("uea", 2),
            ('เ', (Some('า'), _)) => ("ao", 1),
            ('เ', (Some('อ' | 'ิ'), _)) => ("oe", 1),
            ('เ', (Some('ย'), _)) => ("oei", 1),
            ('เ', _) => ("e", 0),
            ('แ', _) => ("ae", 0),
            ('โ', _) => ("o", 0),
            (_, (Some('ย'), _)) => ("ai", 1),
            _ => ("ai", 0),
        };
        self.vowel(text);
        let short = usize::from(letters.get(onset + taken) == Some(&'ะ'));
        onset + taken + short
    }

    fn vowel(&mut self, text: &str) {
        self.ascii.push_str(text);
        self.phones.extend(sound::of(text));
        (self.waits, self.open) = (false, true);
    }

    fn opening(&mut self, letter: char) {
        let (text, phones) = initial(letter);
        self.ascii.push_str(if text.is_empty() && letter != 'อ' { any_ascii_char(letter) } else { text });
        self.phones.extend_from_slice(phones);
        (self.waits, self.open) = (true, false);
    }

    fn closing(&mut self, letter: char) {
        if !self.open {
            self.vowel("o");
        }
        let (text, phones) = last(letter).unwrap_or_else(|| initial(letter));
        self.ascii.push_str(text);
        self.phones.extend_from_slice(phones);
        (self.waits, self.open) = (false, false);
    }
}

/// Whether a new syllable begins here, or the word ends.
fn begins_syllable(letters: &[char]) -> bool {
    match letters {
        [] => true,
        [first, rest @ ..] => {
            is_leading(*first)
                || is_consonant(*first) && rest.first().is_some_and(|next| is_sign(*next) || *next == 'อ')
        }
    }
}

/// How many consonants open the syllable behind a leading vowel.
fn onset(letters: &[char]) -> usize {
    match letters {
        ['ห', second, ..] if is_soft(*second) => 2,
        [first, 'ร' | 'ล' | 'ว', third, ..] if "กขคตทปผพบดฟศสจ".contains(*first) && *third != 'ะ' => {
            2
        }
        [_, ..] => 1,
        [] => 0,
    }
}

const fn is_leading(letter: char) -> bool {
    matches!(letter, 'เ' | 'แ' | 'โ' | 'ใ' | 'ไ')
}

const fn is_consonant(letter: char) -> bool {
    matches!(letter, 'ก'..='ฮ') && !matches!(letter, 'ฤ' | 'ฦ')
}

/// A vowel that is written on or behind its consonant.
const fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{0E30}'..='\u{0E3B}')
}

/// Before these `ห` only gives the tone.
const fn is_soft(letter: char) -> bool {
    matches!(letter, 'ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว')
}

fn vowel(letter: char) -> &'static str {
    match letter {
        'ะ' | 'ั' | 'า' => "a",
        'ำ' => "am",
        'ิ' | 'ี' => "i",
        'ึ' | 'ื' => "ue",
        'ุ' | 'ู' => "u",
        'ฤ' | 'ฦ' => "ri",
        // Of Lao.
        '\u{0E3B}' => "o",
        _ => any_ascii_char(letter),
    }
}

/// A consonant that opens a syllable.
const fn initial(letter: char) -> (&'static str, &'static [Phone]) {
    match letter {
        'ก' => ("k", &[K]),
        'ข' | 'ฃ' | 'ค' | 'ฅ' | 'ฆ' => ("kh", &[Kh]),
        'ง' => ("ng", &[N, G]),
        'จ' => ("ch", &[Cha]),
        'ฉ' | 'ช' | 'ฌ' => ("ch", &[Ch]),
        'ซ' | 'ศ' | 'ษ' | 'ส' => ("s", &[S]),
        'ญ' | 'ย' => ("y", &[Y]),
        'ด' | 'ฎ' => ("d", &[D]),
        'ต' | 'ฏ' => ("t", &[T]),
        'ท' | 'ธ' | 'ถ' | 'ฐ' | 'ฑ' | 'ฒ' => ("th", &[Th]),
        'น' | 'ณ' => ("n", &[N]),
        'บ' => ("b", &[B]),
        'ป' => ("p", &[P]),
        'ผ' | 'พ' | 'ภ' => ("ph", &[Pe]),
        'ฝ' | 'ฟ' => ("f", &[F]),
        'ม' => ("m", &[M]),
        'ร' => ("r", &[R]),
        'ล' | 'ฬ' => ("l", &[L]),
        'ว' => ("w", &[W]),
        'ห' | 'ฮ' => ("h", &[H]),
        _ => ("", &[]),
    }
}

/// A consonant that closes a syllable, where it sounds otherwise.
const fn last(letter: char) -> Option<(&'static str, &'static [Phone])> {
    Some(match letter {
        'ข' | 'ค' | 'ฆ' => ("k", &[K]),
        'จ' | 'ช' | 'ซ' | 'ศ' | 'ษ' | 'ส' | 'ฌ' => ("t", &[Sat]),
        'ด' | 'ต' | 'ท' | 'ธ' | 'ถ' | 'ฎ' | 'ฏ' | 'ฐ' | 'ฑ' | 'ฒ' => ("t", &[T]),
        'บ' | 'ป' | 'พ' | 'ภ' | 'ฟ' => ("p", &[Pe]),
        'ร' | 'ล' | 'ฬ' => ("n", &[Nal]),
        'ญ' | 'น' | 'ณ' => ("n", &[N]),
        'ย' => ("i", &[Y]),
        'ว' => ("o", &[W]),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_people_write_them() {
        for (thai, expected) in [
            ("สมชาย", "somchai"),
            ("จันทร์เพ็ญ", "chanphen"),
            ("พรทิพย์", "phonthip"),
            ("ธรรม", "tham"),
            ("วรรณา", "wanna"),
            ("ไทย", "thai"),
            ("หงษ์ทอง", "hongthong"),
            ("บุญมี", "bunmi"),
        ] {
            assert_eq!(latin(thai).ascii, expected, "{thai}");
        }
    }

    #[test]
    fn what_is_written_by_sound_or_as_in_sanskrit_is_heard() {
        for (thai, name) in [
            ("ชินวัตร", "shinawatra"),
            ("วชิราลงกรณ์", "vajiralongkorn"),
            ("รัตนกุล", "rattanakul"),
            ("ศิริพร", "siriporn"),
            ("สวัสดิ์", "sawat"),
            ("พานิช", "phanit"),
            ("พานิช", "panich"),
            ("ກິດຕິພົງ", "kittiphong"),
        ] {
            let read = latin(thai);
            let found = sound::alike(&read.phones, &sound::of(name), true);
            assert!(found >= 0.8, "{thai} {} {name}: {found}", read.ascii);
        }
    }
}
