//! Advice on one sale that a company has not made yet: may I ship this?
//!
//! The company writes down what it wants to send and looks at it ([`Request`]); only then it asks. The authority asks back
//! or advises; the company says what it did. Advice is no licence and binds nobody: each kind says in words what it means
//! ([`Counsel::meaning`]). What may happen when is one table ([`State::after`]); how long it takes is a row of
//! `data/advice.toml` ([`clock`]).

#[cfg(not(target_arch = "wasm32"))]
pub mod clock;
mod request;

use serde::{Deserialize, Serialize};

use crate::{ids::AdviceId, organisation::coded};

pub use request::{GOODS, Good, Request};

coded! {
    /// Where a request stands.
    State {
        /// The company writes it. Nobody else sees it.
        Draft = "draft", "Not sent yet";
        /// Sent: the authority has to look.
        Asked = "asked", "Asked";
        /// The authority needs to know something; its clock stands still.
        Question = "question", "Question asked";
        /// The company has answered: the authority has to look again.
        Answered = "answered", "Answered";
        /// There is advice.
        Advised = "advised", "Advice given";
        /// The company has said what it did.
        Closed = "closed", "Closed";
        /// The company took it back.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

coded! {
    /// Something that happens to a request.
    Act {
        /// The company sends it.
        Send = "send", "Send";
        /// An officer takes it or is given it.
        Assign = "assign", "Assign";
        /// The authority asks back.
        AskBack = "ask_back", "Ask the company";
        /// The company answers.
        Answer = "answer", "Answer";
        /// The authority advises, or advises anew.
        Advise = "advise", "Give advice";
        /// The company says what it did.
        Close = "close", "Say what you did";
        /// The company takes it back.
        Withdraw = "withdraw", "Withdraw";
    }
}

/// The table: in this state this act leads there; what has no row is not possible. A company that could not wait says what
/// it did without advice; advice can be given anew as long as the company has not said what it did.
const TABLE: &[(State, Act, State)] = {
    use {Act::*, State::*};
    &[
        (Draft, Send, Asked),
        (Draft, Withdraw, Withdrawn),
        (Asked, Assign, Asked),
        (Asked, AskBack, Question),
        (Asked, Advise, Advised),
        (Asked, Close, Closed),
        (Asked, Withdraw, Withdrawn),
        (Question, Assign, Question),
        (Question, AskBack, Question),
        (Question, Answer, Answered),
        (Question, Advise, Advised),
        (Question, Close, Closed),
        (Question, Withdraw, Withdrawn),
        (Answered, Assign, Answered),
        (Answered, AskBack, Question),
        (Answered, Advise, Advised),
        (Answered, Close, Closed),
        (Answered, Withdraw, Withdrawn),
        (Advised, Assign, Advised),
        (Advised, Advise, Advised),
        (Advised, Close, Closed),
    ]
};

/// The act has no place in the state the request is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{}” is not possible any more: this request is “{}”.", act.label(), state.label())]
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

    /// Whether it waits for the authority, so that its clock runs.
    #[must_use]
    pub const fn clock_runs(self) -> bool {
        matches!(self, Self::Asked | Self::Answered)
    }

    /// Whether it stands on the desk's list of what is open.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Question | Self::Answered)
    }

    /// Whether the company has to do something.
    #[must_use]
    pub const fn waits_for_company(self) -> bool {
        matches!(self, Self::Draft | Self::Question | Self::Advised)
    }
}

coded! {
    /// What the authority advises.
    Counsel {
        /// Go on.
        Ship = "ship", "Ship";
        /// Go on under conditions.
        ShipIf = "ship_if", "Ship, with conditions";
        /// Wait until a day.
        Hold = "hold", "Hold until a day";
        /// Do not deliver.
        DoNotShip = "do_not_ship", "Do not ship";
        /// Nothing known against it, and nothing said for it.
        NoObjection = "no_objection", "No objection";
    }
}

