//! Numbers whose form is the same everywhere: LEI, GLN, IBAN.

use super::Checked;
use super::digits::{digits, mod_97_10};

pub(super) fn lei(number: &str) -> Checked {
    if number.len() != 20 {
        return Checked::because(format!("an LEI has 20 letters and digits; this has {}", number.len()));
    }
    if !number.bytes().rev().take(2).all(|byte| byte.is_ascii_digit()) {
        return Checked::because("an LEI ends with two digits");
    }
    Checked::digits_fit(mod_97_10(number))
}

pub(super) fn gln(number: &str) -> Checked {
    match digits(number) {
        Some(digits) if digits.len() == 13 => {
            let sum: u32 =
                digits.iter().enumerate().map(|(place, digit)| if place % 2 == 1 { digit * 3 } else { *digit }).sum();
            Checked::digits_fit(sum.is_multiple_of(10))
        }
        _ => Checked::because("a GLN has 13 digits and no letters"),
    }
}

/// Lengths of account numbers by country (SWIFT's registry of IBAN formats).
const IBAN_LENGTHS: [(&str, usize); 78] = [
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NL", 18),
    ("NO", 15),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("SA", 24),
    ("SC", 31),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
];

pub(super) fn iban(number: &str) -> Checked {
    let shaped = number.len() >= 15
        && number.len() <= 34
        && number.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
        && number.bytes().skip(2).take(2).all(|byte| byte.is_ascii_digit());
    if !shaped {
        return Checked::because("an IBAN begins with two letters and two digits and has 15 to 34 letters and digits");
    }
    let (head, tail) = number.split_at(4);
    match IBAN_LENGTHS.iter().find(|(country, _)| *country == &head[..2]) {
        Some((country, length)) if *length != number.len() => {
            Checked::because(format!("an IBAN of {country} has {length} letters and digits; this has {}", number.len()))
        }
        _ => Checked::digits_fit(mod_97_10(&format!("{tail}{head}"))),
    }
}
