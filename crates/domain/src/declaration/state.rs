//! The way of a declaration: one table of what may happen in which state, and what comes of it.

use serde::{Deserialize, Serialize};

use crate::{date::Date, organisation::coded};

coded! {
    /// Where a declaration stands.
    State {
        /// Written, not sent.
        Draft = "draft", "Not sent yet";
        /// The customer got a link.
        Asked = "asked", "Link sent";
        /// Somebody opened the link.
        Opened = "opened", "Link opened";
        /// Signed; the company has not looked at it yet.
        Signed = "signed", "Signed, to be checked";
        /// Checked and in force.
        InForce = "in_force", "In force";
        /// What was declared is delivered.
        UsedUp = "used_up", "Used up";
        /// Its time is over, or it was ended before.
        Ended = "ended", "Ended";
        /// Taken back before anybody signed.
        Withdrawn = "withdrawn", "Withdrawn";
        /// The company did not accept it.
        Refused = "refused", "In doubt, not accepted";
    }
}

coded! {
    /// Something that happens to a declaration.
    Act {
        /// The link goes to the customer, once more if it went before.
        Send = "send", "Send the link";
        /// Somebody opens the link.
        Open = "open", "Open the link";
        /// It is signed, behind the link or on paper.
        Sign = "sign", "Sign";
        /// It is taken back.
        Withdraw = "withdraw", "Withdraw";
        /// The company accepts it.
        Accept = "accept", "Accept";
        /// The company does not accept it, or no longer.
        Doubt = "doubt", "Put in doubt";
        /// What was declared is delivered.
        UseUp = "use_up", "Use up";
        /// An order that was counted is struck out.
        Free = "free", "Free";
        /// It is ended before its time.
        End = "end", "End";
    }
}

/// In this state this act leads there; what has no row is not possible.
const TABLE: &[(State, Act, State)] = {
    use {Act::*, State::*};
    &[
        (Draft, Send, Asked),
        (Draft, Sign, Signed),
        (Draft, Withdraw, Withdrawn),
        (Asked, Send, Asked),
        (Asked, Open, Opened),
        (Asked, Sign, Signed),
        (Asked, Withdraw, Withdrawn),
        (Opened, Send, Asked),
        (Opened, Sign, Signed),
        (Opened, Withdraw, Withdrawn),
        (Signed, Accept, InForce),
        (Signed, Doubt, Refused),
        (InForce, UseUp, UsedUp),
        (InForce, Doubt, Refused),
        (InForce, End, Ended),
        (UsedUp, Free, InForce),
        (UsedUp, Doubt, Refused),
        (UsedUp, End, Ended),
    ]
};

/// The act has no place in the state the declaration is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{}” is not possible any more: the declaration stands at “{}”.", act.label(), state.label())]
pub struct NotPossible {
    /// The state at the time.
    pub state: State,
    /// What was wanted.
    pub act: Act,
}

impl State {
    /// The state after the act.
    ///
    /// # Errors
    /// [`NotPossible`] where the table has no row.
    pub fn after(self, act: Act) -> Result<Self, NotPossible> {
        let row = TABLE.iter().find(|(from, by, _)| *from == self && *by == act);
        row.map(|(_, _, to)| *to).ok_or(NotPossible { state: self, act })
    }

    /// Whether the act is possible now.
    #[must_use]
    pub fn allows(self, act: Act) -> bool {
        self.after(act).is_ok()
    }

    /// How it stands on a day: what is in force ends by itself.
    #[must_use]
    pub fn on(self, until: Option<Date>, today: Date) -> Self {
        match self {
            Self::InForce if until.is_some_and(|until| until < today) => Self::Ended,
            state => state,
        }
    }

    /// Whether it is signed, whatever came of that.
    #[must_use]
    pub const fn is_signed(self) -> bool {
        matches!(self, Self::Signed | Self::InForce | Self::UsedUp | Self::Ended | Self::Refused)
    }

    /// Whether orders can be counted against it: also those that go beyond what was declared, with a reason.
    #[must_use]
    pub const fn takes_orders(self) -> bool {
        matches!(self, Self::InForce | Self::UsedUp | Self::Ended)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_row_stands_twice_and_every_state_is_reached() {
        for (at, (from, act, _)) in TABLE.iter().enumerate() {
            assert!(!TABLE[..at].iter().any(|(f, a, _)| f == from && a == act), "{from:?} {act:?}");
        }
        for state in State::ALL {
            assert!(*state == State::Draft || TABLE.iter().any(|(from, _, to)| to == state && from != to), "{state:?}");
        }
        for act in Act::ALL {
            assert!(TABLE.iter().any(|(_, by, _)| by == act), "{act:?}");
        }
    }

    #[test]
    fn what_is_in_force_ends_by_itself() {
        let day = |days: i64| Date::from_days(20_000 + days);
        assert_eq!(State::InForce.on(Some(day(0)), day(0)), State::InForce);
        assert_eq!(State::InForce.on(Some(day(0)), day(1)), State::Ended);
        assert_eq!(State::InForce.on(None, day(1)), State::InForce);
        assert_eq!(State::UsedUp.on(Some(day(0)), day(1)), State::UsedUp);
        let error = State::Signed.after(Act::Withdraw).map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("“Withdraw” is not possible any more: the declaration stands at “Signed, to be checked”.".into())
        );
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        prop::collection::vec(prop::sample::select(Act::ALL), 0..40)
    }

    proptest! {
        #[test]
        fn whatever_happens_the_rules_hold(acts in acts()) {
            let (mut now, mut signed, mut accepted) = (State::Draft, false, false);
            for act in acts {
                let Ok(next) = now.after(act) else {
                    prop_assert!(!now.allows(act));
                    continue;
                };
                // Nothing is in force that nobody signed and nobody accepted.
                signed |= act == Act::Sign;
                accepted |= act == Act::Accept;
                prop_assert_eq!(next.is_signed(), signed);
                prop_assert!(!next.takes_orders() || accepted);
                // What is signed is never signed again, sent again or withdrawn.
                prop_assert!(!(signed && next.allows(Act::Sign)));
                prop_assert!(!(signed && (next.allows(Act::Send) || next.allows(Act::Withdraw))));
                // What is over stays over.
                let over = matches!(now, State::Ended | State::Withdrawn | State::Refused);
                prop_assert!(!over, "{:?} after {:?}", act, now);
                now = next;
            }
        }
    }
}
