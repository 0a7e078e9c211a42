//! Saved views: a filter of the queue under a name, an officer's own or (by a supervisor) for the whole desk.

use domain::{
    access::{Action, Principal},
    ids::{OrgId, UserId, ViewId},
    label::Name,
};
use serde::Serialize;
use store::{Read, report::queue::Wanted, saved as rows, saved::ViewRow};

use super::{QueueFilter, news, queue};
use crate::{
    Context, Result,
    audit::{self, Act},
    draft::json,
    error::{Problem, Refusal},
    seat::Seat,
};

/// The most views that one person sees: as many as can be overlooked.
pub const MOST: usize = 20;

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Identity.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// What is shown.
    pub filter: QueueFilter,
    /// Whether the whole desk has it.
    pub shared: bool,
    /// Whether the person's queue opens with it.
    pub first: bool,
    /// Whether the person may remove it.
    pub removable: bool,
}

/// What the log commits to.
#[derive(Serialize)]
struct Trace<'a> {
    name: &'a str,
    filter: &'a str,
    shared: bool,
}

/// The views of a person at a desk: the desk's, then their own.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn views(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Vec<Saved>> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    let manages = Action::ManageDesk.allows(seat.membership.role);
    let rows = rows::of(&mut ctx.db.reader(), authority, seat.id()).await?;
    rows.into_iter().map(|row| saved(row, manages)).collect()
}

fn saved(row: ViewRow, manages: bool) -> Result<Saved> {
    let filter =
        serde_json::from_str(&row.filter).map_err(|error| Refusal::Fault(format!("view {}: {error}", row.id)))?;
    let shared = row.person_id.is_none();
    Ok(Saved { id: ViewId(row.id), name: row.name, filter, shared, first: row.first, removable: !shared || manages })
}

/// So many reports of a view are counted; beyond that it is "or more".
pub const COUNTED_OF_VIEW: i64 = 1000;

/// The same with the number of reports in each, at most [`COUNTED_OF_VIEW`].
///
/// # Errors
/// As [`views`].
pub async fn counted(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Vec<(Saved, i64)>> {
    let person = Seat::take(principal, authority, Action::ReadReports)?.id();
    let mut db = ctx.db.reader();
    let (mut all, views) = (Vec::new(), views(ctx, principal, authority).await?);
    if views.is_empty() {
        return Ok(all);
    }
    let floor = news::floor(ctx, &mut db, authority, person).await?;
    for view in views {
        let wanted = queue::wanted((authority, person), &view.filter, floor, ctx.now());
        let wanted = Wanted { limit: COUNTED_OF_VIEW, ..wanted };
        let held = store::report::queue::held(&mut db, &wanted).await?;
        all.push((view, held));
    }
    Ok(all)
}

/// Saves a filter under a name.
///
/// # Errors
/// [`Refusal::Invalid`] for a name that is empty or too long; [`Refusal::NotPossible`] if there are too many;
/// [`Refusal::NotFound`] without a place at the desk, or to share it without leading the desk.
pub async fn save_view(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    name: &str,
    filter: &QueueFilter,
    shared: bool,
    first: bool,
) -> Result<ViewId> {
    let action = if shared { Action::ManageDesk } else { Action::ReadReports };
    let seat = Seat::take(principal, authority, action)?;
    let name = Name::new(name).map_err(|error| Refusal::Invalid(vec![Problem::new("name", error.to_string())]))?;
    let mut tx = ctx.db.begin().await?;
    if rows::of(&mut tx, authority, seat.id()).await?.len() >= MOST {
        return Err(Refusal::NotPossible("There are 20 saved views already. Remove one that is not needed.".into()));
    }
    let (id, filter) = (ViewId(ctx.new_id()), json(filter)?);
    let whose = (!shared).then(|| seat.id());
    rows::add(&mut tx, id, (authority, whose), name.as_str(), &filter, ctx.now()).await?;
    if first {
        rows::set_first(&mut tx, authority, seat.id(), Some(id)).await?;
    }
    let trace = Trace { name: name.as_str(), filter: &filter, shared };
    audit::record(ctx, &mut tx, act(seat, action, "view saved", id), audit::NONE, Some(&trace)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Removes a view: one's own, or as a leader of the desk one of the desk.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, or it is somebody else's; [`Refusal::NotPossible`] if it is the desk's and the
/// person does not lead the desk.
pub async fn remove_view(ctx: &Context, principal: &Principal, id: ViewId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, id).await?;
    let action = match row.person_id {
        None if Action::ManageDesk.allows(seat.membership.role) => Action::ManageDesk,
        None => return Err(Refusal::NotPossible("Supervisors remove the views of the whole desk.".into())),
        Some(_) => Action::ReadReports,
    };
    rows::remove(&mut tx, id).await?;
    let trace = Trace { name: &row.name, filter: &row.filter, shared: row.person_id.is_none() };
    audit::record(ctx, &mut tx, act(seat, action, "view removed", id), Some(&trace), audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets one's queue open with a view, or with the open reports again if it does already.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, or it is somebody else's.
pub async fn open_with(ctx: &Context, principal: &Principal, id: ViewId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, id).await?;
    let authority = OrgId(row.authority_id);
    let is_first = rows::of(&mut tx, authority, seat.id()).await?.iter().any(|view| view.first && view.id == row.id);
    rows::set_first(&mut tx, authority, seat.id(), (!is_first).then_some(id)).await?;
    let step = if is_first { "view no longer first" } else { "view made first" };
    audit::record(ctx, &mut tx, act(seat, Action::ReadReports, step, id), audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

/// A view that the person sees: their own, or the desk's.
async fn held<'p>(db: &mut impl Read, principal: &'p Principal, id: ViewId) -> Result<(ViewRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = rows::by_id(db, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.authority_id), Action::ReadReports)?;
    let foreign = row.person_id.is_some_and(|whose| UserId(whose) != seat.id());
    if foreign { Err(Refusal::NotFound) } else { Ok((row, seat)) }
}

fn act<'s>(seat: Seat<'s>, action: Action, step: &'s str, id: ViewId) -> Act<'s> {
    Act { actor: seat.actor(), action, step, object_kind: "view", object_id: id.to_string() }
}
