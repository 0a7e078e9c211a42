//! What a company does with a report it has sent, beside talking: confirm what was taken down by telephone, take it back,
//! name colleagues who may see it.

use domain::{
    access::{Action, Principal, Role},
    ids::{OrgId, ReportId, UserId},
    reference::Reference,
    report::{Act, Decision, Reasons},
};

use store::report::ReportRow;

use super::{
    access,
    standing::{self, Trace},
};
use crate::{
    Context, Result,
    customer::screening,
    error::{Problem, Refusal},
    outbox::Template,
    thread::{self, Said},
};

/// Confirms what an officer took down by telephone.
///
/// # Errors
/// [`Refusal::NotPossible`] if there is nothing to confirm; [`Refusal::NotFound`] without the right.
pub async fn confirm(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = access::lock_own(&mut tx, principal, reference, Action::WriteReports).await?;
    let before = Trace::of(&row);
    if !row.taken_by_authority || row.confirmed_at.is_some() {
        return Err(Refusal::NotPossible("There is nothing left to confirm in this report.".into()));
    }
    row.confirmed_at = Some(ctx.now().0);
    thread::by_company(ctx, &mut tx, &mut row, seat, Said::Confirmed, "").await?;
    standing::save(&mut tx, &mut row).await?;
    thread::tell_authority(ctx, &mut tx, &row, Template::MessageWaiting).await?;
    thread::record(ctx, &mut tx, seat, (Action::WriteReports, "report confirmed"), Some(&before), &row).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a report back, with a reason of [`Decision::Withdraw`]. The authority keeps it and may take it up again.
///
/// # Errors
/// [`Refusal::Invalid`] for an unknown reason or a missing note; [`Refusal::NotPossible`] once an investigation runs.
pub async fn withdraw(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    reason: &str,
    note: &str,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = access::lock_own(&mut tx, principal, reference, Action::WriteReports).await?;
    let note = reasoned(&reasons_of(ctx, &row), Decision::Withdraw, reason, note)?;
    let before = Trace::of(&row);
    row.decided_at = Some(ctx.now().0);
    reason.clone_into(&mut row.reason_code);
    standing::advance(&ctx.calendars(), &mut row, Act::Withdraw, ctx.now())?;
    let said = Said::Withdrawn { reason: reason.to_owned() };
    thread::by_company(ctx, &mut tx, &mut row, seat, said, &note).await?;
    standing::save(&mut tx, &mut row).await?;
    screening::sight_changed(&mut tx, OrgId(row.org_id)).await?;
    thread::tell_authority(ctx, &mut tx, &row, Template::MessageWaiting).await?;
    thread::record(ctx, &mut tx, seat, (Action::WriteReports, "report withdrawn"), Some(&before), &row).await?;
    tx.commit().await?;
    Ok(())
}

/// The reasons that can be chosen now for a report: those of its authority.
pub(crate) fn reasons_of(ctx: &Context, row: &ReportRow) -> Reasons {
    ctx.refdata.reasons(OrgId(row.authority_id), ctx.now())
}

/// The note that belongs to a reason, cleaned; checks that the reason exists and that its note is there if it needs one.
pub(crate) fn reasoned(reasons: &Reasons, decision: Decision, reason: &str, note: &str) -> Result<String> {
    let problem = |field: &str, message: &str| Err(Refusal::Invalid(vec![Problem::new(field, message)]));
    let Some(reason) = reasons.find(decision, reason) else {
        return problem("reason", "Choose a reason");
    };
    let note = domain::answers::clean_text(note);
    match note.chars().count() {
        0 if reason.needs_note => problem("comment", "Say in a few words why"),
        n if n > thread::LONGEST => problem("comment", "This is too long: at most 20 000 characters fit"),
        _ => Ok(note),
    }
}

/// Lets a colleague see the report and get its mails.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the person is not in the company.
pub async fn share_with(ctx: &Context, principal: &Principal, reference: &Reference, person: UserId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = access::lock_own(&mut tx, principal, reference, Action::WriteReports).await?;
    let before = Trace::of(&row);
    let members = store::person::members(&mut tx, OrgId(row.org_id)).await?;
    if !members.iter().any(|member| member.person_id == person.0) {
        return Err(Refusal::NotFound);
    }
    if store::report::people::add(&mut tx, ReportId(row.id), person, seat.id(), ctx.now()).await? {
        let step = format!("report shared with {person}");
        thread::record(ctx, &mut tx, seat, (Action::WriteReports, &step), Some(&before), &row).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Takes that back.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the person was not named.
pub async fn stop_sharing(ctx: &Context, principal: &Principal, reference: &Reference, person: UserId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = access::lock_own(&mut tx, principal, reference, Action::WriteReports).await?;
    let before = Trace::of(&row);
    if !store::report::people::drop(&mut tx, ReportId(row.id), person).await? {
        return Err(Refusal::NotFound);
    }
    let step = format!("report no longer shared with {person}");
    thread::record(ctx, &mut tx, seat, (Action::WriteReports, &step), Some(&before), &row).await?;
    tx.commit().await?;
    Ok(())
}

/// A colleague, as the choice of whom to name shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Identity.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Whether they may see the report already, as author, administrator or by name.
    pub sees_it: bool,
    /// Whether they were named on it; only that can be taken back.
    pub is_named: bool,
}

/// The people of the company and who of them may see the report.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn team(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<Vec<Person>> {
    let (row, _) = access::own(ctx, principal, reference, Action::WriteReports).await?;
    let mut db = ctx.db.reader();
    let (report, org) = (ReportId(row.id), OrgId(row.org_id));
    let readers = store::report::people::readers(&mut db, report, org, UserId(row.author_id)).await?;
    let members = store::person::members(&mut db, org).await?;
    let person = |member: store::person::MemberRow| {
        let reader = readers.iter().find(|reader| reader.person_id == member.person_id);
        Person {
            id: UserId(member.person_id),
            name: member.name,
            sees_it: reader.is_some() || member.role == Role::CompanyAdmin.code(),
            is_named: reader.is_some_and(|reader| reader.named),
        }
    };
    Ok(members.into_iter().map(person).collect())
}
