//! The substances that a queue can be filtered by. Where many reports wait, they are looked up once a minute: a choice may
//! then appear a minute after its first report, and nothing else hangs on it.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{ids::OrgId, time::Timestamp};

use crate::{Context, Result, report::standing};

/// So few waiting reports are looked through every time.
const FEW: i64 = 2000;
/// How long it is remembered what they name.
const KEPT: i64 = Timestamp::MINUTE;

/// Slug, and number of reports.
type Named = Vec<(String, i64)>;

/// What the queues of authorities named when they were last looked through.
#[derive(Debug, Default)]
pub(crate) struct Choices(Mutex<HashMap<OrgId, (Timestamp, Named)>>);

/// The substances of an authority's undecided reports, of which there are so many.
pub(super) async fn substances(ctx: &Context, authority: OrgId, undecided: i64) -> Result<Named> {
    let now = ctx.now();
    let kept = |choices: &Choices| {
        let kept = choices.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&authority).filter(|(at, _)| (now.0 - at.0).abs() < KEPT).map(|(_, named)| named.clone())
    };
    if let Some(named) = kept(&ctx.choices).filter(|_| undecided > FEW) {
        return Ok(named);
    }
    let named = store::report::queue::substances(&mut ctx.db.reader(), authority, standing::DECIDED).await?;
    if undecided > FEW {
        let mut kept = ctx.choices.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(authority, (now, named.clone()));
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
    async fn where_many_wait_it_is_remembered_for_a_minute() {
        let world = World::with_people().await;
        let (desk, one) = (officer(&world).await, reporter(&world).await);
        let named = async |undecided| substances(&world, desk.org, undecided).await.unwrap().len();
        assert_eq!((named(0).await, named(FEW + 1).await), (0, 0));
        sent(&world, &one, &order()).await;
        assert_eq!((named(FEW).await, named(FEW + 1).await), (1, 0));
        world.wait(KEPT);
        assert_eq!(named(FEW + 1).await, 1);
    }
}
