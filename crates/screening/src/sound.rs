//! How a word sounds, whichever tradition wrote it: `Khrushchev`, `Chruschtschow` and `Хрущёв` are one name.
//!
//! A word becomes a row of [`Phone`]s. Two rows are compared with an edit distance whose costs say which sounds are
//! written for each other: `w` for `v`, `dj` for `j`, `kh` for `h`. Vowels weigh half; what a script leaves out (the
//! short vowels of Arabic and Hebrew) is free to be filled in.

mod costs;
mod rules;

use costs::COSTS;
use rules::RULES;

/// A sound, or a letter that stands for one of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Phone {
    /// Vowels.
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

    /// What it weighs in a word, in hundredths of a consonant.
    const fn weight(self) -> u16 {
        match self {
            P::A | P::E | P::I | P::O | P::U => 50,
            P::Carrier | P::Marbuta => 20,
            P::Waw | P::Ya | P::Y => 60,
            P::H => 70,
            _ => 100,
        }
    }

    /// What it costs that one side has it and the other has nothing.
    const fn gap(self) -> u16 {
        match self {
            P::A | P::E | P::I | P::O | P::U => 32,
            P::Carrier | P::Marbuta => 4,
            P::Waw | P::Ya => 30,
            P::Y => 18,
            P::H => 40,
            P::Gh | P::W => 60,
            _ => 100,
        }
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

fn rule(rest: &str) -> Option<(&'static str, &'static [Phone])> {
    RULES.iter().find(|(letters, _)| rest.starts_with(letters)).copied()
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
    phones.iter().map(|phone| phone.weight()).sum()
}

/// The longest word that is compared; what comes behind is left out.
pub const LONGEST: usize = 32;

/// How alike two rows of sounds are, from 0 to 1. `bare` says that one of them leaves short vowels out.
#[must_use]
pub fn alike(one: &[Phone], other: &[Phone], bare: bool) -> f32 {
    let (one, other) = (&one[..one.len().min(LONGEST)], &other[..other.len().min(LONGEST)]);
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let gap = |phone: Phone| if bare && phone.is_vowel() { 5 } else { phone.gap() };
    let mut row = [0_u16; LONGEST + 1];
    for (at, phone) in other.iter().enumerate() {
        row[at + 1] = row[at] + gap(*phone);
    }
    for phone in one {
        let costs = &COSTS[*phone as usize];
        let left_out = gap(*phone);
        let mut diagonal = row[0];
        row[0] += left_out;
        for (at, with) in other.iter().enumerate() {
            let best = (diagonal + costs[*with as usize]).min(row[at] + gap(*with)).min(row[at + 1] + left_out);
            diagonal = row[at + 1];
            row[at + 1] = best;
        }
    }
    let size = weight(one).max(weight(other)).max(100);
    1.0 - (f32::from(row[other.len()]) / f32::from(size)).min(1.0)
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
