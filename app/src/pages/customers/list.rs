//! The company's customers by name. What is looked for is posted and kept; the address holds only its number.

use std::collections::HashMap;

use domain::{
    access::Action,
    answers::when::long_date,
    customer::State,
    ids::CustomerId,
    screening::{Standing, Tally},
};
use leptos::prelude::*;
use services::{
    Refusal,
    customer::{self, Filter, Item, Listed, screening},
    search::QuestionId,
};

use super::{decision as decided, look};
use crate::{
    components::*,
    pages::hits,
    text::{
        customers::{Texts, texts},
        decision, fill, hits as hits_text,
    },
    web::{
        Outcome, Page, Reply, Req, files,
        paths::with_query,
        typed::{self, Typed},
    },
};

const PAGE: u16 = 50;
/// By which the search is kept when it could not be taken.
const FORM: &str = "customers search";

/// What of the list the address asks for.
pub(super) struct Asked {
    question: Option<QuestionId>,
    pub(super) filter: Filter,
    lapsed: bool,
}

pub(super) async fn wanted(req: &Req) -> Result<Asked, Refusal> {
    let question = req.query.get("q").parse::<QuestionId>().ok();
    let words = match question {
        Some(id) => customer::asked(req.ctx(), &req.principal, req.workspace()?.org, id).await?,
        None => None,
    };
    let lapsed = req.query.has("q") && words.is_none();
    let filter = Filter { state: State::from_code(req.query.get("state")), words: words.unwrap_or_default() };
    Ok(Asked { question: question.filter(|_| !lapsed), filter, lapsed })
}

impl Asked {
    /// An address under which the same is wanted.
    fn address(&self, path: &str, with_state: bool, with_question: bool) -> String {
        let state = self.filter.state.filter(|_| with_state);
        let path = state.map_or_else(|| path.to_owned(), |state| with_query(path, "state", state.code()));
        let question = self.question.filter(|_| with_question);
        question.map_or_else(|| path.clone(), |id| with_query(&path, "q", &id.to_string()))
    }
}

