//! Whether a certificate is genuine, for everybody. Number and name are posted, so that neither stands in an address.

use domain::{answers::when::long_date, learning::certificate::Number};
use leptos::prelude::*;
use services::{
    Refusal,
    error::Problem,
    learning::{self, Checked},
    stash,
};

use crate::{
    components::*,
    format,
    text::{
        fill,
        learning::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req, cookie,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// Under which name what was typed is kept.
const FORM: &str = "certificate";

/// The page; with the answer for what was typed, where something was.
pub(super) async fn page(req: Req) -> Outcome {
    let asks = req.query.has("checked");
    let typed = if asks || req.query.has("errors") { Typed::open(&req, FORM).await? } else { Typed::default() };
    let found = match typed.value("number").parse::<Number>() {
        Ok(number) if asks => Some(learning::check(req.ctx(), &number, &typed.value("name")).await?),
        _ => None,
    };
    let wrong = typed.is_wrong();
    Page::new(texts(req.lang).verify_title, move || view(&req, &typed, found)).errors(wrong).into()
}

/// Takes what was typed; the page shows the answer.
pub(super) async fn check(req: Req) -> Outcome {
    let (t, here) = (texts(req.lang), req.to("/verify/certificate"));
    if req.form.get("number").parse::<Number>().is_err() {
        let refusal = Refusal::Invalid(vec![Problem::new("number", t.verify_bad)]);
        return typed::again(&req, FORM, &here, refusal).await;
    }
    learning::admit(req.ctx(), req.address).await?;
    let kept = typed::answers(&req.form).only(|name| matches!(name, "number" | "name"));
    let token = stash::keep(req.ctx(), req.cookie(cookie::STASH), FORM, &kept, &[]).await?;
    Ok(Reply::to_with(with_query(&here, "checked", "1"), cookie::stash(&token)))
}

fn view(req: &Req, typed: &Typed, found: Option<Option<Checked>>) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let answer = found.map(|found| match found {
        Some(checked) => genuine(t, checked),
        None => {
            view! { <Callout tone=Tone::Danger title=t.verify_none><p>{t.verify_none_text}</p></Callout> }.into_any()
        }
    });
    let receipts = req.to("/verify");
    view! {
        <FormPage>
            <ErrorSummary errors=typed.errors()/>
            <PageTitle title=t.verify_title lead=t.verify_lead/>
            {answer}
            <form class="stack" method="post" action=req.to("/verify/certificate") novalidate=true>
                <TextField
                    name="number" label=t.verify_number hint=t.verify_number_hint width=Width::Medium autocomplete="off"
                    value=typed.value("number") error=typed.error("number")
                />
                <TextField
                    name="name" label=t.verify_name hint=t.verify_name_hint width=Width::Long autocomplete="off" optional=true
                    value=typed.value("name") error=typed.error("name")
                />
                <ButtonRow><Button label=t.verify_act/></ButtonRow>
            </form>
            <p><a href=receipts>{t.verify_receipts}</a></p>
        </FormPage>
    }
}

fn genuine(t: &'static Texts, checked: Checked) -> AnyView {
    let (tone, title) = match (checked.name_fits, checked.holds) {
        (Some(false), _) => (Tone::Warn, t.verify_other_name),
        (_, false) => (Tone::Warn, t.verify_ended),
        (_, true) => (Tone::Ok, t.verify_genuine),
    };
    let name = checked.name_fits.map(|fits| {
        let text = if fits { t.verify_name_fits } else { t.verify_name_not };
        view! { <p>{text}</p> }
    });
    let version = fill(t.version, &[("n", &checked.version.to_string())]);
    let facts = vec![
        (t.number.to_owned(), view! { <Reference code=checked.number/> }.into_any()),
        (t.module.to_owned(), format!("{} ({version})", checked.title).into_any()),
        (t.issued.to_owned(), format::day(checked.issued, "UTC").into_any()),
        (t.holds_until.to_owned(), long_date(checked.until).into_any()),
    ];
    view! { <Callout tone title>{name}<Facts facts/></Callout> }.into_any()
}
