//! Sign-ins: a random token in the browser, its hash in the database, and rules about when it ends.
//!
//! A sign-in ends after twelve hours at the latest, and after thirty minutes without activity: fifteen for people of an
//! authority and for system administrators. Only what a person does counts as activity; a page that refreshes itself
//! does not. Roles are read with every request, so a membership that ended, a role that changed and an organisation that
//! was suspended take effect at once. A sign-in of somebody whose role asks for a second factor and who has none holds, but
//! without any place: nothing of an organisation can be reached with it.

use domain::{
    access::{Membership, Person, Principal, Role},
    ids::{OrgId, UserId},
    lang::Lang,
    organisation::{OrgKind, OrgStatus},
    time::Timestamp,
};
use store::{
    Tx,
    person::{self, MembershipRow},
    session as rows,
};
use uuid::Uuid;

use crate::{Context, Refusal, Result, audit, audit::Actor, secret};
use domain::access::Action;

/// The longest sign-in, microseconds.
pub const ABSOLUTE: i64 = 12 * Timestamp::HOUR;
/// Rest after which a sign-in ends, microseconds.
pub const IDLE: i64 = 30 * Timestamp::MINUTE;
/// The same for people of an authority and system administrators.
pub const IDLE_STAFF: i64 = 15 * Timestamp::MINUTE;
/// Activity is noted at most this often, microseconds; a sign-in may end by so much earlier.
const NOTE_EVERY: i64 = 20 * Timestamp::SECOND;

/// A new sign-in: what the browser gets.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSession {
    /// The token for the cookie.
    pub token: String,
    /// When it ends at the latest: the life of the cookie.
    pub ends_at: Timestamp,
}

impl std::fmt::Debug for NewSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSession").field("ends_at", &self.ends_at).finish_non_exhaustive()
    }
}

/// Why a request was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// A person opened a page or sent a form.
    Person,
    /// A page asked by itself: autosave, polling, an open stream.
    Background,
}

/// A sign-in that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Who, and where they belong.
    pub principal: Principal,
    /// Identity of the sign-in in the person's own list.
    pub id: Uuid,
    /// When it began.
    pub since: Timestamp,
    /// When it ends unless the person goes on working.
    pub expires_at: Timestamp,
    /// When it ends at the latest.
    pub ends_at: Timestamp,
    /// Appearance the person chose: `system`, `light` or `dark`.
    pub theme: String,
    /// Whether the person must set up a second factor before anything else. The principal has no place until then.
    pub must_enrol: bool,
    /// How many lines of the person's inbox are unread; counted up to 100.
    pub unread: u64,
    /// Whether mails to their address come back.
    pub unreachable: bool,
}

/// One of a person's own sign-ins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// Identity, for ending it.
    pub id: Uuid,
    /// When it began.
    pub since: Timestamp,
    /// Last activity.
    pub last_active: Timestamp,
    /// The browser, in its own words.
    pub agent: String,
}

/// Begins a sign-in for a person, in the caller's transaction.
///
/// # Errors
/// If the store fails.
pub(crate) async fn issue(ctx: &Context, tx: &mut Tx, person: UserId, agent: &str) -> Result<NewSession> {
    let (token, now) = (secret::token(ctx), ctx.now());
    let ends_at = now.plus(ABSOLUTE);
    let agent: String = domain::answers::clean_line(agent).chars().take(200).collect();
    let new = rows::NewSession {
        token_hash: secret::hash(&token),
        id: ctx.new_id(),
        person,
        at: now,
        expires: ends_at,
        agent: &agent,
    };
    rows::insert(tx, &new).await?;
    Ok(NewSession { token, ends_at })
}

/// The sign-in with this token, if it still holds. `activity` prolongs it only when a person acted.
///
/// # Errors
/// If the store fails.
pub async fn resolve(ctx: &Context, token: &str, activity: Activity) -> Result<Option<Signed>> {
    let (hash, now) = (secret::hash(token), ctx.now());
    let mut reader = ctx.db.reader();
    let Some(row) = rows::find(&mut reader, hash, now).await? else { return Ok(None) };
    let person = UserId(row.person_id);
    let memberships = memberships(&mut reader, person).await?;
    let idle = idle(&memberships);
    let last = Timestamp(row.last_active_at);
    let ends_at = Timestamp(row.expires_at);
    // A clock that was set back ends a sign-in rather than prolonging it.
    let begun = Timestamp(row.created_at) <= now.plus(Timestamp::MINUTE);
    if !begun || now >= ends_at || now.since(last) >= idle {
        return Ok(None);
    }
    // As it is noted: nobody is promised time that they do not have.
    let mut active = last;
    if activity == Activity::Person && now.since(last) >= NOTE_EVERY {
        match note(ctx, hash).await {
            Ok(()) => active = now,
            // A full disk must not keep anybody from reading; the sign-in merely ends earlier.
            Err(error) => tracing::warn!(%error, "activity could not be noted"),
        }
    }
    let expires_at = active.plus(idle).min(ends_at);
    let lang = Lang::from_tag(&row.lang).unwrap_or_default();
    let person = Person { id: person, name: row.name, email: row.email, lang };
    let must_enrol = row.factors == 0 && memberships.iter().any(Membership::needs_factor);
    let memberships = if must_enrol { Vec::new() } else { memberships };
    Ok(Some(Signed {
        principal: Principal { person: Some(person), memberships },
        id: row.id,
        since: Timestamp(row.created_at),
        expires_at,
        ends_at,
        theme: row.theme,
        must_enrol,
        unread: u64::try_from(row.unread).unwrap_or(0),
        unreachable: row.broken > 0,
    }))
}

