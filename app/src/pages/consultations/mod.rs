//! Consultations on drafts: associations and authorities write, open and close them ([`own`], one code for both); companies
//! that are asked take a position ([`company`]).

mod company;
mod own;

use domain::{access::Action, association::ConsultationState, markdown::Document};
use leptos::prelude::*;

use crate::{
    components::*,
    routes::{Route, get, post},
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (run, read, take) = (Action::RunConsultations, Action::ReadAssociations, Action::TakePartInAssociations);
    let mut rows = vec![
        get("/{lang}/c/{org}/consultations", read, company::list),
        get("/{lang}/c/{org}/consultations/{asked}", read, company::page),
        post("/{lang}/c/{org}/consultations/{asked}", take, company::take),
    ];
    rows.extend([
        get("/{lang}/n/{org}/consultations", run, own::list),
        post("/{lang}/n/{org}/consultations", run, own::create),
        get("/{lang}/n/{org}/consultations/{consultation}", run, own::page),
        post("/{lang}/n/{org}/consultations/{consultation}", run, own::change),
        post("/{lang}/n/{org}/consultations/{consultation}/open", run, own::open),
        post("/{lang}/n/{org}/consultations/{consultation}/close", run, own::close),
        get("/{lang}/a/{org}/consultations", run, own::list),
        post("/{lang}/a/{org}/consultations", run, own::create),
        get("/{lang}/a/{org}/consultations/{consultation}", run, own::page),
        post("/{lang}/a/{org}/consultations/{consultation}", run, own::change),
        post("/{lang}/a/{org}/consultations/{consultation}/open", run, own::open),
        post("/{lang}/a/{org}/consultations/{consultation}/close", run, own::close),
    ]);
    rows
}

fn prose(text: &str) -> AnyView {
    let document = Document::of(text);
    view! { <Prose document/> }.into_any()
}

fn status(state: ConsultationState) -> AnyView {
    let tone = if state == ConsultationState::Open { Tone::Ok } else { Tone::Neutral };
    view! { <Tag text=state.label() tone/> }.into_any()
}
