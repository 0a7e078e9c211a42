//! What the reporter changed since a report was sent: the page, and the line on top of the report.

use domain::reference::Reference as Number;
use leptos::prelude::*;
use services::{
    desk::{DeskEvent, DeskReportView},
    report::desk_changes,
    thread::Said,
};

use super::place::Desk;
use crate::{
    components::*,
    pages::changes,
    text::{changes as words, fill},
    web::{Outcome, Req},
};

/// What differs between two versions.
pub async fn page(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    let found = desk_changes(req.ctx(), &req.principal, &reference, changes::wanted(&req)).await?;
    req.in_workspace(found.org)?;
    changes::page(&req, &reference, found).into()
}

/// "Amended on …: 3 answers changed", if the version that stands came so.
pub fn told(desk: &Desk, view: &DeskReportView) -> Option<AnyView> {
    let t = words::texts(desk.lang);
    let newest = view.thread.iter().find_map(|entry| match &entry.event {
        DeskEvent::Said(Said::Amended { version, changed }) => Some((entry.at, *version, *changed)),
        _ => None,
    });
    let (at, _, changed) = newest.filter(|(_, version, _)| *version == view.content.version)?;
    let words = match changed {
        0 => t.amended_none,
        1 => t.amended_one,
        _ => t.amended,
    };
    let title = fill(words, &[("at", &desk.moment(at)), ("n", &changed.to_string())]);
    let href = desk.at(&format!("/reports/{}/changes", view.reference));
    Some(view! { <Callout tone=Tone::Info title><p><a href=href>{t.see}</a></p></Callout> }.into_any())
}
