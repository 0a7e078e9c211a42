//! Taking back what one has just done at the desk, for ten seconds.
//!
//! An act is done at once, with its audit row. How the report stood before is kept for as long as the act can be taken
//! back, and the mails that it sends wait as long. Taking back is an act of its own with its own rows: the report stands as
//! before, the mails are withdrawn, and what the reporter was told is kept from them, unless somebody of the company has
//! opened the report meanwhile; then they read that it stands where it stood. Whatever else is done with the report makes
//! the act final. What was written (a message, a question, a note) is said and is not taken back.

use domain::{
    access::{Action, Principal},
    ids::{LabelId, OrgId, ReportId, UndoId},
    reference::Reference,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    report::ReportRow,
    undo::{self as rows, NewUndo, UndoRow},
};
use uuid::Uuid;

use super::work::show_state;
use crate::{
    Context, Result,
    draft::json,
    error::Refusal,
    report::{
        access,
        standing::{self, Trace},
    },
    seat::Seat,
    thread::{self, Noted},
};

/// How long the page offers it, microseconds.
const OFFERED: i64 = 10 * Timestamp::SECOND;
/// How much later it is still taken, since pages and presses travel, microseconds.
const SLACK: i64 = 5 * Timestamp::SECOND;
/// How much later the mails leave, for clocks that differ, microseconds.
const APART: i64 = 3 * Timestamp::SECOND;

/// When mails of an act that is done now may leave.
pub(super) fn mails_at(ctx: &Context) -> Timestamp {
    ctx.now().plus(OFFERED + SLACK + APART)
}

macro_rules! stood {
    ($($field:ident: $kind:ty),+ $(,)?) => {
        /// What acts of officers change in a report; nothing that names anybody outside.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        struct Stood { $($field: $kind),+ }

        impl Stood {
            fn of(row: &ReportRow) -> Self {
                Self { $($field: row.$field.clone()),+ }
            }

            fn put_back(self, row: &mut ReportRow) {
                $(row.$field = self.$field;)+
            }
        }
    };
}

stood! {
    state: String,
    shelf: String,
    on_hold: bool,
    unanswered: bool,
    severity: String,
    urgency: i64,
    answer_due: i64,
    paused_at: Option<i64>,
    question_due: Option<i64>,
    assigned_to: Option<Uuid>,
    outcome: String,
    reason_code: String,
    decided_at: Option<i64>,
    duplicate_of: Option<Uuid>,
    authority_entry_at: i64,
    answer_from: i64,
    answer_hours: i64,
    answer_calendar: String,
    escalated: i64,
    escalate_at: Option<i64>,
    page_at: Option<i64>,
    snoozed_until: Option<i64>,
    first_answer_at: Option<i64>,
    in_time: Option<i64>,
}

/// What is kept of an act.
#[derive(Serialize, Deserialize)]
struct Kept {
    stood: Stood,
    labels: Vec<LabelId>,
    mails: Vec<Uuid>,
}

/// How a report stands before an act.
pub(super) struct Before {
    stood: Stood,
    labels: Vec<LabelId>,
    version: i64,
    n: i64,
}

impl Before {
    /// Of a report that is held.
    pub async fn of(tx: &mut Tx, row: &ReportRow) -> Result<Self> {
        let report = ReportId(row.id);
        let labels = labels(tx, report).await?;
        Ok(Self { stood: Stood::of(row), labels, version: row.version, n: store::thread::count(tx, report).await? })
    }

    /// Offers to take back what was done since, as (part of) the act `act`; nothing if nothing was.
    pub async fn offer(
        self,
        ctx: &Context,
        tx: &mut Tx,
        seat: Seat<'_>,
        row: &ReportRow,
        (act, deed): (UndoId, &str),
        mails: Vec<Uuid>,
    ) -> Result<()> {
        if row.version == self.version {
            return Ok(());
        }
        let kept = json(&Kept { stood: self.stood, labels: self.labels, mails })?;
        let new = NewUndo {
            report: ReportId(row.id),
            act,
            authority: OrgId(row.authority_id),
            person: seat.id(),
            deed,
            at: ctx.now(),
            until: ctx.now().plus(OFFERED + SLACK),
            version: row.version,
            n: self.n,
            before: &kept,
        };
        Ok(rows::put(tx, &new).await?)
    }
}

