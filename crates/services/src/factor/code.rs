//! One-time codes as every authenticator app computes them (RFC 6238): HMAC-SHA-1, thirty seconds, six digits. And the
//! letters in which secrets and recovery codes are written (base 32, RFC 4648).

use domain::{encoding::percent, time::Timestamp};
use ring::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};

/// How long a code is that of now.
pub(super) const STEP: i64 = 30 * Timestamp::SECOND;
/// Bytes of a secret: as many as the hash has.
pub(super) const SECRET: usize = 20;

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The time step of an instant.
pub(super) const fn step_of(at: Timestamp) -> i64 {
    at.0.div_euclid(STEP)
}

/// The code of a time step.
pub(super) fn code(secret: &[u8], step: i64) -> String {
    format!("{:06}", number(secret, step))
}

fn number(secret: &[u8], step: i64) -> u32 {
    let tag = sign(&Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret), &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[tag.len() - 1] & 0x0f);
    u32::from_be_bytes([tag[at] & 0x7f, tag[at + 1], tag[at + 2], tag[at + 3]]) % 1_000_000
}

/// The time step whose code somebody typed: that of now or one beside it, since clocks differ, and later than `last`,
/// since no code works twice.
pub(super) fn matching(secret: &[u8], typed: &str, now: Timestamp, last: i64) -> Option<i64> {
    let typed = read(typed)?;
    near(now).into_iter().filter(|step| *step > last).find(|step| number(secret, *step) == typed)
}

/// The steps whose codes are taken, that of now first.
pub(super) const fn near(now: Timestamp) -> [i64; 3] {
    let step = step_of(now);
    [step, step - 1, step + 1]
}

/// Six digits, however they were spaced.
fn read(typed: &str) -> Option<u32> {
    let digits: String = typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').take(7).collect();
    if digits.len() == 6 && digits.bytes().all(|sign| sign.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// Bytes in base 32, without padding.
pub(crate) fn base32(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
    let letter = |at: usize| (0..5).fold(0, |value, n| value << 1 | usize::from(bit(at * 5 + n)));
    (0..(bytes.len() * 8).div_ceil(5)).map(|at| char::from(LETTERS[letter(at)])).collect()
}

/// A text in groups of four.
pub(super) fn grouped(text: &str, between: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    signs.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(between)
}

/// What an app reads from the picture.
pub(super) fn address(secret: &[u8], email: &str) -> String {
    format!("otpauth://totp/Forerunner:{}?secret={}&issuer=Forerunner", percent(email, b"@"), base32(secret))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const SEED: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of its eight digits.
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(SEED, step_of(Timestamp(seconds * Timestamp::SECOND))), expected, "{seconds}");
        }
        assert_eq!(base32(SEED), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        for (bytes, text) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ")] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_code_is_taken_one_step_early_and_late_and_never_twice() {
        let now = Timestamp(1_111_111_111 * Timestamp::SECOND);
        let step = step_of(now);
        for (of, taken) in [(step - 2, false), (step - 1, true), (step, true), (step + 1, true), (step + 2, false)] {
            assert_eq!(matching(SEED, &code(SEED, of), now, 0), taken.then_some(of));
        }
        assert_eq!(matching(SEED, &code(SEED, step), now, step), None);
        assert_eq!(matching(SEED, &code(SEED, step + 1), now, step), Some(step + 1));
    }

    #[test]
    fn digits_are_read_however_they_are_spaced_and_nothing_else_is() {
        let now = Timestamp(1_111_111_111 * Timestamp::SECOND);
        for (typed, taken) in [
            ("050471", true),
            (" 050 471\n", true),
            ("050-471", true),
            ("50471", false),
            ("0504711", false),
            ("+50471", false),
            ("05047l", false),
            ("", false),
            ("٠٥٠٤٧١", false),
        ] {
            assert_eq!(matching(SEED, typed, now, 0).is_some(), taken, "{typed:?}");
        }
        assert!(matching(SEED, &"0".repeat(1_000_000), now, 0).is_none());
    }

    #[test]
    fn the_address_names_the_account() {
        let address = address(SEED, "a+b@x.example");
        assert_eq!(
            address,
            "otpauth://totp/Forerunner:a%2Bb@x.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Forerunner"
        );
        assert_eq!(grouped("ABCDEFGHIJ", " "), "ABCD EFGH IJ");
        assert_eq!(grouped("", "-").len(), 0);
        assert!(read("123456").unwrap() == 123_456);
    }
}
