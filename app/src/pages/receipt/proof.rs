//! What stands beside a version of a report: that there is a receipt, where to get it, and on paper the fingerprint.

use leptos::prelude::*;
use services::report::ReportContent;

use super::download::href;
use crate::{
    components::*,
    pages::record,
    text::{fill, receipt::texts, record::texts as texts_of_record},
    web::Req,
};

/// The chain mark with the way to the receipt, and the way to the check page.
pub(crate) fn mark(req: &Req, report: &str, content: &ReportContent) -> AnyView {
    let t = texts(req.lang);
    let (receipt, how) = (href(report, content.version), req.to("/verify"));
    let (paper, paper_label) = (record::href(report, content.version), texts_of_record(req.lang).download);
    view! {
        <p class="proof">
            <ChainMark text=t.mark/>
            <a class="no-print" href=receipt>{t.download}</a>
            <a class="no-print" href=paper>{paper_label}</a>
            <a class="no-print" href=how>{t.how}</a>
        </p>
    }
    .into_any()
}

/// The fingerprint on a printed record, and where its receipt can be checked.
pub(crate) fn on_paper(req: &Req, content: &ReportContent) -> AnyView {
    let t = texts(req.lang);
    let told = fill(t.print, &[("address", &record::verify(req))]);
    let facts = vec![
        (t.version.to_owned(), content.version.to_string().into_any()),
        (
            t.fingerprint.to_owned(),
            view! { <bdi class="ref ref--long" dir="ltr">{content.sha256.clone()}</bdi> }.into_any(),
        ),
    ];
    view! { <div class="print-only"><Facts facts/><p>{told}</p></div> }.into_any()
}
