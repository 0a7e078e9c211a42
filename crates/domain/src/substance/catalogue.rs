//! The whole catalogue: found by handle, number or family, checked as a whole when it is read.

mod check;

use std::collections::{BTreeMap, HashMap};

use super::{Cas, Confidentiality, Family, Kind, List, Listing, PublicSubstance, Source, Substance, Threshold};
use crate::cas::{Fold, Known, KnownEntry, Meaning};
use crate::country::Country;
use crate::date::Date;
use crate::search::{Index, SearchEntry};

/// Every entry, the lists they stand on and the sources of both.
#[derive(Clone, Debug)]
pub struct Catalogue {
    substances: Vec<Substance>,
    lists: Vec<List>,
    sources: Vec<Source>,
    by_slug: BTreeMap<String, usize>,
    /// Public entries by each of their names, folded in each way of [`Fold::ALL`].
    by_name: [HashMap<String, Vec<usize>>; 2],
}

/// Why data files are no catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// A file does not have the form: its name and what the reader says.
    #[error("data/{0}: {1}")]
    Unreadable(String, String),
    /// The entries break rules: every breach, one by one.
    #[error("the catalogue breaks its rules: {}", .0.join("; "))]
    Breaches(Vec<String>),
}

/// A threshold that applies in a country on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce<'a> {
    /// The place on a list that it belongs to.
    pub listing: &'a Listing,
    /// The threshold.
    pub threshold: &'a Threshold,
}

impl InForce<'_> {
    /// Whether both the listing and the figure were seen in a source. Only then may a rule treat it as hard.
    #[must_use]
    pub const fn is_hard(&self) -> bool {
        self.listing.verified && self.threshold.verified
    }
}

impl Catalogue {
    /// Checks entries, lists and sources against each other.
    ///
    /// # Errors
    /// [`CatalogueError::Breaches`] with every rule that is broken.
    pub fn new(substances: Vec<Substance>, lists: Vec<List>, sources: Vec<Source>) -> Result<Self, CatalogueError> {
        let catalogue = Self::part(substances, lists, sources);
        let breaches = check::breaches(&catalogue);
        if breaches.is_empty() { Ok(catalogue) } else { Err(CatalogueError::Breaches(breaches)) }
    }

    /// A part of a catalogue that was checked as a whole where it was read: entries of it may lack what is not for the
    /// reader, or point to entries that are left out.
    #[must_use]
    pub fn part(substances: Vec<Substance>, lists: Vec<List>, sources: Vec<Source>) -> Self {
        let by_slug = substances.iter().enumerate().map(|(place, substance)| (substance.slug.clone(), place)).collect();
        let by_name = Fold::ALL.map(|fold| names(&substances, fold));
        Self { substances, lists, sources, by_slug, by_name }
    }

    /// Every entry, confidential ones included, in the order of the data files.
    #[must_use]
    pub fn all(&self) -> &[Substance] {
        &self.substances
    }

    /// Every list.
    #[must_use]
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// Every source.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The list with this handle.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.id == id)
    }

    /// The source with this key.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The entry with this handle.
    #[must_use]
    pub fn find(&self, slug: &str) -> Option<&Substance> {
        self.by_slug.get(slug).map(|place| &self.substances[*place])
    }

    /// The entry with this CAS number, be it that of a salt or an isomer.
    #[must_use]
    pub fn by_cas(&self, cas: Cas) -> Option<&Substance> {
        self.substances.iter().find(|substance| substance.cas.iter().any(|number| number.number == cas))
    }

    /// What everybody may see of an entry; nothing if the entry itself is confidential.
    #[must_use]
    pub fn public_view(&self, substance: &Substance) -> Option<PublicSubstance> {
        PublicSubstance::of(substance)
    }

    /// What everybody may see of the entry with this handle.
    #[must_use]
    pub fn find_public(&self, slug: &str) -> Option<PublicSubstance> {
        self.find(slug).and_then(PublicSubstance::of)
    }

    /// The thresholds that apply to `substance` in `country` on that day, the verified ones first, then the lowest.
    #[must_use]
    pub fn thresholds<'a>(&self, substance: &'a Substance, country: Country, on: Date) -> Vec<InForce<'a>> {
        let applies = |listing: &&Listing| listing.in_force(on) && listing.jurisdiction.covers(country, on);
        let listings = substance.listings.iter().filter(applies);
        let mut found: Vec<InForce<'a>> = listings
            .flat_map(|listing| listing.thresholds.iter().map(move |threshold| InForce { listing, threshold }))
            .collect();
        found.sort_by_key(|entry| (!entry.is_hard(), entry.threshold.quantity.base));
        found
    }

    /// The family rule that `substance` belongs to, or is, with its members.
    #[must_use]
    pub fn family(&self, substance: &Substance) -> Option<Family<'_>> {
        let slug = if substance.kind == Kind::FamilyRule { &substance.slug } else { substance.family.as_ref()? };
        let rule = self.find(slug)?;
        let belongs = |member: &&Substance| member.family.as_ref() == Some(slug);
        Some(Family { rule, members: self.substances.iter().filter(belongs).collect() })
    }

    /// The family rule that catches a name which is not in the catalogue itself.
    #[must_use]
    pub fn family_of_name(&self, name: &str) -> Option<&Substance> {
        self.substances.iter().find(|substance| substance.catches_name(name))
    }

    /// Officers only: the entries that can stand in for the one with this handle.
    #[must_use]
    pub fn stand_ins_for(&self, slug: &str) -> Vec<&Substance> {
        let stands = |substance: &&Substance| substance.stands_in_for.iter().any(|relation| relation.substance == slug);
        self.substances.iter().filter(stands).collect()
    }

    /// What the search needs to know of every public entry, with the table it stands in on that day.
    #[must_use]
    pub fn search_entries(&self, on: Date) -> Vec<SearchEntry> {
        self.public().map(|substance| SearchEntry::of(substance, on)).collect()
    }

    /// The search over every public entry.
    #[must_use]
    pub fn index(&self, on: Date) -> Index {
        Index::new(self.search_entries(on))
    }

    fn public(&self) -> impl Iterator<Item = &Substance> {
        self.substances.iter().filter(|substance| is_public(substance))
    }
}

fn is_public(substance: &Substance) -> bool {
    substance.confidentiality == Confidentiality::Public
}

/// The places of public entries by what their names fold to.
fn names(substances: &[Substance], fold: Fold) -> HashMap<String, Vec<usize>> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, substance) in substances.iter().enumerate().filter(|(_, substance)| is_public(substance)) {
        for name in entry(substance).names() {
            let bearing = places.entry(fold.of(name)).or_default();
            if bearing.last() != Some(&place) {
                bearing.push(place);
            }
        }
    }
    places
}

fn entry(substance: &Substance) -> KnownEntry<'_> {
    KnownEntry {
        slug: &substance.slug,
        name: &substance.name,
        synonyms: substance.synonyms.iter().map(|synonym| synonym.text.as_str()).collect(),
        cas: substance.cas.iter().map(|number| number.number).collect(),
    }
}

impl Known for Catalogue {
    fn known(&self) -> impl Iterator<Item = KnownEntry<'_>> {
        self.public().map(entry)
    }

    fn bearing(&self, folded: &str, fold: Fold) -> Vec<Meaning> {
        let places = self.by_name[fold as usize].get(folded);
        places.into_iter().flatten().map(|place| entry(&self.substances[*place]).meaning()).collect()
    }
}

#[cfg(test)]
mod tests;
