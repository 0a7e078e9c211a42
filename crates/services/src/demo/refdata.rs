//! Reference data of the demo: the Dutch authority has a clock of its own, and another version of it waits for approval.

use domain::{access::Principal, answers::Answers, ids::OrgId, refdata::Kind, time::Timestamp};

use super::reports::{before, principal, seated};
use crate::{
    Context, Refusal, Result,
    refdata::{self, refresh},
};

const AUTHOR: &str = "admin@pco-nl.example";
const APPROVER: &str = "supervisor@pco-nl.example";

/// A row of the authority's clock: country, hours by band, hours if urgent.
type Hours = (&'static str, [&'static str; 4]);

/// Curaçao lies five hours behind: the first version gives its companies' reports a clock of their own.
const FIRST: Hours = ("CW", ["6", "30", "72", "3"]);
const FIRST_WHY: &str =
    "Curaçao lies five hours behind Amsterdam, so that its reports arrive when the desk has closed.";
/// And the next one looks at Aruba in the same way.
const NEXT: Hours = ("AW", ["6", "30", "72", "3"]);
const NEXT_WHY: &str = "Aruba has the same hours as Curaçao. Agreed at the meeting of the desk on Tuesday.";

/// The version that holds, from before the first report.
pub(super) async fn seed_first(ctx: &Context) -> Result<()> {
    let (author, org) = seated(ctx, AUTHOR).await?;
    let approver = principal(ctx, APPROVER).await?;
    let then = before(ctx, 40 * Timestamp::DAY);
    refresh(&then).await?;
    propose(&then, &author, org, FIRST, FIRST_WHY).await?;
    let version = open(&then, &author, org, Kind::Deadlines).await?;
    refdata::approve(&before(ctx, 39 * Timestamp::DAY), &approver, org, Kind::Deadlines, version).await
}

/// The version that waits, since a moment ago.
pub(super) async fn seed_next(ctx: &Context) -> Result<()> {
    let (author, org) = seated(ctx, AUTHOR).await?;
    propose(&before(ctx, Timestamp::MINUTE), &author, org, NEXT, NEXT_WHY).await
}

/// The number of the open change, as its forms carry it.
pub(super) async fn open(ctx: &Context, who: &Principal, org: OrgId, kind: Kind) -> Result<i64> {
    let open = refdata::change(ctx, who, org, kind).await?;
    open.map(|open| open.version).ok_or(Refusal::NotFound)
}

async fn propose(ctx: &Context, who: &Principal, org: OrgId, hours: Hours, why: &str) -> Result<()> {
    let (country, [red, amber, green, urgent]) = hours;
    let row: Answers = [
        ("country", country),
        ("red", red),
        ("amber", amber),
        ("green", green),
        ("urgent", urgent),
        ("urgent_within", "48"),
        ("question", "120"),
        ("question_urgent", "24"),
        ("working", "amber green question"),
    ]
    .into_iter()
    .collect();
    refdata::begin(ctx, who, org, Kind::Deadlines, None).await?;
    let version = open(ctx, who, org, Kind::Deadlines).await?;
    refdata::save_row(ctx, who, org, Kind::Deadlines, ("answer", None), version, &row).await?;
    refdata::ask(ctx, who, org, Kind::Deadlines, version + 1, (why, "")).await
}
