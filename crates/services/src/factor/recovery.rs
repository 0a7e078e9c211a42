//! Ten codes for the day on which the app is lost. Each works once; only keyed hashes of them are kept.

use domain::ids::UserId;
use store::{Tx, factor as rows};

use super::code::{base32, grouped};
use crate::{Context, Result, secret};

/// How many there are.
pub const COUNT: usize = 10;
/// Random bytes of one: eighty bits, sixteen letters.
const BYTES: usize = 10;

/// Makes new codes in the place of the old ones: as they are shown, once.
pub(super) async fn replace(ctx: &Context, tx: &mut Tx, person: UserId) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..COUNT).map(|_| base32(&ctx.random::<BYTES>()).to_lowercase()).collect();
    let hashes: Vec<_> = codes.iter().map(|code| hash(ctx, person, code)).collect();
    rows::replace_codes(tx, person, &hashes, ctx.now()).await?;
    Ok(codes.iter().map(|code| grouped(code, "-")).collect())
}

/// Uses a code up; whether it was one.
pub(super) async fn spend(ctx: &Context, tx: &mut Tx, person: UserId, typed: &str) -> Result<bool> {
    let Some(code) = read(typed) else { return Ok(false) };
    Ok(rows::use_code(tx, person, hash(ctx, person, &code), ctx.now()).await?)
}

fn hash(ctx: &Context, person: UserId, code: &str) -> [u8; 32] {
    secret::keyed(&ctx.config.pepper, "recovery code", &[person.0.as_bytes(), code.as_bytes()])
}

/// What was meant: spaces and hyphens do not matter, capitals neither, and a nought or a one can only be a letter.
fn read(typed: &str) -> Option<String> {
    let signs = typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').take(17);
    let code: String = signs
        .map(|sign| match sign.to_ascii_lowercase() {
            '0' => 'o',
            '1' => 'l',
            other => other,
        })
        .collect();
    (code.len() == 16).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_was_meant() {
        for (typed, meant) in [
            ("abcd-efgh-ijkl-mnop", Some("abcdefghijklmnop")),
            (" ABCD EFGH\tIJKL MNOP ", Some("abcdefghijklmnop")),
            ("abcd-efgh-ijk1-mn0p", Some("abcdefghijklmnop")),
            ("abcd-efgh-ijkl-mno", None),
            ("abcd-efgh-ijkl-mnopq", None),
            ("123456", None),
            ("", None),
        ] {
            assert_eq!(read(typed).as_deref(), meant, "{typed:?}");
        }
        assert_eq!(read(&"é".repeat(16)), None);
    }
}
