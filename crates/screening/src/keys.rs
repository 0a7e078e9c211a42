//! Keys by which words that may count as the same find each other ([`crate::index`]).

use std::hash::{Hash, Hasher};

use crate::{
    sound::{self, Phone},
    typing,
    words::{MOST_JOINED, Parts, Role, Word, runs},
};

fn key(what: u8, value: impl Hash) -> u64 {
    let mut hasher = Quick(0);
    (what, value).hash(&mut hasher);
    hasher.finish()
}

/// A quick hash: nobody gains by making names that share a key, they only take longer to be told apart.
#[derive(Default)]
pub struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut number = [0; 8];
            number[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(number));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number.cast_unsigned() as u64);
    }
}

/// Bones of which one or two may be left out.
#[derive(Clone, Copy)]
struct Bones<'a> {
    all: &'a [Phone],
    without: [usize; 2],
}

/// No place in a word.
const NOWHERE: usize = usize::MAX;

impl<'a> Bones<'a> {
    const fn whole(all: &'a [Phone]) -> Self {
        Self { all, without: [NOWHERE; 2] }
    }

    const fn without(self, at: usize) -> Self {
        Self { without: [at, NOWHERE], ..self }
    }

    const fn without_two(self, at: usize, second: usize) -> Self {
        Self { without: [at, second], ..self }
    }
}

impl Hash for Bones<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let left = self.all.iter().enumerate().filter(|(at, _)| !self.without.contains(at));
        left.for_each(|(_, phone)| state.write_u8(*phone as u8));
        state.write_u8(u8::MAX);
    }
}

/// Keys of two sorts, so that what a question looks for meets what a list holds: a word one consonant shorter meets the
/// whole of another, never another that is shorter by a different one.
#[derive(Default)]
pub struct Keys {
    /// Under which it stands.
    pub held: Vec<u64>,
    /// Under which it looks for others, most of which are like it.
    pub asked: Vec<u64>,
    /// Under which it looks for those with the same bones or nearly so, most of which are not like it.
    pub broad: Vec<u64>,
    /// Under which it looks for those with two other bones: never one that is as like it as words written together must be.
    pub far: Vec<u64>,
}

impl Keys {
    fn both(&mut self, key: u64) {
        self.held.push(key);
        self.asked.push(key);
    }

    fn both_broad(&mut self, key: u64) {
        self.held.push(key);
        self.broad.push(key);
    }

    fn bones(&mut self, bones: &[Phone], vowels: &Vowels) {
        if bones.is_empty() {
            return;
        }
        let all = Bones::whole(bones);
        self.both_broad(key(FULL, all));
        vowels.beside(bones.len(), |beside| key(SHORTER, (all, beside)), &mut self.broad, Side::Asks);
        vowels.beside(bones.len(), |beside| key(LONGER, (all, beside)), &mut self.held, Side::Holds);
        if bones.len() < 3 {
            return;
        }
        let mut sorted = bones.to_vec();
        sorted.sort_unstable();
        self.beside(vowels, bones.len(), |beside| key(SORTED, (Bones::whole(&sorted), beside)));
        for at in 0..bones.len() {
            let rest = all.without(at);
            vowels.beside(bones.len() - 1, |beside| key(LONGER, (rest, beside)), &mut self.broad, Side::Asks);
            vowels.beside(bones.len() - 1, |beside| key(SHORTER, (rest, beside)), &mut self.held, Side::Holds);
            self.beside(vowels, bones.len(), |beside| key(OTHER, (at, bones.len(), rest, beside)));
        }
    }

    /// Keys of long words of which two bones are others.
    fn far(&mut self, bones: &[Phone]) {
        if bones.len() < 6 {
            return;
        }
        for at in 0..bones.len() {
            for second in at + 1..bones.len() {
                let key = key(TWO_OTHERS, (at, second, Bones::whole(bones).without_two(at, second)));
                self.held.push(key);
                self.far.push(key);
            }
        }
    }

    /// The key of words of the same letters.
    fn anagram(&mut self, word: &str) {
        let mut sorted = word.as_bytes().to_vec();
        sorted.sort_unstable();
        self.both(key(ANAGRAM, &sorted));
    }

    /// Keys of short words by their letters: too many have the same bones but for one.
    fn letters(&mut self, word: &str) {
        let letters = word.as_bytes();
        self.asked.push(key(LETTER_LESS, letters));
        self.held.push(key(LETTER_MORE, letters));
        for at in 0..letters.len() {
            let rest = [&letters[..at], &letters[at + 1..]].concat();
            self.asked.push(key(LETTER_MORE, &rest[..]));
            self.held.push(key(LETTER_LESS, &rest[..]));
            self.both(key(OTHER_LETTER, (at, rest)));
        }
    }

