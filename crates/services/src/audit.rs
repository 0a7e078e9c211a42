//! The audit log: every act leaves a row in the transaction of the act itself.
//!
//! A row says who did what to which object, and commits to the state before and after: the commitment is
//! `SHA-256(salt ‖ JSON)` with a random salt, so that the values can be erased later without breaking the chain. The
//! hash of a row covers all its fields and the hash of the row before.

use domain::{
    access::{Action, Membership, Person},
    encoding::hex,
    ids::UserId,
    time::Timestamp,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::{
    Read, Tx,
    audit::{AuditRow, Opening, append, lock_last, page},
    echo::LoggedRow,
};

use crate::{Context, Result, error::Refusal};

/// Who acts, as the log has it.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// A person for an organisation.
    Member(&'a Person, &'a Membership),
    /// A person for themself: sign-in, own settings.
    Person(&'a Person),
    /// Somebody without an account: an applicant, a failed sign-in.
    Anonymous,
    /// The system itself: workers, start-up.
    System,
}

/// One act.
#[derive(Debug)]
pub struct Act<'a> {
    /// Who.
    pub actor: Actor<'a>,
    /// What: the action under which it was allowed.
    pub action: Action,
    /// Which step of that action, for people: `report sent`, `question asked`.
    pub step: &'a str,
    /// Kind of the object: `report`, `draft`, `org`, `person`, …
    pub object_kind: &'a str,
    /// Which object.
    pub object_id: String,
}

impl<'a> Act<'a> {
    /// An act on a person.
    #[must_use]
    pub fn of_person(actor: Actor<'a>, action: Action, step: &'a str, person: UserId) -> Self {
        Self { actor, action, step, object_kind: "person", object_id: person.to_string() }
    }
}

/// Appends the row of an act on a person that changes nothing which would have to be committed to.
///
/// # Errors
/// As [`record`].
pub(crate) async fn of_person(
    ctx: &Context,
    tx: &mut Tx,
    (actor, action, step): (Actor<'_>, Action, &str),
    person: UserId,
) -> Result<()> {
    record(ctx, tx, Act::of_person(actor, action, step, person), NONE, NONE).await
}

/// Appends the row of `act` with commitments to `before` and `after` (`None` where there is no such state).
///
/// # Errors
/// If the store fails; the caller's transaction then fails as a whole.
pub async fn record(
    ctx: &Context,
    tx: &mut Tx,
    act: Act<'_>,
    before: Option<&impl Serialize>,
    after: Option<&impl Serialize>,
) -> Result<()> {
    let before = before.map(|value| commit(ctx, value)).transpose()?;
    let after = after.map(|value| commit(ctx, value)).transpose()?;
    let (seq, previous_hash) = lock_last(tx).await?.unwrap_or((0, vec![0; 32]));
    let (person_id, org_id, role) = match act.actor {
        Actor::Member(person, membership) => (Some(person.id.0), Some(membership.org.0), membership.role.code()),
        Actor::Person(person) => (Some(person.id.0), None, ""),
        Actor::Anonymous => (None, None, "anonymous"),
        Actor::System => (None, None, "system"),
    };
    let mut row = AuditRow {
        seq: seq + 1,
        at: ctx.now().0,
        person_id,
        org_id,
        role: role.to_owned(),
        action: format!("{}: {}", act.action.name(), act.step),
        object_kind: act.object_kind.to_owned(),
        object_id: act.object_id,
        before_commitment: before.as_ref().map(|made| made.commitment.to_vec()),
        after_commitment: after.as_ref().map(|made| made.commitment.to_vec()),
        previous_hash,
        hash: Vec::new(),
    };
    row.hash = hash(&row).to_vec();
    let opening = Opening { before: before.map(Commitment::opening), after: after.map(Commitment::opening) };
    append(tx, &row, opening).await?;
    Ok(())
}

/// Says what the log says of some reports of their copies too, which were made to measure by.
pub(crate) async fn repeat(ctx: &Context, tx: &mut Tx, rows: Vec<LoggedRow>) -> Result<()> {
    let (mut seq, mut previous) = lock_last(tx).await?.unwrap_or((0, vec![0; 32]));
    let mut said = Vec::with_capacity(rows.len());
    for LoggedRow { mut row, before_value, after_value, later } in rows {
        let moved = |value: Option<String>| value.map(|value| commit(ctx, &moved(&value, later)?)).transpose();
        let (before, after) = (moved(before_value)?, moved(after_value)?);
        row.before_commitment = before.as_ref().map(|made| made.commitment.to_vec());
        row.after_commitment = after.as_ref().map(|made| made.commitment.to_vec());
        (row.seq, row.previous_hash) = (seq + 1, previous);
        row.hash = hash(&row).to_vec();
        (seq, previous) = (row.seq, row.hash.clone());
        said.push((row, Opening { before: before.map(Commitment::opening), after: after.map(Commitment::opening) }));
    }
    Ok(store::echo::log(tx, &said).await?)
}

/// A state with its times so much later.
fn moved(state: &str, later: i64) -> Result<serde_json::Value> {
    const ENDS: [&str; 3] = ["_at", "_due", "_until"];
    let mut state: serde_json::Value =
        serde_json::from_str(state).map_err(|error| Refusal::Fault(error.to_string()))?;
    let times =
        state.as_object_mut().into_iter().flatten().filter(|(name, _)| ENDS.iter().any(|end| name.ends_with(end)));
    for (_, time) in times {
        if let Some(at) = time.as_i64().filter(|at| *at != 0) {
            *time = (at + later).into();
        }
    }
    Ok(state)
}

/// No state before or after: for [`record`].
pub const NONE: Option<&()> = None;

struct Commitment {
    commitment: [u8; 32],
    salt: [u8; 32],
    json: String,
}

impl Commitment {
    fn opening(self) -> (Vec<u8>, String) {
        (self.salt.to_vec(), self.json)
    }
}

fn commit(ctx: &Context, value: &impl Serialize) -> Result<Commitment> {
    let json = serde_json::to_string(value).map_err(|error| Refusal::Fault(error.to_string()))?;
    let salt = ctx.random::<32>();
    let commitment = Sha256::new().chain_update(salt).chain_update(&json).finalize().into();
    Ok(Commitment { commitment, salt, json })
}

/// The hash of a row: every field with its length before it, so that no two rows read alike.
fn hash(row: &AuditRow) -> [u8; 32] {
    let mut sha = Sha256::new();
    let mut field = |bytes: &[u8]| {
        sha.update((bytes.len() as u64).to_be_bytes());
        sha.update(bytes);
    };
    field(&row.seq.to_be_bytes());
    field(&row.at.to_be_bytes());
    field(row.person_id.as_ref().map_or(&[], |id| id.as_bytes()));
    field(row.org_id.as_ref().map_or(&[], |id| id.as_bytes()));
    for text in [&row.role, &row.action, &row.object_kind, &row.object_id] {
        field(text.as_bytes());
    }
    field(row.before_commitment.as_deref().unwrap_or_default());
    field(row.after_commitment.as_deref().unwrap_or_default());
    field(&row.previous_hash);
    sha.finalize().into()
}

/// What a walk over the chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Whole: so many rows.
    Whole(i64),
    /// The row at this place was changed, removed or put in.
    BrokenAt(i64),
}

