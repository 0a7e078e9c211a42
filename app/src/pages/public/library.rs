//! The library: what can be read elsewhere, with filters, and a page for each entry. It works while the database does not answer.

use domain::{
    access::Action,
    date::Date,
    library::{Entry, Filter, Kind, Library, When},
};
use leptos::prelude::*;
use serde_json::json;
use services::Refusal;

use super::substances::day;
use crate::{
    components::*,
    routes::{Route, get},
    text::{
        fill,
        library::{Texts, texts},
    },
    web::{Outcome, Page, Req, paths::with_query},
};

/// The rows of this part.
pub(super) fn routes() -> Vec<Route> {
    vec![get("/{lang}/library", Action::ViewPublic, list), get("/{lang}/library/{slug}", Action::ViewPublic, entry)]
}

fn asked(req: &Req, library: &Library) -> Filter {
    let body = req.query.get("body");
    Filter {
        kind: Kind::from_code(req.query.get("kind")),
        body: library.bodies().contains(body).then(|| body.to_owned()),
        since: req.query.get("since").parse().ok().filter(|year| library.years().contains(year)),
    }
}

/// The list with a filter.
fn address(base: &str, filter: &Filter) -> String {
    let parts = [
        ("kind", filter.kind.map(|kind| kind.code().to_owned())),
        ("body", filter.body.clone()),
        ("since", filter.since.map(|year| year.to_string())),
    ];
    let parts = parts.into_iter().filter_map(|(name, value)| Some((name, value?)));
    parts.fold(base.to_owned(), |address, (name, value)| with_query(&address, name, &value))
}

async fn list(req: Req) -> Outcome {
    let t = texts(req.lang);
    Page::new(t.title, move || list_view(&req)).about(t.lead).into()
}

fn list_view(req: &Req) -> impl IntoView + use<> {
    let (t, base) = (texts(req.lang), req.to("/library"));
    let library = req.ctx().library();
    let filter = asked(req, &library);
    let found: Vec<&Entry> = library.entries().iter().filter(|entry| filter.takes(entry)).collect();
    let count = match found.len() {
        1 => t.count_one.to_owned(),
        count => fill(t.count_some, &[("count", &count.to_string())]),
    };
    let rows = found.iter().map(|entry| row(t, entry, &base)).collect::<Vec<_>>();
    let found = if rows.is_empty() {
        view! { <EmptyState title=t.none_title><p>{t.none_text}</p></EmptyState> }.into_any()
    } else {
        view! { <LinkRows rows/> }.into_any()
    };
    let (form, chips) = (form(req, &library, &filter), chips(t, &base, &filter));
    view! {
        <DeskPage>
            <PageTitle title=t.title lead=t.lead/>
            {form}
            <div class="stack"><ListHead count=count/>{chips}</div>
            {found}
        </DeskPage>
    }
}

fn row(t: &'static Texts, entry: &Entry, base: &str) -> LinkRow {
    let named = [("kind", entry.kind.label()), ("body", &entry.body)];
    let line = match entry.date {
        Some(date) => fill(t.row_dated, &[named[0], named[1], ("date", &shown(date))]),
        None => fill(t.row, &named),
    };
    LinkRow::new(entry.title.clone(), format!("{base}/{}", entry.slug)).text(line)
}

fn form(req: &Req, library: &Library, filter: &Filter) -> AnyView {
    let (t, base) = (texts(req.lang), req.to("/library"));
    let any = || SelectOption::new("", t.any);
    let kinds = Kind::ALL.iter().map(|kind| SelectOption::new(kind.code(), kind.label()));
    let kinds: Vec<_> = std::iter::once(any()).chain(kinds).collect();
    let bodies = library.bodies().into_iter().map(|body| SelectOption::new(body, body));
    let bodies: Vec<_> = std::iter::once(any()).chain(bodies).collect();
    let years = library.years().into_iter().map(|year| SelectOption::new(year.to_string(), year.to_string()));
    let years: Vec<_> = std::iter::once(any()).chain(years).collect();
    let kind = filter.kind.map_or("", Kind::code);
    let (body, since) = (filter.body.clone(), filter.since.map(|year| year.to_string()));
    view! {
        <FilterForm action=base open=true>
            <SelectField name="kind" label=t.filter_kind options=kinds value=kind no_blank=true/>
            <SelectField name="body" label=t.filter_body options=bodies value=body no_blank=true/>
            <SelectField name="since" label=t.filter_since options=years value=since no_blank=true/>
        </FilterForm>
    }
    .into_any()
}

