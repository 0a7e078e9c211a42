//! The whole server against people who want something else than we meant: who may see and do what ([`isolation`]),
//! what may be typed ([`hostile`]), what stands around every answer ([`guards`]).
//!
//! All three walk the route table and the pages that it gives, so that a new page is tested without anybody writing a
//! test for it. What they need to know about a new path parameter or a new form stands in [`support::samples`]; a test
//! that meets an unknown one says so.

#![expect(clippy::unwrap_used, reason = "tests")]

mod concern;
mod customer_paper;
mod desk;
mod evidence;
mod factor;
mod files;
mod guards;
mod hostile;
mod inspection;
mod isolation;
mod kept;
mod live;
mod notices;
mod receipt;
mod record;
mod settings;
mod support;
mod well_known;
