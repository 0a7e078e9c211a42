//! Where a person can go: the reports that they opened last, and a report by its number, in whichever of their
//! organisations it can be opened. What they may not open is not told apart from what does not exist.

use domain::{
    access::{Action, Principal},
    ids::{OrgId, ReportId, UserId},
    reference::Reference,
};
use store::{Read, thread::LastOpened};

use crate::{Context, Result, error::Refusal, report::access, seat::Seat};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// So many of those opened last are named.
const LAST: i64 = 8;

/// A report that the person opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The number that people see.
    pub reference: Reference,
    /// What it is about.
    pub headline: String,
    /// The organisation in which the person can open it.
    pub org: OrgId,
}

/// What a person opened last and still may open, the last first.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn opened_last(ctx: &Context, principal: &Principal) -> Result<Vec<Opened>> {
    let person = principal.signed_in()?.id;
    let mut db = ctx.db.reader();
    let mut found = Vec::new();
    for row in store::thread::opened_last(&mut db, person, LAST).await? {
        let Some(org) = place(&mut db, principal, &row).await? else { continue };
        let reference = row.reference.parse().map_err(|_| Refusal::Fault(row.reference.clone()))?;
        found.push(Opened { reference, headline: row.headline, org });
    }
    Ok(found)
}

/// The organisation in which a person can open a report.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none; [`Refusal::NotSignedIn`] for nobody.
pub async fn find(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<OrgId> {
    principal.signed_in()?;
    let mut db = ctx.db.reader();
    let row = store::report::find(&mut db, reference.as_str()).await?.ok_or(Refusal::NotFound)?;
    let row = LastOpened {
        id: row.id,
        reference: row.reference,
        headline: row.headline,
        authority_id: row.authority_id,
        org_id: row.org_id,
        author_id: row.author_id,
    };
    place(&mut db, principal, &row).await?.ok_or(Refusal::NotFound)
}

async fn place(db: &mut impl Read, principal: &Principal, row: &LastOpened) -> Result<Option<OrgId>> {
    let (authority, company) = (OrgId(row.authority_id), OrgId(row.org_id));
    if Seat::take(principal, authority, Action::ReadReports).is_ok() {
        return Ok(Some(authority));
    }
    let Ok(seat) = Seat::take(principal, company, Action::ReadOwnReports) else { return Ok(None) };
    match access::sees(db, ReportId(row.id), UserId(row.author_id), seat).await {
        Ok(()) => Ok(Some(company)),
        Err(Refusal::NotFound) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}
