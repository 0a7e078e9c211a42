//! A list changes: all customers are taken through what its new version says otherwise.
//!
//! Changes are worked through one after the other. A file that was screened since a change knows it already and is left out.
//! The customers of a page are looked for outside of any transaction; then one transaction moves the cursor and writes what
//! was found, so that nothing is lost or done twice, whoever dies and however many work.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use domain::{
    ids::{CustomerId, OrgId},
    time::Timestamp,
};
use store::{
    StoreError, Tx,
    screening::{
        hit::{self, HitRow},
        job::{self as rows, JobRow, NewJob, SubjectRow},
    },
    watchlist::VersionRow,
};
use uuid::Uuid;

use super::{
    apply::{self, Likeness, Origin},
    full::{Question, seek},
    subject::{Subject, json, parse},
};
use crate::{
    Context, Refusal, Result,
    customer::risk,
    watchlist::{Finding, Found, Searched, Sight, Touched},
};

/// Customers that are looked for at once.
pub(super) const PAGE: i64 = 2_000;

/// What changed in the list that is worked through, by the number of the job.
pub(super) type AtHand = Option<(i64, Arc<Touched>)>;

/// How far the work on a change is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The list.
    pub list: String,
    /// The version that was put in force.
    pub version: i64,
    /// Customers that are done, and all, of the whole installation.
    pub done: i64,
    /// All.
    pub total: i64,
    /// Seconds that are left, by how it went so far; none before it began.
    pub left: Option<i64>,
}

impl Progress {
    pub(super) fn of(row: &JobRow, now: Timestamp) -> Result<Self> {
        let list: Searched = parse(&row.searched)?;
        let gone = row.began_at.map(|began| now.since(Timestamp(began)) / Timestamp::SECOND);
        let left = gone.filter(|_| row.done > 0).map(|gone| gone * (row.total - row.done).max(0) / row.done);
        Ok(Self { list: list.label, version: list.number, done: row.done, total: row.total, left })
    }
}

/// Leaves the job of a list whose version in force has changed, in the transaction that changes it.
pub(crate) async fn list_changed(ctx: &Context, tx: &mut Tx, before: Option<&VersionRow>, now: Uuid) -> Result<()> {
    let place = store::watchlist::active(tx).await?.into_iter().find(|row| row.id == now);
    let row = place.ok_or_else(|| Refusal::Fault("a version that was put in force is not in force".into()))?;
    let new = NewJob {
        code: &row.code,
        label: &row.label,
        from: before.map(|row| row.id),
        to: now,
        searched: &json(&Searched::of(&row))?,
        at: ctx.now(),
    };
    rows::add(tx, new).await.map_err(Refusal::overtaken)
}

/// Takes the next customers through the first change that is not done; whether there may be more.
pub(super) async fn some(ctx: &Context, at_hand: &mut AtHand, most: i64) -> Result<bool> {
    let Some(job) = rows::next(&mut ctx.db.reader()).await? else {
        *at_hand = None;
        return Ok(false);
    };
    let known = at_hand.as_ref().filter(|(number, _)| *number == job.number).map(|(_, touched)| Arc::clone(touched));
    let touched = match known {
        Some(touched) => touched,
        None => {
            let list = parse(&job.searched)?;
            let touched = Arc::new(Touched::of(ctx, list, job.from_version, job.to_version).await?);
            *at_hand = Some((job.number, Arc::clone(&touched)));
            touched
        }
    };
    match page(ctx, &job, &touched, most).await {
        // Somebody else was faster.
        Err(Refusal::Stale) => Ok(true),
        outcome => outcome.map(|()| true),
    }
}

