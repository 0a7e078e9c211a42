//! Files that wait are looked for in everything that is searched.

use std::{collections::HashMap, sync::Arc, thread::available_parallelism};

use domain::ids::{CustomerId, OrgId};
use futures::future::try_join_all;
use screening::VERSION;
use store::screening::{self as rows, DueRow, NewRun, hit};
use tokio::task;
use uuid::Uuid;

use super::{
    apply::{self, Likeness, Origin},
    subject::{Subject, json, parse, subjects},
};
use crate::{
    Context, Refusal, Result,
    customer::risk,
    watchlist::{Finding, Found, Held, Search, Sight, whole},
};

/// Files that are screened at once, in one transaction: it holds up other writers for some hundredths of a second.
const AT_ONCE: i64 = 100;
/// The most hits of one who is asked for, the best ones.
const MOST: usize = 100;
/// Where the version of the engine stands by which all customers were screened.
const ENGINE: &str = "screening_engine";

/// Whether who waits for it sees what is found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// They do.
    Now,
    /// They are told.
    Later,
}

/// A company and somebody it asks for.
pub(super) type Question = (OrgId, Subject);

/// Everybody who was found, for each who was asked for. All cores are used.
pub(super) async fn seek(
    held: Arc<Held>,
    sight: Arc<Sight>,
    questions: Arc<Vec<Question>>,
) -> Result<Vec<(usize, Vec<Found>)>> {
    let cores = available_parallelism().map_or(1, std::num::NonZero::get);
    let share = questions.len().div_ceil(cores).max(1);
    let shares = (0..questions.len()).step_by(share).map(|from| {
        let (held, sight, questions) = (Arc::clone(&held), Arc::clone(&sight), Arc::clone(&questions));
        task::spawn_blocking(move || {
            let until = questions.len().min(from + share);
            let ask = |at: usize| {
                let mut found = held.seek(questions[at].0, &sight, &questions[at].1.asked);
                found.truncate(MOST);
                (at, found)
            };
            (from..until).map(ask).filter(|(_, found)| !found.is_empty()).collect::<Vec<_>>()
        })
    });
    let found = try_join_all(shares).await.map_err(|error| Refusal::Fault(error.to_string()))?;
    Ok(found.into_iter().flatten().collect())
}

/// Screens some of the files that wait; whether there may be more.
pub(super) async fn some(ctx: &Context) -> Result<bool> {
    let due = rows::due(&mut ctx.db.reader(), CustomerId(Uuid::nil()), AT_ONCE).await?;
    if due.is_empty() {
        return Ok(false);
    }
    Ok(screen(ctx, whole(ctx).await?, due, Seen::Later).await? > 0)
}

/// Screens files and keeps what comes of it, if it still holds then; else they go on waiting. How many were screened.
pub(super) async fn screen(ctx: &Context, held: Arc<Held>, due: Vec<DueRow>, seen: Seen) -> Result<usize> {
    let mut questions = Vec::new();
    let (mut ranges, mut owners) = (Vec::new(), Vec::new());
    for (place, row) in due.iter().enumerate() {
        let from = questions.len();
        questions.extend(subjects(&parse(&row.content)?).into_iter().map(|subject| (OrgId(row.org_id), subject)));
        owners.resize(questions.len(), place);
        ranges.push(from..questions.len());
    }
    let questions = Arc::new(questions);
    let mut findings: Vec<Vec<Finding>> = (0..questions.len()).map(|_| Vec::new()).collect();
    let sight = Arc::new(Sight::of(ctx, due.iter().map(|row| OrgId(row.org_id))).await?);
    for (at, found) in seek(Arc::clone(&held), Arc::clone(&sight), Arc::clone(&questions)).await? {
        let file = CustomerId(due[owners[at]].customer_id);
        for one in found.into_iter().filter(|found| !found.is_file_of(file)) {
            findings[at].push(Finding::of(ctx, &held, &questions[at].1.asked, one).await?);
        }
    }
    let mut tx = ctx.db.begin().await?;
    rows::screens(&mut tx).await?;
    if !held.is_in_force(&mut tx).await? {
        return Ok(0);
    }
    let job = rows::job::last(&mut tx).await?;
    let mut searches: HashMap<Uuid, [u8; 32]> = HashMap::new();
    let mut screened = 0;
    for (row, range) in due.iter().zip(ranges) {
        let customer = CustomerId(row.customer_id);
        if !rows::is_still_due(&mut tx, customer, row.marked).await? {
            continue;
        }
        let search = match searches.get(&row.org_id) {
            Some(search) => *search,
            None => {
                let search = Search::of(held.lists_for(OrgId(row.org_id), &sight)).keep(&mut tx).await?;
                searches.insert(row.org_id, search);
                search
            }
        };
        let asked: Vec<&Subject> = questions[range.clone()].iter().map(|(_, subject)| subject).collect();
        let found: Vec<Likeness<'_>> = asked
            .iter()
            .zip(&mut findings[range])
            .flat_map(|(subject, found)| {
                std::mem::take(found).into_iter().map(|finding| Likeness { subject, finding }).collect::<Vec<_>>()
            })
            .collect();
        let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
        let found_count = count(found.len());
        let there = hit::of_customer(&mut tx, customer).await?;
        let changes = apply::plan(&there, found, |_| true, ctx.now())?;
        let new = NewRun {
            id: ctx.new_id(),
            customer,
            org: OrgId(row.org_id),
            at: ctx.now(),
            cause: &row.cause,
            person: row.marked_by,
            version: row.version,
            search,
            parties: &json(&asked)?,
            found: found_count,
            fresh: count(changes.iter().filter(|change| change.fresh).count()),
            job,
        };
        rows::add_run(&mut tx, new).await?;
        let origin = Origin { run: Some(new.id), job: None, seen: seen == Seen::Now };
        apply::write(ctx, &mut tx, (new.org, customer), &changes, origin).await?;
        risk::mark(&mut tx, customer, new.org).await?;
        rows::heard(&mut tx, customer, row.marked, new.id, job).await?;
        screened += 1;
    }
    tx.commit().await?;
    Ok(screened)
}

/// Has all customers screened anew once this program compares names by other rules than the one before.
pub(super) async fn engine_changed(ctx: &Context) -> Result<()> {
    let known = store::setting::get(&mut ctx.db.reader(), ENGINE).await?;
    if known.as_deref() == Some(VERSION) {
        return Ok(());
    }
    let mut tx = ctx.db.begin().await?;
    if known.is_some() {
        super::mark_all(&mut tx, None).await?;
    }
    store::setting::put(&mut tx, ENGINE, VERSION).await?;
    tx.commit().await?;
    Ok(())
}
