//! Finding substances and categories of lists by what people write: names, synonyms, handles, CAS numbers.

use std::collections::HashMap;

use super::Scope;
use crate::{
    fold::squash,
    substance::{Catalogue, Confidentiality, Substance},
};

/// Everything that can be written for a substance or a category. Made once for many entries.
#[derive(Debug)]
pub struct Names<'c> {
    catalogue: &'c Catalogue,
    by_name: HashMap<String, Scope>,
}

impl<'c> Names<'c> {
    /// For those who may know of every entry of the catalogue.
    #[must_use]
    pub fn of_all(catalogue: &'c Catalogue) -> Self {
        Self::of(catalogue, |_| true)
    }

    /// For everybody: without what is confidential.
    #[must_use]
    pub fn of_public(catalogue: &'c Catalogue) -> Self {
        Self::of(catalogue, |how| how == Confidentiality::Public)
    }

    fn of(catalogue: &'c Catalogue, shown: impl Fn(Confidentiality) -> bool) -> Self {
        let mut by_name = HashMap::new();
        let known: Vec<&Substance> =
            catalogue.all().iter().filter(|substance| shown(substance.confidentiality)).collect();
        let mut add = |text: &str, scope: &dyn Fn() -> Scope| {
            by_name.entry(squash(text)).or_insert_with(scope);
        };
        // The names of all before the synonyms of any: a synonym never hides a name.
        for substance in &known {
            let scope = || Scope::Substance(substance.slug.clone());
            add(&substance.slug, &scope);
            add(&substance.name, &scope);
        }
        for substance in &known {
            let scope = || Scope::Substance(substance.slug.clone());
            let synonyms = substance.synonyms.iter().map(|synonym| synonym.text.as_str());
            synonyms.chain(substance.inn.as_deref()).for_each(|name| add(name, &scope));
            substance.cas.iter().for_each(|cas| add(&cas.number.to_string(), &scope));
            for listing in substance.listings.iter().filter(|listing| shown(listing.confidentiality)) {
                let Some(list) = catalogue.list(&listing.list) else { continue };
                let scope = || Scope::Listed { list: listing.list.clone(), category: listing.category.clone() };
                add(&format!("{}{}", list.short, listing.category), &scope);
                add(&format!("{}{}", list.id, listing.category), &scope);
            }
        }
        Self { catalogue, by_name }
    }

    /// The catalogue behind it.
    #[must_use]
    pub const fn catalogue(&self) -> &'c Catalogue {
        self.catalogue
    }

    /// What somebody means who writes this.
    #[must_use]
    pub fn scope(&self, text: &str) -> Option<Scope> {
        self.by_name.get(&squash(text)).filter(|_| !text.trim().is_empty()).cloned()
    }

    /// The substance that somebody means who writes this.
    #[must_use]
    pub fn substance(&self, text: &str) -> Option<&'c Substance> {
        match self.scope(text)? {
            Scope::Substance(slug) => self.catalogue.find(&slug),
            Scope::Listed { .. } => None,
        }
    }
}
