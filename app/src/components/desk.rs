//! The desk: a list at the start, what is selected beside it where the screen is wide.
//!
//! Without scripts a row's title leads to its own page, and its preview link (wide screens only) reloads the desk with
//! the preview filled. An island may swap the preview in place: it listens on `data-desk` and `data-row`.

use super::{MaybeText, Part, SelectBox, words::words};
use leptos::prelude::*;

/// List and preview side by side. On a narrow screen the list alone.
#[component]
pub fn SplitView(
    /// Name of the list for screen readers.
    #[prop(into)]
    list_label: String,
    /// The list, with what belongs above and below it.
    list: AnyView,
    /// What is selected; `None` shows `empty`.
    #[prop(optional, into)]
    preview: Part,
    /// What the empty preview says.
    #[prop(into)]
    empty: String,
) -> impl IntoView {
    let preview = preview.get().unwrap_or_else(|| view! { <p class="split__empty">{empty}</p> }.into_any());
    view! {
        <div class="split" data-desk=true>
            <section class="split__list" aria-label=list_label>{list}</section>
            <section class="split__preview" aria-label=words().preview data-preview=true>{preview}</section>
        </div>
    }
}

/// A row of the queue.
pub struct QueueRow {
    /// Reference, sent when selected.
    pub reference: String,
    /// What it is about, the link.
    pub title: String,
    /// Page of its own.
    pub href: String,
    /// The desk with this row in the preview.
    pub preview_href: Option<String>,
    /// Whether it stands in the preview.
    pub current: bool,
    /// What in it is new to the reader, in words.
    pub news: Option<String>,
    /// The band, a small [`super::Litmus`].
    pub band: Part,
    /// The clock, a [`super::Deadline`].
    pub clock: Part,
    /// Where it stands, a [`super::Status`].
    pub status: Part,
    /// Who, from where, since when: the small line.
    pub facts: Vec<String>,
    /// Who else has it open.
    pub viewers: Option<String>,
}

/// The rows of the queue, most urgent first.
#[component]
pub fn QueueList(
    /// The rows.
    rows: Vec<QueueRow>,
    /// Id of the bulk bar's form.
    #[prop(optional, into)]
    form: MaybeText,
) -> impl IntoView {
    let form = form.get();
    view! {
        <ol class="queue" role="list" data-queue=true>
            {rows.into_iter().map(|row| queue_row(row, form.clone())).collect_view()}
        </ol>
    }
}

fn queue_row(row: QueueRow, form: Option<String>) -> impl IntoView {
    let words = words();
    let about = row.reference.clone();
    let row_key = row.reference.clone();
    let preview = row.preview_href.map(|href| {
        view! { <a class="queue__preview" href=href data-preview-link=true>{words.preview}<span class="unseen">" "{about}</span></a> }
    });
    let select = form.map(|form| view! { <SelectBox value=row.reference.clone() about=row.reference.clone() form/> });
    let unread = row.news.is_some().then_some("true");
    view! {
        <li
            class="queue__row"
            data-row=row_key
            data-current=row.current.then_some("true")
            data-unread=unread
        >
            {select}
            <div class="queue__main">
                <p class="queue__head">
                    <bdi class="ref" dir="ltr">{row.reference}</bdi>
                    {row.band.get()}
                    {row.news.map(|news| view! { <span class="queue__unread">{news}</span> })}
                </p>
                <p class="queue__title"><a href=row.href aria-current=row.current.then_some("true")><bdi>{row.title}</bdi></a></p>
                <div class="queue__line"><p class="queue__facts">{row.facts.into_iter().map(|fact| view! { <bdi>{fact}</bdi> }).collect_view()}</p>{preview}</div>
                <div class="queue__foot">{row.clock.get()}{row.status.get()}</div>
                {row.viewers.map(|viewers| view! { <p class="queue__viewers">{viewers}</p> })}
            </div>
        </li>
    }
}
