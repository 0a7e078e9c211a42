//! Signing in and out.

use domain::lang::Lang;
use leptos::prelude::*;
use services::{
    account::{self, Entered, SignIn, SignedIn},
    session,
};

use super::password::PasswordField;
use crate::{
    components::*,
    text::{account::texts, factor},
    web::{
        Outcome, Page, Reply, Req, cookie,
        paths::{own_path, with_next, with_query},
        typed::{self, Typed},
    },
};

const FORM: &str = "sign-in";

/// The card. Somebody who has signed in is led on at once.
pub(super) async fn page(req: Req) -> Outcome {
    let next = own_path(req.query.get("next"));
    if req.principal.person.is_some() {
        return Ok(Reply::to(next.unwrap_or_else(|| req.to("/home"))));
    }
    let typed = Typed::open(&req, FORM).await?;
    let title = texts(req.lang).sign_in_title;
    let wrong = typed.is_wrong();
    Page::new(title, move || card(&req, next, &typed)).errors(wrong).into()
}

fn card(req: &Req, next: Option<String>, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let foot = view! {
        <p>{t.no_account}" "<a href=req.to("/register")>{t.register_link}</a></p>
        <p class="muted">{t.invited_hint}</p>
    };
    let banner = (!typed.is_wrong()).then(|| banner(req.lang, req.query.get("done")));
    let form = view! {
        <form class="stack" method="post" action=req.to("/sign-in") novalidate=true>
            {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
            <TextField
                name="email" label=t.email kind="email" autocomplete="username" value=typed.value("email")
                error=typed.error("email")
            />
            <PasswordField name="password" label=t.password autocomplete="current-password" error=typed.error("password")/>
            <Button label=t.sign_in_act/>
        </form>
    };
    let forgot = req.to("/forgot");
    view! {
        <AuthCard title=t.sign_in_title lead=t.sign_in_lead errors=typed.errors() foot=foot.into_any()>
            {banner}
            {form}
            <p><a href=forgot>{t.forgot_link}</a></p>
        </AuthCard>
    }
}

/// What was done before one came here.
fn banner(lang: Lang, done: &str) -> Option<impl IntoView + use<>> {
    let t = texts(lang);
    if done == "lapsed" {
        let t = factor::texts(lang);
        let body = view! { {t.lapsed} }.into_any();
        return Some(view! { <Banner tone=Tone::Info title=t.lapsed_title body/> });
    }
    let (title, body) = match done {
        "signed-out" => (t.signed_out_title, t.signed_out),
        "reset" => (t.reset_done_title, t.reset_done),
        "confirmed" => (t.confirmed_title, t.confirmed),
        _ => return None,
    };
    Some(view! { <Banner tone=Tone::Ok title body=view! { {body} }.into_any()/> })
}

/// Signs in and leads to where the person was going.
pub(super) async fn sign_in(req: Req) -> Outcome {
    let next = own_path(req.form.get("next"));
    let input = SignIn {
        email: req.form.get("email"),
        password: req.form.get("password"),
        address: req.address,
        agent: &req.agent,
        device: req.cookie(cookie::DEVICE),
    };
    match account::sign_in(req.ctx(), input).await {
        Ok(Entered::SecondStep(token)) => {
            typed::done(&req).await?;
            Ok(Reply::to_with(with_next(&req.to("/sign-in/code"), next.as_deref()), cookie::step(&token)))
        }
        Ok(Entered::SignedIn(signed)) => {
            typed::done(&req).await?;
            self::signed_in(&req, &signed, next).await
        }
        Err(refusal) => {
            let back = with_next(&req.to("/sign-in"), next.as_deref());
            typed::again(&req, FORM, &back, refusal).await
        }
    }
}

/// Leads on with the cookies of a new sign-in, home if nowhere else. One that this browser had before ends.
pub(super) async fn signed_in(req: &Req, signed: &SignedIn, next: Option<String>) -> Outcome {
    if let Some(old) = &req.session_token {
        session::end(req.ctx(), old).await?;
    }
    let cookies = vec![cookie::session(&signed.session.token), cookie::device(&signed.device)];
    Ok(Reply::Redirect { to: next.unwrap_or_else(|| req.to("/home")), cookies, clear_site_data: false })
}

/// Signs out; the browser forgets what it kept of these pages.
pub(super) async fn sign_out(req: Req) -> Outcome {
    if let Some(token) = &req.session_token {
        session::end(req.ctx(), token).await?;
    }
    Ok(signed_out(&req))
}

/// Leads to the sign-in page without a sign-in.
pub(super) fn signed_out(req: &Req) -> Reply {
    signed_out_to(&with_query(&req.to("/sign-in"), "done", "signed-out"))
}

/// Leads somewhere without a sign-in.
pub(crate) fn signed_out_to(to: &str) -> Reply {
    Reply::Redirect { to: to.to_owned(), cookies: vec![cookie::end_session()], clear_site_data: true }
}
