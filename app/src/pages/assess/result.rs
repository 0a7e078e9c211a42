//! The answer: how it looks, what to do next, and what stands behind it. It can be printed; it is kept nowhere.

use domain::{
    answers::Answers,
    duties::Asked,
    indicator::{Band, Hit},
    plausible::Fit,
};
use leptos::prelude::*;
use services::assess::{LINE, Looked, Step};

use super::FORM;
use crate::{
    components::*,
    pages::public::duties,
    text::{
        assess::{Texts, texts},
        fill, report,
    },
    web::{Req, paths::with_query},
};

/// A piece of page, rendered later.
pub(super) type View = Box<dyn FnOnce() -> AnyView + Send>;

pub(super) fn view(req: &Req, typed: &Answers, looked: &Looked) -> View {
    let (req, typed, looked) = (req.clone(), typed.clone(), looked.clone());
    Box::new(move || whole(&req, &typed, &looked))
}

fn whole(req: &Req, typed: &Answers, looked: &Looked) -> AnyView {
    let t = texts(req.lang);
    let parts = [
        head(t, looked),
        next(req, t, looked),
        signs(req, t, looked),
        business(t, typed, looked),
        names(req, t, looked),
        law(req, t, looked),
    ];
    view! { <section class="stack" aria-labelledby="result"><h2 id="result">{t.result}</h2>{parts.into_iter().collect_view()}</section> }
        .into_any()
}

fn head(t: &'static Texts, looked: &Looked) -> AnyView {
    let found = &looked.assessment;
    let (tone, text) = match found.band {
        Band::Red => (Tone::Danger, t.red),
        Band::Amber => (Tone::Warn, t.amber),
        Band::Green => (Tone::Info, t.green),
    };
    let title = fill(t.band, &[("band", found.band.label())]);
    let stop = found.hard_stop.then(|| view! { <p><b>{t.hard_stop}</b></p> });
    view! {
        <Litmus cells=found.cells word=found.band.label()/>
        <Callout tone title>{stop}<p>{text}</p><p>{t.guidance}</p></Callout>
    }
    .into_any()
}

fn next(req: &Req, t: &'static Texts, looked: &Looked) -> AnyView {
    let steps = looked.steps();
    let reported = steps.contains(&Step::Report);
    let help = format!("{}#urgent", req.to("/help"));
    let steps = steps.into_iter().map(|step| {
        let text = match step {
            Step::Report => t.step_report,
            Step::Call => t.step_call,
            Step::Authority => t.step_authority,
            Step::Licence => t.step_licence,
            Step::Declaration => t.step_declaration,
            Step::Use => t.step_use,
            Step::Names => t.step_names,
            Step::Permits => t.step_permits,
            Step::Keep => t.step_keep,
        };
        let link = matches!(step, Step::Call | Step::Authority);
        let link = link.then(|| view! { " "<a href=help.clone()>{t.step_authority_link}</a> });
        view! { <li>{text}{link}</li> }
    });
    let steps = steps.collect_view();
    let r = report::texts(req.lang);
    let quiet = reported.then(|| view! { <Callout tone=Tone::Warn title=r.tip_off_title><p>{r.tip_off}</p></Callout> });
    let action = req.here("/assess/report");
    let kind = if reported { ButtonKind::Primary } else { ButtonKind::Secondary };
    let button =
        view! { <ButtonRow><Button label=t.report kind icon=Icon::NewReport form=FORM formaction=action/></ButtonRow> };
    view! { <Panel title=t.next><div class="prose"><ol>{steps}</ol></div>{quiet}{button}</Panel> }.into_any()
}

fn signs(req: &Req, t: &'static Texts, looked: &Looked) -> AnyView {
    let words = report::texts(req.lang);
    let hits = &looked.assessment.hits;
    if hits.is_empty() {
        return view! { <Panel title=t.signs_found><p>{t.signs_none}</p></Panel> }.into_any();
    }
    let rows = hits.iter().map(|hit| sign(words, hit)).collect_view();
    view! { <Panel title=t.signs_found><ul class="reasons" role="list">{rows}</ul></Panel> }.into_any()
}

