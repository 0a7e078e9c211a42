//! A button that copies the text of an element. Without scripts it is not there: the text can be marked and copied by hand.

use leptos::prelude::*;

/// Copies what stands in the element `target`.
#[island]
pub fn CopyButton(
    /// Id of the element.
    target: String,
    /// What the button says.
    label: String,
    /// Unseen words that tell equal buttons apart.
    about: String,
    /// Said once it is copied.
    copied: String,
    /// Said if the browser does not let it be copied.
    fails: String,
) -> impl IntoView {
    let (ready, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    #[cfg(feature = "hydrate")]
    Effect::new(move || ready.set(true));
    let press = move |_| {
        #[cfg(feature = "hydrate")]
        browser::copy(&target, said, copied.clone(), fails.clone());
        #[cfg(not(feature = "hydrate"))]
        let _ = (&target, &copied, &fails);
    };
    view! {
        <p class="copy no-print" hidden=move || !ready.get()>
            <button class="button button--secondary" type="button" on:click=press>
                <span>{label}<span class="unseen">" "{about}</span></span>
            </button>
            " "
            <span role="status">{move || said.get()}</span>
        </p>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{prelude::*, task::spawn_local};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::Element;

    use crate::islands::dom;

    /// Copies the text and says so; a browser may refuse it, or not know how.
    pub fn copy(target: &str, said: RwSignal<String>, copied: String, fails: String) {
        let text = dom::by_id::<Element>(target).and_then(|element| element.text_content());
        let Some((text, window)) = text.zip(dom::window()) else { return };
        if !window.is_secure_context() {
            said.set(fails);
            return;
        }
        let written = window.navigator().clipboard().write_text(&text);
        spawn_local(async move {
            let outcome = JsFuture::from(written).await;
            said.set(if outcome.is_ok() { copied } else { fails });
        });
    }
}
