//! How well a name fits what has been typed.

use crate::fold::{slips, slips_to_prefix, squash, words};

/// From here upwards what was typed is the beginning of a name or number, not a guess.
pub(super) const CERTAIN: u32 = 500;
/// The score of a CAS number that was corrected.
pub(super) const CORRECTED: u32 = 480;

/// No name is longer; longer typing is cut.
const LONGEST: usize = 120;

/// What has been typed, folded in every way that names are.
pub(super) struct Query {
    words: Vec<String>,
    squashed: String,
    sound: Vec<char>,
    sounds: Vec<Vec<char>>,
    letters: u64,
}

impl Query {
    pub fn new(typed: &str) -> Self {
        let typed: String = typed.chars().take(LONGEST).collect();
        let folded = words(&typed);
        let sound = sound_of(&folded.replace(' ', ""));
        Self {
            squashed: folded.replace(' ', ""),
            letters: letters_of(&sound),
            sounds: folded.split(' ').map(sound_of).collect(),
            words: folded.split(' ').map(str::to_owned).collect(),
            sound,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.squashed.is_empty()
    }
}

/// One name of an entry, folded in every way it is compared.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The place of the entry.
    pub entry: usize,
    /// The place among its other names; nothing for the preferred one.
    pub synonym: Option<usize>,
    words: Vec<String>,
    squashed: String,
    sound: Vec<char>,
    sounds: Vec<Vec<char>>,
    letters: u64,
}

impl Key {
    pub fn new(entry: usize, synonym: Option<usize>, name: &str) -> Self {
        let folded = words(name);
        let sound = sound_of(&squash(name));
        Self {
            entry,
            synonym,
            squashed: squash(name),
            letters: letters_of(&sound),
            sounds: folded.split(' ').map(sound_of).collect(),
            words: folded.split(' ').map(str::to_owned).collect(),
            sound,
        }
    }

    /// The score, and whether the letters themselves fit; nothing if the name does not fit at all.
    pub fn fits(&self, query: &Query) -> Option<(u32, bool)> {
        let base =
            self.written(query).map(|score| (score, true)).or_else(|| self.nearly(query).map(|score| (score, false)));
        // Preferred names before others, short names before long ones.
        let surplus = u32::try_from(self.squashed.len().saturating_sub(query.squashed.len()).min(30)).unwrap_or(30);
        base.map(|(score, exact)| (score - surplus - if self.synonym.is_some() { 10 } else { 0 }, exact))
    }

    fn written(&self, query: &Query) -> Option<u32> {
        if self.squashed == query.squashed {
            Some(1000)
        } else if self.squashed.starts_with(&query.squashed) {
            Some(800)
        } else if self.words_begin(query) {
            Some(600)
        } else if query.squashed.len() >= 4 && self.squashed.contains(&query.squashed) {
            Some(450)
        } else {
            None
        }
    }

    /// Whether every word typed begins another word of the name.
    fn words_begin(&self, query: &Query) -> bool {
        let mut free: Vec<&String> = self.words.iter().collect();
        query.words.iter().all(|typed| {
            let place = free.iter().position(|word| word.starts_with(typed.as_str()));
            place.map(|place| free.swap_remove(place)).is_some()
        })
    }

    fn nearly(&self, query: &Query) -> Option<u32> {
        let allowed = allowed(query.sound.len());
        if query.sound.len() < 4 || (query.letters & !self.letters).count_ones() as usize > allowed + 1 {
            return None;
        }
        let whole = slips(&query.sound, &self.sound, allowed);
        let front = slips_to_prefix(&query.sound, &self.sound, allowed);
        let cost = |slips: usize| u32::try_from(slips).unwrap_or(4) * 60;
        let by_whole = whole.map(|slips| 430 - cost(slips)).max(front.map(|slips| 400 - cost(slips)));
        by_whole.or_else(|| self.words_nearly(query).map(|slips| 330 - cost(slips)))
    }

    /// The slips by which every word typed becomes the beginning of a word of the name. Short words may have none.
    fn words_nearly(&self, query: &Query) -> Option<usize> {
        if query.sounds.len() < 2 {
            // One word against one word of many: a looser match would find half the catalogue.
            let few = if query.sound.len() < 7 { 1 } else { 2 };
            let near = |word: &Vec<char>| slips_to_prefix(&query.sound, word, few);
            return if self.sounds.len() < 2 { None } else { self.sounds.iter().filter_map(near).min() };
        }
        let each = query.sounds.iter().map(|typed| {
            self.sounds.iter().filter_map(|word| slips_to_prefix(typed, word, allowed(typed.len()))).min()
        });
        each.sum::<Option<usize>>().filter(|slips| *slips <= 3)
    }
}

/// How many slips are forgiven in a word of that many letters.
const fn allowed(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=6 => 1,
        7..=10 => 2,
        _ => 3,
    }
}

/// The letters as they sound across languages: `ph`/`f`, `y`/`i`, `k`/`c`/`z`, `th`/`t`, `ae`/`e`, doubled ones once.
fn sound_of(squashed: &str) -> Vec<char> {
    let plain = squashed.replace("ph", "f").replace("th", "t").replace("ae", "e").replace("oe", "e").replace("ck", "k");
    let mut out: Vec<char> = Vec::with_capacity(plain.len());
    for letter in plain.chars() {
        let letter = match letter {
            'y' => 'i',
            'k' | 'q' | 'z' => 'c',
            'w' => 'v',
            other => other,
        };
        if letter.is_ascii_digit() || out.last() != Some(&letter) {
            out.push(letter);
        }
    }
    out
}

/// Which letters occur, as bits: a cheap bound on the number of slips.
fn letters_of(sound: &[char]) -> u64 {
    sound.iter().fold(0, |bits, letter| {
        let place = match letter {
            'a'..='z' => u32::from(*letter) - u32::from('a'),
            '0'..='9' => u32::from(*letter) - u32::from('0') + 26,
            other => 36 + u32::from(*other) % 28,
        };
        bits | 1 << place
    })
}