async fn note(ctx: &Context, token_hash: [u8; 32]) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    rows::touch(&mut tx, token_hash, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Where a person belongs.
///
/// # Errors
/// If the store fails.
pub async fn memberships(db: &mut impl store::Read, person: UserId) -> Result<Vec<Membership>> {
    let rows = person::memberships(db, person).await?;
    rows.into_iter().map(membership).collect()
}

fn membership(row: MembershipRow) -> Result<Membership> {
    let unknown = |what: &str| Refusal::Fault(format!("unknown {what} in the database"));
    Ok(Membership {
        org: OrgId(row.org_id),
        handle: row.handle,
        org_name: row.org_name,
        kind: OrgKind::from_code(&row.kind).ok_or_else(|| unknown("kind of organisation"))?,
        country: row.country,
        status: OrgStatus::from_code(&row.status).ok_or_else(|| unknown("status"))?,
        role: Role::from_code(&row.role).ok_or_else(|| unknown("role"))?,
    })
}

/// The rest after which a person with these places is signed out: the shortest that any of them asks for.
fn idle(memberships: &[Membership]) -> i64 {
    let staff = |membership: &Membership| matches!(membership.kind, OrgKind::Company | OrgKind::Association);
    if memberships.iter().all(staff) { IDLE } else { IDLE_STAFF }
}

/// Gives a sign-in another token, after the person's rights have grown. The old token is worth nothing from then on.
///
/// # Errors
/// [`Refusal::NotSignedIn`] if there is no such sign-in.
pub(crate) async fn rotate(ctx: &Context, tx: &mut Tx, token: &str) -> Result<NewSession> {
    let old = secret::hash(token);
    let row = rows::find(tx, old, ctx.now()).await?.ok_or(Refusal::NotSignedIn)?;
    let token = secret::token(ctx);
    rows::rotate(tx, old, secret::hash(&token), ctx.now()).await?;
    Ok(NewSession { token, ends_at: Timestamp(row.expires_at) })
}

/// Signs out. Says nothing about whether there was a sign-in.
///
/// # Errors
/// If the store fails.
pub async fn end(ctx: &Context, token: &str) -> Result<()> {
    let hash = secret::hash(token);
    let mut tx = ctx.db.begin().await?;
    if let Some(row) = rows::find(&mut tx, hash, ctx.now()).await? {
        rows::end(&mut tx, hash).await?;
        let person = UserId(row.person_id);
        let act = Actor::Person(&Person { id: person, name: row.name, email: row.email, lang: Lang::default() });
        audit::of_person(ctx, &mut tx, (act, Action::SignIn, "signed out"), person).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A person's own sign-ins, the last active first.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn list(ctx: &Context, principal: &Principal) -> Result<Vec<OwnSession>> {
    let person = principal.signed_in()?;
    let now = ctx.now();
    let idle = idle(&principal.memberships);
    let rows = rows::of_person(&mut ctx.db.reader(), person.id, now).await?;
    let holds = rows.into_iter().filter(|row| now.since(Timestamp(row.last_active_at)) < idle);
    Ok(holds
        .map(|row| OwnSession {
            id: row.id,
            since: Timestamp(row.created_at),
            last_active: Timestamp(row.last_active_at),
            agent: row.agent,
        })
        .collect())
}

/// Ends one of a person's own sign-ins.
///
/// # Errors
/// [`Refusal::NotFound`] if it is not theirs.
pub async fn end_one(ctx: &Context, principal: &Principal, id: Uuid) -> Result<()> {
    let person = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    if rows::end_one(&mut tx, id, person.id).await? == 0 {
        return Err(Refusal::NotFound);
    }
    audit::of_person(ctx, &mut tx, (Actor::Person(person), Action::ManageSelf, "another sign-in ended"), person.id)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends every sign-in of the person but the one with the token `except`; how many were ended.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn end_all(ctx: &Context, principal: &Principal, except: Option<&str>) -> Result<u64> {
    let person = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let ended = rows::end_all(&mut tx, person.id, except.map(secret::hash)).await?;
    audit::of_person(ctx, &mut tx, (Actor::Person(person), Action::ManageSelf, "sign-ins ended"), person.id).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Ends every sign-in of the person, this one too, and their feeds, and forgets their browsers: whoever signs in next is told of.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn end_everywhere(ctx: &Context, principal: &Principal) -> Result<()> {
    let person = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    sign_out(&mut tx, person.id, None).await?;
    audit::of_person(ctx, &mut tx, (Actor::Person(person), Action::ManageSelf, "signed out everywhere"), person.id)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all that lets a person in without their password: every sign-in but the one with the token `keep`, and their feeds. Where
/// none is kept, their browsers are forgotten too: whoever signs in next is told of.
pub(crate) async fn sign_out(tx: &mut Tx, person: UserId, keep: Option<&str>) -> Result<()> {
    rows::end_all(tx, person, keep.map(secret::hash)).await?;
    store::feed::end(tx, person).await?;
    if keep.is_none() {
        store::browser::forget(tx, person).await?;
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
