//! The authority's companies: the list, one company with what was checked, and deciding about it.

mod decide;
mod detail;
mod export;
mod list;

use domain::access::Action;

use crate::routes::{Route, files, get, post};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let read = Action::ReadOrganisations;
    let mut rows = vec![
        get("/{lang}/a/{org}/organisations", read, list::page),
        get("/{lang}/a/{org}/organisations/{company}", read, detail::page),
        get("/{lang}/a/{org}/organisations/{company}/{decision}", Action::DecideApplications, decide::page),
        post("/{lang}/a/{org}/organisations/{company}/{decision}", Action::DecideApplications, decide::decide),
    ];
    rows.extend(files!("/{lang}/a/{org}/organisations", read, export::file));
    rows
}
