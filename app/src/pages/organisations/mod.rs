//! The authority's companies: the list, one company with what was checked, and deciding about it.

mod decide;
mod detail;
mod list;

use domain::access::Action;

use crate::routes::{Route, get, post};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/a/{org}/organisations", Action::ReadOrganisations, list::page),
        get("/{lang}/a/{org}/organisations/{company}", Action::ReadOrganisations, detail::page),
        get("/{lang}/a/{org}/organisations/{company}/{decision}", Action::DecideApplications, decide::page),
        post("/{lang}/a/{org}/organisations/{company}/{decision}", Action::DecideApplications, decide::decide),
    ]
}
