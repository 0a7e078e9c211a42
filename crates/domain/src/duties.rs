//! The duty navigator: what the law asks of who handles a substance in a country: licence, registration, declaration,
//! labels, notices before an export, permits, records, reports.
//!
//! The duties are a table (`data/regimes/`); who has to report what is the table of [`crate::report::basis`], and both come
//! together in [`applicable`]. Rules:
//! - Nothing is guessed. A kind of duty of which the table holds nothing for a country is [`Known::Nothing`], and people
//!   are sent to the authority.
//! - A duty that is not in force is told as announced, one that binds States as binding through national law.
//! - Only the public places of a substance on lists are looked at ([`PublicSubstance`]).

mod table;

use serde::{Deserialize, Serialize};

pub use table::{Duty, Trade, table};

use crate::{
    country::{Country, Jurisdiction},
    date::Date,
    organisation::{OperatorRole, coded},
    substance::{Listing, PublicSubstance, Threshold},
};

coded! {
    /// The kinds of duties, in the order in which they meet a company.
    DutyKind {
        /// A licence to hold, make or trade.
        Licence = "licence", "Licence";
        /// Entering oneself in a register.
        Registration = "registration", "Registration";
        /// Somebody who answers for the trade.
        Officer = "officer", "People and staff";
        /// Knowing who buys, and whether they may.
        Customer = "customer", "Check of the customer";
        /// The customer's word on what it is for.
        Declaration = "declaration", "Customer declaration";
        /// Labels, and papers that travel with the goods.
        Labelling = "labelling", "Labels and papers with the goods";
        /// Notices before (or soon after) goods cross a border.
        Notification = "notification", "Pre-export notification and notices";
        /// Authorisations and permits for one import or export.
        Permit = "permit", "Import and export permits";
        /// What is written down and kept, and how long.
        Records = "records", "Records";
        /// Telling the authority of what is suspicious.
        Report = "report", "Reports to the authority";
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The substance.
    pub substance: &'a PublicSubstance,
    /// What the company does; nothing for any role.
    pub roles: &'a [OperatorRole],
    /// Where the company is, and the goods come from.
    pub country: Country,
    /// Where the goods go, if they leave the country.
    pub to: Option<Country>,
    /// The day.
    pub on: Date,
}

/// Whether a duty binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is in force.
    InForce,
    /// It binds States; their law carries it out.
    States,
    /// It is not yet in force.
    Announced,
}

/// At which end of the trade a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Where the company is.
    Here,
    /// Where the goods go.
    Destination,
}

/// A duty that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The duty.
    pub duty: &'static Duty,
    /// Whether it binds.
    pub standing: Standing,
    /// At which end.
    pub end: End,
    /// The table, category or class by which it applies; empty if it does not look at a list.
    pub category: String,
    /// Whether the duty, and the place on the list, were seen in a source.
    pub verified: bool,
}

/// What the table can say of a kind of duty where none was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It holds duties of this kind for the country, none of which speaks of this substance and role.
    NoneHere,
    /// It holds nothing of this kind for the country.
    Nothing,
}

/// A kind of duty and what was found of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The kind.
    pub kind: DutyKind,
    /// Those in force first.
    pub duties: Vec<Found>,
    /// What is known; told if nothing in force was found where the company is.
    pub known: Known,
}

/// Every kind of duty that matters for what was asked, in order. Reports of suspicious orders are in here only as far as
/// they are national practice: the duty itself is judged by [`crate::report::basis`].
#[must_use]
pub fn applicable(asked: &Asked<'_>) -> Vec<Group> {
    let groups = DutyKind::ALL.iter().map(|kind| group(asked, *kind));
    groups.filter(|group| !group.duties.is_empty() || is_asked_of_all(asked, group.kind)).collect()
}

/// Kinds of which people have to hear even if nothing is known.
fn is_asked_of_all(asked: &Asked<'_>, kind: DutyKind) -> bool {
    match kind {
        DutyKind::Notification | DutyKind::Permit => asked.leaves_for().is_some(),
        DutyKind::Officer | DutyKind::Customer => false,
        _ => true,
    }
}

