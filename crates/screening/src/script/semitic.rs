//! Arabic (with the letters of Persian, Urdu and Pashto) and Hebrew: consonants, and letters that carry a vowel or not.

use any_ascii::any_ascii_char;

use super::Latin;
use crate::sound::Phone::{self, *};

/// A word in Arabic letters.
pub fn arabic(word: &str) -> Latin {
    written(word, arabic_letter)
}

/// A word in Hebrew letters.
pub fn hebrew(word: &str) -> Latin {
    let mut found = written(word, hebrew_letter);
    // Silent at the end, or a vowel.
    if word.ends_with('ה') && found.phones.len() > 1 {
        found.phones.pop();
        found.phones.push(Marbuta);
    }
    found
}

/// Hebrew letters with a stroke behind them, as the Arabic ones that sound so: `צ'` is ch.
pub fn without_strokes(text: &str) -> String {
    let mut out = text.to_owned();
    for (letter, sound) in [('ג', "ج"), ('ז', "ژ"), ('צ', "چ"), ('ץ', "چ"), ('ת', "ث")] {
        for stroke in ['\'', '׳', '’', '`', '´'] {
            out = out.replace(&format!("{letter}{stroke}"), sound);
        }
    }
    out
}

/// A letter in Latin and in sounds; `None` if it is none of the script.
type Read = Option<(&'static str, &'static [Phone])>;

fn written(word: &str, letter: fn(char) -> Read) -> Latin {
    let mut latin = Latin { ascii: String::new(), phones: Vec::new(), bare: true, also: Vec::new() };
    for sign in word.chars() {
        let (text, phones) = letter(sign).unwrap_or_else(|| (any_ascii_char(sign), &[]));
        // Somebody who transcribes writes a vowel for it there.
        latin.ascii.push_str(if sign == 'ع' && latin.ascii.is_empty() { "a" } else { text });
        latin
            .phones
            .extend(phones.iter().filter(|phone| latin.phones.last() != Some(phone)).copied().collect::<Vec<_>>());
    }
    latin.ascii = super::plain(&latin.ascii);
    latin
}

fn arabic_letter(letter: char) -> Read {
    Some(match letter {
        'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' => ("a", &[Carrier]),
        'ى' => ("a", &[Ya]),
        'ء' | 'ئ' | 'ؤ' => ("", &[Carrier]),
        'ع' => ("", &[Carrier]),
        'ب' => ("b", &[B]),
        'پ' => ("p", &[P]),
        'ت' | 'ط' | 'ټ' | 'ٹ' => ("t", &[T]),
        'ث' => ("th", &[Th]),
        'ج' => ("j", &[J]),
        'چ' => ("ch", &[Ch]),
        'ح' => ("h", &[H]),
        'خ' => ("kh", &[Kh]),
        'د' | 'ډ' | 'ڈ' => ("d", &[D]),
        'ض' => ("d", &[Dh]),
        'ذ' | 'ظ' => ("z", &[Dh]),
        'ر' | 'ړ' | 'ڑ' => ("r", &[R]),
        'ز' => ("z", &[Z]),
        'ژ' | 'ږ' => ("zh", &[Zh]),
        'س' | 'ص' => ("s", &[S]),
        'ش' | 'ښ' => ("sh", &[Sh]),
        'غ' => ("gh", &[Gh]),
        'ف' => ("f", &[F]),
        'ق' => ("q", &[Q]),
        'ك' | 'ک' => ("k", &[K]),
        'گ' | 'ګ' => ("g", &[G]),
        'ل' => ("l", &[L]),
        'م' => ("m", &[M]),
        'ن' | 'ڼ' | 'ں' => ("n", &[N]),
        'ه' | 'ہ' | 'ۀ' => ("h", &[H]),
        'ھ' => ("h", &[H]),
        'ة' | 'ۃ' => ("a", &[Marbuta]),
        'و' => ("w", &[Waw]),
        'ي' | 'ی' | 'ې' | 'ۍ' | 'ے' => ("y", &[Ya]),
        // Vowel signs, where somebody wrote them.
        '\u{064e}' | '\u{064b}' => ("a", &[A]),
        '\u{064f}' | '\u{064c}' => ("u", &[U]),
        '\u{0650}' | '\u{064d}' => ("i", &[I]),
        '\u{0651}' | '\u{0652}' | '\u{0640}' | '\u{0670}' => ("", &[]),
        _ => return None,
    })
}

fn hebrew_letter(letter: char) -> Read {
    Some(match letter {
        'א' => ("a", &[Carrier]),
        'ע' => ("", &[Carrier]),
        'ב' => ("b", &[Bet]),
        'ג' => ("g", &[G]),
        'ד' => ("d", &[D]),
        'ה' => ("h", &[H]),
        'ו' => ("v", &[Waw]),
        'ז' => ("z", &[Z]),
        'ח' => ("h", &[Kh]),
        'ט' | 'ת' => ("t", &[T]),
        'י' => ("y", &[Ya]),
        'כ' | 'ך' => ("k", &[Kh]),
        'ל' => ("l", &[L]),
        'מ' | 'ם' => ("m", &[M]),
        'נ' | 'ן' => ("n", &[N]),
        'ס' => ("s", &[S]),
        'פ' | 'ף' => ("p", &[Pe]),
        'צ' | 'ץ' => ("ts", &[Ts]),
        'ק' => ("k", &[K]),
        'ר' => ("r", &[R]),
        'ש' => ("sh", &[Shin]),
        '\u{0591}'..='\u{05c7}' => ("", &[]),
        // Arabic letters stand for those that Hebrew writes with a stroke.
        _ => return arabic_letter(letter),
    })
}
