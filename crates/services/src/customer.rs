//! Customers: the files that a company keeps of those to whom it sells.
//!
//! Every change of a file, by a form, by an import or by the demo, goes through [`write`]: it keeps the version, the columns
//! by which the file is found, and the audit row together. Whoever has to act on a change (screening, ratings) does it there:
//! where somebody in the file is another than before, it is marked to be looked for on watch lists ([`screening`]).
//! Files are the company's own: no action of an authority reaches them.

pub mod decision;
pub mod document;
mod facts;
pub mod import;
pub mod paper;
mod read;
pub mod report;
pub mod review;
pub mod risk;
pub mod screening;
pub(crate) mod substances;
pub(crate) mod terms;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use domain::{
    access::{Action, Principal},
    answers::{Answers, when::Order},
    customer::{Customer, Fault, Part, State, decision::events, parties},
    encoding::hex,
    fold::words,
    ids::{CustomerId, OrgId},
    screening::Cause,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::{
    StoreError, Tx,
    customer::{self as rows, Content, CustomerRow},
};

use crate::{
    Context, Result,
    audit::{self, Act},
    error::{Problem, Refusal},
    seat::Seat,
};

pub use read::{Compared, Filter, Item, Listed, Version, View, ask, asked, compare, every, history, list, view};

/// Whether a file is made or changed.
pub(crate) enum Place<'r> {
    /// It is made, for this company.
    New(OrgId),
    /// It is there and held by the transaction.
    There(&'r CustomerRow),
}

/// The one way in which a file comes into being or changes. `step` says in words what is done. A file that would stay as it
/// is gets no version.
pub(crate) async fn write(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    place: Place<'_>,
    after: &Customer,
    step: &str,
) -> Result<CustomerId> {
    let json = serde_json::to_string(after).map_err(|error| Refusal::Fault(error.to_string()))?;
    let (name_key, found_by) = (words(after.name()), after.search_words());
    let content = Content {
        name: after.name(),
        name_key: &name_key,
        country: after.text("identity", "country"),
        state: after.state().code(),
        own_number: Some(after.own_number()).filter(|number| !number.is_empty()),
        content: &json,
        found_by: &found_by,
    };
    let (id, version, before) = match place {
        Place::New(org) => {
            let id = CustomerId(ctx.new_id());
            rows::insert(tx, id, org, &content, seat.id(), ctx.now()).await.map_err(taken)?;
            (id, 1, None)
        }
        Place::There(row) => {
            let id = CustomerId(row.id);
            let before = file(row)?;
            if before == *after {
                return Ok(id);
            }
            rows::save(tx, (id, row.version), &content, seat.id(), ctx.now()).await.map_err(taken)?;
            (id, row.version + 1, Some(before))
        }
    };
    rows::add_version(tx, (id, version), &json, step, seat.id(), ctx.now()).await?;
    to_screen(tx, seat, id, before.as_ref(), after).await?;
    if let Some(before) = &before {
        review::fall_due(ctx, tx, id, &events(before, after)).await?;
    }
    let membership = seat.membership;
    substances::keep(ctx, tx, (id, membership.org), &membership.country, after).await?;
    risk::mark(tx, id, membership.org).await?;
    let before = before.as_ref().map(|_| version - 1).map(|number| Trace { version: number, sha256: None });
    let now = Trace { version, sha256: Some(hex(&Sha256::digest(&json))) };
    audit::record(ctx, tx, act(seat, step, id), before.as_ref(), Some(&now)).await?;
    Ok(id)
}

/// Marks a file to be looked for on watch lists where somebody in it is another than before. Whoever nothing is sold to is
/// looked for among all others.
async fn to_screen(
    tx: &mut Tx,
    seat: Seat<'_>,
    id: CustomerId,
    before: Option<&Customer>,
    after: &Customer,
) -> Result<()> {
    let refused = |file: &Customer| file.state() == State::Stopped;
    if refused(after) || before.is_some_and(refused) {
        screening::sight_changed(tx, seat.membership.org).await?;
    }
    let cause = match before {
        None => Cause::Entered,
        Some(before) if parties(before) != parties(after) => Cause::Changed,
        Some(_) => return Ok(()),
    };
    Ok(store::screening::mark(tx, id, seat.membership.org, cause.code(), seat.id()).await?)
}

/// What the log commits to: which version, and the digest of what it says. What it says is kept with the versions alone.
#[derive(Serialize)]
struct Trace {
    version: i64,
    sha256: Option<String>,
}

fn act<'s>(seat: Seat<'s>, step: &'s str, id: CustomerId) -> Act<'s> {
    let action = Action::WriteCustomers;
    Act { actor: seat.actor(), action, step, object_kind: "customer", object_id: id.to_string() }
}

/// Another customer has the number.
fn taken(error: StoreError) -> Refusal {
    match error {
        StoreError::Conflict(_) => Refusal::Invalid(vec![Problem::new(
            "own_number",
            "Another customer has this number of yours. Look at that one first",
        )]),
        other => other.into(),
    }
}

/// What a row holds.
pub(crate) fn file(row: &CustomerRow) -> Result<Customer> {
    serde_json::from_str(&row.content).map_err(|error| Refusal::Fault(format!("customer {}: {error}", row.id)))
}

fn refused(faults: Vec<Fault>) -> Refusal {
    Refusal::Invalid(faults.into_iter().map(|fault| Problem::new(fault.field, fault.message)).collect())
}

/// How dates are written where the company is.
fn order(seat: Seat<'_>) -> Order {
    Order::of_country(&seat.membership.country)
}

/// Makes a file from what was typed about the identity.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] without the right.
pub async fn create(ctx: &Context, principal: &Principal, org: OrgId, typed: &Answers) -> Result<CustomerId> {
    let seat = Seat::take(principal, org, Action::WriteCustomers)?;
    let part = Part::find("identity").ok_or(Refusal::NotFound)?;
    let mut customer = Customer::new();
    customer.put(part, None, typed, order(seat)).map_err(refused)?;
    let mut tx = ctx.db.begin().await?;
    let id = write(ctx, &mut tx, seat, Place::New(org), &customer, "customer added").await?;
    tx.commit().await?;
    screening::at_once(ctx, id).await;
    Ok(id)
}

/// The file, held by the transaction, and the seat from which it is changed.
async fn held<'p>(tx: &mut Tx, principal: &'p Principal, id: CustomerId) -> Result<(CustomerRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = rows::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::WriteCustomers)?;
    Ok((row, seat))
}

