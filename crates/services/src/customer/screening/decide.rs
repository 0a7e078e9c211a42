//! Deciding who a hit is: a match, no match, not sure. Grave ones take two people.

use domain::{
    access::Principal,
    answers::Answers,
    ids::{CustomerId, HitId, OrgId},
    screening::{Decision, Hit, Refused, Step, is_grave},
};
use serde::Serialize;
use store::{
    Tx,
    screening::hit::{self as rows, HitRow, NewStep},
};

use super::{
    DECIDE,
    apply::{of, said},
    subject::parse,
};
use crate::{
    Context, Result,
    audit::{self, Act},
    customer::risk,
    error::Refusal,
    input::Form,
    seat::Seat,
    watchlist::{Finding, searched_now},
};

/// Field for what is said to an agreement, and to an objection: both may stand on one page.
pub const AGREE_REASON: &str = "agree.reason";
/// See [`AGREE_REASON`].
pub const OBJECT_REASON: &str = "object.reason";
/// The most letters of a reason.
const LONGEST: usize = 2000;

/// What the log commits to.
#[derive(Serialize)]
struct Trace {
    state: &'static str,
    holds: &'static str,
    proposed: &'static str,
}

impl Trace {
    fn of(hit: &Hit) -> Self {
        let code = |decision: Option<Decision>| decision.map_or("", Decision::code);
        Self {
            state: hit.state().code(),
            holds: code(hit.holds),
            proposed: code(hit.proposed.map(|(decision, _)| decision)),
        }
    }
}

/// Whether a decision on a hit takes two people.
pub(super) fn takes_two(finding: &Finding) -> bool {
    is_grave(finding.score, &finding.means)
}

/// Decides. A grave hit waits for a second person then. Fields: `decision`, `reason`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::Stale`] if the hit was changed since `version`;
/// [`Refusal::NotPossible`] if it is gone; [`Refusal::NotFound`] without the right.
pub async fn decide(ctx: &Context, principal: &Principal, (id, version): (HitId, i64), typed: &Answers) -> Result<()> {
    let (mut tx, row, seat) = held(ctx, principal, (id, version)).await?;
    let mut form = Form::new(typed);
    let decision = Decision::from_code(form.raw("decision"));
    if decision.is_none() {
        form.problem("decision", "Choose what it is");
    }
    let reason = form.lines("reason", LONGEST, "Say why, so that others understand it years later");
    form.done()?;
    let decision = decision.ok_or(Refusal::NotFound)?;
    let grave = takes_two(&parse(&row.finding)?);
    let step = Step::Decided { decision, by: seat.id(), grave };
    take(ctx, &mut tx, seat, (&row, step), ("decided", decision, &reason)).await?;
    tx.commit().await?;
    Ok(())
}

/// Agrees to what a colleague decided. Field: [`AGREE_REASON`], which may be empty.
///
/// # Errors
/// [`Refusal::NotPossible`] if nothing waits, or to the one who decided; else as [`decide`].
pub async fn agree(ctx: &Context, principal: &Principal, at: (HitId, i64), typed: &Answers) -> Result<()> {
    second(ctx, principal, at, typed, true).await
}

/// Does not agree: the hit stands as it stood before. Field: [`OBJECT_REASON`].
///
/// # Errors
/// As [`agree`]; [`Refusal::Invalid`] without a reason.
pub async fn object(ctx: &Context, principal: &Principal, at: (HitId, i64), typed: &Answers) -> Result<()> {
    second(ctx, principal, at, typed, false).await
}

async fn second(ctx: &Context, principal: &Principal, at: (HitId, i64), typed: &Answers, agrees: bool) -> Result<()> {
    let (mut tx, row, seat) = held(ctx, principal, at).await?;
    let mut form = Form::new(typed);
    let field = if agrees { AGREE_REASON } else { OBJECT_REASON };
    let reason = match agrees && form.raw(field).trim().is_empty() {
        true => String::new(),
        false => form.lines(field, LONGEST, "Say why you see it otherwise"),
    };
    form.done()?;
    let proposed = of(&row)?.proposed.map(|(decision, _)| decision);
    let decision = proposed.ok_or_else(|| Refusal::NotPossible(Refused::NothingProposed.to_string()))?;
    let (step, what) =
        if agrees { (Step::Agreed(seat.id()), "agreed") } else { (Step::Objected(seat.id()), "objected") };
    take(ctx, &mut tx, seat, (&row, step), (what, decision, &reason)).await?;
    tx.commit().await?;
    Ok(())
}

/// The hit in a transaction, and the seat from which it is decided.
async fn held<'p>(
    ctx: &Context,
    principal: &'p Principal,
    (id, version): (HitId, i64),
) -> Result<(Tx, HitRow, Seat<'p>)> {
    principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let row = rows::one(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), DECIDE)?;
    if row.version != version {
        return Err(Refusal::Stale);
    }
    Ok((tx, row, seat))
}

async fn take(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    (row, step): (&HitRow, Step),
    (what, decision, reason): (&'static str, Decision, &str),
) -> Result<()> {
    let before = of(row)?;
    let after = before.after(step, ctx.now()).map_err(|why| Refusal::NotPossible(why.to_string()))?;
    let search = searched_now(tx, OrgId(row.org_id), ctx.now()).await?.keep(tx).await?;
    let said = said(row, &after, true);
    let id = HitId(row.id);
    rows::save(tx, (id, row.version), &said, ctx.now()).await?;
    let new = NewStep {
        hit: id,
        number: row.version + 1,
        at: ctx.now(),
        what,
        person: Some(seat.id()),
        decision: decision.code(),
        reason,
        run: None,
        job: None,
        search: Some(search),
        anew: false,
    };
    rows::add_step(tx, new, &said).await?;
    risk::mark(tx, CustomerId(row.customer_id), OrgId(row.org_id)).await?;
    let step = format!("hit {what}");
    let act = Act { actor: seat.actor(), action: DECIDE, step: &step, object_kind: "hit", object_id: id.to_string() };
    audit::record(ctx, tx, act, Some(&Trace::of(&before)), Some(&Trace::of(&after))).await
}
