//! The vocabulary and the rules of Forerunner: what a substance, a report, an indicator, a role is and what may happen to it.
//!
//! Everything here is pure: no clock, no database, no network. The same code runs on the server and, compiled to
//! WebAssembly, in the browser, so that a check digit or a red flag is judged identically in both places.
//!
//! To add a rule: put its facts into a table under `data/`, its logic beside its kind here (one file per value type or
//! concept), and its tests at the foot of that file.

pub mod access;
pub mod advice;
pub mod answers;
pub mod association;
pub mod break_glass;
pub mod calendar;
pub mod cas;
pub mod concern;
pub mod condition;
pub mod country;
pub mod customer;
pub mod date;
pub mod deadline;
#[cfg(not(target_arch = "wasm32"))]
pub mod declaration;
#[cfg(not(target_arch = "wasm32"))]
pub mod duties;
pub mod encoding;
pub mod evidence;
pub mod fact;
pub mod figures;
pub mod fold;
pub mod fulltext;
pub mod handover;
pub mod ical;
pub mod identifiers;
pub mod ids;
pub mod indicator;
pub mod label;
pub mod lang;
pub mod language;
#[cfg(not(target_arch = "wasm32"))]
pub mod learning;
#[cfg(not(target_arch = "wasm32"))]
pub mod library;
pub mod licence;
pub mod live;
pub mod look;
#[cfg(not(target_arch = "wasm32"))]
pub mod markdown;
#[cfg(not(target_arch = "wasm32"))]
pub mod notice;
pub mod notify;
#[cfg(not(target_arch = "wasm32"))]
pub mod openness;
pub mod organisation;
#[cfg(not(target_arch = "wasm32"))]
pub mod phrase;
#[cfg(not(target_arch = "wasm32"))]
pub mod plausible;
pub mod quantity;
pub mod question;
#[cfg(not(target_arch = "wasm32"))]
pub mod reader;
pub mod receipt;
#[cfg(not(target_arch = "wasm32"))]
pub mod refdata;
pub mod reference;
pub mod report;
#[cfg(not(target_arch = "wasm32"))]
pub mod retention;
#[cfg(not(target_arch = "wasm32"))]
pub mod risk;
pub mod roster;
#[cfg(not(target_arch = "wasm32"))]
pub mod screening;
pub mod search;
#[cfg(not(target_arch = "wasm32"))]
pub mod sitesearch;
pub mod snooze;
#[cfg(not(target_arch = "wasm32"))]
pub mod statistics;
pub mod substance;
pub mod suppress;
pub mod time;
#[cfg(not(target_arch = "wasm32"))]
pub mod watchlist;
#[cfg(not(target_arch = "wasm32"))]
pub mod wording;
