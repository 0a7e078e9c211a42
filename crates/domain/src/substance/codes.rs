//! Tariff codes: six digits of the Harmonized System, eight of the European Union's Combined Nomenclature.

use serde::{Deserialize, Serialize};

use crate::fold::ascii_digits;

/// A subheading of the Harmonized System, such as `2915.24`. Serialises as that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Hs(u32);

/// A code of the Combined Nomenclature, such as `2915 24 00`. Serialises as that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Cn(u32);

/// Why a text is no tariff code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tariff code looks like 2915.24 (six digits) or 2915 24 00 (eight digits, European Union)")]
pub struct HsError;

/// The digits, if there are `length` of them, only dots and spaces between, and the chapter (1 to 97, not 77) exists.
fn digits(text: &str, length: usize) -> Result<u32, HsError> {
    let plain: String =
        ascii_digits(text.trim()).chars().filter(|letter| !matches!(letter, '.' | ' ' | '\u{A0}')).collect();
    if plain.len() != length || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(HsError);
    }
    let number: u32 = plain.parse().map_err(|_| HsError)?;
    let chapter = number / 10u32.pow(u32::try_from(length).map_err(|_| HsError)? - 2);
    if (1..=97).contains(&chapter) && chapter != 77 { Ok(number) } else { Err(HsError) }
}

impl Hs {
    /// Reads six digits, with or without dots and spaces.
    ///
    /// # Errors
    /// [`HsError`] if it is none.
    pub fn parse(text: &str) -> Result<Self, HsError> {
        digits(text, 6).map(Self)
    }

    /// The six digits without a dot.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:06}", self.0)
    }
}

impl Cn {
    /// Reads eight digits, with or without dots and spaces.
    ///
    /// # Errors
    /// [`HsError`] if it is none.
    pub fn parse(text: &str) -> Result<Self, HsError> {
        digits(text, 8).map(Self)
    }

    /// The subheading of the Harmonized System that the code belongs to.
    #[must_use]
    pub fn subheading(self) -> Hs {
        Hs(self.0 / 100)
    }
}

impl std::fmt::Display for Hs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl std::fmt::Display for Cn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04} {:02} {:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

macro_rules! tariff_code {
    ($($code:ident),+) => {$(
        impl From<$code> for String {
            fn from(code: $code) -> Self {
                code.to_string()
            }
        }

        impl TryFrom<String> for $code {
            type Error = HsError;

            fn try_from(text: String) -> Result<Self, HsError> {
                Self::parse(&text)
            }
        }

        impl std::str::FromStr for $code {
            type Err = HsError;

            fn from_str(text: &str) -> Result<Self, HsError> {
                Self::parse(text)
            }
        }
    )+};
}

tariff_code!(Hs, Cn);

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_codes() {
        for text in ["2915.24", "291524", "2915 24", " 29.15.24 "] {
            assert_eq!(Hs::parse(text).unwrap().to_string(), "2915.24", "{text}");
        }
        let code = Cn::parse("29152400").unwrap();
        assert_eq!((code.to_string().as_str(), code.subheading().to_string().as_str()), ("2915 24 00", "2915.24"));
        for text in ["", "2915", "29152", "2915.2400", "0015.24", "9915.24", "7715.24", "2915-24", "abcdef"] {
            assert_eq!(Hs::parse(text), Err(HsError), "{text}");
        }
        assert_eq!(Cn::parse("2915.24"), Err(HsError));
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            let _ = (Hs::parse(&text), Cn::parse(&text));
        }

        #[test]
        fn round_trips(chapter in 1u32..77, rest in 0u32..1_000_000) {
            let code = Cn::parse(&format!("{chapter:02}{rest:06}")).unwrap();
            prop_assert_eq!(Cn::parse(&code.to_string()), Ok(code));
            prop_assert_eq!(Hs::parse(&code.subheading().to_string()), Ok(code.subheading()));
        }
    }
}
