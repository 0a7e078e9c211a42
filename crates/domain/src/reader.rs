//! Readers: people outside companies and authorities who are told what is published for their work. They belong to no
//! organisation and see no report.

pub use crate::notice::{Reader as Audience, Trust};

/// Where a reader begins who has followed the link to their address.
pub const BEGINNER: Trust = Trust::Confirmed;

/// The levels that an authority gives.
pub const GIVEN: [Trust; 3] = [Trust::Confirmed, Trust::Known, Trust::Vetted];

/// A level as a number.
#[must_use]
pub fn level(trust: Trust) -> i64 {
    trust.code().parse().unwrap_or_default()
}

/// The level with this number; none if there is no such.
#[must_use]
pub fn of_level(level: i64) -> Option<Trust> {
    Trust::from_code(&level.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_numbers_that_rise() {
        let levels: Vec<_> = Trust::ALL.iter().map(|trust| level(*trust)).collect();
        assert_eq!(levels, [0, 1, 2, 3]);
        assert!(Trust::ALL.is_sorted());
        assert_eq!((of_level(3), of_level(4), of_level(-1)), (Some(Trust::Vetted), None, None));
        assert_eq!(GIVEN.first(), Some(&BEGINNER));
    }
}
