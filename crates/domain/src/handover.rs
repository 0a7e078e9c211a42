//! The note that one shift leaves to the next. Rules: plain text of at most 4000 characters; empty when there is nothing
//! to hand over.

use crate::answers::clean_text;

/// Most characters of a note: what fits on one page.
pub const LONGEST: usize = 4_000;

/// A note that may be left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(String);

/// It is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is too long: at most 4 000 characters fit. Put what belongs to a report into a note on that report")]
pub struct TooLong;

impl Note {
    /// A note without what no database or reader can hold.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn new(typed: &str) -> Result<Self, TooLong> {
        let text = clean_text(typed);
        if text.chars().count() > LONGEST { Err(TooLong) } else { Ok(Self(text)) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_a_page_of_text_or_nothing() {
        assert_eq!(Note::new(" Call back \u{0}the carrier.\n ").unwrap().as_str(), "Call back the carrier.");
        assert_eq!(Note::new("").unwrap().as_str(), "");
        assert!(Note::new(&"é".repeat(LONGEST)).is_ok());
        assert_eq!(Note::new(&"é".repeat(LONGEST + 1)), Err(TooLong));
    }
}
