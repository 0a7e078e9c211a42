//! The keys of the desk: they move in the queue and press the buttons that are there.
//!
//! What a key does is one table ([`deed`]). A key never does what no visible button or link does: the button carries the
//! key's name in `data-key`, and where there is none, or it is not visible, the key is silent. Keys are heard only while
//! the focus is inside the region marked `data-keys`, and single keys never while somebody types.
//!
//! In the queue, J and K move the mark and the focus from row to row; the preview beside it is fetched a moment later and
//! the address follows. A key for the preview that is pressed before the new one has arrived waits for it, so that
//! nobody acts on the report before. Without JavaScript the same links and forms do the same by loading pages.

use leptos::prelude::*;

/// What a pressed key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg(any(feature = "hydrate", test))]
pub(crate) enum Deed {
    /// Go to the next row of the list.
    Next,
    /// Go to the row before.
    Previous,
    /// Select the marked row, or take it out of the selection.
    Select,
    /// Go on to the next row and select both.
    ExtendNext,
    /// Go back to the row before and select both.
    ExtendPrevious,
    /// Open the marked row.
    Open,
    /// Press the visible button with this name.
    Press(&'static str),
    /// Wait for the second key.
    Go,
    /// Close what is open.
    Escape,
    /// Send the form in which the focus is.
    Send,
}

/// A key, and where it was pressed.
#[derive(Clone, Copy, Debug, Default)]
#[cfg(any(feature = "hydrate", test))]
pub(crate) struct Pressed<'a> {
    /// `KeyboardEvent.key`.
    pub key: &'a str,
    /// `KeyboardEvent.code`: the place of the key, for keyboards without Latin letters.
    pub code: &'a str,
    /// Control or command is held.
    pub control: bool,
    /// Alt is held.
    pub alt: bool,
    /// Shift is held.
    pub shift: bool,
    /// The key is held down.
    pub repeated: bool,
    /// In a field.
    pub typing: bool,
    /// On a link or button, which Enter presses by itself.
    pub on_control: bool,
    /// In the list, where arrows move; elsewhere they scroll.
    pub in_list: bool,
    /// G was pressed just before.
    pub after_go: bool,
}

/// Keys that press a button: as typed, and the button's name.
#[cfg(any(feature = "hydrate", test))]
const PRESS: &[(&str, &str)] = &[
    ("i", "I"),
    ("a", "A"),
    ("1", "1"),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("h", "H"),
    ("l", "L"),
    ("m", "M"),
    ("c", "C"),
    ("z", "Z"),
    ("?", "?"),
    ("/", "/"),
];

/// Keys that press a button when they follow G.
#[cfg(any(feature = "hydrate", test))]
const GO: &[(&str, &str)] = &[("q", "G Q"), ("h", "G H")];

/// The table of the keys.
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn deed(pressed: &Pressed<'_>) -> Option<Deed> {
    if pressed.control {
        return (pressed.key == "Enter" && pressed.typing && !pressed.repeated).then_some(Deed::Send);
    }
    if pressed.key == "Escape" {
        return (!pressed.repeated).then_some(Deed::Escape);
    }
    if pressed.alt || pressed.typing {
        return None;
    }
    let key = latin(pressed.key, pressed.code);
    if pressed.after_go {
        return GO.iter().find(|(typed, _)| *typed == key).map(|(_, name)| Deed::Press(name));
    }
    match key.as_str() {
        "j" if pressed.shift => Some(Deed::ExtendNext),
        "k" if pressed.shift => Some(Deed::ExtendPrevious),
        "j" => Some(Deed::Next),
        "k" => Some(Deed::Previous),
        "arrowdown" if pressed.in_list => Some(Deed::Next),
        "arrowup" if pressed.in_list => Some(Deed::Previous),
        _ if pressed.repeated => None,
        "enter" => (!pressed.on_control).then_some(Deed::Open),
        "o" => Some(Deed::Open),
        "x" => Some(Deed::Select),
        "g" => Some(Deed::Go),
        key => PRESS.iter().find(|(typed, _)| *typed == key).map(|(_, name)| Deed::Press(name)),
    }
}

