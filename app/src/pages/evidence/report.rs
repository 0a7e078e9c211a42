//! The files of a report that was sent: on the company's page and on the desk's.

use domain::reference::Reference;
use leptos::prelude::*;
use services::evidence::{self, EvidenceFile, Rejected};

use super::{answer, list};
use crate::{
    components::FieldError,
    pages::company,
    text::evidence as words,
    web::{Outcome, Reply, Req, upload},
};

/// The section of a report's page: the files, and for those who may the form that adds more.
pub(crate) fn section(
    req: &Req,
    base: &str,
    zone: &str,
    files: Vec<EvidenceFile>,
    may_add: bool,
    errors: &[FieldError],
) -> AnyView {
    let t = words::texts(req.lang);
    let address = format!("{base}/evidence");
    let reader = list::Reader { zone: zone.to_owned(), files: address.clone(), removes: false };
    let scan = (!files.is_empty()).then(|| view! { <p class="small muted">{t.not_scanned}</p> });
    let listed = list::files(t, &reader, files);
    let open = !errors.is_empty();
    let form = may_add.then(|| {
        let form = list::form(t, address, errors);
        view! { <details class="more no-print" open=open><summary>{t.more_title}</summary><p>{t.more}</p>{form}</details> }
    });
    view! {
        <section aria-labelledby="evidence">
            <h2 id="evidence">{t.title}</h2>
            {listed}
            {scan}
            {form}
        </section>
    }
    .into_any()
}

/// Adds files to a report that was sent.
pub async fn add(req: Req) -> Outcome {
    let reference: Reference = req.parsed("reference")?;
    req.in_workspace(evidence::may_add(req.ctx(), &req.principal, &reference).await?)?;
    let received = upload::receive(&req).await?;
    let mut problems = received.problems();
    let rejected = evidence::add_to_report(req.ctx(), &req.principal, &reference, received.arrived).await?;
    problems.extend(rejected.iter().map(Rejected::problem));
    answer(&req, &company::form_name(&reference), &req.here(&format!("/reports/{reference}")), problems).await
}

/// Hands out a file to the company.
pub async fn file(req: Req) -> Outcome {
    let (reference, org) = (req.parsed("reference")?, req.workspace()?.org);
    let file = evidence::open_own(req.ctx(), &req.principal, &reference, org, req.parsed("evidence")?).await?;
    Ok(Reply::Stored(Box::new(file)))
}

/// Hands out a file to the desk.
pub async fn desk_file(req: Req) -> Outcome {
    let (reference, org) = (req.parsed("reference")?, req.workspace()?.org);
    let file = evidence::open_for_desk(req.ctx(), &req.principal, &reference, org, req.parsed("evidence")?).await?;
    Ok(Reply::Stored(Box::new(file)))
}
