//! Where somebody lives or sits, compared as it is written in many orders and scripts: by the words of street and town and
//! by the number of the house. It only supports a likeness of names. That two addresses differ says nothing: firms have many.

use domain::fold::ascii_digits;

use crate::{entry::Address, evidence::Support, script, text};

/// Words that stand in every second address.
#[rustfmt::skip]
const FILLERS: [&str; 69] = [
    "al", "and", "apartment", "apt", "av", "ave", "avenida", "avenue", "bld", "bldg", "block", "blok", "blvd", "box",
    "building", "bus", "calle", "cd", "city", "corner", "d", "da", "de", "del", "der", "di", "district", "do", "dom",
    "drive", "du", "el", "etage", "flat", "floor", "house", "in", "industrial", "la", "lane", "near", "no", "nr", "of",
    "office", "oficina", "ofis", "p", "piso", "po", "pob", "province", "rd", "road", "room", "rue", "st", "str", "straat",
    "strasse", "street", "suite", "the", "ul", "ulica", "ulitsa", "unit", "van", "via",
];

/// An address of a list, ready to be compared: hashes of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    country: Option<domain::country::Country>,
    words: Box<[u32]>,
}

impl Known {
    pub fn of(address: &Address) -> Option<Self> {
        let mut words: Vec<u32> = words(&address.text).iter().flat_map(|word| hashes(word)).collect();
        words.sort_unstable();
        words.dedup();
        (!words.is_empty()).then(|| Self { country: address.country, words: words.into() })
    }

    fn has(&self, word: &str) -> bool {
        hashes(word).any(|hash| self.words.binary_search(&hash).is_ok())
    }

    fn may_be_in(&self, asked: &Address) -> bool {
        self.country.zip(asked.country).is_none_or(|(one, other)| one == other)
    }
}

/// What the addresses of both say, the strongest.
pub(crate) fn compare(asked: &[Address], known: &[Known]) -> Option<Support> {
    if known.is_empty() {
        return None;
    }
    let mut town = None;
    for address in asked {
        let parts = Parts::of(&address.text);
        for known in known.iter().filter(|known| known.may_be_in(address)) {
            if let Some(shared) = parts.same(known) {
                return Some(Support::SameAddress { shared });
            }
            town = town.or_else(|| parts.town(known));
        }
    }
    town.map(|town| Support::SameTown { town })
}

/// An address that is asked for, taken apart.
struct Parts {
    /// Words of the part in which a number and a word stand together.
    street: Vec<String>,
    /// Words of each other part.
    others: Vec<Vec<String>>,
}

impl Parts {
    fn of(text: &str) -> Self {
        let parts = text.split([',', ';', '\n']).map(words).filter(|words| !words.is_empty());
        let mut others: Vec<Vec<String>> = parts.collect();
        let is_street = |words: &Vec<String>| words.iter().any(|word| is_number(word)) && words.iter().any(says_much);
        let street = others.iter().position(is_street).map_or_else(Vec::new, |at| others.remove(at));
        Self { street, others }
    }

    /// The words that are the same, if it is the same house: more than half of the street's words, its number, and
    /// something of the rest.
    fn same(&self, known: &Known) -> Option<String> {
        let named = |word: &&String| says_much(word);
        let street: Vec<&String> = self.street.iter().filter(named).filter(|word| known.has(word)).collect();
        let number = self.street.iter().find(|word| is_number(word) && known.has(word))?;
        let rest = |word: &&String| (says_much(word) || word.len() > 3) && known.has(word);
        let rest: Vec<&String> = self.others.iter().flatten().filter(rest).collect();
        let half = street.len() * 2 >= self.street.iter().filter(named).count();
        let enough = if self.others.is_empty() { street.len() > 1 } else { !rest.is_empty() };
        let all = street.iter().copied().chain([number]).chain(rest.iter().copied());
        (!street.is_empty() && half && enough).then(|| all.map(String::as_str).collect::<Vec<_>>().join(" "))
    }

