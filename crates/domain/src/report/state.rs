//! The way of a report: one table of who may do what in which state, and what comes of it.

use serde::{Deserialize, Serialize};

use crate::organisation::coded;

coded! {
    /// Where a sent report stands, as the authority sees it.
    State {
        /// Sent, nobody has taken it up.
        Sent = "sent", "New";
        /// The authority waits for the reporter's answer; its own clock stands still.
        QuestionAsked = "question_asked", "Question asked";
        /// An officer has it.
        InReview = "in_review", "In review";
        /// Accepted for investigation.
        UnderInvestigation = "under_investigation", "Under investigation";
        /// Part of a case.
        InCase = "in_case", "In a case";
        /// Decided; nothing more to do.
        Closed = "closed", "Closed";
        /// The same matter as an earlier report.
        Duplicate = "duplicate", "Duplicate";
        /// Taken back by the reporter.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

coded! {
    /// Something that happens to a sent report.
    Act {
        /// An officer is given the report.
        Assign = "assign", "Assign";
        /// The reporter is asked something and has to answer.
        Ask = "ask", "Ask the reporter";
        /// The reporter answers.
        Answer = "answer", "Answer";
        /// The time for the answer ran out.
        TimeOut = "time_out", "No answer in time";
        /// It is accepted for investigation.
        Accept = "accept", "Accept for investigation";
        /// It becomes part of a case.
        AddToCase = "add_to_case", "Add to a case";
        /// It is taken out of its case.
        TakeFromCase = "take_from_case", "Take out of the case";
        /// It turns out to be the same matter as another report.
        MarkDuplicate = "mark_duplicate", "Mark as duplicate";
        /// It is closed.
        Close = "close", "Close";
        /// A decided report is taken up again.
        Reopen = "reopen", "Take up again";
        /// The reporter takes it back.
        Withdraw = "withdraw", "Withdraw";
        /// It must be kept, whatever else happens. Placed by two persons.
        PlaceHold = "place_hold", "Place a legal hold";
        /// It need no longer be kept. Released by two persons.
        ReleaseHold = "release_hold", "Release the legal hold";
    }
}

/// Who does an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody of the authority.
    Authority,
    /// Somebody of the reporting company.
    Reporter,
    /// The clock.
    Clock,
}

impl Act {
    /// Who does it.
    #[must_use]
    pub const fn actor(self) -> Actor {
        match self {
            Self::Answer | Self::Withdraw => Actor::Reporter,
            Self::TimeOut => Actor::Clock,
            _ => Actor::Authority,
        }
    }
}

/// The table. A row says: in this state this act leads there; what has no row is not possible.
///
/// A company cannot withdraw once an investigation runs, and from the outside a case looks the same. A question after
/// acceptance is an ordinary message: the state stays, since it would otherwise show a step back.
const TABLE: &[(State, Act, State)] = {
    use {Act::*, State::*};
    &[
        (Sent, Assign, InReview),
        (Sent, Ask, QuestionAsked),
        (Sent, Accept, UnderInvestigation),
        (Sent, MarkDuplicate, Duplicate),
        (Sent, Close, Closed),
        (Sent, Withdraw, Withdrawn),
        (QuestionAsked, Assign, QuestionAsked),
        (QuestionAsked, Ask, QuestionAsked),
        (QuestionAsked, Answer, InReview),
        (QuestionAsked, TimeOut, InReview),
        (QuestionAsked, Accept, UnderInvestigation),
        (QuestionAsked, MarkDuplicate, Duplicate),
        (QuestionAsked, Close, Closed),
        (QuestionAsked, Withdraw, Withdrawn),
        (InReview, Assign, InReview),
        (InReview, Ask, QuestionAsked),
        (InReview, Accept, UnderInvestigation),
        (InReview, AddToCase, InCase),
        (InReview, MarkDuplicate, Duplicate),
        (InReview, Close, Closed),
        (InReview, Withdraw, Withdrawn),
        (UnderInvestigation, Assign, UnderInvestigation),
        (UnderInvestigation, AddToCase, InCase),
        (UnderInvestigation, MarkDuplicate, Duplicate),
        (UnderInvestigation, Close, Closed),
        (InCase, Assign, InCase),
        (InCase, TakeFromCase, UnderInvestigation),
        (InCase, Close, Closed),
        (Closed, Reopen, InReview),
        (Duplicate, Reopen, InReview),
        (Withdrawn, Reopen, InReview),
    ]
};

/// The act has no place in the state the report is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{}\" is not possible: the report is {}", act.label(), state.label().to_lowercase())]
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
    /// [`NotPossible`] where the table has no row. Placing and releasing a hold leave every state as it is.
    pub fn after(self, act: Act) -> Result<Self, NotPossible> {
        if matches!(act, Act::PlaceHold | Act::ReleaseHold) {
            return Ok(self);
        }
        let row = TABLE.iter().find(|(from, by, _)| *from == self && *by == act);
        row.map(|(_, _, to)| *to).ok_or(NotPossible { state: self, act })
    }

    /// What may happen now, in the order of [`Act::ALL`]; holds are left to [`Standing`].
    pub fn possible(self) -> impl Iterator<Item = Act> {
        let rows = move |act: &Act| TABLE.iter().any(|(from, by, _)| *from == self && by == act);
        Act::ALL.iter().copied().filter(rows)
    }

    /// Whether the report waits for the authority, so that its answer clock runs.
    #[must_use]
    pub const fn clock_runs(self) -> bool {
        matches!(self, Self::Sent | Self::InReview)
    }

    /// Whether the matter is decided or taken back.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Closed | Self::Duplicate | Self::Withdrawn)
    }

    /// What the reporter is shown.
    #[must_use]
    pub const fn for_reporter(self) -> ReporterState {
        match self {
            Self::Sent => ReporterState::Sent,
            Self::QuestionAsked => ReporterState::AnswerNeeded,
            Self::InReview => ReporterState::InReview,
            Self::UnderInvestigation | Self::InCase => ReporterState::UnderInvestigation,
            Self::Closed | Self::Duplicate => ReporterState::Closed,
            Self::Withdrawn => ReporterState::Withdrawn,
        }
    }
}

