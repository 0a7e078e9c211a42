//! Letters in pieces: one for each word of one script, with what is known of it.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Role, Spelt, Word, sieve::is_initial};
use crate::{
    entry::Kind,
    script::{Latin, Script, latin, without_strokes},
    sound::{self, Phone},
    tables::{Facts, Form, NOTHING, Particle, SMALL_WORDS, tables},
    typing,
};

/// A word as it stands in the name.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// In its own script.
    pub(super) native: String,
    pub(super) ascii: String,
    pub(super) phones: Vec<Phone>,
    pub(super) also: Vec<Phone>,
    pub(super) bare: bool,
    pub(super) syllable: bool,
    /// A dot stood behind it.
    pub(super) dot: bool,
    /// A hyphen did.
    pub(super) hyphen: bool,
}

/// Signs inside words that are not read.
pub(super) const APOSTROPHES: [char; 10] = ['\'', '’', '‘', 'ʼ', '`', '´', 'ʻ', 'ʿ', 'ʾ', '׳'];

/// Dots, and what stands between the words of foreign names in Chinese and Japanese.
pub(super) const DOTS: [char; 5] = ['.', '・', '·', '•', '．'];

pub(super) fn pieces(text: &str, kind: Kind, forms: &mut Vec<Form>) -> Vec<Piece> {
    let mut out = Vec::new();
    let text = if text.is_ascii() { text.to_owned() } else { without_brackets(text) };
    for chunk in text.split_inclusive(parts_words) {
        let hyphen = chunk.ends_with(['-', '‐', '‑', '–']);
        let chunk = chunk.trim_end_matches(parts_words);
        let chunk = if chunk.is_ascii() { chunk.to_owned() } else { without_strokes(chunk) };
        let chunk = if kind == Kind::Person { &chunk } else { without_article(&chunk) };
        let chunk: String = chunk.chars().filter(|letter| !APOSTROPHES.contains(letter)).collect();
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

/// `L'Union`, `dell'Adriatico`: the article is written before the vowel.
fn without_article(word: &str) -> &str {
    const ARTICLES: [&str; 7] = ["l", "d", "dell", "all", "nell", "sull", "un"];
    let parted = word.split_once(APOSTROPHES).filter(|(article, _)| ARTICLES.contains(article));
    let begins = |rest: &str| rest.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h', 'é', 'è', 'ê', 'î', 'ô']);
    parted.map(|(_, rest)| rest).filter(|rest| rest.chars().count() >= 3 && begins(rest)).unwrap_or(word)
}

/// Legal forms of Korea and Japan in brackets, as they are written in full: `(주)`.
fn without_brackets(text: &str) -> String {
    let forms = [("(주)", " 주식회사 "), ("(유)", " 유한회사 "), ("(株)", " 株式会社 "), ("(有)", " 有限会社 ")];
    forms.iter().fold(text.to_owned(), |text, (short, full)| text.replace(short, full))
}

pub(super) fn parts_words(letter: char) -> bool {
    !letter.is_alphanumeric()
        && !APOSTROPHES.contains(&letter)
        && !DOTS.contains(&letter)
        && !matches!(letter, '&' | '+')
        && !is_combining_mark(letter)
}

/// A run of letters in words of one script each.
pub(super) fn read(run: &str, kind: Kind, forms: &mut Vec<Form>, out: &mut Vec<Piece>) {
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
            && let Some((number, behind)) = numbered(rest, out.last())
        {
            out.extend(number);
            rest = behind;
            continue;
        }
        if kind != Kind::Person
            && let Some(word) = tables().concept(rest)
        {
            out.push(concept(word));
            rest = without_rank(word, &rest[word.len()..]);
            continue;
        }
        let first = rest.chars().next().map(unspaced);
        let (word, behind) = rest.split_at(end_of_word(rest, kind));
        let syllable = matches!(first, Some(1 | 3));
        for part in arabic_parts(word) {
            for latin in latin(part) {
                if !latin.ascii.is_empty() {
                    let Latin { mut ascii, mut phones, bare, also } = latin;
                    without_zeros(&mut ascii);
                    if !bare && mixes_digits(&ascii) {
                        phones = sound::of(&typing::digits_as_letters(&ascii));
                    }
                    let native = if word.is_ascii() || syllable { ascii.clone() } else { part.nfc().collect() };
                    out.push(Piece { native, ascii, phones, also, bare, syllable, dot: false, hyphen: false });
                }
            }
        }
        rest = behind;
    }
}

/// `0214` is 214.
fn without_zeros(digits: &mut String) {
    let zeros = digits.bytes().take_while(|digit| *digit == b'0').count();
    if digits.bytes().all(|sign| sign.is_ascii_digit()) {
        digits.drain(..zeros.min(digits.len().saturating_sub(1)));
    }
}

/// A number with the sign behind it that says so, as Chinese and Japanese write them: `八号`; the sign alone behind digits.
fn numbered<'a>(run: &'a str, before: Option<&Piece>) -> Option<(Option<Piece>, &'a str)> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let end = run.find(['号', '號'])?;
    let behind = &run[end..].trim_start_matches(['号', '號']);
    if end == 0 {
        let follows = before.is_some_and(|piece| piece.ascii.bytes().all(|sign| sign.is_ascii_digit()));
        return follows.then_some((None, behind));
    }
    let (mut tens, mut units) = (0, 0);
    for sign in run[..end].chars() {
        match DIGITS.chars().position(|digit| digit == sign) {
            Some(digit) if units == 0 => units = digit,
            None if sign == '十' && tens == 0 => (tens, units) = (units.max(1), 0),
            _ => return None,
        }
    }
    Some((Some(concept(&(tens * 10 + units).to_string())), behind))
}

