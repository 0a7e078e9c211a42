//! Deciding a report, and taking a decided one up again.

use domain::{
    access::{Action, Principal},
    ids::{ReportId, UndoId},
    reference::Reference,
    report::{Act, Decision},
    time::Timestamp,
};
use store::{Tx, report::ReportRow};
use uuid::Uuid;

use super::{
    undo::{self, Before},
    work::{seen, show_state},
};
use crate::{
    Context, Result,
    error::{Problem, Refusal},
    outbox::Template,
    report::{
        access, reasoned, reasons_of,
        standing::{self, Trace},
    },
    seat::Seat,
    thread::{self, Noted, Said},
};

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is accepted for investigation.
    Accept,
    /// It is the same matter as another report of the authority.
    Duplicate {
        /// That report.
        of: Reference,
    },
    /// It is closed.
    NoFurtherAction,
}

impl Verdict {
    /// The decision whose reasons apply.
    #[must_use]
    pub const fn decision(&self) -> Decision {
        match self {
            Self::Accept => Decision::Accept,
            Self::Duplicate { .. } => Decision::Duplicate,
            Self::NoFurtherAction => Decision::Close,
        }
    }

    /// What it is called where it can be taken back.
    const fn deed(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Duplicate { .. } => "duplicate",
            Self::NoFurtherAction => "close",
        }
    }

    const fn act(&self) -> Act {
        match self {
            Self::Accept => Act::Accept,
            Self::Duplicate { .. } => Act::MarkDuplicate,
            Self::NoFurtherAction => Act::Close,
        }
    }
}

/// Decides a report. The company is told the class of the outcome and nothing else.
///
/// # Errors
/// [`Refusal::Invalid`] for an unknown reason, a missing comment or a report that cannot be the original;
/// [`Refusal::NotPossible`] in a state without that decision; [`Refusal::Stale`].
pub async fn decide(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    version: i64,
    verdict: &Verdict,
    reason: &str,
    comment: &str,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = seen(&mut tx, principal, reference, version).await?;
    let before = Before::of(&mut tx, &row).await?;
    let mails = decide_in(ctx, &mut tx, seat, &mut row, verdict, (reason, comment), undo::mails_at(ctx)).await?;
    before.offer(ctx, &mut tx, seat, &row, (UndoId(ctx.new_id()), verdict.deed()), mails).await?;
    tx.commit().await?;
    Ok(())
}

/// [`decide`] of a report that is held, in a transaction that somebody else commits. The mails to the company, which
/// leave when they are due.
pub(crate) async fn decide_in(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    row: &mut ReportRow,
    verdict: &Verdict,
    (reason, comment): (&str, &str),
    due: Timestamp,
) -> Result<Vec<Uuid>> {
    let reasons = reasons_of(ctx, row);
    let comment = reasoned(&reasons, verdict.decision(), reason, comment)?;
    let before = Trace::of(row);
    let stood = access::state_of(&row.state)?.for_reporter();
    let of = match verdict {
        Verdict::Duplicate { of } => Some((original(tx, row, of).await?, of.clone())),
        _ => None,
    };
    row.decided_at = Some(ctx.now().0);
    standing::advance(&ctx.calendars(), row, verdict.act(), ctx.now())?;
    row.duplicate_of = of.as_ref().map(|(id, _)| id.0);
    row.reason_code = reason.to_owned();
    row.assigned_to.get_or_insert(seat.id().0);
    let noted = Noted::Decided { decision: verdict.decision(), reason: reason.to_owned(), of: of.map(|(_, of)| of) };
    thread::for_desk(ctx, tx, row, Some(seat), noted, &comment).await?;
    show_state(ctx, tx, row, Some(seat), stood).await?;
    let class = reasons.find(verdict.decision(), reason).and_then(|reason| reason.outcome);
    if let Some(class) = class {
        class.code().clone_into(&mut row.outcome);
        thread::by_authority(ctx, tx, row, Some(seat), Said::Outcome { class }, "").await?;
    }
    standing::save(tx, row).await?;
    let mails = thread::tell_company_for(ctx, tx, row, Template::Outcome, due).await?;
    thread::record(ctx, tx, seat, (Action::WorkReports, "report decided"), Some(&before), row).await?;
    Ok(mails)
}

/// The report that `row` repeats: another one of the same authority that is not itself a duplicate of `row`.
async fn original(tx: &mut Tx, row: &ReportRow, of: &Reference) -> Result<ReportId> {
    let problem = |message: &str| Refusal::Invalid(vec![Problem::new("of", message)]);
    let found = store::report::find(tx, of.as_str()).await?;
    // A report of another authority and one that does not exist are told apart by nobody.
    let found = found.filter(|found| found.authority_id == row.authority_id);
    let found = found.ok_or_else(|| problem("There is no such report. Check the reference"))?;
    if found.id == row.id {
        return Err(problem("A report cannot be a duplicate of itself"));
    }
    if found.duplicate_of.is_some() {
        return Err(problem("That report is a duplicate itself. Name the one it repeats"));
    }
    Ok(ReportId(found.id))
}

/// Takes a decided report up again, with a reason of [`Decision::Reopen`].
///
/// # Errors
/// [`Refusal::Invalid`] for an unknown reason or a missing comment; [`Refusal::NotPossible`] if it is not decided;
/// [`Refusal::Stale`].
pub async fn reopen(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    version: i64,
    reason: &str,
    comment: &str,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = seen(&mut tx, principal, reference, version).await?;
    let comment = reasoned(&reasons_of(ctx, &row), Decision::Reopen, reason, comment)?;
    let (before, trace) = (Before::of(&mut tx, &row).await?, Trace::of(&row));
    let stood = access::state_of(&row.state)?.for_reporter();
    standing::advance(&ctx.calendars(), &mut row, Act::Reopen, ctx.now())?;
    row.outcome.clear();
    row.reason_code.clear();
    (row.decided_at, row.duplicate_of) = (None, None);
    let noted = Noted::Reopened { reason: reason.to_owned() };
    thread::for_desk(ctx, &mut tx, &row, Some(seat), noted, &comment).await?;
    show_state(ctx, &mut tx, &mut row, Some(seat), stood).await?;
    standing::save(&mut tx, &mut row).await?;
    let due = undo::mails_at(ctx);
    let mails = thread::tell_company_for(ctx, &mut tx, &row, Template::MessageWaiting, due).await?;
    thread::record(ctx, &mut tx, seat, (Action::WorkReports, "report taken up again"), Some(&trace), &row).await?;
    before.offer(ctx, &mut tx, seat, &row, (UndoId(ctx.new_id()), "reopen"), mails).await?;
    tx.commit().await?;
    Ok(())
}
