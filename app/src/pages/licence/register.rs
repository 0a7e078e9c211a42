//! The register by holder: licences or permits. What is looked for is posted and kept; the address holds only its number.

use domain::{
    access::Action,
    answers::when::long_date,
    licence::{Entry, Sort, Standing, request::RequestState},
};
use leptos::prelude::*;
use paper::{Cell, Table};
use services::{
    Refusal, export,
    licence::{self, Filter, Item, Listed},
    search::QuestionId,
};

use super::look;
use crate::{
    components::*,
    text::{
        fill,
        licence::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req, files,
        paths::with_query,
        typed::{self, Typed},
    },
};

const PAGE: u16 = 50;
/// By which the search is kept when it could not be taken.
const FORM: &str = "licences search";

/// What of the register the address asks for.
struct Asked {
    question: Option<QuestionId>,
    filter: Filter,
    lapsed: bool,
}

async fn wanted(req: &Req) -> Result<Asked, Refusal> {
    let question = req.query.get("q").parse::<QuestionId>().ok();
    let words = match question {
        Some(id) => licence::asked(req.ctx(), &req.principal, req.workspace()?.org, id).await?,
        None => None,
    };
    let lapsed = req.query.has("q") && words.is_none();
    let sort = Sort::from_code(req.query.get("sort")).unwrap_or(Sort::Licence);
    let standing = Standing::from_code(req.query.get("standing"));
    let filter = Filter { sort, standing, words: words.unwrap_or_default() };
    Ok(Asked { question: question.filter(|_| !lapsed), filter, lapsed })
}

impl Asked {
    /// An address under which the same is wanted.
    fn address(&self, path: &str, with_standing: bool, with_question: bool) -> String {
        let path = match self.filter.sort {
            Sort::Licence => path.to_owned(),
            Sort::Permit => with_query(path, "sort", self.filter.sort.code()),
        };
        let standing = self.filter.standing.filter(|_| with_standing);
        let path = standing.map_or_else(|| path.clone(), |one| with_query(&path, "standing", one.code()));
        let question = self.question.filter(|_| with_question);
        question.map_or_else(|| path.clone(), |id| with_query(&path, "q", &id.to_string()))
    }
}

