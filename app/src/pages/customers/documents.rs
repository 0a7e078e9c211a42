//! Documents of a customer: the list on the file, and the page of one.

use domain::{
    access::Role,
    answers::when::long_date,
    customer::document::{Outcome as Came, standing},
    date::Date,
};
use leptos::prelude::*;
use services::customer::{View, document, document::Document};

use super::{at, document_form, opened, standing as stands};
use crate::{
    components::*,
    format,
    pages::report::place,
    text::{
        customers::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Reply, Req, typed::Typed},
};

/// How a document stands: shape and word.
pub(super) fn status(t: &'static Texts, document: &Document, today: Date) -> AnyView {
    let (shape, word, tone) = match document.ended {
        Some(_) => (Shape::Struck, t.put_aside, Tone::Neutral),
        None => stands(t, standing(document.expires, today), document.expires.is_some()),
    };
    view! { <Status shape word tone/> }.into_any()
}

/// What it is, about whom, and its number.
pub(super) fn name(document: &Document) -> String {
    let parts = [document.kind.label(), &document.about, &document.number];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

pub(super) fn checked(req: &Req, t: &'static Texts, document: &Document) -> String {
    match &document.checked {
        None => t.not_checked.to_owned(),
        Some(checked) => {
            let outcome = checked.outcome.map_or("", Came::label);
            let when = place::moment(req, checked.at);
            fill(t.checked_by, &[("outcome", outcome), ("when", &when), ("who", &checked.by)])
        }
    }
}

/// The part of the file.
pub(super) fn section(req: &Req, t: &'static Texts, view: &View, papers: Vec<Document>, today: Date) -> AnyView {
    let add = view.may_write.then(|| {
        let href = at(req, view.id, "/documents/new");
        view! { <a href=href>{t.document_add}</a> }
    });
    let body = if papers.is_empty() {
        view! { <p class="muted">{t.documents_none}</p> }.into_any()
    } else {
        let columns = [t.document, t.state, t.document_expires, t.check_title, t.document_copy];
        let columns = columns.into_iter().map(Column::new).collect::<Vec<_>>();
        let rows = papers.iter().map(|document| row(req, t, document, today)).collect_view();
        view! { <DataTable id="papers" caption=t.documents_caption caption_hidden=true columns>{rows}</DataTable> }
            .into_any()
    };
    view! {
        <section class="part" aria-labelledby="documents">
            <div class="part__head"><h2 id="documents">{t.documents}</h2>{add}</div>
            {body}
        </section>
    }
    .into_any()
}

fn row(req: &Req, t: &'static Texts, document: &Document, today: Date) -> AnyView {
    let href = at(req, document.customer, &format!("/documents/{}", document.id));
    let (name, status) = (name(document), status(t, document, today));
    let expires = document.expires.map(long_date).unwrap_or_default();
    let copy = match &document.copy {
        None => view! { <span class="muted">{t.copy_none}</span> }.into_any(),
        Some(copy) => view! { <a href=format!("{href}/copy")><bdi>{copy.name.clone()}</bdi></a> }.into_any(),
    };
    let checked = checked(req, t, document);
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{name}</bdi></a></th>
            <td>{status}</td>
            <td>{expires}</td>
            <td><bdi>{checked}</bdi></td>
            <td>{copy}</td>
        </tr>
    }
    .into_any()
}

/// One document: what is written on it, its copy, its check, who had it in hands.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    let id = req.parsed("document")?;
    let found = document::one(req.ctx(), &req.principal, view.id, id).await?;
    let today = document::today(req.ctx(), view.org).await?;
    let written = Typed::open(&req, &document_form::name("written", id)).await?.in_order(document_form::FIELDS);
    let check = Typed::open(&req, &document_form::name("check", id)).await?.in_order(&["", "against", "outcome"]);
    let (wrong, title) = (written.is_wrong() || check.is_wrong(), name(&found));
    Page::new(title.clone(), move || {
        let errors = [written.errors(), check.errors()].concat();
        let done = (req.query.get("done") == "checked").then_some(t.done_checked);
        let done = done.or_else(|| (req.query.get("done") == "changed").then_some(t.done_changed));
        let done = done.map(|title| view! { <Banner tone=Tone::Ok title/> });
        let (status, facts) = (status(t, &found, today), facts(&req, t, &found));
        let acts =
            (view.may_write && found.ended.is_none()).then(|| document_form::acts(&req, t, &found, &written, &check));
        let back = format!("{}#documents", at(&req, view.id, ""));
        view! {
            <FormPage>
                <BackLink href=back label=t.back_file/>
                <ErrorSummary errors/>
                {done}
                <PageTitle title caption=found.customer_name.clone()/>
                <p>{status}</p>
                {facts}
                {acts}
                {custody(&req, t, &found)}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn facts(req: &Req, t: &'static Texts, found: &Document) -> AnyView {
    let day = |day: Option<Date>| day.map(long_date).unwrap_or_default();
    let (who, when) = (&found.added.0, place::moment(req, found.added.1));
    let mut rows = vec![
        SummaryRow::text(t.document_kind, found.kind.label()),
        SummaryRow::text(t.document_about, found.about.clone()),
        SummaryRow::text(t.document_number, found.number.clone()),
        SummaryRow::text(t.document_issuer, found.issuer.clone()),
        SummaryRow::text(t.document_issued, day(found.issued)),
        SummaryRow::text(t.document_expires, day(found.expires)),
        SummaryRow::text(t.document_note, found.note.clone()),
        SummaryRow::text(t.check_title, checked(req, t, found)),
    ];
    if let Some(checked) = &found.checked {
        rows.push(SummaryRow::text(t.checked_against, checked.against.clone()));
    }
    let copy = found.copy.as_ref().map(|copy| {
        let href = at(req, found.customer, &format!("/documents/{}/copy", found.id));
        let about = format!("{} · {}", copy.kind.label(), format::bytes(copy.size));
        view! {
            <p class="evidence__head"><a class="evidence__name" href=href><bdi>{copy.name.clone()}</bdi></a>" "<span class="muted">{about}</span></p>
            <p class="small evidence__hash"><span class="muted">{t.sha256}</span>" "<code>{copy.sha256.clone()}</code></p>
        }
        .into_any()
    });
    rows.push(SummaryRow { key: t.document_copy.to_owned(), value: copy, change_href: None });
    let added = fill(t.added_by, &[("who", who), ("when", &when)]);
    view! { <AnsweredList rows/><p class="small muted"><bdi>{added}</bdi></p> }.into_any()
}

fn custody(req: &Req, t: &'static Texts, found: &Document) -> AnyView {
    let line = |line: &document::Custody| {
        let role = line.role.map_or("", Role::label);
        let told = fill(t.custody_line, &[("act", &line.act), ("role", role), ("who", &line.by)]);
        let (text, datetime) = (place::moment(req, line.at), format::machine(line.at));
        view! { <li><bdi>{told}</bdi>", "<Moment text datetime/></li> }
    };
    let lines = found.custody.iter().map(line).collect_view().into_any();
    view! { <Details summary=t.custody><ol class="small" role="list">{lines}</ol></Details> }.into_any()
}

/// Hands out the copy.
pub(super) async fn copy(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let file = document::open(req.ctx(), &req.principal, view.id, req.parsed("document")?).await?;
    Ok(Reply::Stored(Box::new(file)))
}
