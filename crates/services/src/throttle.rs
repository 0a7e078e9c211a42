//! Throttling that slows guessing down and locks nobody out for good.
//!
//! Each purpose has a bucket per key (an account, a network address). An attempt fills it by one, time empties it. While
//! it is not full attempts pass at once; from then on each must keep a distance from the last one **counted**, doubling
//! up to a limit. A refused attempt is not counted: whoever hammers does not push the next chance away, and a right
//! password after the wait always works. Attempts are counted before the work they ask for, in one transaction, so that
//! a thousand at the same moment are not all let through.

use std::net::IpAddr;

use domain::time::Timestamp;
use store::{Tx, throttle as rows};

use crate::{Context, Refusal, Result, secret};

/// How a purpose is throttled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    /// Name of the purpose.
    pub name: &'static str,
    /// So many attempts pass at once.
    pub burst: i64,
    /// The time in which the bucket forgets one attempt, microseconds.
    pub forget: i64,
    /// The first distance to keep, microseconds.
    pub first_wait: i64,
    /// The longest distance to keep, microseconds.
    pub longest_wait: i64,
}

/// Guesses at one account from browsers that never signed in to it: at most about 90 a day.
pub(crate) const SIGN_IN_ACCOUNT: Rule = Rule {
    name: "sign-in account",
    burst: 5,
    forget: 30 * Timestamp::MINUTE,
    first_wait: 10 * Timestamp::SECOND,
    longest_wait: 20 * Timestamp::MINUTE,
};
/// The same from a browser that has signed in to it before; so nobody else can keep its owner waiting.
pub(crate) const SIGN_IN_DEVICE: Rule = Rule {
    name: "sign-in device",
    burst: 10,
    forget: 10 * Timestamp::MINUTE,
    first_wait: 5 * Timestamp::SECOND,
    longest_wait: 5 * Timestamp::MINUTE,
};
/// Guesses from one network address at any account; a whole company may share one.
pub(crate) const SIGN_IN_ADDRESS: Rule = Rule {
    name: "sign-in address",
    burst: 30,
    forget: 20 * Timestamp::SECOND,
    first_wait: 2 * Timestamp::SECOND,
    longest_wait: Timestamp::MINUTE,
};
/// Guesses at a second factor by somebody who knows the password: at most about a hundred a day, of a million codes.
pub(crate) const FACTOR: Rule = Rule {
    name: "second factor",
    burst: 5,
    forget: 20 * Timestamp::MINUTE,
    first_wait: 5 * Timestamp::SECOND,
    longest_wait: 15 * Timestamp::MINUTE,
};
/// Asking for a new password, per account.
pub(crate) const RESET_ACCOUNT: Rule = Rule {
    name: "reset account",
    burst: 3,
    forget: 20 * Timestamp::MINUTE,
    first_wait: 5 * Timestamp::MINUTE,
    longest_wait: 20 * Timestamp::MINUTE,
};
/// Public forms that cause a mail, per network address.
pub(crate) const FORM_ADDRESS: Rule = Rule {
    name: "form address",
    burst: 20,
    forget: 5 * Timestamp::MINUTE,
    first_wait: 30 * Timestamp::SECOND,
    longest_wait: 5 * Timestamp::MINUTE,
};
/// Applications naming one mail address.
pub(crate) const APPLY_ACCOUNT: Rule = Rule {
    name: "apply account",
    burst: 5,
    forget: 60 * Timestamp::MINUTE,
    first_wait: 10 * Timestamp::MINUTE,
    longest_wait: 60 * Timestamp::MINUTE,
};
/// All public forms that cause a mail, together: what a flood can do at most.
pub(crate) const FORM_OVERALL: Rule = Rule {
    name: "form overall",
    burst: 500,
    forget: 2 * Timestamp::SECOND,
    first_wait: Timestamp::SECOND,
    longest_wait: 10 * Timestamp::SECOND,
};
/// Invitations by one organisation.
pub(crate) const INVITE_ORG: Rule = Rule {
    name: "invite org",
    burst: 30,
    forget: 10 * Timestamp::MINUTE,
    first_wait: Timestamp::MINUTE,
    longest_wait: 30 * Timestamp::MINUTE,
};
/// Invitations to one mail address.
pub(crate) const INVITE_EMAIL: Rule = Rule {
    name: "invite email",
    burst: 3,
    forget: 8 * Timestamp::HOUR,
    first_wait: Timestamp::HOUR,
    longest_wait: 8 * Timestamp::HOUR,
};

