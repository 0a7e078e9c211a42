//! References: the number a person reads over the telephone, `FR-7K3M-9QTD-X`.
//!
//! Eight characters of Crockford's base 32 (40 random bits) and a check character from the same 32 letters. The check
//! is the weighted sum of the characters modulo 31 with odd weights, so every single wrong character and every swap of
//! neighbours that a person is likely to make is noticed. A reference identifies; it never authorises.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PREFIX: &str = "FR";

/// The public number of a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// Why a text is no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// It does not have the shape `FR-XXXX-XXXX-X`.
    #[error("a reference looks like FR-7K3M-9QTD-X")]
    Shape,
    /// The last character does not fit the others: one of them is mistyped.
    #[error("the last character does not fit: one character of the reference is mistyped")]
    Check,
}

impl Reference {
    /// Makes the reference that shows `random`; only its low 40 bits are used.
    #[must_use]
    pub fn from_bits(random: u64) -> Self {
        let body: [u8; 8] = std::array::from_fn(|i| ((random >> (35 - 5 * i)) & 31) as u8);
        let letter = |value: &u8| ALPHABET[usize::from(*value)] as char;
        let text: String = body.iter().map(letter).collect();
        let check = letter(&check(&body));
        Self(format!("{PREFIX}-{}-{}-{check}", &text[..4], &text[4..]))
    }

    /// The reference as it is shown and stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Powers of 3 modulo 31 are all different within 30 places and their differences never vanish, so a single
/// substitution (other than by a letter 31 places away, of which there is one pair) or swap changes the sum.
fn check(body: &[u8; 8]) -> u8 {
    let mut weight = 1_u32;
    let mut sum = 0_u32;
    for value in body {
        weight = weight * 3 % 31;
        sum += u32::from(*value) * weight;
    }
    (sum % 31) as u8
}

/// Reads a letter as Crockford advises: case does not matter, O is 0, I and L are 1.
fn value(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|known| *known as char == letter).map(|at| at as u8)
}

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let body = compact
            .strip_prefix(PREFIX)
            .or_else(|| compact.strip_prefix("fr"))
            .or_else(|| compact.strip_prefix("Fr"))
            .ok_or(ReferenceError::Shape)?;
        let values: Option<Vec<u8>> = body.chars().map(value).collect();
        let values = values.filter(|values| values.len() == 9).ok_or(ReferenceError::Shape)?;
        let mut digits = [0; 8];
        digits.copy_from_slice(&values[..8]);
        if check(&digits) != values[8] {
            return Err(ReferenceError::Check);
        }
        Ok(Self::from_bits(digits.iter().fold(0, |bits, digit| bits << 5 | u64::from(*digit))))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Reference {
    type Error = ReferenceError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_is_understood() {
        let reference = Reference::from_bits(0x12_3456_789A);
        let shown = reference.to_string();
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', ""), shown.replace('-', " ")] {
            assert_eq!(typed.parse(), Ok(reference.clone()), "{typed}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "FR", "FR-", "FR-7K3M-9QTD", "PR-7K3M-9QTD-X", "FR-7K3M-9QTD-XX", "FR-7K3U-9QTD-X", "ſr-7K3M"]
        {
            assert_eq!(text.parse::<Reference>(), Err(ReferenceError::Shape), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_reference_reads_back(bits in 0_u64..1 << 40) {
            let reference = Reference::from_bits(bits);
            prop_assert_eq!(reference.as_str().parse(), Ok(reference.clone()));
        }

        #[test]
        fn a_swap_of_neighbours_is_noticed(bits in 0_u64..1 << 40, at in 0_usize..3) {
            let shown = Reference::from_bits(bits).to_string();
            let mut letters: Vec<char> = shown.chars().collect();
            let (a, b) = (value(letters[3 + at]), value(letters[4 + at]));
            // Letters 31 apart (0 and Z) are the one pair that the check cannot tell apart.
            prop_assume!(a != b && a.zip(b).is_some_and(|(a, b)| a.abs_diff(b) != 31));
            letters.swap(3 + at, 4 + at);
            let swapped: String = letters.into_iter().collect();
            prop_assert_eq!(swapped.parse::<Reference>(), Err(ReferenceError::Check));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            let _ = text.parse::<Reference>();
        }
    }
}
