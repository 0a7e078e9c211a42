//! Languages that people speak, for finding an officer who can talk to those a report is about. The languages of the
//! interface are [`crate::lang`].

use serde::Deserialize;

use crate::country::Country;

/// A language that somebody can say they speak.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// ISO 639-1.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// Where one gets along with it.
    pub countries: Vec<Country>,
}

#[cfg(not(target_arch = "wasm32"))]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    language: Vec<Language>,
}

impl Language {
    /// Every language of the table that ships with the product, `data/languages.toml`, by name.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn all() -> &'static [Self] {
        static TABLE: std::sync::LazyLock<Vec<Language>> = std::sync::LazyLock::new(|| {
            let text = include_str!("../../../data/languages.toml");
            let mut table: Table = toml::from_str(text).expect("data/languages.toml is read by a test");
            table.language.sort_by(|a, b| a.name.cmp(&b.name));
            table.language
        });
        &TABLE
    }

    /// The language with this code.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn find(code: &str) -> Option<&'static Self> {
        Self::all().iter().find(|language| language.code == code)
    }

    /// Whether one gets along with it in a country.
    #[must_use]
    pub fn helps_in(&self, country: Country) -> bool {
        self.countries.contains(&country)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_sound() {
        let all = Language::all();
        assert!(all.len() > 30);
        for language in all {
            let same = all.iter().filter(|other| other.code == language.code || other.name == language.name);
            assert_eq!(same.count(), 1, "{}", language.code);
            assert!(!language.countries.is_empty() && language.code.len() == 2, "{}", language.code);
        }
        let spanish = Language::find("es").expect("Spanish");
        assert!(spanish.helps_in(Country::parse("MX").expect("a country")));
        assert_eq!(Language::find("xx"), None);
    }
}