/// Links to sign a declaration, sent by one company.
pub(crate) const DECLARE_ORG: Rule = Rule {
    name: "declare org",
    burst: 60,
    forget: 5 * Timestamp::MINUTE,
    first_wait: Timestamp::MINUTE,
    longest_wait: 30 * Timestamp::MINUTE,
};
/// The same to one mail address.
pub(crate) const DECLARE_EMAIL: Rule = Rule {
    name: "declare email",
    burst: 6,
    forget: 2 * Timestamp::HOUR,
    first_wait: 10 * Timestamp::MINUTE,
    longest_wait: 2 * Timestamp::HOUR,
};
/// Trying links to declarations, and filling them in, from one network address.
pub(crate) const DECLARE_ADDRESS: Rule = Rule {
    name: "declare address",
    burst: 60,
    forget: 10 * Timestamp::SECOND,
    first_wait: 2 * Timestamp::SECOND,
    longest_wait: Timestamp::MINUTE,
};

/// Comparing numbers of certificates, and names with them, from one network address.
pub(crate) const CERTIFICATE_ADDRESS: Rule = Rule {
    name: "certificate address",
    burst: 30,
    forget: Timestamp::MINUTE,
    first_wait: 5 * Timestamp::SECOND,
    longest_wait: 5 * Timestamp::MINUTE,
};
/// Answers of one person to quizzes: all of them are kept.
pub(crate) const QUIZ_PERSON: Rule = Rule {
    name: "quiz person",
    burst: 20,
    forget: 3 * Timestamp::MINUTE,
    first_wait: 10 * Timestamp::SECOND,
    longest_wait: 5 * Timestamp::MINUTE,
};

/// One full attempt in units of the stored level.
const ONE: i64 = 1000;
/// Steps of doubling beyond which a bucket does not fill: keeps the memory of an attack short.
const STEPS: i64 = 10;

/// One bucket: the rule and whom it counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bucket<'a>(pub Rule, pub &'a str);

impl Bucket<'_> {
    fn name(&self, ctx: &Context) -> String {
        secret::bucket_key(ctx, &[self.0.name.as_bytes(), self.1.as_bytes()])
    }
}

