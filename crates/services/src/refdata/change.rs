//! Writing a change: begun from what holds or from an old version, row by row or from a file.

use domain::{
    access::{Action, Principal},
    answers::{
        Answers, clean,
        when::{Order, parse_date},
    },
    fold::ascii_digits,
    ids::OrgId,
    refdata::{self as rules, Cell, Kind, Row, Sheet, Table},
};
use store::{
    StoreError,
    refdata::{NewRefdata, RefdataRow},
};

use super::{DISCARDED, Room, content_of, latest, numbered, sheet_of};
use crate::{
    Context, Result,
    audit::NONE,
    error::{Problem, Refusal},
};

/// The most problems of a file that are told at once.
const TOLD: usize = 20;

/// Begins a change from what holds, or (`from`) from an older version to go back to it. Where one is open already, nothing
/// happens: its page says whose it is.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if there is no such version.
pub async fn begin(ctx: &Context, principal: &Principal, org: OrgId, kind: Kind, from: Option<i64>) -> Result<()> {
    let room = Room::enter(principal, org, kind, Action::ChangeReferenceData)?;
    let (based_on, sheet) = match from {
        Some(number) => (number, numbered(ctx, &room, number).await?),
        None => latest(ctx, &room).await?,
    };
    let note = from.map(|number| format!("Back to version {number}.")).unwrap_or_default();
    let content = content_of(&sheet)?;
    let mut tx = ctx.db.begin().await?;
    let new = NewRefdata {
        id: ctx.new_id(),
        kind: kind.code(),
        org,
        based_on,
        content: &content,
        note: &note,
        author: room.seat.id(),
        at: ctx.now(),
    };
    match store::refdata::insert(&mut tx, new).await {
        Err(StoreError::Conflict(_)) => return Ok(()),
        done => done?,
    }
    room.record(ctx, &mut tx, (Action::ChangeReferenceData, "change of reference data begun"), NONE, Some(&based_on))
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Writes a row of a table: the one at `place`, or a new one at the end. Fields are named as the columns.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] if the change is not the person's or waits;
/// [`Refusal::Stale`] if it was changed since the form was opened; [`Refusal::NotFound`] if there is no such table or row.
pub async fn save_row(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    kind: Kind,
    (table, place): (&str, Option<usize>),
    version: i64,
    fields: &Answers,
) -> Result<()> {
    let room = Room::enter(principal, org, kind, Action::ChangeReferenceData)?;
    let table = kind.table(room.scope, table).ok_or(Refusal::NotFound)?;
    let row = typed(table, fields, &room.seat.membership.country);
    let mut tx = ctx.db.begin().await?;
    let mut held = room.lock_own(&mut tx, version).await?;
    let mut sheet = sheet_of(&held.content)?;
    let rows = sheet.rows_mut(table.name);
    if place.is_some_and(|place| place >= rows.len()) {
        return Err(Refusal::NotFound);
    }
    let problems: Vec<Problem> = rules::check_row(table, &row)
        .into_iter()
        .map(|breach| Problem::new(breach.column.map_or("", |column| column.name), breach.words))
        .collect();
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    let before = place.map(|place| rows[place].clone());
    match place {
        Some(place) => rows[place] = row.clone(),
        None => rows.push(row.clone()),
    }
    held.content = content_of(&sheet)?;
    store::refdata::save(&mut tx, &held).await?;
    let step = (Action::ChangeReferenceData, "row of reference data written");
    room.record(ctx, &mut tx, step, before.as_ref(), Some(&row)).await?;
    tx.commit().await?;
    Ok(())
}

/// A row as it was typed: cleaned, days and digits in the one way in which they are kept.
fn typed(table: &Table, fields: &Answers, country: &str) -> Row {
    let mut row = Row::default();
    for column in table.columns {
        if matches!(column.cell, Cell::Several(_) | Cell::Words) {
            row.set(column.name, rules::several(column.cell, fields.many(column.name)));
            continue;
        }
        let text = clean(fields.one(column.name), matches!(column.cell, Cell::Lines)).text;
        let text = match column.cell {
            Cell::Day => parse_date(&text, Order::of_country(country)).map_or(text, |day| day.to_string()),
            Cell::Number { .. } => ascii_digits(&text),
            Cell::Flag if text != "yes" => "no".to_owned(),
            _ => text,
        };
        row.set(column.name, text);
    }
    row
}