    fn beside(&mut self, vowels: &Vowels, bones: usize, key: impl Fn(Beside<'_>) -> u64) {
        vowels.beside(bones, &key, &mut self.broad, Side::Asks);
        vowels.beside(bones, &key, &mut self.held, Side::Holds);
    }

    fn done(mut self) -> Self {
        for keys in [&mut self.held, &mut self.asked, &mut self.broad, &mut self.far] {
            keys.sort_unstable();
            keys.dedup();
        }
        self
    }
}

/// Vowels stand beside the bones of short words, of which too many have the same. Words without vowels are met without.
struct Vowels {
    all: Vec<Phone>,
    /// Whether they are left out: in Arabic and Hebrew, and by people in a hurry.
    bare: bool,
}

/// What stands beside bones in a key: the vowels, or that one side has none.
type Beside<'a> = (u8, &'a [Phone]);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Asks,
    Holds,
}

impl Vowels {
    fn of(word: &Word, bones: usize) -> Self {
        // Of neighbours the first: `Augenakis` is `Avgenakis`.
        let runs = word.phones.chunk_by(|one, other| one.is_vowel() && other.is_vowel());
        let all: Vec<Phone> = folded(&runs.map(|run| run[0]).filter(|phone| phone.is_vowel()).collect::<Vec<_>>());
        Self { bare: word.bare || bones >= 3 && all.len() <= 1, all }
    }

