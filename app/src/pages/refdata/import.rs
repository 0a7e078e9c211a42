//! Taking a file into the open change.

use domain::refdata::{Scope, Table};
use leptos::prelude::*;
use services::{Refusal, error::Problem, refdata};

use super::{At, decide::overtaken};
use crate::{
    components::*,
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
        upload,
    },
};

/// The largest file.
const LIMIT: usize = 1024 * 1024;

fn form(at: &At) -> String {
    format!("reference file {}", at.kind.code())
}

/// The form.
pub(super) async fn page(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let found = refdata::change(req.ctx(), &req.principal, req.workspace()?.org, at.kind).await?;
    let Some(view) = found.filter(|view| view.mine && view.waits_since.is_none()) else {
        return Ok(Reply::to(at.change("")));
    };
    let typed = Typed::open(&req, &form(&at)).await?;
    let (path, wrong, table) = (req.path.clone(), typed.is_wrong(), req.query.get("table").to_owned());
    let (version, scope) = (view.version, view.scope);
    Page::new(at.t.import_title, move || whole(&at, path, version, scope, table, &typed)).errors(wrong).into()
}

fn whole(at: &At, path: String, version: i64, scope: Scope, table: String, typed: &Typed) -> impl IntoView + use<> {
    let t = at.t;
    let (errors, error) = (typed.errors(), typed.error("file"));
    let tables: Vec<&'static Table> = at.kind.tables(scope).collect();
    let columns = tables.iter().map(|table| {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        view! { <p><b>{table.title}</b>": "<code dir="ltr">{names.join(", ")}</code></p> }
    });
    let columns = columns.collect_view();
    let options = tables.iter().map(|table| SelectOption::new(table.name, table.title)).collect();
    let back = at.change("");
    view! {
        <FormPage>
            <BackLink href=back/>
            <ErrorSummary errors/>
            <PageTitle title=t.import_title caption=at.kind.label() lead=t.import_lead/>
            <form class="stack" method="post" action=path enctype="multipart/form-data" novalidate=true>
                <input type="hidden" name="version" value=version.to_string()/>
                <SelectField name="table" label=t.import_table options value=table no_blank=true/>
                <FileField name="file" label=t.import_file hint=t.import_hint error accept=".csv,.json,.toml" one=true/>
                <Button label=t.import_act/>
            </form>
            <Details summary=t.import_columns>{columns}</Details>
        </FormPage>
    }
}

/// Takes the file in whole, or says everything that is wrong with it.
pub(super) async fn post(req: Req) -> Outcome {
    let (at, org) = (At::of(&req)?, req.workspace()?.org);
    let sent = upload::small(&req, LIMIT).await;
    let table = sent.fields.get("table").to_owned();
    let version = sent.fields.get("version").parse().unwrap_or(-1);
    let at_file = |words| Err(Refusal::Invalid(vec![Problem::new("file", words)]));
    let done = match &sent.file {
        _ if sent.too_much => at_file(at.t.import_large),
        None => at_file(at.t.import_none),
        Some((name, bytes)) => {
            refdata::import(req.ctx(), &req.principal, org, at.kind, &table, version, (name, bytes)).await
        }
    };
    match done {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(at.change("#differences")))
        }
        Err(refusal @ Refusal::NotPossible(_)) => Err(refusal),
        Err(refusal) => {
            let path = with_query(&req.path, "table", &table);
            typed::again(&req, &form(&at), &path, overtaken(&at, refusal)).await
        }
    }
}
