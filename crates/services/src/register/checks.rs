//! What can be said about a company's numbers by their form alone, kept with the application for the approver.

use domain::{
    country::Country,
    identifiers::{self, Checked, IdKind},
};
use serde::{Deserialize, Serialize};

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The field of the application.
    pub field: String,
    /// How it came out.
    pub verdict: Verdict,
    /// What was checked, in a sentence for the approver.
    pub note: String,
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It has the form that such a number has, check digits included where there are any.
    Fits,
    /// It has not; a person should look.
    Odd,
    /// No rule is known here for this country.
    NotChecked,
}

impl Check {
    fn new(field: &str, verdict: Verdict, note: impl Into<String>) -> Self {
        Self { field: field.to_owned(), verdict, note: note.into() }
    }
}

/// The number in the trade register. A doubtful one is not refused: registers differ more than any table of their forms.
pub(super) fn registration(country: Option<Country>, number: &str) -> Option<Check> {
    const FIELD: &str = "registration_number";
    let place = country?.name();
    if number.is_empty() {
        return None;
    }
    Some(match identifiers::check(IdKind::CompanyNumber, country, number) {
        Checked::Valid => {
            Check::new(FIELD, Verdict::Fits, format!("It has the form of a register number of this country ({place})."))
        }
        Checked::Invalid(reason) => Check::new(
            FIELD,
            Verdict::Odd,
            format!("It does not look like a register number of this country ({place}): {reason}."),
        ),
        Checked::Unknown => Check::new(
            FIELD,
            Verdict::NotChecked,
            format!("The form of register numbers of this country ({place}) is not known here."),
        ),
    })
}

/// The VAT number and what was found, or what the applicant should look at again.
pub(super) fn vat(country: Option<Country>, number: &str) -> Found {
    let found = match identifiers::check(IdKind::Vat, country, number) {
        Checked::Valid => Check::new("vat", Verdict::Fits, "Form and check digits are those of a VAT number."),
        Checked::Invalid(reason) => {
            return Err(format!("This is not a VAT number of the country chosen above: {reason}."));
        }
        Checked::Unknown => {
            Check::new("vat", Verdict::NotChecked, "The form of VAT numbers of this country is not known here.")
        }
    };
    Ok((identifiers::normalise(number), found))
}

/// The LEI and what was found, or what the applicant should look at again.
pub(super) fn lei(country: Option<Country>, number: &str) -> Found {
    match identifiers::check(IdKind::Lei, country, number) {
        Checked::Invalid(reason) => Err(format!("This is not an LEI: {reason}.")),
        Checked::Valid | Checked::Unknown => {
            let found = Check::new("lei", Verdict::Fits, "Form and check digits are those of an LEI.");
            Ok((identifiers::normalise(number), found))
        }
    }
}

/// A number's normal form and what was found, or what the applicant should look at again.
pub(super) type Found = Result<(String, Check), String>;

/// Everything that can be found about a company of the demo.
pub(crate) fn all(
    country: Option<Country>,
    number: &str,
    vat_number: &str,
    address: &str,
    website: &str,
) -> Vec<Check> {
    let vat_check = || match vat(country, vat_number) {
        Ok((_, check)) => check,
        Err(reason) => Check::new("vat", Verdict::Odd, reason),
    };
    let vat_check = (!vat_number.is_empty()).then(vat_check);
    registration(country, number).into_iter().chain(vat_check).chain([email(address, website)]).collect()
}

/// Whether the applicant's address looks like the company's own.
pub(super) fn email(address: &str, website: &str) -> Check {
    const FIELD: &str = "email";
    let own = identifiers::domain_of(address).unwrap_or_default();
    if identifiers::is_free_mail(&own) {
        return Check::new(
            FIELD,
            Verdict::Odd,
            "The applicant's address is with a free mail provider, not with the company.",
        );
    }
    let Some(site) = identifiers::domain_of(website) else {
        let note = "No website was given to compare the applicant's address with.";
        return Check::new(FIELD, Verdict::NotChecked, note);
    };
    if own == site || own.ends_with(&format!(".{site}")) || site.ends_with(&format!(".{own}")) {
        Check::new(FIELD, Verdict::Fits, "The applicant's address belongs to the company's website.")
    } else {
        Check::new(FIELD, Verdict::Odd, "The applicant's address does not belong to the company's website.")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn nl() -> Option<Country> {
        Country::parse("NL").ok()
    }

    #[test]
    fn the_form_of_numbers_is_checked_and_told() {
        for (number, verdict) in [("24117359", Verdict::Fits), ("not a number at all", Verdict::Odd)] {
            assert_eq!(registration(nl(), number).unwrap().verdict, verdict, "{number}");
        }
        assert_eq!(registration(nl(), ""), None);
        assert_eq!(registration(None, "24117359"), None);
        let (normal, found) = vat(nl(), "NL 0044.95.445.B01").unwrap();
        assert_eq!((normal.as_str(), found.verdict), ("NL004495445B01", Verdict::Fits));
        assert!(vat(nl(), "NL004495446B01").is_err());
        let (normal, found) = lei(None, "5493 001K JTII GC8Y 1R12").unwrap();
        assert_eq!((normal.as_str(), found.verdict), ("5493001KJTIIGC8Y1R12", Verdict::Fits));
        assert!(lei(None, "5493001KJTIIGC8Y1R13").is_err());
    }

    #[test]
    fn the_applicants_address_is_compared_with_the_website() {
        for (address, website, verdict) in [
            ("a@firm.example", "https://www.firm.example/about", Verdict::Fits),
            ("a@mail.firm.example", "https://firm.example", Verdict::Fits),
            ("a@firm.example", "https://shop.firm.example:8443", Verdict::Fits),
            ("a@other.example", "https://firm.example", Verdict::Odd),
            ("a@notfirm.example", "https://firm.example", Verdict::Odd),
            ("a@gmail.com", "https://firm.example", Verdict::Odd),
            ("a@firm.example", "", Verdict::NotChecked),
        ] {
            assert_eq!(email(address, website).verdict, verdict, "{address} {website}");
        }
    }

    #[test]
    fn checks_read_back() {
        let check = email("a@firm.example", "https://firm.example");
        let json = serde_json::to_string(&[&check]).unwrap();
        assert!(json.contains("\"verdict\":\"fits\""), "{json}");
        assert_eq!(serde_json::from_str::<Vec<Check>>(&json).unwrap(), [check]);
    }
}
