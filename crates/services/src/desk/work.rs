//! What officers do with a report short of deciding it: give it to somebody, ask, write, note, rate.

use domain::{
    access::{Action, Principal},
    country::Country,
    date::Date,
    ids::{OrgId, UndoId, UserId},
    indicator::Band,
    reference::Reference,
    report::{Act, Decision, ReporterState, State},
    time::Timestamp,
};
use store::{Tx, report::ReportRow};

use super::undo::Before;
use crate::{
    Context, Result,
    calendar::{self, WhyDue},
    error::Refusal,
    outbox::Template,
    report::{
        access, reasoned, reasons_of,
        standing::{self, Trace},
    },
    roster::Today,
    seat::Seat,
    thread::{self, Noted, Said, checked},
};

/// The report held for an act that builds on what the officer saw.
pub(crate) async fn seen<'p>(
    tx: &mut Tx,
    principal: &'p Principal,
    reference: &Reference,
    version: i64,
) -> Result<(ReportRow, Seat<'p>)> {
    let (row, seat) = access::lock_desk(tx, principal, reference, Action::WorkReports).await?;
    if row.version == version { Ok((row, seat)) } else { Err(Refusal::Stale) }
}

/// Tells the company where its report stands now, if that has changed for it.
pub(super) async fn show_state(
    ctx: &Context,
    tx: &mut Tx,
    row: &mut ReportRow,
    seat: Option<Seat<'_>>,
    before: ReporterState,
) -> Result<()> {
    let state = access::state_of(&row.state)?.for_reporter();
    if state == before {
        return Ok(());
    }
    thread::by_authority(ctx, tx, row, seat, Said::State { state }, "").await
}

/// Gives a report to somebody at the desk, or (`None`) back to nobody. Who gives a new report to somebody takes it into
/// review. What is given to somebody who is away goes to their deputy.
///
/// # Errors
/// [`Refusal::Stale`]; [`Refusal::NotFound`] without the right, or if that person does not work at the desk.
pub async fn assign(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    version: i64,
    to: Option<UserId>,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = seen(&mut tx, principal, reference, version).await?;
    let before = Before::of(&mut tx, &row).await?;
    assign_in(ctx, &mut tx, seat, &mut row, to).await?;
    before.offer(ctx, &mut tx, seat, &row, (UndoId(ctx.new_id()), "assign"), Vec::new()).await?;
    tx.commit().await?;
    Ok(())
}

/// [`assign`] of a report that is held, in a transaction that somebody else commits.
pub(super) async fn assign_in(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    row: &mut ReportRow,
    to: Option<UserId>,
) -> Result<()> {
    let before = Trace::of(row);
    let stood = access::state_of(&row.state)?;
    let given = match to {
        Some(to) => Some(officer(ctx, tx, OrgId(row.authority_id), to).await?),
        None => None,
    };
    // Giving back is no step of its own; giving is.
    if to.is_some() || stood.is_settled() {
        standing::advance(&ctx.calendars(), row, Act::Assign, ctx.now())?;
    }
    row.assigned_to = given.as_ref().map(|given| given.person.0);
    let (to, instead_of) = given.map_or((None, None), |given| (Some(given.name), given.instead_of));
    thread::for_desk(ctx, tx, row, Some(seat), Noted::Assigned { to, instead_of }, "").await?;
    show_state(ctx, tx, row, Some(seat), stood.for_reporter()).await?;
    standing::save(tx, row).await?;
    thread::record(ctx, tx, seat, (Action::WorkReports, "report assigned"), Some(&before), row).await
}

/// Who gets a report.
struct Given {
    person: UserId,
    name: String,
    /// Who is away and would have got it.
    instead_of: Option<String>,
}

/// Who gets what is given to a person who works at the desk: they, or who stands in for them.
async fn officer(ctx: &Context, tx: &mut Tx, authority: OrgId, to: UserId) -> Result<Given> {
    let today = Today::of(tx, authority, ctx.now()).await?;
    let meant = today.officers().into_iter().find(|officer| officer.id == to).ok_or(Refusal::NotFound)?.name;
    let person = today.stand_in(to);
    if person == to {
        return Ok(Given { person, name: meant, instead_of: None });
    }
    let name = today.name(person).unwrap_or_default().to_owned();
    Ok(Given { person, name, instead_of: Some(meant) })
}

/// Asks the company something that it has to answer. The authority's clock stands still until it does.
///
/// # Errors
/// [`Refusal::Invalid`] for an empty or overlong text; [`Refusal::NotPossible`] once the report is accepted or decided
/// (send a message then); [`Refusal::Stale`].
pub async fn ask(ctx: &Context, principal: &Principal, reference: &Reference, version: i64, text: &str) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = seen(&mut tx, principal, reference, version).await?;
    ask_in(ctx, &mut tx, seat, &mut row, text).await?;
    tx.commit().await?;
    Ok(())
}

