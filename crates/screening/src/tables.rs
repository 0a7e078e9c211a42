//! What is known about words of names: the tables of `data/names/`, read once.
//!
//! Two names that stand in different groups are different names however alike they look (`Mario`, `Maria`); two that
//! stand in one group are one name however different (`Robert`, `Bob`).

use std::{
    collections::{HashMap, HashSet},
    hash::BuildHasherDefault,
    sync::LazyLock,
};

use crate::{
    keys::Quick,
    sound::{self, Phone},
};

/// How the forms of a group belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The same name in another spelling.
    Spelling,
    /// A short or pet form.
    Pet,
    /// The same name in another language.
    Language,
}

/// What a particle says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Particle {
    /// The.
    Article,
    /// Child or parent of.
    Descent,
    /// Von, de.
    Noble,
    /// And.
    And,
}

/// What kind of company a legal form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Private, with limited liability.
    Limited,
    /// With shares.
    Stock,
    /// A partnership.
    Partnership,
    /// Another, or none in particular.
    Other,
}

/// All that is known of one word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Groups of given names.
    pub given: Vec<(u16, Section)>,
    /// Groups of family names, with how common they are: 1 (millions) to 3.
    pub family: Vec<(u16, u8)>,
    /// Groups of words of organisations; whether they say nothing at all.
    pub word: Vec<(u16, bool)>,
    /// Groups of places.
    pub place: Vec<u16>,
    /// A legal form.
    pub form: Option<Form>,
    /// A title; `true` if it is a name as well.
    pub title: Option<bool>,
    /// A particle.
    pub particle: Option<Particle>,
    /// Syllables of Chinese names: the line, and which of its parts (0: any of them).
    pub syllable: Vec<(u16, u8)>,
    /// Syllables of Korean names.
    pub korean: Vec<u16>,
    /// A number.
    pub number: Option<u16>,
    /// An everyday word: another one that looks like it is another word.
    pub everyday: bool,
}