/// Walks the whole chain.
///
/// # Errors
/// If the database does not answer.
pub async fn verify(db: &mut impl Read) -> Result<Verdict> {
    let (mut seq, mut last) = (0, vec![0; 32]);
    loop {
        let rows = page(db, seq, 1000).await?;
        if rows.is_empty() {
            return Ok(Verdict::Whole(seq));
        }
        for row in rows {
            let fits = row.seq == seq + 1 && row.previous_hash == last && hash(&row)[..] == row.hash[..];
            if !fits {
                return Ok(Verdict::BrokenAt(seq + 1));
            }
            (seq, last) = (row.seq, row.hash);
        }
    }
}

/// Rows after place `seq`, in order; none at the end.
///
/// # Errors
/// If the database does not answer.
pub async fn rows_after(db: &mut impl Read, seq: i64) -> Result<Vec<AuditRow>> {
    Ok(page(db, seq, 1000).await?)
}

/// A row as JSON, for keeping the log elsewhere. `at` is in microseconds since 1970, UTC. The values before and after are
/// not in it, only the commitments that the hash covers.
#[must_use]
pub fn to_json(row: &AuditRow) -> serde_json::Value {
    serde_json::json!({
        "seq": row.seq,
        "at": row.at,
        "person": row.person_id,
        "org": row.org_id,
        "role": row.role,
        "action": row.action,
        "object_kind": row.object_kind,
        "object_id": row.object_id,
        "before": row.before_commitment.as_deref().map(hex),
        "after": row.after_commitment.as_deref().map(hex),
        "previous_hash": hex(&row.previous_hash),
        "hash": hex(&row.hash),
    })
}

/// When the row was written, for callers that show it.
#[must_use]
pub const fn at(row: &AuditRow) -> Timestamp {
    Timestamp(row.at)
}
