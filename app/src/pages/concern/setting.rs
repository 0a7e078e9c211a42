//! Whether an authority takes anonymous concerns.

use leptos::prelude::*;
use services::{Refusal, concern};

use crate::{
    components::*,
    pages::desk::{keys, place::Desk},
    text::concern::texts,
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, desk) = (texts(req.lang), Desk::of(&req)?);
    let door = concern::setting(req.ctx(), &req.principal, desk.org).await?;
    let done = match req.query.get("done") {
        "open" => Some((Tone::Ok, t.done_open)),
        "shut" => Some((Tone::Ok, t.done_shut)),
        "stale" => Some((Tone::Warn, t.stale)),
        _ => None,
    };
    let (here, senders) = (req.here("/concerns"), req.to("/concern"));
    Page::new(t.desk_title, move || {
        let crumbs = keys::crumbs(&desk, None);
        let (title, text, label, kind) = match door.is_open {
            true => (t.desk_open, t.desk_open_text, t.desk_end, ButtonKind::Danger),
            false => (t.desk_shut, t.desk_shut_text, t.desk_begin, ButtonKind::Primary),
        };
        let to = if door.is_open { "no" } else { "yes" };
        let hidden = vec![("version".to_owned(), door.version.to_string()), ("open".to_owned(), to.to_owned())];
        let points = [t.desk_know_1, t.desk_know_2, t.desk_know_3, t.desk_know_4];
        view! {
            <DeskPage>
                {crumbs}
                {done.map(|(tone, title)| view! { <Banner tone title/> })}
                <PageTitle title=t.desk_title lead=t.desk_lead/>
                <Panel title>
                    <p>{text}</p>
                    <p><a href=senders>{t.desk_page}</a></p>
                    <PostButton action=here label kind hidden/>
                </Panel>
                <Panel title=t.desk_know_title>
                    <ul class="points">{points.map(|point| view! { <li>{point}</li> }).collect_view()}</ul>
                </Panel>
            </DeskPage>
        }
    })
    .into()
}

/// Begins, or ends at once.
pub(super) async fn switch(req: Req) -> Outcome {
    let (org, open) = (req.workspace()?.org, req.form.get("open") == "yes");
    let done = match concern::switch(req.ctx(), &req.principal, org, req.posted_version(), open).await {
        Ok(()) if open => "open",
        Ok(()) => "shut",
        Err(Refusal::Stale) => "stale",
        Err(refusal) => return Err(refusal),
    };
    Ok(Reply::to(with_query(&req.here("/concerns"), "done", done)))
}
