//! Asking for approval, approving, sending back.

use domain::{
    access::{Action, Principal},
    answers::{
        clean_text,
        when::{Order, parse_date},
    },
    ids::OrgId,
    refdata::{self as rules, Kind},
    time::Timestamp,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::{Tx, person::MemberRow, refdata::RefdataRow};

use super::{APPROVED, DRAFT, Room, WAITING, content_of, effective, latest, sheet_of};
use crate::{
    Context, Result,
    audit::NONE,
    draft::profile::{instant, zone_name},
    error::{Problem, Refusal},
    outbox::{self, Template},
};

/// The longest note.
const LONGEST: usize = 2000;

/// What the log commits to.
#[derive(Serialize)]
struct Trace<'a> {
    number: Option<i64>,
    based_on: i64,
    valid_from: Option<i64>,
    content: &'a str,
}

impl<'a> Trace<'a> {
    fn of(row: &'a RefdataRow) -> Self {
        Self { number: row.number, based_on: row.based_on, valid_from: row.valid_from, content: &row.content }
    }
}

/// Asks others to approve the change: with words why, from a day on or as soon as it is approved.
///
/// # Errors
/// [`Refusal::Invalid`] at `note` and `from`; [`Refusal::NotPossible`] if something in it is wrong, nothing changes, or it
/// is not the person's; [`Refusal::Stale`].
pub async fn ask(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    kind: Kind,
    version: i64,
    (note, from): (&str, &str),
) -> Result<()> {
    let room = Room::enter(principal, org, kind, Action::ChangeReferenceData)?;
    let (_, before) = latest(ctx, &room).await?;
    let begins = begins_of_latest(ctx, &room).await?;
    let mut tx = ctx.db.begin().await?;
    let mut held = room.lock_own(&mut tx, version).await?;
    let sheet = sheet_of(&held.content)?.settled(kind, room.scope);
    if rules::read(kind, room.scope, &sheet).is_err() {
        return Err(Refusal::NotPossible("Something in it is still wrong. Put that right first.".into()));
    }
    if rules::diff(kind, room.scope, &before, &sheet).is_empty() {
        return Err(Refusal::NotPossible("Nothing is changed yet.".into()));
    }
    (held.note, held.wanted_from) = wanted(ctx, &mut tx, &room, note, from, begins).await?;
    held.content = content_of(&sheet)?;
    held.sha256 = Some(Sha256::digest(&held.content).to_vec());
    held.asked_at = Some(ctx.now().0);
    held.decision_note.clear();
    WAITING.clone_into(&mut held.state);
    store::refdata::save(&mut tx, &held).await?;
    tell_approvers(ctx, &mut tx, &room).await?;
    let step = (Action::ChangeReferenceData, "approval of reference data asked for");
    room.record(ctx, &mut tx, step, NONE, Some(&Trace::of(&held))).await?;
    tx.commit().await?;
    Ok(())
}

/// The instant from which the last approved version holds.
async fn begins_of_latest(ctx: &Context, room: &Room<'_>) -> Result<Option<Timestamp>> {
    let history = store::refdata::history(&mut ctx.db.reader(), room.kind.code(), room.org).await?;
    Ok(history.first().and_then(|row| row.valid_from).map(Timestamp))
}

async fn wanted(
    ctx: &Context,
    tx: &mut Tx,
    room: &Room<'_>,
    note: &str,
    from: &str,
    begins: Option<Timestamp>,
) -> Result<(String, Option<i64>)> {
    let mut problems = Vec::new();
    let note = clean_text(note);
    match note.chars().count() {
        0 => problems.push(Problem::new("note", "Say in a few words what changes and why.")),
        n if n > LONGEST => problems.push(Problem::new("note", format!("Use at most {LONGEST} characters."))),
        _ => {}
    }
    let org = store::org::by_id(tx, room.org).await?.ok_or(Refusal::NotFound)?;
    let from = from.trim();
    let day = parse_date(from, Order::of_country(&org.country)).ok();
    let from_at = day.and_then(|day| instant(zone_name(&org), day, None));
    if !from.is_empty() && from_at.is_none() {
        problems.push(Problem::new("from", "Write the day like 23 November 2026 or 2026-11-23."));
    }
    // The next version always follows the one before, so that one line of versions tells what held when.
    let early = begins.filter(|begins| *begins > ctx.now() && from_at.is_none_or(|from| from < *begins));
    if early.is_some() && problems.is_empty() {
        let words =
            "A version that was approved before comes into force later than that. Choose its day or a later one.";
        problems.push(Problem::new("from", words));
    }
    if problems.is_empty() { Ok((note, from_at.map(|at| at.0))) } else { Err(Refusal::Invalid(problems)) }
}

