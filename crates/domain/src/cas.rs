//! CAS and EC numbers: the two registry numbers by which a substance is named on papers, each with a check digit.
//!
//! A number is read as people write it (`CAS-No. 108-24-7`, `108247`, other digits, other dashes) and refused with the
//! digit that would fit and a number to choose instead. A number that is valid may still be the wrong one: see
//! [`agrees`], which judges name and number together.

mod pair;

pub use pair::{Agreement, Fold, Known, KnownEntry, Meaning, agrees, named, nearest_known, parse_known};

use serde::{Deserialize, Serialize};

use crate::fold::ascii_digits;

/// A CAS registry number whose check digit fits, such as `108-24-7`. Serialises as that text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Cas(u64);

/// An EC (EINECS/ELINCS) number whose check digit fits, such as `203-564-8`. Serialises as that text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Ec(u32);

/// Why a text is no CAS number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CasError {
    /// It does not have the form of one.
    #[error("a CAS number looks like 108-24-7: two to seven digits, two digits, one check digit")]
    Shape,
    /// It has the form, but the last digit does not fit the others.
    #[error("{}", wrong_digit(*expected, *suggestion, *near))]
    Digit {
        /// The check digit that would fit the digits before it.
        expected: u8,
        /// The number to offer instead.
        suggestion: Cas,
        /// True if the suggestion is a number of the catalogue that differs in more than the check digit.
        near: bool,
    },
}

/// Why a text is no EC number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EcError {
    /// It does not have the form of one.
    #[error("an EC number looks like 203-564-8: three digits, three digits, one check digit")]
    Shape,
    /// It has the form, but no check digit fits the six digits: no such number is given out.
    #[error("no EC number begins with these six digits; please look for a slip in them")]
    NoSuch,
    /// It has the form, but the last digit does not fit the others.
    #[error("the check digit should be {expected}; did you mean {suggestion}?")]
    Digit {
        /// The check digit that would fit the digits before it.
        expected: u8,
        /// The number with that digit.
        suggestion: Ec,
    },
}

fn wrong_digit(expected: u8, suggestion: Cas, near: bool) -> String {
    if near {
        format!("the last digit does not fit the others; did you mean {suggestion}?")
    } else {
        format!("the check digit should be {expected}; did you mean {suggestion}?")
    }
}

impl Cas {
    /// Reads a number with or without hyphens, with or without `CAS` before it.
    ///
    /// # Errors
    /// [`CasError::Shape`] if it does not look like one, [`CasError::Digit`] if the check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, CasError> {
        let digits = digits_of(text, &[2..=7, 2..=2, 1..=1]).ok_or(CasError::Shape)?;
        let digits = digits.trim_start_matches('0');
        if !(5..=10).contains(&digits.len()) {
            return Err(CasError::Shape);
        }
        let number: u64 = digits.parse().map_err(|_| CasError::Shape)?;
        let right = Self::with_check_digit(number / 10);
        if right.0 == number {
            return Ok(right);
        }
        Err(CasError::Digit { expected: right.check_digit(), suggestion: right, near: false })
    }

    /// The number whose digits before the check digit are `body`.
    fn with_check_digit(body: u64) -> Self {
        let (mut rest, mut position, mut sum) = (body, 1, 0);
        while rest > 0 {
            sum += position * (rest % 10);
            position += 1;
            rest /= 10;
        }
        Self(body * 10 + sum % 10)
    }

    fn check_digit(self) -> u8 {
        u8::try_from(self.0 % 10).expect("a digit is below 10")
    }

    /// All digits without hyphens, the check digit last.
    #[must_use]
    pub fn digits(self) -> String {
        self.0.to_string()
    }
}

impl Ec {
    /// Reads a number with or without hyphens, with or without `EC` or `EINECS` before it.
    ///
    /// # Errors
    /// [`EcError::Shape`] if it does not look like one; otherwise what is wrong with the check digit.
    pub fn parse(text: &str) -> Result<Self, EcError> {
        let digits = digits_of(text, &[3..=3, 3..=3, 1..=1]).ok_or(EcError::Shape)?;
        if digits.len() != 7 {
            return Err(EcError::Shape);
        }
        let number: u32 = digits.parse().map_err(|_| EcError::Shape)?;
        let weighed: u32 = digits.bytes().zip(1..=6).map(|(digit, place)| u32::from(digit - b'0') * place).sum();
        let expected = u8::try_from(weighed % 11).expect("a remainder is below 11");
        match u32::from(expected) {
            10 => Err(EcError::NoSuch),
            digit if digit == number % 10 => Ok(Self(number)),
            digit => Err(EcError::Digit { expected, suggestion: Self(number / 10 * 10 + digit) }),
        }
    }

    /// All seven digits without hyphens.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:07}", self.0)
    }
}

/// The bare digits of a registry number. `groups` are the lengths allowed between hyphens; without hyphens any length is
/// taken and the caller counts. `None` if anything but an introduction, digits and separators is there.
fn digits_of(text: &str, groups: &[std::ops::RangeInclusive<usize>]) -> Option<String> {
    let plain = ascii_digits(text);
    let number = plain.trim_matches(|letter: char| letter.is_whitespace() || "[]()".contains(letter));
    let number = without_introduction(number);
    let parts: Vec<&str> = number.split(is_hyphen).map(str::trim).collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let fits = match parts.as_slice() {
        [whole] => whole.len() <= 16,
        parts if parts.len() == groups.len() => parts.iter().zip(groups).enumerate().all(|(place, (part, lengths))| {
            let part = if place == 0 && lengths.start() != lengths.end() { part.trim_start_matches('0') } else { part };
            lengths.contains(&part.len())
        }),
        _ => false,
    };
    fits.then(|| parts.concat())
}

