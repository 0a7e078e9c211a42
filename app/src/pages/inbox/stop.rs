//! Unsubscribing by a mail's link. Opening it only shows the button, because mail scanners open links too; a mail program
//! that presses it for its owner (RFC 8058) gets the page at once, without being led anywhere.

use domain::notify::Channel;
use leptos::prelude::*;
use services::{
    Refusal,
    notify::stop::{self, What},
};

use crate::{
    components::*,
    text::{
        fill,
        inbox::{Texts, texts},
    },
    web::{Outcome, Page, Req},
};

/// What the link stops, with the button.
pub(super) async fn page(req: Req) -> Outcome {
    match stop::look(req.ctx(), req.param("token")).await {
        Ok((what, true)) => Ok(stopped(&req, what).into()),
        Ok((what, false)) => Ok(offered(&req, what, false).into()),
        Err(Refusal::NotFound) => Ok(unknown(&req).into()),
        Err(other) => Err(other),
    }
}

/// Stops, or with `again` begins anew.
pub(super) async fn press(req: Req) -> Outcome {
    let (token, again) = (req.param("token"), req.form.has("again"));
    let done = if again { stop::again(req.ctx(), token).await } else { stop::stop(req.ctx(), token).await };
    match done {
        Ok(what) if again => Ok(offered(&req, what, true).into()),
        Ok(what) => Ok(stopped(&req, what).into()),
        Err(Refusal::NotFound) => Ok(unknown(&req).into()),
        Err(other) => Err(other),
    }
}

fn offered(req: &Req, what: What, again: bool) -> Page {
    let (t, action) = (texts(req.lang), req.path.clone());
    let title = if again { t.again_title } else { t.stop_title };
    let kind = if again { ButtonKind::Secondary } else { ButtonKind::Primary };
    Page::new(title, move || {
        view! {
            <ReadingPage>
                <h1>{title}</h1>
                <p>{said(t, what)}</p>
                <p>{t.stop_kept}</p>
                <PostButton action label=t.stop_act kind/>
            </ReadingPage>
        }
    })
}

fn said(t: &'static Texts, what: What) -> String {
    match what {
        What::Topic(topic) => fill(t.stop_topic, &[("what", topic.label())]),
        What::Digest(Channel::Weekly) => t.stop_weekly.to_owned(),
        What::Digest(_) => t.stop_daily.to_owned(),
    }
}

fn stopped(req: &Req, what: What) -> Page {
    let (t, action, settings) = (texts(req.lang), req.path.clone(), req.to("/me/told"));
    Page::new(t.stopped_title, move || {
        let (text, again) = match what {
            What::Topic(topic) => {
                let hidden = vec![("again".to_owned(), "1".to_owned())];
                let again = view! { <PostButton action label=t.again hidden kind=ButtonKind::Secondary/> };
                (fill(t.stopped_topic, &[("what", topic.label())]), Some(again))
            }
            What::Digest(_) => (t.stopped_digest.to_owned(), None),
        };
        view! {
            <ReadingPage>
                <h1>{t.stopped_title}</h1>
                <p>{text}</p>
                {again}
                <p><a href=settings>{t.settings}</a></p>
            </ReadingPage>
        }
    })
}

fn unknown(req: &Req) -> Page {
    let (t, settings) = (texts(req.lang), req.to("/me/told"));
    Page::new(t.stop_unknown_title, move || {
        view! {
            <ReadingPage>
                <h1>{t.stop_unknown_title}</h1>
                <p>{t.stop_unknown}</p>
                <p><a href=settings>{t.settings}</a></p>
            </ReadingPage>
        }
    })
    .status(404)
}
