//! What a screening does to the hits of a customer: planned first, then written.

use domain::{
    ids::{CustomerId, HitId, OrgId, UserId},
    screening::{Hit, Sides, State, Step},
    time::Timestamp,
};
use store::{
    Tx,
    screening::hit::{self as rows, HitRow, NewStep, Said},
};
use uuid::Uuid;

use super::{
    decision,
    subject::{Subject, json},
};
use crate::{Context, Refusal, Result, watchlist::Finding};

/// Somebody who was found, and what was found.
pub(super) struct Likeness<'a> {
    pub subject: &'a Subject,
    pub finding: Finding,
}

/// A change of a hit, before it is written.
pub(super) struct Change<'a> {
    /// The hit as it is; none if it is new.
    row: Option<&'a HitRow>,
    /// What was found; none if it is gone.
    likeness: Option<Likeness<'a>>,
    hit: Hit,
    /// Whether somebody has to look at it since.
    pub fresh: bool,
}

/// Whence a change comes.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    pub run: Option<Uuid>,
    pub job: Option<i64>,
    /// Whether who has to look sees it without being told.
    pub seen: bool,
}

fn hash(bytes: &[u8]) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| Refusal::Fault("a hash of a hit is too short".into()))
}

/// A hit as far as decisions go.
pub(super) fn of(row: &HitRow) -> Result<Hit> {
    let by = row.proposed_by.map(UserId);
    Ok(Hit {
        sides: Sides { party: hash(&row.party_hash)?, entry: hash(&row.entry_hash)? },
        gone: row.state == State::Gone.code(),
        holds: decision(&row.holds),
        until: row.until.map(Timestamp),
        proposed: decision(&row.proposed).zip(by),
    })
}

/// What changes: hits that are new, say something else or come back, and those that are gone of all that `was_asked` for.
pub(super) fn plan<'a>(
    there: &'a [HitRow],
    found: Vec<Likeness<'a>>,
    was_asked: impl Fn(&HitRow) -> bool,
    now: Timestamp,
) -> Result<Vec<Change<'a>>> {
    let mut changes = Vec::new();
    let mut again = vec![false; there.len()];
    for likeness in found {
        let (subject, finding) = (likeness.subject, &likeness.finding);
        let sides = Sides { party: subject.hash()?, entry: finding.entry_hash()? };
        let same = |row: &HitRow| {
            row.party == subject.party && row.list_code == finding.list.code && row.entry_id == finding.id
        };
        let Some(at) = there.iter().position(same) else {
            changes.push(Change { row: None, likeness: Some(likeness), hit: Hit::new(sides), fresh: true });
            continue;
        };
        again[at] = true;
        let before = of(&there[at])?;
        let after = step(before, Step::Found(sides), now)?;
        if after != before {
            let fresh = after.state() == State::Open && before.state() != State::Open;
            changes.push(Change { row: Some(&there[at]), likeness: Some(likeness), hit: after, fresh });
        }
    }
    let lost = there.iter().zip(again).filter(|(row, again)| !again && row.state != State::Gone.code());
    for (row, _) in lost.filter(|(row, _)| was_asked(row)) {
        let hit = step(of(row)?, Step::Gone, now)?;
        changes.push(Change { row: Some(row), likeness: None, hit, fresh: false });
    }
    Ok(changes)
}

fn step(hit: Hit, step: Step, now: Timestamp) -> Result<Hit> {
    hit.after(step, now).map_err(|why| Refusal::Fault(why.to_string()))
}

/// Where a hit stands, with what its row says else.
pub(super) fn said<'a>(row: &'a HitRow, hit: &Hit, told: bool) -> Said<'a> {
    Said {
        party_name: &row.party_name,
        party_hash: hit.sides.party,
        entry_name: &row.entry_name,
        entry_hash: hit.sides.entry,
        score: row.score,
        means: &row.means,
        finding: &row.finding,
        told,
        ..stands(hit)
    }
}

fn stands(hit: &Hit) -> Said<'static> {
    Said {
        party_name: "",
        party_hash: hit.sides.party,
        entry_name: "",
        entry_hash: hit.sides.entry,
        score: 0,
        means: "",
        finding: "",
        state: hit.state().code(),
        holds: hit.holds.map_or("", domain::screening::Decision::code),
        until: hit.until,
        proposed: hit.proposed.map_or("", |(decision, _)| decision.code()),
        proposed_by: hit.proposed.map(|(_, by)| by),
        told: true,
    }
}

/// Writes what was planned; hits that somebody has to look at since.
pub(super) async fn write(
    ctx: &Context,
    tx: &mut Tx,
    (org, customer): (OrgId, CustomerId),
    changes: &[Change<'_>],
    origin: Origin,
) -> Result<()> {
    for change in changes {
        write_one(ctx, tx, (org, customer), change, origin).await?;
    }
    Ok(())
}

async fn write_one(
    ctx: &Context,
    tx: &mut Tx,
    (org, customer): (OrgId, CustomerId),
    change: &Change<'_>,
    origin: Origin,
) -> Result<()> {
    let now = ctx.now();
    let told = match change.row {
        _ if change.fresh => origin.seen,
        // What needs nobody any more is told to nobody.
        Some(row) => row.told || !change.hit.state().is_to_do(),
        None => true,
    };
    let finding = change.likeness.as_ref().map(|likeness| json(&likeness.finding)).transpose()?;
    let said = match (&change.likeness, &finding, change.row) {
        (Some(Likeness { subject, finding }), Some(text), _) => Said {
            party_name: subject.name(),
            entry_name: &finding.entry,
            score: (finding.score * 1000.0).floor() as i64,
            means: finding.means.first().map_or("", |means| means.code()),
            finding: text,
            told,
            ..stands(&change.hit)
        },
        (_, _, Some(row)) => said(row, &change.hit, told),
        _ => return Ok(()),
    };
    let id = match (change.row, &change.likeness) {
        (Some(row), _) => {
            rows::save(tx, (HitId(row.id), row.version), &said, now).await?;
            HitId(row.id)
        }
        (None, Some(Likeness { subject, finding })) => {
            let id = HitId(ctx.new_id());
            let entry = (finding.list.code.as_str(), finding.id.as_str());
            rows::add(tx, id, (org, customer, &subject.party), entry, &said, now).await?;
            id
        }
        (None, None) => return Ok(()),
    };
    let new = NewStep {
        hit: id,
        number: change.row.map_or(1, |row| row.version + 1),
        at: now,
        what: if change.likeness.is_some() { "found" } else { "gone" },
        person: None,
        decision: "",
        reason: "",
        run: origin.run,
        job: origin.job,
        search: None,
        anew: change.likeness.is_some(),
    };
    rows::add_step(tx, new, &said).await?;
    Ok(())
}