type Map<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// The tables.
pub struct Tables {
    words: Map<&'static str, Facts>,
    /// First words of entries of several words, with the most words they have.
    begins: Map<&'static str, usize>,
    /// Given and family names by the bones of their sound.
    bones: Map<Vec<Phone>, Vec<(&'static str, Vec<Phone>)>>,
    /// Legal forms in scripts that put no blanks between words; the longest first.
    glued: Vec<(&'static str, Form)>,
    /// Words in such scripts.
    concepts: HashSet<&'static str, BuildHasherDefault<Quick>>,
    /// Korean signs with their usual romanisation.
    hangul: Map<char, &'static str>,
    /// Japanese names with their readings.
    kanji: Map<&'static str, Vec<&'static str>>,
    /// Endings that many languages share, each in spellings of its own; the longest first.
    endings: Vec<(&'static str, u8)>,
}

/// What is known of a word that no table holds.
pub static NOTHING: Facts = Facts {
    given: Vec::new(),
    family: Vec::new(),
    word: Vec::new(),
    place: Vec::new(),
    form: None,
    title: None,
    particle: None,
    syllable: Vec::new(),
    korean: Vec::new(),
    number: None,
    everyday: false,
};

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// The tables, read at the first call.
pub fn tables() -> &'static Tables {
    &TABLES
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn kind_and_rest(line: &'static str) -> (&'static str, &'static str) {
    line.split_once(char::is_whitespace).unwrap_or((line, ""))
}

impl Form {
    fn named(class: &str) -> Self {
        match class {
            "limited" => Self::Limited,
            "stock" => Self::Stock,
            "partnership" => Self::Partnership,
            _ => Self::Other,
        }
    }
}

impl Particle {
    fn named(kind: &str) -> Self {
        match kind {
            "article" => Self::Article,
            "descent" => Self::Descent,
            "noble" => Self::Noble,
            _ => Self::And,
        }
    }
}

fn endings() -> Vec<(&'static str, u8)> {
    let classes = (0_u8..).zip(lines(include_str!("../../../data/names/endings.txt")));
    let mut all: Vec<_> = classes.flat_map(|(class, line)| line.split_whitespace().map(move |e| (e, class))).collect();
    all.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
    all
}

/// Notes of every word of a file of lines `KIND words` its group and kind.
fn fill(words: &mut Map<&'static str, Facts>, text: &'static str, note: impl Fn(&mut Facts, u16, &'static str)) {
    for (group, line) in (0_u16..).zip(lines(text)) {
        let (kind, forms) = kind_and_rest(line);
        forms.split_whitespace().for_each(|form| note(words.entry(form).or_default(), group, kind));
    }
}

/// How many lines the table of words begins with that hold small ones: and, of, for, in, with.
pub const SMALL_WORDS: u16 = 5;

/// Groups of words from here on are those of other scripts alone.
const NATIVE: u16 = 30_000;

impl Tables {
    fn read() -> Self {
        let mut words: Map<&'static str, Facts> = Map::default();
        let given = include_str!("../../../data/names/given.txt");
        for (group, line) in (0_u16..).zip(lines(given)) {
            let sections = kind_and_rest(line).1.split('|');
            for (section, forms) in [Section::Spelling, Section::Pet, Section::Language].into_iter().zip(sections) {
                for form in forms.split_whitespace() {
                    words.entry(form).or_default().given.push((group, section));
                }
            }
        }
        fill(&mut words, include_str!("../../../data/names/surnames.txt"), |facts, group, class| {
            facts.family.push((group, class.parse().unwrap_or(3)));
        });
        fill(&mut words, include_str!("../../../data/names/words.txt"), |facts, group, weight| {
            facts.word.push((group, weight == "g"));
        });
        for (group, line) in (0_u16..).zip(lines(include_str!("../../../data/names/places.txt"))) {
            for form in line.split([' ', '|']).filter(|form| !form.is_empty()) {
                words.entry(form).or_default().place.push(group);
            }
        }
        fill(&mut words, include_str!("../../../data/names/forms.txt"), |facts, _, class| {
            facts.form.get_or_insert(Form::named(class));
        });
        fill(&mut words, include_str!("../../../data/names/particles.txt"), |facts, _, kind| {
            facts.particle.get_or_insert(Particle::named(kind));
        });
        for line in lines(include_str!("../../../data/names/titles.txt")) {
            let doubtful = line.starts_with('?');
            for form in line.trim_start_matches('?').split_whitespace() {
                words.entry(form).or_default().title.get_or_insert(doubtful);
            }
        }
        for line in lines(include_str!("../../../data/names/numbers.txt")) {
            let (value, forms) = kind_and_rest(line);
            let value = value.parse().unwrap_or_default();
            for form in std::iter::once(kind_and_rest(line).0).chain(forms.split_whitespace()) {
                words.entry(form).or_default().number.get_or_insert(value);
            }
        }
        for (line, text) in (0_u16..).zip(lines(include_str!("../../../data/names/syllables.txt"))) {
            for (part, forms) in (0_u8..).zip(text.split('|')) {
                forms.split_whitespace().for_each(|form| words.entry(form).or_default().syllable.push((line, part)));
            }
        }
        let mut hangul = Map::default();
        for (line, text) in (0_u16..).zip(lines(include_str!("../../../data/names/hangul.txt"))) {
            let (sign, forms) = kind_and_rest(text);
            forms.split_whitespace().for_each(|form| words.entry(form).or_default().korean.push(line));
            if let (Some(sign), Some(form)) = (sign.chars().next(), forms.split_whitespace().next()) {
                hangul.insert(sign, form);
            }
        }
        let mut kanji: Map<&'static str, Vec<&'static str>> = Map::default();
        for line in lines(include_str!("../../../data/names/kanji.txt")) {
            let (word, readings) = kind_and_rest(line);
            kanji.entry(word).or_default().extend(readings.split_whitespace());
        }
        for (line, text) in (NATIVE..).zip(lines(include_str!("../../../data/names/native.txt"))) {
            let (meaning, forms) = kind_and_rest(text);
            let known = words.entry(meaning).or_default();
            // A meaning that no other table has is a word of its own.
            if known.word.is_empty() && known.place.is_empty() && known.form.is_none() && known.title.is_none() {
                known.word.push((line, false));
            }
            let facts = known.clone();
            for form in forms.split_whitespace() {
                let known = words.entry(form).or_default();
                known.word.extend(&facts.word);
                known.place.extend(&facts.place);
                known.form = known.form.or(facts.form);
                known.title = known.title.or(facts.title);
                known.number = known.number.or(facts.number);
            }
        }
        for word in lines(include_str!("../../../data/names/everyday.txt")).flat_map(str::split_whitespace) {
            words.entry(word).or_default().everyday = true;
        }
        let mut begins = Map::default();
        for entry in words.keys().filter(|entry| entry.contains('_')) {
            let first = entry.split('_').next().unwrap_or_default();
            let most = begins.entry(first).or_insert(0);
            *most = entry.split('_').count().max(*most);
        }
        let unspaced = |form: &str| {
            form.chars().any(|letter| matches!(letter as u32, 0xE00..=0xE7F | 0x2E80..=0x9FFF | 0xAC00..=0xD7AF))
        };
        let mut glued: Vec<_> = words
            .iter()
            .filter(|(form, _)| unspaced(form))
            .filter_map(|(form, facts)| Some((*form, facts.form?)))
            .collect();
        glued.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        let mut heard: Map<Vec<Phone>, Vec<(&'static str, Vec<Phone>)>> = Map::default();
        for (word, _) in
            words.iter().filter(|(word, facts)| word.is_ascii() && !(facts.given.is_empty() && facts.family.is_empty()))
        {
            let phones = sound::of(word);
            heard.entry(sound::bones(&phones)).or_default().push((word, phones));
        }
        heard.values_mut().for_each(|names| names.sort());
        let concepts = words.keys().copied().filter(|form| unspaced(form)).collect();
        Self { words, begins, bones: heard, glued, concepts, hangul, kanji, endings: endings() }
    }

    /// The ending of a word that other languages spell otherwise, and how many letters stand before it.
    pub fn ending(&self, word: &str) -> Option<(u8, u8)> {
        let fits = |(ending, _): &&(&str, u8)| word.len() >= ending.len() + 3 && word.ends_with(ending);
        let (ending, class) = self.endings.iter().find(fits)?;
        Some((*class, u8::try_from(word.len() - ending.len()).ok()?))
    }

    /// What is known of an adjective of the Slavs in another spelling or form of its ending, if it is a word or a place:
    /// `khimicheskiy`, `khimicheskoye`, `khimicheskii`.
    pub fn adjective(&self, word: &str) -> Option<&Facts> {
        const ENDINGS: [&str; 22] = [
            "ogo", "ego", "oye", "oje", "aya", "aja", "aia", "yye", "iye", "yi", "yy", "yj", "iy", "ii", "ij", "oy",
            "oi", "oj", "oe", "ye", "ie", "y",
        ];
        let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)).filter(|stem| stem.len() >= 5)?;
        let mut forms = ENDINGS.iter().filter_map(|ending| self.find(&[stem, ending].concat()));
        forms.find(|facts| !facts.word.is_empty() || !facts.place.is_empty())
    }

    /// What is known of a word; several words are parted by `_`.
    pub fn find(&self, word: &str) -> Option<&Facts> {
        self.words.get(word)
    }

    /// The same; of a word that no table holds nothing is known.
    pub fn facts(&self, word: &str) -> &Facts {
        self.find(word).unwrap_or(&NOTHING)
    }

    /// Whether anything is known of it.
    pub fn knows(&self, word: &str) -> bool {
        self.find(word).is_some()
    }

    /// The known name that a word without vowels stands for, if one is near enough.
    pub fn by_ear(&self, phones: &[Phone]) -> Option<&Facts> {
        let near = self
            .bones
            .get(&sound::bones(phones))?
            .iter()
            .map(|(word, known)| (sound::alike(phones, known, true), word));
        let (likeness, word) = near.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (likeness >= 0.93).then(|| self.facts(word))
    }

    /// How many words the longest entry has that begins with this one; nothing if none has more than one.
    pub fn phrase(&self, first: &str) -> Option<usize> {
        self.begins.get(first).copied()
    }

    /// Takes a legal form out of a run of letters without blanks.
    pub fn unglue<'a>(&self, run: &'a str) -> Option<(&'a str, &'a str, Form)> {
        self.glued.iter().find_map(|(form, class)| {
            let at = run.find(form)?;
            Some((&run[..at], &run[at + form.len()..], *class))
        })
    }

    /// The longest known word with which a run of letters without blanks begins.
    pub fn concept<'a>(&self, run: &'a str) -> Option<&'a str> {
        let ends: Vec<usize> = run.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(8).collect();
        ends.into_iter().skip(1).rev().map(|end| &run[..end]).find(|word| self.concepts.contains(word))
    }

