//! Notices: what an authority or an association makes known, to everybody or to those whom it concerns.
//!
//! A notice is written, looked at by a second person, and published at once or at a set time. What was published never
//! changes: each publication is a numbered revision with its hash and signature ([`crate::receipt::Seal`]), a later edit is
//! a new revision that goes the same way while the one before stays in sight. Where an authority wants to see an association's
//! notices first, it comes after the second person ([`Act::past_gate`]). What may happen when is one table
//! ([`State::after`]); whom a notice concerns is one function ([`Audience::concerns`]), who sees it another
//! ([`sees`]), who is told of it a third ([`Audience::reaches`]).

mod audience;
mod content;
mod reach;
mod shown;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    ids::UserId,
    organisation::coded,
    reference::{Reference, ReferenceError},
    time::Timestamp,
};

pub use audience::{Access, Audience, Reader, Subject, Trust, sees};
pub use content::{Card, CardText, Content, Event, FileFact, MAX_FILES, MAX_LANGUAGES, Missing, Text, direction};
pub use reach::{Counts, Note, percent};

coded! {
    /// What a notice is.
    Kind {
        /// Something happens now: look out for it.
        Alert = "alert", "Alert";
        /// How to do something well.
        Guidance = "guidance", "Guidance";
        /// The law changes.
        LawChange = "law_change", "Change of law";
        /// A meeting, a course, a deadline.
        Event = "event", "Event";
        /// What others do well.
        GoodPractice = "good_practice", "Good practice";
    }
}

coded! {
    /// How much it presses. The gravest first.
    Severity {
        /// Act today.
        Urgent = "urgent", "Urgent";
        /// Act soon.
        Important = "important", "Important";
        /// Good to know.
        Information = "information", "For information";
    }
}

