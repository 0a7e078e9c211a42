//! The desk's side of requests about licences: the list with its clocks, and a question with the register beside it.

use domain::{
    answers::when::long_date,
    ids::LicenceRequestId,
    licence::request::{Outcome as Said, RequestState},
};
use leptos::prelude::*;
use services::licence::{
    Near,
    request::{self, Candidate, DeskRequest},
};

use super::{entry::verdict, form::overtaken, look as standing, register::days, stands};
use crate::{
    components::*,
    pages::{
        desk::{clock, keys, look, place::Desk},
        learning::gate_callout,
    },
    text::{
        fill,
        licence::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// Requests on one page.
const PAGE: usize = 50;

fn reply_name(id: LicenceRequestId) -> String {
    format!("licence reply {id}")
}

/// Where a page begins: when due, and identity.
fn after(req: &Req) -> Option<(i64, LicenceRequestId)> {
    let (due, id) = req.query.get("after").split_once('~')?;
    Some((due.parse().ok()?, id.parse().ok()?))
}

/// The list: what waits, or what was answered.
pub(super) async fn list(req: Req) -> Outcome {
    let (t, desk) = (texts(req.lang), Desk::of(&req)?);
    let state = match RequestState::from_code(req.query.get("state")) {
        Some(RequestState::Answered) => RequestState::Answered,
        _ => RequestState::Open,
    };
    let (found, more) = request::at_desk(req.ctx(), &req.principal, desk.org, state, after(&req), PAGE).await?;
    Page::new(t.requests_title, move || {
        let here = req.here("/licence-requests");
        let tab = |of: RequestState, label: &'static str| {
            let current = (of == state).then_some("page");
            view! { <li><a href=with_query(&here, "state", of.code()) aria-current=current>{label}</a></li> }
        };
        let tabs = view! { {tab(RequestState::Open, t.waiting)}{tab(RequestState::Answered, t.answered)} };
        let rows: Vec<QueueRow> = found.iter().map(|one| row(&req, t, &desk, one)).collect();
        let body = if rows.is_empty() {
            view! { <EmptyState title=t.requests_none_title><p>{t.requests_none}</p></EmptyState> }.into_any()
        } else {
            view! { <QueueList rows/> }.into_any()
        };
        let listed = with_query(&here, "state", state.code());
        let next = found.last().filter(|_| more).map(|last| {
            let (due, id) = request::mark(&last.request);
            with_query(&listed, "after", &format!("{due}~{id}"))
        });
        let previous = req.query.has("after").then(|| listed.clone());
        let keys_link = keys::link(&desk);
        let mounted = keys::mount(&desk, listed);
        let region = keys::region(&desk, t.keys_region, view! { {body}<Pagination previous next/> }.into_any());
        view! {
            <DeskPage>
                <BackLink href=req.here("/licences") label=t.back/>
                <PageTitle title=t.requests_title lead=t.requests_lead/>
                <nav class="crumbs no-print" aria-label=t.requests_title><ul role="list">{tabs}</ul></nav>
                {region}
                <p>{keys_link}</p>
                {mounted}
            </DeskPage>
        }
    })
    .with_islands()
    .into()
}

fn row(req: &Req, t: &'static Texts, desk: &Desk, one: &DeskRequest) -> QueueRow {
    let (asked, answer) = (&one.request.question, one.request.answer.as_ref());
    let (shape, word, tone) = stands(one.request.state, answer.map(|answer| answer.outcome));
    let clock = (one.request.state == RequestState::Open).then(|| look::running(desk, one.request.due));
    QueueRow {
        reference: asked.number.clone(),
        title: asked.holder.clone(),
        href: req.here(&format!("/licence-requests/{}", one.request.id)),
        preview_href: None,
        current: false,
        news: None,
        band: Part::default(),
        clock: clock.into(),
        status: view! { <Status shape word tone/> }.into_any().into(),
        facts: vec![
            format!("{}, {}", asked.substance_name, asked.activity.label()),
            fill(t.on_day, &[("day", &long_date(asked.on))]),
            fill(t.by_company, &[("company", &one.company)]),
        ],
        viewers: None,
    }
}

/// One request.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, desk) = (texts(req.lang), Desk::of(&req)?);
    let (found, authority) = request::look(req.ctx(), &req.principal, req.parsed("request")?).await?;
    req.in_workspace(authority)?;
    let (gate, closed) = gate_callout(&req, authority).await?;
    let typed = Typed::open(&req, &reply_name(found.request.id)).await?;
    let wrong = typed.is_wrong();
    let title = fill(t.request_title, &[("number", &found.request.question.number)]);
    Page::new(title.clone(), move || {
        let when = desk.moment(found.request.at);
        let lead = fill(t.request_lead, &[("company", &found.company), ("when", &when)]);
        let rows = found.request.question.rows().into_iter().map(|(title, text)| SummaryRow::text(title, text));
        let rows = rows.collect();
        let sent = (req.query.get("done") == "sent").then(|| view! { <Banner tone=Tone::Ok title=t.answer_sent/> });
        let body = match found.request.state {
            RequestState::Open => open(&req, t, &desk, &found, &typed, gate.filter(|_| found.may_answer), closed),
            RequestState::Withdrawn => view! { <p>{t.withdrawn}</p> }.into_any(),
            RequestState::Answered | RequestState::Letter => answered(&req, t, &desk, &found),
        };
        let mounted = keys::mount(&desk, req.path.clone());
        let region = keys::region(
            &desk,
            t.request_asked,
            view! {
                <Panel title=t.request_asked><AnsweredList rows/></Panel>
                {body}
            }
            .into_any(),
        );
        view! {
            <DeskPage>
                <BackLink href=req.here("/licence-requests") label=t.back_requests/>
                {sent}
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title lead/>
                {region}
                {mounted}
            </DeskPage>
        }
    })
    .with_islands()
    .errors(wrong)
    .into()
}

