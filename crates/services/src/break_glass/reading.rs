//! Reading in need. The row of the audit log is committed before anything is shown.

use std::collections::{HashMap, hash_map::Entry};

use domain::{
    access::{Action, Principal},
    break_glass::Standing,
    ids::{OrgId, ReportId, UserId},
    reference::Reference,
    report::{ReportKind, State},
    time::Timestamp,
};
use serde_json::json;
use store::{
    Read,
    break_glass::{self as rows, GlassRow},
    org,
};
use uuid::Uuid;

use super::{GlassId, operator, record, standing, within};
use crate::{
    Context, Refusal, Result,
    audit::{self, Act},
    draft::profile::zone_name,
    report::{CompanyEntry, ReportContent, access::state_of, judge::Eyes, view},
    seat::Seat,
};

/// Steps of reading in the log; the identity of the access follows and becomes its reason there.
pub(super) const READ: &str = "report read by break-glass";
const LISTED: &str = "list of reports read by break-glass";

/// A report in the list of an access to all of an authority's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The number that people see.
    pub reference: Reference,
    /// Name of the company.
    pub company: String,
    /// Where it stands.
    pub state: State,
    /// When it was sent.
    pub sent: Timestamp,
}

/// A report, to be read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The number that people see.
    pub reference: Reference,
    /// What it is about.
    pub kind: ReportKind,
    /// Where it stands.
    pub state: State,
    /// Name of the company.
    pub company: String,
    /// Name of the authority.
    pub authority: String,
    /// The authority's time zone.
    pub time_zone: String,
    /// When it was sent.
    pub sent: Timestamp,
    /// When the access ends.
    pub until: Timestamp,
    /// What the company sent, newest version.
    pub content: ReportContent,
    /// What both sides said, newest first.
    pub thread: Vec<CompanyEntry>,
}

/// The reports that an access to all of an authority's opens, newest first, at most 200. `None` while it is not open.
/// The reading is noted before anything is shown.
///
/// # Errors
/// [`Refusal::NotFound`] if one did not ask for it oneself, or it is for one report.
pub async fn list(ctx: &Context, principal: &Principal, id: GlassId) -> Result<Option<Vec<Listed>>> {
    let (seat, row) = own(ctx, principal, id).await?;
    let Standing::Open { .. } = standing(ctx, &row) else { return Ok(None) };
    if !row.reference.is_empty() {
        return Err(Refusal::NotFound);
    }
    let authority = OrgId(row.authority_id);
    let mut tx = ctx.db.begin().await?;
    record(ctx, &mut tx, seat, Action::BreakGlass, &format!("{LISTED} {id}"), authority, None).await?;
    tx.commit().await?;
    let rows = rows::reports(&mut ctx.db.reader(), authority).await?;
    let listed = |row: rows::ListedRow| {
        let corrupt = || Refusal::Fault(format!("no reference {}", row.reference));
        Ok(Listed {
            reference: row.reference.parse().map_err(|_| corrupt())?,
            state: state_of(&row.state)?,
            company: row.company,
            sent: Timestamp(row.sent_at),
        })
    };
    rows.into_iter().map(listed).collect::<Result<_>>().map(Some)
}

/// Reads a report. `None` while the access is not open. The reading is noted before anything is shown.
///
/// # Errors
/// [`Refusal::NotFound`] if one did not ask for it oneself, or the access is not for this report.
pub async fn read(ctx: &Context, principal: &Principal, id: GlassId, reference: &Reference) -> Result<Option<Opened>> {
    let (seat, row) = own(ctx, principal, id).await?;
    let Standing::Open { until } = standing(ctx, &row) else { return Ok(None) };
    if !row.reference.is_empty() && row.reference != reference.as_str() {
        return Err(Refusal::NotFound);
    }
    let mut db = ctx.db.reader();
    let report = store::report::find(&mut db, reference.as_str()).await?;
    let report = report.filter(|report| report.authority_id == row.authority_id).ok_or(Refusal::NotFound)?;
    let mut tx = ctx.db.begin().await?;
    let (object_kind, object_id) = ("report", reference.to_string());
    let step = format!("{READ} {id}");
    let act = Act { actor: seat.actor(), action: Action::BreakGlass, step: &step, object_kind, object_id };
    audit::record(ctx, &mut tx, act, audit::NONE, Some(&json!({ "access": id, "reason": row.reason }))).await?;
    tx.commit().await?;
    let company = org::by_id(&mut db, OrgId(report.org_id)).await?.ok_or(Refusal::NotFound)?;
    let authority = org::by_id(&mut db, OrgId(report.authority_id)).await?.ok_or(Refusal::NotFound)?;
    let mut content =
        view::content(ctx, (ReportId(report.id), OrgId(report.authority_id)), report.current_version, Eyes::Company)
            .await?;
    if report.taken_by_authority && content.version == 1 {
        content.by.clear();
    }
    Ok(Some(Opened {
        reference: reference.clone(),
        kind: ReportKind::from_code(&report.kind).ok_or_else(|| Refusal::Fault(format!("no kind {}", report.kind)))?,
        state: state_of(&report.state)?,
        time_zone: zone_name(&authority).to_owned(),
        company: company.name,
        authority: authority.name,
        sent: Timestamp(report.sent_at),
        until,
        content,
        thread: view::thread(ctx, ReportId(report.id), OrgId(report.authority_id)).await?,
    }))
}

/// An access that the person asked for.
async fn own<'p>(ctx: &Context, principal: &'p Principal, id: GlassId) -> Result<(Seat<'p>, GlassRow)> {
    let seat = operator(principal, Action::BreakGlass)?;
    let row = within(&mut ctx.db.reader(), seat, id).await?;
    if UserId(row.asked_by) == seat.id() { Ok((seat, row)) } else { Err(Refusal::NotFound) }
}

/// Whether anybody was ever allowed to read an authority's reports.
pub(crate) async fn any(db: &mut impl Read, authority: OrgId) -> Result<bool> {
    Ok(rows::was_allowed(db, authority).await?)
}

/// The reasons of accesses, each looked up once.
#[derive(Default)]
pub(crate) struct Reasons(HashMap<Uuid, Option<String>>);

impl Reasons {
    /// A step of the log as people read it: a reading with its reason instead of the identity of the access.
    pub async fn told(&mut self, db: &mut impl Read, step: String) -> Result<String> {
        let Some((words, id)) = step.rsplit_once(' ').filter(|(words, _)| [READ, LISTED].contains(words)) else {
            return Ok(step);
        };
        let Ok(id) = Uuid::try_parse(id) else { return Ok(step) };
        if let Entry::Vacant(unknown) = self.0.entry(id) {
            unknown.insert(rows::find(db, id).await?.map(|row| row.reason));
        }
        let reason = self.0.get(&id).and_then(Option::as_deref);
        Ok(reason.map_or_else(|| words.to_owned(), |reason| format!("{words}: {reason}")))
    }
}
