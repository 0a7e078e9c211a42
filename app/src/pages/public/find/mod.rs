//! One search over everything public. What is static is read once and kept in memory ([`docs`]); substances come from the
//! catalogue's own search, which knows numbers and slips of chemical names.
//!
//! To make something else findable: a function in [`docs`] and a line in its list of sources.

mod docs;

use std::sync::{Arc, Mutex, PoisonError};

use domain::{
    access::Action,
    fulltext::Piece,
    lang::Lang,
    library::Library,
    search::Matched,
    sitesearch::{Found, Group, Hit, Index},
};
use leptos::prelude::*;

use super::substances;
use crate::{
    components::*,
    routes::{Route, get},
    text::{
        fill,
        find::{Texts, texts},
    },
    web::{Outcome, Page, Req, paths::with_query},
};

/// Most results of one kind.
const MOST: usize = 8;
/// What of a question is looked at and shown again, in characters.
const LONGEST: usize = 200;

/// The rows of this part.
pub(super) fn routes() -> Vec<Route> {
    vec![get("/{lang}/search", Action::ViewPublic, page)]
}

/// What the index was made of: the language, the version of the rules of which signs are told, the library.
type Made = (Lang, String, Arc<Library>, Arc<Index>);

/// The index of everything static, made again when the rules or the library change.
fn index(req: &Req) -> Arc<Index> {
    static KEPT: Mutex<Vec<Made>> = Mutex::new(Vec::new());
    let (rules, library) = (docs::rules(req), req.ctx().library());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let fits = |(lang, version, held, _): &&Made| {
        *lang == req.lang && *version == rules.version && Arc::ptr_eq(held, &library)
    };
    if let Some((.., index)) = kept.iter().find(fits) {
        return Arc::clone(index);
    }
    let index = Arc::new(Index::new(req.lang, docs::all(req, &rules, &library)));
    kept.retain(|(lang, ..)| *lang != req.lang);
    kept.push((req.lang, rules.version, library, Arc::clone(&index)));
    index
}

/// Puts together what was found in two places. What has all words as they were typed goes before what was only guessed.
fn with_live(found: Found, live: Found) -> Found {
    let is_sure = |found: &Found| !found.hits.is_empty() && found.meant.is_none() && !found.partly;
    match (is_sure(&found), is_sure(&live)) {
        (true, false) => found,
        (false, true) => live,
        _ if found.hits.is_empty() => live,
        _ => {
            let hits = [live.hits, found.hits].concat();
            Found { hits, ..found }
        }
    }
}

async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let words: String = req.query.get("q").chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
    let words = words.trim().to_owned();
    let found =
        with_live(index(&req).search(&words, MOST), Index::new(req.lang, docs::live(&req).await).search(&words, MOST));
    let chemicals = substances(&req, &words)?;
    let title = if words.is_empty() { t.title.to_owned() } else { fill(t.title_for, &[("words", &words)]) };
    let is_asked = !words.is_empty();
    let page = Page::new(title, move || view(&req, &words, &found, chemicals));
    // The page itself can be found; what somebody looked for is nobody else's.
    if is_asked { page.into() } else { page.about(t.about).into() }
}

/// A result as it is shown.
struct Shown {
    href: String,
    title: AnyView,
    text: AnyView,
}

/// Entries of the catalogue that fit, and whether they were only guessed.
struct Chemicals {
    shown: Vec<Shown>,
    guessed: bool,
}

