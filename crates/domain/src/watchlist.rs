//! Watch lists: what a list is called, and what it means in law that somebody stands on it.
//!
//! A sanction of the Security Council, a designation for drug trafficking, an export control and a list that an authority
//! keeps for itself ask different things of whoever finds a name there. The facts are in `data/watch-lists.toml`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::organisation::coded;

coded! {
    /// What it means in law to stand on a list. The gravest first.
    Meaning {
        /// Sanctions of the United Nations Security Council.
        UnSanctions = "un_sanctions", "United Nations sanctions";
        /// Designated for trafficking in drugs.
        Narcotics = "narcotics", "Narcotics designation";
        /// Financial sanctions of a country or of the European Union.
        FinancialSanctions = "financial_sanctions", "Financial sanctions";
        /// Export control.
        ExportControl = "export_control", "Export control";
        /// A national, internal or other list without a ban of its own.
        Watch = "watch", "Watch list";
    }
}

coded! {
    /// Where a list that is shared with a company stands. What is open stands first.
    ShareState {
        /// It is offered; the company has not answered.
        Asked = "asked", "Not answered yet";
        /// The company takes part.
        Accepted = "accepted", "Accepted";
        /// The company does not want it.
        Declined = "declined", "Declined";
        /// The company took part and left.
        Left = "left", "Left";
        /// The owner ended it.
        Ended = "ended", "Ended";
        /// Its last day has passed.
        Over = "over", "Last day passed";
    }
}

impl ShareState {
    /// Whether its owner can still end it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Accepted)
    }
}

impl Meaning {
    /// What follows from it, in plain words. Information, no legal advice.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::UnSanctions => {
                "Binding on every member state under Chapter VII of the Charter of the United Nations. If it is the same \
                 person or organisation, do not deal: no goods, no money, no service. Stop the order and tell the competent \
                 authority at once; national law says how."
            }
            Self::Narcotics => {
                "Designated for trafficking in drugs by the country that keeps the list. For a supplier of precursors \
                 there is hardly a graver warning. Do not supply, report the order, and wait for the authority. Dealing may \
                 be forbidden to you even outside that country."
            }
            Self::FinancialSanctions => {
                "Dealing is forbidden to those whom the law of that country or of the Union binds: its nationals and \
                 companies, and whoever does business there or in its currency. If it binds you, do not deal, and tell the \
                 authority which that law names. If not, look closely and ask before you go on."
            }
            Self::ExportControl => {
                "Exports to this party need a licence of the country that keeps the list, or are refused. It is no ban on \
                 every dealing. Find out whether you need a licence, and look closely at what the goods are for."
            }
            Self::Watch => {
                "No ban by itself. Somebody had a reason to be careful: look closer at who it is and what the goods are \
                 for, and report what is suspicious."
            }
        }
    }
}

/// A list that the program knows by name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// The formats in which it comes, by code.
    pub formats: Vec<String>,
    /// What a hit on it means, unless its programme says more.
    pub means: Meaning,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    list: Vec<Known>,
    programme: Vec<Programme>,
    source: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Programme {
    word: String,
    means: Meaning,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    begins: String,
    means: Meaning,
}

static FACTS: LazyLock<Facts> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/watch-lists.toml")).expect("data/watch-lists.toml is read by a test")
});

/// The lists that the program knows.
#[must_use]
pub fn known() -> &'static [Known] {
    &FACTS.list
}

/// The list with this code.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Known> {
    known().iter().find(|list| list.code == code)
}

/// The list that comes in this format; none for formats in which anybody writes lists of their own.
#[must_use]
pub fn by_format(format: &str) -> Option<&'static Known> {
    known().iter().find(|list| list.formats.iter().any(|known| known == format))
}

