//! Taking a file into the register: its rows are tried, and what was tried is carried out when somebody says so.
//!
//! A row is tried and carried out by the same rules ([`Entry::read`]); it finds its entry by the number. The worker does it
//! piece by piece ([`work`]): where it stands is in the pieces, so it goes on after a crash, can be stopped between two
//! transactions, and holds up nobody. The same file taken in twice changes nothing the second time.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use domain::{
    access::{Action, Principal},
    answers::Answers,
    fold::squash,
    ids::{ImportId, OrgId, UserId},
    licence::{Entry, Names, Sort},
    time::Timestamp,
};
use paper::sheet;
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    licence::{
        self as entries,
        import::{self as rows, Counts, ImportRow, NewImport},
    },
};

use super::{Place, act, entry, key, order, write};
use crate::{
    Context, Result, account,
    audit::{self, Act, Actor},
    customer::import::Stage,
    error::{Problem, Refusal},
    notify,
    outbox::Template,
    seat::Seat,
    session,
};

/// How long an import is kept, with what its rows said.
pub const LIFE: i64 = 30 * Timestamp::DAY;
/// The largest file, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// Rows that are tried or carried out in one transaction: it holds up other writers for some hundredths of a second.
const PIECE: usize = 50;
/// How long one turn of the worker takes at most.
const TURN: Duration = Duration::from_millis(500);
/// Rows with faults that a page shows.
pub const SHOWN: usize = 100;

/// A row of the file: its line, its cells, and the line before it with the same number.
#[derive(Serialize, Deserialize)]
struct Line(usize, Vec<String>, Option<usize>);

/// What is wrong with a row: its line, the title of the column (empty for the row), words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong(pub usize, pub String, pub String);

/// An import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Identity.
    pub id: ImportId,
    /// The authority.
    pub org: OrgId,
    /// What the rows are.
    pub sort: Sort,
    /// Name of the file.
    pub file: String,
    /// Where it stands.
    pub stage: Stage,
    /// Rows of the file.
    pub total: i64,
    /// How many rows stand where.
    pub counts: Counts,
    /// What is wrong with rows, of at least [`SHOWN`] if there are so many.
    pub wrong: Vec<Wrong>,
    /// Who imports.
    pub by: String,
    /// When the file came.
    pub at: Timestamp,
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Refusal::Fault(error.to_string()))
}

fn read_json<T: for<'d> Deserialize<'d>>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Refusal::Fault(error.to_string()))
}

fn at_file(words: impl Into<String>) -> Refusal {
    Refusal::Invalid(vec![Problem::new("file", words)])
}

/// Takes a file in and lets its rows be tried. Nothing of it is in the register before somebody has confirmed it.
///
/// # Errors
/// [`Refusal::Invalid`] at `file` if it cannot be read or has no column for the number; [`Refusal::NotFound`] without the
/// right.
pub async fn upload(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    sort: Sort,
    (name, bytes): (&str, Vec<u8>),
) -> Result<ImportId> {
    let seat = Seat::take(principal, org, Action::KeepLicences)?;
    let file = domain::evidence::shown_name(name);
    let known = file.clone();
    // Unpacking keeps a processor busy; others must not wait for it.
    let read = tokio::task::spawn_blocking(move || sheet::read(&known, &bytes)).await;
    let read = read.map_err(|error| Refusal::Fault(error.to_string()))?;
    let sheet = read.map_err(|why| at_file(why.to_string()))?;
    let columns = columns(sort, &sheet.titles)?;
    let at_number = columns.iter().position(|column| *column == "number").unwrap_or_default();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let total = i64::try_from(sheet.rows.len()).unwrap_or(i64::MAX);
    let mut numbered = |(line, cells): (usize, Vec<String>)| {
        let number = key(cells.get(at_number).map_or("", String::as_str));
        let before = seen.get(&number).copied().filter(|_| !number.is_empty());
        seen.entry(number).or_insert(line);
        Line(line, cells, before)
    };
    let lines: Vec<Line> = sheet.rows.into_iter().map(&mut numbered).collect();
    let id = ImportId(ctx.new_id());
    let mut tx = ctx.db.begin().await?;
    let new = NewImport {
        id,
        org,
        person: seat.id(),
        sort: sort.code(),
        file_name: &file,
        columns: &json(&columns)?,
        total,
        at: ctx.now(),
    };
    rows::insert(&mut tx, &new).await?;
    for (n, piece) in (1_i64..).zip(lines.chunks(PIECE)) {
        rows::add_piece(&mut tx, id, n, &json(&piece)?).await?;
    }
    let begun = act(seat, "file taken in", "licence_import", id.to_string());
    audit::record(ctx, &mut tx, begun, audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    Ok(id)
}

/// What each column is, by its title; empty for one that nobody knows.
fn columns(sort: Sort, titles: &[String]) -> Result<Vec<&'static str>> {
    let mut found: Vec<&'static str> = Vec::new();
    for title in titles {
        let is = |column: &&domain::licence::Column| {
            squash(title) == squash(column.name) || squash(title) == squash(column.title)
        };
        let name = sort.columns().iter().find(is).map_or("", |column| column.name);
        if !name.is_empty() && found.contains(&name) {
            return Err(at_file("Two columns of the file have the same title. Each may stand there once"));
        }
        found.push(name);
    }
    if found.contains(&"number") {
        return Ok(found);
    }
    Err(at_file(
        "There is no column “number” in the first line. Take the list away as CSV to see what the columns are called",
    ))
}

