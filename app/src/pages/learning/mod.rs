//! Learning: the library for everybody ([`library`], [`module`], [`quiz`], [`case`], [`glossary`]), one's own ([`mine`]), what an
//! organisation asks of its people ([`manage`]), and whether a certificate is genuine ([`verify`]).
//!
//! Everything can be read and answered without an account. Opening a page marks it as read for whoever has signed in.

mod case;
mod export;
mod glossary;
mod library;
mod manage;
mod mine;
mod module;
mod paper;
mod quiz;
mod shown;
mod verify;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use domain::access::Action;

pub(crate) use shown::{gate_callout, standing_word, to_do};

use crate::routes::{Route, files, get, post};

/// The rows of one kind of workspace.
macro_rules! rows {
    ($letter:literal) => {{
        let manage = Action::ManageLearning;
        let mut rows = vec![
            get(concat!("/{lang}/", $letter, "/{org}/learning"), manage, manage::page),
            post(concat!("/{lang}/", $letter, "/{org}/learning"), manage, manage::assign),
            post(concat!("/{lang}/", $letter, "/{org}/learning/{assignment}/end"), manage, manage::end),
        ];
        rows.extend(files!(concat!("/{lang}/", $letter, "/{org}/learning"), manage, export::file));
        rows
    }};
}

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (all, own) = (Action::ViewPublic, Action::Learn);
    let public = vec![
        get("/{lang}/learn", all, library::page),
        get("/{lang}/learn/cases/{case}", all, case::page),
        get("/{lang}/learn/{module}", all, module::overview),
        get("/{lang}/learn/{module}/print", all, module::print),
        get("/{lang}/learn/{module}/quiz", all, quiz::page),
        post("/{lang}/learn/{module}/quiz", all, quiz::answer),
        get("/{lang}/learn/{module}/result", all, quiz::result),
        get("/{lang}/learn/{module}/{lesson}", all, module::page),
        get("/{lang}/glossary", all, glossary::page),
        get("/{lang}/verify/certificate", all, verify::page),
        post("/{lang}/verify/certificate", all, verify::check),
        get("/{lang}/me/learning", own, mine::page),
        get("/{lang}/me/learning/certificate.pdf", own, mine::pdf),
        get("/{lang}/me/learning/certificate.txt", own, mine::statement),
        post("/{lang}/a/{org}/learning/release", Action::ManageLearning, manage::release),
    ];
    [public, rows!("c"), rows!("a"), rows!("n")].concat()
}
