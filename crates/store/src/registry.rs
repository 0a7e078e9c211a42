//! The list of every statement, so that a test can prepare all of them on both engines.

use crate::Sql;

/// The statements of each module.
pub const MODULES: &[&[Sql]] = &[
    crate::audit::ALL,
    crate::browser::ALL,
    crate::break_glass::ALL,
    crate::customer::ALL,
    crate::customer::document::ALL,
    crate::customer::import::ALL,
    crate::declaration::ALL,
    crate::declaration::order::ALL,
    crate::draft::ALL,
    crate::duty::ALL,
    crate::evidence::ALL,
    crate::fact::ALL,
    crate::factor::ALL,
    crate::handover::ALL,
    crate::live::ALL,
    crate::figures::ALL,
    crate::leaver::ALL,
    crate::label::ALL,
    crate::log::ALL,
    crate::look::ALL,
    crate::macros::ALL,
    crate::org::ALL,
    crate::outbox::ALL,
    crate::person::ALL,
    crate::public::ALL,
    crate::receipt::ALL,
    crate::refdata::ALL,
    crate::report::ALL,
    crate::report::content::ALL,
    crate::report::own::ALL,
    crate::report::people::ALL,
    crate::report::queue::ALL,
    crate::rescue::ALL,
    crate::saved::ALL,
    crate::undo::ALL,
    crate::screening::ALL,
    crate::screening::hit::ALL,
    crate::screening::job::ALL,
    crate::search::ALL,
    crate::session::ALL,
    crate::setting::ALL,
    crate::stash::ALL,
    crate::system::ALL,
    crate::thread::ALL,
    crate::throttle::ALL,
    crate::token::ALL,
    crate::watchlist::ALL,
    crate::watchlist::check::ALL,
    crate::watchlist::entry::ALL,
    crate::watchlist::own::ALL,
    crate::watchlist::share::ALL,
];

/// Every statement of the store.
pub fn all() -> impl Iterator<Item = &'static Sql> {
    MODULES.iter().flat_map(|module| module.iter())
}
