//! Form fields: label, hint, error and control, tied together by ids made from the field's name.
//!
//! Rules: never mark the mandatory, write "(optional)"; one sentence of hint; the value is shown exactly as it was typed,
//! right or wrong; the control's id is [`super::field_id`] of its name, the hint's and the error's are that id with
//! `-hint` and `-error`. Browsers' own checks are switched off on the form (`novalidate`): they lose input and speak
//! another language.

use super::{Body, MaybeText, Part, field_id, words::words};
use leptos::prelude::*;

/// How long an answer is expected to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// As wide as the column.
    #[default]
    Full,
    /// A name.
    Long,
    /// A code, a telephone number.
    Medium,
    /// A date, an amount.
    Short,
    /// Two to four digits.
    Tiny,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::Full => "input",
            Self::Long => "input input--long",
            Self::Medium => "input input--medium",
            Self::Short => "input input--short",
            Self::Tiny => "input input--tiny",
        }
    }
}

/// What stands around every control.
struct Surroundings {
    id: String,
    hint: Option<String>,
    error: Option<String>,
}

impl Surroundings {
    fn new(name: &str, hint: MaybeText, error: MaybeText) -> Self {
        Self::with_id(field_id(name), hint, error)
    }

    fn with_id(id: String, hint: MaybeText, error: MaybeText) -> Self {
        Self { id, hint: hint.get(), error: error.get() }
    }

