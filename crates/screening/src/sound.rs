//! How a word sounds, whichever tradition wrote it: `Khrushchev`, `Chruschtschow` and `Хрущёв` are one name.
//!
//! A word becomes a row of [`Phone`]s. Two rows are compared with an edit distance whose costs say which sounds are
//! written for each other: `w` for `v`, `dj` for `j`, `kh` for `h`. Vowels weigh half; what a script leaves out (the
//! short vowels of Arabic and Hebrew) is free to be filled in.

mod costs;
mod rules;

use std::sync::LazyLock;

use costs::{COSTS, GAPS, WEIGHTS};
use rules::{RULES, Rule};

/// A sound, or a letter that stands for one of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Phone {
    /// Vowels.
    #[default]
    A,
    E,
    I,
    O,
    U,
    /// A vowel or nothing: Arabic and Hebrew letters that only carry one.
    Carrier,
    /// `w`, or the vowel for which Arabic and Hebrew write it.
    Waw,
    /// `y`, or the vowel for which Arabic and Hebrew write it.
    Ya,
    /// `a`, `h` or `t` at the end of a word.
    Marbuta,
    B,
    /// Hebrew: `b` or `v`.
    Bet,
    /// `c` before a light vowel.
    C,
    /// Thai: `ch` or `j`.
    Cha,
    Ch,
    D,
    /// `dh`.
    Dh,
    F,
    G,
    Gh,
    H,
    J,
    K,
    Kh,
    L,
    M,
    N,
    /// Thai: `n`, `l` or `r` at the end of a syllable.
    Nal,
    P,
    /// Hebrew: `p` or `f`.
    Pe,
    Q,
    R,
    S,
    /// Thai: `t`, or the `s`, `ch` or `j` that is written, at the end of a syllable.
    Sat,
    Sh,
    /// Hebrew: `sh` or `s`.
    Shin,
    T,
    Th,
    Ts,
    V,
    W,
    /// `x` at the beginning of a word.
    X,
    Y,
    Z,
    Zh,
}

use Phone as P;

impl Phone {
    pub const COUNT: usize = P::Zh as usize + 1;

    /// Whether it is a vowel, or may be one.
    #[must_use]
    pub const fn is_vowel(self) -> bool {
        (self as u8) <= P::U as u8
    }
}

