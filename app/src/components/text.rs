//! Optional parameters that are pleasant to fill: a text that may be missing, and a piece of page that may be missing.

use leptos::children::{ChildrenOptContainer, ToChildren};
use leptos::prelude::*;

/// A text that may be missing. Accepts `&str`, `String` and `Option`s of both, so a page can pass what it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaybeText(Option<String>);

impl MaybeText {
    /// The text, if there is one.
    #[must_use]
    pub fn get(self) -> Option<String> {
        self.0
    }

    /// Borrowed, if there is one.
    #[must_use]
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// Whether there is a text.
    #[must_use]
    pub const fn is_some(&self) -> bool {
        self.0.is_some()
    }
}

impl From<&str> for MaybeText {
    fn from(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }
}

impl From<String> for MaybeText {
    fn from(text: String) -> Self {
        Self(Some(text))
    }
}

impl From<Option<String>> for MaybeText {
    fn from(text: Option<String>) -> Self {
        Self(text)
    }
}

impl From<Option<&str>> for MaybeText {
    fn from(text: Option<&str>) -> Self {
        Self(text.map(str::to_owned))
    }
}

/// A piece of page that may be missing: an aside, a row of buttons. Fill it with `view! { … }.into_any()`.
#[derive(Default)]
pub struct Part(Option<AnyView>);

impl Part {
    /// The piece, if there is one.
    #[must_use]
    pub fn get(self) -> Option<AnyView> {
        self.0
    }

    /// Whether there is a piece.
    #[must_use]
    pub const fn is_some(&self) -> bool {
        self.0.is_some()
    }
}

impl From<AnyView> for Part {
    fn from(view: AnyView) -> Self {
        Self(Some(view))
    }
}

impl From<Option<AnyView>> for Part {
    fn from(view: Option<AnyView>) -> Self {
        Self(view)
    }
}

/// What stands between the tags of a part.
///
/// Unlike [`Children`] it is rendered at once, where it is written: it may borrow from its surroundings (the request, the
/// loaded record) and need not be cloned into a closure. Everything here is rendered exactly once, so nothing is lost.
pub struct Body(AnyView);

impl Body {
    /// The content.
    #[must_use]
    pub fn view(self) -> AnyView {
        self.0
    }
}

impl<F, C> ToChildren<F> for Body
where
    F: FnOnce() -> C,
    C: IntoView + 'static,
{
    fn to_children(content: F) -> Self {
        Self(content().into_any())
    }
}

impl<T> ToChildren<ChildrenOptContainer<T>> for Body
where
    T: IntoView + 'static,
{
    fn to_children(content: ChildrenOptContainer<T>) -> Self {
        Self(content.0.into_any())
    }
}

/// A reference, CAS number or other code: monospaced, left to right in every language, its check character set apart.
///
/// The check character is what follows the last hyphen; a text without a hyphen has none.
#[component]
pub fn Reference(
    /// The code as people read it aloud, e.g. `FR-7K3M-9QTD-X`.
    #[prop(into)]
    code: String,
) -> impl IntoView {
    let (body, check) = match code.rsplit_once('-') {
        Some((body, check)) => (format!("{body}-"), Some(check.to_owned())),
        None => (code, None),
    };
    view! { <bdi class="ref" dir="ltr">{body}{check.map(|check| view! { <b class="ref__check">{check}</b> })}</bdi> }
}

/// A longer code to read or copy (a token, a hash, a machine's answer), in its own scroller.
#[component]
pub fn CodeBlock(
    /// What the code is, for people who do not see the frame.
    #[prop(into)]
    label: String,
    /// The code, shown as it is.
    #[prop(into)]
    code: String,
) -> impl IntoView {
    view! { <pre class="code-block" role="region" aria-label=label tabindex="0" dir="ltr"><code>{code}</code></pre> }
}

/// A moment: the words people read, and the exact time for machines.
#[component]
pub fn Moment(
    /// The words, e.g. "23 Nov 2026, 14:03 UTC".
    #[prop(into)]
    text: String,
    /// RFC 3339.
    #[prop(optional, into)]
    datetime: MaybeText,
) -> impl IntoView {
    view! { <time class="moment" datetime=datetime.get()>{text}</time> }
}

/// Text for screen readers only: the half of a name that sight gets from the surroundings.
#[component]
pub fn Unseen(
    /// The words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="unseen">{text}</span> }
}
