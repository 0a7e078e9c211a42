//! Signed receipts: with one a company shows, to anybody and years later, that it sent a report, when, and that the
//! content is still the one it sent.
//!
//! A receipt is a text that a person can read and a program can check:
//!
//! ```text
//! Forerunner receipt 1
//! report: FR-7K3M-9QTD-X
//! version: 1
//! authority: pco-nl
//! company: meridian
//! sent: 2026-11-23T14:03:07Z
//! content-sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//! key: 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
//! signature: …
//! ```
//!
//! The lines above the signature are the statement; Ed25519 signs its bytes, each line ended by one line feed. Every
//! statement can be written in one way only, and [`Receipt`] reads nothing else: of what mail programs and editors do
//! to a text it forgives the ends of lines and no more. Nothing here says what was reported, and nothing here asks
//! whether a report exists. Checking compiles for the browser, so that nobody has to hand a receipt to anybody.
//!
//! To change the statement: a new number in the first line, and the old one goes on being read.

mod key;
mod parts;
mod seal;

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
pub use key::{KeyRecord, PublicKey, SecretKey};
pub use parts::{Fingerprint, Handle, PartError, Second};
pub use seal::{Seal, SealStatement, check_seal};

use crate::reference::Reference;

/// What every receipt begins with; the number of the format follows.
const TITLE: &str = "Forerunner receipt ";
/// The format that is written.
const FORMAT: &str = "1";
/// More bytes than any receipt has.
const LONGEST: usize = 2048;

/// What is attested: everything about a sent version but its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The report.
    pub reference: Reference,
    /// Which version of it, from 1.
    pub version: u32,
    /// The authority it went to.
    pub authority: Handle,
    /// The company it came from.
    pub company: Handle,
    /// When this version was sent.
    pub sent: Second,
    /// Of the answers as they are stored.
    pub fingerprint: Fingerprint,
}

/// A statement and its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What is attested.
    pub statement: Statement,
    /// The key that signed.
    pub key: PublicKey,
    signature: [u8; 64],
}

/// Why a text proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// It does not begin as a receipt does.
    #[error("this is not a receipt: a receipt begins with the line “Forerunner receipt 1”")]
    NoReceipt,
    /// A receipt of a format that this program does not know.
    #[error("this receipt has a newer format than this program knows")]
    OtherFormat,
    /// A line is missing, or not as it is written.
    #[error("line {0} is not as it was issued")]
    Line(usize),
    /// The signature is not that of this statement.
    #[error("the receipt was changed: its signature does not fit what it says")]
    Changed,
    /// The key is none of this installation.
    #[error("the receipt was signed with a key that this installation has never used")]
    UnknownKey,
    /// The key was not in use when the receipt says it was made.
    #[error("the receipt names a time at which its key was not in use")]
    OutOfTime,
}

impl Statement {
    /// The bytes that are signed, as text.
    fn text(&self, key: PublicKey) -> String {
        format!(
            "{TITLE}{FORMAT}\nreport: {}\nversion: {}\nauthority: {}\ncompany: {}\nsent: {}\ncontent-sha256: {}\nkey: {key}\n",
            self.reference, self.version, self.authority, self.company, self.sent, self.fingerprint,
        )
    }

    /// Signs it. The same statement and key always give the same receipt.
    #[must_use]
    pub fn sign(self, key: &SecretKey) -> Receipt {
        let public = key.public();
        let signature = key.sign(self.text(public).as_bytes());
        Receipt { statement: self, key: public, signature }
    }
}

impl Receipt {
    /// Whether one of `keys` signed exactly this, while it was in use.
    ///
    /// # Errors
    /// [`ReceiptError`] with what is wrong.
    pub fn verify(&self, keys: &[KeyRecord]) -> Result<(), ReceiptError> {
        let text = self.statement.text(self.key);
        genuine(&text, (self.key, &self.signature), self.statement.sent, keys)
    }
}

/// Reads a receipt and checks it: the whole of what the check page does.
///
/// # Errors
/// [`ReceiptError`] with what is wrong.
pub fn check(text: &str, keys: &[KeyRecord]) -> Result<Receipt, ReceiptError> {
    let receipt: Receipt = text.parse()?;
    receipt.verify(keys)?;
    Ok(receipt)
}

