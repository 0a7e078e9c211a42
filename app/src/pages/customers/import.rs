//! One import: naming its columns, watching it, looking at what would happen, letting it happen.

use domain::{customer::import::Target, ids::ImportId};
use leptos::prelude::*;
use paper::{Cell, Table};
use services::{
    Refusal,
    customer::import::{self, Import, Stage, WrongRow},
    export,
};

use super::imports::stage;
use crate::{
    components::*,
    format,
    islands::import_progress::{ImportProgress, Progress},
    pages::report::place,
    text::{
        customers, fill,
        imports::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req, files,
        typed::{self, Typed},
    },
};

/// Letters of an example that are shown.
const EXAMPLE: usize = 60;

async fn opened(req: &Req) -> Result<Import, Refusal> {
    let id: ImportId = req.parsed("import")?;
    let found = import::view(req.ctx(), &req.principal, id).await?;
    req.in_workspace(found.org)?;
    Ok(found)
}

fn address(req: &Req, id: ImportId) -> String {
    req.here(&format!("/imports/{id}"))
}

fn form_name(id: ImportId) -> String {
    format!("columns of {id}")
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, found) = (texts(req.lang), opened(&req).await?);
    let typed = Typed::open(&req, &form_name(found.id)).await?;
    let at_work = found.stage.is_at_work();
    let (wrong, title) = (typed.is_wrong(), fill(t.import_title, &[("file", &found.file)]));
    let page = Page::new(title.clone(), move || {
        let (shape, word, tone) = stage(t, found.stage);
        let (total, when) = (found.counts.total.to_string(), place::moment(&req, found.at));
        let lead = fill(t.by, &[("total", &total), ("who", &found.by), ("when", &when)]);
        let body = match found.stage {
            Stage::Mapping => mapping_form(&req, t, &found, &typed),
            Stage::Trying | Stage::Running => progress(&req, t, &found),
            Stage::Tried => tried(&req, t, &found, &typed),
            Stage::Done => counted(&req, t, &found, t.done_title),
            Stage::Cancelled => {
                let counted = counted(&req, t, &found, t.done_title);
                view! { <p>{t.cancelled}</p>{counted} }.into_any()
            }
        };
        let ended = matches!(found.stage, Stage::Done | Stage::Cancelled);
        let cancel = (!ended).then(|| {
            let action = format!("{}/cancel", address(&req, found.id));
            view! { <PostButton action label=t.cancel kind=ButtonKind::Quiet/> }
        });
        view! {
            <FormPage>
                <BackLink href=req.here("/imports") label=t.back/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title lead/>
                <p><Status shape word tone/></p>
                {body}
                {cancel}
                <p class="small muted">{t.kept_until}</p>
            </FormPage>
        }
    })
    .errors(wrong);
    // The program for the browser is not loaded for what stands still.
    if at_work { page.with_islands().into() } else { page.into() }
}

fn options(found: &Import) -> Vec<SelectOption> {
    let chosen = |target: &&Target| target.offered || found.mapping.iter().flatten().any(|one| one.code == target.code);
    Target::all().iter().filter(chosen).map(|target| SelectOption::new(&target.code, &target.title)).collect()
}

fn mapping_form(req: &Req, t: &'static Texts, found: &Import, typed: &Typed) -> AnyView {
    let options = options(found);
    let field = |(at, title): (usize, &String)| {
        let name = format!("column-{at}");
        let label = match title.trim() {
            "" => fill(t.column_unnamed, &[("number", &(at + 1).to_string())]),
            title => fill(t.column, &[("title", title)]),
        };
        let guessed = found.mapping.get(at).copied().flatten().map_or("", |target| target.code.as_str());
        let value = if typed.is_wrong() { typed.value(&name) } else { guessed.to_owned() };
        let example = found.sample.iter().filter_map(|cells| cells.get(at)).find(|cell| !cell.is_empty());
        let hint = match example {
            Some(text) => fill(t.example, &[("text", &text.chars().take(EXAMPLE).collect::<String>())]),
            None => t.example_none.to_owned(),
        };
        let error = typed.error(&name);
        view! { <SelectField name label options=options.clone() value hint error blank=t.column_leave/> }
    };
    let fields = found.titles.iter().enumerate().map(field).collect_view();
    let action = format!("{}/mapping", address(req, found.id));
    view! {
        <h2>{t.mapping_title}</h2>
        <p>{t.mapping_lead}</p>
        <form class="stack" method="post" action=action novalidate=true>
            {fields}
            <ButtonRow><Button label=t.mapping_act/></ButtonRow>
        </form>
    }
    .into_any()
}

/// How far the worker is.
fn how_far(t: &'static Texts, found: &Import) -> Progress {
    let counts = found.counts;
    let (total, done) = match found.stage {
        Stage::Trying => (counts.total, counts.total - counts.untried),
        _ => {
            let total = counts.total - counts.wrong - counts.same;
            (total, total - counts.left)
        }
    };
    let text = fill(t.progress, &[("done", &done.to_string()), ("total", &total.to_string())]);
    let rest = found.rest.map(|rest| fill(t.rest, &[("rest", &format::span(rest))])).unwrap_or_default();
    Progress { done, total, said: format!("{text}. {rest}").trim_end().to_owned(), at_work: found.stage.is_at_work() }
}

