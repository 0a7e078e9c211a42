//! The templates a page chooses from: reading (one column of 66 characters), form (with an aside), desk (the whole width).

use super::{Body, MaybeText, Part};
use leptos::prelude::*;

/// Running text in a column that reads well.
#[component]
pub fn ReadingPage(
    /// The page.
    children: Body,
) -> impl IntoView {
    view! { <div class="page page--reading"><div class="page__body prose">{children.view()}</div></div> }
}

/// A column of content and, where there is room, an aside of 20 rem.
#[component]
pub fn FormPage(
    /// Beside the content, under it on a narrow screen.
    #[prop(optional, into)]
    aside: Part,
    /// Name of the aside for screen readers.
    #[prop(optional, into)]
    aside_label: MaybeText,
    /// The page.
    children: Body,
) -> impl IntoView {
    let class = if aside.is_some() { "page page--form page--with-aside" } else { "page page--form" };
    view! {
        <div class=class>
            <div class="page__body">{children.view()}</div>
            {aside.get().map(|aside| view! { <aside class="page__aside" aria-label=aside_label.get()>{aside}</aside> })}
        </div>
    }
}

/// The whole width, for lists and desks.
#[component]
pub fn DeskPage(
    /// The page.
    children: Body,
) -> impl IntoView {
    view! { <div class="page page--desk"><div class="page__body">{children.view()}</div></div> }
}

/// The heading of a page that has no label: caption, title, one sentence, acts at the end.
#[component]
pub fn PageTitle(
    /// The page's heading.
    #[prop(into)]
    title: String,
    /// Whose page, which part.
    #[prop(optional, into)]
    caption: MaybeText,
    /// One sentence under it.
    #[prop(optional, into)]
    lead: MaybeText,
    /// Buttons at the end of the line.
    #[prop(optional, into)]
    acts: Part,
) -> impl IntoView {
    view! {
        <div class="page-title">
            <div class="page-title__text">
                {caption.get().map(|caption| view! { <p class="caption">{caption}</p> })}
                <h1>{title}</h1>
                {lead.get().map(|lead| view! { <p class="lead">{lead}</p> })}
            </div>
            {acts.get().map(|acts| view! { <div class="page-title__acts">{acts}</div> })}
        </div>
    }
}
