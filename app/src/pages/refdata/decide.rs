//! Asking for approval, approving, sending back, discarding.

use domain::refdata::Kind;
use leptos::prelude::*;
use services::{
    Refusal,
    error::Problem,
    refdata::{self, ChangeView},
};

use super::At;
use crate::{
    components::*,
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// Under which name what was typed is kept.
pub(super) fn form(kind: Kind) -> String {
    format!("decide reference {}", kind.code())
}

/// What the person can do with the change as a whole.
pub(super) fn forms(at: &At, view: &ChangeView, typed: &Typed) -> AnyView {
    let writes = view.mine && view.waits_since.is_none();
    let ask = (writes && view.breaches.is_empty() && !view.changes.is_empty()).then(|| ask_form(at, view, typed));
    let decision = view.may_decide.then(|| decision(at, view, typed));
    let back = (view.mine && view.waits_since.is_some()).then(|| {
        let action = at.change("/back");
        view! { <PostButton action label=at.t.take_back kind=ButtonKind::Secondary hidden=version(view)/> }
    });
    let discard = (view.mine || view.may_decide).then(|| {
        let href = at.change("/discard");
        view! { <p><a href=href>{at.t.discard}</a></p> }
    });
    view! { <div class="stack no-print">{ask}{decision}{back}{discard}</div> }.into_any()
}

fn version(view: &ChangeView) -> Vec<(String, String)> {
    vec![("version".to_owned(), view.version.to_string())]
}

fn ask_form(at: &At, view: &ChangeView, typed: &Typed) -> AnyView {
    let (t, action, number) = (at.t, at.change("/ask"), view.version.to_string());
    let (note, from) = (typed.value_or("note", &view.note), typed.value("from"));
    view! {
        <section aria-labelledby="ask">
            <h2 id="ask">{t.ask_title}</h2>
            <p class="muted">{t.ask_lead}</p>
            <form class="stack" method="post" action=action novalidate=true>
                <input type="hidden" name="version" value=number/>
                <TextArea name="note" label=t.ask_note hint=t.ask_note_hint value=note error=typed.error("note") limit=2000 rows=4/>
                <DateField name="from" label=t.ask_from hint=t.ask_from_hint value=from error=typed.error("from") optional=true/>
                <Button label=t.ask/>
            </form>
        </section>
    }
    .into_any()
}

fn decision(at: &At, view: &ChangeView, typed: &Typed) -> AnyView {
    let (t, back, number) = (at.t, at.change("/back"), view.version.to_string());
    view! {
        <section aria-labelledby="decision" class="stack">
            <h2 id="decision">{t.approve_title}</h2>
            <p>{t.approve_lead}</p>
            <PostButton action=at.change("/approve") label=t.approve hidden=version(view)/>
            <form class="stack" method="post" action=back novalidate=true>
                <input type="hidden" name="version" value=number/>
                <TextArea name="why" label=t.why value=typed.value("why") error=typed.error("why") limit=2000 rows=3/>
                <Button label=t.send_back kind=ButtonKind::Secondary/>
            </form>
        </section>
    }
    .into_any()
}

/// Goes on to `to`, or back to the change with what was typed.
async fn after(req: &Req, at: &At, done: Result<(), Refusal>, to: String) -> Outcome {
    match done {
        Ok(()) => {
            typed::done(req).await?;
            Ok(Reply::to(to))
        }
        Err(refusal) => typed::again(req, &form(at.kind), &at.change(""), overtaken(at, refusal)).await,
    }
}

/// Who was overtaken sees what is there now, with what they typed.
pub(super) fn overtaken(at: &At, refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Stale => Refusal::Invalid(vec![Problem::new("", at.t.stale)]),
        other => other,
    }
}

/// Asks for approval.
pub(super) async fn ask(req: Req) -> Outcome {
    let (at, org) = (At::of(&req)?, req.workspace()?.org);
    let words = (req.form.get("note"), req.form.get("from"));
    let done = refdata::ask(req.ctx(), &req.principal, org, at.kind, req.posted_version(), words).await;
    let to = at.change("");
    after(&req, &at, done, to).await
}

/// Approves.
pub(super) async fn approve(req: Req) -> Outcome {
    let (at, org) = (At::of(&req)?, req.workspace()?.org);
    let done = refdata::approve(req.ctx(), &req.principal, org, at.kind, req.posted_version()).await;
    let to = with_query(&at.page(), "done", "approved");
    after(&req, &at, done, to).await
}

/// Sends back, or takes back.
pub(super) async fn send_back(req: Req) -> Outcome {
    let (at, org) = (At::of(&req)?, req.workspace()?.org);
    let why = req.form.get("why");
    let done = refdata::send_back(req.ctx(), &req.principal, org, at.kind, req.posted_version(), why).await;
    let to = at.change("");
    after(&req, &at, done, to).await
}

/// Asks once more.
pub(super) async fn discard_page(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let found = refdata::change(req.ctx(), &req.principal, req.workspace()?.org, at.kind).await?;
    if found.is_none() {
        return Ok(Reply::to(at.page()));
    }
    let t = at.t;
    Page::new(t.discard_title, move || {
        view! {
            <ConfirmPage title=t.discard_title action=at.change("/discard") confirm=t.discard_act cancel_href=at.change("") danger=true>
                <p>{t.discard_lead}</p>
            </ConfirmPage>
        }
    })
    .into()
}

/// Discards.
pub(super) async fn discard(req: Req) -> Outcome {
    let (at, org) = (At::of(&req)?, req.workspace()?.org);
    let done = refdata::discard(req.ctx(), &req.principal, org, at.kind).await;
    let to = with_query(&at.page(), "done", "discarded");
    after(&req, &at, done, to).await
}
