//! A company's workspace: overview, its reports, each report with its thread.

use domain::{access::Action, report::ReporterState};

use crate::{
    components::{Shape, Tone},
    routes::{Route, files, get, post},
};

mod export;
mod home;
mod list;
mod report;
mod sent;
mod versions;
mod withdraw;

pub(crate) use report::{duty, event, form_name};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (read, write) = (Action::ReadOwnReports, Action::WriteReports);
    let mut rows = vec![
        get("/{lang}/c/{org}/", Action::ViewCompany, home::page),
        get("/{lang}/c/{org}/reports", read, list::page),
        get("/{lang}/c/{org}/reports/{reference}", read, report::page),
        get("/{lang}/c/{org}/reports/{reference}/sent", read, sent::page),
        get("/{lang}/c/{org}/reports/{reference}/changes", read, versions::page),
        post("/{lang}/c/{org}/reports/{reference}/amend", write, versions::amend),
        post("/{lang}/c/{org}/reports/{reference}/message", write, report::message),
        post("/{lang}/c/{org}/reports/{reference}/answer", write, report::answer),
        post("/{lang}/c/{org}/reports/{reference}/confirm", write, report::confirm),
        post("/{lang}/c/{org}/reports/{reference}/withdraw", write, withdraw::withdraw),
        post("/{lang}/c/{org}/reports/{reference}/share", write, report::share),
        post("/{lang}/c/{org}/reports/{reference}/unshare", write, report::unshare),
        post("/{lang}/c/{org}/reports/{reference}/again", write, report::again),
        post("/{lang}/c/{org}/reports/{reference}/complete", write, report::complete),
    ];
    rows.extend(files!("/{lang}/c/{org}/reports", read, export::file));
    rows
}

/// How a state looks: shape first, tone third; the word is the state's own.
pub(crate) const fn look(state: ReporterState) -> (Shape, Tone) {
    match state {
        ReporterState::Sent => (Shape::Half, Tone::Info),
        ReporterState::AnswerNeeded => (Shape::HalfAsked, Tone::Warn),
        ReporterState::InReview => (Shape::ThreeQuarter, Tone::Info),
        ReporterState::UnderInvestigation => (Shape::Full, Tone::Info),
        ReporterState::Closed => (Shape::FullRuled, Tone::Ok),
        ReporterState::Withdrawn => (Shape::Struck, Tone::Neutral),
    }
}