    /// Value of `aria-describedby`.
    fn described(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (hint, error) => hint.or(error),
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    fn hint_and_error(self) -> impl IntoView {
        let hint_id = format!("{}-hint", self.id);
        let error_id = format!("{}-error", self.id);
        view! {
            {self.hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            {self.error.map(|error| view! {
                <p class="field__error" id=error_id><span class="unseen">{words().error_prefix}" "</span>{error}</p>
            })}
        }
    }
}

fn label_text(label: String, optional: bool) -> impl IntoView {
    view! {
        {label}
        {optional.then(|| view! { " "<span class="field__optional">{words().optional}</span> })}
    }
}

fn label_class(hidden: bool) -> &'static str {
    if hidden { "field__label unseen" } else { "field__label" }
}

/// Files to choose, several at once.
#[component]
pub fn FileField(
    /// Name they are sent under; also makes the ids.
    #[prop(into)]
    name: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// Which kinds and how large.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What was wrong with the last ones.
    #[prop(optional, into)]
    error: MaybeText,
    /// The endings that are offered.
    #[prop(into)]
    accept: String,
    /// Only one.
    #[prop(optional)]
    one: bool,
) -> impl IntoView {
    let around = Surroundings::new(&name, hint, error);
    let (id, described, invalid) = (around.id.clone(), around.described(), around.invalid());
    view! {
        <div class="field" data-invalid=invalid>
            <label class="field__label" for=id.clone()>{label}</label>
            {around.hint_and_error()}
            <input class="input input--files" type="file" multiple=!one id=id name=name accept=accept aria-describedby=described aria-invalid=invalid/>
        </div>
    }
}

/// A line of text.
#[component]
pub fn TextField(
    /// Name it is sent under; also makes the ids.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// What was typed.
    #[prop(optional, into)]
    value: MaybeText,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
    /// Says "(optional)".
    #[prop(optional)]
    optional: bool,
    /// The page's heading already asks: the label is for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    /// `text` unless said otherwise (`email`, `tel`, `password`, `search`).
    #[prop(optional, into)]
    kind: MaybeText,
    /// What the browser may fill in (`email`, `organization`, `current-password`, `off`).
    #[prop(optional, into)]
    autocomplete: MaybeText,
    /// Which on-screen keyboard (`numeric`, `decimal`).
    #[prop(optional, into)]
    inputmode: MaybeText,
    /// How long an answer is expected to be.
    #[prop(optional)]
    width: Width,
    /// A unit or sign before the control, read with the label.
    #[prop(optional, into)]
    prefix: MaybeText,
    /// A unit or sign after the control, read with the label.
    #[prop(optional, into)]
    suffix: MaybeText,
    /// Id of a `datalist` with suggestions.
    #[prop(optional, into)]
    list: MaybeText,
    /// A code (CAS, VAT number): monospaced, left to right, no spelling marks.
    #[prop(optional)]
    code: bool,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// Its id, where two controls are sent under one name; otherwise made from the name.
    #[prop(optional, into)]
    id: MaybeText,
) -> impl IntoView {
    let around = Surroundings::with_id(id.get().unwrap_or_else(|| field_id(&name)), hint, error);
    let (id, described, invalid) = (around.id.clone(), around.described(), around.invalid());
    let class = if code { format!("{} input--code", width.class()) } else { width.class().to_owned() };
    let control = view! {
        <input
            class=class
            id=id.clone()
            name=name
            type=kind.get().unwrap_or_else(|| "text".to_owned())
            value=value.get().unwrap_or_default()
            aria-describedby=described
            aria-invalid=invalid
            autocomplete=autocomplete.get()
            inputmode=inputmode.get()
            list=list.get()
            dir=code.then_some("ltr")
            spellcheck=code.then_some("false")
            autofocus=autofocus
        />
    };
    let control = if prefix.is_some() || suffix.is_some() {
        view! {
            <div class="input-group">
                {prefix.get().map(|sign| view! { <span class="input-group__sign" aria-hidden="true">{sign}</span> })}
                {control}
                {suffix.get().map(|sign| view! { <span class="input-group__sign" aria-hidden="true">{sign}</span> })}
            </div>
        }
        .into_any()
    } else {
        control.into_any()
    };
    view! {
        <div class="field" data-invalid=invalid>
            <label class=label_class(label_hidden) for=id>{label_text(label, optional)}</label>
            {around.hint_and_error()}
            {control}
        </div>
    }
}

/// Several lines of text, with a limit said beforehand where there is one.
#[component]
pub fn TextArea(
    /// Name it is sent under.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// What was typed.
    #[prop(optional, into)]
    value: MaybeText,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
    /// Says "(optional)".
    #[prop(optional)]
    optional: bool,
    /// The page's heading already asks.
    #[prop(optional)]
    label_hidden: bool,
    /// Lines shown at first.
    #[prop(default = 6)]
    rows: u16,
    /// The limit in characters, said below the field; checked on the server, never cut off here.
    #[prop(optional)]
    limit: Option<usize>,
) -> impl IntoView {
    let around = Surroundings::new(&name, hint, error);
    let (id, invalid) = (around.id.clone(), around.invalid());
    let count_id = format!("{id}-count");
    let described = match (around.described(), limit) {
        (Some(described), Some(_)) => Some(format!("{described} {count_id}")),
        (None, Some(_)) => Some(count_id.clone()),
        (described, None) => described,
    };
    let typed = area_content(&value.get().unwrap_or_default());
    view! {
        <div class="field" data-invalid=invalid>
            <label class=label_class(label_hidden) for=id.clone()>{label_text(label, optional)}</label>
            {around.hint_and_error()}
            <textarea
                class="input input--area"
                id=id
                name=name
                rows=rows.to_string()
                dir="auto"
                aria-describedby=described
                aria-invalid=invalid
                data-limit=limit.map(|limit| limit.to_string())
                inner_html=typed
            ></textarea>
            {limit.map(|limit| view! {
                <p class="field__count" id=count_id>{limit.to_string()}" "{words().characters_at_most}</p>
            })}
        </div>
    }
}

/// What stands between the tags of a text area.
///
/// Leptos does not escape the children of `textarea`, so it is done here, and nowhere else may one be written.
/// The parser of HTML drops one line break right after the tag: ours, so that a typed one survives.
fn area_content(typed: &str) -> String {
    format!("\n{}", typed.replace('&', "&amp;").replace('<', "&lt;"))
}

/// An entry of a select field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// Sent.
    pub value: String,
    /// Read.
    pub label: String,
}

