//! The warning before a sign-in ends (WCAG 2.2.1): two minutes before, a dialog says how much time is left, with a button to
//! stay. What is being typed is saved or kept before it opens. Without JavaScript the foot of the page says until when the
//! sign-in lasts.
//!
//! The server is asked, never the browser's clock: another tab may have prolonged the sign-in, and a machine may have slept.
//! Asking prolongs nothing.

use leptos::prelude::*;

/// How long a sign-in lasts, in seconds from now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Left {
    /// If the person does nothing.
    pub rest: u32,
    /// At the latest.
    pub end: u32,
}

/// So many seconds before the end it is said.
pub const WARN: u32 = 120;

/// The words. `{time}` is what is left.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct SessionWords {
    /// Heading.
    pub title: String,
    /// It ends because the person did nothing.
    pub ending: String,
    /// It ends whatever they do.
    pub last: String,
    /// It has ended.
    pub ended: String,
    /// `{count} minutes`.
    pub minutes: String,
    /// One minute.
    pub minute: String,
    /// `{count} seconds`.
    pub seconds: String,
    /// The button that prolongs.
    pub stay: String,
    /// The link to the sign-in.
    pub sign_in: String,
    /// The button that closes the dialog.
    pub close: String,
}

/// What the dialog says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg(any(feature = "hydrate", test))]
pub(crate) enum Says {
    /// Nothing yet; look again in so many seconds.
    Nothing(u32),
    /// It ends for want of activity, in so many seconds.
    Ending(u32),
    /// It ends whatever one does, in so many seconds.
    Last(u32),
}

/// What is to be said of what is left.
#[cfg(any(feature = "hydrate", test))]
pub(crate) const fn says(left: Left) -> Says {
    if left.rest > WARN {
        Says::Nothing(left.rest - WARN)
    } else if left.end <= left.rest {
        Says::Last(left.end)
    } else {
        Says::Ending(left.rest)
    }
}

/// Whether so many seconds are worth reading out: at the start, at each minute, and near the end.
#[cfg(any(feature = "hydrate", test))]
pub(crate) const fn is_announced(seconds: u32) -> bool {
    matches!(seconds, 10 | 30 | 60 | 90 | WARN)
}

