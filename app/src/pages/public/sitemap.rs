//! Every page that everybody may find, for search engines. What is added here says what it is about
//! ([`Page::about`](crate::web::Page::about)); a test opens each of them.

use domain::{lang::Lang, learning};
use services::Context;

/// Pages that are always there, without the language.
const PAGES: &[&str] = &[
    "/",
    "/report/start",
    "/report/blank-form",
    "/concern",
    "/check",
    "/red-flags",
    "/substances",
    "/substances/check",
    "/duties",
    "/library",
    "/learn",
    "/glossary",
    "/notices",
    "/search",
    "/statistics",
    "/openness",
    "/verify",
    "/help",
    "/accessibility",
    "/privacy",
    "/status",
];

/// Pages of which there are many, by what there is.
const SOURCES: &[fn(&Context) -> Vec<String>] = &[substances, entries, lessons];

fn substances(ctx: &Context) -> Vec<String> {
    let catalogue = ctx.catalogue();
    let public = catalogue.all().iter().filter(|entry| catalogue.find_public(&entry.slug).is_some());
    public.map(|entry| format!("/substances/{}", entry.slug)).collect()
}

fn entries(ctx: &Context) -> Vec<String> {
    ctx.library().entries().iter().map(|entry| format!("/library/{}", entry.slug)).collect()
}

/// Modules and cases; their pages are reached from them.
fn lessons(_: &Context) -> Vec<String> {
    let modules = learning::modules().iter().map(|module| format!("/learn/{}", module.slug));
    modules.chain(learning::cases().iter().map(|case| format!("/learn/cases/{}", case.slug))).collect()
}

/// The paths of all of them in a language.
#[must_use]
pub fn paths(ctx: &Context, lang: Lang) -> Vec<String> {
    let all = PAGES.iter().map(|path| (*path).to_owned());
    let all = all.chain(SOURCES.iter().flat_map(|source| source(ctx)));
    all.map(|path| format!("/{}{path}", lang.tag())).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::BTreeSet;

    use domain::{access::Role, organisation::OrgStatus};

    use super::*;
    use crate::{pages::public::tests::open, web::testing::Site};

    fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
        html.split(from).nth(1).and_then(|rest| rest.split(to).next()).unwrap_or_default()
    }

    #[tokio::test]
    async fn every_page_that_can_be_found_says_what_it_is() {
        let site = Site::new().await;
        let mut said = BTreeSet::new();
        for path in paths(&site.app.ctx, Lang::En) {
            let html = open(&site.req(&path)).await;
            let head = html.split("</head>").next().unwrap();
            assert!(!head.contains("noindex"), "{path}");
            let canonical = between(head, "rel=\"canonical\" href=\"", "\"");
            assert_eq!(canonical, format!("https://forerunner.example{path}"), "{path}");
            let about = between(head, "name=\"description\" content=\"", "\"");
            assert!((50..=300).contains(&about.len()), "{path}: {about}");
            assert!(said.insert(about.to_owned()), "{path}: another page says the same: {about}");
            for property in ["og:title", "og:description", "og:url", "og:image", "og:image:alt", "og:site_name"] {
                assert!(
                    !between(head, &format!("property=\"{property}\" content=\""), "\"").is_empty(),
                    "{path}: {property}"
                );
            }
            assert!(head.contains("hreflang=\"x-default\""), "{path}");
            let data = between(head, "<script type=\"application/ld+json\">", "</script>");
            let read: Option<serde_json::Value> = (!data.is_empty()).then(|| serde_json::from_str(data).unwrap());
            assert!(
                read.is_none_or(|read| read["@context"] == "https://schema.org" && read["@type"].is_string()),
                "{path}"
            );
        }
    }

    #[tokio::test]
    async fn what_is_not_for_everybody_is_not_found() {
        let site = Site::new().await;
        let officer = |path: &str| site.req_as(path, Role::CompanyOfficer, OrgStatus::Approved);
        for req in [site.req("/en/sign-in"), officer("/en/"), officer("/en/library"), site.req("/en/search?q=cash")] {
            let html = open(&req).await;
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\""), "{}", req.path);
            assert!(!html.contains("og:title") && !html.contains("rel=\"canonical\""), "{}", req.path);
        }
    }
}
