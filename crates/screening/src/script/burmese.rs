//! Burmese: a word for each syllable, as its names are written in Latin letters. A syllable is an onset and a rhyme, and
//! the rhyme is spoken otherwise than its letters: `အောင်` is aung, `ထွန်း` htun.

use super::Latin;

const KILLER: char = '\u{103A}';
const STACKER: char = '\u{1039}';
const CREAK: char = '\u{1037}';

/// A word in Burmese letters, syllable by syllable.
pub fn latin(word: &str) -> Vec<Latin> {
    let letters: Vec<char> = word.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let (text, taken) = syllable(&letters[at..]);
        if !text.is_empty() {
            out.push(Latin::read(text));
        }
        at += taken;
    }
    out
}

fn syllable(letters: &[char]) -> (String, usize) {
    let Some(onset) = consonant(letters[0]) else {
        return (free_vowel(letters[0]).to_owned(), 1);
    };
    let mut at = 1;
    let (mut glide, mut round, mut breath) = (false, false, false);
    while let Some(medial @ '\u{103B}'..='\u{103E}') = letters.get(at).copied() {
        match medial {
            '\u{103D}' => round = true,
            '\u{103E}' => breath = true,
            _ => glide = true,
        }
        at += 1;
    }
    let (mut vowels, mut creaks, mut heavy) = (String::new(), false, false);
    while let Some(sign) = letters.get(at).copied().filter(|sign| is_sign(*sign)) {
        creaks |= sign == CREAK;
        heavy |= sign == '\u{1038}';
        if !matches!(sign, CREAK | '\u{1038}' | KILLER) {
            vowels.push(if sign == '\u{102B}' { '\u{102C}' } else { sign });
        }
        at += 1;
    }
    let mut last = None;
    if let Some(closing) = letters.get(at).copied().filter(|letter| consonant(*letter).is_some()) {
        // The mark of tone stands before or behind the one that kills the vowel.
        let marks = letters[at + 1..].iter().take_while(|sign| matches!(**sign, KILLER | CREAK | '\u{1038}'));
        let marks: Vec<char> = marks.copied().collect();
        creaks |= marks.contains(&CREAK);
        if marks.contains(&KILLER) {
            last = Some(closing);
            at += 1 + marks.len();
        } else if letters.get(at + 1) == Some(&STACKER) {
            last = Some(closing);
            at += 2;
        }
    }
    let rhyme = match rhyme(&vowels, round, last) {
        "o" if heavy => "oe",
        rhyme => rhyme,
    };
    // `Myint`: cut off behind the nose.
    let cut = if creaks && rhyme.ends_with('n') { "t" } else { "" };
    (format!("{}{rhyme}{cut}", opening(onset, glide, round, breath, last)), at)
}

/// How a syllable begins.
fn opening(onset: &str, glide: bool, round: bool, breath: bool, last: Option<char>) -> String {
    let mut text = match (onset, glide, breath) {
        ("y", _, true) => "sh".to_owned(),
        ("l", true, true) => "sh".to_owned(),
        ("kh", true, _) => "ch".to_owned(),
        ("g", true, _) => "gy".to_owned(),
        (onset, true, breath) => format!("{}{onset}y", if breath { "h" } else { "" }),
        (onset, false, true) => format!("h{onset}"),
        (onset, ..) => onset.to_owned(),
    };
    // Before `n` and `t` it colours the vowel only.
    if round && !matches!(last, Some('န' | 'မ' | 'တ' | 'ပ')) {
        text.push('w');
    }
    text
}

fn rhyme(vowels: &str, round: bool, last: Option<char>) -> &'static str {
    match (vowels, last) {
        ("\u{1031}\u{102C}", Some('င')) => "aung",
        ("\u{102D}\u{102F}", Some('င')) => "aing",
        (_, Some('င' | 'ဉ')) => "in",
        ("\u{102D}", Some('န' | 'မ' | 'ဏ')) | ("\u{102D}\u{1036}", None) => "ein",
        ("\u{102F}", Some('န' | 'မ' | 'ဏ')) | ("\u{102F}\u{1036}", None) => "on",
        (_, Some('န' | 'မ' | 'ဏ')) if round => "un",
        (_, Some('န' | 'မ' | 'ဏ')) | ("\u{1036}", None) => "an",
        ("\u{1031}\u{102C}", Some('က')) => "auk",
        ("\u{102D}\u{102F}", Some('က')) => "aik",
        (_, Some('က')) => "et",
        (_, Some('စ')) => "it",
        (_, Some('ည')) => "i",
        (_, Some('ယ')) | ("\u{1032}", None) => "e",
        ("\u{102D}", Some(_)) => "eik",
        ("\u{102F}", Some(_)) => "ok",
        (_, Some(_)) => {
            if round {
                "ut"
            } else {
                "at"
            }
        }
        ("\u{1031}\u{102C}", None) => "aw",
        ("\u{102D}\u{102F}", None) => "o",
        ("\u{102D}" | "\u{102E}", None) => "i",
        ("\u{102F}" | "\u{1030}", None) => "u",
        ("\u{1031}", None) => "ay",
        _ => "a",
    }
}

const fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{102B}'..='\u{1032}' | '\u{1036}'..='\u{1038}' | KILLER)
}

const fn free_vowel(letter: char) -> &'static str {
    match letter {
        'ဥ' | 'ဦ' => "u",
        'ဣ' | 'ဤ' => "i",
        'ဧ' => "ay",
        'ဩ' | 'ဪ' => "aw",
        _ => "",
    }
}

const fn consonant(letter: char) -> Option<&'static str> {
    Some(match letter {
        'က' => "k",
        'ခ' => "kh",
        'ဂ' | 'ဃ' => "g",
        'င' => "ng",
        'စ' | 'ဆ' => "s",
        'ဇ' | 'ဈ' => "z",
        'ည' | 'ဉ' => "ny",
        'ဋ' | 'တ' => "t",
        'ဌ' | 'ထ' => "ht",
        'ဍ' | 'ဎ' | 'ဒ' | 'ဓ' => "d",
        'ဏ' | 'န' => "n",
        'ပ' => "p",
        'ဖ' => "ph",
        'ဗ' | 'ဘ' => "b",
        'မ' => "m",
        'ယ' | 'ရ' => "y",
        'လ' | 'ဠ' => "l",
        'ဝ' => "w",
        'သ' | 'ဿ' => "th",
        'ဟ' => "h",
        'အ' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_syllable_by_syllable() {
        for (burmese, expected) in [
            ("အောင်မင်းထွန်း", "aung min htun"),
            ("ခင်ညွန့်", "khin nyunt"),
            ("ကျော်စွာ", "kyaw swa"),
            ("မြင့်", "myint"),
            ("လှိုင်", "hlaing"),
            ("သိန်းစိန်", "thein sein"),
            ("ဝင်းဦး", "win u"),
            ("စုကြည်", "su kyi"),
            ("စိုးမိုး", "soe moe"),
        ] {
            let words: Vec<String> = latin(burmese).into_iter().map(|word| word.ascii).collect();
            assert_eq!(words.join(" "), expected, "{burmese}");
        }
    }
}