async fn page(ctx: &Context, job: &JobRow, touched: &Touched, most: i64) -> Result<()> {
    let mut db = ctx.db.reader();
    let after = CustomerId(job.cursor.unwrap_or(Uuid::nil()));
    let subjects = rows::subjects(&mut db, after, job.number, most).await?;
    let Some(last) = subjects.last().map(|row| CustomerId(row.customer_id)) else {
        return end(ctx, job).await;
    };
    let mut affected: HashSet<Uuid> = hit::on_list(&mut db, &job.list_code, (after, last))
        .await?
        .into_iter()
        .filter(|(_, entry)| touched.numbers.contains(entry) || touched.removed.contains(entry))
        .map(|(customer, _)| customer)
        .collect();
    let (owners, questions) = questions(&subjects).await?;
    let mut findings: HashMap<Uuid, Vec<(usize, Finding)>> = HashMap::new();
    for (at, found) in found_in(ctx, touched, Arc::clone(&questions)).await? {
        let customer = subjects[owners[at]].customer_id;
        affected.insert(customer);
        for one in found {
            let finding = Finding::of(ctx, &touched.held, &questions[at].1.asked, one).await?;
            findings.entry(customer).or_default().push((at, finding));
        }
    }
    let mut tx = ctx.db.begin().await?;
    let mut fresh = 0;
    for row in subjects.iter().filter(|row| affected.contains(&row.customer_id)) {
        let found = findings.remove(&row.customer_id).unwrap_or_default();
        let found = found.into_iter().map(|(at, finding)| Likeness { subject: &questions[at].1, finding }).collect();
        fresh += one(ctx, &mut tx, (job, touched), row, found).await?;
    }
    let done = i64::try_from(subjects.len()).unwrap_or(i64::MAX);
    rows::advance(&mut tx, job.number, (after, last), (done, fresh), ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Everybody in the files, each with the place of its file.
async fn questions(subjects: &[SubjectRow]) -> Result<(Vec<usize>, Arc<Vec<Question>>)> {
    let texts: Vec<(OrgId, String)> = subjects.iter().map(|row| (OrgId(row.org_id), row.parties.clone())).collect();
    let read = tokio::task::spawn_blocking(move || {
        let (mut owners, mut questions) = (Vec::new(), Vec::new());
        for (at, (org, text)) in texts.iter().enumerate() {
            for subject in parse::<Vec<Subject>>(text)? {
                owners.push(at);
                questions.push((*org, subject));
            }
        }
        Ok((owners, Arc::new(questions)))
    });
    read.await.map_err(|error| Refusal::Fault(error.to_string()))?
}

async fn found_in(ctx: &Context, touched: &Touched, questions: Arc<Vec<Question>>) -> Result<Vec<(usize, Vec<Found>)>> {
    if touched.numbers.is_empty() {
        return Ok(Vec::new());
    }
    seek(Arc::clone(&touched.held), Arc::new(Sight::of_lists(ctx).await?), questions).await
}

/// Writes what a change means for one customer; how many hits somebody has to look at since. A customer who was screened in
/// the meantime knows the change.
async fn one(
    ctx: &Context,
    tx: &mut Tx,
    (job, touched): (&JobRow, &Touched),
    row: &SubjectRow,
    found: Vec<Likeness<'_>>,
) -> Result<i64> {
    let customer = CustomerId(row.customer_id);
    if !rows::is_as_it_was(tx, customer, row.run_id).await? {
        return Ok(0);
    }
    let there = hit::of_customer(tx, customer).await?;
    let was_asked = |row: &HitRow| {
        row.list_code == job.list_code
            && (touched.numbers.contains(&row.entry_id) || touched.removed.contains(&row.entry_id))
    };
    let changes = apply::plan(&there, found, was_asked, ctx.now())?;
    let fresh = changes.iter().filter(|change| change.fresh).count();
    let origin = Origin { run: None, job: Some(job.number), seen: false };
    apply::write(ctx, tx, (OrgId(row.org_id), customer), &changes, origin).await?;
    if !changes.is_empty() {
        risk::mark(tx, customer, OrgId(row.org_id)).await?;
    }
    Ok(i64::try_from(fresh).unwrap_or(i64::MAX))
}

async fn end(ctx: &Context, job: &JobRow) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    match rows::end(&mut tx, job.number, ctx.now()).await {
        Err(StoreError::Stale) => return Ok(()),
        outcome => outcome?,
    }
    tx.commit().await?;
    let (number, done, fresh) = (job.number, job.done, job.fresh);
    tracing::info!(
        job = number,
        list = job.list_code,
        customers = done,
        fresh,
        "customers went through a changed list"
    );
    Ok(())
}
