//! Decisions about customers: approved, approved with limits, refused, referred to the authority; and the risk set by hand.
//!
//! A decision is bound to the version of the file and to the rating of its moment, kept for ever and never changed. Approving
//! somebody of high risk and lowering a risk by hand wait for a second person; refusing and referring never wait, since they
//! stop sales. Approved means active, refused means stopped, referred means being checked: the state goes into the file
//! through [`super::write`] like every other change.

mod form;
mod read;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use domain::{
    access::{Action, Principal},
    answers::Answers,
    customer::{State, decision::Verdict},
    date::Date,
    ids::{CustomerId, DecisionId, OrgId, UserId},
    organisation::OrgKind,
};
use serde::Serialize;
use store::{
    Tx,
    customer::{
        self as files, CustomerRow,
        decision::{self as rows, DecisionRow, NewDecision},
        standing,
    },
    person::MemberRow,
};

pub use form::Typed;
pub use read::{Answer, Decision, Panel, Rated, Stage, panel, ratings, waiting};

use form::{OPEN_HITS, read_answer, read_form};

use super::{
    Place, document, file,
    risk::{self, Assessed, rating_of},
    write,
};
use crate::{
    Context, Refusal, Result,
    audit::{self, Act},
    error::Problem,
    outbox::{self, Template},
    seat::Seat,
};

/// What became of what was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It is in force.
    InForce,
    /// It waits for a second person.
    Waits,
    /// The second person did not agree.
    TurnedDown,
}

/// What a decision would come to. Nothing is kept.
///
/// # Errors
/// As [`decide`], but for a second person who is missing.
pub async fn preview(
    ctx: &Context,
    principal: &Principal,
    (id, version): (CustomerId, i64),
    typed: &Answers,
) -> Result<Typed> {
    principal.signed_in()?;
    let mut db = ctx.db.reader();
    let row = files::find(&mut db, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::DecideCustomers)?;
    if row.version != version {
        return Err(Refusal::Stale);
    }
    let found = risk::assess(ctx, &mut db, &row).await?;
    let today = document::today(ctx, OrgId(row.org_id)).await?;
    read_form(&file(&row)?, &found, seat, today, typed)
}

/// Decides about a customer.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::Stale`] if the file was changed since `version`;
/// [`Refusal::NotPossible`] if a second person is needed and there is none; [`Refusal::NotFound`] without the right.
pub async fn decide(
    ctx: &Context,
    principal: &Principal,
    (id, version): (CustomerId, i64),
    typed: &Answers,
) -> Result<Came> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, id).await?;
    if row.version != version {
        return Err(Refusal::Stale);
    }
    let found = risk::assess(ctx, &mut tx, &row).await?;
    let today = document::today(ctx, OrgId(row.org_id)).await?;
    let read = read_form(&file(&row)?, &found, seat, today, typed)?;
    let members = others(&mut tx, seat).await?;
    if read.needs_second && members.is_empty() {
        return Err(Refusal::NotPossible(
            "A second person has to agree, and nobody else in your company may. Invite a colleague first.".into(),
        ));
    }
    risk::note(ctx, &mut tx, &row, &found).await?;
    let decision = keep(ctx, &mut tx, seat, &row, &found, &read).await?;
    let came = if read.needs_second {
        standing::waits(&mut tx, id, Some(decision)).await?;
        let path = "/customers/due";
        tell(ctx, &mut tx, seat, &members, (Template::DecisionWaiting, path)).await?;
        Came::Waits
    } else {
        let made = rows::find(&mut tx, decision).await?.ok_or(Refusal::NotFound)?;
        take_effect(ctx, &mut tx, seat, &row, &made).await?;
        Came::InForce
    };
    tx.commit().await?;
    Ok(came)
}

/// The file, held by the transaction, and the seat from which it is decided.
async fn held<'p>(tx: &mut Tx, principal: &'p Principal, id: CustomerId) -> Result<(CustomerRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = files::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::DecideCustomers)?;
    Ok((row, seat))
}

/// Colleagues who may agree.
async fn others(tx: &mut Tx, seat: Seat<'_>) -> Result<Vec<MemberRow>> {
    let mut members = store::person::members(tx, seat.membership.org).await?;
    members.retain(|member| member.person_id != seat.id().0 && member.may(Action::DecideCustomers));
    Ok(members)
}

/// What the log commits to: what was decided on what, not why.
#[derive(Serialize)]
struct Trace<'a> {
    verdict: &'a str,
    band: &'a str,
    customer_version: i64,
    rules: &'a str,
}

fn act<'s>(seat: Seat<'s>, step: &'s str, id: CustomerId) -> Act<'s> {
    let action = Action::DecideCustomers;
    Act { actor: seat.actor(), action, step, object_kind: "customer", object_id: id.to_string() }
}

