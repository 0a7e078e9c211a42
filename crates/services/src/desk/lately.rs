//! Figures over all that waits at a desk. Where few reports wait they are counted anew for every page; where many do, they
//! are remembered for a moment, since to count 30 000 reports is most of what such a page costs. Nobody decides by the last
//! digit of 30 000, and nothing else hangs on these figures; how many reports are one's own is always counted.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{ids::OrgId, time::Timestamp};
use store::report::queue::{self, Counts};

use crate::{Context, Result, report::standing};

/// So few waiting reports are counted every time.
const FEW: i64 = 2000;

/// Slug, and number of reports.
type Named = Vec<(String, i64)>;

/// What was counted last, by authority.
#[derive(Debug, Default)]
pub(crate) struct Lately {
    counts: Kept<Counts>,
    substances: Kept<Named>,
}

#[derive(Debug, Default)]
struct Kept<T>(Mutex<HashMap<OrgId, (Timestamp, T)>>);

impl<T: Clone> Kept<T> {
    /// What was kept, unless it is older than `age` microseconds.
    fn get(&self, authority: OrgId, now: Timestamp, age: i64) -> Option<T> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&authority).filter(|(at, _)| (now.0 - at.0).abs() < age).map(|(_, value)| value.clone())
    }

    fn put(&self, authority: OrgId, now: Timestamp, value: &T) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(authority, (now, value.clone()));
    }
}

/// How many undecided reports stand where; where many wait, as it was at most ten seconds ago.
pub(super) async fn counts(ctx: &Context, authority: OrgId) -> Result<Counts> {
    let now = ctx.now();
    if let Some(counts) = ctx.lately.counts.get(authority, now, 10 * Timestamp::SECOND) {
        return Ok(counts);
    }
    let counts = queue::counts(&mut ctx.db.reader(), authority, now, standing::DECIDED).await?;
    if counts.open + counts.waiting + counts.accepted + counts.aside > FEW {
        ctx.lately.counts.put(authority, now, &counts);
    }
    Ok(counts)
}

/// The substances that an authority's undecided reports name, of which there are so many; where these are many, as it was at
/// most a minute ago.
pub(super) async fn substances(ctx: &Context, authority: OrgId, undecided: i64) -> Result<Named> {
    let (now, many) = (ctx.now(), undecided > FEW);
    if let Some(named) = ctx.lately.substances.get(authority, now, Timestamp::MINUTE).filter(|_| many) {
        return Ok(named);
    }
    let named = queue::substances(&mut ctx.db.reader(), authority, standing::DECIDED).await?;
    if many {
        ctx.lately.substances.put(authority, now, &named);
    }
    Ok(named)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::{
        report::tests::{officer, order, reporter, sent},
        testing::World,
    };

    #[tokio::test]
    async fn what_is_few_is_counted_every_time() {
        let world = World::with_people().await;
        let (desk, one) = (officer(&world).await, reporter(&world).await);
        assert_eq!(counts(&world, desk.org).await.unwrap().open, 0);
        sent(&world, &one, &order()).await;
        assert_eq!(counts(&world, desk.org).await.unwrap().open, 1);
    }

    #[tokio::test]
    async fn what_was_many_is_remembered_for_ten_seconds() {
        let world = World::with_people().await;
        let (desk, one) = (officer(&world).await, reporter(&world).await);
        world.lately.counts.put(desk.org, world.now(), &Counts { open: FEW + 1, ..Counts::default() });
        sent(&world, &one, &order()).await;
        assert_eq!(counts(&world, desk.org).await.unwrap().open, FEW + 1);
        world.wait(10 * Timestamp::SECOND);
        assert_eq!(counts(&world, desk.org).await.unwrap().open, 1);
    }

    #[tokio::test]
    async fn where_many_wait_substances_are_remembered_for_a_minute() {
        let world = World::with_people().await;
        let (desk, one) = (officer(&world).await, reporter(&world).await);
        let named = async |undecided| substances(&world, desk.org, undecided).await.unwrap().len();
        assert_eq!((named(0).await, named(FEW + 1).await), (0, 0));
        sent(&world, &one, &order()).await;
        assert_eq!((named(FEW).await, named(FEW + 1).await), (1, 0));
        world.wait(Timestamp::MINUTE);
        assert_eq!(named(FEW + 1).await, 1);
    }
}
