//! Reading imports: the list, where one stands, its rows with errors.

use domain::{
    access::{Action, Principal},
    customer::import::Target,
    ids::{ImportId, OrgId},
    time::Timestamp,
};
use store::customer::import::{self as rows, ImportRow, RowRow};

use super::{Kept, Stage, read_json};
use crate::{Context, Result, error::Refusal, seat::Seat};

/// Rows with faults that a page shows.
const SHOWN: i64 = 100;
/// Rows that are read at once for a file.
const READ: i64 = 1000;

/// How many rows stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows of the file.
    pub total: i64,
    /// Not tried yet.
    pub untried: i64,
    /// Would add, or have added, a customer.
    pub adds: i64,
    /// Would change, or have changed, one.
    pub changes: i64,
    /// Change nothing.
    pub same: i64,
    /// Cannot be carried out.
    pub wrong: i64,
    /// Tried and not carried out yet.
    pub left: i64,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongRow {
    /// The line of the file.
    pub line: i64,
    /// Its cells.
    pub cells: Vec<String>,
    /// What is wrong: title of the column (empty for the row) and words.
    pub problems: Vec<(String, String)>,
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Identity.
    pub id: ImportId,
    /// The company.
    pub org: OrgId,
    /// Name of the file.
    pub file: String,
    /// Where it stands.
    pub stage: Stage,
    /// Titles of the columns.
    pub titles: Vec<String>,
    /// What each column is.
    pub mapping: Vec<Option<&'static Target>>,
    /// The first rows, to see what stands in a column.
    pub sample: Vec<Vec<String>>,
    /// How many rows stand where.
    pub counts: Counts,
    /// Rows that cannot be carried out, at most a hundred.
    pub wrong: Vec<WrongRow>,
    /// Who imports.
    pub by: String,
    /// When the file came.
    pub at: Timestamp,
    /// When all ended.
    pub ended: Option<Timestamp>,
    /// How long the rest of the present stage takes at the pace so far, if the worker has it.
    pub rest: Option<i64>,
}

/// An import in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Identity.
    pub id: ImportId,
    /// Name of the file.
    pub file: String,
    /// Where it stands.
    pub stage: Stage,
    /// Rows.
    pub total: i64,
    /// Who imports.
    pub by: String,
    /// When the file came.
    pub at: Timestamp,
}

/// The company's last imports.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn list(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Line>> {
    Seat::take(principal, org, Action::WriteCustomers)?;
    let found = rows::of_org(&mut ctx.db.reader(), org).await?;
    let line = |row: ImportRow| {
        Ok(Line {
            id: ImportId(row.id),
            file: row.file_name,
            stage: Stage::read(&row.state)?,
            total: row.total,
            by: row.person,
            at: Timestamp(row.created_at),
        })
    };
    found.into_iter().map(line).collect()
}

async fn find(ctx: &Context, principal: &Principal, id: ImportId) -> Result<ImportRow> {
    principal.signed_in()?;
    let row = rows::find(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotFound)?;
    Seat::take(principal, OrgId(row.org_id), Action::WriteCustomers)?;
    Ok(row)
}

/// An import with where it stands.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, or without the right in its company.
pub async fn view(ctx: &Context, principal: &Principal, id: ImportId) -> Result<Import> {
    let row = find(ctx, principal, id).await?;
    let mut db = ctx.db.reader();
    let counts = counts(&rows::counts(&mut db, id).await?, row.total);
    let stage = Stage::read(&row.state)?;
    let (mut wrong, mut sample) = (Vec::new(), Vec::new());
    for state in ["wrong", "failed"] {
        let found = rows::rows(&mut db, id, state, 0, SHOWN).await?;
        wrong.extend(found.into_iter().map(wrong_row).collect::<Result<Vec<_>>>()?);
    }
    if stage == Stage::Mapping {
        let found = rows::rows(&mut db, id, "new", 0, 3).await?;
        sample = found.iter().map(|row| read_json(&row.cells)).collect::<Result<_>>()?;
    }
    let mapping: Vec<String> = read_json(&row.mapping)?;
    Ok(Import {
        id,
        org: OrgId(row.org_id),
        file: row.file_name,
        stage,
        titles: read_json(&row.titles)?,
        mapping: mapping.iter().map(|code| Target::find(code)).collect(),
        sample,
        rest: rest(stage, counts, ctx.now().since(Timestamp(row.began_at))),
        counts,
        wrong,
        by: row.person,
        at: Timestamp(row.created_at),
        ended: row.ended_at.map(Timestamp),
    })
}

pub(super) fn counts(states: &[(String, i64)], total: i64) -> Counts {
    let of = |codes: &[&str]| states.iter().filter(|(code, _)| codes.contains(&code.as_str())).map(|(_, n)| n).sum();
    Counts {
        total,
        untried: of(&["new"]),
        adds: of(&["adds", "added"]),
        changes: of(&["changes", "changed"]),
        same: of(&["same", "kept"]),
        wrong: of(&["wrong", "failed"]),
        left: of(&["adds", "changes"]),
    }
}

/// How long the rest takes at the pace so far.
fn rest(stage: Stage, counts: Counts, spent: i64) -> Option<i64> {
    let (left, of) = match stage {
        Stage::Trying => (counts.untried, counts.total),
        Stage::Running => (counts.left, counts.total - counts.wrong - counts.same),
        _ => return None,
    };
    let done = of - left;
    (done > 0).then(|| spent.max(0) / done * left)
}

fn wrong_row(row: RowRow) -> Result<WrongRow> {
    let problems: Vec<Kept> = read_json(&row.problems)?;
    Ok(WrongRow {
        line: row.number,
        cells: read_json(&row.cells)?,
        problems: problems.into_iter().map(|Kept(column, words)| (column, words)).collect(),
    })
}

/// Every row that could not be carried out, with the titles of the file: to put right and import again.
///
/// # Errors
/// As [`view`].
pub async fn wrong_rows(ctx: &Context, principal: &Principal, id: ImportId) -> Result<(Vec<String>, Vec<WrongRow>)> {
    let row = find(ctx, principal, id).await?;
    let (mut db, mut found) = (ctx.db.reader(), Vec::new());
    for state in ["wrong", "failed"] {
        let mut after = 0;
        loop {
            let piece = rows::rows(&mut db, id, state, after, READ).await?;
            let Some(last) = piece.last() else { break };
            after = last.number;
            found.extend(piece.into_iter().map(wrong_row).collect::<Result<Vec<_>>>()?);
        }
    }
    found.sort_by_key(|row| row.line);
    Ok((read_json(&row.titles)?, found))
}
