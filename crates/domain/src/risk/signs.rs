//! What is looked for in the facts of a customer.

use serde::{Deserialize, Serialize};

use super::{DocumentFact, Facts, Rule, Screening, SubstanceFact};
use crate::{country::Country, customer::document::DocumentKind, customer::per_cent, fold::words, organisation::coded};

/// From which share on, in hundredths of a per cent, somebody has to be known.
const KNOWN: u32 = crate::customer::ownership::BENEFICIAL;
/// Milligrams in a gram.
const GRAM: i64 = 1_000;

coded! {
    /// A sign; what it says is the rule's.
    Sign {
        /// Nothing identifies the firm.
        Unidentified = "unidentified", "Nothing identifies the firm";
        /// Founded less than `months` ago.
        Young = "young", "Young";
        /// A quarter or more is not traced to people.
        Untraced = "untraced", "Owners not traced";
        /// A trust holds a quarter or more.
        Trust = "trust", "Owned by a trust";
        /// Nobody directs it.
        Nobody = "nobody", "Nobody is named";
        /// Registered in one of `countries`.
        Country = "country", "Country of registration";
        /// Goods go to one of `countries`.
        Destination = "destination", "Destination";
        /// Goods go to another country than where it is registered.
        Elsewhere = "elsewhere", "Goods go elsewhere";
        /// One of `words` stands in an address.
        Address = "address", "Kind of address";
        /// Mail from anybody's domain.
        FreeMail = "free_mail", "Free mail";
        /// An account of somebody else.
        ThirdPartyAccount = "third_party_account", "Account of somebody else";
        /// No account at all.
        NoAccount = "no_account", "No account";
        /// Nothing is known of its business.
        BusinessUnknown = "business_unknown", "Business not known";
        /// Its business does not need a substance.
        Implausible = "implausible", "Business does not need it";
        /// A substance stands in one of `categories`.
        Listed = "listed", "Listed substance";
        /// A listed substance of `amount` or more in a year.
        Quantity = "quantity", "Quantity";
        /// A substance in one of `categories` without a licence on file.
        Unlicensed = "unlicensed", "No licence";
        /// The authority does not confirm a licence.
        LicenceDenied = "licence_denied", "Licence not confirmed";
        /// A substance in one of `categories` without a declaration.
        Undeclared = "undeclared", "No declaration";
        /// `per_cent` or more of what was declared is used, and more.
        Overdrawn = "overdrawn", "More than declared";
        /// None of a kind of `documents`.
        MissingDocument = "missing_document", "Missing document";
        /// A document has ended.
        ExpiredDocument = "expired_document", "Expired document";
        /// A document is in doubt.
        DoubtfulDocument = "doubtful_document", "Document in doubt";
        /// A document was not checked.
        UncheckedDocument = "unchecked_document", "Document not checked";
        /// Nobody was looked for.
        NotScreened = "not_screened", "Not screened";
        /// Hits wait.
        HitsOpen = "hits_open", "Open hits";
        /// Hits of which nobody is sure.
        HitsUnsure = "hits_unsure", "Unsure hits";
        /// Hits that are a match.
        HitsMatch = "hits_match", "Matches";
        /// Reported by the company.
        Reported = "reported", "Reported before";
        /// Refused by the company.
        Refused = "refused", "Refused before";
    }
}

/// What was found, for the words of the rule; none if it was not.
type Found = Option<Vec<String>>;

fn yes(found: bool) -> Found {
    found.then(Vec::new)
}

fn some(found: Vec<String>) -> Found {
    (!found.is_empty()).then_some(found)
}

fn count(hits: Option<u32>) -> Found {
    hits.filter(|hits| *hits > 0).map(|hits| vec![hits.to_string()])
}

