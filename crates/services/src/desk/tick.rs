//! What the clock does: a question that nobody answered goes back to the desk, and a report becomes urgent when its
//! goods are about to leave.

use domain::{
    access::Action,
    country::Country,
    date::Date,
    ids::{OrgId, ReportId},
    report::{Act as ReportAct, State},
    time::Timestamp,
};
use store::{Tx, report::ReportRow};

use super::{page, work::show_state};
use crate::{
    Context, Result,
    audit::{self, Act, Actor},
    calendar,
    error::Refusal,
    report::{
        access,
        standing::{self, Trace},
    },
    thread::{self, Noted},
};

/// How far ahead it is looked for goods that leave. What counts as soon, each country's own row says.
const AHEAD: i64 = 7 * Timestamp::DAY;

/// Does what is due; how many reports it touched. For the worker, every few minutes.
///
/// # Errors
/// If the store fails.
pub async fn tick(ctx: &Context) -> Result<usize> {
    let mut db = ctx.db.reader();
    let unanswered = store::report::unanswered(&mut db, ctx.now()).await?;
    let (from, to) = (ctx.now().plus(-Timestamp::DAY), ctx.now().plus(AHEAD));
    let leaving = store::report::leaving(&mut db, from, to).await?;
    let mut touched = 0;
    for report in unanswered {
        touched += usize::from(time_out(ctx, report).await?);
    }
    for report in leaving {
        touched += usize::from(hurry(ctx, report).await?);
    }
    Ok(touched)
}

async fn time_out(ctx: &Context, report: ReportId) -> Result<bool> {
    let mut tx = ctx.db.begin().await?;
    let mut row = store::report::lock(&mut tx, report).await?;
    let before = Trace::of(&row);
    let state = access::state_of(&row.state)?;
    // The answer may have come in the meantime.
    if state != State::QuestionAsked || row.question_due.is_none_or(|due| due >= ctx.now().0) {
        return Ok(false);
    }
    standing::advance(&ctx.calendars(), &mut row, ReportAct::TimeOut, ctx.now())?;
    thread::for_desk(ctx, &mut tx, &row, None, Noted::TimedOut, "").await?;
    show_state(ctx, &mut tx, &mut row, None, state.for_reporter()).await?;
    finish(ctx, tx, before, row, "no answer in time").await
}

/// A report that became urgent is to be looked at as soon as one that was urgent from the start.
async fn hurry(ctx: &Context, report: ReportId) -> Result<bool> {
    let mut tx = ctx.db.begin().await?;
    let mut row = store::report::lock(&mut tx, report).await?;
    let before = Trace::of(&row);
    let company = store::org::by_id(&mut tx, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let Ok(country) = Country::parse(&company.country) else { return Ok(false) };
    let deadlines = ctx.refdata.deadlines(OrgId(row.authority_id), ctx.now());
    let urgent = deadlines.is_urgent(country, row.delivery_at.map(Timestamp), ctx.now());
    if row.urgent || !urgent || access::state_of(&row.state)?.is_settled() {
        return Ok(false);
    }
    row.urgent = true;
    row.snoozed_until = None;
    let from = row.paused_at.map_or(ctx.now(), Timestamp);
    let allowed = deadlines.look(country, standing::severity(&row)?, true, Date::of(from));
    if calendar::due(&ctx.calendars(), country, from, allowed).0 < row.answer_due {
        // An earlier deadline is a new one: its own warnings follow.
        calendar::allow(&ctx.calendars(), &mut row, country, from, allowed);
        row.escalated = 0;
    }
    row.updated_at = ctx.now().0;
    standing::place(&mut row)?;
    thread::for_desk(ctx, &mut tx, &row, None, Noted::Urgent, "").await?;
    if row.paused_at.is_none() {
        thread::page_out(ctx, &mut tx, &row).await?;
        row.page_at = Some(page::again_at(ctx).0);
    }
    finish(ctx, tx, before, row, "goods about to leave").await
}

pub(super) async fn finish(ctx: &Context, mut tx: Tx, before: Trace, mut row: ReportRow, step: &str) -> Result<bool> {
    standing::save(&mut tx, &mut row).await?;
    let (action, object_id) = (Action::WorkReports, row.reference.clone());
    let act = Act { actor: Actor::System, action, step, object_kind: "report", object_id };
    audit::record(ctx, &mut tx, act, Some(&before), Some(&Trace::of(&row))).await?;
    tx.commit().await?;
    Ok(true)
}
