//! Break-glass: a system administrator reads reports in need, which they otherwise never can.
//!
//! - They ask for one report, or for the reports of one authority, with a reason. A second person approves: another system
//!   administrator, or somebody who leads the desk that has the reports. Never oneself.
//! - It ends by itself ([`domain::break_glass::Limits`]); who asked and who may approve can end it earlier.
//! - While it lasts, the person who asked reads what the company sent and what both sides said. Not the desk's notes, not
//!   what other companies reported, no files; and nothing can be done.
//! - **Every** reading is a row of the audit log, written before anything is shown. The company and the authority see it
//!   in their logs as the system administrator's, with the reason.
//! - Whether a report exists is not told to who asks: a reference is kept as it was typed.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    break_glass::{Life, Limits, Standing, may_decide},
    ids::{OrgId, UserId},
    lang::Lang,
    organisation::OrgKind,
    reference::Reference,
    time::Timestamp,
};
use serde_json::json;
use store::{
    Read, Tx,
    break_glass::{self as rows, GlassRow, NewGlass},
    org::{self, OrgRow},
    person,
};
use uuid::Uuid;

use crate::{
    Context, Refusal, Result,
    audit::{self, Act},
    input::Form,
    organisation,
    outbox::{self, Template},
    seat::Seat,
};

mod reading;

pub use reading::{Listed, Opened, list, read};
pub(crate) use reading::{Reasons, any};

/// Requests of one person that may wait at the same time.
const MOST_WAITING: i64 = 5;
/// Identity of a request.
pub type GlassId = Uuid;

/// A request as those see it who have to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glass {
    /// Identity.
    pub id: Uuid,
    /// Name of who asked.
    pub asker: String,
    /// Whether the asking person asked for it.
    pub is_own: bool,
    /// Name of the authority whose reports they are.
    pub authority: String,
    /// The one report; empty for all.
    pub reference: String,
    /// Why.
    pub reason: String,
    /// When it was asked.
    pub asked: Timestamp,
    /// Name of who decided.
    pub decider: Option<String>,
    /// When it was decided.
    pub decided: Option<Timestamp>,
    /// Where it stands.
    pub standing: Standing,
    /// Whether the asking person may approve or refuse it.
    pub may_decide: bool,
    /// Whether the asking person may end it.
    pub may_end: bool,
}

/// An authority that can be asked about: handle and name.
pub type Choice = (String, String);

/// The requests of an installation, and the authorities one can ask about.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but a system administrator.
pub async fn of_installation(ctx: &Context, principal: &Principal) -> Result<(Vec<Glass>, Vec<Choice>)> {
    let seat = operator(principal, Action::AskBreakGlass)?;
    let mut db = ctx.db.reader();
    let found = rows::of_operator(&mut db, seat.membership.org).await?;
    let authorities = org::of_kind(&mut db, OrgKind::Authority.code()).await?;
    let choices = authorities.into_iter().map(|row| (row.handle, row.name)).collect();
    Ok((found.into_iter().map(|row| seen(ctx, seat, row)).collect(), choices))
}

/// The requests for an authority's reports.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody who may not decide about them there.
pub async fn of_authority(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Vec<Glass>> {
    let seat = Seat::take(principal, authority, Action::DecideBreakGlass)?;
    let found = rows::of_authority(&mut ctx.db.reader(), authority).await?;
    Ok(found.into_iter().map(|row| seen(ctx, seat, row)).collect())
}

/// One request, in a workspace where it can be decided about.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, or it is no business of this workspace.
pub async fn one(ctx: &Context, principal: &Principal, workspace: OrgId, id: Uuid) -> Result<Glass> {
    let seat = Seat::take(principal, workspace, Action::DecideBreakGlass)?;
    let row = within(&mut ctx.db.reader(), seat, id).await?;
    Ok(seen(ctx, seat, row))
}

fn operator(principal: &Principal, action: Action) -> Result<Seat<'_>> {
    let own = organisation::system(principal, action)?.org;
    Seat::take(principal, own, action)
}

