//! How a word sounds, whichever tradition wrote it: `Khrushchev`, `Chruschtschow` and `Хрущёв` are one name.
//!
//! A word becomes a row of [`Phone`]s. Two rows are compared with an edit distance whose costs say which sounds are
//! written for each other: `w` for `v`, `dj` for `j`, `kh` for `h`. Vowels weigh half; what a script leaves out (the
//! short vowels of Arabic and Hebrew) is free to be filled in.

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
    P,
    /// Hebrew: `p` or `f`.
    Pe,
    Q,
    R,
    S,
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
    const COUNT: usize = P::Zh as usize + 1;

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

/// What is written for each other, and what that costs in hundredths. Everything else costs 100.
const ALIKE: &[(Phone, Phone, u16)] = &[
    (P::A, P::E, 15),
    (P::A, P::I, 38),
    (P::A, P::O, 22),
    (P::A, P::U, 38),
    (P::E, P::I, 8),
    (P::E, P::O, 42),
    (P::E, P::U, 38),
    (P::I, P::O, 48),
    (P::I, P::U, 42),
    (P::O, P::U, 6),
    (P::Carrier, P::A, 2),
    (P::Carrier, P::E, 4),
    (P::Carrier, P::I, 4),
    (P::Carrier, P::O, 4),
    (P::Carrier, P::U, 4),
    (P::Carrier, P::H, 15),
    (P::Carrier, P::Y, 15),
    (P::Waw, P::O, 3),
    (P::Waw, P::U, 3),
    (P::Waw, P::W, 3),
    (P::Waw, P::V, 6),
    (P::Waw, P::A, 25),
    (P::Waw, P::F, 50),
    (P::Waw, P::B, 50),
    (P::Waw, P::Bet, 30),
    (P::Ya, P::I, 3),
    (P::Ya, P::E, 3),
    (P::Ya, P::Y, 3),
    (P::Ya, P::J, 12),
    (P::Ya, P::A, 20),
    (P::Marbuta, P::A, 2),
    (P::Marbuta, P::E, 4),
    (P::Marbuta, P::H, 4),
    (P::Marbuta, P::T, 15),
    (P::Y, P::I, 6),
    (P::Y, P::E, 12),
    (P::Y, P::J, 20),
    (P::Y, P::G, 60),
    (P::B, P::P, 35),
    (P::B, P::V, 40),
    (P::Bet, P::B, 3),
    (P::Bet, P::V, 3),
    (P::Bet, P::W, 8),
    (P::Bet, P::F, 30),
    (P::C, P::S, 10),
    (P::C, P::Ts, 8),
    (P::C, P::Z, 25),
    (P::C, P::K, 25),
    (P::C, P::Ch, 15),
    (P::C, P::J, 30),
    (P::C, P::Sh, 30),
    (P::Ch, P::Sh, 25),
    (P::Ch, P::J, 25),
    (P::Ch, P::Ts, 30),
    (P::Ch, P::Kh, 18),
    (P::Ch, P::K, 30),
    (P::Ch, P::H, 35),
    (P::Ch, P::Q, 20),
    (P::Ch, P::X, 30),
    (P::Ch, P::Zh, 30),
    (P::D, P::T, 35),
    (P::D, P::Dh, 6),
    (P::D, P::Th, 35),
    (P::Dh, P::Z, 8),
    (P::Dh, P::T, 40),
    (P::F, P::V, 18),
    (P::F, P::P, 40),
    (P::F, P::W, 35),
    (P::G, P::Gh, 8),
    (P::G, P::K, 35),
    (P::G, P::H, 35),
    (P::G, P::J, 25),
    (P::G, P::Q, 18),
    (P::G, P::Kh, 45),
    (P::G, P::Zh, 40),
    (P::G, P::W, 60),
    (P::Gh, P::K, 45),
    (P::Gh, P::Q, 15),
    (P::Gh, P::R, 50),
    (P::Gh, P::Kh, 30),
    (P::Gh, P::H, 35),
    (P::H, P::Kh, 15),
    (P::H, P::J, 40),
    (P::H, P::K, 55),
    (P::J, P::Zh, 12),
    (P::J, P::Sh, 45),
    (P::J, P::X, 45),
    (P::K, P::Kh, 15),
    (P::K, P::Q, 4),
    (P::Kh, P::Q, 25),
    (P::L, P::R, 55),
    (P::M, P::N, 60),
    (P::Pe, P::P, 3),
    (P::Pe, P::F, 3),
    (P::Pe, P::V, 25),
    (P::S, P::Z, 25),
    (P::S, P::Sh, 25),
    (P::S, P::Ts, 25),
    (P::S, P::Th, 18),
    (P::S, P::X, 25),
    (P::S, P::Zh, 50),
    (P::Sh, P::Shin, 3),
    (P::S, P::Shin, 6),
    (P::Sh, P::X, 8),
    (P::Sh, P::Zh, 30),
    (P::Sh, P::Ts, 45),
    (P::Z, P::Shin, 40),
    (P::T, P::Th, 6),
    (P::T, P::Ch, 45),
    (P::Z, P::J, 45),
    (P::T, P::Ts, 35),
    (P::Ts, P::Z, 15),
    (P::Ts, P::X, 40),
    (P::Ts, P::J, 45),
    (P::V, P::W, 5),
    (P::W, P::U, 20),
    (P::W, P::O, 25),
    (P::V, P::U, 35),
    (P::Z, P::Zh, 25),
    (P::Z, P::X, 40),
    (P::Z, P::Th, 30),
];

