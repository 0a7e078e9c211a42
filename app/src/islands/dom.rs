//! The few things islands do with the page and the network. Browser only.
//!
//! Every function is total: what is missing in the page is simply not enhanced.

use leptos::wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, FormData, HtmlFormElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement,
    HtmlTextAreaElement, Request, RequestInit, Response, UrlSearchParams, Window,
};

/// The window, if there is one.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The page.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// An element by id, as a kind of element.
pub fn by_id<T: leptos::wasm_bindgen::JsCast>(id: &str) -> Option<T> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The form that holds an element.
pub fn form_around(element: &Element) -> Option<HtmlFormElement> {
    element.closest("form").ok()??.dyn_into().ok()
}

/// A form's fields as they would be posted.
pub fn encoded(form: &HtmlFormElement) -> Option<String> {
    let fields = FormData::new_with_form(form).ok()?;
    let encoded = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    Some(String::from(encoded.to_string()))
}

/// The names of a form's controls that are answers, each once; names that begin with `_` are the form's own.
pub fn names(form: &HtmlFormElement) -> Vec<String> {
    let controls = form.elements();
    let mut names: Vec<String> = (0..controls.length())
        .filter_map(|at| controls.item(at)?.get_attribute("name"))
        .filter(|name| !name.starts_with('_') && name != "version")
        .collect();
    names.dedup();
    names
}

/// Whether a form's controls hold something else than the page came with: typed before the scripts arrived.
pub fn touched(form: &HtmlFormElement) -> bool {
    let controls = form.elements();
    (0..controls.length()).filter_map(|at| controls.item(at)).any(|control| {
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            return input.value() != input.default_value() || input.checked() != input.default_checked();
        }
        if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            return area.default_value().is_ok_and(|first| area.value() != first);
        }
        control.dyn_ref::<HtmlSelectElement>().is_some_and(moved)
    })
}

/// Whether a select stands elsewhere than it did when the page came.
pub fn moved(select: &HtmlSelectElement) -> bool {
    let options = select.options();
    let option = |at| options.item(at).and_then(|option| option.dyn_into::<HtmlOptionElement>().ok());
    // Of several, browsers take the last.
    let first = (0..options.length()).rev().find(|at| option(*at).is_some_and(|option| option.default_selected()));
    u32::try_from(select.selected_index()).is_ok_and(|now| now != first.unwrap_or(0))
}

/// What the network gave: status and body. `None` if it gave nothing.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: String,
}

/// Fetches a page's data.
pub async fn get(url: &str, accept: &str) -> Option<Answer> {
    send(url, "GET", accept, None).await
}

/// Posts an encoded form and asks for JSON.
pub async fn post(url: &str, form: &str) -> Option<Answer> {
    send(url, "POST", "application/json", Some(form)).await
}

async fn send(url: &str, method: &str, accept: &str, form: Option<&str>) -> Option<Answer> {
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(form) = form {
        init.set_body(&JsValue::from_str(form));
    }
    let request = Request::new_with_str_and_init(url, &init).ok()?;
    request.headers().set("accept", accept).ok()?;
    if form.is_some() {
        request.headers().set("content-type", "application/x-www-form-urlencoded").ok()?;
    }
    let response: Response = JsFuture::from(window()?.fetch_with_request(&request)).await.ok()?.dyn_into().ok()?;
    let body = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Some(Answer { status: response.status(), body })
}

/// Listens for as long as the page lives.
pub fn listen(target: &web_sys::EventTarget, event: &str, act: impl FnMut(web_sys::Event) + 'static) {
    let act = Closure::<dyn FnMut(web_sys::Event)>::new(act);
    if target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref()).is_ok() {
        // The page owns the listener now; it goes when the page goes.
        act.forget();
    }
}

/// Runs `act` after `milliseconds`; the number cancels it.
pub fn after(milliseconds: i32, act: impl FnOnce() + 'static) -> Option<i32> {
    let act = Closure::once_into_js(act);
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), milliseconds).ok()
}

/// Cancels what [`after`] planned.
pub fn cancel(plan: i32) {
    if let Some(window) = window() {
        window.clear_timeout_with_handle(plan);
    }
}
