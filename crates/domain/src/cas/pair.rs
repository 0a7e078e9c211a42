//! Name and number as a pair. Published lists give valid numbers to the wrong substances, and orders do so on purpose.
//!
//! The functions take anything that knows names and numbers ([`Known`]): the catalogue on the server, the search index
//! in the browser. Both hold the same entries, so both give the same answer.

use super::{Cas, CasError};
use crate::fold::{slips, squash, words};

/// What is known of one substance, borrowed from wherever it is kept.
#[derive(Clone, Debug)]
pub struct KnownEntry<'a> {
    /// The handle of its page.
    pub slug: &'a str,
    /// The preferred name.
    pub name: &'a str,
    /// Other names.
    pub synonyms: Vec<&'a str>,
    /// Its numbers, those of salts and isomers included; the main one first.
    pub cas: Vec<Cas>,
}

/// Something that knows substances by name and number.
pub trait Known {
    /// Every entry that may be told to whoever asks.
    fn known(&self) -> impl Iterator<Item = KnownEntry<'_>>;

    /// Those with a name that reads like this one, folded already. Whoever is asked often keeps its names folded and
    /// answers from them.
    fn bearing(&self, folded: &str, fold: Fold) -> Vec<Meaning> {
        self.known()
            .filter(|entry| entry.names().any(|name| fold.of(name) == folded))
            .map(|entry| entry.meaning())
            .collect()
    }
}

impl KnownEntry<'_> {
    /// Every name it bears.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name).chain(self.synonyms.iter().copied())
    }

    /// What its names stand for.
    #[must_use]
    pub fn meaning(&self) -> Meaning {
        Meaning { slug: self.slug.to_owned(), name: self.name.to_owned(), cas: self.cas.first().copied() }
    }
}

/// How names are made equal before they are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Every letter and digit counts.
    Whole,
    /// Words for salts and grades are left out.
    Core,
}

impl Fold {
    /// Both, the stricter first.
    pub const ALL: [Self; 2] = [Self::Whole, Self::Core];

    /// A name as it is compared.
    #[must_use]
    pub fn of(self, name: &str) -> String {
        match self {
            Self::Whole => squash(name),
            Self::Core => words(name).split(' ').filter(|word| !BESIDE_THE_POINT.contains(word)).collect(),
        }
    }
}

/// One substance that a name or a number stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The handle of its page.
    pub slug: String,
    /// The preferred name.
    pub name: String,
    /// Its main number, if it has one.
    pub cas: Option<Cas>,
}

/// Whether a name and a CAS number belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// Neither the name nor the number is known, or the name is unknown: nothing can be said against the pair.
    Unknown,
    /// The name is unknown but the number is: worth offering, no sign of anything wrong.
    NumberKnown(Meaning),
    /// Both stand for the same substance.
    Agrees,
    /// They do not stand for the same substance.
    Differs {
        /// What the name stands for.
        name_means: Meaning,
        /// What the number stands for, if that is known.
        cas_means: Option<Meaning>,
    },
}

impl std::fmt::Display for Agreement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown => f.write_str("we do not know this name"),
            Self::NumberKnown(meaning) => write!(f, "this is the CAS number of {}", meaning.name),
            Self::Agrees => f.write_str("name and CAS number belong together"),
            Self::Differs { name_means, cas_means } => {
                match cas_means {
                    Some(meaning) => {
                        write!(f, "this is the CAS number of {}, not of {}", meaning.name, name_means.name)?
                    }
                    None => write!(f, "we do not know this CAS number for {}", name_means.name)?,
                }
                name_means.cas.map_or(Ok(()), |cas| write!(f, "; {} has {cas}", name_means.name))
            }
        }
    }
}

/// Words that name a salt or a grade of a substance, not another substance.
const BESIDE_THE_POINT: [&str; 21] = [
    "anhydrous",
    "base",
    "bitartrate",
    "citrate",
    "dihydrate",
    "free",
    "grade",
    "hcl",
    "hydrate",
    "hydriodide",
    "hydrobromide",
    "hydrochloride",
    "inn",
    "maleate",
    "monohydrate",
    "phosphate",
    "pure",
    "salt",
    "sulfate",
    "tartrate",
    "technical",
];

/// Judges a name and a number together.
#[must_use]
pub fn agrees(name: &str, cas: Cas, known: &impl Known) -> Agreement {
    let by_cas: Vec<Meaning> =
        known.known().filter(|entry| entry.cas.contains(&cas)).map(|entry| entry.meaning()).collect();
    let by_name = named(name, known);
    match (by_name.first(), by_cas.first()) {
        (None, None) => Agreement::Unknown,
        (None, Some(meaning)) => Agreement::NumberKnown(meaning.clone()),
        (Some(_), Some(_)) if by_cas.iter().any(|number| by_name.iter().any(|name| name.slug == number.slug)) => {
            Agreement::Agrees
        }
        (Some(named), number) => Agreement::Differs { name_means: named.clone(), cas_means: number.cloned() },
    }
}

/// The substances that bear the name exactly; failing that, those that bear it once salt and grade words are left out.
#[must_use]
pub fn named(name: &str, known: &impl Known) -> Vec<Meaning> {
    let with = |fold: Fold| {
        let wanted = fold.of(name);
        if wanted.is_empty() { Vec::new() } else { known.bearing(&wanted, fold) }
    };
    let exact = with(Fold::Whole);
    if exact.is_empty() { with(Fold::Core) } else { exact }
}

