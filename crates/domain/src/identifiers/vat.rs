//! Numbers for value added tax in Europe: form and check digits, country by country.
//!
//! The schemes are those that the tax authorities publish for the VAT Information Exchange System and their British,
//! Norwegian and Swiss counterparts. Forms given to private persons are checked for their shape only.

use super::Checked;
use super::digits::{digits, luhn, mod_11_10, mod_97_10, weighted};
use crate::country::Country;

/// How one country's numbers look and which test they must pass.
struct Form {
    country: &'static str,
    /// The letters that stand before the number on an invoice.
    prefix: &'static str,
    /// What is said if the shape is wrong.
    looks: &'static str,
    /// Nothing for a wrong shape, else whether the check digits fit.
    test: fn(&str) -> Option<bool>,
}

const fn form(
    country: &'static str,
    prefix: &'static str,
    looks: &'static str,
    test: fn(&str) -> Option<bool>,
) -> Form {
    Form { country, prefix, looks, test }
}

const FORMS: [Form; 31] = [
    form("AT", "AT", "ATU and eight digits", austria),
    form("BE", "BE", "BE and ten digits, the first 0 or 1", belgium),
    form("BG", "BG", "BG and nine or ten digits", bulgaria),
    form("CH", "CHE", "CHE, nine digits and MWST, TVA or IVA", switzerland),
    form("CY", "CY", "CY, eight digits and a letter", cyprus),
    form("CZ", "CZ", "CZ and eight to ten digits", czechia),
    form("DE", "DE", "DE and nine digits", |text| exact(text, 9).map(|digits| digits[0] > 0 && mod_11_10(&digits))),
    form("DK", "DK", "DK and eight digits", |text| {
        exact(text, 8).map(|digits| weighted(&digits, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))
    }),
    form("EE", "EE", "EE and nine digits", |text| {
        exact(text, 9).map(|digits| (10 - weighted(&digits[..8], &[3, 7, 1, 3, 7, 1, 3, 7]) % 10) % 10 == digits[8])
    }),
    form("ES", "ES", "ES, a letter or digit, seven digits and a letter or digit", spain),
    form("FI", "FI", "FI and eight digits", |text| {
        exact(text, 8).map(|digits| eleven_less(&digits, &[7, 9, 10, 5, 8, 4, 2], 10))
    }),
    form("FR", "FR", "FR, two letters or digits and nine digits", france),
    form("GB", "GB", "GB and nine or twelve digits, or GD or HA and three digits", britain),
    form("GR", "EL", "EL and nine digits", |text| {
        exact(text, 9).map(|digits| weighted(&digits[..8], &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == digits[8])
    }),
    form("HR", "HR", "HR and eleven digits", |text| exact(text, 11).map(|digits| mod_11_10(&digits))),
    form("HU", "HU", "HU and eight digits", |text| {
        exact(text, 8).map(|digits| (10 - weighted(&digits[..7], &[9, 7, 3, 1, 9, 7, 3]) % 10) % 10 == digits[7])
    }),
    form("IE", "IE", "IE, seven digits and one or two letters", ireland),
    form("IT", "IT", "IT and eleven digits", |text| exact(text, 11).map(|digits| luhn(&digits))),
    form("LT", "LT", "LT and nine or twelve digits", lithuania),
    form("LU", "LU", "LU and eight digits", |text| {
        exact(text, 8).map(|digits| number(&digits[..6]) % 89 == number(&digits[6..]))
    }),
    form("LV", "LV", "LV and eleven digits", latvia),
    form("MT", "MT", "MT and eight digits", |text| {
        exact(text, 8)
            .map(|digits| 37 - u64::from(weighted(&digits[..6], &[3, 4, 6, 7, 8, 9]) % 37) == number(&digits[6..]))
    }),
    form("NL", "NL", "NL, nine digits, B and two digits", netherlands),
    form("NO", "NO", "nine digits and MVA", norway),
    form("PL", "PL", "PL and ten digits", |text| {
        exact(text, 10).map(|digits| weighted(&digits[..9], &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digits[9])
    }),
    form("PT", "PT", "PT and nine digits", |text| {
        exact(text, 9)
            .map(|digits| (11 - weighted(&digits[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == digits[8])
    }),
    form("RO", "RO", "RO and two to ten digits", romania),
    form("SE", "SE", "SE and twelve digits that end with 01", |text| {
        exact(text, 12).filter(|digits| digits[10..] == [0, 1]).map(|digits| luhn(&digits[..10]))
    }),
    form("SI", "SI", "SI and eight digits", |text| exact(text, 8).map(|digits| slovenia(&digits))),
    form("SK", "SK", "SK and ten digits", |text| exact(text, 10).map(|digits| number(&digits).is_multiple_of(11))),
    form("XI", "XI", "XI and nine or twelve digits", britain),
];

pub(super) fn check(country: Option<Country>, number: &str) -> Checked {
    let written = FORMS.iter().find(|form| number.starts_with(form.prefix));
    let of_country = country.and_then(|country| FORMS.iter().find(|form| form.country == country.code()));
    let form = match (written, of_country) {
        // Northern Ireland trades goods under XI.
        (Some(written), Some(own))
            if written.country == own.country || (written.country, own.country) == ("XI", "GB") =>
        {
            written
        }
        (Some(written), Some(own)) if (own.test)(number).is_none() => {
            return Checked::because(format!(
                "it begins with {}, but a number of this country looks like: {}",
                written.prefix, own.looks
            ));
        }
        (_, Some(own)) => own,
        (Some(written), None) if country.is_none() => written,
        _ => return Checked::Unknown,
    };
    let bare = number.strip_prefix(form.prefix).unwrap_or(number);
    match (form.test)(bare) {
        Some(fit) => Checked::digits_fit(fit),
        None => Checked::because(format!("such a number looks like: {}", form.looks)),
    }
}

fn exact(text: &str, length: usize) -> Option<Vec<u32>> {
    digits(text).filter(|digits| digits.len() == length)
}

fn number(digits: &[u32]) -> u64 {
    digits.iter().fold(0, |sum, digit| sum * 10 + u64::from(*digit))
}

/// Eleven less the remainder of the weighted digits is the last one; eleven stands for 0, and `never` is not given out.
fn eleven_less(digits: &[u32], weights: &[u32], never: u32) -> bool {
    let Some((last, body)) = digits.split_last() else { return false };
    let check = 11 - weighted(body, weights) % 11;
    check != never && check % 11 == *last
}

fn austria(text: &str) -> Option<bool> {
    let digits = exact(text.strip_prefix('U')?, 8)?;
    let folded = |digit: u32| digit / 5 + digit * 2 % 10;
    let sum: u32 =
        digits[..7].iter().enumerate().map(|(place, digit)| if place % 2 == 1 { folded(*digit) } else { *digit }).sum();
    Some((10 - (sum + 4) % 10) % 10 == digits[7])
}

fn belgium(text: &str) -> Option<bool> {
    let padded = if text.len() == 9 { format!("0{text}") } else { text.to_owned() };
    let digits = exact(&padded, 10).filter(|digits| digits[0] <= 1)?;
    Some(97 - number(&digits[..8]) % 97 == number(&digits[8..]))
}

fn bulgaria(text: &str) -> Option<bool> {
    let digits = digits(text)?;
    match digits.len() {
        10 => Some(true),
        9 => {
            let first = weighted(&digits[..8], &[1, 2, 3, 4, 5, 6, 7, 8]) % 11;
            let second = weighted(&digits[..8], &[3, 4, 5, 6, 7, 8, 9, 10]) % 11;
            Some((if first == 10 { second % 10 } else { first }) == digits[8])
        }
        _ => None,
    }
}

pub(super) fn switzerland(text: &str) -> Option<bool> {
    let bare = ["MWST", "TVA", "IVA", "VAT", "HR"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    let bare = bare.strip_prefix("CHE").unwrap_or(bare);
    exact(bare, 9).map(|digits| eleven_less(&digits, &[5, 4, 3, 2, 7, 6, 5, 4], 10))
}

pub(super) fn norway(text: &str) -> Option<bool> {
    let bare = text.strip_suffix("MVA").unwrap_or(text);
    exact(bare, 9).map(|digits| eleven_less(&digits, &[3, 2, 7, 6, 5, 4, 3, 2], 10))
}

fn cyprus(text: &str) -> Option<bool> {
    let letter = text.chars().next_back().filter(char::is_ascii_uppercase)?;
    let digits = exact(text.strip_suffix(letter)?, 8)?;
    let folded = |digit: u32| [1, 0, 5, 7, 9, 13, 15, 17, 19, 21][digit as usize];
    let sum: u32 =
        digits.iter().enumerate().map(|(place, digit)| if place % 2 == 0 { folded(*digit) } else { *digit }).sum();
    Some(number(&digits[..2]) != 12 && sum % 26 == u32::from(letter) - u32::from('A'))
}

fn czechia(text: &str) -> Option<bool> {
    let digits = digits(text)?;
    match digits.len() {
        8 => {
            let check = 11 - weighted(&digits[..7], &[8, 7, 6, 5, 4, 3, 2]) % 11;
            Some(digits[0] != 9 && check % 10 == digits[7])
        }
        9 | 10 => Some(true),
        _ => None,
    }
}

pub(super) fn spain(text: &str) -> Option<bool> {
    const PERSONS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let bytes = text.as_bytes();
    let (Some((first, _)), Some((last, _))) = (bytes.split_first(), bytes.split_last()) else { return None };
    let middle = text.get(1..8)?;
    if bytes.len() != 9 {
        return None;
    }
    let body = digits(middle)?;
    let person = |start: u64| PERSONS[usize::try_from((start * 10_000_000 + number(&body)) % 23).unwrap_or(0)] == *last;
    match first {
        b'0'..=b'9' => last.is_ascii_uppercase().then(|| person(u64::from(first - b'0'))),
        b'X' | b'Y' | b'Z' => last.is_ascii_uppercase().then(|| person(u64::from(first - b'X'))),
        b'A'..=b'W' => {
            let doubled = |digit: u32| digit * 2 / 10 + digit * 2 % 10;
            let sum: u32 = body
                .iter()
                .enumerate()
                .map(|(place, digit)| if place % 2 == 0 { doubled(*digit) } else { *digit })
                .sum();
            let check = u8::try_from((10 - sum % 10) % 10).unwrap_or(0);
            let personal = matches!(first, b'K' | b'L' | b'M');
            Some(personal || *last == b'0' + check || *last == b"JABCDEFGHI"[usize::from(check)])
        }
        _ => None,
    }
}

fn france(text: &str) -> Option<bool> {
    let (key, siren) = text.split_at_checked(2)?;
    let siren = exact(siren, 9)?;
    // Monaco's firms have numbers beginning with 000 that do not follow Luhn's scheme.
    let registered = luhn(&siren) || siren[..3] == [0, 0, 0];
    match key.parse::<u64>() {
        Ok(key) => Some(registered && (12 + 3 * (number(&siren) % 97)) % 97 == key),
        Err(_) => Some(registered),
    }
}

fn britain(text: &str) -> Option<bool> {
    if let Some(office) = text.strip_prefix("GD").or_else(|| text.strip_prefix("HA")) {
        return exact(office, 3).map(|digits| (number(&digits) < 500) == text.starts_with("GD"));
    }
    let digits = digits(text).filter(|digits| matches!(digits.len(), 9 | 12))?;
    let sum = u64::from(weighted(&digits[..7], &[8, 7, 6, 5, 4, 3, 2])) + number(&digits[7..9]);
    Some(sum.is_multiple_of(97) || (sum + 55).is_multiple_of(97))
}

fn ireland(text: &str) -> Option<bool> {
    let body = text.get(..7)?;
    let tail = text.get(7..)?.as_bytes();
    let letters = (1..=2).contains(&tail.len()) && tail.iter().all(u8::is_ascii_uppercase);
    match (digits(body), letters) {
        (Some(digits), true) => {
            let extra = tail.get(1).map_or(0, |letter| u32::from(letter - b'A' + 1) % 23 * 9);
            let sum = weighted(&digits, &[8, 7, 6, 5, 4, 3, 2]) + extra;
            Some(b"WABCDEFGHIJKLMNOPQRSTUV"[(sum % 23) as usize] == tail[0])
        }
        // Numbers from before 2013 have a letter in the second place.
        (None, true) => {
            let old = body
                .bytes()
                .enumerate()
                .all(|(place, byte)| if place == 1 { byte.is_ascii_uppercase() } else { byte.is_ascii_digit() });
            old.then_some(true)
        }
        _ => None,
    }
}

fn lithuania(text: &str) -> Option<bool> {
    let digits = digits(text).filter(|digits| matches!(digits.len(), 9 | 12))?;
    let (last, body) = digits.split_last()?;
    let sum =
        |start: u32| body.iter().zip(0..).map(|(digit, place)| digit * ((place + start - 1) % 9 + 1)).sum::<u32>() % 11;
    let check = if sum(1) == 10 { sum(3) % 10 } else { sum(1) };
    Some(body[body.len() - 1] == 1 && check == *last)
}

fn latvia(text: &str) -> Option<bool> {
    let digits = exact(text, 11)?;
    // Numbers of persons begin with the day of birth or with 32.
    if digits[0] <= 3 {
        return Some(true);
    }
    let rest = weighted(&digits[..10], &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6]) % 11;
    Some(rest != 4 && (14 - rest) % 11 == digits[10])
}

fn netherlands(text: &str) -> Option<bool> {
    let (firm, branch) = text.split_once('B')?;
    let (digits, _) = (exact(firm, 9)?, exact(branch, 2)?);
    let old = weighted(&digits[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == digits[8];
    Some(old || mod_97_10(&format!("NL{text}")))
}

fn romania(text: &str) -> Option<bool> {
    let digits = digits(text).filter(|digits| (2..=10).contains(&digits.len()))?;
    let (last, body) = digits.split_last()?;
    let weights = &[7, 5, 3, 2, 1, 7, 5, 3, 2][9 - body.len()..];
    Some(weighted(body, weights) * 10 % 11 % 10 == *last)
}

fn slovenia(digits: &[u32]) -> bool {
    let check = 11 - weighted(&digits[..7], &[8, 7, 6, 5, 4, 3, 2]) % 11;
    digits[0] != 0 && check != 11 && check % 10 == digits[7]
}
