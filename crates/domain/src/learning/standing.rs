//! Where somebody stands with a module: what was read, what is held, until when it holds, and what an assignment makes of it.
//!
//! A certificate holds to its day. A later version of the module takes nothing away from it; where the author says so
//! ([`Module::renew`]), whoever passed an earlier version is asked to pass again.

use super::Module;
use crate::date::Date;

/// Days that somebody has who joined after a module was assigned. A practice, no law: a month to settle in.
pub const JOINED_DAYS: i64 = 30;
/// How many days before the day of an assignment somebody is reminded.
pub const REMIND_DAYS: i64 = 7;

/// The newest certificate that somebody has of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Version of the module that was passed.
    pub version: u32,
    /// The last day on which it holds.
    pub until: Date,
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was read.
    Untouched,
    /// Pages were read; the quiz is not passed.
    Begun,
    /// Passed, and it holds.
    Valid {
        /// The last day.
        until: Date,
    },
    /// It holds, but a later version asks for a renewal.
    Renew {
        /// The last day.
        until: Date,
    },
    /// It was passed, and holds no longer.
    Expired {
        /// The last day on which it held.
        until: Date,
    },
}

impl Standing {
    /// Where somebody stands who has read `read` pages and holds `held`.
    #[must_use]
    pub fn of(module: &Module, read: usize, held: Option<Held>, today: Date) -> Self {
        match held {
            Some(held) if held.until < today => Self::Expired { until: held.until },
            Some(held) if module.renew && held.version < module.version => Self::Renew { until: held.until },
            Some(held) => Self::Valid { until: held.until },
            None if read > 0 => Self::Begun,
            None => Self::Untouched,
        }
    }

    /// Its name for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Untouched => "not_begun",
            Self::Begun => "begun",
            Self::Valid { .. } => "valid",
            Self::Renew { .. } => "renewal_asked",
            Self::Expired { .. } => "expired",
        }
    }

    /// Whether a certificate holds today.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Self::Valid { .. } | Self::Renew { .. })
    }

    /// By when somebody has to do something to whom the module is assigned; none where nothing is to be done.
    ///
    /// `assigned` is the day of the assignment, `joined` the day on which the person took the place.
    #[must_use]
    pub fn due(self, assigned: Date, joined: Date, assigned_on: Date) -> Option<Date> {
        let first = first_due(assigned, joined, assigned_on);
        match self {
            Self::Untouched | Self::Begun => Some(first),
            Self::Valid { .. } => None,
            Self::Renew { until } | Self::Expired { until } => Some(first.max(until)),
        }
    }
}

/// The day of an assignment for one person: whoever joined after it was made has [`JOINED_DAYS`] at least.
#[must_use]
pub fn first_due(assigned: Date, joined: Date, assigned_on: Date) -> Date {
    if joined <= assigned_on { assigned } else { assigned.max(Date::from_days(joined.days() + JOINED_DAYS)) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::learning::modules;

    fn day(month: u8, day: u8) -> Date {
        Date::new(2026, month, day).unwrap()
    }

    fn module(version: u32, renew: bool) -> Module {
        Module { version, renew, ..modules()[0].clone() }
    }

    #[test]
    fn a_certificate_holds_to_its_day_and_a_later_version_only_asks() {
        let held = |version| Some(Held { version, until: day(6, 30) });
        let standing = |module: &Module, held, today| Standing::of(module, 3, held, today);
        assert_eq!(Standing::of(&module(1, false), 0, None, day(6, 1)), Standing::Untouched);
        assert_eq!(standing(&module(1, false), None, day(6, 1)), Standing::Begun);
        assert_eq!(standing(&module(1, false), held(1), day(6, 30)), Standing::Valid { until: day(6, 30) });
        assert_eq!(standing(&module(1, false), held(1), day(7, 1)), Standing::Expired { until: day(6, 30) });
        assert!(standing(&module(2, false), held(1), day(6, 1)).holds());
        let asked = standing(&module(2, true), held(1), day(6, 1));
        assert_eq!(asked, Standing::Renew { until: day(6, 30) });
        assert!(asked.holds() && !standing(&module(2, true), held(1), day(7, 1)).holds());
        assert_eq!(standing(&module(2, true), held(2), day(6, 1)), Standing::Valid { until: day(6, 30) });
    }

    #[test]
    fn the_day_of_an_assignment_gives_newcomers_time_and_nobody_with_a_certificate_a_task() {
        let (assigned, made) = (day(3, 1), day(2, 1));
        let due = |standing: Standing, joined| standing.due(assigned, joined, made);
        assert_eq!(due(Standing::Untouched, day(1, 1)), Some(assigned));
        assert_eq!(due(Standing::Begun, day(2, 25)), Some(day(3, 27)));
        assert_eq!(due(Standing::Valid { until: day(9, 1) }, day(1, 1)), None);
        assert_eq!(due(Standing::Expired { until: day(9, 1) }, day(1, 1)), Some(day(9, 1)));
        assert_eq!(due(Standing::Renew { until: day(9, 1) }, day(1, 1)), Some(day(9, 1)));
    }
}
