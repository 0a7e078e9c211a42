//! Whether an authority takes anonymous concerns: nobody does before somebody who leads its desk has said so, and it ends at once.

use domain::{
    access::{Action, Principal, Role},
    concern::ORG_KIND,
    country::Country,
    ids::{OrgId, UserId},
    organisation::OrgStatus,
};
use serde_json::json;
use store::{
    Tx,
    concern::{self as rows, DoorRow},
    org::{self, NewOrg},
    person::{self, NewPerson},
};

use crate::{
    Context, Result,
    audit::{self, Act},
    draft::profile::zone_name,
    error::Refusal,
    handle,
    seat::Seat,
};

/// Name of the organisation in whose name concerns stand: where others show the reporting company.
pub(crate) const NAME: &str = "Anonymous concern";
/// Name of the person who stands for all senders.
pub(super) const SENDER: &str = "Anonymous sender";

/// A country, and what somebody there can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The country.
    pub country: Country,
    /// The authority.
    pub authority: OrgId,
    /// Its name.
    pub name: String,
    /// Its telephone; may be empty.
    pub phone: String,
    /// Whether it takes anonymous concerns.
    pub is_open: bool,
}

/// The setting of an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// Whether it takes anonymous concerns.
    pub is_open: bool,
    /// For the next change.
    pub version: i64,
}

/// Every country for which somebody answers here, by name, with the authority that is asked first.
///
/// # Errors
/// If the store fails.
pub async fn places(ctx: &Context) -> Result<Vec<Place>> {
    let mut places: Vec<Place> = Vec::new();
    for row in rows::places(&mut ctx.db.reader()).await? {
        let Ok(country) = Country::parse(&row.country) else { continue };
        if places.last().is_none_or(|last| last.country != country) {
            let authority = OrgId(row.authority_id);
            places.push(Place { country, authority, name: row.name, phone: row.phone, is_open: row.is_open });
        }
    }
    places.sort_by_key(|place| place.country.name());
    Ok(places)
}

/// The place of a country.
///
/// # Errors
/// [`Refusal::NotFound`] if nobody answers for it here.
pub async fn place(ctx: &Context, country: &str) -> Result<Place> {
    places(ctx).await?.into_iter().find(|place| place.country.code() == country).ok_or(Refusal::NotFound)
}

/// Whether an authority takes anonymous concerns, for those who decide it.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn setting(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Door> {
    Seat::take(principal, authority, Action::OpenConcerns)?;
    let row = rows::door(&mut ctx.db.reader(), authority).await?;
    Ok(row.map_or(Door { is_open: false, version: 0 }, |row| Door { is_open: row.is_open, version: row.version }))
}

/// Begins or ends taking anonymous concerns. What came stays, and its senders are answered.
///
/// # Errors
/// [`Refusal::Stale`] if somebody else changed it meanwhile; [`Refusal::NotFound`] without the right.
pub async fn switch(ctx: &Context, principal: &Principal, authority: OrgId, version: i64, open: bool) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::OpenConcerns)?;
    let mut tx = ctx.db.begin().await?;
    let before = rows::door(&mut tx, authority).await?;
    match before {
        Some(row) => rows::set_door(&mut tx, authority, version, open).await.map(|()| row.is_open)?,
        None if version == 0 => make(ctx, &mut tx, authority, open).await.map(|()| false)?,
        None => return Err(Refusal::Stale),
    };
    let step = if open { "anonymous concerns switched on" } else { "anonymous concerns switched off" };
    let was = before.is_some_and(|DoorRow { is_open, .. }| is_open);
    let act = Act {
        actor: seat.actor(),
        action: Action::OpenConcerns,
        step,
        object_kind: "org",
        object_id: authority.to_string(),
    };
    audit::record(ctx, &mut tx, act, Some(&json!({ "open": was })), Some(&json!({ "open": open }))).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the organisation and the person in whose name concerns stand. The person has left before anybody could be told
/// anything: an ended membership keeps the row, and gives no right.
async fn make(ctx: &Context, tx: &mut Tx, authority: OrgId, open: bool) -> Result<()> {
    let desk = org::by_id(tx, authority).await?.ok_or(Refusal::NotFound)?;
    let (id, sender) = (OrgId(ctx.new_id()), UserId(ctx.new_id()));
    let handle = handle::new(ctx, tx).await?;
    let new = NewOrg {
        id,
        handle: &handle,
        kind: ORG_KIND,
        name: NAME,
        country: &desk.country,
        status: OrgStatus::Approved.code(),
        operator_roles: "[]",
        authority: Some(authority),
        registration_number: "",
        registration_key: "",
        name_key: "",
        vat: "",
        lei: "",
        address: "",
        phone: "",
        website: "",
        duty_email: "",
        time_zone: zone_name(&desk),
        act_for_proof: "",
        checks: "{}",
        at: ctx.now(),
    };
    org::insert(tx, &new).await?;
    let nobody = NewPerson {
        id: sender,
        email: "",
        name: SENDER,
        phone: "",
        password_hash: None,
        lang: "en",
        confirmed: None,
        at: ctx.now(),
    };
    person::insert(tx, &nobody).await?;
    person::join(tx, ctx.new_id(), sender, id, Role::CompanyOfficer.code(), ctx.now()).await?;
    person::leave(tx, sender, id, ctx.now()).await?;
    rows::add_door(tx, authority, open, id, sender).await.map_err(Refusal::overtaken)
}
