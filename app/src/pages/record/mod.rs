//! A report on paper: the record that a company keeps of its own reports, and an authority of those sent to it.
//!
//! Both are the same document ([`sheet`]); what only an authority may read (the indicators by all rules) is given to it by the
//! desk's handler alone. Internal notes are on neither: paper is passed on.

use domain::access::Action;

use crate::{
    routes::{Route, get},
    web::paths::with_query,
};

mod desk;
mod own;
mod sheet;

pub(crate) use own::document as own_document;
pub(crate) use sheet::verify;

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/c/{org}/reports/{reference}/record.pdf", Action::ReadOwnReports, own::file),
        get("/{lang}/a/{org}/reports/{reference}/record.pdf", Action::ReadReports, desk::file),
    ]
}

/// Address of a version's record, from the address of the report.
pub(crate) fn href(report: &str, version: i64) -> String {
    with_query(&format!("{report}/record.pdf"), "version", &version.to_string())
}
