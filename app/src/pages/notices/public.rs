//! The public list, and its head in other pages.

use domain::{
    country::Country,
    language::Language,
    notice::{Kind, NoticeRef, Severity},
};
use leptos::prelude::*;
use services::notice::{self, Filter, Item};

use super::shown;
use crate::{
    components::*,
    format,
    text::notices::{Texts, texts},
    web::{Fields, Outcome, Page, Req, paths::with_query},
};

/// What the address asks for; what cannot be read narrows nothing.
pub(super) fn filter(query: &Fields) -> Filter {
    Filter {
        kind: Kind::from_code(query.get("kind")),
        severity: Severity::from_code(query.get("severity")),
        substance: query.get("substance").chars().take(100).collect(),
        country: Country::parse(query.get("country")).ok(),
        lang: Language::find(query.get("in")).map(|language| language.code.clone()).unwrap_or_default(),
        ended: query.get("ended") == "yes",
    }
}

/// The address of a list with a filter.
pub(super) fn address(base: &str, filter: &Filter) -> String {
    let pairs = [
        ("kind", filter.kind.map_or("", Kind::code)),
        ("severity", filter.severity.map_or("", Severity::code)),
        ("substance", filter.substance.as_str()),
        ("country", filter.country.map_or("", Country::code)),
        ("in", filter.lang.as_str()),
        ("ended", if filter.ended { "yes" } else { "" }),
    ];
    let chosen = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    chosen.fold(base.to_owned(), |address, (name, value)| with_query(&address, name, value))
}

pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let filter = filter(&req.query);
    let after: Option<NoticeRef> = req.query.get("after").parse().ok();
    let found = notice::public(req.ctx(), &filter, after.as_ref()).await?;
    let is_whole = filter == Filter::default() && after.is_none();
    let page = Page::new(t.title, move || {
        let base = req.to("/notices");
        let (narrow, chips) = (form(&req, t, &base, &filter), chips(&req, t, &base, &filter));
        let items = items(&req, t, &base, &found.items, t.none);
        let next = found.items.last().filter(|_| found.more).map(|item| {
            let href = with_query(&address(&base, &filter), "after", &item.reference.to_string());
            view! { <p><a href=href rel="next">{t.older}</a></p> }
        });
        let follow = follow(&req, t);
        view! {
            <FormPage aside=follow aside_label=t.follow>
                <PageTitle title=t.title lead=t.lead/>
                {narrow}
                {chips}
                {items}
                {next}
            </FormPage>
        }
    });
    // What somebody narrowed it to is not found by search engines.
    if is_whole { page.about(t.about).into() } else { page.into() }
}

fn follow(req: &Req, t: &'static Texts) -> AnyView {
    let link = |end: &str, label: &'static str| {
        let href = req.to(&format!("/notices/{end}"));
        view! { <li><a href=href>{label}</a></li> }
    };
    let links = (link("feed.atom", t.feed_atom), link("feed.json", t.feed_json), link("events.ics", t.feed_events));
    view! {
        <Panel title=t.follow><p>{t.follow_text}</p><ul class="notice__follow" role="list">{links.0}{links.1}{links.2}</ul></Panel>
    }
    .into_any()
}

/// The filter of a list.
pub(super) fn form(req: &Req, t: &'static Texts, base: &str, filter: &Filter) -> AnyView {
    let kinds = Kind::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
    let severities = Severity::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
    let countries = Country::by_name().into_iter().map(|one| SelectOption::new(one.code(), one.name())).collect();
    let languages = Language::all().iter().map(|one| SelectOption::new(one.code.clone(), one.name.clone())).collect();
    let catalogue = req.ctx().catalogue();
    let mut substances: Vec<_> =
        catalogue.all().iter().map(|one| SelectOption::new(one.slug.clone(), one.name.clone())).collect();
    substances.sort_by_key(|one| one.label.to_lowercase());
    let kind = filter.kind.map_or("", Kind::code);
    let severity = filter.severity.map_or("", Severity::code);
    let country = filter.country.map_or("", Country::code);
    let (substance, lang) = (filter.substance.clone(), filter.lang.clone());
    let open = *filter != Filter::default();
    view! {
        <FilterForm action=base.to_owned() open=open>
            <SelectField name="kind" label=t.kind options=kinds value=kind blank=t.any/>
            <SelectField name="severity" label=t.severity options=severities value=severity blank=t.any/>
            <SelectField name="substance" label=t.substance options=substances value=substance blank=t.any/>
            <SelectField name="country" label=t.country options=countries value=country blank=t.any/>
            <SelectField name="in" label=t.language options=languages value=lang blank=t.any/>
            <Checkbox name="ended" label=t.ended checked=filter.ended/>
        </FilterForm>
    }
    .into_any()
}

