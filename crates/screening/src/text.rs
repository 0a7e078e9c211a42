//! Cleaning a name before it is read: signs that nobody sees, and letters of one script that pass for those of another.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::script::Script;

/// Something about the writing of a name that people should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Signs that nobody sees were in it.
    Invisible,
    /// Letters of another script that look like those of the word they stand in.
    Lookalike,
    /// Digits in place of letters, as in `0mar`.
    Digits,
}

impl Notice {
    /// In words.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Invisible => "The name holds signs that nobody sees; they were taken out.",
            Self::Lookalike => {
                "The name mixes letters of several scripts that look alike; they were read as one script."
            }
            Self::Digits => "Digits stand in the name where letters belong; they were read as letters.",
        }
    }
}

/// A name without what disturbs, in small composed letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clean {
    /// The text.
    pub text: String,
    /// What was noticed; sorted, each once.
    pub notices: Vec<Notice>,
}

/// Letters longer than this are no name; what is behind is left out.
const LONGEST: usize = 600;

/// Cleans a name.
#[must_use]
pub fn clean(name: &str) -> Clean {
    if name.is_ascii() && name.len() <= LONGEST {
        return Clean { text: name.to_ascii_lowercase(), notices: Vec::new() };
    }
    let mut notices = Vec::new();
    let letters: Vec<char> = name.chars().take(LONGEST).collect();
    let seen: String = (0..letters.len())
        .filter(|at| {
            let hidden = is_invisible(letters[*at]);
            if hidden && !joins_legitimately(&letters, *at) {
                notices.push(Notice::Invisible);
            }
            !hidden
        })
        .map(|at| letters[at])
        .collect();
    // Before the letters are made small: a large Greek `Ν` looks like an N, a small one like a v.
    let seen: String = seen.nfkc().collect();
    let text: String = one_script(&seen, &mut notices).chars().flat_map(char::to_lowercase).nfc().collect();
    notices.sort_unstable();
    notices.dedup();
    Clean { text, notices }
}

const fn is_invisible(letter: char) -> bool {
    matches!(
        letter as u32,
        0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
            | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFC | 0x1D173..=0x1D17A
            | 0xE0000..=0xE0FFF
    )
}

/// Persian and the scripts of India need joiners between their letters, and nobody means harm by a mark of direction there.
fn joins_legitimately(letters: &[char], at: usize) -> bool {
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| letters.get(at));
    beside
        .map(|letter| Script::of(*letter))
        .any(|script| matches!(script, Script::Arabic | Script::Hebrew | Script::Indic))
}

/// Letters of Cyrillic, Greek and Armenian with the Latin ones they pass for.
const LOOKALIKES: [(&str, &str); 2] = [
    ("аАвВсСԁеЕёЁһнНіІїЇјЈкКмМоОрРԛѕЅтТуУүѵԝхХ", "aAbBcCdeEeEhhHiIiIjJkKmMoOpPqsStTyYyvwxX"),
    ("αΑβΒεΕζΖηΗιΙκΚμΜνΝοΟρΡτΤυΥχΧωϲϹօՕոսՍհ", "aAbBeEzZnHiIkKmMvNoOpPtTuYxXwcCoOnuUh"),
];

fn lookalikes() -> impl Iterator<Item = (char, char)> {
    LOOKALIKES.iter().flat_map(|(others, latin)| others.chars().zip(latin.chars()))
}

fn as_latin(letter: char) -> Option<char> {
    lookalikes().find(|(other, _)| *other == letter).map(|(_, latin)| latin)
}

fn as_cyrillic(letter: char) -> Option<char> {
    lookalikes()
        .find(|(other, latin)| *latin == letter && Script::of(*other) == Script::Cyrillic)
        .map(|(other, _)| other)
}

/// Every word in one script.
fn one_script(text: &str, notices: &mut Vec<Notice>) -> String {
    let foreign = |letter: char| matches!(Script::of(letter), Script::Cyrillic | Script::Greek | Script::Other);
    if !text.chars().any(foreign) {
        return text.to_owned();
    }
    let is_latin = |letter: char| letter.is_ascii_alphabetic() || Script::of(letter) == Script::Latin;
    // Words of which every letter passes for a Latin one count as Latin among Latin words.
    let truly_foreign = text.chars().any(|letter| foreign(letter) && as_latin(letter).is_none());
    let among_latin = !truly_foreign && text.chars().any(is_latin);
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        let (latin, other) =
            (word.chars().filter(|l| is_latin(*l)).count(), word.chars().filter(|l| foreign(*l)).count());
        let mixed = latin > 0 && other > 0;
        if other == 0 || !(mixed || among_latin) {
            out.push_str(word);
            continue;
        }
        let to_latin: Option<String> = word.chars().map(|l| if foreign(l) { as_latin(l) } else { Some(l) }).collect();
        let to_cyrillic: Option<String> =
            word.chars().map(|l| if l.is_ascii_alphabetic() { as_cyrillic(l) } else { Some(l) }).collect();
        let read = if latin >= other || !mixed { to_latin.or(to_cyrillic) } else { to_cyrillic.or(to_latin) };
        if read.is_some() {
            notices.push(Notice::Lookalike);
        }
        out.push_str(read.as_deref().unwrap_or(word));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_disturbs_is_taken_out_and_told() {
        for (name, text, notices) in [
            ("Ivan", "ivan", &[][..]),
            ("Iv\u{200b}an", "ivan", &[Notice::Invisible]),
            ("Pеtrоv", "petrov", &[Notice::Lookalike]),
            ("РЕТЕR СООК", "peter cook", &[Notice::Lookalike]),
            ("Петрoв", "петров", &[Notice::Lookalike]),
            ("Пётр Ivanov", "пётр ivanov", &[]),
            ("خامنه\u{200c}ای", "خامنهای", &[]),
            ("Ｉｖａｎ", "ivan", &[]),
            ("ΑΒΓ", "αβγ", &[]),
        ] {
            let clean = clean(name);
            assert_eq!((clean.text.as_str(), clean.notices.as_slice()), (text, notices), "{name}");
        }
    }
}
