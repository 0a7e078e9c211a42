//! The picker in the browser: keys, suggestions, taking an entry.

use std::{cell::RefCell, rc::Rc};

use domain::search::{Hit, Index, Matched, SearchEntry};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{Picker, Suggestion, cas_field::CasField};
use crate::islands::{dom, substance_index};

/// The most suggestions at once.
const MOST: usize = 8;

/// What the picker remembers beside what it shows.
struct Desk {
    picker: Picker,
    input: HtmlInputElement,
    cas: Option<CasField>,
    index: RefCell<Option<Rc<Index>>>,
}

/// Makes the field a combobox.
pub fn start(picker: Picker) {
    let Some(input) = picker.input.get() else { return };
    picker.live.set(true);
    let cas = picker.field.with_value(|field| field.cas.clone()).and_then(|id| CasField::find(&id));
    let desk = Rc::new(Desk { picker, input: input.unchecked_into(), cas, index: RefCell::default() });
    desk.load();
    desk.listen();
}

/// Fills a field as if it had been typed, so that whoever listens notices.
pub fn fill(input: &HtmlInputElement, value: &str) {
    input.set_value(value);
    if let Some(event) = dom::document().and_then(|document| document.create_event("Event").ok()) {
        event.init_event_with_bubbles("input", true);
        let _ = input.dispatch_event(&event);
    }
}

impl Desk {
    fn load(self: &Rc<Self>) {
        let desk = Rc::clone(self);
        let address = self.picker.field.with_value(|field| field.index.clone());
        spawn_local(async move {
            let Some(index) = substance_index::load(&address).await else { return };
            desk.index.replace(Some(index));
            // A number that came with the page is judged at once, one being typed when its field is left.
            if desk.cas.as_ref().is_some_and(|cas| !has_focus(&cas.input)) {
                desk.judge();
            }
        });
    }

    fn listen(self: &Rc<Self>) {
        let on = |target: &HtmlElement, event: &str, act: fn(&Self, &Event)| {
            let desk = Rc::clone(self);
            dom::listen(target, event, move |event| act(&desk, &event));
        };
        on(&self.input, "input", |desk, _| desk.typed());
        on(&self.input, "keydown", |desk, event| desk.pressed(event.unchecked_ref()));
        on(&self.input, "blur", |desk, _| desk.close());
        on(&self.input, "change", |desk, _| desk.judge());
        if let Some(list) = dom::by_id::<HtmlElement>(&self.picker.list_id()) {
            // Keeps the focus in the field while an entry is pressed.
            on(&list, "mousedown", |_, event| event.prevent_default());
            on(&list, "click", |desk, event| desk.take(place_of(event)));
        }
        if let Some(cas) = &self.cas {
            on(&cas.input, "change", |desk, _| desk.judge());
            // While a number with a remark is being mended, the remark goes as soon as it no longer holds.
            on(&cas.input, "input", |desk, _| {
                if desk.cas.as_ref().is_some_and(CasField::has_remark) {
                    desk.judge();
                }
            });
        }
    }

    fn judge(&self) {
        if let Some(cas) = &self.cas {
            let keep = self.picker.words.with_value(|words| words.keep.clone());
            cas.judge(&self.input.value(), self.index.borrow().as_deref(), &keep);
        }
    }

    fn typed(&self) {
        let typed = self.input.value();
        if typed.trim().is_empty() {
            self.picker.said.set(String::new());
            self.picker.list.set(Vec::new());
            return self.close();
        }
        self.suggest(&typed);
        self.picker.open.set(!self.picker.list.read_untracked().is_empty());
    }

    /// Fills the list for what was typed and says how long it is. Nothing is marked.
    fn suggest(&self, typed: &str) {
        let Some(index) = self.index.borrow().clone() else { return };
        let found_as = self.picker.words.with_value(|words| words.found_as.clone());
        let hits = index.search(typed, MOST);
        let list: Vec<_> = hits.iter().filter_map(|hit| Some(suggestion(index.entry(hit)?, hit, &found_as))).collect();
        let said = self.picker.words.with_value(|words| match list.len() {
            0 => words.none.clone(),
            1 => words.one.clone(),
            count => words.some.replace("{count}", &count.to_string()),
        });
        self.picker.marked.set(None);
        self.picker.list.set(list);
        self.picker.said.set(said);
    }

    fn pressed(&self, event: &KeyboardEvent) {
        if event.is_composing() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let (open, marked) = (self.picker.open.get_untracked(), self.picker.marked.get_untracked());
        match event.key().as_str() {
            "ArrowDown" if event.alt_key() => self.unfold(),
            "ArrowUp" if event.alt_key() => self.close(),
            "ArrowDown" => self.step(1),
            "ArrowUp" => self.step(-1),
            "Enter" if open && marked.is_some() => self.take(marked),
            "Escape" if open => self.close(),
            _ => return,
        }
        event.prevent_default();
    }

    fn unfold(&self) {
        let typed = self.input.value();
        if self.picker.list.read_untracked().is_empty() && !typed.trim().is_empty() {
            self.suggest(&typed);
        }
        self.picker.open.set(!self.picker.list.read_untracked().is_empty());
    }

    /// Marks the next or the previous entry; from the end it goes on at the beginning.
    fn step(&self, by: isize) {
        if !self.picker.open.get_untracked() {
            self.unfold();
        }
        let count = self.picker.list.read_untracked().len().cast_signed();
        if count == 0 {
            return;
        }
        let place = match self.picker.marked.get_untracked().map(usize::cast_signed) {
            None if by > 0 => 0,
            None => count - 1,
            Some(before) => (before + by).rem_euclid(count),
        };
        self.picker.marked.set(Some(place.cast_unsigned()));
        if let Some(option) = dom::by_id::<Element>(&self.picker.option_id(place.cast_unsigned())) {
            option.scroll_into_view_with_bool(false);
        }
    }

    fn take(&self, place: Option<usize>) {
        let entry = place.and_then(|place| self.picker.list.read_untracked().get(place).cloned());
        let Some(entry) = entry else { return };
        fill(&self.input, &entry.name);
        self.close();
        self.picker.list.set(Vec::new());
        self.picker.said.set(String::new());
        if let Some(cas) = &self.cas {
            cas.fill(&entry.cas);
        }
        self.judge();
    }

    fn close(&self) {
        if self.picker.open.get_untracked() {
            // What was said was about the list that goes.
            self.picker.said.set(String::new());
        }
        self.picker.open.set(false);
        self.picker.marked.set(None);
    }
}

/// The place in the list of what was pressed.
fn place_of(event: &Event) -> Option<usize> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("[data-place]").ok()??.get_attribute("data-place")?.parse().ok()
}

fn suggestion(entry: &SearchEntry, hit: &Hit, found_as: &str) -> Suggestion {
    let also = match &hit.why {
        Matched::Synonym(name) | Matched::Fuzzy(name) if *name != entry.name => format!(" · {found_as} {name}"),
        _ => String::new(),
    };
    Suggestion {
        name: entry.name.clone(),
        cas: entry.cas.first().map(ToString::to_string).unwrap_or_default(),
        note: format!("{}{also}", entry.schedule_label()),
    }
}

fn has_focus(element: &HtmlInputElement) -> bool {
    let active = dom::document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.is_same_node(Some(element)))
}
