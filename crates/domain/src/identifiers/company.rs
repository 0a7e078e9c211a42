//! Numbers in registers of companies, and EORI numbers: lenient, since registers differ and change.

use super::Checked;
use super::digits::{digits, luhn, weighted};
use super::vat::{norway, spain, switzerland};
use crate::country::Country;

/// Judges a number without separators: nothing if its shape is not that register's, else whether its check digits fit.
type Test = fn(&str) -> Option<bool>;

/// Registers whose numbers have a known form: country, what the number looks like, and its test.
const REGISTERS: [(&str, &str, Test); 22] = [
    ("AT", "FN, up to six digits and a letter", |text| {
        let bare = text.strip_prefix("FN").unwrap_or(text);
        let (digits, letter) = bare.split_at_checked(bare.len().checked_sub(1)?)?;
        ((1..=6).contains(&digits.len()) && only_digits(digits) && letter.bytes().all(|byte| byte.is_ascii_uppercase()))
            .then_some(true)
    }),
    ("AU", "nine digits (ACN) or eleven (ABN)", australia),
    ("BE", "ten digits, the first 0 or 1", |text| {
        let digits = digits(text).filter(|digits| digits.len() == 10 && digits[0] <= 1)?;
        let number = |part: &[u32]| part.iter().fold(0, |sum, digit| sum * 10 + digit);
        Some(97 - number(&digits[..8]) % 97 == number(&digits[8..]))
    }),
    ("CA", "six to nine digits, or a business number of nine digits and an account", |text| {
        let body = text.split_at_checked(9).map_or(text, |(body, _)| body);
        ((1..=9).contains(&body.len()) && only_digits(body) && text.len() <= 15).then_some(true)
    }),
    ("CH", "CHE and nine digits", switzerland),
    ("CN", "18 letters and digits (unified social credit code)", china),
    ("CZ", "eight digits", |text| shape(text, &[8])),
    ("DE", "HRA, HRB, GnR, PR or VR and a number, with the court if you know it", |text| {
        let kinds = ["HRA", "HRB", "GNR", "PR", "VR", "GSR"];
        let numbered = |kind: &&str| {
            text.find(*kind)
                .is_some_and(|place| text[place + kind.len()..].starts_with(|letter: char| letter.is_ascii_digit()))
        };
        kinds.iter().any(numbered).then_some(true)
    }),
    ("DK", "eight digits", |text| {
        let digits = digits(text).filter(|digits| digits.len() == 8)?;
        Some(weighted(&digits, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))
    }),
    ("EE", "eight digits", |text| shape(text, &[8])),
    ("ES", "a letter, seven digits and a letter or digit", spain),
    ("FI", "eight digits (1234567-8)", |text| {
        let digits = digits(text).filter(|digits| digits.len() == 8)?;
        let rest = weighted(&digits[..7], &[7, 9, 10, 5, 8, 4, 2]) % 11;
        Some(rest != 1 && (11 - rest) % 11 == digits[7])
    }),
    ("FR", "nine digits (SIREN) or fourteen (SIRET)", |text| {
        let digits = digits(text).filter(|digits| matches!(digits.len(), 9 | 14))?;
        // The post office's establishments do not follow Luhn's scheme.
        Some(luhn(&digits) || digits[..9] == [3, 5, 6, 0, 0, 0, 0, 0, 0])
    }),
    ("GB", "eight digits, or two letters and six digits", |text| {
        let (head, tail) = text.split_at_checked(2)?;
        let body = if head.bytes().all(|byte| byte.is_ascii_uppercase()) {
            only_digits(tail) && tail.len() == 6
        } else {
            only_digits(text) && (6..=8).contains(&text.len())
        };
        body.then_some(true)
    }),
    ("IN", "21 letters and digits (CIN) or seven to eight (LLPIN)", |text| {
        matches!(text.len(), 7 | 8 | 21).then_some(true)
    }),
    ("IT", "eleven digits, or two letters and up to seven digits (REA)", |text| {
        if let Some(digits) = digits(text).filter(|digits| digits.len() == 11) {
            return Some(luhn(&digits));
        }
        let (head, tail) = text.split_at_checked(2)?;
        (head.bytes().all(|byte| byte.is_ascii_uppercase()) && only_digits(tail) && (1..=7).contains(&tail.len()))
            .then_some(true)
    }),
    ("NL", "eight digits (KvK)", |text| shape(text.strip_prefix("KVK").unwrap_or(text), &[8])),
    ("NO", "nine digits", norway),
    ("PL", "ten digits (KRS or NIP) or nine or fourteen (REGON)", |text| {
        shape(text.strip_prefix("KRS").unwrap_or(text), &[9, 10, 14])
    }),
    ("SE", "ten digits (123456-7890)", |text| {
        let digits = digits(text).filter(|digits| digits.len() == 10)?;
        Some(luhn(&digits))
    }),
    ("SG", "nine or ten letters and digits (UEN)", |text| matches!(text.len(), 9 | 10).then_some(true)),
    ("US", "nine digits (EIN), or the number in the register of a state", |text| {
        (text.bytes().any(|byte| byte.is_ascii_digit()) && text.len() <= 15).then_some(true)
    }),
];

