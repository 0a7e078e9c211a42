//! Writing a report: the list of tasks, the questions, checking the answers, sending. Used by companies for themselves and
//! by authorities for a company on the telephone; the same handlers stand at both addresses, each with its own action.

use domain::access::Action;

use crate::routes::{Route, get, post};

mod before;
mod check;
pub(crate) mod data;
pub(crate) mod field;
mod hand_over;
mod items;
mod list;
mod next;
pub(crate) mod place;
mod question;
mod start;
mod tasks;

/// The rows of this area: the same pages in a company's and in an authority's workspace.
pub(crate) fn routes() -> Vec<Route> {
    let (write, take) = (Action::WriteReports, Action::TakeReports);
    vec![
        get("/{lang}/data/rules.json", Action::ManageSelf, data::rules).in_background(),
        get("/{lang}/data/catalogue.json", Action::ManageSelf, data::catalogue).in_background(),
        get("/{lang}/c/{org}/reports/new", write, start::choose),
        post("/{lang}/c/{org}/reports/new", write, start::begin),
        get("/{lang}/c/{org}/drafts/{draft}", write, tasks::page),
        get("/{lang}/a/{org}/drafts/{draft}", take, tasks::page),
        post("/{lang}/c/{org}/drafts/{draft}/delete", write, tasks::delete),
        post("/{lang}/a/{org}/drafts/{draft}/delete", take, tasks::delete),
        post("/{lang}/c/{org}/drafts/{draft}/bring-back", write, tasks::bring_back),
        post("/{lang}/a/{org}/drafts/{draft}/bring-back", take, tasks::bring_back),
        get("/{lang}/c/{org}/drafts/{draft}/check", write, check::page),
        get("/{lang}/a/{org}/drafts/{draft}/check", take, check::page),
        post("/{lang}/c/{org}/drafts/{draft}/send", write, check::send),
        post("/{lang}/a/{org}/drafts/{draft}/send", take, check::send),
        post("/{lang}/c/{org}/drafts/{draft}/hand-over", write, hand_over::post),
        post("/{lang}/c/{org}/drafts/{draft}/catch-up", write, next::catch_up),
        post("/{lang}/c/{org}/drafts/{draft}/instead", write, next::instead),
        post("/{lang}/c/{org}/drafts/{draft}/items/remove", write, items::remove),
        post("/{lang}/a/{org}/drafts/{draft}/items/remove", take, items::remove),
        post("/{lang}/c/{org}/drafts/{draft}/items/restore", write, items::restore),
        post("/{lang}/a/{org}/drafts/{draft}/items/restore", take, items::restore),
        get("/{lang}/c/{org}/drafts/{draft}/{section}/{page}", write, question::page),
        get("/{lang}/a/{org}/drafts/{draft}/{section}/{page}", take, question::page),
        post("/{lang}/c/{org}/drafts/{draft}/{section}/{page}", write, question::save),
        post("/{lang}/a/{org}/drafts/{draft}/{section}/{page}", take, question::save),
        // What an island saves by itself does not prolong the sign-in.
        post("/{lang}/c/{org}/drafts/{draft}/{section}/{page}/autosave", write, question::autosave).in_background(),
        post("/{lang}/a/{org}/drafts/{draft}/{section}/{page}/autosave", take, question::autosave).in_background(),
    ]
}