fn substances(req: &Req, words: &str) -> Result<Chemicals, services::Refusal> {
    let t = texts(req.lang);
    let prepared = substances::prepared(req)?;
    let hits = if words.is_empty() { Vec::new() } else { prepared.index.search(words, MOST) };
    let guessed = hits.iter().all(|hit| matches!(hit.why, Matched::Fuzzy(_) | Matched::CasCorrected(_)));
    let shown = hits.iter().filter_map(|hit| {
        let entry = prepared.index.entry(hit)?;
        let why = match &hit.why {
            Matched::Name => None,
            Matched::Synonym(name) => Some(fill(t.substance_as, &[("name", name)])),
            Matched::Fuzzy(name) => Some(fill(t.substance_near, &[("name", name)])),
            Matched::Cas(cas) | Matched::CasCorrected(cas) => {
                Some(fill(t.substance_cas, &[("number", &cas.to_string())]))
            }
            Matched::Ec(number) => Some(number.to_string()),
            Matched::Hs(code) => Some(format!("HS {code}")),
        };
        let cas = entry.cas.first().map(|cas| fill(t.substance_cas, &[("number", &cas.to_string())]));
        let is_cas = matches!(hit.why, Matched::Cas(_) | Matched::CasCorrected(_));
        let parts = [Some(entry.schedule_label().to_owned()), cas.filter(|_| !is_cas), why];
        let line: Vec<String> = parts.into_iter().flatten().collect();
        Some(Shown {
            href: req.to(&format!("/substances/{}", entry.slug)),
            title: entry.name.clone().into_any(),
            text: line.join(", ").into_any(),
        })
    });
    Ok(Chemicals { shown: shown.collect(), guessed })
}

fn view(req: &Req, words: &str, found: &Found, chemicals: Chemicals) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let form = view! {
        <div class="finder">
            <SearchForm action=req.to("/search") label=t.label button=t.button value=words.to_owned()/>
            <p class="part__note">{t.hint}</p>
        </div>
    };
    let results = (!words.is_empty()).then(|| results(req, words, found, chemicals));
    view! {
        <FormPage>
            <PageTitle title=t.title lead=t.lead/>
            {form}
            {results}
        </FormPage>
    }
}

fn results(req: &Req, words: &str, found: &Found, chemicals: Chemicals) -> AnyView {
    let t = texts(req.lang);
    let count = found.hits.len() + chemicals.shown.len();
    if count == 0 {
        let act = view! { <LinkButton href=req.to("/report/start") label=t.none_report kind=ButtonKind::Secondary/> };
        let title = fill(t.none_title, &[("words", words)]);
        return view! { <EmptyState title=title act=act.into_any()><p>{t.none_text}</p></EmptyState> }.into_any();
    }
    let said = match count {
        1 => fill(t.count_one, &[("words", words)]),
        count => fill(t.count_some, &[("words", words), ("count", &count.to_string())]),
    };
    let advice = advice(req, words, found, &chemicals);
    let all = with_query(&req.to("/substances"), "q", words);
    let mut groups = Vec::new();
    // What was only guessed comes after what was found.
    let (first, last) = if chemicals.guessed { (None, Some(chemicals.shown)) } else { (Some(chemicals.shown), None) };
    groups.extend(first.map(|shown| chemicals_view(t, shown, all.clone())));
    for kind in Group::ALL {
        let hits: Vec<Shown> = found.hits.iter().filter(|hit| hit.group == *kind).map(|hit| shown(req, hit)).collect();
        groups.push(group(kind.code(), kind.label(), hits, None));
    }
    groups.extend(last.map(|shown| chemicals_view(t, shown, all)));
    view! { <ListHead count=said/>{advice}{groups} }.into_any()
}

/// That another question was answered, or that the answer is not whole.
fn advice(req: &Req, words: &str, found: &Found, chemicals: &Chemicals) -> AnyView {
    let t = texts(req.lang);
    match &found.meant {
        // A chemical's name is in the catalogue, not in the texts: it is not mistyped only because no text has it.
        Some(_) if !chemicals.guessed && !chemicals.shown.is_empty() => ().into_any(),
        Some(meant) => {
            let href = with_query(&req.to("/search"), "q", meant);
            let said = fill(t.meant, &[("typed", words), ("meant", meant)]);
            let again = fill(t.meant_known, &[("meant", meant)]);
            view! { <p class="found__meant" role="status">{said}" "<a href=href>{again}</a></p> }.into_any()
        }
        None if found.partly => view! { <p class="found__meant" role="status">{t.partly}</p> }.into_any(),
        None => ().into_any(),
    }
}

