//! What somebody still has in hand when they leave an organisation: reports given to them, drafts, reports that run.

use domain::ids::{DraftId, OrgId, ReportId, UserId};
use uuid::Uuid;

use crate::{Read, args, engine::Result, statements};

statements! {
    /// Undecided and accepted reports of an authority that somebody has.
    ASSIGNED = "SELECT id FROM report WHERE authority_id = $1 AND assigned_to = $2 AND shelf <> 'closed' ORDER BY urgency, id";
    /// A company's own drafts, or those an authority takes down by telephone.
    DRAFTS = "SELECT id FROM draft WHERE author_id = $2 AND archived_as = ''
              AND ((org_id = $1 AND taken_by_authority IS NULL) OR taken_by_authority = $1) ORDER BY updated_at, id";
    /// A company's undecided and accepted reports that somebody sent.
    RUNNING = "SELECT id, state FROM report WHERE org_id = $1 AND author_id = $2 AND shelf <> 'closed' ORDER BY id";
}

/// The reports of an authority that somebody has and that are not closed, the most urgent first.
///
/// # Errors
/// If the database does not answer.
pub async fn assigned(db: &mut impl Read, authority: OrgId, person: UserId) -> Result<Vec<ReportId>> {
    let rows: Vec<(Uuid,)> = db.all(&ASSIGNED, args![authority, person]).await?;
    Ok(rows.into_iter().map(|(id,)| ReportId(id)).collect())
}

/// The open drafts that somebody writes for an organisation.
///
/// # Errors
/// If the database does not answer.
pub async fn drafts(db: &mut impl Read, org: OrgId, person: UserId) -> Result<Vec<DraftId>> {
    let rows: Vec<(Uuid,)> = db.all(&DRAFTS, args![org, person]).await?;
    Ok(rows.into_iter().map(|(id,)| DraftId(id)).collect())
}

/// The reports that somebody sent for a company and that are not closed, each with the code of its state.
///
/// # Errors
/// If the database does not answer.
pub async fn running(db: &mut impl Read, company: OrgId, author: UserId) -> Result<Vec<(ReportId, String)>> {
    let rows: Vec<(Uuid, String)> = db.all(&RUNNING, args![company, author]).await?;
    Ok(rows.into_iter().map(|(id, state)| (ReportId(id), state)).collect())
}