/// What is asked, with the register beside it; `gate` stands before the form, which is not there if the way is `closed`.
fn open(
    req: &Req,
    t: &'static Texts,
    desk: &Desk,
    found: &DeskRequest,
    typed: &Typed,
    gate: Option<AnyView>,
    closed: bool,
) -> AnyView {
    let (clock, why) =
        (look::running(desk, found.request.due), clock::why_request(desk, &found.why_due, found.request.due));
    let candidates = if found.candidates.is_empty() {
        view! { <p>{t.beside_none}</p> }.into_any()
    } else {
        found.candidates.iter().map(|one| candidate(req, t, one)).collect_view().into_any()
    };
    let form = (found.may_answer && !closed).then(|| reply_form(req, t, found, typed));
    view! {
        <p>{clock}</p>
        {why}
        <section aria-labelledby="beside"><h2 id="beside">{t.beside}</h2>{candidates}</section>
        {gate}
        {form}
    }
    .into_any()
}

/// A licence that may be meant: how near it is, where it stands on the day that is asked for, what the check says.
fn candidate(req: &Req, t: &'static Texts, one: &Candidate) -> AnyView {
    let (shape, tone) = standing(one.item.standing);
    let number = match one.likeness.number {
        Near::Same => Some((t.same_number, Tone::Ok)),
        Near::Close => Some((t.close_number, Tone::Warn)),
        Near::Other => None,
    };
    let number = number.map(|(text, tone)| view! { <Tag text tone/> });
    // Only what is the same in everything is 100.
    let score = (one.likeness.score > 0.0).then(|| {
        let text = fill(t.score, &[("score", &format!("{:.0}", (one.likeness.score * 100.0).floor()))]);
        view! { <Tag text tone=Tone::Info/> }
    });
    let why =
        (!one.likeness.why.is_empty()).then(|| view! { <p class="small"><bdi>{one.likeness.why.clone()}</bdi></p> });
    let title = format!("{} · {}", one.item.entry.number(), one.item.entry.holder());
    let (href, said) = (req.here(&format!("/licences/{}", one.item.id)), verdict(t, &one.verdict));
    let about = one.item.entry.number().to_owned();
    view! {
        <Panel title>
            <p class="hit__tags">{number}{score}<Status shape word=one.item.standing.label() tone/></p>
            <p>{days(t, &one.item.entry)}</p>
            {why}
            {said}
            <p><a href=href>{t.open_entry}<span class="unseen">" "{about}</span></a></p>
        </Panel>
    }
    .into_any()
}

