//! Readers: subscribing, what they say of themselves, deleting the account, and the authority's list of them.

mod authority;
mod own;
mod subscribe;

pub(crate) use own::home;
pub(crate) use subscribe::{confirm_card, confirmed};

use domain::{access::Action, country::Country, reader::Audience};

use crate::{
    components::SelectOption,
    routes::{Route, get, post},
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/subscribe", Action::Subscribe, subscribe::page),
        post("/{lang}/subscribe", Action::Subscribe, subscribe::ask),
        get("/{lang}/subscribe/sent", Action::Subscribe, subscribe::sent),
        get("/{lang}/account-deleted", Action::ViewPublic, own::deleted),
        get("/{lang}/me/reader", Action::ManageSelf, own::page),
        post("/{lang}/me/reader", Action::ManageSelf, own::save),
        get("/{lang}/me/delete", Action::ManageSelf, own::delete_page),
        post("/{lang}/me/delete", Action::ManageSelf, own::delete),
        get("/{lang}/a/{org}/readers", Action::TrustReaders, authority::page),
        get("/{lang}/a/{org}/readers/{reader}", Action::TrustReaders, authority::one),
        post("/{lang}/a/{org}/readers/{reader}", Action::TrustReaders, authority::set),
    ]
}

/// What a reader can be, for a field.
fn audiences() -> Vec<SelectOption> {
    Audience::ALL.iter().map(|audience| SelectOption::new(audience.code(), audience.label())).collect()
}

/// Every country, for a field.
fn countries() -> Vec<SelectOption> {
    Country::all().map(|country| SelectOption::new(country.code(), country.name())).collect()
}
