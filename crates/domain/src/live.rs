//! Who is at a report right now, and what they do there. Rules: a sign of life every fifteen seconds; whoever gave none for
//! forty is not there any more.

use serde::{Deserialize, Serialize};

use crate::{organisation::coded, time::Timestamp};

/// A page gives a sign of life so often, seconds.
pub const BEAT: u32 = 15;
/// Whoever gave none for so long is gone, microseconds.
pub const GONE: i64 = 40 * Timestamp::SECOND;

coded! {
    /// What somebody does at a report.
    Doing {
        /// Looks at it.
        Looking = "looking", "is looking at this report";
        /// Writes to the reporter.
        Message = "message", "is writing a message";
        /// Writes a question to the reporter.
        Question = "ask", "is writing a question to the reporter";
        /// Writes for colleagues.
        Note = "note", "is writing a note";
        /// Fills in another form.
        Deciding = "deciding", "is filling in a decision";
    }
}

impl Doing {
    /// What filling in a form means; no form is looking.
    #[must_use]
    pub fn of_form(form: &str) -> Self {
        match (form, Self::from_code(form)) {
            ("", _) => Self::Looking,
            (_, Some(doing)) => doing,
            _ => Self::Deciding,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_what_somebody_does() {
        for (form, doing) in [
            ("", Doing::Looking),
            ("message", Doing::Message),
            ("ask", Doing::Question),
            ("note", Doing::Note),
            ("close", Doing::Deciding),
            ("anything else", Doing::Deciding),
        ] {
            assert_eq!(Doing::of_form(form), doing, "{form}");
        }
    }

    #[test]
    fn one_lost_sign_of_life_is_forgiven() {
        assert!(2 * i64::from(BEAT) * Timestamp::SECOND < GONE);
    }
}
