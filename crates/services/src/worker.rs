//! The worker: takes due mails out, carries out imports, rates customers, publishes notices, removes what has lapsed, and does to reports, drafts and documents
//! what time does to them.
//!
//! A mail that could not leave is tried again after 10 s, 30 s, 2 min, 10 min, 30 min, then every hour for five days, each
//! time ±20 % so that they do not all come at once; then it is given up and shown to the administrator. A refusal for
//! good gives it up at once. Several workers on one database are fine: a mail is claimed before it is sent, and a worker
//! that died loses its claim by itself. What was handed over but could not be noted is sent again under the same
//! Message-ID.

use std::time::Duration;

use domain::{live::GONE, notify::BOUNCE_DAYS, time::Timestamp};
use futures::future::join_all;
use store::{
    Tx, browser, live, org, outbox as rows,
    outbox::{Mail, Settled},
    person, search, session, stash, throttle, token, undo,
};
use tokio::{sync::watch, time::sleep};

use crate::{
    Context, Result, advice, association, browser as known, concern, customer, declaration, desk, draft, evidence,
    jobs::Job,
    learning, licence,
    mail::{Failure, Post},
    notice,
    notify::{bounce, digest},
    refdata, statistics, watchlist,
};

/// Distances between tries, microseconds; the last one repeats.
const DISTANCES: [i64; 6] = [
    10 * Timestamp::SECOND,
    30 * Timestamp::SECOND,
    2 * Timestamp::MINUTE,
    10 * Timestamp::MINUTE,
    30 * Timestamp::MINUTE,
    Timestamp::HOUR,
];
/// How long it is tried.
const GIVE_UP: i64 = 5 * Timestamp::DAY;
/// How long a claim holds: longer than one mail may take.
const CLAIM: i64 = 5 * Timestamp::MINUTE;
/// Mails on their way at the same time: a slow server must not hold up the queue.
const AT_ONCE: usize = 8;
/// How often the worker looks by itself, beside being rung for.
const LOOK: Duration = Duration::from_secs(2);
/// How often what has lapsed is removed.
const SWEEP: i64 = Timestamp::HOUR;
/// How often it is looked which questions were not answered in time, which goods leave soon, of which deadlines somebody is
/// to be told, which drafts rest.
const TICK: i64 = Timestamp::MINUTE;

/// How long a line of an inbox stays after it was read, and how long at most.
const NEWS_SEEN: i64 = 90 * Timestamp::DAY;
const NEWS: i64 = 400 * Timestamp::DAY;

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Mails that left.
    pub sent: usize,
    /// Mails that will be tried again.
    pub postponed: usize,
    /// Mails that were given up.
    pub dead: usize,
}