/// How far the worker is. An island looks again and again; without it the page has a link that does.
fn progress(req: &Req, t: &'static Texts, found: &Import) -> AnyView {
    let title = if found.stage == Stage::Trying { t.work_title_trying } else { t.work_title_running };
    let (here, first) = (address(req, found.id), how_far(t, found));
    let (poll, page) = (format!("{here}/progress"), here.clone());
    view! {
        <h2 id="progress">{title}</h2>
        <p>{t.work_lead}</p>
        <ImportProgress poll address=page named_by="progress".to_owned() first/>
        <ButtonRow><LinkButton href=here label=t.look_again kind=ButtonKind::Secondary/></ButtonRow>
    }
    .into_any()
}

/// How far the worker is, for the island.
pub(super) async fn progress_now(req: Req) -> Outcome {
    let found = opened(&req).await?;
    Reply::json(&how_far(texts(req.lang), &found), false)
}

fn tried(req: &Req, t: &'static Texts, found: &Import, typed: &Typed) -> AnyView {
    let counted = counted(req, t, found, t.tried_title);
    let act = if found.counts.left > 0 {
        let action = format!("{}/confirm", address(req, found.id));
        view! { <PostButton action label=t.confirm/> }.into_any()
    } else {
        view! { <p>{t.nothing}</p> }.into_any()
    };
    let mapping = mapping_form(req, t, found, typed);
    let is_open = typed.is_wrong();
    view! { {counted}{act}<Details summary=t.mapping_again open=is_open>{mapping}</Details> }.into_any()
}

/// What would happen or has happened, and the rows with errors.
fn counted(req: &Req, t: &'static Texts, found: &Import, title: &'static str) -> AnyView {
    let counts = found.counts;
    let stat =
        |label: &str, value: i64| Stat { value: value.to_string(), label: label.to_owned(), note: None, href: None };
    let stats = vec![
        stat(t.adds, counts.adds),
        stat(t.changes, counts.changes),
        stat(t.same, counts.same),
        stat(t.wrong, counts.wrong),
    ];
    let wrong = (counts.wrong > 0).then(|| errors_table(req, t, found));
    view! { <h2>{title}</h2><Stats stats/>{wrong} }.into_any()
}

fn errors_table(req: &Req, t: &'static Texts, found: &Import) -> AnyView {
    let row = |row: &WrongRow| {
        let line = row.line.to_string();
        let problems = row.problems.iter().map(|problem| view! { <li>{told(problem)}</li> }).collect_view();
        view! { <tr><th scope="row" class="num">{line}</th><td><ul role="list">{problems}</ul></td></tr> }
    };
    let rows = found.wrong.iter().map(row).collect_view();
    let columns = vec![Column::numeric(t.line), Column::new(t.problem)];
    let (shown, count) = (found.wrong.len().to_string(), found.counts.wrong.to_string());
    let cut = (found.wrong.len() as i64) < found.counts.wrong;
    let cut = cut.then(|| view! { <p>{fill(t.errors_cut, &[("shown", &shown), ("count", &count)])}</p> });
    let files = files::links(|ending| format!("{}/errors{ending}", address(req, found.id)));
    view! {
        <h3 id="wrong">{t.errors}</h3>
        <p>{t.left_out}</p>
        <TakeAway files/>
        {cut}
        <DataTable id="errors" caption=t.errors_caption caption_hidden=true columns>{rows}</DataTable>
    }
    .into_any()
}

fn told((column, words): &(String, String)) -> String {
    if column.is_empty() { words.clone() } else { format!("{column}: {words}") }
}

/// Says what the columns are.
pub(super) async fn mapping(req: Req) -> Outcome {
    let found = opened(&req).await?;
    let codes: Vec<String> =
        (0..found.titles.len()).map(|at| req.form.get(&format!("column-{at}")).to_owned()).collect();
    match import::set_mapping(req.ctx(), &req.principal, found.id, &codes).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(address(&req, found.id)))
        }
        Err(refusal) => typed::again(&req, &form_name(found.id), &address(&req, found.id), refusal).await,
    }
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

/// The rows with errors as a file: the columns as they came, and what is wrong. The same file can be put right and brought.
pub(super) async fn errors(req: Req) -> Outcome {
    let (found, format) = (opened(&req).await?, files::asked(&req)?);
    let t = texts(req.lang);
    let (titles, rows) = export::wrong_rows(req.ctx(), &req.principal, found.id, format.ending()).await?;
    let problems = |row: &WrongRow| row.problems.iter().map(told).collect::<Vec<_>>().join("; ");
    let cells = |row: &WrongRow| {
        let own = row.cells.iter().map(Cell::text);
        own.chain([Cell::Number(row.line), Cell::text(problems(row))]).collect()
    };
    let head = titles.iter().cloned().chain([t.line.to_owned(), t.problem.to_owned()]).collect();
    let table = Table::titled("errors", head, rows.iter().map(cells).collect());
    files::hand_out(&req, "errors", customers::texts(req.lang).title, table).await
}
