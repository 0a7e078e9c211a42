//! Numbers of ships.

use super::Checked;
use super::digits::{digits, weighted};

/// The letters that often stand before a number of a ship.
const BEFORE: &str = "IMO";

/// The digits of a ship's number, without the letters before them.
pub(super) fn bare(number: &str) -> &str {
    number.strip_prefix(BEFORE).unwrap_or(number)
}

/// Seven digits; the last is that of the others weighted by 7 to 2.
pub(super) fn imo(number: &str) -> Checked {
    match digits(bare(number)) {
        Some(digits) if digits.len() == 7 => {
            Checked::digits_fit(weighted(&digits[..6], &[7, 6, 5, 4, 3, 2]) % 10 == digits[6])
        }
        _ => Checked::because("the number of a ship has seven digits, with or without IMO before them"),
    }
}