/// Takes a row out (`removed`), or puts it back; it can be put back as long as the change is open.
///
/// # Errors
/// As [`save_row`].
pub async fn mark_row(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    kind: Kind,
    (table, place): (&str, usize),
    version: i64,
    removed: bool,
) -> Result<()> {
    let room = Room::enter(principal, org, kind, Action::ChangeReferenceData)?;
    let table = kind.table(room.scope, table).ok_or(Refusal::NotFound)?;
    let mut tx = ctx.db.begin().await?;
    let mut held = room.lock_own(&mut tx, version).await?;
    let mut sheet = sheet_of(&held.content)?;
    let row = sheet.rows_mut(table.name).get_mut(place).ok_or(Refusal::NotFound)?;
    row.removed = removed;
    let marked = row.clone();
    held.content = content_of(&sheet)?;
    store::refdata::save(&mut tx, &held).await?;
    let step = if removed { "row of reference data removed" } else { "row of reference data put back" };
    room.record(ctx, &mut tx, (Action::ChangeReferenceData, step), NONE, Some(&marked)).await?;
    tx.commit().await?;
    Ok(())
}

/// Replaces tables of the change by those of a file. A file with anything wrong changes nothing.
///
/// # Errors
/// [`Refusal::Invalid`] with every problem at the field `file`; else as [`save_row`].
pub async fn import(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    kind: Kind,
    table: &str,
    version: i64,
    (name, bytes): (&str, &[u8]),
) -> Result<()> {
    let room = Room::enter(principal, org, kind, Action::ChangeReferenceData)?;
    let mut tx = ctx.db.begin().await?;
    let mut held = room.lock_own(&mut tx, version).await?;
    let sheet = read_file(&room, &held, table, name, bytes)?;
    held.content = content_of(&sheet)?;
    store::refdata::save(&mut tx, &held).await?;
    room.record(ctx, &mut tx, (Action::ChangeReferenceData, "reference data imported"), NONE, Some(&sheet)).await?;
    tx.commit().await?;
    Ok(())
}

fn read_file(room: &Room<'_>, held: &RefdataRow, table: &str, name: &str, bytes: &[u8]) -> Result<Sheet> {
    let at_file = |words: String| Problem::new("file", words);
    let sheet = sheet_of(&held.content)?.settled(room.kind, room.scope);
    let table = room.kind.table(room.scope, table);
    let sheet = rules::import(room.kind, room.scope, &sheet, table, name, bytes)
        .map_err(|why| Refusal::Invalid(vec![at_file(why.to_string())]))?;
    match rules::read(room.kind, room.scope, &sheet) {
        Ok(_) => Ok(sheet),
        Err(breaches) => {
            let told = breaches.iter().take(TOLD).map(|breach| at_file(breach.to_string()));
            let more = breaches.len().saturating_sub(TOLD);
            let more = (more > 0).then(|| at_file(format!("And {more} more.")));
            Err(Refusal::Invalid(told.chain(more).collect()))
        }
    }
}

/// Gives a change up. Its author may, and so may those who could approve it.
///
/// # Errors
/// [`Refusal::NotPossible`] if there is none, or it is somebody else's and the person approves nothing.
pub async fn discard(ctx: &Context, principal: &Principal, org: OrgId, kind: Kind) -> Result<()> {
    let room = Room::enter(principal, org, kind, Action::ChangeReferenceData)?;
    let mut tx = ctx.db.begin().await?;
    let mut held = room.lock(&mut tx).await?;
    let approves = Action::ApproveReferenceData.allows(room.seat.membership.role);
    if held.author_id != room.seat.id().0 && !approves {
        return Err(Refusal::NotPossible(format!(
            "Only {} or somebody who could approve it may discard this.",
            held.author
        )));
    }
    DISCARDED.clone_into(&mut held.state);
    (held.decided_by, held.decided_at) = (Some(room.seat.id().0), Some(ctx.now().0));
    store::refdata::save(&mut tx, &held).await?;
    let step = (Action::ChangeReferenceData, "change of reference data discarded");
    room.record(ctx, &mut tx, step, Some(&held.content), NONE).await?;
    tx.commit().await?;
    Ok(())
}
