//! What leaves the portal, and tables that come in: lists as files, records on paper, and the bundle that holds both.
//!
//! Pure: it knows no database, no request and no rule of access. Whoever calls it has looked up what may be seen, noted in
//! the audit log that it leaves, and chosen the words.
//!
//! - [`table`]: columns and rows, written as CSV, XLSX or JSON. Every list that leaves is one.
//! - [`pack`]: many files in one, written piece by piece, with a list of what is in it.
//! - [`sheet`]: CSV and XLSX that somebody brings, read into rows of texts.
//! - [`pdf`]: documents for people, as tagged PDF. Every record of a report is one.

pub mod note;
pub mod pack;
pub mod pdf;
pub mod sheet;
pub mod table;

pub use note::Note;
pub use table::{Cell, Column, Format, Table};
