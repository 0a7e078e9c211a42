//! The desk's list of requests: what leaves first stands first. The keys of the queue move in it.

use domain::{
    advice::{State, mark},
    ids::AdviceId,
};
use leptos::prelude::*;
use services::advice::{self, DeskItem};

use super::shown;
use crate::{
    components::*,
    pages::desk::{keys, place::Desk},
    text::{
        advice::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Req, paths::with_query},
};

/// The page; with `?view=done` what is advised and closed.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, desk) = (texts(req.lang), Desk::of(&req)?);
    let done = req.query.get("view") == "done";
    let before: Option<AdviceId> = req.query.get("before").parse().ok();
    let found = advice::queue(req.ctx(), &req.principal, desk.org, done, before).await?;
    let here = desk.at("/advice");
    Page::new(t.desk_title, move || {
        let other = with_query(&here, "view", "done");
        let tab = |label: &str, href: &str, current: bool| Tab {
            label: label.to_owned(),
            href: href.to_owned(),
            current,
            count: None,
        };
        let tabs = vec![tab(t.desk_open, &here, !done), tab(t.desk_done, &other, done)];
        let next = found.items.last().filter(|_| found.more);
        let next = next.map(|item| with_query(&other, "before", &item.id.to_string()));
        let rows: Vec<QueueRow> = found.items.iter().map(|item| row(t, &desk, item)).collect();
        let none = rows.is_empty().then(|| none(t, done));
        let list = view! { {none}<QueueList rows/> }.into_any();
        let (region, crumbs) = (keys::region(&desk, t.desk_title, list), keys::crumbs(&desk, None));
        let (island, keys_link) = (keys::mount(&desk, here.clone()), keys::link(&desk));
        view! {
            <DeskPage>
                {crumbs}
                <PageTitle title=t.desk_title lead=t.desk_lead/>
                <Tabs label=t.desk_views tabs/>
                {region}
                {next.map(|href| view! { <p><a href=href rel="next">{t.earlier}</a></p> })}
                <p>{keys_link}</p>
                {island}
            </DeskPage>
        }
    })
    .with_islands()
    .into()
}

fn none(t: &'static Texts, done: bool) -> AnyView {
    let text = if done { t.desk_done_none } else { t.desk_none };
    view! { <EmptyState title=t.desk_none_title><p>{text}</p></EmptyState> }.into_any()
}

fn row(t: &'static Texts, desk: &Desk, item: &DeskItem) -> QueueRow {
    let with = item.assignee.as_ref().map_or_else(|| t.with_nobody.to_owned(), |name| fill(t.with, &[("name", name)]));
    let place = fill(t.to_country, &[("country", shown::place(item.country))]);
    let facts = vec![item.party.clone(), place, item.company.clone(), with];
    let leaves = shown::countdown(t, item.delivery, desk.zone, desk.now).filter(|_| item.state != State::Closed);
    let due = shown::deadline(t, (item.due, item.state), desk.zone, desk.now, t.due_rests);
    let counsel = item.counsel.map(shown::tag);
    let did = item.did.map(|did| view! { <Tag text=did.label()/> });
    QueueRow {
        reference: mark(item.id),
        title: item.headline.clone(),
        href: desk.at(&format!("/advice/{}", item.id)),
        preview_href: None,
        current: false,
        news: None,
        band: Part::default(),
        clock: view! { {leaves}{due} }.into_any().into(),
        status: view! { {shown::status(item.state)}{counsel}{did} }.into_any().into(),
        facts,
        viewers: None,
    }
}
