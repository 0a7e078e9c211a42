//! The system administrators' workspace: the state of the installation, its authorities and associations, its mail.
//! No report can be reached from here.

mod create;
mod export;
mod home;
mod mail;
mod organisations;
mod rescue;
mod state;
mod suspend;

use domain::access::Action;

use crate::routes::{Route, files, get, post};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (view, manage) = (Action::ViewSystem, Action::ManageSystem);
    let mut rows = vec![
        get("/{lang}/s/{org}/", view, home::page),
        get("/{lang}/s/{org}/state", view, state::page),
        get("/{lang}/s/{org}/organisations", view, organisations::page),
        get("/{lang}/s/{org}/organisations/new-authority", manage, create::authority_page),
        post("/{lang}/s/{org}/organisations/new-authority", manage, create::authority),
        get("/{lang}/s/{org}/organisations/new-association", manage, create::association_page),
        post("/{lang}/s/{org}/organisations/new-association", manage, create::association),
        get("/{lang}/s/{org}/organisations/{body}/invite", manage, create::invite_page),
        post("/{lang}/s/{org}/organisations/{body}/invite", manage, create::invite),
        get("/{lang}/s/{org}/mail", view, mail::page),
        post("/{lang}/s/{org}/mail/{mail}/again", manage, mail::again),
    ];
    rows.extend(suspend::routes());
    rows.extend(rescue::routes());
    rows.extend(files!("/{lang}/s/{org}/organisations", view, export::file));
    rows
}
