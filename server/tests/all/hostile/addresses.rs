//! Hostile addresses: parameters of paths, and what stands behind the question mark.

use std::collections::{BTreeMap, BTreeSet};

use app::routes::{self, Method};

use super::{
    harmless,
    texts::{Text, Turns},
};
use crate::{
    isolation::Case,
    support::{
        html::Page,
        http::Ask,
        samples::{params, places},
        site::Site,
        walk::{first_of_each, walk},
        watch::Watch,
    },
};

/// Names that a page may read although nothing links to it with them.
const NAMES: [&str; 8] = ["errors", "next", "done", "page", "sort", "since", "report", "sel"];

/// How many texts each name of a page's query and each parameter of its path meets.
const ROUNDS: usize = 3;

/// The longest text is cut: an address has an end.
fn percent(text: &Text) -> String {
    text.bytes.iter().take(1_000).map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn no_address_breaks_a_page() {
    let (site, table) = (Site::new().await, routes::all());
    let (cast, places) = (site.cast, places(&table));
    let mut watch = Watch::new(&site);
    watch.is_typed = true;
    let mut turns = Turns::default();
    let gets = first_of_each(walk(cast, &places, Method::Get));
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for case in &gets {
        let answer = site.ask(case.ask(cast)).await;
        if let Some(page) = watch.look(&answer) {
            note(&mut names, &page);
        }
    }
    let before = site.deeds().await;
    for case in &gets {
        let address = case.place.address(cast, case.org, case.player);
        let known = names.remove(&address).unwrap_or_default();
        for _ in 0..ROUNDS {
            let all = NAMES.iter().copied().chain(known.iter().map(String::as_str));
            let pairs: Vec<String> = all.map(|name| format!("{name}={}", percent(turns.next("query")))).collect();
            let ask = Ask::get(format!("{address}?{}", pairs.join("&"))).by_any(case.player);
            harmless(&mut watch, &site.ask(ask).await);
        }
        let garbage = format!("{address}?%&&=&%zz=%u0000&page=1&page=2&page[]=3;x&={}", "a=1&".repeat(300));
        harmless(&mut watch, &site.ask(Ask::get(garbage).by_any(case.player)).await);
    }
    let posts = first_of_each(walk(cast, &places, Method::Post));
    for case in gets.iter().chain(&posts) {
        paths(&site, &mut watch, &mut turns, case).await;
    }
    assert_eq!(site.deeds().await[2..], before[2..], "an address changed a draft or a report");
    assert!(["query", "org", "reference"].iter().all(|kind| turns.is_through(kind)), "{turns:?}");
    println!("hostile addresses: {:?}", watch.statuses);
}

/// Remembers which names stand in the queries of the addresses that a page leads to.
fn note(names: &mut BTreeMap<String, BTreeSet<String>>, page: &Page) {
    let queries = page.links.iter().filter_map(|link| link.split('#').next()?.split_once('?'));
    for (path, query) in queries {
        let read = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned());
        names.entry(path.to_owned()).or_default().extend(read);
    }
    for form in page.forms.iter().filter(|form| !form.method.eq_ignore_ascii_case("post")) {
        let fields = form.fields.iter().map(|field| field.name.clone());
        names.entry(form.action.clone()).or_default().extend(fields);
    }
}

async fn paths(site: &Site, watch: &mut Watch<'_>, turns: &mut Turns, case: &Case<'_>) {
    for name in params(&case.place.path).filter(|name| *name != "lang") {
        for _ in 0..ROUNDS {
            let text = turns.next(name);
            let part = percent(text);
            let address = case.place.address_with(site.cast, case.org, case.player, name, &part);
            let ask = match case.place.route.method {
                Method::Get => Ask::get(address),
                Method::Post => case.place.sent(Ask::post(address), site.cast, case.org, case.player),
            };
            harmless(watch, &site.ask(ask.by_any(case.player)).await);
        }
    }
}
