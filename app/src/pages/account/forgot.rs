//! Asking for a link to choose a new password. The answer is the same whether the address has an account or not.

use leptos::prelude::*;
use services::account;

use crate::{
    components::*,
    text::account::texts,
    web::{
        Outcome, Page, Reply, Req,
        typed::{self, Typed},
    },
};

const FORM: &str = "forgot";

/// The form.
pub(super) async fn page(req: Req) -> Outcome {
    let typed = Typed::open(&req, FORM).await?;
    let wrong = typed.is_wrong();
    Page::new(texts(req.lang).forgot_title, move || card(&req, &typed)).errors(wrong).into()
}

fn card(req: &Req, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let back = view! { <p><a href=req.to("/sign-in")>{t.forgot_back}</a></p> };
    let form = view! {
        <form class="stack" method="post" action=req.to("/forgot") novalidate=true>
            <TextField
                name="email" label=t.email kind="email" autocomplete="username" value=typed.value("email")
                error=typed.error("email")
            />
            <Button label=t.forgot_act/>
        </form>
    };
    view! {
        <AuthCard title=t.forgot_title lead=t.forgot_lead errors=typed.errors() foot=back.into_any()>{form}</AuthCard>
    }
}

/// Queues the link, if there is an account.
pub(super) async fn ask(req: Req) -> Outcome {
    match account::request_reset(req.ctx(), req.form.get("email"), req.address).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(req.to("/forgot/sent")))
        }
        Err(refusal) => typed::again(&req, FORM, &req.to("/forgot"), refusal).await,
    }
}

/// What to expect now.
pub(super) async fn sent(req: Req) -> Outcome {
    let t = texts(req.lang);
    Page::new(t.forgot_sent_title, move || {
        view! {
            <ReadingPage>
                <h1>{t.forgot_sent_title}</h1>
                <p>{t.forgot_sent}</p>
                <p>{t.forgot_sent_none}</p>
                <p><a href=req.to("/forgot")>{t.forgot_sent_again}</a></p>
                <p><a href=req.to("/sign-in")>{t.forgot_back}</a></p>
            </ReadingPage>
        }
    })
    .into()
}
