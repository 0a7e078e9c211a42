//! Why a report is rated as it is, and which law asks for it: signs with weight, answers, sources and regime.

use domain::{
    indicator::{Assessment, Hit, HitSource},
    report::{Applied, Basis, Voluntary},
};
use leptos::prelude::*;
use services::{desk::DeskReportView, report::ReportContent};

use super::place::Desk;
use crate::{
    components::*,
    format,
    text::{desk::Texts, fill},
};

/// Every sign with what found it and who says that it is one.
pub fn signs(t: &'static Texts, content: &ReportContent) -> AnyView {
    let found = &content.assessment;
    if found.hits.is_empty() {
        return view! { <p>{t.signs_none}</p> }.into_any();
    }
    let lead = fill(t.signs_lead, &[("version", &found.rule_set_version)]);
    let rows = found.hits.iter().map(|hit| sign(t, content, hit)).collect_view();
    view! { <p class="muted">{lead}</p><ul class="signs" role="list">{rows}</ul> }.into_any()
}

fn sign(t: &'static Texts, content: &ReportContent, hit: &Hit) -> AnyView {
    let links = hit.sources.iter().map(|source| source_view(t, source)).collect_view();
    let sources = if hit.sources.is_empty() {
        view! { {t.proposal} }.into_any()
    } else {
        view! { <ul class="sign__sources">{links}</ul> }.into_any()
    };
    view! {
        <li class="sign" data-stop=hit.hard_stop.then_some("true")>
            <p class="sign__text">{hit.text.clone()}</p>
            <p class="sign__weight">
                {weight(t, hit)}
                {hit.hard_stop.then(|| view! { " "<Tag text=t.hard_stop tone=Tone::Danger/> })}
            </p>
            <p class="sign__why"><bdi>{found_by(t, content, hit)}</bdi></p>
            <div class="sign__source">{sources}</div>
        </li>
    }
    .into_any()
}

fn weight(t: &Texts, hit: &Hit) -> String {
    fill(t.counts, &[("points", &hit.counted.to_string())])
}

fn source_view(t: &Texts, source: &HitSource) -> AnyView {
    let mark = if source.verified { String::new() } else { format!(", {}", t.unverified) };
    let regime = format!(" ({}{mark})", source.regime.label());
    let name = source.name.clone();
    let name = match source.url.clone() {
        Some(href) => view! { <a href=href rel="noreferrer">{name}</a> }.into_any(),
        None => name.into_any(),
    };
    view! { <li>{name}{regime}</li> }.into_any()
}

/// What found a sign. The rules' own sentence speaks to the reporter; the desk reads the answers instead.
pub(crate) fn found_by(t: &Texts, content: &ReportContent, hit: &Hit) -> String {
    if hit.causes.is_empty() {
        return if hit.ticked { t.ticked.to_owned() } else { hit.reason.clone() };
    }
    let answer = |field: &str, value: &str| {
        let row = content.summary.iter().flat_map(|group| &group.rows).find(|row| row.field == field);
        match row {
            Some(row) => format!("{}: {}", row.label, row.value.join(", ")),
            None => value.to_owned(),
        }
    };
    let mut answers: Vec<String> = hit.causes.iter().map(|cause| answer(&cause.field, &cause.value)).collect();
    answers.dedup();
    let from = fill(t.from_answers, &[("answers", &answers.join("; "))]);
    if hit.ticked { format!("{from} {}", t.ticked) } else { from }
}

/// The heaviest signs, for the preview, and how many there are.
pub fn heaviest(t: &Texts, found: &Assessment, most: usize) -> Vec<Reason> {
    let mut hits: Vec<&Hit> = found.hits.iter().collect();
    hits.sort_by_key(|hit| (!hit.hard_stop, std::cmp::Reverse(hit.counted)));
    let reason = |hit: &Hit| {
        let stop = if hit.hard_stop { format!(", {}", t.hard_stop) } else { String::new() };
        Reason { text: hit.text.clone(), weight: format!("{}{stop}", weight(t, hit)), source: None }
    };
    hits.into_iter().take(most).map(reason).collect()
}

/// Which law asks for the report and whether it came in time, or why no law does.
pub fn basis(desk: &Desk, view: &DeskReportView) -> AnyView {
    let t = desk.t;
    match &view.basis {
        Basis::Mandatory { duties } => {
            let duties = duties.iter().map(|duty| law(t, duty)).collect_view();
            let in_time = in_time(desk, view).map(|text| view! { <p>{text}</p> });
            view! { <p><b>{t.mandatory}</b></p>{in_time}{duties} }.into_any()
        }
        Basis::Voluntary { why, announced } => {
            let title = (!announced.is_empty()).then(|| view! { <h3>{t.announced}</h3> });
            let announced = announced.iter().map(|duty| law(t, duty)).collect_view();
            view! { <p><b>{t.voluntary}</b>" "{not_asked(t, *why)}</p>{title}{announced} }.into_any()
        }
    }
}

fn in_time(desk: &Desk, view: &DeskReportView) -> Option<String> {
    let (t, due) = (desk.t, view.duty_due?);
    let (at, late) = (desk.moment(due), view.sent_at.since(due));
    Some(if late > 0 {
        fill(t.sent_late, &[("span", &format::span(late)), ("at", &at)])
    } else {
        fill(t.sent_in_time, &[("at", &at)])
    })
}

fn law(t: &'static Texts, duty: &Applied) -> AnyView {
    let mark = if duty.verified { String::new() } else { format!(" ({})", t.unverified) };
    let text = |text: &str| text.to_owned().into_any();
    let source = match duty.url.clone() {
        Some(href) => {
            let name = duty.source.clone();
            view! { <a href=href rel="noreferrer">{name}</a>{mark} }.into_any()
        }
        None => format!("{}{mark}", duty.source).into_any(),
    };
    let facts = [
        (t.law, Some(text(&duty.law))),
        (t.asks, Some(text(&duty.what))),
        (t.report_when, duty.deadline.as_deref().map(text)),
        (t.by_mouth, duty.orally.as_deref().map(text)),
        (t.law_source, Some(source)),
    ];
    let facts = facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    view! { <Facts facts/> }.into_any()
}

/// Why no law asks for it, said to the desk.
const fn not_asked(t: &'static Texts, why: Voluntary) -> &'static str {
    match why {
        Voluntary::NoRuleKnown => t.why_no_rule,
        Voluntary::NoSubstance => t.why_no_substance,
        Voluntary::NotListed => t.why_not_listed,
        Voluntary::OtherRole => t.why_other_role,
        Voluntary::OtherKind => t.why_other_kind,
        Voluntary::NotInForce => t.why_not_in_force,
    }
}