/// The key as the table knows it. On a keyboard of another script the key's place counts.
#[cfg(any(feature = "hydrate", test))]
fn latin(key: &str, code: &str) -> String {
    if key.is_ascii() {
        return key.to_ascii_lowercase();
    }
    let place = code.strip_prefix("Key").or_else(|| code.strip_prefix("Digit"));
    place.unwrap_or_default().to_ascii_lowercase()
}

/// What is announced politely.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct KeyWords {
    /// `Preview of {reference}`.
    pub shown: String,
    /// There is no row after this one.
    pub last: String,
    /// There is no row before this one.
    pub first: String,
    /// `{count} selected`.
    pub selected: String,
    /// Nothing is selected.
    pub none: String,
}

/// Hears the keys of the page on which it stands, once.
#[island]
pub fn QueueKeys(
    /// What is announced.
    words: KeyWords,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::start(words.clone(), said));
    #[cfg(not(feature = "hydrate"))]
    let _ = words;
    view! { <p class="unseen" role="status">{move || said.get()}</p> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, rc::Rc};

    use leptos::{
        prelude::*,
        task::spawn_local,
        wasm_bindgen::{JsCast as _, JsValue},
    };
    use web_sys::{
        Element, Event, HtmlDetailsElement, HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement,
        KeyboardEvent, MouseEvent,
    };

    use super::{Deed, KeyWords, Pressed, deed};
    use crate::islands::dom;

    /// How long after the last move the preview is fetched.
    const QUIET_MS: i32 = 120;
    /// How long G waits for its second key.
    const GO_MS: i32 = 1_500;
    /// How long a form that was sent is not sent again.
    const SENT_MS: i32 = 4_000;

    struct Keys {
        region: HtmlElement,
        words: KeyWords,
        said: RwSignal<String>,
        after_go: bool,
        /// The planned fetch.
        plan: Option<i32>,
        /// Counts fetches, so that only the last one is shown.
        fetches: u32,
        /// A button of the preview that is to be pressed once the right preview is there.
        waiting: Option<&'static str>,
    }

    type Shared = Rc<RefCell<Keys>>;

    pub fn start(words: KeyWords, said: RwSignal<String>) {
        let Some(region) = first::<HtmlElement>("[data-keys]") else { return };
        let keys = Keys { region: region.clone(), words, said, after_go: false, plan: None, fetches: 0, waiting: None };
        let shared = Rc::new(RefCell::new(keys));
        focus_at_first(&region);
        let counting = shared.borrow().words.clone();
        let (pressing, clicking) = (Rc::clone(&shared), shared);
        dom::listen(&region, "keydown", move |event| pressed(&pressing, &event));
        dom::listen(&region, "click", move |event| clicked(&clicking, &event));
        dom::listen(&region, "submit", |event| once(&event));
        count_selected(&counting);
        dom::listen(&region, "change", move |_| count_selected(&counting));
        if let Some(main) = first::<HtmlElement>("main") {
            dom::listen(&main, "click", |event| list_of_keys(&event));
        }
    }

    /// The list has the focus when the page opens, unless something else took it or the address names a place.
    fn focus_at_first(region: &HtmlElement) {
        let Some(document) = dom::document() else { return };
        let at_rest = document.active_element().is_none_or(|active| active.tag_name() == "BODY");
        let named = dom::window().and_then(|window| window.location().hash().ok()).is_some_and(|hash| !hash.is_empty());
        if at_rest && !named {
            let row = current_row().and_then(|row| title(&row));
            let _ = row.unwrap_or_else(|| region.clone()).focus();
        }
    }

    fn first<T: leptos::wasm_bindgen::JsCast>(selector: &str) -> Option<T> {
        dom::document()?.query_selector(selector).ok()??.dyn_into().ok()
    }

    fn closest(element: &Element, selector: &str) -> Option<Element> {
        element.closest(selector).ok()?
    }

    fn pressed(shared: &Shared, event: &Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if event.is_composing() || event.default_prevented() {
            return;
        }
        let asked = Pressed {
            key: &event.key(),
            code: &event.code(),
            control: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
            repeated: event.repeat(),
            typing: closest(&target, "input, textarea, select, [contenteditable]").is_some_and(|field| !is_box(&field)),
            on_control: closest(&target, "a, button, summary").is_some(),
            in_list: closest(&target, "[data-queue]").is_some() || !in_preview(&target),
            after_go: std::mem::take(&mut shared.borrow_mut().after_go),
        };
        let Some(deed) = deed(&asked) else { return };
        if carry_out(shared, deed, &target) {
            event.prevent_default();
        }
    }

    /// Whether anything was done.
    fn carry_out(shared: &Shared, deed: Deed, target: &Element) -> bool {
        match deed {
            Deed::Next => step(shared, 1),
            Deed::Previous => step(shared, -1),
            Deed::Select => current_row().and_then(|row| select_box(&row)).map(|mark| mark.click()).is_some(),
            Deed::ExtendNext => extend(shared, 1),
            Deed::ExtendPrevious => extend(shared, -1),
            Deed::Open => current_row().and_then(|row| title(&row)).map(|link| link.click()).is_some(),
            Deed::Press(name) => press_when_ready(shared, name),
            Deed::Go => {
                wait_for_second(shared);
                true
            }
            Deed::Escape => escape(target),
            Deed::Send => dom::form_around(target).is_some_and(|form| form.request_submit().is_ok()),
        }
    }

    fn wait_for_second(shared: &Shared) {
        shared.borrow_mut().after_go = true;
        let over = Rc::clone(shared);
        dom::after(GO_MS, move || over.borrow_mut().after_go = false);
    }

    /// Presses a button at once, or, if the preview of the marked row is still on its way, when it is there.
    fn press_when_ready(shared: &Shared, name: &'static str) -> bool {
        if preview_lags() {
            shared.borrow_mut().waiting = Some(name);
            return true;
        }
        let region = shared.borrow().region.clone();
        press(&region, name)
    }

    fn press(region: &HtmlElement, name: &str) -> bool {
        // The ways to other pages stand above the region, and so does the list of keys.
        let Some(button) = named(region, name).or_else(|| named(&first("main")?, name)) else { return false };
        button.click();
        if let Some(details) = button.parent_element().and_then(|parent| parent.dyn_into::<HtmlDetailsElement>().ok()) {
            if details.open() {
                focus_first_field(&details);
            }
        } else if let Some(field) = button.get_attribute("href").and_then(|href| own_place(&href)) {
            let _ = field.focus();
        }
        true
    }

    /// The visible button or link with this key.
    fn named(within: &HtmlElement, name: &str) -> Option<HtmlElement> {
        let found = within.query_selector_all(&format!("[data-key=\"{name}\"]")).ok()?;
        let mut buttons = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok());
        // The bar acts on the selection: without one, its buttons are silent and the report's own are meant.
        let selected = !selection().is_empty();
        buttons.find(|button| is_visible(button) && (selected || closest(button, ".bulk").is_none()))
    }

    // The selection ---------------------------------------------------------------------------------------------------

    /// Whether this is the box of a row, in which nobody types.
    fn is_box(field: &Element) -> bool {
        closest(field, ".select-box").is_some()
    }

    fn select_box(row: &Element) -> Option<HtmlInputElement> {
        row.query_selector(".select-box input").ok()??.dyn_into().ok()
    }

    /// The boxes that are ticked.
    fn selection() -> Vec<HtmlInputElement> {
        rows().iter().filter_map(|row| select_box(row)).filter(HtmlInputElement::checked).collect()
    }

    /// Selects the marked row, goes on, and selects that one too.
    fn extend(shared: &Shared, by: isize) -> bool {
        let select = || current_row().and_then(|row| select_box(&row)).map(|mark| mark.set_checked(true)).is_some();
        if !select() {
            return step(shared, by);
        }
        step(shared, by);
        select();
        let words = shared.borrow().words.clone();
        count_selected(&words);
        true
    }

    /// Says how many rows are selected, in the bar that acts on them.
    fn count_selected(words: &KeyWords) {
        let Some(place) = first::<HtmlElement>("[data-bulk-count]") else { return };
        let text = match selection().len() {
            0 => words.none.clone(),
            count => words.selected.replace("{count}", &count.to_string()),
        };
        place.set_text_content(Some(&text));
    }

    fn is_visible(element: &HtmlElement) -> bool {
        element.offset_width() > 0 && element.offset_height() > 0
    }

    fn focus_first_field(within: &Element) {
        let field = within.query_selector("select, textarea, input:not([type=hidden])").ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    }

    /// The element of this page that a link leads to.
    fn own_place(href: &str) -> Option<HtmlElement> {
        dom::by_id(href.strip_prefix('#')?)
    }

    /// Closes the form that is open, else the preview. What was typed stays in the form.
    fn escape(target: &Element) -> bool {
        let open = closest(target, "details[open].act").or_else(|| first("[data-keys] details[open].act"));
        if let Some(details) = open.and_then(|open| open.dyn_into::<HtmlDetailsElement>().ok()) {
            details.set_open(false);
            if let Some(summary) =
                details.query_selector("summary").ok().flatten().and_then(|it| it.dyn_into::<HtmlElement>().ok())
            {
                let _ = summary.focus();
            }
            return true;
        }
        if closest(target, "input, textarea, select").is_some() {
            return false;
        }
        first::<HtmlElement>("[data-keys]").is_some_and(|region| press(&region, "Esc"))
    }

    // The list --------------------------------------------------------------------------------------------------------

    fn rows() -> Vec<HtmlElement> {
        let found = dom::document().and_then(|document| document.query_selector_all("[data-queue] > [data-row]").ok());
        let found = found.into_iter().flat_map(|found| (0..found.length()).filter_map(move |at| found.item(at)));
        found.filter_map(|row| row.dyn_into().ok()).collect()
    }

    fn current_row() -> Option<HtmlElement> {
        first("[data-queue] > [data-row][data-current]")
    }

    fn title(row: &Element) -> Option<HtmlElement> {
        row.query_selector(".queue__title a").ok()??.dyn_into().ok()
    }

    fn reference(row: &Element) -> String {
        row.get_attribute("data-row").unwrap_or_default()
    }

    /// Moves the mark; false if there is no list.
    fn step(shared: &Shared, by: isize) -> bool {
        let rows = rows();
        if rows.is_empty() {
            return false;
        }
        let at = rows.iter().position(|row| row.has_attribute("data-current"));
        let to = match at {
            Some(at) => at.checked_add_signed(by),
            None if by > 0 => Some(0),
            None => rows.len().checked_sub(1),
        };
        match to.and_then(|to| rows.get(to)) {
            Some(row) => mark(shared, &rows, row),
            None => {
                let keys = shared.borrow();
                keys.said.set(if by > 0 { keys.words.last.clone() } else { keys.words.first.clone() });
            }
        }
        true
    }

    fn mark(shared: &Shared, rows: &[HtmlElement], row: &HtmlElement) {
        for other in rows {
            let _ = other.remove_attribute("data-current");
            if let Some(link) = title(other) {
                let _ = link.remove_attribute("aria-current");
            }
        }
        let _ = row.set_attribute("data-current", "true");
        if let Some(link) = title(row) {
            let _ = link.set_attribute("aria-current", "true");
            let _ = link.focus();
        }
        plan(shared, row);
    }

    // The preview -----------------------------------------------------------------------------------------------------

    fn preview() -> Option<HtmlElement> {
        first::<HtmlElement>("[data-preview]").filter(is_visible)
    }

    fn in_preview(element: &Element) -> bool {
        closest(element, "[data-preview]").is_some()
    }

    /// What the preview shows.
    fn previewed() -> Option<String> {
        first::<Element>("[data-preview] [data-of]")?.get_attribute("data-of")
    }

    /// Whether the preview shows another report than the one that is marked.
    fn preview_lags() -> bool {
        match (preview(), current_row()) {
            (Some(_), Some(row)) => previewed() != Some(reference(&row)),
            _ => false,
        }
    }

    fn plan(shared: &Shared, row: &HtmlElement) {
        if preview().is_none() {
            return;
        }
        let mut keys = shared.borrow_mut();
        if let Some(plan) = keys.plan.take() {
            dom::cancel(plan);
        }
        keys.waiting = None;
        keys.fetches += 1;
        let (number, again, row) = (keys.fetches, Rc::clone(shared), row.clone());
        keys.plan = dom::after(QUIET_MS, move || fetch(&again, number, row));
    }

    /// Fetches the preview of a row and puts it into the page, unless another row was marked meanwhile.
    fn fetch(shared: &Shared, number: u32, row: HtmlElement) {
        let shared = Rc::clone(shared);
        let Some(link) = row.query_selector("[data-preview-link]").ok().flatten() else { return };
        let href = link.get_attribute("href").unwrap_or_default();
        spawn_local(async move {
            let answer = dom::get(&fragment(&row, &href), "text/html").await;
            if shared.borrow().fetches != number {
                return;
            }
            match answer {
                Some(answer) if answer.status == 200 => show(&shared, &row, &href, &answer.body),
                // The whole page says what is wrong.
                _ => leave_for(&href),
            }
        });
    }

    /// Address of a row's preview: the place in the queue goes along, and which row is next.
    fn fragment(row: &HtmlElement, href: &str) -> String {
        let path = title(row).and_then(|link| link.get_attribute("href")).unwrap_or_default();
        let path = path.split('?').next().unwrap_or_default().to_owned();
        let query = href.split_once('?').map_or("", |(_, query)| query);
        let next = row.next_element_sibling().map(|next| reference(&next)).unwrap_or_default();
        format!("{path}/preview?{query}&next={next}")
    }

    fn show(shared: &Shared, row: &HtmlElement, href: &str, html: &str) {
        let Some(place) = preview() else { return };
        place.set_inner_html(html);
        place.set_scroll_top(0);
        let _ = row.remove_attribute("data-unread");
        if let Some(mark) = row.query_selector(".queue__unread").ok().flatten() {
            mark.remove();
        }
        if let Some(history) = dom::window().and_then(|window| window.history().ok()) {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(href));
        }
        let (waiting, region) = {
            let mut keys = shared.borrow_mut();
            keys.said.set(keys.words.shown.replace("{reference}", &reference(row)));
            (keys.waiting.take(), keys.region.clone())
        };
        if let Some(name) = waiting {
            press(&region, name);
        }
    }

    fn leave_for(href: &str) {
        if let Some(window) = dom::window() {
            let _ = window.location().set_href(href);
        }
    }

    // The mouse -------------------------------------------------------------------------------------------------------

    /// A click on a preview link swaps the preview in place, one on the link to the keys opens their list.
    /// A press that is meant for this page, not for another tab or window.
    fn is_plain(event: &Event) -> bool {
        event.dyn_ref::<MouseEvent>().is_none_or(|mouse| {
            mouse.button() == 0 && !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key())
        })
    }

    fn clicked(shared: &Shared, event: &Event) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if !is_plain(event) {
            return;
        }
        let row = closest(&target, "[data-preview-link]").and_then(|link| closest(&link, "[data-row]"));
        if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            mark(shared, &rows(), &row);
        }
    }

    /// The link to the list of keys opens it here.
    fn list_of_keys(event: &Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| closest(&target, "[data-key=\"?\"]").is_some())
            && is_plain(event)
            && let Some(dialog) = dom::by_id::<HtmlDialogElement>("keys")
            && dialog.show_modal().is_ok()
        {
            event.prevent_default();
        }
    }

    /// A form is sent once, however often Enter or the button is pressed.
    fn once(event: &Event) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        if form.method() == "dialog" {
            return;
        }
        if form.has_attribute("data-sent") {
            event.prevent_default();
            return;
        }
        let _ = form.set_attribute("data-sent", "true");
        dom::after(SENT_MS, move || {
            let _ = form.remove_attribute("data-sent");
        });
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn key(key: &'static str) -> Pressed<'static> {
        Pressed { key, ..Pressed::default() }
    }

    #[test]
    fn each_key_has_its_deed() {
        for (typed, expected) in [
            ("j", Some(Deed::Next)),
            ("J", Some(Deed::Next)),
            ("k", Some(Deed::Previous)),
            ("Enter", Some(Deed::Open)),
            ("o", Some(Deed::Open)),
            ("i", Some(Deed::Press("I"))),
            ("1", Some(Deed::Press("1"))),
            ("2", Some(Deed::Press("2"))),
            ("3", Some(Deed::Press("3"))),
            ("4", Some(Deed::Press("4"))),
            ("c", Some(Deed::Press("C"))),
            ("z", Some(Deed::Press("Z"))),
            ("g", Some(Deed::Go)),
            ("?", Some(Deed::Press("?"))),
            ("/", Some(Deed::Press("/"))),
            ("Escape", Some(Deed::Escape)),
            ("5", None),
            ("h", Some(Deed::Press("H"))),
            ("l", Some(Deed::Press("L"))),
            ("q", None),
            ("x", Some(Deed::Select)),
            ("a", Some(Deed::Press("A"))),
            ("m", Some(Deed::Press("M"))),
            (" ", None),
            ("Tab", None),
            ("ArrowDown", None),
            ("F5", None),
            ("", None),
        ] {
            assert_eq!(deed(&key(typed)), expected, "{typed:?}");
        }
    }

    #[test]
    fn arrows_move_in_the_list_and_scroll_elsewhere() {
        for (typed, expected) in [("ArrowDown", Deed::Next), ("ArrowUp", Deed::Previous)] {
            assert_eq!(deed(&Pressed { in_list: true, ..key(typed) }), Some(expected));
            assert_eq!(deed(&key(typed)), None);
        }
    }

    #[test]
    fn shift_extends_the_selection() {
        let with = |typed| deed(&Pressed { shift: true, ..key(typed) });
        assert_eq!(with("J"), Some(Deed::ExtendNext));
        assert_eq!(with("K"), Some(Deed::ExtendPrevious));
        assert_eq!(with("?"), Some(Deed::Press("?")), "which needs it on many keyboards");
        assert_eq!(deed(&Pressed { shift: true, typing: true, ..key("J") }), None);
    }

    #[test]
    fn who_types_is_left_alone() {
        for typed in ["j", "k", "o", "i", "1", "2", "3", "4", "c", "g", "?", "/", "Enter", "ArrowDown", "ArrowUp"] {
            assert_eq!(deed(&Pressed { typing: true, in_list: true, ..key(typed) }), None, "{typed}");
        }
        assert_eq!(deed(&Pressed { typing: true, ..key("Escape") }), Some(Deed::Escape));
        assert_eq!(deed(&Pressed { typing: true, control: true, ..key("Enter") }), Some(Deed::Send));
        assert_eq!(deed(&Pressed { control: true, ..key("Enter") }), None, "there is nothing to send");
    }

    #[test]
    fn the_browsers_own_keys_stay_the_browsers() {
        for typed in ["j", "k", "o", "i", "1", "2", "3", "4", "c", "g", "?"] {
            assert_eq!(deed(&Pressed { control: true, ..key(typed) }), None, "{typed}");
            assert_eq!(deed(&Pressed { alt: true, ..key(typed) }), None, "{typed}");
        }
        assert_eq!(deed(&Pressed { on_control: true, ..key("Enter") }), None, "Enter presses the link by itself");
        assert_eq!(deed(&Pressed { on_control: true, ..key("o") }), Some(Deed::Open));
    }

    #[test]
    fn g_waits_for_one_key_only() {
        let after = |typed| deed(&Pressed { after_go: true, ..key(typed) });
        assert_eq!(after("q"), Some(Deed::Press("G Q")));
        assert_eq!(after("H"), Some(Deed::Press("G H")));
        for typed in ["j", "1", "g", "x"] {
            assert_eq!(after(typed), None, "{typed}");
        }
        assert_eq!(after("Escape"), Some(Deed::Escape));
    }

    #[test]
    fn a_key_held_down_moves_on_and_does_nothing_else() {
        for typed in ["j", "k"] {
            assert!(deed(&Pressed { repeated: true, ..key(typed) }).is_some(), "{typed}");
        }
        for typed in ["1", "2", "3", "4", "i", "c", "o", "g", "?", "Enter", "Escape"] {
            assert_eq!(deed(&Pressed { repeated: true, ..key(typed) }), None, "{typed}");
        }
        let send = Pressed { repeated: true, typing: true, control: true, ..key("Enter") };
        assert_eq!(deed(&send), None);
    }

    #[test]
    fn keyboards_without_latin_letters_work_by_place() {
        for (typed, code, expected) in [
            ("о", "KeyJ", Some(Deed::Next)),
            ("ن", "KeyK", Some(Deed::Previous)),
            ("١", "Digit1", Some(Deed::Press("1"))),
            ("ж", "Semicolon", None),
            ("é", "Digit2", Some(Deed::Press("2"))),
        ] {
            assert_eq!(deed(&Pressed { code, ..key(typed) }), expected, "{typed}");
        }
    }

    /// Every name that a key can press.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        PRESS.iter().chain(GO).map(|(_, name)| *name).chain(["Esc"])
    }
}
