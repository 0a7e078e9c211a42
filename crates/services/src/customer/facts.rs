//! What is known of a customer, gathered for its rating: a function for each source.
//!
//! [`gather`] asks all of them. A source that is added fills its fields of [`Facts`] in a function of its own here and gets its
//! line there; whatever changes in it says so with [`super::risk::mark`].

use domain::{
    country::{Country, Jurisdiction},
    customer::{
        Customer,
        decision::goods_go_to,
        document::{DocumentKind, Outcome as Checked},
        ownership::ownership,
        parties,
        spec::{HolderKind, Licensed, PersonRole},
    },
    date::Date,
    declaration as declared,
    fact::{Fact, FactKind, of_party},
    fold::words,
    identifiers,
    ids::{CustomerId, OrgId, ReportId, UserId},
    indicator::Substances as _,
    licence::request::Outcome,
    organisation::OperatorRole,
    plausible::{Fit, plausible},
    quantity::{Dimension, Quantity},
    report::Party,
    risk::{DocumentFact, Facts, Screening, SubstanceFact},
};
use store::{
    Read,
    customer::{decision, document as papers, document::DocumentRow},
    org::OrgRow,
    report::own::Asker,
};
use uuid::Uuid;

use super::screening::state_of;
use crate::{Context, Result, declaration, licence, report::access};

/// All of a whole, in hundredths of a per cent.
const WHOLE: u32 = 10_000;
/// Milligrams in a gram.
const GRAM: i64 = 1_000;

/// A customer whose facts are asked for.
pub(super) struct Asked<'a> {
    /// Who.
    pub id: CustomerId,
    /// Its file.
    pub file: &'a Customer,
    /// The company whose file it is.
    pub company: &'a OrgRow,
    /// What day it is there.
    pub today: Date,
}

/// Everything that is known.
pub(super) async fn gather(ctx: &Context, db: &mut impl Read, asked: &Asked<'_>) -> Result<Facts> {
    let mut papers = papers::of_customer(db, asked.id).await?;
    papers.retain(|row| row.ended_at.is_none());
    let mut facts = of_file(asked.file, asked.today);
    facts.documents = papers.iter().map(|row| document(row, asked.today)).collect();
    facts.substances = substances(ctx, asked);
    licences(ctx, asked, &papers, &mut facts.substances).await?;
    declarations(ctx, asked, &papers, &mut facts.substances).await?;
    facts.screening = screening(ctx, asked).await?;
    facts.reported = reported(db, asked).await?;
    facts.refused = decision::refused(db, asked.id).await? > 0;
    Ok(facts)
}

