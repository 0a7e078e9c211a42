//! Autosave: what is being typed into a draft's question is stored five seconds after the last key, and when a field is
//! left. Without JavaScript "Save and continue" does the same.
//!
//! It posts the form around it to `/autosave` under the form's own address and writes the draft's new version into the
//! hidden `version` field, so that the next save knows what it builds on. The hidden `_turn` field counts what was posted,
//! because the button's post may arrive before an autosave that was sent earlier. It never touches a field that somebody
//! types in.

use leptos::prelude::*;

/// Event on the page: save what is being typed now.
pub const SAVE_NOW: &str = "forerunner-save";

/// What the server answers to a save.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Saved {
    /// Version of the draft after the save.
    pub version: i64,
    /// Time of day with its zone.
    pub at: String,
    /// Whether another tab had typed something else into one of these fields; both are kept and shown after a reload.
    pub conflict: bool,
}

/// The words of the save status.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct SaveWords {
    /// `Saved {time}`.
    pub saved: String,
    /// While a save is under way.
    pub saving: String,
    /// The network gave nothing; it is tried again.
    pub offline: String,
    /// The sign-in has ended.
    pub signed_out: String,
    /// Another tab typed into the same field.
    pub conflict: String,
}

/// The line that says when the draft was saved last. Place it inside the question's form.
#[island]
pub fn SaveStatus(
    /// The words.
    words: SaveWords,
    /// What it says first: when the draft was saved last.
    first: String,
) -> impl IntoView {
    let said = RwSignal::new(first);
    let line = NodeRef::<leptos::html::P>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if let Some(line) = line.get() {
            browser::start(&line, words.clone(), said);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = words;
    view! { <p class="save-status" role="status" node_ref=line>{move || said.get()}</p> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, rc::Rc};

    use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};
    use web_sys::{HtmlElement, HtmlFormElement, HtmlInputElement};

    use super::{SaveWords, Saved};
    use crate::islands::dom;

    /// How long after the last key a save begins.
    const QUIET_MS: i32 = 5_000;
    /// How long after a failed save the next is tried.
    const AGAIN_MS: i32 = 10_000;

    struct Autosave {
        form: HtmlFormElement,
        words: SaveWords,
        said: RwSignal<String>,
        /// Something was typed since the last save began.
        dirty: bool,
        /// A save is under way.
        busy: bool,
        /// The planned save.
        plan: Option<i32>,
    }

    type Shared = Rc<RefCell<Autosave>>;

    pub fn start(line: &HtmlElement, words: SaveWords, said: RwSignal<String>) {
        let Some(form) = dom::form_around(line) else { return };
        let shared =
            Rc::new(RefCell::new(Autosave { form: form.clone(), words, said, dirty: false, busy: false, plan: None }));
        let typed = Rc::clone(&shared);
        dom::listen(&form, "input", move |_| {
            typed.borrow_mut().dirty = true;
            plan(&typed, QUIET_MS);
        });
        // What was typed before the scripts arrived is as new as what comes after.
        if dom::touched(&form) {
            shared.borrow_mut().dirty = true;
            plan(&shared, QUIET_MS);
        }
        let left = Rc::clone(&shared);
        dom::listen(&form, "focusout", move |_| save(&left));
        let hidden = Rc::clone(&shared);
        if let Some(document) = dom::document() {
            let asked = Rc::clone(&hidden);
            dom::listen(&document, "visibilitychange", move |_| save(&hidden));
            dom::listen(&document, super::SAVE_NOW, move |_| save(&asked));
        }
        // A form that is being sent saves by itself.
        dom::listen(&form, "submit", move |_| {
            let mut autosave = shared.borrow_mut();
            autosave.dirty = false;
            if let Some(plan) = autosave.plan.take() {
                dom::cancel(plan);
            }
        });
    }

    fn plan(shared: &Shared, milliseconds: i32) {
        let again = Rc::clone(shared);
        let mut autosave = shared.borrow_mut();
        if let Some(plan) = autosave.plan.take() {
            dom::cancel(plan);
        }
        autosave.plan = dom::after(milliseconds, move || save(&again));
    }

    fn save(shared: &Shared) {
        let (form, saving) = {
            let mut autosave = shared.borrow_mut();
            if !autosave.dirty || autosave.busy {
                return;
            }
            autosave.dirty = false;
            autosave.busy = true;
            (autosave.form.clone(), autosave.words.saving.clone())
        };
        shared.borrow().said.set(saving);
        let shared = Rc::clone(shared);
        spawn_local(async move {
            let url = format!("{}/autosave", form.get_attribute("action").unwrap_or_default());
            let fields = dom::encoded(&form);
            count_turn(&form);
            let answer = match fields {
                Some(fields) => dom::post(&url, &fields).await,
                None => None,
            };
            shared.borrow_mut().busy = false;
            settle(&shared, &form, answer);
        });
    }

    fn settle(shared: &Shared, form: &HtmlFormElement, answer: Option<dom::Answer>) {
        let (words, said) = {
            let autosave = shared.borrow();
            (autosave.words.clone(), autosave.said)
        };
        let status = answer.as_ref().map_or(0, |answer| answer.status);
        let saved = answer.and_then(|answer| serde_json::from_str::<Saved>(&answer.body).ok());
        match (status, saved) {
            (200, Some(saved)) => {
                remember_version(form, saved.version);
                let conflict = if saved.conflict { format!(" {}", words.conflict) } else { String::new() };
                said.set(format!("{}{conflict}", words.saved.replace("{time}", &saved.at)));
                if shared.borrow().dirty {
                    plan(shared, QUIET_MS);
                }
            }
            (401, _) => said.set(words.signed_out),
            _ => {
                said.set(words.offline);
                shared.borrow_mut().dirty = true;
                plan(shared, AGAIN_MS);
            }
        }
    }

    fn remember_version(form: &HtmlFormElement, version: i64) {
        if let Some(field) = hidden(form, "version") {
            field.set_value(&version.to_string());
        }
    }

    /// Whatever is posted next was sent later.
    fn count_turn(form: &HtmlFormElement) {
        if let Some(field) = hidden(form, "_turn") {
            let turn: u32 = field.value().parse().unwrap_or_default();
            field.set_value(&turn.saturating_add(1).to_string());
        }
    }

    fn hidden(form: &HtmlFormElement, name: &str) -> Option<HtmlInputElement> {
        form.query_selector(&format!("input[name='{name}']")).ok().flatten()?.dyn_into().ok()
    }
}
