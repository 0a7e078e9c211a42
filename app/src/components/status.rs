//! Where something stands: a shape and a word; the colour comes third.

use leptos::prelude::*;

/// The shape before the word. A fuller circle is further along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Draft, not yet begun.
    #[default]
    Open,
    /// Sent, waiting.
    Half,
    /// Waiting for an answer.
    HalfAsked,
    /// Being looked at.
    ThreeQuarter,
    /// Accepted, under way.
    Full,
    /// Closed.
    FullRuled,
    /// Duplicate, withdrawn, no longer valid.
    Struck,
    /// Held: must not be changed or deleted.
    Square,
    /// Something is wrong.
    Triangle,
}

impl Shape {
    const fn paths(self) -> &'static str {
        match self {
            Self::Open => "<circle cx='8' cy='8' r='6'/>",
            Self::Half => "<circle cx='8' cy='8' r='6'/><path class='shape__fill' d='M2 8a6 6 0 0 0 12 0z'/>",
            Self::HalfAsked => {
                "<circle cx='8' cy='9.5' r='5'/><path class='shape__fill' d='M3 9.5a5 5 0 0 0 10 0z'/><path d='M8 .5v3M5.5 1.2h5'/>"
            }
            Self::ThreeQuarter => {
                "<circle cx='8' cy='8' r='6'/><path class='shape__fill' d='M8 2v6H2a6 6 0 1 0 6-6z'/>"
            }
            Self::Full => "<circle class='shape__fill' cx='8' cy='8' r='6'/>",
            Self::FullRuled => {
                "<circle class='shape__fill' cx='8' cy='8' r='6'/><path class='shape__paper' d='M4.5 8h7'/>"
            }
            Self::Struck => "<circle cx='8' cy='8' r='6'/><path d='M2.5 13.5l11-11'/>",
            Self::Square => "<path class='shape__fill' d='M2.5 2.5h11v11h-11z'/>",
            Self::Triangle => "<path d='M8 2 15 14H1z'/><path d='M8 6.5v3.2M8 11.8v.2'/>",
        }
    }
}

/// What a status, a banner or a tag means for the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Neutral,
    /// Worth knowing.
    Info,
    /// Went well.
    Ok,
    /// Needs attention soon.
    Warn,
    /// Wrong or overdue.
    Danger,
    /// Held, internal.
    Hold,
}

impl Tone {
    /// The name the style sheet knows the tone by (`data-tone`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Danger => "danger",
            Self::Hold => "hold",
        }
    }
}

/// A status: shape and word.
#[component]
pub fn Status(
    /// The shape.
    shape: Shape,
    /// The word everybody uses for this state.
    #[prop(into)]
    word: String,
    /// Neutral unless the reader has to act.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    view! {
        <span class="status" data-tone=tone.name()>
            <svg class="shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false" inner_html=shape.paths()></svg>
            <span class="status__word">{word}</span>
        </span>
    }
}

/// A word that people of the authority stuck on something; the colour stands beside it, never for it.
#[component]
pub fn Sticker(
    /// Its name.
    #[prop(into)]
    text: String,
    /// Code of its colour, see `domain::label`.
    colour: &'static str,
) -> impl IntoView {
    view! { <span class="sticker" data-colour=colour><bdi>{text}</bdi></span> }
}

/// A short mark of a property ("Demo", "Unverified source", "Table I"). Not a link, not a state.
#[component]
pub fn Tag(
    /// One to three words.
    #[prop(into)]
    text: String,
    /// Neutral unless it warns.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    view! { <span class="tag" data-tone=tone.name()>{text}</span> }
}
