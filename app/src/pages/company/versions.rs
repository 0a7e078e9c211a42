//! Amending a report, and what was changed between its versions.

use domain::reference::Reference as Number;
use leptos::prelude::*;
use services::{
    draft,
    report::{Between, CompanyReportView, own_changes},
};

use crate::{
    components::*,
    pages::changes,
    text::changes::texts,
    web::{Outcome, Reply, Req},
};

/// Begins or goes on with an amendment.
pub async fn amend(req: Req) -> Outcome {
    let draft = draft::start_amendment(req.ctx(), &req.principal, &req.parsed("reference")?).await?;
    Ok(Reply::to(req.here(&format!("/drafts/{draft}"))))
}

/// What differs between two versions.
pub async fn page(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    let between: Between = changes::wanted(&req);
    let found = own_changes(req.ctx(), &req.principal, &reference, between).await?;
    req.in_workspace(found.org)?;
    changes::page(&req, &reference, found).into()
}

/// The button that begins an amendment, where there can be one.
pub fn act(req: &Req, report: &CompanyReportView, base: &str) -> Option<AnyView> {
    let t = texts(req.lang);
    let action = format!("{base}/amend");
    report.may.amend.then(|| {
        view! {
            <div class="no-print">
                <PostButton action label=t.amend kind=ButtonKind::Secondary/>
                <p class="small muted">{t.amend_hint}</p>
            </div>
        }
        .into_any()
    })
}

/// The way to what was changed; nothing while there is one version.
pub fn link(req: &Req, report: &CompanyReportView, base: &str) -> Option<AnyView> {
    let t = texts(req.lang);
    let href = format!("{base}/changes");
    (report.content.version > 1).then(|| view! { <p class="no-print"><a href=href>{t.see}</a></p> }.into_any())
}
