//! Figures on tiles: the number, what it counts, and what changed.

use leptos::prelude::*;

/// A figure.
#[derive(Clone, Debug)]
pub struct Stat {
    /// The number, already formatted.
    pub value: String,
    /// What it counts.
    pub label: String,
    /// A word more: "2 overdue", "8 % more than last month".
    pub note: Option<String>,
    /// The list behind the number.
    pub href: Option<String>,
}

/// Figures side by side.
#[component]
pub fn Stats(
    /// The figures.
    stats: Vec<Stat>,
) -> impl IntoView {
    view! { <ul class="stats" role="list">{stats.into_iter().map(stat_view).collect_view()}</ul> }
}

fn stat_view(stat: Stat) -> impl IntoView {
    let label = match stat.href {
        Some(href) => view! { <a class="stat__label" href=href>{stat.label}</a> }.into_any(),
        None => view! { <span class="stat__label">{stat.label}</span> }.into_any(),
    };
    view! {
        <li class="stat">
            <span class="stat__value">{stat.value}</span>
            {label}
            {stat.note.map(|note| view! { <span class="stat__note">{note}</span> })}
        </li>
    }
}
