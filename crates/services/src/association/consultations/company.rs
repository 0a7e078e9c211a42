//! The side of a company that is asked: what is put before it, and its position.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    association::{ConsultationState, Position},
    ids::{ConsultationId, OrgId},
};
use store::{
    association::consultation::{self as rows, PositionRow},
    org,
};

use super::{COMMENT, Consultation, Opinion};
use crate::{Context, Refusal, Result, association::act, audit, input::Form, seat::Seat};

/// Those put before a company, the one that ends last first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn for_company(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Consultation>> {
    Seat::take(principal, org, Action::ReadAssociations)?;
    let mut db = ctx.db.reader();
    let own = org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let found = rows::for_company(&mut db, org, own.authority_id, ctx.now()).await?;
    Ok(found.into_iter().map(|row| Consultation::of(row, ctx.now())).collect())
}

/// One put before a company, and its own position.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if the company is not asked.
pub async fn shown(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    id: ConsultationId,
) -> Result<(Consultation, Option<Opinion>)> {
    let all = for_company(ctx, principal, org).await?;
    let found = all.into_iter().find(|one| one.id == id).ok_or(Refusal::NotFound)?;
    let own = rows::own(&mut ctx.db.reader(), id, org).await?;
    Ok((found, own.map(Opinion::from)))
}

/// Takes a company's position, or another one. Fields: `position`, `comment`, `answer` (one for each question), `named` (`yes` if
/// the owner may know whose it is).
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] after the end; [`Refusal::NotFound`] without the
/// right or if the company is not asked.
pub async fn take(ctx: &Context, principal: &Principal, org: OrgId, id: ConsultationId, typed: &Answers) -> Result<()> {
    let seat = Seat::take(principal, org, Action::TakePartInAssociations)?;
    let (found, before) = shown(ctx, principal, org, id).await?;
    if found.state != ConsultationState::Open {
        return Err(Refusal::NotPossible(format!("This is not possible any more: it is “{}”.", found.state.label())));
    }
    let mut form = Form::new(typed);
    let position = Position::from_code(form.raw("position"));
    if position.is_none() {
        form.problem("position", "Choose a position.");
    }
    let comment = form.optional_lines("comment", COMMENT);
    let mut answers = Vec::new();
    for n in 1..=found.questions.len() {
        answers.push(form.optional_lines(&format!("answer.{n}"), COMMENT));
    }
    form.done()?;
    let row = PositionRow {
        position: position.map_or("", Position::code).to_owned(),
        comment,
        answers: serde_json::to_string(&answers).map_err(|error| Refusal::Fault(error.to_string()))?,
        is_named: typed.one("named") == "yes",
        company: String::new(),
    };
    let mut tx = ctx.db.begin().await?;
    rows::take(&mut tx, id, (org, seat.id()), &row, ctx.now()).await?;
    let act = act(seat, Action::TakePartInAssociations, "position taken", "consultation", id.to_string());
    let before = before.map(|opinion| opinion.position.code());
    audit::record(ctx, &mut tx, act, before.as_ref(), Some(&(&row.position, &row.comment, row.is_named))).await?;
    tx.commit().await?;
    Ok(())
}
