//! How alike two words of names are, and why.

use serde::{Deserialize, Serialize};

use crate::{
    entry::Kind,
    sound,
    tables::{Section, same_given, same_syllable, shared},
    typing,
    words::{Role, Word},
};

/// Why two words count as the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// They are the same.
    Same,
    /// Known spellings of one name.
    Spelling,
    /// A short or pet form.
    Pet,
    /// The same name or word in another language.
    Language,
    /// The same number, written otherwise.
    Number,
    /// They sound alike.
    Sound,
    /// A slip of typing, copying or scanning.
    Typing,
    /// One letter stands for the name.
    Initial,
    /// One is the beginning of the other.
    Cut,
    /// Vowels are left out.
    Vowels,
    /// Written in one word here and in several there.
    Joined,
    /// The first letters of several words.
    Acronym,
}

impl How {
    /// In words, to stand behind the two: “sounds alike”.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Same => "the same",
            Self::Spelling => "another spelling",
            Self::Pet => "a short form",
            Self::Language => "the same in another language",
            Self::Number => "the same number",
            Self::Sound => "sounds alike",
            Self::Typing => "a letter or two differ",
            Self::Initial => "an initial",
            Self::Cut => "cut short",
            Self::Vowels => "vowels left out",
            Self::Joined => "written in one word or several",
            Self::Acronym => "first letters",
        }
    }
}

/// How alike two words are, from 0 to 1; `None` if they are different words.
pub fn alike(one: &Word, other: &Word, kind: Kind) -> Option<(f32, How)> {
    if one.role == Role::Initial || other.role == Role::Initial {
        return initial(one, other);
    }
    if one.ascii == other.ascii {
        return Some((1.0, How::Same));
    }
    if one.digits != other.digits
        && let Some(found) = scanned(one, other)
    {
        return Some(found);
    }
    if one.facts.number.is_some() && one.facts.number == other.facts.number {
        return Some((0.98, How::Number));
    }
    if one.role == Role::Number || other.role == Role::Number {
        return None;
    }
    // `al` and `ash`: the article takes the sound of what follows.
    if one.role == Role::Particle && one.facts.particle == other.facts.particle {
        return Some((0.95, How::Spelling));
    }
    if one.syllable && other.syllable {
        return syllables(one, other);
    }
    // Firms and ships are not taken apart in syllables where they are not written so.
    if one.han != other.han && same_syllable(one.facts, other.facts, true) {
        return Some((0.92, How::Spelling));
    }
    if one.known
        && other.known
        && let Some(found) = known(one, other, kind)
    {
        return Some(found);
    }
    if one.patronymic != other.patronymic {
        return None;
    }
    let bare = one.bare || other.bare;
    if kind == Kind::Person && !bare && is_other_gender(&one.ascii, &other.ascii) {
        return None;
    }
    if kind != Kind::Person && (is_acronym(one) && is_acronym(other)) {
        return None;
    }
    let stem = if kind == Kind::Person { None } else { same_stem(one, other) };
    if stem.is_some() {
        return stem;
    }
    let (traits, with) = (Traits::of(one), Traits::of(other));
    let least = Least::of(traits, with, kind);
    let heard = heard(one, other, bare);
    if bare {
        return (heard >= least.heard && one.phones.len().min(other.phones.len()) >= 2)
            .then_some((heard.min(0.97), How::Sound));
    }
    let short = traits.letters.min(with.letters);
    if traits.are_others(with) {
        let short_form = if kind == Kind::Person { None } else { begun(one, other) };
        let sounds = heard >= least.heard && short > 2 && !everyday(one, other);
        let typed = typing::alike(&one.ascii, &other.ascii);
        let scanned = (typed >= least.typed).then_some((0.9, How::Typing));
        return sounds.then_some((0.9, How::Sound)).or(short_form).or(scanned);
    }
    if traits.is_short_beside(with) {
        return (heard >= least.heard)
            .then(|| (heard.min(0.96), How::Sound))
            .or_else(|| if kind == Kind::Person { None } else { contracted(one, other) })
            .or_else(|| squeezed(one, other));
    }
    let typed = typing::alike(&one.ascii, &other.ascii);
    let sounds = heard.min(0.98) - 0.15 * (1.0 - typed);
    let (likeness, how) = if sounds > typed { (sounds, How::Sound) } else { (typed, How::Typing) };
    let found = (likeness >= least.typed).then_some((likeness, how));
    let other_way = if kind == Kind::Person { None } else { cut(one, other).or_else(|| contracted(one, other)) };
    let other_way = other_way.or_else(|| squeezed(one, other)).or_else(|| moved(one, other));
    found.into_iter().chain(other_way).max_by(|a, b| a.0.total_cmp(&b.0))
}