async fn labels(tx: &mut Tx, report: ReportId) -> Result<Vec<LabelId>> {
    Ok(store::label::of_report(tx, report).await?.into_iter().map(|row| LabelId(row.id)).collect())
}

/// An act that can still be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undoable {
    /// Which.
    pub id: UndoId,
    /// Code of what was done.
    pub deed: String,
    /// For how many more seconds it is offered.
    pub seconds: u32,
}

/// The last act of a person at a desk, while it is offered to take it back: of this kind and on this report, where they
/// are given.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn undoable(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    deed: &str,
    of: Option<&Reference>,
) -> Result<Option<Undoable>> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    let about = (deed, of.map_or("", Reference::as_str));
    let row = rows::running(&mut ctx.db.reader(), seat.id(), authority, ctx.now(), about).await?;
    Ok(row.and_then(|row| {
        let left = Timestamp(row.at).plus(OFFERED).since(ctx.now());
        let seconds = u32::try_from(left.div_euclid(Timestamp::SECOND)).unwrap_or_default();
        (seconds > 0).then_some(Undoable { id: UndoId(row.undo_id), deed: row.deed, seconds })
    }))
}

/// How taking back went with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// It stands as before.
    Done,
    /// Somebody has changed it since; nothing was done.
    Changed,
    /// The time is over; nothing was done.
    Late,
}

/// Takes an act back, on each of its reports that still stands as the act left it. Empty if it can no longer be found: the
/// time is over, or something else was done with each of its reports.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody who does not work at the desk.
pub async fn undo(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    act: UndoId,
) -> Result<Vec<(Reference, Undone)>> {
    let seat = Seat::take(principal, authority, Action::WorkReports)?;
    let reports = rows::of_act(&mut ctx.db.reader(), act, seat.id(), authority).await?;
    let mut went = Vec::new();
    for report in reports {
        let reference = report.reference.parse().map_err(|_| Refusal::Fault(report.reference.clone()))?;
        went.push((reference, one(ctx, seat, act, report).await?));
    }
    Ok(went)
}

async fn one(ctx: &Context, seat: Seat<'_>, act: UndoId, kept: UndoRow) -> Result<Undone> {
    let report = ReportId(kept.report_id);
    let mut tx = ctx.db.begin().await?;
    let mut row = store::report::lock(&mut tx, report).await?;
    if ctx.now() > Timestamp(kept.until) {
        return Ok(Undone::Late);
    }
    if row.version != kept.version || !rows::forget(&mut tx, report, act).await? {
        return Ok(Undone::Changed);
    }
    let before: Kept = serde_json::from_str(&kept.before).map_err(|error| Refusal::Fault(error.to_string()))?;
    for mail in &before.mails {
        if !store::outbox::withdraw(&mut tx, *mail).await? {
            return Ok(Undone::Late);
        }
    }
    let (trace, said) = (Trace::of(&row), access::state_of(&row.state)?.for_reporter());
    before.stood.put_back(&mut row);
    row.updated_at = ctx.now().0;
    put_back_labels(&mut tx, report, &before.labels).await?;
    if rows::is_opened_since(&mut tx, report, OrgId(row.org_id), Timestamp(kept.at)).await? {
        show_state(ctx, &mut tx, &mut row, Some(seat), said).await?;
    } else {
        rows::withhold(&mut tx, report, kept.n).await?;
    }
    thread::for_desk(ctx, &mut tx, &row, Some(seat), Noted::Undone, "").await?;
    standing::save(&mut tx, &mut row).await?;
    thread::record(ctx, &mut tx, seat, (Action::WorkReports, "act undone"), Some(&trace), &row).await?;
    tx.commit().await?;
    Ok(Undone::Done)
}

/// Labels that were removed from the authority's list meanwhile stay away.
async fn put_back_labels(tx: &mut Tx, report: ReportId, before: &[LabelId]) -> Result<()> {
    let now = labels(tx, report).await?;
    for gone in now.iter().filter(|label| !before.contains(label)) {
        store::label::take_off(tx, report, *gone).await?;
    }
    for missing in before.iter().filter(|label| !now.contains(label)) {
        if store::label::by_id(tx, *missing).await?.is_some() {
            store::label::stick(tx, report, *missing).await?;
        }
    }
    Ok(())
}
