//! What a company's home page shows of its reports.

use domain::{
    access::{Action, Principal},
    ids::OrgId,
};
use store::report::own::Asker;
use uuid::Uuid;

use super::{ReportItem, list::item};
use crate::{
    Context, Result,
    draft::{self, DraftItem},
    seat::Seat,
};

/// Figures and the latest reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyHome {
    /// Open drafts, last touched first; none for a reader.
    pub drafts: Vec<DraftItem>,
    /// The five newest reports that the person may see.
    pub recent: Vec<ReportItem>,
    /// Reports that the person may see.
    pub sent: i64,
    /// Of these, with a question that waits for an answer.
    pub questions: i64,
    /// Of these, with something unread.
    pub unread: i64,
    /// Of these, taken down by telephone and to be confirmed.
    pub to_confirm: i64,
}

/// The figures for a person of the company.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without a place in the company.
pub async fn home(ctx: &Context, principal: &Principal, org: OrgId) -> Result<CompanyHome> {
    let seat = Seat::take(principal, org, Action::ReadOwnReports)?;
    let asker = Asker { org, person: seat.id(), sees_all: seat.is_admin() };
    let mut db = ctx.db.reader();
    let counts = store::report::own::counts(&mut db, asker).await?;
    let recent = store::report::own::list(&mut db, asker, ("", ""), (i64::MAX, Uuid::max()), 5).await?;
    let writes = principal.allowed_in(org, Action::WriteReports).is_ok();
    Ok(CompanyHome {
        drafts: if writes { draft::list(ctx, principal, org, false).await? } else { Vec::new() },
        recent: recent.iter().map(item).collect::<Result<_>>()?,
        sent: counts.sent,
        questions: counts.questions,
        unread: counts.unread,
        to_confirm: counts.to_confirm,
    })
}
