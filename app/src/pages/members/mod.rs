//! A company and its associations: memberships, questions without a name, what is ahead.

mod home;
mod questions;

use domain::access::Action;

use crate::routes::{Route, get, post};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (read, take) = (Action::ReadAssociations, Action::TakePartInAssociations);
    vec![
        get("/{lang}/c/{org}/associations", read, home::page),
        post("/{lang}/c/{org}/associations/{membership}/accept", take, home::accept),
        post("/{lang}/c/{org}/associations/{membership}/decline", take, home::decline),
        post("/{lang}/c/{org}/associations/{membership}/leave", take, home::leave),
        get("/{lang}/c/{org}/questions", read, questions::page),
        post("/{lang}/c/{org}/questions", take, questions::ask),
    ]
}
