//! Live updates of the desk: what changed is told as it happens, to those who may see it, and never what it says.
//!
//! One task of each process ([`run`]) reads what changed in the last moments at the desks that somebody watches, and hands
//! it to the watchers of this process. Several processes on one database each see everything, since all of them read the
//! same rows. A change that was stamped before another and committed after it is found too: the last ten seconds are read
//! again each time, and what was told before is not told twice.
//!
//! A watcher's sign-in and right are checked when it begins to watch and before each telling; neither prolongs the sign-in.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{
    ids::{OrgId, UserId},
    reference::Reference,
    time::Timestamp,
};
use store::live::{self as rows, ChangeRow};
use tokio::{
    sync::{broadcast, watch},
    time::sleep,
};

use crate::{Context, Refusal, Result};

mod presence;
mod watching;

pub(crate) use presence::come;
pub use presence::{Present, at_desk, beat, others};
pub use watching::{Watcher, changes};

/// How often it is looked what changed.
const LOOK: Duration = Duration::from_secs(1);
/// So far back is read each time, microseconds: longer than a transaction lasts.
const OVERLAP: i64 = 10 * Timestamp::SECOND;
/// Most changes of a kind that are told one by one.
const MOST: i64 = 500;
/// Changes that wait for a slow watcher; if there are more, it is told that the desk changed.
const WAITING: usize = 512;
/// Most pages that one person keeps up to date at the same time, in one process. Others ask now and then.
pub const MOST_STREAMS: usize = 3;

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The desk as a whole.
    Desk,
    /// A report.
    Report(Reference),
    /// Who is at a report.
    Here(Reference),
    /// More than is told one by one; what, only the pages themselves say.
    Many,
}

/// A change at a desk. Says where, never what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The authority.
    pub authority: OrgId,
    /// What changed.
    pub what: What,
    /// Number of the entry or version.
    pub n: i64,
    /// When.
    pub at: Timestamp,
    /// Who did it; none for the clock.
    by: Option<UserId>,
}

impl Change {
    fn read(authority: OrgId, row: ChangeRow, what: impl Fn(Reference) -> What) -> Option<Self> {
        let what = match row.reference.as_str() {
            "" => What::Desk,
            reference => what(reference.parse().ok()?),
        };
        Some(Self { authority, what, n: row.n, at: Timestamp(row.at), by: row.person_id.map(UserId) })
    }
}

/// Where the changes of this process come together.
#[derive(Debug, Default)]
pub(crate) struct Hub(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// None while the task does not run.
    sender: Option<broadcast::Sender<Change>>,
    /// Watchers of each desk.
    desks: HashMap<OrgId, usize>,
    /// Watchers of each person.
    people: HashMap<UserId, usize>,
}

/// A place among the watchers, given back when it is dropped.
#[derive(Debug)]
struct Subscription {
    hub: Arc<Hub>,
    authority: OrgId,
    person: UserId,
    receiver: broadcast::Receiver<Change>,
}

impl Hub {
    fn state(&self) -> MutexGuard<'_, State> {
        // The counters are whole even after a panic elsewhere.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a watcher; none while nothing is told.
    fn subscribe(self: &Arc<Self>, authority: OrgId, person: UserId) -> Result<Option<Subscription>> {
        let mut state = self.state();
        let Some(receiver) = state.sender.as_ref().map(broadcast::Sender::subscribe) else { return Ok(None) };
        let watching = state.people.entry(person).or_default();
        if *watching >= MOST_STREAMS {
            return Err(Refusal::TooOften(60));
        }
        *watching += 1;
        *state.desks.entry(authority).or_default() += 1;
        drop(state);
        Ok(Some(Subscription { hub: Arc::clone(self), authority, person, receiver }))
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut state = self.hub.state();
        leave(&mut state.desks, self.authority);
        leave(&mut state.people, self.person);
    }
}

fn leave<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, usize>, key: K) {
    if let Some(count) = counts.get_mut(&key) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(&key);
        }
    }
}

/// Tells what changes until told to stop; then the watchers end.
pub async fn run(ctx: Context, mut stop: watch::Receiver<bool>) {
    let (sender, _) = broadcast::channel(WAITING);
    ctx.live.state().sender = Some(sender.clone());
    let mut told = Told::default();
    while !*stop.borrow() {
        let desks: Vec<OrgId> = ctx.live.state().desks.keys().copied().collect();
        for authority in desks {
            match told.news(&ctx, authority).await {
                // Without a watcher nobody takes it, which is no loss.
                Ok(news) => news.into_iter().for_each(|change| drop(sender.send(change))),
                Err(error) => tracing::warn!(%error, "it could not be read what changed at a desk"),
            }
        }
        tokio::select! {
            () = sleep(LOOK) => {}
            // An error means that nobody can tell us any more, which is the end as well.
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    ctx.live.state().sender = None;
}

/// What was told already, for as long as it is read again.
#[derive(Debug, Default)]
struct Told(HashMap<OrgId, HashSet<(What, i64, Timestamp)>>);

impl Told {
    async fn news(&mut self, ctx: &Context, authority: OrgId) -> Result<Vec<Change>> {
        let since = ctx.now().plus(-OVERLAP);
        let read = recent(ctx, authority, since).await?;
        let told = self.0.entry(authority).or_default();
        told.retain(|(.., at)| *at >= since);
        Ok(read.into_iter().filter(|change| told.insert((change.what.clone(), change.n, change.at))).collect())
    }
}

/// Everything that changed at a desk since then; [`What::Many`] at the end if there was more than is told one by one.
async fn recent(ctx: &Context, authority: OrgId, since: Timestamp) -> Result<Vec<Change>> {
    let mut db = ctx.db.reader();
    let entries = rows::entries(&mut db, authority, since, MOST).await?;
    let notes = rows::notes(&mut db, authority, since, MOST).await?;
    let here = rows::here(&mut db, authority, since, MOST).await?;
    let many = many(authority, &[&entries, &notes, &here]);
    // What senders of anonymous concerns do counts as done at the end of the day, and is told then.
    let entries = entries.into_iter().filter(|row| row.at <= ctx.now().0);
    let reports = entries.chain(notes).filter_map(|row| Change::read(authority, row, What::Report));
    let here = here.into_iter().filter_map(|row| Change::read(authority, row, What::Here));
    Ok(reports.chain(here).chain(many).collect())
}

/// That there was more than what was read. Asked again, it is the same change unless more happened at its place.
fn many(authority: OrgId, read: &[&Vec<ChangeRow>]) -> Option<Change> {
    let full = read.iter().filter(|rows| rows.len() as i64 >= MOST).filter_map(|rows| rows.last());
    let at = Timestamp(full.map(|row| row.at).max()?);
    Some(Change { authority, what: What::Many, n: 0, at, by: None })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
