//! Islands: the live parts of pages, one file each, compiled for the server (first paint) and for the browser.
//!
//! An island enhances a form that already works without it. It reads what is in the page, never overwrites what somebody
//! has typed, and talks to rows of the route table with `fetch`.

#![allow(missing_docs, reason = "the island macro makes items that cannot be documented")]

pub mod autosave;
pub mod copy;
#[cfg(feature = "hydrate")]
pub mod dom;
pub mod evidence_upload;
pub mod import_progress;
pub mod indicator_panel;
#[cfg(feature = "hydrate")]
pub mod kept;
pub mod live;
pub mod live_preview;
pub mod number_check;
pub mod palette;
pub mod proof_of_work;
pub mod queue_keys;
pub mod receipt_check;
pub mod session_watch;
#[cfg(feature = "hydrate")]
pub mod substance_index;
pub mod substance_picker;
pub mod substance_rows;
pub mod substance_search;
pub mod undo_count;
