//! An organisation's team, the same in every kind of workspace: who belongs to it, invitations, roles.

mod change;
mod export;
mod factor;
mod list;
mod role;

use domain::access::Action;
use services::Refusal;

use crate::{
    routes::{Route, files, get, post},
    web::Req,
};

/// The rows of one kind of workspace.
macro_rules! rows {
    ($letter:literal) => {{
        let mut rows = vec![
            get(concat!("/{lang}/", $letter, "/{org}/team"), Action::ReadTeam, list::page),
            get(concat!("/{lang}/", $letter, "/{org}/team/roles/{role}"), Action::ManageTeam, role::page),
            post(concat!("/{lang}/", $letter, "/{org}/team/invite"), Action::ManageTeam, change::invite),
            post(
                concat!("/{lang}/", $letter, "/{org}/team/invitations/{invitation}/withdraw"),
                Action::ManageTeam,
                change::withdraw,
            ),
            get(
                concat!("/{lang}/", $letter, "/{org}/team/members/{person}/role"),
                Action::ManageTeam,
                change::role_page,
            ),
            post(
                concat!("/{lang}/", $letter, "/{org}/team/members/{person}/role"),
                Action::ManageTeam,
                change::set_role,
            ),
            get(concat!("/{lang}/", $letter, "/{org}/team/members/{person}/factor"), Action::ManageTeam, factor::page),
            post(
                concat!("/{lang}/", $letter, "/{org}/team/members/{person}/factor"),
                Action::ManageTeam,
                factor::reset,
            ),
            get(concat!("/{lang}/", $letter, "/{org}/team/members/{person}/end"), Action::ManageTeam, change::end_page),
            post(concat!("/{lang}/", $letter, "/{org}/team/members/{person}/end"), Action::ManageTeam, change::end),
            get(concat!("/{lang}/", $letter, "/{org}/team/leave"), Action::ReadTeam, change::leave_page),
            post(concat!("/{lang}/", $letter, "/{org}/team/leave"), Action::ReadTeam, change::leave),
        ];
        rows.extend(files!(concat!("/{lang}/", $letter, "/{org}/team"), Action::ReadTeam, export::file));
        rows
    }};
}

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    [rows!("c"), rows!("a"), rows!("n"), rows!("s")].into_iter().flatten().collect()
}

/// Refuses what every workspace has under the letter of another kind of workspace: one page has one address.
pub(crate) fn at_home(req: &Req) -> Result<(), Refusal> {
    if req.path.starts_with(&req.here("/")) { Ok(()) } else { Err(Refusal::NotFound) }
}
