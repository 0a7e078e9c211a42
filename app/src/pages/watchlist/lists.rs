//! All lists, and loading a file.

use leptos::prelude::*;
use services::{
    Refusal,
    error::Problem,
    watchlist::{self, By, Download, Into, List, Outcome, Room},
};

use super::meanings;
use crate::{
    components::*,
    format,
    text::{
        fill,
        watchlist::{Texts, texts},
    },
    web::{
        Outcome as Answer, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
        upload,
    },
};

const FORM: &str = "watch list file";

/// The page.
pub(super) async fn page(req: Req) -> Answer {
    let t = texts(req.lang);
    let lists = watchlist::lists(req.ctx(), By::Person(&req.principal)).await?;
    let downloads = watchlist::downloads(req.ctx(), By::Person(&req.principal)).await?;
    let typed = Typed::open(&req, FORM).await?;
    let (here, wrong) = (req.here("/lists"), typed.is_wrong());
    Page::new(t.lists_title, move || {
        let rows = table(t, &here, &lists);
        let (form, downloads) = (form(t, &here, &lists, &typed), downloaded(t, &downloads));
        view! {
            <DeskPage>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.lists_title lead=t.lists_lead/>
                {rows}
                <Panel title=t.load_title>{form}</Panel>
                <Panel title=t.downloads>{downloads}</Panel>
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

fn table(t: &'static Texts, here: &str, lists: &[List]) -> AnyView {
    if lists.is_empty() {
        return view! { <EmptyState title=t.lists_none_title><p>{t.lists_none}</p></EmptyState> }.into_any();
    }
    let row = |list: &List| {
        let (href, label, code) = (format!("{here}/{}", list.code), list.label.clone(), list.code.clone());
        let version = list.active.as_ref();
        let state = version.map_or_else(
            || t.nothing_in_force.to_owned(),
            |version| fill(t.version, &[("number", &version.number.to_string())]),
        );
        let entries = version.map(|version| version.entries.to_string());
        let loaded = version.map(|version| {
            let at = version.loaded_at;
            view! { <Moment text=format::day(at, "UTC") datetime=format::machine(at)/> }
        });
        view! {
            <tr>
                <th scope="row"><a href=href><bdi>{label}</bdi></a><br/><code class="muted" dir="ltr">{code}</code></th>
                <td>{list.means.label()}</td>
                <td>{state}</td>
                <td class="num">{entries}</td>
                <td>{loaded}</td>
            </tr>
        }
    };
    let rows = lists.iter().map(row).collect_view();
    let columns = vec![
        Column::new(t.list),
        Column::new(t.means),
        Column::new(t.in_force),
        Column::numeric(t.entries),
        Column::new(t.loaded),
    ];
    view! { <DataTable id="lists" caption=t.lists_caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// What is downloaded, what came of it the last time, and when the next time is.
fn downloaded(t: &'static Texts, downloads: &[Download]) -> AnyView {
    if downloads.is_empty() {
        return view! { <p>{t.downloads_none}</p> }.into_any();
    }
    let moment = |at| view! { <Moment text=format::moment(at, "UTC") datetime=format::machine(at)/> };
    let row = |one: &Download| {
        let state = match (one.tried_at.is_some(), one.failed) {
            (false, _) => view! { <span class="muted">{t.downloads_never}</span> }.into_any(),
            (_, true) => view! { <Tag text=t.downloads_fault tone=Tone::Warn/> }.into_any(),
            (_, false) => view! { <Tag text=t.downloads_done tone=Tone::Ok/> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row"><code>{one.code.clone()}</code></th>
                <td>{state}" "<bdi>{one.outcome.clone()}</bdi></td>
                <td>{one.tried_at.map(moment)}</td>
                <td>{moment(one.next_at)}</td>
            </tr>
        }
    };
    let rows = downloads.iter().map(row).collect_view();
    let columns = [t.list, t.downloads_outcome, t.downloads_last, t.downloads_next].map(Column::new).to_vec();
    view! { <DataTable id="downloads" caption=t.downloads caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn form(t: &'static Texts, here: &str, lists: &[List], typed: &Typed) -> impl IntoView + use<> {
    let known = domain::watchlist::known().iter().map(|known| (known.code.clone(), known.label.clone()));
    let own = lists.iter().filter(|list| domain::watchlist::by_code(&list.code).is_none());
    let own = own.map(|list| (list.code.clone(), list.label.clone()));
    let options = known.chain(own).map(|(code, label)| SelectOption::new(code, label)).collect();
    let value = |field: &str| typed.value(field);
    let error = |field: &str| typed.error(field);
    view! {
        <p>{t.load_lead}</p>
        <form class="stack" method="post" action=here.to_owned() enctype="multipart/form-data" novalidate=true>
            <FileField name="file" label=t.file hint=t.file_hint error=error("file") accept=".csv,.xml,.json,.txt"/>
            <SelectField name="into" label=t.into hint=t.into_hint options value=value("into") blank=t.into_format/>
            <TextField name="code" label=t.into_new hint=t.into_new_hint value=value("code") error=error("code") width=Width::Medium autocomplete="off"/>
            <TextField name="label" label=t.label hint=t.label_hint value=value("label") error=error("label") width=Width::Long autocomplete="off"/>
            <SelectField name="means" label=t.means hint=t.means_hint options=meanings() value=value("means") error=error("means") blank=t.choose/>
            <Button label=t.load/>
        </form>
    }
}

/// Takes files in and loads them as a version.
pub(super) async fn load(mut req: Req) -> Answer {
    let t = texts(req.lang);
    let tray = watchlist::tray(req.ctx(), By::Person(&req.principal)).await?;
    let sent = upload::into_folder(&req, tray.path()).await?;
    req.form = sent.fields;
    let done = match sent.broken {
        true => Err(Refusal::Invalid(vec![Problem::new("file", t.file_broken)])),
        false => loaded(&req, sent.files).await,
    };
    match done {
        Ok(outcome) => {
            typed::done(&req).await?;
            let done = if outcome.known { "known" } else { "loaded" };
            let version = format!("/lists/{}/versions/{}", outcome.code, outcome.number);
            Ok(Reply::to(with_query(&req.here(&version), "done", done)))
        }
        Err(refusal) => typed::again(&req, FORM, &req.here("/lists"), refusal).await,
    }
}

async fn loaded(req: &Req, files: Vec<std::path::PathBuf>) -> Result<Outcome, Refusal> {
    let mut lists = watchlist::sort(files).await?;
    let found = lists.pop().filter(|_| lists.is_empty());
    let found = found.ok_or_else(|| {
        Refusal::Invalid(vec![Problem::new("file", "These files belong to several lists. Load one list at a time.")])
    })?;
    let field = |name: &str| req.form.get(name).trim();
    let code = if field("code").is_empty() { field("into") } else { field("code") };
    let into = Into { code, label: field("label"), means: field("means") };
    watchlist::load(req.ctx(), By::Person(&req.principal), found, into, Room::Wait).await
}
