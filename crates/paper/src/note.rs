//! Who took something away, and when: it stands in the file, so that a copy says where it comes from.

use domain::time::Timestamp;
use jiff::Timestamp as Instant;

/// The note that a file carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What was taken: "Reports".
    pub what: String,
    /// Who took it.
    pub by: String,
    /// For which organisation they did.
    pub of: String,
    /// When.
    pub at: Timestamp,
}

/// An instant as programs read it: `2026-11-23T13:30:00Z`.
#[must_use]
pub fn machine(at: Timestamp) -> String {
    Instant::from_microsecond(at.0).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
