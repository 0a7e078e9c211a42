//! An authority's register of licensed operators: who holds which licence for what, and permits for single imports and
//! exports.
//!
//! An entry of the register is typed into a form or comes in a row of a file; both are read by one reader ([`read`]) from
//! the columns of one table ([`Sort::columns`]), and written back as the same texts ([`Entry::cells`]), so that what leaves
//! as a file can come back. Whether a licence covers something on a day: [`check`]. What a company asks: [`request`].

pub mod check;
mod columns;
mod grant;
mod names;
mod permit;
mod read;
pub mod request;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use serde::{Deserialize, Serialize};

pub use columns::{Column, Look};
pub use grant::{Ceiling, Grant, Scope, Site};
pub use names::Names;
pub use permit::{Direction, Permit};

use crate::{
    answers::{Answers, when::Order},
    country::Country,
    customer::Fault,
    date::Date,
    fold::{squash, words},
    organisation::coded,
    substance::Catalogue,
};

/// The most letters of what an entry is found by.
const LONGEST_SEARCH: usize = 4_000;

coded! {
    /// What an entry of the register is.
    Sort {
        /// An operator's licence or registration.
        Licence = "licence", "Licence";
        /// A permit for one import or export.
        Permit = "permit", "Import or export permit";
    }
}

coded! {
    /// What somebody may do with a substance.
    Activity {
        /// Making it.
        Produce = "produce", "produce";
        /// Keeping it.
        Store = "store", "store";
        /// Selling it or passing it on.
        Distribute = "distribute", "distribute";
        /// Bringing it into the country.
        Import = "import", "import";
        /// Sending it out of the country.
        Export = "export", "export";
        /// Using it up in one's own work.
        Use = "use", "use";
        /// Arranging deals of others.
        Broker = "broker", "broker";
        /// Carrying it for others.
        Transport = "transport", "transport";
        /// Doing away with it.
        Destroy = "destroy", "destroy";
    }
}

coded! {
    /// Over what a ceiling is counted.
    Per {
        /// A calendar year.
        Year = "year", "a year";
        /// A calendar month.
        Month = "month", "a month";
        /// Each delivery.
        Once = "once", "at a time";
    }
}

coded! {
    /// How a licence was taken away.
    StopKind {
        /// For a time.
        Suspended = "suspended", "suspended";
        /// For good.
        Revoked = "revoked", "revoked";
    }
}

/// A suspension or a revocation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Which.
    pub kind: StopKind,
    /// The first day.
    pub from: Date,
    /// The last day of a suspension that is to end, or has ended.
    pub to: Option<Date>,
    /// Why.
    pub reason: String,
}

impl Stop {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, on: Date) -> bool {
        self.from <= on && self.to.is_none_or(|to| on <= to)
    }
}

/// A licence or registration of an operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// Its number.
    pub number: String,
    /// Legal name of who holds it.
    pub holder: String,
    /// The holder's number in the register of companies; may be empty.
    pub registration: String,
    /// Where the holder sits.
    pub country: Country,
    /// Whom to ask there; may be empty.
    pub contact: String,
    /// Its first day.
    pub from: Date,
    /// Its last day; none if it has no end.
    pub to: Option<Date>,
    /// Where it holds; everywhere, if there is none.
    pub sites: Vec<Site>,
    /// For what.
    pub grants: Vec<Grant>,
    /// Suspensions and revocations, in the order in which they were entered.
    pub stops: Vec<Stop>,
    /// What else staff should know; may be empty.
    pub note: String,
}

impl Licence {
    /// The suspension or revocation that holds on a day; a revocation before a suspension.
    #[must_use]
    pub fn stopped(&self, on: Date) -> Option<&Stop> {
        let holding = self.stops.iter().filter(|stop| stop.holds(on));
        holding.max_by_key(|stop| (stop.kind, stop.from))
    }
}

/// An entry of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "sort", rename_all = "snake_case")]
pub enum Entry {
    /// A licence.
    Licence(Licence),
    /// A permit.
    Permit(Permit),
}

