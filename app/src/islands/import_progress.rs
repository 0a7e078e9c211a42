//! How far an import is, asked for every two seconds. When the worker has done its part the page is loaded anew, which then
//! shows what came of it. Without JavaScript the page has a link that looks again. None of this prolongs the sign-in.

use leptos::prelude::*;

/// How far an import is.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Progress {
    /// Rows that are done.
    pub done: i64,
    /// Rows that are to be done.
    pub total: i64,
    /// The same in words, with the time that is left.
    pub said: String,
    /// Whether the worker still has it.
    pub at_work: bool,
}

/// The bar, and the words under it.
#[island]
pub fn ImportProgress(
    /// Address to ask.
    poll: String,
    /// Address of this page.
    address: String,
    /// Id of the heading that names the bar.
    named_by: String,
    /// How far it was when the page was made.
    first: Progress,
) -> impl IntoView {
    let now = RwSignal::new(first);
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::ask_later(poll.clone(), address.clone(), now));
    #[cfg(not(feature = "hydrate"))]
    let _ = (poll, address);
    let (most, done) = (move || now.get().total.max(1).to_string(), move || now.get().done.to_string());
    view! {
        <progress class="progress" max=most value=done aria-labelledby=named_by></progress>
        <p role="status">{move || now.get().said}</p>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{prelude::*, task::spawn_local};

    use super::Progress;
    use crate::islands::dom;

    /// How often it is asked.
    const POLL_MS: i32 = 2_000;

    pub fn ask_later(poll: String, address: String, now: RwSignal<Progress>) {
        dom::after(POLL_MS, move || ask(poll, address, now));
    }

    fn ask(poll: String, address: String, now: RwSignal<Progress>) {
        spawn_local(async move {
            let answer = dom::get(&poll, "application/json").await;
            let read = answer.and_then(|answer| serde_json::from_str::<Progress>(&answer.body).ok());
            match read {
                Some(read) if !read.at_work => {
                    if let Some(window) = dom::window() {
                        let _ = window.location().set_href(&address);
                    }
                    return;
                }
                Some(read) => now.set(read),
                // The line may come back; without a sign-in nothing more is said.
                None => {}
            }
            ask_later(poll, address, now);
        });
    }
}
