//! Telling those who lead the desk of a deadline: once when its last quarter begins, once when it has passed.

use domain::{
    access::Action,
    ids::{AdviceId, OrgId},
    organisation::OrgKind,
    time::Timestamp,
};
use store::advice::{self as rows, desk::to_escalate};

use super::{Event, Side, Trace, keep, note, path, place, state_of};
use crate::{
    Context, Result,
    audit::Actor,
    error::Refusal,
    outbox::{self, Template},
    roster::Today,
};

/// Tells of every deadline that is due to be told of; how many. For the worker.
///
/// # Errors
/// If the store fails.
pub async fn escalate(ctx: &Context) -> Result<usize> {
    let mut told = 0;
    for id in to_escalate(&mut ctx.db.reader(), ctx.now()).await? {
        told += usize::from(tell(ctx, id).await?);
    }
    Ok(told)
}

async fn tell(ctx: &Context, id: AdviceId) -> Result<bool> {
    let mut tx = ctx.db.begin().await?;
    let mut row = rows::lock(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    let (before, state) = (Trace::of(&row), state_of(&row.state)?);
    // Somebody may have advised in the meantime, or another worker told.
    if !state.clock_runs() || row.escalate_at.is_none_or(|at| at >= ctx.now().0) {
        return Ok(false);
    }
    let missed = row.due_at.is_some_and(|due| Timestamp(due) < ctx.now());
    row.escalated = if missed { 2 } else { 1 };
    place(&mut row, state);
    let (template, step) = match missed {
        true => (Template::AdviceMissed, "deadline of advice missed"),
        false => (Template::AdviceNear, "deadline of advice near"),
    };
    let today = Today::of(&mut tx, OrgId(row.authority_id), ctx.now()).await?;
    for (address, lang) in today.addresses(today.leaders()) {
        let path = path(lang, OrgKind::Authority, today.handle(), row.id);
        outbox::queue(ctx, &mut tx, template, &address, lang, &path, "").await?;
    }
    note(ctx, &mut tx, &row, (Side::System, None), &Event::Escalated { missed }, "").await?;
    keep(ctx, &mut tx, (Actor::System, Action::GiveAdvice, step), &before, &mut row).await?;
    tx.commit().await?;
    Ok(true)
}
