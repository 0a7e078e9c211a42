//! Adding files with a bar for each: they go one after the other, each can be cancelled, and what was not taken is said
//! beside its name. Without JavaScript the form around it sends all files at once.
//!
//! It posts each file to the form's own address, then puts the page's list of files anew from what the server shows.

use leptos::prelude::*;

/// What the server answers to an island that sends files.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Uploaded {
    /// What was not taken and why, in words.
    pub problems: Vec<String>,
}

/// The words beside a file that is sent; `{name}` is the file's.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct UploadWords {
    /// With `{percent}`.
    pub uploading: String,
    /// It was added.
    pub done: String,
    /// It was cancelled.
    pub stopped: String,
    /// The network gave nothing.
    pub failed: String,
    /// It is not sent at all.
    pub too_large: String,
    /// The button.
    pub cancel: String,
    /// After the last.
    pub all_done: String,
}

/// The files on their way. Place it inside the form.
#[island]
pub fn EvidenceUpload(
    /// The words.
    words: UploadWords,
    /// The largest file, in bytes.
    limit: u64,
) -> impl IntoView {
    let list = NodeRef::<leptos::html::Ul>::new();
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if let Some(list) = list.get() {
            browser::start(&list, words.clone(), limit, said);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (words, limit);
    view! {
        <ul class="uploads" role="list" node_ref=list></ul>
        <p class="unseen" role="status">{move || said.get()}</p>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::Cell, rc::Rc};

    use leptos::{
        prelude::*,
        task::spawn_local,
        wasm_bindgen::{JsCast as _, JsValue},
    };
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        DomParser, Element, Event, File, FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement,
        ProgressEvent, SupportedType, XmlHttpRequest,
    };

    use super::{UploadWords, Uploaded};
    use crate::islands::dom;

    /// The page's list of files.
    const FILES: &str = "evidence-files";

    #[derive(Clone)]
    struct Upload {
        form: HtmlFormElement,
        list: HtmlElement,
        words: UploadWords,
        limit: u64,
        said: RwSignal<String>,
        busy: Rc<Cell<bool>>,
    }

    pub fn start(list: &HtmlElement, words: UploadWords, limit: u64, said: RwSignal<String>) {
        let Some(form) = dom::form_around(list) else { return };
        let upload = Upload { form: form.clone(), list: list.clone(), words, limit, said, busy: Rc::default() };
        dom::listen(&form, "submit", move |event| begin(&upload, &event));
        // From here on each file goes by itself.
        let _ = list.set_attribute("data-live", "");
    }

    fn begin(upload: &Upload, event: &Event) {
        let Some(input) = input(&upload.form) else { return };
        let files: Vec<File> = input
            .files()
            .map(|files| (0..files.length()).filter_map(|at| files.item(at)).collect())
            .unwrap_or_default();
        // Without a file the server says what is missing.
        if files.is_empty() && !upload.busy.get() {
            return;
        }
        event.prevent_default();
        if upload.busy.replace(true) {
            return;
        }
        upload.list.set_inner_html("");
        let upload = upload.clone();
        spawn_local(async move {
            for file in files {
                send(&upload, &file).await;
            }
            input.set_value("");
            refresh().await;
            upload.said.set(upload.words.all_done.clone());
            upload.busy.set(false);
        });
    }

    fn input(form: &HtmlFormElement) -> Option<HtmlInputElement> {
        form.query_selector("input[type='file']").ok()??.dyn_into().ok()
    }

    /// A file's line: words, bar, button.
    struct Line {
        text: Element,
        bar: Element,
        button: HtmlButtonElement,
    }

    fn line(upload: &Upload, name: &str) -> Option<Line> {
        let document = dom::document()?;
        let make = |tag: &str| document.create_element(tag).ok();
        let (row, text, bar) = (make("li")?, make("span")?, make("progress")?);
        let button: HtmlButtonElement = make("button")?.dyn_into().ok()?;
        row.set_class_name("uploads__file");
        button.set_class_name("button button--quiet");
        button.set_type("button");
        button.set_text_content(Some(&upload.words.cancel));
        button.set_attribute("aria-label", &format!("{} {name}", upload.words.cancel)).ok()?;
        bar.set_attribute("max", "100").ok()?;
        bar.set_attribute("value", "0").ok()?;
        bar.set_attribute("aria-label", name).ok()?;
        row.append_with_node_3(&text, &bar, &button).ok()?;
        upload.list.append_child(&row).ok()?;
        Some(Line { text, bar, button })
    }

    async fn send(upload: &Upload, file: &File) {
        let name = file.name();
        let Some(line) = line(upload, &name) else { return };
        let told = if file.size() > upload.limit as f64 {
            upload.words.too_large.replace("{name}", &name)
        } else {
            let stopped = Rc::new(Cell::new(false));
            let answer = post(upload, file, &line, &stopped).await;
            told(&upload.words, &name, answer, stopped.get())
        };
        line.text.set_text_content(Some(&told));
        line.bar.remove();
        line.button.remove();
        upload.said.set(told);
    }

    fn told(words: &UploadWords, name: &str, answer: Option<Uploaded>, stopped: bool) -> String {
        match answer {
            Some(answer) if answer.problems.is_empty() => words.done.replace("{name}", name),
            Some(answer) => answer.problems.join(". "),
            None if stopped => words.stopped.replace("{name}", name),
            None => words.failed.replace("{name}", name),
        }
    }

    /// Sends one file and waits for the answer; none if it was cancelled or the line broke.
    async fn post(upload: &Upload, file: &File, line: &Line, stopped: &Rc<Cell<bool>>) -> Option<Uploaded> {
        let request = XmlHttpRequest::new().ok()?;
        request.open("POST", &upload.form.get_attribute("action")?).ok()?;
        request.set_request_header("accept", "application/json").ok()?;
        let form = FormData::new().ok()?;
        form.append_with_blob_and_filename(&input(&upload.form)?.name(), file, &file.name()).ok()?;
        watch(&request, line, &upload.words.uploading.replace("{name}", &file.name()))?;
        let (aborted, stopped) = (request.clone(), Rc::clone(stopped));
        dom::listen(&line.button, "click", move |_| {
            stopped.set(true);
            let _ = aborted.abort();
        });
        ended(&request, &form).await;
        (request.status() == Ok(200)).then_some(())?;
        serde_json::from_str(&request.response_text().ok()??).ok()
    }

    /// Moves the bar while the file goes.
    fn watch(request: &XmlHttpRequest, line: &Line, words: &str) -> Option<()> {
        let (bar, text, words) = (line.bar.clone(), line.text.clone(), words.to_owned());
        text.set_text_content(Some(&words.replace("{percent}", "0")));
        let target: web_sys::EventTarget = request.upload().ok()?.into();
        dom::listen(&target, "progress", move |event| {
            let Some(event) = event.dyn_ref::<ProgressEvent>() else { return };
            let percent = (event.loaded() / event.total().max(1.0) * 100.0).floor().to_string();
            let _ = bar.set_attribute("value", &percent);
            text.set_text_content(Some(&words.replace("{percent}", &percent)));
        });
        Some(())
    }

    /// Sends and waits until there is nothing more to wait for.
    async fn ended(request: &XmlHttpRequest, form: &FormData) {
        let promise = web_sys::js_sys::Promise::new(&mut |resolve, _| {
            let resolve = move |_| {
                let _ = resolve.call0(&JsValue::NULL);
            };
            dom::listen(request, "loadend", resolve);
        });
        if request.send_with_opt_form_data(Some(form)).is_ok() {
            let _ = JsFuture::from(promise).await;
        }
    }

    /// Puts the list of files as the server shows it now.
    async fn refresh() -> Option<()> {
        let path = dom::window()?.location().pathname().ok()?;
        let answer = dom::get(&path, "text/html").await.filter(|answer| answer.status == 200)?;
        let page = DomParser::new().ok()?.parse_from_string(&answer.body, SupportedType::TextHtml).ok()?;
        let fresh = page.get_element_by_id(FILES)?.inner_html();
        dom::document()?.get_element_by_id(FILES)?.set_inner_html(&fresh);
        Some(())
    }
}
