//! Reading: what holds, what came before it, what is being changed.

use domain::{
    access::{Action, Principal},
    encoding::hex,
    ids::OrgId,
    refdata::{self as rules, Breach, Difference, Kind, Scope, Sheet},
    time::Timestamp,
};
use store::refdata::RefdataRow;

use super::{DRAFT, Room, decide::approvers, latest, numbered, scope, sheet_of};
use crate::{Context, Result, draft::profile::zone_name, error::Refusal, seat::Seat};

/// What holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holds {
    /// The version; 0 is what shipped with the program.
    pub number: i64,
    /// Whether it is the organisation's own, and not what holds for everybody.
    pub own: bool,
    /// Since when; none for what shipped.
    pub since: Option<Timestamp>,
}

/// An open change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Who writes it.
    pub author: String,
    /// Whether that is the person.
    pub mine: bool,
    /// Since when it waits for approval; none while it is written.
    pub waits_since: Option<Timestamp>,
}

/// An approved version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// From when it holds.
    pub valid_from: Timestamp,
    /// Who wrote it.
    pub author: String,
    /// Who approved it.
    pub approver: String,
    /// When.
    pub approved_at: Timestamp,
    /// What its author said about it.
    pub note: String,
    /// The version it was made from.
    pub based_on: i64,
    /// SHA-256 over its canonical text, in hexadecimal.
    pub sha256: String,
}

/// One kind, in a list of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The kind.
    pub kind: Kind,
    /// What holds.
    pub holds: Holds,
    /// The open change.
    pub open: Option<Open>,
}

/// A kind of reference data of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindView {
    /// The kind.
    pub kind: Kind,
    /// For whom its versions hold.
    pub scope: Scope,
    /// Time zone of the organisation.
    pub zone: String,
    /// What holds.
    pub holds: Holds,
    /// Its tables.
    pub sheet: Sheet,
    /// The approved versions, the last one first.
    pub history: Vec<Version>,
    /// The open change.
    pub open: Option<Open>,
    /// Whether the person may propose another version.
    pub may_change: bool,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionView {
    /// For whom.
    pub scope: Scope,
    /// Time zone of the organisation.
    pub zone: String,
    /// Who, when, why; none for version 0.
    pub version: Option<Version>,
    /// Its tables.
    pub sheet: Sheet,
    /// What it changed of the one before.
    pub changed: Vec<Difference>,
    /// Whether it is another than the last one and the person may go back to it.
    pub may_return: bool,
}

/// The open change.
#[derive(Clone, Debug)]
pub struct ChangeView {
    /// For whom.
    pub scope: Scope,
    /// Time zone of the organisation.
    pub zone: String,
    /// What an act carries.
    pub version: i64,
    /// Who writes it.
    pub author: String,
    /// Whether that is the person.
    pub mine: bool,
    /// Since when it waits for approval; none while it is written.
    pub waits_since: Option<Timestamp>,
    /// What its author says.
    pub note: String,
    /// From when it is to hold.
    pub wanted_from: Option<Timestamp>,
    /// Why it was sent back the last time; may be empty.
    pub sent_back: String,
    /// The last approved version, with which it is compared; 0 for none.
    pub compared_with: i64,
    /// Its tables, with rows marked as removed.
    pub sheet: Sheet,
    /// What it changes.
    pub changes: Vec<Difference>,
    /// What is wrong in it.
    pub breaches: Vec<Breach>,
    /// SHA-256 over its canonical text, once it waits.
    pub sha256: String,
    /// Whether the person may approve it or send it back now.
    pub may_decide: bool,
    /// How many others could approve it.
    pub approvers: usize,
}

/// Every kind, with what holds.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn overview(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Line>> {
    let scope = scope(Seat::take(principal, org, Action::ReadReferenceData)?.membership.kind)?;
    let mut lines = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| kind.exists_for(scope)) {
        let room = Room::enter(principal, org, *kind, Action::ReadReferenceData)?;
        let (holds, _) = holds(ctx, &room);
        lines.push(Line { kind: *kind, holds, open: open(ctx, &room).await? });
    }
    Ok(lines)
}

fn holds(ctx: &Context, room: &Room<'_>) -> (Holds, Sheet) {
    let now = ctx.now();
    let own = |authority| ctx.refdata.own(room.kind, authority, now);
    let found = match room.scope {
        Scope::Everybody => own(None).map(|found| (true, found)),
        Scope::Authority => {
            let everybody = || own(None).map(|found| (false, found));
            own(Some(room.org)).map(|found| (true, found)).or_else(everybody)
        }
    };
    match found {
        Some((own, (number, since, sheet))) => {
            (Holds { number, own, since: Some(since) }, sheet.settled(room.kind, room.scope))
        }
        None => (Holds { number: 0, own: false, since: None }, room.kind.built_in().settled(room.kind, room.scope)),
    }
}

