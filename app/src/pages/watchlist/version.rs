//! One version: what it is, what it changes, and putting it in force.

use leptos::prelude::*;
use services::watchlist::{self, By, Changed, Diff, Part, State, Version};

use super::list::state;
use crate::{
    components::*,
    format,
    text::{
        fill,
        watchlist::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

async fn found(req: &Req) -> Result<(Diff, Part), services::Refusal> {
    let part = Part::from_code(req.query.get("part")).unwrap_or(Part::Added);
    let number = req.parsed::<i64>("edition")?;
    let (code, after) = (req.param("list"), req.query.get("after"));
    let diff = watchlist::diff(req.ctx(), By::Person(&req.principal), code, number, None, (part, after)).await?;
    Ok((diff, part))
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let (diff, part) = found(&req).await?;
    let number = diff.newer.number.to_string();
    let done = match req.query.get("done") {
        "loaded" => Some(t.done_loaded),
        "known" => Some(t.done_known),
        "active" => Some(t.done_active),
        _ => None,
    };
    let done = done.map(|text| fill(text, &[("number", &number), ("entries", &diff.newer.entries.to_string())]));
    let title = fill(t.version_title, &[("label", &diff.list.label), ("number", &number)]);
    let (path, back) = (req.path.clone(), req.here(&format!("/lists/{}", diff.list.code)));
    Page::new(title.clone(), move || whole(t, title, &path, back, done, &diff, part)).into()
}

fn whole(
    t: &'static Texts,
    title: String,
    path: &str,
    back: String,
    done: Option<String>,
    diff: &Diff,
    part: Part,
) -> impl IntoView + use<> {
    let label = if diff.newer.state == State::Retired { t.activate_back } else { t.activate };
    let act = (diff.newer.state != State::Active).then(|| {
        let href = format!("{path}/activate");
        view! { <ButtonRow><LinkButton href label/></ButtonRow> }
    });
    let (about, changes, told) = (about(t, &diff.newer), changes(t, path, diff, part), told(t, &diff.newer));
    let shrank = shrank(t, diff);
    view! {
        <DeskPage>
            <BackLink href=back/>
            {done.map(|text| view! { <p role="status"><b>{text}</b></p> })}
            <PageTitle title/>
            {shrank}
            {act}
            {about}
            {changes}
            {told}
        </DeskPage>
    }
}

fn shrank(t: &'static Texts, diff: &Diff) -> Option<impl IntoView + use<>> {
    let warn = diff.newer.state != State::Active && diff.shrank();
    warn.then(|| view! { <Callout tone=Tone::Warn title=t.shrank_title><p>{t.shrank}</p></Callout> })
}

fn about(t: &'static Texts, version: &Version) -> impl IntoView + use<> {
    let text = |text: String| view! { <bdi>{text}</bdi> }.into_any();
    let moment = |at| view! { <Moment text=format::moment(at, "UTC") datetime=format::machine(at)/> }.into_any();
    let by = version.loader.clone().unwrap_or_else(|| t.by_machine.to_owned());
    let generated = if version.generated.is_empty() { t.not_said.to_owned() } else { version.generated.clone() };
    let sha256 = version.sha256.clone();
    let mut facts = vec![
        (t.state, state(t, version.state).into_any()),
        (t.entries, text(version.entries.to_string())),
        (t.format, text(version.format.clone())),
        (t.files, text(version.files.join(", "))),
        (t.size, text(format::bytes(version.bytes))),
        (t.generated, text(generated)),
        (t.loaded, moment(version.loaded_at)),
        (t.by, text(by)),
        (t.fingerprint, view! { <code class="wrap" dir="ltr">{sha256}</code> }.into_any()),
        (t.deviations, text(version.deviations.to_string())),
    ];
    if let Some(at) = version.activated_at {
        let by = version.activator.clone().unwrap_or_else(|| t.by_machine.to_owned());
        facts.push((t.activated, view! { {moment(at)}<br/><bdi>{by}</bdi> }.into_any()));
    }
    let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    view! { <Panel title=t.about><Facts facts/></Panel> }
}

fn told(t: &'static Texts, version: &Version) -> Option<impl IntoView + use<>> {
    let lines = version.told.iter().map(|(place, what)| {
        let (place, what) = (place.clone(), what.clone());
        view! { <li><bdi>{place}</bdi>": "<bdi>{what}</bdi></li> }
    });
    let lines = lines.collect_view();
    (!version.told.is_empty()).then(|| {
        view! { <Details summary=t.deviations><p>{t.deviations_lead}</p><ul>{lines}</ul></Details> }
    })
}

fn changes(t: &'static Texts, path: &str, diff: &Diff, part: Part) -> impl IntoView + use<> {
    let title = diff.older.as_ref().map_or_else(
        || t.against_nothing.to_owned(),
        |older| fill(t.against, &[("number", &older.number.to_string())]),
    );
    let tab = |one: Part, text: &str, count: i64| Tab {
        label: fill(text, &[("count", &count.to_string())]),
        href: with_query(path, "part", one.code()),
        current: one == part,
        count: None,
    };
    let tabs = vec![
        tab(Part::Added, t.added, diff.added),
        tab(Part::Changed, t.changed, diff.changed),
        tab(Part::Removed, t.removed, diff.removed),
    ];
    let rows = match diff.entries.is_empty() {
        true => view! { <p class="muted">{t.diff_none}</p> }.into_any(),
        false => entries(t, &diff.entries),
    };
    let next = diff.next.as_ref().map(|after| {
        let href = with_query(&with_query(path, "part", part.code()), "after", after);
        view! { <p><a href=href rel="next">{t.next}</a></p> }
    });
    view! { <Panel title><Tabs label=t.parts tabs/>{rows}{next}</Panel> }
}

fn entries(t: &'static Texts, entries: &[Changed]) -> AnyView {
    let row = |entry: &Changed| {
        let (id, name) = (entry.id.clone(), entry.name.clone());
        let changes = entry.changes.iter().map(|change| {
            let (field, before, after) = (change.field.clone(), change.before.clone(), change.after.clone());
            view! { <li><b>{field}</b>": "<del><bdi>{before}</bdi></del>" "<ins><bdi>{after}</bdi></ins></li> }
        });
        let changes = (!entry.changes.is_empty()).then(|| view! { <ul class="plain">{changes.collect_view()}</ul> });
        view! { <tr><th scope="row"><bdi dir="ltr">{id}</bdi></th><td class="diff"><bdi>{name}</bdi>{changes}</td></tr> }
    };
    let rows = entries.iter().map(row).collect_view();
    let columns = vec![Column::new(t.id), Column::new(t.name)];
    view! { <DataTable id="entries" caption=t.diff_caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// Asks before a version is put in force.
pub(super) async fn ask(req: Req) -> Outcome {
    let t = texts(req.lang);
    let (diff, _) = found(&req).await?;
    let title = fill(t.activate_title, &[("number", &diff.newer.number.to_string())]);
    let cancel_href = req.path.trim_end_matches("/activate").to_owned();
    let confirm = if diff.newer.state == State::Retired { t.activate_back } else { t.activate };
    Page::new(title.clone(), move || {
        let shrank = shrank(t, &diff);
        let counts = [(t.added, diff.added), (t.changed, diff.changed), (t.removed, diff.removed)];
        let counts = counts.map(|(text, count)| view! { <li>{fill(text, &[("count", &count.to_string())])}</li> });
        view! {
            <ConfirmPage title action=req.path.clone() confirm cancel_href>
                <p><b><bdi>{diff.list.label.clone()}</bdi></b></p>
                <p>{t.activate_lead}</p>
                <ul>{counts.collect_view()}</ul>
                {shrank}
            </ConfirmPage>
        }
    })
    .into()
}

/// Puts it in force.
pub(super) async fn activate(req: Req) -> Outcome {
    let number = req.parsed::<i64>("edition")?;
    watchlist::activate(req.ctx(), By::Person(&req.principal), req.param("list"), number).await?;
    Ok(Reply::to(with_query(req.path.trim_end_matches("/activate"), "done", "active")))
}
