//! One request at the desk: what was sent, what the authority knows of the same parties, the acts, the thread.

use domain::{
    advice::{Act, Counsel, State, mark},
    date::Date,
    ids::AdviceId,
};
use leptos::prelude::*;
use services::{
    Refusal,
    advice::{self, DeskView, Known, SameRequest},
    error::Problem,
};

use super::shown;
use crate::{
    components::*,
    format,
    pages::desk::{keys, place::Desk, shared},
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
async fn opened(req: &Req) -> Result<DeskView, Refusal> {
    let view = advice::desk_view(req.ctx(), &req.principal, req.parsed("request")?).await?;
    req.in_workspace(view.authority)?;
    Ok(view)
}

fn form_name(id: AdviceId) -> String {
    format!("advice desk {id}")
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, view, desk) = (texts(req.lang), opened(&req).await?, Desk::of(&req)?);
    let known = advice::known(req.ctx(), &req.principal, view.id).await?;
    let typed = Typed::open(&req, &form_name(view.id)).await?;
    let wrong = typed.is_wrong();
    let done = match req.query.get("done") {
        "given" => Some(t.given_banner),
        "asked" => Some(t.asked_banner),
        "advised" => Some(t.advised_banner),
        _ => None,
    };
    Page::new(view.request.headline(), move || {
        let list = desk.at("/advice");
        let here = desk.at(&format!("/advice/{}", view.id));
        let done = done.map(|title| view! { <Banner tone=Tone::Ok title/> });
        let (whole, crumbs) = (whole(t, &desk, &view, &known, &typed), keys::crumbs(&desk, None));
        let (region, island) = (keys::region(&desk, t.desk_title, whole), keys::mount(&desk, here));
        view! {
            <DeskPage>
                {crumbs}
                <BackLink href=list label=t.desk_title/>
                <ErrorSummary errors=typed.errors()/>
                {done}
                {region}
                {island}
            </DeskPage>
        }
    })
    .errors(wrong)
    .with_islands()
    .into()
}

fn whole(t: &'static Texts, desk: &Desk, view: &DeskView, known: &Known, typed: &Typed) -> AnyView {
    let zone = view.time_zone.as_str();
    let caption = format!("{} · {}", mark(view.id), view.company);
    let leaves = shown::countdown(t, view.delivery, zone, desk.now);
    let due = shown::deadline(t, (view.due, view.state), zone, desk.now, t.due_rests);
    let with = view.assignee.as_ref().map_or_else(|| t.with_nobody.to_owned(), |name| fill(t.with, &[("name", name)]));
    let counsel = view.counsel.map(|one| shown::counsel(t, one, (view.hold_until, Date::of(desk.now)), &view.thread));
    let did = view.did.map(|did| view! { <Tag text=did.label()/> });
    let acts = view.may_work.then(|| acts(t, desk, view, typed));
    let request = shown::request(t, &view.request);
    let thread = shown::thread(t, &view.thread, (&view.company, ""), zone);
    let (links, reports, requests) = (links(t, desk, view), reports(t, desk, known), requests(t, desk, known));
    view! {
        <PageTitle title=view.request.headline() caption/>
        <p class="part__acts">{shown::status(view.state)}{did}{leaves}{due}<span class="muted">{with}</span></p>
        {others(t, known)}
        {counsel}
        {acts}
        <div class="case">
            <div class="case__column">
                <section aria-labelledby="what"><h2 id="what">{t.what_was_sent}</h2>{request}{links}</section>
            </div>
            <div class="case__column">
                {reports}
                {requests}
                <section aria-labelledby="thread"><h2 id="thread">{t.thread}</h2>{thread}</section>
            </div>
        </div>
    }
    .into_any()
}

/// The point of the portal: several companies are asked by the same buyer.
fn others(t: &'static Texts, known: &Known) -> Option<AnyView> {
    let names = known.other_companies();
    let title = match names.len() {
        0 => return None,
        1 => t.same_title_one.to_owned(),
        count => fill(t.same_title, &[("count", &count.to_string())]),
    };
    let text = fill(t.same_text, &[("names", &names.join(", "))]);
    Some(view! { <Callout tone=Tone::Danger title><p><bdi>{text}</bdi></p></Callout> }.into_any())
}

