//! Drafts that become the next version of a report that was sent: amendments, completions, and what they were begun from.
//!
//! Such a draft holds all answers of the version it was begun from, and is sent only while that is still the newest. If
//! somebody else was faster, [`catch_up`] takes over what they changed; what was typed here stays.

use domain::{
    access::{Action, Principal},
    ids::{DraftId, OrgId, ReportId},
    question::{ChangedGroup, SummaryGroup, changes as differing},
    reference::Reference,
};
use store::{Read, Tx, draft::DraftRow, report::own::OwnRow};

use super::{
    DraftView,
    begin::{New, content, insert_in, read},
    change::{rewrite, saver},
    lock,
    merge::Working,
    record, too_much,
};
use crate::{
    Context, Result,
    error::Refusal,
    report::{access, judge::Eyes, view},
    seat::Seat,
};

/// The report whose next version a draft becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continues {
    /// Its identity.
    pub report: ReportId,
    /// Its number.
    pub reference: Reference,
    /// It amends the report; otherwise it completes one of four questions.
    pub amends: bool,
    /// The version that the draft was begun from.
    pub based_on: i64,
    /// The version that stands now. If it is another, the draft has to catch up before it is sent.
    pub newest: i64,
}

impl Continues {
    /// Whether somebody else sent a version meanwhile.
    #[must_use]
    pub const fn is_overtaken(&self) -> bool {
        self.based_on != self.newest
    }
}

pub(super) async fn continues(db: &mut impl Read, row: &DraftRow) -> Result<Option<Continues>> {
    let Some(report) = row.completes_report.map(ReportId) else { return Ok(None) };
    let Some(found) = store::report::by_id(db, report).await? else { return Ok(None) };
    let reference = found.reference.parse().map_err(|_| Refusal::Fault(format!("reference {}", found.reference)))?;
    Ok(Some(Continues {
        report,
        reference,
        amends: !found.quick || row.quick,
        based_on: row.based_on.unwrap_or(found.current_version),
        newest: found.current_version,
    }))
}

