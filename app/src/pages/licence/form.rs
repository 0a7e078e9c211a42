//! Adding an entry to the register, and changing one.

use domain::licence::Sort;
use leptos::prelude::*;
use services::{Refusal, error::Problem, licence};

use super::fields::{fields, order};
use crate::{
    components::*,
    text::{
        fill,
        licence::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

fn asked(req: &Req) -> Sort {
    Sort::from_code(req.query.get("sort")).unwrap_or(Sort::Licence)
}

fn new_name(sort: Sort) -> String {
    format!("new {}", sort.code())
}

/// The form for a new entry.
pub(super) async fn new_page(req: Req) -> Outcome {
    let (t, sort) = (texts(req.lang), asked(&req));
    let typed = Typed::open(&req, &new_name(sort)).await?.in_order(&order(sort.columns()));
    let country = req.workspace()?.country.clone();
    let wrong = typed.is_wrong();
    let title = if sort == Sort::Licence { t.add_licence } else { t.add_permit };
    Page::new(title, move || {
        let kept = |name: &str| if name == "country" { country.clone() } else { String::new() };
        let fields = fields(sort.columns(), &typed, &kept);
        let action = with_query(&req.here("/licences/new"), "sort", sort.code());
        view! {
            <FormPage>
                <BackLink href=req.here("/licences") label=t.back/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title/>
                <form class="stack" method="post" action=action novalidate=true>
                    {fields}
                    <ButtonRow><Button label=t.add/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Adds it.
pub(super) async fn create(req: Req) -> Outcome {
    let (org, sort) = (req.workspace()?.org, asked(&req));
    match licence::create(req.ctx(), &req.principal, org, sort, &typed::answers(&req.form)).await {
        Ok(id) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&req.here(&format!("/licences/{id}")), "done", "added")))
        }
        Err(refusal) => {
            let form = with_query(&req.here("/licences/new"), "sort", sort.code());
            typed::again(&req, &new_name(sort), &form, refusal).await
        }
    }
}

fn edit_name(id: domain::ids::LicenceId) -> String {
    format!("licence {id}")
}

/// The form for an entry that is there.
pub(super) async fn edit_page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let view = licence::view(req.ctx(), &req.principal, req.parsed("licence")?).await?;
    req.in_workspace(view.org)?;
    let columns = view.entry.sort().columns();
    let typed = Typed::open(&req, &edit_name(view.id)).await?.in_order(&order(columns));
    let cells = view.entry.cells(&req.ctx().catalogue());
    let wrong = typed.is_wrong();
    let title = fill(t.edit_title, &[("number", view.entry.number())]);
    Page::new(title.clone(), move || {
        let kept = |name: &str| cells.one(name).to_owned();
        // What was typed counts only while there is something to put right.
        let shown = if wrong { typed.clone() } else { Typed::default() };
        let fields = fields(columns, &shown, &kept);
        let back = req.here(&format!("/licences/{}", view.id));
        view! {
            <FormPage>
                <BackLink href=back label=t.entry/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title caption=view.entry.holder().to_owned()/>
                <form class="stack" method="post" action=req.path.clone() novalidate=true>
                    <input type="hidden" name="version" value=view.version.to_string()/>
                    {fields}
                    <ButtonRow><Button label=t.save/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Who was overtaken sees what is there now, with what they typed.
pub(super) fn overtaken(t: &'static Texts, refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Stale => Refusal::Invalid(vec![Problem::new("", t.stale)]),
        other => other,
    }
}

/// Changes it.
pub(super) async fn save(req: Req) -> Outcome {
    let t = texts(req.lang);
    let view = licence::view(req.ctx(), &req.principal, req.parsed("licence")?).await?;
    req.in_workspace(view.org)?;
    let (seen, typed) = ((view.id, req.posted_version()), typed::answers(&req.form));
    let known = typed.only(|name| view.entry.sort().columns().iter().any(|column| column.name == name));
    match licence::change(req.ctx(), &req.principal, seen, &known).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&req.here(&format!("/licences/{}", view.id)), "done", "changed")))
        }
        Err(refusal) => typed::again(&req, &edit_name(view.id), &req.path, overtaken(t, refusal)).await,
    }
}
