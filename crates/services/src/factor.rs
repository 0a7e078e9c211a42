//! The second factor: an app that computes codes, and ten recovery codes.
//!
//! Authority staff and administrators must have one ([`domain::access::Membership::needs_factor`]); whoever must and has
//! none keeps a sign-in without any place until they have set it up ([`crate::session::resolve`]). Everybody else may.
//!
//! The secret that is offered is derived from the sign-in and the installation's secret, so nothing is stored before a
//! first code has shown that the app has it. At rest it is sealed ([`seal`]). A code works once: the last time step used
//! is kept, and raised in the transaction of what the code was for.

mod code;
mod recovery;
mod reset;
mod seal;
mod step;

pub(crate) use code::base32;
pub use recovery::COUNT;
pub use reset::reset;
pub use step::{Answer, LIFE, Step, answer, peek};
pub(crate) use step::{STEP, ask};

use domain::{
    access::{Action, Membership, Person, Principal},
    ids::UserId,
    time::Timestamp,
};
use store::{Read, Tx, factor as rows, session as sessions, token as tokens};

use crate::{
    Context, Refusal, Result,
    audit::{self, Actor},
    input::invalid,
    outbox::{self, Template},
    secret,
    session::{self, NewSession},
    throttle::{self, Bucket},
};

/// The field of a code, in every form.
const FIELD: &str = "code";
const WRONG: &str = "This code is not right, or was used already. Each code works once and changes every 30 seconds: wait \
                     for the next one. If that does not help, check that the clock of your device is right.";

/// What there is to see about one's own second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// What is there.
    pub state: State,
    /// Whether one of the person's places asks for it, so that it cannot be removed.
    pub is_needed: bool,
}

/// Where a person's second factor stands.
#[derive(Clone, PartialEq, Eq)]
pub enum State {
    /// None yet: what the app needs to know.
    None {
        /// The secret, for typing.
        secret: String,
        /// The same as an address, for a picture.
        address: String,
    },
    /// There is one.
    Held {
        /// Since when.
        since: Timestamp,
        /// How many recovery codes are left.
        codes_left: i64,
    },
}

impl std::fmt::Debug for State {
    /// Without the secret: what is debugged ends in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None { .. } => f.debug_struct("None").finish_non_exhaustive(),
            Self::Held { since, codes_left } => {
                f.debug_struct("Held").field("since", since).field("codes_left", codes_left).finish()
            }
        }
    }
}

/// A second factor that was just set up.
#[derive(Debug)]
pub struct Enrolled {
    /// The sign-in goes on under a new token; all others have ended.
    pub session: NewSession,
    /// The recovery codes, shown this once.
    pub codes: Vec<String>,
}

/// One's own second factor, or what is needed to set one up in this sign-in.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn own(ctx: &Context, principal: &Principal, session_token: &str) -> Result<Own> {
    let person = principal.signed_in()?;
    let mut reader = ctx.db.reader();
    let is_needed = is_needed(&mut reader, person.id).await?;
    let state = match rows::find(&mut reader, person.id).await? {
        Some(row) => State::Held {
            since: Timestamp(row.created_at),
            codes_left: rows::codes_left(&mut reader, person.id).await?,
        },
        None => {
            let offered = offered(ctx, session_token);
            let secret = code::grouped(&code::base32(&offered), " ");
            State::None { secret, address: code::address(&offered, &person.email) }
        }
    };
    Ok(Own { state, is_needed })
}

/// Whether one of a person's places asks for a second factor. Asked of the database, since somebody who must have one and
/// has none comes without any place.
async fn is_needed(db: &mut impl Read, person: UserId) -> Result<bool> {
    Ok(session::memberships(db, person).await?.iter().any(Membership::needs_factor))
}

/// The secret that is offered in a sign-in: the same on every page of it, another in the next.
fn offered(ctx: &Context, session_token: &str) -> [u8; code::SECRET] {
    let made = secret::keyed(&ctx.config.pepper, "second factor offered", &[&secret::hash(session_token)]);
    *made.first_chunk().expect("a secret is shorter than the hash")
}

/// Sets up the secret that was offered, once a first code shows that the app has it.
///
/// # Errors
/// [`Refusal::Invalid`] at `code`; [`Refusal::TooOften`] after many wrong ones; [`Refusal::Stale`] if there is one already.
pub async fn enrol(ctx: &Context, principal: &Principal, session_token: &str, typed: &str) -> Result<Enrolled> {
    let person = principal.signed_in()?;
    let own = person.id.to_string();
    throttle::admit(ctx, &[Bucket(throttle::FACTOR, &own)]).await?;
    let offered = offered(ctx, session_token);
    let step = code::matching(&offered, typed, ctx.now(), i64::MIN).ok_or_else(|| invalid(FIELD, WRONG))?;
    let mut tx = ctx.db.begin().await?;
    let sealed = seal::seal(ctx, person.id, &offered)?;
    rows::insert(&mut tx, person.id, &sealed, step, ctx.now()).await.map_err(Refusal::overtaken)?;
    let codes = recovery::replace(ctx, &mut tx, person.id).await?;
    let session = session::rotate(ctx, &mut tx, session_token).await?;
    sessions::end_all(&mut tx, person.id, Some(secret::hash(&session.token))).await?;
    throttle::clear(ctx, &mut tx, Bucket(throttle::FACTOR, &own)).await?;
    tell(ctx, &mut tx, person, Template::FactorSet).await?;
    record(ctx, &mut tx, Actor::Person(person), "second factor set up", person.id).await?;
    tx.commit().await?;
    Ok(Enrolled { session, codes })
}

