//! What stands in the lines of a receipt: handles, a time to the second, a fingerprint. Each is written in one way.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    date::Date,
    encoding::{from_hex, hex},
    time::Timestamp,
};

/// The text is not what belongs into this line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not written as it would be in a receipt")]
pub struct PartError;

/// An organisation's name in addresses: small letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle(String);

/// A second of UTC. Written `2026-11-23T14:03:07Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Second(i64);

/// SHA-256 of a version's answers. Written as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 32]);

impl FromStr for Handle {
    type Err = PartError;

    fn from_str(text: &str) -> Result<Self, PartError> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let handle = (1..=64).contains(&text.len()) && text.bytes().all(fits);
        if handle { Ok(Self(text.to_owned())) } else { Err(PartError) }
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Second {
    /// The second in which an instant lies.
    #[must_use]
    pub const fn of(at: Timestamp) -> Self {
        Self(at.0.div_euclid(Timestamp::SECOND))
    }

    fn parts(self) -> (Date, i64, i64, i64) {
        let (days, rest) = (self.0.div_euclid(86_400), self.0.rem_euclid(86_400));
        (Date::from_days(days), rest / 3600, rest / 60 % 60, rest % 60)
    }

    /// As people of every language read it: `2026-11-23, 14:03:07 UTC`.
    #[must_use]
    pub fn in_words(self) -> String {
        let (day, hour, minute, second) = self.parts();
        format!("{day}, {hour:02}:{minute:02}:{second:02} UTC")
    }
}

impl fmt::Display for Second {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, hour, minute, second) = self.parts();
        write!(f, "{day}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

impl FromStr for Second {
    type Err = PartError;

    fn from_str(text: &str) -> Result<Self, PartError> {
        let (day, time) = text.strip_suffix('Z').and_then(|text| text.split_once('T')).ok_or(PartError)?;
        let day: Date = day.parse().map_err(|_| PartError)?;
        let [h1, h2, b':', m1, m2, b':', s1, s2] = time.as_bytes() else { return Err(PartError) };
        let number = |tens: &u8, ones: &u8, below: i64| {
            let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
            let number = i64::from(tens.wrapping_sub(b'0')) * 10 + i64::from(ones.wrapping_sub(b'0'));
            if digits && number < below { Ok(number) } else { Err(PartError) }
        };
        let (hour, minute, second) = (number(h1, h2, 24)?, number(m1, m2, 60)?, number(s1, s2, 60)?);
        Ok(Self(day.days() * 86_400 + hour * 3600 + minute * 60 + second))
    }
}

impl From<Second> for String {
    fn from(second: Second) -> Self {
        second.to_string()
    }
}

impl TryFrom<String> for Second {
    type Error = PartError;

    fn try_from(text: String) -> Result<Self, PartError> {
        text.parse()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for Fingerprint {
    type Err = PartError;

    fn from_str(text: &str) -> Result<Self, PartError> {
        bytes_of(text).map(Self)
    }
}

/// The 32 bytes that 64 hexadecimal digits in small letters stand for.
pub(super) fn bytes_of(hex: &str) -> Result<[u8; 32], PartError> {
    from_hex(hex).and_then(|bytes| bytes.try_into().ok()).ok_or(PartError)
}
