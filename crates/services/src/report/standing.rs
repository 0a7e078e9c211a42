//! Where a report stands and what follows from it: the clock that runs or rests, the shelf, the place in the queue.
//!
//! The authority's clock runs while the report waits for the authority and rests while it waits for the company or is
//! decided; what is left of the time is then pushed out by as long as it rested.
//!
//! Place in the queue ([`urgency`]): red before amber before green; within a band what leaves within 48 hours before the
//! rest; then the earliest answer. Decided reports come after all others, the newest decision first. As one integer:
//! `(band · 2 + not urgent) · 10¹² + answer due in seconds`, and `9 · 10¹⁵ + 10¹² − decided at in seconds`.

use domain::{
    calendar::Calendars,
    deadline::Clock,
    indicator::Band,
    report::{Act, Standing, State},
    time::Timestamp,
};
use serde::Serialize;
use store::{Tx, report::ReportRow};

use super::access::state_of;
use crate::{Result, calendar, error::Refusal};

/// Where the decided reports begin in the order of the queue.
pub(crate) const DECIDED: i64 = 9_000_000_000_000_000;
/// One step of the order; seconds since 1970 stay below it for thirty thousand years.
const STEP: i64 = 1_000_000_000_000;

/// Does `act` to the report: its state, clock, shelf and place follow.
pub(crate) fn advance(calendars: &Calendars, row: &mut ReportRow, act: Act, now: Timestamp) -> Result<()> {
    let before = Standing { state: state_of(&row.state)?, on_hold: row.on_hold, unanswered: row.unanswered };
    let after = before.after(act).map_err(|refused| Refusal::NotPossible(refused.to_string()))?;
    let clock = clock(row);
    let clock = if after.state.clock_runs() { calendar::resume(calendars, clock, row, now) } else { clock.pause(now) };
    (row.answer_due, row.paused_at) = (clock.due.0, clock.paused_at.map(|at| at.0));
    if after.state != State::QuestionAsked {
        row.question_due = None;
    }
    after.state.code().clone_into(&mut row.state);
    (row.on_hold, row.unanswered) = (after.on_hold, after.unanswered);
    // Whatever step is taken with a report, it is no longer put aside.
    row.snoozed_until = None;
    row.updated_at = now.0;
    place(row)
}

/// The authority's answer clock of a report.
pub(crate) fn clock(row: &ReportRow) -> Clock {
    Clock { due: Timestamp(row.answer_due), paused_at: row.paused_at.map(Timestamp) }
}

/// Puts the report onto the shelf and place that its fields ask for.
pub(crate) fn place(row: &mut ReportRow) -> Result<()> {
    let state = state_of(&row.state)?;
    shelf(state).clone_into(&mut row.shelf);
    row.urgency = if state.is_settled() {
        DECIDED + STEP - seconds(row.decided_at.unwrap_or(row.updated_at))
    } else {
        urgency(severity(row)?, row.urgent, Timestamp(row.answer_due))
    };
    row.escalate_at = escalate_at(row, state);
    if !state.clock_runs() {
        row.page_at = None;
    }
    Ok(())
}

/// When the supervisors are to be told of the deadline: once in its last quarter, once when it has passed.
fn escalate_at(row: &ReportRow, state: State) -> Option<i64> {
    let quarter = row.answer_hours.saturating_mul(Timestamp::HOUR) / 4;
    match row.escalated {
        _ if !state.clock_runs() => None,
        0 => Some(row.answer_due.saturating_sub(quarter)),
        1 => Some(row.answer_due),
        _ => None,
    }
}

/// Place of an undecided report; smaller is more urgent.
pub(crate) fn urgency(band: Band, urgent: bool, answer_due: Timestamp) -> i64 {
    let rank = match band {
        Band::Red => 0,
        Band::Amber => 1,
        Band::Green => 2,
    };
    (rank * 2 + i64::from(!urgent)) * STEP + seconds(answer_due.0)
}

const fn seconds(micros: i64) -> i64 {
    let seconds = micros.div_euclid(Timestamp::SECOND);
    if seconds < 0 {
        0
    } else if seconds >= STEP {
        STEP - 1
    } else {
        seconds
    }
}

/// Which view of the desk shows a state.
pub(crate) const fn shelf(state: State) -> &'static str {
    match state {
        State::Sent | State::InReview => "open",
        State::QuestionAsked => "waiting",
        State::UnderInvestigation | State::InCase => "accepted",
        State::Closed | State::Duplicate | State::Withdrawn => "closed",
    }
}

/// The band that counts.
pub(crate) fn severity(row: &ReportRow) -> Result<Band> {
    band(&row.severity)
}

/// The band with this code.
pub(crate) fn band(code: &str) -> Result<Band> {
    Band::from_code(code).ok_or_else(|| Refusal::Fault(format!("no band {code}")))
}

/// Stores a changed report.
pub(crate) async fn save(tx: &mut Tx, row: &mut ReportRow) -> Result<()> {
    store::report::save(tx, row).await?;
    row.version += 1;
    Ok(())
}

/// What the audit log commits to before and after an act on a report.
#[derive(Debug, Serialize)]
pub(crate) struct Trace {
    version: i64,
    state: String,
    severity: String,
    urgent: bool,
    content_version: i64,
    assigned_to: Option<uuid::Uuid>,
    answer_due: i64,
    paused_at: Option<i64>,
    question_due: Option<i64>,
    outcome: String,
    reason_code: String,
    duplicate_of: Option<uuid::Uuid>,
    confirmed_at: Option<i64>,
    company_entry_at: i64,
    authority_entry_at: i64,
    snoozed_until: Option<i64>,
}

impl Trace {
    pub(crate) fn of(row: &ReportRow) -> Self {
        Self {
            version: row.version,
            state: row.state.clone(),
            severity: row.severity.clone(),
            urgent: row.urgent,
            content_version: row.current_version,
            assigned_to: row.assigned_to,
            answer_due: row.answer_due,
            paused_at: row.paused_at,
            question_due: row.question_due,
            outcome: row.outcome.clone(),
            reason_code: row.reason_code.clone(),
            duplicate_of: row.duplicate_of,
            confirmed_at: row.confirmed_at,
            company_entry_at: row.company_entry_at,
            authority_entry_at: row.authority_entry_at,
            snoozed_until: row.snoozed_until,
        }
    }
}

#[cfg(test)]
mod tests;
