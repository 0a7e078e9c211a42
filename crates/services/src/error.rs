//! Why a use case was not carried out, in the kinds that the web layer tells apart.

use domain::access::Denied;
use store::StoreError;

/// The result of a use case.
pub type Result<T, E = Refusal> = std::result::Result<T, E>;

/// Why not.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Nobody has signed in, or the sign-in has ended.
    #[error("sign in first")]
    NotSignedIn,
    /// Somebody whose role asks for a second factor has none yet.
    #[error("set up a second factor first")]
    FactorFirst,
    /// The object does not exist, or not for this person: one answer for both.
    #[error("not found")]
    NotFound,
    /// What was entered cannot be taken; each problem names its field. What was typed has been kept.
    #[error("{} fields need attention", .0.len())]
    Invalid(Vec<Problem>),
    /// The act is not possible in the present state; a sentence for the person.
    #[error("{0}")]
    NotPossible(String),
    /// Somebody else changed the object in the meantime.
    #[error("somebody else has changed this in the meantime")]
    Stale,
    /// Too many attempts; try again after so many seconds.
    #[error("too many attempts; try again in {0} seconds")]
    TooOften(u64),
    /// The database or the disk failed. Nothing was kept.
    #[error("the service cannot store anything at the moment")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A fault of the program; the cause is for the log only.
    #[error("something went wrong on our side")]
    Fault(String),
}

/// One thing wrong with what was entered.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The form field.
    pub field: String,
    /// What is wrong and what to do, in plain words; never repeats what was typed.
    pub message: String,
}

impl Problem {
    /// A problem at `field`.
    #[must_use]
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl Refusal {
    /// For rows that somebody else may put in first, between our look and our write: a conflict is then no fault.
    pub(crate) fn overtaken(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(_) => Self::Stale,
            other => other.into(),
        }
    }

    /// For names that nobody else may have: a conflict is then a problem at `name`.
    pub(crate) fn taken(error: StoreError, message: &'static str) -> Self {
        match error {
            StoreError::Conflict(_) => Self::Invalid(vec![Problem::new("name", message)]),
            other => other.into(),
        }
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::NotSignedIn => Self::NotSignedIn,
            Denied::NotFound => Self::NotFound,
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            StoreError::Corrupt(what) => Self::Fault(what),
            other => Self::Unavailable(other.into()),
        }
    }
}
