//! The authority's desk: overview, queue, search, report, reports by telephone, and the keys that press its buttons.
//!
//! Everything works by links and forms. A report's acts stand in one place ([`acts`]) and are the same on its own page
//! and in the preview beside the queue; what cannot be taken is shown again on the report's page. The island
//! [`crate::islands::queue_keys`] moves in the list and presses visible buttons, nothing else.

use domain::access::Action;

use crate::routes::{Route, files, get, post};

mod act;
mod acts;
pub(crate) mod answers;
mod bulk;
mod changes;
pub(crate) mod clock;
mod doors;
mod duty;
mod export;
mod figures;
mod forms;
mod handover;
mod home;
pub(crate) mod keys;
mod labels;
mod list;
mod live;
pub(crate) mod look;
mod macros;
mod managed;
mod news;
mod phone;
pub(crate) mod place;
mod preview;
mod queue;
mod reasons;
mod record;
mod report;
mod search;
mod sent;
pub(crate) mod shared;
mod stale;
mod talk;
mod undo;
mod views;

pub(crate) use doors::doors;
pub(crate) use reasons::found_by;
pub(crate) use talk::title as event_words;

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (read, work, take) = (Action::ReadReports, Action::WorkReports, Action::TakeReports);
    let manage = Action::ManageDesk;
    let mut rows = vec![
        get("/{lang}/a/{org}/", read, home::page),
        get("/{lang}/a/{org}/queue", read, queue::page),
        post("/{lang}/a/{org}/queue/seen", read, news::seen),
        get("/{lang}/a/{org}/live", read, live::events).in_background(),
        get("/{lang}/a/{org}/live/changes", read, live::changes).in_background(),
        post("/{lang}/a/{org}/reports/{reference}/here", read, live::here).in_background(),
        get("/{lang}/a/{org}/handover", read, handover::page),
        post("/{lang}/a/{org}/handover", work, handover::post),
        post("/{lang}/a/{org}/handover/read", read, handover::read),
        get("/{lang}/a/{org}/reports/{reference}", read, report::page),
        get("/{lang}/a/{org}/reports/{reference}/changes", read, changes::page),
        get("/{lang}/a/{org}/reports/{reference}/preview", read, preview::fragment),
        get("/{lang}/a/{org}/reports/{reference}/sent", take, sent::page),
        post("/{lang}/a/{org}/reports/{reference}/{deed}", work, act::post),
        post("/{lang}/a/{org}/undo", work, undo::post),
        get("/{lang}/a/{org}/figures", Action::ReadFigures, figures::page),
        get("/{lang}/a/{org}/duty", read, duty::page),
        post("/{lang}/a/{org}/duty", Action::ManageDuty, duty::save),
        post("/{lang}/a/{org}/duty/rule", Action::ManageDuty, duty::switch_rule),
        post("/{lang}/a/{org}/duty/absences", Action::NameDeputy, duty::enter_absence),
        post("/{lang}/a/{org}/duty/absences/end", Action::NameDeputy, duty::end_absence),
        post("/{lang}/a/{org}/duty/skills", Action::NameDeputy, duty::save_skills),
        get("/{lang}/a/{org}/phone", take, phone::page),
        post("/{lang}/a/{org}/phone", take, phone::begin),
        get("/{lang}/a/{org}/search", read, search::page),
        post("/{lang}/a/{org}/search", read, search::post),
        get("/{lang}/a/{org}/views", read, views::page),
        post("/{lang}/a/{org}/views", read, views::save),
        post("/{lang}/a/{org}/views/{view}/remove", read, views::remove),
        post("/{lang}/a/{org}/views/{view}/first", read, views::first),
        get("/{lang}/a/{org}/selection", work, bulk::page),
        post("/{lang}/a/{org}/selection", work, bulk::post),
        get("/{lang}/a/{org}/selection/done", work, bulk::done),
        get("/{lang}/a/{org}/macros", manage, macros::page),
        post("/{lang}/a/{org}/macros", manage, macros::add),
        get("/{lang}/a/{org}/macros/{macro}", manage, macros::one),
        post("/{lang}/a/{org}/macros/{macro}", manage, macros::change),
        get("/{lang}/a/{org}/macros/{macro}/remove", manage, macros::ask),
        post("/{lang}/a/{org}/macros/{macro}/remove", manage, macros::remove),
        get("/{lang}/a/{org}/labels", manage, labels::page),
        post("/{lang}/a/{org}/labels", manage, labels::add),
        get("/{lang}/a/{org}/labels/{label}", manage, labels::one),
        post("/{lang}/a/{org}/labels/{label}", manage, labels::change),
        get("/{lang}/a/{org}/labels/{label}/remove", manage, labels::ask),
        post("/{lang}/a/{org}/labels/{label}/remove", manage, labels::remove),
        get("/{lang}/a/{org}/keys", read, keys::page),
        post("/{lang}/a/{org}/keys", read, keys::switch),
    ];
    rows.extend(files!("/{lang}/a/{org}/queue", read, export::queue));
    rows.extend(files!("/{lang}/a/{org}/search", read, export::found));
    rows.extend(files!("/{lang}/a/{org}/figures", Action::ReadFigures, figures::file));
    rows
}