/// What a text proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// That a report was sent.
    Receipt(Receipt),
    /// That a notice was published.
    Seal(Seal),
}

/// Reads a text that may be either and checks it.
///
/// # Errors
/// [`ReceiptError`] with what is wrong.
pub fn check_any(text: &str, keys: &[KeyRecord]) -> Result<Proof, ReceiptError> {
    match text.starts_with(seal::SEAL_TITLE) {
        true => check_seal(text, keys).map(Proof::Seal),
        false => check(text, keys).map(Proof::Receipt),
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}signature: {}", self.statement.text(self.key), STANDARD.encode(self.signature))
    }
}

impl FromStr for Receipt {
    type Err = ReceiptError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text, TITLE, |lines| {
            Ok(Self {
                statement: Statement {
                    reference: lines.value("report")?,
                    version: lines.value("version")?,
                    authority: lines.value("authority")?,
                    company: lines.value("company")?,
                    sent: lines.value("sent")?,
                    fingerprint: lines.value("content-sha256")?,
                },
                key: lines.value("key")?,
                signature: lines.signature()?,
            })
        })
    }
}

/// Whether one of `keys` signed this text, while it was in use.
pub(crate) fn genuine(
    text: &str,
    (key, signature): (PublicKey, &[u8; 64]),
    at: Second,
    keys: &[KeyRecord],
) -> Result<(), ReceiptError> {
    let known = keys.iter().find(|known| known.key == key).ok_or(ReceiptError::UnknownKey)?;
    if !key.signed(text.as_bytes(), signature) {
        return Err(ReceiptError::Changed);
    }
    if known.in_use_at(at) { Ok(()) } else { Err(ReceiptError::OutOfTime) }
}

/// Reads a signed statement. What reads back but is written otherwise (a reference in small letters, a further line) was not
/// issued so.
fn read<T: fmt::Display>(
    text: &str,
    title: &str,
    parts: impl FnOnce(&mut Lines<'_>) -> Result<T, ReceiptError>,
) -> Result<T, ReceiptError> {
    if text.len() > LONGEST {
        return Err(ReceiptError::NoReceipt);
    }
    let text = text.replace("\r\n", "\n");
    let text = text.trim_end_matches('\n');
    let signed = parts(&mut Lines::of(text, title)?)?;
    match first_difference(&signed.to_string(), text) {
        Some(line) => Err(ReceiptError::Line(line)),
        None => Ok(signed),
    }
}

/// The number of the first line in which two texts differ; line breaks at the end do not count.
fn first_difference(written: &str, read: &str) -> Option<usize> {
    let (mut written, mut read) = (written.trim_end_matches('\n').split('\n'), read.split('\n'));
    for number in 1.. {
        match (written.next(), read.next()) {
            (None, None) => return None,
            (expected, found) if expected != found => return Some(number),
            _ => {}
        }
    }
    None
}

/// The lines of a receipt, one after the other.
struct Lines<'t> {
    rest: std::str::Split<'t, char>,
    number: usize,
}

impl<'t> Lines<'t> {
    /// Reads the title.
    fn of(text: &'t str, title: &str) -> Result<Self, ReceiptError> {
        let mut rest = text.split('\n');
        match rest.next().and_then(|first| first.strip_prefix(title)) {
            Some(FORMAT) => Ok(Self { rest, number: 1 }),
            Some(other) if other.bytes().all(|byte| byte.is_ascii_digit()) => Err(ReceiptError::OtherFormat),
            _ => Err(ReceiptError::NoReceipt),
        }
    }

    /// The text of the next line, which has this name.
    fn text(&mut self, name: &str) -> Result<&'t str, ReceiptError> {
        self.number += 1;
        let line = self.rest.next().and_then(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.ok_or(ReceiptError::Line(self.number))
    }

    fn value<T: FromStr>(&mut self, name: &str) -> Result<T, ReceiptError> {
        self.text(name)?.parse().map_err(|_| ReceiptError::Line(self.number))
    }

    fn signature(&mut self) -> Result<[u8; 64], ReceiptError> {
        let bytes = STANDARD.decode(self.text("signature")?).ok();
        bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(ReceiptError::Line(self.number))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
