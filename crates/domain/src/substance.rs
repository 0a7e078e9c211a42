//! Substances, mixtures and equipment: what each is called, which lists it stands on and since when, what it is lawfully
//! used for.
//!
//! The facts are the files under `data/` (see its README); nothing here knows a substance by name. Rules:
//! - *Scheduled* means Table I or II of the 1988 Convention and nothing else.
//! - A listing is dated, so that a report of 2023 is shown with the lists of 2023. A day that nobody has checked is
//!   marked so; a listing without a first day counts as having been there always.
//! - Whatever rests on an unofficial or unchecked source has `verified = false`, and pages say so. Only a threshold that
//!   is verified may be treated as hard.
//! - What a substance is misused for, and what it can stand in for, is for officers only: [`PublicSubstance`] has no
//!   place for it.

mod catalogue;
mod codes;
mod family;
mod listing;
mod public;
#[cfg(not(target_arch = "wasm32"))]
mod read;

pub use catalogue::{Catalogue, CatalogueError, InForce};
pub use codes::{Cn, Hs, HsError};
pub use family::Family;
pub use listing::{Confidentiality, Flow, List, Listing, MixtureRule, Period, Source, Status, Threshold};
pub use public::PublicSubstance;

use serde::{Deserialize, Serialize};

use crate::cas::{Cas, Ec};
use crate::date::Date;
use crate::quantity::Density;

/// What an entry of the catalogue is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A chemical substance.
    #[default]
    Substance,
    /// A mixture, solution, preparation or medicine that contains listed substances.
    Mixture,
    /// A machine or its parts.
    Equipment,
    /// A group of substances that a law or this catalogue describes by a rule instead of one by one.
    FamilyRule,
}

/// Which table of the 1988 Convention a substance stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Table {
    /// Table I.
    I,
    /// Table II.
    II,
}

/// One entry of the catalogue with everything that is known of it. For officers; others get a [`PublicSubstance`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Substance {
    /// Its handle in addresses and in stored reports: never changed, never given to another.
    pub slug: String,
    /// The preferred name.
    pub name: String,
    /// The international non-proprietary name, for medicines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inn: Option<String>,
    /// What the entry is.
    #[serde(default)]
    pub kind: Kind,
    /// Who may know that the entry exists.
    #[serde(default)]
    pub confidentiality: Confidentiality,
    /// Other names.
    #[serde(default)]
    pub synonyms: Vec<Synonym>,
    /// CAS numbers, the main one first, then those of salts and isomers.
    #[serde(default)]
    pub cas: Vec<CasNumber>,
    /// EC numbers.
    #[serde(default)]
    pub ec: Vec<EcNumber>,
    /// The PubChem compound number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pubchem: Option<u32>,
    /// Tariff codes of the Harmonized System.
    #[serde(default)]
    pub hs: Vec<HsCode>,
    /// Codes of the European Union's Combined Nomenclature.
    #[serde(default)]
    pub cn: Vec<CnCode>,
    /// The molecular formula.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// Grams per litre, for liquids; used for comparing with thresholds only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub density: Option<DensityNote>,
    /// What the lists say about its salts, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salts: Option<String>,
    /// Whether the main list covers its salts.
    #[serde(default)]
    pub salts_included: bool,
    /// Whether the main list covers its optical isomers.
    #[serde(default)]
    pub isomers_included: bool,
    /// True if no lawful use outside research is known.
    #[serde(default)]
    pub no_known_use: bool,
    /// Whether a regulator was seen to say so. Only then may a rule treat it as a hard stop.
    #[serde(default)]
    pub no_known_use_verified: bool,
    /// The slug of the family rule that covers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// For a family rule: groups of words; a name is caught if it has at least one word of each group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub catches: Vec<Vec<String>>,
    /// What it is lawfully used for.
    #[serde(default)]
    pub lawful_uses: Vec<String>,
    /// For a mixture: what it contains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<Contained>,
    /// For equipment: the particulars that identify one piece.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub particulars: Vec<Particular>,
    /// Officers only: the drugs it is misused for, as published by an authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typical_drug: Option<TypicalDrug>,
    /// Officers only: scheduled substances it can stand in for, at the level of regulation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands_in_for: Vec<StandsInFor>,
    /// The lists it stands or stood on.
    #[serde(default, rename = "listed")]
    pub listings: Vec<Listing>,
    /// Keys of the sources for identity and names.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Anything a reader must know about the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// Another name, with its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "WrittenSynonym")]
