//! Work that the browser does while a form is filled in, so that a flood of forms costs something. The form can be sent without it,
//! by a narrower way.

use leptos::prelude::*;

/// Works on a challenge and puts what it found into a hidden field.
#[island]
pub fn ProofOfWork(
    /// The form's mark.
    challenge: String,
    /// Zero bits to find.
    bits: u32,
    /// Id of the hidden field.
    field: String,
    /// What is said while it works.
    runs: String,
    /// What is said when it is done.
    done: String,
) -> impl IntoView {
    let found = RwSignal::new(false);
    let live = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        live.set(true);
        browser::work_on(challenge.clone(), bits, field.clone(), 0, found);
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (challenge, bits, field);
    let said = move || match (live.get(), found.get()) {
        (false, _) => String::new(),
        (true, false) => runs.clone(),
        (true, true) => done.clone(),
    };
    // Nobody is interrupted by it while writing.
    view! { <p class="small muted" data-work=move || found.get().then_some("done")>{said}</p> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use domain::concern::work;
    use leptos::prelude::*;
    use web_sys::HtmlInputElement;

    use crate::islands::dom;

    /// Tries in one go: some milliseconds on a slow telephone, so that typing stays fluent.
    const AT_ONCE: u64 = 2_000;

    pub fn work_on(challenge: String, bits: u32, field: String, from: u64, found: RwSignal<bool>) {
        dom::after(1, move || match work(&challenge, from, AT_ONCE, bits) {
            Some(nonce) => {
                if let Some(input) = dom::by_id::<HtmlInputElement>(&field) {
                    input.set_value(&nonce.to_string());
                    found.set(true);
                }
            }
            None => work_on(challenge, bits, field, from + AT_ONCE, found),
        });
    }
}
