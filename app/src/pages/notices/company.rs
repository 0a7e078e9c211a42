//! Notices in a company's workspace: those that concern it.

use domain::notice::NoticeRef;
use leptos::prelude::*;
use services::notice;

use super::{one as reader, public};
use crate::{
    components::*,
    text::notices::texts,
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let filter = public::filter(&req.query);
    let after: Option<NoticeRef> = req.query.get("after").parse().ok();
    let found = notice::received(req.ctx(), &req.principal, org, &filter, after.as_ref()).await?;
    Page::new(t.title, move || {
        let (base, everywhere) = (req.here("/notices"), req.to("/notices"));
        let (narrow, chips) = (public::form(&req, t, &base, &filter), public::chips(&req, t, &base, &filter));
        let items = public::items(&req, t, &base, &found.items, t.none_company);
        let next = found.items.last().filter(|_| found.more).map(|item| {
            let href = with_query(&public::address(&base, &filter), "after", &item.reference.to_string());
            view! { <p><a href=href rel="next">{t.older}</a></p> }
        });
        view! {
            <FormPage>
                <PageTitle title=t.title lead=t.lead_company/>
                {narrow}
                {chips}
                {items}
                {next}
                <p><a href=everywhere>{t.public_page}</a></p>
            </FormPage>
        }
    })
    .into()
}

pub(super) async fn one(req: Req) -> Outcome {
    let org = req.workspace()?.org;
    let found = notice::shown_to(req.ctx(), &req.principal, org, &req.parsed("notice")?).await?;
    let asked = notice::opened(req.ctx(), &req.principal, &found).await?;
    let list = req.here("/notices");
    reader::whole(&req, found, list, asked).await
}

pub(super) async fn acknowledge(req: Req) -> Outcome {
    let (org, reference) = (req.workspace()?.org, req.parsed::<NoticeRef>("notice")?);
    // Behind the rule of the page that has the form.
    notice::shown_to(req.ctx(), &req.principal, org, &reference).await?;
    notice::acknowledge(req.ctx(), &req.principal, &reference).await?;
    Ok(Reply::to(format!("{}#{}", req.here(&format!("/notices/{reference}")), reader::ASKED)))
}
