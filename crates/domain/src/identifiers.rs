//! Numbers and addresses by which firms and ships are told apart: VAT and company numbers, LEI, EORI, GLN, IBAN, IMO, e-mail,
//! telephone.
//!
//! Everything here checks the *form* only, offline: length, letters, check digits. A number of good form may still not
//! exist, and a form that we do not know is [`Checked::Unknown`], never wrong. Reasons are told in plain words.

mod bank;
mod company;
mod contact;
mod digits;
mod ship;
mod vat;

pub use contact::{ContactError, domain_of, email, is_free_mail, phone};

use serde::{Deserialize, Serialize};

use crate::country::Country;
use crate::fold::{ascii_digits, squash};

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdKind {
    /// A number for value added tax: the Union's members, Great Britain, Northern Ireland, Norway, Switzerland.
    Vat,
    /// A legal entity identifier (ISO 17442).
    Lei,
    /// An economic operators' registration and identification number, for customs.
    Eori,
    /// A GS1 global location number.
    Gln,
    /// A number in a register of companies.
    CompanyNumber,
    /// An international bank account number (ISO 13616).
    Iban,
    /// The number of a ship with the International Maritime Organization.
    Imo,
}

/// What the form of a number says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "result", content = "reason")]
pub enum Checked {
    /// The form is right, check digits included where the number has them.
    Valid,
    /// The form is wrong; why, in plain words.
    Invalid(String),
    /// We know no rule for such a number.
    Unknown,
}

impl Checked {
    /// Whether the form is wrong. Unknown forms are not.
    #[must_use]
    pub const fn is_invalid(&self) -> bool {
        matches!(self, Self::Invalid(_))
    }

    fn because(reason: impl Into<String>) -> Self {
        Self::Invalid(reason.into())
    }

    /// Valid if the check digits fit.
    fn digits_fit(fit: bool) -> Self {
        if fit { Self::Valid } else { Self::because("the digits do not fit together; one of them is probably wrong") }
    }
}

/// Checks the form of a number. `country` is that of the firm, for the kinds whose form differs by country.
#[must_use]
pub fn check(kind: IdKind, country: Option<Country>, text: &str) -> Checked {
    // Names of courts stand in numbers of registers, accents included.
    let number = if kind == IdKind::CompanyNumber { squash(text).to_uppercase() } else { normalise(text) };
    if number.is_empty() {
        return Checked::because("there is no letter and no digit in it");
    }
    if number.len() > 40 || !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Checked::because("it has signs that do not belong in such a number");
    }
    match kind {
        IdKind::Vat => vat::check(country, &number),
        IdKind::Lei => bank::lei(&number),
        IdKind::Eori => company::eori(country, &number),
        IdKind::Gln => bank::gln(&number),
        IdKind::CompanyNumber => company::check(country, &number),
        IdKind::Iban => bank::iban(&number),
        IdKind::Imo => ship::imo(&number),
    }
}

/// The number without separators, in capitals and ASCII digits: how two writings of the same number become equal.
#[must_use]
pub fn normalise(text: &str) -> String {
    let separator = |letter: &char| {
        letter.is_whitespace() || letter.is_control() || "-.,/:_'’()\u{2010}\u{2011}\u{2013}".contains(*letter)
    };
    ascii_digits(text).chars().filter(|letter| !separator(letter)).flat_map(char::to_uppercase).collect()
}

/// As [`normalise`], and without letters that stand before numbers of this kind and say nothing: how a number is kept.
#[must_use]
pub fn kept(kind: IdKind, text: &str) -> String {
    let number = normalise(text);
    if kind == IdKind::Imo { ship::bare(&number).to_owned() } else { number }
}

#[cfg(test)]
mod tests;
