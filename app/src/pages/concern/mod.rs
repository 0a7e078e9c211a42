//! Anonymous concerns: the form and the mailbox of senders, the switch of an authority, and what associations pass on.
//!
//! The pages of senders are rows marked [`crate::routes::Route::anonymous`]: their handlers are given no cookie, no sign-in, no
//! network address and no name of a browser. A form is answered by a page and not by "go there": the next address would have to
//! carry a secret, and so would a cookie.

mod association;
mod form;
mod mailbox;
mod setting;

use domain::access::Action;

use crate::routes::{Route, get, post};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (send, open, pass) = (Action::SendConcern, Action::OpenConcerns, Action::PassOnConcerns);
    vec![
        get("/{lang}/concern", send, form::page).anonymous(),
        post("/{lang}/concern", send, form::send).with_files().anonymous(),
        get("/{lang}/follow-up", send, mailbox::page).anonymous(),
        post("/{lang}/follow-up", send, mailbox::open).anonymous(),
        post("/{lang}/follow-up/reply", send, mailbox::reply).with_files().anonymous(),
        post("/{lang}/follow-up/close", send, mailbox::close).anonymous(),
        get("/{lang}/a/{org}/concerns", open, setting::page),
        post("/{lang}/a/{org}/concerns", open, setting::switch),
        get("/{lang}/n/{org}/concerns", pass, association::page),
        post("/{lang}/n/{org}/concerns", pass, association::send).with_files(),
        get("/{lang}/n/{org}/concerns/new", pass, association::new),
        get("/{lang}/n/{org}/concerns/{concern}", pass, association::one),
        post("/{lang}/n/{org}/concerns/{concern}/reply", pass, association::reply).with_files(),
    ]
}
