//! Organisations: what kinds there are, what a company does with chemicals, where its application stands.

use serde::{Deserialize, Serialize};

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every value, in the order in which forms show them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code that is stored and sent.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// What people read, in English.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// Reads a code; `None` for any other text.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}
pub(crate) use coded;

coded! {
    /// The kind of an organisation; decides its pages and the roles of its people.
    OrgKind {
        /// Makes, trades, moves, stores or uses chemicals or equipment.
        Company = "company", "Company";
        /// A competent national authority.
        Authority = "authority", "Competent national authority";
        /// An association of an industry: national, regional or international.
        Association = "association", "Industry association";
        /// Police, customs.
        LawEnforcement = "law_enforcement", "Law enforcement or customs";
        /// A forensic or national laboratory.
        Laboratory = "laboratory", "Laboratory";
        /// For example the INCB or UNODC.
        International = "international", "International organisation";
        /// Those who run this installation. They see no reports.
        Operator = "operator", "Operator of this installation";
    }
}

coded! {
    /// Where an organisation stands.
    OrgStatus {
        /// The applicant has not yet confirmed the e-mail address.
        Unconfirmed = "unconfirmed", "Waiting for the e-mail address to be confirmed";
        /// Waiting for the authority.
        Applied = "applied", "Waiting for the authority";
        /// May work.
        Approved = "approved", "Approved";
        /// Refused, with a reason.
        Refused = "refused", "Refused";
        /// Was approved and is stopped for now.
        Suspended = "suspended", "Suspended";
    }
}

coded! {
    /// What a company does; decides which questions a report asks (resolution 60/5, paragraph 10).
    OperatorRole {
        /// Makes the substance.
        Producer = "producer", "Producer";
        /// Buys and sells in bulk.
        Distributor = "distributor", "Distributor";
        /// Sells to other businesses.
        Wholesaler = "wholesaler", "Wholesaler";
        /// Sells to the public.
        Retailer = "retailer", "Retailer";
        /// Mixes substances into products.
        Formulator = "formulator", "Formulator";
        /// Brings goods into the country.
        Importer = "importer", "Importer";
        /// Sends goods out of the country.
        Exporter = "exporter", "Exporter";
        /// Arranges trades without holding the goods.
        Broker = "broker", "Broker";
        /// Moves goods.
        Carrier = "carrier", "Carrier";
        /// Arranges transport for others.
        FreightForwarder = "freight_forwarder", "Freight forwarder";
        /// Clears goods through customs for others.
        CustomsBroker = "customs_broker", "Customs broker";
        /// Stores goods for others.
        Warehouse = "warehouse", "Warehouse";
        /// Brings buyers and sellers together on the Internet.
        OnlinePlatform = "online_platform", "Online platform";
        /// Dispenses medicines.
        Pharmacy = "pharmacy", "Pharmacy";
        /// Analyses or researches.
        Laboratory = "laboratory", "Laboratory";
        /// Uses the substance in its own process.
        EndUser = "end_user", "End user";
    }
}

impl OrgKind {
    /// First letter of the workspace address: `/en/c/…`, `/en/a/…`.
    #[must_use]
    pub const fn workspace(self) -> &'static str {
        match self {
            Self::Company => "c",
            Self::Authority | Self::LawEnforcement | Self::Laboratory | Self::International => "a",
            Self::Association => "n",
            Self::Operator => "s",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for kind in OrgKind::ALL {
            assert_eq!(OrgKind::from_code(kind.code()), Some(*kind));
        }
        for role in OperatorRole::ALL {
            assert_eq!(OperatorRole::from_code(role.code()), Some(*role));
        }
        assert_eq!(OrgStatus::from_code("APPROVED"), None);
    }
}
