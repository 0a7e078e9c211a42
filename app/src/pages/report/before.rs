//! "Your company reported this customer on 3 May": said while somebody writes, about their own company's reports only.

use leptos::prelude::*;
use services::{
    Refusal,
    draft::DraftView,
    fact::{ReportedBefore, reported_before},
};

use super::{place, question::View};
use crate::{
    components::*,
    format,
    text::{fill, report},
    web::Req,
};

/// What is said on a page of the draft: about one party, or about all of them. Nothing where there is nothing to say.
pub async fn notices(req: &Req, draft: &DraftView, only: Option<u32>) -> Result<View, Refusal> {
    let before = reported_before(req.ctx(), &req.principal, draft, only).await?;
    let notices: Vec<Notice> = before.iter().map(|before| notice(req, before)).collect();
    Ok(Box::new(move || notices.into_iter().map(shown).collect_view().into_any()))
}

/// The party that a page asks about, from the path of one of its fields.
pub fn party_of(field: &str) -> Option<u32> {
    field.strip_prefix("party.")?.split('.').next()?.parse().ok()
}

struct Notice {
    title: String,
    text: String,
    /// The report, if the person may see it: its address and its number.
    report: Option<(String, String)>,
}

fn notice(req: &Req, before: &ReportedBefore) -> Notice {
    let t = report::texts(req.lang);
    let title = match before.name.as_str() {
        "" => t.before_title.to_owned(),
        name => fill(t.before_title_named, &[("name", name)]),
    };
    let text = match &before.report {
        Some((_, at)) => fill(t.before, &[("day", &format::day(*at, place::zone(req)))]),
        None => t.before_hidden.to_owned(),
    };
    let report = before.report.as_ref();
    let report = report.map(|(code, _)| (req.here(&format!("/reports/{code}")), code.to_string()));
    Notice { title, text, report }
}

fn shown(notice: Notice) -> impl IntoView {
    let report = notice.report.map(|(href, code)| view! { " "<a href=href><Reference code/></a> });
    view! { <Callout tone=Tone::Info title=notice.title><p>{notice.text}{report}</p></Callout> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_about_the_party_of_its_fields() {
        for (field, party) in [
            ("party.1.name", Some(1)),
            ("party.12.role", Some(12)),
            ("parties", None),
            ("party.x.name", None),
            ("", None),
        ] {
            assert_eq!(party_of(field), party, "{field}");
        }
    }
}
