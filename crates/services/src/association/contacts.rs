//! How an association reaches the authorities: telephone, duty mail, languages that are spoken there.

use std::collections::BTreeSet;

use domain::{
    access::{Action, Principal},
    country::Country,
    ids::OrgId,
    language::Language,
    organisation::{OrgKind, OrgStatus},
    time::Timestamp,
};

use crate::{Context, Result, draft::profile::zone_name, seat::Seat};

/// An authority, as its partners reach it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The countries for which it answers.
    pub countries: Vec<Country>,
    /// Its name.
    pub name: String,
    /// Its telephone; may be empty.
    pub phone: String,
    /// Its mail address for duty; may be empty.
    pub email: String,
    /// Its website; may be empty.
    pub website: String,
    /// Languages that somebody at the desk speaks, in English.
    pub languages: Vec<&'static str>,
    /// The time zone in which it works.
    pub zone: String,
    /// The time now, for the clock there.
    pub now: Timestamp,
}

/// The authorities that receive reports here, that of the association's country first.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without the right.
pub async fn list(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Contact>> {
    let seat = Seat::take(principal, org, Action::ViewAssociation)?;
    let mut db = ctx.db.reader();
    let mut found = Vec::new();
    for row in store::org::of_kind(&mut db, OrgKind::Authority.code()).await? {
        if row.status != OrgStatus::Approved.code() {
            continue;
        }
        let id = OrgId(row.id);
        let scopes = store::org::scopes(&mut db, id).await?;
        let mut countries: Vec<Country> =
            scopes.iter().filter_map(|(country, _)| Country::parse(country).ok()).collect();
        countries.dedup();
        let skills = store::duty::skills(&mut db, id).await?;
        let codes: BTreeSet<&str> = skills.iter().flat_map(|skill| skill.languages.split_whitespace()).collect();
        let languages = codes.into_iter().filter_map(Language::find).map(|language| language.name.as_str()).collect();
        let zone = zone_name(&row).to_owned();
        let (name, phone, email, website) = (row.name, row.phone, row.duty_email, row.website);
        found.push(Contact { countries, name, phone, email, website, languages, zone, now: ctx.now() });
    }
    let own = seat.membership.country.as_str();
    found.sort_by_key(|one| !one.countries.iter().any(|country| country.code() == own));
    Ok(found)
}
