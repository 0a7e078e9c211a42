//! Documents of a customer: what they are, and when somebody is reminded that they end.

use serde::{Deserialize, Serialize};

use crate::{date::Date, organisation::coded};

coded! {
    /// What a document is.
    DocumentKind {
        /// What a register says of the firm.
        Register = "register", "Register extract";
        /// A licence, registration or permit.
        Licence = "licence", "Licence or registration";
        /// A passport or identity card.
        Identity = "identity", "Identity document";
        /// The customer's declaration of use.
        Declaration = "declaration", "Customer declaration";
        /// Who owns the firm.
        Ownership = "ownership", "Ownership chart";
        /// A letter by which somebody may act for the firm.
        Authority = "authority", "Letter of authority";
        /// What somebody saw at a site.
        Visit = "visit", "Report of a visit";
        /// Something else.
        Other = "other", "Other document";
    }
}

coded! {
    /// What a check of a document came to.
    Outcome {
        /// It is what it says.
        Genuine = "genuine", "It holds";
        /// Something about it is not right.
        Doubtful = "doubtful", "In doubt";
    }
}

/// How many days before a document ends somebody is reminded, the first reminder first.
pub const REMINDERS: [i64; 2] = [30, 7];
/// How many days ahead the list of what is due looks.
pub const AHEAD: i64 = 90;

/// How a document stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has no end, or one that is far.
    Valid,
    /// It ends within 30 days.
    EndsSoon,
    /// It has ended.
    Expired,
}

/// How a document that is valid through `expires` stands on `today`.
#[must_use]
pub fn standing(expires: Option<Date>, today: Date) -> Standing {
    match expires.map(|day| day.days() - today.days()) {
        Some(left) if left < 0 => Standing::Expired,
        Some(left) if left <= REMINDERS[0] => Standing::EndsSoon,
        _ => Standing::Valid,
    }
}
