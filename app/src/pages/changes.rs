//! Two versions of a report beside each other: one page for the company and for the desk.

use domain::{question::count, reference::Reference as Number};
use leptos::prelude::*;
use services::report::{Between, Changes, VersionItem};

use crate::{
    components::*,
    format,
    text::{
        changes::{Texts, texts},
        fill,
    },
    web::{Page, Req},
};

/// Which versions the address asks for; what cannot be read is as if it were not there.
pub(crate) fn wanted(req: &Req) -> Between {
    let version = |name: &str| req.query.get(name).parse().ok();
    Between { from: version("from"), to: version("to") }
}

/// How many answers differ, in words.
pub(crate) fn counted(t: &Texts, changed: usize) -> String {
    match changed {
        0 => t.count_none.to_owned(),
        1 => t.count_one.to_owned(),
        n => fill(t.count, &[("n", &n.to_string())]),
    }
}

/// The page.
pub(crate) fn page(req: &Req, reference: &Number, found: Changes) -> Page {
    let t = texts(req.lang);
    let title = fill(t.title, &[("reference", reference.as_str())]);
    let base = req.here(&format!("/reports/{reference}"));
    let at = |item: &VersionItem| format::moment(item.at, &found.time_zone);
    let lead = match found.versions.len() {
        1 => t.only_one.to_owned(),
        _ => {
            let number = |item: &VersionItem| item.version.to_string();
            let (to, from) = (number(&found.to), number(&found.from));
            let beside = fill(
                t.between,
                &[("to", &to), ("to_at", &at(&found.to)), ("from", &from), ("from_at", &at(&found.from))],
            );
            format!("{beside} {}", counted(t, count(&found.groups)))
        }
    };
    let versions: Vec<AnyView> = found.versions.iter().rev().map(|item| version(t, &base, item, &at(item))).collect();
    let list = (!found.groups.is_empty()).then(|| {
        let groups = found.groups;
        view! {
            <section aria-labelledby="differs">
                <h2 id="differs">{t.differs}</h2>
                <ChangeList groups/>
            </section>
        }
        .into_any()
    });
    Page::new(title.clone(), move || {
        view! {
            <FormPage>
                <BackLink href=base label=t.back/>
                <PageTitle title=title lead=lead/>
                {list}
                <section aria-labelledby="versions">
                    <h2 id="versions">{t.versions}</h2>
                    <ul>{versions}</ul>
                </section>
            </FormPage>
        }
    })
}

fn version(t: &'static Texts, base: &str, item: &VersionItem, at: &str) -> AnyView {
    let n = item.version.to_string();
    let words = if item.by.is_empty() { t.version } else { t.version_by };
    let name = fill(words, &[("n", &n), ("at", at), ("who", &item.by)]);
    if item.version == 1 {
        return view! { <li><bdi>{name}</bdi>" – "{t.first}</li> }.into_any();
    }
    let href = format!("{base}/changes?from={}&to={n}", item.version - 1);
    view! { <li><bdi>{name}</bdi>" – "<a href=href>{t.against}<span class="unseen">" "{n}</span></a></li> }.into_any()
}
