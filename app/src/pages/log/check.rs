//! Whether the log is whole: the chain is walked when the page is asked for.

use services::{audit::Verdict, log};

use leptos::prelude::*;

use crate::{
    components::*,
    pages::team::at_home,
    text::{fill, log::texts},
    web::{Outcome, Page, Req},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    at_home(&req)?;
    let verdict = log::verify(req.ctx(), &req.principal, req.workspace()?.org).await?;
    let t = texts(req.lang);
    let back = req.here("/log");
    let (tone, title, text) = match verdict {
        Verdict::Whole(rows) => (Tone::Ok, t.whole.to_owned(), fill(t.whole_text, &[("rows", &rows.to_string())])),
        Verdict::BrokenAt(row) => {
            (Tone::Danger, fill(t.broken, &[("row", &row.to_string())]), t.broken_text.to_owned())
        }
    };
    Page::new(t.check_title, move || {
        view! {
            <FormPage>
                <BackLink href=back label=t.back/>
                <PageTitle title=t.check_title/>
                <Callout tone title><p>{text}</p></Callout>
                <p class="muted">{t.check_how}</p>
            </FormPage>
        }
    })
    .into()
}
