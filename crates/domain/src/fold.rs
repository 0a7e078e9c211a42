//! Reading what people type: the same word in another spelling, script of digits or with an accent must compare equal.
//!
//! Chemical names come as `α-Phenylacetoacetonitril`, `alpha phenylacetoacetonitrile` or `3,4‑MDP‑2‑P`; numbers come
//! in Arabic-Indic or full-width digits. Everything that compares such text folds both sides with these functions.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The names of the Greek letters that chemists write as letters, after lower-casing.
const GREEK: [(char, &str); 13] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('π', "pi"),
    ('ψ', "psi"),
    ('ω', "omega"),
];

/// Where the digits 0 to 9 of other scripts begin: Arabic-Indic, Persian, Devanagari, Bengali, Thai, full-width.
const ZEROS: [u32; 6] = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10];

/// The words of `text`: lower case, without accents, Greek letters spelt out, digits in ASCII, one space between words.
///
/// Everything that is neither letter nor digit parts words. British and American `sulph…`/`sulf…` fold together.
#[must_use]
pub fn words(text: &str) -> String {
    // Nearly everything is ASCII, and a report asks for thousands of words: of names, of countries, of rules.
    if text.is_ascii() { ascii_words(text) } else { any_words(text) }
}

fn ascii_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for run in text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|run| !run.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(run);
    }
    out.make_ascii_lowercase();
    one_sulf(out)
}

fn any_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    // Decomposed before and after: styled letters (`𝚨`) have no small form, and small forms may decompose again.
    let text = ascii_digits(text);
    let small = text.nfkd().flat_map(char::to_lowercase).nfkd();
    for letter in small.filter(|letter| !is_combining_mark(*letter)) {
        if !letter.is_alphanumeric() {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        match GREEK.iter().find(|(greek, _)| *greek == letter) {
            Some((_, name)) => out.push_str(name),
            None => out.push(letter),
        }
    }
    one_sulf(out)
}

/// One spelling of what British and American chemists write differently.
fn one_sulf(folded: String) -> String {
    if folded.contains("sulph") { folded.replace("sulph", "sulf") } else { folded }
}

/// [`words`] run together, so that `P-2-P`, `P 2 P` and `p2p` are the same.
#[must_use]
pub fn squash(text: &str) -> String {
    words(text).replace(' ', "")
}

/// `text` with the digits of other scripts as ASCII digits; everything else stays.
#[must_use]
pub fn ascii_digits(text: &str) -> String {
    text.chars().map(ascii_digit).collect()
}

fn ascii_digit(letter: char) -> char {
    let code = u32::from(letter);
    ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10))
        .and_then(|value| char::from_digit(value, 10))
        .unwrap_or(letter)
}

/// How many single-letter slips (insert, drop, change, swap of two neighbours) lie between `a` and `b`, if at most `max`.
///
/// This is the "optimal string alignment" distance: no letter is touched twice.
#[must_use]
pub fn slips(a: &[char], b: &[char], max: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > max {
        return None;
    }
    last_row(a, b, max).and_then(|row| row.last().copied()).filter(|distance| *distance <= max)
}

/// As [`slips`], but to the nearest beginning of `b`: how well `a` fits what somebody has typed so far of `b`.
#[must_use]
pub fn slips_to_prefix(a: &[char], b: &[char], max: usize) -> Option<usize> {
    if a.len() > b.len() + max {
        return None;
    }
    let reach = b.len().min(a.len() + max);
    last_row(a, &b[..reach], max)?.into_iter().min().filter(|distance| *distance <= max)
}

/// The distances from the whole of `a` to every beginning of `b`; `None` as soon as all must exceed `max`.
fn last_row(a: &[char], b: &[char], max: usize) -> Option<Vec<usize>> {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, other) in b.iter().enumerate() {
            let change = above[j] + usize::from(letter != other);
            let mut best = change.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == b[j - 1] && a[i - 1] == *other {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        if row.iter().all(|distance| *distance > max) && above.iter().all(|distance| *distance >= max) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    Some(above)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_spellings_together() {
        for (text, folded) in [
            ("α-Phenylacetoacetonitrile", "alpha phenylacetoacetonitrile"),
            ("Α-PHENYL", "alpha phenyl"),
            ("𝚨-Phenyl", "alpha phenyl"),
            ("  3,4‑MDP‑2‑P ", "3 4 mdp 2 p"),
            ("Éther éthylique", "ether ethylique"),
            ("Sulphuric acid", "sulfuric acid"),
            ("γ-Butyrolactone", "gamma butyrolactone"),
            ("KMnO₄", "kmno4"),
            ("３'-Chloro", "3 chloro"),
            ("—", ""),
        ] {
            assert_eq!(words(text), folded, "{text}");
        }
        assert_eq!(squash("P-2-P"), squash("p 2 p"));
        assert_eq!(ascii_digits("١٠٨-۲۴-７"), "108-24-7");
    }

    #[test]
    fn counts_slips() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        for (a, b, distance) in [
            ("", "", Some(0)),
            ("acetone", "acetone", Some(0)),
            ("acetone", "acetoen", Some(1)),
            ("acetone", "aceton", Some(1)),
            ("acetone", "aketone", Some(1)),
            ("toluene", "tolueen", Some(1)),
            ("toluene", "tuolene", Some(2)),
            ("toluene", "acetone", None),
        ] {
            assert_eq!(slips(&letters(a), &letters(b), 2), distance, "{a} {b}");
        }
        assert_eq!(slips_to_prefix(&letters("acetik"), &letters("aceticanhydride"), 2), Some(1));
        assert_eq!(slips_to_prefix(&letters("xyz"), &letters("aceticanhydride"), 2), None);
    }

    proptest! {
        #[test]
        fn ascii_is_read_as_everything_is(text in "[ -~\\t\\n]{0,40}|(sulph|Sulphur |sul ph){1,4}") {
            prop_assert_eq!(ascii_words(&text), any_words(&text));
        }

        #[test]
        fn folding_is_settled_after_one_pass(text in ".*") {
            let once = words(&text);
            prop_assert_eq!(words(&once), once.clone());
            prop_assert!(!once.contains("  "));
        }

        #[test]
        fn slips_are_symmetric_and_bounded(a in "[abc]{0,8}", b in "[abc]{0,8}", max in 0usize..4) {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let there = slips(&a, &b, max);
            prop_assert_eq!(there, slips(&b, &a, max));
            let full = slips(&a, &b, 20).unwrap_or(usize::MAX);
            prop_assert_eq!(there, (full <= max).then_some(full));
        }
    }
}
