//! Pages that stand in when a page cannot be shown: not found, stale, out of order, signed out.

use leptos::prelude::*;
use services::{Refusal, kept};

use super::{Fields, Page, Req, cookie, paths::with_query, typed};
use crate::{
    components::ReadingPage,
    text::{errors, fill},
};

/// The page for a refusal that a handler did not turn into one of its own. `number` identifies a fault in the log.
#[must_use]
pub fn refusal(req: &Req, refusal: &Refusal, number: &str) -> Page {
    let t = errors::texts(req.lang);
    match refusal {
        Refusal::NotSignedIn | Refusal::FactorFirst | Refusal::NotFound => {
            page(req, 404, t.not_found_title, t.not_found.to_owned())
        }
        Refusal::Invalid(problems) => {
            let text = problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ");
            page(req, 422, t.not_possible_title, text)
        }
        Refusal::NotPossible(why) => page(req, 409, t.not_possible_title, why.clone()),
        Refusal::Stale => page(req, 409, t.stale_title, t.stale.to_owned()),
        Refusal::TooOften(seconds) => {
            page(req, 429, t.too_often_title, fill(t.too_often, &[("seconds", &seconds.to_string())]))
        }
        Refusal::Unavailable(_) => again(req, 503, t.unavailable_title, t.unavailable.to_owned()),
        Refusal::Fault(_) => {
            let text = format!("{} {}", t.fault, fill(t.number, &[("number", number)]));
            again(req, 500, t.fault_title, text)
        }
    }
}

/// A form was sent after the sign-in had ended. What was typed is kept for the person whose sign-in it was, who is led back
/// to it by signing in; where nobody knows whose it was, it is in this page only, ready to be sent again.
pub async fn signed_out(req: &Req) -> Page {
    let t = errors::texts(req.lang);
    let sign_in = req.to("/sign-in");
    let Some(token) = keep(req).await else {
        return first(req, 401, [t.session_title, t.session, t.session_sign_in], sign_in);
    };
    let back = with_query(&sign_in, "next", &req.to("/kept"));
    let below = view! {
        <p><a class="button button--secondary" href=back>{t.session_sign_in_here}</a></p>
        {resend(req, req.path.clone(), &req.form)}
    };
    standing(401, t.session_title, t.session_kept.to_owned(), below.into_any()).cookie(cookie::kept(&token))
}

/// Keeps a form that came too late; none if there is nothing to keep, or nobody to keep it for.
async fn keep(req: &Req) -> Option<String> {
    let session = req.cookie(cookie::SESSION).filter(|_| !req.form.0.is_empty())?;
    let fields = typed::answers(&req.form).only(|name| !typed::is_secret(name));
    match kept::keep(req.ctx(), session, req.cookie(cookie::KEPT), &req.path, &fields).await {
        Ok(token) => token,
        Err(error) => {
            // It is still in the page.
            tracing::warn!(%error, "a form that came too late could not be kept");
            None
        }
    }
}

/// A form was sent by somebody whose role asks for a second factor since it was opened: everything typed is in the page.
#[must_use]
pub fn factor_first(req: &Req) -> Page {
    let t = errors::texts(req.lang);
    first(req, 409, [t.factor_title, t.factor, t.factor_set_up], req.to("/me/factor"))
}

/// Something has to be done elsewhere first; what was typed is in the page.
fn first(req: &Req, status: u16, [title, text, link]: [&'static str; 3], href: String) -> Page {
    let below = view! {
        <p><a class="button button--secondary" href=href target="_blank" rel="noopener">{link}</a></p>
        {resend(req, req.path.clone(), &req.form)}
    };
    standing(status, title, text.to_owned(), below.into_any())
}

/// A form that was opened by one person and sent by another.
#[must_use]
pub fn other_person(req: &Req) -> Page {
    let t = errors::texts(req.lang);
    page(req, 403, t.other_person_title, t.other_person.to_owned())
}

/// A page with a heading, a paragraph and the way back to the start.
#[must_use]
pub fn page(req: &Req, status: u16, title: &'static str, text: String) -> Page {
    let t = errors::texts(req.lang);
    let start = req.here("/");
    standing(status, title, text, view! { <p><a href=start>{t.to_start}</a></p> }.into_any())
}

/// A heading, a paragraph, and what one can do.
fn standing(status: u16, title: &'static str, text: String, below: AnyView) -> Page {
    Page::new(title, move || {
        view! {
            <ReadingPage>
                <h1>{title}</h1>
                <p>{text}</p>
                {below}
            </ReadingPage>
        }
    })
    .status(status)
}

/// The same, with what was typed ready to be sent again.
fn again(req: &Req, status: u16, title: &'static str, text: String) -> Page {
    let form = (!req.form.0.is_empty()).then(|| resend(req, req.path.clone(), &req.form));
    standing(status, title, text, form.into_any())
}

/// A form with these fields, ready to be sent to `path`.
pub fn resend(req: &Req, path: String, fields: &Fields) -> AnyView {
    let t = errors::texts(req.lang);
    let kept: Vec<_> = fields.0.iter().filter(|(name, _)| !typed::is_secret(name)).cloned().collect();
    let shown: Vec<_> =
        kept.iter().filter(|(name, value)| !name.starts_with('_') && !value.is_empty()).cloned().collect();
    view! {
        <form method="post" action=path>
            {kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()}
            <dl class="kept">
                {shown.into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd><bdi>{value}</bdi></dd> }).collect_view()}
            </dl>
            <button class="button" type="submit">{t.session_again}</button>
        </form>
    }
    .into_any()
}
