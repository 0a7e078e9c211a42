//! A row of the open change as a form.

use domain::refdata::{Cell, Column, Row, Table};
use leptos::prelude::*;
use services::{
    Refusal,
    refdata::{self, ChangeView},
};

use super::{At, decide::overtaken};
use crate::{
    components::*,
    text::{fill, refdata::Texts},
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// Which row of which table the address names; no place for a new one.
struct Which {
    table: &'static Table,
    place: Option<usize>,
}

impl Which {
    fn of(req: &Req, at: &At, view: &ChangeView) -> Result<Self, Refusal> {
        let table = at.kind.table(view.scope, req.param("table")).ok_or(Refusal::NotFound)?;
        let place = place(req)?;
        let there = place.is_none_or(|place| place < view.sheet.rows(table.name).len());
        if there { Ok(Self { table, place }) } else { Err(Refusal::NotFound) }
    }
}

/// The row's number in the address counts from 1.
fn place(req: &Req) -> Result<Option<usize>, Refusal> {
    match req.param("row") {
        "new" => Ok(None),
        _ => req.parsed::<usize>("row")?.checked_sub(1).map(Some).ok_or(Refusal::NotFound),
    }
}

fn form(req: &Req) -> String {
    format!("reference row {} {} {}", req.param("kind"), req.param("table"), req.param("row"))
}

/// The form.
pub(super) async fn page(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let found = refdata::change(req.ctx(), &req.principal, req.workspace()?.org, at.kind).await?;
    let Some(view) = found.filter(|view| view.mine && view.waits_since.is_none()) else {
        return Ok(Reply::to(at.change("")));
    };
    let which = Which::of(&req, &at, &view)?;
    let order: Vec<&str> = which.table.columns.iter().map(|column| column.name).collect();
    let typed = Typed::open(&req, &form(&req)).await?.in_order(&order);
    let row = which.place.map(|place| view.sheet.rows(which.table.name)[place].clone()).unwrap_or_default();
    let title = match (which.place, row.name(which.table)) {
        (None, _) => at.t.row_new.to_owned(),
        (Some(place), name) if name.is_empty() => fill(at.t.unnamed, &[("number", &(place + 1).to_string())]),
        (Some(_), name) => name,
    };
    let (wrong, version) = (typed.is_wrong(), view.version);
    let (shown, paths) = (title.clone(), (req.path.clone(), back(&req, &at)));
    Page::new(title, move || whole(&at, shown, paths, version, which.table, &row, &typed)).errors(wrong).into()
}

fn whole(
    at: &At,
    title: String,
    (path, back): (String, String),
    version: i64,
    table: &'static Table,
    row: &Row,
    typed: &Typed,
) -> impl IntoView + use<> {
    let t = at.t;
    let errors = typed.errors();
    let fields = table.columns.iter().map(|column| field(t, column, row, typed)).collect_view();
    view! {
        <FormPage>
            <BackLink href=back/>
            <ErrorSummary errors/>
            <PageTitle title caption=table.title lead=table.about/>
            <form class="stack" method="post" action=path novalidate=true>
                <input type="hidden" name="version" value=version.to_string()/>
                {fields}
                <Button label=t.row_save/>
            </form>
        </FormPage>
    }
}

/// The field of a cell.
fn field(t: &'static Texts, column: &'static Column, row: &Row, typed: &Typed) -> AnyView {
    let (name, label, optional) = (column.name, column.label, !column.required);
    let hint = (!column.hint.is_empty()).then_some(column.hint.to_owned());
    let (value, error) = (typed.value_or(name, row.get(name)), typed.error(name));
    match column.cell {
        Cell::Line | Cell::Words => {
            view! { <TextField name label hint value error optional autocomplete="off"/> }.into_any()
        }
        Cell::Lines => view! { <TextArea name label hint value error optional rows=3/> }.into_any(),
        Cell::Day => view! { <DateField name label hint value error optional/> }.into_any(),
        Cell::Number { .. } => view! {
            <TextField name label hint value error optional inputmode="numeric" width=Width::Short autocomplete="off"/>
        }
        .into_any(),
        Cell::Flag => {
            let is_yes = value == "yes";
            let options = vec![Choice::new("yes", t.yes).checked(is_yes), Choice::new("no", t.no).checked(!is_yes)];
            view! { <Choices name legend=label hint error options inline=true/> }.into_any()
        }
        Cell::Several(options) => {
            let chosen = |code: &str| match typed.is_wrong() {
                true => typed.chose(name, code),
                false => row.get(name).split(' ').any(|chosen| chosen == code),
            };
            let choice = |(code, word): (&'static str, &'static str)| Choice::new(code, word).checked(chosen(code));
            let options = options().into_iter().map(choice).collect();
            view! { <Choices name legend=label hint error options many=true optional/> }.into_any()
        }
        Cell::Choice(options) => {
            let options = options().into_iter().map(|(code, word)| SelectOption::new(code, word)).collect();
            view! { <SelectField name label hint value error options optional/> }.into_any()
        }
    }
}

/// The change, with the table of the row open.
fn back(req: &Req, at: &At) -> String {
    format!("{}#table", with_query(&at.change(""), "table", req.param("table")))
}

/// Takes the row, or shows the form again with what was typed.
pub(super) async fn save(req: Req) -> Outcome {
    let (at, org, place) = (At::of(&req)?, req.workspace()?.org, place(&req)?);
    let (fields, which) = (typed::answers(&req.form), (req.param("table"), place));
    match refdata::save_row(req.ctx(), &req.principal, org, at.kind, which, req.posted_version(), &fields).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(back(&req, &at)))
        }
        Err(refusal @ Refusal::NotPossible(_)) => Err(refusal),
        Err(refusal) => typed::again(&req, &form(&req), &req.path, overtaken(&at, refusal)).await,
    }
}

/// Takes the row out.
pub(super) async fn remove(req: Req) -> Outcome {
    mark(req, true).await
}

/// Puts it back.
pub(super) async fn restore(req: Req) -> Outcome {
    mark(req, false).await
}

async fn mark(req: Req, removed: bool) -> Outcome {
    let (at, org) = (At::of(&req)?, req.workspace()?.org);
    let which = (req.param("table"), place(&req)?.ok_or(Refusal::NotFound)?);
    let (ctx, who, version) = (req.ctx(), &req.principal, req.posted_version());
    match refdata::mark_row(ctx, who, org, at.kind, which, version, removed).await {
        Ok(()) => Ok(Reply::to(back(&req, &at))),
        Err(refusal) => {
            let form = super::decide::form(at.kind);
            typed::again(&req, &form, &at.change(""), overtaken(&at, refusal)).await
        }
    }
}