pub struct Synonym {
    /// The name.
    pub text: String,
    /// BCP 47 tag; English if the data file gives the bare name.
    pub lang: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenSynonym {
    Bare(String),
    Full { text: String, lang: String },
}

impl From<WrittenSynonym> for Synonym {
    fn from(written: WrittenSynonym) -> Self {
        match written {
            WrittenSynonym::Bare(text) => Self { text, lang: "en".to_owned() },
            WrittenSynonym::Full { text, lang } => Self { text, lang },
        }
    }
}

/// A CAS number and what exactly it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CasNumber {
    /// The number.
    pub number: Cas,
    /// The salt, hydrate or isomer that it names; nothing for the substance itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Whether the pair of name and number was seen in a source.
    #[serde(default)]
    pub verified: bool,
}

/// An EC number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EcNumber {
    /// The number.
    pub number: Ec,
    /// Whether the pair of name and number was seen in a source.
    #[serde(default)]
    pub verified: bool,
}

/// A tariff code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HsCode {
    /// The year of the edition.
    pub edition: u16,
    /// The six-digit code.
    pub code: Hs,
    /// True if nobody official says so and it is our reading of the nomenclature.
    #[serde(default)]
    pub our_reading: bool,
}

/// A code of the Combined Nomenclature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CnCode {
    /// The eight-digit code.
    pub code: Cn,
    /// Whether it was seen in a source.
    #[serde(default)]
    pub verified: bool,
}

/// A density with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DensityNote {
    /// Grams per litre, at about 20 °C.
    pub grams_per_litre: Density,
    /// What exactly has this density, if not the pure substance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Where it comes from.
    pub source: String,
}

/// A part of a mixture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contained {
    /// The slug of the listed substance in it.
    pub substance: String,
    /// How much of it is usual, in words.
    pub usual: String,
}

/// A particular that identifies a piece of equipment; which of them a report asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Particular {
    /// The maker.
    Make,
    /// The model.
    Model,
    /// The serial number.
    Serial,
    /// Whether it is worked by hand or by electricity.
    ManualOrElectric,
    /// How much it makes or holds.
    Capacity,
    /// Shape, size, mark or logo that it presses.
    Marking,
}

/// The drugs a substance is misused for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypicalDrug {
    /// Names of drugs.
    pub drugs: Vec<String>,
    /// The key of the source.
    pub source: String,
    /// Whether that source was seen to say so.
    #[serde(default)]
    pub verified: bool,
}

/// A relation between a substance and a scheduled one, as stated by a regulator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandsInFor {
    /// The slug of the other substance.
    pub substance: String,
    /// Why the regulator relates the two, in a sentence.
    pub note: String,
    /// The key of the source.
    pub source: String,
    /// Whether that source was seen to say so.
    #[serde(default)]
    pub verified: bool,
}

impl Substance {
    /// Which table of the 1988 Convention it stood in on that day.
    #[must_use]
    pub fn table_on(&self, on: Date) -> Option<Table> {
        let tables = self.listings.iter().filter(|listing| listing.in_force(on)).filter_map(Listing::table);
        tables.min()
    }

    /// Whether it was scheduled, that is in Table I or II of the 1988 Convention, on that day.
    #[must_use]
    pub fn is_scheduled(&self, on: Date) -> bool {
        self.table_on(on).is_some()
    }

    /// Where it stood on that day.
    #[must_use]
    pub fn status_on(&self, on: Date) -> Status<'_> {
        Status {
            table: self.table_on(on),
            listings: self.listings.iter().filter(|listing| listing.in_force(on)).collect(),
        }
    }

    /// The density for comparing with thresholds.
    #[must_use]
    pub fn density(&self) -> Option<Density> {
        self.density.as_ref().map(|note| note.grams_per_litre)
    }
}

impl Table {
    /// `Table I` or `Table II`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::I => "Table I",
            Self::II => "Table II",
        }
    }
}
