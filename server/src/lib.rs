//! The only floor that knows HTTP: the router made from the application's route table, the guards around it, the assets,
//! the command line and the start-up.
//!
//! To add a route, do nothing here: add a row to a page area's `routes()` in `app`. To add a guard: a layer in [`router`].

pub mod answer;
pub mod assets;
pub mod cli;
pub mod guards;
pub mod lists;
pub mod mails;
pub mod names;
pub mod router;
pub mod serve;
pub mod well_known;

pub use router::router;