fn reply_form(req: &Req, t: &'static Texts, found: &DeskRequest, typed: &Typed) -> AnyView {
    let outcomes =
        Said::ALL.iter().map(|one| Choice::new(one.code(), one.label()).checked(typed.chose("outcome", one.code())));
    let outcomes = outcomes.collect();
    let best = found.candidates.first();
    // The likeliest is chosen, and so is its last day if it covers what is asked: a click less, and all of it can be changed.
    let chosen = typed.value_or("beside", &best.map_or_else(String::new, |best| best.item.id.to_string()));
    let entries = found.candidates.iter().map(|one| {
        let id = one.item.id.to_string();
        let label = format!("{} · {}", one.item.entry.number(), one.item.entry.holder());
        let checked = id == chosen;
        Choice::new(id, label).checked(checked)
    });
    let none = Choice::new("", t.answer_beside_none).checked(chosen.is_empty());
    let entries: Vec<Choice> = entries.chain([none]).collect();
    let ends = best.filter(|best| best.verdict.is_covered()).and_then(|best| best.item.entry.days().1);
    let until = typed.value_or("until", &ends.map(|day| day.to_string()).unwrap_or_default());
    let beside = (!found.candidates.is_empty()).then(|| {
        view! { <Choices name="beside" legend=t.answer_beside options=entries error=typed.error("beside")/> }
    });
    view! {
        <section aria-labelledby="answer">
            <h2 id="answer">{t.answer_title}</h2>
            <p>{t.answer_lead}</p>
            <form class="stack" method="post" action=format!("{}/reply", req.path) novalidate=true>
                <input type="hidden" name="version" value=found.request.version.to_string()/>
                <Choices name="outcome" legend=t.outcome options=outcomes error=typed.error("outcome")/>
                {beside}
                <TextArea name="note" label=t.note hint=t.note_hint value=typed.value("note") error=typed.error("note") optional=true rows=3/>
                <TextField
                    name="until" label=t.tell_until hint=t.tell_until_hint value=until error=typed.error("until")
                    optional=true width=Width::Medium autocomplete="off"
                />
                <ButtonRow><Button label=t.answer_act/></ButtonRow>
            </form>
        </section>
    }
    .into_any()
}

fn answered(req: &Req, t: &'static Texts, desk: &Desk, found: &DeskRequest) -> AnyView {
    let Some(answer) = &found.request.answer else { return ().into_any() };
    let (shape, word, tone) = stands(found.request.state, Some(answer.outcome));
    let who = found.answered_by.clone().unwrap_or_default();
    let by = fill(t.answered_by, &[("who", &who), ("when", &desk.moment(answer.at))]);
    let until = answer.until.map(|day| view! { <p>{t.tell_until}" "{long_date(day)}</p> });
    let beside = found.beside.as_ref().map(|beside| {
        let text = fill(t.answered_beside, &[("number", &beside.number), ("version", &beside.version.to_string())]);
        let href = req.here(&format!("/licences/{}/history/{}", beside.licence, beside.version));
        let said = verdict(t, &beside.verdict);
        view! { <p><a href=href>{text}</a></p>{said} }
    });
    view! {
        <Panel title=t.answer_title>
            <p><Status shape word tone/></p>
            <p><bdi class="typed">{answer.note.clone()}</bdi></p>
            {until}
            <p class="muted">{by}</p>
            {beside}
        </Panel>
    }
    .into_any()
}

/// Answers.
pub(super) async fn reply(req: Req) -> Outcome {
    let t = texts(req.lang);
    let (found, authority) = request::look(req.ctx(), &req.principal, req.parsed("request")?).await?;
    req.in_workspace(authority)?;
    let id = found.request.id;
    let here = req.here(&format!("/licence-requests/{id}"));
    match request::answer(req.ctx(), &req.principal, (id, req.posted_version()), &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&here, "done", "sent")))
        }
        Err(refusal) => typed::again(&req, &reply_name(id), &here, overtaken(t, refusal)).await,
    }
}
