//! How alike two words are to somebody who types, copies or scans them: slips of the finger, doubled and swapped letters,
//! and what a scanner takes for something else.

/// The longest word that is compared; what comes behind is left out.
const LONGEST: usize = 40;

/// Signs that a scanner, or an eye, takes for each other.
const CONFUSED: &[(u8, u8)] = &[
    (b'0', b'o'),
    (b'1', b'l'),
    (b'1', b'i'),
    (b'i', b'l'),
    (b'5', b's'),
    (b'8', b'b'),
    (b'2', b'z'),
    (b'6', b'g'),
    (b'9', b'g'),
    (b'4', b'a'),
    (b'3', b'e'),
    (b'7', b't'),
    (b'u', b'v'),
    (b'c', b'e'),
    (b'h', b'b'),
    (b'f', b't'),
];

/// Neighbours on most keyboards, row by row.
const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

fn neighbours(one: u8, other: u8) -> bool {
    let place =
        |key: u8| ROWS.iter().enumerate().find_map(|(y, row)| row.iter().position(|k| *k == key).map(|x| (x, y)));
    match (place(one), place(other)) {
        (Some((x, y)), Some((v, w))) => x.abs_diff(v) + y.abs_diff(w) == 1,
        _ => false,
    }
}

pub const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether a digit stands for a letter to a scanner.
pub fn is_digit_for(digit: u8, letter: u8) -> bool {
    digit.is_ascii_digit() && CONFUSED.iter().any(|(a, b)| (*a, *b) == (digit, letter))
}

/// A word with letters in place of the digits that look like them.
pub fn digits_as_letters(word: &str) -> String {
    let letter = |sign: char| CONFUSED.iter().find(|(digit, _)| char::from(*digit) == sign && sign.is_ascii_digit());
    word.chars().map(|sign| letter(sign).map_or(sign, |(_, letter)| char::from(*letter))).collect()
}

const SIGNS: usize = 36;

const fn place(sign: u8) -> usize {
    match sign {
        b'a'..=b'z' => (sign - b'a') as usize,
        b'0'..=b'9' => (sign - b'0') as usize + 26,
        _ => 0,
    }
}

/// The least that it costs, in hundredths, that one letter stands for another.
const CHEAPEST: u16 = 60;

/// What it costs, in hundredths, that one sign stands for another.
static SWAPPED: std::sync::LazyLock<[[u16; SIGNS]; SIGNS]> = std::sync::LazyLock::new(|| {
    let signs: Vec<u8> = (b'a'..=b'z').chain(b'0'..=b'9').collect();
    let mut table = [[100; SIGNS]; SIGNS];
    for one in &signs {
        for other in &signs {
            let pair = |(a, b): &(u8, u8)| (a, b) == (one, other) || (b, a) == (one, other);
            let confused = CONFUSED.iter().any(pair);
            table[place(*one)][place(*other)] = match (one, other) {
                _ if one == other => 0,
                _ if confused && (one.is_ascii_digit() || other.is_ascii_digit()) => 20,
                _ if confused => CHEAPEST,
                _ if one.is_ascii_digit() || other.is_ascii_digit() => 130,
                _ if is_vowel(*one) && is_vowel(*other) => 75,
                _ if neighbours(*one, *other) => 80,
                _ => 110,
            };
        }
    }
    table
});

/// How alike two words of small ASCII letters and digits are, from 0 to 1.
#[must_use]
pub fn alike(one: &str, other: &str) -> f32 {
    let (one, other) = (shortened(one.as_bytes()), shortened(other.as_bytes()));
    if !are_comparable(one, other) {
        return 0.0;
    }
    let cost = distance(one, other, u16::MAX).unwrap_or(u16::MAX);
    1.0 - (f32::from(cost) / (100.0 * one.len().max(other.len()) as f32)).min(1.0)
}

/// Whether two words may be as alike as `least`: sooner known than how alike they are.
#[must_use]
pub fn may_reach(one: &[u8], other: &[u8], least: f32) -> bool {
    let (one, other) = (shortened(one), shortened(other));
    let most = (1.0 - least) * 100.0 * one.len().max(other.len()) as f32 + 1.0;
    are_comparable(one, other) && distance(one, other, most as u16).is_some()
}

/// The letters that a word has, a bit for each; all if more than letters decides how alike it is to others.
#[must_use]
pub fn letters(word: &[u8]) -> u32 {
    if has_merged(word) || !word.iter().all(u8::is_ascii_lowercase) {
        return u32::MAX;
    }
    word.iter().fold(0, |all, letter| all | 1 << (letter - b'a'))
}

/// Whether two words, the longer of so many letters, may be as alike as `least` by the letters they have: each that only one
/// of them has was put there for another, or for none.
#[must_use]
pub fn may_reach_with(one: u32, other: u32, longer: usize, least: f32) -> bool {
    if one == u32::MAX || other == u32::MAX {
        return true;
    }
    let strange = (one & !other).count_ones().max((other & !one).count_ones());
    strange as f32 * f32::from(CHEAPEST) <= (1.0 - least) * 100.0 * longer as f32 + 1.0
}

fn shortened(word: &[u8]) -> &[u8] {
    &word[..word.len().min(LONGEST)]
}

