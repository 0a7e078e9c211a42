//! What was sent when and by whom: the versions of a report, with the fingerprint of each.

use leptos::prelude::*;
use services::{desk::DeskReportView, report::ReportContent};

use super::place::{Desk, Place};
use crate::{components::*, format, text::fill, web::paths::with_query};

/// The version that is shown, links to the others, and what proves it.
pub fn record(desk: &Desk, view: &DeskReportView, content: &ReportContent, from: &Place, proof: AnyView) -> AnyView {
    let t = desk.t;
    let facts = vec![
        (t.version.to_owned(), content.version.to_string().into_any()),
        (t.sent.to_owned(), moment(desk, content)),
        (t.sent_by.to_owned(), sent_by(content)),
        (t.questions_of.to_owned(), content.set.version.clone().into_any()),
        (t.rules_of.to_owned(), content.assessment.rule_set_version.clone().into_any()),
    ];
    let versions = (view.content.version > 1).then(|| versions(desk, view, content.version, from));
    view! {
        <Facts facts labelled_by="record"/>
        {versions}
        <p class="small muted">{t.fingerprint}</p>
        <CodeBlock label=t.fingerprint code=content.sha256.clone()/>
        {proof}
    }
    .into_any()
}

fn moment(desk: &Desk, content: &ReportContent) -> AnyView {
    view! { <Moment text=desk.moment(content.at) datetime=format::machine(content.at)/> }.into_any()
}

fn sent_by(content: &ReportContent) -> AnyView {
    let by = content.by.clone();
    view! { <bdi>{by}</bdi> }.into_any()
}

fn versions(desk: &Desk, view: &DeskReportView, shown: i64, from: &Place) -> AnyView {
    let t = desk.t;
    let rows = (1..=view.content.version).rev().map(|version| {
        let text = fill(t.read_version, &[("version", &version.to_string())]);
        let href = version_href(desk, view, version, from);
        if version == shown {
            view! { <li>{text}" ("{t.shown_now}")"</li> }.into_any()
        } else {
            view! { <li><a href=href>{text}</a></li> }.into_any()
        }
    });
    view! { <nav class="versions no-print" aria-label=t.versions_caption><ul>{rows.collect_view()}</ul></nav> }
        .into_any()
}

/// Address of a version; the newest is the report's own page.
pub fn version_href(desk: &Desk, view: &DeskReportView, version: i64, from: &Place) -> String {
    let report = desk.report_from(&view.reference, from);
    if version == view.content.version { report } else { with_query(&report, "version", &version.to_string()) }
}
