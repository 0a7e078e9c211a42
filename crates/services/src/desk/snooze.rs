//! Putting a report aside until a day, and back.
//!
//! The clock goes on meanwhile: the reporter waits all the same. A report comes back by itself on its day, and before it
//! when something happens to it: the company says or adds something, its goods are about to leave, a time runs out, or
//! an officer takes a step with it.

use domain::{
    access::{Action, Principal},
    date::Date,
    ids::{OrgId, UndoId},
    reference::Reference,
    report::State,
    snooze::until,
};
use store::{Tx, report::ReportRow};

use super::{undo::Before, work::seen};
use crate::{
    Context, Result,
    draft::profile::{day_at, instant, zone_name},
    error::{Problem, Refusal},
    report::{
        access,
        standing::{self, Trace},
    },
    seat::Seat,
    thread::{self, Noted},
};

/// Puts a report aside until the beginning of a day at the authority.
///
/// # Errors
/// [`Refusal::Invalid`] for a day that has passed or is more than 90 days away; [`Refusal::NotPossible`] once it is
/// decided; [`Refusal::Stale`]; [`Refusal::NotFound`] without the right.
pub async fn snooze(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    version: i64,
    day: When,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = seen(&mut tx, principal, reference, version).await?;
    let before = Before::of(&mut tx, &row).await?;
    snooze_in(ctx, &mut tx, seat, &mut row, day).await?;
    before.offer(ctx, &mut tx, seat, &row, (UndoId(ctx.new_id()), "snooze"), Vec::new()).await?;
    tx.commit().await?;
    Ok(())
}

/// [`snooze`] of a report that is held, in a transaction that somebody else commits.
pub(super) async fn snooze_in(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    row: &mut ReportRow,
    day: When,
) -> Result<()> {
    let before = Trace::of(row);
    if access::state_of(&row.state).is_ok_and(State::is_settled) {
        return Err(Refusal::NotPossible("The report is decided. It waits for nobody.".into()));
    }
    let authority = store::org::by_id(tx, OrgId(row.authority_id)).await?.ok_or(Refusal::NotFound)?;
    let zone = zone_name(&authority);
    let today = day_at(zone, ctx.now()).unwrap_or_else(|| Date::of(ctx.now()));
    let day = match day {
        When::On(day) => day,
        When::After(days) => Date::from_days(today.days().saturating_add(days)),
    };
    let day = until(day, today).map_err(|why| Refusal::Invalid(vec![Problem::new("day", why.to_string())]))?;
    let at = instant(zone, day, None).ok_or_else(|| Refusal::Fault(format!("{day} has no beginning in {zone}")))?;
    row.snoozed_until = Some(at.0);
    row.updated_at = ctx.now().0;
    thread::for_desk(ctx, tx, row, Some(seat), Noted::PutAside { until: at }, "").await?;
    standing::save(tx, row).await?;
    thread::record(ctx, tx, seat, (Action::WorkReports, "report put aside"), Some(&before), row).await
}

/// On which day a report comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// On this day.
    On(Date),
    /// So many days after today, as it is at the authority.
    After(i64),
}

/// Puts a report back before its day.
///
/// # Errors
/// [`Refusal::NotPossible`] if it is not put aside; [`Refusal::Stale`]; [`Refusal::NotFound`] without the right.
pub async fn wake(ctx: &Context, principal: &Principal, reference: &Reference, version: i64) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = seen(&mut tx, principal, reference, version).await?;
    let (before, trace) = (Before::of(&mut tx, &row).await?, Trace::of(&row));
    if row.snoozed_until.is_none_or(|until| until <= ctx.now().0) {
        return Err(Refusal::NotPossible("The report is in the queue already.".into()));
    }
    row.snoozed_until = None;
    row.updated_at = ctx.now().0;
    thread::for_desk(ctx, &mut tx, &row, Some(seat), Noted::PutBack, "").await?;
    standing::save(&mut tx, &mut row).await?;
    thread::record(ctx, &mut tx, seat, (Action::WorkReports, "report put back"), Some(&trace), &row).await?;
    before.offer(ctx, &mut tx, seat, &row, (UndoId(ctx.new_id()), "wake"), Vec::new()).await?;
    tx.commit().await?;
    Ok(())
}
