//! Whether an authority asks its people for a certificate before they release anything to industry.

use serde::{Deserialize, Serialize};

use crate::organisation::coded;

/// The module that is asked for.
pub const MODULE: &str = "authority-staff";

coded! {
    /// What an authority asks. Nothing, unless it decided otherwise.
    Mode {
        /// Nothing.
        Off = "off", "Nothing is asked";
        /// Whoever has no certificate is told, and may go on.
        Tell = "tell", "People without the certificate are told, and may go on";
        /// Whoever has no certificate cannot do it.
        Require = "require", "Only people with the certificate can do it";
    }
}
