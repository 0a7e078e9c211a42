//! Everything that a company has to show an inspector for a year: its reports with receipts and files, what came of them, how
//! long they are to be kept, and who was given which right.
//!
//! [`begin`] says what belongs to it and leaves the row of the log; the rest is read piece by piece while the bundle leaves, so
//! that nothing of it is held. Each file of evidence leaves the line in its custody log that every opening leaves.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    country::Country,
    date::Date,
    ids::OrgId,
    reference::Reference,
    retention::{Rule, rule},
    time::Timestamp,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Context, Result,
    draft::profile::{instant, zone_name},
    error::Refusal,
    evidence::{self, EvidenceFile},
    export::{self, MOST, Taken, Trace},
    log::{self, Entry},
    receipt,
    report::{self, CompanyReportView, Cursor, Filter, ReportItem, view::unmarked},
    seat::Seat,
};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// Rows that are asked for at once.
const PIECE: u16 = 1000;

/// How many years back one can choose.
const BACK: u16 = 10;

/// What a bundle is about.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The company.
    pub org: OrgId,
    /// Its name.
    pub company: String,
    /// Its time zone: a year begins and ends there.
    pub time_zone: String,
    /// The year.
    pub year: u16,
    /// The reports that were sent in it, the newest first.
    pub reports: Vec<ReportItem>,
    /// The rule by which they are to be kept, and until when, if one is known.
    pub kept: Option<(&'static Rule, Date)>,
}

impl Scope {
    /// From the beginning of the year to its end, where the company is.
    pub(crate) fn span(&self) -> Result<(Timestamp, Timestamp)> {
        span(self.year, &self.time_zone)
    }
}

/// A report with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Held {
    /// As the company sees it.
    pub view: CompanyReportView,
    /// Every version, the first sent first.
    pub versions: Vec<Version>,
    /// Its files.
    pub files: Vec<EvidenceFile>,
}

/// A version of a report.
#[derive(Clone, Debug)]
pub struct Version {
    /// From 1.
    pub version: i64,
    /// When it was sent.
    pub at: Timestamp,
    /// By whom; empty if an officer wrote it down.
    pub by: String,
    /// Version of the questions.
    pub questions: String,
    /// Exactly what was typed.
    pub answers: Answers,
    /// SHA-256 over the answers as stored, in hexadecimal.
    pub sha256: String,
    /// Its signed receipt.
    pub receipt: String,
}

/// The years one can choose, the present one first.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but an administrator of the company.
pub async fn years(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<u16>> {
    Seat::take(principal, org, Action::TakeInspectionPack)?;
    let now = Date::of(ctx.now()).year();
    Ok((0..=BACK).map(|back| now.saturating_sub(back)).collect())
}

/// Begins a bundle: what belongs to it. That it is taken stands in the log.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but an administrator of the company, and for a year that cannot be chosen;
/// [`Refusal::NotPossible`] if there are too many reports.
pub async fn begin(ctx: &Context, principal: &Principal, org: OrgId, year: u16) -> Result<Scope> {
    if !years(ctx, principal, org).await?.contains(&year) {
        return Err(Refusal::NotFound);
    }
    let row = store::org::by_id(&mut ctx.db.reader(), org).await?.ok_or(Refusal::NotFound)?;
    let zone = zone_name(&row).to_owned();
    let reports = sent_between(ctx, principal, org, span(year, &zone)?).await?;
    let today = Date::of(ctx.now());
    let rule = Country::parse(&row.country).ok().and_then(|country| rule(country, today));
    let trace = Trace { format: "zip", rows: reports.len(), filter: json!({ "year": year }) };
    let (action, step) = (Action::TakeInspectionPack, "inspection pack taken");
    export::note(ctx, principal, org, Taken { action, step, kind: "org", id: org.to_string(), trace }).await?;
    let kept = rule.and_then(|rule| Some((rule, rule.until(year)?)));
    Ok(Scope { org, company: row.name, time_zone: zone, year, reports, kept })
}

/// From the beginning of a year to its end, in a time zone.
fn span(year: u16, zone: &str) -> Result<(Timestamp, Timestamp)> {
    let new_year = |year: u16| Date::new(year, 1, 1).and_then(|day| instant(zone, day, None));
    let span = new_year(year).zip(new_year(year + 1));
    span.ok_or_else(|| Refusal::Fault(format!("no year {year} in {zone}")))
}

async fn sent_between(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<ReportItem>> {
    // What was sent later is passed over without being read.
    let (mut items, mut after) = (Vec::new(), Some(Cursor { key: until.0, id: Uuid::nil() }));
    loop {
        let page = report::list(ctx, principal, org, Filter::default(), after, PIECE).await?;
        let older = page.rows.last().is_some_and(|item| item.sent_at < from);
        items.extend(page.rows.into_iter().filter(|item| item.sent_at >= from));
        if items.len() > MOST {
            return Err(Refusal::NotPossible("This year has more than 20 000 reports, too many for one file.".into()));
        }
        after = page.next;
        if older || after.is_none() {
            return Ok(items);
        }
    }
}

/// A report with everything that belongs to it.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but an administrator of its company.
pub async fn held(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<Held> {
    let view = unmarked(ctx, principal, reference).await?;
    Seat::take(principal, view.org, Action::TakeInspectionPack)?;
    let mut versions = Vec::new();
    for n in 1..=view.content.version {
        let content = match n == view.content.version {
            true => view.content.clone(),
            false => report::version(ctx, principal, reference, n).await?,
        };
        let receipt = receipt::own(ctx, principal, reference, Some(n)).await?.text;
        versions.push(Version {
            version: n,
            at: content.at,
            by: content.by,
            questions: content.set.version.clone(),
            answers: content.answers,
            sha256: content.sha256,
            receipt,
        });
    }
    let files = evidence::for_company(ctx, principal, reference).await?;
    Ok(Held { view, versions, files })
}

/// What was changed in the company's team and rights in the year of a bundle, the oldest first.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but an administrator of the company.
pub async fn team_changes(ctx: &Context, principal: &Principal, scope: &Scope) -> Result<Vec<Entry>> {
    Seat::take(principal, scope.org, Action::TakeInspectionPack)?;
    log::team(ctx, scope.org, scope.span()?).await
}
