//! The whole text and the signature under it.

use leptos::prelude::*;
use services::{
    Refusal,
    declaration::signing::{self, Behind, SIGNATURE},
};

use super::{at, behind, refused};
use crate::{
    components::*,
    text::declare::texts,
    web::{Outcome, Page, Reply, Req, paths::with_query, typed::Typed},
};

/// The text, with the field for the signature.
pub(super) async fn page(req: Req) -> Outcome {
    let waiting = match behind(&req).await {
        Ok(Behind::ToSign(waiting)) => *waiting,
        Ok(Behind::Copy(_)) => return Ok(Reply::to(at(&req, ""))),
        Err(refusal) => return refused(&req, refusal),
    };
    let ready = match waiting.ready() {
        Ok(ready) => ready,
        Err(Refusal::Invalid(_)) => return Ok(Reply::to(with_query(&at(&req, ""), "errors", "1"))),
        Err(refusal) => return Err(refusal),
    };
    let t = texts(req.lang);
    let problems = match req.query.get("errors") {
        "" => Vec::new(),
        "text" => signing::other_text(),
        _ => waiting.signature_problems(),
    };
    let typed = Typed::new(waiting.typed.clone(), problems);
    let (wrong, on_top) = (typed.is_wrong(), waiting.request.supplier.name.clone());
    Page::new(t.read_title, move || {
        let value = if wrong { typed.value(SIGNATURE) } else { String::new() };
        let (text, sha256) = (ready.text.clone(), ready.sha256.clone());
        view! {
            <FormPage>
                <BackLink href=at(&req, "") label=t.back/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.read_title lead=t.read_lead/>
                <section class="stack" aria-labelledby="text">
                    <h2 id="text">{t.text_title}</h2>
                    <pre class="declared">{text}</pre>
                </section>
                <form class="stack" method="post" action=at(&req, "/sign") novalidate=true>
                    <input type="hidden" name="seen" value=sha256/>
                    <TextField
                        name=SIGNATURE label=t.signature hint=t.signature_hint value error=typed.error(SIGNATURE)
                        width=Width::Long autocomplete="off"
                    />
                    <ButtonRow><Button label=t.sign/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .plain(on_top)
    .into()
}

/// Signs.
pub(super) async fn sign(req: Req) -> Outcome {
    let (token, signature, seen) = (req.param("token"), req.form.get(SIGNATURE), req.form.get("seen"));
    let again = |what: &str| Ok(Reply::to(format!("{}#errors", with_query(&at(&req, "/sign"), "errors", what))));
    match signing::sign(req.ctx(), token, req.address, signature, seen).await {
        Ok(()) => Ok(Reply::to(at(&req, ""))),
        Err(Refusal::Stale) => again("text"),
        Err(Refusal::Invalid(_)) => again("signature"),
        Err(refusal) => refused(&req, refusal),
    }
}
