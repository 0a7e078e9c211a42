//! Legal entity identifiers with their reference data, as GLEIF publishes them (LEI-CDF, level 1).
//!
//! What a company record has no place for (validation sources, further addresses, geocodes) is passed over.

use std::io::BufRead;

use domain::country::Country;
use domain::date::Date;
use domain::identifiers::{self, IdKind};
use serde::{Deserialize, Serialize};

use super::announced::read_announced;
use super::log::{At, Log};
use super::xml::{Node, Shape};
use super::{Format, Refused, Summary, births};
use crate::entry::Kind;

const SHAPE: Shape = Shape { expected: Format::LeiCdf.label(), root: "LEIData", records: &["LEIHeader", "LEIRecord"] };

/// A company with its legal entity identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// The identifier.
    pub lei: String,
    /// The name in law.
    pub legal_name: String,
    /// The language of that name, as the file gives it; empty if not.
    pub language: String,
    /// Names in other languages, trading names, former names, transliterations.
    pub other_names: Vec<CompanyName>,
    /// The address in law.
    pub legal_address: CompanyAddress,
    /// Where it is led from.
    pub headquarters: CompanyAddress,
    /// The register, by its code in GLEIF's list (`RA000469`).
    pub register: String,
    /// The number in that register.
    pub register_number: String,
    /// Under which law it stands: a country, or a part of one (`US-DE`).
    pub jurisdiction: String,
    /// The legal form, by its code (ISO 20275); `8888` if it has none.
    pub legal_form: String,
    /// The legal form in words, where it has no code.
    pub legal_form_text: String,
    /// `ACTIVE`, `INACTIVE`.
    pub status: String,
    /// Whether the entry itself is maintained: `ISSUED`, `LAPSED`, `RETIRED` and others.
    pub registration: String,
    /// When it was last changed.
    pub updated_on: Option<Date>,
    /// Until when it should be renewed.
    pub renewal_on: Option<Date>,
}

/// A further name of a company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyName {
    /// The name.
    pub text: String,
    /// What sort of name, in the file's words (`TRADING_OR_OPERATING_NAME`, `PREVIOUS_LEGAL_NAME`).
    pub sort: String,
    /// Its language; empty if it is not given.
    pub language: String,
}

/// An address of a company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyAddress {
    /// Street and house, line by line.
    pub lines: Vec<String>,
    /// The town.
    pub city: String,
    /// The region, by its code (ISO 3166-2).
    pub region: String,
    /// The postcode.
    pub postcode: String,
    /// The country.
    pub country: Option<Country>,
}

pub(super) fn read(input: &mut dyn BufRead, keep: &mut dyn FnMut(Company)) -> Result<Summary, Refused> {
    read_announced(input, &SHAPE, &["LEIHeader", "ContentDate", "RecordCount"], &mut |node, log| {
        company(node, log, keep)
    })
}

fn company(mut node: Node, log: &mut Log, keep: &mut dyn FnMut(Company)) {
    let lei = node.take_text("LEI");
    let mut entity = node.take_one("Entity").unwrap_or_default();
    let mut registration = node.take_one("Registration").unwrap_or_default();
    let at = |field| At { line: node.line, record: &lei, field };
    if identifiers::check(IdKind::Lei, None, &lei).is_invalid() {
        log.note(at("LEI"), "the identifier is wrong by its check digits; kept as it is");
    }
    let mut legal_name = entity.take_one("LegalName").unwrap_or_default();
    let mut register = entity.take_one("RegistrationAuthority").unwrap_or_default();
    let mut form = entity.take_one("LegalForm").unwrap_or_default();
    let company = Company {
        language: legal_name.attribute("lang"),
        legal_name: legal_name.own_text(),
        other_names: other_names(&mut entity),
        legal_address: address(entity.take_one("LegalAddress"), log, &at("LegalAddress")),
        headquarters: address(entity.take_one("HeadquartersAddress"), log, &at("HeadquartersAddress")),
        register: register.take_text("RegistrationAuthorityID"),
        register_number: register.take_text("RegistrationAuthorityEntityID"),
        jurisdiction: entity.take_text("LegalJurisdiction"),
        legal_form: form.take_text("EntityLegalFormCode"),
        legal_form_text: form.take_text("OtherLegalForm"),
        status: entity.take_text("EntityStatus"),
        registration: registration.take_text("RegistrationStatus"),
        updated_on: date(&registration.take_text("LastUpdateDate"), log, &at("LastUpdateDate")),
        renewal_on: date(&registration.take_text("NextRenewalDate"), log, &at("NextRenewalDate")),
        lei: lei.clone(),
    };
    if company.legal_name.is_empty() || lei.is_empty() {
        log.note(at(""), "it has no name or no identifier and was left out");
        return;
    }
    let lei = log.unique(node.line, company.lei.clone());
    log.count(Kind::Organisation);
    keep(Company { lei, ..company });
}

/// The instant's day.
fn date(text: &str, log: &mut Log, at: &At<'_>) -> Option<Date> {
    if text.is_empty() {
        return None;
    }
    let day = births::day(text);
    if day.is_none() {
        log.note(*at, format!("\u{201c}{text}\u{201d} is no date; left out"));
    }
    day
}

fn other_names(entity: &mut Node) -> Vec<CompanyName> {
    let names = entity.take_items("OtherEntityNames", "OtherEntityName");
    let transliterated = entity.take_items("TransliteratedOtherEntityNames", "TransliteratedOtherEntityName");
    let all = names.into_iter().chain(transliterated);
    let all = all.map(|mut name| CompanyName {
        sort: name.attribute("type"),
        language: name.attribute("lang"),
        text: name.own_text(),
    });
    all.filter(|name| !name.text.is_empty()).collect()
}

fn address(node: Option<Node>, log: &mut Log, at: &At<'_>) -> CompanyAddress {
    let mut node = node.unwrap_or_default();
    let first = ["FirstAddressLine", "Line1"].map(|name| node.take_text(name));
    let more = node.take("AdditionalAddressLine").into_iter().map(|mut line| line.own_text());
    let lines: Vec<String> = first.into_iter().chain(more).filter(|line| !line.is_empty()).collect();
    let code = node.take_text("Country");
    let country = Country::parse(&code).ok();
    if country.is_none() && !code.is_empty() {
        log.note(*at, format!("we know no country \u{201c}{code}\u{201d}; left out"));
    }
    CompanyAddress {
        lines,
        city: node.take_text("City"),
        region: node.take_text("Region"),
        postcode: node.take_text("PostalCode"),
        country,
    }
}
