//! Subscribing, and what stands behind the link in the mail.

use domain::lang::Lang;
use leptos::prelude::*;
use services::reader::{self, Reader};

use super::{audiences, countries};
use crate::{
    components::*,
    pages::account::{country_name, new_password},
    text::{fill, reader::texts},
    web::{
        Outcome, Page, Reply, Req,
        typed::{self, Typed},
    },
};

const FORM: &str = "subscribe";

/// The form.
pub(super) async fn page(req: Req) -> Outcome {
    let typed = Typed::open(&req, FORM).await?.in_order(&["email", "audience", "country", "employer"]);
    let wrong = typed.is_wrong();
    Page::new(texts(req.lang).title, move || form(&req, &typed)).errors(wrong).into()
}

fn form(req: &Req, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let email = view! {
        <TextField
            name="email" label=t.email hint=t.email_hint kind="email" autocomplete="email" width=Width::Long
            value=typed.value("email") error=typed.error("email")
        />
    };
    let about = about_fields(req.lang, typed, None);
    view! {
        <FormPage>
            <ErrorSummary errors=typed.errors()/>
            <PageTitle title=t.title lead=t.lead/>
            <form class="stack" method="post" action=req.to("/subscribe") novalidate=true>
                {email}
                {about}
                <Button label=t.act/>
            </form>
            <p class="muted">{t.company_hint}" "<a href=req.to("/register")>{t.company_link}</a></p>
        </FormPage>
    }
}

/// What a reader says of themself: as it stands, or as it was typed.
pub(super) fn about_fields(lang: Lang, typed: &Typed, now: Option<&Reader>) -> impl IntoView + use<> {
    let t = texts(lang);
    let audience = now.and_then(|reader| reader.audience).map_or("", |audience| audience.code());
    let country = now.map_or("", |reader| reader.country.as_str());
    let employer = now.map_or("", |reader| reader.employer.as_str());
    view! {
        <SelectField
            name="audience" label=t.audience options=audiences() width=Width::Long
            value=typed.value_or("audience", audience) error=typed.error("audience")
        />
        <SelectField
            name="country" label=t.country options=countries() autocomplete="country" width=Width::Medium
            value=typed.value_or("country", country) error=typed.error("country")
        />
        <TextField
            name="employer" label=t.employer hint=t.employer_hint optional=true autocomplete="organization" width=Width::Long
            value=typed.value_or("employer", employer) error=typed.error("employer")
        />
    }
}

/// Sends the link.
pub(super) async fn ask(req: Req) -> Outcome {
    match reader::subscribe(req.ctx(), req.lang, &typed::answers(&req.form), req.address).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(req.to("/subscribe/sent")))
        }
        Err(refusal) => typed::again(&req, FORM, &req.to("/subscribe"), refusal).await,
    }
}

/// What to expect now.
pub(super) async fn sent(req: Req) -> Outcome {
    let t = texts(req.lang);
    Page::new(t.sent_title, move || {
        view! {
            <ReadingPage>
                <h1>{t.sent_title}</h1>
                <p>{t.sent}</p>
                <p>{t.sent_none}</p>
                <p><a href=req.to("/subscribe")>{t.sent_again}</a></p>
            </ReadingPage>
        }
    })
    .into()
}

/// The page behind the link: an account with a password, or only mails.
pub(crate) fn confirm_card(lang: Lang, path: &str, reader: &Reader, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(lang);
    let audience = reader.audience.map_or("", |audience| audience.label());
    let country = country_name(&reader.country);
    let lead = fill(t.confirm_lead, &[("email", &reader.email), ("audience", audience), ("country", &country)]);
    let email = reader.email.clone();
    let (path, mails) = (path.to_owned(), path.to_owned());
    let form = view! {
        <p>{t.confirm_account}</p>
        <form class="stack" method="post" action=path novalidate=true>
            <input type="hidden" name="username" autocomplete="username" value=email/>
            <TextField name="name" label=t.name autocomplete="name" value=typed.value("name") error=typed.error("name")/>
            {new_password(lang, "password", t.password, typed.error("password"))}
            <Button label=t.confirm_act/>
        </form>
    };
    let only = vec![("only".to_owned(), "mails".to_owned())];
    let foot = view! {
        <p>{t.confirm_mails}</p>
        <PostButton action=mails label=t.confirm_mails_act hidden=only kind=ButtonKind::Secondary/>
    };
    view! { <AuthCard title=t.confirm_title lead errors=typed.errors() foot=foot.into_any()>{form}</AuthCard> }
}

/// What somebody sees who only wanted mails.
pub(crate) fn confirmed(req: &Req) -> Page {
    let t = texts(req.lang);
    Page::new(t.confirmed_title, move || {
        view! { <ReadingPage><h1>{t.confirmed_title}</h1><p>{t.confirmed}</p></ReadingPage> }
    })
}
