//! Imports of customers: a file is taken in, its columns are named, every row is tried, and what was tried is carried out when
//! somebody says so.
//!
//! A row is tried and carried out by the same rules ([`domain::customer::import::apply`]); it finds its customer by the
//! company's own number, else by name and country. The work is done by the worker, some rows in each transaction
//! ([`work`]): where it stands is in the rows, so it goes on after a crash, can be stopped between two transactions, and holds
//! up nobody. What the columns of a file were is remembered by their titles.

mod read;
mod work;

use std::collections::{BTreeMap, HashMap};

use domain::{
    access::{Action, Principal},
    customer::import::{CellFault, Target},
    fold::squash,
    ids::{ImportId, OrgId},
    time::Timestamp,
};
use paper::sheet::{self, Sheet};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    customer::import::{self as rows, ImportRow, NewImport},
};

pub use read::{Counts, Import, Line, WrongRow, list, view, wrong_rows};
pub use work::work;

use read::counts;

use crate::{
    Context, Result,
    audit::{self, Act},
    error::{Problem, Refusal},
    seat::Seat,
};

/// How long an import is kept, with what its rows said.
pub const LIFE: i64 = 30 * Timestamp::DAY;
/// The largest file, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// Rows that are stored in one transaction.
const PIECE: usize = 500;

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Somebody has to say what the columns are.
    Mapping,
    /// Its rows are being tried.
    Trying,
    /// Somebody has to say whether it is carried out.
    Tried,
    /// It is being carried out.
    Running,
    /// All is done.
    Done,
    /// It was stopped; what was carried out before stays.
    Cancelled,
}

impl Stage {
    const ALL: [Self; 6] = [Self::Mapping, Self::Trying, Self::Tried, Self::Running, Self::Done, Self::Cancelled];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mapping => "mapping",
            Self::Trying => "trying",
            Self::Tried => "tried",
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    pub(crate) fn read(code: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|stage| stage.code() == code);
        found.ok_or_else(|| Refusal::Fault(format!("no stage of an import {code}")))
    }

    /// Whether the worker has it.
    #[must_use]
    pub const fn is_at_work(self) -> bool {
        matches!(self, Self::Trying | Self::Running)
    }
}

/// A problem as it is stored.
#[derive(Serialize, Deserialize)]
struct Kept(String, String);

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Refusal::Fault(error.to_string()))
}

fn read_json<T: for<'d> Deserialize<'d>>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Refusal::Fault(error.to_string()))
}

fn kept(faults: Vec<CellFault>) -> Result<String> {
    json(&faults.into_iter().map(|fault| Kept(fault.column, fault.message)).collect::<Vec<_>>())
}

/// Takes a file in. Nothing of it is a customer before somebody has confirmed it.
///
/// # Errors
/// [`Refusal::Invalid`] at `file` if it cannot be read; [`Refusal::NotFound`] without the right.
pub async fn upload(ctx: &Context, principal: &Principal, org: OrgId, name: &str, bytes: Vec<u8>) -> Result<ImportId> {
    let seat = Seat::take(principal, org, Action::WriteCustomers)?;
    let file = domain::evidence::shown_name(name);
    let known = file.clone();
    // Unpacking keeps a processor busy; others must not wait for it.
    let read = tokio::task::spawn_blocking(move || sheet::read(&known, &bytes)).await;
    let read = read.map_err(|error| Refusal::Fault(error.to_string()))?;
    let sheet = read.map_err(|why| Refusal::Invalid(vec![Problem::new("file", why.to_string())]))?;
    let remembered: HashMap<String, String> = rows::remembered(&mut ctx.db.reader(), org).await?.into_iter().collect();
    let mapping = guessed(&sheet.titles, &remembered);
    store(ctx, seat, org, &file, &sheet, &mapping).await
}

/// What each column probably is: as it was before, else by its title; no two are the same.
fn guessed(titles: &[String], remembered: &HashMap<String, String>) -> Vec<String> {
    let mut used = Vec::new();
    let guess = |title: &String| {
        let before = remembered.get(&squash(title)).map(|code| Target::find(code));
        before.unwrap_or_else(|| Target::guess(title)).map_or("", |target| target.code.as_str())
    };
    let once = |code: &'static str| {
        let first = code.is_empty() || !used.contains(&code);
        used.push(code);
        if first { code.to_owned() } else { String::new() }
    };
    titles.iter().map(guess).map(once).collect()
}

async fn store(
    ctx: &Context,
    seat: Seat<'_>,
    org: OrgId,
    file: &str,
    sheet: &Sheet,
    mapping: &[String],
) -> Result<ImportId> {
    let id = ImportId(ctx.new_id());
    let pieces: Vec<_> = sheet.rows.chunks(PIECE).collect();
    let piece = |rows: &[(usize, Vec<String>)]| {
        let rows: Vec<(usize, String)> =
            rows.iter().map(|(line, cells)| Ok((*line, json(cells)?))).collect::<Result<_>>()?;
        json(&rows)
    };
    let mut tx = ctx.db.begin().await?;
    let new = NewImport {
        id,
        org,
        person: seat.id(),
        file_name: file,
        titles: &json(&sheet.titles)?,
        mapping: &json(&mapping)?,
        total: i64::try_from(sheet.rows.len()).unwrap_or(i64::MAX),
        at: ctx.now(),
    };
    rows::insert(&mut tx, &new).await?;
    record(ctx, &mut tx, seat, "import begun", id).await?;
    for rows in pieces {
        rows::add_rows(&mut tx, id, &piece(rows)?).await?;
    }
    tx.commit().await?;
    Ok(id)
}

