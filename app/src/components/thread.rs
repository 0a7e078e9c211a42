//! Messages between reporter and authority, in the order they were written.

use super::{MaybeText, Part, Tag, Tone, words::words};
use leptos::prelude::*;

/// Who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The company, or whoever reported.
    Reporter,
    /// The authority.
    Authority,
}

impl Side {
    const fn name(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Authority => "authority",
        }
    }
}

/// One message.
pub struct ThreadMessage {
    /// Who wrote it.
    pub side: Side,
    /// The author as the reader may know them.
    pub author: String,
    /// When, in words.
    pub time: String,
    /// When, RFC 3339.
    pub datetime: String,
    /// The text as typed; line breaks are kept.
    pub text: String,
    /// Whether the reader has not seen it yet.
    pub unread: bool,
    /// Attachments, "answer by" and the like.
    pub foot: Part,
}

/// The thread, oldest first, so that the answer is written under the question.
#[component]
pub fn Thread(
    /// The messages.
    messages: Vec<ThreadMessage>,
    /// Id of the heading that names the thread.
    #[prop(optional, into)]
    labelled_by: MaybeText,
) -> impl IntoView {
    view! {
        <ol class="thread" role="list" aria-labelledby=labelled_by.get()>
            {messages.into_iter().map(message_view).collect_view()}
        </ol>
    }
}

fn message_view(message: ThreadMessage) -> impl IntoView {
    view! {
        <li class="message" data-side=message.side.name()>
            <p class="message__head">
                <b class="message__author"><bdi>{message.author}</bdi></b>
                " "
                <time class="message__time" datetime=message.datetime>{message.time}</time>
                {message.unread.then(|| view! { " "<Tag text=words().unread tone=Tone::Info/> })}
            </p>
            <p class="message__text typed" dir="auto">{message.text}</p>
            {message.foot.get().map(|foot| view! { <div class="message__foot">{foot}</div> })}
        </li>
    }
}
