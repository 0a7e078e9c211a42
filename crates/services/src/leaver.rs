//! Somebody leaves an organisation, or takes a role in which they can no longer work: their work goes on by itself.
//!
//! - Reports at a desk go to a colleague who was chosen, else back to nobody, where the queue shows them as unassigned.
//! - Requests for advice that they have go the same way.
//! - Drafts go to that colleague, else to an administrator. Nothing typed is lost.
//! - A company's reports that still run keep their author's name; whoever takes over is named on them, so that questions
//!   reach somebody.
//!
//! All of it happens in the transaction that ends the membership, with an audit row per report and draft, and one mail to
//! whoever takes over.

use domain::{
    access::{Action, Principal, Role},
    ids::{DraftId, OrgId, ReportId, UserId},
    organisation::OrgKind,
    report::State,
};
use serde_json::json;
use store::{
    Read, Tx, leaver as rows,
    person::{self, MemberRow},
};

use crate::{
    Context, Refusal, Result, advice,
    audit::{self, Act},
    draft,
    input::invalid,
    outbox::{self, Template},
    report::standing::{self, Trace},
    seat::Seat,
    thread::{self, Noted},
};

/// What somebody has in hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InHand {
    /// Reports of the desk that were given to them.
    pub reports: usize,
    /// Drafts that they write.
    pub drafts: usize,
    /// Reports that they sent for the company and that are not closed.
    pub running: usize,
    /// Of these, with a question that waits for an answer.
    pub questions: usize,
}

impl InHand {
    /// Whether there is nothing to hand over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What one decides about before somebody leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// What they have in hand.
    pub in_hand: InHand,
    /// Who could take it over, by name: those who may do the work.
    pub colleagues: Vec<(UserId, String, Role)>,
    /// Name of the administrator to whom drafts go if nobody is chosen.
    pub administrator: String,
}

/// What a colleague (or oneself) has in hand, and who could take it over.
///
/// # Errors
/// [`Refusal::NotFound`] if they are no colleague, or it is somebody else and one may not manage the team.
pub async fn leaving(ctx: &Context, principal: &Principal, org: OrgId, person: UserId) -> Result<Leaving> {
    let own = principal.signed_in()?.id == person;
    let seat = Seat::take(principal, org, if own { Action::ReadTeam } else { Action::ManageTeam })?;
    let mut db = ctx.db.reader();
    let members = person::members(&mut db, org).await?;
    if !members.iter().any(|member| member.person_id == person.0) {
        return Err(Refusal::NotFound);
    }
    let administrator = administrator(&members, person, seat.id()).map(|member| member.name.clone());
    let able = colleagues(&members, seat.membership.kind, person);
    Ok(Leaving {
        in_hand: Work::read(&mut db, org, person).await?.in_hand(),
        colleagues: able.map(|(member, role)| (UserId(member.person_id), member.name.clone(), role)).collect(),
        administrator: administrator.unwrap_or_default(),
    })
}

/// The work of somebody, piece by piece.
struct Work {
    /// Reports of the desk that were given to them.
    reports: Vec<ReportId>,
    /// Drafts that they write.
    drafts: Vec<DraftId>,
    /// Reports that they sent for the company and that are not closed, with the codes of their states.
    running: Vec<(ReportId, String)>,
}

impl Work {
    async fn read(db: &mut impl Read, org: OrgId, person: UserId) -> Result<Self> {
        Ok(Self {
            reports: rows::assigned(db, org, person).await?,
            drafts: rows::drafts(db, org, person).await?,
            running: rows::running(db, org, person).await?,
        })
    }

    fn in_hand(&self) -> InHand {
        InHand {
            reports: self.reports.len(),
            drafts: self.drafts.len(),
            questions: self.running.iter().filter(|(_, state)| state == State::QuestionAsked.code()).count(),
            running: self.running.len(),
        }
    }
}

/// Those who may do the work of somebody who leaves.
fn colleagues(members: &[MemberRow], kind: OrgKind, leaver: UserId) -> impl Iterator<Item = (&MemberRow, Role)> {
    let work = if kind == OrgKind::Company { Action::WriteReports } else { Action::WorkReports };
    let able = move |member: &MemberRow| member.role().filter(|role| work.allows(*role));
    members
        .iter()
        .filter(move |member| member.person_id != leaver.0)
        .filter_map(move |member| able(member).map(|role| (member, role)))
}

