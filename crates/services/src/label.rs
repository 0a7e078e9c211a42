//! The labels of an authority: its supervisors name them, its officers stick them on reports ([`crate::desk::label`]).

use domain::{
    access::{Action, Principal},
    answers::Answers,
    ids::{LabelId, OrgId},
    label::{Colour, MOST, Name},
};
use serde::Serialize;
use store::{Read, StoreError, label as rows, label::LabelRow};

use crate::{
    Context, Result,
    audit::{self, Act},
    error::{Problem, Refusal},
    seat::Seat,
};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// A label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Identity.
    pub id: LabelId,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
}

impl From<LabelRow> for Label {
    /// A colour that this program does not know is drawn like the plainest one.
    fn from(row: LabelRow) -> Self {
        let colour = Colour::from_code(&row.colour).unwrap_or(Colour::Slate);
        Self { id: LabelId(row.id), name: row.name, colour }
    }
}

/// What the log commits to.
#[derive(Serialize)]
struct Trace<'a> {
    name: &'a str,
    colour: &'a str,
}

/// The labels of an authority, by name.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at its desk.
pub async fn list(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Vec<Label>> {
    Seat::take(principal, authority, Action::ReadReports)?;
    of_authority(&mut ctx.db.reader(), authority).await
}

pub(crate) async fn of_authority(db: &mut impl Read, authority: OrgId) -> Result<Vec<Label>> {
    Ok(rows::of_authority(db, authority).await?.into_iter().map(Label::from).collect())
}

/// A label of an authority and how many reports carry it, for somebody who may change it.
///
/// # Errors
/// [`Refusal::NotFound`] if the authority has no such label, or for anybody but a supervisor of it.
pub async fn detail(ctx: &Context, principal: &Principal, authority: OrgId, id: LabelId) -> Result<(Label, i64)> {
    let mut db = ctx.db.reader();
    let (row, _) = held(&mut db, principal, id).await?;
    if row.authority_id != authority.0 {
        return Err(Refusal::NotFound);
    }
    let count = rows::count(&mut db, id).await?;
    Ok((row.into(), count))
}

/// The label and the seat from which it may be changed.
async fn held<'p>(db: &mut impl Read, principal: &'p Principal, id: LabelId) -> Result<(LabelRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = rows::by_id(db, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.authority_id), Action::ManageDesk)?;
    Ok((row, seat))
}

/// What was typed: `name` and `colour`.
fn read(typed: &Answers) -> Result<(Name, Colour)> {
    let name = Name::new(typed.one("name"));
    let colour = Colour::from_code(typed.one("colour"));
    match (name, colour) {
        (Ok(name), Some(colour)) => Ok((name, colour)),
        (name, colour) => {
            let name = name.err().map(|error| Problem::new("name", error.to_string()));
            let colour = colour.is_none().then(|| Problem::new("colour", "Choose a colour"));
            Err(Refusal::Invalid(name.into_iter().chain(colour).collect()))
        }
    }
}

fn taken(error: StoreError) -> Refusal {
    Refusal::taken(error, "There is a label with a name like this already. Choose another one")
}

/// Adds a label.
///
/// # Errors
/// [`Refusal::Invalid`] for a name that is empty, too long or taken, or no colour; [`Refusal::NotPossible`] if there are
/// too many; [`Refusal::NotFound`] without the right.
pub async fn add(ctx: &Context, principal: &Principal, authority: OrgId, typed: &Answers) -> Result<LabelId> {
    let seat = Seat::take(principal, authority, Action::ManageDesk)?;
    let (name, colour) = read(typed)?;
    let mut tx = ctx.db.begin().await?;
    if rows::of_authority(&mut tx, authority).await?.len() >= MOST {
        return Err(Refusal::NotPossible("An authority has at most 40 labels. Remove one that is not needed.".into()));
    }
    let id = LabelId(ctx.new_id());
    let named = (name.as_str(), name.key());
    rows::add(&mut tx, id, authority, (named.0, &named.1), colour.code(), ctx.now()).await.map_err(taken)?;
    let trace = Trace { name: name.as_str(), colour: colour.code() };
    audit::record(ctx, &mut tx, act(seat, "label added", id), audit::NONE, Some(&trace)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Gives a label another name or colour, on every report that carries it.
///
/// # Errors
/// As [`add`]; [`Refusal::NotFound`] if there is no such label.
pub async fn change(ctx: &Context, principal: &Principal, id: LabelId, typed: &Answers) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, id).await?;
    let (name, colour) = read(typed)?;
    rows::change(&mut tx, id, (name.as_str(), &name.key()), colour.code()).await.map_err(taken)?;
    let before = Trace { name: &row.name, colour: &row.colour };
    let after = Trace { name: name.as_str(), colour: colour.code() };
    audit::record(ctx, &mut tx, act(seat, "label changed", id), Some(&before), Some(&after)).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes a label and takes it off every report.
///
/// # Errors
/// [`Refusal::NotFound`] if there is no such label, or without the right.
pub async fn remove(ctx: &Context, principal: &Principal, id: LabelId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, id).await?;
    rows::remove(&mut tx, id).await?;
    let before = Trace { name: &row.name, colour: &row.colour };
    audit::record(ctx, &mut tx, act(seat, "label removed", id), Some(&before), audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

fn act<'s>(seat: Seat<'s>, step: &'s str, id: LabelId) -> Act<'s> {
    Act { actor: seat.actor(), action: Action::ManageDesk, step, object_kind: "label", object_id: id.to_string() }
}
