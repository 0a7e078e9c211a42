//! A report on its own page: label, what one must know, acts, signs, answers, shared facts, messages, notes, timeline, record.

use domain::report::{OutcomeClass, State};
use leptos::prelude::*;
use services::{
    desk::{self as reports, Decided, DeskEvent, DeskReportView},
    evidence,
    live::Present,
    report::ReportContent,
    thread::Said,
};

use super::{
    acts::{self, Deed, Opened, Origin},
    answers, changes, clock, keys, live, news,
    place::{Desk, Place},
    preview::{self, label},
    reasons, record, shared, talk,
    undo::Line,
};
use crate::{
    components::*,
    format,
    pages::{evidence::report::section as files_of_report, receipt, refdata},
    text::{common, concern, fill},
    web::{Outcome, Page, Req, typed::Typed},
};

/// The page.
pub async fn page(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let reference: domain::reference::Reference = req.parsed("reference")?;
    let view = preview::open(&req, &desk, &reference).await?;
    let content = match req.query.get("version").parse::<i64>() {
        Ok(version) if version != view.content.version => {
            reports::version(req.ctx(), &req.principal, &reference, version).await?
        }
        _ => view.content.clone(),
    };
    let files = evidence::for_desk(req.ctx(), &req.principal, &reference).await?;
    let files = files_of_report(&req, &desk.report(&reference), &view.time_zone, files, false, &[]);
    let deed = Deed::from_code(req.query.get("act"));
    let typed = match deed {
        Some(deed) => Typed::open(&req, &deed.form(&reference)).await?,
        None => Typed::default(),
    };
    let from = Place::parse(req.query.get("from"));
    let present = services::live::others(req.ctx(), &req.principal, &reference).await?;
    let done = Line::read(&req, &desk, &Origin::Page { from: from.clone() }, Some(&reference)).await?;
    Ok(shown(&req, desk, view, (content, files, present), Opened { deed, typed }, from, done).into())
}

fn shown(
    req: &Req,
    desk: Desk,
    view: DeskReportView,
    (content, files, present): (ReportContent, AnyView, Vec<Present>),
    opened: Opened,
    from: Place,
    done: Option<Line>,
) -> Page {
    let (t, lang) = (desk.t, req.lang);
    let title = format!("{} {}", t.report, view.reference);
    let wrong = opened.typed.is_wrong();
    let errors = opened.typed.errors();
    let address = format!("{}{}", req.ctx().config.base_url, req.path);
    let service = common::texts(req.lang).product;
    let proof = receipt::mark(req, &desk.report(&view.reference), &content);
    Page::new(title, move || {
        let origin = Origin::Page { from: from.clone() };
        let queue = desk.queue(&from.select(Some(&view.reference)));
        let crumbs = keys::crumbs(&desk, Some(queue));
        let label = label(&desk, &view, false);
        let why_due = clock::why(&desk, &view);
        let told = banners(&desk, &view, &content, &from);
        let new = news::section(&desk, &view);
        let acts = acts::acts(&desk, &view, &origin, &opened, &[Deed::Message, Deed::Note]);
        let signs = reasons::signs(t, &content);
        let basis = reasons::basis(&desk, &view);
        let judged = refdata::judged_by(lang, &content.editions);
        let all = answers::all(&content);
        let shared = shared::section(&desk, &view.shared);
        let thread = talk::thread(&desk, &view);
        let message = talk::composer(&desk, &view, &origin, &opened, Deed::Message);
        let note = talk::composer(&desk, &view, &origin, &opened, Deed::Note);
        let notes = talk::notes(&desk, &view, note);
        let timeline = talk::timeline(&desk, &view);
        let record = record::record(&desk, &view, &content, &from, proof);
        let keys_link = keys::link(&desk);
        let done = done.map(|done| done.view(&desk));
        let body = view! {
            {label}
            {why_due}
            {told}
            {new}
            <section aria-labelledby="acts" class="no-print"><h2 class="unseen" id="acts">{t.acts}</h2>{acts}</section>
            <div class="case">
                <div class="case__column">
                    <section aria-labelledby="signs"><h2 id="signs">{t.why}</h2>{signs}</section>
                    <section aria-labelledby="answers"><h2 id="answers">{t.answers}</h2>{all}</section>
                    {files}
                    <section aria-labelledby="basis"><h2 id="basis">{t.basis}</h2>{basis}{judged}</section>
                    <section aria-labelledby="record"><h2 id="record">{t.record}</h2>{record}</section>
                </div>
                <div class="case__column">
                    <section aria-labelledby="shared"><h2 id="shared">{t.shared}</h2>{shared}</section>
                    <section aria-labelledby="messages">
                        <h2 id="messages">{t.messages}</h2>
                        {thread}
                        <div class="case__note no-print">{message}</div>
                    </section>
                    <section id="notes">{notes}</section>
                    <section aria-labelledby="timeline"><h2 id="timeline">{t.timeline}</h2>{timeline}</section>
                </div>
            </div>
        }
        .into_any();
        let region = keys::region(&desk, t.keys_region_report, body);
        let mount = keys::mount(&desk, desk.report_from(&view.reference, &from));
        let changes = live::of_report(&desk, &view.reference, desk.report_from(&view.reference, &from), &present);
        let moment = desk.moment(desk.now);
        let code = view.reference.to_string();
        view! {
            <DeskPage>
                <PrintBlock service address moment reference=code by=desk.name.clone()/>
                <div class="list-head no-print">{crumbs}{keys_link}</div>
                {changes}
                {done}
                <ErrorSummary errors/>
                {region}
                {mount}
            </DeskPage>
        }
    })
    .errors(wrong)
    .with_islands()
}