/// The sounds of a word in ASCII letters. Digits and anything else have none.
#[must_use]
pub fn of(word: &str) -> Vec<Phone> {
    let mut out: Vec<Phone> = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some(first) = rest.bytes().next() {
        let begins = rest.len() == word.len();
        let taken = match first {
            b'c' if !rest.starts_with("ch")
                && !rest.starts_with("ck")
                && !rest.starts_with("cz")
                && !rest.starts_with("cs") =>
            {
                let light = rest[1..].starts_with(['e', 'i', 'y']);
                push(&mut out, if light { P::C } else { P::K });
                1
            }
            // As Wade and Giles wrote what is `x` in pinyin.
            b'h' if begins && rest.starts_with("hs") => {
                push(&mut out, P::X);
                2
            }
            b'x' => {
                if begins {
                    push(&mut out, P::X);
                } else {
                    push(&mut out, P::K);
                    push(&mut out, P::S);
                }
                1
            }
            b'y' => {
                // A vowel unless one follows.
                let glides = rest[1..].starts_with(['a', 'e', 'i', 'o', 'u']);
                push(&mut out, if glides { P::Y } else { P::I });
                1
            }
            // As Burmese writes a breath before a consonant.
            b'h' if begins && rest[1..].starts_with(['t', 'p']) => 1,
            // Silent at the end and before a consonant: `Abdullah`, `Ohta`, `Ahmed`.
            b'h' if out.last().is_some_and(|last| last.is_vowel())
                && !rest[1..].starts_with(['a', 'e', 'i', 'o', 'u', 'y']) =>
            {
                1
            }
            _ => match rule(rest) {
                Some((letters, phones)) => {
                    phones.iter().for_each(|phone| push(&mut out, *phone));
                    letters.len()
                }
                None => 1,
            },
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// The rules by the letter they begin with, in their order.
static BY_LETTER: LazyLock<[Vec<Rule>; 26]> = LazyLock::new(|| {
    std::array::from_fn(|letter| {
        let begins = |rule: &&Rule| usize::from(rule.0.as_bytes()[0] - b'a') == letter;
        RULES.iter().filter(begins).copied().collect()
    })
});

fn rule(rest: &str) -> Option<Rule> {
    let rules = rest.bytes().next().and_then(|first| BY_LETTER.get(usize::from(first.wrapping_sub(b'a'))))?;
    rules.iter().find(|(letters, _)| rest.starts_with(letters)).copied()
}

/// Double letters sound once.
fn push(out: &mut Vec<Phone>, phone: Phone) {
    if out.last() != Some(&phone) {
        out.push(phone);
    }
}

/// The consonants of a word, those that are written for each other as one: what is left of it in Arabic and Hebrew.
#[must_use]
pub fn bones(phones: &[Phone]) -> Vec<Phone> {
    bones_where(phones, &[])
}

/// A sound that others write as if it were another: which, whether what follows matters, and the bone it has then.
struct Otherwise {
    phones: &'static [Phone],
    before_light: bool,
    bone: Option<Phone>,
}

const fn otherwise(phones: &'static [Phone], before_light: bool, bone: Option<Phone>) -> Otherwise {
    Otherwise { phones, before_light, bone }
}

/// `ch` as in Greek and German, the throaty sounds of Hebrew, `dh` as the `z` of Persian, `w` as a vowel, `g` of France, of
/// Ukraine and Belarus, `q` of China, the ends of syllables of Thai.
const OTHERWISE: [Otherwise; 10] = [
    otherwise(&[P::Ch], false, None),
    otherwise(&[P::Kh], false, Some(P::K)),
    otherwise(&[P::Dh, P::Th], false, Some(P::S)),
    otherwise(&[P::W], false, None),
    otherwise(&[P::G], true, Some(P::S)),
    otherwise(&[P::G], false, None),
    otherwise(&[P::Q], true, Some(P::S)),
    otherwise(&[P::Nal], false, Some(P::L)),
    otherwise(&[P::Nal], false, Some(P::R)),
    otherwise(&[P::Sat], false, Some(P::S)),
];

/// The bones that a word has if a sound of it is read otherwise, each reading once.
#[must_use]
pub fn other_bones(phones: &[Phone]) -> Vec<Vec<Phone>> {
    if !phones.iter().any(|phone| OTHERWISE.iter().any(|rule| rule.phones.contains(phone))) {
        return Vec::new();
    }
    let known = bones(phones);
    let mut all: Vec<Vec<Phone>> =
        OTHERWISE.iter().map(|rule| bones_where(phones, std::slice::from_ref(rule))).collect();
    all.push(bones_where(phones, &OTHERWISE[..4]));
    all.retain(|other| *other != known);
    all.sort_unstable();
    all.dedup();
    all
}

fn bones_where(phones: &[Phone], rules: &[Otherwise]) -> Vec<Phone> {
    let bone = |(at, phone): (usize, &Phone)| {
        let light = matches!(phones.get(at + 1), Some(P::E | P::I | P::Y));
        let rule = rules.iter().find(|rule| rule.phones.contains(phone) && (light || !rule.before_light));
        rule.map_or_else(|| usual_bone(*phone), |rule| rule.bone)
    };
    let mut out: Vec<Phone> = Vec::with_capacity(phones.len());
    for bone in phones.iter().enumerate().filter_map(bone) {
        push(&mut out, bone);
    }
    out
}

const fn usual_bone(phone: Phone) -> Option<Phone> {
    match phone {
        P::B | P::Bet | P::P | P::Pe | P::V | P::F | P::W => Some(P::B),
        P::Dh | P::Th | P::T | P::D | P::Sat => Some(P::T),
        P::Gh | P::Q | P::K | P::G => Some(P::K),
        P::S | P::Sh | P::Shin | P::Ts | P::Z | P::Zh | P::C | P::X | P::J | P::Ch | P::Cha => Some(P::S),
        P::Nal => Some(P::N),
        P::L | P::M | P::N | P::R => Some(phone),
        _ => None,
    }
}

/// What a word weighs, in hundredths of a consonant.
#[must_use]
pub fn weight(phones: &[Phone]) -> u16 {
    phones.iter().map(|phone| WEIGHTS[*phone as usize]).sum()
}

/// The longest word that is compared; what comes behind is left out.
pub const LONGEST: usize = 32;

/// How alike two rows of sounds are, from 0 to 1. `bare` says that one of them leaves short vowels out.
#[must_use]
pub fn alike(one: &[Phone], other: &[Phone], bare: bool) -> f32 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let (one, other) = (shortened(one), shortened(other));
    let cost = distance(one, other, bare, u16::MAX).unwrap_or(u16::MAX);
    1.0 - (f32::from(cost) / f32::from(size(one, other))).min(1.0)
}

/// Whether two rows of sounds may be as alike as `least`: sooner known than how alike they are.
#[must_use]
pub fn may_reach(one: &[Phone], other: &[Phone], bare: bool, least: f32) -> bool {
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let (one, other) = (shortened(one), shortened(other));
    let most = (1.0 - least) * f32::from(size(one, other)) + 1.0;
    distance(one, other, bare, most as u16).is_some()
}

fn shortened(phones: &[Phone]) -> &[Phone] {
    &phones[..phones.len().min(LONGEST)]
}

fn size(one: &[Phone], other: &[Phone]) -> u16 {
    weight(one).max(weight(other)).max(100)
}

/// What it costs to make one row of the other, in hundredths of a consonant; nothing if it is more than `most`.
fn distance(one: &[Phone], other: &[Phone], bare: bool, most: u16) -> Option<u16> {
    let gaps = &GAPS[usize::from(bare)];
    let mut row = [0_u16; LONGEST + 1];
    for (at, phone) in other.iter().enumerate() {
        row[at + 1] = row[at] + gaps[*phone as usize];
    }
    let row = &mut row[..=other.len()];
    for phone in one {
        let costs = &COSTS[*phone as usize];
        let left_out = gaps[*phone as usize];
        let mut diagonal = row[0];
        let mut left = diagonal + left_out;
        row[0] = left;
        let mut least = left;
        for (with, above) in other.iter().zip(&mut row[1..]) {
            left = (diagonal + costs[*with as usize]).min(left + gaps[*with as usize]).min(*above + left_out);
            diagonal = *above;
            *above = left;
            least = least.min(left);
        }
        if least > most {
            return None;
        }
    }
    row.last().copied().filter(|cost| *cost <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f32 {
        alike(&of(one), &of(other), false)
    }

    #[test]
    fn one_name_in_many_spellings() {
        for (one, other) in [
            ("khrushchev", "chruschtschow"),
            ("mohammed", "muhammad"),
            ("hussein", "husayn"),
            ("gaddafi", "qadhafi"),
            ("tchaikovsky", "chaykovskiy"),
            ("yeltsin", "jelzin"),
            ("wang", "vang"),
            ("xu", "hsu"),
            ("aleksey", "alexei"),
            ("yusuf", "youssef"),
            ("djamal", "jamal"),
            ("shevchenko", "szewczenko"),
            ("zhukov", "joukov"),
        ] {
            assert!(likeness(one, other) > 0.8, "{one} {other} {}", likeness(one, other));
        }
    }

    #[test]
    fn other_names_sound_otherwise() {
        for (one, other) in [("smith", "jones"), ("karimov", "salimov"), ("hassan", "hamid"), ("petrov", "popov")] {
            assert!(likeness(one, other) < 0.75, "{one} {other} {}", likeness(one, other));
        }
    }
}
