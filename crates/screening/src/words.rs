//! A name taken apart: its words, what each of them is, and how much it says.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::{
    entry::Kind,
    script::{Latin, Script, latin},
    sound::Phone,
    tables::{Facts, Form, Particle, tables},
    text::{Notice, clean},
};

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
    /// Whether its script leaves vowels out.
    pub bare: bool,
    /// Whether it is a syllable of an East Asian name.
    pub syllable: bool,
    /// Whether the name it stands in is not all pinyin: readings of dialects may be meant.
    pub loose: bool,
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
        let (known, digits) = (*facts != Facts::default(), ascii.bytes().any(|sign| sign.is_ascii_digit()));
        let patronymic = is_patronymic(&ascii);
        Self {
            ascii,
            phones,
            bare: false,
            syllable: false,
            loose: false,
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
    pub fn joined(words: &[std::sync::Arc<Self>]) -> Self {
        let ascii: String = words.iter().map(|word| word.ascii.as_str()).collect();
        let phones = words.iter().flat_map(|word| word.phones.iter().copied()).collect();
        let weight = words.iter().map(|word| word.weight).sum();
        let bare = words.iter().any(|word| word.bare);
        Self { bare, ..Self::new(ascii, phones, Role::Core, weight, tables().facts("")) }
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

/// A name in Chinese characters as it is read if it is Japanese.
fn japanese(name: &str) -> Vec<String> {
    let is_han = |letter: char| Script::of(letter) == Script::Han;
    if !name.chars().any(is_han) {
        return Vec::new();
    }
    let runs: Vec<&str> = name.split(|letter: char| !is_han(letter)).filter(|run| !run.is_empty()).collect();
    let mut all = vec![String::new()];
    for run in runs {
        let readings = tables().readings(run);
        all = all
            .iter()
            .flat_map(|before| readings.iter().map(move |reading| format!("{before} {reading}")))
            .take(8)
            .collect();
    }
    all
}

/// Where names are made of syllables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tradition {
    Chinese,
    Korean,
    Vietnamese,
}

impl Tradition {
    /// Of a name that begins or ends with a family name of the tradition and is made of its syllables.
    fn of(words: &[Word]) -> Option<Self> {
        let (first, last) = (words.first()?, words.last()?);
        if words.len() < 2 || words.len() > 5 {
            return (words.len() > 1 && words.iter().all(|word| word.syllable)).then_some(Self::Chinese);
        }
        let pinyin = |word: &Word| word.facts.syllable.iter().any(|(_, part)| *part == 0);
        let order =
            if words.iter().all(pinyin) { [Self::Chinese, Self::Korean] } else { [Self::Korean, Self::Chinese] };
        let fits = [Self::Vietnamese].into_iter().chain(order).filter_map(|tradition| {
            let syllables = words.iter().map(|word| tradition.count(word)).sum::<Option<usize>>()?;
            let written = words.iter().all(|word| word.syllable);
            (written || tradition.is_family(first) || tradition.is_family(last)).then_some((syllables, tradition))
        });
        // The one that leaves most words whole.
        fits.min_by_key(|(syllables, _)| *syllables).map(|(_, tradition)| tradition)
    }

    /// How many syllables a word has; `None` if it is not made of them.
    fn count(self, word: &Word) -> Option<usize> {
        if word.syllable {
            return Some(1);
        }
        let count = self.split(&word.ascii)?.len();
        // `Anna` is `an na` only where nobody knows Anna.
        (count == 1 || word.facts.given.is_empty()).then_some(count)
    }

    fn knows(self, facts: &Facts) -> bool {
        match self {
            Self::Chinese => !facts.syllable.is_empty(),
            Self::Korean => !facts.korean.is_empty(),
            Self::Vietnamese => false,
        }
    }

    /// A syllable that is a family name. Those that are given names elsewhere (`Dan`, `Lin`) need a family name beside them.
    fn is_family(self, word: &Word) -> bool {
        const KOREAN: &str = "kim gim lee yi ri rhee li park pak bak choi choe jung jeong chung chong kang gang cho jo yoon \
            yun jang lim im rim han oh o shin sin seo suh so kwon hwang ahn an song ryu yoo yu hong jeon chon \
            ko go moon mun yang ryang son bae pae baek paek heo hur ho nam sim shim noh no ro roh ha kwak sung \
            seong cha joo ju chu woo u koo ku min jin chin ji eom chae won cheon bang pang kong hyun hyon ham \
            byun pyon yeom ryom yeo choo do to seok sok sun seol ma gil kil wi pyo myung myong ki ban ra ok yuk \
            tae thae kye";
        const VIETNAMESE: [&str; 17] = [
            "nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui", "do", "ngo", "duong",
            "truong", "dinh", "trinh",
        ];
        match self {
            Self::Vietnamese => VIETNAMESE.contains(&word.ascii.as_str()),
            Self::Korean => KOREAN.split(' ').any(|name| name == word.ascii),
            Self::Chinese => self.knows(word.facts) && !word.facts.family.is_empty() && word.facts.given.is_empty(),
        }
    }

    /// The word in syllables; `None` if it is not made of them.
    fn split(self, word: &str) -> Option<Vec<&str>> {
        if word.is_empty() {
            return Some(Vec::new());
        }
        if self == Self::Vietnamese {
            let vowels = word.split(|letter| !"aeiouy".contains(letter)).filter(|run| !run.is_empty()).count();
            return (word.len() <= 6 && vowels == 1).then(|| vec![word]);
        }
        let ends = (1..=word.len().min(7)).rev().filter(|end| word.is_char_boundary(*end));
        ends.into_iter().find_map(|end| {
            let (first, rest) = word.split_at(end);
            let known = first.len() > 1 && self.knows(tables().facts(first));
            let mut all = known.then(|| self.split(rest)).flatten()?;
            all.insert(0, first);
            (all.len() <= 3).then_some(all)
        })
    }

    fn syllables(self, word: &Word) -> Vec<Word> {
        let parts = if word.syllable { Some(vec![word.ascii.as_str()]) } else { self.split(&word.ascii) };
        let syllable = |text: &str| {
            let phones = if word.syllable { word.phones.clone() } else { crate::sound::of(text) };
            Word { syllable: true, ..Word::new(text.to_owned(), phones, Role::Core, 0.5, tables().facts(text)) }
        };
        parts.map_or_else(|| vec![word.clone()], |parts| parts.into_iter().map(syllable).collect())
    }
}

/// A word as acronyms take it.
#[derive(Clone, Debug)]
pub struct Spelt {
    /// The word.
    pub text: String,
    /// Whether it may be passed over.
    pub small: bool,
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
            all.extend(telling(&format!("{before} {after}")));
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

/// A word as it stands in the name.
#[derive(Clone, Debug)]
struct Piece {
    /// In its own script.
    native: String,
    ascii: String,
    phones: Vec<Phone>,
    bare: bool,
    syllable: bool,
    /// A dot stood behind it.
    dot: bool,
    /// A hyphen did.
    hyphen: bool,
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

/// Signs inside words that are not read.
const APOSTROPHES: [char; 9] = ['\'', '’', '‘', 'ʼ', '`', '´', 'ʻ', 'ʿ', 'ʾ'];

/// Dots, and what stands between the words of foreign names in Chinese and Japanese.
const DOTS: [char; 5] = ['.', '・', '·', '•', '．'];

fn pieces(text: &str, kind: Kind, forms: &mut Vec<Form>) -> Vec<Piece> {
    let mut out = Vec::new();
    for chunk in text.split_inclusive(parts_words) {
        let hyphen = chunk.ends_with(['-', '‐', '‑', '–']);
        let chunk: String =
            chunk.trim_end_matches(parts_words).chars().filter(|letter| !APOSTROPHES.contains(letter)).collect();
        let dotted: Vec<&str> = chunk.split(DOTS).filter(|part| !part.is_empty()).collect();
        let letters = dotted.len() > 1 && dotted.iter().all(|part| part.chars().count() == 1);
        if letters && kind != Kind::Person {
            read(&dotted.concat(), kind, forms, &mut out);
        } else {
            for (at, part) in dotted.iter().enumerate() {
                let before = out.len();
                read(part, kind, forms, &mut out);
                let dot = at + 1 < dotted.len() || chunk.ends_with('.');
                out[before..].iter_mut().for_each(|piece| piece.dot = dot);
            }
        }
        if let Some(last) = out.last_mut() {
            last.hyphen = hyphen;
        }
    }
    out
}

fn parts_words(letter: char) -> bool {
    !letter.is_alphanumeric()
        && !APOSTROPHES.contains(&letter)
        && !DOTS.contains(&letter)
        && !matches!(letter, '&' | '+')
        && !unicode_normalization::char::is_combining_mark(letter)
}

/// A run of letters in words of one script each.
fn read(run: &str, kind: Kind, forms: &mut Vec<Form>, out: &mut Vec<Piece>) {
    if run == "&" || run == "+" {
        return read("and", kind, forms, out);
    }
    if let Some((first, second)) = run.split_once(['&', '+']) {
        // `R&D` is one word, `Müller&Söhne` three.
        if first.chars().count() == 1 && second.chars().count() == 1 {
            return read(&[first, second].concat(), kind, forms, out);
        }
        for part in [first, "and", second] {
            if !part.is_empty() {
                read(part, kind, forms, out);
            }
        }
        return;
    }
    if !run.is_ascii()
        && kind != Kind::Person
        && let Some((before, after, form)) = tables().unglue(run)
    {
        forms.push(form);
        return [before, after].iter().filter(|part| !part.is_empty()).for_each(|part| read(part, kind, forms, out));
    }
    let mut rest = run;
    while !rest.is_empty() {
        if kind != Kind::Person
            && let Some(word) = tables().concept(rest)
        {
            out.push(concept(word));
            rest = &rest[word.len()..];
            continue;
        }
        let unspaced = |letter: char| match Script::of(letter) {
            Script::Han => 1,
            Script::Kana => 2,
            Script::Hangul => 3,
            _ => 0,
        };
        let first = rest.chars().next().map(unspaced);
        let end = rest
            .find(|letter| Some(unspaced(letter)) != first && !unicode_normalization::char::is_combining_mark(letter));
        let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
        let syllable = matches!(first, Some(1 | 3));
        for part in arabic_parts(word) {
            for latin in latin(part) {
                if !latin.ascii.is_empty() {
                    let native = if word.is_ascii() || syllable { latin.ascii.clone() } else { part.nfc().collect() };
                    let Latin { ascii, mut phones, bare } = latin;
                    if !bare && mixes_digits(&ascii) {
                        phones = crate::sound::of(&crate::typing::digits_as_letters(&ascii));
                    }
                    out.push(Piece { native, ascii, phones, bare, syllable, dot: false, hyphen: false });
                }
            }
        }
        rest = behind;
    }
}

/// A word of a script without blanks whose meaning is known.
fn concept(word: &str) -> Piece {
    let read = latin(word);
    Piece {
        native: word.to_owned(),
        ascii: read.iter().map(|part| part.ascii.as_str()).collect(),
        phones: read.iter().flat_map(|part| part.phones.iter().copied()).collect(),
        bare: read.iter().any(|part| part.bare),
        syllable: false,
        dot: false,
        hyphen: false,
    }
}

/// Letters and digits, as in `0mar`.
fn mixes_digits(word: &str) -> bool {
    word.bytes().any(|sign| sign.is_ascii_digit()) && word.bytes().any(|sign| sign.is_ascii_alphabetic())
}

/// The Arabic article is written as part of the word.
fn arabic_parts(word: &str) -> Vec<&str> {
    for article in ["ال", "لل"] {
        if let Some(rest) = word.strip_prefix(article)
            && rest.chars().count() >= 3
        {
            return vec!["ال", rest];
        }
    }
    vec![word]
}

/// Leaves out titles and legal forms, and reads words that belong together as one.
fn sieve(pieces: &[Piece], kind: Kind, forms: &mut Vec<Form>) -> Vec<Piece> {
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut left_out: Vec<Piece> = Vec::new();
    let mut at = if kind == Kind::Vessel { vessel_prefix(pieces) } else { 0 };
    while at < pieces.len() {
        let (count, facts) = longest(pieces, at, kind);
        let group = &pieces[at..at + count];
        if kind != Kind::Person && announces_number(pieces, at) {
            at += 1;
            continue;
        }
        at += count;
        // Behind the names it may be one: `Abdullah Omar Haji`.
        let in_front =
            kept.iter().all(is_initial) || facts.given.is_empty() && facts.family.is_empty() && at < pieces.len();
        let suffix = count > 1
            || group[0].ascii.len() <= 3
            || group[0].dot
            || facts.given.is_empty() && facts.family.is_empty() && group[0].ascii != "haji";
        let is_title = kind == Kind::Person
            && facts.title.is_some_and(|doubtful| !doubtful)
            && (count > 1 || !is_initial(&group[0]))
            && (in_front || suffix);
        let is_form = matches!(kind, Kind::Organisation | Kind::Any)
            && facts.form.is_some()
            && !(kept.is_empty() && at >= pieces.len());
        if is_title {
            left_out.extend_from_slice(group);
        } else if is_form {
            forms.extend(facts.form);
            left_out.extend_from_slice(group);
        } else if count > 1 && is_one(group, facts) {
            kept.push(merged(group));
        } else {
            kept.extend_from_slice(group);
        }
    }
    if kept.is_empty() { left_out } else { kept }
}

/// Whether words that the tables know together are more than each of them: not `import export`.
fn is_one(group: &[Piece], facts: &Facts) -> bool {
    let name = !facts.given.is_empty() || !facts.place.is_empty() || facts.number.is_some();
    name || !facts.word.is_empty() && group.iter().any(|piece| piece.facts(Kind::Organisation).word.is_empty())
}

/// `No. 5`, `Nr 5`, `number five`.
fn announces_number(pieces: &[Piece], at: usize) -> bool {
    const WORDS: [&str; 11] = ["no", "nr", "num", "number", "numero", "nummer", "nomer", "numer", "n", "nos", "raqm"];
    let number = |piece: &Piece| {
        piece.ascii.starts_with(|sign: char| sign.is_ascii_digit()) || piece.facts(Kind::Organisation).number.is_some()
    };
    WORDS.contains(&pieces[at].ascii.as_str()) && pieces.get(at + 1).is_some_and(number)
}

fn is_initial(piece: &Piece) -> bool {
    piece.ascii.len() == 1 && !piece.syllable
}

/// M/V, MT, S.S.: what a ship is, not how it is called.
fn vessel_prefix(pieces: &[Piece]) -> usize {
    const PREFIXES: [&[&str]; 20] = [
        &["vlcc"],
        &["ulcc"],
        &["mts"],
        &["motor", "vessel"],
        &["motor", "tanker"],
        &["m", "v"],
        &["m", "t"],
        &["m", "s"],
        &["s", "s"],
        &["s", "y"],
        &["m", "y"],
        &["f", "v"],
        &["mv"],
        &["mt"],
        &["ms"],
        &["ss"],
        &["fv"],
        &["lpg", "c"],
        &["vessel"],
        &["ship"],
    ];
    let fits = |prefix: &&&[&str]| {
        pieces.len() > prefix.len() && prefix.iter().zip(pieces).all(|(word, piece)| *word == piece.ascii)
    };
    PREFIXES.iter().find(fits).map_or(0, |prefix| prefix.len())
}

/// The longest run of words from here that the tables know as one, or the word alone.
fn longest(pieces: &[Piece], at: usize, kind: Kind) -> (usize, &'static Facts) {
    let tables = tables();
    let piece = &pieces[at];
    let alone = piece.facts(kind);
    for first in [&piece.native, &piece.ascii] {
        let Some(most) = tables.phrase(first) else { continue };
        for count in (2..=most.min(pieces.len() - at)).rev() {
            let native: Vec<&str> = pieces[at..at + count].iter().map(|piece| piece.native.as_str()).collect();
            let ascii: Vec<&str> = pieces[at..at + count].iter().map(|piece| piece.ascii.as_str()).collect();
            for key in [native.join("_"), ascii.join("_")] {
                if tables.knows(&key) {
                    return (count, tables.facts(&key));
                }
            }
        }
    }
    (1, alone)
}

fn merged(group: &[Piece]) -> Piece {
    Piece {
        native: group.iter().map(|piece| piece.native.as_str()).collect::<Vec<_>>().join("_"),
        ascii: group.iter().map(|piece| piece.ascii.as_str()).collect(),
        phones: group.iter().flat_map(|piece| piece.phones.iter().copied()).collect(),
        bare: group.iter().any(|piece| piece.bare),
        syllable: false,
        dot: false,
        hyphen: group.last().is_some_and(|piece| piece.hyphen),
    }
}

impl Piece {
    fn spelt(&self) -> Spelt {
        let facts = self.facts(Kind::Organisation);
        let small = facts.form.is_some()
            || facts.particle.is_some()
            || facts.word.iter().any(|(_, nothing)| *nothing)
            || self.ascii.len() <= 2;
        Spelt { text: self.ascii.clone(), small }
    }

    fn facts(&self, kind: Kind) -> &'static Facts {
        let (tables, facts) = (tables(), tables().facts(&self.native));
        // What the word means says nothing of a person who is called so.
        let a_name =
            !(facts.given.is_empty() && facts.family.is_empty()) || facts.title.is_some() || facts.particle.is_some();
        let fits = tables.knows(&self.native) && (kind != Kind::Person || a_name);
        if fits { facts } else { tables.facts(&self.ascii) }
    }

    /// What the word at a place of a name is.
    fn word(pieces: &[Self], at: usize, kind: Kind) -> Word {
        let this = &pieces[at];
        let mut facts = this.facts(kind);
        if this.bare && facts == &Facts::default() {
            facts = tables().by_ear(&this.phones).unwrap_or(facts);
        }
        let role = this.role(kind, facts, pieces, at);
        let weight = this.weight(kind, facts, role);
        this.with(facts, role, weight)
    }

    fn with(&self, facts: &'static Facts, role: Role, weight: f32) -> Word {
        let word = Word::new(self.ascii.clone(), self.phones.clone(), role, weight, facts);
        Word { bare: self.bare, syllable: self.syllable, ..word }
    }

    fn role(&self, kind: Kind, facts: &Facts, pieces: &[Self], at: usize) -> Role {
        let of = pieces.len();
        let digits = self.ascii.bytes().all(|byte| byte.is_ascii_digit());
        if digits {
            return Role::Number;
        }
        if kind == Kind::Person {
            let inside = at > 0 && at + 1 < of;
            return match facts.particle {
                Some(Particle::And) if inside => Role::Particle,
                _ if is_initial(self) || self.dot && self.ascii.len() <= 4 => Role::Initial,
                Some(particle) if at + 1 < of && self.is_particle(particle, facts, &pieces[at + 1]) => Role::Particle,
                _ => Role::Core,
            };
        }
        if facts.number.is_some() && (kind == Kind::Vessel || self.ascii.len() > 1 || facts.word.is_empty()) && of > 1 {
            return Role::Number;
        }
        if of > 1 && facts.word.iter().any(|(_, nothing)| *nothing) {
            return Role::Generic;
        }
        match facts {
            Facts { place, .. } if !place.is_empty() => Role::Place,
            Facts { word, .. } if !word.is_empty() => Role::Generic,
            Facts { particle: Some(_), .. } if of > 1 => Role::Particle,
            _ => Role::Core,
        }
    }

    /// Many particles are names, or syllables of Korean names, as well.
    fn is_particle(&self, particle: Particle, facts: &Facts, next: &Self) -> bool {
        if self.syllable {
            return false;
        }
        let names = !facts.given.is_empty() || !facts.family.is_empty();
        match particle {
            // `as-Sisi`, `an Nur`: the article takes the sound of what follows.
            Particle::Article
                if !matches!(self.ascii.as_str(), "al" | "el" | "the" | "la" | "le" | "los" | "las" | "les" | "lo") =>
            {
                self.hyphen || self.ascii.len() <= 3 && next.ascii.starts_with(&self.ascii[1..]) && self.ascii.len() > 1
            }
            Particle::Descent => !names || self.ascii.len() <= 3,
            _ => !names || self.ascii.len() <= 3,
        }
    }

    fn weight(&self, kind: Kind, facts: &Facts, role: Role) -> f32 {
        let size = match self.ascii.len() {
            0..=1 => 0.5,
            2 => 0.65,
            3 => 0.85,
            _ => 1.0,
        };
        let known = |weight: f32| if self.syllable { weight.min(0.5) } else { weight * size };
        match role {
            Role::Particle => 0.08,
            Role::Initial => 0.25,
            Role::Number => 0.7,
            Role::Place => 0.5,
            Role::Generic if kind == Kind::Vessel => 0.6,
            Role::Generic if facts.word.iter().all(|(_, nothing)| *nothing) => 0.2,
            Role::Generic => 0.45,
            Role::Core => {
                let family = facts.family.iter().map(|(_, class)| *class).min();
                let family = family.map_or(1.0, |class| match class {
                    1 => 0.6,
                    2 => 0.72,
                    _ => 0.82,
                });
                let given = if facts.given.is_empty() { 1.0 } else { 0.62 };
                known(f32::min(family, given).max(if kind == Kind::Person { 0.0 } else { 0.7 }))
            }
        }
    }
}

/// Names that are one although people write several words: `abd al rahman`, `nur ad din`, `hafiz ullah`.
fn compounds(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words.into_iter().peekable();
    let mut servant: Option<Word> = None;
    while let Some(word) = rest.next() {
        if let Some(begun) = servant.take() {
            if word.role == Role::Particle && rest.peek().is_some() {
                servant = Some(begun);
                continue;
            }
            out.push(together(&begun, &word, "abdul"));
            continue;
        }
        let is_servant = matches!(
            word.ascii.as_str(),
            "abd" | "abdul" | "abdel" | "abdal" | "abdol" | "abdur" | "abdus" | "abdou" | "ebdul" | "ebd" | "ebdel"
        );
        if is_servant && rest.peek().is_some() {
            servant = Some(word);
            continue;
        }
        let faith = matches!(
            word.ascii.as_str(),
            "din" | "deen" | "dine" | "uddin" | "eddin" | "eddine" | "aldin" | "addin" | "dyn"
        );
        let god = matches!(word.ascii.as_str(), "ullah" | "allah" | "ollah" | "llah" | "olah" | "ulla");
        if faith || god {
            while out.last().is_some_and(|last| last.role == Role::Particle) && out.len() > 1 {
                out.pop();
            }
            if let Some(first) = out.pop_if(|last| last.role == Role::Core) {
                out.push(ending(&first, if faith { "uddin" } else { "ullah" }));
                continue;
            }
        }
        out.push(word);
    }
    out.extend(servant);
    out
}

fn together(first: &Word, second: &Word, prefix: &str) -> Word {
    let bare = first.bare || second.bare;
    let ascii = format!("{prefix}{}", second.ascii);
    let phones = crate::sound::of(prefix).into_iter().chain(second.phones.iter().copied()).collect();
    compound(ascii, phones, bare)
}

fn ending(first: &Word, suffix: &str) -> Word {
    let ascii = format!("{}{suffix}", first.ascii);
    let phones = first.phones.iter().copied().chain(crate::sound::of(suffix)).collect();
    compound(ascii, phones, first.bare)
}

fn compound(ascii: String, phones: Vec<Phone>, bare: bool) -> Word {
    let facts = tables().facts(&ascii);
    Word { bare, ..Word::new(ascii, phones, Role::Core, 0.7, facts) }
}
