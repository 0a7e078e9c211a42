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

const fn is_vowel(letter: u8) -> bool {
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
                _ if confused => 60,
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
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (one, other) = (&one[..one.len().min(LONGEST)], &other[..other.len().min(LONGEST)]);
    let longer = one.len().max(other.len());
    if one.is_empty() || other.is_empty() || longer > 2 * one.len().min(other.len()) + 2 {
        return 0.0;
    }
    let cost = distance(one, other);
    1.0 - (f32::from(cost) / (100.0 * longer as f32)).min(1.0)
}

/// A letter too many or too few; a doubled one is nearly nothing.
fn gap(word: &[u8], at: usize) -> u16 {
    let doubled = at > 0 && word[at - 1] == word[at];
    if doubled { 30 } else { 100 }
}

fn distance(one: &[u8], other: &[u8]) -> u16 {
    let table = &*SWAPPED;
    let mut rows = [[0_u16; LONGEST + 1]; 3];
    for at in 0..other.len() {
        rows[0][at + 1] = rows[0][at] + gap(other, at) + if at == 0 { 50 } else { 0 };
    }
    let (mut before, mut last, mut now) = (2, 0, 1);
    for (i, a) in one.iter().enumerate() {
        rows[now][0] = rows[last][0] + gap(one, i) + if i == 0 { 50 } else { 0 };
        for (j, b) in other.iter().enumerate() {
            // The first letter is the one that people get right.
            let first = if i == 0 && j == 0 { 50 } else { 0 };
            let swap = table[place(*a)][place(*b)];
            let mut best = rows[last][j] + swap + if swap > 20 { first } else { 0 };
            best = best.min(rows[last][j + 1] + gap(one, i)).min(rows[now][j] + gap(other, j));
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b && a != b {
                best = best.min(rows[before][j - 1] + 80);
            }
            // Two letters that a scanner reads as one.
            if i > 0 && matches!((one[i - 1], *a, *b), (b'r', b'n', b'm') | (b'v', b'v', b'w') | (b'c', b'l', b'd')) {
                best = best.min(rows[before][j] + 25);
            }
            if j > 0 && matches!((other[j - 1], *b, *a), (b'r', b'n', b'm') | (b'v', b'v', b'w') | (b'c', b'l', b'd')) {
                best = best.min(rows[last][j - 1] + 25);
            }
            rows[now][j + 1] = best;
        }
        (before, last, now) = (last, now, before);
    }
    rows[last][other.len()]
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
}
