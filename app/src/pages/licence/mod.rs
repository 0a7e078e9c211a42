//! Licences: an authority's register with its files, the requests of companies at its desk, and the company's side of them.

mod company;
pub(crate) mod confirmed;
mod desk;
mod entry;
mod fields;
mod files;
mod form;
mod register;
mod version;

use domain::{
    access::Action,
    licence::{
        Standing,
        request::{Outcome, RequestState},
    },
};

use crate::{
    components::{Shape, Tone},
    routes::{Route, files, get, post},
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (read, keep) = (Action::ReadLicences, Action::KeepLicences);
    let (own, ask) = (Action::ReadCustomers, Action::AskLicences);
    let mut rows = vec![
        get("/{lang}/a/{org}/licences", read, register::page),
        post("/{lang}/a/{org}/licences/search", read, register::search),
        get("/{lang}/a/{org}/licences/new", keep, form::new_page),
        post("/{lang}/a/{org}/licences/new", keep, form::create),
        get("/{lang}/a/{org}/licences/{licence}", read, entry::page),
        get("/{lang}/a/{org}/licences/{licence}/edit", keep, form::edit_page),
        post("/{lang}/a/{org}/licences/{licence}/edit", keep, form::save),
        post("/{lang}/a/{org}/licences/{licence}/stop", keep, entry::stop),
        post("/{lang}/a/{org}/licences/{licence}/lift", keep, entry::lift),
        get("/{lang}/a/{org}/licences/{licence}/history/{number}", read, version::page),
        get("/{lang}/a/{org}/licence-files", keep, files::page),
        post("/{lang}/a/{org}/licence-files", keep, files::upload).with_files(),
        get("/{lang}/a/{org}/licence-files/{batch}", keep, files::one),
        get("/{lang}/a/{org}/licence-files/{batch}/progress", keep, files::progress_now).in_background(),
        post("/{lang}/a/{org}/licence-files/{batch}/confirm", keep, files::confirm),
        post("/{lang}/a/{org}/licence-files/{batch}/cancel", keep, files::cancel),
        get("/{lang}/a/{org}/licence-requests", read, desk::list),
        get("/{lang}/a/{org}/licence-requests/{request}", read, desk::page),
        post("/{lang}/a/{org}/licence-requests/{request}/reply", keep, desk::reply),
        get("/{lang}/c/{org}/licences", own, company::list),
        get("/{lang}/c/{org}/licences/new", ask, company::new_page),
        post("/{lang}/c/{org}/licences/new", ask, company::create),
        get("/{lang}/c/{org}/licences/{request}", own, company::page),
        get("/{lang}/c/{org}/licences/{request}/letter", own, company::letter),
        post("/{lang}/c/{org}/licences/{request}/take-back", ask, company::withdraw),
    ];
    rows.extend(files!("/{lang}/a/{org}/licences", read, register::file));
    rows.extend(files!("/{lang}/a/{org}/licence-files/{batch}/errors", keep, files::errors));
    rows
}

/// How an entry of the register stands; the word is the standing's own.
const fn look(standing: Standing) -> (Shape, Tone) {
    match standing {
        Standing::Valid => (Shape::Full, Tone::Ok),
        Standing::Ahead => (Shape::Open, Tone::Info),
        Standing::Suspended => (Shape::Triangle, Tone::Warn),
        Standing::Revoked => (Shape::Triangle, Tone::Danger),
        Standing::Ended => (Shape::Struck, Tone::Neutral),
    }
}

/// How a request stands: shape, word, tone.
pub(crate) const fn stands(state: RequestState, outcome: Option<Outcome>) -> (Shape, &'static str, Tone) {
    match outcome {
        Some(outcome) => {
            let (shape, tone) = match outcome {
                Outcome::Valid => (Shape::Full, Tone::Ok),
                Outcome::Limited => (Shape::ThreeQuarter, Tone::Warn),
                Outcome::NotValid => (Shape::Triangle, Tone::Danger),
                Outcome::CannotSay => (Shape::HalfAsked, Tone::Neutral),
            };
            (shape, outcome.label(), tone)
        }
        None => {
            let (shape, tone) = match state {
                RequestState::Open | RequestState::Answered => (Shape::Half, Tone::Info),
                RequestState::Letter => (Shape::HalfAsked, Tone::Warn),
                RequestState::Withdrawn => (Shape::Struck, Tone::Neutral),
            };
            (shape, state.label(), tone)
        }
    }
}
