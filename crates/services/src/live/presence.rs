//! Who is at a report right now. Known to the report's own desk only, and kept in the database, so that it is the same from
//! whichever process somebody is served.

use domain::{
    access::{Action, Principal},
    ids::{OrgId, ReportId},
    live::{Doing, GONE},
    reference::Reference,
};
use store::{Tx, live as rows};

use crate::{Context, Result, report::access, seat::Seat};

/// Somebody else who is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// Their name.
    pub name: String,
    /// What they do.
    pub doing: Doing,
}

impl Present {
    fn read(name: String, doing: &str) -> Self {
        Self { name, doing: Doing::from_code(doing).unwrap_or(Doing::Looking) }
    }
}

/// Takes a sign of life of somebody at a report, and says who else is there. `form` names the form they fill in; empty if
/// none.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without a place at its desk.
pub async fn beat(ctx: &Context, principal: &Principal, reference: &Reference, form: &str) -> Result<Vec<Present>> {
    let (row, seat) = access::desk(ctx, principal, reference, Action::ReadReports).await?;
    let mut tx = ctx.db.begin().await?;
    come(ctx, &mut tx, seat, ReportId(row.id), Doing::of_form(form)).await?;
    tx.commit().await?;
    at_report(ctx, seat, ReportId(row.id)).await
}

/// Notes that somebody is at a report of the authority where they sit.
pub(crate) async fn come(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, report: ReportId, doing: Doing) -> Result<()> {
    let (at, gone) = (ctx.now(), ctx.now().plus(-GONE));
    let authority = seat.membership.org;
    rows::beat(tx, &rows::Beat { report, person: seat.id(), authority, doing: doing.code(), at, gone }).await?;
    Ok(())
}

/// Who else is at a report.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without a place at its desk.
pub async fn others(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<Vec<Present>> {
    let (row, seat) = access::desk(ctx, principal, reference, Action::ReadReports).await?;
    at_report(ctx, seat, ReportId(row.id)).await
}

async fn at_report(ctx: &Context, seat: Seat<'_>, report: ReportId) -> Result<Vec<Present>> {
    let found = rows::others(&mut ctx.db.reader(), report, seat.id(), ctx.now().plus(-GONE)).await?;
    Ok(found.into_iter().map(|(name, doing)| Present::read(name, &doing)).collect())
}

/// Who else is at which report of an authority.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without a place at the desk.
pub async fn at_desk(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Vec<(Reference, Present)>> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    let found = rows::at_desk(&mut ctx.db.reader(), authority, seat.id(), ctx.now().plus(-GONE)).await?;
    let present = |(reference, name, doing): (String, String, String)| {
        Some((reference.parse().ok()?, Present::read(name, &doing)))
    };
    Ok(found.into_iter().filter_map(present).collect())
}