fn are_comparable(one: &[u8], other: &[u8]) -> bool {
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    shorter > 0 && longer <= 2 * shorter + 2
}

/// A letter too many or too few; a doubled one is nearly nothing.
fn gap(word: &[u8], at: usize) -> u16 {
    let doubled = at > 0 && word[at - 1] == word[at];
    if doubled { 30 } else { 100 }
}

/// What it costs to make one word of the other, in hundredths of a letter; nothing if it is more than `most`.
fn distance(one: &[u8], other: &[u8], most: u16) -> Option<u16> {
    let (mut gaps, mut places) = ([0_u16; LONGEST], [0_usize; LONGEST]);
    let mut rows = [[FAR; LONGEST + 1]; 3];
    let [before, last, now] = &mut rows;
    let (mut before, mut last, mut now) = (before, last, now);
    last[0] = 0;
    for at in 0..other.len() {
        gaps[at] = gap(other, at);
        places[at] = place(other[at]);
        last[at + 1] = last[at] + gaps[at] + if at == 0 { FIRST } else { 0 };
    }
    let merges = has_merged(one) || has_merged(other);
    // Each letter too many or too few moves one word along the other, and costs a hundred unless it is a doubled one.
    let doubled = |word: &[u8]| word.windows(2).filter(|pair| pair[0] == pair[1]).count();
    let band = if merges { LONGEST } else { usize::from(most / 100) + doubled(one) + doubled(other) };
    let mut least_before = 0;
    for (i, a) in one.iter().enumerate() {
        let costs = &SWAPPED[place(*a)];
        let left_out = gap(one, i);
        let (from, to) = (i.saturating_sub(band), other.len().min(i + band + 1));
        now[from] = if from > 0 { FAR } else { last[0] + left_out + if i == 0 { FIRST } else { 0 } };
        let mut least = now[from];
        for j in from..to {
            let (gap, swap) = (gaps[j], costs[places[j]]);
            let first = if i + j == 0 && swap > 20 { FIRST } else { 0 };
            let mut best = (last[j] + swap + first).min(last[j + 1] + left_out).min(now[j] + gap);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == other[j] && *a != other[j] {
                best = best.min(before[j - 1] + 80);
            }
            if merges && i > 0 {
                best = best.min(before[j] + merged(one[i - 1], *a, other[j]));
            }
            if merges && j > 0 {
                best = best.min(last[j - 1] + merged(other[j - 1], other[j], *a));
            }
            now[j + 1] = best;
            least = least.min(best);
        }
        // Swapped letters reach back over one row.
        if least.min(least_before) > most {
            return None;
        }
        least_before = least;
        (before, last, now) = (last, now, before);
    }
    Some(last[other.len()]).filter(|cost| *cost <= most)
}

/// More than any way between two words costs.
const FAR: u16 = u16::MAX / 2;

/// What it costs more if the first letter is another one: it is the one that people get right.
const FIRST: u16 = 50;

/// Two letters that a scanner reads as one.
const MERGED: [(u8, u8, u8); 3] = [(b'r', b'n', b'm'), (b'v', b'v', b'w'), (b'c', b'l', b'd')];

fn has_merged(word: &[u8]) -> bool {
    word.windows(2).any(|pair| MERGED.iter().any(|(first, second, _)| (pair[0], pair[1]) == (*first, *second)))
}

fn merged(first: u8, second: u8, single: u8) -> u16 {
    if MERGED.contains(&(first, second, single)) { 25 } else { 1000 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_cost_little_and_other_words_much() {
        for (one, other, least, most) in [
            ("petrov", "petrov", 1.0, 1.0),
            ("petrov", "pertov", 0.85, 0.9),
            ("mohammed", "mohamed", 0.95, 0.97),
            ("0mar", "omar", 0.94, 0.96),
            ("rnartin", "martin", 0.95, 0.98),
            ("kuznetsov", "kuzntsov", 0.88, 0.9),
            ("smith", "jones", 0.0, 0.4),
        ] {
            let found = alike(one, other);
            assert!((least..=most).contains(&found), "{one} {other} {found}");
            assert!((found - alike(other, one)).abs() < 0.001, "{one} {other}");
        }
    }

    #[test]
    fn giving_up_early_loses_nothing() {
        let words = [
            "petrov",
            "pertov",
            "petrovv",
            "ppeetrov",
            "petro",
            "mohammed",
            "mohamed",
            "muhamad",
            "rnartin",
            "martin",
            "marlin",
            "kuznetsov",
            "kuzntsov",
            "kuznetzow",
            "halzelsalkar",
            "halkelhalkar",
            "hazelsalkar",
            "aaabbb",
            "aabb",
            "ab",
            "cloud",
            "doud",
            "vvalter",
            "walter",
            "walters",
            "schwarzenegger",
            "shwarzeneger",
            "international",
            "internatoinal",
        ];
        for one in words.map(str::as_bytes) {
            for other in words.map(str::as_bytes) {
                let cost = distance(one, other, u16::MAX);
                for most in (0..1200).step_by(7) {
                    let found = distance(one, other, most);
                    assert_eq!(found, cost.filter(|cost| *cost <= most), "{one:?} {other:?} {most}");
                }
            }
        }
    }
}
