//! The authority's side: signing an answer, with or without a change, or sending it back.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    association::QuestionAct,
    ids::{OrgId, QuestionId},
};
use store::association::question::{self as rows, Hands};

use super::{ANSWER, Held, QUESTION, Question, REASON, because, tell_asker, tell_association};
use crate::{Context, Result, input::Form, seat::Seat};

/// What an authority has to sign, signed or sent back.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without the right.
pub async fn of_authority(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Question>> {
    Seat::take(principal, org, Action::SignAnswers)?;
    Ok(rows::of_authority(&mut ctx.db.reader(), org).await?.into_iter().map(Question::from).collect())
}

/// Signs an answer, with or without a change, and publishes it. Fields: `question`, `answer`, `reason` (needed where either was
/// changed).
///
/// # Errors
/// [`crate::Refusal::Invalid`] with a problem per field; else as [`super::draft`].
pub async fn sign(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    seen: (QuestionId, i64),
    typed: &Answers,
) -> Result<()> {
    let action = Action::SignAnswers;
    let mut tx = ctx.db.begin().await?;
    let mut held = Held::take(&mut tx, principal, (org, action), seen, QuestionAct::Sign).await?;
    let mut form = Form::new(typed);
    let question = form.lines("question", QUESTION, "Leave the question, or write it anew.");
    let answer = form.lines("answer", ANSWER, "Leave the answer, or write it anew.");
    let reason = form.optional_lines("reason", REASON);
    let changed = question != held.row.question || answer != held.row.answer;
    if changed && reason.is_empty() && !form.has_problem("reason") {
        form.problem("reason", "You changed the text. Say why; the association reads this.");
    }
    form.done()?;
    let step = if changed { "answer changed and signed" } else { "answer signed" };
    (held.row.question, held.row.answer) = (question, answer);
    held.row.reason = if changed { reason } else { String::new() };
    held.row.signed_at = Some(ctx.now().0);
    let hands = Hands { drafted_by: None, signed_by: Some(held.seat.id()) };
    tell_asker(ctx, &mut tx, seen.0).await?;
    tell_association(ctx, &mut tx, &held.row).await?;
    held.keep(ctx, &mut tx, (action, step), hands).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends an answer back to the association. A missing reason is a problem at `what`.
///
/// # Errors
/// [`crate::Refusal::Invalid`] without a reason; else as [`super::draft`].
pub async fn send_back(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    seen: (QuestionId, i64),
    reason: &str,
) -> Result<()> {
    let action = Action::SignAnswers;
    let mut tx = ctx.db.begin().await?;
    let mut held = Held::take(&mut tx, principal, (org, action), seen, QuestionAct::Return).await?;
    held.row.reason = because("what", reason, "Say what has to change; the association reads this.")?;
    tell_association(ctx, &mut tx, &held.row).await?;
    held.keep(ctx, &mut tx, (action, "answer sent back"), Hands::default()).await?;
    tx.commit().await?;
    Ok(())
}
