//! One page that is kept up to date.

use std::time::Duration;

use domain::{
    access::{Action, Principal},
    ids::{OrgId, UserId},
    reference::Reference,
    time::Timestamp,
};
use tokio::{
    sync::broadcast::error::{RecvError, TryRecvError},
    time::{Instant, sleep, timeout_at},
};

use super::{Change, Subscription, What, recent};
use crate::{
    Context, Result,
    error::Refusal,
    report::access,
    seat::Seat,
    session::{self, Activity},
};

/// How long it is waited for more before something is told: one act makes several entries.
const GATHER: Duration = Duration::from_millis(300);
/// A sign of life is given so often; with it the sign-in is looked at.
const ALIVE: Duration = Duration::from_secs(20);
/// So far back a page may ask, microseconds; whoever comes later loads it anew.
const FARTHEST: i64 = 12 * Timestamp::HOUR;

/// What a page wants to know of.
#[derive(Clone, Debug)]
struct Scope {
    authority: OrgId,
    me: UserId,
    /// Only of this report; of the whole desk otherwise.
    report: Option<Reference>,
    /// Only what happened after this.
    since: Timestamp,
}

impl Scope {
    /// Checks the right to it.
    async fn new(
        ctx: &Context,
        principal: &Principal,
        authority: OrgId,
        report: Option<Reference>,
        since: Timestamp,
    ) -> Result<Self> {
        let seat = Seat::take(principal, authority, Action::ReadReports)?;
        if let Some(reference) = &report {
            let (row, _) = access::desk(ctx, principal, reference, Action::ReadReports).await?;
            if row.authority_id != authority.0 {
                return Err(Refusal::NotFound);
            }
        }
        let since = since.max(ctx.now().plus(-FARTHEST));
        Ok(Self { authority, me: seat.id(), report, since })
    }

    /// Whether a change matters to the page: somebody else's, later than the page, at its place.
    fn wants(&self, change: &Change) -> bool {
        let fits = match (&change.what, &self.report) {
            (What::Many, _) | (What::Desk | What::Report(_), None) => true,
            (What::Report(changed) | What::Here(changed), Some(report)) => changed == report,
            (What::Here(_), None) | (What::Desk, Some(_)) => false,
        };
        fits && change.authority == self.authority && change.by != Some(self.me) && change.at > self.since
    }
}

/// What changed since then, for a page that asks now and then.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk, or for a report of another one.
pub async fn changes(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    report: Option<Reference>,
    since: Timestamp,
) -> Result<Vec<Change>> {
    let scope = Scope::new(ctx, principal, authority, report, since).await?;
    let all = recent(ctx, authority, scope.since).await?;
    Ok(all.into_iter().filter(|change| scope.wants(change)).collect())
}

/// A page that is told what changes.
#[derive(Debug)]
pub struct Watcher {
    ctx: Context,
    token: String,
    scope: Scope,
    /// What changed between the making of the page and now.
    before: Option<Vec<Change>>,
    subscription: Option<Subscription>,
}

impl Watcher {
    /// Begins to watch, for as long as the sign-in with this token holds.
    ///
    /// # Errors
    /// As [`changes`]; [`Refusal::TooOften`] if the person watches enough pages.
    pub async fn begin(
        ctx: &Context,
        principal: &Principal,
        token: &str,
        authority: OrgId,
        report: Option<Reference>,
        since: Timestamp,
    ) -> Result<Self> {
        let scope = Scope::new(ctx, principal, authority, report, since).await?;
        // First the place, then what happened before: nothing falls in between. What is told twice, the page tells apart.
        let subscription = ctx.live.subscribe(authority, scope.me)?;
        let before = recent(ctx, authority, scope.since).await?;
        let before = before.into_iter().filter(|change| scope.wants(change)).collect();
        Ok(Self { ctx: ctx.clone(), token: token.to_owned(), scope, before: Some(before), subscription })
    }

    /// Waits for changes. An empty list is a sign of life; `None` is the end: of the sign-in, of the right, of the service.
    pub async fn next(&mut self) -> Option<Vec<Change>> {
        let changes = match self.before.take() {
            Some(before) => before,
            None => self.wait().await?,
        };
        self.holds().await.then_some(changes)
    }

    async fn wait(&mut self) -> Option<Vec<Change>> {
        let (scope, receiver) = (&self.scope, &mut self.subscription.as_mut()?.receiver);
        let until = Instant::now() + ALIVE;
        let first = loop {
            match timeout_at(until, receiver.recv()).await {
                Err(_) => return Some(Vec::new()),
                Ok(Ok(change)) if scope.wants(&change) => break change,
                Ok(Ok(_)) => {}
                Ok(Err(RecvError::Lagged(_))) => break too_many(scope.authority, self.ctx.now()),
                Ok(Err(RecvError::Closed)) => return None,
            }
        };
        sleep(GATHER).await;
        let mut changes = vec![first];
        loop {
            match receiver.try_recv() {
                Ok(change) if scope.wants(&change) => changes.push(change),
                Ok(_) => {}
                Err(TryRecvError::Lagged(_)) => changes.push(too_many(scope.authority, self.ctx.now())),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(changes),
            }
        }
    }

    /// Whether the sign-in and the right still hold; a database that does not answer cannot say so.
    async fn holds(&self) -> bool {
        let Ok(Some(signed)) = session::resolve(&self.ctx, &self.token, Activity::Background).await else {
            return false;
        };
        signed.principal.allowed_in(self.scope.authority, Action::ReadReports).is_ok()
    }
}

/// Stands for more changes than could wait.
fn too_many(authority: OrgId, at: Timestamp) -> Change {
    Change { authority, what: What::Many, n: 0, at, by: None }
}
