//! Chinese and Korean: a word for each syllable.

use any_ascii::any_ascii_char;

use super::Latin;
use crate::sound::{self, Phone};

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
    Latin { ascii: syllable.to_owned(), phones, bare: false }
}

/// Family names as their bearers write them; given names go by the official romanisation.
const SURNAMES: &[(char, &str)] = &[
    ('김', "kim"),
    ('이', "lee"),
    ('박', "park"),
    ('최', "choi"),
    ('정', "jung"),
    ('강', "kang"),
    ('조', "cho"),
    ('윤', "yoon"),
    ('장', "jang"),
    ('임', "lim"),
    ('오', "oh"),
    ('신', "shin"),
    ('권', "kwon"),
    ('안', "ahn"),
    ('류', "ryu"),
    ('유', "yoo"),
    ('고', "ko"),
    ('문', "moon"),
    ('배', "bae"),
    ('백', "baek"),
    ('허', "hur"),
    ('노', "noh"),
    ('리', "ri"),
    ('심', "shim"),
    ('주', "joo"),
    ('구', "koo"),
    ('우', "woo"),
    ('서', "seo"),
    ('전', "jeon"),
];

/// Korean syllables.
pub fn korean(word: &str) -> Vec<Latin> {
    let count = word.chars().count();
    let name = |place: usize, sign: char| {
        let surname = (place == 0 && count <= 4).then(|| SURNAMES.iter().find(|(known, _)| *known == sign)).flatten();
        surname.map_or_else(|| super::plain(any_ascii_char(sign)), |(_, written)| (*written).to_owned())
    };
    let words = word.chars().enumerate().map(|(place, sign)| Latin::read(name(place, sign)));
    words.filter(|word| !word.ascii.is_empty()).collect()
}
