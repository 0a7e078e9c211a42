//! Putting a report aside until a day. The day lies ahead, and at most ninety days: what is put aside for longer is
//! forgotten.

use crate::date::Date;

/// The most days for which a report can be put aside.
pub const MOST_DAYS: i64 = 90;

/// Why a report cannot be put aside until a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnoozeError {
    /// The day is today or has passed.
    #[error("Choose a day after today")]
    Past,
    /// The day is too far away.
    #[error("A report can be put aside for at most 90 days. Choose an earlier day")]
    TooFar,
}

/// The day on which a report that is put aside today comes back.
///
/// # Errors
/// [`SnoozeError`] in plain words, for the field.
pub fn until(day: Date, today: Date) -> Result<Date, SnoozeError> {
    match day.days() - today.days() {
        ..1 => Err(SnoozeError::Past),
        1..=MOST_DAYS => Ok(day),
        _ => Err(SnoozeError::TooFar),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_lies_ahead_and_not_too_far() {
        let today = Date::from_days(20_780);
        let after = |days| Date::from_days(20_780 + days);
        for (days, expected) in [
            (-1, Err(SnoozeError::Past)),
            (0, Err(SnoozeError::Past)),
            (1, Ok(after(1))),
            (MOST_DAYS, Ok(after(MOST_DAYS))),
            (MOST_DAYS + 1, Err(SnoozeError::TooFar)),
        ] {
            assert_eq!(until(after(days), today), expected, "{days}");
        }
    }
}
