//! A company's own reports as a whole, for a file.

use domain::{
    access::{Action, Principal},
    ids::OrgId,
};
use serde::Serialize;

use super::list::{Filter, ReportItem, list};
use crate::{
    Context, Result,
    audit::{self, Act},
    seat::Seat,
};

/// How many reports are asked for at once.
const BATCH: u16 = 500;

/// What the log commits to.
#[derive(Serialize)]
struct Trace<'a> {
    format: &'a str,
    state: Option<&'a str>,
    reports: usize,
}

/// All reports that the person may see, newest first. Taking them away is an act: it stands in the log, with the format.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without a place in the company.
pub async fn export(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: Filter,
    format: &str,
) -> Result<Vec<ReportItem>> {
    let seat = Seat::take(principal, org, Action::ReadOwnReports)?;
    let (mut items, mut after) = (Vec::new(), None);
    loop {
        let page = list(ctx, principal, org, filter, after, BATCH).await?;
        items.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let act = Act {
        actor: seat.actor(),
        action: Action::ReadOwnReports,
        step: "list of reports exported",
        object_kind: "org",
        object_id: org.to_string(),
    };
    let trace = Trace { format, state: filter.state.map(|state| state.code()), reports: items.len() };
    let mut tx = ctx.db.begin().await?;
    audit::record(ctx, &mut tx, act, audit::NONE, Some(&trace)).await?;
    tx.commit().await?;
    Ok(items)
}
