//! The note that one shift leaves to the next: on top of the queue, and on a page of its own with its versions.

use leptos::prelude::*;
use services::{
    Refusal,
    desk::{self as reports, Handover, HandoverPage},
};

use super::{keys, place::Desk};
use crate::{
    components::*,
    format,
    text::fill,
    web::{Outcome, Page, Reply, Req, typed, typed::Typed},
};

/// Name under which what was typed is kept.
const FORM: &str = "handover";

/// The note on top of the queue: open until one says that one has read it. Without a note, the way to write one.
pub fn sheet(desk: &Desk, note: Option<Handover>, writes: bool) -> AnyView {
    let t = desk.t;
    let href = desk.at("/handover");
    let Some(note) = note.filter(|note| !note.text.is_empty()) else {
        return writes.then(|| view! { <p class="no-print"><a href=href>{t.handover_write}</a></p> }).into_any();
    };
    let (mark, tone) = if note.read { (t.handover_read, Tone::Neutral) } else { (t.handover_unread, Tone::Info) };
    let by = fill(t.handover_by, &[("at", &desk.moment(note.at)), ("name", &note.by)]);
    let text = note.text.clone();
    let read = (!note.read).then(|| read_button(desk, note.version));
    view! {
        <details class="handover no-print" open=!note.read>
            <summary class="handover__head">
                <span class="handover__title">{t.handover}</span>" "<Tag text=mark tone/>" "
                <span class="handover__by"><bdi>{by}</bdi></span>
            </summary>
            <p class="handover__text typed" dir="auto">{text}</p>
            <div class="button-row">
                {read}
                <LinkButton href label=t.handover_open kind=ButtonKind::Quiet/>
            </div>
        </details>
    }
    .into_any()
}

fn read_button(desk: &Desk, version: i64) -> AnyView {
    let hidden = vec![("version".to_owned(), version.to_string())];
    let action = desk.at("/handover/read");
    view! { <PostButton action label=desk.t.handover_have_read kind=ButtonKind::Secondary hidden/> }.into_any()
}

/// The page.
pub async fn page(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let found = reports::handover_page(req.ctx(), &req.principal, desk.org).await?;
    let typed = Typed::open(&req, FORM).await?;
    Ok(shown(desk, found, typed, false).into())
}

fn shown(desk: Desk, found: HandoverPage, typed: Typed, stale: bool) -> Page {
    let t = desk.t;
    let (wrong, errors) = (typed.is_wrong(), typed.errors());
    let page = Page::new(t.handover, move || {
        let crumbs = keys::crumbs(&desk, Some(desk.at("/queue")));
        let told = stale.then(|| told_stale(&desk, found.current.as_ref()));
        let read =
            found.current.as_ref().filter(|note| !note.read && !stale).map(|note| read_button(&desk, note.version));
        let form = if found.writes { form(&desk, found.current.as_ref(), &typed) } else { text(&desk, &found) };
        let readers = readers(&desk, &found);
        let versions = versions(&desk, &found);
        view! {
            <FormPage>
                {crumbs}
                <ErrorSummary errors/>
                <PageTitle title=t.handover lead=t.handover_lead/>
                {told}
                {form}
                {read}
                {readers}
                {versions}
            </FormPage>
        }
    });
    if stale { page.status(409) } else { page.errors(wrong) }
}

/// What a colleague wrote meanwhile, over the form that holds what one typed.
fn told_stale(desk: &Desk, current: Option<&Handover>) -> AnyView {
    let t = desk.t;
    let (by, text) = current.map_or_else(Default::default, |note| {
        (fill(t.handover_by, &[("at", &desk.moment(note.at)), ("name", &note.by)]), note.text.clone())
    });
    let href = desk.at("/handover");
    view! {
        <Callout tone=Tone::Warn title=t.handover_stale_title>
            <p>{t.handover_stale}</p>
            <p><b><bdi>{by}</bdi></b></p>
            <p class="typed" dir="auto">{text}</p>
            <p><a href=href>{t.handover_discard}</a></p>
        </Callout>
    }
    .into_any()
}

fn form(desk: &Desk, current: Option<&Handover>, typed: &Typed) -> AnyView {
    let t = desk.t;
    let (version, stands) = current.map_or((0, ""), |note| (note.version, note.text.as_str()));
    let value = typed.value_or("text", stands);
    let error = typed.error("text");
    let (action, who) = (desk.at("/handover"), desk.who.clone());
    view! {
        <form class="stack" method="post" action=action novalidate=true>
            <input type="hidden" name="_who" value=who/>
            <input type="hidden" name="version" value=version.to_string()/>
            <TextArea name="text" label=t.handover_text hint=t.handover_hint value error rows=8 limit=domain::handover::LONGEST/>
            <ButtonRow><Button label=t.handover_save/></ButtonRow>
        </form>
    }
    .into_any()
}

/// The note for those who only read.
fn text(desk: &Desk, found: &HandoverPage) -> AnyView {
    let text = found.current.as_ref().map(|note| note.text.clone()).filter(|text| !text.is_empty());
    let text = text.unwrap_or_else(|| desk.t.handover_none.to_owned());
    view! { <p class="typed" dir="auto">{text}</p> }.into_any()
}

fn readers(desk: &Desk, found: &HandoverPage) -> Option<AnyView> {
    (!found.readers.is_empty()).then(|| {
        let names = found.readers.join(", ");
        view! { <p class="muted">{desk.t.handover_readers}" "<bdi>{names}</bdi></p> }.into_any()
    })
}

fn versions(desk: &Desk, found: &HandoverPage) -> Option<AnyView> {
    let t = desk.t;
    let item = |note: &Handover| {
        let text = if note.text.is_empty() { t.handover_emptied.to_owned() } else { note.text.clone() };
        TimelineItem {
            title: fill(t.handover_version, &[("version", &note.version.to_string())]),
            time: desk.moment(note.at),
            datetime: format::machine(note.at),
            who: Some(note.by.clone()),
            kind: EventKind::Internal,
            is_new: false,
            body: view! { <p class="typed" dir="auto">{text}</p> }.into_any().into(),
        }
    };
    let items: Vec<TimelineItem> = found.current.iter().chain(&found.earlier).map(item).collect();
    (!items.is_empty()).then(|| {
        view! {
            <section aria-labelledby="versions">
                <h2 id="versions">{t.handover_versions}</h2>
                <Timeline items labelled_by="versions"/>
            </section>
        }
        .into_any()
    })
}

/// Writes the note anew. Whoever was overtaken sees both texts and decides.
pub async fn post(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let base = req.form.get("version").parse().unwrap_or(-1);
    match reports::write_handover(req.ctx(), &req.principal, desk.org, base, req.form.get("text")).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(desk.at("/queue")))
        }
        Err(Refusal::Stale) => {
            let found = reports::handover_page(req.ctx(), &req.principal, desk.org).await?;
            let typed = Typed::new(typed::answers(&req.form), Vec::new());
            Ok(shown(desk, found, typed, true).into())
        }
        Err(refusal) => typed::again(&req, FORM, &desk.at("/handover"), refusal).await,
    }
}

/// Notes that it was read, and goes on with the queue. If it was changed meanwhile, it stands there anew, unread.
pub async fn read(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let version = req.form.get("version").parse().unwrap_or(-1);
    match reports::read_handover(req.ctx(), &req.principal, desk.org, version).await {
        Ok(()) | Err(Refusal::Stale) => Ok(Reply::to(desk.at("/queue"))),
        Err(refusal) => Err(refusal),
    }
}
