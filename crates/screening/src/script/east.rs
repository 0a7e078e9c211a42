//! Chinese and Korean: a word for each syllable.

use any_ascii::any_ascii_char;

use super::Latin;
use crate::{
    sound::{self, Phone},
    tables::tables,
};

/// Chinese characters in pinyin.
pub fn chinese(word: &str) -> Vec<Latin> {
    word.chars().map(|sign| pinyin(&super::plain(any_ascii_char(sign)))).filter(|word| !word.ascii.is_empty()).collect()
}

/// A syllable of pinyin, whose letters sound otherwise than elsewhere.
fn pinyin(syllable: &str) -> Latin {
    let (first, rest) = match syllable.as_bytes().first() {
        Some(b'q') => (Some(Phone::Ch), &syllable[1..]),
        Some(b'x') => (Some(Phone::X), &syllable[1..]),
        Some(b'c') if !syllable.starts_with("ch") => (Some(Phone::Ts), &syllable[1..]),
        Some(b'z') if !syllable.starts_with("zh") => (Some(Phone::Ts), &syllable[1..]),
        Some(b'z') => (Some(Phone::J), &syllable[2..]),
        _ => (None, syllable),
    };
    let phones = first.into_iter().chain(sound::of(rest)).collect();
    Latin { ascii: syllable.to_owned(), phones, bare: false, also: Vec::new() }
}

/// Korean syllables, as they are usually written in names.
pub fn korean(word: &str) -> Vec<Latin> {
    let usual = |sign: char| tables().hangul(sign).map_or_else(|| super::plain(any_ascii_char(sign)), str::to_owned);
    word.chars().map(|sign| Latin::read(usual(sign))).filter(|word| !word.ascii.is_empty()).collect()
}