/// What is chosen, to take away.
pub(super) fn chips(req: &Req, t: &'static Texts, base: &str, filter: &Filter) -> AnyView {
    let without = |change: fn(&mut Filter)| {
        let mut other = filter.clone();
        change(&mut other);
        address(base, &other)
    };
    let chip = |label: Option<String>, change: fn(&mut Filter)| {
        label.map(|label| Chip { label, remove_href: without(change) })
    };
    let substance = Some(&filter.substance).filter(|slug| !slug.is_empty());
    let name =
        substance.map(|slug| req.ctx().catalogue().find(slug).map_or_else(|| slug.clone(), |one| one.name.clone()));
    let chips: Vec<Chip> = [
        chip(filter.kind.map(|one| one.label().to_owned()), |of| of.kind = None),
        chip(filter.severity.map(|one| one.label().to_owned()), |of| of.severity = None),
        chip(name, |of| of.substance.clear()),
        chip(filter.country.map(|one| one.name().to_owned()), |of| of.country = None),
        chip(Some(&filter.lang).filter(|lang| !lang.is_empty()).map(|lang| shown::language(lang)), |of| {
            of.lang.clear()
        }),
        chip(filter.ended.then(|| t.ended.to_owned()), |of| of.ended = false),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! { <Chips chips clear_href=base.to_owned()/> }.into_any()
}

/// Notices in a list; `base` is the address of the list, under which each has its own.
pub(super) fn items(req: &Req, t: &'static Texts, base: &str, items: &[Item], none: &'static str) -> AnyView {
    if items.is_empty() {
        return view! { <EmptyState title=t.none_title><p>{none}</p></EmptyState> }.into_any();
    }
    let rows = items.iter().map(|item| row(req, t, base, item)).collect_view();
    view! { <ul class="notices" role="list">{rows}</ul> }.into_any()
}

fn row(req: &Req, t: &'static Texts, base: &str, item: &Item) -> AnyView {
    let (title, summary, lang) = shown::words(&item.card, req.lang.tag());
    let (href, dir) = (format!("{base}/{}", item.reference), domain::notice::direction(&lang));
    let tags = (shown::severity(item.card.severity), shown::kind(item.card.kind), shown::standing(item.standing));
    let day = format::day(item.published, "UTC");
    let machine = format::machine(item.published);
    let publisher = item.publisher.clone();
    let revised = (item.revision > 1).then(|| {
        let day = format::day(item.revised, "UTC");
        view! { <span>" · "{t.revised}" "{day}</span> }
    });
    view! {
        <li class="notices__item">
            <p class="notices__tags">{tags.0}{tags.1}{tags.2}</p>
            <h2 class="notices__title" lang=lang.clone() dir=dir><a href=href>{title}</a></h2>
            <p class="typed" lang=lang dir=dir>{summary}</p>
            <p class="small muted"><bdi>{publisher}</bdi>" · "<Moment text=day datetime=machine/>{revised}</p>
        </li>
    }
    .into_any()
}

/// The latest notices for the start page; nothing while there are none.
pub(crate) async fn latest(req: &Req) -> Vec<Item> {
    notice::latest(req.ctx(), 3).await.unwrap_or_else(|error| {
        tracing::error!(cause = ?error, "the start page found no notices");
        Vec::new()
    })
}

/// Notices as rows of links, under a heading of their own, with a link to all.
pub(crate) fn related(req: &Req, id: &'static str, title: &'static str, items: &[Item]) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let t = texts(req.lang);
    let row = |item: &Item| {
        let (title, summary, _) = shown::words(&item.card, req.lang.tag());
        let tags = (shown::severity(item.card.severity), shown::kind(item.card.kind));
        let end = view! { {tags.0}{tags.1} }.into_any();
        LinkRow::new(title, req.to(&format!("/notices/{}", item.reference))).text(summary).end(end)
    };
    let rows = items.iter().map(row).collect();
    let all = req.to("/notices");
    let view = view! {
        <section class="stack" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <LinkRows rows labelled_by=id/>
            <p><a href=all>{t.all}</a></p>
        </section>
    };
    Some(view.into_any())
}
