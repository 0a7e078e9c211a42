//! The check-digit schemes that several numbers share.

/// The values of ASCII digits; nothing if anything else is there.
pub(super) fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|letter| letter.to_digit(10)).collect()
}

/// The sum of digits times weights, place by place.
pub(super) fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Luhn's scheme over all digits, the check digit last.
pub(super) fn luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| if place % 2 == 1 { doubled(*digit) } else { *digit })
        .sum();
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// ISO 7064, MOD 11,10, the check digit last.
pub(super) fn mod_11_10(digits: &[u32]) -> bool {
    let Some((last, body)) = digits.split_last() else { return false };
    let product = body.iter().fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == *last
}

/// ISO 7064, MOD 97-10, over digits and letters (A = 10 … Z = 35); the check digits stand last.
pub(super) fn mod_97_10(text: &str) -> bool {
    let step = |rest: u32, letter: char| {
        letter.to_digit(36).map(|value| if value > 9 { (rest * 100 + value) % 97 } else { (rest * 10 + value) % 97 })
    };
    text.chars().try_fold(0, step) == Some(1)
}
