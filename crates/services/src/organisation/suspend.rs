//! Stopping an organisation for now, and letting it work again.
//!
//! A membership in an organisation that is suspended opens nothing but the page that says why. The sign-ins of people who
//! belong to nothing else end in the same transaction; whoever belongs elsewhere too loses this workspace with the next
//! request, because rights are read with every request. Both the one who suspends and the one who is suspended have the
//! act in their log, and the administrators get a mail.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    ids::OrgId,
    organisation::{OrgKind, OrgStatus},
    time::Timestamp,
};
use serde_json::json;
use store::{
    Tx,
    org::{self, OrgRow},
    person, session,
};

use super::{Decision, read_status, system};
use crate::{
    Context, Refusal, Result, audit,
    input::Form,
    outbox::{self, Template},
    seat::Seat,
};

/// Why an organisation may not work, for its own people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub status: OrgStatus,
    /// The reason given; empty if it works.
    pub reason: String,
    /// Since when.
    pub since: Option<Timestamp>,
}

/// Where one's own authority or association stands.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody who does not belong to it.
pub async fn standing(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Standing> {
    principal.allowed_in(org, Action::ViewStanding)?;
    let row = org::by_id(&mut ctx.db.reader(), org).await?.ok_or(Refusal::NotFound)?;
    Ok(Standing {
        status: read_status(&row.status)?,
        name: row.name,
        reason: row.decision_reason,
        since: row.decided_at.map(Timestamp),
    })
}

/// Suspends an authority or association, or lets it work again, as the system administrator saw it (`version`). Field
/// `reason` for suspending: its people read it.
///
/// # Errors
/// [`Refusal::Invalid`] at `reason`; [`Refusal::Stale`] if somebody else decided meanwhile; [`Refusal::NotPossible`] if
/// it does not stand where this can be decided; [`Refusal::NotFound`] for anybody but a system administrator.
pub async fn decide_body(
    ctx: &Context,
    principal: &Principal,
    handle: &str,
    version: i64,
    decision: Decision,
    fields: &Answers,
) -> Result<()> {
    let own = system(principal, Action::ManageSystem)?.org;
    let by = Seat::take(principal, own, Action::ManageSystem)?;
    let row = org::by_handle(&mut ctx.db.reader(), handle).await?.ok_or(Refusal::NotFound)?;
    let is_body = matches!(OrgKind::from_code(&row.kind), Some(OrgKind::Authority | OrgKind::Association));
    if !is_body || !matches!(decision, Decision::Suspend | Decision::Lift) {
        return Err(Refusal::NotFound);
    }
    settle(ctx, by, Action::ManageSystem, &row, version, decision, fields).await
}

/// Carries a decision out.
pub(super) async fn settle(
    ctx: &Context,
    by: Seat<'_>,
    action: Action,
    row: &OrgRow,
    version: i64,
    decision: Decision,
    fields: &Answers,
) -> Result<()> {
    if row.version != version {
        return Err(Refusal::Stale);
    }
    let status = read_status(&row.status)?;
    if !decision.from().contains(&status) {
        return Err(Refusal::NotPossible(format!("{} now stands at: {}.", row.name, status.label())));
    }
    let mut form = Form::new(fields);
    let missing = "Say why; its people read this.";
    let reason = if decision.needs_reason() { form.lines("reason", 2000, missing) } else { String::new() };
    form.done()?;
    let id = OrgId(row.id);
    let mut tx = ctx.db.begin().await?;
    org::decide(&mut tx, id, version, decision.to().code(), &reason, by.id(), ctx.now()).await?;
    let ended = if decision == Decision::Suspend { session::end_bound(&mut tx, id).await? } else { 0 };
    tell_administrators(ctx, &mut tx, row, decision).await?;
    let before = json!({ "status": status.code(), "reason": row.decision_reason });
    let after = json!({ "status": decision.to().code(), "reason": reason, "sign_ins_ended": ended });
    let (object_kind, object_id) = ("org", id.to_string());
    let act = audit::Act { actor: by.actor(), action, step: decision.step(), object_kind, object_id };
    audit::record(ctx, &mut tx, act, Some(&before), Some(&after)).await?;
    tx.commit().await?;
    Ok(())
}

async fn tell_administrators(ctx: &Context, tx: &mut Tx, row: &OrgRow, decision: Decision) -> Result<()> {
    let kind =
        OrgKind::from_code(&row.kind).ok_or_else(|| Refusal::Fault("unknown kind of organisation".to_owned()))?;
    let is_company = kind == OrgKind::Company;
    let page = match (is_company, decision) {
        (false, Decision::Suspend) => "/suspended",
        (false, _) => "/",
        (true, _) => "",
    };
    for member in person::administrators(tx, OrgId(row.id)).await? {
        let lang = member.lang();
        let path = format!("/{}/{}/{}{page}", lang.tag(), kind.workspace(), row.handle);
        outbox::queue(ctx, tx, template(decision, is_company), &member.email, lang, &path, &row.name).await?;
    }
    Ok(())
}

const fn template(decision: Decision, is_company: bool) -> Template {
    match decision {
        Decision::Approve => Template::ApplicationApproved,
        Decision::Refuse => Template::ApplicationRefused,
        Decision::Suspend if is_company => Template::CompanySuspended,
        Decision::Suspend => Template::OrganisationSuspended,
        Decision::Lift => Template::OrganisationReinstated,
    }
}
