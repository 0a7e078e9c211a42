//! The public pages, rendered whole: what must hold on all of them, and what nobody may read without signing in.
//!
//! To look at them while working on the style: `FORERUNNER_PAGES=folder cargo test -p app public_pages` writes one file per
//! page into a folder that holds a link to `style/`.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use domain::{access::Role, fold::words, organisation::OrgStatus};
use services::Refusal;

use crate::web::{
    Fields, Reply, Req, cookie,
    testing::{Site, html, text},
};

/// Opens an address by the route table, as the server does.
pub(super) async fn open(req: &Req) -> String {
    html(req, answer(req).await)
}

async fn answer(req: &Req) -> crate::web::Outcome {
    let parts: Vec<_> = req.path.split('/').collect();
    for route in crate::routes::all() {
        let pattern: Vec<_> = route.path.split('/').collect();
        let fits = pattern.len() == parts.len()
            && pattern.iter().zip(&parts).all(|(pattern, part)| pattern.starts_with('{') || pattern == part);
        if fits {
            let mut req = req.clone();
            let named = pattern.iter().zip(&parts).filter(|(pattern, _)| pattern.starts_with('{'));
            req.params =
                named.map(|(name, part)| (name.trim_matches(['{', '}']).to_owned(), (*part).to_owned())).collect();
            return (route.handler)(req).await;
        }
    }
    panic!("no route for {}", req.path)
}

const PAGES: &[&str] = &[
    "/en/",
    "/en/report/start",
    "/en/report/blank-form",
    "/en/check",
    "/en/library",
    "/en/library?kind=law&since=2000&body=European+Union",
    "/en/library?kind=form&since=2025",
    "/en/library/resolution-60-5",
    "/en/library/eu-273-2004",
    "/en/search",
    "/en/statistics",
    "/en/openness",
    "/en/search?q=cash",
    "/en/search?q=zzzzzzzz",
    "/en/help",
    "/en/accessibility",
    "/en/privacy",
    "/en/status",
    "/en/substances",
    "/en/substances?q=aceton&list=table-2&kind=substance",
    "/en/substances?q=zzzzzzzz",
    "/en/substances/check",
    "/en/substances/check?q=propionic+anhydride&cas=108-24-7",
    "/en/substances/check?q=acetone&cas=67-64-2&return=/en/c/7k3m9qtd/drafts/x",
    "/en/substances/acetic-anhydride",
    "/en/substances/tablet-press",
    "/en/substances/pseudoephedrine-medicines",
    "/en/substances/pmk-glycidates",
    "/en/duties",
    "/en/duties?substance=acetic-anhydride",
    "/en/duties?substance=108-24-7&country=NL&role=distributor&to=CA",
    "/en/duties?substance=gbl-cleaners&country=CA&role=&to=&on=2027-01-31",
    "/en/duties?substance=zzzz&country=&on=tomorrow",
];

/// Every value of an attribute.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let opening = format!(" {attribute}=\"");
    html.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test]
async fn public_pages_are_sound() {
    let site = Site::new().await;
    let folder = std::env::var_os("FORERUNNER_PAGES").map(std::path::PathBuf::from);
    let mut titles = BTreeSet::new();
    for (place, address) in PAGES.iter().enumerate() {
        let html = open(&site.req(address)).await;
        assert_eq!(html.matches("<h1").count(), 1, "{address}: one heading");
        assert!(!html.contains(" style=\""), "{address}: style attribute");
        let ids = values(&html, "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{address}: an id stands twice: {ids:?}");
        for name in ["for", "aria-labelledby", "aria-describedby", "list"] {
            for value in values(&html, name).iter().flat_map(|value| value.split(' ')) {
                assert!(unique.contains(&value), "{address}: {name} points to {value}, which is not there");
            }
        }
        for place in values(&html, "href").iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(unique.contains(&place), "{address}: a link to #{place}, which is not there");
        }
        assert!(!text(&html).contains(['{', '}']), "{address}: a place in a text was not filled");
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
        if !address.contains('?') {
            assert!(titles.insert(title), "{address}: the title is another page's");
        }
        if let Some(folder) = &folder {
            let html =
                html.replace("/assets/test/favicon.svg", "style/assets/favicon.svg").replace("/assets/test/", "style/");
            std::fs::write(folder.join(format!("{place:02}.html")), html).unwrap();
        }
    }
}