impl Sign {
    /// What of it stands in the facts.
    #[must_use]
    pub fn found(self, facts: &Facts, rule: &Rule) -> Found {
        let screening = |hits: fn(Screening) -> u32| count(facts.screening.map(hits));
        match self {
            Self::Unidentified => yes(!facts.identified),
            Self::Young => yes(facts.age_months.is_some_and(|months| months < rule.months)),
            Self::Untraced => (facts.untraced >= KNOWN).then(|| vec![per_cent(facts.untraced)]),
            Self::Trust => some(facts.trusts.clone()),
            Self::Nobody => yes(!facts.has_head),
            Self::Country => some(named(facts.country.iter().filter(|country| rule.countries.contains(country)))),
            Self::Destination => {
                some(named(facts.destinations.iter().filter(|country| rule.countries.contains(country))))
            }
            Self::Elsewhere => {
                let home = facts.country;
                some(named(facts.destinations.iter().filter(|country| home.is_some_and(|home| home != **country))))
            }
            Self::Address => {
                some(facts.addresses.iter().filter(|address| says(address, &rule.words)).cloned().collect())
            }
            Self::FreeMail => some(facts.free_mail.clone()),
            Self::ThirdPartyAccount => some(facts.other_holders.clone()),
            Self::NoAccount => yes(!facts.has_account),
            Self::BusinessUnknown => yes(!facts.has_business),
            Self::Implausible => substances(facts, |substance| substance.plausible == Some(false)),
            Self::Listed => substances(facts, |substance| is_in(substance, rule)),
            Self::Quantity => {
                let most = rule.amount.map_or(i64::MAX, |amount| amount.base / GRAM);
                substances(facts, |it| !it.categories.is_empty() && it.grams.is_some_and(|grams| grams >= most))
            }
            Self::Unlicensed => substances(facts, |it| is_in(it, rule) && !it.licensed && it.confirmed != Some(true)),
            Self::LicenceDenied => substances(facts, |substance| substance.confirmed == Some(false)),
            Self::Undeclared => substances(facts, |substance| is_in(substance, rule) && !substance.declared),
            Self::Overdrawn => substances(facts, |substance| substance.used.is_some_and(|used| used > rule.per_cent)),
            Self::MissingDocument => missing(facts, rule),
            Self::ExpiredDocument => documents(facts, |document| document.expired),
            Self::DoubtfulDocument => documents(facts, |document| document.doubtful),
            Self::UncheckedDocument => documents(facts, |document| !document.checked),
            Self::NotScreened => yes(facts.screening.is_some_and(|screening| !screening.done)),
            Self::HitsOpen => screening(|found| found.open),
            Self::HitsUnsure => screening(|found| found.unsure),
            Self::HitsMatch => screening(|found| found.matches),
            Self::Reported => yes(facts.reported),
            Self::Refused => yes(facts.refused),
        }
    }
}

fn named<'a>(countries: impl Iterator<Item = &'a Country>) -> Vec<String> {
    let mut names: Vec<String> = countries.map(|country| country.name().to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

/// Whether one of some folded words stands in a text, as whole words.
fn says(text: &str, of: &[String]) -> bool {
    let text = format!(" {} ", words(text));
    of.iter().any(|word| text.contains(&format!(" {word} ")))
}

fn is_in(substance: &SubstanceFact, rule: &Rule) -> bool {
    substance.categories.iter().any(|category| rule.categories.contains(category))
}

fn substances(facts: &Facts, found: impl Fn(&SubstanceFact) -> bool) -> Found {
    some(facts.substances.iter().filter(|substance| found(substance)).map(|it| it.name.clone()).collect())
}

fn documents(facts: &Facts, found: impl Fn(&DocumentFact) -> bool) -> Found {
    some(facts.documents.iter().filter(|document| found(document)).map(|it| it.name.clone()).collect())
}

fn missing(facts: &Facts, rule: &Rule) -> Found {
    let has = |kind: &str| facts.documents.iter().any(|document| document.kind == kind);
    let label = |kind: &String| DocumentKind::from_code(kind).map_or(kind.clone(), |kind| kind.label().to_lowercase());
    some(rule.documents.iter().filter(|kind| !has(kind)).map(label).collect())
}
