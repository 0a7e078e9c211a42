//! Names of any script in Latin letters and in sounds.
//!
//! Each script has its own rules where one letter after the other does not do: Arabic and Hebrew leave vowels out, Thai
//! writes some before the consonant they follow, Indian letters carry an `a`. What has no rules here is transcribed
//! letter by letter.

mod burmese;
mod east;
mod greek;
mod indic;
mod khmer;
mod otherwise;
mod semitic;
mod slavic;
mod thai;

use any_ascii::any_ascii_char;
pub use semitic::without_strokes;

use crate::sound::{self, Phone};

/// A script, as far as it matters for names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic, with Persian and Urdu letters.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Chinese characters, those of Japanese included.
    Han,
    /// Japanese syllables.
    Kana,
    /// Korean.
    Hangul,
    /// Thai and Lao.
    Thai,
    /// Devanagari and its relatives of India.
    Indic,
    /// Burmese.
    Burmese,
    /// Khmer.
    Khmer,
    /// Digits and signs of no script.
    None,
    /// Anything else.
    Other,
}

impl Script {
    /// The script of a letter.
    #[must_use]
    pub fn of(letter: char) -> Self {
        match letter as u32 {
            0x41..=0x5A
            | 0x61..=0x7A
            | 0xAA
            | 0xBA
            | 0xC0..=0x24F
            | 0x250..=0x2AF
            | 0x1E00..=0x1EFF
            | 0x2C60..=0x2C7F
            | 0xA720..=0xA7FF => Self::Latin,
            0x370..=0x3FF | 0x1F00..=0x1FFF => Self::Greek,
            0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Self::Cyrillic,
            0x590..=0x5FF | 0xFB1D..=0xFB4F => Self::Hebrew,
            0x600..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => Self::Arabic,
            0x900..=0xD7F => Self::Indic,
            0xE00..=0xEFF => Self::Thai,
            0x1000..=0x109F => Self::Burmese,
            0x1780..=0x17FF => Self::Khmer,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF => Self::Hangul,
            0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Self::Han,
            0x3040..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F => Self::Kana,
            0..=0x7F => Self::None,
            _ if !letter.is_alphabetic() => Self::None,
            _ => Self::Other,
        }
    }
}

/// A word in Latin letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latin {
    /// Small ASCII letters and digits.
    pub ascii: String,
    /// How it sounds.
    pub phones: Vec<Phone>,
    /// Whether the script leaves short vowels out.
    pub bare: bool,
    /// How it sounds to somebody of another tradition: `Huzi` is Fuji. Empty if there is none.
    pub also: Vec<Phone>,
}

impl Latin {
    fn read(ascii: String) -> Self {
        let phones = sound::of(&ascii);
        let also = otherwise::latin(&ascii).map(|text| sound::of(&text)).unwrap_or_default();
        Self { ascii, phones, bare: false, also }
    }

    /// With another text for those of another tradition.
    fn also(mut self, text: Option<String>) -> Self {
        if let Some(text) = text {
            self.also = sound::of(&text);
        }
        self
    }
}

/// A word of one script, in small letters and composed, in Latin letters. Chinese and Korean give a word for each
/// syllable, since that is how their names are put together and taken apart.
#[must_use]
pub fn latin(word: &str) -> Vec<Latin> {
    if word.is_ascii() {
        return vec![Latin::read(word.to_owned())];
    }
    match word.chars().map(Script::of).find(|script| *script != Script::None).unwrap_or(Script::None) {
        Script::Cyrillic => vec![Latin::read(slavic::latin(word)).also(slavic::otherwise(word))],
        Script::Greek => vec![Latin::read(greek::latin(word)).also(greek::otherwise(word))],
        Script::Arabic if word.chars().any(|letter| Script::of(letter) == Script::Hebrew) => {
            vec![semitic::hebrew(word)]
        }
        Script::Arabic => vec![semitic::arabic(word)],
        Script::Hebrew => vec![semitic::hebrew(word)],
        Script::Han => east::chinese(word),
        Script::Hangul => east::korean(word),
        Script::Thai => vec![thai::latin(word)],
        Script::Indic => vec![indic::latin(word)],
        Script::Burmese => burmese::latin(word),
        Script::Khmer => vec![khmer::latin(word)],
        Script::Latin | Script::Kana | Script::None | Script::Other => vec![transcribed(word)],
    }
}

