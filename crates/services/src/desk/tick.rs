//! What the clock does: a question that nobody answered goes back to the desk, and a report becomes urgent when its
//! goods are about to leave.

use domain::{
    access::Action,
    ids::ReportId,
    report::{Act as ReportAct, State},
    time::Timestamp,
};
use store::{Tx, report::ReportRow};

use super::work::show_state;
use crate::{
    Context, Result,
    audit::{self, Act, Actor, NONE},
    report::{access, standing},
    thread::{self, Noted},
};

/// Goods that leave within this time are about to leave.
const SOON: i64 = 48 * Timestamp::HOUR;

/// Does what is due; how many reports it touched. For the worker, every few minutes.
///
/// # Errors
/// If the store fails.
pub async fn tick(ctx: &Context) -> Result<usize> {
    let mut db = ctx.db.reader();
    let unanswered = store::report::unanswered(&mut db, ctx.now()).await?;
    let leaving = store::report::now_urgent(&mut db, ctx.now().plus(SOON)).await?;
    for report in &unanswered {
        time_out(ctx, *report).await?;
    }
    for report in &leaving {
        hurry(ctx, *report).await?;
    }
    Ok(unanswered.len() + leaving.len())
}

async fn time_out(ctx: &Context, report: ReportId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let mut row = store::report::lock(&mut tx, report).await?;
    let state = access::state_of(&row.state)?;
    // The answer may have come in the meantime.
    if state != State::QuestionAsked || row.question_due.is_none_or(|due| due >= ctx.now().0) {
        return Ok(());
    }
    standing::advance(&mut row, ReportAct::TimeOut, ctx.now())?;
    thread::for_desk(ctx, &mut tx, &row, None, Noted::TimedOut, "").await?;
    show_state(ctx, &mut tx, &mut row, None, state.for_reporter()).await?;
    finish(ctx, tx, row, "no answer in time").await
}

async fn hurry(ctx: &Context, report: ReportId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let mut row = store::report::lock(&mut tx, report).await?;
    if row.urgent || access::state_of(&row.state)?.is_settled() {
        return Ok(());
    }
    row.urgent = true;
    row.updated_at = ctx.now().0;
    standing::place(&mut row)?;
    thread::for_desk(ctx, &mut tx, &row, None, Noted::Urgent, "").await?;
    finish(ctx, tx, row, "goods about to leave").await
}

async fn finish(ctx: &Context, mut tx: Tx, row: ReportRow, step: &str) -> Result<()> {
    store::report::save(&mut tx, &row).await?;
    let (action, object_id) = (Action::WorkReports, row.reference.clone());
    let act = Act { actor: Actor::System, action, step, object_kind: "report", object_id };
    audit::record(ctx, &mut tx, act, NONE, Some(&standing::Trace::of(&row))).await?;
    tx.commit().await?;
    Ok(())
}