fn chemicals_view(t: &'static Texts, shown: Vec<Shown>, all: String) -> AnyView {
    let more = (shown.len() == MOST).then(|| view! { <p><a href=all>{t.substance_all}</a></p> }.into_any());
    group(Group::Substance.code(), Group::Substance.label(), shown, more)
}

fn shown(req: &Req, hit: &Hit) -> Shown {
    Shown { href: req.to(&hit.path), title: marked(&hit.title), text: marked(&hit.excerpt) }
}

/// A text with what was looked for marked.
fn marked(pieces: &[Piece]) -> AnyView {
    let pieces = pieces
        .iter()
        .cloned()
        .map(|piece| if piece.found { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() });
    pieces.collect_view().into_any()
}

fn group(id: &'static str, title: &'static str, shown: Vec<Shown>, more: Option<AnyView>) -> AnyView {
    if shown.is_empty() {
        return ().into_any();
    }
    let rows = shown.into_iter().map(|Shown { href, title, text }| {
        view! {
            <li class="link-row">
                <div class="link-row__text"><a class="link-row__title" href=href>{title}</a><p class="link-row__line">{text}</p></div>
            </li>
        }
    });
    view! {
        <section class="part" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ul class="link-rows" role="list" aria-labelledby=id>{rows.collect_view()}</ul>
            {more}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing::{Site, html, text};

    async fn found(site: &Site, words: &str) -> String {
        let req = site.req(&with_query("/en/search", "q", words));
        html(&req, page(req.clone()).await)
    }

    #[tokio::test]
    async fn one_box_finds_every_kind() {
        let site = Site::new().await;
        for (words, href) in [
            ("acetic anhydride", "/en/substances/acetic-anhydride"),
            ("108-24-7", "/en/substances/acetic-anhydride"),
            ("acetik anhydrid", "/en/substances/acetic-anhydride"),
            ("voluntary code of practice", "/en/library/incb-guidelines-2009"),
            ("A/RES/S-30/1", "/en/library/ungass-2016"),
            ("pays in cash", "/en/red-flags#P01"),
            ("forgotten password", "/en/help#accounts"),
            ("blank form", "/en/report/blank-form"),
            ("cookies", "/en/privacy"),
        ] {
            let page = found(&site, words).await;
            assert!(page.contains(&format!("href=\"{href}\"")), "{words}: {}", text(&page));
        }
    }

    #[tokio::test]
    async fn slips_are_told_and_words_are_marked() {
        let site = Site::new().await;
        let page = found(&site, "voluntray partnerships").await;
        assert!(text(&page).contains("Did you mean “voluntary partnerships”?"), "{}", text(&page));
        assert!(page.contains("<mark>"), "{page}");
        let nothing = found(&site, "qqqqzzzz").await;
        assert!(text(&nothing).contains("Nothing found for “qqqqzzzz”"));
        assert!(!found(&site, "acetic anhydride").await.contains("Did you mean"), "a name of the catalogue is no slip");
    }

    #[tokio::test]
    async fn what_was_looked_for_is_not_for_search_engines() {
        let site = Site::new().await;
        assert!(found(&site, "cash").await.contains("noindex"));
        let req = site.req("/en/search");
        assert!(html(&req, page(req.clone()).await).contains("rel=\"canonical\""));
    }

    /// Every address that the search can lead to is a page, and the place on it is there.
    #[tokio::test]
    async fn no_result_is_dead() {
        let site = Site::new().await;
        let req = site.req("/en/search");
        let all = docs::all(&req, &docs::rules(&req), &req.ctx().library());
        assert!(all.len() > 100, "{}", all.len());
        for doc in all {
            let (path, place) = doc.path.split_once('#').unwrap_or((&doc.path, ""));
            let req = site.req(&format!("/en{path}"));
            let page = crate::pages::public::tests::open(&req).await;
            assert!(place.is_empty() || page.contains(&format!("id=\"{place}\"")), "{}: no such place", doc.path);
            assert!(!doc.title.is_empty() && !doc.text.is_empty(), "{}", doc.path);
        }
    }
}