fn group(asked: &Asked<'_>, kind: DutyKind) -> Group {
    let of_kind = || table().iter().filter(move |duty| duty.kind == kind);
    let mut duties: Vec<Found> = of_kind().filter_map(|duty| duty.found(asked)).collect();
    duties.sort_by_key(|found| (found.end, found.standing, found.duty.jurisdiction == Jurisdiction::World));
    let holds =
        |duty: &Duty| duty.jurisdiction != Jurisdiction::World && duty.in_force && asked.here(duty.jurisdiction);
    let known = if of_kind().any(holds) { Known::NoneHere } else { Known::Nothing };
    Group { kind, duties, known }
}

impl Group {
    /// Whether a duty of this kind binds the company itself.
    #[must_use]
    pub fn binds(&self) -> bool {
        self.duties.iter().any(|found| found.standing == Standing::InForce && found.end == End::Here)
    }
}

impl Asked<'_> {
    /// The country that the goods leave for.
    #[must_use]
    pub fn leaves_for(&self) -> Option<Country> {
        self.to.filter(|to| *to != self.country)
    }

    fn here(&self, law: Jurisdiction) -> bool {
        law.covers(self.country, self.on)
    }

    /// Whether the goods leave the reach of a law; the Convention's reach is a country.
    fn leaves(&self, law: Jurisdiction) -> bool {
        self.leaves_for().is_some_and(|to| law == Jurisdiction::World || !law.covers(to, self.on))
    }

    /// Whether the goods come into the reach of a law from outside.
    fn arrives(&self, law: Jurisdiction) -> bool {
        self.leaves_for().is_some_and(|to| law.covers(to, self.on)) && !self.here(law)
    }

    /// The thresholds that apply to the substance where the company is, the verified ones first.
    #[must_use]
    pub fn thresholds(&self) -> Vec<(&Listing, &Threshold)> {
        let here =
            self.substance.listings.iter().filter(|place| place.in_force(self.on) && self.here(place.jurisdiction));
        let mut found: Vec<_> =
            here.flat_map(|place| place.thresholds.iter().map(move |threshold| (place, threshold))).collect();
        found.sort_by_key(|(place, threshold)| (!(place.verified && threshold.verified), threshold.quantity.base));
        found
    }
}

impl Duty {
    /// The duty as it meets what was asked; `None` if it has nothing to do with it.
    fn found(&'static self, asked: &Asked<'_>) -> Option<Found> {
        let end = self.end(asked)?;
        let of_role = |role: &OperatorRole| self.roles.contains(role);
        let for_role = self.roles.is_empty() || asked.roles.is_empty() || asked.roles.iter().any(of_role);
        // The role is the company's own; at the destination somebody else acts.
        if (end == End::Here && !for_role) || self.valid_to.is_some_and(|to| to < asked.on) {
            return None;
        }
        let place = match &self.list {
            Some(list) => Some(self.place(list, asked)?),
            None => None,
        };
        let early = self.valid_from.is_some_and(|from| from > asked.on);
        let announced = !self.in_force || early || place.is_some_and(|place| !place.in_force(asked.on));
        let standing = match (announced, self.binds_states) {
            (true, _) => Standing::Announced,
            (false, true) => Standing::States,
            (false, false) => Standing::InForce,
        };
        let category = place.map(|place| place.category.clone()).unwrap_or_default();
        let verified = self.verified && place.is_none_or(|place| place.verified);
        Some(Found { duty: self, standing, end, category, verified })
    }

    /// The place on the list by which it applies, one in force before one that is announced.
    fn place<'a>(&self, list: &str, asked: &Asked<'a>) -> Option<&'a Listing> {
        let named = |place: &&Listing| {
            place.list == list && (self.categories.is_empty() || self.categories.contains(&place.category))
        };
        let ahead = |place: &&Listing| place.valid_to.is_none_or(|to| asked.on <= to);
        let places = asked.substance.listings.iter().filter(named).filter(ahead);
        places.min_by_key(|place| !place.in_force(asked.on))
    }

    /// At which end of the trade it stands.
    fn end(&self, asked: &Asked<'_>) -> Option<End> {
        let law = self.jurisdiction;
        match self.trade {
            Trade::Any => asked.here(law).then_some(End::Here),
            Trade::Export => (asked.here(law) && asked.leaves(law)).then_some(End::Here),
            Trade::Import => asked.arrives(law).then_some(End::Destination),
            Trade::Border if asked.arrives(law) => Some(End::Destination),
            Trade::Border => (asked.here(law) && asked.leaves(law)).then_some(End::Here),
        }
    }
}

#[cfg(test)]
mod tests;
