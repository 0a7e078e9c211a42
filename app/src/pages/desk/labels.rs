//! The authority's labels: their list, adding, changing and removing one. For supervisors.

use domain::{ids::LabelId, label::Colour};
use leptos::prelude::*;
use services::{
    Refusal,
    label::{self, Label},
};

use super::{managed::Managed, place::Desk};
use crate::{
    components::*,
    text::{
        fill,
        labels::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const NEW: &str = "new label";

/// The list, with a form for a new one.
pub async fn page(req: Req) -> Outcome {
    let (desk, t) = (Desk::of(&req)?, texts(req.lang));
    let labels = label::list(req.ctx(), &req.principal, desk.org).await?;
    let typed = Typed::open(&req, NEW).await?;
    let done = match req.query.get("done") {
        "added" => Some(t.done_added),
        "changed" => Some(t.done_changed),
        "removed" => Some(t.done_removed),
        _ => None,
    };
    let (title, lead, add_title) = (t.labels_title, t.labels_lead, t.add_title);
    Managed { room: "/labels", title, lead, add_title, add: t.add, done }
        .page(desk, typed, move |desk, typed| (list(t, desk, &labels), fields(t, typed, "", "")))
}

fn list(t: &'static Texts, desk: &Desk, labels: &[Label]) -> AnyView {
    if labels.is_empty() {
        return view! { <EmptyState title=t.labels_none_title><p>{t.labels_none}</p></EmptyState> }.into_any();
    }
    let row = |label: &Label| {
        let (href, name) = (desk.at(&format!("/labels/{}", label.id)), label.name.clone());
        view! {
            <tr>
                <th scope="row"><Sticker text=name.clone() colour=label.colour.code()/></th>
                <td>{label.colour.label()}</td>
                <td><a href=href>{t.act}<span class="unseen">" "{name}</span></a></td>
            </tr>
        }
    };
    let rows = labels.iter().map(row).collect_view();
    let columns = vec![Column::new(t.label), Column::new(t.colour), Column::unlabelled(t.act)];
    view! { <DataTable id="labels" caption=t.labels_caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn fields(t: &'static Texts, typed: &Typed, name: &str, colour: &str) -> AnyView {
    let colours = Colour::ALL.iter().map(|colour| SelectOption::new(colour.code(), colour.label())).collect();
    let (value, error) = (typed.value_or("name", name), typed.error("name"));
    let (chosen, wrong) = (typed.value_or("colour", colour), typed.error("colour"));
    view! {
        <TextField name="name" label=t.name hint=t.name_hint value error width=Width::Medium autocomplete="off"/>
        <SelectField name="colour" label=t.colour hint=t.colour_hint options=colours value=chosen error=wrong blank=t.choose/>
    }
    .into_any()
}

fn back(req: &Req, done: &str) -> Outcome {
    Ok(Reply::to(with_query(&req.here("/labels"), "done", done)))
}

/// Adds one.
pub async fn add(req: Req) -> Outcome {
    let org = req.workspace()?.org;
    match label::add(req.ctx(), &req.principal, org, &typed::answers(&req.form)).await {
        Ok(_) => {
            typed::done(&req).await?;
            back(&req, "added")
        }
        Err(refusal) => typed::again(&req, NEW, &req.here("/labels"), refusal).await,
    }
}

/// The label of the address, at this desk, and how many reports carry it.
async fn asked(req: &Req) -> Result<(Label, i64), Refusal> {
    label::detail(req.ctx(), &req.principal, req.workspace()?.org, req.parsed::<LabelId>("label")?).await
}

fn form(label: &Label) -> String {
    format!("label {}", label.id)
}

/// One label, to be changed.
pub async fn one(req: Req) -> Outcome {
    let (label, _) = asked(&req).await?;
    let t = texts(req.lang);
    let typed = Typed::open(&req, &form(&label)).await?;
    let wrong = typed.is_wrong();
    let title = fill(t.change_title, &[("name", &label.name)]);
    Page::new(title.clone(), move || {
        let fields = fields(t, &typed, &label.name, label.colour.code());
        let remove = format!("{}/remove", req.path);
        view! {
            <ConfirmPage
                title action=req.path.clone() confirm=t.change cancel_href=req.here("/labels") errors=typed.errors()
            >
                <p>{t.change_lead}</p>
                {fields}
                <p><a href=remove>{t.remove}</a></p>
            </ConfirmPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Changes it.
pub async fn change(req: Req) -> Outcome {
    let (label, _) = asked(&req).await?;
    match label::change(req.ctx(), &req.principal, label.id, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            back(&req, "changed")
        }
        Err(refusal) => typed::again(&req, &form(&label), &req.path, refusal).await,
    }
}

/// Asks before one is removed.
pub async fn ask(req: Req) -> Outcome {
    let (label, count) = asked(&req).await?;
    let t = texts(req.lang);
    let title = fill(t.remove_title, &[("name", &label.name)]);
    let told = match count {
        0 => t.remove_none.to_owned(),
        1 => t.remove_one.to_owned(),
        count => fill(t.remove_some, &[("count", &count.to_string())]),
    };
    Page::new(title.clone(), move || {
        view! {
            <ConfirmPage title action=req.path.clone() confirm=t.remove cancel_href=req.here("/labels") danger=true>
                <p>{told}</p>
            </ConfirmPage>
        }
    })
    .into()
}

/// Removes it.
pub async fn remove(req: Req) -> Outcome {
    let (label, _) = asked(&req).await?;
    label::remove(req.ctx(), &req.principal, label.id).await?;
    back(&req, "removed")
}
