//! What differs between two versions of a report, for both sides. Looking at it counts as opening the report, and as reading
//! nothing of its thread.

use domain::{
    access::{Action, Principal},
    ids::{OrgId, ReportId},
    question::{ChangedGroup, changes},
    reference::Reference,
    time::Timestamp,
};
use store::Read;

use super::{access, judge::Eyes, view::content};
use crate::{Context, Result, draft::profile::zone_name, error::Refusal, thread};

/// A version in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionItem {
    /// From 1.
    pub version: i64,
    /// Who sent it; empty if a company asks and an officer wrote it down.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Two versions of a report beside each other.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The organisation in whose workspace it was asked for.
    pub org: OrgId,
    /// Its time zone.
    pub time_zone: String,
    /// Every version, the first one first.
    pub versions: Vec<VersionItem>,
    /// The earlier of the two.
    pub from: VersionItem,
    /// The later.
    pub to: VersionItem,
    /// What differs.
    pub groups: Vec<ChangedGroup>,
}

/// Which two versions are wanted; the newest and the one before it unless said otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Between {
    /// The earlier.
    pub from: Option<i64>,
    /// The later.
    pub to: Option<i64>,
}

/// What the company changed in its report.
///
/// # Errors
/// [`Refusal::NotFound`] unless the person may see the report and it has these versions.
pub async fn own_changes(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    between: Between,
) -> Result<Changes> {
    let (row, seat) = access::own(ctx, principal, reference, Action::ReadOwnReports).await?;
    thread::opened(ctx, seat, Action::ReadOwnReports, ReportId(row.id), reference, None).await?;
    let of = (ReportId(row.id), OrgId(row.authority_id));
    find(ctx, of, OrgId(row.org_id), row.taken_by_authority, between).await
}

/// The same for the desk.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk of the report's authority, or if there are no such versions.
pub async fn desk_changes(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    between: Between,
) -> Result<Changes> {
    let (row, seat) = access::desk(ctx, principal, reference, Action::ReadReports).await?;
    thread::opened(ctx, seat, Action::ReadReports, ReportId(row.id), reference, None).await?;
    find(ctx, (ReportId(row.id), OrgId(row.authority_id)), OrgId(row.authority_id), false, between).await
}

/// The changes as `org` may read them: an officer who wrote the first version down is not named to a company.
async fn find(
    ctx: &Context,
    (report, authority): (ReportId, OrgId),
    org: OrgId,
    officer_hidden: bool,
    between: Between,
) -> Result<Changes> {
    let mut db = ctx.db.reader();
    let mut versions = versions(&mut db, report).await?;
    for item in versions.iter_mut().filter(|item| officer_hidden && item.version == 1) {
        item.by.clear();
    }
    let newest = versions.last().ok_or(Refusal::NotFound)?.version;
    let to = between.to.unwrap_or(newest);
    let from = between.from.unwrap_or((to - 1).max(1));
    let (from, to) = (from.min(to), from.max(to));
    let item = |wanted: i64| versions.iter().find(|item| item.version == wanted).cloned().ok_or(Refusal::NotFound);
    let (from, to) = (item(from)?, item(to)?);
    let before = content(ctx, (report, authority), from.version, Eyes::Company).await?;
    let after = content(ctx, (report, authority), to.version, Eyes::Company).await?;
    let asking = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let groups = changes(&before.summary_in(after.set), &after.summary);
    Ok(Changes { org, time_zone: zone_name(&asking).to_owned(), versions, from, to, groups })
}

async fn versions(db: &mut impl Read, report: ReportId) -> Result<Vec<VersionItem>> {
    let rows = store::report::content::versions(db, report).await?;
    let item = |row: store::report::content::VersionListRow| VersionItem {
        version: row.version,
        by: row.person,
        at: Timestamp(row.at),
    };
    Ok(rows.into_iter().map(item).collect())
}