fn chips(t: &'static Texts, base: &str, filter: &Filter) -> AnyView {
    let chip = |label: String, rest: Filter| Chip { label, remove_href: address(base, &rest) };
    let chips = [
        filter
            .kind
            .map(|kind| chip(fill(t.chip_kind, &[("name", kind.label())]), Filter { kind: None, ..filter.clone() })),
        filter
            .body
            .as_ref()
            .map(|body| chip(fill(t.chip_body, &[("name", body)]), Filter { body: None, ..filter.clone() })),
        filter.since.map(|since| {
            chip(fill(t.chip_since, &[("year", &since.to_string())]), Filter { since: None, ..filter.clone() })
        }),
    ];
    let chips: Vec<Chip> = chips.into_iter().flatten().collect();
    view! { <Chips chips clear_href=base.to_owned()/> }.into_any()
}

/// A date as people read it: `17 Mar 2017`, `Mar 2017`, `2017`.
fn shown(when: When) -> String {
    let Some(date) = Date::new(when.year, when.month.unwrap_or(1), when.day.unwrap_or(1)) else {
        return when.to_string();
    };
    let whole = day(date);
    match (when.month, when.day) {
        (Some(_), Some(_)) => whole,
        (Some(_), None) => whole.split_once(' ').map_or(whole.clone(), |(_, month)| month.to_owned()),
        _ => when.year.to_string(),
    }
}

async fn entry(req: Req) -> Outcome {
    let found = req.ctx().library().find(req.param("slug")).cloned().ok_or(Refusal::NotFound)?;
    let about = beginning(&found.summary);
    let data = machine(&found);
    Page::new(found.title.clone(), move || entry_view(&req, &found)).about(about).data(data).into()
}

/// The first sentences, as many as fit into a preview.
pub(super) fn beginning(text: &str) -> String {
    const LEAST: usize = 50;
    const MOST: usize = 200;
    let mut taken = String::new();
    for sentence in text.split_inclusive(". ") {
        if taken.len() >= LEAST && taken.len() + sentence.len() > MOST {
            break;
        }
        taken.push_str(sentence);
    }
    taken.trim().to_owned()
}

/// The entry in the words of schema.org.
fn machine(entry: &Entry) -> serde_json::Value {
    let kind = match entry.kind {
        Kind::Law => "Legislation",
        Kind::Outcome | Kind::Form | Kind::Guide | Kind::Link => "CreativeWork",
    };
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": kind,
        "name": entry.title,
        "publisher": { "@type": "Organization", "name": entry.body },
        "inLanguage": entry.languages,
        "abstract": entry.summary,
    });
    if let Some(date) = entry.date {
        data["datePublished"] = date.to_string().into();
    }
    if let Some(link) = &entry.link {
        data["url"] = link.clone().into();
    }
    if let Some(symbol) = &entry.symbol {
        data["identifier"] = symbol.clone().into();
    }
    data
}

fn entry_view(req: &Req, entry: &Entry) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let today = Date::of(req.ctx().now());
    let fields = fields(t, entry);
    let original = original(t, entry);
    let stale = stale(t, entry, today);
    let (paragraphs, substances) = (paragraphs(t, entry), substances(req, entry));
    let summary = entry.summary.clone();
    // What stands beside the text is not printed, and an address is what one needs on paper.
    let on_paper = entry.link.clone().map(|link| {
        let href = link.clone();
        view! { <p class="print-only">{t.read}": "<a href=href rel="noopener noreferrer">{link}</a></p> }
    });
    view! {
        <FormPage aside=original aside_label=t.read>
            <BackLink href=req.to("/library") label=t.back/>
            <LabelHeader kind=entry.kind.label() title=entry.title.clone() fields=fields/>
            {stale}
            <div class="prose"><p class="abstract">{summary}</p></div>
            <p class="part__note">{t.own_words}</p>
            {on_paper}
            {paragraphs}
            {substances}
        </FormPage>
    }
}

fn fields(t: &'static Texts, entry: &Entry) -> Vec<LabelField> {
    let date = entry.date.map_or_else(|| t.undated.to_owned(), shown);
    let checked = entry.checked_on.map_or_else(|| t.unchecked.to_owned(), day);
    let languages: Vec<String> = entry.languages.iter().map(|code| language(code)).collect();
    let mut fields = vec![LabelField::text(t.body, entry.body.clone()), LabelField::text(t.date, date)];
    fields.extend(entry.symbol.clone().map(|symbol| LabelField::text(t.symbol, symbol)));
    fields.push(LabelField::text(t.languages, languages.join(", ")));
    fields.push(LabelField::text(t.checked, checked));
    fields
}

