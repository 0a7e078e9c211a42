//! Advice on a planned sale: what a company asks ([`form`], [`own`], [`list`]), what the desk does with it ([`desk`],
//! [`queue`]), and the neutral wordings that a company can use meanwhile ([`wordings`]).

mod desk;
mod form;
pub(crate) mod list;
mod own;
mod queue;
mod shown;
mod wordings;

use domain::access::Action;

use crate::routes::{Route, get, post};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (ask, read, give) = (Action::AskAdvice, Action::ReadAdvice, Action::GiveAdvice);
    vec![
        get("/{lang}/c/{org}/advice", ask, list::page),
        get("/{lang}/c/{org}/advice/new", ask, form::new_page),
        post("/{lang}/c/{org}/advice/new", ask, form::create),
        get("/{lang}/c/{org}/advice/{request}", ask, own::page),
        get("/{lang}/c/{org}/advice/{request}/edit", ask, form::page),
        post("/{lang}/c/{org}/advice/{request}/edit", ask, form::save),
        post("/{lang}/c/{org}/advice/{request}/send", ask, own::send),
        post("/{lang}/c/{org}/advice/{request}/answer", ask, own::answer),
        post("/{lang}/c/{org}/advice/{request}/close", ask, own::close),
        post("/{lang}/c/{org}/advice/{request}/withdraw", ask, own::withdraw),
        post("/{lang}/c/{org}/advice/{request}/report", ask, own::to_report),
        get("/{lang}/c/{org}/wordings", Action::ReadWordings, wordings::page),
        get("/{lang}/a/{org}/advice", read, queue::page),
        get("/{lang}/a/{org}/advice/{request}", read, desk::page),
        post("/{lang}/a/{org}/advice/{request}/assign", give, desk::assign),
        post("/{lang}/a/{org}/advice/{request}/ask", give, desk::ask),
        post("/{lang}/a/{org}/advice/{request}/advise", give, desk::advise),
    ]
}
