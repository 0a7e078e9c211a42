//! The pages behind a link to sign a declaration. Whoever comes has no account and knows nothing of this service: the pages
//! carry the supplier's name, and nothing leads from them into the service.
//!
//! A link that was never given, has lapsed or was taken back gives one and the same page.

pub(crate) mod copy;
mod form;
mod sign;

pub(crate) use form::control;

use domain::access::Action;
use leptos::prelude::*;
use services::{
    Refusal,
    declaration::signing::{self, Behind},
};

use crate::{
    components::*,
    routes::{Route, get, post},
    text::declare::texts,
    web::{Outcome, Page, Req},
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/declare/{token}", Action::UseLink, form::page),
        post("/{lang}/declare/{token}", Action::UseLink, form::fill_in),
        get("/{lang}/declare/{token}/sign", Action::UseLink, sign::page),
        post("/{lang}/declare/{token}/sign", Action::UseLink, sign::sign),
        get("/{lang}/declare/{token}/copy.pdf", Action::UseLink, copy::pdf),
        get("/{lang}/declare/{token}/copy.txt", Action::UseLink, copy::text),
    ]
}

/// What stands behind the link of the address.
async fn behind(req: &Req) -> Result<Behind, Refusal> {
    signing::open(req.ctx(), req.param("token"), req.address).await
}

/// Address of a page behind the link.
fn at(req: &Req, rest: &str) -> String {
    req.to(&format!("/declare/{}{rest}", req.param("token")))
}

/// What a refusal looks like here: without a word of this service.
fn refused(req: &Req, refusal: Refusal) -> Outcome {
    let t = texts(req.lang);
    match refusal {
        Refusal::NotFound => standing(404, t.dead_title, t.dead),
        Refusal::TooOften(_) => standing(429, t.wait_title, t.wait),
        other => Err(other),
    }
}

fn standing(status: u16, title: &'static str, text: &'static str) -> Outcome {
    Page::new(title, move || {
        view! {
            <ReadingPage>
                <h1>{title}</h1>
                <p>{text}</p>
            </ReadingPage>
        }
    })
    .plain("")
    .status(status)
    .into()
}
