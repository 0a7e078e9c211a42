//! Whom a notice concerns and who may see it.

use serde::{Deserialize, Serialize};

use crate::{
    country::Country,
    organisation::{OperatorRole, coded},
};

coded! {
    /// Who may see a notice.
    Access {
        /// Everybody, also without an account.
        Public = "public", "Everybody";
        /// Everybody who has signed in for an organisation that is approved here.
        Companies = "companies", "Organisations that are approved here";
        /// Those whom it concerns, and nobody else.
        Audience = "audience", "Only those whom it concerns";
    }
}

impl Access {
    /// Whether a notice with this access is open to more people than one with `other`.
    #[must_use]
    pub fn opens_more_than(self, other: Self) -> bool {
        self < other
    }
}

coded! {
    /// Readers outside the companies that deal with precursors.
    Reader {
        /// Customs.
        Customs = "customs", "Customs";
        /// Police.
        Police = "police", "Police";
        /// Post and courier services.
        Post = "post", "Post and courier services";
        /// Hospitals, physicians, pharmacies, poison centres.
        Health = "health", "Health sector";
        /// Fire, ambulance and waste services.
        PublicSafety = "public_safety", "Fire, ambulance and waste services";
        /// Carriers, forwarders, warehouses, ports.
        Logistics = "logistics", "Logistics";
        /// Market places and social media.
        Platforms = "platforms", "Online platforms";
    }
}

coded! {
    /// How far a reader is known. A notice for its audience asks for a level; each level includes the ones before.
    Trust {
        /// Nothing is known.
        Anybody = "0", "0 – anybody";
        /// The address was confirmed.
        Confirmed = "1", "1 – confirmed address";
        /// The organisation is approved, or the authority knows the reader.
        Known = "2", "2 – approved organisation or known reader";
        /// The authority vouches for the reader.
        Vetted = "3", "3 – vetted by the authority";
    }
}

/// Whom a notice concerns. An empty list leaves nobody out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// What: slugs of the catalogue's substances. They choose who is told, not who sees it.
    pub substances: Vec<String>,
    /// Who: companies that do one of these …
    pub roles: Vec<OperatorRole>,
    /// … or members of one of these associations, by handle …
    pub associations: Vec<String>,
    /// … or one of these readers outside companies.
    pub readers: Vec<Reader>,
    /// Where: the country of the reader.
    pub countries: Vec<Country>,
}

/// A reader, as far as matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Where they are.
    pub country: Option<Country>,
    /// What their company does; empty for others.
    pub roles: Vec<OperatorRole>,
    /// Handles of the associations that they belong to, or work for.
    pub associations: Vec<String>,
    /// What they read as.
    pub readers: Vec<Reader>,
    /// Which substances they are known to deal with; none if nothing is known, and then no substance leaves them out.
    pub substances: Option<Vec<String>>,
    /// How far they are known.
    pub trust: Trust,
}

impl Audience {
    /// Whether a reader is meant: by who they are (one of the roles, associations or readers named, if any is) and by where
    /// they are. What they deal with decides nothing here: it is known in part at best and may change tomorrow, and a
    /// company must be able to look up what holds for a substance before it takes the first order for it.
    #[must_use]
    pub fn concerns(&self, reader: &Subject) -> bool {
        let open = self.roles.is_empty() && self.associations.is_empty() && self.readers.is_empty();
        let who = open
            || shares(&self.roles, &reader.roles)
            || shares(&self.associations, &reader.associations)
            || shares(&self.readers, &reader.readers);
        let place =
            self.countries.is_empty() || reader.country.is_some_and(|country| self.countries.contains(&country));
        who && place
    }

    /// Whether a reader who is meant is told besides, in the inbox and by mail: not of substances of which none is among those
    /// that they are known to deal with.
    #[must_use]
    pub fn reaches(&self, reader: &Subject) -> bool {
        let what = self.substances.is_empty()
            || reader.substances.as_ref().is_none_or(|known| shares(&self.substances, known));
        what && self.concerns(reader)
    }
}

fn shares<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.iter().any(|value| other.contains(value))
}

/// Whether somebody who reads as each of `viewers` (nobody who has not signed in) may see a published notice.
#[must_use]
pub fn sees(access: Access, trust: Trust, audience: &Audience, viewers: &[Subject]) -> bool {
    match access {
        Access::Public => true,
        Access::Companies => viewers.iter().any(|viewer| viewer.trust >= Trust::Known),
        Access::Audience => viewers.iter().any(|viewer| viewer.trust >= trust && audience.concerns(viewer)),
    }
}
