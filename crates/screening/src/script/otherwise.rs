//! Words in Latin letters as another tradition reads them.

/// How a word sounds where its letters are used otherwise than in most languages; nothing if they are not.
pub fn latin(word: &str) -> Option<String> {
    japanese(word).or_else(|| somali(word)).or_else(|| throaty(word))
}

/// `c` as Somalis write a sound that others leave out, in words that show by their long vowels that they are Somali.
fn somali(word: &str) -> Option<String> {
    let long = |pair: &[u8]| pair[0] == pair[1] && b"aeiou".contains(&pair[0]);
    let rest = word.strip_prefix('c').filter(|rest| rest.starts_with(['a', 'e', 'i', 'o', 'u']))?;
    (word.len() >= 4 && rest.as_bytes().windows(2).any(long)).then(|| rest.replace('x', "h"))
}

/// `x` as Uzbeks, Azeris and Kurds write what others write `kh`.
fn throaty(word: &str) -> Option<String> {
    (word.len() >= 4 && word.contains('x')).then(|| word.replace('x', "kh"))
}

/// Syllables of Japanese as the official romanisation writes them, and as they are spoken and usually written.
const SPOKEN: [(&str, &str); 21] = [
    ("sya", "sha"),
    ("syu", "shu"),
    ("syo", "sho"),
    ("tya", "cha"),
    ("tyu", "chu"),
    ("tyo", "cho"),
    ("zya", "ja"),
    ("zyu", "ju"),
    ("zyo", "jo"),
    ("jya", "ja"),
    ("jyu", "ju"),
    ("jyo", "jo"),
    ("cchi", "tchi"),
    ("tti", "tchi"),
    ("ttu", "ttsu"),
    ("si", "shi"),
    ("ti", "chi"),
    ("tu", "tsu"),
    ("hu", "fu"),
    ("zi", "ji"),
    ("di", "ji"),
];

/// The usual spelling of a word that is made of syllables of Japanese, if it differs.
fn japanese(word: &str) -> Option<String> {
    let mut spoken = String::with_capacity(word.len() + 4);
    let (mut rest, mut differs) = (word, false);
    while !rest.is_empty() {
        if let Some((written, said)) = SPOKEN.iter().find(|(written, _)| rest.starts_with(written)) {
            spoken.push_str(said);
            differs |= written != said;
            rest = &rest[written.len()..];
        } else {
            let length = syllable(rest.as_bytes())?;
            spoken.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }
    (differs && word.len() >= 5).then_some(spoken)
}

/// How long the syllable is with which the letters begin: a vowel, one behind a consonant or two, or an `n` or `m` that
/// closes the one before.
fn syllable(letters: &[u8]) -> Option<usize> {
    let is_vowel = |at: usize| letters.get(at).is_some_and(|letter| b"aiueo".contains(letter));
    match letters {
        _ if is_vowel(0) => Some(1),
        [b's', b'h', ..] | [b'c', b'h', ..] | [b't', b's', ..] if is_vowel(2) => Some(3),
        [first, b'y', ..] if b"kgnhbpmr".contains(first) && is_vowel(2) => Some(3),
        [first, ..] if b"kgsztdnhbpmyrwjf".contains(first) && is_vowel(1) => Some(2),
        [first, second, ..] if first == second && b"kstp".contains(first) => Some(1),
        [b'n' | b'm', ..] | [b'h', ..] => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_traditions_are_read() {
        for (written, spoken) in [
            ("huzimoto", Some("fujimoto")),
            ("tutiya", Some("tsuchiya")),
            ("zyozi", Some("joji")),
            ("sinzi", Some("shinji")),
            ("tanaka", None),
            ("martinez", None),
            ("toxtayev", Some("tokhtayev")),
            ("cigaal", Some("igaal")),
            ("carlos", None),
        ] {
            assert_eq!(latin(written).as_deref(), spoken, "{written}");
        }
    }
}
