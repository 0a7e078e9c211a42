//! Telling supervisors of a deadline: once when its last quarter begins, once when it has passed.
//!
//! Each report carries when that is next (`escalate_at`), so the worker asks one index and touches nothing else.

use domain::ids::ReportId;

use super::tick::finish;
use crate::{
    Context, Result,
    outbox::Template,
    report::{
        access,
        standing::{self, Trace},
    },
    thread::{self, Noted},
};

/// Supervisors were told that a deadline is near.
const NEAR: i64 = 1;
/// They were told that it is missed.
const MISSED: i64 = 2;

/// Tells of every deadline that is due to be told of; how many. For the worker.
///
/// # Errors
/// If the store fails.
pub async fn escalate(ctx: &Context) -> Result<usize> {
    let mut told = 0;
    for report in store::report::to_escalate(&mut ctx.db.reader(), ctx.now()).await? {
        told += usize::from(tell(ctx, report).await?);
    }
    Ok(told)
}

async fn tell(ctx: &Context, report: ReportId) -> Result<bool> {
    let mut tx = ctx.db.begin().await?;
    let mut row = store::report::lock(&mut tx, report).await?;
    let before = Trace::of(&row);
    // Somebody may have answered in the meantime, or another worker told.
    let runs = access::state_of(&row.state)?.clock_runs();
    if !runs || row.escalate_at.is_none_or(|at| at >= ctx.now().0) {
        return Ok(false);
    }
    let missed = standing::clock(&row).is_overdue(ctx.now());
    if !missed && row.escalated >= NEAR {
        return Ok(false);
    }
    row.escalated = if missed { MISSED } else { NEAR };
    standing::place(&mut row)?;
    let template = if missed { Template::DeadlineMissed } else { Template::DeadlineNear };
    thread::tell_leaders(ctx, &mut tx, &row, template).await?;
    thread::for_desk(ctx, &mut tx, &row, None, Noted::Escalated { missed }, "").await?;
    finish(ctx, tx, before, row, if missed { "deadline missed" } else { "deadline near" }).await
}
