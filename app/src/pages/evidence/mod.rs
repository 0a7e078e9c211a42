//! Evidence: adding files to a draft and to a sent report, listing them for either side, taking them out.

use domain::access::Action;
use services::{Refusal, error::Problem};

use crate::{
    islands::evidence_upload::Uploaded,
    routes::{Route, get, post},
    web::{Outcome, Reply, Req, typed},
};

pub(crate) mod draft;
pub(crate) mod list;
pub(crate) mod report;

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (write, take) = (Action::WriteReports, Action::TakeReports);
    vec![
        get("/{lang}/c/{org}/drafts/{draft}/evidence", write, draft::page),
        get("/{lang}/a/{org}/drafts/{draft}/evidence", take, draft::page),
        post("/{lang}/c/{org}/drafts/{draft}/evidence", write, draft::add).with_files(),
        post("/{lang}/a/{org}/drafts/{draft}/evidence", take, draft::add).with_files(),
        get("/{lang}/c/{org}/drafts/{draft}/evidence/{evidence}", write, draft::file),
        get("/{lang}/a/{org}/drafts/{draft}/evidence/{evidence}", take, draft::file),
        post("/{lang}/c/{org}/drafts/{draft}/evidence/{evidence}/remove", write, draft::remove),
        post("/{lang}/a/{org}/drafts/{draft}/evidence/{evidence}/remove", take, draft::remove),
        post("/{lang}/c/{org}/reports/{reference}/evidence", write, report::add).with_files(),
        get("/{lang}/c/{org}/reports/{reference}/evidence/{evidence}", Action::ReadOwnReports, report::file),
        get("/{lang}/a/{org}/reports/{reference}/evidence/{evidence}", Action::ReadReports, report::desk_file),
    ]
}

/// Answers a form with files: JSON for the island, for everybody else the page again with what was not taken.
async fn answer(req: &Req, form: &str, page: &str, problems: Vec<Problem>) -> Outcome {
    if req.wants_json {
        let problems = problems.into_iter().map(|problem| problem.message).collect();
        return Reply::json(&Uploaded { problems }, false);
    }
    if problems.is_empty() {
        typed::done(req).await?;
        return Ok(Reply::to(page));
    }
    typed::again(req, form, page, Refusal::Invalid(problems)).await
}
