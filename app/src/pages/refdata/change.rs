//! The open change: written by its author, compared by everybody, decided by somebody else.

use domain::refdata::{Breach, Row, Table};
use leptos::prelude::*;
use services::refdata::{self, ChangeView};

use super::{
    At, decide,
    shown::{self, Pick},
};
use crate::{
    components::*,
    format,
    text::fill,
    web::{Outcome, Page, Reply, Req, paths::with_query, typed::Typed},
};

/// Begins a change, or leads to the one that is open.
pub(super) async fn begin(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let from = req.form.get("from").parse().ok();
    refdata::begin(req.ctx(), &req.principal, req.workspace()?.org, at.kind, from).await?;
    Ok(Reply::to(at.change("")))
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let found = refdata::change(req.ctx(), &req.principal, req.workspace()?.org, at.kind).await?;
    let Some(view) = found else { return Ok(Reply::to(at.page())) };
    let pick = Pick::of(&req, at.kind, view.scope);
    let typed = Typed::open(&req, &decide::form(at.kind)).await?.in_order(&["note", "from", "why"]);
    let title = fill(at.t.change_title, &[("kind", at.kind.label())]);
    let wrong = typed.is_wrong();
    Page::new(title.clone(), move || whole(&at, title, &view, pick.as_ref(), &typed)).errors(wrong).into()
}

fn whole(at: &At, title: String, view: &ChangeView, pick: Option<&Pick>, typed: &Typed) -> impl IntoView + use<> {
    let t = at.t;
    let writes = view.mine && view.waits_since.is_none();
    let errors = typed.errors();
    let compared = match view.compared_with {
        0 => t.compared_shipped.to_owned(),
        number => fill(t.compared, &[("number", &number.to_string())]),
    };
    let lead = format!("{} {compared}", fill(t.by, &[("author", &view.author)]));
    let told = told(at, view);
    let changes = shown::differences(t, &view.changes, t.no_differences);
    let said = said(at, view);
    let rows = pick.filter(|_| writes).map(|pick| rows(at, view, pick));
    let forms = decide::forms(at, view, typed);
    view! {
        <DeskPage>
            <BackLink href=at.page() label=at.kind.label()/>
            <ErrorSummary errors/>
            <PageTitle title lead/>
            {told}
            {said}
            <section aria-labelledby="differences"><h2 id="differences">{t.differences}</h2>{changes}</section>
            {rows}
            {forms}
        </DeskPage>
    }
}

/// What one must know first.
fn told(at: &At, view: &ChangeView) -> AnyView {
    let t = at.t;
    let sent_back = (!view.sent_back.is_empty()).then(|| {
        let why = view.sent_back.clone();
        view! { <Callout tone=Tone::Warn title=t.sent_back><p><bdi class="typed">{why}</bdi></p></Callout> }
    });
    let waits = view.waits_since.map(|since| {
        let text = fill(t.waits, &[("at", &format::moment(since, &view.zone))]);
        let nobody = (view.approvers == 0).then_some(t.waits_nobody);
        view! { <Callout tone=Tone::Info title=t.waits_title><p>{text}" "{nobody}</p></Callout> }
    });
    let wrong = (!view.breaches.is_empty()).then(|| {
        let lines = view.breaches.iter().take(50).map(|breach| breach_line(at, view, breach)).collect_view();
        view! { <Callout tone=Tone::Danger title=t.wrong_title><ul>{lines}</ul></Callout> }
    });
    view! { {sent_back}{waits}{wrong} }.into_any()
}

fn breach_line(at: &At, view: &ChangeView, breach: &Breach) -> AnyView {
    let text = breach.to_string();
    let writes = view.mine && view.waits_since.is_none();
    match breach.table.zip(breach.row).filter(|_| writes) {
        Some((table, row)) => {
            let href = at.change(&format!("/{}/{}", table.name, row + 1));
            view! { <li><a href=href>{text}</a></li> }.into_any()
        }
        None => view! { <li>{text}</li> }.into_any(),
    }
}

/// What its author says about it, once that is said.
fn said(at: &At, view: &ChangeView) -> Option<AnyView> {
    let t = at.t;
    view.waits_since?;
    let note = view.note.clone();
    let from = view.wanted_from.map_or_else(|| t.wanted_at_once.to_owned(), |at| format::moment(at, &view.zone));
    let facts = vec![
        (t.note.to_owned(), view! { <bdi class="typed">{note}</bdi> }.into_any()),
        (t.wanted.to_owned(), from.into_any()),
        (t.sha.to_owned(), view! { <code dir="ltr">{view.sha256.clone()}</code> }.into_any()),
    ];
    Some(view! { <Facts facts/> }.into_any())
}

/// The table to write in.
fn rows(at: &At, view: &ChangeView, pick: &Pick) -> AnyView {
    let (t, table) = (at.t, pick.table);
    let acts = |place: usize, row: &Row| row_acts(at, view.version, table, place, row);
    let rows = shown::picked(t, &at.change(""), (at.kind, view.scope), &view.sheet, pick, Some(&acts));
    let (add, import) = (at.change(&format!("/{}/new", table.name)), at.change("/import"));
    let import = with_query(&import, "table", table.name);
    view! {
        <div>
            {rows}
            <ButtonRow>
                <LinkButton href=add label=t.add about=table.title kind=ButtonKind::Secondary/>
                <LinkButton href=import label=t.import about=table.title kind=ButtonKind::Quiet/>
            </ButtonRow>
        </div>
    }
    .into_any()
}

fn row_acts(at: &At, version: i64, table: &'static Table, place: usize, row: &Row) -> AnyView {
    let t = at.t;
    let page = at.change(&format!("/{}/{}", table.name, place + 1));
    let about = match row.name(table) {
        name if name.is_empty() => fill(t.unnamed, &[("number", &(place + 1).to_string())]),
        name => name,
    };
    let hidden = vec![("version".to_owned(), version.to_string())];
    let (action, label) = match row.removed {
        true => (format!("{page}/restore"), t.put_back),
        false => (format!("{page}/remove"), t.remove),
    };
    let edit = (!row.removed).then(|| {
        view! { <LinkButton href=page label=t.edit about=about.clone() kind=ButtonKind::Quiet/> }
    });
    let removed = row.removed.then(|| view! { <Tag text=t.is_removed tone=Tone::Danger/> });
    view! { <ButtonRow>{removed}{edit}<PostButton action label hidden about=about.clone() kind=ButtonKind::Quiet/></ButtonRow> }
        .into_any()
}
