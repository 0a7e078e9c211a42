//! The keys of receipts: a secret one signs, public ones check, each within the time in which it was in use.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::parts::{PartError, Second, bytes_of};

/// Signs. Never leaves the machine on which it was made.
pub struct SecretKey(SigningKey);

/// Checks. Written in base 64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey(pub [u8; 32]);

/// A public key and the time in which it was in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRecord {
    /// The key.
    pub key: PublicKey,
    /// Since when it signs.
    pub since: Second,
    /// Until when it signed; none while it is in use.
    pub until: Option<Second>,
}

impl SecretKey {
    /// What checks its signatures.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl FromStr for SecretKey {
    type Err = PartError;

    /// Reads 32 random bytes in 64 hexadecimal digits.
    fn from_str(hex: &str) -> Result<Self, PartError> {
        Ok(Self(SigningKey::from_bytes(&bytes_of(hex)?)))
    }
}

impl fmt::Debug for SecretKey {
    /// Without the secret: what is debugged ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SecretKey").field(&self.public()).finish()
    }
}

impl PublicKey {
    /// Whether it made this signature. Strict: of the signatures that some libraries take for equal, one is.
    pub(crate) fn signed(self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
    }
}

impl KeyRecord {
    /// Whether it was in use then.
    #[must_use]
    pub fn in_use_at(&self, second: Second) -> bool {
        self.since <= second && self.until.is_none_or(|until| second <= until)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl FromStr for PublicKey {
    type Err = PartError;

    fn from_str(text: &str) -> Result<Self, PartError> {
        let bytes = STANDARD.decode(text).map_err(|_| PartError)?;
        bytes.try_into().map(Self).map_err(|_| PartError)
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

impl TryFrom<String> for PublicKey {
    type Error = PartError;

    fn try_from(text: String) -> Result<Self, PartError> {
        text.parse()
    }
}