/// Works until told to stop, then finishes the mails on their way.
pub async fn run(ctx: Context, post: Post, mut stop: watch::Receiver<bool>) {
    ctx.mail_route.set((post.describe(), post.is_files())).ok();
    let (mut swept, mut ticked) = (Timestamp(0), Timestamp(0));
    while !*stop.borrow() {
        let outcome = run_once(&ctx, &post, &stop).await;
        ctx.jobs.note(Job::Mail, ctx.now(), outcome.as_ref().err());
        if let Err(error) = outcome {
            tracing::error!(%error, "the worker could not look after the mails");
        }
        // Some rows at a time: mails do not wait for a long file.
        let outcome = imports(&ctx).await;
        ctx.jobs.note(Job::Imports, ctx.now(), outcome.as_ref().err());
        let imports = outcome.unwrap_or_else(|error| {
            tracing::error!(%error, "the worker could not look after the imports");
            false
        });
        let outcome = customer::risk::work(&ctx).await;
        ctx.jobs.note(Job::Ratings, ctx.now(), outcome.as_ref().err());
        let ratings = outcome.unwrap_or_else(|error| {
            tracing::error!(%error, "the worker could not rate customers");
            false
        });
        let outcome = notice::publish_due(&ctx).await;
        ctx.jobs.note(Job::Notices, ctx.now(), outcome.as_ref().err());
        if let Err(error) = outcome {
            tracing::error!(%error, "the worker could not publish notices");
        }
        let goes_on = imports || ratings;
        let now = ctx.now();
        if now.since(ticked) >= TICK {
            ticked = now;
            let outcome = tick(&ctx).await;
            ctx.jobs.note(Job::Clock, ctx.now(), outcome.as_ref().err());
            if let Err(error) = outcome {
                tracing::error!(%error, "the worker could not look after reports and drafts");
            }
            let outcome = digest::work(&ctx).await;
            ctx.jobs.note(Job::Digests, ctx.now(), outcome.as_ref().err());
            if let Err(error) = outcome {
                tracing::error!(%error, "the worker could not make digests");
            }
        }
        if now.since(swept) >= SWEEP {
            swept = now;
            let outcome = sweep(&ctx).await;
            ctx.jobs.note(Job::Sweep, ctx.now(), outcome.as_ref().err());
            match outcome {
                Ok(removed) => tracing::debug!(removed, "removed what had lapsed"),
                Err(error) => tracing::error!(%error, "the worker could not remove what has lapsed"),
            }
        }
        if goes_on {
            continue;
        }
        tokio::select! {
            () = ctx.mail_queued.notified() => {}
            () = sleep(LOOK) => {}
            // An error means that nobody can tell us any more, which is the end as well.
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
}

/// Sends every mail that is due now.
///
/// # Errors
/// If the store fails.
pub async fn run_once(ctx: &Context, post: &Post, stop: &watch::Receiver<bool>) -> Result<Round> {
    let mut round = Round::default();
    while !*stop.borrow() && rows::is_due(&mut ctx.db.reader(), ctx.now()).await? {
        let claimed = claim(ctx).await?;
        if claimed.is_empty() {
            break;
        }
        let outcomes = join_all(claimed.iter().map(|mail| post.send(ctx, mail))).await;
        // One transaction: the disk is waited for once, not once for each mail.
        let mut tx = ctx.db.begin().await?;
        for (mail, outcome) in claimed.iter().zip(outcomes) {
            settle(ctx, &mut tx, mail, outcome, &mut round).await?;
        }
        tx.commit().await?;
    }
    Ok(round)
}

/// Takes up as many due mails as are sent at once.
async fn claim(ctx: &Context) -> Result<Vec<Mail>> {
    let (now, mut claimed) = (ctx.now(), Vec::new());
    let mut tx = ctx.db.begin().await?;
    while claimed.len() < AT_ONCE {
        let Some(mail) = rows::claim(&mut tx, now, now.plus(CLAIM)).await? else { break };
        claimed.push(mail);
    }
    tx.commit().await?;
    Ok(claimed)
}

async fn settle(
    ctx: &Context,
    tx: &mut Tx,
    mail: &Mail,
    outcome: std::result::Result<(), Failure>,
    round: &mut Round,
) -> Result<()> {
    let now = ctx.now();
    let how = match &outcome {
        Ok(()) => Settled::Sent,
        Err(Failure::Never(why) | Failure::Nobody(why)) => Settled::Dead(why),
        Err(Failure::Later(why)) => match next_try(ctx, mail, now) {
            Some(at) => Settled::Retry(at, why),
            None => Settled::Dead(why),
        },
    };
    match (&how, &outcome) {
        (Settled::Sent, _) => round.sent += 1,
        (Settled::Retry(..), _) => round.postponed += 1,
        (Settled::Dead(why), _) => {
            round.dead += 1;
            tracing::warn!(mail = %mail.id, template = mail.template, why, "a mail was given up");
        }
    }
    rows::settle(tx, mail.id, now, how).await?;
    if let Err(Failure::Nobody(why)) = &outcome {
        bounce::note(ctx, tx, mail, why).await?;
    }
    Ok(())
}

/// When a mail is tried again; `None` when it has been tried long enough.
fn next_try(ctx: &Context, mail: &Mail, now: Timestamp) -> Option<Timestamp> {
    // Revived mails count from their revival, which set the attempts back.
    let tried = usize::try_from(mail.attempts).unwrap_or(usize::MAX).saturating_sub(1);
    let distance = DISTANCES[tried.min(DISTANCES.len() - 1)];
    let jitter = i64::from(u16::from_be_bytes(ctx.random::<2>())) * 4 / 10 * distance / i64::from(u16::MAX);
    let at = now.plus(distance * 8 / 10 + jitter);
    let until = Timestamp(mail.since).plus(GIVE_UP);
    (at < until).then_some(at)
}

/// Removes what has lapsed: sign-ins (hours later, since a form that comes too late belongs to whoever signed in), links,
/// throttling buckets, typed forms, old mails, applications that nobody confirmed, files that nobody refers to. How many
/// rows and files.
///
/// # Errors
/// If the store fails.
pub async fn sweep(ctx: &Context) -> Result<u64> {
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    let mut removed = session::sweep(&mut tx, now).await?;
    removed += browser::sweep(&mut tx, now.plus(-known::LIFE)).await?;
    removed += store::feed::sweep(&mut tx, now).await?;
    removed += token::sweep(&mut tx, now.plus(-7 * Timestamp::DAY)).await?;
    removed += throttle::sweep(&mut tx, now.plus(-2 * Timestamp::DAY)).await?;
    removed += stash::sweep(&mut tx, now).await?;
    removed += search::sweep(&mut tx, now).await?;
    removed += store::customer::import::sweep(&mut tx, now.plus(-customer::import::LIFE)).await?;
    removed += store::licence::import::sweep(&mut tx, now.plus(-licence::import::LIFE)).await?;
    removed += live::sweep(&mut tx, now.plus(-GONE)).await?;
    removed += undo::sweep(&mut tx, now.plus(-Timestamp::HOUR)).await?;
    removed += rows::sweep(&mut tx, now.plus(-30 * Timestamp::DAY)).await?;
    removed += store::notify::sweep(&mut tx, now.plus(-NEWS_SEEN), now.plus(-NEWS)).await?;
    removed += store::notify::bounce::sweep(&mut tx, now.plus(-BOUNCE_DAYS * Timestamp::DAY)).await?;
    let forgotten = now.plus(-7 * Timestamp::DAY);
    removed += store::reader::remove_stray(&mut tx, forgotten).await?;
    for org in org::abandoned(&mut tx, forgotten).await? {
        removed += token::drop_of_org(&mut tx, org).await?;
        removed += person::drop_memberships(&mut tx, org).await?;
        removed += org::remove_unconfirmed(&mut tx, org).await?;
    }
    removed += person::remove_stray(&mut tx, forgotten).await?;
    tx.commit().await?;
    Ok(removed + evidence::sweep(ctx).await? + watchlist::sweep(ctx).await?)
}

/// Some rows of imports of customers and of registers; whether there are more.
async fn imports(ctx: &Context) -> Result<bool> {
    let customers = customer::import::work(ctx).await?;
    Ok(licence::import::work(ctx).await? || customers)
}

/// Does to reports, drafts and documents what time does to them; how many it touched.
async fn tick(ctx: &Context) -> Result<usize> {
    refdata::refresh(ctx).await?;
    let desks = desk::tick(ctx).await? + desk::escalate(ctx).await? + desk::page_again(ctx).await?;
    let desks = desks + advice::escalate(ctx).await?;
    let files = customer::document::remind(ctx).await? + customer::review::remind(ctx).await?;
    let files = files + concern::end_phrases(ctx).await?;
    let files = files + learning::remind(ctx).await? + customer::substances::catch_up(ctx).await?;
    let told = statistics::tell(ctx).await? + association::sector::settle(ctx).await?;
    Ok(desks + draft::age(ctx).await? + files + declaration::remind(ctx).await? + told)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
