//! A person's own feeds: addresses that a reader of feeds or a calendar can fetch without signing in.
//!
//! Such an address is a key, and whoever has it reads what stands there. So a key is asked for by hand, ends after a year, when
//! its owner says so, and with everything that ends sign-ins; its page says when it was used last. What it opens is
//! asked anew each time: whoever leaves an organisation reads nothing more of it. The notices that it tells of have a title
//! and a summary there; their text is read after signing in.

use domain::{
    access::{Action, Membership, Principal},
    date::Date,
    ids::{OrgId, UserId},
    organisation::OrgKind,
    time::Timestamp,
};
use store::{feed as rows, person};
use uuid::Uuid;

use crate::{
    Context, Refusal, Result, account,
    association::calendar::{self, Item},
    audit::{self, Actor},
    factor, secret, session,
};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// How long a key opens anything.
pub const LIFE: i64 = 365 * Timestamp::DAY;

/// A person's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What stands in the addresses.
    pub token: String,
    /// When it was made.
    pub made: Timestamp,
    /// Until when it works.
    pub ends: Timestamp,
    /// The last day on which a program came with it.
    pub used: Option<Date>,
}

/// Derived, so that the page can show the addresses again while the database alone gives nobody one.
fn token(ctx: &Context, id: Uuid) -> String {
    secret::derived(ctx, "feed", id)
}

/// The person's own key, if there is one that works.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn own(ctx: &Context, principal: &Principal) -> Result<Option<Key>> {
    let person = principal.signed_in()?;
    let row = rows::of(&mut ctx.db.reader(), person.id, ctx.now()).await?;
    Ok(row.map(|row| Key {
        token: token(ctx, row.id),
        made: Timestamp(row.made_at),
        ends: Timestamp(row.ends_at),
        used: row.used_day.map(Date::from_days),
    }))
}

/// Makes a key. One that was there before opens nothing from then on.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn make(ctx: &Context, principal: &Principal) -> Result<()> {
    let person = principal.signed_in()?;
    // Not the identity of a row, which tells its time: whoever knew the secret's other half could look for it.
    let id = Uuid::from_bytes(ctx.random());
    let times = (ctx.now(), ctx.now().plus(LIFE));
    let mut tx = ctx.db.begin().await?;
    rows::put(&mut tx, person.id, (id, secret::hash(&token(ctx, id))), times).await?;
    audit::of_person(ctx, &mut tx, (Actor::Person(person), Action::ManageSelf, "feeds opened"), person.id).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends the key. Ending twice is ending once.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn end(ctx: &Context, principal: &Principal) -> Result<()> {
    let person = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    if rows::end(&mut tx, person.id).await? {
        audit::of_person(ctx, &mut tx, (Actor::Person(person), Action::ManageSelf, "feeds ended"), person.id).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// For whom a key opens, with everything that they belong to now. Notes the day.
///
/// # Errors
/// [`Refusal::NotFound`] if it was never given, has ended, or its owner may not work now.
pub async fn behind(ctx: &Context, given: &str) -> Result<Principal> {
    let mut db = ctx.db.reader();
    let key = rows::find(&mut db, secret::hash(given), ctx.now()).await?.ok_or(Refusal::NotFound)?;
    let id = UserId(key.person_id);
    let row = person::by_id(&mut db, id).await?.filter(|row| row.disabled_at.is_none()).ok_or(Refusal::NotFound)?;
    let memberships = session::memberships(&mut db, id).await?;
    // Who has to set up a second factor first can do nothing else.
    if memberships.iter().any(Membership::needs_factor) && !factor::is_held(&mut db, id).await? {
        return Err(Refusal::NotFound);
    }
    let today = Date::of(ctx.now());
    if key.used_day != Some(today.days()) {
        let mut tx = ctx.db.begin().await?;
        rows::note(&mut tx, key.id, today).await?;
        tx.commit().await?;
    }
    Ok(Principal { person: Some(account::to_person(&row)), memberships })
}

/// What is ahead for a person in all their places: entries of associations, last days of consultations. Each once.
///
/// # Errors
/// If the store fails.
pub async fn ahead(ctx: &Context, principal: &Principal) -> Result<Vec<Item>> {
    let mut items: Vec<Item> = Vec::new();
    for place in &principal.memberships {
        for item in of_place(ctx, principal, place.kind, place.org).await? {
            let there = items.iter().any(|one| (one.entry, one.consultation) == (item.entry, item.consultation));
            if !there {
                items.push(item);
            }
        }
    }
    Ok(items)
}

/// Nothing where the person may not read the calendar.
async fn of_place(ctx: &Context, principal: &Principal, kind: OrgKind, org: OrgId) -> Result<Vec<Item>> {
    let found = match kind {
        OrgKind::Company => calendar::of_company(ctx, principal, org).await,
        OrgKind::Association => calendar::of_association(ctx, principal, org).await,
        _ => return Ok(Vec::new()),
    };
    match found {
        Err(Refusal::NotFound) => Ok(Vec::new()),
        other => other,
    }
}
