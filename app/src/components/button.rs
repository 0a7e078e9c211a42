//! Buttons do something, links lead somewhere. A page has at most one primary button.

use super::{Body, Glyph, Icon, Kbd, MaybeText};
use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one act the page is for.
    #[default]
    Primary,
    /// Other acts.
    Secondary,
    /// Acts that should not draw the eye; looks like a link.
    Quiet,
    /// Acts that cannot be taken back.
    Danger,
}

impl ButtonKind {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button button--secondary",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// A button of the surrounding form. The label names the act ("Send report"), never "OK".
#[component]
pub fn Button(
    /// The act.
    #[prop(into)]
    label: String,
    /// Primary unless said otherwise.
    #[prop(optional)]
    kind: ButtonKind,
    /// Name under which `value` is sent, to tell several buttons of a form apart.
    #[prop(optional, into)]
    name: MaybeText,
    /// Sent under `name`.
    #[prop(optional, into)]
    value: MaybeText,
    /// Another address than the form's own.
    #[prop(optional, into)]
    formaction: MaybeText,
    /// Id of the form when the button stands outside it.
    #[prop(optional, into)]
    form: MaybeText,
    /// Unseen words that tell equal labels apart ("the substance acetone").
    #[prop(optional, into)]
    about: MaybeText,
    /// A glyph before the label.
    #[prop(optional)]
    icon: Option<Icon>,
    /// The key that does the same, shown as a hint.
    #[prop(optional, into)]
    key: MaybeText,
) -> impl IntoView {
    let data_key = key.as_deref().map(str::to_owned);
    view! {
        <button
            class=kind.class()
            type="submit"
            name=name.get()
            value=value.get()
            formaction=formaction.get()
            form=form.get()
            data-key=data_key
        >
            {icon.map(|icon| view! { <Glyph icon/> })}
            <span>{label}{unseen_after(about)}</span>
            {key.get().map(|key| view! { <Kbd key/> })}
        </button>
    }
}

/// A link that looks like a button, for the start of a journey.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What happens there.
    #[prop(into)]
    label: String,
    /// Primary unless said otherwise.
    #[prop(optional)]
    kind: ButtonKind,
    /// Unseen words that tell equal labels apart.
    #[prop(optional, into)]
    about: MaybeText,
    /// A glyph before the label.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Offers the target as a file to keep under this name.
    #[prop(optional, into)]
    download: MaybeText,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href download=download.get()>
            {icon.map(|icon| view! { <Glyph icon/> })}
            <span>{label}{unseen_after(about)}</span>
        </a>
    }
}

/// A form of one button: an act that needs nothing but a press.
#[component]
pub fn PostButton(
    /// Where the form is sent.
    #[prop(into)]
    action: String,
    /// The act.
    #[prop(into)]
    label: String,
    /// Secondary is usual; primary unless said otherwise.
    #[prop(optional)]
    kind: ButtonKind,
    /// Names and values sent along.
    #[prop(optional)]
    hidden: Vec<(String, String)>,
    /// Unseen words that tell equal labels apart.
    #[prop(optional, into)]
    about: MaybeText,
    /// A glyph before the label.
    #[prop(optional)]
    icon: Option<Icon>,
    /// The key that does the same, shown as a hint.
    #[prop(optional, into)]
    key: MaybeText,
) -> impl IntoView {
    let data_key = key.as_deref().map(str::to_owned);
    view! {
        <form class="post-button" method="post" action=action>
            {hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()}
            <button class=kind.class() type="submit" data-key=data_key>
                {icon.map(|icon| view! { <Glyph icon/> })}
                <span>{label}{unseen_after(about)}</span>
                {key.get().map(|key| view! { <Kbd key/> })}
            </button>
        </form>
    }
}

/// Buttons side by side, wrapping where the line ends.
#[component]
pub fn ButtonRow(
    /// The buttons, the primary one first.
    children: Body,
) -> impl IntoView {
    view! { <div class="button-row">{children.view()}</div> }
}

pub(super) fn unseen_after(about: MaybeText) -> Option<impl IntoView> {
    about.get().map(|about| view! { <span class="unseen">" "{about}</span> })
}
