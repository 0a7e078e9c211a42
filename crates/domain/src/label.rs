//! Labels: words of an authority's own that its officers stick on reports.
//!
//! A label has a name that no other label of the authority looks like, and one of six colours. The colour is drawn beside
//! the name, so that nobody needs it in order to tell labels apart.

use serde::{Deserialize, Serialize};

use crate::{answers::clean, fold, organisation::coded};

coded! {
    /// The colour of a label.
    Colour {
        /// The first of the charts.
        Petrol = "petrol", "Petrol";
        /// The second.
        Ochre = "ochre", "Ochre";
        /// The third.
        Plum = "plum", "Plum";
        /// The fourth.
        Jade = "jade", "Jade";
        /// The fifth.
        Rust = "rust", "Rust";
        /// The sixth.
        Slate = "slate", "Slate";
    }
}

/// The most characters of a name.
pub const LONGEST: usize = 30;

/// The most labels of one authority: as many as can be overlooked.
pub const MOST: usize = 40;

/// A label's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It has neither letter nor digit.
    #[error("Enter a name with letters or digits")]
    Empty,
    /// It is too long.
    #[error("A name has at most 30 characters")]
    TooLong,
}

impl Name {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`NameError`] in plain words, for the field.
    pub fn new(typed: &str) -> Result<Self, NameError> {
        if typed.len() > LONGEST * 8 {
            return Err(NameError::TooLong);
        }
        let name = clean(typed, false).text.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err(NameError::Empty),
            n if n > LONGEST => Err(NameError::TooLong),
            _ if fold::words(&name).is_empty() => Err(NameError::Empty),
            _ => Ok(Self(name)),
        }
    }

    /// As it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Equal for names that look alike.
    #[must_use]
    pub fn key(&self) -> String {
        fold::squash(&self.0)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_say_something() {
        assert_eq!(Name::new("  Joint\t operation \u{202e}7 ").unwrap().as_str(), "Joint operation 7");
        for (typed, error) in [("", NameError::Empty), (" \u{200b} ", NameError::Empty), ("…", NameError::Empty)] {
            assert_eq!(Name::new(typed), Err(error), "{typed:?}");
        }
        assert_eq!(Name::new(&"x".repeat(LONGEST + 1)), Err(NameError::TooLong));
        assert_eq!(Name::new(&"x".repeat(1_000_000)), Err(NameError::TooLong));
        assert!(Name::new(&"名".repeat(LONGEST)).is_ok());
    }

    #[test]
    fn names_that_look_alike_have_one_key() {
        let key = |typed| Name::new(typed).unwrap().key();
        assert_eq!(key("Joint Operation"), key("joint-operation"));
        assert_ne!(key("Joint operation 1"), key("Joint operation 2"));
    }
}
