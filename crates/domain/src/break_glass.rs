//! Break-glass: somebody who runs the installation reads a report in need. Rules: a second person approves, never oneself;
//! it ends by itself; a request that nobody decides lapses. How long, stands in `data/access.toml`.

use serde::Deserialize;

use crate::{ids::UserId, time::Timestamp};

/// How long things hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Minutes of reading after the approval.
    pub minutes: u32,
    /// Hours within which a request is to be decided.
    pub decide_within_hours: u32,
}

impl Limits {
    /// The table that ships with the product, `data/access.toml`.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn embedded() -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            break_glass: Limits,
        }
        static TABLE: std::sync::LazyLock<Limits> = std::sync::LazyLock::new(|| {
            let table: Table =
                toml::from_str(include_str!("../../../data/access.toml")).expect("data/access.toml is read by a test");
            table.break_glass
        });
        *TABLE
    }

    /// When an access that is approved `now` ends.
    #[must_use]
    pub const fn ends(self, now: Timestamp) -> Timestamp {
        now.plus(self.minutes as i64 * Timestamp::MINUTE)
    }

    /// When a request lapses.
    #[must_use]
    pub const fn lapses(self, asked: Timestamp) -> Timestamp {
        asked.plus(self.decide_within_hours as i64 * Timestamp::HOUR)
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Waits for a second person.
    Waiting,
    /// Nobody decided in time.
    Lapsed,
    /// Refused.
    Refused,
    /// Reports can be read until this moment.
    Open {
        /// When it ends by itself.
        until: Timestamp,
    },
    /// It ended by itself, or somebody ended it.
    Ended,
}

/// What is known of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// When it was asked.
    pub asked: Timestamp,
    /// Whether it was refused.
    pub refused: bool,
    /// Until when it was approved.
    pub ends: Option<Timestamp>,
    /// When somebody ended it early.
    pub ended: Option<Timestamp>,
}

impl Life {
    /// Where it stands at a moment.
    #[must_use]
    pub fn at(self, now: Timestamp, limits: Limits) -> Standing {
        match (self.refused, self.ends) {
            (true, _) => Standing::Refused,
            (_, Some(until)) if self.ended.is_none() && now < until => Standing::Open { until },
            (_, Some(_)) => Standing::Ended,
            (_, None) if now < limits.lapses(self.asked) => Standing::Waiting,
            (_, None) => Standing::Lapsed,
        }
    }
}

/// Whether somebody may decide about a request: never about one's own.
#[must_use]
pub fn may_decide(asked_by: UserId, decider: UserId) -> bool {
    asked_by != decider
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_shipped_limits_are_short() {
        let limits = Limits::embedded();
        assert!(limits.minutes > 0 && limits.minutes <= 240, "{limits:?}");
        assert!(limits.decide_within_hours > 0 && limits.decide_within_hours <= 72, "{limits:?}");
    }

    #[test]
    fn it_ends_by_itself_early_or_never_begins() {
        let limits = Limits { minutes: 60, decide_within_hours: 24 };
        let at = |hours: i64| Timestamp(hours * Timestamp::HOUR);
        let life = Life { asked: at(0), refused: false, ends: None, ended: None };
        assert_eq!(life.at(at(23), limits), Standing::Waiting);
        assert_eq!(life.at(at(24), limits), Standing::Lapsed);
        assert_eq!(Life { refused: true, ..life }.at(at(1), limits), Standing::Refused);
        let open = Life { ends: Some(limits.ends(at(30))), ..life };
        assert_eq!(open.at(at(30), limits), Standing::Open { until: at(31) }, "approved, whenever it was asked");
        assert_eq!(open.at(at(31), limits), Standing::Ended);
        assert_eq!(Life { ended: Some(at(30)), ..open }.at(at(30), limits), Standing::Ended);
    }

    #[test]
    fn nobody_decides_about_their_own() {
        let (one, two) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        assert!(may_decide(one, two) && !may_decide(one, one));
    }
}