coded! {
    /// Where the text stands on which people work. What readers see is [`Standing`].
    State {
        /// It is written.
        Draft = "draft", "Draft";
        /// A second person has to look at it.
        Review = "review", "In review";
        /// An association's second person has looked at it; its authority has to approve it.
        Approval = "approval", "With the authority";
        /// It is approved and published at a set time.
        Scheduled = "scheduled", "Scheduled";
        /// It is what readers see.
        Published = "published", "Published";
        /// It was taken back, with a reason. The end.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

coded! {
    /// Something that happens to a notice.
    Act {
        /// The author asks for a second person's look.
        Submit = "submit", "Submit for review";
        /// The author goes on writing.
        TakeBack = "take_back", "Take back to change it";
        /// The second person wants it changed, with a reason.
        SendBack = "send_back", "Send back to the author";
        /// The second person has looked at it, and an authority has to approve it before it is published.
        Forward = "forward", "Pass on to the authority";
        /// The second person sets the time of publication.
        Schedule = "schedule", "Schedule";
        /// The second person, or the clock, publishes it.
        Publish = "publish", "Publish";
        /// Somebody begins a new revision of what is published.
        Revise = "revise", "Revise";
        /// The revision that was begun is given up; what is published stays.
        Discard = "discard", "Give up the revision";
        /// It is taken back, with a reason.
        Withdraw = "withdraw", "Withdraw";
    }
}

/// The table: in this state this act leads there; what has no row is not possible. Giving a revision up asks for something
/// published besides.
const TABLE: &[(State, Act, State)] = {
    use {Act::*, State::*};
    &[
        (Draft, Submit, Review),
        (Draft, Discard, Published),
        (Draft, Withdraw, Withdrawn),
        (Review, TakeBack, Draft),
        (Review, SendBack, Draft),
        (Review, Forward, Approval),
        (Review, Schedule, Scheduled),
        (Review, Publish, Published),
        (Review, Withdraw, Withdrawn),
        (Approval, TakeBack, Draft),
        (Approval, SendBack, Draft),
        (Approval, Schedule, Scheduled),
        (Approval, Publish, Published),
        (Approval, Withdraw, Withdrawn),
        (Scheduled, SendBack, Draft),
        (Scheduled, Forward, Approval),
        (Scheduled, Schedule, Scheduled),
        (Scheduled, Publish, Published),
        (Scheduled, Withdraw, Withdrawn),
        (Published, Revise, Draft),
        (Published, Withdraw, Withdrawn),
    ]
};

/// The act has no place in the state the notice is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{}” is not possible any more: this notice is “{}”. Load the page again.", act.label(), state.label())]
pub struct NotPossible {
    /// The state at the time.
    pub state: State,
    /// What was wanted.
    pub act: Act,
}

impl State {
    /// The state after the act; `live` says whether a revision is published.
    ///
    /// # Errors
    /// [`NotPossible`] where the table has no row.
    pub fn after(self, act: Act, live: bool) -> Result<Self, NotPossible> {
        let row = TABLE.iter().find(|(from, by, _)| *from == self && *by == act && (live || *by != Act::Discard));
        row.map(|(_, _, to)| *to).ok_or(NotPossible { state: self, act })
    }

    /// Whether the act is possible now.
    #[must_use]
    pub fn allows(self, act: Act, live: bool) -> bool {
        self.after(act, live).is_ok()
    }

    /// Whether its text can be changed.
    #[must_use]
    pub const fn is_written(self) -> bool {
        matches!(self, Self::Draft)
    }
}

coded! {
    /// Where the question to an authority stands, whether an association's notice may be published.
    Approval {
        /// The authority has it.
        Asked = "asked", "To approve";
        /// It may be published as it is, once.
        Approved = "approved", "Approved";
        /// The authority sent it back with a reason.
        Returned = "returned", "Sent back";
        /// The association took it back, or it is not asked for any more.
        Lapsed = "lapsed", "Taken back";
        /// It was published with this approval.
        Used = "used", "Approved and published";
    }
}

impl Act {
    /// What comes of an act of the second person, or of the clock: where an authority has to approve the text and has not yet
    /// (`is_clear` is false), whatever would lead to publication leads to the authority.
    #[must_use]
    pub const fn past_gate(self, is_clear: bool) -> Self {
        match self {
            Self::Publish | Self::Schedule if !is_clear => Self::Forward,
            other => other,
        }
    }
}

/// Nobody publishes what they wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("You have written in this text. Somebody else has to publish it.")]
pub struct OwnWords;

/// Whether `person` may be the second person of a text that `writers` wrote in.
///
/// # Errors
/// [`OwnWords`] for a writer.
pub fn second_person(writers: &[UserId], person: UserId) -> Result<(), OwnWords> {
    if writers.contains(&person) { Err(OwnWords) } else { Ok(()) }
}

/// Nobody approves what they had a hand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("You wrote in this text or looked at it for the association. Somebody else has to decide.")]
pub struct OwnHand;

/// Whether `person` may decide for the authority about a text that `writers` wrote in and `second` looked at.
///
/// # Errors
/// [`OwnHand`] for any of them: somebody may work for both.
pub fn approver(writers: &[UserId], second: Option<UserId>, person: UserId) -> Result<(), OwnHand> {
    if writers.contains(&person) || second == Some(person) { Err(OwnHand) } else { Ok(()) }
}

coded! {
    /// What readers have of a notice at an instant.
    Standing {
        /// Nothing was published yet.
        Unpublished = "unpublished", "Not published yet";
        /// It holds.
        Valid = "valid", "Valid";
        /// Its last day has passed.
        Expired = "expired", "No longer valid";
        /// It was taken back.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

impl Standing {
    /// Of a notice with so many revisions, that may have been withdrawn and may end.
    #[must_use]
    pub const fn of(revision: i64, withdrawn: bool, ends_at: Option<Timestamp>, now: Timestamp) -> Self {
        match (revision, withdrawn, ends_at) {
            (0, ..) => Self::Unpublished,
            (_, true, _) => Self::Withdrawn,
            (_, false, Some(end)) if end.0 <= now.0 => Self::Expired,
            _ => Self::Valid,
        }
    }
}

coded! {
    /// What has become of the original of an adapted notice since those who adapted it looked at it last.
    Original {
        /// It is as it was.
        Same = "same", "As it was adapted";
        /// There is a later revision.
        Revised = "revised", "Has changed since";
        /// It was taken back.
        Withdrawn = "withdrawn", "Was withdrawn";
        /// A later revision is not for them.
        Closed = "closed", "Not for you any more";
    }
}

impl Original {
    /// Of an original of which revision `looked_at` was looked at and `revision` is the last; `is_seen` says whether who asks may
    /// see that one.
    #[must_use]
    pub const fn of(looked_at: i64, revision: i64, is_withdrawn: bool, is_seen: bool) -> Self {
        match (is_seen, is_withdrawn) {
            (false, _) => Self::Closed,
            (true, true) => Self::Withdrawn,
            (true, false) if revision > looked_at => Self::Revised,
            (true, false) => Self::Same,
        }
    }
}

/// The public number of a notice: `NT-7K3M-9QTD-X`, a [`Reference`] with other letters before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NoticeRef(Reference);

impl NoticeRef {
    /// Makes the number that shows `random`; only its low 40 bits are used.
    #[must_use]
    pub fn from_bits(random: u64) -> Self {
        Self(Reference::from_bits(random))
    }
}

impl fmt::Display for NoticeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NT{}", &self.0.as_str()[2..])
    }
}

impl FromStr for NoticeRef {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim_start();
        let rest = text.get(..2).filter(|head| head.eq_ignore_ascii_case("NT")).map(|_| &text[2..]);
        format!("FR{}", rest.ok_or(ReferenceError::Shape)?).parse().map(Self)
    }
}

impl TryFrom<String> for NoticeRef {
    type Error = ReferenceError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<NoticeRef> for String {
    fn from(reference: NoticeRef) -> Self {
        reference.to_string()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