fn links(t: &'static Texts, desk: &Desk, view: &DeskView) -> AnyView {
    let line = |label: &'static str, reference: &domain::reference::Reference| {
        let (href, code) = (desk.report(reference), reference.to_string());
        view! { <p>{label}" "<a href=href><Reference code/></a></p> }
    };
    let linked = view.linked.as_ref().map(|reference| line(t.linked, reference));
    let made = view.made.as_ref().map(|reference| line(t.made, reference));
    view! { {linked}{made} }.into_any()
}

fn reports(t: &'static Texts, desk: &Desk, known: &Known) -> AnyView {
    let list = shared::list(desk, &known.reports, "same-reports")
        .unwrap_or_else(|| view! { <p class="muted">{t.reports_none}</p> }.into_any());
    view! { <section aria-labelledby="same-reports"><h2 id="same-reports">{t.reports_title}</h2>{list}</section> }
        .into_any()
}

fn requests(t: &'static Texts, desk: &Desk, known: &Known) -> AnyView {
    let none = known.requests.is_empty().then(|| view! { <p class="muted">{t.requests_none}</p> });
    let rows = known.requests.iter().map(|one| same_request(t, desk, one)).collect_view();
    view! {
        <section aria-labelledby="same-requests">
            <h2 id="same-requests">{t.requests_title}</h2>
            {none}
            <ul class="shared" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn same_request(t: &'static Texts, desk: &Desk, one: &SameRequest) -> AnyView {
    let href = desk.at(&format!("/advice/{}", one.id));
    let from = fill(t.asked_on, &[("company", &one.company), ("day", &format::day(one.at, desk.zone))]);
    let why = one.same.iter().map(|fact| {
        let sentence = shared::sentence(desk.t, fact);
        view! { <li>{sentence}</li> }
    });
    let (why, counsel) = (why.collect_view(), one.counsel.map(shown::tag));
    view! {
        <li class="shared__report">
            <p class="shared__head"><a href=href><bdi>{one.headline.clone()}</bdi></a>{shown::status(one.state)}{counsel}</p>
            <p class="shared__from"><bdi>{from}</bdi></p>
            <ul class="shared__why">{why}</ul>
        </li>
    }
    .into_any()
}

fn acts(t: &'static Texts, desk: &Desk, view: &DeskView, typed: &Typed) -> AnyView {
    let allows = |act: Act| view.state.allows(act);
    let base = desk.at(&format!("/advice/{}", view.id));
    let give = allows(Act::Assign).then(|| assign_forms(t, desk, view, &base));
    let ask = allows(Act::AskBack).then(|| {
        let form = ask_form(t, &base, typed);
        fold(desk, t.ask_title, "4", typed.error("question").is_some(), form)
    });
    let advise = allows(Act::Advise).then(|| {
        let title = if view.state == State::Advised { t.advise_again } else { t.advise_title };
        let form = advise_form(t, view, &base, typed);
        let of_form = ["counsel", "until", "words", "reason", ""];
        let wrong = of_form.iter().any(|field| typed.error(field).is_some());
        fold(desk, title, "1", wrong, form)
    });
    view! {
        <section aria-labelledby="acts" class="no-print">
            <h2 class="unseen" id="acts">{t.acts}</h2>
            <div class="acts">{give}{advise}{ask}</div>
        </section>
    }
    .into_any()
}

/// A form behind its button, which a key opens.
fn fold(desk: &Desk, label: &'static str, key: &'static str, open: bool, form: AnyView) -> AnyView {
    let cap = desk.keys.then(|| view! { <Kbd key/> });
    view! {
        <details class="act" name="act" open=open>
            <summary class="button button--secondary act__open" data-key=desk.key(key).get()><span>{label}</span>{cap}</summary>
            <div class="act__body">{form}</div>
        </details>
    }
    .into_any()
}

fn assign_forms(t: &'static Texts, desk: &Desk, view: &DeskView, base: &str) -> AnyView {
    let action = format!("{base}/assign");
    let to = |whom: &str| vec![("to".to_owned(), whom.to_owned())];
    let me = if view.is_mine {
        view! { <PostButton action=action.clone() label=t.give_back kind=ButtonKind::Secondary hidden=to("nobody")/> }
            .into_any()
    } else {
        let key = desk.key("I").get();
        view! { <PostButton action=action.clone() label=t.take kind=ButtonKind::Secondary hidden=to("me") key/> }
            .into_any()
    };
    let officers = view.officers.iter().map(|(id, name)| SelectOption::new(id.to_string(), name.clone())).collect();
    let form = view! {
        <form class="stack act-form" method="post" action=action novalidate=true>
            <SelectField name="to" label=t.give options=officers/>
            <ButtonRow><Button label=t.give_act/></ButtonRow>
        </form>
    }
    .into_any();
    let other = fold(desk, t.give, "A", false, form);
    view! { {me}{other} }.into_any()
}

fn ask_form(t: &'static Texts, base: &str, typed: &Typed) -> AnyView {
    view! {
        <form class="stack act-form" method="post" action=format!("{base}/ask") novalidate=true>
            <TextArea name="question" label=t.ask_field hint=t.ask_hint rows=4 value=typed.value("question") error=typed.error("question")/>
            <ButtonRow><Button label=t.ask_act/></ButtonRow>
        </form>
    }
    .into_any()
}

fn advise_form(t: &'static Texts, view: &DeskView, base: &str, typed: &Typed) -> AnyView {
    let choice = |one: &Counsel| {
        Choice::new(one.code(), one.label()).hint(one.meaning()).checked(typed.chose("counsel", one.code()))
    };
    let options = Counsel::ALL.iter().map(choice).collect();
    let (value, error) = (|field: &str| typed.value(field), |field: &str| typed.error(field));
    view! {
        <form class="stack act-form" method="post" action=format!("{base}/advise") novalidate=true>
            <input type="hidden" name="version" value=view.version.to_string()/>
            <Choices name="counsel" legend=t.counsel options error=error("counsel")/>
            <TextField name="until" label=t.until hint=t.until_hint optional=true width=Width::Medium value=value("until") error=error("until")/>
            <TextArea name="words" label=t.words hint=t.words_hint rows=4 value=value("words") error=error("words")/>
            <TextArea name="reason" label=t.reason hint=t.reason_hint rows=3 optional=true value=value("reason") error=error("reason")/>
            <ButtonRow><Button label=t.advise_act/></ButtonRow>
        </form>
    }
    .into_any()
}

/// To the page after an act, or back to the form with what is wrong.
async fn after(req: &Req, id: AdviceId, done: &str, outcome: Result<(), Refusal>) -> Outcome {
    let (t, here) = (texts(req.lang), req.here(&format!("/advice/{id}")));
    match outcome {
        Ok(()) => {
            typed::done(req).await?;
            Ok(Reply::to(with_query(&here, "done", done)))
        }
        Err(Refusal::Stale) => {
            let overtaken = Refusal::Invalid(vec![Problem::new("", t.stale_desk)]);
            typed::again(req, &form_name(id), &here, overtaken).await
        }
        Err(refusal) => typed::again(req, &form_name(id), &here, refusal).await,
    }
}

/// Takes it, gives it to somebody, gives it back.
pub(super) async fn assign(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let outcome = advice::assign(req.ctx(), &req.principal, view.id, req.form.get("to")).await;
    after(&req, view.id, "given", outcome).await
}

/// Asks the company.
pub(super) async fn ask(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let outcome = advice::ask_back(req.ctx(), &req.principal, view.id, req.form.get("question")).await;
    after(&req, view.id, "asked", outcome).await
}

/// Advises.
pub(super) async fn advise(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let seen = (view.id, req.posted_version());
    let outcome = advice::advise(req.ctx(), &req.principal, seen, &typed::answers(&req.form)).await;
    after(&req, view.id, "advised", outcome).await
}
