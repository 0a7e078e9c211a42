//! What an officer does with a declaration: the targets of the forms on its page.

use domain::ids::{DeclarationId, DeclarationOrderId};
use services::{
    Refusal,
    declaration::{self, Recorded},
};

use super::{at, opened, overtaken, posted_version};
use crate::{
    text::declarations::texts,
    web::{
        Outcome, Reply, Req,
        paths::with_query,
        typed::{self, answers},
    },
};

/// By which a form of a declaration is kept.
pub(super) fn name(form: &str, id: DeclarationId) -> String {
    format!("declaration {form} {id}")
}

/// The customer of the address, the declaration as the form saw it, and where its page is.
async fn place(req: &Req) -> Result<(domain::ids::CustomerId, (DeclarationId, i64), String), Refusal> {
    let view = opened(req).await?;
    let id: DeclarationId = req.parsed("declaration")?;
    Ok((view.id, (id, posted_version(req)), at(req, view.id, &format!("/declarations/{id}"))))
}

async fn answered(req: &Req, done: Result<&str, Refusal>, form: &str, id: DeclarationId, page: &str) -> Outcome {
    match done {
        Ok(word) => {
            typed::done(req).await?;
            Ok(Reply::to(with_query(page, "done", word)))
        }
        Err(refusal) => typed::again(req, &name(form, id), page, overtaken(texts(req.lang), refusal)).await,
    }
}

/// Sends the link.
pub(super) async fn send(req: Req) -> Outcome {
    let (customer, seen, page) = place(&req).await?;
    let done = declaration::send(req.ctx(), &req.principal, customer, seen).await;
    answered(&req, done.map(|()| "sent"), "act", seen.0, &page).await
}

/// Takes it back.
pub(super) async fn withdraw(req: Req) -> Outcome {
    let (customer, seen, page) = place(&req).await?;
    let done = declaration::withdraw(req.ctx(), &req.principal, customer, seen).await;
    answered(&req, done.map(|()| "withdrawn"), "act", seen.0, &page).await
}

/// Keeps one that was signed on paper.
pub(super) async fn paper(req: Req) -> Outcome {
    let (customer, seen, page) = place(&req).await?;
    let done = declaration::sign_on_paper(req.ctx(), &req.principal, customer, seen, &answers(&req.form)).await;
    answered(&req, done.map(|()| "paper"), "paper", seen.0, &page).await
}

/// Accepts it.
pub(super) async fn accept(req: Req) -> Outcome {
    let (customer, seen, page) = place(&req).await?;
    let done = declaration::accept(req.ctx(), &req.principal, customer, seen, &answers(&req.form)).await;
    answered(&req, done.map(|()| "accepted"), "accept", seen.0, &page).await
}

/// Puts it in doubt.
pub(super) async fn doubt(req: Req) -> Outcome {
    let (customer, seen, page) = place(&req).await?;
    let done = declaration::doubt(req.ctx(), &req.principal, customer, seen, &answers(&req.form)).await;
    answered(&req, done.map(|()| "doubt"), "doubt", seen.0, &page).await
}

/// Ends it.
pub(super) async fn end(req: Req) -> Outcome {
    let (customer, seen, page) = place(&req).await?;
    let done = declaration::end(req.ctx(), &req.principal, customer, seen, &answers(&req.form)).await;
    answered(&req, done.map(|()| "ended"), "end", seen.0, &page).await
}

/// Records an order.
pub(super) async fn record(req: Req) -> Outcome {
    let (customer, seen, page) = place(&req).await?;
    let done = declaration::record(req.ctx(), &req.principal, customer, seen, &answers(&req.form)).await;
    let word = |recorded| if recorded == Recorded::UsedUp { "used-up" } else { "recorded" };
    answered(&req, done.map(word), "order", seen.0, &page).await
}

/// Strikes an order out.
pub(super) async fn strike(mut req: Req) -> Outcome {
    let (customer, seen, page) = place(&req).await?;
    let order: DeclarationOrderId = req.parsed("order")?;
    let done = declaration::strike(req.ctx(), &req.principal, customer, (seen, order), &answers(&req.form)).await;
    // Which order it was stands in the address; the page needs it to show what was typed at its place.
    req.form.0.retain(|(name, _)| name != "order");
    req.form.0.push(("order".to_owned(), order.to_string()));
    answered(&req, done.map(|()| "struck"), "strike", seen.0, &page).await
}
