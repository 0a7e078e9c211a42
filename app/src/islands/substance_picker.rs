//! The field for a substance: a line of text that suggests entries of the catalogue while one types.
//!
//! An editable combobox with a list, after the ARIA Authoring Practices: Down and Up open the list and move in it, Enter
//! takes the marked entry, Escape closes the list. What somebody typed stays as it is unless an entry is taken; a name
//! that is in no list is as good as any other. Without JavaScript it is a plain field with the browser's suggestions.
//!
//! How to place it, on the server, in a `.field` with its label, hint and error (as `components::TextField` makes them):
//! ```ignore
//! <div class="field">
//!     <label class="field__label" for=field_id("substance.1.name")>"Name of the substance or product"</label>
//!     <SubstancePicker
//!         field=PickerField {
//!             id: field_id("substance.1.name"), name: "substance.1.name".into(), value: typed,
//!             described_by: Some("f-substance-1-name-hint".into()), invalid: false,
//!             list: "substance-names".into(), index: req.to("/data/substances.json"),
//!             cas: Some(field_id("substance.1.cas")),
//!         }
//!         words=pages::public::picker_words(req.lang)
//!     />
//! </div>
//! <Suggestions id="substance-names" values=pages::public::substance_names(&req)/>   // once on the page
//! ```
//! `cas` is the id of the field for the CAS number on the same page. Taking an entry fills it if it is empty or still
//! holds what was filled in last; it never overwrites a number that was typed. Whether or not the picker was used, the
//! number is checked when its field is left: the check digit, and whether it belongs to the name. A wrong number is told,
//! never corrected by itself and never refused: it can be a sign. Both fields send `input` events when they are filled,
//! so that autosave and the indicator panel notice.

use leptos::{html, prelude::*};

/// The field: everything about it that the page knows.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PickerField {
    /// Id of the control; the label's `for`.
    pub id: String,
    /// Name it is sent under.
    pub name: String,
    /// What was typed.
    pub value: String,
    /// Ids of hint and error.
    pub described_by: Option<String>,
    /// Whether an error stands at it.
    pub invalid: bool,
    /// Id of the `datalist` for browsers without scripts.
    pub list: String,
    /// Address of the search index as JSON.
    pub index: String,
    /// Id of the field for the CAS number on the same page.
    pub cas: Option<String>,
}

/// The words of the picker.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PickerWords {
    /// Names the list.
    pub suggestions: String,
    /// `1 suggestion`.
    pub one: String,
    /// `{count} suggestions`.
    pub some: String,
    /// Nothing fits; that it can be reported all the same.
    pub none: String,
    /// Before the other name by which an entry was found.
    pub found_as: String,
    /// Behind a remark on the CAS number: that it can stay as it is.
    pub keep: String,
}

/// An entry in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Suggestion {
    name: String,
    cas: String,
    note: String,
}

/// What the parts of the picker share.
#[derive(Clone, Copy)]
struct Picker {
    /// Scripts run: the parts of a combobox are there.
    live: RwSignal<bool>,
    open: RwSignal<bool>,
    marked: RwSignal<Option<usize>>,
    list: RwSignal<Vec<Suggestion>>,
    said: RwSignal<String>,
    input: NodeRef<html::Input>,
    field: StoredValue<PickerField>,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "read in the browser"))]
    words: StoredValue<PickerWords>,
}

impl Picker {
    fn option_id(self, place: usize) -> String {
        self.field.with_value(|field| format!("{}-option-{place}", field.id))
    }

    fn list_id(self) -> String {
        self.field.with_value(|field| format!("{}-list", field.id))
    }

    /// `value` once scripts run.
    fn if_live<T>(self, value: impl FnOnce() -> T) -> Option<T> {
        self.live.get().then(value)
    }
}