/// Keeps what is looked for and leads to what is found.
pub(super) async fn search(req: Req) -> Outcome {
    let (org, list) = (req.workspace()?.org, req.here("/customers"));
    match customer::ask(req.ctx(), &req.principal, org, req.form.get("words")).await {
        Ok(id) => {
            let state = State::from_code(req.form.get("state"));
            let list = state.map_or_else(|| list.clone(), |state| with_query(&list, "state", state.code()));
            Ok(Reply::to(with_query(&list, "q", &id.to_string())))
        }
        Err(refusal) => typed::again(&req, FORM, &list, refusal).await,
    }
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, member) = (texts(req.lang), req.workspace()?.clone());
    let asked = wanted(&req).await?;
    let after = req.query.get("after").parse().ok();
    let found = customer::list(req.ctx(), &req.principal, member.org, &asked.filter, after, PAGE).await?;
    let ids: Vec<CustomerId> = found.items.iter().map(|item| item.id).collect();
    let tallies = screening::tallies(req.ctx(), &req.principal, member.org, &ids).await?;
    let (at_work, to_hits) = (hits::at_work(&req).await?, hits::link(&req).await?);
    let typed = if req.query.has("errors") { Typed::open(&req, FORM).await? } else { Typed::default() };
    let may_write = Action::WriteCustomers.allows(member.role);
    let wrong = typed.is_wrong();
    Page::new(t.title, move || {
        let acts = may_write.then(|| {
            view! {
                <LinkButton href=req.here("/customers/new") label=t.add icon=Icon::Customer/>
                <LinkButton href=req.here("/imports") label=t.import_link kind=ButtonKind::Quiet/>
            }
            .into_any()
        });
        let lapsed = asked.lapsed.then(|| view! { <Banner tone=Tone::Info title=t.search_lapsed/> });
        let (find, list) = (find(&req, t, &asked, &typed), listed(&req, t, &asked, &found, &tallies));
        let (due, licences) = (req.here("/customers/due"), req.here("/licences"));
        view! {
            <DeskPage>
                <ErrorSummary errors=typed.errors()/>
                {lapsed}
                <PageTitle title=t.title lead=t.lead acts=acts/>
                {find}
                <p class="part__acts"><a href=due>{decision::texts(req.lang).due_link}</a><a href=licences>{t.licences_link}</a>{to_hits}</p>
                {at_work}
                {list}
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

fn find(req: &Req, t: &'static Texts, asked: &Asked, typed: &Typed) -> AnyView {
    let list = req.here("/customers");
    let words = typed.value_or("words", &asked.filter.words);
    let state = asked.filter.state.map(|state| state.code().to_owned());
    let hidden = state.clone().map(|state| view! { <input type="hidden" name="state" value=state/> }.into_any());
    let question = asked.question.map(|id| view! { <input type="hidden" name="q" value=id.to_string()/> }.into_any());
    let options = State::ALL.iter().map(|state| SelectOption::new(state.code(), state.label())).collect();
    let of_state = asked
        .filter
        .state
        .map(|state| Chip { label: state.label().to_owned(), remove_href: asked.address(&list, false, true) });
    let of_words = asked
        .question
        .map(|_| Chip { label: asked.filter.words.clone(), remove_href: asked.address(&list, true, false) });
    let chips: Vec<Chip> = of_words.into_iter().chain(of_state).collect();
    view! {
        <SearchForm
            action=format!("{list}/search") method="post" name="words" label=t.search button=t.search_act value=words
            more=hidden
        />
        <FilterForm action=list.clone()>
            {question}
            <SelectField name="state" label=t.state options value=state blank=t.any_state/>
        </FilterForm>
        <Chips chips clear_href=list/>
    }
    .into_any()
}

fn listed(
    req: &Req,
    t: &'static Texts,
    asked: &Asked,
    found: &Listed,
    tallies: &HashMap<CustomerId, Tally>,
) -> AnyView {
    if found.items.is_empty() {
        let narrowed = asked.question.is_some() || asked.filter.state.is_some() || found.all > 0;
        let (title, text) = if narrowed { (t.found_none_title, t.found_none) } else { (t.none_title, t.none) };
        return view! { <EmptyState title><p>{text}</p></EmptyState> }.into_any();
    }
    let list = req.here("/customers");
    let count = match found.all {
        1 => t.count_one.to_owned(),
        count => fill(t.count, &[("count", &count.to_string())]),
    };
    let d = decision::texts(req.lang);
    let lists = hits_text::texts(req.lang).column;
    let columns = [t.name, t.country, t.state, lists, d.risk, d.decided, d.review, t.own_number];
    let columns = columns.into_iter().map(Column::new).collect::<Vec<_>>();
    let rows = found.items.iter().map(|item| row(req, t, item, tallies.get(&item.id))).collect_view();
    let next = found.next.map(|id| with_query(&asked.address(&list, true, true), "after", &id.to_string()));
    let first = req.query.has("after").then(|| asked.address(&list, true, true));
    let files = files::links(|ending| asked.address(&format!("{list}{ending}"), true, true));
    let acts = view! { <TakeAway files/> }.into_any();
    view! {
        <ListHead count acts/>
        <DataTable id="customers" caption=t.caption caption_hidden=true columns>{rows}</DataTable>
        <Pagination previous=first next/>
    }
    .into_any()
}

/// How the file stands on watch lists, where somebody has to know.
fn on_lists(req: &Req, tally: Option<&Tally>) -> Option<AnyView> {
    let (t, tally) = (hits_text::texts(req.lang), tally?);
    let (word, tone) = match tally.standing() {
        Standing::Match => (Standing::Match.label().to_owned(), Tone::Danger),
        Standing::Due => (Standing::Due.label().to_owned(), Tone::Info),
        _ if tally.to_do() > 0 => (fill(t.column_some, &[("count", &tally.to_do().to_string())]), Tone::Warn),
        _ => return None,
    };
    Some(view! { <Tag text=word tone/> }.into_any())
}

fn row(req: &Req, t: &'static Texts, item: &Item, tally: Option<&Tally>) -> AnyView {
    let (shape, tone) = look(item.state);
    let (href, name) = (super::at(req, item.id, ""), item.name.clone());
    let country = item.country.map_or(t.no_country, domain::country::Country::name);
    let d = decision::texts(req.lang);
    let missing = |text: &'static str| view! { <span class="muted">{text}</span> }.into_any();
    let band = item.band.map_or_else(|| missing(d.not_rated), decided::band_status);
    let verdict = match (item.waits, item.verdict) {
        (true, _) => view! { <Status shape=Shape::HalfAsked word=d.waits_title tone=Tone::Info/> }.into_any(),
        (false, Some(verdict)) => decided::verdict_status(verdict),
        (false, None) => missing(d.not_decided),
    };
    let review = if item.due { d.due_title.to_owned() } else { item.review_on.map(long_date).unwrap_or_default() };
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{name}</bdi></a></th>
            <td>{country}</td>
            <td><Status shape word=item.state.label() tone/></td>
            <td>{on_lists(req, tally)}</td>
            <td>{band}</td>
            <td>{verdict}</td>
            <td>{review}</td>
            <td><bdi>{item.own_number.clone()}</bdi></td>
        </tr>
    }
    .into_any()
}
