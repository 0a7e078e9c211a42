//! Taking a list away: one line of links, the same under every list.

use super::words::words;
use leptos::prelude::*;

/// A kind of file of a list.
#[derive(Clone, Debug)]
pub struct FileLink {
    /// What it is called: "CSV".
    pub label: &'static str,
    /// Its address, filters and all.
    pub href: String,
}

/// The list above as a file.
#[component]
pub fn TakeAway(
    /// The kinds.
    files: Vec<FileLink>,
) -> impl IntoView {
    let words = words();
    let link = |file: FileLink| view! { <li><a href=file.href download=true>{file.label}</a></li> };
    view! {
        <div class="take-away no-print">
            <span id="take-away">{words.take_away}</span>
            <ul role="list" aria-labelledby="take-away">{files.into_iter().map(link).collect_view()}</ul>
        </div>
    }
}
