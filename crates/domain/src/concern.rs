//! Anonymous concerns: what is allowed to somebody of whom nothing is known, and the work that their browser proves.
//!
//! A concern is a report without a company. Nobody can be asked to slow down whom nobody can tell apart, so all senders share
//! buckets; those whose browser has done some work ([`proves`]) share a wider one.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::organisation::coded;

/// Kind of the organisation in whose name anonymous concerns stand. It is no [`crate::organisation::OrgKind`] and has no members:
/// no list of companies, no workspace and no account leads to it.
pub const ORG_KIND: &str = "anonymous";

coded! {
    /// Who passed a concern on.
    Origin {
        /// Its sender, who has no account.
        Sender = "sender", "Anonymous concern";
        /// An association, for a member that it does not name.
        Association = "association", "Concern passed on by an association";
    }
}

/// Whether `nonce` proves so many bits of work on a challenge: SHA-256 over both begins with so many zero bits.
#[must_use]
pub fn proves(challenge: &str, nonce: u64, bits: u32) -> bool {
    let digest = Sha256::new().chain_update(challenge).chain_update(":").chain_update(nonce.to_string()).finalize();
    let mut zeros = 0;
    for byte in digest {
        zeros += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    zeros >= bits
}

/// The first number from `from` on that proves the work, among `tries`.
#[must_use]
pub fn work(challenge: &str, from: u64, tries: u64, bits: u32) -> Option<u64> {
    (from..from.saturating_add(tries)).find(|nonce| proves(challenge, *nonce, bits))
}

/// A bucket that many share: so many at once, then one in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    /// So many pass at once.
    pub burst: u32,
    /// Then one in so many seconds.
    pub every_seconds: u32,
}

/// What is allowed; `data/concern.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bits of work.
    pub work_bits: u32,
    /// Hours for which a form can be sent after it was opened.
    pub form_hours: i64,
    /// Minutes for which an open mailbox can be used before the phrase is asked for again.
    pub mailbox_minutes: i64,
    /// Concerns with proof of work, all authorities together.
    pub proven: Lane,
    /// Concerns without it.
    pub unproven: Lane,
    /// Concerns to one authority, with or without.
    pub authority: Lane,
    /// Concerns to one authority in a day, at most.
    pub authority_day: i64,
    /// Looks into mailboxes with proof of work.
    pub proven_look: Lane,
    /// Looks without it.
    pub unproven_look: Lane,
    /// Replies in one mailbox.
    pub reply: Lane,
    /// Forms with files that are read at the same time.
    pub at_once: usize,
    /// Files of one sending.
    pub files: usize,
    /// Bytes of the files of one sending.
    pub bytes: u64,
}

impl Limits {
    /// As shipped.
    ///
    /// # Panics
    /// Never: the file is read by a test.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn get() -> &'static Self {
        static LIMITS: std::sync::LazyLock<Limits> = std::sync::LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/concern.toml")).expect("data/concern.toml is read by a test")
        });
        &LIMITS
    }
}

/// How full a bucket is, in microseconds of the time that it takes to empty: what it holds after one more at `now`, or how long to
/// wait, both in microseconds.
///
/// # Errors
/// The time to wait.
pub fn pour(lane: Lane, (level, at): (i64, i64), now: i64) -> Result<(i64, i64), i64> {
    let one = i64::from(lane.every_seconds) * 1_000_000;
    // A clock that was set back empties nothing and keeps nobody waiting longer than the bucket says.
    let level = level.saturating_sub(now.saturating_sub(at).max(0)).max(0);
    let room = one.saturating_mul(lane.burst.into());
    if level.saturating_add(one) <= room { Ok((level + one, now)) } else { Err(level + one - room) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_sound() {
        let limits = Limits::get();
        assert!((12..=24).contains(&limits.work_bits) && limits.form_hours > 0 && limits.mailbox_minutes > 0);
        for lane in
            [limits.proven, limits.unproven, limits.authority, limits.proven_look, limits.unproven_look, limits.reply]
        {
            assert!(lane.burst > 0 && lane.every_seconds > 0);
        }
        // Who proves nothing waits longer.
        let slow = |lane: Lane| lane.every_seconds;
        assert!(slow(limits.unproven) > slow(limits.proven) && limits.unproven.burst < limits.proven.burst);
        assert!(limits.authority_day > 0 && limits.files > 0 && limits.at_once > 0);
    }

    #[test]
    fn work_is_found_and_proved() {
        let nonce = work("a challenge", 0, 1 << 20, 12).unwrap();
        assert!(proves("a challenge", nonce, 12) && proves("a challenge", nonce, 0));
        assert!(!proves("another challenge", nonce, 12));
        assert_eq!(work("a challenge", 0, nonce, 12), None);
        assert!(!proves("a challenge", nonce, 257));
    }

    #[test]
    fn a_bucket_lets_some_pass_and_then_one_at_a_time() {
        let lane = Lane { burst: 3, every_seconds: 10 };
        let mut state = (0, 0);
        for _ in 0..3 {
            state = pour(lane, state, 1_000_000).unwrap();
        }
        assert_eq!(pour(lane, state, 1_000_000), Err(10_000_000));
        assert_eq!(pour(lane, state, 4_000_000), Err(7_000_000));
        let next = pour(lane, state, 11_000_000).unwrap();
        assert!(pour(lane, next, 11_000_000).is_err());
        // Empty again after the whole time; a clock set back opens nothing.
        assert!(pour(lane, state, 0).is_err());
        assert_eq!(pour(lane, state, 60_000_000).unwrap().0, 10_000_000);
    }
}