async fn keep(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    row: &CustomerRow,
    found: &Assessed,
    read: &Typed,
) -> Result<DecisionId> {
    let json = |error: serde_json::Error| Refusal::Fault(error.to_string());
    let (limits, rating) =
        (serde_json::to_string(&read.limits).map_err(json)?, serde_json::to_string(&found.rating).map_err(json)?);
    let (id, customer) = (DecisionId(ctx.new_id()), CustomerId(row.id));
    let new = NewDecision {
        id,
        customer,
        org: OrgId(row.org_id),
        customer_version: row.version,
        verdict: read.verdict.code(),
        reason: &read.reason,
        limits: &limits,
        computed: found.rating.band.code(),
        band: read.band.code(),
        rules: &found.rating.version,
        rating: &rating,
        review_on: read.review_on,
        needs_second: read.needs_second,
        at: ctx.now(),
        person: seat.id(),
    };
    rows::insert(tx, &new).await.map_err(Refusal::overtaken)?;
    let trace =
        Trace { verdict: new.verdict, band: new.band, customer_version: new.customer_version, rules: new.rules };
    let step = if read.needs_second { "customer decided, waits for a second person" } else { "customer decided" };
    audit::record(ctx, tx, act(seat, step, customer), audit::NONE, Some(&trace)).await?;
    Ok(id)
}

/// Puts a decision in force: the standing, and the state in the file.
async fn take_effect(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, row: &CustomerRow, made: &DecisionRow) -> Result<()> {
    let (customer, decision) = (CustomerId(row.id), DecisionId(made.id));
    let verdict = Verdict::from_code(&made.verdict).ok_or(Refusal::NotFound)?;
    if verdict == Verdict::Rating {
        standing::overridden(tx, customer, decision, &made.band).await?;
    } else {
        let review_on = made.review_on.map(Date::from_days);
        standing::decided(tx, customer, (decision, &made.verdict), UserId(made.person_id), review_on).await?;
        let mut after = file(row)?;
        after.set_state(match verdict {
            Verdict::Approve | Verdict::Limits => State::Active,
            Verdict::Refuse => State::Stopped,
            Verdict::Refer | Verdict::Rating => State::Checking,
        });
        let step = verdict.done().to_lowercase();
        write(ctx, tx, seat, Place::There(row), &after, &step).await?;
    }
    risk::mark(tx, customer, OrgId(row.org_id)).await
}

/// Agrees to what a colleague decided, or not.
///
/// # Errors
/// [`Refusal::Invalid`] without a choice, or without a reason for not agreeing; [`Refusal::Stale`] if it does not wait any
/// more; [`Refusal::NotPossible`] for whoever decided it, or if the file or its risk has changed since;
/// [`Refusal::NotFound`] without the right.
pub async fn answer(
    ctx: &Context,
    principal: &Principal,
    (id, decision): (CustomerId, DecisionId),
    typed: &Answers,
) -> Result<Came> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, id).await?;
    let found = risk::assess(ctx, &mut tx, &row).await?;
    if found.standing.as_ref().and_then(|standing| standing.waiting_id) != Some(decision.0) {
        return Err(Refusal::Stale);
    }
    let made = rows::find(&mut tx, decision).await?.ok_or(Refusal::NotFound)?;
    if made.person_id == seat.id().0 {
        return Err(Refusal::NotPossible("You decided this yourself. A colleague has to agree.".into()));
    }
    let (agrees, reason) = read_answer(typed)?;
    if agrees {
        still_holds(&row, &made, &found)?;
    }
    rows::answer(&mut tx, decision, (agrees, &reason), seat.id(), ctx.now()).await.map_err(Refusal::overtaken)?;
    let step = if agrees { "decision about a customer agreed to" } else { "decision about a customer turned down" };
    audit::record(ctx, &mut tx, act(seat, step, id), audit::NONE, Some(&decision.to_string())).await?;
    if agrees {
        take_effect(ctx, &mut tx, seat, &row, &made).await?;
    } else {
        standing::waits(&mut tx, id, None).await?;
    }
    let members = store::person::members(&mut tx, OrgId(row.org_id)).await?;
    let author: Vec<MemberRow> = members.into_iter().filter(|member| member.person_id == made.person_id).collect();
    tell(ctx, &mut tx, seat, &author, (Template::DecisionAnswered, &format!("/customers/{id}"))).await?;
    tx.commit().await?;
    Ok(if agrees { Came::InForce } else { Came::TurnedDown })
}

/// Whether what was decided is still what stands there.
fn still_holds(row: &CustomerRow, made: &DecisionRow, found: &Assessed) -> Result<()> {
    let approves = Verdict::from_code(&made.verdict).is_some_and(Verdict::approves);
    if approves && found.open_hits {
        return Err(Refusal::Invalid(vec![Problem::new("answer", OPEN_HITS)]));
    }
    if row.version != made.customer_version || found.rating.is_worse_than(&rating_of(made)?) {
        return Err(Refusal::NotPossible(
            "The file or its risk has changed since your colleague decided. It has to be decided anew.".into(),
        ));
    }
    Ok(())
}

/// A mail to colleagues, without a word of what or whom it is about.
async fn tell(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    members: &[MemberRow],
    (template, path): (Template, &str),
) -> Result<()> {
    for member in members {
        let (tag, place) = (member.lang().tag(), OrgKind::Company.workspace());
        let path = format!("/{tag}/{place}/{}{path}", seat.membership.handle);
        outbox::queue(ctx, tx, template, &member.email, member.lang(), &path, "").await?;
    }
    Ok(())
}
