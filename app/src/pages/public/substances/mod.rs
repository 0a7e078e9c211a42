//! The catalogue for everybody: search, entries, the check of name and number, and the data that the islands search in.
//!
//! Public pages show a [`domain::substance::PublicSubstance`], which has no place for what is for officers; the part for
//! officers is a view of its own (`officers`), drawn only for people of an approved organisation.

mod aside;
mod check;
mod data;
mod entry;
mod filter;
mod list;
mod officers;
mod picker;
mod places;
mod words;

use std::sync::{Arc, Mutex, PoisonError};

use domain::{access::Action, date::Date, search::Index, substance::Catalogue};
use services::Refusal;

pub use picker::{picker_words, substance_names};
pub(crate) use words::{day, span};

use crate::{
    routes::{Route, files, get},
    web::Req,
};

/// The rows of this part.
pub(super) fn routes() -> Vec<Route> {
    let mut rows = vec![
        get("/{lang}/substances", Action::ViewPublic, list::page),
        get("/{lang}/substances/check", Action::ViewPublic, check::page),
        get("/{lang}/substances/{slug}", Action::ViewPublic, entry::page),
        get("/{lang}/data/substances.json", Action::ViewPublic, data::index),
    ];
    rows.extend(files!("/{lang}/substances", Action::ViewPublic, data::file));
    rows
}

/// The search over the public entries, and the same as JSON for the browser.
pub(in crate::pages::public) struct Prepared {
    day: Date,
    of: Arc<Catalogue>,
    pub(in crate::pages::public) index: Index,
    json: String,
}

/// Today in UTC: the day for which lists are shown.
fn today(req: &Req) -> Date {
    Date::of(req.ctx().now())
}

/// Prepares the search once a day and version, since what is in force changes by the day.
pub(in crate::pages::public) fn prepared(req: &Req) -> Result<Arc<Prepared>, Refusal> {
    static KEPT: Mutex<Option<Arc<Prepared>>> = Mutex::new(None);
    let (day, catalogue) = (today(req), req.ctx().catalogue());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(prepared) =
        kept.as_ref().filter(|prepared| prepared.day == day && Arc::ptr_eq(&prepared.of, &catalogue))
    {
        return Ok(Arc::clone(prepared));
    }
    let index = catalogue.index(day);
    let json = serde_json::to_string(index.entries()).map_err(|error| Refusal::Fault(error.to_string()))?;
    let prepared = Arc::new(Prepared { day, of: catalogue, index, json });
    *kept = Some(Arc::clone(&prepared));
    Ok(prepared)
}
