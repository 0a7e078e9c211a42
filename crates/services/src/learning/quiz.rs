//! Answers to quizzes: each is kept as it was given, and the first that passes on a day brings a certificate.

use domain::{
    access::{Action, Principal},
    date::Date,
    learning::{
        Module,
        quiz::{Chosen, Graded, grade},
    },
    time::Timestamp,
};
use serde_json::json;
use store::learning as rows;

use super::certificate;
use crate::{
    Context, Refusal, Result,
    audit::{self, Act, Actor},
    draft::json,
    throttle::{self, Bucket},
};

/// An answer to a quiz that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Version of the module.
    pub version: u32,
    /// What was chosen.
    pub chosen: Chosen,
    /// Questions that were answered rightly.
    pub points: i64,
    /// How many there were.
    pub questions: i64,
    /// Whether that was enough.
    pub passed: bool,
    /// When.
    pub at: Timestamp,
}

/// Keeps an answer, and issues a certificate if it passes.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody; [`Refusal::TooOften`] with the seconds to wait.
pub async fn answer(ctx: &Context, principal: &Principal, module: &Module, chosen: &Chosen) -> Result<Graded> {
    let person = principal.signed_in()?;
    let graded = grade(module, chosen);
    let (id, now) = (ctx.new_id(), ctx.now());
    let mut tx = ctx.db.begin().await?;
    throttle::count(ctx, &mut tx, &[Bucket(throttle::QUIZ_PERSON, &person.id.to_string())]).await?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let new = rows::NewAttempt {
        id,
        person: person.id,
        module: &module.slug,
        version: module.version,
        chosen: &json(chosen)?,
        points: count(graded.points()),
        questions: count(graded.right.len()),
        passed: graded.passed,
        at: now,
    };
    rows::add_attempt(&mut tx, &new).await?;
    let held = rows::certificates(&mut tx, person.id).await?;
    let already = held.iter().any(|row| {
        row.module == module.slug
            && row.version == i64::from(module.version)
            && Date::of(Timestamp(row.issued_at)) == Date::of(now)
    });
    let number = match graded.passed && !already {
        true => Some(certificate::issue(ctx, &mut tx, person, module, id).await?),
        false => None,
    };
    let step = if graded.passed { "quiz passed" } else { "quiz not passed" };
    let after =
        json!({ "module": module.slug, "version": module.version, "points": graded.points(), "certificate": number });
    let act = Act {
        actor: Actor::Person(person),
        action: Action::Learn,
        step,
        object_kind: "learning_attempt",
        object_id: id.simple().to_string(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, Some(&after)).await?;
    tx.commit().await?;
    Ok(graded)
}

/// What somebody answered last, and how many answers there were; none if they never did, or have not signed in.
///
/// # Errors
/// If the store fails.
pub async fn last_attempt(ctx: &Context, principal: &Principal, module: &Module) -> Result<Option<(Attempt, usize)>> {
    let Some(person) = &principal.person else { return Ok(None) };
    let found = rows::attempts(&mut ctx.db.reader(), person.id, &module.slug).await?;
    let count = found.len();
    found.into_iter().next().map(|row| Ok((attempt(row)?, count))).transpose()
}

fn attempt(row: rows::AttemptRow) -> Result<Attempt> {
    let chosen = serde_json::from_str(&row.chosen).map_err(|error| Refusal::Fault(error.to_string()))?;
    Ok(Attempt {
        version: u32::try_from(row.version).unwrap_or(0),
        chosen,
        points: row.points,
        questions: row.questions,
        passed: row.passed,
        at: Timestamp(row.at),
    })
}
