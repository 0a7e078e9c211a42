//! Sticking an authority's labels on a report.

use domain::{
    access::{Action, Principal},
    ids::{LabelId, OrgId, ReportId, UndoId},
    reference::Reference,
};
use serde::Serialize;
use store::{Tx, report::ReportRow};

use super::{undo::Before, work::seen};
use crate::{
    Context, Result,
    audit::{self, Act},
    error::Refusal,
    label::{Label, of_authority},
    report::standing,
    seat::Seat,
    thread::{self, Noted},
};

/// What the log commits to.
#[derive(Serialize)]
struct Trace {
    version: i64,
    labels: Vec<LabelId>,
}

/// Leaves exactly these labels on a report.
///
/// # Errors
/// [`Refusal::Stale`]; [`Refusal::NotPossible`] if a label is gone; [`Refusal::NotFound`] without the right.
pub async fn label(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    version: i64,
    wanted: &[LabelId],
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = seen(&mut tx, principal, reference, version).await?;
    let before = Before::of(&mut tx, &row).await?;
    label_in(ctx, &mut tx, seat, &mut row, |_| wanted.to_vec()).await?;
    before.offer(ctx, &mut tx, seat, &row, (UndoId(ctx.new_id()), "label"), Vec::new()).await?;
    tx.commit().await?;
    Ok(())
}

/// Leaves those labels on a report that is held that follow from the ones that stick on it, in a transaction that somebody else
/// commits.
pub(super) async fn label_in(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    row: &mut ReportRow,
    wanted: impl FnOnce(&[LabelId]) -> Vec<LabelId>,
) -> Result<()> {
    let report = ReportId(row.id);
    let known = of_authority(tx, OrgId(row.authority_id)).await?;
    let there: Vec<LabelId> = store::label::of_report(tx, report).await?.iter().map(|row| LabelId(row.id)).collect();
    let wanted = wanted(&there);
    // A foreign label and one that is gone are told apart by nobody.
    if wanted.iter().any(|id| known.iter().all(|label| label.id != *id)) {
        return Err(Refusal::NotPossible("A label that you chose has been removed. Choose again.".into()));
    }
    let named =
        |fits: &dyn Fn(&Label) -> bool| -> Vec<Label> { known.iter().filter(|label| fits(label)).cloned().collect() };
    let added = named(&|label| wanted.contains(&label.id) && !there.contains(&label.id));
    let removed = named(&|label| !wanted.contains(&label.id) && there.contains(&label.id));
    if added.is_empty() && removed.is_empty() {
        return Ok(());
    }
    for label in &added {
        store::label::stick(tx, report, label.id).await?;
    }
    for label in &removed {
        store::label::take_off(tx, report, label.id).await?;
    }
    let before = Trace { version: row.version, labels: there };
    row.updated_at = ctx.now().0;
    let names = |labels: Vec<Label>| labels.into_iter().map(|label| label.name).collect();
    let noted = Noted::Labelled { added: names(added), removed: names(removed) };
    thread::for_desk(ctx, tx, row, Some(seat), noted, "").await?;
    standing::save(tx, row).await?;
    let after = Trace { version: row.version, labels: wanted };
    let (object_kind, object_id) = ("report", row.reference.clone());
    let act = Act { actor: seat.actor(), action: Action::WorkReports, step: "report labelled", object_kind, object_id };
    audit::record(ctx, tx, act, Some(&before), Some(&after)).await
}
