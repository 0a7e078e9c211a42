//! Watch lists. Who runs the installation loads them ([`lists`], [`version`]); authorities and companies ask whether
//! somebody is on one ([`screen`]).

mod check;
mod list;
mod lists;
mod screen;
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
    let (manage, screen) = (Action::ManageLists, Action::ScreenNames);
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
    ]
}

/// Every meaning, to choose from.
fn meanings() -> Vec<SelectOption> {
    Meaning::ALL.iter().map(|meaning| SelectOption::new(meaning.code(), meaning.label())).collect()
}
