//! One's own learning: what was asked of one, what was begun, certificates as a document and as a signed statement.

use domain::{
    answers::when::long_date,
    learning::{cases, certificate::Number, modules, standing::Standing},
};
use leptos::prelude::*;
use paper::pdf;
use services::{
    Refusal,
    learning::{self, Item, Mine, Task},
};

use super::{
    paper::document,
    shown::{href, minutes, next_page},
};
use crate::{
    components::*,
    format,
    text::{
        fill,
        learning::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req, files, paths::with_query},
};

/// Address of a certificate's file.
pub(super) fn file(req: &Req, ending: &str, number: &str) -> String {
    with_query(&req.to(&format!("/me/learning/certificate.{ending}")), "number", number)
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let tasks = learning::tasks(req.ctx(), &req.principal).await?;
    let mine = learning::mine(req.ctx(), &req.principal).await?.ok_or(Refusal::NotSignedIn)?;
    Page::new(texts(req.lang).mine_title, move || view(&req, &tasks, &mine)).into()
}

fn view(req: &Req, tasks: &[Task], mine: &Mine) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let library = req.to("/learn");
    let decided = cases().iter().filter(|case| mine.decided(case)).count().to_string();
    let decided = fill(t.cases_decided, &[("n", &decided), ("of", &cases().len().to_string())]);
    view! {
        <DeskPage>
            <PageTitle title=t.mine_title lead=t.mine_lead/>
            <section class="stack" aria-labelledby="tasks"><h2 id="tasks">{t.tasks}</h2>{asked(req, t, tasks)}</section>
            <section class="stack" aria-labelledby="begun"><h2 id="begun">{t.begun}</h2>{begun(req, t, mine)}<p>{decided}</p></section>
            <section class="stack">
                <h2 id="certificates">{t.certificates}</h2>
                {certificates(req, t, &mine.certificates)}
            </section>
            <p><a href=library>{t.library}</a></p>
        </DeskPage>
    }
}

/// By when a task is to be done, with its shape.
pub(super) fn due_mark(t: &'static Texts, due: Option<domain::date::Date>, overdue: bool) -> AnyView {
    let (shape, word, tone) = match due {
        None => (Shape::Full, t.task_done.to_owned(), Tone::Ok),
        Some(day) if overdue => (Shape::Triangle, fill(t.task_overdue, &[("day", &long_date(day))]), Tone::Danger),
        Some(day) => (Shape::Open, fill(t.task_due, &[("day", &long_date(day))]), Tone::Info),
    };
    view! { <Status shape word tone/> }.into_any()
}

fn asked(req: &Req, t: &'static Texts, tasks: &[Task]) -> AnyView {
    if tasks.is_empty() {
        return view! { <p class="muted">{t.tasks_none}</p> }.into_any();
    }
    let row = |task: &Task| {
        let line = format!("{} · {}", fill(t.task_for, &[("org", &task.org)]), minutes(t, task.module.minutes));
        let end = due_mark(t, task.due, task.overdue);
        LinkRow::new(task.module.title.clone(), href(req, task.module)).text(line).end(end)
    };
    view! { <LinkRows rows=tasks.iter().map(row).collect() labelled_by="tasks"/> }.into_any()
}

fn begun(req: &Req, t: &'static Texts, mine: &Mine) -> AnyView {
    let open = modules().iter().filter(|module| mine.standing(module) == Standing::Begun);
    let rows: Vec<LinkRow> = open
        .map(|module| {
            let (read, of) = (mine.read(module).to_string(), module.pages.len().to_string());
            let line = fill(t.read_so_far, &[("read", &read), ("of", &of)]);
            let base = href(req, module);
            let to =
                next_page(module, Some(mine)).map_or_else(|| format!("{base}/quiz"), |page| format!("{base}/{page}"));
            LinkRow::new(module.title.clone(), to).text(line)
        })
        .collect();
    if rows.is_empty() {
        return view! { <p class="muted">{t.begun_none}</p> }.into_any();
    }
    view! { <LinkRows rows labelled_by="begun"/> }.into_any()
}

fn certificates(req: &Req, t: &'static Texts, items: &[Item]) -> AnyView {
    if items.is_empty() {
        return view! { <p class="muted">{t.certificates_none}</p> }.into_any();
    }
    let columns = vec![
        Column::new(t.module),
        Column::new(t.number),
        Column::new(t.issued),
        Column::new(t.holds_until),
        Column::new(t.state),
        Column::new(t.files),
    ];
    let today = domain::date::Date::of(req.ctx().now());
    let row = |item: &Item| {
        let standing = if today <= item.until {
            view! { <Status shape=Shape::Full word=t.standing_held tone=Tone::Ok/> }.into_any()
        } else {
            view! { <Status shape=Shape::Struck word=t.standing_ended tone=Tone::Neutral/> }.into_any()
        };
        let about = fill(t.about_number, &[("number", &item.number)]);
        let link = |ending: &str, label: &'static str| {
            let about = about.clone();
            view! { <li><a href=file(req, ending, &item.number) download=true>{label}<Unseen text=format!(" {about}")/></a></li> }
        };
        view! {
            <tr>
                <th scope="row">{item.title.clone()}</th>
                <td><Reference code=item.number.clone()/></td>
                <td>{format::day(item.issued, req.zone())}</td>
                <td>{long_date(item.until)}</td>
                <td>{standing}</td>
                <td><ul class="file-links" role="list">{link("pdf", t.pdf)}{link("txt", t.statement)}</ul></td>
            </tr>
        }
    };
    let rows = items.iter().map(row).collect_view();
    view! { <DataTable id="certificates-table" caption=t.certificates caption_hidden=true columns>{rows}</DataTable> }
        .into_any()
}

/// The certificate that the address asks for; none if it asks for none.
async fn asked_for(req: &Req) -> Result<Option<(Item, String)>, Refusal> {
    if !req.query.has("number") {
        return Ok(None);
    }
    let number: Number = req.query.get("number").parse().map_err(|_| Refusal::NotFound)?;
    learning::own(req.ctx(), &req.principal, &number).await.map(Some)
}

/// A certificate as a document. Its name holds the number, which says nothing.
pub(super) async fn pdf(req: Req) -> Outcome {
    let Some((item, statement)) = asked_for(&req).await? else { return Ok(Reply::to(req.to("/me/learning"))) };
    let document = document(&req, &item, &statement);
    let body = files::made(move || pdf::write(&document)).await?;
    Ok(Reply::File { name: format!("certificate-{}.pdf", item.number), media_type: "application/pdf", body })
}

/// Its signed statement as a text.
pub(super) async fn statement(req: Req) -> Outcome {
    let Some((item, statement)) = asked_for(&req).await? else { return Ok(Reply::to(req.to("/me/learning"))) };
    let name = format!("certificate-{}.txt", item.number);
    Ok(Reply::File { name, media_type: "text/plain; charset=utf-8", body: statement.into_bytes() })
}
