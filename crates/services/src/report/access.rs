//! Who may see and work on a report: checked in the organisations that the report itself belongs to.
//!
//! Of a company, its author, the people named on it and the administrators; of an authority, everybody at its desk.
//! A report that somebody may not see and one that does not exist give the same answer.

use domain::{
    access::{Action, Principal},
    concern::ORG_KIND,
    ids::{OrgId, ReportId, UserId},
    reference::Reference,
    report::State,
};
use store::{
    Read, Tx,
    org::OrgRow,
    report::{ReportRow, own::OwnRow},
};

use crate::{Context, Result, error::Refusal, seat::Seat};

/// The report as its company may know it, and the seat from which the principal may do `action` with it.
pub(crate) async fn own<'p>(
    ctx: &Context,
    principal: &'p Principal,
    reference: &Reference,
    action: Action,
) -> Result<(OwnRow, Seat<'p>)> {
    let person = principal.signed_in()?.id;
    let mut db = ctx.db.reader();
    let row = store::report::own::one(&mut db, reference.as_str(), person).await?.ok_or(Refusal::NotFound)?;
    let seat =
        company_seat(&mut db, principal, ReportId(row.id), OrgId(row.org_id), UserId(row.author_id), action).await?;
    Ok((row, seat))
}

/// The report held for an act of its company.
pub(crate) async fn lock_own<'p>(
    tx: &mut Tx,
    principal: &'p Principal,
    reference: &Reference,
    action: Action,
) -> Result<(ReportRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = locked(tx, reference).await?;
    let seat = company_seat(tx, principal, ReportId(row.id), OrgId(row.org_id), UserId(row.author_id), action).await?;
    Ok((row, seat))
}

async fn company_seat<'p>(
    db: &mut impl Read,
    principal: &'p Principal,
    report: ReportId,
    org: OrgId,
    author: UserId,
    action: Action,
) -> Result<Seat<'p>> {
    let seat = Seat::take(principal, org, action)?;
    sees(db, report, author, seat).await?;
    Ok(seat)
}

/// Whether somebody of the company may see this report of it.
pub(crate) async fn sees(db: &mut impl Read, report: ReportId, author: UserId, seat: Seat<'_>) -> Result<()> {
    let own = seat.is_admin() || seat.id() == author;
    let sees = own || store::report::people::is_named(db, report, seat.id()).await?;
    if sees { Ok(()) } else { Err(Refusal::NotFound) }
}

/// The report as the authority sees it.
pub(crate) async fn desk<'p>(
    ctx: &Context,
    principal: &'p Principal,
    reference: &Reference,
    action: Action,
) -> Result<(ReportRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = store::report::find(&mut ctx.db.reader(), reference.as_str()).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.authority_id), action)?;
    Ok((row, seat))
}

/// The report held for an act of its authority.
pub(crate) async fn lock_desk<'p>(
    tx: &mut Tx,
    principal: &'p Principal,
    reference: &Reference,
    action: Action,
) -> Result<(ReportRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = locked(tx, reference).await?;
    let seat = Seat::take(principal, OrgId(row.authority_id), action)?;
    Ok((row, seat))
}

async fn locked(tx: &mut Tx, reference: &Reference) -> Result<ReportRow> {
    let found = store::report::find(tx, reference.as_str()).await?.ok_or(Refusal::NotFound)?;
    Ok(store::report::lock(tx, ReportId(found.id)).await?)
}

/// The authority that a company's reports go to: the one that answers for its country, else the one that approved it.
pub(crate) async fn authority_of(db: &mut impl Read, company: &OrgRow) -> Result<Option<OrgId>> {
    // A concern goes to the authority that was chosen, even where another one answers first.
    if company.kind == ORG_KIND {
        return Ok(company.authority_id.map(OrgId));
    }
    let answering = store::org::authority_of(db, &company.country).await?.map(|authority| authority.id);
    Ok(answering.or(company.authority_id).map(OrgId))
}

/// Whether a report can still be completed.
pub(crate) fn completable(quick: bool, state: &str) -> Result<()> {
    let settled = state_of(state)?.is_settled();
    match (quick, settled) {
        (true, false) => Ok(()),
        (false, _) => Err(Refusal::NotPossible("This report is complete. Add what is missing as a message.".into())),
        (true, true) => Err(Refusal::NotPossible("This report is closed. Add what is missing as a message.".into())),
    }
}

/// Whether a report can still be amended.
pub(crate) fn amendable(state: &str) -> Result<()> {
    if state_of(state)?.is_settled() {
        return Err(Refusal::NotPossible("This report is closed. Say what is not right in a message.".into()));
    }
    Ok(())
}

/// The state with this code.
pub(crate) fn state_of(code: &str) -> Result<State> {
    State::from_code(code).ok_or_else(|| Refusal::Fault(format!("no state {code}")))
}
