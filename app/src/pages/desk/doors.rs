//! The doors of a desk beside its rooms: the views of its queue, and those that were saved.

use domain::access::{Membership, Principal};
use services::{
    Context, Refusal,
    desk::{self, View},
};

use super::{place::Place, queue::view_name};
use crate::{
    text::{desk::texts, fill, go},
    web::paths::with_queries,
};

/// Name and path of each.
///
/// # Errors
/// If the store fails.
pub async fn doors(
    ctx: &Context,
    principal: &Principal,
    member: &Membership,
    lang: domain::lang::Lang,
) -> Result<Vec<(String, String)>, Refusal> {
    let (t, g) = (texts(lang), go::texts(lang));
    let path = |place: &Place| {
        let query = place.query();
        with_queries("/queue", if query.is_empty() { "view=open" } else { &query })
    };
    let views = View::ALL.iter().map(|view| {
        let name = fill(g.view_of_queue, &[("view", view_name(t, *view))]);
        (name, path(&Place::view(*view)))
    });
    let saved = desk::views(ctx, principal, member.org).await?.into_iter();
    let saved = saved.map(|view| (fill(g.view_of_queue, &[("view", &view.name)]), path(&Place::narrowed(view.filter))));
    Ok(views.chain(saved).collect())
}
