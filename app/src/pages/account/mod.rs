//! The account: signing in and out, registering a company, one-time links, a new password, one's own settings.
//!
//! Rules of this area: the answers to strangers never tell whether an address has an account; passwords may be pasted
//! and filled in by password managers, and are never handed back to the browser; a link from a mail only shows, the
//! button on its page does.

mod application;
mod code;
mod factor;
mod forgot;
mod home;
mod kept;
mod link;
mod link_views;
mod me;
mod password;
mod qr;
mod register;
mod sign_in;
pub(crate) mod sign_in_left;
mod suspended;

pub use application::application_state;
pub(crate) use application::status_mark;
pub(crate) use home::start_of;
pub(crate) use password::new_password;
pub(crate) use sign_in::signed_out_to;

use domain::{access::Action, country::Country};

use crate::routes::{Route, get, post};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/sign-in", Action::SignIn, sign_in::page),
        post("/{lang}/sign-in", Action::SignIn, sign_in::sign_in),
        get("/{lang}/sign-in/code", Action::SignIn, code::page),
        post("/{lang}/sign-in/code", Action::SignIn, code::enter),
        post("/{lang}/sign-out", Action::SignIn, sign_in::sign_out),
        get("/{lang}/forgot", Action::SignIn, forgot::page),
        post("/{lang}/forgot", Action::SignIn, forgot::ask),
        get("/{lang}/forgot/sent", Action::SignIn, forgot::sent),
        get("/{lang}/register", Action::Register, register::page),
        post("/{lang}/register", Action::Register, register::apply),
        get("/{lang}/register/sent", Action::Register, register::sent),
        get("/{lang}/link/{token}", Action::UseLink, link::page),
        post("/{lang}/link/{token}", Action::UseLink, link::consume),
        get("/{lang}/home", Action::ManageSelf, home::page),
        get("/{lang}/kept", Action::ManageSelf, kept::page),
        post("/{lang}/kept/discard", Action::ManageSelf, kept::discard),
        get("/{lang}/session", Action::SignIn, sign_in_left::look).in_background(),
        post("/{lang}/session", Action::SignIn, sign_in_left::stay),
        get("/{lang}/me", Action::ManageSelf, me::page),
        post("/{lang}/me", Action::ManageSelf, me::save_profile),
        post("/{lang}/me/password", Action::ManageSelf, me::change_password),
        post("/{lang}/me/sessions", Action::ManageSelf, me::end_session),
        get("/{lang}/me/factor", Action::EnrolFactor, factor::page),
        post("/{lang}/me/factor", Action::EnrolFactor, factor::enrol),
        get("/{lang}/me/factor/codes", Action::EnrolFactor, factor::codes),
        post("/{lang}/me/factor/codes", Action::EnrolFactor, factor::new_codes),
        get("/{lang}/me/factor/remove", Action::EnrolFactor, factor::remove_page),
        post("/{lang}/me/factor/remove", Action::EnrolFactor, factor::remove),
        get("/{lang}/c/{org}", Action::ViewCompany, application::enter),
        get("/{lang}/c/{org}/application", Action::ViewCompany, application::page),
        get("/{lang}/a/{org}/suspended", Action::ViewStanding, suspended::page),
        get("/{lang}/n/{org}/suspended", Action::ViewStanding, suspended::page),
    ]
}

/// A country's name; the code itself where the standard has no such code.
pub(crate) fn country_name(code: &str) -> String {
    Country::parse(code).map_or_else(|_| code.to_owned(), |country| country.name().to_owned())
}

/// What a view shows, for tests.
#[cfg(test)]
pub(crate) fn shown<V: leptos::prelude::IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    use leptos::prelude::*;
    let owner = Owner::new();
    owner.with(|| view().into_any().to_html())
}
