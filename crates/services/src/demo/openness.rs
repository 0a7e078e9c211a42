//! What the installation of the demo says of itself, and three quarters of figures for everybody. The reports behind the
//! figures are invented here and are not among those of the demo, which are too few to tell anything of.

use domain::{
    country::Country,
    date::Date,
    refdata::Kind,
    report::ReportKind,
    statistics::{self, Quarter, Row, User},
    time::Timestamp,
};

use super::{
    refdata::open,
    reports::{before, principal, seated},
};
use crate::{Context, Result, refdata};

const AUTHOR: &str = "system@forerunner.example";
const APPROVER: &str = "system2@forerunner.example";
const SAID: &[u8] = include_bytes!("../../../../data/demo/openness.toml");
const WHY: &str = "The sums of this year, and what the meeting of the authorities in October wants next.";

/// A version that one administrator wrote and the other approved.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    let (author, org) = seated(ctx, AUTHOR).await?;
    let approver = principal(ctx, APPROVER).await?;
    let (then, kind) = (before(ctx, 21 * Timestamp::DAY), Kind::Openness);
    refdata::begin(&then, &author, org, kind, None).await?;
    let version = open(&then, &author, org, kind).await?;
    refdata::import(&then, &author, org, kind, "part", version, ("openness.toml", SAID)).await?;
    let version = open(&then, &author, org, kind).await?;
    refdata::ask(&then, &author, org, kind, version, (WHY, "")).await?;
    let version = open(&then, &author, org, kind).await?;
    refdata::approve(&before(ctx, 20 * Timestamp::DAY), &approver, org, kind, version).await?;
    figures(ctx).await
}

/// Kinds with how many of a hundred reports are about them.
const KINDS: [(ReportKind, u64); 6] = [
    (ReportKind::Order, 46),
    (ReportKind::Enquiry, 27),
    (ReportKind::Transaction, 11),
    (ReportKind::Theft, 7),
    (ReportKind::OnlineOffer, 7),
    (ReportKind::Loss, 2),
];
const HEADINGS: [&str; 6] = ["table-1", "table-2", "other-list", "equipment", "family:4-piperidones", "unknown"];
const COUNTRIES: [&str; 4] = ["NL", "NL", "CA", "DE"];
/// So many companies report.
const COMPANIES: u64 = 14;

/// The three quarters before this one: more from quarter to quarter.
async fn figures(ctx: &Context) -> Result<()> {
    let newest = Quarter::of(Date::of(ctx.now().plus(-7 * Timestamp::DAY))).before();
    let quarters = [(newest.before().before(), 24), (newest.before(), 31), (newest, 37)];
    for (quarter, reports) in quarters {
        let rows: Vec<Row<u64>> = (0..reports).map(|nth| row(quarter, nth)).collect();
        let countries = COUNTRIES.iter().map(|code| country(code)).collect();
        let users = [(User::Companies, 17), (User::Authorities, 3), (User::Associations, 1)];
        let tables = statistics::tables(quarter, &ctx.catalogue(), &countries, &rows, &users);
        crate::statistics::store(ctx, quarter, &tables).await?;
    }
    Ok(())
}

fn country(code: &str) -> Country {
    Country::parse(code).expect("the demo's countries are countries")
}

/// The `nth` report of a quarter, spread over companies, months, kinds and substances in a way that looks like chance.
fn row(quarter: Quarter, nth: u64) -> Row<u64> {
    let drawn = |by: u64, of: u64| (nth * by + nth / 3) % of;
    let place = |n: u64| usize::try_from(n).unwrap_or_default();
    let wanted = drawn(37, 100);
    let mut below = 0;
    let kind = KINDS.iter().find(|(_, share)| {
        below += share;
        wanted < below
    });
    let company = drawn(5, COMPANIES);
    Row {
        month: quarter.months()[place(drawn(7, 3))],
        source: company,
        kind: kind.map_or(ReportKind::Other, |(kind, _)| *kind),
        heading: HEADINGS[place(drawn(11, 6))].to_owned(),
        country: country(COUNTRIES[place(company % 4)]),
        n: 2,
    }
}