async fn record(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, step: &str, id: ImportId) -> Result<()> {
    let (action, object_kind) = (Action::WriteCustomers, "customer_import");
    let act = Act { actor: seat.actor(), action, step, object_kind, object_id: id.to_string() };
    audit::record(ctx, tx, act, audit::NONE, audit::NONE).await
}

/// The import, held by the transaction, and the seat from which it is moved on.
async fn held<'p>(tx: &mut Tx, principal: &'p Principal, id: ImportId) -> Result<(ImportRow, Seat<'p>, Stage)> {
    principal.signed_in()?;
    let row = rows::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::WriteCustomers)?;
    let stage = Stage::read(&row.state)?;
    Ok((row, seat, stage))
}

fn elsewhere() -> Refusal {
    Refusal::NotPossible("This import stands somewhere else by now. Look at its page.".to_owned())
}

/// Says what each column is (its code, empty for a column that is left out) and lets every row be tried.
///
/// # Errors
/// [`Refusal::Invalid`] at `column-N` if a column is named twice, at `column-0` if none says who the customer is;
/// [`Refusal::NotPossible`] if it is being carried out or was; [`Refusal::NotFound`] without the right.
pub async fn set_mapping(ctx: &Context, principal: &Principal, id: ImportId, codes: &[String]) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat, stage) = held(&mut tx, principal, id).await?;
    if !matches!(stage, Stage::Mapping | Stage::Tried) {
        return Err(elsewhere());
    }
    let titles: Vec<String> = read_json(&row.titles)?;
    let chosen: Vec<Option<&Target>> =
        (0..titles.len()).map(|at| codes.get(at).and_then(|code| Target::find(code))).collect();
    fits(&chosen)?;
    let mapping: Vec<&str> = chosen.iter().map(|target| target.map_or("", |target| target.code.as_str())).collect();
    rows::set_mapping(&mut tx, id, &json(&mapping)?).await?;
    let by_title: BTreeMap<String, &str> =
        titles.iter().zip(&mapping).map(|(title, code)| (squash(title), *code)).collect();
    for (title, code) in by_title.into_iter().filter(|(title, _)| !title.is_empty()) {
        rows::remember(&mut tx, OrgId(row.org_id), &title, code).await?;
    }
    rows::anew(&mut tx, id).await?;
    rows::advance(&mut tx, id, (stage.code(), Stage::Trying.code()), ctx.now(), None).await?;
    record(ctx, &mut tx, seat, "import tried", id).await?;
    tx.commit().await?;
    Ok(())
}

fn fits(chosen: &[Option<&Target>]) -> Result<()> {
    let mut problems = Vec::new();
    for (at, target) in chosen.iter().enumerate().filter_map(|(at, target)| Some((at, (*target)?))) {
        if chosen[..at].iter().flatten().any(|earlier| earlier.code == target.code) {
            problems
                .push(Problem::new(format!("column-{at}"), "Another column is this already. Choose another, or none"));
        }
    }
    let names = |target: &&Target| ["identity.legal_name", "identity.own_number"].contains(&target.code.as_str());
    if !chosen.iter().flatten().any(names) {
        problems
            .push(Problem::new("column-0", "One column has to be the legal name or your own number of the customer"));
    }
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
}

/// Lets what was tried be carried out.
///
/// # Errors
/// [`Refusal::NotPossible`] if it was not tried, or nothing of it can be carried out; [`Refusal::NotFound`] without the right.
pub async fn confirm(ctx: &Context, principal: &Principal, id: ImportId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat, stage) = held(&mut tx, principal, id).await?;
    if stage != Stage::Tried {
        return Err(elsewhere());
    }
    if counts(&rows::counts(&mut tx, id).await?, row.total).left == 0 {
        return Err(Refusal::NotPossible("There is nothing to carry out.".to_owned()));
    }
    rows::advance(&mut tx, id, (stage.code(), Stage::Running.code()), ctx.now(), None).await?;
    record(ctx, &mut tx, seat, "import confirmed", id).await?;
    tx.commit().await?;
    Ok(())
}

/// Stops an import. What was carried out before stays.
///
/// # Errors
/// [`Refusal::NotPossible`] if it has ended; [`Refusal::NotFound`] without the right.
pub async fn cancel(ctx: &Context, principal: &Principal, id: ImportId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (_, seat, stage) = held(&mut tx, principal, id).await?;
    if matches!(stage, Stage::Done | Stage::Cancelled) {
        return Err(elsewhere());
    }
    let to = Stage::Cancelled.code();
    rows::advance(&mut tx, id, (stage.code(), to), ctx.now(), Some(ctx.now())).await?;
    record(ctx, &mut tx, seat, "import cancelled", id).await?;
    tx.commit().await?;
    Ok(())
}
