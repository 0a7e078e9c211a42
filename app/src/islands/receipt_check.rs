//! Checking a receipt in the browser, with the public keys that stand in the page: a file is read where it is, and the
//! check works without a connection.
//!
//! The server paints the result for what was posted, by the same code. In the browser the form ([`FORM`]) is not sent any
//! more: its text ([`FIELD`]) is checked here, and so is a file that is chosen or dropped.

use domain::receipt::{KeyRecord, Proof, Receipt, ReceiptError, Seal, check_any};
use leptos::prelude::*;

/// Id of the form.
pub const FORM: &str = "receipt-form";
/// Name of its field.
pub const FIELD: &str = "receipt";
/// Id of the result.
const RESULT: &str = "result";
/// Id of the field for a file.
const FILE: &str = "receipt-file";

/// The words of the result.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct CheckWords {
    /// Label of the field for a file.
    pub file: String,
    /// That it is read here only.
    pub file_hint: String,
    /// When everything fits.
    pub genuine_title: String,
    /// `Report {reference}, version {version}, was sent on {sent} …`
    pub genuine: String,
    /// `Revision {revision} of notice {notice} was published on {published} …`
    pub genuine_notice: String,
    /// What was checked.
    pub checked: String,
    /// Names of the lines.
    pub report: String,
    /// The same.
    pub version: String,
    /// The same.
    pub sent: String,
    /// The same.
    pub authority: String,
    /// The same.
    pub company: String,
    /// The same, of a notice.
    pub notice: String,
    /// The same.
    pub revision: String,
    /// The same.
    pub publisher: String,
    /// The same.
    pub published: String,
    /// The same.
    pub fingerprint: String,
    /// The same.
    pub key: String,
    /// When it can be read and does not fit.
    pub not_genuine_title: String,
    /// The signature does not fit.
    pub changed: String,
    /// The key is not known.
    pub unknown_key: String,
    /// The key was not in use.
    pub out_of_time: String,
    /// When it cannot be read.
    pub unreadable_title: String,
    /// There is nothing.
    pub empty: String,
    /// It is something else.
    pub no_receipt: String,
    /// It is of another format.
    pub other_format: String,
    /// `Line {line} …`
    pub line: String,
}

/// The result, and in the browser the field for a file.
#[island]
pub fn ReceiptCheck(
    /// The public keys.
    keys: Vec<KeyRecord>,
    /// The words.
    words: CheckWords,
    /// What was posted.
    first: Option<String>,
) -> impl IntoView {
    let text = RwSignal::new(first);
    let live = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::start(text, live));
    let (label, hint) = (words.file.clone(), words.file_hint.clone());
    let result = move || text.read().as_deref().map(|text| result(text, &keys, &words));
    let hint_id = format!("{FILE}-hint");
    view! {
        <div class="check">
            <div id=RESULT role="status" tabindex="-1">{result}</div>
            <div class="field" hidden=move || !live.get()>
                <label class="field__label" for=FILE>{label}</label>
                <p class="field__hint" id=hint_id.clone()>{hint}</p>
                <input class="input" type="file" id=FILE accept=".txt,text/plain" aria-describedby=hint_id/>
            </div>
        </div>
    }
}

fn result(text: &str, keys: &[KeyRecord], words: &CheckWords) -> AnyView {
    match check_any(text, keys) {
        Ok(Proof::Receipt(receipt)) => of_report(&receipt, words),
        Ok(Proof::Seal(seal)) => of_notice(&seal, words),
        Err(error) => refused(text, error, words),
    }
}

fn of_notice(seal: &Seal, words: &CheckWords) -> AnyView {
    let said = &seal.statement;
    let published = said.published.in_words();
    let sentence = words.genuine_notice.replace("{notice}", &said.notice);
    let sentence = sentence.replace("{revision}", &said.revision.to_string()).replace("{published}", &published);
    let rows = vec![
        (words.fingerprint.clone(), said.fingerprint.to_string()),
        (words.notice.clone(), said.notice.clone()),
        (words.revision.clone(), said.revision.to_string()),
        (words.published.clone(), published),
        (words.publisher.clone(), said.publisher.to_string()),
        (words.key.clone(), seal.key.to_string()),
    ];
    genuine(sentence, rows, words)
}

fn of_report(receipt: &Receipt, words: &CheckWords) -> AnyView {
    let said = &receipt.statement;
    let sent = said.sent.in_words();
    let sentence = words.genuine.replace("{reference}", said.reference.as_str());
    let sentence = sentence.replace("{version}", &said.version.to_string()).replace("{sent}", &sent);
    let rows = vec![
        (words.fingerprint.clone(), said.fingerprint.to_string()),
        (words.report.clone(), said.reference.to_string()),
        (words.version.clone(), said.version.to_string()),
        (words.sent.clone(), sent),
        (words.authority.clone(), said.authority.to_string()),
        (words.company.clone(), said.company.to_string()),
        (words.key.clone(), receipt.key.to_string()),
    ];
    genuine(sentence, rows, words)
}

