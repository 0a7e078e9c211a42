//! Secrets that people carry: tokens of sign-ins, one-time links and form stashes.
//!
//! A token is 256 random bits in base 64. The database holds only its SHA-256, so that reading the database gives
//! nobody a sign-in. Tokens that travel in a mail are not random but derived from the mail's identity and the
//! installation's secret: the outbox then needs to hold no token either.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::Context;

/// A new random token.
#[must_use]
pub(crate) fn token(ctx: &Context) -> String {
    URL_SAFE_NO_PAD.encode(ctx.random::<32>())
}

/// What the database keeps of a token. Any text gives a hash; one that was never issued matches nothing.
#[must_use]
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A keyed hash of `parts` under the installation's secret, different for every `label`.
#[must_use]
pub(crate) fn keyed(pepper: &[u8; 32], label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = mac(pepper, label);
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Whether two texts of bytes are equal, in a time that does not depend on where they differ.
#[must_use]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

fn mac(pepper: &[u8; 32], label: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(pepper).expect("HMAC takes keys of any length");
    mac.update(&(label.len() as u64).to_be_bytes());
    mac.update(label.as_bytes());
    mac
}

/// The token that a mail's link carries.
#[must_use]
pub(crate) fn mail_token(ctx: &Context, mail: uuid::Uuid) -> String {
    derived(ctx, "mail link", mail)
}

/// A token that is worked out from an identity whenever it is needed, so that nothing has to hold it.
#[must_use]
pub(crate) fn derived(ctx: &Context, label: &str, id: uuid::Uuid) -> String {
    URL_SAFE_NO_PAD.encode(keyed(&ctx.config.pepper, label, &[id.as_bytes()]))
}

/// The first 32 hexadecimal digits of a keyed hash: the name of a throttling bucket.
#[must_use]
pub(crate) fn bucket_key(ctx: &Context, parts: &[&[u8]]) -> String {
    let tag = keyed(&ctx.config.pepper, "throttle", parts);
    domain::encoding::hex(&tag[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keyed_hashes_depend_on_key_label_and_the_places_of_the_parts() {
        let one = keyed(&[1; 32], "a", &[b"bc", b"d"]);
        for other in [
            keyed(&[2; 32], "a", &[b"bc", b"d"]),
            keyed(&[1; 32], "b", &[b"bc", b"d"]),
            keyed(&[1; 32], "a", &[b"b", b"cd"]),
            keyed(&[1; 32], "a", &[b"bcd"]),
        ] {
            assert_ne!(one, other);
        }
        assert_eq!(keyed(&[1; 32], "a", &[b"bc", b"d"]), one);
        assert!(same(&one, &one) && !same(&one, &one[1..]) && !same(&[1, 2], &[1, 3]) && same(&[], &[]));
    }
}
