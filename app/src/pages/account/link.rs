//! The pages behind one-time links from mails and the console. Opening one only shows what it is for, because mail
//! scanners open links too; the button on the page uses it.
//!
//! A link that was used, has lapsed or never existed gives one and the same page.

use services::{
    Refusal,
    account::{self, SignedIn},
    address,
    link::{self, Link},
    reader,
    register::{self, Confirmed},
    setup,
    team::{self, Offer},
};

use super::{link_views as views, sign_in::signed_in};
use crate::{
    pages,
    text::{account::texts, fill},
    web::{
        Outcome, Page, Reply, Req, cookie,
        paths::with_query,
        typed::{self, Typed},
    },
};

const FORM: &str = "link";

/// Shows what the link is for, with the form that uses it.
pub(super) async fn page(req: Req) -> Outcome {
    let link = match link::peek(req.ctx(), req.param("token")).await {
        Err(Refusal::NotFound) => return dead(&req),
        found => found?,
    };
    let typed = Typed::open(&req, FORM).await?;
    let t = texts(req.lang);
    let title = match &link {
        Link::Confirm(_) => t.confirm_title.to_owned(),
        Link::Invitation(offer) => fill(t.invite_title, &[("org", &offer.org_name)]),
        Link::Reset { .. } => t.reset_title.to_owned(),
        Link::FirstAdministrator => t.first_title.to_owned(),
        Link::Reader(_) => crate::text::reader::texts(req.lang).confirm_title.to_owned(),
        Link::Address { .. } => crate::text::inbox::texts(req.lang).address_confirm_title.to_owned(),
    };
    let wrong = typed.is_wrong();
    let signed_in_as = req.principal.person.as_ref().map(|person| person.email.clone());
    let (lang, path) = (req.lang, req.path.clone());
    Page::new(title, move || views::card(lang, &path, &link, signed_in_as.as_deref(), &typed)).errors(wrong).into()
}

fn dead(req: &Req) -> Outcome {
    let lang = req.lang;
    let (forgot, register) = (req.to("/forgot"), req.to("/register"));
    Page::new(texts(lang).link_dead_title, move || views::dead(lang, forgot, register)).status(404).into()
}

/// Uses the link.
pub(super) async fn consume(req: Req) -> Outcome {
    match by_purpose(&req).await {
        Ok(reply) => {
            typed::done(&req).await?;
            Ok(reply)
        }
        // Somebody else was faster, or the same person pressed twice.
        Err(Refusal::NotFound) => dead(&req),
        Err(refusal) => typed::again(&req, FORM, &req.path, refusal).await,
    }
}

async fn by_purpose(req: &Req) -> Outcome {
    let token = req.param("token");
    match link::peek(req.ctx(), token).await? {
        Link::Confirm(_) => confirm(req).await,
        Link::Invitation(offer) => join(req, &offer).await,
        Link::Reset { .. } => reset(req).await,
        Link::FirstAdministrator => {
            let made = setup::complete(req.ctx(), token, &typed::answers(&req.form), &req.agent).await;
            finish(req, made).await
        }
        Link::Reader(_) => subscribe(req).await,
        Link::Address { .. } => {
            address::confirm(req.ctx(), token).await?;
            Ok(pages::inbox::confirmed(req).into())
        }
    }
}

async fn subscribe(req: &Req) -> Outcome {
    let (token, only_mails) = (req.param("token"), req.form.get("only") == "mails");
    match reader::confirm(req.ctx(), token, only_mails, &typed::answers(&req.form), &req.agent).await? {
        Some(signed) => finish(req, Ok(signed)).await,
        None => Ok(pages::reader::confirmed(req).into()),
    }
}

async fn confirm(req: &Req) -> Outcome {
    let (token, password) = (req.param("token"), req.form.get("password"));
    match register::confirm(req.ctx(), token, password, req.address, &req.agent).await? {
        Confirmed::SignedIn(signed) => finish(req, Ok(*signed)).await,
        Confirmed::SignIn => Ok(Reply::to(with_query(&req.to("/sign-in"), "done", "confirmed"))),
    }
}

async fn join(req: &Req, offer: &Offer) -> Outcome {
    let token = req.param("token");
    if !offer.has_account {
        let made = team::accept_new(req.ctx(), token, req.lang, &typed::answers(&req.form), &req.agent).await;
        return finish(req, made).await;
    }
    let Some(session_token) = &req.session_token else {
        return Ok(Reply::to(with_query(&req.to("/sign-in"), "next", &req.path)));
    };
    let session = team::accept(req.ctx(), &req.principal, session_token, token).await?;
    Ok(Reply::to_with(req.to("/home"), cookie::session(&session.token)))
}

async fn reset(req: &Req) -> Outcome {
    account::reset(req.ctx(), req.param("token"), req.form.get("password")).await?;
    Ok(Reply::to(with_query(&req.to("/sign-in"), "done", "reset")))
}

/// Leads somebody new to where they work.
async fn finish(req: &Req, made: Result<SignedIn, Refusal>) -> Outcome {
    signed_in(req, &made?, None).await
}
