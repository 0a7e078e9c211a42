//! Reports, from the company's side: sending one, and everything a company does with what it has sent.
//!
//! - [`submit`] turns a draft into a report in one transaction and returns its reference only when the disk has it.
//!   Sending the same draft again gives the same reference.
//! - A company's report is seen by its author, the people named on it and the company's administrators. What the pages
//!   get ([`CompanyReportView`]) has no place for what is the authority's own: no note, no officer, no reason code, no
//!   overruled severity.
//! - What company and authority say to each other is in [`crate::thread`], the authority's side in [`crate::desk`].

pub(crate) mod access;
mod acts;
mod changes;
mod home;
pub(crate) mod judge;
mod list;
pub(crate) mod made;
pub(crate) mod standing;
mod submit;
pub(crate) mod view;

pub use acts::{Person, confirm, share_with, stop_sharing, team, withdraw};
pub(crate) use acts::{reasoned, reasons_of};
pub use changes::{Between, Changes, VersionItem, desk_changes, own_changes};
pub use home::{CompanyHome, home};
pub use list::{Cursor, Filter, ReportItem, ReportPage, list};
pub use submit::submit;
pub(crate) use submit::submit_in;
pub use view::{Authority, CompanyEntry, CompanyReportView, May, Question, ReportContent, version, view};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
pub(crate) mod tests;