impl SelectOption {
    /// An entry.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

fn option_views(options: Vec<SelectOption>, chosen: Option<&str>, blank: Option<String>) -> impl IntoView + use<> {
    let unknown = chosen.filter(|chosen| !chosen.is_empty() && options.iter().all(|option| option.value != **chosen));
    let kept = unknown.map(|value| SelectOption::new(value, value));
    let blank = blank.map(|label| SelectOption::new("", label));
    let chosen = chosen.unwrap_or_default().to_owned();
    blank
        .into_iter()
        .chain(options)
        .chain(kept)
        .map(|option| {
            let selected = option.value == chosen;
            view! { <option value=option.value selected=selected>{option.label}</option> }
        })
        .collect_view()
}

/// One out of a long list (a country, a unit). Up to seven entries are better as [`Choices`].
///
/// A stored value that is not in the list stays chosen and is shown as it is.
#[component]
pub fn SelectField(
    /// Name it is sent under.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// The entries.
    options: Vec<SelectOption>,
    /// The chosen entry.
    #[prop(optional, into)]
    value: MaybeText,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
    /// Says "(optional)".
    #[prop(optional)]
    optional: bool,
    /// The page's heading already asks.
    #[prop(optional)]
    label_hidden: bool,
    /// Leaves out the empty entry.
    #[prop(optional)]
    no_blank: bool,
    /// The empty entry; "Choose one" unless said otherwise ("Any", in a filter).
    #[prop(optional, into)]
    blank: MaybeText,
    /// How wide.
    #[prop(optional)]
    width: Width,
    /// What the browser may fill in (`country`).
    #[prop(optional, into)]
    autocomplete: MaybeText,
) -> impl IntoView {
    let around = Surroundings::new(&name, hint, error);
    let (id, described, invalid) = (around.id.clone(), around.described(), around.invalid());
    let blank = (!no_blank).then(|| blank.get().unwrap_or_else(|| words().choose.to_owned()));
    view! {
        <div class="field" data-invalid=invalid>
            <label class=label_class(label_hidden) for=id.clone()>{label_text(label, optional)}</label>
            {around.hint_and_error()}
            <select
                class=format!("{} input--select", width.class())
                id=id
                name=name
                aria-describedby=described
                aria-invalid=invalid
                autocomplete=autocomplete.get()
            >
                {option_views(options, value.as_deref(), blank)}
            </select>
        </div>
    }
}

/// An entry of a group of radio buttons or checkboxes.
pub struct Choice {
    /// Sent.
    pub value: String,
    /// Read.
    pub label: String,
    /// One sentence more.
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub checked: bool,
    /// Fields shown while it is chosen (without the style sheet: always).
    pub reveals: Option<AnyView>,
    /// A word before it that sets it apart from the rest ("or").
    pub after_word: Option<String>,
}

impl Choice {
    /// An entry, not chosen.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, checked: false, reveals: None, after_word: None }
    }

    /// With a sentence more.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Chosen or not.
    #[must_use]
    pub const fn checked(mut self, checked: bool) -> Self {
        self.checked = checked;
        self
    }

    /// With fields shown while it is chosen.
    #[must_use]
    pub fn reveals(mut self, fields: AnyView) -> Self {
        self.reveals = Some(fields);
        self
    }

    /// Set apart by a word ("or").
    #[must_use]
    pub fn after(mut self, word: impl Into<String>) -> Self {
        self.after_word = Some(word.into());
        self
    }
}

/// Marks one, or with `many` any number, of a few entries.
#[component]
pub fn Choices(
    /// Name they are sent under.
    #[prop(into)]
    name: String,
    /// The question, as the group's legend.
    #[prop(into)]
    legend: String,
    /// The entries.
    options: Vec<Choice>,
    /// Checkboxes instead of radio buttons.
    #[prop(optional)]
    many: bool,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
    /// Says "(optional)".
    #[prop(optional)]
    optional: bool,
    /// The page's heading already asks.
    #[prop(optional)]
    legend_hidden: bool,
    /// Side by side, for yes and no.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let around = Surroundings::new(&name, hint, error);
    let (id, described, invalid) = (around.id.clone(), around.described(), around.invalid());
    let kind = if many { "checkbox" } else { "radio" };
    let class = if inline { "choices choices--inline" } else { "choices" };
    let entries = options
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let entry_id = if index == 0 { id.clone() } else { format!("{id}-{}", index + 1) };
            choice_view(kind, name.clone(), entry_id, choice)
        })
        .collect_view();
    view! {
        <fieldset class="field" data-invalid=invalid aria-describedby=described>
            <legend class=label_class(legend_hidden)>{label_text(legend, optional)}</legend>
            {around.hint_and_error()}
            <div class=class>{entries}</div>
        </fieldset>
    }
}

