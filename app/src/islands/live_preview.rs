//! What is written as readers will see it, beside the text, while somebody writes. Without JavaScript the editor's button shows
//! the same on a page of its own.
//!
//! It posts the form around it a moment after the last key and shows the fragment that comes back: the server reads the text,
//! the browser has no reader of its own. Nothing is kept by this.

use leptos::prelude::*;

/// The words.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct PreviewWords {
    /// What the region is called.
    pub title: String,
    /// The looks, in the order of their styles.
    pub looks: Vec<String>,
    /// Said while the server gives nothing.
    pub wait: String,
}

/// The styles of the looks.
const LOOKS: [&str; 3] = ["preview__frame--light", "preview__frame--dark", "preview__frame--print"];

/// The preview. Place it inside the form.
#[island]
pub fn LivePreview(
    /// Where the form is sent for it.
    address: String,
    /// The words.
    words: PreviewWords,
) -> impl IntoView {
    let (look, said, ready) = (RwSignal::new(0_usize), RwSignal::new(String::new()), RwSignal::new(false));
    let pane = NodeRef::<leptos::html::Div>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if let Some(pane) = pane.get() {
            browser::start(&pane, address.clone(), words.wait.clone(), said, ready);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (address, words.wait);
    let button = move |(n, label): (usize, String)| {
        view! {
            <button class="switch__button" type="button" aria-pressed=move || (look.get() == n).to_string() on:click=move |_| look.set(n)>
                {label}
            </button>
        }
    };
    let buttons = words.looks.into_iter().enumerate().map(button).collect_view();
    let class = move || format!("preview__frame {}", LOOKS.get(look.get()).copied().unwrap_or_default());
    view! {
        <section class="live-preview no-print" aria-label=words.title hidden=move || !ready.get()>
            <div class="switch__group">{buttons}</div>
            <p class="muted" role="status">{move || said.get()}</p>
            <div class=class node_ref=pane></div>
        </section>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::Cell, rc::Rc};

    use leptos::{prelude::*, task::spawn_local};
    use web_sys::{HtmlElement, HtmlFormElement};

    use crate::islands::dom;

    /// How long after the last key the server is asked.
    const QUIET_MS: i32 = 400;

    struct Preview {
        form: HtmlFormElement,
        pane: HtmlElement,
        address: String,
        wait: String,
        said: RwSignal<String>,
        ready: RwSignal<bool>,
        plan: Cell<Option<i32>>,
        /// Counts what was asked: an answer that comes after a later question is not shown.
        turn: Cell<u32>,
    }

    pub fn start(pane: &HtmlElement, address: String, wait: String, said: RwSignal<String>, ready: RwSignal<bool>) {
        let Some(form) = dom::form_around(pane) else { return };
        let (plan, turn) = (Cell::new(None), Cell::new(0));
        let preview = Rc::new(Preview { form, pane: pane.clone(), address, wait, said, ready, plan, turn });
        for event in ["input", "change"] {
            let typed = Rc::clone(&preview);
            dom::listen(&preview.form, event, move |_| typed.later());
        }
        preview.ask();
    }

    impl Preview {
        fn later(self: &Rc<Self>) {
            if let Some(plan) = self.plan.take() {
                dom::cancel(plan);
            }
            let preview = Rc::clone(self);
            self.plan.set(dom::after(QUIET_MS, move || preview.ask()));
        }

        fn ask(self: &Rc<Self>) {
            let Some(fields) = dom::encoded(&self.form) else { return };
            let (preview, turn) = (Rc::clone(self), self.turn.get().wrapping_add(1));
            self.turn.set(turn);
            spawn_local(async move {
                let answer = dom::post(&preview.address, &fields).await;
                if preview.turn.get() == turn {
                    preview.show(answer);
                }
            });
        }

        fn show(&self, answer: Option<dom::Answer>) {
            match answer.filter(|answer| answer.status == 200) {
                Some(answer) => {
                    self.pane.set_inner_html(&answer.body);
                    self.said.set(String::new());
                    self.ready.set(true);
                }
                None => self.said.set(self.wait.clone()),
            }
        }
    }
}
