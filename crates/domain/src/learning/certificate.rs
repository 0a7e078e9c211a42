//! Certificates: that somebody passed the quiz of a module, as a signed statement that anybody can check.
//!
//! ```text
//! Forerunner certificate 1
//! number: FC-7K3M-9QTD-X
//! module: suspicious-orders
//! version: 1
//! issued: 2026-11-23T14:03:07Z
//! valid-until: 2028-11-23
//! holder-sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//! key: 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
//! signature: …
//! ```
//!
//! The lines above the signature are the statement; Ed25519 signs its bytes with the key of the receipts
//! ([`crate::receipt`]), each line ended by one line feed. The holder's name is not in it: only a hash over number and name, so
//! that whoever holds number and name can compare, and nobody reads a name out of a number.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use crate::{
    date::Date,
    encoding::hex,
    fold,
    receipt::{KeyRecord, PublicKey, Second, SecretKey, genuine},
    reference::{Reference, ReferenceError},
};

/// The public number of a certificate: `FC-7K3M-9QTD-X`, with the check character of [`Reference`]. It identifies; it says
/// nothing of its holder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(String);

impl Number {
    /// Makes the number that shows `random`; only its low 40 bits are used.
    #[must_use]
    pub fn from_bits(random: u64) -> Self {
        Self(format!("FC{}", &Reference::from_bits(random).as_str()[2..]))
    }

    /// The number as it is shown and stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Number {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let text = text.trim();
        let begins = text.get(..2).is_some_and(|letters| letters.eq_ignore_ascii_case("FC"));
        let rest = text.get(2..).filter(|_| begins).ok_or(ReferenceError::Shape)?;
        let reference: Reference = format!("FR{rest}").parse()?;
        Ok(Self(format!("FC{}", &reference.as_str()[2..])))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A hash over a certificate's number and its holder's name, so that a name can be compared but not read. Small differences
/// of writing (case, accents, hyphens, spaces) do not count.
#[derive(Clone, Copy, Debug)]
pub struct Holder([u8; 32]);

impl Holder {
    /// Of a number and a name.
    #[must_use]
    pub fn of(number: &Number, name: &str) -> Self {
        Self(Sha256::digest(format!("{number}\n{}", fold::squash(name))).into())
    }

    /// Whether both are of one name. Takes the same time whatever the answer is.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).fold(0, |apart, (a, b)| apart | (a ^ b)) == 0
    }
}

/// What is attested.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The certificate's number.
    pub number: Number,
    /// Handle of the module.
    pub module: String,
    /// Its version.
    pub version: u32,
    /// When the quiz was passed.
    pub issued: Second,
    /// The last day on which it holds.
    pub until: Date,
    /// Whose it is.
    pub holder: Holder,
}

/// A statement and its signature.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// What is attested.
    pub statement: Statement,
    /// The key that signed.
    pub key: PublicKey,
    /// Its signature.
    pub signature: [u8; 64],
}

impl Statement {
    /// The bytes that are signed, as text.
    fn text(&self, key: PublicKey) -> String {
        format!(
            "Forerunner certificate 1\nnumber: {}\nmodule: {}\nversion: {}\nissued: {}\nvalid-until: {}\nholder-sha256: {}\nkey: {key}\n",
            self.number,
            self.module,
            self.version,
            self.issued,
            self.until,
            hex(&self.holder.0),
        )
    }

    /// Signs it. The same statement and key always give the same certificate.
    #[must_use]
    pub fn sign(self, key: &SecretKey) -> Certificate {
        let public = key.public();
        let signature = key.sign(self.text(public).as_bytes());
        Certificate { statement: self, key: public, signature }
    }
}

impl Certificate {
    /// Whether one of `keys` signed exactly this while it was in use.
    #[must_use]
    pub fn is_genuine(&self, keys: &[KeyRecord]) -> bool {
        let text = self.statement.text(self.key);
        genuine(&text, (self.key, &self.signature), self.statement.issued, keys).is_ok()
    }
}

impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}signature: {}", self.statement.text(self.key), STANDARD.encode(self.signature))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Timestamp;

    fn key(digit: &str) -> SecretKey {
        digit.repeat(64).parse().unwrap()
    }

    fn statement(name: &str) -> Statement {
        let number = Number::from_bits(0x12_3456_789A);
        Statement {
            holder: Holder::of(&number, name),
            number,
            module: "suspicious-orders".to_owned(),
            version: 1,
            issued: Second::of(Timestamp(1_795_442_400 * Timestamp::SECOND)),
            until: Date::new(2028, 11, 23).unwrap(),
        }
    }

    fn record(key: &SecretKey, since: i64) -> KeyRecord {
        KeyRecord { key: key.public(), since: Second::of(Timestamp(since)), until: None }
    }

    #[test]
    fn what_was_signed_is_genuine_and_nothing_else() {
        let (own, other) = (key("a"), key("b"));
        let signed = statement("Tomás Herrera").sign(&own);
        assert!(signed.is_genuine(&[record(&other, 0), record(&own, 0)]));
        assert!(!signed.is_genuine(&[record(&other, 0)]), "a key of somebody else");
        assert!(!signed.is_genuine(&[record(&own, i64::MAX / 2)]), "a key that was not in use yet");
        let mut longer = signed.clone();
        longer.statement.until = Date::new(2038, 11, 23).unwrap();
        assert!(!longer.is_genuine(&[record(&own, 0)]));
        let mut whose = signed.clone();
        whose.statement.holder = Holder::of(&whose.statement.number, "Somebody Else");
        assert!(!whose.is_genuine(&[record(&own, 0)]));
        let text = signed.to_string();
        assert!(
            text.starts_with("Forerunner certificate 1\nnumber: FC-") && text.contains("\nvalid-until: 2028-11-23\n")
        );
        assert!(!text.to_lowercase().contains("herrera"));
    }

    #[test]
    fn a_name_is_compared_as_people_write_it_and_only_with_its_number() {
        let number = Number::from_bits(7);
        let known = Holder::of(&number, "Tomás  Herrera-Díaz");
        assert!(known.is(&Holder::of(&number, "tomas herrera diaz")));
        assert!(!known.is(&Holder::of(&number, "Tomas Herrera")));
        assert!(!known.is(&Holder::of(&Number::from_bits(8), "Tomás Herrera-Díaz")));
    }

    proptest! {
        #[test]
        fn every_number_reads_back_however_it_is_typed(bits in 0_u64..1 << 40) {
            let number = Number::from_bits(bits);
            for typed in [number.to_string(), number.to_string().to_lowercase(), number.to_string().replace('-', " ")] {
                prop_assert_eq!(typed.parse(), Ok(number.clone()));
            }
        }

        #[test]
        fn any_other_text_is_refused_without_a_panic(text in ".{0,40}") {
            if let Ok(number) = text.parse::<Number>() {
                prop_assert!(number.as_str().starts_with("FC-"));
            }
        }
    }
}
