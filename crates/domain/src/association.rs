//! What an association does with its members: questions that they ask without a name, and drafts on which they are consulted.
//!
//! An answer to a member binds nobody before an authority has signed it: what may happen when is one table
//! ([`QuestionState::after`]). Where a membership stands is told with the words of shared lists
//! ([`crate::watchlist::ShareState`]), since it is offered, accepted, left and ended in the same way.

use serde::{Deserialize, Serialize};

use crate::{organisation::coded, time::Timestamp};

coded! {
    /// Where a member's question stands.
    QuestionState {
        /// The association has to answer.
        Asked = "asked", "Asked";
        /// The association has drafted an answer; an authority has to sign it.
        Signing = "signing", "With the authority";
        /// The authority sent the draft back with a reason.
        Returned = "returned", "Sent back by the authority";
        /// Signed, and published to the members.
        Published = "published", "Answered";
        /// The association does not answer it, and says why.
        Declined = "declined", "Not answered";
    }
}

coded! {
    /// Something that happens to a question.
    QuestionAct {
        /// The association sends its draft to an authority.
        Draft = "draft", "Send to the authority";
        /// The association does not answer.
        Decline = "decline", "Do not answer";
        /// The authority signs, with or without a change.
        Sign = "sign", "Sign";
        /// The authority sends it back.
        Return = "return", "Send back";
    }
}

/// The table: in this state this act leads there; what has no row is not possible.
const TABLE: &[(QuestionState, QuestionAct, QuestionState)] = {
    use {QuestionAct::*, QuestionState::*};
    &[
        (Asked, Draft, Signing),
        (Returned, Draft, Signing),
        (Asked, Decline, Declined),
        (Returned, Decline, Declined),
        (Signing, Sign, Published),
        (Signing, Return, Returned),
    ]
};

/// The act has no place in the state the question is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{}” is not possible any more: this question is “{}”.", act.label(), state.label())]
pub struct NotPossible {
    /// The state at the time.
    pub state: QuestionState,
    /// What was wanted.
    pub act: QuestionAct,
}

impl QuestionState {
    /// The state after the act.
    ///
    /// # Errors
    /// [`NotPossible`] where the table has no row.
    pub fn after(self, act: QuestionAct) -> Result<Self, NotPossible> {
        let row = TABLE.iter().find(|(from, by, _)| *from == self && *by == act);
        row.map(|(_, _, to)| *to).ok_or(NotPossible { state: self, act })
    }

    /// Whether the act is possible now.
    #[must_use]
    pub fn allows(self, act: QuestionAct) -> bool {
        self.after(act).is_ok()
    }
}

coded! {
    /// What a company thinks of a draft rule.
    Position {
        /// As it is.
        Support = "support", "Support";
        /// If something is changed.
        SupportWithChanges = "support_with_changes", "Support with changes";
        /// Not at all.
        Oppose = "oppose", "Oppose";
        /// It has read the draft and takes no side.
        NoOpinion = "no_opinion", "No opinion";
    }
}

coded! {
    /// Where a consultation stands.
    ConsultationState {
        /// Its owner writes it. Nobody else sees it.
        Draft = "draft", "Not open yet";
        /// Those who are asked can answer.
        Open = "open", "Open";
        /// Its last day has passed; the owner has not answered yet.
        Ended = "ended", "Answers are being read";
        /// The owner has said what follows.
        Closed = "closed", "Closed with a response";
    }
}

impl ConsultationState {
    /// What is stored as open ends by itself.
    #[must_use]
    pub const fn at(self, ends_at: Timestamp, now: Timestamp) -> Self {
        match self {
            Self::Open if now.0 >= ends_at.0 => Self::Ended,
            other => other,
        }
    }
}

/// The questions of a consultation, one a line.
#[must_use]
pub fn questions(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_is_published_that_no_authority_signed(
            acts in prop::collection::vec(prop::sample::select(QuestionAct::ALL), 0..30),
        ) {
            let mut state = QuestionState::Asked;
            for act in acts {
                let Ok(after) = state.after(act) else { continue };
                prop_assert!(!matches!(state, QuestionState::Published | QuestionState::Declined), "the end is the end");
                prop_assert!(after != QuestionState::Published || (state == QuestionState::Signing && act == QuestionAct::Sign));
                state = after;
            }
        }
    }

    #[test]
    fn a_consultation_ends_on_its_day() {
        let (ends, open) = (Timestamp(10), ConsultationState::Open);
        assert_eq!(open.at(ends, Timestamp(9)), ConsultationState::Open);
        assert_eq!(open.at(ends, Timestamp(10)), ConsultationState::Ended);
        assert_eq!(ConsultationState::Closed.at(ends, Timestamp(11)), ConsultationState::Closed);
        assert_eq!(
            questions(" Is it clear?\n\n What does it cost you? \n"),
            ["Is it clear?", "What does it cost you?"]
        );
    }
}
