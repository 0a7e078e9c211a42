//! Pages for everybody: start, before a report, substances, help, statements, status, the blank form.

mod appearance;
mod before_report;
mod blank_form;
mod contacts;
pub(crate) mod duties;
mod help;
mod start;
mod statements;
mod status;
pub mod substances;

use domain::access::Action;

use crate::routes::{Route, get, post};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let own = vec![
        get("/{lang}/", Action::ViewPublic, start::page),
        get("/{lang}/report/start", Action::ViewPublic, before_report::page),
        get("/{lang}/report/blank-form", Action::ViewPublic, blank_form::page),
        get("/{lang}/help", Action::ViewPublic, help::page),
        get("/{lang}/accessibility", Action::ViewPublic, statements::accessibility),
        get("/{lang}/privacy", Action::ViewPublic, statements::privacy),
        get("/{lang}/status", Action::ViewPublic, status::page),
        post("/{lang}/appearance", Action::ViewPublic, appearance::choose),
    ];
    [own, substances::routes(), duties::routes()].concat()
}

#[cfg(test)]
mod tests;
