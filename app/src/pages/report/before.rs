//! "Your company reported this customer on 3 May": said while somebody writes, about their own company's reports only.

use leptos::prelude::*;
use services::{
    Refusal,
    draft::DraftView,
    fact::{ReportedBefore, reported_before},
};

use super::question::View;
use crate::{
    components::*,
    format,
    text::{
        changes::{Texts, texts},
        fill, report,
    },
    web::Req,
};

/// What is said on a page of the draft: about one party, or about all of them. Nothing where there is nothing to say.
pub async fn notices(req: &Req, draft: &DraftView, only: Option<u32>) -> Result<View, Refusal> {
    let before = reported_before(req.ctx(), &req.principal, draft, only).await?;
    let amended: &'static Texts = texts(req.lang);
    // A draft that amends a report already stays with that one.
    let instead = draft.continues.is_none().then(|| req.here(&format!("/drafts/{}/instead", draft.id)));
    let notices: Vec<Notice> = before.iter().map(|before| notice(req, before, instead.clone())).collect();
    Ok(Box::new(move || notices.into_iter().map(|notice| shown(amended, notice)).collect_view().into_any()))
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
    /// Where the form goes that amends that report instead; none if it cannot be amended.
    instead: Option<String>,
}

fn notice(req: &Req, before: &ReportedBefore, instead: Option<String>) -> Notice {
    let t = report::texts(req.lang);
    let title = match before.name.as_str() {
        "" => t.before_title.to_owned(),
        name => fill(t.before_title_named, &[("name", name)]),
    };
    let text = match &before.report {
        Some((_, at)) => fill(t.before, &[("day", &format::day(*at, req.zone()))]),
        None => t.before_hidden.to_owned(),
    };
    let report = before.report.as_ref();
    let report = report.map(|(code, _)| (req.here(&format!("/reports/{code}")), code.to_string()));
    Notice { title, text, report, instead: instead.filter(|_| before.may_amend) }
}

fn shown(t: &'static Texts, notice: Notice) -> impl IntoView {
    let instead = notice.instead.zip(notice.report.clone()).map(|(action, (_, code))| {
        let hidden = vec![("report".to_owned(), code)];
        view! {
            <PostButton action label=t.instead kind=ButtonKind::Secondary hidden/>
            <p class="small muted">{t.instead_hint}</p>
        }
    });
    let report = notice.report.map(|(href, code)| view! { " "<a href=href><Reference code/></a> });
    view! { <Callout tone=Tone::Info title=notice.title><p>{notice.text}{report}</p>{instead}</Callout> }
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
