//! The seconds in which something can still be undone, counted down; at the end the line goes away. The server decides.

use leptos::prelude::*;

/// The countdown in a line that is marked `data-undo`.
#[island]
pub fn UndoCount(
    /// What is left, in seconds.
    seconds: u32,
    /// `within {seconds} s`.
    text: String,
) -> impl IntoView {
    let left = RwSignal::new(seconds);
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::tick(left));
    // Read out once a second it would drown everything else; the button says that it is there for some seconds.
    view! { <span class="undo__left" aria-hidden="true">{move || text.replace("{seconds}", &left.get().to_string())}</span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use web_sys::{Element, HtmlElement};

    use crate::islands::dom;

    /// Counts on, without asking anybody to run again by itself.
    pub fn tick(left: RwSignal<u32>) {
        dom::after(1_000, move || {
            let rest = left.get_untracked().saturating_sub(1);
            if rest == 0 {
                go();
            } else {
                left.set(rest);
                tick(left);
            }
        });
    }

    /// Takes the line away. Whoever stands on its button is not left nowhere.
    fn go() {
        let Some(document) = dom::document() else { return };
        let Some(line) = document.query_selector("[data-undo]").ok().flatten() else { return };
        let inside = |element: Element| element.closest("[data-undo]").ok().flatten().is_some();
        if document.active_element().is_some_and(inside)
            && let Some(main) = dom::by_id::<HtmlElement>("main")
        {
            let _ = main.focus();
        }
        line.remove();
    }
}