/// Puts what was typed into an entry of a part: a new one, or the one with this number.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::Stale`] if the file was changed since `version`;
/// [`Refusal::NotFound`] without the right.
pub async fn put(
    ctx: &Context,
    principal: &Principal,
    (id, version): (CustomerId, i64),
    (part, key): (&Part, Option<u32>),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, id).await?;
    if row.version != version {
        return Err(Refusal::Stale);
    }
    let mut customer = file(&row)?;
    customer.put(part, key, typed, order(seat)).map_err(refused)?;
    let step = format!("{} {}", part.one.to_lowercase(), if key.is_some() { "changed" } else { "added" });
    write(ctx, &mut tx, seat, Place::There(&row), &customer, &step).await?;
    tx.commit().await?;
    screening::at_once(ctx, id).await;
    Ok(())
}

/// Takes an entry out of a part.
///
/// # Errors
/// [`Refusal::NotPossible`] if others refer to it; else as [`put`].
pub async fn remove(
    ctx: &Context,
    principal: &Principal,
    (id, version): (CustomerId, i64),
    (part, key): (&Part, u32),
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, id).await?;
    if row.version != version {
        return Err(Refusal::Stale);
    }
    let mut customer = file(&row)?;
    customer.remove(part, key).map_err(|fault| Refusal::NotPossible(format!("{}.", fault.message)))?;
    let step = format!("{} removed", part.one.to_lowercase());
    write(ctx, &mut tx, seat, Place::There(&row), &customer, &step).await?;
    tx.commit().await?;
    screening::at_once(ctx, id).await;
    Ok(())
}