    /// Five bones tell enough; of four the vowels are asked for as well; words of three are found by their letters.
    fn beside(&self, bones: usize, key: impl Fn(Beside<'_>) -> u64, into: &mut Vec<u64>, side: Side) {
        const WITH: u8 = 0;
        const OF_PLAIN: u8 = 1;
        const OF_BARE: u8 = 2;
        if bones > 4 {
            into.push(key((WITH, &[])));
            return;
        }
        if !self.bare && bones == 4 {
            into.push(key((WITH, &self.all)));
        }
        match (side, self.bare) {
            (Side::Holds, false) => into.push(key((OF_PLAIN, &[]))),
            (Side::Holds, true) | (Side::Asks, false) => into.push(key((OF_BARE, &[]))),
            (Side::Asks, true) => into.extend([key((OF_PLAIN, &[])), key((OF_BARE, &[]))]),
        }
    }
}

const ANAGRAM: u8 = 22;
const LETTER_LESS: u8 = 23;
const LETTER_MORE: u8 = 24;
const OTHER_LETTER: u8 = 25;
const CONSONANTS: u8 = 26;
const SHORTENED: u8 = 27;
const STEM: u8 = 28;
const FULL: u8 = 7;
const SHORTER: u8 = 15;
const LONGER: u8 = 19;
const SORTED: u8 = 16;
const OTHER: u8 = 17;
const TWO_OTHERS: u8 = 18;

/// The keys of a word. Of two words that [`crate::alike::alike`] takes for the same, one asks for what the other holds.
pub fn of(word: &Word) -> Keys {
    let mut keys = Keys::default();
    keys.both(key(0, &word.ascii));
    let facts = word.facts;
    facts.given.iter().for_each(|(group, _)| keys.both(key(1, group)));
    facts.family.iter().for_each(|(group, _)| keys.both(key(2, group)));
    facts.word.iter().for_each(|(group, _)| keys.both(key(3, group)));
    facts.place.iter().for_each(|group| keys.both(key(4, group)));
    facts.syllable.iter().for_each(|(line, _)| keys.both(key(8, line)));
    facts.korean.iter().for_each(|line| keys.both(key(14, line)));
    facts.number.iter().for_each(|number| keys.both(key(5, number)));
    if word.role == Role::Number || word.role == Role::Initial {
        return keys.done();
    }
    let bones = sound::bones(&word.phones);
    if word.ascii.len() <= 3 && !word.bare || bones.len() < 2 {
        keys.both(key(6, folded(&word.phones)));
    }
    let vowels = Vowels::of(word, bones.len());
    keys.bones(&bones, &vowels);
    keys.far(&bones);
    for bones in sound::other_bones(&word.phones) {
        keys.bones(&bones, &vowels);
    }
    if !word.also.is_empty() {
        let bones = sound::bones(&word.also);
        keys.bones(&bones, &Vowels::of(&Word { phones: word.also.clone(), ..word.clone() }, bones.len()));
    }
    if let Some((class, length)) = word.ending {
        let stem = sound::of(word.ascii.get(..usize::from(length)).unwrap_or_default());
        keys.both(key(STEM, (class, sound::bones(&stem))));
    }
    // What a scanner reads as one letter.
    for (two, single) in [("rn", "m"), ("vv", "w"), ("cl", "d"), ("1", "i")] {
        if word.ascii.contains(two) {
            keys.bones(&sound::bones(&sound::of(&word.ascii.replace(two, single))), &vowels);
        }
    }
    if word.ascii.len() >= 4 {
        keys.anagram(&word.ascii);
    }
    if bones.len() <= 4 && word.ascii.len() >= 4 {
        keys.letters(&word.ascii);
    }
    let mut consonants: Vec<u8> = word.ascii.bytes().filter(|letter| !typing::is_vowel(*letter)).collect();
    consonants.dedup();
    if consonants.len() >= 3 {
        keys.both(key(CONSONANTS, consonants));
    }
    shortened(word, &mut keys);
    if word.ascii.len() >= 5 {
        keys.both(key(9, &word.ascii[..5]));
    }
    keys.done()
}

/// Words that firms' names shorten: by their first and last letter, and by their first three.
fn shortened(word: &Word, keys: &mut Keys) {
    let letters = word.ascii.as_bytes();
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return };
    let ends = [key(SHORTENED, (first, last)), key(SHORTENED, letters.get(..3))];
    if word.facts.word.is_empty() && (3..=6).contains(&letters.len()) {
        keys.asked.extend(ends.map(|key| key ^ 1));
        keys.held.extend(ends);
    } else if !word.facts.word.is_empty() && letters.len() >= 5 {
        keys.held.extend(ends.map(|key| key ^ 1));
        keys.asked.extend(ends);
    }
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

/// Keys of neighbouring words written as one, two to four, by sound and by sight; and of the whole name by sight.
pub fn joined(parts: &Parts) -> Vec<u64> {
    let mut keys = Vec::new();
    for run in runs(parts.words.len()).map(|run| &parts.words[run]) {
        let phones: Vec<Phone> = run.iter().flat_map(|word| word.phones.iter().copied()).collect();
        let bones = sound::bones(&phones);
        if bones.len() >= 2 {
            keys.push(key(21, Bones::whole(&bones)));
        }
        keys.push(key(13, run.iter().map(|word| word.ascii.as_str()).collect::<String>()));
    }
    if parts.words.len() > MOST_JOINED {
        keys.push(written_together(parts));
    }
    keys
}

/// The key by which a name finds those that part the same letters otherwise: `S A N T A RITA`.
pub fn written_together(parts: &Parts) -> u64 {
    key(13, &parts.joined)
}

/// Keys by which a word finds names that write it as several.
pub fn may_be_joined(word: &Word) -> Vec<u64> {
    if word.ascii.len() < 4 || word.known && word.ascii.len() < 6 {
        return Vec::new();
    }
    let bones = sound::bones(&word.phones);
    let all = Bones::whole(&bones);
    let shorter = (0..bones.len()).filter(|_| bones.len() >= 5).map(|at| key(21, all.without(at)));
    [key(21, all), key(13, &word.ascii)].into_iter().chain(shorter).collect()
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
    let last = parts.all.last().filter(|word| word.small && (2..=3).contains(&word.text.len()));
    let mut keys: Vec<u64> = (0..1_u32 << small.len())
        .flat_map(|set| {
            let skipped =
                |at: usize| small.iter().position(|place| *place == at).is_some_and(|bit| set >> bit & 1 == 1);
            let words = parts.all.iter().enumerate().filter(|(at, _)| !skipped(*at));
            let letters: String = words.filter_map(|(_, word)| word.text.chars().next()).collect();
            // Of a legal form every letter may stand.
            let form = last.filter(|_| !skipped(parts.all.len() - 1)).map(|form| [&letters, &form.text[1..]].concat());
            form.into_iter().chain([letters])
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
pub fn of_acronym(word: &Word) -> Vec<u64> {
    if !(3..=9).contains(&word.ascii.len()) || !matches!(word.role, Role::Core | Role::Generic) {
        return Vec::new();
    }
    let spoken = (word.ascii.len() >= 5).then(|| key(11, word.ascii[..3].to_owned()));
    std::iter::once(key(10, word.ascii.clone())).chain(spoken).collect()
}

/// The key of a long name, by which one that was cut short finds it.
pub fn beginning(parts: &Parts) -> Option<u64> {
    (parts.run.len() >= 17).then(|| parts.run.get(..12)).flatten().map(|text| key(12, text))
}
