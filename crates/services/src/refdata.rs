//! Reference data as people change it: proposed by one, compared, approved by another, in force from a day on.
//!
//! The operator's versions hold for everybody, an authority's for its own reports. At most one change per kind and
//! organisation is open: its author writes it row by row or from a file, and asks; somebody else approves it or sends it
//! back. An approved version never changes: going back to an old one makes a new one with its content. What holds at an
//! instant is looked up in memory ([`RefData`]).

mod change;
mod decide;
mod effective;
mod read;
mod rules;

pub use change::{begin, discard, import, mark_row, save_row};
pub use decide::{approve, ask, send_back};
pub use effective::{Edition, RefData, refresh};
pub use read::{ChangeView, Holds, KindView, Line, Open, Version, VersionView, change, kind, overview, version};
pub use rules::rules_for;

use domain::{
    access::{Action, Principal},
    ids::OrgId,
    organisation::OrgKind,
    refdata::{Kind, Scope, Sheet},
};
use serde::Serialize;
use store::{Tx, refdata::RefdataRow};

use crate::{
    Context, Result,
    audit::{self, Act},
    error::Refusal,
    seat::Seat,
};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// A person with a kind of reference data of an organisation before them.
#[derive(Clone, Copy, Debug)]
struct Room<'p> {
    seat: Seat<'p>,
    org: OrgId,
    kind: Kind,
    scope: Scope,
}

impl<'p> Room<'p> {
    fn enter(principal: &'p Principal, org: OrgId, kind: Kind, action: Action) -> Result<Self> {
        let seat = Seat::take(principal, org, action)?;
        let scope = scope(seat.membership.kind)?;
        if kind.exists_for(scope) { Ok(Self { seat, org, kind, scope }) } else { Err(Refusal::NotFound) }
    }

    /// The open change, held.
    async fn lock(&self, tx: &mut Tx) -> Result<RefdataRow> {
        let row = store::refdata::lock(tx, self.kind.code(), self.org).await?;
        row.ok_or_else(|| Refusal::NotPossible("There is no open change here any more.".into()))
    }

    /// The open change that the person is writing, held.
    async fn lock_own(&self, tx: &mut Tx, version: i64) -> Result<RefdataRow> {
        let row = self.lock(tx).await?;
        if row.author_id != self.seat.id().0 {
            return Err(Refusal::NotPossible(format!(
                "{} is writing this change. Ask them, or discard it.",
                row.author
            )));
        }
        if row.state != DRAFT {
            return Err(Refusal::NotPossible(
                "This change waits for approval. Take it back before you change it.".into(),
            ));
        }
        if row.version == version { Ok(row) } else { Err(Refusal::Stale) }
    }

    async fn record(
        &self,
        ctx: &Context,
        tx: &mut Tx,
        (action, step): (Action, &str),
        before: Option<&impl Serialize>,
        after: Option<&impl Serialize>,
    ) -> Result<()> {
        let object_id = self.kind.code().to_owned();
        let act = Act { actor: self.seat.actor(), action, step, object_kind: "refdata", object_id };
        audit::record(ctx, tx, act, before, after).await
    }
}

const DRAFT: &str = "draft";
const WAITING: &str = "waiting";
const APPROVED: &str = "approved";
const DISCARDED: &str = "discarded";

fn scope(kind: OrgKind) -> Result<Scope> {
    match kind {
        OrgKind::Operator => Ok(Scope::Everybody),
        OrgKind::Authority => Ok(Scope::Authority),
        _ => Err(Refusal::NotFound),
    }
}

fn sheet_of(content: &str) -> Result<Sheet> {
    serde_json::from_str(content).map_err(|error| Refusal::Fault(error.to_string()))
}

fn content_of(sheet: &Sheet) -> Result<String> {
    serde_json::to_string(sheet).map_err(|error| Refusal::Fault(error.to_string()))
}

/// The last approved version of the organisation: its number and tables. Where there is none, 0 and what holds for
/// everybody, from which its own would begin.
async fn latest(ctx: &Context, room: &Room<'_>) -> Result<(i64, Sheet)> {
    match store::refdata::latest(&mut ctx.db.reader(), room.kind.code(), room.org).await? {
        Some(row) => Ok((row.number.unwrap_or(0), sheet_of(&row.content)?)),
        None => Ok((0, ctx.refdata.for_everybody(room.kind, ctx.now()).settled(room.kind, room.scope))),
    }
}

/// The tables of a version: 0 is what ships with the program.
async fn numbered(ctx: &Context, room: &Room<'_>, number: i64) -> Result<Sheet> {
    if number == 0 {
        return Ok(room.kind.built_in().settled(room.kind, room.scope));
    }
    let row = store::refdata::numbered(&mut ctx.db.reader(), room.kind.code(), room.org, number).await?;
    sheet_of(&row.ok_or(Refusal::NotFound)?.content)
}
