//! The address of an account: confirming that it takes mail, and changing it.
//!
//! Both go by a link to the address itself. A new address needs the password, and the old one is told. Whether the new address
//! has an account is told to that mailbox only.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    ids::UserId,
    time::Timestamp,
};
use store::{
    notify::bounce,
    person,
    token::{self as tokens, TokenRow},
};

use crate::{
    Context, Refusal, Result,
    account::{self, to_person},
    audit::{self, Act, Actor},
    input::{Form, invalid},
    link,
    outbox::{self, Template},
    password, secret,
    throttle::{self, Bucket},
};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// Life of the link.
pub const LIFE: i64 = Timestamp::DAY;

pub(crate) const CONFIRM: &str = "address";

/// How one's own address stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The address.
    pub email: String,
    /// Since when mails come back from it.
    pub broken_since: Option<Timestamp>,
}

/// How one's own address stands.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn standing(ctx: &Context, principal: &Principal) -> Result<Standing> {
    let person = principal.signed_in()?;
    let broken_since = bounce::broken_since(&mut ctx.db.reader(), &person.email).await?;
    Ok(Standing { email: person.email.clone(), broken_since })
}

/// Sends a link to one's own address, to show that it takes mail.
///
/// # Errors
/// [`Refusal::TooOften`] after many.
pub async fn ask_again(ctx: &Context, principal: &Principal) -> Result<()> {
    let email = principal.signed_in()?.email.clone();
    send(ctx, principal, &email).await
}

/// Sends a link to a new address: fields `email`, `current_password`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::TooOften`] after many.
pub async fn ask_new(ctx: &Context, principal: &Principal, fields: &Answers) -> Result<()> {
    let id = principal.signed_in()?.id;
    let mut form = Form::new(fields);
    let email = form.email("email");
    let current = form.raw("current_password");
    if current.is_empty() || current.len() > password::MAX_BYTES {
        form.problem("current_password", "Enter your present password.");
    }
    form.done()?;
    let own = id.to_string();
    throttle::admit(ctx, &[Bucket(throttle::SIGN_IN_DEVICE, &own)]).await?;
    let row = person::by_id(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotSignedIn)?;
    if !ctx.hasher.verify(current, row.password_hash.as_deref()).await? {
        return Err(invalid("current_password", "This is not your present password."));
    }
    send(ctx, principal, &email).await
}

async fn send(ctx: &Context, principal: &Principal, email: &str) -> Result<()> {
    let person = principal.signed_in()?;
    let own = person.id.to_string();
    throttle::admit(ctx, &[Bucket(throttle::RESET_ACCOUNT, &own)]).await?;
    let (lang, now) = (person.lang, ctx.now());
    let mut tx = ctx.db.begin().await?;
    let taken = person::by_email(&mut tx, email).await?.is_some_and(|row| row.id != person.id.0);
    if taken {
        let path = format!("/{}/sign-in", lang.tag());
        outbox::queue(ctx, &mut tx, Template::ReaderNotice, email, lang, &path, "").await?;
    } else {
        let path = format!("/{}/link/{{token}}", lang.tag());
        let token_hash = outbox::queue_link(ctx, &mut tx, Template::ConfirmAddress, email, lang, &path, "").await?;
        tokens::cancel_person(&mut tx, person.id, CONFIRM, now).await?;
        let token = tokens::NewToken {
            token_hash,
            id: ctx.new_id(),
            purpose: CONFIRM,
            person: Some(person.id),
            org: None,
            email,
            role: "",
            created_by: Some(person.id),
            at: now,
            expires: now.plus(LIFE),
        };
        tokens::insert(&mut tx, &token).await?;
    }
    let act = (Actor::Person(person), Action::ManageSelf, "address to be confirmed");
    audit::of_person(ctx, &mut tx, act, person.id).await?;
    tx.commit().await?;
    Ok(())
}

/// Looks at a link without using it: the address that it confirms.
///
/// # Errors
/// [`Refusal::NotFound`] if it cannot be used.
pub async fn peek(ctx: &Context, token: &str) -> Result<String> {
    Ok(link::open(ctx, token, CONFIRM).await?.email)
}

/// Uses a link: the address takes mail, and is that of the account from now on.
///
/// # Errors
/// [`Refusal::NotFound`] if it cannot be used; [`Refusal::NotPossible`] if the address has got an account since.
pub async fn confirm(ctx: &Context, token: &str) -> Result<()> {
    let TokenRow { person_id, email, .. } = link::open(ctx, token, CONFIRM).await?;
    let id = UserId(person_id.ok_or(Refusal::NotFound)?);
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    tokens::consume(&mut tx, secret::hash(token), CONFIRM, now).await?.ok_or(Refusal::NotFound)?;
    let row = person::by_id(&mut tx, id).await?.filter(|row| row.disabled_at.is_none()).ok_or(Refusal::NotFound)?;
    let before = to_person(&row);
    bounce::mend(&mut tx, &email).await?;
    if row.email != email {
        if person::by_email(&mut tx, &email).await?.is_some() {
            return Err(Refusal::NotPossible("This address has an account of its own by now.".to_owned()));
        }
        person::set_email(&mut tx, id, &email, now).await.map_err(Refusal::overtaken)?;
        tokens::cancel_person(&mut tx, id, account::RESET, now).await?;
        bounce::mend(&mut tx, &row.email).await?;
        let path = format!("/{}/sign-in", before.lang.tag());
        outbox::queue(ctx, &mut tx, Template::AddressChanged, &row.email, before.lang, &path, "").await?;
    }
    let step = if row.email == email { "address confirmed" } else { "address changed" };
    let act = Act::of_person(Actor::Person(&before), Action::UseLink, step, id);
    let value = |email: &str| serde_json::json!({ "email": email });
    audit::record(ctx, &mut tx, act, Some(&value(&row.email)), Some(&value(&email))).await?;
    tx.commit().await?;
    Ok(())
}
