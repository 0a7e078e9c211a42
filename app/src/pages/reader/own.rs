//! A reader's own pages: where they begin, what they say of themselves, deleting the account.

use leptos::prelude::*;
use services::{
    Refusal,
    reader::{self, Reader},
};

use super::subscribe::about_fields;
use crate::{
    components::*,
    pages::account::{country_name, signed_out_to},
    text::{fill, reader::texts},
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const FORM: &str = "reader";
const DELETE: &str = "reader-delete";

/// Where a reader begins.
pub(crate) fn home(req: &Req, reader: &Reader) -> Page {
    let t = texts(req.lang);
    let audience = reader.audience.map_or("", |audience| audience.label());
    let country = country_name(&reader.country);
    let lead = fill(t.home_lead, &[("audience", audience), ("country", &country)]);
    let rows = [
        (t.home_inbox, "/me/inbox", t.home_inbox_text),
        (t.home_settings, "/me/told", t.home_settings_text),
        (t.home_about, "/me/reader", t.home_about_text),
        (t.home_account, "/me", t.home_account_text),
        (t.home_delete, "/me/delete", t.home_delete_text),
    ];
    let rows = rows.map(|(title, path, text)| LinkRow::new(title, req.to(path)).text(text)).into();
    Page::new(t.home_title, move || {
        view! { <FormPage><PageTitle title=t.home_title lead/><LinkRows rows/></FormPage> }
    })
}

/// Members of organisations are no readers; their account is another page.
fn elsewhere(req: &Req) -> Reply {
    Reply::to(req.to("/me"))
}

/// What one says of oneself.
pub(super) async fn page(req: Req) -> Outcome {
    let reader = match reader::own(req.ctx(), &req.principal).await {
        Err(Refusal::NotFound) => return Ok(elsewhere(&req)),
        found => found?,
    };
    let typed = Typed::open(&req, FORM).await?;
    let (t, wrong) = (texts(req.lang), typed.is_wrong());
    Page::new(t.about_title, move || {
        let saved = (!typed.is_wrong() && req.query.get("done") == "saved")
            .then(|| view! { <Banner tone=Tone::Ok title=t.about_saved/> });
        let fields = about_fields(req.lang, &typed, Some(&reader));
        let trust = fill(t.about_trust, &[("trust", reader.trust.label())]);
        view! {
            <FormPage>
                <ErrorSummary errors=typed.errors()/>
                {saved}
                <PageTitle title=t.about_title lead=t.about_lead/>
                <p>{trust}</p>
                <form class="stack" method="post" action=req.to("/me/reader") novalidate=true>
                    {fields}
                    <Button label=t.about_save/>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Saves it.
pub(super) async fn save(req: Req) -> Outcome {
    let page = req.to("/me/reader");
    match reader::change(req.ctx(), &req.principal, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&page, "done", "saved")))
        }
        Err(Refusal::NotFound) => Ok(elsewhere(&req)),
        Err(refusal) => typed::again(&req, FORM, &page, refusal).await,
    }
}

/// Asks whether one is sure.
pub(super) async fn delete_page(req: Req) -> Outcome {
    if let Err(Refusal::NotFound) = reader::own(req.ctx(), &req.principal).await {
        return Ok(elsewhere(&req));
    }
    let typed = Typed::open(&req, DELETE).await?;
    let (t, wrong) = (texts(req.lang), typed.is_wrong());
    Page::new(t.delete_title, move || {
        view! {
            <FormPage>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.delete_title lead=t.delete_lead/>
                <form class="stack" method="post" action=req.to("/me/delete") novalidate=true>
                    <Checkbox name="confirmed" label=t.delete_sure value="yes" error=typed.error("confirmed")/>
                    <Button label=t.delete_act kind=ButtonKind::Danger/>
                </form>
                <p><a href=req.to("/home")>{t.back}</a></p>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Deletes the account.
pub(super) async fn delete(req: Req) -> Outcome {
    match reader::delete(req.ctx(), &req.principal, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(signed_out_to(&req.to("/account-deleted")))
        }
        Err(Refusal::NotFound) => Ok(elsewhere(&req)),
        Err(refusal) => typed::again(&req, DELETE, &req.to("/me/delete"), refusal).await,
    }
}

/// What is shown after that.
pub(super) async fn deleted(req: Req) -> Outcome {
    let t = texts(req.lang);
    Page::new(t.deleted_title, move || {
        view! { <ReadingPage><h1>{t.deleted_title}</h1><p>{t.deleted}</p></ReadingPage> }
    })
    .into()
}
