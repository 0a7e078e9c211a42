//! Help that opens in place instead of leading away, words explained, and tabs that are links.

use super::{Body, MaybeText, button::unseen_after};
use leptos::prelude::*;

/// Something to open when it is needed.
#[component]
pub fn Details(
    /// The line one presses.
    #[prop(into)]
    summary: String,
    /// Unseen words that tell equal lines apart.
    #[prop(optional, into)]
    about: MaybeText,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    /// What is inside.
    children: Body,
) -> impl IntoView {
    view! {
        <details class="details" open=open>
            <summary class="details__summary">{summary}{unseen_after(about)}</summary>
            <div class="details__body">{children.view()}</div>
        </details>
    }
}

/// Words and what they mean.
#[component]
pub fn Glossary(
    /// Word and meaning.
    terms: Vec<(String, String)>,
) -> impl IntoView {
    view! {
        <dl class="glossary">
            {terms.into_iter().map(|(term, meaning)| view! { <div><dt>{term}</dt><dd>{meaning}</dd></div> }).collect_view()}
        </dl>
    }
}

/// A view of the same thing.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// A number worth knowing (unread, open).
    pub count: Option<u64>,
}

/// Views of the same thing, as links.
#[component]
pub fn Tabs(
    /// What the views are of.
    #[prop(into)]
    label: String,
    /// The views.
    tabs: Vec<Tab>,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="tabs__list" role="list">{tabs.into_iter().map(tab_view).collect_view()}</ul>
        </nav>
    }
}

fn tab_view(tab: Tab) -> impl IntoView {
    view! {
        <li>
            <a class="tab" href=tab.href aria-current=tab.current.then_some("page")>
                {tab.label}
                {tab.count.map(|count| view! { " "<span class="tab__count">{count.to_string()}</span> })}
            </a>
        </li>
    }
}

/// A list of term and description outside a label, e.g. the facts in an aside.
#[component]
pub fn Facts(
    /// Name and value.
    facts: Vec<(String, AnyView)>,
    /// Id of the heading that names the list.
    #[prop(optional, into)]
    labelled_by: MaybeText,
) -> impl IntoView {
    view! {
        <dl class="facts" aria-labelledby=labelled_by.get()>
            {facts.into_iter().map(|(name, value)| view! { <div class="facts__row"><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
        </dl>
    }
}