/// What decides how alike a word must be to another to count as the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    letters: u8,
    pub bare: bool,
    pub syllable: bool,
    /// Whether people know it as a name, and as a word.
    name: bool,
    said: bool,
    /// Whether that is known only of how it is written otherwise.
    guessed: bool,
}

impl Traits {
    pub fn of(word: &Word) -> Self {
        let facts = word.facts;
        Self {
            letters: u8::try_from(word.ascii.len()).unwrap_or(u8::MAX),
            bare: word.bare,
            syllable: word.syllable,
            name: !facts.given.is_empty() || !facts.family.is_empty(),
            said: facts.everyday || !facts.word.is_empty() || !facts.place.is_empty(),
            guessed: word.guessed,
        }
    }

    /// Of several words as one, which nobody knows.
    pub fn joined(words: impl Iterator<Item = Self>) -> Self {
        let nothing = Self { letters: 0, bare: false, syllable: true, name: false, said: false, guessed: false };
        words.fold(nothing, |all, word| Self {
            letters: all.letters.saturating_add(word.letters),
            bare: all.bare || word.bare,
            syllable: all.syllable && word.syllable,
            ..nothing
        })
    }

    /// How many letters it has.
    pub fn letters(self) -> usize {
        self.letters.into()
    }

    /// Two names, or two words, that people know as different ones.
    const fn are_others(self, with: Self) -> bool {
        (self.name || self.said) && (with.name || with.said)
    }

    const fn is_short_beside(self, with: Self) -> bool {
        self.syllable || with.syllable || self.letters <= 3 || with.letters <= 3
    }
}

/// How alike two words must sound, or look, that no table takes for one: below both they are different words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Least {
    pub heard: f32,
    pub typed: f32,
}

/// Looks do not count.
const NEVER: f32 = 2.0;

impl Least {
    pub fn of(one: Traits, other: Traits, kind: Kind) -> Self {
        let short = one.letters.min(other.letters);
        if one.bare || other.bare {
            let heard = match (one.are_others(other), one.guessed || other.guessed) {
                (true, true) => 0.9,
                (true, false) => NEVER,
                (false, _) => 0.8,
            };
            return Self { heard, typed: NEVER };
        }
        if one.are_others(other) {
            // What a scanner makes of it: `modem` of `modern`.
            return Self { heard: 0.975, typed: if short >= 5 { 0.955 } else { NEVER } };
        }
        if one.is_short_beside(other) {
            return Self { heard: if one.syllable || other.syllable { 0.84 } else { 0.95 }, typed: NEVER };
        }
        // One letter of a short word of firms and ships is another word; of a long one no more than two or three.
        let least = match (kind, short) {
            (Kind::Person, 4) => 0.79,
            (Kind::Person, ..9) | (_, 7..9) => 0.7,
            (_, 9..) => (0.02_f32).mul_add(f32::from(short.min(14) - 8), 0.7),
            _ => 0.82,
        };
        Self { heard: least, typed: least }
    }
}

/// An initial, or the first letters of a name with a dot behind them.
fn initial(one: &Word, other: &Word) -> Option<(f32, How)> {
    if one.ascii == other.ascii {
        return Some((1.0, How::Same));
    }
    let first = match (one.role == Role::Initial, other.role == Role::Initial) {
        (true, true) => one.ascii.len() <= other.ascii.len(),
        (first, _) => first,
    };
    let (short, long) = if first { (one, other) } else { (other, one) };
    if long.role == Role::Number || long.role == Role::Initial && short.ascii.len() == 1 && long.ascii.len() == 1 {
        return None;
    }
    let pet = same_given(one.facts, other.facts).is_some() && short.ascii.len() > 1;
    let fits = pet || long.ascii.starts_with(&short.ascii) || long.phones.starts_with(&short.phones);
    fits.then_some((0.9, How::Initial))
}

