//! Greek, as names of today are romanised (ELOT 743 with the pairs of letters that sound as one).

use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Pairs that sound as one.
const PAIRS: &[(&str, &str)] = &[
    ("ου", "ou"),
    ("αι", "ai"),
    ("ει", "ei"),
    ("οι", "oi"),
    ("υι", "yi"),
    ("γγ", "ng"),
    ("γχ", "nch"),
    ("γξ", "nx"),
    ("γκ", "gk"),
    ("μπ", "mp"),
    ("ντ", "nt"),
];

/// A word in small Greek letters.
pub fn latin(word: &str) -> String {
    let bare: String = word.nfd().filter(|letter| !is_combining_mark(*letter)).collect();
    let mut out = String::with_capacity(word.len());
    let mut rest = bare.as_str();
    while let Some(first) = rest.chars().next() {
        let (text, taken) = next(rest, first, out.is_empty());
        out.push_str(text);
        rest = &rest[taken..];
    }
    super::plain(&out)
}

/// With the hard sounds as one letter inside the word too: `Μπάμπης` is Babis.
pub fn otherwise(word: &str) -> Option<String> {
    let usual = latin(word);
    let hard = usual.replace("mp", "b").replace("nt", "d").replace("gk", "g");
    (hard != usual).then_some(hard)
}

fn next(rest: &str, first: char, begins: bool) -> (&'static str, usize) {
    // At the beginning they write the hard sound.
    if begins {
        for (pair, text) in [("μπ", "b"), ("ντ", "d"), ("γκ", "g")] {
            if rest.starts_with(pair) {
                return (text, pair.len());
            }
        }
    }
    for (pair, letter) in [("αυ", "a"), ("ευ", "e"), ("ηυ", "i")] {
        if let Some(behind) = rest.strip_prefix(pair) {
            let hard = behind.starts_with(['θ', 'κ', 'ξ', 'π', 'σ', 'ς', 'τ', 'φ', 'χ', 'ψ']) || behind.is_empty();
            let text = match (letter, hard) {
                ("a", true) => "af",
                ("a", false) => "av",
                ("e", true) => "ef",
                ("e", false) => "ev",
                (_, true) => "if",
                (_, false) => "iv",
            };
            return (text, pair.len());
        }
    }
    if let Some((pair, text)) = PAIRS.iter().find(|(pair, _)| rest.starts_with(pair)) {
        return (text, pair.len());
    }
    (letter(first), first.len_utf8())
}

fn letter(letter: char) -> &'static str {
    match letter {
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ζ' => "z",
        'η' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'ξ' => "x",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        'ω' => "o",
        _ => any_ascii_char(letter),
    }
}
