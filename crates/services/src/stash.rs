//! What was typed into a public form that could not be taken.
//!
//! Every form post stores first and redirects; the page then shows what was typed with the problems beside it. People
//! who have no account have no draft to store it in, so it is kept here for two hours under a random token that only
//! their browser holds. Passwords are never kept.

use domain::{answers::Answers, time::Timestamp};
use store::stash as rows;

use crate::{Context, Refusal, Result, error::Problem, secret};

/// How long it is kept, microseconds; the life of the cookie.
pub const LIFE: i64 = 2 * Timestamp::HOUR;
/// Most characters kept of one field: no form asks for so many, so more is never an answer.
const MAX_FIELD: usize = 20_000;
/// Most bytes kept of one form.
const MAX_FORM: usize = 128 * 1024;

/// A form as it was typed, and what was wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stashed {
    /// The fields.
    pub typed: Answers,
    /// The problems, in the order of the form.
    pub problems: Vec<Problem>,
}

/// Keeps a form under a new token; what the browser's old token led to is forgotten.
///
/// # Errors
/// If the store fails.
pub async fn keep(
    ctx: &Context,
    old: Option<&str>,
    form: &str,
    typed: &Answers,
    problems: &[Problem],
) -> Result<String> {
    let fault = |error: serde_json::Error| Refusal::Fault(error.to_string());
    let typed = serde_json::to_string(&fit(typed)).map_err(fault)?;
    let problems = serde_json::to_string(problems).map_err(fault)?;
    let token = secret::token(ctx);
    let mut tx = ctx.db.begin().await?;
    if let Some(old) = old {
        rows::drop(&mut tx, secret::hash(old)).await?;
    }
    rows::keep(&mut tx, secret::hash(&token), form, &typed, &problems, ctx.now().plus(LIFE)).await?;
    tx.commit().await?;
    Ok(token)
}

/// What a token leads to, if it is of this form and has not lapsed.
///
/// # Errors
/// If the store fails.
pub async fn find(ctx: &Context, token: &str, form: &str) -> Result<Option<Stashed>> {
    let found = rows::find(&mut ctx.db.reader(), secret::hash(token), form, ctx.now()).await?;
    let Some((typed, problems)) = found else { return Ok(None) };
    let fault = |error: serde_json::Error| Refusal::Fault(error.to_string());
    let typed = serde_json::from_str(&typed).map_err(fault)?;
    let problems = serde_json::from_str(&problems).map_err(fault)?;
    Ok(Some(Stashed { typed, problems }))
}

/// Forgets a form, once it was taken.
///
/// # Errors
/// If the store fails.
pub async fn forget(ctx: &Context, token: &str) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    rows::drop(&mut tx, secret::hash(token)).await?;
    tx.commit().await?;
    Ok(())
}

/// The form without its secrets, and no larger than what is kept.
fn fit(typed: &Answers) -> Answers {
    let mut kept = Answers::new();
    let mut room = MAX_FORM;
    for (field, texts) in typed.iter().filter(|(field, _)| !secret_field(field)) {
        let texts: Vec<String> = texts.iter().map(|text| text.chars().take(MAX_FIELD).collect()).collect();
        let size = field.len() + texts.iter().map(String::len).sum::<usize>();
        if size <= room {
            room -= size;
            kept.set(field, texts);
        }
    }
    kept
}

fn secret_field(field: &str) -> bool {
    field.contains("password") || field.contains("token")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::testing::World;

    fn form() -> Answers {
        let mut typed = Answers::new();
        typed.set_one("name", "Ana <b>");
        typed.set("roles", ["producer", "carrier"]);
        typed.set_one("password", "a secret of fifteen");
        typed.set_one("current_password", "a secret of fifteen");
        typed
    }

    #[tokio::test]
    async fn a_form_comes_back_as_typed_without_its_password() {
        let world = World::empty().await;
        let problems = [Problem::new("name", "Enter a name.")];
        let token = keep(&world, None, "register", &form(), &problems).await.unwrap();
        let found = find(&world, &token, "register").await.unwrap().unwrap();
        assert_eq!(found.typed.one("name"), "Ana <b>");
        assert_eq!(found.typed.many("roles"), ["producer", "carrier"]);
        assert!(!found.typed.seen("password") && !found.typed.seen("current_password"));
        assert_eq!(found.problems, problems);
        assert_eq!(find(&world, &token, "sign-in").await.unwrap(), None, "another form");
        assert_eq!(find(&world, "guess", "register").await.unwrap(), None);
    }

    #[tokio::test]
    async fn it_is_forgotten_when_taken_replaced_or_old() {
        let world = World::empty().await;
        let first = keep(&world, None, "register", &form(), &[]).await.unwrap();
        let second = keep(&world, Some(&first), "register", &form(), &[]).await.unwrap();
        assert_eq!(find(&world, &first, "register").await.unwrap(), None);
        forget(&world, &second).await.unwrap();
        assert_eq!(find(&world, &second, "register").await.unwrap(), None);
        let third = keep(&world, None, "register", &form(), &[]).await.unwrap();
        world.wait(LIFE);
        assert_eq!(find(&world, &third, "register").await.unwrap(), None);
    }

    #[test]
    fn a_megabyte_is_not_kept_whole_and_the_rest_is() {
        let mut typed = form();
        typed.set_one("address", "x".repeat(1_000_000));
        let kept = fit(&typed);
        assert_eq!(kept.one("address").len(), MAX_FIELD);
        assert_eq!(kept.one("name"), "Ana <b>");
    }
}