/// Two syllables of East Asian names: known readings of one character, or not the same.
fn syllables(one: &Word, other: &Word) -> Option<(f32, How)> {
    let loose = one.loose || other.loose || one.han != other.han;
    if loose && shared(&one.facts.family, &other.facts.family) {
        return Some((0.94, How::Spelling));
    }
    if same_syllable(one.facts, other.facts, loose) {
        return Some((0.92, How::Spelling));
    }
    if one.facts.korean.iter().any(|line| other.facts.korean.contains(line)) {
        return Some((0.94, How::Spelling));
    }
    let known = |word: &Word| !word.facts.syllable.is_empty() || !word.facts.korean.is_empty();
    let heard = sound::alike(&one.phones, &other.phones, false);
    (heard >= 0.9 && !(known(one) && known(other))).then_some((0.88, How::Sound))
}

/// What the tables say.
fn known(one: &Word, other: &Word, kind: Kind) -> Option<(f32, How)> {
    let (a, b) = (one.facts, other.facts);
    // A ship called Anna is not the Hanna.
    let given = same_given(a, b).and_then(|section| match section {
        Section::Spelling => Some((0.97_f32, How::Spelling)),
        Section::Pet | Section::Language if kind != Kind::Person => None,
        Section::Pet => Some((0.9, How::Pet)),
        Section::Language => Some((0.86, How::Language)),
    });
    let family = shared(&a.family, &b.family).then_some((0.95, How::Spelling));
    let word = shared(&a.word, &b.word).then_some((0.96, How::Language));
    let place = a.place.iter().any(|group| b.place.contains(group)).then_some((0.96, How::Language));
    [given, family, word, place].into_iter().flatten().max_by(|x, y| x.0.total_cmp(&y.0))
}

/// `Karim` and `Karima`, `Mario` and `Maria`: a man and a woman. Family names of the Slavs have both forms.
fn is_other_gender(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let begins = short.len() >= 4
        && long.len() <= short.len() + 4
        && long.as_bytes()[..short.len() - 1] == short.as_bytes()[..short.len() - 1];
    if !begins || ["ov", "ev", "in", "sk", "yn"].iter().any(|ending| short.ends_with(ending)) {
        return false;
    }
    let last = |word: &str| word.bytes().last();
    let swapped = one.len() == other.len()
        && matches!((last(one), last(other)), (Some(b'o'), Some(b'a')) | (Some(b'a'), Some(b'o')));
    swapped
        || long
            .strip_prefix(short)
            .is_some_and(|rest| matches!(rest, "a" | "ah" | "ia" | "ie" | "ina" | "ija" | "iya" | "ette" | "elle"))
}

/// Two everyday words: not one, however alike they sound.
fn everyday(one: &Word, other: &Word) -> bool {
    one.facts.everyday && other.facts.everyday
}

/// How alike two words sound, in the tradition that brings them nearest.
fn heard(one: &Word, other: &Word, bare: bool) -> f32 {
    let mut best = sound::alike(&one.phones, &other.phones, bare);
    if !one.also.is_empty() {
        best = best.max(sound::alike(&one.also, &other.phones, bare));
    }
    if !other.also.is_empty() {
        best = best.max(sound::alike(&one.phones, &other.also, bare));
        if !one.also.is_empty() {
            best = best.max(sound::alike(&one.also, &other.also, bare));
        }
    }
    best
}

/// Letters that are no word: `BTC` is not `BTK`.
fn is_acronym(word: &Word) -> bool {
    word.ascii.len() <= 4 && !word.bare && !word.syllable && !word.known && !word.ascii.bytes().any(typing::is_vowel)
}

/// `Pharmakologie` and `pharmacology`: one stem, with an ending that each language spells its way.
fn same_stem(one: &Word, other: &Word) -> Option<(f32, How)> {
    let ((class, length), (other_class, other_length)) = (one.ending?, other.ending?);
    let names = |word: &Word| !word.facts.given.is_empty() || !word.facts.family.is_empty();
    let both_known = !one.facts.word.is_empty() && !other.facts.word.is_empty();
    if class != other_class || both_known || names(one) || names(other) {
        return None;
    }
    let (a, b) = (one.ascii.get(..usize::from(length))?, other.ascii.get(..usize::from(other_length))?);
    let least = if a.len().min(b.len()) <= 4 { 0.93 } else { 0.88 };
    (a == b || sound::alike(&sound::of(a), &sound::of(b), false) >= least).then_some((0.94, How::Language))
}

