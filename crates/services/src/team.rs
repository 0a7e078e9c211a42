//! Who belongs to an organisation: inviting, changing roles, leaving.
//!
//! An invitation is a one-time link to one address, good for seven days. Somebody new chooses name and password behind
//! it; somebody with an account signs in and joins. Whoever leaves, or can no longer do their work in a new role, hands
//! what they have in hand over ([`crate::leaver`]). The last administrator can neither leave nor take a lesser role, so
//! that no organisation is left without one.

use domain::{
    access::{Action, Membership, Principal, Role},
    answers::Answers,
    ids::{OrgId, UserId},
    lang::Lang,
    organisation::OrgStatus,
    time::Timestamp,
};
use serde_json::json;
use store::{
    Tx, org,
    person::{self, NewPerson},
    token::{self as tokens, NewToken, TokenRow},
};
use uuid::Uuid;

use crate::{
    Context, Refusal, Result,
    account::{self, SignedIn},
    audit::{self, Actor},
    input::{Form, invalid},
    leaver::{self, InHand},
    link,
    outbox::{self, Template},
    password,
    seat::Seat,
    secret,
    session::{self, NewSession},
    throttle::{self, Bucket},
};

/// Life of an invitation.
pub const INVITATION_LIFE: i64 = 7 * Timestamp::DAY;

pub(crate) const INVITE: &str = "invite";

/// A member as colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Role.
    pub role: Role,
    /// Member since.
    pub since: Timestamp,
    /// When they last signed in.
    pub last_sign_in: Option<Timestamp>,
    /// Whether they have a second factor.
    pub has_factor: bool,
}

/// An invitation that nobody has used yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Identity, for withdrawing it.
    pub id: Uuid,
    /// Address it was sent to.
    pub email: String,
    /// Role it gives.
    pub role: Role,
    /// When it was sent.
    pub sent: Timestamp,
    /// When it lapses.
    pub expires: Timestamp,
}

/// An organisation's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Members, by name.
    pub members: Vec<Member>,
    /// Open invitations, newest first; only for those who may invite.
    pub invitations: Vec<Invitation>,
    /// Whether the asker may invite, change and remove.
    pub may_manage: bool,
}

/// The people of an organisation.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody who does not belong to it.
pub async fn view(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Team> {
    principal.allowed_in(org, Action::ReadTeam)?;
    let may_manage = principal.allowed_in(org, Action::ManageTeam).is_ok();
    let mut reader = ctx.db.reader();
    let members = person::members(&mut reader, org).await?.into_iter().map(member).collect::<Result<_>>()?;
    let mut invitations = Vec::new();
    if may_manage {
        for row in tokens::pending(&mut reader, org, INVITE, ctx.now()).await? {
            invitations.push(invitation(row)?);
        }
    }
    Ok(Team { members, invitations, may_manage })
}

fn member(row: person::MemberRow) -> Result<Member> {
    Ok(Member {
        id: UserId(row.person_id),
        name: row.name,
        email: row.email,
        phone: row.phone,
        role: role(&row.role)?,
        since: Timestamp(row.since),
        last_sign_in: row.last_sign_in_at.map(Timestamp),
        has_factor: row.factors > 0,
    })
}

fn invitation(row: TokenRow) -> Result<Invitation> {
    Ok(Invitation {
        id: row.id,
        role: role(&row.role)?,
        email: row.email,
        sent: Timestamp(row.created_at),
        expires: Timestamp(row.expires_at),
    })
}

fn role(code: &str) -> Result<Role> {
    Role::from_code(code).ok_or_else(|| Refusal::Fault("unknown role in the database".to_owned()))
}

/// Invites a colleague: fields `email`, `role`. An earlier invitation to the same address is replaced.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::TooOften`] after many invitations.
pub async fn invite(ctx: &Context, principal: &Principal, org: OrgId, fields: &Answers) -> Result<()> {
    let membership = principal.allowed_in(org, Action::ManageTeam)?;
    let mut form = Form::new(fields);
    let email = form.email("email");
    let role = chosen_role(&mut form, membership);
    form.done()?;
    let Some(role) = role else { return Err(Refusal::NotFound) };
    let members = person::members(&mut ctx.db.reader(), org).await?;
    if members.iter().any(|member| member.email == email) {
        return Err(invalid("email", "This person belongs to the organisation already. Change the role in the list."));
    }
    let key = org.to_string();
    throttle::admit(ctx, &[Bucket(throttle::INVITE_ORG, &key), Bucket(throttle::INVITE_EMAIL, &email)]).await?;
    let person = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let invited = Invited { org, org_name: &membership.org_name, email: &email, role, by: person.id };
    send_invitation(ctx, &mut tx, &invited, person.lang).await?;
    let after = json!({ "email": email, "role": role.code() });
    let actor = Actor::Member(person, membership);
    record(ctx, &mut tx, actor, Action::ManageTeam, "colleague invited", org, None, Some(after)).await?;
    tx.commit().await?;
    Ok(())
}

fn chosen_role(form: &mut Form<'_>, membership: &Membership) -> Option<Role> {
    let chosen = Role::from_code(form.raw("role")).filter(|role| role.org_kind() == membership.role.org_kind());
    if chosen.is_none() {
        form.problem("role", "Choose a role.");
    }
    chosen
}

/// Somebody to be invited.
pub(crate) struct Invited<'a> {
    pub org: OrgId,
    pub org_name: &'a str,
    pub email: &'a str,
    pub role: Role,
    pub by: UserId,
}

