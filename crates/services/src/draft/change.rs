//! Saving pages, choosing between answers that met, removing and restoring items, putting drafts away.

use domain::{access::Principal, ids::DraftId, question::QuestionSet, time::Timestamp};
use store::{Tx, draft::DraftRow};

use super::{
    act, lock,
    merge::{Post, Saver, Working},
    record, too_much, trace,
};
use crate::{Context, Result, error::Refusal, seat::Seat};

/// What a save did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The version of the draft now: what the page is to send with its next save.
    pub version: i64,
    /// When it was saved.
    pub at: Timestamp,
    /// Fields in which this save met another answer; both are kept.
    pub conflicts: Vec<String>,
}

/// Saves one page, by its button or by itself (`post.partly`). Everything is stored, right or wrong; a field that the
/// draft's questions do not have is left out. A draft that had been put away comes back.
///
/// # Errors
/// [`Refusal::Invalid`] only if the draft would become too large to be stored; [`Refusal::NotPossible`] if the report
/// has been sent; [`Refusal::NotFound`] without the right.
pub async fn save_page(ctx: &Context, principal: &Principal, id: DraftId, post: &Post<'_>) -> Result<Saved> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = lock(&mut tx, principal, id).await?;
    reopened(&mut tx, &row, ctx.now()).await?;
    let set = questions(&row.question_set)?;
    let asked: Vec<String> = post.asked.iter().filter(|field| set.field(field).is_some()).cloned().collect();
    let mut draft = Working::read(&row)?;
    let before = draft.answers.clone();
    let merged = draft.merge(&Post { asked: &asked, ..*post }, saver(ctx, seat)).map_err(too_much)?;
    let at = ctx.now();
    if merged.changed.is_empty() && merged.conflicts.is_empty() && draft.answers == before {
        tx.commit().await?;
        return Ok(Saved { version: row.version, at, conflicts: Vec::new() });
    }
    let version = draft.write(&mut tx, id, at).await?;
    let (old, new) = (trace(&before, row.version, &[])?, trace(&draft.answers, version, &merged.changed)?);
    record(ctx, &mut tx, act(seat.actor(), is_taken(&row), "draft saved", id), Some(&old), Some(&new)).await?;
    tx.commit().await?;
    Ok(Saved { version, at, conflicts: merged.conflicts })
}

/// Lets one of the answers that met at a field stand: the kept one with this number, or (with `None`) the one that
/// stands already. The others are dropped.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if there is nothing to choose.
pub async fn choose_alternative(
    ctx: &Context,
    principal: &Principal,
    id: DraftId,
    field: &str,
    alternative: Option<u32>,
) -> Result<()> {
    change(ctx, principal, id, "answer chosen", |draft, _| {
        if draft.choose(field, alternative) { Ok(()) } else { Err(Refusal::NotFound) }
    })
    .await
}

/// Takes an item (a substance, a party) out of the draft. What it held is kept and can be put back.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if there is no such item.
pub async fn remove_item(ctx: &Context, principal: &Principal, id: DraftId, group: &str, number: u32) -> Result<()> {
    change(ctx, principal, id, "item removed", |draft, saver| match draft.remove(group, number, saver) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Refusal::NotFound),
        Err(error) => Err(too_much(error)),
    })
    .await
}

/// Puts a removed item back; the number it has now.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if there is no such item.
pub async fn restore_item(ctx: &Context, principal: &Principal, id: DraftId, removed: u32) -> Result<u32> {
    change(ctx, principal, id, "item restored", |draft, _| draft.restore(removed).ok_or(Refusal::NotFound)).await
}

/// Puts a draft away. It can be brought back.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if it is not open.
pub async fn delete(ctx: &Context, principal: &Principal, id: DraftId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = lock(&mut tx, principal, id).await?;
    if !row.archived_as.is_empty() {
        return Err(Refusal::NotFound);
    }
    store::draft::archive(&mut tx, id, "deleted", ctx.now()).await?;
    record(ctx, &mut tx, act(seat.actor(), is_taken(&row), "draft put away", id), None, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings a draft back that was put away.
///
/// # Errors
/// [`Refusal::NotFound`] without the right; [`Refusal::NotPossible`] if the report has been sent.
pub async fn bring_back(ctx: &Context, principal: &Principal, id: DraftId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = lock(&mut tx, principal, id).await?;
    if reopened(&mut tx, &row, ctx.now()).await? {
        record(ctx, &mut tx, act(seat.actor(), is_taken(&row), "draft brought back", id), None, None).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn change<T>(
    ctx: &Context,
    principal: &Principal,
    id: DraftId,
    step: &str,
    how: impl FnOnce(&mut Working, Saver) -> Result<T>,
) -> Result<T> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = lock(&mut tx, principal, id).await?;
    reopened(&mut tx, &row, ctx.now()).await?;
    let done = rewrite(ctx, &mut tx, (seat, &row), step, |draft| how(draft, saver(ctx, seat))).await?;
    tx.commit().await?;
    Ok(done)
}

/// Changes what an open draft holds, as its next version; what `how` gives. In the caller's transaction.
pub(super) async fn rewrite<T>(
    ctx: &Context,
    tx: &mut Tx,
    (seat, row): (Seat<'_>, &DraftRow),
    step: &str,
    how: impl FnOnce(&mut Working) -> Result<T>,
) -> Result<T> {
    let id = DraftId(row.id);
    let mut draft = Working::read(row)?;
    let before = draft.answers.clone();
    let done = how(&mut draft)?;
    let version = draft.write(tx, id, ctx.now()).await?;
    let (old, new) = (trace(&before, row.version, &[])?, trace(&draft.answers, version, &[])?);
    record(ctx, tx, act(seat.actor(), is_taken(row), step, id), Some(&old), Some(&new)).await?;
    Ok(done)
}

/// Opens a draft that was put away; whether it was.
async fn reopened(tx: &mut Tx, row: &DraftRow, at: Timestamp) -> Result<bool> {
    match row.archived_as.as_str() {
        "" => Ok(false),
        "sent" => {
            Err(Refusal::NotPossible("This report has been sent already. Add what is missing as a message.".into()))
        }
        _ => {
            store::draft::reopen(tx, DraftId(row.id), at).await?;
            Ok(true)
        }
    }
}

/// The questions of a draft.
pub(super) fn questions(version: &str) -> Result<&'static QuestionSet> {
    QuestionSet::get(version).ok_or_else(|| Refusal::Fault(format!("no question set {version}")))
}

pub(super) fn saver(ctx: &Context, seat: Seat<'_>) -> Saver {
    Saver { by: seat.id(), at: ctx.now() }
}

const fn is_taken(row: &DraftRow) -> bool {
    row.taken_by_authority.is_some()
}