/// Begins (or goes on with) an amendment of a report: a draft with its answers, in the form in which it was sent.
///
/// # Errors
/// [`Refusal::NotPossible`] if the report is closed; [`Refusal::NotFound`] unless the person may see it and write for its
/// company.
pub async fn start_amendment(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<DraftId> {
    let (row, seat) = access::own(ctx, principal, reference, Action::WriteReports).await?;
    let mut tx = ctx.db.begin().await?;
    let id = amendment(ctx, &mut tx, seat, &row).await?;
    tx.commit().await?;
    Ok(id)
}

async fn amendment(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, row: &OwnRow) -> Result<DraftId> {
    access::amendable(&row.state)?;
    next_version(ctx, tx, seat, row, row.quick).await
}

/// Begins (or goes on with) the completion of a report that was sent with the four questions only. Sending it makes the
/// next version of the same report.
///
/// # Errors
/// [`Refusal::NotPossible`] if the report is complete or decided; otherwise as [`start_amendment`].
pub async fn start_completion(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<DraftId> {
    let (row, seat) = access::own(ctx, principal, reference, Action::WriteReports).await?;
    let mut tx = ctx.db.begin().await?;
    // One that was begun is there to be seen, whatever became of the report.
    if store::draft::continuing(&mut tx, ReportId(row.id), seat.id(), false).await?.is_none() {
        access::completable(row.quick, &row.state)?;
    }
    let id = next_version(ctx, &mut tx, seat, &row, false).await?;
    tx.commit().await?;
    Ok(id)
}

/// The draft of a report's next version that somebody writes: the one that is open, or a new one with the answers of the
/// version that stands, asked with the four questions or with all.
async fn next_version(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, row: &OwnRow, quick: bool) -> Result<DraftId> {
    let report = ReportId(row.id);
    if let Some(draft) = store::draft::continuing(tx, report, seat.id(), quick).await? {
        return Ok(draft);
    }
    let answers = read(&content(tx, report, row.current_version).await?)?;
    let continues = Some((report, row.current_version));
    let new = New { company: OrgId(row.org_id), taken_by: None, answers, quick, continues };
    insert_in(ctx, tx, seat, new).await
}

/// Goes on with an amendment of a report instead of a draft that turned out to be about the same matter. What was typed
/// into the draft is taken over where it fits ([`Working::carry`]), with its files; the draft itself is put away.
///
/// # Errors
/// [`Refusal::NotPossible`] if the report is closed or the draft is not an open one of a new report;
/// [`Refusal::NotFound`] without the right to either.
pub async fn amend_instead(
    ctx: &Context,
    principal: &Principal,
    id: DraftId,
    reference: &Reference,
) -> Result<DraftId> {
    let (report, _) = access::own(ctx, principal, reference, Action::WriteReports).await?;
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = lock(&mut tx, principal, id).await?;
    if row.org_id != report.org_id || row.taken_by_authority.is_some() {
        return Err(Refusal::NotFound);
    }
    if row.completes_report.is_some() || !row.archived_as.is_empty() {
        return Err(Refusal::NotPossible(
            "This draft cannot become an amendment any more. Open the report instead.".into(),
        ));
    }
    let typed = Working::read(&row)?.answers;
    let amendment = amendment(ctx, &mut tx, seat, &report).await?;
    let (into, _) = lock(&mut tx, principal, amendment).await?;
    let set = super::change::questions(&into.question_set)?;
    let carry = |draft: &mut Working| draft.carry(&typed, set, saver(ctx, seat)).map_err(too_much);
    rewrite(ctx, &mut tx, (seat, &into), "draft carried over", carry).await?;
    store::evidence::move_to(&mut tx, id, amendment).await?;
    store::draft::archive(&mut tx, id, "deleted", ctx.now()).await?;
    record(ctx, &mut tx, super::act(seat.actor(), false, "draft put away", id), None, None).await?;
    tx.commit().await?;
    Ok(amendment)
}

/// Takes over what was changed in the report since the draft was begun; what was typed in the draft stays. Where both
/// changed the same answer, both are kept until somebody chooses.
///
/// # Errors
/// [`Refusal::NotPossible`] if there is nothing to take over; [`Refusal::NotFound`] without the right.
pub async fn catch_up(ctx: &Context, principal: &Principal, id: DraftId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = lock(&mut tx, principal, id).await?;
    let continues =
        continues(&mut tx, &row).await?.filter(|continues| row.archived_as.is_empty() && continues.is_overtaken());
    let Some(continues) = continues else {
        return Err(Refusal::NotPossible("There is nothing to take over: the draft is up to date.".into()));
    };
    let base = read(&content(&mut tx, continues.report, continues.based_on).await?)?;
    let newest = content(&mut tx, continues.report, continues.newest).await?;
    let theirs = read(&newest)?;
    let merge = |draft: &mut Working| draft.catch_up(&base, &theirs, saver(ctx, seat)).map_err(too_much);
    rewrite(ctx, &mut tx, (seat, &row), "newer version taken over", merge).await?;
    // What somebody completed meanwhile is not sent as four questions again.
    store::draft::rebase(&mut tx, id, continues.newest, row.quick && newest.quick).await?;
    tx.commit().await?;
    Ok(())
}

/// What a draft, of which `summary` is [`DraftView::summary`], changes in the report that it amends; nothing for other drafts.
///
/// # Errors
/// If the store fails.
pub async fn changes(ctx: &Context, draft: &DraftView, summary: &[SummaryGroup]) -> Result<Vec<ChangedGroup>> {
    let Some(continues) = draft.continues.as_ref().filter(|continues| continues.amends) else { return Ok(Vec::new()) };
    let authority = draft.authority.ok_or(Refusal::NotFound)?;
    let before = view::content(ctx, (continues.report, authority), continues.based_on, Eyes::Company).await?;
    Ok(differing(&before.summary_in(draft.set), summary))
}