/// [`ask`] about a report that is held, in a transaction that somebody else commits.
pub(super) async fn ask_in(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, row: &mut ReportRow, text: &str) -> Result<()> {
    let text = checked(text, "text")?;
    let before = Trace::of(row);
    standing::advance(&ctx.calendars(), row, Act::Ask, ctx.now())?;
    let company = store::org::by_id(tx, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let (due, _) = question_due(ctx, row, &company.country)?;
    row.question_due = Some(due.0);
    row.assigned_to.get_or_insert(seat.id().0);
    thread::by_authority(ctx, tx, row, Some(seat), Said::Question { due }, &text).await?;
    standing::save(tx, row).await?;
    thread::tell_company(ctx, tx, row, Template::QuestionAsked).await?;
    thread::record(ctx, tx, seat, (Action::WorkReports, "question asked"), Some(&before), row).await
}

/// Until when a company of this country has to answer what is asked now, and why.
pub(super) fn question_due(ctx: &Context, row: &ReportRow, country: &str) -> Result<(Timestamp, WhyDue)> {
    let country = Country::parse(country).map_err(|_| Refusal::Fault(format!("no country {country}")))?;
    let (now, authority) = (ctx.now(), OrgId(row.authority_id));
    let allowed = ctx.refdata.deadlines(authority, now).question(country, row.urgent, Date::of(now));
    let due = calendar::due(&ctx.calendars(), country, now, allowed);
    Ok((due, WhyDue::new(&ctx.calendars(), country, now, allowed, due)))
}

/// Writes to the company, in any state. What a colleague or the company said meanwhile has to be seen first: nobody is
/// told the same twice, or asked what was just answered.
///
/// # Errors
/// [`Refusal::Invalid`] for an empty or overlong text; [`Refusal::NotFound`] without the right; [`Refusal::Stale`].
pub async fn message(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    version: i64,
    text: &str,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = seen(&mut tx, principal, reference, version).await?;
    message_in(ctx, &mut tx, seat, &mut row, text).await?;
    tx.commit().await?;
    Ok(())
}

/// [`message`] about a report that is held, in a transaction that somebody else commits.
pub(super) async fn message_in(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    row: &mut ReportRow,
    text: &str,
) -> Result<()> {
    let text = checked(text, "text")?;
    let before = Trace::of(row);
    thread::by_authority(ctx, tx, row, Some(seat), Said::Message, &text).await?;
    standing::save(tx, row).await?;
    thread::tell_company(ctx, tx, row, Template::MessageWaiting).await?;
    thread::record(ctx, tx, seat, (Action::WorkReports, "message sent"), Some(&before), row).await
}

/// Notes something for the desk alone. A note changes nothing that another act builds on, so it is never overtaken.
///
/// # Errors
/// [`Refusal::Invalid`] for an empty or overlong text; [`Refusal::NotFound`] without the right.
pub async fn note(ctx: &Context, principal: &Principal, reference: &Reference, text: &str) -> Result<()> {
    let text = checked(text, "text")?;
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = access::lock_desk(&mut tx, principal, reference, Action::WorkReports).await?;
    let before = Trace::of(&row);
    thread::for_desk(ctx, &mut tx, &row, Some(seat), Noted::Note, &text).await?;
    thread::record(ctx, &mut tx, seat, (Action::WorkReports, "note written"), Some(&before), &row).await?;
    tx.commit().await?;
    Ok(())
}

/// Sets the band that counts, with a reason of [`Decision::Severity`]; setting the computed one takes an earlier
/// overruling back.
///
/// # Errors
/// [`Refusal::Invalid`] for an unknown reason or a missing comment; [`Refusal::NotPossible`] if nothing would change or
/// the report is decided; [`Refusal::Stale`].
pub async fn override_severity(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    version: i64,
    to: Band,
    reason: &str,
    comment: &str,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = seen(&mut tx, principal, reference, version).await?;
    let comment = reasoned(&reasons_of(ctx, &row), Decision::Severity, reason, comment)?;
    let (before, trace) = (Before::of(&mut tx, &row).await?, Trace::of(&row));
    let from = standing::severity(&row)?;
    if from == to {
        return Err(Refusal::NotPossible("The report has this severity already.".into()));
    }
    if access::state_of(&row.state).is_ok_and(State::is_settled) {
        return Err(Refusal::NotPossible("The report is decided. Take it up again first.".into()));
    }
    to.code().clone_into(&mut row.severity);
    row.updated_at = ctx.now().0;
    standing::place(&mut row)?;
    let noted = Noted::Severity { from, to, reason: reason.to_owned() };
    thread::for_desk(ctx, &mut tx, &row, Some(seat), noted, &comment).await?;
    standing::save(&mut tx, &mut row).await?;
    thread::record(ctx, &mut tx, seat, (Action::WorkReports, "severity changed"), Some(&trace), &row).await?;
    before.offer(ctx, &mut tx, seat, &row, (UndoId(ctx.new_id()), "severity"), Vec::new()).await?;
    tx.commit().await?;
    Ok(())
}