impl Counsel {
    /// What it means, for the company.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Ship => {
                "The authority has looked at what you sent and advises to deliver as planned. If the goods, the quantity, the \
                 consignee or the destination change, ask again."
            }
            Self::ShipIf => {
                "The authority advises to deliver only if every condition below is met before the goods leave. If one cannot \
                 be met, do not deliver, and ask again."
            }
            Self::Hold => {
                "The authority advises to keep the goods until the day below. After that day the advice has no force any \
                 more: if nothing else was said by then, the decision is yours."
            }
            Self::DoNotShip => {
                "The authority advises not to deliver. It is advice and no order: the decision stays yours, and so does \
                 what you tell the customer. Use a neutral wording."
            }
            Self::NoObjection => {
                "The authority knows nothing that speaks against this sale, and says nothing for it. No objection is not an \
                 approval: your own checks decide."
            }
        }
    }

    /// Whether a day belongs to it.
    #[must_use]
    pub const fn has_day(self) -> bool {
        matches!(self, Self::Hold)
    }
}

/// What holds of every advice, whatever it says.
pub const ADVICE_NOT_LICENCE: &str = "Advice is not a licence. Where the law asks for a licence, a permit, a declaration, a \
                                      record or a report, it asks for it still, and you remain answerable for the sale.";

coded! {
    /// What the company did in the end.
    Did {
        /// The goods have left.
        Shipped = "shipped", "We delivered";
        /// The company refused.
        Refused = "refused", "We refused";
        /// The company waits.
        PutOff = "put_off", "We put it off";
    }
}

/// By which both sides name a request on the telephone: `7F3A91C2`. It says nothing and opens nothing.
#[must_use]
pub fn mark(id: AdviceId) -> String {
    let id = id.to_string().to_uppercase();
    id.chars().skip(24).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn act() -> impl Strategy<Value = Act> {
        prop::sample::select(Act::ALL)
    }

    proptest! {
        #[test]
        fn whatever_happens_a_request_goes_forward(acts in prop::collection::vec(act(), 0..40)) {
            let (mut state, mut sent, mut advised) = (State::Draft, false, false);
            for act in acts {
                let before = state;
                let Ok(after) = before.after(act) else { continue };
                sent |= act == Act::Send;
                advised |= act == Act::Advise;
                prop_assert!(!matches!(before, State::Closed | State::Withdrawn), "the end is the end");
                prop_assert!(after != State::Draft, "what was sent never becomes unsent");
                prop_assert!(sent || after == State::Withdrawn, "nothing but dropping it happens to what was not sent");
                prop_assert!(after != State::Advised || advised);
                prop_assert!(before != State::Advised || matches!(after, State::Advised | State::Closed));
                prop_assert!(act != Act::Answer || before == State::Question, "only a question is answered");
                prop_assert!(!after.clock_runs() || after.is_open());
                prop_assert!(!after.clock_runs() || !after.waits_for_company(), "one side waits for the other");
                state = after;
            }
        }
    }

    #[test]
    fn every_open_request_can_come_to_an_end_from_both_sides() {
        for state in State::ALL.iter().filter(|state| state.is_open()) {
            assert!(
                [Act::Advise, Act::AskBack, Act::Close, Act::Withdraw].iter().all(|act| state.allows(*act)),
                "{state:?}"
            );
        }
        let refused = State::Closed.after(Act::Advise).unwrap_err();
        assert_eq!(refused.to_string(), "“Give advice” is not possible any more: this request is “Closed”.");
    }

    #[test]
    fn every_advice_says_what_it_means_and_that_it_is_no_licence() {
        assert!(Counsel::ALL.iter().all(|counsel| counsel.meaning().len() > 80));
        assert!(Counsel::NoObjection.meaning().contains("not an approval"));
        assert!(ADVICE_NOT_LICENCE.starts_with("Advice is not a licence"));
        let words = Counsel::ALL.iter().map(|counsel| counsel.meaning().to_lowercase()).collect::<String>();
        assert!(!words.contains("suspicio") && !words.contains("investigat"), "nothing about the customer");
    }
}
