//! The litmus strip: how many of five cells light up, the number, and the word. Never the colour alone.

use super::{MaybeText, words::words};
use leptos::prelude::*;

/// Cells of the strip.
pub const LITMUS_CELLS: u8 = 5;

/// A strip of five cells with the band's word, e.g. "4 of 5, red" as `||||. 4 Red`.
#[component]
pub fn Litmus(
    /// How many cells light up, 0 to 5; more is drawn as 5.
    cells: u8,
    /// The band in words.
    #[prop(into)]
    word: String,
    /// Small, for rows of a list.
    #[prop(optional)]
    small: bool,
    /// Address of the reasons; the strip becomes a link.
    #[prop(optional, into)]
    href: MaybeText,
) -> impl IntoView {
    let lit = cells.min(LITMUS_CELLS);
    let class = if small { "litmus litmus--small" } else { "litmus" };
    let inner = view! {
        <span class="litmus__strip" aria-hidden="true">
            {(1..=LITMUS_CELLS).map(|cell| view! { <span class=cell_class(cell, lit)></span> }).collect_view()}
        </span>
        <span class="litmus__words">
            <b class="litmus__number">{lit.to_string()}</b>
            <span class="unseen">" "{words().of_five}", "</span>
            " "
            <span class="litmus__word">{word}</span>
        </span>
    };
    match href.get() {
        Some(href) => view! { <a class=class href=href data-lit=lit.to_string()>{inner}</a> }.into_any(),
        None => view! { <span class=class data-lit=lit.to_string()>{inner}</span> }.into_any(),
    }
}

fn cell_class(cell: u8, lit: u8) -> String {
    if cell <= lit { format!("litmus__cell litmus__cell--{cell}") } else { "litmus__cell".to_owned() }
}
