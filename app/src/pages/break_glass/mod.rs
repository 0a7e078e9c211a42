//! Access to reports in need: asking for it, deciding about it, reading. The same pages in the workspace of who runs the
//! installation and in that of the authority that has the reports; only the first can ask and read.

mod detail;
mod list;
mod read;

use domain::{access::Action, break_glass::Standing};
use leptos::prelude::*;

use crate::{
    components::{Shape, Status, Tone},
    routes::{Route, get, post},
    text::break_glass::Texts,
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (ask, decide, glass) = (Action::AskBreakGlass, Action::DecideBreakGlass, Action::BreakGlass);
    vec![
        get("/{lang}/s/{org}/break-glass", ask, list::of_installation),
        post("/{lang}/s/{org}/break-glass", ask, list::ask),
        get("/{lang}/a/{org}/break-glass", decide, list::of_authority),
        get("/{lang}/s/{org}/break-glass/{access}", decide, detail::page),
        get("/{lang}/a/{org}/break-glass/{access}", decide, detail::page),
        post("/{lang}/s/{org}/break-glass/{access}/approve", decide, detail::approve),
        post("/{lang}/a/{org}/break-glass/{access}/approve", decide, detail::approve),
        post("/{lang}/s/{org}/break-glass/{access}/refuse", decide, detail::refuse),
        post("/{lang}/a/{org}/break-glass/{access}/refuse", decide, detail::refuse),
        post("/{lang}/s/{org}/break-glass/{access}/end", decide, detail::end),
        post("/{lang}/a/{org}/break-glass/{access}/end", decide, detail::end),
        get("/{lang}/s/{org}/break-glass/{access}/reports", glass, read::list),
        get("/{lang}/s/{org}/break-glass/{access}/reports/{report}", glass, read::page),
    ]
}

/// Where a request stands, as shape and word.
fn mark(t: &'static Texts, standing: Standing) -> AnyView {
    let (shape, tone, word) = match standing {
        Standing::Waiting => (Shape::Half, Tone::Info, t.stands_waiting),
        Standing::Lapsed => (Shape::Open, Tone::Neutral, t.stands_lapsed),
        Standing::Refused => (Shape::Struck, Tone::Danger, t.stands_refused),
        Standing::Open { .. } => (Shape::Full, Tone::Warn, t.stands_open),
        Standing::Ended => (Shape::FullRuled, Tone::Neutral, t.stands_ended),
    };
    view! { <Status shape tone word/> }.into_any()
}