/// Letter by letter, by popular romanisations. Accents go, but are heard: `Şahin` is `sahin` and sounds like `shahin`.
fn transcribed(word: &str) -> Latin {
    let ascii: String = word.chars().map(|letter| base(letter).unwrap_or_else(|| any_ascii_char(letter))).collect();
    let heard: String = word
        .chars()
        .map(|letter| heard(letter).or_else(|| base(letter)).unwrap_or_else(|| any_ascii_char(letter)))
        .collect();
    let ascii = plain(&ascii);
    let also = otherwise::latin(&ascii).map(|text| sound::of(&text)).unwrap_or_default();
    Latin { phones: sound::of(&plain(&heard)), ascii, bare: word.chars().any(is_sinhala), also }
}

/// Its consonants carry a vowel that is written only where it is another.
const fn is_sinhala(letter: char) -> bool {
    matches!(letter as u32, 0xD80..=0xDFF)
}

/// The letter that is written where the accented one is not to be had, other than by dropping what is above or below it.
const fn base(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ö' | 'œ' | 'ø' => "o",
        'ü' => "u",
        'ä' | 'å' | 'ə' => "a",
        'ı' => "i",
        'ł' => "l",
        'đ' | 'ð' => "d",
        _ => return None,
    })
}

const fn heard(letter: char) -> Option<&'static str> {
    Some(match letter {
        'š' | 'ş' | 'ș' | 'ś' => "sh",
        'č' | 'ć' => "ch",
        'ž' | 'ź' | 'ż' => "zh",
        'ř' => "rz",
        'ţ' | 'ț' => "ts",
        'ñ' | 'ń' | 'ň' => "ny",
        'ç' => "s",
        'ğ' => "g",
        _ => return None,
    })
}

/// Small letters and digits only.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let words: Vec<String> = text.split(' ').flat_map(latin).map(|word| word.ascii).collect();
        words.join(" ")
    }

    #[test]
    fn scripts_in_latin_letters() {
        for (text, expected) in [
            ("владимир хрущёв", "vladimir khrushchev"),
            ("зеленський володимир", "zelenskiy volodimir"),
            ("ελευθέριος βενιζέλος", "eleftherios venizelos"),
            ("παπανδρέου μπάμπης", "papandreou bampis"),
            ("王小明", "wang xiao ming"),
            ("たなか ゆうこ", "tanaka yuuko"),
            ("नरेन्द्र मोदी", "narendra modi"),
            ("محمد", "mhmd"),
            ("בנימין", "bnymyn"),
            ("łódź straße", "lodz strasse"),
            ("თბილისი", "tbilisi"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn scripts_without_vowels_sound_like_those_with() {
        for (one, other, least) in [
            ("محمد", "mohammed", 0.9),
            ("حسين", "hussein", 0.9),
            ("قذافي", "gaddafi", 0.75),
            ("נתניהו", "netanyahu", 0.85),
            ("שרון", "sharon", 0.9),
            ("خامنه\u{200c}ای", "khamenei", 0.8),
            ("ชินวัตร", "shinawatra", 0.7),
            ("গান্ধী", "gandhi", 0.85),
        ] {
            let (a, b) = (latin(one).remove(0), latin(other).remove(0));
            let found = sound::alike(&a.phones, &b.phones, a.bare || b.bare);
            assert!(found >= least, "{one} {} {other}: {found}", a.ascii);
        }
    }
}
