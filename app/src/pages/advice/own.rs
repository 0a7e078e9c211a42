//! One request as its company sees it: before it is sent what will be sent, then the clocks, the thread and the advice.

use domain::{
    advice::{Act, Did, State, mark},
    date::Date,
    ids::AdviceId,
};
use leptos::prelude::*;
use services::{
    Refusal,
    advice::{self, View},
    error::Problem,
};

use super::shown;
use crate::{
    components::*,
    format,
    text::{
        advice::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// The request of the address, in its own workspace.
pub(super) async fn opened(req: &Req) -> Result<View, Refusal> {
    let view = advice::view(req.ctx(), &req.principal, req.parsed("request")?).await?;
    req.in_workspace(view.org)?;
    Ok(view)
}

/// Address of a request, or of something in it.
pub(super) fn at(req: &Req, id: AdviceId, rest: &str) -> String {
    req.here(&format!("/advice/{id}{rest}"))
}

fn form_name(id: AdviceId) -> String {
    format!("advice acts {id}")
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    let typed = Typed::open(&req, &form_name(view.id)).await?;
    let wrong = typed.is_wrong();
    let title = if view.state == State::Draft { t.draft_title } else { t.title };
    Page::new(title, move || {
        let body = if view.state == State::Draft { unsent(&req, t, &view) } else { sent(&req, t, &view, &typed) };
        let (back, errors, done) = (req.here("/advice"), typed.errors(), banner(&req, t));
        view! {
            <FormPage>
                <BackLink href=back label=t.back/>
                <ErrorSummary errors/>
                {done}
                {body}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn banner(req: &Req, t: &'static Texts) -> Option<AnyView> {
    let title = match req.query.get("done") {
        "sent" => t.sent_banner,
        "kept" => t.kept_banner,
        "answered" => t.answered_banner,
        "closed" => t.closed_banner,
        "withdrawn" => t.withdrawn_banner,
        _ => return None,
    };
    Some(view! { <Banner tone=Tone::Ok title/> }.into_any())
}

/// What will be sent, and nothing else.
fn unsent(req: &Req, t: &'static Texts, view: &View) -> AnyView {
    let lead = fill(t.draft_lead, &[("authority", &view.authority)]);
    let (edit, drop) = (at(req, view.id, "/edit"), at(req, view.id, "/withdraw"));
    let what = match &view.request {
        Some(request) => {
            let (rows, send) = (shown::request(t, request), at(req, view.id, "/send"));
            let hidden = vec![("version".to_owned(), view.version.to_string())];
            let report = view.report.as_ref().map(|reference| {
                let code = reference.to_string();
                view! { <p>{t.linked}" "<Reference code/></p> }
            });
            view! { {rows}{report}<PostButton action=send label=t.send hidden/> }.into_any()
        }
        None => {
            let problems = view.problems.iter().map(|one| view! { <li>{one.message.clone()}</li> }).collect_view();
            view! { <Callout tone=Tone::Warn title=t.missing><p>{t.missing_text}</p><ul>{problems}</ul></Callout> }
                .into_any()
        }
    };
    view! {
        <PageTitle title=t.draft_title lead/>
        {what}
        <ButtonRow>
            <LinkButton href=edit label=t.change kind=ButtonKind::Secondary/>
            <PostButton action=drop label=t.drop kind=ButtonKind::Quiet/>
        </ButtonRow>
    }
    .into_any()
}

fn sent(req: &Req, t: &'static Texts, view: &View, typed: &Typed) -> AnyView {
    let (zone, now) = (view.time_zone.as_str(), req.ctx().now());
    let request = view.request.as_ref();
    let headline = request.map(domain::advice::Request::headline).unwrap_or_default();
    let caption = request.map(|request| request.customer.name.clone());
    let leaves = shown::countdown(t, view.delivery, zone, now);
    let due = shown::deadline(t, (view.due, view.state), zone, now, t.due_rests_you);
    let wait = view.state.clock_runs().then(|| view! { <p>{t.not_yet}</p> });
    let urgent = (view.state.is_open() && !view.phone.is_empty())
        .then(|| view! { <UrgentStrip title=t.urgent_title text=t.urgent phone=view.phone.clone()/> });
    let counsel =
        view.counsel.map(|counsel| shown::counsel(t, counsel, (view.hold_until, Date::of(now)), &view.thread));
    let thread = shown::thread(t, &view.thread, ("", &view.authority), zone);
    let (acts, facts) = (acts(req, t, view, typed), facts(t, view));
    let what = request.filter(|_| view.sent.is_some()).map(|request| shown::request(t, request));
    let wordings = req.here("/wordings");
    view! {
        <PageTitle title=headline caption/>
        <p class="part__acts">{shown::status(view.state)}{leaves}{due}</p>
        {counsel}
        {wait}
        {urgent}
        <Callout tone=Tone::Warn title=t.tip_off_title><p>{t.tip_off}" "<a href=wordings>{t.wordings_link}</a></p></Callout>
        <section aria-labelledby="thread"><h2 id="thread">{t.thread}</h2>{thread}</section>
        {acts}
        <section aria-labelledby="what"><h2 id="what">{t.what_was_sent}</h2>{facts}{what}</section>
    }
    .into_any()
}

fn facts(t: &'static Texts, view: &View) -> AnyView {
    let mut rows = vec![SummaryRow::text(t.mark, mark(view.id))];
    rows.extend(view.sent.map(|at| SummaryRow::text(t.sent_at, format::moment(at, &view.time_zone))));
    rows.extend(view.report.as_ref().map(|reference| SummaryRow::text(t.linked, reference.to_string())));
    view! { <SummaryList rows/> }.into_any()
}

fn acts(req: &Req, t: &'static Texts, view: &View, typed: &Typed) -> AnyView {
    let allows = |act: Act| view.state.allows(act);
    let answer = allows(Act::Answer).then(|| answer_form(req, t, view, typed));
    let close = allows(Act::Close).then(|| close_form(req, t, view, typed));
    let withdraw = allows(Act::Withdraw).then(|| {
        let action = at(req, view.id, "/withdraw");
        view! { <PostButton action label=t.withdraw_act kind=ButtonKind::Quiet/> }
    });
    let report = at(req, view.id, "/report");
    let label = if view.has_draft { t.open_report } else { t.make_report };
    view! {
        {answer}
        {close}
        <Panel title=t.make_report><p>{t.make_report_lead}</p><PostButton action=report label kind=ButtonKind::Secondary/></Panel>
        {withdraw}
    }
    .into_any()
}

fn answer_form(req: &Req, t: &'static Texts, view: &View, typed: &Typed) -> AnyView {
    let action = at(req, view.id, "/answer");
    view! {
        <Panel title=t.answer_title>
            <form class="stack" method="post" action=action novalidate=true>
                <TextArea name="answer" label=t.answer_field value=typed.value("answer") error=typed.error("answer")/>
                <Button label=t.answer_act/>
            </form>
        </Panel>
    }
    .into_any()
}

fn close_form(req: &Req, t: &'static Texts, view: &View, typed: &Typed) -> AnyView {
    let action = at(req, view.id, "/close");
    let options =
        Did::ALL.iter().map(|did| Choice::new(did.code(), did.label()).checked(typed.chose("did", did.code())));
    let options = options.collect();
    view! {
        <Panel title=t.close_title>
            <p>{t.close_lead}</p>
            <form class="stack" method="post" action=action novalidate=true>
                <Choices name="did" legend=t.did options error=typed.error("did")/>
                <TextArea name="remark" label=t.remark rows=3 optional=true value=typed.value("remark") error=typed.error("remark")/>
                <Button label=t.close_act kind=ButtonKind::Secondary/>
            </form>
        </Panel>
    }
    .into_any()
}

/// To the page after an act, or back to the form with what is wrong.
async fn after(req: &Req, id: AdviceId, done: &str, outcome: Result<(), Refusal>) -> Outcome {
    match outcome {
        Ok(()) => {
            typed::done(req).await?;
            Ok(Reply::to(with_query(&at(req, id, ""), "done", done)))
        }
        Err(refusal) => typed::again(req, &form_name(id), &at(req, id, ""), refusal).await,
    }
}

/// Sends what was shown.
pub(super) async fn send(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    let outcome = advice::send(req.ctx(), &req.principal, (view.id, req.posted_version())).await;
    let outcome = outcome.map_err(|refusal| match refusal {
        Refusal::Stale => Refusal::Invalid(vec![Problem::new("", t.stale)]),
        other => other,
    });
    after(&req, view.id, "sent", outcome).await
}

/// Answers the question.
pub(super) async fn answer(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let outcome = advice::answer(req.ctx(), &req.principal, view.id, req.form.get("answer")).await;
    after(&req, view.id, "answered", outcome).await
}

/// Says what was done.
pub(super) async fn close(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let (did, remark) = (req.form.get("did"), req.form.get("remark"));
    let outcome = advice::close(req.ctx(), &req.principal, view.id, did, remark).await;
    after(&req, view.id, "closed", outcome).await
}

/// Takes it back.
pub(super) async fn withdraw(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let outcome = advice::withdraw(req.ctx(), &req.principal, view.id).await;
    after(&req, view.id, "withdrawn", outcome).await
}

/// Begins a report from it, or leads to the one that was begun.
pub(super) async fn to_report(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let draft = advice::to_report(req.ctx(), &req.principal, view.id).await?;
    Ok(Reply::to(req.here(&format!("/drafts/{draft}"))))
}