fn language(code: &str) -> String {
    domain::language::Language::find(code).map_or_else(|| code.to_owned(), |language| language.name.clone())
}

/// The way to the original.
fn original(t: &'static Texts, entry: &Entry) -> AnyView {
    let body = match (&entry.link, &entry.find, &entry.symbol) {
        (Some(link), ..) => {
            let host = link.split('/').nth(2).unwrap_or_default().to_owned();
            let said = fill(t.read_at, &[("host", &host)]);
            let link = link.clone();
            view! { <p><a class="button button--primary" href=link rel="noopener noreferrer">{t.read}</a></p><p>{said}</p> }
                .into_any()
        }
        (None, Some(find), _) => view! { <p>{find.clone()}</p> }.into_any(),
        (None, None, Some(symbol)) => view! { <p>{fill(t.by_symbol, &[("symbol", symbol)])}</p> }.into_any(),
        (None, None, None) => ().into_any(),
    };
    let title = if entry.link.is_some() { t.read } else { t.no_link };
    view! { <Panel title=title>{body}</Panel> }.into_any()
}

/// What somebody has to know before they rely on the summary.
fn stale(t: &'static Texts, entry: &Entry, today: Date) -> AnyView {
    match (entry.is_due(today), entry.checked_on) {
        (false, _) => ().into_any(),
        (true, None) => {
            view! { <Callout tone=Tone::Info title=t.unchecked_title><p>{t.unchecked_text}</p></Callout> }.into_any()
        }
        (true, Some(_)) => {
            view! { <Callout tone=Tone::Warn title=t.old_title><p>{t.old_text}</p></Callout> }.into_any()
        }
    }
}

/// What each paragraph of the resolution is about.
fn about_paragraph(t: &'static Texts, number: &str) -> &'static str {
    match number {
        "1" => t.paragraph_1,
        "2" => t.paragraph_2,
        "3" => t.paragraph_3,
        "4" => t.paragraph_4,
        "5" => t.paragraph_5,
        "6" => t.paragraph_6,
        "7" => t.paragraph_7,
        "8" => t.paragraph_8,
        "9" => t.paragraph_9,
        "10" => t.paragraph_10,
        "11" => t.paragraph_11,
        "12" => t.paragraph_12,
        "13" => t.paragraph_13,
        "14" => t.paragraph_14,
        "15" => t.paragraph_15,
        _ => t.paragraph_16,
    }
}

fn paragraphs(t: &'static Texts, entry: &Entry) -> AnyView {
    if entry.paragraphs.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = entry
        .paragraphs
        .iter()
        .map(|number| (fill(t.paragraph, &[("n", number)]), about_paragraph(t, number).to_owned()))
        .collect();
    view! {
        <section class="part" aria-labelledby="paragraphs">
            <h2 id="paragraphs">{t.paragraphs}</h2>
            <Glossary terms=rows/>
        </section>
    }
    .into_any()
}

fn substances(req: &Req, entry: &Entry) -> AnyView {
    let t = texts(req.lang);
    let catalogue = req.ctx().catalogue();
    let rows: Vec<LinkRow> = entry
        .substances
        .iter()
        .filter_map(|slug| catalogue.find_public(slug))
        .map(|found| LinkRow::new(found.name, req.to(&format!("/substances/{}", found.slug))))
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="part" aria-labelledby="about">
            <h2 id="about">{t.substances}</h2>
            <LinkRows rows labelled_by="about"/>
        </section>
    }
    .into_any()
}

/// The entries about a substance, for its page.
pub(super) fn about_substance(req: &Req, slug: &str) -> AnyView {
    let (t, base) = (texts(req.lang), req.to("/library"));
    let rows: Vec<LinkRow> = req.ctx().library().about(slug).map(|entry| row(t, entry, &base)).collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! { <Panel title=t.related title_id="in-library"><LinkRows rows labelled_by="in-library"/></Panel> }.into_any()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_exact_as_they_are() {
        for (text, said) in [("2017-03-17", "17 Mar 2017"), ("2017-03", "Mar 2017"), ("2017", "2017")] {
            assert_eq!(shown(When::try_from(text.to_owned()).unwrap()), said);
        }
    }

    #[test]
    fn a_preview_ends_with_a_sentence() {
        assert_eq!(beginning("One. Two."), "One. Two.");
        let long = format!("{}. Second sentence.", "word ".repeat(45).trim());
        assert_eq!(beginning(&long), format!("{}.", "word ".repeat(45).trim()));
        for entry in Library::embedded().entries() {
            let about = beginning(&entry.summary);
            assert!(about.ends_with('.') && about.len() <= 300, "{}: {about}", entry.slug);
        }
    }
}