coded! {
    /// Where a report stands, as the company that sent it sees it. A case, a duplicate of somebody else's report and a
    /// legal hold are not visible in it.
    ReporterState {
        /// Sent, waiting.
        Sent = "sent", "Sent: waiting for a first check";
        /// The company has to answer a question.
        AnswerNeeded = "answer_needed", "The authority needs an answer from you";
        /// Somebody looks at it.
        InReview = "in_review", "In review";
        /// It is followed up.
        UnderInvestigation = "under_investigation", "Under investigation";
        /// It is closed; the outcome class says how.
        Closed = "closed", "Closed";
        /// The company took it back.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

/// A report's state with what lies over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// It must be kept whatever happens; not shown to the reporter.
    pub on_hold: bool,
    /// The reporter let the time for an answer run out; cleared by an answer, another question or a decision.
    pub unanswered: bool,
}

impl Default for Standing {
    fn default() -> Self {
        Self { state: State::Sent, on_hold: false, unanswered: false }
    }
}

impl Standing {
    /// The standing after the act.
    ///
    /// # Errors
    /// [`NotPossible`] as for [`State::after`], and for a hold that is there already or is not there.
    pub fn after(self, act: Act) -> Result<Self, NotPossible> {
        let state = self.state.after(act)?;
        let on_hold = match act {
            Act::PlaceHold if !self.on_hold => true,
            Act::ReleaseHold if self.on_hold => false,
            Act::PlaceHold | Act::ReleaseHold => {
                return Err(NotPossible { state: self.state, act });
            }
            _ => self.on_hold,
        };
        let unanswered = match act {
            Act::TimeOut => true,
            Act::Assign | Act::PlaceHold | Act::ReleaseHold => self.unanswered,
            _ => false,
        };
        Ok(Self { state, on_hold, unanswered })
    }

    /// Whether the report may be erased when its time is up.
    #[must_use]
    pub const fn may_be_erased(self) -> bool {
        self.state.is_settled() && !self.on_hold
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_row_stands_twice() {
        for (at, (from, act, _)) in TABLE.iter().enumerate() {
            let again = TABLE[..at].iter().any(|(f, a, _)| f == from && a == act);
            assert!(!again, "{from:?} {act:?}");
        }
    }

    #[test]
    fn every_state_can_be_reached_and_left() {
        for state in State::ALL {
            let reached = *state == State::Sent || TABLE.iter().any(|(from, _, to)| to == state && from != to);
            assert!(reached, "{state:?} is never reached");
            assert!(state.possible().any(|act| state.after(act) != Ok(*state)), "{state:?}");
        }
        for act in Act::ALL {
            let hold = matches!(act, Act::PlaceHold | Act::ReleaseHold);
            assert!(hold || TABLE.iter().any(|(_, by, _)| by == act), "{act:?} is never possible");
        }
    }

    #[test]
    fn the_usual_ways() {
        use {Act::*, State::*};
        for (acts, end) in [
            (&[Assign, Accept, Close][..], Closed),
            (&[Ask, Answer, Accept, AddToCase, TakeFromCase, Close, Reopen], InReview),
            (&[Ask, TimeOut, Close], Closed),
            (&[Assign, MarkDuplicate, Reopen, Close], Closed),
            (&[Withdraw], Withdrawn),
        ] {
            let last = acts.iter().try_fold(Sent, |state, act| state.after(*act));
            assert_eq!(last, Ok(end), "{acts:?}");
        }
        for (state, act) in [
            (Closed, Accept),
            (Closed, Withdraw),
            (InCase, Withdraw),
            (UnderInvestigation, Withdraw),
            (Sent, Answer),
            (Sent, Reopen),
            (Duplicate, Close),
            (Withdrawn, Assign),
        ] {
            assert_eq!(state.after(act), Err(NotPossible { state, act }));
        }
        let error = Closed.after(Accept).unwrap_err().to_string();
        assert_eq!(error, "\"Accept for investigation\" is not possible: the report is closed");
    }

    #[test]
    fn a_case_cannot_be_seen_from_outside() {
        let (open, case) = (State::UnderInvestigation, State::InCase);
        assert_eq!(open.for_reporter(), case.for_reporter());
        let reporters = |act: &Act| act.actor() == Actor::Reporter;
        assert!(open.possible().filter(reporters).eq(case.possible().filter(reporters)));
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        prop::collection::vec(prop::sample::select(Act::ALL), 0..40)
    }

    proptest! {
        #[test]
        fn whatever_happens_the_rules_hold(acts in acts()) {
            let mut now = Standing::default();
            for act in acts {
                let before = now;
                let Ok(next) = before.after(act) else {
                    // A refused act is one that is not offered either.
                    let hold = matches!(act, Act::PlaceHold | Act::ReleaseHold);
                    prop_assert!(hold || !before.state.possible().any(|offered| offered == act));
                    continue;
                };
                // What is settled only an officer takes up again.
                if before.state.is_settled() && next.state != before.state {
                    prop_assert_eq!(act, Act::Reopen);
                }
                // Nothing returns to "new".
                prop_assert!(next.state != State::Sent || before.state == State::Sent);
                // A hold ends only by its release, and while it lasts nothing is erased.
                prop_assert!(!before.on_hold || next.on_hold || act == Act::ReleaseHold);
                prop_assert!(!(next.on_hold && next.may_be_erased()));
                // The reporter moves a report only by answering or withdrawing.
                if act.actor() == Actor::Reporter {
                    prop_assert!(matches!(next.state, State::InReview | State::Withdrawn));
                }
                // A missed answer marks only what is open.
                prop_assert!(!next.unanswered || !next.state.is_settled());
                now = next;
            }
        }
    }
}