/// The known number that `text` is most probably a slip of: one slip, or two where there are eight digits or more.
///
/// A number that is itself known is its own nearest. `None` if nothing is near, or two numbers are equally near.
#[must_use]
pub fn nearest_known(text: &str, known: &impl Known) -> Option<Cas> {
    let typed: Vec<char> = crate::fold::ascii_digits(text).chars().filter(char::is_ascii_digit).collect();
    if !(4..=11).contains(&typed.len()) {
        return None;
    }
    let allowed = if typed.len() >= 8 { 2 } else { 1 };
    let mut near: Vec<(usize, Cas)> = known
        .known()
        .flat_map(|entry| entry.cas)
        .filter_map(|cas| slips(&typed, &cas.digits().chars().collect::<Vec<_>>(), allowed).map(|slips| (slips, cas)))
        .collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [(_, only)] => Some(*only),
        [(first, best), (second, _), ..] if first < second => Some(*best),
        _ => None,
    }
}

/// As [`Cas::parse`], but what is suggested for a wrong check digit is a number of the catalogue wherever one is near.
///
/// # Errors
/// As [`Cas::parse`].
pub fn parse_known(text: &str, known: &impl Known) -> Result<Cas, CasError> {
    Cas::parse(text).map_err(|error| match (error, nearest_known(text, known)) {
        (CasError::Digit { expected, suggestion, .. }, Some(near)) => {
            CasError::Digit { expected, suggestion: near, near: near != suggestion }
        }
        (error, _) => error,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Few;

    impl Known for Few {
        fn known(&self) -> impl Iterator<Item = KnownEntry<'_>> {
            let entry = |slug, name, synonyms: &[&'static str], cas: &[&str]| KnownEntry {
                slug,
                name,
                synonyms: synonyms.to_vec(),
                cas: cas.iter().map(|number| number.parse().unwrap()).collect(),
            };
            vec![
                entry("acetic-anhydride", "Acetic anhydride", &["ethanoic anhydride"], &["108-24-7"]),
                entry("propionic-anhydride", "Propionic anhydride", &[], &["123-62-6"]),
                entry("norfentanyl", "Norfentanyl", &[], &["1609-66-1"]),
                entry("anpp", "4-Anilino-N-phenethylpiperidine", &["ANPP"], &["21409-26-7"]),
                entry("ephedrine", "Ephedrine", &[], &["299-42-3", "50-98-6"]),
                entry("sulphuric-acid", "Sulphuric acid", &[], &["7664-93-9"]),
            ]
            .into_iter()
        }
    }

    fn judged(name: &str, cas: &str) -> String {
        agrees(name, cas.parse().unwrap(), &Few).to_string()
    }

    #[test]
    fn judges_pairs() {
        for (name, cas, answer) in [
            ("acetic anhydride", "108-24-7", "name and CAS number belong together"),
            ("Ethanoic Anhydride", "108-24-7", "name and CAS number belong together"),
            ("sulfuric acid", "7664-93-9", "name and CAS number belong together"),
            ("Ephedrine hydrochloride", "50-98-6", "name and CAS number belong together"),
            ("Ephedrine", "50-98-6", "name and CAS number belong together"),
            ("Essigsäureanhydrid", "108-24-7", "this is the CAS number of Acetic anhydride"),
            ("window cleaner", "64-17-5", "we do not know this name"),
            ("", "64-17-5", "we do not know this name"),
            (
                "propionic anhydride",
                "108-24-7",
                "this is the CAS number of Acetic anhydride, not of Propionic anhydride; Propionic anhydride has 123-62-6",
            ),
            // A valid number that a published file gives for propionic anhydride; it belongs to something else.
            (
                "propionic anhydride",
                "122-90-7",
                "we do not know this CAS number for Propionic anhydride; Propionic anhydride has 123-62-6",
            ),
        ] {
            assert_eq!(judged(name, cas), answer, "{name} {cas}");
        }
    }

    #[test]
    fn finds_the_number_that_was_meant() {
        for (typed, meant) in [
            ("108-24-7", Some("108-24-7")),
            ("108-24-8", Some("108-24-7")),
            ("108-42-7", Some("108-24-7")),
            ("10824", Some("108-24-7")),
            ("1609-66-5", Some("1609-66-1")),
            ("7664-39-9", Some("7664-93-9")),
            ("21490-26-9", Some("21409-26-7")),
            ("64-17-5", None),
            ("3731-41-9", None),
            ("", None),
            ("acetone", None),
        ] {
            assert_eq!(nearest_known(typed, &Few).map(|cas| cas.to_string()).as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn suggests_known_numbers_first() {
        let error = parse_known("108-42-7", &Few).unwrap_err();
        assert_eq!(error.to_string(), "the last digit does not fit the others; did you mean 108-24-7?");
        let error = parse_known("108-24-8", &Few).unwrap_err();
        assert_eq!(error.to_string(), "the check digit should be 7; did you mean 108-24-7?");
        assert_eq!(parse_known("64-17-5", &Few).unwrap().to_string(), "64-17-5");
    }

    proptest! {
        #[test]
        fn never_panics(name in ".*", digits in "[0-9-]{0,14}") {
            let _ = (parse_known(&digits, &Few), nearest_known(&name, &Few));
            let _ = agrees(&name, "108-24-7".parse().unwrap(), &Few);
        }
    }
}
