//! How much is let through from people who cannot be told apart. Everything is counted in the memory of this process: a row with
//! the time of the last count would be the time of the last concern.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    concern::{Lane, Limits, pour, proves},
    time::Timestamp,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::{Context, Refusal, Result, secret};

/// Beyond so many buckets those that are empty are forgotten.
const MANY: usize = 4096;
/// Bytes of a form's mark: hour, randomness, seal.
const MARK: usize = 4 + 32 + 32;

/// The buckets of this process.
#[derive(Debug)]
pub(crate) struct Gate {
    buckets: Mutex<HashMap<String, (i64, i64)>>,
    room: Arc<Semaphore>,
}

impl Default for Gate {
    fn default() -> Self {
        Self { buckets: Mutex::default(), room: Arc::new(Semaphore::new(Limits::get().at_once)) }
    }
}

impl Gate {
    /// Counts one in every bucket, or in none if one of them is full.
    pub(super) fn pass(&self, now: Timestamp, lanes: &[(Lane, String)]) -> Result<()> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let mut poured = Vec::with_capacity(lanes.len());
        for (lane, name) in lanes {
            let state = buckets.get(name).copied().unwrap_or((0, now.0));
            match pour(*lane, state, now.0) {
                Ok(state) => poured.push((name.clone(), state)),
                Err(wait) => return Err(Refusal::TooOften((wait.unsigned_abs() / 1_000_000).max(1))),
            }
        }
        buckets.extend(poured);
        if buckets.len() > MANY {
            buckets.retain(|_, (level, at)| *level > now.0.saturating_sub(*at));
        }
        Ok(())
    }
}

/// A place among the forms with files that are read at the same time.
#[derive(Debug)]
pub struct Room(#[expect(dead_code, reason = "held, and given back when dropped")] OwnedSemaphorePermit);

/// Waits for room to read a form with files, before anything of it is read.
///
/// # Errors
/// [`Refusal::TooOften`] if there is none for half a minute.
pub async fn room(ctx: &Context) -> Result<Room> {
    let room = timeout(Duration::from_secs(30), Arc::clone(&ctx.gate.room).acquire_owned()).await;
    room.ok().and_then(std::result::Result::ok).map(Room).ok_or(Refusal::TooOften(60))
}

/// The mark of a new form: random, sealed, with the hour. Nothing of it is stored; it is the challenge of the browser's work, and
/// sending the same form again is seen by it.
#[must_use]
pub fn new_form(ctx: &Context) -> String {
    let hour = u32::try_from(ctx.now().0 / Timestamp::HOUR).unwrap_or_default();
    let mut mark = hour.to_be_bytes().to_vec();
    mark.extend(ctx.random::<32>());
    let seal = seal(ctx, &mark);
    mark.extend(seal);
    URL_SAFE_NO_PAD.encode(mark)
}

fn seal(ctx: &Context, mark: &[u8]) -> [u8; 32] {
    secret::keyed(&ctx.config.pepper, "concern form", &[mark])
}

/// Whether a form was given out here and not too long ago.
pub(super) fn is_ours(ctx: &Context, form: &str) -> bool {
    let Ok(mark) = URL_SAFE_NO_PAD.decode(form) else { return false };
    if mark.len() != MARK || !secret::same(&seal(ctx, &mark[..36]), &mark[36..]) {
        return false;
    }
    let hour = mark[..4].iter().fold(0_i64, |hour, byte| hour * 256 + i64::from(*byte));
    let age = ctx.now().0 / Timestamp::HOUR - hour;
    (0..=Limits::get().form_hours).contains(&age)
}

/// Whether the browser did its work for this form.
pub(super) fn is_proven(ctx: &Context, form: &str, nonce: &str) -> bool {
    nonce.parse().is_ok_and(|nonce| proves(form, nonce, Limits::get().work_bits)) && is_ours(ctx, form)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::concern::work;

    use super::*;
    use crate::testing::World;

    #[test]
    fn all_or_none_is_counted() {
        let (gate, now) = (Gate::default(), Timestamp(1_000 * Timestamp::DAY));
        let lane = |burst| Lane { burst, every_seconds: 60 };
        let both = [(lane(5), "wide".to_owned()), (lane(1), "narrow".to_owned())];
        gate.pass(now, &both).unwrap();
        for _ in 0..9 {
            assert!(matches!(gate.pass(now, &both), Err(Refusal::TooOften(60))));
        }
        for _ in 0..4 {
            gate.pass(now, &both[..1]).unwrap();
        }
        assert!(gate.pass(now, &both[..1]).is_err());
        gate.pass(now.plus(Timestamp::MINUTE), &both).unwrap();
    }

    #[test]
    fn empty_buckets_are_forgotten() {
        let (gate, now) = (Gate::default(), Timestamp(1_000 * Timestamp::DAY));
        let lane = Lane { burst: 1, every_seconds: 1 };
        for n in 0..MANY {
            gate.pass(now, &[(lane, n.to_string())]).unwrap();
        }
        gate.pass(now.plus(Timestamp::HOUR), &[(lane, "last".into())]).unwrap();
        assert_eq!(gate.buckets.lock().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_form_is_ours_for_some_hours_and_its_work_counts_once_done() {
        let world = World::empty().await;
        let form = new_form(&world);
        assert!(is_ours(&world, &form) && form != new_form(&world));
        let nonce = work(&form, 0, 1 << 24, Limits::get().work_bits).unwrap().to_string();
        assert!(is_proven(&world, &form, &nonce));
        assert!(
            !is_proven(&world, &new_form(&world), &nonce)
                && !is_proven(&world, &form, "")
                && !is_proven(&world, "", "1")
        );
        let mut other = form.clone();
        other.replace_range(60..61, if &form[60..61] == "A" { "B" } else { "A" });
        assert!(!is_ours(&world, &other) && !is_ours(&world, "") && !is_ours(&world, "%%"));
        world.wait((Limits::get().form_hours + 1) * Timestamp::HOUR);
        assert!(!is_ours(&world, &form));
    }
}
