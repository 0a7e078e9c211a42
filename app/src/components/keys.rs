//! Keys: a hint beside the visible button that does the same, and the list that `?` shows.

use super::words::words;
use leptos::prelude::*;

/// One key, drawn as a key cap. Hidden from screen readers: the button's own name says what it does.
#[component]
pub fn Kbd(
    /// What is printed on the key.
    #[prop(into)]
    key: String,
) -> impl IntoView {
    view! { <kbd class="kbd" aria-hidden="true">{key}</kbd> }
}

/// A line of the key list.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// Keys pressed one after the other.
    pub keys: Vec<String>,
    /// What they do.
    pub meaning: String,
}

/// All keys of a page, as a table.
#[component]
pub fn KeyList(
    /// Heading of the table.
    #[prop(into)]
    caption: String,
    /// The keys, the most used first.
    rows: Vec<KeyRow>,
) -> impl IntoView {
    let words = words();
    view! {
        <table class="table key-list">
            <caption class="table__caption">{caption}</caption>
            <thead><tr><th scope="col">{words.key}</th><th scope="col">{words.key_does}</th></tr></thead>
            <tbody>{rows.into_iter().map(key_row).collect_view()}</tbody>
        </table>
    }
}

fn key_row(row: KeyRow) -> impl IntoView {
    let keys = row.keys.into_iter().map(|key| view! { <kbd class="kbd">{key}</kbd>" " }).collect_view();
    view! { <tr><td class="key-list__keys">{keys}</td><td>{row.meaning}</td></tr> }
}
