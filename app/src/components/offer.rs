//! What a company answers to something that an association offers: membership, a list.

use domain::watchlist::ShareState;
use leptos::prelude::*;

use super::{ButtonKind, ButtonRow, PostButton};

/// Accepting and declining while it is asked, leaving once it is accepted, nothing afterwards. The forms go to `accept`,
/// `decline` and `leave` below `base`.
#[component]
pub fn OfferActs(
    /// Where it stands.
    state: ShareState,
    /// The address of what is offered.
    #[prop(into)]
    base: String,
    /// Unseen words that tell equal buttons apart.
    #[prop(into)]
    about: String,
    /// Words of the three acts.
    accept: &'static str,
    /// See `accept`.
    decline: &'static str,
    /// See `accept`.
    leave: &'static str,
) -> impl IntoView {
    let acts: &[(&str, &'static str, ButtonKind)] = match state {
        ShareState::Asked => &[("accept", accept, ButtonKind::Primary), ("decline", decline, ButtonKind::Secondary)],
        ShareState::Accepted => &[("leave", leave, ButtonKind::Secondary)],
        _ => &[],
    };
    let button = |&(deed, label, kind): &(&str, &'static str, ButtonKind)| {
        view! { <PostButton action=format!("{base}/{deed}") label about=about.clone() kind/> }
    };
    let buttons = acts.iter().map(button).collect_view();
    (!acts.is_empty()).then(|| view! { <ButtonRow>{buttons}</ButtonRow> })
}
