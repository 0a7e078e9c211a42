//! The log of an organisation, the same in every kind of workspace: what was done, by whom, and proof that it is whole.

mod check;
mod export;
mod filter;
mod list;

pub(crate) use list::who_words;

use domain::access::Action;

use crate::routes::{Route, files, get};

/// The rows of one kind of workspace.
macro_rules! rows {
    ($letter:literal) => {{
        let read = Action::ReadLog;
        let mut rows = vec![
            get(concat!("/{lang}/", $letter, "/{org}/log"), read, list::page),
            get(concat!("/{lang}/", $letter, "/{org}/log/check"), read, check::page),
        ];
        rows.extend(files!(concat!("/{lang}/", $letter, "/{org}/log"), read, export::file));
        rows
    }};
}

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    [rows!("c"), rows!("a"), rows!("n"), rows!("s")].into_iter().flatten().collect()
}
