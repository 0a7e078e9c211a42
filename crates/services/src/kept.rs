//! A form that was sent after its sign-in had ended, kept until the same person has signed in again.
//!
//! The browser still holds the token of the sign-in that lapsed; whose it was is known as long as its row is there. What was
//! typed is kept for that person only, for two hours, under a token of its own. Passwords are never kept.

use domain::{access::Principal, answers::Answers, ids::UserId};
use store::session as rows;

use crate::{Context, Result, context::fingerprint, secret, stash};

/// Name of the form among those that are kept.
const FORM: &str = "kept";
/// Names under which the form's address and its person are kept; no form has such fields.
const PATH: &str = "_kept_path";
const WHO: &str = "_kept_who";

/// A form that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Where it is sent.
    pub path: String,
    /// Everything it sends.
    pub fields: Answers,
}

/// Keeps a form for the person whose sign-in `session` was; the token that finds it again, or none if nobody knows whose it
/// was.
///
/// # Errors
/// If the store fails.
pub async fn keep(
    ctx: &Context,
    session: &str,
    old: Option<&str>,
    path: &str,
    fields: &Answers,
) -> Result<Option<String>> {
    let Some(row) = rows::find(&mut ctx.db.reader(), secret::hash(session), ctx.now()).await? else { return Ok(None) };
    let mut form = fields.clone();
    form.set_one(PATH, path);
    form.set_one(WHO, fingerprint(UserId(row.person_id)));
    Ok(Some(stash::keep(ctx, old, FORM, &form, &[]).await?))
}

/// What a token leads to, if it was kept for this person and has not lapsed.
///
/// # Errors
/// [`crate::Refusal::NotSignedIn`] for nobody.
pub async fn find(ctx: &Context, principal: &Principal, token: &str) -> Result<Option<Kept>> {
    let person = principal.signed_in()?;
    let Some(found) = stash::find(ctx, token, FORM).await? else { return Ok(None) };
    let form = found.typed;
    if form.one(WHO) != fingerprint(person.id) {
        return Ok(None);
    }
    let path = form.one(PATH).to_owned();
    Ok(Some(Kept { path, fields: form.only(|name| name != PATH && name != WHO) }))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::{session, testing::World};

    #[tokio::test]
    async fn a_form_waits_for_the_person_whose_it_is() {
        let world = World::with_people().await;
        let token = world.sign_in("officer@meridian-reagents.example").await.session.token;
        world.wait(session::IDLE);
        let mut form = Answers::new();
        form.set_one("message", "The van came back.");
        form.set_one("_who", "x");
        form.set_one("password", "a secret of fifteen");
        let kept = keep(&world, &token, None, "/en/c/meridian/reports/x/message", &form).await.unwrap().unwrap();
        let me = world.principal("officer@meridian-reagents.example").await;
        let found = find(&world, &me, &kept).await.unwrap().unwrap();
        assert_eq!(found.path, "/en/c/meridian/reports/x/message");
        assert_eq!((found.fields.one("message"), found.fields.one("_who")), ("The van came back.", "x"));
        assert!(!found.fields.seen("password") && !found.fields.seen(WHO));
        let other = world.principal("admin@meridian-reagents.example").await;
        assert_eq!(find(&world, &other, &kept).await.unwrap(), None);
        assert_eq!(find(&world, &me, "a guess").await.unwrap(), None);
        assert_eq!(keep(&world, "never issued", None, "/en/me", &form).await.unwrap(), None);
        world.wait(stash::LIFE);
        assert_eq!(find(&world, &me, &kept).await.unwrap(), None);
    }
}