/// What an entry means in law: by its list, by the list within the file (`source`) and by its programmes. The gravest
/// first; never empty.
#[must_use]
pub fn meanings(list: Meaning, source: &str, programmes: &[String]) -> Vec<Meaning> {
    let within = |row: &&Source| source.split(';').any(|one| one.trim().starts_with(&row.begins));
    let mut all: Vec<Meaning> = FACTS.source.iter().filter(within).map(|row| row.means).collect();
    if all.is_empty() {
        all.push(list);
    }
    let is_in = |row: &&Programme| programmes.iter().any(|text| holds(text, &row.word));
    all.extend(FACTS.programme.iter().filter(is_in).map(|row| row.means));
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether a word stands in a text, in any case.
fn holds(text: &str, word: &str) -> bool {
    let ends = |letter: char| !(letter.is_alphanumeric() || letter == '-');
    text.split(ends).any(|part| part.eq_ignore_ascii_case(word))
}

/// The code of a list: small letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

/// The text is no code of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("use 2 to 32 small letters, digits and hyphens, for example national-watch")]
pub struct CodeError;

impl Code {
    /// Reads one.
    ///
    /// # Errors
    /// [`CodeError`] in plain words.
    pub fn new(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        let sound = (2..=32).contains(&text.len()) && text.chars().all(fits) && !text.starts_with('-');
        if sound { Ok(Self(text.to_owned())) } else { Err(CodeError) }
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A version that holds less than this share of the one in force is not put in force by itself, in per cent.
pub const LEAST_SHARE: i64 = 80;

/// Whether a version holds so much less than the one in force that a person should look: a table that was cut off at the
/// end of a row looks whole.
#[must_use]
pub const fn shrank(before: i64, after: i64) -> bool {
    after.saturating_mul(100) < before.saturating_mul(LEAST_SHARE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: Meaning, source: &str, programmes: &[&str]) -> Vec<Meaning> {
        let programmes: Vec<String> = programmes.iter().map(|text| (*text).to_owned()).collect();
        meanings(list, source, &programmes)
    }

    #[test]
    fn the_facts_are_sound() {
        let mut formats: Vec<&String> = known().iter().flat_map(|list| &list.formats).collect();
        formats.sort();
        let count = formats.len();
        formats.dedup();
        assert_eq!(formats.len(), count, "a format belongs to one list");
        for list in known() {
            assert_eq!(Code::new(&list.code).map(|code| code.as_str().to_owned()), Ok(list.code.clone()));
            assert_eq!(by_code(&list.code), Some(list));
        }
        assert_eq!(by_format("own"), None);
        assert_eq!(by_format("sdn_xml").map(|list| list.code.as_str()), Some("ofac-sdn"));
    }

    #[test]
    fn a_programme_adds_and_a_list_within_stands_in_place() {
        use Meaning::{ExportControl, FinancialSanctions, Narcotics, UnSanctions, Watch};
        assert_eq!(of(UnSanctions, "", &["UN List: DRC"]), [UnSanctions]);
        assert_eq!(of(FinancialSanctions, "", &["IRAN"]), [FinancialSanctions]);
        assert_eq!(of(FinancialSanctions, "", &["sdntk", "IRAN"]), [Narcotics, FinancialSanctions]);
        assert_eq!(of(FinancialSanctions, "", &["ILLICIT-DRUGS-EO14059"]), [Narcotics, FinancialSanctions]);
        assert_eq!(of(FinancialSanctions, "Entity List (EL) - Bureau of Industry and Security", &[]), [ExportControl]);
        assert_eq!(of(Watch, "crime; un_sc_sanctions", &[]), [UnSanctions]);
        assert_eq!(of(Watch, "Case 17/2026", &["nothing SDNTKX"]), [Watch]);
    }

    #[test]
    fn every_meaning_says_what_follows() {
        for meaning in Meaning::ALL {
            assert!(meaning.text().ends_with('.') && !meaning.text().contains("  "), "{meaning:?}");
        }
    }

    #[test]
    fn codes_are_plain() {
        assert_eq!(Code::new(" national-watch ").map(|code| code.as_str().to_owned()), Ok("national-watch".into()));
        for bad in ["", "a", "-a", "Ab", "a b", "a/b", "ä-b", &"x".repeat(33)] {
            assert_eq!(Code::new(bad), Err(CodeError), "{bad}");
        }
    }

    #[test]
    fn a_list_that_lost_much_is_looked_at() {
        assert!(!shrank(0, 10) && !shrank(100, 80) && !shrank(100, 120));
        assert!(shrank(100, 79) && shrank(1, 0));
    }
}
