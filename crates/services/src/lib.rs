//! Use cases: what people do with Forerunner, one module per capability, named as on every other floor.
//!
//! Every act has the same shape: find the object, check the right in the object's own organisation
//! ([`domain::access::Principal::allowed_in`]), validate with the domain's rules, then in **one** transaction change the
//! rows, append the audit row ([`audit::record`]) and tell whom it concerns ([`notify::tell`], [`outbox::queue`]). Nothing is rendered here and
//! nothing knows HTTP.
//!
//! To add a use case: a function in the capability's module that takes [`Context`] and the principal, and returns
//! [`Result`]; tests beside it run on a real SQLite database with a clock that the test moves.

pub mod account;
pub mod address;
pub mod advice;
pub mod assess;
pub mod association;
pub mod audit;
pub mod backup;
pub mod break_glass;
pub mod browser;
pub mod calendar;
pub mod concern;
pub mod context;
pub mod customer;
pub mod declaration;
pub mod demo;
pub mod desk;
pub mod doors;
pub mod draft;
pub mod duties;
pub mod error;
pub mod evidence;
pub mod export;
pub mod fact;
pub mod factor;
pub mod feed;
pub mod figures;
pub mod inspection;
pub mod jobs;
pub mod kept;
pub mod label;
pub mod learning;
pub mod leaver;
pub mod licence;
pub mod link;
pub mod live;
pub mod log;
pub mod macros;
pub mod mail;
pub mod notice;
pub mod notify;
pub mod organisation;
pub mod outbox;
pub mod password;
pub mod public;
pub mod reader;
pub mod receipt;
pub mod refdata;
pub mod register;
pub mod report;
pub mod rescue;
pub mod roster;
pub mod search;
pub mod session;
pub mod setup;
pub mod stash;
pub mod statistics;
pub mod system;
pub mod team;
pub mod thread;
pub mod watchlist;
pub mod worker;

mod handle;
mod input;
mod seat;
mod secret;
mod throttle;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
pub(crate) mod testing;

pub use context::{Clock, Config, Context};
pub use error::{Refusal, Result};
