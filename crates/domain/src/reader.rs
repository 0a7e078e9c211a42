//! Readers: people outside companies and authorities who are told what is published for their work. They belong to no
//! organisation and see no report.

use serde::{Deserialize, Serialize};

use crate::organisation::coded;

coded! {
    /// What a reader does.
    Audience {
        /// Customs.
        Customs = "customs", "Customs";
        /// Police and other law enforcement.
        Police = "police", "Police";
        /// Post and courier services.
        Post = "post", "Post and courier services";
        /// Pharmacies, hospitals, medical practices.
        Health = "health", "Health sector";
        /// Those who may come upon unusual finds.
        PublicSafety = "public_safety", "Fire, ambulance and waste services";
        /// Transport, storage, ports.
        Logistics = "logistics", "Logistics";
        /// Marketplaces and other online services.
        Platforms = "platforms", "Online platforms";
    }
}

coded! {
    /// How far a reader is known; raised by an authority.
    Trust {
        /// Nothing is known.
        Anybody = "0", "0 – anybody";
        /// The address was confirmed.
        Confirmed = "1", "1 – confirmed address";
        /// The authority knows the reader.
        Known = "2", "2 – approved organisation or known reader";
        /// The authority vouches for the reader.
        Vetted = "3", "3 – vetted by the authority";
    }
}

/// Where a reader begins who has followed the link to their address.
pub const BEGINNER: Trust = Trust::Confirmed;

/// The levels that an authority gives.
pub const GIVEN: [Trust; 3] = [Trust::Confirmed, Trust::Known, Trust::Vetted];

/// A level as a number.
#[must_use]
pub fn level(trust: Trust) -> i64 {
    trust.code().parse().unwrap_or_default()
}

/// The level with this number; none if there is no such.
#[must_use]
pub fn of_level(level: i64) -> Option<Trust> {
    Trust::from_code(&level.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_numbers_that_rise() {
        let levels: Vec<_> = Trust::ALL.iter().map(|trust| level(*trust)).collect();
        assert_eq!(levels, [0, 1, 2, 3]);
        assert!(Trust::ALL.is_sorted());
        assert_eq!((of_level(3), of_level(4), of_level(-1)), (Some(Trust::Vetted), None, None));
        assert_eq!(GIVEN.first(), Some(&BEGINNER));
    }
}
