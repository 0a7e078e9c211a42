//! Adding a document, putting right what is written on it, noting a check, putting it aside.

use domain::{
    customer::document::{DocumentKind, Outcome as Came},
    evidence::ACCEPT,
    ids::DocumentId,
};
use leptos::prelude::*;
use services::{
    Refusal,
    customer::{View, document, document::Document},
    evidence::{FIELD, Rejected},
};

use super::{at, opened, overtaken, posted_version};
use crate::{
    components::*,
    text::customers::{Texts, texts},
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
        upload,
    },
};

/// The fields in the order of the page.
pub(super) const FIELDS: &[&str] = &["", "kind", "about", "number", "issuer", "issued", "expires", "note", FIELD];

/// By which a form of a document is kept.
pub(super) fn name(form: &str, id: DocumentId) -> String {
    format!("document {form} {id}")
}

fn new_name(view: &View) -> String {
    format!("document of {}", view.id)
}

/// The form for a new document.
pub(super) async fn new_page(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    let typed = Typed::open(&req, &new_name(&view)).await?.in_order(FIELDS);
    let (wrong, caption) = (typed.is_wrong(), view.customer.name().to_owned());
    Page::new(t.document_add, move || {
        let fields = fields(t, &typed, None);
        let back = format!("{}#documents", at(&req, view.id, ""));
        view! {
            <FormPage>
                <BackLink href=back label=t.back_file/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.document_add caption lead=t.document_lead/>
                <form class="stack" method="post" action=req.path.clone() enctype="multipart/form-data" novalidate=true>
                    {fields}
                    <FileField name=FIELD label=t.document_copy hint=t.document_copy_hint error=typed.error(FIELD) accept=ACCEPT one=true/>
                    <ButtonRow><Button label=t.document_act/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// What was typed, else what is kept.
fn fields(t: &'static Texts, typed: &Typed, kept: Option<&Document>) -> AnyView {
    let value = |field: &str, kept: Option<String>| {
        if typed.is_wrong() { typed.value(field) } else { kept.unwrap_or_default() }
    };
    let kinds = DocumentKind::ALL.iter().map(|kind| SelectOption::new(kind.code(), kind.label())).collect();
    let kind = value("kind", kept.map(|kept| kept.kind.code().to_owned()));
    let about = value("about", kept.map(|kept| kept.about.clone()));
    let number = value("number", kept.map(|kept| kept.number.clone()));
    let issuer = value("issuer", kept.map(|kept| kept.issuer.clone()));
    let issued = value("issued", kept.and_then(|kept| kept.issued).map(|day| day.to_string()));
    let expires = value("expires", kept.and_then(|kept| kept.expires).map(|day| day.to_string()));
    let note = value("note", kept.map(|kept| kept.note.clone()));
    view! {
        <SelectField name="kind" label=t.document_kind options=kinds value=kind error=typed.error("kind") width=Width::Medium/>
        <TextField
            name="about" label=t.document_about hint=t.document_about_hint value=about error=typed.error("about")
            optional=true width=Width::Long autocomplete="off"
        />
        <TextField
            name="number" label=t.document_number value=number error=typed.error("number") optional=true
            width=Width::Medium autocomplete="off"
        />
        <TextField
            name="issuer" label=t.document_issuer value=issuer error=typed.error("issuer") optional=true
            width=Width::Long autocomplete="off"
        />
        <TextField
            name="issued" label=t.document_issued hint=t.document_day_hint value=issued error=typed.error("issued")
            optional=true width=Width::Medium autocomplete="off"
        />
        <TextField
            name="expires" label=t.document_expires hint=t.document_expires_hint value=expires
            error=typed.error("expires") optional=true width=Width::Medium autocomplete="off"
        />
        <TextField
            name="note" label=t.document_note value=note error=typed.error("note") optional=true autocomplete="off"
        />
    }
    .into_any()
}

/// Adds a document.
pub(super) async fn add(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    document::may_add(req.ctx(), &req.principal, view.id).await?;
    let mut received = upload::receive(&req).await?;
    let fields = typed::answers(&received.fields);
    let mut wrong: Vec<String> = received.rejected.iter().map(|file| Rejected::problem(file).message).collect();
    if received.too_much || received.arrived.len() > 1 {
        wrong.push(t.document_one_copy.to_owned());
    }
    let done = match wrong.first() {
        Some(wrong) => Err(document::no_copy(wrong)),
        None => document::add(req.ctx(), &req.principal, view.id, &fields, received.arrived.pop()).await.map(drop),
    };
    match done {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(format!("{}#documents", with_query(&at(&req, view.id, ""), "done", "document"))))
        }
        Err(refusal) => {
            let req = Req { form: received.fields, ..req };
            typed::again(&req, &new_name(&view), &req.path, refusal).await
        }
    }
}

/// What can be done with a document: check it, put it right, put it aside.
pub(super) fn acts(req: &Req, t: &'static Texts, found: &Document, written: &Typed, check: &Typed) -> AnyView {
    let here = req.path.clone();
    let (check_action, end_action) = (format!("{here}/check"), format!("{here}/end"));
    let version = found.version.to_string();
    let outcomes = Came::ALL.iter().map(|came| {
        Choice::new(came.code(), came.label()).checked(check.is_wrong() && check.chose("outcome", came.code()))
    });
    let outcomes = outcomes.collect();
    let against = if check.is_wrong() { check.value("against") } else { String::new() };
    let fields = fields(t, written, Some(found));
    let (is_open, hidden) = (written.is_wrong(), vec![("version".to_owned(), version.clone())]);
    let checked_version = version.clone();
    view! {
        <section class="stack no-print" aria-labelledby="check">
            <h2 id="check">{t.check_title}</h2>
            <form class="stack" method="post" action=check_action novalidate=true>
                <input type="hidden" name="version" value=checked_version/>
                <TextArea
                    name="against" label=t.check_against hint=t.check_against_hint value=against
                    error=check.error("against") rows=2
                />
                <Choices name="outcome" legend=t.check_outcome options=outcomes error=check.error("outcome") inline=true/>
                <ButtonRow><Button label=t.check_act/></ButtonRow>
            </form>
            <Details summary=t.change_document open=is_open>
                <form class="stack" method="post" action=here novalidate=true>
                    <input type="hidden" name="version" value=version/>
                    {fields}
                    <ButtonRow><Button label=t.change_document_act kind=ButtonKind::Secondary/></ButtonRow>
                </form>
            </Details>
            <Details summary=t.end_title>
                <p>{t.end_lead}</p>
                <PostButton action=end_action label=t.end_act kind=ButtonKind::Secondary hidden/>
            </Details>
        </section>
    }
    .into_any()
}

/// The customer and the document of the address, and where its page is.
async fn place(req: &Req) -> Result<(View, DocumentId, String), Refusal> {
    let view = opened(req).await?;
    let id: DocumentId = req.parsed("document")?;
    document::one(req.ctx(), &req.principal, view.id, id).await?;
    let page = at(req, view.id, &format!("/documents/{id}"));
    Ok((view, id, page))
}

/// Puts right what is written on it.
pub(super) async fn change(req: Req) -> Outcome {
    let (view, id, page) = place(&req).await?;
    let seen = (id, posted_version(&req));
    let done = document::change(req.ctx(), &req.principal, view.id, seen, &typed::answers(&req.form)).await;
    answered(&req, done, &name("written", id), &page, "changed").await
}

/// Notes a check.
pub(super) async fn check(req: Req) -> Outcome {
    let (view, id, page) = place(&req).await?;
    let seen = (id, posted_version(&req));
    let done = document::check(req.ctx(), &req.principal, view.id, seen, &typed::answers(&req.form)).await;
    answered(&req, done, &name("check", id), &page, "checked").await
}

async fn answered(req: &Req, done: Result<(), Refusal>, form: &str, page: &str, word: &str) -> Outcome {
    match done {
        Ok(()) => {
            typed::done(req).await?;
            Ok(Reply::to(with_query(page, "done", word)))
        }
        Err(refusal) => typed::again(req, form, page, overtaken(texts(req.lang), refusal)).await,
    }
}

/// Puts it aside.
pub(super) async fn end(req: Req) -> Outcome {
    let (view, id, _) = place(&req).await?;
    document::end(req.ctx(), &req.principal, view.id, (id, posted_version(&req))).await?;
    Ok(Reply::to(format!("{}#documents", with_query(&at(&req, view.id, ""), "done", "ended"))))
}
