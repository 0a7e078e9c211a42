//! What was typed into the forms of a page, kept for this tab only while the page is loaded anew. Browser only.
//!
//! A page is left by a link marked `data-keep-typed`, or when a sign-in ends. What was typed is put back into the same fields
//! of the same person's forms, where nothing else stands in them, and forgotten. Signing out forgets it too.

use leptos::wasm_bindgen::JsCast as _;
use web_sys::{
    Element, Event, HtmlDetailsElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    Storage,
};

use super::dom;

/// A field that somebody changed.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    /// Where its form goes, and whose form it is.
    form: (String, String),
    name: String,
    value: String,
    /// Of a box or button: whether it is ticked now. None for every other field.
    ticked: Option<bool>,
}

/// Puts back what was kept of this page, and keeps it again when a link asks for it.
pub fn restore() {
    let Some((storage, key)) = place() else { return };
    if let Ok(Some(text)) = storage.get_item(&key) {
        let _ = storage.remove_item(&key);
        let kept: Vec<Kept> = serde_json::from_str(&text).unwrap_or_default();
        for form in forms() {
            let name = name_of(&form);
            for field in kept.iter().filter(|field| field.form == name) {
                put_back(&form, field);
            }
        }
    }
    if let Some(document) = dom::document() {
        dom::listen(&document, "click", |event| keep_for_link(&event));
    }
}

fn keep_for_link(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| matches!(target.closest("[data-keep-typed]"), Ok(Some(_)))) {
        keep();
    }
}

/// Keeps what was typed into the forms of this page.
pub fn keep() {
    let Some((storage, key)) = place() else { return };
    let kept: Vec<Kept> = forms().iter().flat_map(changed).collect();
    if kept.is_empty() {
        let _ = storage.remove_item(&key);
    } else if let Ok(text) = serde_json::to_string(&kept) {
        let _ = storage.set_item(&key, &text);
    }
}

fn place() -> Option<(Storage, String)> {
    let window = dom::window()?;
    let path = window.location().pathname().ok()?;
    // Whoever signs in after somebody else in the same tab finds nothing of theirs.
    let who = dom::document()?.body()?.get_attribute("data-who").unwrap_or_default();
    Some((window.session_storage().ok()??, format!("typed {who} {path}")))
}

fn forms() -> Vec<HtmlFormElement> {
    let Some(forms) = dom::document().map(|document| document.forms()) else { return Vec::new() };
    (0..forms.length()).filter_map(|at| forms.item(at)?.dyn_into().ok()).collect()
}

fn name_of(form: &HtmlFormElement) -> (String, String) {
    let who = form.query_selector("input[name='_who']").ok().flatten();
    let who = who.and_then(|who| who.get_attribute("value")).unwrap_or_default();
    (form.get_attribute("action").unwrap_or_default(), who)
}

fn controls(form: &HtmlFormElement) -> Vec<Element> {
    let controls = form.elements();
    (0..controls.length()).filter_map(|at| controls.item(at)).collect()
}

/// The fields of a form that hold something else than the page came with.
fn changed(form: &HtmlFormElement) -> Vec<Kept> {
    let name = name_of(form);
    let kept = |control: &Element| {
        let field = control.get_attribute("name").filter(|field| !field.is_empty())?;
        let (value, ticked) = changed_value(control)?;
        Some(Kept { form: name.clone(), name: field, value, ticked })
    };
    controls(form).iter().filter_map(kept).collect()
}

/// What a control holds now, if that is not what the page came with.
fn changed_value(control: &Element) -> Option<(String, Option<bool>)> {
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        let first = area.default_value().unwrap_or_default();
        return (area.value() != first).then(|| (area.value(), None));
    }
    if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        return dom::moved(select).then(|| (select.value(), None));
    }
    let input = control.dyn_ref::<HtmlInputElement>()?;
    match input.type_().as_str() {
        "hidden" | "password" | "file" | "submit" | "button" => None,
        "checkbox" | "radio" => {
            (input.checked() != input.default_checked()).then(|| (input.value(), Some(input.checked())))
        }
        _ => (input.value() != input.default_value()).then(|| (input.value(), None)),
    }
}

fn put_back(form: &HtmlFormElement, kept: &Kept) {
    let named = |control: &&Element| control.get_attribute("name").is_some_and(|name| name == kept.name);
    for control in controls(form).iter().filter(named) {
        if put(control, kept) {
            open_around(control);
        }
    }
}

/// Whether it was put into this control.
fn put(control: &Element, kept: &Kept) -> bool {
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        let untouched = area.default_value().is_ok_and(|first| area.value() == first);
        if untouched {
            area.set_value(&kept.value);
        }
        return untouched;
    }
    if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        let untouched = !dom::moved(select);
        if untouched {
            select.set_value(&kept.value);
        }
        return untouched;
    }
    let Some(input) = control.dyn_ref::<HtmlInputElement>() else { return false };
    if let Some(ticked) = kept.ticked {
        let untouched = input.value() == kept.value && input.checked() == input.default_checked();
        if untouched {
            input.set_checked(ticked);
        }
        return untouched;
    }
    let untouched = input.value() == input.default_value();
    if untouched {
        input.set_value(&kept.value);
    }
    untouched
}

/// What was typed stands in view, also where its form was folded away.
fn open_around(control: &Element) {
    let fold = control.closest("details").ok().flatten();
    if let Some(fold) = fold.and_then(|fold| fold.dyn_into::<HtmlDetailsElement>().ok()) {
        fold.set_open(true);
    }
}