/// The field. See the head of the file for its place on a page.
#[island]
pub fn SubstancePicker(
    /// The field.
    field: PickerField,
    /// Its words.
    words: PickerWords,
) -> impl IntoView {
    let picker = Picker {
        live: RwSignal::new(false),
        open: RwSignal::new(false),
        marked: RwSignal::new(None),
        list: RwSignal::new(Vec::new()),
        said: RwSignal::new(String::new()),
        input: NodeRef::new(),
        field: StoredValue::new(field.clone()),
        words: StoredValue::new(words.clone()),
    };
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::start(picker));
    let datalist = field.list.clone();
    let marked_id =
        move || picker.open.get().then(|| picker.marked.get().map(|place| picker.option_id(place))).flatten();
    view! {
        <div class="combo">
            <input
                class="input"
                id=field.id
                name=field.name
                type="text"
                value=field.value
                autocomplete="off"
                spellcheck="false"
                aria-describedby=field.described_by
                aria-invalid=field.invalid.then_some("true")
                data-cas-target=field.cas
                list=move || (!picker.live.get()).then(|| datalist.clone())
                role=move || picker.if_live(|| "combobox")
                aria-autocomplete=move || picker.if_live(|| "list")
                aria-controls=move || picker.if_live(|| picker.list_id())
                aria-expanded=move || picker.if_live(|| if picker.open.get() { "true" } else { "false" })
                aria-activedescendant=marked_id
                node_ref=picker.input
            />
            <ul class="combo__list" id=picker.list_id() role="listbox" aria-label=words.suggestions hidden=move || !picker.open.get()>
                {move || picker.list.get().into_iter().enumerate().map(|(place, entry)| option(picker, place, entry)).collect_view()}
            </ul>
            <p class="combo__status" role="status">{move || picker.said.get()}</p>
        </div>
    }
}

