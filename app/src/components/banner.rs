//! What the service has to say about the page: banners (one, right before the heading), callouts in the text, empty states.

use super::{Body, Glyph, Icon, Part, Tone, words::words};
use leptos::prelude::*;

const fn icon_of(tone: Tone) -> Icon {
    match tone {
        Tone::Neutral | Tone::Info => Icon::Info,
        Tone::Ok => Icon::Tick,
        Tone::Warn | Tone::Danger => Icon::Warning,
        Tone::Hold => Icon::Lock,
    }
}

/// The answer to what was just done ("Saved", "Sent"), or an outage. Never together with an error summary.
#[component]
pub fn Banner(
    /// Good, bad, or just to know.
    tone: Tone,
    /// In a few words.
    #[prop(into)]
    title: String,
    /// A sentence or link more.
    #[prop(optional, into)]
    body: Part,
) -> impl IntoView {
    view! {
        <div class="banner" data-tone=tone.name() role="status">
            <Glyph icon=icon_of(tone)/>
            <div class="banner__text">
                <p class="banner__title">{title}</p>
                {body.get().map(|body| view! { <div class="banner__body">{body}</div> })}
            </div>
        </div>
    }
}

/// Something in the text that must not be missed ("Do not tell the customer").
#[component]
pub fn Callout(
    /// Warns, or just informs.
    tone: Tone,
    /// In a few words.
    #[prop(into)]
    title: String,
    /// The sentences.
    children: Body,
) -> impl IntoView {
    view! {
        <div class="callout" data-tone=tone.name()>
            <p class="callout__title"><Glyph icon=icon_of(tone)/><span>{title}</span></p>
            <div class="callout__body">{children.view()}</div>
        </div>
    }
}

/// Above every page of somebody whose mails come back.
#[component]
pub fn UnreachableBand(
    /// What is the matter.
    #[prop(into)]
    text: String,
    /// What to do about it.
    #[prop(into)]
    act: String,
    /// Where.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    view! {
        <aside class="unreachable" aria-label=words().about_account>
            <p class="unreachable__text">{text}" "<a href=href>{act}</a></p>
        </aside>
    }
}

/// Why a list is empty, and the one thing to do about it.
#[component]
pub fn EmptyState(
    /// Why there is nothing.
    #[prop(into)]
    title: String,
    /// One primary act.
    #[prop(optional, into)]
    act: Part,
    /// A sentence, a link to help.
    children: Body,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty__title">{title}</p>
            <div class="empty__body">{children.view()}</div>
            {act.get().map(|act| view! { <div class="empty__act">{act}</div> })}
        </div>
    }
}

/// The telephone for what cannot wait.
#[component]
pub fn UrgentStrip(
    /// When to call: "Delivery within 48 hours?"
    #[prop(into)]
    title: String,
    /// Whom: "Call the duty officer".
    #[prop(into)]
    text: String,
    /// The number as it is read.
    #[prop(into)]
    phone: String,
) -> impl IntoView {
    let digits: String = phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    view! {
        <p class="urgent">
            <Glyph icon=Icon::Phone/>
            <span class="urgent__text"><b>{title}</b>" "{text}</span>
            <a class="urgent__phone" href=format!("tel:{digits}") dir="ltr">{phone}</a>
        </p>
    }
}

/// The band over every page of a database with training data.
#[component]
pub fn TrainingBand(
    /// "Training data: nothing here is sent to an authority".
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <aside class="training" aria-label=words().about_installation>
            <p class="training__text">{text}</p>
        </aside>
    }
}
