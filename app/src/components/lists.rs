//! Lists of links: what to do next, what has been published, drafts with days left.

use super::{Body, MaybeText, Part};
use leptos::prelude::*;

/// A row that is one link, with a line under it and something at its end.
pub struct LinkRow {
    /// The link.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// The small line under it.
    pub text: Option<String>,
    /// At the end: status, deadline, tag.
    pub end: Part,
}

impl LinkRow {
    /// A row with nothing but its link.
    #[must_use]
    pub fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: title.into(), href: href.into(), text: None, end: Part::default() }
    }

    /// With a small line under it.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// With something at its end.
    #[must_use]
    pub fn end(mut self, end: AnyView) -> Self {
        self.end = end.into();
        self
    }
}

/// Rows of links.
#[component]
pub fn LinkRows(
    /// The rows.
    rows: Vec<LinkRow>,
    /// Id of the heading that names the list.
    #[prop(optional, into)]
    labelled_by: MaybeText,
) -> impl IntoView {
    view! {
        <ul class="link-rows" role="list" aria-labelledby=labelled_by.get()>
            {rows.into_iter().map(link_row).collect_view()}
        </ul>
    }
}

fn link_row(row: LinkRow) -> impl IntoView {
    view! {
        <li class="link-row">
            <div class="link-row__text">
                <a class="link-row__title" href=row.href><bdi>{row.title}</bdi></a>
                {row.text.map(|text| view! { <p class="link-row__line">{text}</p> })}
            </div>
            {row.end.get().map(|end| view! { <div class="link-row__end">{end}</div> })}
        </li>
    }
}

/// A reason the indicators give, with its weight in words and its source.
#[derive(Clone, Debug)]
pub struct Reason {
    /// What was noticed.
    pub text: String,
    /// How much it weighs: "weighs 3", "hard stop".
    pub weight: String,
    /// Where the rule comes from.
    pub source: Option<String>,
}

/// The reasons behind a band, heaviest first.
#[component]
pub fn Reasons(
    /// The reasons.
    reasons: Vec<Reason>,
) -> impl IntoView {
    view! { <ul class="reasons" role="list">{reasons.into_iter().map(reason_view).collect_view()}</ul> }
}

fn reason_view(reason: Reason) -> impl IntoView {
    view! {
        <li class="reason">
            <span class="reason__text">{reason.text}</span>
            <span class="reason__weight">{reason.weight}</span>
            {reason.source.map(|source| view! { <span class="reason__source">{source}</span> })}
        </li>
    }
}

/// A titled part of a page or aside, framed by hairlines.
#[component]
pub fn Panel(
    /// Its heading.
    #[prop(into)]
    title: String,
    /// Id of the heading, for lists it names.
    #[prop(optional, into)]
    title_id: MaybeText,
    /// At the end of the heading's line: a link, a count.
    #[prop(optional, into)]
    end: Part,
    /// What stands in it.
    children: Body,
) -> impl IntoView {
    view! {
        <section class="panel">
            <div class="panel__head">
                <h2 class="panel__title" id=title_id.get()>{title}</h2>
                {end.get().map(|end| view! { <div class="panel__end">{end}</div> })}
            </div>
            <div class="panel__body">{children.view()}</div>
        </section>
    }
}
