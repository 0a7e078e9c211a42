//! What the catalogue knows of the substances a report names. Public entries only, so that company and authority, browser
//! and server come to the same result.

use super::{About, ListedAs, Substances};
use crate::{
    cas::{Agreement, Cas, agrees, named},
    country::{Country, Jurisdiction},
    date::Date,
    substance::{Catalogue, Confidentiality, Listing, Substance},
};

impl Substances for Catalogue {
    fn about(&self, name: &str, cas: &str, country: Option<Country>, on: Option<Date>) -> Option<About> {
        let cas = Cas::parse(cas).ok();
        let by_name = named(name, self).into_iter().next().and_then(|found| self.find(&found.slug));
        let by_cas = || cas.and_then(|cas| self.by_cas(cas));
        let by_family = || self.family_of_name(name);
        let substance = by_name.or_else(by_cas).or_else(by_family)?;
        if substance.confidentiality != Confidentiality::Public {
            return None;
        }
        // Without a day, what stands without an end counts.
        let on = on.unwrap_or(Date::from_days(i64::MAX));
        let cas_fits = cas.and_then(|cas| match agrees(name, cas, self) {
            Agreement::Agrees => Some(true),
            Agreement::Differs { .. } => Some(false),
            Agreement::Unknown | Agreement::NumberKnown(_) => None,
        });
        Some(About { cas_fits, ..self.about_entry(substance, country, on) })
    }
}

impl Catalogue {
    /// What is known of an entry for a company in `country` on that day; says nothing about a CAS number.
    fn about_entry(&self, substance: &Substance, country: Option<Country>, on: Date) -> About {
        let lists: Vec<&Listing> = substance
            .listings
            .iter()
            .filter(|listing| listing.confidentiality == Confidentiality::Public)
            .filter(|listing| listing.in_force(on))
            .filter(|listing| self.list(&listing.list).is_none_or(|list| list.in_force))
            .collect();
        let applies = |listing: &&Listing| match country {
            Some(country) => listing.jurisdiction.covers(country, on),
            None => listing.jurisdiction == Jurisdiction::World,
        };
        let thresholds = country.map(|country| self.thresholds(substance, country, on));
        About {
            slug: substance.slug.clone(),
            listed: lists.iter().any(applies),
            no_known_use: substance.no_known_use,
            no_known_use_verified: substance.no_known_use && substance.no_known_use_verified,
            lists: lists
                .iter()
                .map(|listing| ListedAs {
                    jurisdiction: listing.jurisdiction,
                    category: listing.category.clone(),
                    verified: listing.verified,
                })
                .collect(),
            thresholds: thresholds
                .into_iter()
                .flatten()
                .map(|found| found.threshold.quantity)
                .filter(|quantity| quantity.base > 0)
                .collect(),
            density: substance.density(),
            cas_fits: None,
        }
    }
}