/// Every link of the public pages to a public page leads somewhere.
#[tokio::test]
async fn no_public_link_is_dead() {
    let site = Site::new().await;
    // Areas of their own, with their own tests.
    let elsewhere = ["/en/sign-in", "/en/register", "/en/c/", "/en/me"];
    let mut known: BTreeSet<String> = PAGES.iter().map(|address| (*address).to_owned()).collect();
    let mut waiting: Vec<String> = known.iter().cloned().collect();
    while let Some(address) = waiting.pop() {
        let reply = answer(&site.req(&address)).await;
        let Ok(Reply::Page(page)) = reply else {
            assert!(
                matches!(reply, Ok(Reply::File { .. } | Reply::Feed { .. } | Reply::Json { .. })),
                "{address}: {reply:?}"
            );
            continue;
        };
        let html = page.render(&site.req(&address));
        for href in values(&html, "href").into_iter().filter(|href| href.starts_with("/en/")) {
            let href = href.split('#').next().unwrap().replace("&amp;", "&");
            if !elsewhere.iter().any(|path| href.starts_with(path)) && known.insert(href.clone()) {
                waiting.push(href);
            }
        }
    }
    let entries = known.iter().filter(|address| address.starts_with("/en/substances/")).count();
    assert!(entries > 100, "the list leads to every entry: {entries}");
}

