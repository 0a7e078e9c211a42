//! Letting an administrator in anew who has lost second factor, recovery codes and password, and whom nobody of the
//! organisation can help.
//!
//! It takes two: one system administrator proposes and says how they made sure who asks, another confirms within three
//! days. Then the second factor and the password are gone, every sign-in has ended, and the administrator gets a link to
//! choose a new password; the mailbox is the third lock. The person is told of the proposal at once, so that somebody who
//! did not ask can object. An installation with one system administrator helps them on the console ([`on_console`]).

use domain::{
    access::{Action, Membership, Person, Principal, Role},
    answers::Answers,
    ids::UserId,
    time::Timestamp,
};
use serde_json::json;
use store::{
    Read, Tx,
    person::{self, PersonRow},
    rescue::{self as rows, NewRescue, RescueRow},
    token as tokens,
};
use uuid::Uuid;

use crate::{
    Context, Refusal, Result, account,
    audit::{self, Actor},
    factor,
    input::{Form, invalid},
    organisation::system,
    outbox::{self, Template},
    secret, session,
};

/// How long a proposal waits, microseconds.
pub const LIFE: i64 = 3 * Timestamp::DAY;

const NOBODY: &str = "No administrator with this address needs it: people are helped by an administrator of their own \
                      organisation, under Team, as long as there is one.";

/// A proposal that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescue {
    /// Identity.
    pub id: Uuid,
    /// Who is to be let in.
    pub person: String,
    /// Their address.
    pub email: String,
    /// The organisations they run.
    pub organisations: Vec<String>,
    /// How the proposer made sure who asks.
    pub reason: String,
    /// Who proposes.
    pub proposer: String,
    /// When it lapses.
    pub expires: Timestamp,
    /// Whether the asker may confirm it.
    pub may_confirm: bool,
}

/// The proposals that wait.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but a system administrator.
pub async fn list(ctx: &Context, principal: &Principal) -> Result<Vec<Rescue>> {
    let own = system(principal, Action::RescueAdministrators)?;
    let asker = principal.signed_in()?.id;
    let mut reader = ctx.db.reader();
    let since = member_since(&mut reader, own, asker).await?;
    let mut found = Vec::new();
    for row in rows::open(&mut reader, ctx.now()).await? {
        let places = session::memberships(&mut reader, UserId(row.person_id)).await?;
        let run = places.into_iter().filter(|place| place.role.is_admin());
        found.push(Rescue {
            id: row.id,
            organisations: run.map(|place| place.org_name).collect(),
            may_confirm: refused(&row, asker, since).is_none(),
            person: row.person,
            email: row.email,
            reason: row.reason,
            proposer: row.proposer,
            expires: Timestamp(row.expires_at),
        });
    }
    Ok(found)
}

async fn member_since(db: &mut impl Read, own: &Membership, person: UserId) -> Result<Timestamp> {
    let members = person::members(db, own.org).await?;
    let member = members.iter().find(|member| member.person_id == person.0).ok_or(Refusal::NotFound)?;
    Ok(Timestamp(member.since))
}

/// Why somebody may not confirm a proposal. A second account made for the purpose is no second person.
fn refused(row: &RescueRow, who: UserId, since: Timestamp) -> Option<&'static str> {
    if row.proposed_by == who.0 {
        return Some("You proposed this yourself. Another system administrator has to confirm it.");
    }
    if row.person_id == who.0 {
        return Some("This is about you. Another system administrator has to confirm it.");
    }
    (since > Timestamp(row.proposed_at)).then_some(
        "You became system administrator after this was proposed. Somebody who was one before has to confirm it.",
    )
}