    /// A part without a number all of which stands there too.
    fn town(&self, known: &Known) -> Option<String> {
        let whole = |words: &&Vec<String>| {
            words.iter().any(says_much) && words.iter().all(|word| !is_number(word) && known.has(word))
        };
        self.others.iter().find(whole).map(|words| words.join(" "))
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a word is no number and long enough to say something.
fn says_much(word: &(impl AsRef<str> + ?Sized)) -> bool {
    let word = word.as_ref();
    word.len() > 2 && !is_number(word)
}

/// The words of an address in small Latin letters, without those that say nothing.
fn words(address: &str) -> Vec<String> {
    let cleaned = text::clean(&ascii_digits(address)).text;
    let all = cleaned.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let latin = all.flat_map(script::latin).map(|latin| short(latin.ascii));
    latin.filter(|word| !word.is_empty() && !FILLERS.contains(&word.as_str())).collect()
}

/// `Hauptstrasse` and `Hauptstr.` are one street.
fn short(mut word: String) -> String {
    if word.len() > 8 && word.ends_with("strasse") {
        word.truncate(word.len() - 4);
    }
    word
}

/// By what a word is known; a number also by its digits alone: `12a` is near `12`.
fn hashes(word: &str) -> impl Iterator<Item = u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let digits = (digits > 0 && digits < word.len()).then(|| hash(&word[..digits]));
    std::iter::once(hash(word)).chain(digits)
}

/// FNV-1a: the same in every process and on every machine.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use domain::country::Country;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str, country: &str) -> Address {
        Address { text: text.into(), country: Country::parse(country).ok() }
    }

    fn said(asked: &Address, listed: &Address) -> &'static str {
        match compare(std::slice::from_ref(asked), &Vec::from_iter(Known::of(listed))) {
            Some(Support::SameAddress { .. }) => "same",
            Some(Support::SameTown { .. }) => "town",
            None => "",
            Some(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn fillers_are_found() {
        assert!(FILLERS.iter().all(|word| words(word).is_empty()), "as they are folded");
    }

    #[test]
    fn street_number_and_town_together_are_the_same_house() {
        let asked = at("Havenkade 12, 1621 BK, Hoorn", "NL");
        for (listed, expected) in [
            ("12 Havenkade, Hoorn", "same"),
            ("HOORN, HAVENKADE 12a", "same"),
            ("Havenkade 12", ""),
            ("Havenkade 12, 1621 BK", "same"),
            ("Havenkade 14, Hoorn", "town"),
            ("Kade 12, Hoorn", "town"),
            ("12, Enkhuizen", ""),
            ("", ""),
        ] {
            assert_eq!(said(&asked, &at(listed, "NL")), expected, "{listed}");
            assert_eq!(said(&asked, &at(listed, "DE")), "", "{listed}");
            assert_eq!(said(&asked, &at(listed, "")), expected, "{listed}");
        }
    }

    #[test]
    fn scripts_and_short_forms_are_read() {
        let moscow = at("ul. Tverskaya, d. 7, Moskva", "RU");
        assert_eq!(said(&at("Tverskaya 7, Moskva", "RU"), &moscow), "same");
        assert_eq!(said(&at("ул. Тверская 7, Москва", "RU"), &moscow), "same");
        assert_eq!(said(&at("Hauptstr. 5, Köln", "DE"), &at("Hauptstraße 5, 50667 Koln", "DE")), "same");
        assert_eq!(
            said(&at("4 Some Road, San Francisco", "US"), &at("Floor 4, Other Street, San Francisco", "US")),
            "town"
        );
        assert_eq!(said(&at("Road 5, City", "US"), &at("5 Road, City", "US")), "", "nothing is said");
    }

    proptest! {
        #[test]
        fn an_address_with_all_its_parts_is_itself(
            street in "[A-Z][a-z]{3,9}burg", number in 1u32..999, town in "[A-Z][a-z]{4,9}dorf"
        ) {
            let text = format!("{street} {number}, {town}");
            prop_assert_eq!(said(&at(&text, "DE"), &at(&text, "DE")), "same");
        }

        #[test]
        fn whatever_is_compared_there_is_an_answer(one in ".{0,80}", other in ".{0,80}") {
            let _ = said(&at(&one, ""), &at(&other, ""));
        }
    }
}