fn choice_view(kind: &'static str, name: String, id: String, choice: Choice) -> impl IntoView {
    let hint_id = format!("{id}-hint-entry");
    let described = choice.hint.as_ref().map(|_| hint_id.clone());
    view! {
        {choice.after_word.map(|word| view! { <p class="choices__word">{word}</p> })}
        <div class="choice">
            <input
                class="choice__mark"
                type=kind
                id=id.clone()
                name=name
                value=choice.value
                checked=choice.checked
                aria-describedby=described
            />
            <label class="choice__label" for=id>{choice.label}</label>
            {choice.hint.map(|hint| view! { <p class="choice__hint" id=hint_id>{hint}</p> })}
            {choice.reveals.map(|fields| view! { <div class="choice__reveals">{fields}</div> })}
        </div>
    }
}

/// A single box to tick (a declaration, "remember this").
#[component]
pub fn Checkbox(
    /// Name it is sent under.
    #[prop(into)]
    name: String,
    /// The statement.
    #[prop(into)]
    label: String,
    /// Sent when ticked.
    #[prop(default = "yes".to_owned(), into)]
    value: String,
    /// Whether it is ticked.
    #[prop(optional)]
    checked: bool,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
) -> impl IntoView {
    let around = Surroundings::new(&name, hint, error);
    let (id, described, invalid) = (around.id.clone(), around.described(), around.invalid());
    view! {
        <div class="field" data-invalid=invalid>
            {around.hint_and_error()}
            <div class="choice">
                <input
                    class="choice__mark"
                    type="checkbox"
                    id=id.clone()
                    name=name
                    value=value
                    checked=checked
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <label class="choice__label" for=id>{label}</label>
            </div>
        </div>
    }
}

/// A date typed as text, in any order the server understands; nothing typed is lost, unlike in the browser's own field.
#[component]
pub fn DateField(
    /// Name it is sent under.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// What was typed.
    #[prop(optional, into)]
    value: MaybeText,
    /// An example of a date as it may be typed.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
    /// Says "(optional)".
    #[prop(optional)]
    optional: bool,
    /// The page's heading already asks.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    view! {
        <TextField name label value hint error optional label_hidden width=Width::Medium autocomplete="off"/>
    }
}