coded! {
    /// Where an entry stands on a day.
    Standing {
        /// It holds.
        Valid = "valid", "Valid";
        /// Its first day is still to come.
        Ahead = "ahead", "Not yet valid";
        /// Suspended.
        Suspended = "suspended", "Suspended";
        /// Revoked.
        Revoked = "revoked", "Revoked";
        /// Its last day is over.
        Ended = "ended", "Ended";
    }
}

impl Entry {
    /// Reads an entry from texts by the names of the columns. A column that is not among them stays as it was `before`; an
    /// empty one is emptied.
    ///
    /// # Errors
    /// Every [`Fault`], by column.
    pub fn read(
        sort: Sort,
        before: Option<&Self>,
        typed: &Answers,
        order: Order,
        names: &Names<'_>,
    ) -> Result<Self, Vec<Fault>> {
        let mut all = before.map(|before| before.cells(names.catalogue())).unwrap_or_default();
        for (name, texts) in typed.iter() {
            all.set(name, texts.iter().map(String::as_str));
        }
        match sort {
            Sort::Licence => read::licence(&all, order, names).map(Self::Licence),
            Sort::Permit => read::permit(&all, order, names).map(Self::Permit),
        }
    }

    /// The entry as texts by the names of the columns.
    #[must_use]
    pub fn cells(&self, catalogue: &Catalogue) -> Answers {
        match self {
            Self::Licence(licence) => columns::of_licence(licence, catalogue),
            Self::Permit(permit) => columns::of_permit(permit, catalogue),
        }
    }

    /// What it is.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        match self {
            Self::Licence(_) => Sort::Licence,
            Self::Permit(_) => Sort::Permit,
        }
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> &str {
        match self {
            Self::Licence(licence) => &licence.number,
            Self::Permit(permit) => &permit.number,
        }
    }

    /// Who holds it.
    #[must_use]
    pub fn holder(&self) -> &str {
        match self {
            Self::Licence(licence) => &licence.holder,
            Self::Permit(permit) => &permit.holder,
        }
    }

    /// The holder's country.
    #[must_use]
    pub const fn country(&self) -> Country {
        match self {
            Self::Licence(licence) => licence.country,
            Self::Permit(permit) => permit.country,
        }
    }

    /// First and last day.
    #[must_use]
    pub const fn days(&self) -> (Date, Option<Date>) {
        match self {
            Self::Licence(licence) => (licence.from, licence.to),
            Self::Permit(permit) => (permit.from, Some(permit.to)),
        }
    }

    /// Suspensions and revocations.
    #[must_use]
    pub fn stops(&self) -> &[Stop] {
        match self {
            Self::Licence(licence) => &licence.stops,
            Self::Permit(_) => &[],
        }
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn standing(&self, on: Date) -> Standing {
        let (from, to) = self.days();
        let stop = match self {
            Self::Licence(licence) => licence.stopped(on),
            Self::Permit(_) => None,
        };
        match stop.map(|stop| stop.kind) {
            Some(StopKind::Revoked) => Standing::Revoked,
            _ if to.is_some_and(|to| to < on) => Standing::Ended,
            Some(StopKind::Suspended) => Standing::Suspended,
            None if from > on => Standing::Ahead,
            None => Standing::Valid,
        }
    }

    /// What it is found by: numbers and names, folded.
    #[must_use]
    pub fn search_words(&self) -> String {
        let texts: Vec<&str> = match self {
            Self::Licence(licence) => {
                let sites = licence.sites.iter().map(|site| site.name.as_str());
                [licence.holder.as_str(), &licence.registration].into_iter().chain(sites).collect()
            }
            Self::Permit(permit) => {
                [permit.holder.as_str(), &permit.licence, &permit.counterparty, &permit.notified_as].to_vec()
            }
        };
        let mut found = format!(" {} {}", words(self.number()), squash(self.number()));
        for text in texts {
            found.push(' ');
            found.push_str(&words(text));
        }
        found.chars().take(LONGEST_SEARCH).chain([' ']).collect()
    }
}