/// Proposes to let an administrator in anew: fields `email`, `reason`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field, also if colleagues of the person can help.
pub async fn propose(ctx: &Context, principal: &Principal, fields: &Answers) -> Result<()> {
    let membership = system(principal, Action::RescueAdministrators)?;
    let proposer = principal.signed_in()?;
    let mut form = Form::new(fields);
    let email = form.email("email");
    let reason = form.lines("reason", 2000, "Say how you made sure that it is really this person who asks.");
    form.done()?;
    let mut tx = ctx.db.begin().await?;
    let account = person::by_email(&mut tx, &email).await?.filter(|row| row.disabled_at.is_none());
    let Some(account) = account else { return Err(invalid("email", NOBODY)) };
    let whose = account::to_person(&account);
    if whose.id == proposer.id {
        return Err(invalid(
            "email",
            "This is your own account. Ask another system administrator to reset it, under Team.",
        ));
    }
    if !needs_help(&mut tx, whose.id).await? {
        return Err(invalid("email", NOBODY));
    }
    if rows::open(&mut tx, ctx.now()).await?.iter().any(|row| row.person_id == whose.id.0) {
        return Err(invalid("email", "This is proposed already and waits to be confirmed."));
    }
    let (at, expires) = (ctx.now(), ctx.now().plus(LIFE));
    let new = NewRescue { id: ctx.new_id(), person: whose.id, reason: &reason, by: proposer.id, at, expires };
    rows::insert(&mut tx, &new).await?;
    tell_confirmers(ctx, &mut tx, membership, proposer.id).await?;
    let path = format!("/{}/help", whose.lang.tag());
    outbox::queue(ctx, &mut tx, Template::RescueAsked, &whose.email, whose.lang, &path, "").await?;
    let after = json!({ "person": whose.id.to_string(), "reason": reason });
    let actor = Actor::Member(proposer, membership);
    record(ctx, &mut tx, actor, "account reset proposed", whose.id, Some(after)).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether nobody of a person's organisations can reset their second factor: they run one alone, or two ask for it.
async fn needs_help(tx: &mut Tx, who: UserId) -> Result<bool> {
    let places = session::memberships(tx, who).await?;
    let asking: Vec<&Membership> = places.iter().filter(|place| place.needs_factor()).collect();
    if asking.len() > 1 {
        return Ok(true);
    }
    for place in asking {
        if place.role.is_admin() && person::count_role(tx, place.org, place.role.code()).await? == 1 {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn tell_confirmers(ctx: &Context, tx: &mut Tx, own: &Membership, proposer: UserId) -> Result<()> {
    let administrators = person::administrators(tx, own.org).await?;
    for member in administrators.into_iter().filter(|member| member.person_id != proposer.0) {
        let lang = member.lang();
        let path = format!("/{}/s/{}/rescues", lang.tag(), own.handle);
        outbox::queue(ctx, tx, Template::RescueProposed, &member.email, lang, &path, "").await?;
    }
    Ok(())
}

async fn waiting(ctx: &Context, tx: &mut Tx, id: Uuid) -> Result<RescueRow> {
    let open = rows::open(tx, ctx.now()).await?;
    open.into_iter().find(|row| row.id == id).ok_or(Refusal::NotFound)
}

/// Confirms a proposal of another system administrator and carries it out.
///
/// # Errors
/// [`Refusal::NotFound`] if it does not wait; [`Refusal::NotPossible`] for the proposer, for the person it is about, and
/// for who became system administrator after it was proposed; [`Refusal::Stale`] if it was decided in this moment.
pub async fn confirm(ctx: &Context, principal: &Principal, id: Uuid) -> Result<()> {
    let membership = system(principal, Action::RescueAdministrators)?;
    let second = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let row = waiting(ctx, &mut tx, id).await?;
    let since = member_since(&mut tx, membership, second.id).await?;
    if let Some(why) = refused(&row, second.id, since) {
        return Err(Refusal::NotPossible(why.to_owned()));
    }
    rows::decide(&mut tx, id, "confirmed", second.id, ctx.now()).await?;
    let account = person::by_id(&mut tx, UserId(row.person_id)).await?.ok_or(Refusal::NotFound)?;
    let whose = let_in(ctx, &mut tx, &account).await?;
    let path = format!("/{}/link/{{token}}", whose.lang.tag());
    let link = outbox::queue_link(ctx, &mut tx, Template::Rescued, &whose.email, whose.lang, &path, "").await?;
    account::store_reset(ctx, &mut tx, link, &whose).await?;
    let after = json!({ "person": whose.id.to_string(), "proposed_by": row.proposed_by.simple().to_string() });
    let actor = Actor::Member(second, membership);
    record(ctx, &mut tx, actor, "account reset confirmed", whose.id, Some(after)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes away what the person has lost, and ends every sign-in.
async fn let_in(ctx: &Context, tx: &mut Tx, account: &PersonRow) -> Result<Person> {
    let whose = account::to_person(account);
    factor::take_away(ctx, tx, whose.id).await?;
    person::clear_password(tx, whose.id).await?;
    tokens::cancel_person(tx, whose.id, account::RESET, ctx.now()).await?;
    Ok(whose)
}

/// Withdraws a proposal, one's own or another's.
///
/// # Errors
/// [`Refusal::NotFound`] if it does not wait; [`Refusal::Stale`] if it was decided in this moment.
pub async fn withdraw(ctx: &Context, principal: &Principal, id: Uuid) -> Result<()> {
    let membership = system(principal, Action::RescueAdministrators)?;
    let who = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let row = waiting(ctx, &mut tx, id).await?;
    rows::decide(&mut tx, id, "withdrawn", who.id, ctx.now()).await?;
    let actor = Actor::Member(who, membership);
    record(ctx, &mut tx, actor, "account reset withdrawn", UserId(row.person_id), None).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets a system administrator in anew whom no other can help; the one-time token to print on the console, where only
/// whoever runs the program reads it.
///
/// # Errors
/// [`Refusal::NotPossible`] if nobody with this address is a system administrator.
pub async fn on_console(ctx: &Context, email: &str) -> Result<String> {
    let mut tx = ctx.db.begin().await?;
    let account = person::by_email(&mut tx, &email.trim().to_lowercase()).await?;
    let nobody = || Refusal::NotPossible("No system administrator has this address.".to_owned());
    let account = account.filter(|row| row.disabled_at.is_none()).ok_or_else(nobody)?;
    let places = session::memberships(&mut tx, UserId(account.id)).await?;
    if !places.iter().any(|place| place.role == Role::SystemAdmin) {
        return Err(nobody());
    }
    let whose = let_in(ctx, &mut tx, &account).await?;
    let token = secret::token(ctx);
    account::store_reset(ctx, &mut tx, secret::hash(&token), &whose).await?;
    let path = format!("/{}/sign-in", whose.lang.tag());
    outbox::queue(ctx, &mut tx, Template::FactorReset, &whose.email, whose.lang, &path, "").await?;
    record(ctx, &mut tx, Actor::System, "account reset on the console", whose.id, None).await?;
    tx.commit().await?;
    Ok(token)
}

async fn record(
    ctx: &Context,
    tx: &mut Tx,
    actor: Actor<'_>,
    step: &str,
    person: UserId,
    after: Option<serde_json::Value>,
) -> Result<()> {
    let act = audit::Act::of_person(actor, Action::RescueAdministrators, step, person);
    audit::record(ctx, tx, act, audit::NONE, after.as_ref()).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
