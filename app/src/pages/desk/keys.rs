//! The keys of the desk: their list, the switch, and what a page needs so that they are heard.

use leptos::prelude::*;
use services::Refusal;

use super::place::Desk;
use crate::{
    components::*,
    islands::queue_keys::{KeyWords, QueueKeys},
    text::{
        bulk,
        desk::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req, cookie, paths::own_path},
};

/// Whether the keys are on in this browser; they are until somebody switches them off.
pub fn are_on(req: &Req) -> bool {
    req.cookie(cookie::KEYS) != Some("off")
}

/// The part of a page in which keys are heard, named for those who do not see it.
pub fn region(desk: &Desk, label: &'static str, body: AnyView) -> AnyView {
    if desk.keys {
        view! { <div class="keyed" role="region" aria-label=label data-keys="true" tabindex="-1">{body}</div> }
            .into_any()
    } else {
        view! { <div class="keyed">{body}</div> }.into_any()
    }
}

/// The island and the list it opens; nothing where keys are off.
pub fn mount(desk: &Desk, return_to: String) -> Option<AnyView> {
    let t = desk.t;
    desk.keys.then(|| {
        let words = KeyWords { shown: t.preview_shown.to_owned(), last: t.last_row.to_owned(), first: t.first_row.to_owned(), selected: desk.bulk.selected.to_owned(), none: desk.bulk.selected_none.to_owned() };
        let switch = switch_form(desk, true, return_to);
        view! {
            <QueueKeys words/>
            <Dialog id="keys" title=t.keys_title>
                <p>{t.keys_lead}</p>
                {list(t, desk.bulk)}
                <div class="button-row">
                    <form method="dialog"><button class="button button--primary" type="submit">{t.keys_shut}</button></form>
                    {switch}
                </div>
            </Dialog>
        }
        .into_any()
    })
}

/// The link to the list, which `?` opens.
pub fn link(desk: &Desk) -> AnyView {
    key_link(desk, desk.at("/keys"), desk.t.keys_title, "?", "button button--quiet")
}

/// A link that a key follows.
pub fn key_link(desk: &Desk, href: String, label: &'static str, key: &'static str, class: &'static str) -> AnyView {
    let caps = desk.keys.then(|| key.split(' ').map(|key| view! { <Kbd key/> }).collect_view());
    view! { <a class=class href=href data-key=desk.key(key).get()><span>{label}</span>{caps}</a> }.into_any()
}

/// The way from the overview to here, at the head of each page.
pub fn crumbs(desk: &Desk, queue: Option<String>) -> AnyView {
    let t = desk.t;
    let home = key_link(desk, desk.at("/"), t.overview, "G H", "crumb");
    let queue = queue.map(|href| key_link(desk, href, t.queue, "G Q", "crumb"));
    let search = key_link(desk, desk.at("/search"), t.search, "/", "crumb");
    view! {
        <nav class="crumbs no-print" aria-label=t.here>
            <ul role="list"><li>{home}</li>{queue.map(|queue| view! { <li>{queue}</li> })}<li>{search}</li></ul>
        </nav>
    }
    .into_any()
}

/// The keys and what they do, the most used first.
pub fn list(t: &'static Texts, b: &'static bulk::Texts) -> AnyView {
    let rows: [(&[&str], &str); 21] = [
        (&["J", "K", t.keys_arrows], t.keys_next),
        (&["Enter", "O"], t.keys_open),
        (&["X"], b.keys_select),
        (&["Shift", "J", "K"], b.keys_extend),
        (&["I"], t.keys_mine),
        (&["A"], b.keys_assign),
        (&["M"], b.macro_of),
        (&["1"], t.keys_accept),
        (&["2"], t.keys_duplicate),
        (&["3"], t.keys_close),
        (&["4"], t.keys_ask),
        (&["H"], t.keys_snooze),
        (&["L"], t.labels),
        (&["Z"], t.keys_undo),
        (&["C"], t.keys_note),
        (&["Ctrl", "Enter"], t.keys_send),
        (&["G", "Q"], t.keys_queue),
        (&["G", "H"], t.keys_home),
        (&["/"], t.search),
        (&["Esc"], t.keys_escape),
        (&["?"], t.keys_this),
    ];
    let row = |(keys, meaning): (&[&str], &str)| KeyRow {
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        meaning: meaning.to_owned(),
    };
    let rows = rows.into_iter().map(row).collect();
    view! { <KeyList caption=t.keys_caption rows/> }.into_any()
}

fn switch_form(desk: &Desk, on: bool, return_to: String) -> AnyView {
    let (label, value) = if on { (desk.t.keys_off, "off") } else { (desk.t.keys_on, "on") };
    let hidden = [("keys", value.to_owned()), ("return_to", return_to)];
    let hidden = hidden.map(|(name, value)| (name.to_owned(), value)).into();
    view! { <PostButton action=desk.at("/keys") label kind=ButtonKind::Secondary hidden/> }.into_any()
}

/// The list on a page of its own, with the switch.
pub async fn page(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let t = texts(req.lang);
    let path = req.path;
    Page::new(t.keys_title, move || {
        let crumbs = crumbs(&desk, Some(desk.at("/queue")));
        let state = if desk.keys { t.keys_are_on } else { t.keys_are_off };
        let (list, switch) = (list(t, desk.bulk), switch_form(&desk, desk.keys, path));
        view! {
            <FormPage>
                {crumbs}
                <PageTitle title=t.keys_title lead=t.keys_lead/>
                <p>{state}" "{t.keys_need}</p>
                {switch}
                {list}
            </FormPage>
        }
    })
    .into()
}

/// Switches the keys on or off in this browser and goes back.
pub async fn switch(req: Req) -> Outcome {
    let on = match req.form.get("keys") {
        "on" => true,
        "off" => false,
        _ => return Err(Refusal::NotFound),
    };
    let back = own_path(req.form.get("return_to")).unwrap_or_else(|| req.here("/keys"));
    Ok(Reply::to_with(back, cookie::keys(on)))
}
