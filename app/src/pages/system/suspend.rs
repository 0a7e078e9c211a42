//! Suspending an authority or association, and letting it work again: a page that asks once more.

use domain::{access::Action, organisation::OrgStatus};
use leptos::prelude::*;
use services::{
    Refusal,
    organisation::{self, Body, Decision},
};

use crate::{
    components::*,
    routes::{Route, get, post},
    text::{
        fill,
        system::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// The rows of this page.
pub(super) fn routes() -> Vec<Route> {
    let manage = Action::ManageSystem;
    vec![
        get("/{lang}/s/{org}/organisations/{body}/suspend", manage, suspend_page),
        post("/{lang}/s/{org}/organisations/{body}/suspend", manage, suspend),
        get("/{lang}/s/{org}/organisations/{body}/lift", manage, lift_page),
        post("/{lang}/s/{org}/organisations/{body}/lift", manage, lift),
    ]
}

async fn suspend_page(req: Req) -> Outcome {
    ask(req, Decision::Suspend).await
}

async fn lift_page(req: Req) -> Outcome {
    ask(req, Decision::Lift).await
}

async fn suspend(req: Req) -> Outcome {
    decide(req, Decision::Suspend).await
}

async fn lift(req: Req) -> Outcome {
    decide(req, Decision::Lift).await
}

fn form(req: &Req, decision: Decision) -> String {
    format!("{} {}", decision.code(), req.param("body"))
}

async fn ask(req: Req, decision: Decision) -> Outcome {
    let handle = req.param("body");
    let installation = organisation::installation(req.ctx(), &req.principal).await?;
    let is_authority = installation.authorities.iter().any(|body| body.handle == handle);
    let mut bodies = installation.authorities.into_iter().chain(installation.associations);
    let body = bodies.find(|body| body.handle == handle).ok_or(Refusal::NotFound)?;
    let t = texts(req.lang);
    if !decision.from().contains(&body.status) {
        let place = OrgStatus::label(body.status);
        return Err(Refusal::NotPossible(fill(t.not_now, &[("name", &body.name), ("status", place)])));
    }
    let typed = Typed::open(&req, &form(&req, decision)).await?;
    let wrong = typed.is_wrong();
    let (path, back) = (req.path.clone(), req.here("/organisations"));
    let title = title(t, decision, &body);
    Page::new(title, move || page(t, path, back, decision, &body, is_authority, &typed)).errors(wrong).into()
}

fn title(t: &'static Texts, decision: Decision, body: &Body) -> String {
    let title = if decision == Decision::Suspend { t.suspend_title } else { t.lift_title };
    fill(title, &[("name", &body.name)])
}

fn page(
    t: &'static Texts,
    path: String,
    back: String,
    decision: Decision,
    body: &Body,
    is_authority: bool,
    typed: &Typed,
) -> impl IntoView + use<> {
    let suspends = decision == Decision::Suspend;
    let (lead, confirm) = if suspends { (t.suspend_lead, t.suspend_act) } else { (t.lift_lead, t.lift_act) };
    let people = fill(t.suspend_people, &[("n", &body.people.to_string())]);
    let people = suspends.then(|| view! { <p>{people}</p> });
    let reports = (suspends && is_authority).then(|| view! { <p>{t.suspend_reports}</p> });
    let given = body.reason.clone();
    let given = (!given.is_empty()).then(
        || view! { <p class="caption">{t.reason_given}</p><blockquote class="given typed" dir="auto">{given}</blockquote> },
    );
    let reason = suspends.then(|| {
        view! {
            <TextArea name="reason" label=t.reason_label hint=t.reason_hint limit=2000 value=typed.value("reason") error=typed.error("reason")/>
        }
    });
    // What has changed meanwhile is told apart by this number.
    let version = body.version.to_string();
    let title = title(t, decision, body);
    view! {
        <ConfirmPage title action=path confirm cancel_href=back danger=suspends errors=typed.errors()>
            <input type="hidden" name="version" value=version/>
            <p>{lead}</p>
            {people}
            {reports}
            {given}
            {reason}
        </ConfirmPage>
    }
}

async fn decide(req: Req, decision: Decision) -> Outcome {
    let version = req.posted_version();
    let fields = typed::answers(&req.form);
    match organisation::decide_body(req.ctx(), &req.principal, req.param("body"), version, decision, &fields).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&req.here("/organisations"), "done", decision.code())))
        }
        Err(refusal @ Refusal::Invalid(_)) => typed::again(&req, &form(&req, decision), &req.path, refusal).await,
        Err(refusal) => Err(refusal),
    }
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;
    use crate::pages::{account::shown, system::organisations::sample};

    #[test]
    fn suspending_says_what_it_does_and_asks_why() {
        let t = texts(Lang::En);
        let html = |decision, is_authority| {
            shown(move || page(t, "/p".into(), "/b".into(), decision, &sample(), is_authority, &Typed::default()))
        };
        let authority = html(Decision::Suspend, true);
        assert!(authority.contains(t.suspend_reports) && authority.contains("name=\"reason\""), "{authority}");
        assert!(!html(Decision::Suspend, false).contains(t.suspend_reports));
        assert!(!html(Decision::Lift, true).contains("name=\"reason\""));
    }
}