/// Makes new recovery codes in the place of the old ones, against a code of the app (or one of the old codes).
///
/// # Errors
/// [`Refusal::Invalid`] at `code`; [`Refusal::TooOften`]; [`Refusal::NotFound`] for somebody without a second factor.
pub async fn new_codes(ctx: &Context, principal: &Principal, typed: &str) -> Result<Vec<String>> {
    let person = principal.signed_in()?;
    let mut tx = proved(ctx, person, typed).await?;
    let codes = recovery::replace(ctx, &mut tx, person.id).await?;
    record(ctx, &mut tx, Actor::Person(person), "new recovery codes made", person.id).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Removes one's own second factor, against a code, where no place asks for it.
///
/// # Errors
/// [`Refusal::NotPossible`] where it is asked for; otherwise as [`new_codes`].
pub async fn remove(ctx: &Context, principal: &Principal, typed: &str) -> Result<()> {
    let person = principal.signed_in()?;
    if is_needed(&mut ctx.db.reader(), person.id).await? {
        return Err(Refusal::NotPossible(
            "Your role asks for a second factor. To move to another device, ask an administrator of your organisation to \
             reset it."
                .to_owned(),
        ));
    }
    let mut tx = proved(ctx, person, typed).await?;
    rows::remove(&mut tx, person.id).await?;
    tell(ctx, &mut tx, person, Template::FactorRemoved).await?;
    record(ctx, &mut tx, Actor::Person(person), "second factor removed", person.id).await?;
    tx.commit().await?;
    Ok(())
}

/// A transaction in which a code of this person has just been used up.
async fn proved(ctx: &Context, person: &Person, typed: &str) -> Result<Tx> {
    rows::find(&mut ctx.db.reader(), person.id).await?.ok_or(Refusal::NotFound)?;
    let own = person.id.to_string();
    throttle::admit(ctx, &[Bucket(throttle::FACTOR, &own)]).await?;
    let mut tx = ctx.db.begin().await?;
    prove(ctx, &mut tx, person.id, typed).await?.ok_or_else(|| invalid(FIELD, WRONG))?;
    throttle::clear(ctx, &mut tx, Bucket(throttle::FACTOR, &own)).await?;
    Ok(tx)
}

/// By what somebody showed that they hold the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Proof {
    /// A code of the app.
    Code,
    /// A recovery code.
    Recovery,
}

/// Judges a code and uses it up.
async fn prove(ctx: &Context, tx: &mut Tx, person: UserId, typed: &str) -> Result<Option<Proof>> {
    let Some(row) = rows::find(tx, person).await? else { return Ok(None) };
    let secret = seal::open(ctx, person, &row.secret)?;
    if let Some(step) = code::matching(&secret, typed, ctx.now(), row.last_step) {
        return Ok(rows::use_step(tx, person, step).await?.then_some(Proof::Code));
    }
    Ok(recovery::spend(ctx, tx, person, typed).await?.then_some(Proof::Recovery))
}

/// Whether somebody has a second factor of their own.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn is_set_up(ctx: &Context, principal: &Principal) -> Result<bool> {
    is_held(&mut ctx.db.reader(), principal.signed_in()?.id).await
}

/// Whether a person has a second factor.
pub(crate) async fn is_held(db: &mut impl Read, person: UserId) -> Result<bool> {
    Ok(rows::find(db, person).await?.is_some())
}

/// Takes a person's second factor away and ends what was begun with it; whether there was one.
pub(crate) async fn take_away(ctx: &Context, tx: &mut Tx, person: UserId) -> Result<bool> {
    let held = rows::remove(tx, person).await?;
    session::sign_out(tx, person, None).await?;
    tokens::cancel_person(tx, person, STEP, ctx.now()).await?;
    Ok(held)
}

/// Gives somebody a second factor with this secret, no code of which has been used.
pub(crate) async fn give(ctx: &Context, tx: &mut Tx, person: UserId, secret: &[u8; code::SECRET]) -> Result<()> {
    let sealed = seal::seal(ctx, person, secret)?;
    rows::insert(tx, person, &sealed, 0, ctx.now()).await?;
    Ok(())
}

async fn tell(ctx: &Context, tx: &mut Tx, person: &Person, template: Template) -> Result<()> {
    let path = format!("/{}/me/factor", person.lang.tag());
    outbox::queue(ctx, tx, template, &person.email, person.lang, &path, "").await
}

async fn record(ctx: &Context, tx: &mut Tx, actor: Actor<'_>, step: &str, person: UserId) -> Result<()> {
    audit::of_person(ctx, tx, (actor, Action::EnrolFactor, step), person).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
