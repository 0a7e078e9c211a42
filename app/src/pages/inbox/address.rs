//! One's e-mail address: that it takes mail, and another one.

use leptos::prelude::*;
use services::address::{self, Standing};

use crate::{
    components::*,
    format,
    text::{fill, inbox::texts},
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const FORM: &str = "address";

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let standing = address::standing(req.ctx(), &req.principal).await?;
    let typed = Typed::open(&req, FORM).await?;
    let wrong = typed.is_wrong();
    Page::new(texts(req.lang).address_title, move || whole(&req, &standing, &typed)).errors(wrong).into()
}

fn whole(req: &Req, standing: &Standing, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let errors = typed.errors();
    let email = standing.email.clone();
    let sent = (errors.is_empty() && req.query.get("done") == "sent").then(|| {
        let body = view! { <p>{t.address_sent_body}</p> };
        view! { <Banner tone=Tone::Info title=t.address_sent body=body.into_any()/> }
    });
    let broken = standing.broken_since.map(|since| {
        let when = format::day(since, req.zone());
        let text = fill(t.address_broken, &[("when", &when), ("email", &email)]);
        let label = fill(t.address_again, &[("email", &email)]);
        let again = req.to("/me/address/again");
        view! {
            <Callout tone=Tone::Warn title=t.address_broken_title><p>{text}</p></Callout>
            <p>{t.address_again_why}</p>
            <PostButton action=again label kind=ButtonKind::Secondary/>
        }
    });
    let form = view! {
        <form class="stack" method="post" action=req.to("/me/address") novalidate=true>
            <TextField
                name="email" label=t.address_new kind="email" autocomplete="email" value=typed.value("email")
                error=typed.error("email")
            />
            <TextField
                name="current_password" label=t.address_password kind="password" autocomplete="current-password"
                width=Width::Long error=typed.error("current_password")
            />
            <Button label=t.address_act/>
        </form>
    };
    view! {
        <FormPage>
            <ErrorSummary errors/>
            {sent}
            <PageTitle title=t.address_title lead=fill(t.address_now, &[("email", &email)])/>
            {broken}
            <Panel title=t.address_change><p>{t.address_change_why}</p>{form}</Panel>
        </FormPage>
    }
}

/// Sends a link to the present address.
pub(super) async fn again(req: Req) -> Outcome {
    address::ask_again(req.ctx(), &req.principal).await?;
    Ok(Reply::to(with_query(&req.to("/me/address"), "done", "sent")))
}

/// Sends a link to another one.
pub(super) async fn change(req: Req) -> Outcome {
    let page = req.to("/me/address");
    match address::ask_new(req.ctx(), &req.principal, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&page, "done", "sent")))
        }
        Err(refusal) => typed::again(&req, FORM, &page, refusal).await,
    }
}

/// What is shown when a link was used.
pub(crate) fn confirmed(req: &Req) -> Page {
    let (t, on) = (texts(req.lang), req.to("/home"));
    Page::new(t.address_confirmed_title, move || {
        view! {
            <ReadingPage>
                <h1>{t.address_confirmed_title}</h1>
                <p>{t.address_confirmed}</p>
                <p><a href=on>{t.go_on}</a></p>
            </ReadingPage>
        }
    })
}
