//! A person's own account: signing in, a new password, name, language and appearance.
//!
//! Signing in and asking for a new password answer the same to everybody. Each judged sign-in computes exactly one hash,
//! whether the account exists or not. Guessing is slowed down ([`crate::throttle`]) per network address and per account;
//! a browser that has signed in to an account before carries a mark that gives it a bucket of its own, so that strangers
//! guessing at the account do not keep its owner waiting.

use std::net::IpAddr;

use domain::{
    access::{Action, Person, Principal},
    answers::{Answers, clean_line},
    ids::UserId,
    lang::Lang,
    time::Timestamp,
};
use serde_json::json;
use store::{
    Tx,
    person::{self, PersonRow},
    token as tokens,
};

use crate::{
    Context, Refusal, Result,
    audit::{self, Actor},
    browser, factor,
    input::{self, Form, invalid},
    link,
    outbox::{self, Template},
    password, secret,
    session::{self, NewSession},
    throttle::{self, Bucket},
};

/// Life of a link to choose a new password. An hour, because mail servers that do not know a sender make it wait for
/// up to half an hour (greylisting); the link can be used once and shows nothing.
pub const RESET_LIFE: i64 = 60 * Timestamp::MINUTE;

pub(crate) const RESET: &str = "reset";
const WRONG: &str = "The e-mail address or the password is not right. If you have just applied, open the link in our \
                     mail first.";

/// What somebody entered to sign in.
#[derive(Clone, Copy)]
pub struct SignIn<'a> {
    /// Address, as typed.
    pub email: &'a str,
    /// Password, as typed.
    pub password: &'a str,
    /// Network address of the browser.
    pub address: IpAddr,
    /// The browser, in its own words.
    pub agent: &'a str,
    /// The mark of a browser that has signed in before, if it sent one.
    pub device: Option<&'a str>,
}

/// What a right password leads to.
#[derive(Clone, Debug)]
pub enum Entered {
    /// In.
    SignedIn(Box<SignedIn>),
    /// To the question for a code ([`crate::factor::answer`]), with this token.
    SecondStep(String),
}

/// A successful sign-in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The sign-in.
    pub session: NewSession,
    /// The mark for this browser, to be kept in a cookie for [`crate::browser::LIFE`].
    pub device: String,
    /// Who it is.
    pub principal: Principal,
}

/// Signs in by password; somebody with a second factor is asked for it next.
///
/// # Errors
/// [`Refusal::Invalid`] with one message whatever was wrong; [`Refusal::TooOften`] if guesses came too fast.
pub async fn sign_in(ctx: &Context, input: SignIn<'_>) -> Result<Entered> {
    // What is no address has no account; it is judged like one all the same.
    let email = input::email(input.email).unwrap_or_else(|_| input.email.chars().take(254).collect());
    if input.password.is_empty() || input.password.len() > password::MAX_BYTES {
        return Err(invalid("email", WRONG));
    }
    let address = throttle::address_key(input.address);
    let account = person::by_email(&mut ctx.db.reader(), &email).await?.filter(|row| row.disabled_at.is_none());
    let known = match &account {
        Some(row) => browser::bucket(ctx, input.device, UserId(row.id)).await?,
        None => None,
    };
    let by_address = Bucket(throttle::SIGN_IN_ADDRESS, &address);
    let by_account = match &known {
        Some(name) => Bucket(throttle::SIGN_IN_DEVICE, name),
        None => Bucket(throttle::SIGN_IN_ACCOUNT, &email),
    };
    throttle::admit(ctx, &[by_address, by_account]).await?;

    let stored = account.as_ref().and_then(|row| row.password_hash.as_deref());
    let right = ctx.hasher.verify(input.password, stored).await?;
    let tried = account.as_ref().map(|row| UserId(row.id));
    let mut tx = ctx.db.begin().await?;
    let Some(account) = account.filter(|_| right) else {
        record(ctx, &mut tx, Actor::Anonymous, Action::SignIn, "sign-in refused", tried).await?;
        tx.commit().await?;
        return Err(invalid("email", WRONG));
    };
    throttle::refund(ctx, &mut tx, by_address).await?;
    throttle::clear(ctx, &mut tx, by_account).await?;
    let id = UserId(account.id);
    if account.password_hash.as_deref().is_some_and(password::outdated) {
        person::set_password(&mut tx, id, &ctx.hasher.hash(input.password).await?).await?;
    }
    let entered = if factor::is_held(&mut tx, id).await? {
        let token = factor::ask(ctx, &mut tx, &account).await?;
        let who = to_person(&account);
        record(ctx, &mut tx, Actor::Person(&who), Action::SignIn, "password right, code asked for", Some(id)).await?;
        Entered::SecondStep(token)
    } else {
        Entered::SignedIn(Box::new(enter(ctx, &mut tx, &account, input.agent, input.device).await?))
    };
    tx.commit().await?;
    Ok(entered)
}