fn import(row: ImportRow, counts: Counts, wrong: Vec<Wrong>) -> Result<Import> {
    Ok(Import {
        id: ImportId(row.id),
        org: OrgId(row.org_id),
        sort: Sort::from_code(&row.sort).unwrap_or(Sort::Licence),
        file: row.file_name,
        stage: Stage::read(&row.state)?,
        total: row.total,
        counts,
        wrong,
        by: row.person,
        at: Timestamp(row.created_at),
    })
}

/// The authority's last imports.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn list(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Import>> {
    Seat::take(principal, org, Action::KeepLicences)?;
    let found = rows::of_org(&mut ctx.db.reader(), org).await?;
    found.into_iter().map(|row| import(row, Counts::default(), Vec::new())).collect()
}

/// An import with where it stands.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, or without the right in its authority.
pub async fn view(ctx: &Context, principal: &Principal, id: ImportId) -> Result<Import> {
    wrong_rows(ctx, principal, id, SHOWN).await
}

/// An import with what is wrong with its rows: of so many at least, if there are so many.
///
/// # Errors
/// As [`view`].
pub async fn wrong_rows(ctx: &Context, principal: &Principal, id: ImportId, most: usize) -> Result<Import> {
    principal.signed_in()?;
    let mut db = ctx.db.reader();
    let row = rows::find(&mut db, id).await?.ok_or(Refusal::NotFound)?;
    Seat::take(principal, OrgId(row.org_id), Action::KeepLicences)?;
    let counts = rows::counts(&mut db, id).await?;
    let mut wrong: Vec<Wrong> = Vec::new();
    for piece in rows::problems(&mut db, id, i64::try_from(most).unwrap_or(i64::MAX)).await? {
        wrong.extend(read_json::<Vec<Wrong>>(&piece)?);
    }
    import(row, counts, wrong)
}

/// The import, held by the transaction, and the seat from which it is moved on.
async fn held<'p>(tx: &mut Tx, principal: &'p Principal, id: ImportId) -> Result<(Seat<'p>, Stage)> {
    principal.signed_in()?;
    let row = rows::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::KeepLicences)?;
    Ok((seat, Stage::read(&row.state)?))
}

fn elsewhere() -> Refusal {
    Refusal::NotPossible("This file stands somewhere else by now. Look at its page.".to_owned())
}

