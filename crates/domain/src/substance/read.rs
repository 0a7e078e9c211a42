//! Reads the data files that ship with the product. Only where there is a TOML reader: not in the browser, which gets
//! what it needs as JSON.

use serde::Deserialize;

use super::{Catalogue, CatalogueError, List, Source, Substance};

/// The data files with entries, by their names under `data/`.
const FILES: [(&str, &str); 4] = [
    ("substances.toml", include_str!("../../../../data/substances.toml")),
    ("families.toml", include_str!("../../../../data/families.toml")),
    ("mixtures.toml", include_str!("../../../../data/mixtures.toml")),
    ("equipment.toml", include_str!("../../../../data/equipment.toml")),
];

const LISTS: (&str, &str) = ("lists.toml", include_str!("../../../../data/lists.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    #[serde(rename = "substance")]
    substances: Vec<Substance>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    #[serde(rename = "list")]
    lists: Vec<List>,
    #[serde(rename = "source")]
    sources: Vec<Source>,
}

impl Catalogue {
    /// Reads and checks the catalogue that ships with the product.
    ///
    /// # Errors
    /// [`CatalogueError`] if a file cannot be read or breaks a rule.
    pub fn load() -> Result<Self, CatalogueError> {
        Self::from_toml(LISTS, &FILES)
    }

    /// Reads and checks a catalogue: pairs of file name and text.
    ///
    /// # Errors
    /// [`CatalogueError`] if a file cannot be read or breaks a rule.
    pub fn from_toml(lists: (&str, &str), files: &[(&str, &str)]) -> Result<Self, CatalogueError> {
        let unreadable =
            |file: &str, error: toml::de::Error| CatalogueError::Unreadable(file.to_owned(), error.to_string());
        let Lists { lists, sources } = toml::from_str(lists.1).map_err(|error| unreadable(lists.0, error))?;
        let mut substances = Vec::new();
        for (file, text) in files {
            let entries: Entries = toml::from_str(text).map_err(|error| unreadable(file, error))?;
            substances.extend(entries.substances);
        }
        Self::new(substances, lists, sources)
    }
}
