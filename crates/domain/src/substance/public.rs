//! What everybody may see of an entry. A type of its own, so that what is for officers cannot slip out with it.

use serde::{Deserialize, Serialize};

use super::{
    CasNumber, CnCode, Confidentiality, Contained, DensityNote, EcNumber, HsCode, Kind, Listing, Particular, Substance,
    Synonym,
};

/// A substance without what is for officers: no related drug, no stand-ins, no confidential listing, and no list of words
/// that a family rule looks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicSubstance {
    /// Its handle.
    pub slug: String,
    /// The preferred name.
    pub name: String,
    /// The international non-proprietary name.
    pub inn: Option<String>,
    /// What the entry is.
    pub kind: Kind,
    /// Other names.
    pub synonyms: Vec<Synonym>,
    /// CAS numbers.
    pub cas: Vec<CasNumber>,
    /// EC numbers.
    pub ec: Vec<EcNumber>,
    /// The PubChem compound number.
    pub pubchem: Option<u32>,
    /// Tariff codes.
    pub hs: Vec<HsCode>,
    /// Codes of the Combined Nomenclature.
    pub cn: Vec<CnCode>,
    /// The molecular formula.
    pub formula: Option<String>,
    /// The density for comparing with thresholds.
    pub density: Option<DensityNote>,
    /// What the lists say about its salts.
    pub salts: Option<String>,
    /// Whether its salts are covered.
    pub salts_included: bool,
    /// Whether its optical isomers are covered.
    pub isomers_included: bool,
    /// True if no lawful use outside research is known.
    pub no_known_use: bool,
    /// Whether a regulator was seen to say so.
    pub no_known_use_verified: bool,
    /// The slug of its family rule.
    pub family: Option<String>,
    /// What it is lawfully used for.
    pub lawful_uses: Vec<String>,
    /// For a mixture: what it contains.
    pub contains: Vec<Contained>,
    /// For equipment: what identifies one piece.
    pub particulars: Vec<Particular>,
    /// Its public places on lists.
    pub listings: Vec<Listing>,
    /// Keys of its sources.
    pub sources: Vec<String>,
    /// Anything a reader must know.
    pub notes: Option<String>,
}

impl PublicSubstance {
    /// What everybody may see of `substance`; nothing if the entry itself is not public.
    #[must_use]
    pub fn of(substance: &Substance) -> Option<Self> {
        if substance.confidentiality != Confidentiality::Public {
            return None;
        }
        let Substance {
            slug,
            name,
            inn,
            kind,
            confidentiality: _,
            synonyms,
            cas,
            ec,
            pubchem,
            hs,
            cn,
            formula,
            density,
            salts,
            salts_included,
            isomers_included,
            no_known_use,
            no_known_use_verified,
            family,
            catches: _,
            lawful_uses,
            contains,
            particulars,
            typical_drug: _,
            stands_in_for: _,
            listings,
            sources,
            notes,
        } = substance.clone();
        let listings =
            listings.into_iter().filter(|listing| listing.confidentiality == Confidentiality::Public).collect();
        Some(Self {
            slug,
            name,
            inn,
            kind,
            synonyms,
            cas,
            ec,
            pubchem,
            hs,
            cn,
            formula,
            density,
            salts,
            salts_included,
            isomers_included,
            no_known_use,
            no_known_use_verified,
            family,
            lawful_uses,
            contains,
            particulars,
            listings,
            sources,
            notes,
        })
    }
}
