//! The list of the catalogue: one form for search and filters, the table below, a file to keep.

use std::sync::Arc;

use domain::{
    lang::Lang,
    substance::{Catalogue, Table},
};
use leptos::prelude::*;

use super::{
    Prepared,
    filter::{Filter, KINDS, OnList, kind_code},
    prepared, today, words,
};
use crate::{
    components::*,
    islands::{
        substance_rows::{CountWords, Found, RowWords, cells, find},
        substance_search::{COUNT, FOUND, LINKS, NOTHING, ROWS, SubstanceSearch},
    },
    text::{fill, substances::texts},
    web::{Outcome, Page, Req, files},
};

pub(super) async fn page(req: Req) -> Outcome {
    let prepared = prepared(&req)?;
    let filter = Filter::read(&req.query, &req.ctx().catalogue());
    let t = texts(req.lang);
    Page::new(t.title, move || view(&req, &prepared, &filter)).about(t.lead).with_islands().into()
}

fn view(req: &Req, prepared: &Arc<Prepared>, filter: &Filter) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let base = req.to("/substances");
    let only = filter.only(&req.ctx().catalogue(), today(req));
    let found = find(&prepared.index, &filter.q, |entry| only.as_ref().is_none_or(|only| only.contains(&entry.slug)));
    let law = crate::text::duties::texts(req.lang).link_short;
    let check = view! {
        <LinkButton href=req.to("/substances/check") label=t.check_link kind=ButtonKind::Secondary/>
        <LinkButton href=req.to("/duties") label=law kind=ButtonKind::Secondary/>
    }
    .into_any();
    let nothing = found.is_empty();
    let (form, head, chips) = (form(req, filter), head(req, filter, found.len()), chips(req, filter));
    let (table, advice) = (table(req.lang, prepared, &found, &base), advice(req));
    let search = view! {
        <SubstanceSearch
            index=req.to("/data/substances.json") base=base only=only rows=row_words(req.lang) counts=count_words(req.lang)
        />
    };
    view! {
        <DeskPage>
            <PageTitle title=t.title lead=t.lead acts=check/>
            <div class="finder">{form}</div>
            <div class="stack" id=LINKS>{head}{chips}</div>
            <div id=FOUND hidden=nothing>{table}</div>
            <div id=NOTHING hidden=!nothing>{advice}</div>
            <p class="part__note">{t.scheduled_note}</p>
            {search}
        </DeskPage>
    }
}

fn form(req: &Req, filter: &Filter) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let lists = lists(req.lang, &req.ctx().catalogue()).into_iter().map(|(code, name)| SelectOption::new(code, name));
    let kinds = KINDS.iter().map(|(kind, code)| SelectOption::new(*code, words::kinds(req.lang, *kind)));
    let lists: Vec<_> = std::iter::once(SelectOption::new("", t.any_list)).chain(lists).collect();
    let kinds: Vec<_> = std::iter::once(SelectOption::new("", t.any_kind)).chain(kinds).collect();
    let list = filter.list.as_ref().map_or("", OnList::code);
    let kind = filter.kind.map_or("", kind_code);
    let apply = crate::text::common::texts(req.lang).apply;
    let more = view! {
        <div class="finder__fields">
            <SelectField name="list" label=t.filter_list options=lists value=list no_blank=true/>
            <SelectField name="kind" label=t.filter_kind options=kinds value=kind no_blank=true/>
            <Button label=apply kind=ButtonKind::Secondary/>
        </div>
    };
    view! {
        <SearchForm
            action=req.to("/substances") label=t.search_label button=t.search_button value=filter.q.clone() more=more.into_any()
        />
    }
}

/// Every choice of the list filter: its code and its name.
fn lists(lang: Lang, catalogue: &Catalogue) -> Vec<(String, String)> {
    let t = texts(lang);
    let own = [
        (OnList::Table(Table::I), t.table_1),
        (OnList::Table(Table::II), t.table_2),
        (OnList::NonScheduled, t.non_scheduled),
    ];
    let own = own.into_iter().map(|(list, name)| (list.code().to_owned(), name.to_owned()));
    // The Convention's own list is what its two tables say.
    let others = catalogue.lists().iter().filter(|list| list.id != "un-1988");
    own.chain(others.map(|list| (list.id.clone(), list.name.clone()))).collect()
}

fn head(req: &Req, filter: &Filter, count: usize) -> impl IntoView + use<> {
    let said = count_words(req.lang).say(count, &filter.q);
    let files = files::links(|ending| filter.address(&req.to(&format!("/substances{ending}"))));
    let acts = view! { <TakeAway files/> };
    view! { <div id=COUNT><ListHead count=said acts=acts.into_any()/></div> }
}

fn chips(req: &Req, filter: &Filter) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let base = req.to("/substances");
    let list = filter.list.as_ref().map(|list| {
        let names = lists(req.lang, &req.ctx().catalogue());
        let name = names.into_iter().find(|(code, _)| code == list.code()).map_or_else(String::new, |(_, name)| name);
        Chip { label: fill(t.chip_list, &[("name", &name)]), remove_href: filter.without_list().address(&base) }
    });
    let kind = filter.kind.map(|kind| {
        let label = fill(t.chip_kind, &[("name", words::kinds(req.lang, kind))]);
        Chip { label, remove_href: filter.without_kind().address(&base) }
    });
    let chips: Vec<_> = list.into_iter().chain(kind).collect();
    view! { <Chips chips=chips clear_href=filter.without_list().without_kind().address(&base)/> }
}

fn table(lang: Lang, prepared: &Prepared, found: &[Found], base: &str) -> impl IntoView + use<> {
    let t = texts(lang);
    let columns = [t.column_name, t.column_cas, t.column_hs, t.column_schedule].map(Column::new).to_vec();
    let row_words = row_words(lang);
    let rows: Vec<_> = found
        .iter()
        .map(|found| {
            let cells = cells(&prepared.index.entries()[found.index], found.why.as_ref(), base, &row_words);
            view! { <tr inner_html=cells></tr> }
        })
        .collect();
    view! { <DataTable id=ROWS caption=t.caption caption_hidden=true columns=columns>{rows}</DataTable> }
}

fn advice(req: &Req) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let act = view! { <LinkButton href=req.to("/report/start") label=t.none_report kind=ButtonKind::Secondary/> };
    view! { <EmptyState title=t.none_title act=act.into_any()><p>{t.none_text}</p></EmptyState> }
}

fn row_words(lang: Lang) -> RowWords {
    let t = texts(lang);
    RowWords {
        found_as: t.row_found_as.to_owned(),
        near: t.row_near.to_owned(),
        more: t.row_more.to_owned(),
        none: t.row_none.to_owned(),
    }
}

fn count_words(lang: Lang) -> CountWords {
    let t = texts(lang);
    CountWords {
        one: t.count_one.to_owned(),
        some: t.count_some.to_owned(),
        none: t.count_none.to_owned(),
        one_for: t.count_one_for.to_owned(),
        some_for: t.count_some_for.to_owned(),
        none_for: t.count_none_for.to_owned(),
    }
}
