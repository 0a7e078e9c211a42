//! Between HTTP and a page: what a handler is given ([`Req`]), what it answers ([`Reply`]), how that becomes bytes.

pub mod cookie;
pub mod files;
pub mod head;
pub mod paths;
pub mod reply;
pub mod request;
mod session;
pub mod shell;
pub mod stand_in;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
pub(crate) mod testing;
pub mod typed;
pub mod upload;

pub use reply::{Events, Outcome, Page, Pieces, Reply};
pub use request::{AppState, Fields, Req, Waiting, without_nul};
