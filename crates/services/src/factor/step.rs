//! The second step of signing in: after the password the browser holds a token that opens nothing but the question for a
//! code. Only the code makes it a sign-in.

use std::net::IpAddr;

use domain::{access::Action, ids::UserId, time::Timestamp};
use store::{
    Tx, factor as rows,
    person::{self, PersonRow},
    token::{self as tokens, NewToken},
};

use super::{FIELD, Proof, WRONG, code, prove, record, seal, tell};
use crate::{
    Context, Refusal, Result,
    account::{self, SignedIn},
    audit::{self, Actor},
    browser, demo,
    input::invalid,
    link,
    outbox::Template,
    secret,
    throttle::{self, Bucket},
};

/// How long one may take between password and code.
pub const LIFE: i64 = 10 * Timestamp::MINUTE;

pub(crate) const STEP: &str = "second step";

/// What the page that asks for the code shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// In an installation with demo data, for a demo account: the code to enter.
    pub demo_code: Option<String>,
}

/// What somebody entered as their second step.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The token that the password brought.
    pub token: &'a str,
    /// A code of the app, or a recovery code, as typed.
    pub typed: &'a str,
    /// Network address of the browser.
    pub address: IpAddr,
    /// The browser, in its own words.
    pub agent: &'a str,
    /// The mark of a browser that has signed in before, if it sent one.
    pub device: Option<&'a str>,
}

/// Asks for the second step; the token for the browser.
pub(crate) async fn ask(ctx: &Context, tx: &mut Tx, account: &PersonRow) -> Result<String> {
    let (token, now) = (secret::token(ctx), ctx.now());
    let new = NewToken {
        token_hash: secret::hash(&token),
        id: ctx.new_id(),
        purpose: STEP,
        person: Some(UserId(account.id)),
        org: None,
        email: &account.email,
        role: "",
        created_by: None,
        at: now,
        expires: now.plus(LIFE),
    };
    tokens::insert(tx, &new).await?;
    Ok(token)
}

/// Who entered the password.
async fn open(ctx: &Context, token: &str) -> Result<UserId> {
    link::open(ctx, token, STEP).await?.person_id.map(UserId).ok_or(Refusal::NotFound)
}

/// Whether a code may be entered, without entering one.
///
/// # Errors
/// [`Refusal::NotFound`] if the password was entered too long ago, or never.
pub async fn peek(ctx: &Context, token: &str) -> Result<Step> {
    let person = open(ctx, token).await?;
    Ok(Step { demo_code: demo_code(ctx, person).await? })
}

/// The code that an account of the demo takes next. Nobody else's is ever told: the secret must be the demo's, and the
/// database marked as one that is served to this machine only.
async fn demo_code(ctx: &Context, person: UserId) -> Result<Option<String>> {
    if !demo::is_demo(ctx).await? {
        return Ok(None);
    }
    let Some(row) = rows::find(&mut ctx.db.reader(), person).await? else { return Ok(None) };
    let secret = seal::open(ctx, person, &row.secret)?;
    let step = code::near(ctx.now()).into_iter().find(|step| *step > row.last_step);
    Ok(step.filter(|_| secret == demo::FACTOR).map(|step| code::code(&secret, step)))
}

/// Signs in by the second step.
///
/// # Errors
/// [`Refusal::NotFound`] if the password has to be entered again; [`Refusal::Invalid`] at `code`; [`Refusal::TooOften`].
pub async fn answer(ctx: &Context, input: Answer<'_>) -> Result<SignedIn> {
    let person = open(ctx, input.token).await?;
    let (address, own) = (throttle::address_key(input.address), person.to_string());
    let known = browser::bucket(ctx, input.device, person).await?;
    let by_address = Bucket(throttle::SIGN_IN_ADDRESS, &address);
    // Whoever knows the password must not be able to keep its owner waiting at the browser they always use.
    let by_account = Bucket(throttle::FACTOR, known.as_deref().unwrap_or(&own));
    throttle::admit(ctx, &[by_address, by_account]).await?;

    let mut tx = ctx.db.begin().await?;
    let account = person::by_id(&mut tx, person).await?.filter(|row| row.disabled_at.is_none());
    let account = account.ok_or(Refusal::NotFound)?;
    let Some(proof) = prove(ctx, &mut tx, person, input.typed).await? else {
        audit::of_person(ctx, &mut tx, (Actor::Anonymous, Action::SignIn, "second factor refused"), person).await?;
        tx.commit().await?;
        return Err(invalid(FIELD, WRONG));
    };
    tokens::consume(&mut tx, secret::hash(input.token), STEP, ctx.now()).await?.ok_or(Refusal::NotFound)?;
    throttle::refund(ctx, &mut tx, by_address).await?;
    throttle::clear(ctx, &mut tx, by_account).await?;
    if proof == Proof::Recovery {
        let whose = account::to_person(&account);
        tell(ctx, &mut tx, &whose, Template::RecoveryUsed).await?;
        record(ctx, &mut tx, Actor::Person(&whose), "recovery code used", person).await?;
    }
    let signed = account::enter(ctx, &mut tx, &account, input.agent, input.device).await?;
    tx.commit().await?;
    Ok(signed)
}
