//! The part of a customer's file that says what authorities confirmed, and leads to asking them.

use domain::access::Action;
use leptos::prelude::*;
use services::{customer::View, licence::request::Request};

use super::company::{form_address, table};
use crate::{
    text::{fill, licence::texts},
    web::Req,
};

/// The part.
pub(crate) fn section(req: &Req, view: &View, found: &[Request]) -> AnyView {
    let t = texts(req.lang);
    let may_ask = req.workspace.as_ref().is_some_and(|member| Action::AskLicences.allows(member.role));
    let sites = view.customer.entries("site").iter().map(|site| (Some(site.key), site.fields.one("name").to_owned()));
    let mut places: Vec<(Option<u32>, String)> = sites.collect();
    if places.is_empty() {
        places.push((None, String::new()));
    }
    let ask = may_ask.then(|| {
        let link = |(site, name): (Option<u32>, String)| {
            let href = form_address(req, Some((view.id, site)));
            let label = if site.is_some() { fill(t.file_ask_site, &[("site", &name)]) } else { t.file_ask.to_owned() };
            view! { <li><a href=href><bdi>{label}</bdi></a></li> }
        };
        view! { <ul>{places.into_iter().map(link).collect_view()}</ul> }
    });
    let body = if found.is_empty() {
        view! { <p class="muted">{t.file_section_none}</p> }.into_any()
    } else {
        table(req, t, found, "confirmed")
    };
    view! {
        <section class="part" aria-labelledby="licences">
            <div class="part__head"><h2 id="licences">{t.file_section}</h2></div>
            {body}
            {ask}
        </section>
    }
    .into_any()
}

/// Answers whose time is over soon; nothing if there are none.
pub(crate) fn ending(req: &Req, found: &[Request]) -> Option<AnyView> {
    let t = texts(req.lang);
    let listed = (!found.is_empty()).then(|| table(req, t, found, "ending"))?;
    Some(
        view! {
            <section aria-labelledby="ending-title">
                <h2 id="ending-title">{t.ending}</h2>
                <p>{t.ending_lead}</p>
                {listed}
            </section>
        }
        .into_any(),
    )
}