fn genuine(sentence: String, rows: Vec<(String, String)>, words: &CheckWords) -> AnyView {
    let rows = rows.into_iter().map(|(name, value)| {
        view! { <div class="facts__row"><dt>{name}</dt><dd><bdi class="ref ref--long" dir="ltr">{value}</bdi></dd></div> }
    });
    view! {
        <div class="callout" data-tone="ok">
            <p class="callout__title">{words.genuine_title.clone()}</p>
            <div class="callout__body">
                <p>{sentence}</p>
                <dl class="facts">{rows.collect_view()}</dl>
                <p class="small">{words.checked.clone()}</p>
            </div>
        </div>
    }
    .into_any()
}

fn refused(text: &str, error: ReceiptError, words: &CheckWords) -> AnyView {
    let why = match error {
        ReceiptError::NoReceipt if text.trim().is_empty() => words.empty.clone(),
        ReceiptError::NoReceipt => words.no_receipt.clone(),
        ReceiptError::OtherFormat => words.other_format.clone(),
        ReceiptError::Line(line) => words.line.replace("{line}", &line.to_string()),
        ReceiptError::Changed => words.changed.clone(),
        ReceiptError::UnknownKey => words.unknown_key.clone(),
        ReceiptError::OutOfTime => words.out_of_time.clone(),
    };
    let forged = matches!(error, ReceiptError::Changed | ReceiptError::UnknownKey | ReceiptError::OutOfTime);
    let (tone, title) =
        if forged { ("danger", words.not_genuine_title.clone()) } else { ("warn", words.unreadable_title.clone()) };
    view! {
        <div class="callout" data-tone=tone>
            <p class="callout__title">{title}</p>
            <div class="callout__body"><p>{why}</p></div>
        </div>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{prelude::*, wasm_bindgen::JsCast as _};
    use web_sys::{DragEvent, File, FileReader, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

    use super::{FILE, FORM, RESULT};
    use crate::islands::dom;

    /// Id of the text area.
    const AREA: &str = "f-receipt";
    /// So much of a file is read: no receipt is longer, and a larger file is none.
    const READ: i32 = 64 * 1024;

    pub fn start(text: RwSignal<Option<String>>, live: RwSignal<bool>) {
        let Some(form) = dom::by_id::<HtmlFormElement>(FORM) else { return };
        let (Some(area), Some(input)) = (dom::by_id::<HtmlTextAreaElement>(AREA), dom::by_id::<HtmlInputElement>(FILE))
        else {
            return;
        };
        let pasted = area.clone();
        dom::listen(&form, "submit", move |event| {
            event.prevent_default();
            show(text, pasted.value());
        });
        let (chosen, into) = (input.clone(), area.clone());
        dom::listen(&input, "change", move |_| {
            if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
                read(&file, into.clone(), text);
            }
        });
        listen_for_drops(area, text);
        live.set(true);
    }

    fn listen_for_drops(area: HtmlTextAreaElement, text: RwSignal<Option<String>>) {
        let Some(document) = dom::document() else { return };
        dom::listen(&document, "dragover", |event| {
            if event.dyn_ref::<DragEvent>().is_some_and(holds_files) {
                event.prevent_default();
            }
        });
        dom::listen(&document, "drop", move |event| {
            let files = event.dyn_ref::<DragEvent>().and_then(|event| event.data_transfer()?.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                event.prevent_default();
                read(&file, area.clone(), text);
            }
        });
    }

    /// Text that is dragged into the field stays the browser's business.
    fn holds_files(event: &DragEvent) -> bool {
        let types = event.data_transfer().map(|data| data.types());
        types.is_some_and(|types| types.iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
    }

    fn read(file: &File, area: HtmlTextAreaElement, text: RwSignal<Option<String>>) {
        let Ok(begin) = file.slice_with_i32_and_i32(0, READ) else { return };
        let Ok(reader) = FileReader::new() else { return };
        let loaded = reader.clone();
        dom::listen(&reader, "loadend", move |_| {
            // What cannot be read is as good as empty.
            let content = loaded.result().ok().and_then(|content| content.as_string()).unwrap_or_default();
            area.set_value(&content);
            show(text, content);
        });
        let _ = reader.read_as_text(&begin);
    }

    /// Checks, and leads people there who do not see that something has changed above.
    fn show(text: RwSignal<Option<String>>, content: String) {
        text.set(Some(content));
        if let Some(result) = dom::by_id::<HtmlElement>(RESULT) {
            let _ = result.focus();
        }
    }
}