fn sign(t: &'static report::Texts, hit: &Hit) -> impl IntoView + use<> {
    let source = |source: &domain::indicator::HitSource| {
        let mark = if source.verified { String::new() } else { format!(", {}", t.panel_unverified) };
        format!("{} ({}{mark})", source.name, source.regime.label())
    };
    let sources: Vec<String> = hit.sources.iter().map(source).collect();
    let from = match sources.is_empty() {
        true => t.panel_proposal.to_owned(),
        false => format!("{} {}", t.panel_source, sources.join("; ")),
    };
    let stop = hit.hard_stop.then(|| view! { " "<strong>{t.panel_hard_stop}</strong> });
    view! {
        <li class="reason">
            <span class="reason__text"><b>{hit.text.clone()}</b>{stop}<br/><bdi>{hit.reason.clone()}</bdi></span>
            <span class="reason__weight">{fill(t.panel_counts, &[("points", &hit.counted.to_string())])}</span>
            <span class="reason__source">{from}</span>
        </li>
    }
}

fn business(t: &'static Texts, typed: &Answers, looked: &Looked) -> AnyView {
    let body = match &looked.plausibility {
        Some(found) => {
            let tone = match found.fit {
                Fit::Usual => Tone::Ok,
                Fit::Possible | Fit::Unknown => Tone::Neutral,
                Fit::Unusual => Tone::Warn,
            };
            view! { <p><Tag text=found.fit.label() tone/></p><p>{found.words.clone()}</p> }.into_any()
        }
        None if looked.substance.is_some() && !typed.filled(LINE) => view! { <p>{t.business_no_line}</p> }.into_any(),
        None => return ().into_any(),
    };
    view! { <Panel title=t.business>{body}</Panel> }.into_any()
}

/// How many entries are like each name. Screening says whom, and is a form of its own so that no name stands in an address.
fn names(req: &Req, t: &'static Texts, looked: &Looked) -> AnyView {
    let no_lists = looked.names.iter().any(|(_, count)| count.is_none());
    let kind = match looked.answers.plain("party.1.type").as_str() {
        "company" => "organisation",
        "person" => "person",
        _ => "any",
    };
    let rows = looked.names.iter().zip([kind, "any"]).filter_map(|((name, count), kind)| {
        let said = match (*count)? {
            0 => t.names_nobody.to_owned(),
            1 => t.names_one.to_owned(),
            count => fill(t.names_some, &[("count", &count.to_string())]),
        };
        let (name, hidden, action) = (name.clone(), name.clone(), req.here("/screen"));
        Some(view! {
            <li>
                <p><b><bdi>{name.clone()}</bdi></b>": "{said}</p>
                <form method="post" action=action class="no-print">
                    <input type="hidden" name="kind" value=kind/>
                    <input type="hidden" name="names" value=hidden/>
                    <Button label=t.names_screen kind=ButtonKind::Secondary about=name/>
                </form>
            </li>
        })
    });
    let rows: Vec<_> = rows.collect();
    let body = match (no_lists, rows.is_empty()) {
        (true, _) => view! { <p>{t.names_no_lists}</p> }.into_any(),
        (false, true) => view! { <p>{t.names_none}</p> }.into_any(),
        (false, false) => {
            view! { <ul class="signs" role="list">{rows}</ul><p class="part__note">{t.names_note}</p> }.into_any()
        }
    };
    view! { <Panel title=t.names>{body}</Panel> }.into_any()
}

fn law(req: &Req, t: &'static Texts, looked: &Looked) -> AnyView {
    let body = match (&looked.substance, &looked.duties, looked.profile.country.zip(looked.profile.today)) {
        (Some(substance), Some(navigated), Some((country, on))) => {
            let asked = Asked { substance, roles: &looked.profile.roles, country, to: looked.to, on };
            let found = duties::found(req, &asked, navigated, looked.quantity.as_ref());
            // About a substance and countries, nobody's name.
            let href = with_query(&req.to("/duties"), "substance", &substance.slug);
            let href = with_query(&href, "country", country.code());
            let href = looked.to.map_or(href.clone(), |to| with_query(&href, "to", to.code()));
            view! { <Details summary=t.law_show>{found}</Details><p><a href=href>{t.law_address}</a></p> }.into_any()
        }
        (Some(_), ..) => view! { <p>{t.law_no_country}</p> }.into_any(),
        _ => view! { <p>{t.law_none}</p> }.into_any(),
    };
    view! { <Panel title=t.law>{body}</Panel> }.into_any()
}