/// A date in three boxes, sent as `name.day`, `name.month`, `name.year`.
#[component]
pub fn DateParts(
    /// Name of the date.
    #[prop(into)]
    name: String,
    /// The question, as the group's legend.
    #[prop(into)]
    legend: String,
    /// What was typed: day, month, year.
    #[prop(optional)]
    values: [String; 3],
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
    /// Says "(optional)".
    #[prop(optional)]
    optional: bool,
    /// The page's heading already asks.
    #[prop(optional)]
    legend_hidden: bool,
) -> impl IntoView {
    let words = words();
    let around = Surroundings::new(&name, hint, error);
    let (first_id, described, invalid) = (around.id.clone(), around.described(), around.invalid());
    let parts =
        [("day", words.day, Width::Tiny), ("month", words.month, Width::Tiny), ("year", words.year, Width::Short)];
    let boxes = parts
        .into_iter()
        .zip(values)
        .enumerate()
        .map(|(index, ((part, label, width), value))| {
            let part_name = format!("{name}.{part}");
            // The first box carries the field's own id, so that the error summary leads there.
            let id = if index == 0 { first_id.clone() } else { field_id(&part_name) };
            view! {
                <div class="date__part">
                    <label class="date__label" for=id.clone()>{label}</label>
                    <input
                        class=width.class() id=id name=part_name type="text" inputmode="numeric" value=value
                        aria-invalid=invalid autocomplete="off"
                    />
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" data-invalid=invalid aria-describedby=described>
            <legend class=label_class(legend_hidden)>{label_text(legend, optional)}</legend>
            {around.hint_and_error()}
            <div class="date">{boxes}</div>
        </fieldset>
    }
}

/// An amount and its unit side by side. The amount is free text: "20 drums of 25 l" is an amount too.
#[component]
pub fn QuantityField(
    /// Name of the amount.
    #[prop(into)]
    name: String,
    /// Name of the unit.
    #[prop(into)]
    unit_name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// The units on offer.
    units: Vec<SelectOption>,
    /// The amount as typed.
    #[prop(optional, into)]
    value: MaybeText,
    /// The chosen unit.
    #[prop(optional, into)]
    unit: MaybeText,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
    /// Says "(optional)".
    #[prop(optional)]
    optional: bool,
    /// How the amount was understood ("500 l"), once it was.
    #[prop(optional, into)]
    read_as: MaybeText,
) -> impl IntoView {
    let words = words();
    let around = Surroundings::new(&name, hint, error);
    let (id, described, invalid) = (around.id.clone(), around.described(), around.invalid());
    let unit_id = field_id(&unit_name);
    let about = label.clone();
    view! {
        <div class="field" data-invalid=invalid>
            <label class="field__label" for=id.clone()>{label_text(label, optional)}</label>
            {around.hint_and_error()}
            <div class="quantity">
                <input
                    class="input input--medium" id=id name=name type="text" value=value.get().unwrap_or_default()
                    aria-describedby=described aria-invalid=invalid autocomplete="off"
                />
                <label class="unseen" for=unit_id.clone()>{words.unit}", "{about}</label>
                <select class="input input--select input--short" id=unit_id name=unit_name>
                    {option_views(units, unit.as_deref(), None)}
                </select>
            </div>
            <p class="field__echo" data-echo=true>
                {read_as.get().map(|text| view! { {words.quantity_read_as}" "<b>{text}</b> })}
            </p>
        </div>
    }
}

/// Fields that belong together under one legend, in a row where there is room.
#[component]
pub fn FieldGroup(
    /// What the fields are about.
    #[prop(into)]
    legend: String,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeText,
    /// Side by side where there is room.
    #[prop(optional)]
    row: bool,
    /// Says "(optional)".
    #[prop(optional)]
    optional: bool,
    /// The fields.
    children: Body,
) -> impl IntoView {
    let class = if row { "group__fields group__fields--row" } else { "group__fields" };
    view! {
        <fieldset class="group">
            <legend class="group__legend">{label_text(legend, optional)}</legend>
            {hint.get().map(|hint| view! { <p class="field__hint">{hint}</p> })}
            <div class=class>{children.view()}</div>
        </fieldset>
    }
}

/// Suggestions for a text field without scripts; the field names it in `list`.
#[component]
pub fn Suggestions(
    /// Id the field refers to.
    #[prop(into)]
    id: String,
    /// What may be chosen.
    values: Vec<String>,
) -> impl IntoView {
    view! {
        <datalist id=id>{values.into_iter().map(|value| view! { <option value=value></option> }).collect_view()}</datalist>
    }
}

/// When the draft was last kept. Announced politely; an island rewrites it.
#[component]
pub fn SaveStatus(
    /// "Saved 14:02", "Not saved yet".
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <p class="save-status" role="status" data-save-status=true>{text}</p> }
}

/// A search box with its button.
#[component]
pub fn SearchForm(
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// `get`, or `post` where the words must not stand in an address.
    #[prop(default = "get".to_owned(), into)]
    method: String,
    /// Name of the words.
    #[prop(default = "q".to_owned(), into)]
    name: String,
    /// What is searched.
    #[prop(into)]
    label: String,
    /// Label of the button.
    #[prop(into)]
    button: String,
    /// What was searched.
    #[prop(optional, into)]
    value: MaybeText,
    /// Id of a `datalist` with suggestions.
    #[prop(optional, into)]
    list: MaybeText,
    /// Hidden fields or more controls.
    #[prop(optional, into)]
    more: Part,
) -> impl IntoView {
    let id = field_id(&name);
    view! {
        <form class="search" role="search" method=method action=action>
            <label class="search__label" for=id.clone()>{label}</label>
            <div class="search__line">
                <input
                    class="input" id=id name=name type="search" value=value.get().unwrap_or_default()
                    list=list.get() autocomplete="off" spellcheck="false"
                />
                <button class="button button--secondary" type="submit">{button}</button>
            </div>
            {more.get()}
        </form>
    }
}
