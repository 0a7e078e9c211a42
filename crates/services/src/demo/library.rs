//! What the installation of the demo has added to the library: a guide of its own authority.

use domain::{answers::Answers, refdata::Kind, time::Timestamp};

use super::{
    refdata::open,
    reports::{before, principal, seated},
};
use crate::{Context, Result, refdata};

const AUTHOR: &str = "system@forerunner.example";
const APPROVER: &str = "system2@forerunner.example";
const WHY: &str = "The Dutch office asked for it: several companies wrote to its desk with the same question.";

/// A row as the form has it.
const ENTRY: [(&str, &str); 8] = [
    ("slug", "rented-storage-pco-nl"),
    ("title", "Deliveries to rented storage: what to ask before you ship"),
    ("kind", "guide"),
    ("body", "Precursor Control Office (demo)"),
    ("date", "2026-09"),
    ("find", "Ask the desk of the Precursor Control Office for it: duty@pco-nl.example."),
    ("languages", "nl en"),
    (
        "summary",
        "Two pages for sales and dispatch. A storage unit that is rented by the month is an ordinary place for a small business, \
         and a convenient one for somebody who does not want to be found. The guide lists six questions that an honest buyer \
         answers easily, from who has the key to where the goods are used, and says when to stop the delivery and call the desk.",
    ),
];

/// A version that one administrator wrote and the other approved.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    let (author, org) = seated(ctx, AUTHOR).await?;
    let approver = principal(ctx, APPROVER).await?;
    let (then, kind) = (before(ctx, 13 * Timestamp::DAY), Kind::Library);
    refdata::begin(&then, &author, org, kind, None).await?;
    let version = open(&then, &author, org, kind).await?;
    let row: Answers = ENTRY.into_iter().collect();
    refdata::save_row(&then, &author, org, kind, ("entry", None), version, &row).await?;
    refdata::ask(&then, &author, org, kind, version + 1, (WHY, "")).await?;
    let version = open(&then, &author, org, kind).await?;
    refdata::approve(&before(ctx, 12 * Timestamp::DAY), &approver, org, kind, version).await
}
