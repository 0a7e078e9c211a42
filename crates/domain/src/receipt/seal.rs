//! Seals of notices: with one anybody shows, years later, that an authority or an association published exactly this
//! revision of a notice, and when. The same form as a receipt:
//!
//! ```text
//! Forerunner notice 1
//! notice: NT-7K3M-9QTD-X
//! revision: 2
//! publisher: pco-nl
//! published: 2026-11-23T14:03:07Z
//! content-sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//! key: 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
//! signature: …
//! ```

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{FORMAT, Fingerprint, Handle, KeyRecord, PublicKey, ReceiptError, Second, SecretKey, genuine, read};

/// What every seal begins with; the number of the format follows.
pub(super) const SEAL_TITLE: &str = "Forerunner notice ";

/// What is attested of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealStatement {
    /// The notice's number, as it is shown.
    pub notice: String,
    /// Which revision of it, from 1.
    pub revision: u32,
    /// Who published it.
    pub publisher: Handle,
    /// When.
    pub published: Second,
    /// Of its canonical content, all languages.
    pub fingerprint: Fingerprint,
}

/// A statement and its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// What is attested.
    pub statement: SealStatement,
    /// The key that signed.
    pub key: PublicKey,
    signature: [u8; 64],
}

impl SealStatement {
    fn text(&self, key: PublicKey) -> String {
        format!(
            "{SEAL_TITLE}{FORMAT}\nnotice: {}\nrevision: {}\npublisher: {}\npublished: {}\ncontent-sha256: {}\nkey: {key}\n",
            self.notice, self.revision, self.publisher, self.published, self.fingerprint,
        )
    }

    /// Signs it. The same statement and key always give the same seal.
    #[must_use]
    pub fn sign(self, key: &SecretKey) -> Seal {
        let public = key.public();
        let signature = key.sign(self.text(public).as_bytes());
        Seal { statement: self, key: public, signature }
    }
}

impl Seal {
    /// Whether one of `keys` signed exactly this, while it was in use.
    ///
    /// # Errors
    /// [`ReceiptError`] with what is wrong.
    pub fn verify(&self, keys: &[KeyRecord]) -> Result<(), ReceiptError> {
        let text = self.statement.text(self.key);
        genuine(&text, (self.key, &self.signature), self.statement.published, keys)
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}signature: {}", self.statement.text(self.key), STANDARD.encode(self.signature))
    }
}

impl FromStr for Seal {
    type Err = ReceiptError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text, SEAL_TITLE, |lines| {
            Ok(Self {
                statement: SealStatement {
                    notice: lines.text("notice")?.to_owned(),
                    revision: lines.value("revision")?,
                    publisher: lines.value("publisher")?,
                    published: lines.value("published")?,
                    fingerprint: lines.value("content-sha256")?,
                },
                key: lines.value("key")?,
                signature: lines.signature()?,
            })
        })
    }
}

/// Reads a seal and checks it.
///
/// # Errors
/// [`ReceiptError`] with what is wrong.
pub fn check_seal(text: &str, keys: &[KeyRecord]) -> Result<Seal, ReceiptError> {
    let seal: Seal = text.parse()?;
    seal.verify(keys)?;
    Ok(seal)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_seal_reads_back_and_notices_every_change() {
        let key: SecretKey = "07".repeat(32).parse().unwrap();
        let statement = SealStatement {
            notice: "NT-7K3M-9QTD-X".into(),
            revision: 2,
            publisher: "pco-nl".parse().unwrap(),
            published: "2026-11-23T14:03:07Z".parse().unwrap(),
            fingerprint: Fingerprint([7; 32]),
        };
        let text = statement.sign(&key).to_string();
        let record = |since: &str| KeyRecord { key: key.public(), since: since.parse().unwrap(), until: None };
        let keys = [record("2026-01-01T00:00:00Z")];
        assert!(check_seal(&text, &keys).is_ok() && check_seal(&text.replace('\n', "\r\n"), &keys).is_ok());
        assert_eq!(check_seal(&text.replace("revision: 2", "revision: 3"), &keys), Err(ReceiptError::Changed));
        assert_eq!(check_seal(&text.replace("revision: 2", "revision: 02"), &keys), Err(ReceiptError::Line(3)));
        assert_eq!(check_seal(&text, &[]), Err(ReceiptError::UnknownKey));
        assert_eq!(check_seal(&text, &[record("2027-01-01T00:00:00Z")]), Err(ReceiptError::OutOfTime));
        assert_eq!(check_seal("Forerunner receipt 1", &keys), Err(ReceiptError::NoReceipt));
    }
}
