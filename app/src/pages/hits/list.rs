//! The company's hits, what waits for somebody first.

use domain::screening::State;
use leptos::prelude::*;
use services::{
    Refusal,
    customer::screening::{self, Filter, Line, Listed},
};

use super::{look, points, progress};
use crate::{
    components::*,
    pages::report::place,
    text::{
        fill,
        hits::{Texts, texts},
    },
    web::{Outcome, Page, Req, paths::with_query},
};

/// What of the list the address asks for, and which page of it.
fn wanted(req: &Req) -> (Filter, u16) {
    let state = req.query.get("state");
    let filter = Filter {
        state: State::from_code(state),
        all: state == "all",
        list: req.query.get("list").to_owned(),
        customer: req.query.get("customer").parse().ok(),
    };
    (filter, req.query.get("page").parse().unwrap_or(0))
}

/// The address under which this is wanted.
fn address(path: &str, filter: &Filter, page: u16) -> String {
    let state = if filter.all { "all" } else { filter.state.map_or("", State::code) };
    let customer = filter.customer.map(|id| id.to_string()).unwrap_or_default();
    let number = if page == 0 { String::new() } else { page.to_string() };
    let parts: [(&str, &str); 4] =
        [("state", state), ("list", filter.list.as_str()), ("customer", &customer), ("page", &number)];
    parts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .fold(path.to_owned(), |path, (name, value)| with_query(&path, name, value))
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let (filter, number) = wanted(&req);
    let found = screening::list(req.ctx(), &req.principal, org, &filter, number).await?;
    let at_work = at_work(&req).await?;
    Page::new(t.title, move || {
        let (form, list) = (form(&req, t, &filter, &found), listed(&req, t, &filter, number, &found));
        view! {
            <DeskPage>
                <BackLink href=req.here("/customers") label=crate::text::customers::texts(req.lang).back_list/>
                <PageTitle title=t.title lead=t.lead/>
                {at_work}
                {form}
                {list}
            </DeskPage>
        }
    })
    .into()
}

/// What is at work for the company, in words; nothing if nothing is.
pub(crate) async fn at_work(req: &Req) -> Result<Option<AnyView>, Refusal> {
    let t = texts(req.lang);
    let (due, job) = screening::progress(req.ctx(), &req.principal, req.workspace()?.org).await?;
    let files = match due {
        0 => None,
        1 => Some(t.due_one.to_owned()),
        count => Some(fill(t.due_some, &[("count", &count.to_string())])),
    };
    let said = job.map(|job| progress(t, &job)).into_iter().chain(files);
    let said: Vec<_> = said.map(|text| view! { <p class="small muted"><bdi>{text}</bdi></p> }).collect();
    Ok((!said.is_empty()).then(|| said.collect_view().into_any()))
}

/// The way to the hits of the company, with how many wait.
pub(crate) async fn link(req: &Req) -> Result<AnyView, Refusal> {
    let t = texts(req.lang);
    let label = match screening::to_do(req.ctx(), &req.principal, req.workspace()?.org).await? {
        0 => t.link.to_owned(),
        count => fill(t.link_some, &[("count", &count.to_string())]),
    };
    let href = req.here("/hits");
    Ok(view! { <a href=href>{label}</a> }.into_any())
}

fn form(req: &Req, t: &'static Texts, filter: &Filter, found: &Listed) -> AnyView {
    let here = req.here("/hits");
    let state = if filter.all { Some("all") } else { filter.state.map(State::code) };
    let states = std::iter::once(SelectOption::new("all", t.any_state));
    let states = states.chain(State::ALL.iter().map(|state| SelectOption::new(state.code(), state.label()))).collect();
    let lists = found.lists.iter().map(|(code, label)| SelectOption::new(code, label)).collect();
    let customer = filter.customer.map(|id| view! { <input type="hidden" name="customer" value=id.to_string()/> });
    let without = |change: fn(&mut Filter)| {
        let mut filter = filter.clone();
        change(&mut filter);
        address(&here, &filter, 0)
    };
    let mut chips = Vec::new();
    let word = if filter.all { Some(t.any_state) } else { filter.state.map(State::label) };
    if let Some(label) = word {
        let remove_href = without(|filter| (filter.state, filter.all) = (None, false));
        chips.push(Chip { label: label.to_owned(), remove_href });
    }
    if let Some((_, label)) = found.lists.iter().find(|(code, _)| *code == filter.list) {
        chips.push(Chip { label: label.clone(), remove_href: without(|filter| filter.list.clear()) });
    }
    if filter.customer.is_some() {
        let remove_href = without(|filter| filter.customer = None);
        chips.push(Chip { label: t.one_customer.to_owned(), remove_href });
    }
    view! {
        <FilterForm action=here.clone()>
            {customer}
            <SelectField name="state" label=t.state options=states value=state.map(str::to_owned) blank=t.to_do/>
            <SelectField name="list" label=t.list options=lists value=filter.list.clone() blank=t.any_list/>
        </FilterForm>
        <Chips chips clear_href=here/>
    }
    .into_any()
}

fn listed(req: &Req, t: &'static Texts, filter: &Filter, number: u16, found: &Listed) -> AnyView {
    if found.lines.is_empty() {
        let narrowed = *filter != Filter::default() || number > 0;
        let (title, text) = if narrowed { (t.found_none_title, t.found_none) } else { (t.none_title, t.none) };
        return view! { <EmptyState title><p>{text}</p></EmptyState> }.into_any();
    }
    let here = req.here("/hits");
    let table = table(req, t, &found.lines, true);
    let next = found.more.then(|| address(&here, filter, number.saturating_add(1)));
    let previous = (number > 0).then(|| address(&here, filter, number - 1));
    view! { {table}<Pagination previous next/> }.into_any()
}

/// Hits as a table, with or without their customers.
pub(super) fn table(req: &Req, t: &'static Texts, lines: &[Line], with_customer: bool) -> AnyView {
    let columns = [t.who, t.entry, t.state, t.score, t.means].map(Column::new);
    let customer = with_customer.then(|| Column::new(t.customer));
    let columns: Vec<Column> = columns.into_iter().chain(customer).chain([Column::new(t.found)]).collect();
    let rows = lines.iter().map(|line| row(req, t, line, with_customer)).collect_view();
    view! { <DataTable id="hits" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn row(req: &Req, t: &'static Texts, line: &Line, with_customer: bool) -> AnyView {
    let (shape, tone) = look(line.state);
    let href = req.here(&format!("/hits/{}", line.id));
    let (name, role, entry, list) = (line.name.clone(), line.role.label(), line.entry.clone(), line.list.clone());
    let customer = with_customer.then(|| {
        let (href, name) = (req.here(&format!("/customers/{}", line.customer)), line.customer_name.clone());
        view! { <td><a href=href><bdi>{name}</bdi></a></td> }
    });
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{name}</bdi></a><br/><span class="muted">{role}</span></th>
            <td><bdi>{entry}</bdi><br/><span class="muted"><bdi>{list}</bdi></span></td>
            <td><Status shape word=line.state.label() tone/></td>
            <td>{points(t, line.score)}</td>
            <td>{line.means.label()}</td>
            {customer}
            <td>{place::moment(req, line.found)}</td>
        </tr>
    }
    .into_any()
}
