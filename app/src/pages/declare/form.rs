//! What the customer fills in. It is kept in the declaration itself, right or wrong.

use domain::{
    answers::when::long_date,
    declaration::{Field, FieldKind, Need, text},
};
use leptos::prelude::*;
use services::{
    Refusal,
    declaration::signing::{self, Behind, ToSign},
};

use super::{at, behind, copy, refused};
use crate::{
    components::*,
    format,
    text::{
        declare::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// The form; once it is signed, the copy.
pub(super) async fn page(req: Req) -> Outcome {
    let waiting = match behind(&req).await {
        Ok(Behind::ToSign(waiting)) => *waiting,
        Ok(Behind::Copy(signed)) => return copy::page(&req, signed),
        Err(refusal) => return refused(&req, refusal),
    };
    let t = texts(req.lang);
    let problems = match waiting.ready() {
        Err(Refusal::Invalid(problems)) if req.query.has("errors") => problems,
        _ => Vec::new(),
    };
    let typed = Typed::new(waiting.typed.clone(), problems);
    let (title, supplier) = (waiting.template.title.clone(), waiting.request.supplier.name.clone());
    let (wrong, on_top) = (typed.is_wrong(), supplier.clone());
    Page::new(title.clone(), move || {
        let said = text::body(waiting.template, &waiting.request, &waiting.items, &[]);
        let lead = fill(t.lead, &[("supplier", &supplier)]);
        let until = fill(t.until, &[("when", &format::moment(waiting.until, "UTC"))]);
        let wrong_here = fill(t.wrong_here, &[("supplier", &supplier)]);
        let fields = fields(t, &waiting, &typed);
        view! {
            <FormPage>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title lead/>
                <section class="stack" aria-labelledby="said">
                    <h2 id="said">{t.said}</h2>
                    <pre class="declared">{said}</pre>
                    <p>{wrong_here}</p>
                </section>
                <form class="stack" method="post" action=at(&req, "") novalidate=true>
                    <h2>{t.asked}</h2>
                    {fields}
                    <p class="muted">{until}</p>
                    <ButtonRow><Button label=t.act/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .plain(on_top)
    .into()
}

fn fields(t: &'static Texts, waiting: &ToSign, typed: &Typed) -> AnyView {
    let today = long_date(waiting.today());
    let asked = waiting.template.fields(waiting.request.licence);
    asked.map(|field| control(t.day_hint, field, typed, &today)).collect_view().into_any()
}

/// A particular, as a field. The day of the signature is today unless something else was typed.
pub(crate) fn control(day_hint: &str, field: &Field, typed: &Typed, today: &str) -> AnyView {
    let (name, label, error) = (field.key.clone(), field.label.clone(), typed.error(&field.key));
    let optional = field.need == Need::May;
    let hint = Some(field.hint.clone()).filter(|hint| !hint.is_empty());
    match field.kind {
        FieldKind::Line => {
            let value = typed.value(&name);
            let width = Width::Long;
            view! { <TextField name label value hint error optional width autocomplete="off"/> }.into_any()
        }
        FieldKind::Lines => {
            let value = typed.value(&name);
            view! { <TextArea name label value hint error optional rows=3/> }.into_any()
        }
        FieldKind::Day => {
            let value = typed.value_or(&name, if name == "date" { today } else { "" });
            let hint = hint.unwrap_or_else(|| day_hint.to_owned());
            view! { <TextField name label value hint error optional width=Width::Medium autocomplete="off"/> }
                .into_any()
        }
    }
}

/// Keeps what was filled in.
pub(super) async fn fill_in(req: Req) -> Outcome {
    let (token, fields) = (req.param("token"), typed::answers(&req.form));
    match signing::fill_in(req.ctx(), token, req.address, &fields).await {
        Ok(()) => Ok(Reply::to(at(&req, "/sign"))),
        Err(Refusal::Invalid(_)) => Ok(Reply::to(format!("{}#errors", with_query(&at(&req, ""), "errors", "1")))),
        Err(Refusal::NotPossible(_)) => Ok(Reply::to(at(&req, ""))),
        Err(refusal) => refused(&req, refusal),
    }
}