    /// How a Korean sign is usually romanised.
    pub fn hangul(&self, sign: char) -> Option<&'static str> {
        self.hangul.get(&sign).copied()
    }

    /// Japanese readings of a run of characters: of a family name followed by a given name, or of either alone.
    pub fn readings(&self, run: &str) -> Vec<String> {
        let known = |word: &str| self.kanji.get(word).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<String> = known(run).iter().map(|reading| (*reading).to_owned()).collect();
        for (at, _) in run.char_indices().skip(1) {
            let (first, second) = run.split_at(at);
            let pairs =
                known(first).iter().flat_map(|one| known(second).iter().map(move |other| format!("{one} {other}")));
            found.extend(pairs);
        }
        found.truncate(6);
        found
    }
}

/// How two known given names belong together, at their best.
pub fn same_given(one: &Facts, other: &Facts) -> Option<Section> {
    let pairs = one.given.iter().flat_map(|(group, section)| {
        let fits = other.given.iter().filter(move |(with, _)| with == group);
        fits.map(move |(_, with)| {
            if with == section && *section == Section::Spelling {
                Section::Spelling
            } else if *section == Section::Language || *with == Section::Language {
                Section::Language
            } else {
                Section::Pet
            }
        })
    });
    pairs.min_by_key(|section| *section as u8)
}

