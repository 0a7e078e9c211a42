//! Live updates of the desk: says that something changed and leads to it, and who else is at a report. It never swaps what
//! somebody reads, takes no focus, and loses nothing that was typed.
//!
//! It listens to a stream; where that is refused (a fourth page of one person) or does not come through, it asks every
//! twenty seconds. On a report's page it gives a sign of life every fifteen seconds while the page is in view, with the form
//! that is being filled in. None of this prolongs the sign-in.

use leptos::prelude::*;

/// The words.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct LiveWords {
    /// One change.
    pub one: String,
    /// `{count}` changes.
    pub some: String,
    /// The link that loads the page anew.
    pub show: String,
}

/// A change, as it is told: which one, and whether it only says who is there.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Told {
    /// The same change told twice has the same.
    pub id: String,
    /// Somebody came or began something else.
    pub here: bool,
}

/// What the server answers to a page that asks.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Changes {
    /// What changed since the page was made.
    pub changes: Vec<Told>,
}

/// What the server answers to a sign of life.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Here {
    /// Who else is there, a sentence each.
    pub here: Vec<String>,
}

/// The line that says what changed, and who is there.
#[island]
pub fn Live(
    /// Address of the stream.
    stream: String,
    /// Address to ask where there is no stream.
    poll: String,
    /// Where signs of life go, on a report's page.
    here: Option<String>,
    /// Address of this page.
    address: String,
    /// The words.
    words: LiveWords,
    /// Who was there when the page was made.
    first: Vec<String>,
) -> impl IntoView {
    let changes = RwSignal::new(0_usize);
    let present = RwSignal::new(first);
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::start(stream.clone(), poll.clone(), here.clone(), changes, present));
    #[cfg(not(feature = "hydrate"))]
    let _ = (stream, poll, here);
    let show = words.show.clone();
    let said = move || match changes.get() {
        0 => String::new(),
        1 => words.one.clone(),
        count => words.some.replace("{count}", &count.to_string()),
    };
    view! {
        <div class="live no-print">
            <p class="live__here" role="status">{move || present.get().join(" ")}</p>
            <p class="live__changes" hidden=move || changes.get() == 0>
                <span role="status">{said}</span>
                " "
                <a href=address data-keep-typed="true">{show}</a>
            </p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, collections::HashSet, rc::Rc};

    use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};
    use web_sys::{Document, Element, Event, EventSource, HtmlFormElement, MessageEvent};

    use super::{Changes, Here};
    use crate::islands::dom;

    /// How often it is asked where there is no stream.
    const POLL_MS: i32 = 20_000;
    /// How often a sign of life is given: `domain::live::BEAT`.
    const BEAT_MS: i32 = 1_000 * domain::live::BEAT as i32;
    /// Whoever typed nothing for so long only looks.
    const STILL_MS: i32 = 30_000;

    struct Page {
        poll: String,
        here: Option<String>,
        /// The changes that were told.
        told: HashSet<String>,
        changes: RwSignal<usize>,
        present: RwSignal<Vec<String>>,
        /// The form that is being filled in.
        doing: String,
        /// When that is over.
        still: Option<i32>,
        /// The next sign of life.
        beat: Option<i32>,
    }

    type Shared = Rc<RefCell<Page>>;

    pub fn start(
        stream: String,
        poll: String,
        here: Option<String>,
        changes: RwSignal<usize>,
        present: RwSignal<Vec<String>>,
    ) {
        let page =
            Page { poll, here, told: HashSet::new(), changes, present, doing: String::new(), still: None, beat: None };
        let shared = Rc::new(RefCell::new(page));
        listen(&shared, &stream);
        if shared.borrow().here.is_some() {
            watch_typing(&shared);
            beat(&shared);
        }
    }

    // What changed ----------------------------------------------------------------------------------------------------

    fn listen(shared: &Shared, stream: &str) {
        let Ok(source) = EventSource::new(stream) else { return ask_later(shared) };
        for name in ["change", "here"] {
            let told = Rc::clone(shared);
            dom::listen(&source, name, move |event| {
                if let Some(message) = event.dyn_ref::<MessageEvent>() {
                    tell(&told, message.last_event_id(), name == "here");
                }
            });
        }
        let (lost, closed) = (Rc::clone(shared), source.clone());
        dom::listen(&source, "error", move |_| {
            // Otherwise the browser tries again by itself.
            if closed.ready_state() == EventSource::CLOSED {
                ask_later(&lost);
            }
        });
    }

    fn tell(shared: &Shared, id: String, here: bool) {
        if !shared.borrow_mut().told.insert(id) {
            return;
        }
        if here {
            beat(shared);
        } else {
            let changes = shared.borrow().changes;
            changes.update(|count| *count += 1);
        }
    }

    fn ask_later(shared: &Shared) {
        let again = Rc::clone(shared);
        dom::after(POLL_MS, move || ask(&again));
    }

    fn ask(shared: &Shared) {
        let shared = Rc::clone(shared);
        let poll = shared.borrow().poll.clone();
        spawn_local(async move {
            let answer = dom::get(&poll, "application/json").await;
            let status = answer.as_ref().map_or(0, |answer| answer.status);
            // Without a sign-in or a right there is nothing to ask for any more.
            if matches!(status, 401 | 404) {
                return;
            }
            let read = answer.and_then(|answer| serde_json::from_str::<Changes>(&answer.body).ok());
            for change in read.into_iter().flat_map(|read| read.changes) {
                tell(&shared, change.id, change.here);
            }
            ask_later(&shared);
        });
    }

    // Who is here -----------------------------------------------------------------------------------------------------

    /// Gives a sign of life now, and plans the next. A page that is not in view gives none.
    fn beat(shared: &Shared) {
        let again = Rc::clone(shared);
        {
            let mut page = shared.borrow_mut();
            if page.here.is_none() {
                return;
            }
            if let Some(plan) = page.beat.take() {
                dom::cancel(plan);
            }
            page.beat = dom::after(BEAT_MS, move || beat(&again));
        }
        if dom::document().is_none_or(|document| document.hidden()) {
            return;
        }
        let shared = Rc::clone(shared);
        spawn_local(async move {
            let (url, form) = {
                let page = shared.borrow();
                (page.here.clone().unwrap_or_default(), format!("doing={}", page.doing))
            };
            let Some(answer) = dom::post(&url, &form).await else { return };
            if let Ok(read) = serde_json::from_str::<Here>(&answer.body) {
                let present = shared.borrow().present;
                // The same said again would be read out again.
                if present.get_untracked() != read.here {
                    present.set(read.here);
                }
            } else if matches!(answer.status, 401 | 404) {
                shared.borrow_mut().here = None;
            }
        });
    }

    fn watch_typing(shared: &Shared) {
        let Some(document) = dom::document() else { return };
        let typing = Rc::clone(shared);
        dom::listen(&document, "input", move |event| {
            if let Some(form) = form_of(&event) {
                do_now(&typing, form);
            }
        });
        // Somebody may have begun before the scripts arrived.
        if let Some(action) = begun(&document) {
            do_now(shared, end_of(&action));
        }
        let back = Rc::clone(shared);
        dom::listen(&document, "visibilitychange", move |_| beat(&back));
    }

    /// The act to whose form the field belongs: the end of the form's address.
    fn form_of(event: &Event) -> Option<String> {
        let field = event.target()?.dyn_into::<Element>().ok()?;
        Some(end_of(&dom::form_around(&field)?.get_attribute("action")?))
    }

    /// Where the form goes in which something was typed already.
    fn begun(document: &Document) -> Option<String> {
        let forms = document.forms();
        let forms = (0..forms.length()).filter_map(|at| forms.item(at)?.dyn_into::<HtmlFormElement>().ok());
        forms.filter(dom::touched).find_map(|form| form.get_attribute("action"))
    }

    fn end_of(action: &str) -> String {
        action.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Somebody fills in a form, or (`doing` empty) has rested; colleagues learn of a change at once.
    fn do_now(shared: &Shared, doing: String) {
        let rests = doing.is_empty();
        let again = Rc::clone(shared);
        let changed = {
            let mut page = shared.borrow_mut();
            if let Some(plan) = page.still.take() {
                dom::cancel(plan);
            }
            if !rests {
                page.still = dom::after(STILL_MS, move || do_now(&again, String::new()));
            }
            let changed = page.doing != doing;
            page.doing = doing;
            changed
        };
        if changed {
            beat(shared);
        }
    }
}