/// Stores an invitation and queues its mail.
pub(crate) async fn send_invitation(ctx: &Context, tx: &mut Tx, invited: &Invited<'_>, lang: Lang) -> Result<()> {
    let now = ctx.now();
    tokens::cancel_email(tx, invited.org, INVITE, invited.email, now).await?;
    let path = format!("/{}/link/{{token}}", lang.tag());
    let template = Template::Invitation;
    let link = outbox::queue_link(ctx, tx, template, invited.email, lang, &path, invited.org_name).await?;
    let new = NewToken {
        token_hash: link,
        id: ctx.new_id(),
        purpose: INVITE,
        person: None,
        org: Some(invited.org),
        email: invited.email,
        role: invited.role.code(),
        created_by: Some(invited.by),
        at: now,
        expires: now.plus(INVITATION_LIFE),
    };
    tokens::insert(tx, &new).await?;
    Ok(())
}

/// How many invitations of an organisation are open.
pub(crate) async fn open_invitations(ctx: &Context, org: OrgId) -> Result<usize> {
    Ok(tokens::pending(&mut ctx.db.reader(), org, INVITE, ctx.now()).await?.len())
}

/// Withdraws an open invitation.
///
/// # Errors
/// [`Refusal::NotFound`] if it is not this organisation's, or no longer open.
pub async fn withdraw(ctx: &Context, principal: &Principal, org: OrgId, invitation: Uuid) -> Result<()> {
    let membership = principal.allowed_in(org, Action::ManageTeam)?;
    let person = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let row = tokens::cancel(&mut tx, invitation, org, ctx.now()).await?;
    let row = row.filter(|row| row.purpose == INVITE).ok_or(Refusal::NotFound)?;
    let before = json!({ "email": row.email, "role": row.role });
    let actor = Actor::Member(person, membership);
    record(ctx, &mut tx, actor, Action::ManageTeam, "invitation withdrawn", org, Some(before), None).await?;
    tx.commit().await?;
    Ok(())
}

/// What the page behind an invitation shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The organisation that invites.
    pub org_name: String,
    /// The role it gives.
    pub role: Role,
    /// The address it was sent to.
    pub email: String,
    /// Whether this address has an account, so that its owner signs in instead of choosing a password.
    pub has_account: bool,
}

/// Looks at an invitation without using it.
///
/// # Errors
/// [`Refusal::NotFound`] if it was never given, was used or withdrawn, or has lapsed.
pub async fn peek(ctx: &Context, token: &str) -> Result<Offer> {
    let mut reader = ctx.db.reader();
    let (row, org_id) = open_invitation(ctx, token).await?;
    let org = org::by_id(&mut reader, org_id).await?.ok_or(Refusal::NotFound)?;
    let has_account = person::by_email(&mut reader, &row.email).await?.is_some();
    Ok(Offer { org_name: org.name, role: role(&row.role)?, email: row.email, has_account })
}

async fn open_invitation(ctx: &Context, token: &str) -> Result<(TokenRow, OrgId)> {
    let row = link::open(ctx, token, INVITE).await?;
    let org = OrgId(row.org_id.ok_or(Refusal::NotFound)?);
    // Into a suspended organisation nobody comes; the link works again once it does.
    let status = org::by_id(&mut ctx.db.reader(), org).await?.map(|org| org.status);
    if status.as_deref() == Some(OrgStatus::Suspended.code()) {
        return Err(Refusal::NotFound);
    }
    Ok((row, org))
}