/// The watch and its dialog, once on each page of somebody who has signed in.
#[island]
pub fn SessionWatch(
    /// What was left when the page was made.
    left: Left,
    /// Address that says what is left (GET), and prolongs (POST).
    address: String,
    /// Address of the sign-in.
    sign_in: String,
    /// The words.
    words: SessionWords,
) -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let (shown, said) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (may_stay, over) = (RwSignal::new(false), RwSignal::new(false));
    let back = RwSignal::new(sign_in);
    #[cfg(feature = "hydrate")]
    {
        let words = words.clone();
        Effect::new(move || {
            if let Some(dialog) = dialog.get() {
                let signals = browser::Signals { shown, said, may_stay, over, back };
                browser::start(&dialog, left, address.clone(), words.clone(), signals);
            }
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (left, address);
    view! {
        <dialog class="dialog" aria-labelledby="session-title" node_ref=dialog>
            <h2 class="dialog__title" id="session-title">{words.title}</h2>
            <p aria-hidden="true">{move || shown.get()}</p>
            <p class="unseen" role="status">{move || said.get()}</p>
            <div class="button-row">
                <button class="button" type="button" data-stay="true" hidden=move || !may_stay.get()>{words.stay}</button>
                <a class="button" href=move || back.get() hidden=move || !over.get()>{words.sign_in}</a>
                <form method="dialog"><button class="button button--quiet" type="submit">{words.close}</button></form>
            </div>
        </dialog>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, rc::Rc};

    use leptos::{prelude::*, task::spawn_local};
    use web_sys::{Event, HtmlDialogElement, UrlSearchParams};

    use super::{Left, Says, SessionWords, is_announced, says};
    use crate::islands::{autosave, dom, kept};

    /// While the dialog is open it is asked so often whether another tab went on, seconds.
    const LOOK: u32 = 15;
    /// After an answer that did not come it is asked again, milliseconds.
    const AGAIN_MS: i32 = 30_000;

    pub struct Signals {
        pub shown: RwSignal<String>,
        pub said: RwSignal<String>,
        pub may_stay: RwSignal<bool>,
        pub over: RwSignal<bool>,
        pub back: RwSignal<String>,
    }

    struct Watch {
        dialog: HtmlDialogElement,
        address: String,
        words: SessionWords,
        signals: Signals,
        /// The planned look or tick.
        plan: Option<i32>,
        /// Whether this end was announced; who has closed the dialog is not asked twice.
        warned: bool,
    }

    type Shared = Rc<RefCell<Watch>>;

    pub fn start(dialog: &HtmlDialogElement, left: Left, address: String, words: SessionWords, signals: Signals) {
        kept::restore();
        let watch = Watch { dialog: dialog.clone(), address, words, signals, plan: None, warned: false };
        let shared = Rc::new(RefCell::new(watch));
        if let Ok(Some(stay)) = dialog.query_selector("[data-stay]") {
            let staying = Rc::clone(&shared);
            dom::listen(&stay, "click", move |_| ask(&staying, true));
        }
        // A machine that slept has missed its alarm.
        if let Some(document) = dom::document() {
            let back = Rc::clone(&shared);
            dom::listen(&document, "visibilitychange", move |_| {
                if dom::document().is_some_and(|document| !document.hidden()) {
                    ask(&back, false);
                }
            });
        }
        act(&shared, left);
    }

    fn plan(shared: &Shared, milliseconds: i32, act: impl FnOnce(&Shared) + 'static) {
        let again = Rc::clone(shared);
        let mut watch = shared.borrow_mut();
        if let Some(plan) = watch.plan.take() {
            dom::cancel(plan);
        }
        watch.plan = dom::after(milliseconds, move || act(&again));
    }

    fn milliseconds(seconds: u32) -> i32 {
        i32::try_from(seconds.saturating_mul(1_000)).unwrap_or(i32::MAX)
    }

    /// Asks the server what is left, or prolongs it.
    fn ask(shared: &Shared, stay: bool) {
        let shared = Rc::clone(shared);
        let address = shared.borrow().address.clone();
        spawn_local(async move {
            let answer =
                if stay { dom::post(&address, "").await } else { dom::get(&address, "application/json").await };
            let status = answer.as_ref().map_or(0, |answer| answer.status);
            match (status, answer.and_then(|answer| serde_json::from_str::<Left>(&answer.body).ok())) {
                (200, Some(left)) => act(&shared, left),
                (401, _) => end(&shared),
                _ => plan(&shared, AGAIN_MS, move |shared| ask(shared, stay)),
            }
        });
    }

    fn act(shared: &Shared, left: Left) {
        match says(left) {
            Says::Nothing(wait) => {
                shared.borrow().dialog.close();
                shared.borrow_mut().warned = false;
                plan(shared, milliseconds(wait), |shared| ask(shared, false));
            }
            Says::Ending(seconds) => warn(shared, seconds, false),
            Says::Last(seconds) => warn(shared, seconds, true),
        }
    }

    /// Saves what is being typed, opens the dialog, and counts down.
    fn warn(shared: &Shared, seconds: u32, last: bool) {
        let warned = std::mem::replace(&mut shared.borrow_mut().warned, true);
        {
            // While it counts down, what ends it may change: the button is offered only as long as it helps.
            let watch = shared.borrow();
            watch.signals.may_stay.set(!last);
            watch.signals.over.set(last);
        }
        if !warned {
            save();
            let watch = shared.borrow();
            come_back_here(&watch.signals);
            open(&watch.dialog);
        }
        tick(shared, seconds, last, u32::from(warned));
    }

    fn tick(shared: &Shared, seconds: u32, last: bool, shown: u32) {
        {
            let watch = shared.borrow();
            let text = if last { &watch.words.last } else { &watch.words.ending };
            let text = text.replace("{time}", &time(&watch.words, seconds));
            if shown == 0 || is_announced(seconds) {
                watch.signals.said.set(text.clone());
            }
            watch.signals.shown.set(text);
        }
        if seconds == 0 || (shown > 0 && shown.is_multiple_of(LOOK)) {
            return plan(shared, 1_000, look);
        }
        plan(shared, 1_000, move |shared| tick(shared, seconds - 1, last, shown + 1));
    }

    fn look(shared: &Shared) {
        ask(shared, false);
    }

    fn time(words: &SessionWords, seconds: u32) -> String {
        match seconds {
            0..60 => words.seconds.replace("{count}", &seconds.to_string()),
            60 => words.minute.clone(),
            // Rounded down: nobody is promised time that is not there.
            _ if seconds / 60 == 1 => {
                format!("{} {}", words.minute, words.seconds.replace("{count}", &(seconds - 60).to_string()))
            }
            _ => words.minutes.replace("{count}", &(seconds / 60).to_string()),
        }
    }

    /// It has ended: what was typed stays in the page and is kept for this tab.
    fn end(shared: &Shared) {
        kept::keep();
        let watch = shared.borrow();
        let signals = &watch.signals;
        signals.may_stay.set(false);
        signals.over.set(true);
        signals.shown.set(watch.words.ended.clone());
        signals.said.set(watch.words.ended.clone());
        come_back_here(signals);
        open(&watch.dialog);
    }

    fn open(dialog: &HtmlDialogElement) {
        if !dialog.open() {
            let _ = dialog.show_modal();
        }
    }

    fn save() {
        if let (Some(document), Ok(event)) = (dom::document(), Event::new(autosave::SAVE_NOW)) {
            let _ = document.dispatch_event(&event);
        }
        kept::keep();
    }

    /// After signing in one is back on this page.
    fn come_back_here(signals: &Signals) {
        let here = || {
            let location = dom::window()?.location();
            Some(format!("{}{}", location.pathname().ok()?, location.search().ok()?))
        };
        let (Some(here), Ok(query)) = (here(), UrlSearchParams::new()) else { return };
        query.append("next", &here);
        let address = signals.back.get_untracked();
        let address = address.split('?').next().unwrap_or_default();
        signals.back.set(format!("{address}?{}", String::from(query.to_string())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_two_minutes_before_and_says_why() {
        for (rest, end, expected) in [
            (900, 43_200, Says::Nothing(780)),
            (121, 43_200, Says::Nothing(1)),
            (120, 43_200, Says::Ending(120)),
            (1, 2, Says::Ending(1)),
            (90, 90, Says::Last(90)),
            (0, 0, Says::Last(0)),
        ] {
            assert_eq!(says(Left { rest, end }), expected, "{rest} {end}");
        }
    }

    #[test]
    fn the_time_is_read_out_now_and_then() {
        assert!(is_announced(WARN) && is_announced(60) && !is_announced(59));
    }
}
