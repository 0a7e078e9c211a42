//! Hits of customers on watch lists: what may happen to one, and how a file stands by its hits.
//!
//! A hit says that somebody in a file is like somebody on a list. People decide whether it is the same one. What they
//! decided holds for the two as they were compared: if either says something else, a non-match is open again, while a match
//! stays one until people say otherwise. Grave hits need two people; until the second has agreed, what held before holds.
//! The facts are in `data/screening.toml`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{ids::UserId, organisation::coded, time::Timestamp, watchlist::Meaning};

coded! {
    /// What people say about a hit.
    Decision {
        /// It is the one on the list.
        Match = "match", "A match";
        /// It is somebody else.
        NoMatch = "no_match", "Not a match";
        /// It cannot be told yet.
        Unsure = "unsure", "Not sure";
    }
}

coded! {
    /// Where a hit stands, what waits longest for people first.
    State {
        /// Nobody has decided.
        Open = "open", "To be decided";
        /// One has decided; a second person has to agree.
        Waiting = "waiting", "Waits for a second person";
        /// It could not be told.
        Unsure = "unsure", "Not sure";
        /// It is the one on the list.
        Match = "match", "Match";
        /// It is somebody else.
        NoMatch = "no_match", "Not a match";
        /// The list, or the file, says it no more.
        Gone = "gone", "Gone";
    }
}

impl State {
    /// Whether somebody has to do something.
    #[must_use]
    pub const fn is_to_do(self) -> bool {
        matches!(self, Self::Open | Self::Waiting | Self::Unsure)
    }
}

coded! {
    /// Why a file was screened.
    Cause {
        /// It was made.
        Entered = "entered", "the customer was entered";
        /// Somebody in it was added, changed or taken out.
        Changed = "changed", "the file was changed";
        /// A list changed.
        Lists = "lists", "a watch list changed";
        /// Other lists are searched for the company than before.
        Sight = "sight", "other lists are searched for your company";
        /// Names are compared by other rules than before.
        Engine = "engine", "names are compared by a new version of the engine";
        /// Somebody asked for it.
        Asked = "asked", "a colleague asked for it";
    }
}

/// The two that were compared: hashes of what the file and the list say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// Of whom is asked for.
    pub party: [u8; 32],
    /// Of the list's entry.
    pub entry: [u8; 32],
}

/// A hit as far as decisions go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What was compared.
    pub sides: Sides,
    /// Whether list or file say it no more.
    pub gone: bool,
    /// What holds; none if nobody has decided.
    pub holds: Option<Decision>,
    /// When what holds ends.
    pub until: Option<Timestamp>,
    /// What one person says, to which a second has to agree.
    pub proposed: Option<(Decision, UserId)>,
}

/// What happens to a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is found.
    Found(Sides),
    /// It was looked for and is not found any more.
    Gone,
    /// Somebody decides; `grave` if a second person has to agree.
    Decided {
        /// What.
        decision: Decision,
        /// Who.
        by: UserId,
        /// Whether it needs two.
        grave: bool,
    },
    /// A second person agrees.
    Agreed(UserId),
    /// A second person does not agree.
    Objected(UserId),
    /// Time passes.
    Lapsed,
}

/// Why something cannot happen to a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is gone.
    #[error("The list or the file says this no more, so there is nothing to decide.")]
    Gone,
    /// Nobody has proposed anything.
    #[error("This hit does not wait for a second person.")]
    NothingProposed,
    /// Who decided cannot be the second person too.
    #[error("A second colleague has to look at this: you are the one who decided.")]
    SamePerson,
}

impl Hit {
    /// A hit that is found for the first time.
    #[must_use]
    pub const fn new(sides: Sides) -> Self {
        Self { sides, gone: false, holds: None, until: None, proposed: None }
    }

    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> State {
        match (self.gone, self.proposed, self.holds) {
            (true, ..) => State::Gone,
            (_, Some(_), _) => State::Waiting,
            (.., None) => State::Open,
            (.., Some(Decision::Match)) => State::Match,
            (.., Some(Decision::NoMatch)) => State::NoMatch,
            (.., Some(Decision::Unsure)) => State::Unsure,
        }
    }