/// Accepts an invitation as somebody new: fields `name`, `password`. Signs them in.
///
/// # Errors
/// [`Refusal::NotFound`] if the invitation cannot be used; [`Refusal::Invalid`] with a problem per field, and then it can
/// be used again; [`Refusal::NotPossible`] if the address has an account by now.
pub async fn accept_new(ctx: &Context, token: &str, lang: Lang, fields: &Answers, agent: &str) -> Result<SignedIn> {
    let offer = peek(ctx, token).await?;
    if offer.has_account {
        return Err(Refusal::NotPossible(
            "This address has an account already. Sign in, then open the invitation again.".to_owned(),
        ));
    }
    let mut form = Form::new(fields);
    let name = form.line("name", 100, "Enter your name.");
    let chosen = form.raw("password");
    if let Err(message) = password::check(chosen, &[&name, &offer.email, &offer.org_name], &ctx.catalogue()) {
        form.problem("password", message);
    }
    form.done()?;
    let phc = ctx.hasher.hash(chosen).await?;
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    let row = tokens::consume(&mut tx, secret::hash(token), INVITE, now).await?.ok_or(Refusal::NotFound)?;
    let (id, org) = (UserId(ctx.new_id()), OrgId(row.org_id.ok_or(Refusal::NotFound)?));
    let new = NewPerson {
        id,
        email: &row.email,
        name: &name,
        phone: "",
        password_hash: Some(&phc),
        lang: lang.tag(),
        confirmed: Some(now),
        at: now,
    };
    person::insert(&mut tx, &new).await.map_err(Refusal::overtaken)?;
    join(ctx, &mut tx, id, org, &row.role).await?;
    let account = person::by_id(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    let signed = account::enter(ctx, &mut tx, &account, agent, None).await?;
    tx.commit().await?;
    Ok(signed)
}

/// Accepts an invitation as the person who has signed in; the sign-in gets a new token.
///
/// # Errors
/// [`Refusal::NotFound`] if the invitation cannot be used; [`Refusal::NotPossible`] if it was sent to another address.
pub async fn accept(ctx: &Context, principal: &Principal, session_token: &str, token: &str) -> Result<NewSession> {
    let person = principal.signed_in()?;
    let (row, org) = open_invitation(ctx, token).await?;
    if row.email != person.email {
        return Err(Refusal::NotPossible(
            "This invitation was sent to another address. Sign out and sign in with the account of that address."
                .to_owned(),
        ));
    }
    let mut tx = ctx.db.begin().await?;
    tokens::consume(&mut tx, secret::hash(token), INVITE, ctx.now()).await?.ok_or(Refusal::NotFound)?;
    let session = session::rotate(ctx, &mut tx, session_token).await?;
    let places = session::memberships(&mut tx, person.id).await?;
    // Somebody who came in another way meanwhile keeps the role they have.
    if !places.iter().any(|place| place.org == org) {
        join(ctx, &mut tx, person.id, org, &row.role).await?;
    }
    tx.commit().await?;
    Ok(session)
}

/// Gives a place and writes it down as the act of the one who joins.
async fn join(ctx: &Context, tx: &mut Tx, person: UserId, org: OrgId, role: &str) -> Result<()> {
    person::join(tx, ctx.new_id(), person, org, role, ctx.now()).await?;
    let row = person::by_id(tx, person).await?.ok_or(Refusal::NotFound)?;
    let after = json!({ "person": person.to_string(), "role": role });
    let who = account::to_person(&row);
    record(ctx, tx, Actor::Person(&who), Action::UseLink, "invitation accepted", org, None, Some(after)).await
}

/// Changes a colleague's role.
///
/// # Errors
/// [`Refusal::Invalid`] at `role`; [`Refusal::NotFound`] if they are no colleague; [`Refusal::NotPossible`] if the
/// organisation would be left without an administrator.
pub async fn set_role(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    colleague: UserId,
    role_code: &str,
) -> Result<()> {
    let membership = principal.allowed_in(org, Action::ManageTeam)?;
    let new = Role::from_code(role_code)
        .filter(|role| role.org_kind() == membership.role.org_kind())
        .ok_or_else(|| invalid("role", "Choose a role."))?;
    let person = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let old = present_role(&mut tx, org, colleague).await?;
    if old == new {
        return Ok(());
    }
    keep_an_administrator(&mut tx, org, old).await?;
    let seat = Seat { person, membership };
    let loses = |work: Action| work.allows(old) && !work.allows(new);
    let handed = match loses(Action::WorkReports) || loses(Action::WriteReports) {
        true => leaver::hand_over(ctx, &mut tx, seat, Action::ManageTeam, colleague, "").await?,
        false => InHand::default(),
    };
    person::set_role(&mut tx, colleague, org, new.code()).await?;
    let value = |role: Role| json!({ "person": colleague.to_string(), "role": role.code() });
    let (before, mut after) = (Some(value(old)), value(new));
    if !handed.is_empty() {
        after["handed_over"] = handed_over(handed);
    }
    let after = Some(after);
    record(ctx, &mut tx, seat.actor(), Action::ManageTeam, "role changed", org, before, after).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a colleague's membership. It takes effect with their next request. Field `to`: who takes their work over, empty
/// for nobody in particular ([`crate::leaver`]).
///
/// # Errors
/// [`Refusal::NotFound`] if they are no colleague; [`Refusal::NotPossible`] for the last administrator;
/// [`Refusal::Invalid`] at `to`.
pub async fn remove(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    colleague: UserId,
    fields: &Answers,
) -> Result<()> {
    let seat = Seat::take(principal, org, Action::ManageTeam)?;
    end_membership(ctx, seat, colleague, fields, (Action::ManageTeam, "membership ended")).await
}

/// Leaves an organisation oneself. Field `to` as for [`remove`].
///
/// # Errors
/// [`Refusal::NotPossible`] for the last administrator; [`Refusal::Invalid`] at `to`.
pub async fn leave(ctx: &Context, principal: &Principal, org: OrgId, fields: &Answers) -> Result<()> {
    let seat = Seat::take(principal, org, Action::ReadTeam)?;
    end_membership(ctx, seat, seat.id(), fields, (Action::ReadTeam, "left")).await
}

async fn end_membership(
    ctx: &Context,
    seat: Seat<'_>,
    whose: UserId,
    fields: &Answers,
    (action, step): (Action, &str),
) -> Result<()> {
    let org = seat.membership.org;
    let mut tx = ctx.db.begin().await?;
    let role = present_role(&mut tx, org, whose).await?;
    keep_an_administrator(&mut tx, org, role).await?;
    let handed = leaver::hand_over(ctx, &mut tx, seat, action, whose, fields.one("to").trim()).await?;
    person::leave(&mut tx, whose, org, ctx.now()).await?;
    let before = json!({ "person": whose.to_string(), "role": role.code() });
    let after = (!handed.is_empty()).then(|| json!({ "handed_over": handed_over(handed) }));
    record(ctx, &mut tx, seat.actor(), action, step, org, Some(before), after).await?;
    tx.commit().await?;
    Ok(())
}

/// How much was handed over, for the log.
fn handed_over(handed: InHand) -> serde_json::Value {
    let InHand { reports, drafts, running, questions } = handed;
    json!({ "reports": reports, "drafts": drafts, "running": running, "questions": questions })
}

async fn present_role(tx: &mut Tx, org: OrgId, person: UserId) -> Result<Role> {
    let places = session::memberships(tx, person).await?;
    places.iter().find(|place| place.org == org).map(|place| place.role).ok_or(Refusal::NotFound)
}

/// Refuses to take the last administrator away. Locks the administrators, so that two cannot remove each other at once.
async fn keep_an_administrator(tx: &mut Tx, org: OrgId, role: Role) -> Result<()> {
    if role.is_admin() && person::count_role(tx, org, role.code()).await? < 2 {
        return Err(Refusal::NotPossible(
            "This is the only administrator. Make somebody else administrator first.".to_owned(),
        ));
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "the parts of an audit row, each of another type")]
async fn record(
    ctx: &Context,
    tx: &mut Tx,
    actor: Actor<'_>,
    action: Action,
    step: &str,
    org: OrgId,
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
) -> Result<()> {
    let act = audit::Act { actor, action, step, object_kind: "org", object_id: org.to_string() };
    audit::record(ctx, tx, act, before.as_ref(), after.as_ref()).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