/// Counts one attempt in every bucket, or in none if one of them asks to wait.
///
/// Call with buckets of a network address before those of an account, so that two transactions cannot wait for each other.
///
/// # Errors
/// [`Refusal::TooOften`] with the seconds to wait.
pub(crate) async fn admit(ctx: &Context, buckets: &[Bucket<'_>]) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    count(ctx, &mut tx, buckets).await?;
    tx.commit().await?;
    Ok(())
}

/// [`admit`] within the caller's transaction, which must be dropped on a refusal.
///
/// # Errors
/// [`Refusal::TooOften`] with the seconds to wait.
pub(crate) async fn count(ctx: &Context, tx: &mut Tx, buckets: &[Bucket<'_>]) -> Result<()> {
    let now = ctx.now();
    for bucket in buckets {
        let name = bucket.name(ctx);
        let (level, at) = rows::lock(tx, &name).await?;
        let level = judge(bucket.0, level, at, now).map_err(Refusal::TooOften)?;
        rows::set(tx, &name, level, now).await?;
    }
    Ok(())
}

/// Takes an attempt back that turned out to be a good one.
///
/// # Errors
/// If the store fails.
pub(crate) async fn refund(ctx: &Context, tx: &mut Tx, bucket: Bucket<'_>) -> Result<()> {
    let name = bucket.name(ctx);
    let (level, at) = rows::lock(tx, &name).await?;
    rows::set(tx, &name, (level - ONE).max(0), at).await?;
    Ok(())
}

/// Empties a bucket.
///
/// # Errors
/// If the store fails.
pub(crate) async fn clear(ctx: &Context, tx: &mut Tx, bucket: Bucket<'_>) -> Result<()> {
    rows::clear(tx, &bucket.name(ctx)).await?;
    Ok(())
}

/// The new level if the attempt passes, else the seconds to wait.
fn judge(rule: Rule, level: i64, counted: Timestamp, now: Timestamp) -> std::result::Result<i64, u64> {
    // A clock that was set back must not keep anybody waiting until it has caught up.
    let since = if counted > now { i64::MAX } else { now.since(counted) };
    let forgotten = (since / rule.forget).saturating_mul(ONE) + (since % rule.forget) * ONE / rule.forget;
    let level = level.saturating_sub(forgotten).max(0);
    // Room for less than a whole attempt is no room.
    let over = (level + ONE - 1) / ONE - rule.burst;
    if over >= 0 {
        let wait = rule.first_wait.saturating_mul(1 << over.min(STEPS)).min(rule.longest_wait);
        if since < wait {
            return Err(u64::try_from((wait - since + Timestamp::SECOND - 1) / Timestamp::SECOND).unwrap_or(1));
        }
    }
    Ok((level + ONE).min((rule.burst + STEPS + 1) * ONE))
}

/// The network address as a key: whole for IPv4, the subscriber's network (64 bits) for IPv6.
pub(crate) fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp(1_000 * Timestamp::DAY);

    #[test]
    fn a_burst_passes_then_the_distance_doubles() {
        let (mut level, mut at, mut waits) = (0, Timestamp(0), Vec::new());
        let mut now = NOW;
        for _ in 0..10 {
            match judge(SIGN_IN_ACCOUNT, level, at, now) {
                Ok(new) => (level, at) = (new, now),
                Err(wait) => {
                    waits.push(wait);
                    now = now.plus(i64::try_from(wait).unwrap() * Timestamp::SECOND);
                    level = judge(SIGN_IN_ACCOUNT, level, at, now).unwrap();
                    at = now;
                }
            }
        }
        assert_eq!(waits, [10, 20, 40, 80, 160]);
    }

    #[test]
    fn ten_thousand_guesses_in_a_day_are_ninety() {
        let (mut level, mut at, mut evaluated) = (0, Timestamp(0), 0);
        for n in 0..10_000 {
            let now = NOW.plus(n * Timestamp::DAY / 10_000);
            if let Ok(new) = judge(SIGN_IN_ACCOUNT, level, at, now) {
                (level, at) = (new, now);
                evaluated += 1;
            }
        }
        assert!((50..=90).contains(&evaluated), "{evaluated}");
    }

    #[test]
    fn a_clock_set_back_keeps_nobody_out() {
        let full = 15 * ONE;
        assert!(judge(SIGN_IN_ACCOUNT, full, NOW.plus(Timestamp::DAY), NOW).is_ok());
    }

    #[test]
    fn addresses_of_one_subscriber_are_one() {
        let key = |text: &str| address_key(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2:aaaa::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.7"), key("192.0.2.7"));
    }

    proptest! {
        #[test]
        fn nobody_waits_longer_than_the_limit(level in 0_i64..1_000_000, ago in 0_i64..Timestamp::DAY) {
            for rule in [SIGN_IN_ACCOUNT, SIGN_IN_ADDRESS, SIGN_IN_DEVICE, FACTOR, RESET_ACCOUNT, FORM_ADDRESS, INVITE_EMAIL] {
                if let Err(wait) = judge(rule, level, NOW.plus(-ago), NOW) {
                    prop_assert!(i64::try_from(wait).unwrap() * Timestamp::SECOND <= rule.longest_wait);
                    let later = NOW.plus(i64::try_from(wait).unwrap() * Timestamp::SECOND);
                    prop_assert!(judge(rule, level, NOW.plus(-ago), later).is_ok());
                }
            }
        }
    }
}
