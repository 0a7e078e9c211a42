//! Secrets at rest: sealed with ChaCha20-Poly1305 under a key made from the installation's secret, which lies outside the
//! database. Each is bound to its person: moved to another row it cannot be opened.

use domain::ids::UserId;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::code::SECRET;
use crate::{Context, Refusal, Result, secret};

fn key(ctx: &Context) -> LessSafeKey {
    let bytes = secret::keyed(&ctx.config.pepper, "second factor", &[]);
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &bytes).expect("a key of this cipher has 32 bytes"))
}

fn cannot(what: &str) -> Refusal {
    Refusal::Fault(format!("the secret of a second factor cannot be {what}"))
}

/// The nonce, then the sealed secret.
pub(super) fn seal(ctx: &Context, person: UserId, secret: &[u8; SECRET]) -> Result<Vec<u8>> {
    let nonce = ctx.random::<NONCE_LEN>();
    let mut sealed = secret.to_vec();
    let about = Aad::from(*person.0.as_bytes());
    key(ctx)
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), about, &mut sealed)
        .map_err(|_| cannot("sealed"))?;
    Ok([&nonce[..], &sealed].concat())
}

/// The secret.
///
/// # Errors
/// [`Refusal::Fault`] if it was sealed under another secret of the installation, or for somebody else.
pub(super) fn open(ctx: &Context, person: UserId, stored: &[u8]) -> Result<Vec<u8>> {
    let (nonce, sealed) = stored.split_first_chunk::<NONCE_LEN>().ok_or_else(|| cannot("read"))?;
    let mut sealed = sealed.to_vec();
    let about = Aad::from(*person.0.as_bytes());
    let secret = key(ctx).open_in_place(Nonce::assume_unique_for_key(*nonce), about, &mut sealed);
    secret.map(|secret| secret.to_vec()).map_err(|_| cannot("opened"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::testing::World;

    #[tokio::test]
    async fn a_secret_is_opened_for_its_person_only() {
        let world = World::empty().await;
        let (own, other) = (UserId(world.new_id()), UserId(world.new_id()));
        let secret = *b"12345678901234567890";
        let sealed = seal(&world, own, &secret).unwrap();
        assert!(!sealed.windows(SECRET).any(|window| window == secret));
        assert_ne!(sealed, seal(&world, own, &secret).unwrap(), "each time another nonce");
        assert_eq!(open(&world, own, &sealed).unwrap(), secret);
        assert!(open(&world, other, &sealed).is_err());
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        for bad in [&changed[..], &sealed[..20], &[]] {
            assert!(matches!(open(&world, own, bad), Err(Refusal::Fault(_))));
        }
    }
}