/// Lets somebody in who has just proved who they are, and writes it down. `device` is the mark that the browser sent.
pub(crate) async fn enter(
    ctx: &Context,
    tx: &mut Tx,
    account: &PersonRow,
    agent: &str,
    device: Option<&str>,
) -> Result<SignedIn> {
    let person = to_person(account);
    let session = session::issue(ctx, tx, person.id, agent).await?;
    let memberships = session::memberships(tx, person.id).await?;
    let is_known = match device {
        Some(mark) => browser::is_known(ctx, tx, mark, person.id).await?,
        None => false,
    };
    if !is_known && account.last_sign_in_at.is_some() {
        browser::tell(ctx, tx, &person, &memberships, agent).await?;
    }
    let device = browser::note(ctx, tx, person.id, device).await?;
    person::signed_in(tx, person.id, ctx.now()).await?;
    record(ctx, tx, Actor::Person(&person), Action::SignIn, "signed in", Some(person.id)).await?;
    Ok(SignedIn { session, device, principal: Principal { person: Some(person), memberships } })
}

/// The person of a row.
pub(crate) fn to_person(row: &PersonRow) -> Person {
    Person {
        id: UserId(row.id),
        name: row.name.clone(),
        email: row.email.clone(),
        lang: Lang::from_tag(&row.lang).unwrap_or_default(),
    }
}

/// Sends a link to choose a new password, if the address has an account. The answer does not tell.
///
/// # Errors
/// [`Refusal::Invalid`] if this is no address; [`Refusal::TooOften`] if it was asked for too often, account or not.
pub async fn request_reset(ctx: &Context, email: &str, address: IpAddr) -> Result<()> {
    let email = input::email(email).map_err(|message| invalid("email", message))?;
    let address = throttle::address_key(address);
    let buckets = [
        Bucket(throttle::FORM_OVERALL, ""),
        Bucket(throttle::FORM_ADDRESS, &address),
        Bucket(throttle::RESET_ACCOUNT, &email),
    ];
    throttle::admit(ctx, &buckets).await?;
    let mut tx = ctx.db.begin().await?;
    let account = person::by_email(&mut tx, &email).await?.filter(|row| row.disabled_at.is_none());
    let id = account.as_ref().map(|row| UserId(row.id));
    if let Some(account) = &account {
        let lang = to_person(account).lang;
        let path = format!("/{}/link/{{token}}", lang.tag());
        let link = outbox::queue_link(ctx, &mut tx, Template::ResetPassword, &email, lang, &path, "").await?;
        store_reset(ctx, &mut tx, link, &to_person(account)).await?;
    }
    record(ctx, &mut tx, Actor::Anonymous, Action::SignIn, "new password asked for", id).await?;
    tx.commit().await?;
    Ok(())
}

/// Stores a link with which a person chooses a new password.
pub(crate) async fn store_reset(ctx: &Context, tx: &mut Tx, token_hash: [u8; 32], person: &Person) -> Result<()> {
    let new = tokens::NewToken {
        token_hash,
        id: ctx.new_id(),
        purpose: RESET,
        person: Some(person.id),
        org: None,
        email: &person.email,
        role: "",
        created_by: None,
        at: ctx.now(),
        expires: ctx.now().plus(RESET_LIFE),
    };
    tokens::insert(tx, &new).await?;
    Ok(())
}

/// Whether a link to choose a new password can still be used, without using it; the address it was sent to.
///
/// # Errors
/// [`Refusal::NotFound`] if it was never given, was used, or has lapsed.
pub async fn peek_reset(ctx: &Context, token: &str) -> Result<String> {
    Ok(link::open(ctx, token, RESET).await?.email)
}

/// Sets a new password by a link, ends every sign-in of the person, and tells them by mail.
///
/// # Errors
/// [`Refusal::NotFound`] if the link cannot be used; [`Refusal::Invalid`] if the password is not good enough, and then
/// the link can be used again.
pub async fn reset(ctx: &Context, token: &str, new_password: &str) -> Result<()> {
    let hash = secret::hash(token);
    let row = link::open(ctx, token, RESET).await?;
    let id = UserId(row.person_id.ok_or(Refusal::NotFound)?);
    let account = person::by_id(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotFound)?;
    if account.disabled_at.is_some() {
        return Err(Refusal::NotFound);
    }
    let phc = choose_password(ctx, &account, "password", new_password).await?;
    let mut tx = ctx.db.begin().await?;
    tokens::consume(&mut tx, hash, RESET, ctx.now()).await?.ok_or(Refusal::NotFound)?;
    tokens::cancel_person(&mut tx, id, RESET, ctx.now()).await?;
    replace_password(ctx, &mut tx, &account, &phc, None, "password reset").await?;
    tx.commit().await?;
    Ok(())
}

