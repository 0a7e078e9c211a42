//! Pages by area. Each area has a `routes()` with its rows; each file the handlers and views of one page or a few.

use crate::routes::Route;

pub mod account;
pub mod advice;
pub mod assess;
pub mod association;
pub mod break_glass;
pub(crate) mod changes;
pub mod company;
pub mod concern;
pub mod consultations;
pub mod customers;
pub mod declare;
pub mod desk;
pub mod evidence;
pub(crate) mod go;
pub mod hits;
pub mod inbox;
pub mod inspection;
pub mod learning;
pub mod licence;
pub mod log;
pub mod members;
pub mod notices;
pub mod organisations;
pub mod public;
pub mod reader;
pub mod receipt;
pub mod record;
pub mod refdata;
pub mod report;
pub mod system;
pub mod team;
pub mod watchlist;

/// The rows of every area.
pub(crate) fn routes() -> Vec<Route> {
    [
        account::routes(),
        assess::routes(),
        advice::routes(),
        association::routes(),
        break_glass::routes(),
        company::routes(),
        concern::routes(),
        consultations::routes(),
        customers::routes(),
        declare::routes(),
        desk::routes(),
        learning::routes(),
        licence::routes(),
        log::routes(),
        notices::routes(),
        members::routes(),
        evidence::routes(),
        go::routes(),
        hits::routes(),
        inbox::routes(),
        inspection::routes(),
        organisations::routes(),
        public::routes(),
        reader::routes(),
        receipt::routes(),
        refdata::routes(),
        record::routes(),
        report::routes(),
        system::routes(),
        team::routes(),
        watchlist::routes(),
    ]
    .concat()
}
