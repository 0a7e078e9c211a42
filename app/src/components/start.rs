//! The public front: three doors, and the card one signs in at.

use super::{Body, ErrorSummary, FieldError, Glyph, Icon, MaybeText, Part};
use leptos::prelude::*;

/// A way into the service.
#[derive(Clone, Debug)]
pub struct Door {
    /// Its glyph.
    pub icon: Icon,
    /// What one does there, the link.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// Who it is for and how long it takes.
    pub text: String,
}

/// The doors of the front page.
#[component]
pub fn Doors(
    /// Three of them.
    doors: Vec<Door>,
) -> impl IntoView {
    view! { <ul class="doors" role="list">{doors.into_iter().map(door_view).collect_view()}</ul> }
}

fn door_view(door: Door) -> impl IntoView {
    view! {
        <li class="door">
            <Glyph icon=door.icon/>
            <h2 class="door__title"><a href=door.href>{door.title}</a></h2>
            <p class="door__text">{door.text}</p>
        </li>
    }
}

/// What the service is, over the doors.
#[component]
pub fn Hero(
    /// The page's heading.
    #[prop(into)]
    title: String,
    /// One or two sentences.
    #[prop(into)]
    lead: String,
    /// Buttons.
    #[prop(optional, into)]
    acts: Part,
) -> impl IntoView {
    view! {
        <div class="hero">
            <h1 class="hero__title">{title}</h1>
            <p class="hero__lead">{lead}</p>
            {acts.get().map(|acts| view! { <div class="button-row">{acts}</div> })}
        </div>
    }
}

/// A narrow card for signing in, registering, resetting a password. Holds the page's heading.
#[component]
pub fn AuthCard(
    /// The page's heading.
    #[prop(into)]
    title: String,
    /// One sentence under it.
    #[prop(optional, into)]
    lead: MaybeText,
    /// What has to be put right.
    #[prop(optional)]
    errors: Vec<FieldError>,
    /// Under the card: other ways.
    #[prop(optional, into)]
    foot: Part,
    /// The form.
    children: Body,
) -> impl IntoView {
    view! {
        <div class="page page--card">
            <div class="page__body">
                <ErrorSummary errors/>
                <div class="card">
                    <h1 class="card__title">{title}</h1>
                    {lead.get().map(|lead| view! { <p class="card__lead">{lead}</p> })}
                    {children.view()}
                </div>
                {foot.get().map(|foot| view! { <div class="card__foot">{foot}</div> })}
            </div>
        </div>
    }
}
