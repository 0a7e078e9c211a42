//! The second step of signing in: the code of the app, or a recovery code. One page each, since a telephone shows digits
//! for the one and letters for the other; both are taken by the same form.

use leptos::prelude::*;
use services::{
    Refusal,
    factor::{self, Answer, Step},
};

use super::sign_in::signed_in;
use crate::{
    components::*,
    text::{
        factor::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req, cookie,
        paths::{own_path, with_next, with_query},
        typed::{self, Typed},
    },
};

const FORM: &str = "second step";
/// Value of `use` in the address of the page for recovery codes.
const RECOVERY: &str = "recovery";

/// Asks for the code. Whoever has entered no password, or too long ago, begins again.
pub(super) async fn page(req: Req) -> Outcome {
    let next = own_path(req.query.get("next"));
    if req.principal.person.is_some() {
        return Ok(Reply::to(next.unwrap_or_else(|| req.to("/home"))));
    }
    let step = match factor::peek(req.ctx(), req.cookie(cookie::STEP).unwrap_or_default()).await {
        Err(Refusal::NotFound) => return lapsed(&req, next),
        found => found?,
    };
    let typed = Typed::open(&req, FORM).await?;
    let (t, wrong) = (texts(req.lang), typed.is_wrong());
    let by_recovery = req.query.get("use") == RECOVERY;
    let title = if by_recovery { t.recovery_title } else { t.code_title };
    Page::new(title, move || card(&req, t, next, by_recovery, &step, &typed)).errors(wrong).into()
}

fn lapsed(req: &Req, next: Option<String>) -> Outcome {
    let to = with_query(&req.to("/sign-in"), "done", "lapsed");
    Ok(Reply::to_with(with_next(&to, next.as_deref()), cookie::end_step()))
}

/// This page, or the one for recovery codes, keeping where to go on.
fn here(req: &Req, by_recovery: bool, next: Option<&str>) -> String {
    let path = req.to("/sign-in/code");
    let path = if by_recovery { with_query(&path, "use", RECOVERY) } else { path };
    with_next(&path, next)
}

fn card(
    req: &Req,
    t: &'static Texts,
    next: Option<String>,
    by_recovery: bool,
    step: &Step,
    typed: &Typed,
) -> impl IntoView + use<> {
    let (title, lead) = if by_recovery { (t.recovery_title, t.recovery_lead) } else { (t.code_title, t.code_lead) };
    let other = here(req, !by_recovery, next.as_deref());
    let foot = view! {
        <p><a href=other>{if by_recovery { t.recovery_back } else { t.code_lost }}</a></p>
        {by_recovery.then(|| view! { <p class="muted">{t.recovery_lost}</p> })}
    };
    let demo = step.demo_code.as_ref().filter(|_| !by_recovery && !typed.is_wrong()).map(|code| {
        let title = fill(t.demo_title, &[("code", code)]);
        view! { <Banner tone=Tone::Info title body=view! { {t.demo} }.into_any()/> }
    });
    view! {
        <AuthCard title lead errors=typed.errors() foot=foot.into_any()>
            {demo}
            <form class="stack" method="post" action=req.to("/sign-in/code") novalidate=true>
                {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                {by_recovery.then(|| view! { <input type="hidden" name="use" value=RECOVERY/> })}
                {field(t, by_recovery, typed)}
                <Button label=t.code_act/>
            </form>
        </AuthCard>
    }
}

fn field(t: &'static Texts, by_recovery: bool, typed: &Typed) -> AnyView {
    let error = typed.error("code");
    if by_recovery {
        return view! {
            <TextField
                name="code" label=t.recovery_field hint=t.recovery_hint code=true autocomplete="off" width=Width::Long
                error autofocus=true
            />
        }
        .into_any();
    }
    code_field(t, error, true).into_any()
}

/// The field for a code of the app.
pub(super) fn code_field(t: &'static Texts, error: Option<String>, autofocus: bool) -> impl IntoView {
    view! {
        <TextField
            name="code" label=t.code_field hint=t.code_hint code=true autocomplete="one-time-code" inputmode="numeric"
            width=Width::Short error autofocus
        />
    }
}

/// Signs in and leads to where the person was going.
pub(super) async fn enter(req: Req) -> Outcome {
    let next = own_path(req.form.get("next"));
    let input = Answer {
        token: req.cookie(cookie::STEP).unwrap_or_default(),
        typed: req.form.get("code"),
        address: req.address,
        agent: &req.agent,
        device: req.cookie(cookie::DEVICE),
    };
    match factor::answer(req.ctx(), input).await {
        Ok(signed) => {
            typed::done(&req).await?;
            let mut reply = signed_in(&req, &signed, next).await?;
            if let Reply::Redirect { cookies, .. } = &mut reply {
                cookies.push(cookie::end_step());
            }
            Ok(reply)
        }
        Err(Refusal::NotFound) => lapsed(&req, next),
        Err(refusal) => {
            let back = here(&req, req.form.get("use") == RECOVERY, next.as_deref());
            typed::again(&req, FORM, &back, refusal).await
        }
    }
}
