//! The log of an organisation, the same in every kind of workspace: what was done, by whom, and proof that it is whole.

mod check;
mod filter;
mod list;

use domain::access::Action;

use crate::routes::{Route, get};

/// The rows of one kind of workspace.
macro_rules! rows {
    ($letter:literal) => {
        [
            get(concat!("/{lang}/", $letter, "/{org}/log"), Action::ReadLog, list::page),
            get(concat!("/{lang}/", $letter, "/{org}/log.csv"), Action::ReadLog, list::export),
            get(concat!("/{lang}/", $letter, "/{org}/log/check"), Action::ReadLog, check::page),
        ]
    };
}

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    [rows!("c"), rows!("a"), rows!("n"), rows!("s")].into_iter().flatten().collect()
}