/// The scripts that put no blanks between words, and those that do.
fn unspaced(letter: char) -> u8 {
    match Script::of(letter) {
        Script::Han => 1,
        Script::Kana => 2,
        Script::Hangul => 3,
        Script::Thai => 4,
        _ => 0,
    }
}

/// Where the first word of a run ends: at a letter of another script, or where a word begins whose meaning is known. Kana
/// and Thai are taken apart there only at words too long to stand there by chance.
fn end_of_word(run: &str, kind: Kind) -> usize {
    let script = run.chars().next().map_or(0, unspaced);
    let ends = |(at, letter): &(usize, char)| {
        let other = unspaced(*letter) != script && !is_combining_mark(*letter);
        let least = match script {
            0 => return other,
            1 | 3 => 2,
            _ => 4,
        };
        let known = |word: &str| word.chars().count() >= least;
        let behind = &run[*at..];
        other
            || kind != Kind::Person && (tables().concept(behind).is_some_and(known) || numbered(behind, None).is_some())
    };
    run.char_indices().skip(1).find(ends).map_or(run.len(), |(at, _)| at)
}

/// Behind the name of a place, what kind of place it is says nothing: `广州市` is Guangzhou.
fn without_rank<'a>(word: &str, behind: &'a str) -> &'a str {
    let is_place = !tables().facts(word).place.is_empty();
    let rest = behind.strip_prefix(['市', '省', '县', '縣', '区', '區']);
    rest.filter(|_| is_place && tables().concept(behind).is_none()).unwrap_or(behind)
}

/// A word of a script without blanks whose meaning is known.
pub(super) fn concept(word: &str) -> Piece {
    let read = latin(word);
    Piece {
        native: word.to_owned(),
        ascii: read.iter().map(|part| part.ascii.as_str()).collect(),
        phones: read.iter().flat_map(|part| part.phones.iter().copied()).collect(),
        also: Vec::new(),
        bare: read.iter().any(|part| part.bare),
        syllable: false,
        dot: false,
        hyphen: false,
    }
}

/// Letters and digits, as in `0mar`.
pub(super) fn mixes_digits(word: &str) -> bool {
    word.bytes().any(|sign| sign.is_ascii_digit()) && word.bytes().any(|sign| sign.is_ascii_alphabetic())
}

/// The Arabic article is written as part of the word.
pub(super) fn arabic_parts(word: &str) -> Vec<&str> {
    for article in ["ال", "لل"] {
        if let Some(rest) = word.strip_prefix(article)
            && rest.chars().count() >= 3
        {
            return vec!["ال", rest];
        }
    }
    vec![word]
}

impl Piece {
    pub(super) fn spelt(&self) -> Spelt {
        let facts = self.facts(Kind::Organisation);
        let small = facts.form.is_some()
            || facts.particle.is_some()
            || facts.word.iter().any(|(_, nothing)| *nothing)
            || self.ascii.len() <= 2;
        Spelt { text: self.ascii.clone(), small }
    }

    pub(super) fn facts(&self, kind: Kind) -> &'static Facts {
        // What the word means says nothing of a person who is called so.
        let is_name = |facts: &&Facts| {
            !(facts.given.is_empty() && facts.family.is_empty()) || facts.title.is_some() || facts.particle.is_some()
        };
        let tables = tables();
        let native = tables.find(&self.native).filter(|facts| kind != Kind::Person || is_name(facts));
        let adjective = || if kind == Kind::Person { None } else { tables.adjective(&self.ascii) };
        native.or_else(|| tables.find(&self.ascii)).or_else(adjective).unwrap_or(&NOTHING)
    }

    /// What the word at a place of a name is.
    pub(super) fn word(pieces: &[Self], at: usize, kind: Kind) -> Word {
        let this = &pieces[at];
        let mut facts = this.facts(kind);
        if this.bare && std::ptr::eq(facts, &NOTHING) {
            let heard = tables().by_ear(&this.phones);
            facts = heard.or_else(|| tables().by_ear(&this.also)).unwrap_or(facts);
        }
        let guessed = this.bare && !tables().knows(&this.native);
        let role = this.role(kind, facts, pieces, at);
        let weight = this.weight(kind, facts, role);
        let ending = if kind == Kind::Person { None } else { tables().ending(&this.ascii) };
        Word { ending, guessed, ..this.with(facts, role, weight) }
    }

    fn with(&self, facts: &'static Facts, role: Role, weight: f32) -> Word {
        let word = Word::new(self.ascii.clone(), self.phones.clone(), role, weight, facts);
        let also = if word.known { Vec::new() } else { self.also.clone() };
        Word { bare: self.bare, syllable: self.syllable, also, ..word }
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
                // `Hyeon-u`: a syllable of one letter.
                _ if is_initial(self) && !(at > 0 && pieces[at - 1].hyphen) || self.dot && self.ascii.len() <= 4 => {
                    Role::Initial
                }
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
            // `First` is what many call themselves.
            Role::Number if kind != Kind::Vessel && facts.number == Some(1) && self.ascii.len() > 3 => 0.35,
            Role::Number => 0.7,
            Role::Place => 0.5,
            Role::Generic if facts.word.iter().all(|(group, _)| *group < SMALL_WORDS) => 0.08,
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
