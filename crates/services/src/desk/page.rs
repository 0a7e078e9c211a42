//! Mailing those on duty about a report that cannot wait: when it comes in, and once more if nobody opens it.

use domain::{
    ids::{OrgId, ReportId},
    time::Timestamp,
};

use super::tick::finish;
use crate::{
    Context, Result,
    report::standing::Trace,
    thread::{self, Noted},
};

/// How long somebody has to open it.
const PATIENCE: i64 = Timestamp::HOUR;

/// When it is looked whether somebody has opened a report about which the mails leave now.
pub(crate) fn again_at(ctx: &Context) -> Timestamp {
    ctx.now().plus(PATIENCE)
}

/// Mails again about what nobody of the authority has opened in an hour; how many reports. For the worker.
///
/// # Errors
/// If the store fails.
pub async fn page_again(ctx: &Context) -> Result<usize> {
    let mut paged = 0;
    for report in store::report::to_page(&mut ctx.db.reader(), ctx.now()).await? {
        paged += usize::from(again(ctx, report).await?);
    }
    Ok(paged)
}

async fn again(ctx: &Context, report: ReportId) -> Result<bool> {
    let mut tx = ctx.db.begin().await?;
    let mut row = store::report::lock(&mut tx, report).await?;
    let before = Trace::of(&row);
    if row.page_at.is_none_or(|at| at >= ctx.now().0) {
        return Ok(false);
    }
    row.page_at = None;
    if store::duty::is_opened(&mut tx, report, OrgId(row.authority_id)).await? {
        store::report::save(&mut tx, &row).await?;
        tx.commit().await?;
        return Ok(false);
    }
    thread::page_out(ctx, &mut tx, &row).await?;
    thread::for_desk(ctx, &mut tx, &row, None, Noted::PagedAgain, "").await?;
    finish(ctx, tx, before, row, "those on duty mailed again").await
}
