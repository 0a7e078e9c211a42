//! The internal sheet: violet paper with a dashed rule, so that nobody mistakes a note for a reply.

use super::{Body, Glyph, Icon, Tag, Tone, words::words};
use leptos::prelude::*;

/// A sheet only the authority sees. Says so on top, whatever stands on it.
#[component]
pub fn InternalSheet(
    /// Heading of the sheet.
    #[prop(into)]
    title: String,
    /// Notes, and the form to add one.
    children: Body,
) -> impl IntoView {
    view! {
        <section class="internal">
            <div class="internal__head">
                <h2 class="internal__title">{title}</h2>
                <p class="internal__warning"><Glyph icon=Icon::Lock/><span>{words().internal_only}</span></p>
            </div>
            {children.view()}
        </section>
    }
}

/// One internal note.
#[component]
pub fn InternalNote(
    /// Who wrote it.
    #[prop(into)]
    author: String,
    /// When, in words.
    #[prop(into)]
    time: String,
    /// When, RFC 3339.
    #[prop(into)]
    datetime: String,
    /// The text as typed.
    #[prop(into)]
    text: String,
    /// Whether the reader has not seen it before.
    #[prop(optional)]
    is_new: bool,
) -> impl IntoView {
    view! {
        <article class="note">
            <p class="note__head">
                <b><bdi>{author}</bdi></b>" "<time datetime=datetime>{time}</time>
                {is_new.then(|| view! { " "<Tag text=words().unread tone=Tone::Info/> })}
            </p>
            <p class="note__text typed" dir="auto">{text}</p>
        </article>
    }
}
