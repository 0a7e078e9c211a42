//! The end of phrases: some months after a concern was settled nobody reads its mailbox any more.

use domain::{access::Action, ids::ReportId, retention::concern_phrase_days, time::Timestamp};
use store::concern as rows;

use crate::{
    Context, Result,
    audit::{self, Act, Actor, NONE},
    error::Refusal,
};

/// Ends the phrases of concerns that were settled long ago; how many. For the worker.
///
/// # Errors
/// If the store fails.
pub(crate) async fn end_phrases(ctx: &Context) -> Result<usize> {
    let before = ctx.now().plus(-concern_phrase_days() * Timestamp::DAY);
    let mut ended = 0;
    for report in rows::settled(&mut ctx.db.reader(), before.0).await? {
        ended += usize::from(end(ctx, report).await?);
    }
    Ok(ended)
}

async fn end(ctx: &Context, report: ReportId) -> Result<bool> {
    let mut tx = ctx.db.begin().await?;
    let row = store::report::lock(&mut tx, report).await?;
    // Somebody may have taken it up again, or another worker ended it.
    if row.shelf != "closed" || !rows::close(&mut tx, report).await? {
        return Ok(false);
    }
    let (actor, step) = (Actor::System, "phrase of a concern ended");
    let object_id = row.reference.parse::<domain::reference::Reference>();
    let object_id = object_id.map_err(|_| Refusal::Fault(row.reference.clone()))?.to_string();
    let act = Act { actor, action: Action::SendConcern, step, object_kind: "report", object_id };
    audit::record(ctx, &mut tx, act, NONE, NONE).await?;
    tx.commit().await?;
    Ok(true)
}
