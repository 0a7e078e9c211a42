//! The field for a substance: a line of text that suggests entries of the catalogue while one types.
//!
//! An editable combobox with a list, after the ARIA Authoring Practices: Down and Up open the list and move in it, Enter
//! takes the marked entry, Escape closes the list. What somebody typed stays as it is unless an entry is taken; a name
//! that is in no list is as good as any other. Without JavaScript it is a plain field with the browser's suggestions.
//!
//! How to place it, on the server, in a `.field` with its label, hint and error (as `components::TextField` makes them):
//! ```text
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

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod cas_field;

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
        </div>
        <p class="combo__status" role="status">{move || picker.said.get()}</p>
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
