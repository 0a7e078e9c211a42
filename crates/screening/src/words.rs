//! A name taken apart: its words, what each of them is, and how much it says.

mod compounds;
mod piece;
mod sieve;
mod tradition;

use std::{ops::Range, sync::Arc};

use crate::{
    entry::Kind,
    script::Script,
    sound::Phone,
    tables::{Facts, Form, NOTHING, tables},
    text::{Notice, clean},
};
use compounds::compounds;
use piece::{Piece, pieces};
use sieve::sieve;
use tradition::Tradition;

/// What a word is in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A name.
    Core,
    /// One letter in place of a name.
    Initial,
    /// Al, von, bin.
    Particle,
    /// A word that many names hold: trading, bank, star.
    Generic,
    /// A place.
    Place,
    /// A number; two of them that differ part two ships, two factories.
    Number,
}

/// A word of a name.
#[derive(Clone, Debug)]
pub struct Word {
    /// Small ASCII letters and digits.
    pub ascii: String,
    /// How it sounds.
    pub phones: Vec<Phone>,
    /// How it sounds to another tradition; empty if there is none, or if it is a known name.
    pub also: Vec<Phone>,
    /// Its ending if many languages have it in spellings of their own: which, and how many letters stand before it.
    pub ending: Option<(u8, u8)>,
    /// Whether its script leaves vowels out.
    pub bare: bool,
    /// Whether it is a syllable of an East Asian name.
    pub syllable: bool,
    /// Whether the name it stands in is not all pinyin: readings of dialects may be meant.
    pub loose: bool,
    /// Whether it is written in a character, which may be read as in any dialect.
    pub han: bool,
    /// Whether its script leaves vowels out and what is known of it is known of how it is written otherwise.
    pub guessed: bool,
    /// What it is.
    pub role: Role,
    /// How much it says, from 0 to 1.
    pub weight: f32,
    /// What is known of it.
    pub facts: &'static Facts,
    /// Whether anything is.
    pub known: bool,
    /// Whether it names a father, as with the Slavs: never the name itself.
    pub patronymic: bool,
    /// Whether digits stand in it.
    pub digits: bool,
}

impl Word {
    fn new(ascii: String, phones: Vec<Phone>, role: Role, weight: f32, facts: &'static Facts) -> Self {
        let (known, digits) = (!std::ptr::eq(facts, &NOTHING), ascii.bytes().any(|sign| sign.is_ascii_digit()));
        let patronymic = is_patronymic(&ascii);
        Self {
            ascii,
            phones,
            also: Vec::new(),
            ending: None,
            bare: false,
            syllable: false,
            loose: false,
            han: false,
            guessed: false,
            role,
            weight,
            facts,
            known,
            patronymic,
            digits,
        }
    }
}

impl Word {
    /// Several words as one.
    pub fn joined(words: &[Arc<Self>]) -> Self {
        let ascii: String = words.iter().map(|word| word.ascii.as_str()).collect();
        let phones = words.iter().flat_map(|word| word.phones.iter().copied()).collect();
        let weight = words.iter().map(|word| word.weight).sum();
        let bare = words.iter().any(|word| word.bare);
        Self { bare, ..Self::new(ascii, phones, Role::Core, weight, &NOTHING) }
    }
}

/// Child of, in the languages of the Slavs.
fn is_patronymic(word: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "ovich", "evich", "ovic", "evic", "ovitch", "evitch", "owicz", "ewicz", "ovych", "evych", "ovna", "evna",
        "ivna", "yivna",
    ];
    word.len() > 6 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// A name ready to be compared.
#[derive(Clone, Debug)]
pub struct Parts {
    /// As what it was taken apart.
    pub kind: Kind,
    /// Its words, without titles and legal forms.
    pub words: Vec<Arc<Word>>,
    /// The legal forms.
    pub forms: Vec<Form>,
    /// What was noticed in its writing.
    pub notices: Vec<Notice>,
    /// The words run together.
    pub joined: String,
    /// Everything run together, titles and legal forms included.
    pub run: String,
    /// Every word as acronyms are made of them.
    pub all: Vec<Spelt>,
    /// Whether it is a Chinese or Korean name, syllable by syllable.
    pub syllabic: bool,
}

fn is_han(letter: char) -> bool {
    Script::of(letter) == Script::Han
}

/// A name in Chinese characters as it is read if it is Japanese; what is written otherwise stays.
fn japanese(name: &str) -> Vec<String> {
    if !name.chars().any(is_han) {
        return Vec::new();
    }
    let letters: Vec<(usize, char)> = name.char_indices().collect();
    let runs = letters.chunk_by(|(_, one), (_, other)| is_han(*one) == is_han(*other));
    let mut all = vec![String::new()];
    for run in runs {
        let (begin, first) = run[0];
        let text = &name[begin..begin + run.iter().map(|(_, letter)| letter.len_utf8()).sum::<usize>()];
        let readings = if is_han(first) { tables().readings(text) } else { vec![text.to_owned()] };
        all = all
            .iter()
            .flat_map(|before| readings.iter().map(move |reading| format!("{before} {reading}")))
            .take(8)
            .collect();
    }
    all
}

