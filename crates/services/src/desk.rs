//! The authority's desk: the queue, the report with everything that belongs to it, and what officers do with it.
//!
//! Everything here asks for a place at the desk of the report's own authority. Every act but a note carries the version
//! that the officer saw; if somebody else (or the company) changed the report since, it is refused as stale and the page
//! shows what happened meanwhile. A note only adds, for colleagues, and needs no version.

mod change;
mod decide;
mod escalate;
mod handover;
mod home;
mod label;
mod lately;
mod news;
pub(crate) mod page;
mod queue;
mod saved;
mod snooze;
mod tick;
mod undo;
mod view;
mod work;

pub use change::{AT_ONCE, Change, Foreseen, Give, Turn, Went, change, foresee, officers, reasons};
pub(crate) use decide::decide_in;
pub use decide::{Verdict, decide, reopen};
pub use escalate::escalate;
pub use handover::{Handover, HandoverPage, handover, handover_page, read_handover, write_handover};
pub use home::{AuthorityHome, home};
pub use label::label;
pub(crate) use lately::Lately;
pub use news::{COUNTED, DeskNews, News, know_all, look};
pub use page::page_again;
pub(crate) use queue::rows;
pub use queue::{Counts, QueueFilter, QueueItem, QueuePage, View, queue};
pub use saved::{COUNTED_OF_VIEW, Saved, counted, open_with, remove_view, save_view, views};
pub use snooze::{When, snooze, wake};
pub use tick::tick;
pub use undo::{Undoable, Undone, undo, undoable};
pub use view::{Decided, DeskEntry, DeskEvent, DeskReportView, version, view};
pub(crate) use work::seen;
pub use work::{ask, assign, message, note, override_severity};

pub use crate::{
    draft::{list_taken as drafts, take_by_phone},
    roster::Officer,
};