/// Drops what people write before the number: `CAS`, `CAS-No.`, `CAS RN:`, `EC #`, `EINECS`.
fn without_introduction(number: &str) -> &str {
    let known = |letters: &str| {
        matches!(
            letters.to_ascii_lowercase().as_str(),
            "cas" | "casrn" | "casno" | "casnr" | "ec" | "ecno" | "einecs" | "elincs"
        )
    };
    let Some(start) = number.find(|letter: char| letter.is_ascii_digit()) else { return number };
    let letters: String = number[..start].chars().filter(|letter| letter.is_alphabetic()).collect();
    if letters.is_empty() || !known(&letters) { number } else { &number[start..] }
}

/// The dashes that copying from documents puts in place of a hyphen.
fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' | '\u{AD}')
}

impl std::fmt::Display for Cas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}-{}", self.0 / 1000, self.0 / 10 % 100, self.0 % 10)
    }
}

impl std::fmt::Display for Ec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:03}-{:03}-{}", self.0 / 10_000, self.0 / 10 % 1000, self.0 % 10)
    }
}

macro_rules! registry_number {
    ($($number:ident, $error:ident;)+) => {$(
        impl std::fmt::Debug for $number {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({self})", stringify!($number))
            }
        }

        impl std::str::FromStr for $number {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }

        impl From<$number> for String {
            fn from(number: $number) -> Self {
                number.to_string()
            }
        }

        impl TryFrom<String> for $number {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                Self::parse(&text)
            }
        }
    )+};
}

registry_number! {
    Cas, CasError;
    Ec, EcError;
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, number) in [
            ("108-24-7", "108-24-7"),
            ("108247", "108-24-7"),
            (" CAS-No. 108-24-7 ", "108-24-7"),
            ("CAS RN: 108-24-7", "108-24-7"),
            ("cas 7664-93-9", "7664-93-9"),
            ("[108-24-7]", "108-24-7"),
            ("000108-24-7", "108-24-7"),
            ("108\u{2011}24\u{2013}7", "108-24-7"),
            ("108 - 24 - 7", "108-24-7"),
            ("١٠٨-٢٤-٧", "108-24-7"),
            ("50-00-0", "50-00-0"),
            ("2167189-50-4", "2167189-50-4"),
        ] {
            assert_eq!(Cas::parse(text).map(|cas| cas.to_string()).as_deref(), Ok(number), "{text}");
        }
    }

    #[test]
    fn refuses_what_has_no_form() {
        for text in [
            "",
            "-",
            "acetone",
            "108-24",
            "108-2-47",
            "1-24-7",
            "12345678-12-3",
            "108-24-7-1",
            "108.24.7x",
            "1082",
            "99999999999",
            "P-2-P 108-24-7",
        ] {
            assert_eq!(Cas::parse(text), Err(CasError::Shape), "{text}");
        }
    }

    #[test]
    fn says_which_digit_fits() {
        for (text, expected, suggestion) in
            [("108-24-8", 7, "108-24-7"), ("1609-66-5", 1, "1609-66-1"), ("64-17-0", 5, "64-17-5")]
        {
            let suggestion = Cas::parse(suggestion).unwrap();
            assert_eq!(Cas::parse(text), Err(CasError::Digit { expected, suggestion, near: false }), "{text}");
        }
        let message = Cas::parse("108-24-8").unwrap_err().to_string();
        assert_eq!(message, "the check digit should be 7; did you mean 108-24-7?");
        assert!(Cas::parse("3731-41-9").is_err(), "a wrong number that a published file gives for ANPP");
        assert!(Cas::parse("122-90-7").is_ok(), "valid, though not the number of what a published file gives it for");
    }

    #[test]
    fn reads_ec_numbers() {
        for number in ["203-564-8", "200-662-2", "231-639-5", "202-509-5"] {
            assert_eq!(Ec::parse(number).unwrap().to_string(), number);
        }
        assert_eq!(Ec::parse("EC 2035648").unwrap().to_string(), "203-564-8");
        let error = Ec::parse("203-564-1").unwrap_err();
        assert_eq!(error.to_string(), "the check digit should be 8; did you mean 203-564-8?");
        assert_eq!(Ec::parse("203-56-8"), Err(EcError::Shape));
        assert_eq!(Ec::parse("200-005-0"), Err(EcError::NoSuch));
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            let _ = (Cas::parse(&text), Ec::parse(&text));
        }

        #[test]
        fn round_trips(body in 1000u64..1_000_000_000) {
            let cas = Cas::with_check_digit(body);
            prop_assert_eq!(Cas::parse(&cas.to_string()), Ok(cas));
            prop_assert_eq!(Cas::parse(&cas.digits()), Ok(cas));
            let json = serde_json::to_string(&cas).unwrap();
            prop_assert_eq!(serde_json::from_str::<Cas>(&json).unwrap(), cas);
        }

        #[test]
        fn one_wrong_check_digit_is_always_noticed(body in 1000u64..1_000_000_000, slip in 1u64..10) {
            let right = Cas::with_check_digit(body);
            let wrong = body * 10 + (right.0 % 10 + slip) % 10;
            let noticed = matches!(Cas::parse(&wrong.to_string()), Err(CasError::Digit { suggestion, .. }) if suggestion == right);
            prop_assert!(noticed);
        }
    }
}