async fn open(ctx: &Context, room: &Room<'_>) -> Result<Option<Open>> {
    let row = store::refdata::open(&mut ctx.db.reader(), room.kind.code(), room.org).await?;
    Ok(row.map(|row| Open {
        mine: row.author_id == room.seat.id().0,
        waits_since: waits_since(&row),
        author: row.author,
    }))
}

fn waits_since(row: &RefdataRow) -> Option<Timestamp> {
    row.asked_at.filter(|_| row.state != DRAFT).map(Timestamp)
}

fn approved(row: RefdataRow) -> Option<Version> {
    Some(Version {
        number: row.number?,
        valid_from: Timestamp(row.valid_from?),
        author: row.author,
        approver: row.decider.unwrap_or_default(),
        approved_at: Timestamp(row.decided_at?),
        note: row.note,
        based_on: row.based_on,
        sha256: row.sha256.as_deref().map(hex).unwrap_or_default(),
    })
}

async fn zone(ctx: &Context, org: OrgId) -> Result<String> {
    let org = store::org::by_id(&mut ctx.db.reader(), org).await?.ok_or(Refusal::NotFound)?;
    Ok(zone_name(&org).to_owned())
}

/// A kind with what holds and its history.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn kind(ctx: &Context, principal: &Principal, org: OrgId, kind: Kind) -> Result<KindView> {
    let room = Room::enter(principal, org, kind, Action::ReadReferenceData)?;
    let history = store::refdata::history(&mut ctx.db.reader(), kind.code(), org).await?;
    let (holds, sheet) = holds(ctx, &room);
    Ok(KindView {
        kind,
        scope: room.scope,
        zone: zone(ctx, org).await?,
        holds,
        sheet,
        history: history.into_iter().filter_map(approved).collect(),
        open: open(ctx, &room).await?,
        may_change: Action::ChangeReferenceData.allows(room.seat.membership.role),
    })
}

/// A version with what it changed of the one before.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if there is no such version.
pub async fn version(ctx: &Context, principal: &Principal, org: OrgId, kind: Kind, number: i64) -> Result<VersionView> {
    let room = Room::enter(principal, org, kind, Action::ReadReferenceData)?;
    let row = match number {
        0 => None,
        _ => Some(
            store::refdata::numbered(&mut ctx.db.reader(), kind.code(), org, number).await?.ok_or(Refusal::NotFound)?,
        ),
    };
    let sheet = match &row {
        Some(row) => sheet_of(&row.content)?,
        None => numbered(ctx, &room, 0).await?,
    };
    let before = if number > 0 { numbered(ctx, &room, number - 1).await? } else { sheet.clone() };
    let (last, _) = latest(ctx, &room).await?;
    Ok(VersionView {
        scope: room.scope,
        zone: zone(ctx, org).await?,
        version: row.and_then(approved),
        changed: rules::diff(kind, room.scope, &before, &sheet),
        sheet,
        may_return: last != number && Action::ChangeReferenceData.allows(room.seat.membership.role),
    })
}

/// The open change, if there is one.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn change(ctx: &Context, principal: &Principal, org: OrgId, kind: Kind) -> Result<Option<ChangeView>> {
    let room = Room::enter(principal, org, kind, Action::ReadReferenceData)?;
    let Some(row) = store::refdata::open(&mut ctx.db.reader(), kind.code(), org).await? else { return Ok(None) };
    let (compared_with, before) = latest(ctx, &room).await?;
    let sheet = sheet_of(&row.content)?;
    let members = store::person::members(&mut ctx.db.reader(), org).await?;
    let (me, waits_since) = (room.seat.id().0, waits_since(&row));
    let approves = Action::ApproveReferenceData.allows(room.seat.membership.role);
    Ok(Some(ChangeView {
        scope: room.scope,
        zone: zone(ctx, org).await?,
        version: row.version,
        mine: row.author_id == me,
        waits_since,
        wanted_from: row.wanted_from.map(Timestamp),
        compared_with,
        changes: rules::diff(kind, room.scope, &before, &sheet),
        breaches: rules::read(kind, room.scope, &sheet).err().unwrap_or_default(),
        sheet,
        sha256: row.sha256.as_deref().map(hex).unwrap_or_default(),
        may_decide: waits_since.is_some() && approves && row.author_id != me,
        approvers: approvers(&members, row.author_id).count(),
        author: row.author,
        note: row.note,
        sent_back: row.decision_note,
    }))
}
