//! Files that are taken into the register: bringing one, watching it, looking at what would happen, letting it happen.

use domain::{ids::ImportId, licence::Sort};
use leptos::prelude::*;
use paper::{Cell, Table};
use services::{
    Refusal,
    customer::import::Stage,
    error::Problem,
    licence::import::{self, Import, LARGEST, SHOWN, Wrong},
};

use crate::{
    components::*,
    islands::import_progress::{ImportProgress, Progress},
    pages::{customers::stage, report::place},
    text::{
        fill,
        imports::{self, texts as words},
        licence::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req, files,
        typed::{self, Typed},
        upload,
    },
};

/// By which the form is kept.
const FORM: &str = "file of the register";

/// The form, and the last files.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, w, org) = (texts(req.lang), words(req.lang), req.workspace()?.org);
    let last = import::list(req.ctx(), &req.principal, org).await?;
    let typed = Typed::open(&req, FORM).await?;
    let wrong = typed.is_wrong();
    Page::new(t.files_title, move || {
        let last = last_files(&req, t, w, &last);
        let sorts =
            Sort::ALL.iter().map(|one| Choice::new(one.code(), one.label()).checked(typed.chose("sort", one.code())));
        let sorts = sorts.collect();
        let columns = Sort::ALL.iter().map(|sort| {
            let names: Vec<&str> = sort.columns().iter().map(|column| column.name).collect();
            view! { <p><b>{sort.label()}</b>": "<code dir="ltr">{names.join(", ")}</code></p> }
        });
        let columns = columns.collect_view();
        let (sort_error, file_error) = (typed.error("sort"), typed.error("file"));
        view! {
            <FormPage>
                <BackLink href=req.here("/licences") label=t.back/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.files_title lead=t.files_lead/>
                <form class="stack" method="post" action=req.path.clone() enctype="multipart/form-data" novalidate=true>
                    <Choices name="sort" legend=t.file_sort options=sorts error=sort_error inline=true/>
                    <FileField name="file" label=t.file hint=t.file_hint error=file_error accept=".csv,.xlsx" one=true/>
                    <ButtonRow><Button label=t.file_act/></ButtonRow>
                </form>
                <Details summary=t.columns_title><p>{t.columns_lead}</p><p>{t.columns_tip}</p>{columns}</Details>
                <Panel title=t.last_files>{last}</Panel>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn last_files(req: &Req, t: &'static Texts, w: &'static imports::Texts, last: &[Import]) -> AnyView {
    if last.is_empty() {
        return view! { <p class="muted">{w.last_none}</p> }.into_any();
    }
    let row = |one: &Import| {
        let (shape, word, tone) = stage(w, one.stage);
        let (href, when) = (req.here(&format!("/licence-files/{}", one.id)), place::moment(req, one.at));
        view! {
            <tr>
                <th scope="row"><a href=href><bdi>{one.file.clone()}</bdi></a></th>
                <td>{one.sort.label()}</td>
                <td><Status shape word tone/></td>
                <td class="num">{one.total.to_string()}</td>
                <td>{when}</td>
                <td><bdi>{one.by.clone()}</bdi></td>
            </tr>
        }
    };
    let rows = last.iter().map(row).collect_view();
    let columns = vec![
        Column::new(t.file),
        Column::new(t.file_sort),
        Column::new(w.stage),
        Column::numeric(w.rows),
        Column::new(w.when),
        Column::new(w.who),
    ];
    view! { <DataTable id="files" caption=w.last_caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// Takes a file in.
pub(super) async fn upload(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let sent = upload::small(&req, LARGEST).await;
    let at = |field: &str, words: &str| Err(Refusal::Invalid(vec![Problem::new(field, words)]));
    let done = match (sent.file, Sort::from_code(sent.fields.get("sort"))) {
        _ if sent.too_much => at("file", t.file_large),
        (_, None) => at("sort", t.file_sort_missing),
        (None, _) => at("file", t.file_none),
        (Some((name, bytes)), Some(sort)) => import::upload(req.ctx(), &req.principal, org, sort, (&name, bytes)).await,
    };
    match done {
        Ok(id) => {
            typed::done(&req).await?;
            Ok(Reply::to(req.here(&format!("/licence-files/{id}"))))
        }
        Err(refusal) => {
            let req = Req { form: sent.fields, ..req };
            typed::again(&req, FORM, &req.path, refusal).await
        }
    }
}

async fn opened(req: &Req) -> Result<Import, Refusal> {
    let id: ImportId = req.parsed("batch")?;
    let found = import::view(req.ctx(), &req.principal, id).await?;
    req.in_workspace(found.org)?;
    Ok(found)
}

fn address(req: &Req, id: ImportId) -> String {
    req.here(&format!("/licence-files/{id}"))
}

/// How far the worker is, in pieces of the file.
fn how_far(w: &'static imports::Texts, found: &Import) -> Progress {
    let counts = found.counts;
    let done = if found.stage == Stage::Trying { counts.tried } else { counts.done };
    let part = if counts.pieces > 0 { found.total * done / counts.pieces } else { 0 };
    let said = fill(w.progress, &[("done", &part.to_string()), ("total", &found.total.to_string())]);
    Progress { done: part, total: found.total, said, at_work: found.stage.is_at_work() }
}

/// How far the worker is, for the island.
pub(super) async fn progress_now(req: Req) -> Outcome {
    let found = opened(&req).await?;
    Reply::json(&how_far(words(req.lang), &found), false)
}

/// One file.
pub(super) async fn one(req: Req) -> Outcome {
    let (t, w, found) = (texts(req.lang), words(req.lang), opened(&req).await?);
    let title = fill(t.file_title, &[("file", &found.file)]);
    let at_work = found.stage.is_at_work();
    let page = Page::new(title.clone(), move || {
        let (shape, word, tone) = stage(w, found.stage);
        let (total, when) = (found.total.to_string(), place::moment(&req, found.at));
        let sort = if found.sort == Sort::Licence { t.sort_licence } else { t.sort_permit };
        let lead = fill(t.file_by, &[("total", &total), ("sort", sort), ("who", &found.by), ("when", &when)]);
        let here = address(&req, found.id);
        let body = match found.stage {
            Stage::Mapping | Stage::Trying | Stage::Running => progress(w, &here, &found),
            Stage::Tried => tried(&req, t, w, &found),
            Stage::Done => counted(&req, t, w, &found, w.done_title),
            Stage::Cancelled => {
                let counted = counted(&req, t, w, &found, w.done_title);
                view! { <p>{w.cancelled}</p>{counted} }.into_any()
            }
        };
        let ended = matches!(found.stage, Stage::Done | Stage::Cancelled);
        let cancel = (!ended)
            .then(|| view! { <PostButton action=format!("{here}/cancel") label=w.cancel kind=ButtonKind::Quiet/> });
        view! {
            <FormPage>
                <BackLink href=req.here("/licence-files") label=t.back_files/>
                <PageTitle title lead/>
                <p><Status shape word tone/></p>
                {body}
                {cancel}
                <p class="small muted">{w.kept_until}</p>
            </FormPage>
        }
    });
    // The program for the browser is not loaded for what stands still.
    if at_work { page.with_islands().into() } else { page.into() }
}

/// How far the worker is. An island looks again and again; without it the page has a link that does.
fn progress(w: &'static imports::Texts, here: &str, found: &Import) -> AnyView {
    let title = if found.stage == Stage::Trying { w.work_title_trying } else { w.work_title_running };
    let (poll, page, href) = (format!("{here}/progress"), here.to_owned(), here.to_owned());
    let first = how_far(w, found);
    view! {
        <h2 id="progress">{title}</h2>
        <p>{w.work_lead}</p>
        <ImportProgress poll address=page named_by="progress".to_owned() first/>
        <ButtonRow><LinkButton href label=w.look_again kind=ButtonKind::Secondary/></ButtonRow>
    }
    .into_any()
}

fn tried(req: &Req, t: &'static Texts, w: &'static imports::Texts, found: &Import) -> AnyView {
    let counted = counted(req, t, w, found, w.tried_title);
    let act = if found.counts.adds + found.counts.changes > 0 {
        let action = format!("{}/confirm", address(req, found.id));
        view! { <PostButton action label=w.confirm/> }.into_any()
    } else {
        view! { <p>{w.nothing}</p> }.into_any()
    };
    view! { {counted}{act} }.into_any()
}

/// What would happen or has happened, and the rows with errors.
fn counted(req: &Req, t: &'static Texts, w: &'static imports::Texts, found: &Import, title: &'static str) -> AnyView {
    let counts = found.counts;
    let stat =
        |label: &str, value: i64| Stat { value: value.to_string(), label: label.to_owned(), note: None, href: None };
    let stats = vec![
        stat(t.adds, counts.adds),
        stat(t.changes, counts.changes),
        stat(w.same, counts.same),
        stat(w.wrong, counts.wrong),
    ];
    let wrong = (counts.wrong > 0).then(|| errors_table(req, w, found));
    view! { <h2>{title}</h2><Stats stats/>{wrong} }.into_any()
}

fn errors_table(req: &Req, w: &'static imports::Texts, found: &Import) -> AnyView {
    let row = |Wrong(line, column, words): &Wrong| {
        let (line, told) = (line.to_string(), told(column, words));
        view! { <tr><th scope="row" class="num">{line}</th><td>{told}</td></tr> }
    };
    let shown = found.wrong.len().min(SHOWN);
    let rows = found.wrong[..shown].iter().map(row).collect_view();
    let columns = vec![Column::numeric(w.line), Column::new(w.problem)];
    let count = found.wrong.len().to_string();
    let cut = (found.wrong.len() > shown)
        .then(|| view! { <p>{fill(w.errors_cut, &[("shown", &shown.to_string()), ("count", &count)])}</p> });
    let files = files::links(|ending| format!("{}/errors{ending}", address(req, found.id)));
    view! {
        <h3 id="wrong">{w.errors}</h3>
        <p>{w.left_out}</p>
        <TakeAway files/>
        {cut}
        <DataTable id="errors" caption=w.errors_caption caption_hidden=true columns>{rows}</DataTable>
    }
    .into_any()
}

fn told(column: &str, words: &str) -> String {
    if column.is_empty() { words.to_owned() } else { format!("{column}: {words}") }
}

/// What is wrong as a file, line by line.
pub(super) async fn errors(req: Req) -> Outcome {
    let found = opened(&req).await?;
    let (w, format) = (words(req.lang), files::asked(&req)?);
    let found = services::export::licence_errors(req.ctx(), &req.principal, found.id, format.ending()).await?;
    let row = |Wrong(line, column, words): &Wrong| {
        vec![Cell::Number(i64::try_from(*line).unwrap_or(i64::MAX)), Cell::text(column), Cell::text(words)]
    };
    let head = vec![("line", w.line), ("column", w.stage), ("problem", w.problem)];
    let table = Table::new("errors", head, found.wrong.iter().map(row).collect());
    files::hand_out(&req, "errors", texts(req.lang).files_title, table).await
}

/// Lets it be carried out.
pub(super) async fn confirm(req: Req) -> Outcome {
    let found = opened(&req).await?;
    import::confirm(req.ctx(), &req.principal, found.id).await?;
    Ok(Reply::to(address(&req, found.id)))
}

/// Stops it.
pub(super) async fn cancel(req: Req) -> Outcome {
    let found = opened(&req).await?;
    import::cancel(req.ctx(), &req.principal, found.id).await?;
    Ok(Reply::to(address(&req, found.id)))
}
