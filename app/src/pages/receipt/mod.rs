//! Receipts: downloading one's own, checking anybody's.
//!
//! The check page asks the database for public keys and for nothing else, so it cannot tell whether a report exists.

use domain::access::Action;

use crate::routes::{Route, get, post};

mod download;
mod proof;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
mod verify;

pub(crate) use download::href;
pub(crate) use proof::{mark, on_paper};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/verify", Action::ViewPublic, verify::page),
        post("/{lang}/verify", Action::ViewPublic, verify::check),
        get("/{lang}/data/receipt-keys.json", Action::ViewPublic, verify::keys),
        get("/{lang}/c/{org}/reports/{reference}/receipt", Action::ReadOwnReports, download::own),
        get("/{lang}/a/{org}/reports/{reference}/receipt", Action::ReadReports, download::desk),
    ]
}
