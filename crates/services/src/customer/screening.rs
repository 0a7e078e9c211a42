//! Customers on watch lists: every file is screened when it is made, when somebody in it changes, and when a list changes;
//! hits are decided.
//!
//! [`super::write`] marks a file as due in the transaction that changes it, so that none is forgotten over a crash. The
//! screening itself is done right after the commit where somebody waits for it, else by the worker ([`run`]). What changes a
//! list leaves a job in its own transaction: the worker takes all customers through what changed, some in each transaction,
//! and goes on where it was after a crash. Whatever was asked, searched, found and decided is kept for ever, so that the
//! question what was known on a day has one answer ([`known`]).

mod apply;
mod decide;
mod full;
mod known;
mod lists;
mod read;
mod record;
mod subject;
mod tell;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use std::time::Duration;

use domain::{
    access::{Action, Principal},
    ids::{CustomerId, OrgId},
    screening::{Cause, Decision, State, Tally},
    time::Timestamp,
};
use store::{Tx, screening as rows};
use tokio::{sync::watch, time::sleep};

pub use decide::{AGREE_REASON, OBJECT_REASON, agree, decide, object};
pub use known::{Known, Then, known};
pub use lists::Progress;
pub use read::{
    Filter, Line, Listed, OfFile, Ran, Step, View, What, Why, hit, list, next, of_file, progress, tallies, to_do,
};

pub(crate) use lists::list_changed;
pub(crate) use record::{Recorded, record};

use super::{act, held};
use crate::{Context, Result, audit, jobs::Job, watchlist};

/// How often the worker looks by itself.
const LOOK: Duration = Duration::from_secs(1);
/// How often it looks for decisions of which the term has ended.
const TICK: i64 = Timestamp::MINUTE;

/// How a file stands on watch lists. For whoever judges it; who asks has the right to do so.
///
/// # Errors
/// [`crate::Refusal::NotFound`] if the company has no such file.
pub async fn state_of(ctx: &Context, org: OrgId, customer: CustomerId) -> Result<Tally> {
    let stands = read::stands(ctx, org, customer).await?;
    read::tally(ctx, customer, stands.as_ref()).await
}

/// Says that every file of a company has to be screened anew: other lists are searched for it than before. All files without
/// a company: names are compared by other rules.
pub(crate) async fn mark_all(tx: &mut Tx, org: Option<OrgId>) -> Result<u64> {
    let cause = if org.is_some() { Cause::Sight } else { Cause::Engine };
    Ok(rows::mark_all(tx, org, cause.code()).await?)
}

/// Says that a company sees other lists from this transaction on, or that whom it reported or refused has changed: the worker
/// marks its files, of which there may be many.
pub(crate) async fn sight_changed(tx: &mut Tx, org: OrgId) -> Result<()> {
    Ok(rows::sight_changed(tx, org).await?)
}

/// Marks the files of companies that see others than before.
async fn mark_sights(ctx: &Context) -> Result<()> {
    for org in rows::sights_changed(&mut ctx.db.reader()).await? {
        let mut tx = ctx.db.begin().await?;
        // First: what changes from here on counts anew.
        rows::sight_marked(&mut tx, org).await?;
        mark_all(&mut tx, Some(org)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Screens a file right after it was changed, where that takes no longer than somebody waits. What fails here the worker does.
pub(crate) async fn at_once(ctx: &Context, customer: CustomerId) {
    let Some(held) = watchlist::at_hand(ctx) else { return };
    let outcome = async {
        let due = rows::due_one(&mut ctx.db.reader(), customer).await?;
        full::screen(ctx, held, due.into_iter().collect(), full::Seen::Now).await
    };
    if let Err(error) = outcome.await {
        tracing::error!(%error, "a customer could not be screened at once; the worker does it");
    }
}

/// Screens a file again because somebody asks for it.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without the right.
pub async fn again(ctx: &Context, principal: &Principal, customer: CustomerId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, customer).await?;
    rows::mark(&mut tx, customer, OrgId(row.org_id), Cause::Asked.code(), seat.id()).await?;
    audit::record(ctx, &mut tx, act(seat, "customer screened again", customer), audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    at_once(ctx, customer).await;
    Ok(())
}

/// What one who screens has at hand from one step to the next.
pub struct Desk {
    change: lists::AtHand,
    engine_seen: bool,
    /// Customers that are taken through a change at once.
    page: i64,
}

impl Default for Desk {
    fn default() -> Self {
        Self { change: None, engine_seen: false, page: lists::PAGE }
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}

/// One step: some files that wait, and some customers of a change of lists. Whether there is more to do.
///
/// # Errors
/// If the store fails; what was done in earlier transactions is done.
pub async fn work(ctx: &Context, desk: &mut Desk) -> Result<bool> {
    if !desk.engine_seen {
        full::engine_changed(ctx).await?;
        desk.engine_seen = true;
    }
    mark_sights(ctx).await?;
    let due = full::some(ctx).await?;
    let of_change = lists::some(ctx, &mut desk.change, desk.page).await?;
    if !due && !of_change {
        tell::tell(ctx).await?;
    }
    Ok(due || of_change)
}

/// Screens everything that waits and works through every change of a list, for whoever can wait for it: the demo, tests.
///
/// # Errors
/// If the store fails.
pub async fn settle(ctx: &Context) -> Result<()> {
    let mut desk = Desk::default();
    mark_sights(ctx).await?;
    while full::some(ctx).await? || lists::some(ctx, &mut desk.change, desk.page).await? {}
    Ok(())
}

/// Ends what holds for a time only, and tells who has to look; how many.
///
/// # Errors
/// If the store fails.
pub async fn tick(ctx: &Context) -> Result<usize> {
    Ok(watchlist::lapse(ctx).await? + tell::lapse(ctx).await?)
}

/// Screens until told to stop. In a task of its own: a large change must not hold up mails.
pub async fn run(ctx: Context, mut stop: watch::Receiver<bool>) {
    let (mut desk, mut ticked) = (Desk::default(), Timestamp(0));
    while !*stop.borrow() {
        if ctx.now().since(ticked) >= TICK {
            ticked = ctx.now();
            if let Err(error) = tick(&ctx).await {
                tracing::error!(%error, "decisions on hits could not be ended");
            }
        }
        let outcome = work(&ctx, &mut desk).await;
        ctx.jobs.note(Job::Screening, ctx.now(), outcome.as_ref().err());
        let more = outcome.unwrap_or_else(|error| {
            tracing::error!(%error, "customers could not be screened");
            false
        });
        if more {
            continue;
        }
        tokio::select! {
            () = sleep(LOOK) => {}
            // An error means that nobody can tell us any more, which is the end as well.
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
}

/// The right to decide on hits.
const DECIDE: Action = Action::DecideHits;

/// A code of a decision; none for the empty one.
fn decision(code: &str) -> Option<Decision> {
    Decision::from_code(code)
}

/// A state; what this program does not know has to be looked at.
fn state(code: &str) -> State {
    State::from_code(code).unwrap_or(State::Open)
}