#[tokio::test]
async fn nobody_reads_the_drugs_without_signing_in() {
    let site = Site::new().await;
    let catalogue = site.app.ctx.catalogue();
    // Names of entries that are drugs' names in part ("Norfentanyl") are public, as the lists themselves are.
    let names = catalogue.all().iter().flat_map(|entry| {
        std::iter::once(entry.name.clone()).chain(entry.synonyms.iter().map(|synonym| synonym.text.clone()))
    });
    let public: BTreeSet<String> =
        names.flat_map(|name| words(&name).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    let drugs: BTreeSet<String> = catalogue
        .all()
        .iter()
        .filter_map(|entry| entry.typical_drug.as_ref())
        .flat_map(|typical| typical.drugs.iter().map(|drug| words(drug)))
        .filter(|drug| drug.split(' ').any(|word| !public.contains(word)))
        .collect();
    assert!(drugs.len() > 10 && drugs.contains("heroin"), "{drugs:?}");
    let mut told_to_officers = 0;
    for entry in catalogue.all() {
        let address = format!("/en/substances/{}", entry.slug);
        let applicant = site.req_as(&address, Role::CompanyAdmin, OrgStatus::Applied);
        for req in [site.req(&address), applicant] {
            let read = format!(" {} ", words(&text(&open(&req).await)));
            for drug in &drugs {
                assert!(!read.contains(&format!(" {drug} ")), "{}: {drug}", entry.slug);
            }
            for relation in &entry.stands_in_for {
                assert!(!read.contains(&words(&relation.note)), "{}: {}", entry.slug, relation.note);
            }
        }
        let officer = site.req_as(&address, Role::CompanyOfficer, OrgStatus::Approved);
        let read = format!(" {} ", words(&text(&open(&officer).await)));
        if let Some(typical) = &entry.typical_drug {
            assert!(
                read.contains(&words(&typical.drugs.join(" "))),
                "{}: an officer reads {:?}",
                entry.slug,
                typical.drugs
            );
            told_to_officers += 1;
        }
    }
    assert!(told_to_officers > 50, "{told_to_officers}");
}

#[tokio::test]
async fn neither_the_index_nor_the_export_holds_them() {
    let site = Site::new().await;
    let Ok(Reply::Json { body, public }) = answer(&site.req("/en/data/substances.json")).await else { panic!("JSON") };
    let Ok(Reply::File { body: export, .. }) = answer(&site.req("/en/substances.csv")).await else { panic!("a file") };
    assert!(public, "the index is the same for everybody");
    let export = String::from_utf8(export).unwrap();
    for text in [&body, &export] {
        assert!(text.contains("108-24-7") && !text.contains("heroin") && !text.contains("methamphetamine,"));
    }
    let index = domain::search::Index::from_json(&body).unwrap();
    assert_eq!(export.lines().count(), index.entries().len() + 1, "every public entry, and the names of the columns");
}

#[tokio::test]
async fn the_export_follows_search_and_filters() {
    let site = Site::new().await;
    let Ok(Reply::File { name, body, .. }) = answer(&site.req("/en/substances.csv?list=table-2")).await else {
        panic!("a file")
    };
    assert_eq!(name, "substances-2026-11-23.csv");
    assert_eq!(String::from_utf8(body).unwrap().lines().count(), 9, "eight substances and the names of the columns");
    let Ok(Reply::File { body, .. }) = answer(&site.req("/en/substances.json?list=table-2")).await else {
        panic!("a file")
    };
    let file: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(file["substances"].as_array().unwrap().len(), 8);
    assert_eq!(file.get("taken"), None, "what is everybody's does not say who took it");
}

#[tokio::test]
async fn an_unknown_entry_is_not_found() {
    let site = Site::new().await;
    for slug in ["no-such", "..", "%00", "Acetone"] {
        let reply = answer(&site.req(&format!("/en/substances/{slug}"))).await;
        assert!(matches!(reply, Err(Refusal::NotFound)), "{slug}");
    }
}

#[tokio::test]
async fn the_list_says_the_same_as_the_search_in_the_browser() {
    let site = Site::new().await;
    let Ok(Reply::Json { body, .. }) = answer(&site.req("/en/data/substances.json")).await else { panic!("JSON") };
    let index = domain::search::Index::from_json(&body).unwrap();
    for typed in ["", "aceton", "pmk", "67-64-1", "67-64-2", "2915.24", "fenylaceton", "zzzzzzzz"] {
        let encoded: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        let page = open(&site.req(&format!("/en/substances?q={encoded}"))).await;
        let found = crate::islands::substance_rows::find(&index, typed, |_| true);
        let mut rest = page.as_str();
        for found in &found {
            let link = format!("href=\"/en/substances/{}\"", index.entries()[found.index].slug);
            let place = rest.find(&link).unwrap_or_else(|| panic!("{typed}: {link} is missing or in another place"));
            rest = &rest[place + 1..];
        }
        assert_eq!(page.matches("<th scope=\"row\"><a href=\"/en/substances/").count(), found.len(), "{typed}");
    }
}

#[tokio::test]
async fn what_is_typed_stays_text() {
    let site = Site::new().await;
    for address in ["/en/substances?q=", "/en/substances/check?q=", "/en/substances/check?q=x&cas="] {
        let page = open(&site.req(&format!("{address}%3Cscript%3Ealert(1)%3C/script%3E%22%27"))).await;
        assert!(!page.contains("<script>alert"), "{address}");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;"), "{address}");
    }
}

#[tokio::test]
async fn name_and_number_are_judged_in_a_sentence() {
    let site = Site::new().await;
    for (query, said) in [
        ("q=acetic+anhydride&cas=108-24-7", "Name and CAS number belong together."),
        ("q=108-24-8", "108-24-8 cannot be right: the check digit should be 7; did you mean 108-24-7?"),
        (
            "q=propionic+anhydride&cas=108-24-7",
            "This is the CAS number of Acetic anhydride, not of Propionic anhydride;",
        ),
        ("cas=hello", "hello is no CAS number"),
        ("q=window+cleaner&cas=64-17-5", "We do not know this name."),
    ] {
        let page = open(&site.req(&format!("/en/substances/check?{query}"))).await;
        assert!(text(&page).contains(said), "{query}: {}", text(&page));
    }
    let page = open(&site.req("/en/substances/check?q=acetic+anhydride&return=/en/c/7k3m9qtd/drafts/x")).await;
    assert!(page.contains("href=\"/en/c/7k3m9qtd/drafts/x?substance=acetic-anhydride\""));
}

#[tokio::test]
async fn appearance_goes_back_to_own_pages_only() {
    let site = Site::new().await;
    for (form, to, cookies) in [
        ("theme=dark&return_to=/en/help?x%3D1", "/en/help?x=1", vec![cookie::theme(crate::components::Theme::Dark)]),
        ("theme=odd&return_to=/en/", "/en/", vec![cookie::theme(crate::components::Theme::System)]),
        ("density=compact&return_to=/en/c/x/reports", "/en/c/x/reports", vec![cookie::density(true)]),
        ("density=&return_to=//evil.example", "/en/", vec![cookie::density(false)]),
        ("theme=light&return_to=https://evil.example/", "/en/", vec![cookie::theme(crate::components::Theme::Light)]),
        ("theme=light&return_to=/%5Cevil.example", "/en/", vec![cookie::theme(crate::components::Theme::Light)]),
        ("", "/en/", vec![]),
    ] {
        let mut req = site.req("/en/appearance");
        req.form = Fields::parse(form.as_bytes());
        let Ok(Reply::Redirect { to: went, cookies: set, .. }) = answer(&req).await else {
            panic!("{form}: no redirect")
        };
        assert_eq!((went.as_str(), set), (to, cookies), "{form}");
    }
}

#[tokio::test]
async fn doors_fit_the_person() {
    let site = Site::new().await;
    let doors = |page: &str| {
        let shelf = page.split("class=\"doors\"").nth(1).unwrap().split("</ul>").next().unwrap();
        values(shelf, "href").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(doors(&open(&site.req("/en/")).await), ["/en/report/start", "/en/check", "/en/learn"]);
    let officer = open(&site.req_as("/en/", Role::CompanyOfficer, OrgStatus::Approved)).await;
    assert_eq!(doors(&officer), ["/en/c/7k3m9qtd/", "/en/report/start", "/en/check", "/en/learn"]);
    let triage = open(&site.req_as("/en/", Role::AuthorityOfficer, OrgStatus::Approved)).await;
    assert_eq!(doors(&triage), ["/en/a/7k3m9qtd/", "/en/check", "/en/learn"]);
}

#[tokio::test]
async fn the_way_to_a_report_fits_the_person() {
    let site = Site::new().await;
    let address = "/en/report/start?substance=acetone";
    let anonymous = open(&site.req(address)).await;
    assert!(anonymous.contains("href=\"/en/sign-in?next=%2Fen%2Freport%2Fstart%3Fsubstance%3Dacetone\""));
    let officer = open(&site.req_as(address, Role::CompanyOfficer, OrgStatus::Approved)).await;
    assert!(officer.contains("href=\"/en/c/7k3m9qtd/reports/new?substance=acetone\""));
    for (role, status) in [
        (Role::CompanyReader, OrgStatus::Approved),
        (Role::CompanyOfficer, OrgStatus::Applied),
        (Role::AuthorityOfficer, OrgStatus::Approved),
    ] {
        let page = open(&site.req_as(address, role, status)).await;
        assert!(!page.contains("/reports/new"), "{role:?} {status:?}");
    }
}

#[tokio::test]
async fn pages_outlive_the_database() {
    let site = Site::new().await;
    site.app.ctx.db.close().await;
    for address in ["/en/", "/en/report/start", "/en/report/blank-form", "/en/help"] {
        assert!(open(&site.req(address)).await.contains("<h1"), "{address}");
    }
    let Ok(Reply::Page(page)) = answer(&site.req("/en/status")).await else { panic!("a page") };
    assert_eq!(page.status, 503);
    assert!(text(&page.render(&site.req("/en/status"))).contains("Does not answer"));
}

#[tokio::test]
async fn every_cookie_is_declared() {
    let site = Site::new().await;
    let page = open(&site.req("/en/privacy")).await;
    for set in [
        cookie::session("x"),
        cookie::device("x"),
        cookie::theme(crate::components::Theme::Dark),
        cookie::density(true),
        cookie::stash("x"),
    ] {
        let name = set.split('=').next().unwrap();
        assert!(page.contains(&format!("<code>{name}</code>")), "{name}");
    }
}

#[tokio::test]
async fn the_navigator_says_what_is_known_and_what_is_not() {
    let site = Site::new().await;
    let union = open(&site.req("/en/duties?substance=acetic-anhydride&country=NL&to=CA")).await;
    for said in
        ["Each export needs an authorisation", "At the destination", "Announced, not in force", "not legal advice"]
    {
        assert!(union.contains(said), "{said}");
    }
    let unknown = open(&site.req("/en/duties?substance=ephedrine&country=IN")).await;
    assert!(unknown.contains("Not known to this catalogue; ask the competent authority."));
    assert!(unknown.contains("Binds States") && !unknown.contains("Announced, not in force"));
    // Nothing is answered before both are known.
    for half in
        ["/en/duties?substance=acetic-anhydride", "/en/duties?substance=zzzz&country=NL", "/en/duties?country=NL"]
    {
        assert!(!open(&site.req(half)).await.contains("id=\"duties\""), "{half}");
    }
}
