//! Search over the desk's reports. What is looked for is posted and kept; the address holds only its number.

use leptos::prelude::*;
use services::{
    Refusal,
    desk::View,
    report::Cursor,
    search::{self, Hit, Leads, QuestionId, Results},
};

use super::{keys, look, place::Desk};
use crate::{
    components::*,
    format,
    text::fill,
    web::{
        Outcome, Page, Reply, Req, files,
        typed::{self, Typed},
    },
};

/// By which the form is kept when it could not be taken.
const FORM: &str = "search";

/// The views that a search can be narrowed to.
const VIEWS: [View; 4] = [View::Open, View::Waiting, View::Accepted, View::Closed];

/// Stores what is looked for and leads to what was found; a number leads to its report.
pub async fn post(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let view = req.form.get("view").parse().ok().filter(|view| VIEWS.contains(view));
    match search::ask(req.ctx(), &req.principal, desk.org, req.form.get("words"), view).await {
        Ok(Leads::Report(reference)) => Ok(Reply::to(desk.report(&reference))),
        Ok(Leads::Results(id)) => Ok(Reply::to(desk.at(&format!("/search?q={id}")))),
        Err(refusal @ Refusal::Invalid(_)) => typed::again(&req, FORM, &desk.at("/search"), refusal).await,
        Err(refusal) => Err(refusal),
    }
}

/// The page: the box, and what was found.
pub async fn page(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let asked = req.query.get("q").parse::<QuestionId>().ok();
    let after = req.query.get("after").parse::<Cursor>().ok();
    let found = match asked {
        Some(id) => search::results(req.ctx(), &req.principal, desk.org, id, after).await?,
        None => None,
    };
    let lapsed = req.query.has("q") && found.is_none();
    let typed = if req.query.has("errors") { Typed::open(&req, FORM).await? } else { Typed::default() };
    Ok(shown(desk, found, asked, after.is_some(), lapsed, typed).into())
}

fn shown(
    desk: Desk,
    found: Option<Results>,
    asked: Option<QuestionId>,
    behind: bool,
    lapsed: bool,
    typed: Typed,
) -> Page {
    let t = desk.t;
    let (errors, wrong) = (typed.errors(), typed.is_wrong());
    Page::new(t.search, move || {
        let crumbs = keys::crumbs(&desk, Some(desk.queue(&Default::default())));
        let form = form(&desk, found.as_ref(), &typed);
        let lapsed = lapsed.then(|| view! { <Banner tone=Tone::Info title=t.search_lapsed/> });
        let results = found.zip(asked).map(|(found, id)| results(&desk, &found, id, behind));
        view! {
            <DeskPage>
                {crumbs}
                <ErrorSummary errors/>
                <PageTitle title=t.search lead=t.search_lead/>
                {lapsed}
                {form}
                {results}
            </DeskPage>
        }
    })
    .errors(wrong)
}

fn form(desk: &Desk, found: Option<&Results>, typed: &Typed) -> AnyView {
    let t = desk.t;
    let words = found.map_or_else(|| typed.value("words"), |found| found.text.clone());
    let chosen = found.and_then(|found| found.view).map(View::code);
    let options = VIEWS.iter().map(|view| SelectOption::new(view.code(), view_name(desk, *view))).collect();
    let more = view! { <SelectField name="view" label=t.search_view options value=chosen blank=t.search_any/> };
    view! {
        <SearchForm
            action=desk.at("/search") method="post" name="words" label=t.search_label button=t.search_button value=words
            more=more.into_any()
        />
    }
    .into_any()
}

const fn view_name(desk: &Desk, view: View) -> &'static str {
    match view {
        View::Waiting => desk.t.view_waiting,
        View::Accepted => desk.t.view_accepted,
        View::Closed => desk.t.view_closed,
        View::Aside => desk.t.view_aside,
        View::Open | View::Mine | View::Unassigned | View::News => desk.t.view_open,
    }
}

fn results(desk: &Desk, found: &Results, id: QuestionId, behind: bool) -> AnyView {
    let t = desk.t;
    let address = |ending: &str| desk.at(&format!("/search{ending}?q={id}"));
    if found.hits.is_empty() {
        let meant = found.meant.as_ref().map(|meant| meant_form(desk, found, meant));
        return view! { <EmptyState title=t.search_nothing_title><p>{t.search_nothing}</p>{meant}</EmptyState> }
            .into_any();
    }
    let count = match found.hits.len() {
        1 => t.reports_one.to_owned(),
        count => fill(t.reports_some, &[("count", &count.to_string())]),
    };
    let hits = found.hits.iter().map(|hit| row(desk, hit)).collect_view();
    let first = behind.then(|| address(""));
    let next = found.next.map(|cursor| format!("{}&after={cursor}", address("")));
    let files = files::links(address);
    let acts = view! { <TakeAway files/> }.into_any();
    view! {
        <ListHead count acts/>
        <ol class="hits" role="list">{hits}</ol>
        <Pagination previous=first next/>
    }
    .into_any()
}

/// "Did you mean", as a form: the words must not stand in an address.
fn meant_form(desk: &Desk, found: &Results, meant: &str) -> AnyView {
    let view = found.view.map_or("", View::code).to_owned();
    let hidden = vec![("words".to_owned(), meant.to_owned()), ("view".to_owned(), view)];
    let label = fill(desk.t.search_meant, &[("words", meant)]);
    view! { <PostButton action=desk.at("/search") label kind=ButtonKind::Secondary hidden/> }.into_any()
}

fn row(desk: &Desk, hit: &Hit) -> AnyView {
    let (href, code, title) = (desk.report(&hit.reference), hit.reference.to_string(), hit.headline.clone());
    let day = format::day(hit.sent_at, desk.zone);
    let facts = [look::party(&hit.party, &hit.party_country), hit.company.clone(), day];
    let facts =
        facts.into_iter().filter(|fact| !fact.is_empty()).map(|fact| view! { <bdi>{fact}</bdi> }).collect_view();
    let status = look::status(hit.state);
    let excerpt = hit.excerpt.iter().cloned().map(|piece| match piece.found {
        true => view! { <mark>{piece.text}</mark> }.into_any(),
        false => piece.text.into_any(),
    });
    view! {
        <li class="hit">
            <p class="hit__head"><bdi class="ref" dir="ltr">{code}</bdi>{status}</p>
            <p class="hit__title"><a href=href><bdi>{title}</bdi></a></p>
            <p class="queue__facts">{facts}</p>
            <p class="hit__text" dir="auto">{excerpt.collect_view()}</p>
        </li>
    }
    .into_any()
}
