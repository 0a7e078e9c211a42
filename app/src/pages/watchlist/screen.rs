//! Asking whether somebody is on a list, and what was asked before.

use domain::{country::Country, organisation::OrgKind};
use leptos::prelude::*;
use services::watchlist::{self, Line, NUMBER_KINDS, Searched};

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

const FORM: &str = "name to screen";

/// The form and the history.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let lists = watchlist::in_force(req.ctx(), &req.principal, org).await?;
    let before = req.query.get("before").parse().ok();
    let (lines, more) = watchlist::checks(req.ctx(), &req.principal, org, before).await?;
    let typed = Typed::open(&req, FORM).await?;
    let (wrong, zone, here) = (typed.is_wrong(), req.zone(), req.here(""));
    let last = lines.last().map(|line| line.id.to_string()).filter(|_| more);
    let shared = req.workspace()?.kind == OrgKind::Company;
    let shared = shared.then(|| req.here("/shared-lists"));
    let next = last.map(|last| with_query(&req.here("/screen"), "before", &last));
    Page::new(t.screen_title, move || {
        let form = match lists.is_empty() {
            true => view! { <EmptyState title=t.no_lists_title><p>{t.no_lists}</p></EmptyState> }.into_any(),
            false => form(t, &here, &typed).into_any(),
        };
        let (searched, history) = (searched(t, zone, &lists), history(t, &here, zone, &lines));
        view! {
            <FormPage>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.screen_title lead=t.screen_lead/>
                {form}
                {searched}
                {shared.map(|href| view! { <p><a href=href>{t.shared_lists}</a></p> })}
                <Panel title=t.history>
                    {history}
                    {next.map(|href| view! { <p><a href=href rel="next">{t.history_more}</a></p> })}
                </Panel>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn form(t: &'static Texts, here: &str, typed: &Typed) -> impl IntoView + use<> {
    let (value, error) = (|field: &str| typed.value(field), |field: &str| typed.error(field));
    let chosen = typed.value_or("kind", "person");
    let kinds = [
        ("person", t.kind_person),
        ("organisation", t.kind_organisation),
        ("vessel", t.kind_vessel),
        ("any", t.kind_any),
    ];
    let kinds = kinds.map(|(code, label)| Choice { checked: code == chosen, ..Choice::new(code, label) }).into();
    let countries = Country::by_name().into_iter().map(|one| SelectOption::new(one.code(), one.name())).collect();
    let sorts = NUMBER_KINDS.iter().map(|(code, label, _)| SelectOption::new(*code, *label)).collect();
    let sort = typed.value_or("number_kind", "passport");
    view! {
        <form class="stack" method="post" action=format!("{here}/screen") novalidate=true autocomplete="off">
            <Choices name="kind" legend=t.kind options=kinds/>
            <TextArea name="names" label=t.names hint=t.names_hint value=value("names") error=error("names")/>
            <TextField name="birth" label=t.birth hint=t.birth_hint value=value("birth") error=error("birth") width=Width::Medium/>
            <SelectField name="country" label=t.country hint=t.country_hint options=countries value=value("country") error=error("country") blank=t.country_none/>
            <TextArea name="address" label=t.address hint=t.address_hint value=value("address") error=error("address") rows=2/>
            <SelectField name="number_kind" label=t.number_kind options=sorts value=sort no_blank=true/>
            <TextField name="number" label=t.number hint=t.number_hint value=value("number") error=error("number") width=Width::Medium/>
            <Button label=t.screen/>
        </form>
    }
}

/// A list with its version, and who shares it.
pub(super) fn titled(t: &'static Texts, list: &Searched) -> String {
    match (list.number, list.owner.as_str()) {
        (0, _) => list.label.clone(),
        (number, "") => fill(t.list_version, &[("label", &list.label), ("number", &number.to_string())]),
        (number, owner) => {
            let parts = [("label", list.label.as_str()), ("number", &number.to_string()), ("owner", owner)];
            fill(t.list_shared, &parts)
        }
    }
}

/// The versions that are searched, or were.
pub(crate) fn searched(t: &'static Texts, zone: &str, lists: &[Searched]) -> impl IntoView + use<> {
    let lines = lists.iter().map(|list| {
        let label = titled(t, list);
        let day = format::day(domain::time::Timestamp(list.since), zone);
        let since = fill(t.since, &[("day", &day), ("entries", &list.entries.to_string())]);
        view! { <li><bdi>{label}</bdi><br/><span class="muted">{since}</span></li> }
    });
    let lines = lines.collect_view();
    let summary = fill(t.searched, &[("count", &lists.len().to_string())]);
    (!lists.is_empty()).then(|| view! { <Details summary><ul>{lines}</ul></Details> })
}

fn history(t: &'static Texts, here: &str, zone: &str, lines: &[Line]) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="muted">{t.history_none}</p> }.into_any();
    }
    let row = |line: &Line| {
        let href = format!("{here}/checks/{}", line.id);
        let (name, person) = (line.asking.title().to_owned(), line.person.clone());
        view! {
            <tr>
                <th scope="row"><a href=href><bdi>{name}</bdi></a></th>
                <td><Moment text=format::moment(line.at, zone) datetime=format::machine(line.at)/></td>
                <td><bdi>{person}</bdi></td>
                <td class="num">{line.count}</td>
            </tr>
        }
    };
    let rows = lines.iter().map(row).collect_view();
    let columns = vec![Column::new(t.asked_for), Column::new(t.when), Column::new(t.who), Column::numeric(t.hits)];
    view! { <DataTable id="checks" caption=t.history_caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// Asks, and leads to the answer. What is asked for stands in no address.
pub(super) async fn ask(req: Req) -> Outcome {
    let org = req.workspace()?.org;
    match watchlist::screen(req.ctx(), &req.principal, org, &typed::answers(&req.form)).await {
        Ok(id) => {
            typed::done(&req).await?;
            Ok(Reply::to(req.here(&format!("/checks/{id}"))))
        }
        Err(refusal) => typed::again(&req, FORM, &req.here("/screen"), refusal).await,
    }
}