/// The beginning of a word of firms that is a name as well: `Dev.` of development.
fn begun(one: &Word, other: &Word) -> Option<(f32, How)> {
    let (short, long) = if one.ascii.len() < other.ascii.len() { (one, other) } else { (other, one) };
    let fits = (3..=6).contains(&short.ascii.len())
        && long.ascii.len() >= short.ascii.len() + 3
        && short.facts.word.is_empty()
        && short.facts.place.is_empty()
        && !long.facts.word.is_empty()
        && long.ascii.starts_with(&short.ascii);
    fits.then_some((0.85, How::Cut))
}

/// Digits that stand for letters in one of them: `0mar`.
fn scanned(one: &Word, other: &Word) -> Option<(f32, How)> {
    if one.role == Role::Number || other.role == Role::Number {
        return None;
    }
    let same = one.ascii.len() == other.ascii.len()
        && one
            .ascii
            .bytes()
            .zip(other.ascii.bytes())
            .all(|(a, b)| a == b || typing::is_digit_for(a, b) || typing::is_digit_for(b, a));
    same.then_some((0.96, How::Typing))
}

/// One is the beginning of the other.
fn cut(one: &Word, other: &Word) -> Option<(f32, How)> {
    let (short, long) =
        if one.ascii.len() < other.ascii.len() { (&one.ascii, &other.ascii) } else { (&other.ascii, &one.ascii) };
    let fits = short.len() >= 5 && long.starts_with(short.as_str()) && long.len() > short.len() + 1;
    fits.then_some((0.77, How::Cut))
}

/// A word that firms' names shorten: `govt`, `natl`, `chem.`, `mfg`.
fn contracted(one: &Word, other: &Word) -> Option<(f32, How)> {
    let (short, long) = if one.ascii.len() < other.ascii.len() { (one, other) } else { (other, one) };
    let fits = (3..=6).contains(&short.ascii.len())
        && long.ascii.len() >= short.ascii.len() + 2
        && short.facts.word.is_empty()
        && !long.facts.word.is_empty()
        && short.ascii.as_bytes()[0] == long.ascii.as_bytes()[0];
    if !fits {
        return None;
    }
    let mut rest = long.ascii.bytes();
    let within = short.ascii.bytes().all(|letter| rest.any(|with| with == letter));
    let vowels = short.ascii.bytes().filter(|letter| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')).count();
    if vowels > 1 && !long.ascii.starts_with(&short.ascii) {
        return None;
    }
    let ends = short.ascii.bytes().last() == long.ascii.bytes().last() || long.ascii.starts_with(&short.ascii);
    (within && ends).then_some((0.85, How::Cut))
}

/// Whether a word has no vowels behind its first letter.
pub fn is_squeezed(word: &str) -> bool {
    word.len() >= 3 && !without_last_y(word).bytes().skip(1).any(typing::is_vowel)
}

/// `Qhtny`: in Arabic the last vowel is written.
fn without_last_y(word: &str) -> &str {
    word.strip_suffix('y').filter(|rest| rest.len() >= 4).unwrap_or(word)
}

/// A word of firms of which the letters between the first and the last went astray: `engery`.
fn moved(one: &Word, other: &Word) -> Option<(f32, How)> {
    let sorted = |word: &Word| {
        let mut letters = word.ascii.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    let ends = |word: &Word| (word.ascii.bytes().next(), word.ascii.bytes().last());
    let generic = one.facts.word.is_empty() != other.facts.word.is_empty() && one.known != other.known;
    let same = generic && one.ascii.len() == other.ascii.len() && ends(one) == ends(other);
    (same && sorted(one) == sorted(other)).then_some((0.86, How::Typing))
}

/// One is the other without its vowels.
fn squeezed(one: &Word, other: &Word) -> Option<(f32, How)> {
    let (short, long) =
        if one.ascii.len() < other.ascii.len() { (&one.ascii, &other.ascii) } else { (&other.ascii, &one.ascii) };
    if short.len() == long.len() || !is_squeezed(short) {
        return None;
    }
    let mut kept: Vec<u8> = long
        .bytes()
        .enumerate()
        .filter(|(at, letter)| *at == 0 || !typing::is_vowel(*letter))
        .map(|(_, l)| l)
        .collect();
    let mut bones: Vec<u8> = without_last_y(short).bytes().collect();
    kept.dedup();
    bones.dedup();
    (kept == bones).then_some((0.88, How::Vowels))
}