/// Whether two syllables may be one character; `loose` takes the readings of dialects for possible.
pub fn same_syllable(one: &Facts, other: &Facts, loose: bool) -> bool {
    one.syllable.iter().any(|(line, part)| {
        other.syllable.iter().any(|(with, with_part)| {
            let (first, second) = (*part == 0, *with_part == 0);
            line == with && if loose { first || second || part == with_part } else { first && second }
        })
    })
}

/// Whether two known words share a group of one kind.
pub fn shared<T: Copy>(one: &[(u16, T)], other: &[(u16, T)]) -> bool {
    one.iter().any(|(group, _)| other.iter().any(|(with, _)| with == group))
}

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfkc;

    use super::*;

    #[test]
    fn the_tables_hold_words_as_names_are_taken_apart() {
        let tables = tables();
        assert!(tables.words.len() > 50_000, "{}", tables.words.len());
        for word in tables.words.keys() {
            let fits = |letter: char| !letter.is_uppercase() && !letter.is_whitespace() && !letter.is_control();
            assert!(!word.is_empty() && word.chars().all(fits), "{word:?}");
            assert!(is_nfkc(word), "{word:?} is not as it is after cleaning");
        }
    }

    #[test]
    fn names_that_look_alike_stand_apart() {
        let facts = |word: &str| tables().facts(word);
        for (one, other) in [("mario", "maria"), ("karim", "karima"), ("hassan", "hussein"), ("martin", "marvin")] {
            assert_eq!(same_given(facts(one), facts(other)), None, "{one} {other}");
        }
        for (one, other) in [("muhammad", "mohamed"), ("robert", "bob"), ("aleksandr", "alexander")] {
            assert!(same_given(facts(one), facts(other)).is_some(), "{one} {other}");
        }
    }
}
