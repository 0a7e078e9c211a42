//! A person's inbox, how they want to be told, their feeds, their address, and unsubscribing by a mail's link.

mod address;
mod feeds;
mod list;
mod settings;
mod stop;

pub(crate) use address::confirmed;

use domain::access::Action;

use crate::routes::{Route, get, post};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/me/inbox", Action::ManageSelf, list::page),
        post("/{lang}/me/inbox", Action::ManageSelf, list::mark),
        get("/{lang}/me/inbox/{news}", Action::ManageSelf, list::open),
        get("/{lang}/me/told", Action::ManageSelf, settings::page),
        post("/{lang}/me/told", Action::ManageSelf, settings::save),
        get("/{lang}/me/feeds", Action::ManageSelf, feeds::page),
        post("/{lang}/me/feeds", Action::ManageSelf, feeds::make),
        post("/{lang}/me/feeds/end", Action::ManageSelf, feeds::end),
        get("/{lang}/me/address", Action::ManageSelf, address::page),
        post("/{lang}/me/address", Action::ManageSelf, address::change),
        post("/{lang}/me/address/again", Action::ManageSelf, address::again),
        get("/{lang}/unsubscribe/{token}", Action::UseLink, stop::page),
        post("/{lang}/unsubscribe/{token}", Action::UseLink, stop::press),
    ]
}
