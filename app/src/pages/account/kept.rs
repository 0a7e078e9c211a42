//! What was typed into a form that was sent after its sign-in had ended: shown again to the same person, ready to be sent.

use leptos::prelude::*;
use services::{kept, stash};

use crate::{
    components::*,
    text::account::texts,
    web::{Fields, Outcome, Page, Reply, Req, cookie, stand_in},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let found = match req.cookie(cookie::KEPT) {
        Some(token) => kept::find(req.ctx(), &req.principal, token).await?,
        None => None,
    };
    let t = texts(req.lang);
    let (discard, home) = (req.to("/kept/discard"), req.to("/home"));
    let form = found.map(|found| {
        let fields = found.fields.iter();
        let fields = fields.flat_map(|(name, values)| values.iter().map(|value| (name.to_owned(), value.clone())));
        stand_in::resend(&req, found.path, &Fields(fields.collect()))
    });
    Page::new(t.kept_title, move || {
        let body = match form {
            Some(form) => view! {
                <p>{t.kept}</p>
                {form}
                <PostButton action=discard label=t.kept_discard kind=ButtonKind::Quiet/>
            }
            .into_any(),
            None => view! { <p>{t.kept_nothing}</p><p><a href=home>{t.kept_go_on}</a></p> }.into_any(),
        };
        view! { <ReadingPage><h1>{t.kept_title}</h1>{body}</ReadingPage> }
    })
    .into()
}

/// Forgets it.
pub(super) async fn discard(req: Req) -> Outcome {
    if let Some(token) = req.cookie(cookie::KEPT) {
        stash::forget(req.ctx(), token).await?;
    }
    Ok(Reply::to(req.to("/home")))
}