/// The request, if it belongs to the organisation in which the person sits.
async fn within(db: &mut impl Read, seat: Seat<'_>, id: Uuid) -> Result<GlassRow> {
    let own = seat.membership.org.0;
    let row = rows::find(db, id).await?.filter(|row| row.operator_id == own || row.authority_id == own);
    row.ok_or(Refusal::NotFound)
}

fn standing(ctx: &Context, row: &GlassRow) -> Standing {
    let life = Life {
        asked: Timestamp(row.asked_at),
        refused: row.decision == "refused",
        ends: row.ends_at.map(Timestamp),
        ended: row.ended_at.map(Timestamp),
    };
    life.at(ctx.now(), Limits::embedded())
}

fn seen(ctx: &Context, seat: Seat<'_>, row: GlassRow) -> Glass {
    let (standing, asked_by) = (standing(ctx, &row), UserId(row.asked_by));
    let keeps = Action::DecideBreakGlass.allows(seat.membership.role);
    Glass {
        id: row.id,
        is_own: asked_by == seat.id(),
        may_decide: keeps && standing == Standing::Waiting && may_decide(asked_by, seat.id()),
        may_end: keeps && matches!(standing, Standing::Open { .. }),
        asker: row.asker,
        authority: row.authority,
        reference: row.reference,
        reason: row.reason,
        asked: Timestamp(row.asked_at),
        decider: row.decider,
        decided: row.decided_at.map(Timestamp),
        standing,
    }
}

/// Asks for access; its identity. Fields: `authority` (handle), `reference` (empty for all of its reports), `reason` (the
/// company and the authority read it).
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] if too many of one's requests wait.
pub async fn ask(ctx: &Context, principal: &Principal, fields: &Answers) -> Result<Uuid> {
    let seat = operator(principal, Action::AskBreakGlass)?;
    let mut form = Form::new(fields);
    let authority = org::by_handle(&mut ctx.db.reader(), form.raw("authority")).await?;
    let authority = authority.filter(|row| row.kind == OrgKind::Authority.code());
    if authority.is_none() {
        form.problem("authority", "Choose the authority that has the reports.");
    }
    let reference = reference(&mut form);
    let reason = form.lines("reason", 500, "Say why. The company and the authority read this.");
    form.done()?;
    let authority = authority.ok_or(Refusal::NotFound)?;
    let limits = Limits::embedded();
    let since = ctx.now().plus(-i64::from(limits.decide_within_hours) * Timestamp::HOUR);
    let id = ctx.new_id();
    let mut tx = ctx.db.begin().await?;
    if rows::waiting(&mut tx, seat.id(), since).await? >= MOST_WAITING {
        let text = format!("{MOST_WAITING} of your requests wait already. Let somebody decide about them first.");
        return Err(Refusal::NotPossible(text));
    }
    let (operator, of) = (seat.membership.org, OrgId(authority.id));
    let (reference, reason) = (reference.as_str(), reason.as_str());
    let new = NewGlass { id, asked_by: seat.id(), operator, authority: of, reference, reason, at: ctx.now() };
    rows::insert(&mut tx, &new).await?;
    tell(ctx, &mut tx, &authority, None, id, Template::BreakGlassAsked).await?;
    tell_colleagues(ctx, &mut tx, seat, id).await?;
    let after = json!({ "access": id, "reference": reference, "reason": reason });
    record(ctx, &mut tx, seat, Action::AskBreakGlass, "break-glass access asked for", of, Some(&after)).await?;
    tx.commit().await?;
    Ok(id)
}

/// The reference in its own way of writing; empty if none was typed.
fn reference(form: &mut Form<'_>) -> String {
    let typed = form.optional("reference", 40);
    if typed.is_empty() || form.has_problem("reference") {
        return typed;
    }
    match typed.parse::<Reference>() {
        Ok(reference) => reference.to_string(),
        Err(_) => {
            let text = "Write the whole reference, like FR-7K3M-9QTD-X. Its last character is a check and did not fit.";
            form.problem("reference", text);
            typed
        }
    }
}