fn option(picker: Picker, place: usize, entry: Suggestion) -> impl IntoView {
    let selected = move || if picker.marked.get() == Some(place) { "true" } else { "false" };
    view! {
        <li class="combo__option" id=picker.option_id(place) role="option" aria-selected=selected data-place=place.to_string()>
            <span class="combo__name"><bdi>{entry.name}</bdi></span>
            <span class="combo__code" dir="ltr">{entry.cas}</span>
            <span class="combo__note">{entry.note}</span>
        </li>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, rc::Rc};

    use domain::{
        cas::{Agreement, CasError, agrees, parse_known},
        search::{Hit, Index, Matched, SearchEntry},
    };
    use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};
    use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

    use super::{Picker, Suggestion};
    use crate::islands::{dom, substance_index};

    /// The most suggestions at once.
    const MOST: usize = 8;

    /// What the picker of this page needs to remember beside what it shows.
    struct Desk {
        picker: Picker,
        input: HtmlInputElement,
        index: RefCell<Option<Rc<Index>>>,
        cas: Option<HtmlInputElement>,
        /// What was filled into the CAS field last.
        filled: RefCell<String>,
        /// Where remarks on the CAS number are shown.
        remark: Option<Element>,
    }

    pub fn start(picker: Picker) {
        let Some(input) = picker.input.get() else { return };
        picker.live.set(true);
        let cas = picker.field.with_value(|field| field.cas.clone()).and_then(|id| dom::by_id::<HtmlInputElement>(&id));
        let remark = cas.as_ref().and_then(remark_below);
        let input: HtmlInputElement = input.unchecked_into();
        let desk = Rc::new(Desk { picker, input, index: RefCell::default(), cas, filled: RefCell::default(), remark });
        desk.load();
        desk.listen();
    }

    /// A polite line under the CAS field, tied to it.
    fn remark_below(cas: &HtmlInputElement) -> Option<Element> {
        let id = format!("{}-remark", cas.id());
        let line = dom::document()?.create_element("p").ok()?;
        line.set_id(&id);
        line.set_class_name("field__echo");
        line.set_attribute("role", "status").ok()?;
        cas.closest(".field").ok()??.append_child(&line).ok()?;
        let described =
            cas.get_attribute("aria-describedby").map_or_else(|| id.clone(), |before| format!("{before} {id}"));
        cas.set_attribute("aria-describedby", &described).ok()?;
        Some(line)
    }

    impl Desk {
        fn load(self: &Rc<Self>) {
            let desk = Rc::clone(self);
            let address = self.picker.field.with_value(|field| field.index.clone());
            spawn_local(async move {
                let Some(index) = substance_index::load(&address).await else { return };
                desk.index.replace(Some(index));
                // A number that came with the page is judged at once, one being typed when its field is left.
                if desk.cas.as_ref().is_some_and(|cas| !has_focus(cas)) {
                    desk.judge();
                }
            });
        }

        fn listen(self: &Rc<Self>) {
            let on = |target: &HtmlElement, event: &str, act: fn(&Rc<Self>, &Event)| {
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
                on(&list, "click", |desk, event| desk.clicked(event));
            }
            if let Some(cas) = &self.cas {
                on(cas, "change", |desk, _| desk.judge());
                on(cas, "input", |desk, _| desk.forgive());
            }
        }

        fn typed(&self) {
            let typed = self.input.value();
            if typed.trim().is_empty() {
                self.picker.said.set(String::new());
                return self.close();
            }
            self.suggest(&typed);
            self.picker.open.set(!self.picker.list.read_untracked().is_empty());
        }

        /// Fills the list for what was typed and says how long it is. Nothing is marked.
        fn suggest(&self, typed: &str) {
            let Some(index) = self.index.borrow().clone() else { return };
            let hits = index.search(typed, MOST);
            let found_as = self.picker.words.with_value(|words| words.found_as.clone());
            let list: Vec<_> =
                hits.iter().filter_map(|hit| Some(suggestion(index.entry(hit)?, hit, &found_as))).collect();
            let count = list.len();
            self.picker.marked.set(None);
            self.picker.list.set(list);
            self.picker.said.set(self.picker.words.with_value(|words| match count {
                0 => words.none.clone(),
                1 => words.one.clone(),
                _ => words.some.replace("{count}", &count.to_string()),
            }));
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
            if self.picker.list.read_untracked().is_empty() {
                self.suggest(&self.input.value());
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
            let before = self.picker.marked.get_untracked().map(usize::cast_signed);
            let place = match (before, by) {
                (None, 1) => 0,
                (None, _) => count - 1,
                (Some(place), by) => (place + by).rem_euclid(count),
            };
            self.picker.marked.set(Some(place.cast_unsigned()));
            if let Some(option) = dom::by_id::<Element>(&self.picker.option_id(place.cast_unsigned())) {
                option.scroll_into_view_with_bool(false);
            }
        }

        fn clicked(&self, event: &Event) {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let option = target.and_then(|target| target.closest("[data-place]").ok().flatten());
            let place =
                option.and_then(|option| option.get_attribute("data-place")).and_then(|place| place.parse().ok());
            self.take(place);
        }

        fn take(&self, place: Option<usize>) {
            let entry = place.and_then(|place| self.picker.list.read_untracked().get(place).cloned());
            let Some(entry) = entry else { return };
            fill(&self.input, &entry.name);
            self.close();
            self.picker.list.set(Vec::new());
            self.picker.said.set(String::new());
            if let Some(cas) = &self.cas {
                let before = cas.value();
                if before.trim().is_empty() || before == *self.filled.borrow() {
                    fill(cas, &entry.cas);
                    self.filled.replace(entry.cas);
                }
            }
            self.judge();
        }

        fn close(&self) {
            self.picker.open.set(false);
            self.picker.marked.set(None);
        }

        /// Says what is odd about the CAS number, by itself and beside the name.
        fn judge(&self) {
            let (Some(cas), Some(remark)) = (&self.cas, &self.remark) else { return };
            let typed = cas.value();
            let remarks = match self.index.borrow().as_ref() {
                Some(index) if !typed.trim().is_empty() => odd(&self.input.value(), &typed, index),
                _ => None,
            };
            let keep = self.picker.words.with_value(|words| words.keep.clone());
            let text = remarks.map(|text| format!("{text} {keep}"));
            // A line that says the same again would be read out again.
            if remark.text_content() != text {
                remark.set_text_content(text.as_deref());
            }
        }

        /// While a number with a remark is being mended, the remark goes as soon as it no longer holds.
        fn forgive(&self) {
            let told =
                self.remark.as_ref().and_then(|remark| remark.text_content()).is_some_and(|text| !text.is_empty());
            if told {
                self.judge();
            }
        }
    }

    fn odd(name: &str, number: &str, index: &Index) -> Option<String> {
        let told = match parse_known(number, index) {
            Err(error @ (CasError::Shape | CasError::Digit { .. })) => error.to_string(),
            Ok(cas) => match agrees(name, cas, index) {
                differs @ Agreement::Differs { .. } => differs.to_string(),
                _ => return None,
            },
        };
        Some(sentence(&told))
    }

    /// With a capital and a full stop.
    fn sentence(text: &str) -> String {
        let mut letters = text.chars();
        let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
        let stop = if text.ends_with(['.', '?']) { "" } else { "." };
        format!("{first}{}{stop}", letters.as_str())
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

    /// Fills a field as if it had been typed, so that whoever listens notices.
    fn fill(input: &HtmlInputElement, value: &str) {
        input.set_value(value);
        let event = dom::document().and_then(|document| document.create_event("Event").ok());
        if let Some(event) = event {
            event.init_event_with_bubbles("input", true);
            let _ = input.dispatch_event(&event);
        }
    }

    fn has_focus(element: &HtmlInputElement) -> bool {
        dom::document()
            .and_then(|document| document.active_element())
            .is_some_and(|active| active.is_same_node(Some(element)))
    }
}