/// Approves what somebody else wrote. It holds from the wanted day on, at the earliest half a minute from now.
///
/// # Errors
/// [`Refusal::NotPossible`] for the author and for what does not wait; [`Refusal::Stale`] if it was changed since it was
/// looked at; [`Refusal::NotFound`] without the right.
pub async fn approve(ctx: &Context, principal: &Principal, org: OrgId, kind: Kind, version: i64) -> Result<()> {
    let room = Room::enter(principal, org, kind, Action::ApproveReferenceData)?;
    let mut tx = ctx.db.begin().await?;
    let mut held = waiting(&room, &mut tx, version).await?;
    if held.author_id == room.seat.id().0 {
        return Err(Refusal::NotPossible("Somebody else has to approve what you wrote.".into()));
    }
    let sheet = sheet_of(&held.content)?;
    if rules::read(kind, room.scope, &sheet).is_err() {
        return Err(Refusal::NotPossible("This version can no longer be read. Send it back.".into()));
    }
    let last = store::refdata::latest(&mut tx, kind.code(), org).await?;
    let settled = ctx.now().plus(effective::SETTLE).0;
    let begins = [held.wanted_from, last.as_ref().and_then(|row| row.valid_from)].into_iter().flatten().max();
    held.number = Some(last.and_then(|row| row.number).unwrap_or(0) + 1);
    held.valid_from = Some(begins.unwrap_or(settled).max(settled));
    (held.decided_by, held.decided_at) = (Some(room.seat.id().0), Some(ctx.now().0));
    APPROVED.clone_into(&mut held.state);
    store::refdata::save(&mut tx, &held).await?;
    tell_author(ctx, &mut tx, &room, &held).await?;
    let step = (Action::ApproveReferenceData, "version of reference data approved");
    room.record(ctx, &mut tx, step, NONE, Some(&Trace::of(&held))).await?;
    tx.commit().await?;
    effective::reload(ctx).await
}

async fn waiting(room: &Room<'_>, tx: &mut Tx, version: i64) -> Result<RefdataRow> {
    let held = room.lock(tx).await?;
    if held.state != WAITING {
        return Err(Refusal::NotPossible(format!("{} has taken this back to change it.", held.author)));
    }
    if held.version == version { Ok(held) } else { Err(Refusal::Stale) }
}

/// Sends a waiting change back to its author: by somebody who could approve it, with words why; or by the author, to go on
/// writing.
///
/// # Errors
/// [`Refusal::Invalid`] without words; [`Refusal::NotPossible`] for what does not wait or without the right;
/// [`Refusal::Stale`].
pub async fn send_back(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    kind: Kind,
    version: i64,
    note: &str,
) -> Result<()> {
    let room = Room::enter(principal, org, kind, Action::ChangeReferenceData)?;
    let mut tx = ctx.db.begin().await?;
    let mut held = waiting(&room, &mut tx, version).await?;
    let own = held.author_id == room.seat.id().0;
    let note = clean_text(note);
    if !own {
        Room::enter(principal, org, kind, Action::ApproveReferenceData)?;
        match note.chars().count() {
            0 => return Err(Refusal::Invalid(vec![Problem::new("why", "Say what has to be changed.")])),
            n if n > LONGEST => {
                return Err(Refusal::Invalid(vec![Problem::new("why", format!("Use at most {LONGEST} characters."))]));
            }
            _ => held.decision_note = note,
        }
    }
    DRAFT.clone_into(&mut held.state);
    (held.asked_at, held.sha256) = (None, None);
    store::refdata::save(&mut tx, &held).await?;
    if !own {
        tell_author(ctx, &mut tx, &room, &held).await?;
    }
    let step = if own { "change of reference data taken back" } else { "change of reference data sent back" };
    room.record(ctx, &mut tx, (Action::ChangeReferenceData, step), NONE, Some(&Trace::of(&held))).await?;
    tx.commit().await?;
    Ok(())
}

/// Those who could approve what this person wrote.
pub(super) fn approvers(members: &[MemberRow], author: uuid::Uuid) -> impl Iterator<Item = &MemberRow> {
    members.iter().filter(move |member| member.person_id != author && member.may(Action::ApproveReferenceData))
}

async fn tell_approvers(ctx: &Context, tx: &mut Tx, room: &Room<'_>) -> Result<()> {
    let members = store::person::members(tx, room.org).await?;
    for member in approvers(&members, room.seat.id().0) {
        mail(ctx, tx, room, Template::ReferenceDataWaiting, member, "/change").await?;
    }
    Ok(())
}

async fn tell_author(ctx: &Context, tx: &mut Tx, room: &Room<'_>, held: &RefdataRow) -> Result<()> {
    let members = store::person::members(tx, room.org).await?;
    match members.iter().find(|member| member.person_id == held.author_id) {
        Some(author) => mail(ctx, tx, room, Template::ReferenceDataDecided, author, "").await,
        None => Ok(()),
    }
}

async fn mail(
    ctx: &Context,
    tx: &mut Tx,
    room: &Room<'_>,
    template: Template,
    to: &MemberRow,
    page: &str,
) -> Result<()> {
    let lang = to.lang();
    let (member, kind) = (room.seat.membership, room.kind.code());
    let path = format!("/{}/{}/{}/reference/{kind}{page}", lang.tag(), member.kind.workspace(), member.handle);
    outbox::queue(ctx, tx, template, &to.email, lang, &path, "").await
}