/// Keeps what is looked for and leads to what is found.
pub(super) async fn search(req: Req) -> Outcome {
    let (org, list) = (req.workspace()?.org, req.here("/licences"));
    let list = match Sort::from_code(req.form.get("sort")) {
        Some(Sort::Permit) => with_query(&list, "sort", "permit"),
        _ => list,
    };
    match licence::ask(req.ctx(), &req.principal, org, req.form.get("words")).await {
        Ok(id) => {
            let standing = Standing::from_code(req.form.get("standing"));
            let list = standing.map_or_else(|| list.clone(), |one| with_query(&list, "standing", one.code()));
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
    let found = licence::list(req.ctx(), &req.principal, member.org, &asked.filter, after, PAGE).await?;
    let typed = if req.query.has("errors") { Typed::open(&req, FORM).await? } else { Typed::default() };
    let may_keep = Action::KeepLicences.allows(member.role);
    let catalogue = req.ctx().catalogue();
    let wrong = typed.is_wrong();
    Page::new(t.title, move || {
        let sort = asked.filter.sort;
        let acts = may_keep.then(|| {
            let add = with_query(&req.here("/licences/new"), "sort", sort.code());
            let label = if sort == Sort::Licence { t.add_licence } else { t.add_permit };
            view! {
                <LinkButton href=add label/>
                <LinkButton href=req.here("/licence-files") label=t.files kind=ButtonKind::Quiet/>
            }
            .into_any()
        });
        let lapsed = asked.lapsed.then(|| view! { <Banner tone=Tone::Info title=t.search_lapsed/> });
        let requests = match req.waiting.licences.unwrap_or_default() {
            0 => t.requests.to_owned(),
            count => fill(t.requests_waiting, &[("count", &count.to_string())]),
        };
        let to_requests = with_query(&req.here("/licence-requests"), "state", RequestState::Open.code());
        let (find, list) = (find(&req, t, &asked, &typed), listed(&req, t, &asked, &found, &catalogue));
        view! {
            <DeskPage>
                <ErrorSummary errors=typed.errors()/>
                {lapsed}
                <PageTitle title=t.title lead=t.lead acts=acts/>
                <p><a href=to_requests>{requests}</a></p>
                {sorts(&req, t, sort)}
                {find}
                {list}
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Licences or permits.
fn sorts(req: &Req, t: &'static Texts, now: Sort) -> AnyView {
    let list = req.here("/licences");
    let link = |sort: Sort, label: &'static str| {
        let href = if sort == Sort::Licence { list.clone() } else { with_query(&list, "sort", sort.code()) };
        let current = (sort == now).then_some("page");
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    };
    let (licences, permits) = (link(Sort::Licence, t.licences), link(Sort::Permit, t.permits));
    view! { <nav class="crumbs no-print" aria-label=t.title><ul role="list">{licences}{permits}</ul></nav> }.into_any()
}

fn find(req: &Req, t: &'static Texts, asked: &Asked, typed: &Typed) -> AnyView {
    let list = req.here("/licences");
    let words = typed.value_or("words", &asked.filter.words);
    let sort = asked.filter.sort.code();
    let standing = asked.filter.standing.map(|one| one.code().to_owned());
    let hidden_standing =
        standing.clone().map(|standing| view! { <input type="hidden" name="standing" value=standing/> });
    let hidden = view! { <input type="hidden" name="sort" value=sort/>{hidden_standing} }.into_any();
    let question = asked.question.map(|id| view! { <input type="hidden" name="q" value=id.to_string()/> }.into_any());
    let options = Standing::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
    let of_standing = asked
        .filter
        .standing
        .map(|one| Chip { label: one.label().to_owned(), remove_href: asked.address(&list, false, true) });
    let of_words = asked
        .question
        .map(|_| Chip { label: asked.filter.words.clone(), remove_href: asked.address(&list, true, false) });
    let chips: Vec<Chip> = of_words.into_iter().chain(of_standing).collect();
    let clear = asked.address(&list, false, false);
    view! {
        <SearchForm
            action=format!("{list}/search") method="post" name="words" label=t.search button=t.search_act value=words
            more=hidden
        />
        <FilterForm action=list>
            <input type="hidden" name="sort" value=sort/>
            {question}
            <SelectField name="standing" label=t.standing options value=standing blank=t.any_standing/>
        </FilterForm>
        <Chips chips clear_href=clear/>
    }
    .into_any()
}

fn listed(
    req: &Req,
    t: &'static Texts,
    asked: &Asked,
    found: &Listed,
    catalogue: &domain::substance::Catalogue,
) -> AnyView {
    let (all, count) = match asked.filter.sort {
        Sort::Licence => (found.licences, t.count_licences),
        Sort::Permit => (found.permits, t.count_permits),
    };
    if found.items.is_empty() {
        let (title, text) = if all > 0 { (t.found_none_title, t.found_none) } else { (t.none_title, t.none) };
        return view! { <EmptyState title><p>{text}</p></EmptyState> }.into_any();
    }
    let list = req.here("/licences");
    let count = fill(count, &[("count", &all.to_string())]);
    let columns = [t.holder, t.number, t.standing, t.valid, t.what].map(Column::new).to_vec();
    let rows = found.items.iter().map(|item| row(req, t, item, catalogue)).collect_view();
    let next = found.next.map(|id| with_query(&asked.address(&list, true, true), "after", &id.to_string()));
    let first = req.query.has("after").then(|| asked.address(&list, true, true));
    let files = files::links(|ending| asked.address(&format!("{list}{ending}"), true, true));
    let acts = view! { <TakeAway files/> }.into_any();
    view! {
        <ListHead count acts/>
        <DataTable id="licences" caption=t.caption caption_hidden=true columns>{rows}</DataTable>
        <Pagination previous=first next/>
    }
    .into_any()
}

/// From when to when an entry holds.
pub(super) fn days(t: &'static Texts, entry: &Entry) -> String {
    let (from, to) = entry.days();
    match to {
        Some(to) => fill(t.from_to, &[("from", &long_date(from)), ("to", &long_date(to))]),
        None => fill(t.from_on, &[("from", &long_date(from))]),
    }
}

fn row(req: &Req, t: &'static Texts, item: &Item, catalogue: &domain::substance::Catalogue) -> AnyView {
    let (shape, tone) = look(item.standing);
    let href = req.here(&format!("/licences/{}", item.id));
    let (holder, number) = (item.entry.holder().to_owned(), item.entry.number().to_owned());
    let what = match &item.entry {
        Entry::Licence(licence) => {
            licence.grants.iter().map(|grant| grant.what.text(catalogue)).collect::<Vec<_>>().join(", ")
        }
        Entry::Permit(permit) => {
            let left = permit.remainder().map_or_else(|| t.left_over.to_owned(), |left| format!("{}: {left}", t.left));
            format!("{} {}. {left}", permit.quantity, item.entry.cells(catalogue).one("substance"))
        }
    };
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{holder}</bdi></a></th>
            <td><bdi dir="ltr">{number}</bdi></td>
            <td><Status shape word=item.standing.label() tone/></td>
            <td>{days(t, &item.entry)}</td>
            <td><bdi>{what}</bdi></td>
        </tr>
    }
    .into_any()
}

/// The list as a file of the kind that the address asks for: the columns that an import reads.
pub(super) async fn file(req: Req) -> Outcome {
    let (org, format) = (req.workspace()?.org, files::asked(&req)?);
    let asked = wanted(&req).await?;
    let found = export::licences(req.ctx(), &req.principal, org, &asked.filter, format.ending()).await?;
    let (sort, catalogue) = (asked.filter.sort, req.ctx().catalogue());
    let head = sort.columns().iter().map(|column| (column.name, column.title)).collect();
    let cells = |entry: &Entry| {
        let texts = entry.cells(&catalogue);
        sort.columns().iter().map(|column| Cell::text(texts.one(column.name))).collect()
    };
    let stem = if sort == Sort::Licence { "licences" } else { "permits" };
    let table = Table::new(stem, head, found.iter().map(cells).collect());
    files::hand_out(&req, stem, texts(req.lang).title, table).await
}
