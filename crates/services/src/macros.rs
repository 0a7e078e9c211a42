//! Macros: what an authority does again and again with reports, under a name. Its supervisors write them down, its
//! officers use them on one report or a selection, after a look at what will happen ([`crate::desk::Change`]).

use domain::{
    access::{Action, Principal},
    answers::{Answers, clean_text},
    ids::{LabelId, MacroId, OrgId},
    label::Name,
    report::{Decision, Reason, Reasons},
};
use store::{Read, StoreError, macros as rows, macros::MacroRow};

use crate::{
    Context, Result,
    audit::{self, Act},
    desk::{Change, Give, Turn},
    draft::json,
    error::{Problem, Refusal},
    label,
    seat::Seat,
    thread,
};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// The most macros of one authority.
pub const MOST: usize = 40;

/// A macro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Macro {
    /// Identity.
    pub id: MacroId,
    /// Its name.
    pub name: String,
    /// What it does; labels that were removed since are left out.
    pub change: Change,
}

/// The macros of an authority, by name.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at its desk.
pub async fn list(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Vec<Macro>> {
    Seat::take(principal, authority, Action::ReadReports)?;
    let mut db = ctx.db.reader();
    let labels = label::of_authority(&mut db, authority).await?;
    let is_there = |id: &LabelId| labels.iter().any(|label| label.id == *id);
    let rows = rows::of_authority(&mut db, authority).await?;
    rows.into_iter().map(|row| read_row(row, &is_there)).collect()
}

fn read_row(row: MacroRow, is_there: &dyn Fn(&LabelId) -> bool) -> Result<Macro> {
    let mut change: Change =
        serde_json::from_str(&row.change).map_err(|error| Refusal::Fault(format!("macro {}: {error}", row.id)))?;
    change.add.retain(is_there);
    change.remove.retain(is_there);
    Ok(Macro { id: MacroId(row.id), name: row.name, change })
}

/// The macro with this identity at a desk.
///
/// # Errors
/// [`Refusal::NotFound`] if the authority has none, or without a place at its desk.
pub async fn find(ctx: &Context, principal: &Principal, authority: OrgId, id: MacroId) -> Result<Macro> {
    list(ctx, principal, authority).await?.into_iter().find(|found| found.id == id).ok_or(Refusal::NotFound)
}

/// The reasons that a macro can carry: those that need no words about the single report.
pub fn usable(reasons: &Reasons) -> impl Iterator<Item = &Reason> {
    let of = |decision| reasons.for_decision(decision);
    of(Decision::Accept).chain(of(Decision::Close)).filter(|reason| !reason.needs_note)
}

/// What was typed: `name`, `give` (`me`, `nobody`), `turn` (`ask`, `accept.CODE`, `close.CODE`), `add` and `remove` (labels),
/// `text`.
fn read(reasons: &Reasons, typed: &Answers) -> Result<(Name, Change)> {
    let ids = |field: &str| typed.many(field).iter().filter_map(|id| id.parse().ok()).collect::<Vec<LabelId>>();
    let give = match typed.one("give") {
        "me" => Some(Give::ToMe),
        "nobody" => Some(Give::ToNobody),
        _ => None,
    };
    let (turn, text) = (turn(reasons, typed.one("turn")), clean_text(typed.one("text")));
    let change = Change { give, add: ids("add"), remove: ids("remove"), text, turn, ..Change::default() };
    let mut problems = Vec::new();
    let name = Name::new(typed.one("name"));
    if let Err(error) = &name {
        problems.push(Problem::new("name", error.to_string()));
    }
    if change.add.iter().any(|id| change.remove.contains(id)) {
        problems.push(Problem::new("remove", "A label cannot be stuck on and taken off at once"));
    }
    if change.text.is_empty() && change.turn == Some(Turn::Ask) {
        problems.push(Problem::new("text", "Write the question that the reporter is asked"));
    }
    if change.text.chars().count() > thread::LONGEST {
        problems.push(Problem::new("text", "This is too long: at most 20 000 characters fit"));
    }
    match name {
        Ok(name) if problems.is_empty() => {
            if change.is_empty() {
                return Err(Refusal::Invalid(vec![Problem::new("give", "Choose at least one thing that it changes")]));
            }
            Ok((name, change))
        }
        _ => Err(Refusal::Invalid(problems)),
    }
}

fn turn(reasons: &Reasons, code: &str) -> Option<Turn> {
    if code == "ask" {
        return Some(Turn::Ask);
    }
    let reason = usable(reasons).find(|reason| turn_code(reason) == code)?;
    Some(match reason.decision {
        Decision::Accept => Turn::Accept(reason.code.clone()),
        _ => Turn::Close(reason.code.clone()),
    })
}

/// How a form names a decision with its reason.
#[must_use]
pub fn turn_code(reason: &Reason) -> String {
    format!("{}.{}", reason.decision.code(), reason.code)
}

fn taken(error: StoreError) -> Refusal {
    Refusal::taken(error, "There is a macro with a name like this already. Choose another one")
}

/// Adds a macro.
///
/// # Errors
/// [`Refusal::Invalid`] for what is missing or too long; [`Refusal::NotPossible`] if there are too many;
/// [`Refusal::NotFound`] without the right.
pub async fn add(ctx: &Context, principal: &Principal, authority: OrgId, typed: &Answers) -> Result<MacroId> {
    let seat = Seat::take(principal, authority, Action::ManageDesk)?;
    let (name, change) = read(&ctx.refdata.reasons(authority, ctx.now()), typed)?;
    let mut tx = ctx.db.begin().await?;
    if rows::of_authority(&mut tx, authority).await?.len() >= MOST {
        return Err(Refusal::NotPossible("An authority has at most 40 macros. Remove one that is not needed.".into()));
    }
    let id = MacroId(ctx.new_id());
    rows::add(&mut tx, id, authority, (name.as_str(), &name.key()), &json(&change)?, ctx.now()).await.map_err(taken)?;
    audit::record(ctx, &mut tx, act(seat, "macro added", id), audit::NONE, Some(&(name.as_str(), &change))).await?;
    tx.commit().await?;
    Ok(id)
}

/// Gives a macro another name or content.
///
/// # Errors
/// As [`add`]; [`Refusal::NotFound`] if there is no such macro.
pub async fn change(ctx: &Context, principal: &Principal, id: MacroId, typed: &Answers) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, id).await?;
    let reasons = ctx.refdata.reasons(OrgId(row.authority_id), ctx.now());
    let (name, change) = read(&reasons, typed)?;
    rows::change(&mut tx, id, (name.as_str(), &name.key()), &json(&change)?).await.map_err(taken)?;
    let before = (&row.name, &row.change);
    let after = (name.as_str(), &change);
    audit::record(ctx, &mut tx, act(seat, "macro changed", id), Some(&before), Some(&after)).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes a macro. What it did stays.
///
/// # Errors
/// [`Refusal::NotFound`] if there is no such macro, or without the right.
pub async fn remove(ctx: &Context, principal: &Principal, id: MacroId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, id).await?;
    rows::remove(&mut tx, id).await?;
    audit::record(ctx, &mut tx, act(seat, "macro removed", id), Some(&(&row.name, &row.change)), audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

async fn held<'p>(db: &mut impl Read, principal: &'p Principal, id: MacroId) -> Result<(MacroRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = rows::by_id(db, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.authority_id), Action::ManageDesk)?;
    Ok((row, seat))
}

fn act<'s>(seat: Seat<'s>, step: &'s str, id: MacroId) -> Act<'s> {
    Act { actor: seat.actor(), action: Action::ManageDesk, step, object_kind: "macro", object_id: id.to_string() }
}