pub(super) fn check(country: Option<Country>, number: &str) -> Checked {
    if !number.bytes().any(|byte| byte.is_ascii_digit()) {
        return Checked::because("there is no digit in it; a number in a register has at least one");
    }
    let Some((_, looks, test)) =
        country.and_then(|country| REGISTERS.iter().find(|(code, ..)| *code == country.code()))
    else {
        return Checked::Unknown;
    };
    match test(number) {
        Some(fit) => Checked::digits_fit(fit),
        None => Checked::because(format!("such a number looks like: {looks}")),
    }
}

/// An EORI number: the country that gave it and up to fifteen letters and digits.
pub(super) fn eori(country: Option<Country>, number: &str) -> Checked {
    let (head, tail) = number.split_at_checked(2).unwrap_or((number, ""));
    let given_by = match head {
        "XI" => Country::parse("GB").ok(),
        "EL" => Country::parse("GR").ok(),
        code => Country::parse(code).ok(),
    };
    let Some(given_by) = given_by else {
        return Checked::because("an EORI number begins with the two letters of the country that gave it");
    };
    if tail.is_empty() || tail.len() > 15 {
        return Checked::because("after the two letters an EORI number has up to 15 letters and digits");
    }
    match country {
        // A firm outside the Union is registered in the member State where it first acts.
        Some(own)
            if own != given_by && !matches!(head, "GB" | "XI") && own.in_eu(crate::date::Date::from_days(i64::MAX)) =>
        {
            Checked::because(format!("this EORI number was given by {}, not by {}", given_by.name(), own.name()))
        }
        _ => Checked::Valid,
    }
}

fn only_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn shape(text: &str, lengths: &[usize]) -> Option<bool> {
    (only_digits(text) && lengths.contains(&text.len())).then_some(true)
}

fn australia(text: &str) -> Option<bool> {
    let mut digits = digits(text)?;
    match digits.len() {
        9 => Some((10 - weighted(&digits[..8], &[8, 7, 6, 5, 4, 3, 2, 1]) % 10) % 10 == digits[8]),
        11 => {
            digits[0] = digits[0].checked_sub(1)?;
            Some(weighted(&digits, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]).is_multiple_of(89))
        }
        _ => None,
    }
}

/// GB 32100-2015: values in base 31, weights are the powers of 3.
fn china(text: &str) -> Option<bool> {
    const LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    if text.len() != 18 {
        return None;
    }
    let values: Option<Vec<u32>> =
        text.chars().map(|letter| LETTERS.find(letter).and_then(|place| u32::try_from(place).ok())).collect();
    let values = values?;
    let (sum, _) = values[..17].iter().fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
    Some((31 - sum % 31) % 31 == values[17])
}
