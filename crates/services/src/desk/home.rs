//! What an authority's home page shows of its reports.

use domain::{
    access::{Action, Principal},
    ids::OrgId,
};

use super::{
    Counts, QueueFilter, QueueItem, View, news,
    queue::{counts, rows},
};
use crate::{
    Context, Result,
    draft::{self, DraftItem},
    label,
    roster::Today,
    seat::Seat,
};

/// Figures, the most urgent reports, what the officer is writing down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityHome {
    /// Figures over the desk.
    pub counts: Counts,
    /// Reports in which something is new to the person; at most [`super::COUNTED`].
    pub news: i64,
    /// The five most urgent open reports.
    pub urgent: Vec<QueueItem>,
    /// The five most urgent of the person's own.
    pub mine: Vec<QueueItem>,
    /// Reports that the person is taking down by telephone.
    pub drafts: Vec<DraftItem>,
    /// Names of those on duty today.
    pub on_duty: Vec<String>,
    /// Names of those for whom the person stands in.
    pub represents: Vec<String>,
}

/// The figures for a person at the desk.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without a place at the desk.
pub async fn home(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<AuthorityHome> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    let labels = label::of_authority(&mut ctx.db.reader(), authority).await?;
    let top = async |view| {
        let filter = QueueFilter { view, ..QueueFilter::default() };
        Ok::<_, crate::Refusal>(rows(ctx, (authority, seat.id()), &filter, &labels, None, 5).await?.rows)
    };
    let today = Today::of(&mut ctx.db.reader(), authority, ctx.now()).await?;
    let names = today.on_duty().into_iter().filter_map(|person| today.name(person).map(str::to_owned));
    let takes = principal.allowed_in(authority, Action::TakeReports).is_ok();
    Ok(AuthorityHome {
        counts: counts(ctx, authority, seat.id()).await?,
        news: news::count(ctx, authority, seat.id()).await?,
        urgent: top(View::Open).await?,
        mine: top(View::Mine).await?,
        on_duty: names.collect(),
        represents: today.represented_by(seat.id()),
        drafts: if takes { draft::list_taken(ctx, principal, authority).await? } else { Vec::new() },
    })
}