/// Changes one's own password; ends every other sign-in, gives this one a new token, and tells by mail.
///
/// # Errors
/// [`Refusal::Invalid`] at `current_password` or `password`; [`Refusal::TooOften`] after many wrong ones.
pub async fn change_password(
    ctx: &Context,
    principal: &Principal,
    session_token: &str,
    current: &str,
    new_password: &str,
) -> Result<NewSession> {
    let id = principal.signed_in()?.id;
    let account = person::by_id(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotSignedIn)?;
    if current.is_empty() || current.len() > password::MAX_BYTES {
        return Err(invalid("current_password", "This is not your present password."));
    }
    let own = id.to_string();
    throttle::admit(ctx, &[Bucket(throttle::SIGN_IN_DEVICE, &own)]).await?;
    if !ctx.hasher.verify(current, account.password_hash.as_deref()).await? {
        return Err(invalid("current_password", "This is not your present password."));
    }
    let phc = choose_password(ctx, &account, "password", new_password).await?;
    let mut tx = ctx.db.begin().await?;
    throttle::clear(ctx, &mut tx, Bucket(throttle::SIGN_IN_DEVICE, &own)).await?;
    let session = session::rotate(ctx, &mut tx, session_token).await?;
    replace_password(ctx, &mut tx, &account, &phc, Some(&session.token), "password changed").await?;
    tx.commit().await?;
    Ok(session)
}

/// The hash of a password that is good enough for this person.
async fn choose_password(ctx: &Context, account: &PersonRow, field: &str, chosen: &str) -> Result<String> {
    let memberships = session::memberships(&mut ctx.db.reader(), UserId(account.id)).await?;
    let mut about = vec![account.name.as_str(), account.email.as_str()];
    about.extend(memberships.iter().map(|membership| membership.org_name.as_str()));
    password::check(chosen, &about, &ctx.catalogue()).map_err(|message| invalid(field, message))?;
    ctx.hasher.hash(chosen).await
}

async fn replace_password(
    ctx: &Context,
    tx: &mut Tx,
    account: &PersonRow,
    phc: &str,
    keep: Option<&str>,
    step: &str,
) -> Result<()> {
    let person = to_person(account);
    person::set_password(tx, person.id, phc).await?;
    session::sign_out(tx, person.id, keep).await?;
    tokens::cancel_person(tx, person.id, factor::STEP, ctx.now()).await?;
    let path = format!("/{}/sign-in", person.lang.tag());
    outbox::queue(ctx, tx, Template::PasswordChanged, &person.email, person.lang, &path, "").await?;
    record(ctx, tx, Actor::Person(&person), Action::ManageSelf, step, Some(person.id)).await
}

/// What a person may change about themself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Address for sign-in and mail.
    pub email: String,
    /// Name as shown to colleagues and to the authority.
    pub name: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Language of pages and mails.
    pub lang: Lang,
    /// Appearance: `system`, `light` or `dark`.
    pub theme: String,
}

/// The person's own profile.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn profile(ctx: &Context, principal: &Principal) -> Result<Profile> {
    let id = principal.signed_in()?.id;
    let row = person::by_id(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotSignedIn)?;
    let lang = Lang::from_tag(&row.lang).unwrap_or_default();
    Ok(Profile { email: row.email, name: row.name, phone: row.phone, lang, theme: row.theme })
}

/// Changes name and telephone: fields `name`, `phone`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field.
pub async fn set_profile(ctx: &Context, principal: &Principal, fields: &Answers) -> Result<()> {
    let mut form = Form::new(fields);
    let name = form.line("name", 100, "Enter your name.");
    let phone = form.phone("phone", false);
    form.done()?;
    change(ctx, principal, |profile| {
        profile.name = name;
        profile.phone = phone;
    })
    .await
}

/// Changes the language of pages and mails.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn set_lang(ctx: &Context, principal: &Principal, lang: Lang) -> Result<()> {
    change(ctx, principal, |profile| profile.lang = lang).await
}

/// Changes the appearance: `system`, `light` or `dark`.
///
/// # Errors
/// [`Refusal::Invalid`] for anything else.
pub async fn set_theme(ctx: &Context, principal: &Principal, theme: &str) -> Result<()> {
    if !["system", "light", "dark"].contains(&theme) {
        return Err(invalid("theme", "Choose how pages are lit."));
    }
    change(ctx, principal, |profile| profile.theme = theme.to_owned()).await
}

async fn change(ctx: &Context, principal: &Principal, edit: impl FnOnce(&mut Profile)) -> Result<()> {
    let person = principal.signed_in()?;
    let before = profile(ctx, principal).await?;
    let mut after = before.clone();
    edit(&mut after);
    if before == after {
        return Ok(());
    }
    let value = |profile: &Profile| json!({ "name": clean_line(&profile.name), "phone": profile.phone, "lang": profile.lang.tag(), "theme": profile.theme });
    let mut tx = ctx.db.begin().await?;
    person::set_profile(&mut tx, person.id, &after.name, &after.phone, after.lang.tag(), &after.theme).await?;
    let act = audit::Act::of_person(Actor::Person(person), Action::ManageSelf, "profile changed", person.id);
    audit::record(ctx, &mut tx, act, Some(&value(&before)), Some(&value(&after))).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    ctx: &Context,
    tx: &mut Tx,
    actor: Actor<'_>,
    action: Action,
    step: &str,
    person: Option<UserId>,
) -> Result<()> {
    let object_id = person.map(|id| id.to_string()).unwrap_or_default();
    let act = audit::Act { actor, action, step, object_kind: "person", object_id };
    audit::record(ctx, tx, act, audit::NONE, audit::NONE).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
