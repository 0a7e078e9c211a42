//! Pages by area. Each area has a `routes()` with its rows; each file the handlers and views of one page or a few.

use crate::routes::Route;

pub mod public;

/// The rows of every area.
pub(crate) fn routes() -> Vec<Route> {
    [public::routes()].concat()
}