/// A word as acronyms take it.
#[derive(Clone, Debug)]
pub struct Spelt {
    /// The word.
    pub text: String,
    /// Whether it may be passed over.
    pub small: bool,
}

/// The most words that are written as one.
pub const MOST_JOINED: usize = 4;

/// Neighbours among so many words that may be written as one, by the place where they begin.
pub fn runs(words: usize) -> impl Iterator<Item = Range<usize>> {
    (0..words).flat_map(move |at| (at + 2..=words.min(at + MOST_JOINED)).map(move |end| at..end))
}

/// More words than this are no name.
const MOST_WORDS: usize = 24;

impl Parts {
    /// Takes a name apart. [`Kind::Any`] looks whether it is an organisation's.
    #[must_use]
    pub fn of(name: &str, kind: Kind) -> Self {
        let clean = clean(name);
        let kind = if kind == Kind::Any { guess(name) } else { kind };
        let mut forms = Vec::new();
        let mut pieces = pieces(&clean.text, kind, &mut forms);
        pieces.truncate(MOST_WORDS);
        let kept = sieve(&pieces, kind, &mut forms);
        let mut words: Vec<Word> = (0..kept.len()).map(|at| Piece::word(&kept, at, kind)).collect();
        let mut tradition = None;
        if kind == Kind::Person {
            words = compounds(words);
            tradition = Tradition::of(&words);
        }
        if let Some(tradition) = tradition {
            words = words.iter().flat_map(|word| tradition.syllables(word)).collect();
            let loose = !words.iter().all(|word| word.facts.syllable.iter().any(|(_, part)| *part == 0));
            words.iter_mut().for_each(|word| word.loose = loose);
        }
        let han = clean.text.chars().any(is_han);
        words.iter_mut().filter(|word| word.syllable).for_each(|word| word.han = han);
        weigh_alone(&mut words);
        let joined = words.iter().map(|word| word.ascii.as_str()).collect();
        let run = pieces.iter().map(|piece| piece.ascii.as_str()).collect();
        let all = if kind == Kind::Person { Vec::new() } else { pieces.iter().map(Piece::spelt).collect() };
        let words = words.into_iter().map(Arc::new).collect();
        Self { kind, words, forms, notices: clean.notices, joined, run, all, syllabic: tradition.is_some() }
    }

    /// The name, and what stands in brackets in it as a name of its own: `Harakat al-Muqawama (HAMAS)`.
    #[must_use]
    pub fn variants(name: &str, kind: Kind) -> Vec<Self> {
        let mut all = vec![Self::of(name, kind)];
        all.extend(japanese(name).iter().map(|name| Self::of(name, kind)));
        let inner = name.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?)));
        if let Some((before, (inner, after))) = inner {
            let telling = |text: &str| {
                let parts = Self::of(text, kind);
                parts.words.iter().any(|word| word.role == Role::Core && word.ascii.len() > 2).then_some(parts)
            };
            all.extend(telling(inner));
            let without = format!("{before} {after}");
            all.extend(telling(&without).or_else(|| {
                let places = |parts: &Self| parts.words.iter().all(|word| word.role == Role::Place);
                let branch = kind == Kind::Organisation && places(&Self::of(inner, kind));
                branch.then(|| Self::of(&without, kind)).filter(|parts| parts.words.len() > 1)
            }));
        }
        all
    }

    /// The weight of all words.
    #[must_use]
    pub fn weight(&self) -> f32 {
        self.words.iter().map(|word| word.weight).sum()
    }
}

/// A word that stands alone, or among particles only, says all there is.
fn weigh_alone(words: &mut [Word]) {
    if words.iter().all(|word| word.weight < 0.2) {
        words.iter_mut().for_each(|word| word.weight = word.weight.max(0.2));
    }
}

/// Whether a name without a kind is that of an organisation: a legal form, or a word that only organisations have.
pub fn guess(name: &str) -> Kind {
    let mut forms = Vec::new();
    let text = clean(name).text;
    // Names of Chinese and Koreans may begin with a word: `조선영`.
    let short = text.chars().count() <= 4
        && text.chars().all(|letter| matches!(Script::of(letter), Script::Han | Script::Hangul));
    if short {
        return Kind::Person;
    }
    let pieces = pieces(&text, Kind::Organisation, &mut forms);
    let kept = sieve(&pieces, Kind::Organisation, &mut forms);
    let of_firms = |piece: &Piece| {
        let facts = tables().facts(&piece.ascii);
        let firm = !facts.word.is_empty() || facts.number.is_some() && piece.ascii.len() > 1;
        firm && facts.given.is_empty() && facts.family.is_empty() && facts.particle.is_none() && piece.ascii.len() > 2
    };
    if !forms.is_empty() || kept.iter().any(of_firms) { Kind::Organisation } else { Kind::Person }
}