    /// The hit after a step; the same if nothing comes of it.
    ///
    /// # Errors
    /// [`Refused`] in plain words.
    pub fn after(self, step: Step, now: Timestamp) -> Result<Self, Refused> {
        match step {
            Step::Found(sides) => Ok(self.found(sides, now)),
            Step::Gone => Ok(Self { gone: true, proposed: None, ..self }),
            Step::Lapsed => Ok(self.lapsed(now)),
            Step::Decided { .. } if self.gone => Err(Refused::Gone),
            Step::Decided { decision, by, grave } if grave && decision != Decision::Unsure => {
                Ok(Self { proposed: Some((decision, by)), ..self })
            }
            Step::Decided { decision, .. } => Ok(self.holding(decision, now)),
            Step::Agreed(by) => {
                let decision = self.second(by)?;
                Ok(self.holding(decision, now))
            }
            Step::Objected(by) => {
                self.second(by)?;
                Ok(Self { proposed: None, ..self })
            }
        }
    }

    fn found(self, sides: Sides, now: Timestamp) -> Self {
        let back = Self { gone: false, ..self }.lapsed(now);
        if self.sides == sides {
            return back;
        }
        // What was said was said about others; that somebody is on a list is not forgotten over a new address.
        let holds = self.holds.filter(|decision| *decision == Decision::Match);
        Self { sides, holds, until: None, proposed: None, ..back }
    }

    const fn lapsed(self, now: Timestamp) -> Self {
        match self.until {
            Some(until) if until.0 <= now.0 => Self { holds: None, until: None, ..self },
            _ => self,
        }
    }

    fn holding(self, decision: Decision, now: Timestamp) -> Self {
        Self { holds: Some(decision), until: until(decision, now), proposed: None, ..self }
    }

    fn second(&self, by: UserId) -> Result<Decision, Refused> {
        match self.proposed {
            None => Err(Refused::NothingProposed),
            Some((_, first)) if first == by => Err(Refused::SamePerson),
            Some((decision, _)) => Ok(decision),
        }
    }
}

/// Until when a decision of now holds.
fn until(decision: Decision, now: Timestamp) -> Option<Timestamp> {
    match decision {
        Decision::NoMatch => Some(now.plus(FACTS.quiet_days * Timestamp::DAY)),
        Decision::Match | Decision::Unsure => None,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    quiet_days: i64,
    four_eyes: FourEyes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FourEyes {
    score: i64,
    means: Vec<Meaning>,
}

static FACTS: LazyLock<Facts> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/screening.toml")).expect("data/screening.toml is read by a test")
});

/// Whether a decision on a hit needs two people: by its score from 0 to 1 and what it means in law.
#[must_use]
pub fn is_grave(score: f32, means: &[Meaning]) -> bool {
    let four = &FACTS.four_eyes;
    f64::from(score) * 100.0 >= four.score as f64 || means.iter().any(|one| four.means.contains(one))
}

coded! {
    /// How a file stands on watch lists, the gravest first.
    Standing {
        /// Somebody in it is on a list.
        Match = "match", "On a watch list";
        /// Of somebody it could not be told.
        Unsure = "unsure", "Not sure whether on a watch list";
        /// Hits wait to be decided.
        Open = "open", "Hits to decide";
        /// It is being checked.
        Due = "due", "Being checked";
        /// No list was in force when it was checked.
        NoLists = "no_lists", "No watch list to check against";
        /// Nobody in it is on a list, as far as is known.
        Clear = "clear", "On no watch list";
    }
}

/// What is known of a file's hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Whether it waits to be screened, for the first time or anew.
    pub due: bool,
    /// Over how many lists it was screened.
    pub lists: usize,
    /// Hits to decide.
    pub open: i64,
    /// Hits that wait for a second person.
    pub waiting: i64,
    /// Hits of which it could not be told.
    pub unsure: i64,
    /// Hits that are matches, those included that one person wants to lift.
    pub matches: i64,
}

impl Tally {
    /// Adds hits that stand so, and of which this holds.
    pub const fn add(&mut self, state: State, holds: Option<Decision>, count: i64) {
        match state {
            State::Open => self.open += count,
            State::Waiting => self.waiting += count,
            State::Unsure => self.unsure += count,
            State::Match | State::NoMatch | State::Gone => {}
        }
        if matches!(holds, Some(Decision::Match)) && !matches!(state, State::Gone) {
            self.matches += count;
        }
    }

    /// How many somebody has to look at.
    #[must_use]
    pub const fn to_do(&self) -> i64 {
        self.open + self.waiting + self.unsure
    }

    /// How the file stands.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match () {
            () if self.matches > 0 => Standing::Match,
            () if self.unsure > 0 => Standing::Unsure,
            () if self.open + self.waiting > 0 => Standing::Open,
            () if self.due => Standing::Due,
            () if self.lists == 0 => Standing::NoLists,
            () => Standing::Clear,
        }
    }
}

#[cfg(test)]
mod tests;