/// The administrator who acts, else the first one who stays.
fn administrator(members: &[MemberRow], leaver: UserId, acting: UserId) -> Option<&MemberRow> {
    let stays = |member: &&MemberRow| member.person_id != leaver.0 && member.is_admin();
    let mut admins = members.iter().filter(stays);
    admins.clone().find(|member| member.person_id == acting.0).or_else(|| admins.next())
}

/// Hands everything over that `leaver` has in hand: to `to` (identity of a colleague; empty for nobody in particular).
/// In the caller's transaction, while the leaver is still a member.
///
/// # Errors
/// [`Refusal::Invalid`] at `to` if that is nobody who may do the work.
pub(crate) async fn hand_over(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    action: Action,
    leaver: UserId,
    to: &str,
) -> Result<InHand> {
    let org = seat.membership.org;
    let members = person::members(tx, org).await?;
    let kind = seat.membership.kind;
    let chosen = match to {
        "" => None,
        to => {
            let mut able = colleagues(&members, kind, leaver);
            let found = able.find(|(member, _)| UserId(member.person_id).to_string() == to);
            Some(found.ok_or_else(|| invalid("to", "Choose a colleague from the list, or nobody in particular."))?.0)
        }
    };
    let work = Work::read(tx, org, leaver).await?;
    let held = work.in_hand();
    give_reports(ctx, tx, seat, action, work.reports, chosen).await?;
    let to = chosen.map(|member| (UserId(member.person_id), member.name.as_str()));
    advice::hand_over(ctx, tx, (seat, action), leaver, to).await?;
    let Some(heir) = chosen.or_else(|| administrator(&members, leaver, seat.id())) else { return Ok(held) };
    give_drafts(ctx, tx, seat, work.drafts, heir).await?;
    name_on_running(ctx, tx, seat, work.running, heir).await?;
    let got_reports = chosen.is_some() && held.reports > 0;
    let got = got_reports || held.drafts > 0 || held.running > 0;
    if got && heir.person_id != seat.id().0 {
        tell(ctx, tx, seat, heir, kind).await?;
    }
    Ok(held)
}

async fn give_reports(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    action: Action,
    reports: Vec<ReportId>,
    to: Option<&MemberRow>,
) -> Result<()> {
    for report in reports {
        let mut row = store::report::lock(tx, report).await?;
        let before = Trace::of(&row);
        row.assigned_to = to.map(|member| member.person_id);
        row.updated_at = ctx.now().0;
        let noted = Noted::Assigned { to: to.map(|member| member.name.clone()), instead_of: None };
        thread::for_desk(ctx, tx, &row, Some(seat), noted, "").await?;
        standing::save(tx, &mut row).await?;
        thread::record(ctx, tx, seat, (action, "report handed over"), Some(&before), &row).await?;
    }
    Ok(())
}

async fn give_drafts(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, drafts: Vec<DraftId>, to: &MemberRow) -> Result<()> {
    for id in drafts {
        let row = store::draft::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
        draft::give(ctx, tx, seat, &row, UserId(to.person_id)).await?;
    }
    Ok(())
}

async fn name_on_running(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    running: Vec<(ReportId, String)>,
    to: &MemberRow,
) -> Result<()> {
    for (report, _) in running {
        name_on(ctx, tx, seat, report, UserId(to.person_id)).await?;
    }
    Ok(())
}

async fn name_on(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, report: ReportId, to: UserId) -> Result<()> {
    if !store::report::people::add(tx, report, to, seat.id(), ctx.now()).await? {
        return Ok(());
    }
    let row = store::report::by_id(tx, report).await?.ok_or(Refusal::NotFound)?;
    let value = json!({ "person": to.to_string() });
    let (object_kind, object_id) = ("report", row.reference);
    let step = "colleague named on the report";
    let act = Act { actor: seat.actor(), action: Action::WriteReports, step, object_kind, object_id };
    audit::record(ctx, tx, act, audit::NONE, Some(&value)).await
}

async fn tell(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, to: &MemberRow, kind: OrgKind) -> Result<()> {
    let lang = to.lang();
    let page = if kind == OrgKind::Company { "/reports" } else { "/queue?view=mine" };
    let path = format!("/{}/{}/{}{page}", lang.tag(), kind.workspace(), seat.membership.handle);
    outbox::queue(ctx, tx, Template::WorkHandedOver, &to.email, lang, &path, &seat.membership.org_name).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
