//! A company's customers: the list, each file with its parts, documents, decisions and history, what is due, and imports.

mod decide;
mod decision;
mod declarations;
mod document_form;
mod documents;
mod due;
mod export;
mod file;
mod history;
mod import;
mod imports;
mod list;
mod owners;
mod paper;
mod part;

pub(crate) use imports::stage;

use domain::{
    access::Action,
    customer::{State, document::Standing},
    ids::CustomerId,
};
use services::{
    Refusal,
    customer::{self, View},
    error::Problem,
};

use crate::{
    components::{Shape, Tone},
    routes::{Route, files, get, post},
    text::customers::Texts,
    web::Req,
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (read, write, deciding) = (Action::ReadCustomers, Action::WriteCustomers, Action::DecideCustomers);
    let mut rows = vec![
        get("/{lang}/c/{org}/customers", read, list::page),
        post("/{lang}/c/{org}/customers/search", read, list::search),
        get("/{lang}/c/{org}/customers/new", write, part::new_page),
        post("/{lang}/c/{org}/customers/new", write, part::create),
        get("/{lang}/c/{org}/customers/due", read, due::page),
        get("/{lang}/c/{org}/customers/{customer}", read, file::page),
        get("/{lang}/c/{org}/customers/{customer}/decision", deciding, decide::page),
        post("/{lang}/c/{org}/customers/{customer}/decision", deciding, decide::decide),
        post("/{lang}/c/{org}/customers/{customer}/decision/second", deciding, decision::second),
        post("/{lang}/c/{org}/customers/{customer}/report", Action::WriteReports, decision::begin_report),
        get("/{lang}/c/{org}/customers/{customer}/file.pdf", read, paper::file),
        get("/{lang}/c/{org}/customers/{customer}/history", read, history::page),
        get("/{lang}/c/{org}/customers/{customer}/history/{number}", read, history::version),
        get("/{lang}/c/{org}/customers/{customer}/parts/{part}", write, part::page),
        post("/{lang}/c/{org}/customers/{customer}/parts/{part}", write, part::save),
        get("/{lang}/c/{org}/customers/{customer}/parts/{part}/{entry}", write, part::page),
        post("/{lang}/c/{org}/customers/{customer}/parts/{part}/{entry}", write, part::save),
        post("/{lang}/c/{org}/customers/{customer}/parts/{part}/{entry}/remove", write, part::remove),
        get("/{lang}/c/{org}/customers/{customer}/documents/new", write, document_form::new_page),
        post("/{lang}/c/{org}/customers/{customer}/documents/new", write, document_form::add).with_files(),
        get("/{lang}/c/{org}/customers/{customer}/documents/{document}", read, documents::page),
        post("/{lang}/c/{org}/customers/{customer}/documents/{document}", write, document_form::change),
        post("/{lang}/c/{org}/customers/{customer}/documents/{document}/check", write, document_form::check),
        post("/{lang}/c/{org}/customers/{customer}/documents/{document}/end", write, document_form::end),
        get("/{lang}/c/{org}/customers/{customer}/documents/{document}/copy", read, documents::copy),
        get("/{lang}/c/{org}/imports", write, imports::page),
        post("/{lang}/c/{org}/imports", write, imports::upload).with_files(),
        get("/{lang}/c/{org}/imports/{import}", write, import::page),
        get("/{lang}/c/{org}/imports/{import}/progress", write, import::progress_now).in_background(),
        post("/{lang}/c/{org}/imports/{import}/mapping", write, import::mapping),
        post("/{lang}/c/{org}/imports/{import}/confirm", write, import::confirm),
        post("/{lang}/c/{org}/imports/{import}/cancel", write, import::cancel),
    ];
    rows.extend(declarations::routes());
    rows.extend(files!("/{lang}/c/{org}/customers", read, export::file));
    rows.extend(files!("/{lang}/c/{org}/imports/{import}/errors", write, import::errors));
    rows
}

/// The file of the address, in its own workspace.
async fn opened(req: &Req) -> Result<View, Refusal> {
    let id: CustomerId = req.parsed("customer")?;
    let view = customer::view(req.ctx(), &req.principal, id).await?;
    req.in_workspace(view.org)?;
    Ok(view)
}

/// Address of a file, or of something in it.
fn at(req: &Req, id: CustomerId, rest: &str) -> String {
    req.here(&format!("/customers/{id}{rest}"))
}

/// The version on which a posted form was built.
fn posted_version(req: &Req) -> i64 {
    req.form.get("version").parse().unwrap_or(-1)
}

/// Who was overtaken sees what is there now, with what they typed.
fn overtaken(t: &'static Texts, refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Stale => Refusal::Invalid(vec![Problem::new("", t.stale)]),
        other => other,
    }
}

/// How a customer's state looks; the word is the state's own.
const fn look(state: State) -> (Shape, Tone) {
    match state {
        State::Checking => (Shape::Half, Tone::Info),
        State::Active => (Shape::Full, Tone::Ok),
        State::Stopped => (Shape::Triangle, Tone::Warn),
        State::Ended => (Shape::Struck, Tone::Neutral),
    }
}

/// How a document stands: shape, word, tone.
const fn standing(t: &'static Texts, standing: Standing, has_end: bool) -> (Shape, &'static str, Tone) {
    match standing {
        Standing::Valid if has_end => (Shape::Full, t.valid, Tone::Ok),
        Standing::Valid => (Shape::Full, t.no_end, Tone::Neutral),
        Standing::EndsSoon => (Shape::HalfAsked, t.ends_soon, Tone::Warn),
        Standing::Expired => (Shape::Triangle, t.expired, Tone::Danger),
    }
}