/// Approves (then it is open at once) or refuses what somebody else asked for.
///
/// # Errors
/// [`Refusal::NotPossible`] for one's own request, or one that does not wait any more; [`Refusal::Stale`] if somebody
/// decided in the same moment; [`Refusal::NotFound`] if it is no business of this workspace.
pub async fn decide(ctx: &Context, principal: &Principal, workspace: OrgId, id: Uuid, approved: bool) -> Result<()> {
    let seat = Seat::take(principal, workspace, Action::DecideBreakGlass)?;
    let mut tx = ctx.db.begin().await?;
    let row = within(&mut tx, seat, id).await?;
    if !may_decide(UserId(row.asked_by), seat.id()) {
        return Err(Refusal::NotPossible("Somebody else has to decide about this: you asked for it.".to_owned()));
    }
    if standing(ctx, &row) != Standing::Waiting {
        return Err(Refusal::NotPossible("This request does not wait for a decision any more.".to_owned()));
    }
    let ends = approved.then(|| Limits::embedded().ends(ctx.now()));
    let (decision, step) =
        if approved { ("approved", "break-glass access approved") } else { ("refused", "break-glass access refused") };
    rows::decide(&mut tx, id, decision, seat.id(), ctx.now(), ends).await?;
    if approved {
        let authority = org::by_id(&mut tx, OrgId(row.authority_id)).await?.ok_or(Refusal::NotFound)?;
        tell(ctx, &mut tx, &authority, None, id, Template::BreakGlassOpened).await?;
    }
    let lang = Lang::from_tag(&row.asker_lang).unwrap_or_default();
    let operator = org::by_id(&mut tx, OrgId(row.operator_id)).await?.ok_or(Refusal::NotFound)?;
    let path = page(&operator, lang, id)?;
    outbox::queue(ctx, &mut tx, Template::BreakGlassDecided, &row.asker_email, lang, &path, "").await?;
    let after = json!({ "access": id, "decision": decision, "ends_at": ends });
    record(ctx, &mut tx, seat, Action::DecideBreakGlass, step, OrgId(row.authority_id), Some(&after)).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends an access before its time.
///
/// # Errors
/// [`Refusal::NotFound`] if it is no business of this workspace; [`Refusal::Stale`] if it is not open.
pub async fn finish(ctx: &Context, principal: &Principal, workspace: OrgId, id: Uuid) -> Result<()> {
    let seat = Seat::take(principal, workspace, Action::DecideBreakGlass)?;
    let mut tx = ctx.db.begin().await?;
    let row = within(&mut tx, seat, id).await?;
    rows::finish(&mut tx, id, seat.id(), ctx.now()).await?;
    let (action, after) = (Action::DecideBreakGlass, json!({ "access": id }));
    record(ctx, &mut tx, seat, action, "break-glass access ended", OrgId(row.authority_id), Some(&after)).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    action: Action,
    step: &str,
    authority: OrgId,
    after: Option<&serde_json::Value>,
) -> Result<()> {
    let (object_kind, object_id) = ("org", authority.to_string());
    let act = Act { actor: seat.actor(), action, step, object_kind, object_id };
    audit::record(ctx, tx, act, audit::NONE, after).await
}

/// Address of a request in a workspace.
fn page(org: &OrgRow, lang: Lang, id: Uuid) -> Result<String> {
    let kind =
        OrgKind::from_code(&org.kind).ok_or_else(|| Refusal::Fault("unknown kind of organisation".to_owned()))?;
    Ok(format!("/{}/{}/{}/break-glass/{id}", lang.tag(), kind.workspace(), org.handle))
}

/// Tells the other system administrators that somebody waits for them.
async fn tell_colleagues(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, id: Uuid) -> Result<()> {
    let own = org::by_id(tx, seat.membership.org).await?.ok_or(Refusal::NotFound)?;
    tell(ctx, tx, &own, Some(seat.id()), id, Template::BreakGlassAsked).await
}

/// Tells the administrators of an organisation; nothing of any case.
async fn tell(
    ctx: &Context,
    tx: &mut Tx,
    org: &OrgRow,
    but: Option<UserId>,
    id: Uuid,
    template: Template,
) -> Result<()> {
    let administrators = person::administrators(tx, OrgId(org.id)).await?;
    for member in administrators.into_iter().filter(|member| but != Some(UserId(member.person_id))) {
        let path = page(org, member.lang(), id)?;
        outbox::queue(ctx, tx, template, &member.email, member.lang(), &path, "").await?;
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
