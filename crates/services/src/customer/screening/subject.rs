//! Who is asked for: everybody in a file, in the engine's terms.

use domain::customer::{Birth, Customer, Party, PartyAddress, PartyNumber, PartyRole, parties};
use screening::{
    entry::{self, Identifier},
    evidence::Asked,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    Refusal, Result,
    customer::terms::{kind, number_kind},
};

/// Somebody in a file, as it is kept with a screening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Subject {
    /// Who: role and number of the entry.
    pub party: String,
    /// In the engine's terms.
    pub asked: Asked,
}

impl Subject {
    /// By which name it is recognised.
    pub fn name(&self) -> &str {
        self.asked.names.first().map(String::as_str).unwrap_or_default()
    }

    /// Hash of everything that is asked.
    pub fn hash(&self) -> Result<[u8; 32]> {
        Ok(Sha256::digest(json(&self.asked)?).into())
    }
}

pub(super) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Refusal::Fault(error.to_string()))
}

pub(super) fn parse<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Refusal::Fault(format!("a screening cannot be read: {error}")))
}

/// Everybody in a file.
pub(super) fn subjects(customer: &Customer) -> Vec<Subject> {
    parties(customer).into_iter().map(subject).collect()
}

fn subject(party: Party) -> Subject {
    let asked = Asked {
        kind: kind(party.kind),
        names: party.names,
        births: party.birth.map(|Birth { from, to }| entry::Birth { from, to }).into_iter().collect(),
        countries: party.countries,
        identifiers: party.numbers.into_iter().map(number).collect(),
        addresses: party.addresses.into_iter().map(address).collect(),
    };
    Subject { party: format!("{}-{}", party.role.code(), party.at.1), asked }
}

fn address(PartyAddress { text, country }: PartyAddress) -> entry::Address {
    entry::Address { text, country }
}

fn number(PartyNumber { kind, value }: PartyNumber) -> Identifier {
    Identifier { kind: number_kind(kind), value, country: None }
}

/// What somebody is, by how they are kept.
pub(super) fn role(party: &str) -> PartyRole {
    let code = party.rsplit_once('-').map_or(party, |(code, _)| code);
    PartyRole::from_code(code).unwrap_or(PartyRole::Customer)
}
