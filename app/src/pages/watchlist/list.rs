//! One list: its versions and its settings.

use leptos::prelude::*;
use services::watchlist::{self, By, List, State, Version};

use super::meanings;
use crate::{
    components::*,
    format,
    text::{
        fill,
        watchlist::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

fn form_name(code: &str) -> String {
    format!("watch list {code}")
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let (list, versions) = watchlist::list(req.ctx(), By::Person(&req.principal), req.param("list")).await?;
    let typed = Typed::open(&req, &form_name(&list.code)).await?;
    let (path, back, wrong) = (req.path.clone(), req.here("/lists"), typed.is_wrong());
    let done = (req.query.get("done") == "changed").then_some(t.done_changed);
    Page::new(list.label.clone(), move || {
        let table = table(t, &path, &versions);
        let settings = settings(t, &path, &list, &typed);
        view! {
            <DeskPage>
                <BackLink href=back/>
                <ErrorSummary errors=typed.errors()/>
                {done.map(|text| view! { <p role="status"><b>{text}</b></p> })}
                <PageTitle title=list.label.clone() caption=list.code.clone() lead=list.means.text()/>
                <Panel title=t.versions>{table}</Panel>
                <Panel title=t.settings>{settings}</Panel>
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Where a version stands, with a shape.
pub(super) fn state(t: &'static Texts, state: State) -> impl IntoView {
    let (shape, word, tone) = match state {
        State::Loaded => (Shape::Open, t.state_loaded, Tone::Neutral),
        State::Active => (Shape::Full, t.state_active, Tone::Ok),
        State::Retired => (Shape::Struck, t.state_retired, Tone::Neutral),
    };
    view! { <Status shape word tone/> }
}

fn table(t: &'static Texts, path: &str, versions: &[Version]) -> impl IntoView + use<> {
    let row = |version: &Version| {
        let href = format!("{path}/versions/{}", version.number);
        let name = fill(t.version, &[("number", &version.number.to_string())]);
        let by = version.loader.clone().unwrap_or_else(|| t.by_machine.to_owned());
        let (at, generated) = (version.loaded_at, version.generated.clone());
        view! {
            <tr>
                <th scope="row"><a href=href>{name}</a></th>
                <td>{state(t, version.state)}</td>
                <td><Moment text=format::moment(at, "UTC") datetime=format::machine(at)/></td>
                <td><bdi>{by}</bdi></td>
                <td><bdi>{generated}</bdi></td>
                <td class="num">{version.entries}</td>
            </tr>
        }
    };
    let rows = versions.iter().map(row).collect_view();
    let columns = vec![
        Column::new(t.versions),
        Column::new(t.state),
        Column::new(t.loaded),
        Column::new(t.by),
        Column::new(t.generated),
        Column::numeric(t.entries),
    ];
    view! { <DataTable id="versions" caption=t.versions_caption caption_hidden=true columns>{rows}</DataTable> }
}

fn settings(t: &'static Texts, path: &str, list: &List, typed: &Typed) -> impl IntoView + use<> {
    let label = typed.value_or("label", &list.label);
    let means = typed.value_or("means", list.means.code());
    let checked = if typed.is_wrong() { typed.chose("automatic", "yes") } else { list.automatic };
    view! {
        <form class="stack" method="post" action=path.to_owned() novalidate=true>
            <TextField name="label" label=t.label value=label error=typed.error("label") width=Width::Long autocomplete="off"/>
            <SelectField name="means" label=t.means hint=t.means_hint options=meanings() value=means error=typed.error("means") no_blank=true/>
            <Checkbox name="automatic" label=t.automatic hint=t.automatic_hint checked/>
            <Button label=t.save/>
        </form>
    }
}

/// Changes the settings.
pub(super) async fn change(req: Req) -> Outcome {
    let code = req.param("list").to_owned();
    let settings = (req.form.get("label"), req.form.get("means"), req.form.has("automatic"));
    match watchlist::change(req.ctx(), &req.principal, &code, settings).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&req.path, "done", "changed")))
        }
        Err(refusal) => typed::again(&req, &form_name(&code), &req.path, refusal).await,
    }
}
