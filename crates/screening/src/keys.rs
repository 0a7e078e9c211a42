//! Keys by which words that may count as the same find each other ([`crate::index`]).

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::{
    sound::{self, Phone},
    words::{Parts, Role, Word},
};

fn key(what: u8, value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    (what, value).hash(&mut hasher);
    hasher.finish()
}

/// The keys of a word. Two words that [`crate::alike::alike`] takes for the same share one.
pub fn of(word: &Word) -> Vec<u64> {
    let mut keys = vec![key(0, &word.ascii), key(13, &word.ascii)];
    let facts = word.facts;
    keys.extend(facts.given.iter().map(|(group, _)| key(1, group)));
    keys.extend(facts.family.iter().map(|(group, _)| key(2, group)));
    keys.extend(facts.word.iter().map(|(group, _)| key(3, group)));
    keys.extend(facts.place.iter().map(|group| key(4, group)));
    keys.extend(facts.syllable.iter().map(|(line, _)| key(8, line)));
    keys.extend(facts.korean.iter().map(|line| key(14, line)));
    keys.extend(facts.number.map(|number| key(5, number)));
    if word.role == Role::Number || word.role == Role::Initial {
        return keys;
    }
    let bones = sound::bones(&word.phones);
    if word.ascii.len() <= 3 && !word.bare || bones.len() < 2 {
        keys.push(key(6, folded(&word.phones)));
    }
    keys.extend(bone_keys(&bones));
    keys.extend(sound::other_bones(&word.phones).iter().flat_map(|bones| bone_keys(bones)));
    // What a scanner reads as one letter.
    for (two, single) in [("rn", "m"), ("vv", "w"), ("cl", "d")] {
        if word.ascii.contains(two) {
            keys.extend(bone_keys(&sound::bones(&sound::of(&word.ascii.replace(two, single)))));
        }
    }
    if word.ascii.len() >= 5 {
        keys.push(key(9, &word.ascii[..5]));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The bones, and the bones with one left out, with two of long words. Of very short words only the whole: one consonant
/// is no key.
fn bone_keys(bones: &[Phone]) -> Vec<u64> {
    let mut keys = Vec::with_capacity(bones.len() + 1);
    if !bones.is_empty() {
        keys.push(key(7, bones));
    }
    if bones.len() >= 3 {
        for at in 0..bones.len() {
            let mut rest = bones.to_vec();
            rest.remove(at);
            keys.push(key(7, &rest));
            if bones.len() >= 6 {
                for second in at..rest.len() {
                    let mut rest = rest.clone();
                    rest.remove(second);
                    keys.push(key(7, &rest));
                }
            }
        }
    }
    keys
}

/// Sounds with light and dark vowels as one each.
fn folded(phones: &[Phone]) -> Vec<Phone> {
    let fold = |phone: &Phone| match phone {
        Phone::E | Phone::I | Phone::Y | Phone::Ya => Phone::I,
        Phone::O | Phone::U | Phone::W | Phone::Waw => Phone::U,
        phone => *phone,
    };
    phones.iter().map(fold).collect()
}

/// Keys of neighbouring words written as one, two to four.
pub fn joined(words: &[impl AsRef<Word>]) -> Vec<u64> {
    let mut keys = Vec::new();
    for count in 2..=4 {
        for run in words.windows(count) {
            let phones: Vec<Phone> = run.iter().flat_map(|word| word.as_ref().phones.iter().copied()).collect();
            let bones = sound::bones(&phones);
            if bones.len() >= 2 {
                keys.push(key(7, &bones[..]));
            }
            keys.push(key(13, run.iter().map(|word| word.as_ref().ascii.as_str()).collect::<String>()));
        }
    }
    keys
}

/// Keys by which a word finds words that are written as one there.
pub fn words_joined(words: &[impl AsRef<Word>]) -> Vec<u64> {
    let long = words.iter().map(AsRef::as_ref).filter(|word| word.ascii.len() >= 4);
    long.flat_map(|word| bone_keys(&sound::bones(&word.phones)).into_iter().chain([key(13, word.ascii.clone())]))
        .collect()
}

/// The most small words of a name that acronyms are made with and without.
const MOST_SMALL: usize = 5;

/// Keys of the acronyms that a name may go by: the first letters of its words with and without any of the small ones, and
/// two of the first with one of the second, where people speak syllables.
pub fn acronyms(parts: &Parts) -> Vec<u64> {
    if parts.all.len() < 2 {
        return Vec::new();
    }
    let small: Vec<usize> = (0..parts.all.len()).filter(|at| parts.all[*at].small).take(MOST_SMALL).collect();
    let mut keys: Vec<u64> = (0..1_u32 << small.len())
        .map(|set| {
            let skipped =
                |at: usize| small.iter().position(|place| *place == at).is_some_and(|bit| set >> bit & 1 == 1);
            let words = parts.all.iter().enumerate().filter(|(at, _)| !skipped(*at));
            words.filter_map(|(_, word)| word.text.chars().next()).collect::<String>()
        })
        .filter(|letters| letters.len() >= 3)
        .map(|letters| key(10, letters))
        .collect();
    let mut core = parts.all.iter().filter(|word| !word.small);
    if let (Some(first), Some(second)) = (core.next(), core.next()) {
        keys.extend(first.text.get(..2).zip(second.text.get(..1)).map(|(one, other)| key(11, [one, other].concat())));
    }
    keys
}

/// Keys by which a word finds the names of which it is the acronym.
pub fn of_acronym(words: &[impl AsRef<Word>]) -> Vec<u64> {
    let fits =
        words.iter().map(AsRef::as_ref).filter(|word| (3..=9).contains(&word.ascii.len()) && word.role == Role::Core);
    let keys = fits.flat_map(|word| {
        let spoken = (word.ascii.len() >= 5).then(|| key(11, word.ascii[..3].to_owned()));
        std::iter::once(key(10, word.ascii.clone())).chain(spoken)
    });
    keys.collect()
}

/// The key of a long name, by which one that was cut short finds it.
pub fn beginning(parts: &Parts) -> Option<u64> {
    (parts.run.len() >= 17).then(|| parts.run.get(..12)).flatten().map(|text| key(12, text))
}