/// What one must know before anything else.
fn banners(desk: &Desk, view: &DeskReportView, content: &ReportContent, from: &Place) -> AnyView {
    let t = desk.t;
    let callout =
        |tone: Tone, title: String, text: String| view! { <Callout tone title><p>{text}</p></Callout> }.into_any();
    let mut told: Vec<AnyView> = changes::told(desk, view).into_iter().collect();
    if view.urgent {
        let text = view
            .delivery_at
            .map_or_else(|| t.is_urgent_unknown.to_owned(), |at| fill(t.is_urgent, &[("at", &desk.moment(at))]));
        told.push(callout(Tone::Danger, t.is_urgent_title.to_owned(), text));
    }
    if let Some(concern) = &view.concern {
        let c = concern::texts(desk.lang);
        let text = match &concern.passed_on_by {
            Some(by) => fill(c.is_passed, &[("association", by)]),
            None if concern.is_heard => c.is_heard.to_owned(),
            None => c.is_unheard.to_owned(),
        };
        told.push(callout(Tone::Info, c.is_title.to_owned(), text));
    }
    if view.standing.unanswered {
        told.push(callout(Tone::Warn, t.is_unanswered_title.to_owned(), t.is_unanswered.to_owned()));
    }
    if let Some(until) = view.aside_until {
        let title = fill(t.is_aside_title, &[("day", &format::day(until, desk.zone))]);
        told.push(callout(Tone::Info, title, t.is_aside.to_owned()));
    }
    if view.by_phone == Some(false) {
        told.push(callout(Tone::Warn, t.is_phone_title.to_owned(), t.is_phone.to_owned()));
    }
    if content.form == domain::question::Form::Quick && view.concern.is_none() {
        told.push(callout(Tone::Info, t.is_quick_title.to_owned(), t.is_quick.to_owned()));
    }
    if let Some(set) = view.severity.set {
        let title = fill(t.rated_title, &[("set", set.label()), ("computed", view.severity.computed.label())]);
        told.push(view! { <Banner tone=Tone::Hold title=title/> }.into_any());
    }
    if content.version != view.content.version {
        let href = record::version_href(desk, view, view.content.version, from);
        let title = fill(t.is_old_title, &[("version", &content.version.to_string())]);
        told.push(
            view! { <Callout tone=Tone::Warn title><p>{t.is_old}" "<a href=href>{t.to_newest}</a></p></Callout> }
                .into_any(),
        );
    }
    if view.decided.is_some() {
        told.push(decided(desk, view));
    }
    told.into_iter().collect_view().into_any()
}

fn decided(desk: &Desk, view: &DeskReportView) -> AnyView {
    let (t, Some(decided)) = (desk.t, &view.decided) else { return ().into_any() };
    if view.standing.state == State::Withdrawn {
        return withdrawn(desk, view, decided);
    }
    let title = fill(t.decided_title, &[("state", view.standing.state.label()), ("at", &desk.moment(decided.at))]);
    let reason = fill(t.decided_reason, &[("reason", &decided.reason)]);
    let outcome = decided.outcome.map(OutcomeClass::label).map(|outcome| fill(t.decided_told, &[("outcome", outcome)]));
    let twin = decided.duplicate_of.clone().map(|twin| {
        let href = desk.report(&twin);
        view! { " "{t.decided_same}" "<a href=href><Reference code=twin.to_string()/></a>" " }
    });
    view! { <Callout tone=Tone::Ok title><p>{reason}" "{outcome}{twin}</p></Callout> }.into_any()
}

/// Who sent it took it back: their reason and words. The authority keeps the report.
fn withdrawn(desk: &Desk, view: &DeskReportView, decided: &Decided) -> AnyView {
    let t = desk.t;
    let title = fill(t.withdrawn_title, &[("at", &desk.moment(decided.at))]);
    let reason = fill(t.decided_reason, &[("reason", &decided.reason)]);
    let said = view.thread.iter().find(|entry| matches!(entry.event, DeskEvent::Said(Said::Withdrawn { .. })));
    let words = said.map(|entry| entry.body.clone()).filter(|body| !body.is_empty());
    let words = words.map(|words| view! { <p class="typed" dir="auto">{words}</p> });
    view! { <Callout tone=Tone::Warn title><p>{reason}</p>{words}<p>{t.withdrawn_kept}</p></Callout> }.into_any()
}
