//! Watch lists. Who runs the installation loads them ([`lists`], [`version`]); authorities and companies ask whether
//! somebody is on one ([`screen`]); companies take part in lists that associations share ([`shared`]).

mod check;
mod list;
mod lists;
mod screen;
mod shared;
mod version;

use domain::{access::Action, watchlist::Meaning};

pub(crate) use check::hit as side_by_side;
pub(crate) use screen::searched;

use crate::{
    components::SelectOption,
    routes::{Route, get, post},
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (manage, screen, take) = (Action::ManageLists, Action::ScreenNames, Action::TakeSharedLists);
    vec![
        get("/{lang}/s/{org}/lists", manage, lists::page),
        post("/{lang}/s/{org}/lists", manage, lists::load).with_files(),
        get("/{lang}/s/{org}/lists/{list}", manage, list::page),
        post("/{lang}/s/{org}/lists/{list}", manage, list::change),
        get("/{lang}/s/{org}/lists/{list}/versions/{edition}", manage, version::page),
        get("/{lang}/s/{org}/lists/{list}/versions/{edition}/activate", manage, version::ask),
        post("/{lang}/s/{org}/lists/{list}/versions/{edition}/activate", manage, version::activate),
        get("/{lang}/a/{org}/screen", screen, screen::page),
        post("/{lang}/a/{org}/screen", screen, screen::ask),
        get("/{lang}/a/{org}/checks/{check}", screen, check::page),
        get("/{lang}/c/{org}/screen", screen, screen::page),
        post("/{lang}/c/{org}/screen", screen, screen::ask),
        get("/{lang}/c/{org}/checks/{check}", screen, check::page),
        get("/{lang}/c/{org}/shared-lists", take, shared::page),
        post("/{lang}/c/{org}/shared-lists/{share}/accept", take, shared::accept),
        post("/{lang}/c/{org}/shared-lists/{share}/decline", take, shared::decline),
        post("/{lang}/c/{org}/shared-lists/{share}/leave", take, shared::leave),
    ]
}

/// Every meaning, to choose from.
fn meanings() -> Vec<SelectOption> {
    Meaning::ALL.iter().map(|meaning| SelectOption::new(meaning.code(), meaning.label())).collect()
}
