//! Facts by which reports of different companies are seen to belong together: the same telephone, the same account, the
//! same name.
//!
//! A [`Fact`] has a key, which is equal for every way of writing the same thing, and the text as it was given. What is
//! compared is only what a report says of others: the reporting company's own data ([`Own`]) are never facts, and
//! neither are values that everybody has ("unknown", the domain of a free mail provider). Account numbers, LEIs, mail
//! addresses and international telephone numbers are found in free text too, where their form leaves no doubt.
//!
//! The keys are stored. Whoever changes how one is made counts [`RULES`] up, and the server derives them anew.

mod name;
mod number;
mod scan;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{
    answers::Answers,
    country::Country,
    identifiers,
    organisation::coded,
    report::{CanonicalReport, Party},
};

/// Version of the rules by which keys are made.
pub const RULES: u32 = 1;

/// Most facts kept of one report.
const MOST: usize = 200;

/// Longest key and longest text kept, in characters.
const LONGEST: usize = 200;

coded! {
    /// What a fact is about, the strongest first.
    FactKind {
        /// A bank account.
        Iban = "iban", "Bank account";
        /// A legal entity identifier.
        Lei = "lei", "Legal entity identifier (LEI)";
        /// A number for value added tax.
        Vat = "vat", "VAT number";
        /// A number in a register of companies, with its country.
        Registration = "registration", "Number in a trade register";
        /// An identity document.
        Document = "document", "Identity document";
        /// A telephone number.
        Phone = "phone", "Telephone";
        /// A mail address.
        Email = "email", "E-mail address";
        /// The address of an offer or of an account on a platform.
        Link = "link", "Address on the web";
        /// A name of a person or firm.
        Name = "name", "Name";
        /// A postal address.
        Address = "address", "Postal address";
        /// A domain of the web that is not shared by strangers.
        Domain = "domain", "Domain";
    }
}

impl FactKind {
    /// Whether two strangers can well have the same: it makes one look, and proves little.
    #[must_use]
    pub const fn is_weak(self) -> bool {
        matches!(self, Self::Name | Self::Address | Self::Domain)
    }
}

/// Something a report says of others, in a form that can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fact {
    /// What it is about.
    pub kind: FactKind,
    /// Equal for every way of writing it.
    pub key: String,
    /// As it was given.
    pub shown: String,
    /// Whose it is: the role of a party, [`Fact::DELIVERY`], [`Fact::OFFER`] or [`Fact::TEXT`].
    pub role: String,
}

impl Fact {
    /// The role of the one whom a report is about.
    pub const SUBJECT: &str = "subject";
    /// Where the goods go.
    pub const DELIVERY: &str = "delivery";
    /// Where an offer stands.
    pub const OFFER: &str = "offer";
    /// Found in what the reporter wrote in their own words.
    pub const TEXT: &str = "text";

    /// A fact, unless its key is empty.
    fn new(kind: FactKind, key: Option<String>, shown: &str, role: &str) -> Option<Self> {
        let cut = |text: &str| text.chars().take(LONGEST).collect::<String>();
        let key = cut(&key.filter(|key| !key.is_empty())?);
        let shown = cut(&shown.split_whitespace().collect::<Vec<_>>().join(" "));
        Some(Self { kind, key, shown, role: role.to_owned() })
    }
}

/// The reporting company's own data, which are never facts of its reports.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// What it is, in the form of a party.
    pub company: Party,
    /// Further texts with its telephone numbers and mail addresses.
    pub texts: Vec<String>,
}

/// The facts of a report, each kind and key once; of several who have the same, the first named.
#[must_use]
pub fn of_report(report: &CanonicalReport, answers: &Answers, own: &Own) -> Vec<Fact> {
    let home = own.company.country;
    let mut found: Vec<Fact> = report.parties.iter().flat_map(|party| of_party(party, home)).collect();
    let address = name::address(&report.delivery.address);
    found.extend(Fact::new(FactKind::Address, address, &report.delivery.address, Fact::DELIVERY));
    found.extend(Fact::new(FactKind::Link, number::link(&report.url), &report.url, Fact::OFFER));
    for (_, texts) in answers.iter().filter(|(field, _)| !is_own(field)) {
        found.extend(texts.iter().flat_map(|text| scan::text(text)));
    }
    let mut seen = own_keys(answers, own);
    found.retain(|fact| seen.insert((fact.kind, fact.key.clone())));
    found.truncate(MOST);
    found
}

/// The key under which a name is a fact; none if there is no name in the text.
#[must_use]
pub fn name_key(text: &str) -> Option<String> {
    name::name(text).filter(|key| !key.is_empty()).map(|key| key.chars().take(LONGEST).collect())
}

/// The facts of one party. A telephone number without a country is read in the party's, else in `home`.
#[must_use]
pub fn of_party(party: &Party, home: Option<Country>) -> Vec<Fact> {
    let role = party.role.as_str();
    let one = |kind, key, shown: &str| Fact::new(kind, key, shown, role);
    let mut found = Vec::new();
    for text in std::iter::once(&party.name).chain(&party.also) {
        found.extend(one(FactKind::Name, name::name(text), text));
    }
    found.extend(one(FactKind::Address, name::address(&party.address), &party.address));
    for (key, shown) in number::phones(&party.phone, party.country.or(home)) {
        found.extend(one(FactKind::Phone, Some(key), &shown));
    }
    found.extend(one(FactKind::Email, number::email(&party.email), &party.email));
    found.extend(one(FactKind::Domain, number::own_domain(&party.email), &domain_shown(&party.email)));
    found.extend(one(FactKind::Domain, number::own_domain(&party.website), &domain_shown(&party.website)));
    found.extend(one(FactKind::Link, number::account(&party.website), &party.website));
    found.extend(one(FactKind::Vat, number::vat(&party.vat, party.country), &party.vat));
    let registration = number::registration(&party.registration, party.country);
    found.extend(one(FactKind::Registration, registration, &party.registration));
    if let Some((kind, text)) = &party.document {
        found.extend(one(FactKind::Document, number::document(kind, text), text));
    }
    found
}

fn domain_shown(text: &str) -> String {
    identifiers::domain_of(text).unwrap_or_default()
}

/// Whether a field says how the authority reaches the reporter.
fn is_own(field: &str) -> bool {
    field.starts_with("contact.")
}

fn own_keys(answers: &Answers, own: &Own) -> HashSet<(FactKind, String)> {
    let home = own.company.country;
    let contact = answers.iter().filter(|(field, _)| is_own(field)).flat_map(|(_, texts)| texts);
    let texts: Vec<&String> = contact.chain(&own.texts).collect();
    let mut facts = of_party(&own.company, home);
    for text in texts {
        facts.extend(scan::text(text));
        let phones = number::phones(text, home).into_iter();
        facts.extend(phones.filter_map(|(key, shown)| Fact::new(FactKind::Phone, Some(key), &shown, "")));
        facts.extend(Fact::new(FactKind::Domain, number::own_domain(text), text, ""));
    }
    facts.into_iter().map(|fact| (fact.kind, fact.key)).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
