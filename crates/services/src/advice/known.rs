//! What an authority knows of the parties of a request: its own reports, and other requests. For its desk alone.

use domain::{
    access::{Action, Principal},
    advice::{Counsel, State},
    fact::FactKind,
    ids::{AdviceId, OrgId},
    time::Timestamp,
};
use store::advice::desk::{self as seen, SameReportRow, SameRequestRow};

use super::state_of;
use crate::{
    Context, Result,
    error::Refusal,
    fact::{Shared, SharedFact, SharedReport},
    report::access,
    seat::Seat,
};

/// Reports and requests shown beside one.
const SHOWN: usize = 20;

/// Another request about the same parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameRequest {
    /// Identity.
    pub id: AdviceId,
    /// Where it stands.
    pub state: State,
    /// Who asked.
    pub company: String,
    /// Whether that is another company.
    pub is_other_company: bool,
    /// Substances and amounts.
    pub headline: String,
    /// When.
    pub at: Timestamp,
    /// The advice.
    pub counsel: Option<Counsel>,
    /// What is the same, the strongest first.
    pub same: Vec<SharedFact>,
}

/// What an authority knows of the parties of a request. No company ever learns of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Reports, the newest first, at most 20.
    pub reports: Shared,
    /// Other requests, the newest first, at most 20.
    pub requests: Vec<SameRequest>,
}

impl Known {
    /// Names of the other companies that ask about the same parties.
    #[must_use]
    pub fn other_companies(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.requests.iter().filter(|one| one.is_other_company).map(|one| one.company.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// What the authority knows of the parties of a request.
///
/// # Errors
/// As [`view`].
pub async fn known(ctx: &Context, principal: &Principal, id: AdviceId) -> Result<Known> {
    principal.signed_in()?;
    let mut db = ctx.db.reader();
    let row = seen::one(&mut db, id).await?.ok_or(Refusal::NotFound)?;
    Seat::take(principal, OrgId(row.authority_id), Action::ReadAdvice)?;
    let mut known = Known::default();
    for other in seen::same_reports(&mut db, id).await? {
        add_report(&mut known.reports, other)?;
    }
    for other in seen::same_requests(&mut db, id).await? {
        add_request(&mut known.requests, other, row.org_id)?;
    }
    known.reports.reports.iter_mut().for_each(|one| one.facts.sort_by_key(|fact| fact.kind));
    known.requests.iter_mut().for_each(|one| one.same.sort_by_key(|fact| fact.kind));
    Ok(known)
}

fn kind(code: &str) -> Result<FactKind> {
    FactKind::from_code(code).ok_or_else(|| Refusal::Fault(format!("no kind of fact {code}")))
}

fn add_report(found: &mut Shared, row: SameReportRow) -> Result<()> {
    let SameReportRow { shown, role, other_shown, other_role, .. } = row;
    let fact = SharedFact { kind: kind(&row.kind)?, shown, role, other_shown, other_role };
    if let Some(last) = found.reports.last_mut().filter(|last| last.reference.as_str() == row.reference) {
        last.facts.push(fact);
    } else if found.reports.len() < SHOWN {
        found.total += 1;
        found.reports.push(SharedReport {
            reference: row.reference.parse().map_err(|_| Refusal::Fault(row.reference.clone()))?,
            state: access::state_of(&row.state)?,
            company: row.company,
            sent_at: Timestamp(row.at),
            facts: vec![fact],
        });
    }
    Ok(())
}

fn add_request(found: &mut Vec<SameRequest>, row: SameRequestRow, company: uuid::Uuid) -> Result<()> {
    let SameRequestRow { shown, role, other_shown, other_role, .. } = row;
    let fact = SharedFact { kind: kind(&row.kind)?, shown, role, other_shown, other_role };
    if let Some(last) = found.last_mut().filter(|last| last.id.0 == row.id) {
        last.same.push(fact);
    } else if found.len() < SHOWN {
        found.push(SameRequest {
            id: AdviceId(row.id),
            state: state_of(&row.state)?,
            company: row.company,
            is_other_company: row.org_id != company,
            headline: row.headline,
            at: Timestamp(row.at),
            counsel: Counsel::from_code(&row.counsel),
            same: vec![fact],
        });
    }
    Ok(())
}
