//! What happened, newest first: one line for the system, the staff and the reporter alike.

use super::{MaybeText, Part, Tag, Tone, words::words};
use leptos::prelude::*;

/// Who did it, which side of the ledger it is drawn on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventKind {
    /// The service itself.
    #[default]
    System,
    /// The reporter.
    Reporter,
    /// The authority.
    Authority,
    /// Seen by the authority only.
    Internal,
}

impl EventKind {
    const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Reporter => "reporter",
            Self::Authority => "authority",
            Self::Internal => "internal",
        }
    }
}

/// One event.
pub struct TimelineItem {
    /// What happened, in a few words.
    pub title: String,
    /// When, in words.
    pub time: String,
    /// When, RFC 3339.
    pub datetime: String,
    /// Who, if it may be said.
    pub who: Option<String>,
    /// Which side.
    pub kind: EventKind,
    /// Whether the reader has not seen it before.
    pub is_new: bool,
    /// A short text or link.
    pub body: Part,
}

/// The events, newest first.
#[component]
pub fn Timeline(
    /// The events in the order they are shown.
    items: Vec<TimelineItem>,
    /// Id of the heading that names the list.
    #[prop(optional, into)]
    labelled_by: MaybeText,
) -> impl IntoView {
    view! {
        <ol class="timeline" role="list" aria-labelledby=labelled_by.get()>
            {items.into_iter().map(timeline_item).collect_view()}
        </ol>
    }
}

fn timeline_item(item: TimelineItem) -> impl IntoView {
    view! {
        <li class="timeline__item" data-kind=item.kind.name()>
            <time class="timeline__time" datetime=item.datetime>{item.time}</time>
            <div class="timeline__entry">
                <p class="timeline__title">{item.title}{item.is_new.then(|| view! { " "<Tag text=words().unread tone=Tone::Info/> })}</p>
                {item.who.map(|who| view! { <p class="timeline__who"><bdi>{who}</bdi></p> })}
                {item.body.get().map(|body| view! { <div class="timeline__body">{body}</div> })}
            </div>
        </li>
    }
}
