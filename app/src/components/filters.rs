//! Filters: a form of its own that keeps its state in the address, and what is chosen as chips that can be taken away.

use super::{Body, Glyph, Icon, MaybeText, words::words};
use leptos::prelude::*;

/// Controls that narrow a list, behind a line that opens on a narrow screen.
#[component]
pub fn FilterForm(
    /// Address of the list.
    #[prop(into)]
    action: String,
    /// `get`, or `post` where what is looked for must not stand in an address.
    #[prop(default = "get".to_owned(), into)]
    method: String,
    /// "Filters" unless a better word is known.
    #[prop(optional, into)]
    title: MaybeText,
    /// Shown open from the start.
    #[prop(optional)]
    open: bool,
    /// The controls.
    children: Body,
) -> impl IntoView {
    let words = words();
    let title = title.get().unwrap_or_else(|| words.filters.to_owned());
    view! {
        <details class="filters" open=open>
            <summary class="filters__title">{title}</summary>
            <form class="filters__form" method=method action=action>
                <div class="filters__fields">{children.view()}</div>
                <button class="button button--secondary" type="submit">{words.apply}</button>
            </form>
        </details>
    }
}

/// A chosen filter.
#[derive(Clone, Debug)]
pub struct Chip {
    /// What was chosen: "Substance: acetone".
    pub label: String,
    /// The list without it.
    pub remove_href: String,
}

/// The chosen filters. Draws nothing when none is chosen.
#[component]
pub fn Chips(
    /// The chosen ones.
    chips: Vec<Chip>,
    /// The list without any.
    #[prop(into)]
    clear_href: String,
) -> impl IntoView {
    let words = words();
    (!chips.is_empty()).then(|| {
        view! {
            <ul class="chips" role="list" aria-label=words.chosen_filters>
                {chips.into_iter().map(chip_view).collect_view()}
                <li><a class="chips__clear" href=clear_href>{words.clear_all}</a></li>
            </ul>
        }
    })
}

fn chip_view(chip: Chip) -> impl IntoView {
    view! {
        <li>
            <a class="chip" href=chip.remove_href>
                <span class="unseen">{words().remove_filter}" "</span>
                <bdi>{chip.label}</bdi>
                <Glyph icon=Icon::Close/>
            </a>
        </li>
    }
}
