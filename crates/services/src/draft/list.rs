//! Lists of drafts.

use domain::{
    access::{Action, Principal},
    ids::{DraftId, OrgId, UserId},
    time::Timestamp,
};
use store::draft::DraftListRow;

use super::KEPT_FOR;
use crate::{Context, Result, seat::Seat};

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftItem {
    /// Identity.
    pub id: DraftId,
    /// What it is about; empty if nothing has been said yet.
    pub title: String,
    /// Who writes it; in an officer's list, for which company.
    pub author: String,
    /// Whether the asking person writes it.
    pub is_mine: bool,
    /// The four questions only.
    pub quick: bool,
    /// It becomes the next version of a report that was sent.
    pub continues: bool,
    /// Last save.
    pub updated_at: Timestamp,
    /// Until when it is kept if nobody changes it.
    pub kept_until: Timestamp,
    /// When it was put away.
    pub archived_at: Option<Timestamp>,
}

/// The drafts of a company that the person may see, last touched first: open ones, or those put away.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without the right to write for the company.
pub async fn list(ctx: &Context, principal: &Principal, org: OrgId, archived: bool) -> Result<Vec<DraftItem>> {
    let seat = Seat::take(principal, org, Action::WriteReports)?;
    let rows = store::draft::of_org(&mut ctx.db.reader(), org, seat.id(), seat.is_admin(), archived).await?;
    Ok(rows.into_iter().map(|row| item(row, seat.id())).collect())
}

/// What an officer is writing down for companies, last touched first.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without the right.
pub async fn list_taken(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Vec<DraftItem>> {
    let seat = Seat::take(principal, authority, Action::TakeReports)?;
    let rows = store::draft::taken(&mut ctx.db.reader(), authority, seat.id()).await?;
    Ok(rows.into_iter().map(|row| item(row, seat.id())).collect())
}

fn item(row: DraftListRow, asking: UserId) -> DraftItem {
    DraftItem {
        id: DraftId(row.id),
        title: row.title,
        author: row.author,
        is_mine: UserId(row.author_id) == asking,
        quick: row.quick,
        continues: row.completes_report.is_some(),
        updated_at: Timestamp(row.updated_at),
        kept_until: Timestamp(row.archived_at.unwrap_or(row.updated_at)).plus(KEPT_FOR),
        archived_at: row.archived_at.map(Timestamp),
    }
}
