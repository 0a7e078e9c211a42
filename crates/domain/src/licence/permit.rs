//! A permit for one import or export.

use serde::{Deserialize, Serialize};

use crate::{country::Country, date::Date, organisation::coded, quantity::Quantity};

coded! {
    /// Which way the goods go.
    Direction {
        /// Into the country.
        Import = "import", "Import";
        /// Out of the country.
        Export = "export", "Export";
    }
}

/// A permit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permit {
    /// Its number.
    pub number: String,
    /// Which way.
    pub direction: Direction,
    /// Number of the licence under which it was given; may be empty.
    pub licence: String,
    /// Who holds it.
    pub holder: String,
    /// Where the holder sits.
    pub country: Country,
    /// The substance's handle in the catalogue.
    pub substance: String,
    /// How much may cross the border.
    pub quantity: Quantity,
    /// How much has.
    pub used: Option<Quantity>,
    /// Who sends or receives abroad.
    pub counterparty: String,
    /// Where that is.
    pub counterparty_country: Country,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Whether customs have endorsed and returned it.
    pub endorsed: bool,
    /// Under which reference the other country was told before an export; may be empty.
    pub notified_as: String,
    /// What else staff should know; may be empty.
    pub note: String,
}

impl Permit {
    /// What may still cross the border; none if more has than may.
    #[must_use]
    pub fn remainder(&self) -> Option<Quantity> {
        let used = self.used.map_or(0, |used| used.base);
        Quantity::new(self.quantity.base.checked_sub(used)?, self.quantity.dimension)
    }
}