/// Lets what was tried be carried out.
///
/// # Errors
/// [`Refusal::NotPossible`] if it was not tried, or nothing of it can be carried out; [`Refusal::NotFound`] without the right.
pub async fn confirm(ctx: &Context, principal: &Principal, id: ImportId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (seat, stage) = held(&mut tx, principal, id).await?;
    if stage != Stage::Tried {
        return Err(elsewhere());
    }
    let counts = rows::counts(&mut tx, id).await?;
    if counts.adds + counts.changes == 0 {
        return Err(Refusal::NotPossible("There is nothing to carry out.".to_owned()));
    }
    rows::advance(&mut tx, id, (stage.code(), Stage::Running.code()), ctx.now(), None).await?;
    let confirmed = act(seat, "file confirmed", "licence_import", id.to_string());
    audit::record(ctx, &mut tx, confirmed, audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

/// Stops an import. What was carried out before stays.
///
/// # Errors
/// [`Refusal::NotPossible`] if it has ended; [`Refusal::NotFound`] without the right.
pub async fn cancel(ctx: &Context, principal: &Principal, id: ImportId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (seat, stage) = held(&mut tx, principal, id).await?;
    if matches!(stage, Stage::Done | Stage::Cancelled) {
        return Err(elsewhere());
    }
    let to = Stage::Cancelled.code();
    rows::advance(&mut tx, id, (stage.code(), to), ctx.now(), Some(ctx.now())).await?;
    let cancelled = act(seat, "file cancelled", "licence_import", id.to_string());
    audit::record(ctx, &mut tx, cancelled, audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

/// Tries and carries out pieces of files that wait, for at most half a second; whether there is more to do.
///
/// # Errors
/// If the store fails; what was done in earlier transactions is done.
pub async fn work(ctx: &Context) -> Result<bool> {
    let began = Instant::now();
    let catalogue = ctx.catalogue();
    let mut names = None;
    while let Some(id) = rows::to_do(&mut ctx.db.reader()).await? {
        if began.elapsed() >= TURN {
            return Ok(true);
        }
        step(ctx, id, names.get_or_insert_with(|| Names::of_all(&catalogue))).await?;
    }
    Ok(false)
}

/// One transaction.
async fn step(ctx: &Context, id: ImportId, names: &Names<'_>) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let Some(row) = rows::lock(&mut tx, id).await? else { return Ok(()) };
    let stage = Stage::read(&row.state)?;
    let principal = principal(&mut tx, UserId(row.person_id)).await?;
    let Ok(seat) = Seat::take(&principal, OrgId(row.org_id), Action::KeepLicences) else {
        return stop(ctx, tx, id, stage).await;
    };
    let (from, to, next) = match stage {
        Stage::Trying => ("new", "tried", Stage::Tried),
        Stage::Running => ("tried", "done", Stage::Done),
        // Somebody stopped it in the meantime.
        _ => return Ok(()),
    };
    if let Some((n, lines)) = rows::piece(&mut tx, id, from).await? {
        let job = Job { row: &row, seat, names, columns: read_json(&row.columns)?, real: stage == Stage::Running };
        let (counts, wrong) = job.carry_out(ctx, &mut tx, read_json(&lines)?).await?;
        rows::set_piece(&mut tx, (id, n), to, counts, &json(&wrong)?).await?;
    } else {
        let ended = (next == Stage::Done).then(|| ctx.now());
        rows::advance(&mut tx, id, (stage.code(), next.code()), ctx.now(), ended).await?;
        if next == Stage::Done {
            let done = act(seat, "file carried out", "licence_import", id.to_string());
            audit::record(ctx, &mut tx, done, audit::NONE, audit::NONE).await?;
            let path = format!("/a/{}/licence-files/{id}", seat.membership.handle);
            notify::tell(ctx, &mut tx, &[seat.id()], Template::ImportEnded, &path).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Who began it, with what they may do now.
async fn principal(tx: &mut Tx, person: UserId) -> Result<Principal> {
    let row = store::person::by_id(tx, person).await?.ok_or(Refusal::NotFound)?;
    let memberships = session::memberships(tx, person).await?;
    Ok(Principal { person: Some(account::to_person(&row)), memberships })
}

/// Whoever began it may not keep the register any more: nothing further is carried out.
async fn stop(ctx: &Context, mut tx: Tx, id: ImportId, stage: Stage) -> Result<()> {
    let to = Stage::Cancelled.code();
    rows::advance(&mut tx, id, (stage.code(), to), ctx.now(), Some(ctx.now())).await?;
    let act = Act {
        actor: Actor::System,
        action: Action::KeepLicences,
        step: "file stopped with its author's right",
        object_kind: "licence_import",
        object_id: id.to_string(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

struct Job<'a> {
    row: &'a ImportRow,
    seat: Seat<'a>,
    names: &'a Names<'a>,
    columns: Vec<String>,
    /// Whether it is carried out, not only tried.
    real: bool,
}

impl Job<'_> {
    /// How many of the lines add, change, leave as it is, are wrong; and what is wrong.
    async fn carry_out(&self, ctx: &Context, tx: &mut Tx, lines: Vec<Line>) -> Result<([i64; 4], Vec<Wrong>)> {
        let (mut counts, mut wrong) = ([0; 4], Vec::new());
        for line in lines {
            let number = line.0;
            match self.one(ctx, tx, line).await? {
                Ok(place) => counts[place] += 1,
                Err(faults) => {
                    counts[3] += 1;
                    wrong.extend(faults.into_iter().map(|(column, words)| Wrong(number, column, words)));
                }
            }
        }
        Ok((counts, wrong))
    }

    async fn one(
        &self,
        ctx: &Context,
        tx: &mut Tx,
        Line(_, cells, earlier): Line,
    ) -> Result<std::result::Result<usize, Vec<(String, String)>>> {
        let sort = Sort::from_code(&self.row.sort).unwrap_or(Sort::Licence);
        let title =
            |name: &str| sort.columns().iter().find(|column| column.name == name).map_or("", |found| found.title);
        if let Some(line) = earlier {
            return Ok(Err(vec![(title("number").to_owned(), format!("The same number stands in line {line}"))]));
        }
        let mut typed = Answers::new();
        for (column, cell) in self.columns.iter().zip(&cells).filter(|(column, _)| !column.is_empty()) {
            typed.set_one(column, cell);
        }
        let org = OrgId(self.row.org_id);
        let there = match entries::by_number(tx, org, sort.code(), &key(typed.one("number"))).await? {
            Some(id) => entries::lock(tx, id).await?,
            None => None,
        };
        let before = there.as_ref().map(entry).transpose()?;
        let after = match Entry::read(sort, before.as_ref(), &typed, order(self.seat), self.names) {
            Ok(after) => after,
            Err(faults) => {
                let faults = faults.into_iter().map(|fault| (title(fault.field).to_owned(), fault.message));
                return Ok(Err(faults.collect()));
            }
        };
        let (place, outcome, step) = match &there {
            None => (Place::New(org), 0, "entered from a file"),
            Some(_) if before.as_ref() == Some(&after) => return Ok(Ok(2)),
            Some(row) => (Place::There(row), 1, "changed by a file"),
        };
        if self.real {
            write(ctx, tx, self.seat, place, &after, step).await?;
        }
        Ok(Ok(outcome))
    }
}
