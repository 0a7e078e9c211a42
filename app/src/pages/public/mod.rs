//! Pages for everybody: start, before a report, checking a customer, substances, library, search, help, statements, status,
//! the blank form.

mod appearance;
mod before_report;
mod blank_form;
mod check;
mod contacts;
pub(crate) mod duties;
mod find;
mod help;
mod library;
mod openness;
pub mod sitemap;
mod start;
mod statements;
mod statistics;
mod status;
pub mod substances;

use domain::access::Action;

use crate::routes::{Route, files, get, post};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let own = vec![
        get("/{lang}/", Action::ViewPublic, start::page),
        get("/{lang}/check", Action::ViewPublic, check::page),
        get("/{lang}/report/start", Action::ViewPublic, before_report::page),
        get("/{lang}/report/blank-form", Action::ViewPublic, blank_form::page),
        get("/{lang}/help", Action::ViewPublic, help::page),
        get("/{lang}/openness", Action::ViewPublic, openness::page),
        get("/{lang}/statistics", Action::ViewPublic, statistics::page),
        get("/{lang}/accessibility", Action::ViewPublic, statements::accessibility),
        get("/{lang}/privacy", Action::ViewPublic, statements::privacy),
        get("/{lang}/status", Action::ViewPublic, status::page),
        post("/{lang}/appearance", Action::ViewPublic, appearance::choose),
    ];
    let figures = files!("/{lang}/statistics", Action::ViewPublic, statistics::file).to_vec();
    [own, figures, substances::routes(), duties::routes(), library::routes(), find::routes()].concat()
}

#[cfg(test)]
pub(crate) mod tests;