/// What the file itself says.
fn of_file(file: &Customer, today: Date) -> Facts {
    let numbers = ["vat", "lei", "eori", "duns"];
    let identified = !file.text("identity", "registration_number").is_empty()
        || numbers.iter().any(|field| !file.text("numbers", field).is_empty());
    let founded: Option<Date> = file.text("identity", "founded").parse().ok();
    let business = ["roles", "isic", "nace", "products"];
    let line = |entry: &domain::customer::Entry, fields: &[&str]| {
        let texts = fields.iter().map(|field| entry.fields.one(field).replace('\n', ", "));
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let addresses = file.entries("address").iter().map(|entry| line(entry, &["street", "town"]));
    let sites = file.entries("site").iter().map(|entry| line(entry, &["name", "address"]));
    let mut destinations: Vec<Country> = goods_go_to(file).collect();
    destinations.sort_unstable();
    destinations.dedup();
    Facts {
        country: file.country(),
        destinations,
        identified,
        age_months: founded.map(|day| day.months_until(today)),
        untraced: untraced(file),
        trusts: trusts(file),
        has_head: file.entries("person").iter().any(|entry| directs(entry.fields.many("roles"))),
        has_business: business.iter().any(|field| !file.text("business", field).is_empty()),
        addresses: addresses.chain(sites).collect(),
        free_mail: free_mail(file),
        other_holders: other_holders(file),
        has_account: !file.entries("bank").is_empty(),
        ..Facts::default()
    }
}

fn directs(roles: &[String]) -> bool {
    let heads = [PersonRole::Director.code(), PersonRole::Signatory.code()];
    roles.iter().any(|role| heads.contains(&role.as_str()))
}

/// What part of it is held by nobody who is a person or a state.
fn untraced(file: &Customer) -> u32 {
    let ends = |kind: HolderKind| matches!(kind, HolderKind::Person | HolderKind::State);
    let holders = ownership(file).holders;
    let traced: u32 = holders.iter().filter(|holder| ends(holder.kind)).map(|holder| holder.total).sum();
    WHOLE.saturating_sub(traced)
}

fn trusts(file: &Customer) -> Vec<String> {
    let holders = ownership(file).holders.into_iter();
    holders.filter(|holder| holder.kind == HolderKind::Trust && holder.is_beneficial()).map(|it| it.name).collect()
}

fn free_mail(file: &Customer) -> Vec<String> {
    let domains = file.entries("web").iter().map(|entry| entry.fields.one("domain").to_owned());
    let mails = file.entries("person").iter().filter_map(|entry| identifiers::domain_of(entry.fields.one("email")));
    let mut found: Vec<String> = domains.chain(mails).filter(|domain| identifiers::is_free_mail(domain)).collect();
    found.sort();
    found.dedup();
    found
}

/// Holders of accounts who are not the firm under one of its names.
fn other_holders(file: &Customer) -> Vec<String> {
    let own: Vec<String> = parties(file).into_iter().take(1).flat_map(|firm| firm.names).map(|it| words(&it)).collect();
    let holders = file.entries("bank").iter().map(|entry| entry.fields.one("holder").to_owned());
    holders.filter(|holder| !own.contains(&words(holder))).collect()
}

fn document(row: &DocumentRow, today: Date) -> DocumentFact {
    let label = DocumentKind::from_code(&row.kind).map_or("", DocumentKind::label);
    let name = [label, &row.about, &row.number].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    DocumentFact {
        kind: row.kind.clone(),
        name: name.join(" "),
        expired: has_ended(row, today),
        doubtful: row.outcome == Checked::Doubtful.code(),
        checked: row.checked_at.is_some(),
    }
}

fn has_ended(row: &DocumentRow, today: Date) -> bool {
    row.expires_on.is_some_and(|day| day < today.days())
}

/// What it is expected to buy, with where each substance stands.
fn substances(ctx: &Context, asked: &Asked<'_>) -> Vec<SubstanceFact> {
    let (catalogue, today) = (ctx.catalogue(), asked.today);
    let (ours, theirs) = (Country::parse(&asked.company.country).ok(), asked.file.country());
    let applies = |list: Jurisdiction| {
        let covers = |country: Option<Country>| country.is_some_and(|country| list.covers(country, today));
        covers(ours) || covers(theirs)
    };
    let (isic, nace) = (asked.file.text("business", "isic"), asked.file.text("business", "nace"));
    let business = asked.file.only("business");
    let roles: Vec<OperatorRole> = business
        .map(|fields| fields.many("roles").iter().filter_map(|code| OperatorRole::from_code(code)).collect())
        .unwrap_or_default();
    let one = |entry: &domain::customer::Entry| {
        let (name, cas) = (entry.fields.one("name"), entry.fields.one("cas"));
        let about = catalogue.about(name, cas, ours, Some(today));
        let density = about.as_ref().and_then(|about| about.density);
        let slug = about.as_ref().map(|about| about.slug.clone()).unwrap_or_default();
        let mut categories: Vec<String> = about
            .map(|about| {
                about.lists.into_iter().filter(|list| applies(list.jurisdiction)).map(|it| it.category).collect()
            })
            .unwrap_or_default();
        categories.sort();
        categories.dedup();
        let yearly = Quantity::parse(entry.fields.one("yearly")).ok();
        let known = catalogue.find(&slug).map(|substance| plausible(substance, isic, nace, &roles).fit);
        SubstanceFact {
            name: name.to_owned(),
            slug,
            categories,
            plausible: known.filter(|fit| *fit != Fit::Unknown).map(|fit| fit != Fit::Unusual),
            grams: yearly.and_then(|it| it.measured_as(Dimension::Mass, density)).map(|mass| mass.base / GRAM),
            ..SubstanceFact::default()
        }
    };
    asked.file.entries("substance").iter().map(one).collect()
}

/// Licences: those of sites, those that are kept as documents, and what the authority answered about them.
async fn licences(
    ctx: &Context,
    asked: &Asked<'_>,
    papers: &[DocumentRow],
    substances: &mut [SubstanceFact],
) -> Result<()> {
    let held = has_licensed_site(asked.file, asked.today);
    let answers = licence::standing(ctx, OrgId(asked.company.id), asked.id).await?;
    for substance in substances {
        substance.licensed = held || covers(papers, DocumentKind::Licence, &substance.name, asked.today);
        let about = answers.iter().filter(|answer| is_about(substance, &answer.substance, &answer.substance_name));
        let told = about
            .filter(|answer| matches!(answer.outcome, Some(Outcome::Valid | Outcome::Limited | Outcome::NotValid)));
        // One site that may is enough: for which one, the decision says.
        substance.confirmed = told.map(|answer| answer.holds(asked.today)).reduce(|one, other| one || other);
    }
    Ok(())
}

/// Declarations of use: those that were signed here, and those that are kept as documents.
async fn declarations(
    ctx: &Context,
    asked: &Asked<'_>,
    papers: &[DocumentRow],
    substances: &mut [SubstanceFact],
) -> Result<()> {
    let signed = declaration::standing(ctx, OrgId(asked.company.id), asked.id).await?;
    for substance in substances {
        let about = signed.iter().filter(|one| is_about(substance, &one.slug, &one.substance));
        let about: Vec<_> = about.collect();
        let in_force = about.iter().any(|one| one.state == declared::State::InForce);
        substance.declared = in_force || covers(papers, DocumentKind::Declaration, &substance.name, asked.today);
        let used = about
            .iter()
            .filter(|one| one.ceiling.base > 0)
            .map(|one| one.used.base.saturating_mul(100) / one.ceiling.base);
        substance.used = used.max().and_then(|used| u32::try_from(used).ok());
    }
    Ok(())
}

/// Whether something that names a substance by its handle, or by its name where the catalogue has none, means this one.
fn is_about(substance: &SubstanceFact, slug: &str, name: &str) -> bool {
    if slug.is_empty() || substance.slug.is_empty() {
        words(&substance.name) == words(name)
    } else {
        substance.slug == slug
    }
}

/// Whether a site is licensed today, or needs no licence.
fn has_licensed_site(file: &Customer, today: Date) -> bool {
    file.entries("site").iter().any(|entry| match Licensed::from_code(entry.fields.one("licensed")) {
        Some(Licensed::Yes) => match entry.fields.one("licence_until") {
            // Not every licence has an end.
            "" => true,
            until => until.parse::<Date>().is_ok_and(|day| day >= today),
        },
        Some(Licensed::NotNeeded) => true,
        _ => false,
    })
}

/// Whether a document of this kind, about the firm as a whole or about this substance, holds today.
fn covers(papers: &[DocumentRow], kind: DocumentKind, substance: &str, today: Date) -> bool {
    let name = words(substance);
    let fits = |row: &&DocumentRow| {
        let about = words(&row.about);
        about.is_empty() || about.contains(&name) || name.contains(&about)
    };
    let holds = |row: &&DocumentRow| !has_ended(row, today) && row.outcome != Checked::Doubtful.code();
    papers.iter().filter(|row| row.kind == kind.code()).filter(fits).any(|row| holds(&row))
}

/// How those in the file stand on watch lists: nothing is known where no list is in force.
async fn screening(ctx: &Context, asked: &Asked<'_>) -> Result<Option<Screening>> {
    let tally = state_of(ctx, OrgId(asked.company.id), asked.id).await?;
    let count = |hits: i64| u32::try_from(hits).unwrap_or(u32::MAX);
    let known = tally.due || tally.lists > 0;
    Ok(known.then(|| Screening {
        done: !tally.due,
        open: count(tally.open + tally.waiting),
        unsure: count(tally.unsure),
        matches: count(tally.matches),
    }))
}

/// Whether the company has reported this customer: in a report begun from the file, or in one about somebody with its name or
/// one of its numbers.
async fn reported(db: &mut impl Read, asked: &Asked<'_>) -> Result<bool> {
    if decision::reported(db, asked.id).await? > 0 {
        return Ok(true);
    }
    let Some(authority) = access::authority_of(db, asked.company).await? else { return Ok(false) };
    let asker = Asker { org: OrgId(asked.company.id), person: UserId(Uuid::nil()), sees_all: true };
    for fact in known_by(asked.file, asked.company) {
        if store::fact::reported(db, authority, asker, ReportId(Uuid::nil()), &fact).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// By what a report about the customer would know it.
fn known_by(file: &Customer, company: &OrgRow) -> Vec<Fact> {
    let party = Party {
        name: file.name().to_owned(),
        also: file.entries("name").iter().map(|entry| entry.fields.one("name").to_owned()).collect(),
        country: file.country(),
        registration: file.text("identity", "registration_number").to_owned(),
        vat: file.text("numbers", "vat").to_owned(),
        ..Party::default()
    };
    let telling = [FactKind::Name, FactKind::Registration, FactKind::Vat];
    let mut found = of_party(&party, Country::parse(&company.country).ok());
    found.retain(|fact| telling.contains(&fact.kind));
    found
}