static COSTS: [[u16; Phone::COUNT]; Phone::COUNT] = costs();

const fn costs() -> [[u16; Phone::COUNT]; Phone::COUNT] {
    let mut table = [[100; Phone::COUNT]; Phone::COUNT];
    let mut at = 0;
    while at < Phone::COUNT {
        table[at][at] = 0;
        at += 1;
    }
    at = 0;
    while at < ALIKE.len() {
        let (one, other, cost) = ALIKE[at];
        table[one as usize][other as usize] = cost;
        table[other as usize][one as usize] = cost;
        at += 1;
    }
    table
}

/// The rules by which letters become sounds; the longest that fits goes first. After the vowels, `y` is one or `Y`.
const RULES: &[(&str, &[Phone])] = &[
    ("ijk", &[P::I, P::K]),
    ("ijs", &[P::I, P::S]),
    ("ijn", &[P::I, P::N]),
    ("shtsh", &[P::Sh, P::Ch]),
    ("schtsch", &[P::Sh, P::Ch]),
    ("chtch", &[P::Sh, P::Ch]),
    ("szcz", &[P::Sh, P::Ch]),
    ("shch", &[P::Sh, P::Ch]),
    ("tsch", &[P::Ch]),
    ("dsch", &[P::J]),
    ("sch", &[P::Sh]),
    ("tch", &[P::Ch]),
    ("dzh", &[P::J]),
    ("dsh", &[P::J]),
    ("tsz", &[P::Ts]),
    ("tz", &[P::Ts]),
    ("ts", &[P::Ts]),
    ("cz", &[P::Ch]),
    ("cs", &[P::Ch]),
    ("sz", &[P::Sh]),
    ("rz", &[P::Zh]),
    ("sh", &[P::Sh]),
    ("ch", &[P::Ch]),
    ("ck", &[P::K]),
    ("zh", &[P::Zh]),
    ("kh", &[P::Kh]),
    ("gh", &[P::Gh]),
    ("ph", &[P::F]),
    ("th", &[P::Th]),
    ("dh", &[P::Dh]),
    ("dj", &[P::J]),
    ("dz", &[P::Z]),
    ("bh", &[P::B]),
    ("rh", &[P::R]),
    ("wh", &[P::W]),
    ("gn", &[P::N]),
    ("nj", &[P::N, P::J]),
    ("lj", &[P::L, P::Y]),
    ("qu", &[P::K, P::U]),
    ("oo", &[P::U]),
    ("ou", &[P::U]),
    ("ee", &[P::I]),
    ("ie", &[P::I]),
    ("ii", &[P::I]),
    ("aa", &[P::A]),
    ("ae", &[P::E]),
    ("oe", &[P::O]),
    ("ue", &[P::U]),
    ("uu", &[P::U]),
    ("eu", &[P::E, P::U]),
    ("ks", &[P::K, P::S]),
    ("a", &[P::A]),
    ("b", &[P::B]),
    ("d", &[P::D]),
    ("e", &[P::E]),
    ("f", &[P::F]),
    ("g", &[P::G]),
    ("h", &[P::H]),
    ("i", &[P::I]),
    ("j", &[P::J]),
    ("k", &[P::K]),
    ("l", &[P::L]),
    ("m", &[P::M]),
    ("n", &[P::N]),
    ("o", &[P::O]),
    ("p", &[P::P]),
    ("q", &[P::Q]),
    ("r", &[P::R]),
    ("s", &[P::S]),
    ("t", &[P::T]),
    ("u", &[P::U]),
    ("v", &[P::V]),
    ("w", &[P::W]),
    ("z", &[P::Z]),
];

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
/// Ukraine and Belarus, `q` of China.
const OTHERWISE: [Otherwise; 7] = [
    otherwise(&[P::Ch], false, None),
    otherwise(&[P::Kh], false, Some(P::K)),
    otherwise(&[P::Dh, P::Th], false, Some(P::S)),
    otherwise(&[P::W], false, None),
    otherwise(&[P::G], true, Some(P::S)),
    otherwise(&[P::G], false, None),
    otherwise(&[P::Q], true, Some(P::S)),
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
        P::Dh | P::Th | P::T | P::D => Some(P::T),
        P::Gh | P::Q | P::K | P::G => Some(P::K),
        P::S | P::Sh | P::Shin | P::Ts | P::Z | P::Zh | P::C | P::X | P::J | P::Ch => Some(P::S),
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
