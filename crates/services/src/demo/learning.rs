//! People of the demo who learn: one with a certificate, one in the middle of a module, one who is late, two who decided cases.

use domain::{
    answers::Answers,
    learning::{Module, cases, modules},
    time::Timestamp,
};

use super::reports::{before, mark_mails_sent, seated};
use crate::{Context, Result, learning};

const COMPANY_ADMIN: &str = "admin@meridian-reagents.example";
const COMPANY_OFFICER: &str = "officer@meridian-reagents.example";
const COMPANY_READER: &str = "reader@meridian-reagents.example";
const DESK_ADMIN: &str = "admin@pco-nl.example";
const DESK_OFFICER: &str = "officer@pco-nl.example";

/// Assigns, reads, passes. Does nothing where it was done already.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    let (officer, _) = seated(ctx, COMPANY_OFFICER).await?;
    if learning::mine(ctx, &officer).await?.is_some_and(|mine| !mine.certificates.is_empty()) {
        return Ok(());
    }
    let Some(first) = modules().first() else { return Ok(()) };
    let second = modules().get(1).unwrap_or(first);
    // Assigned 40 days ago with a day that is over by now: the reader is late.
    assign(ctx, COMPANY_ADMIN, first, &["company_officer", "company_reader"], (40, 26)).await?;
    assign(ctx, COMPANY_ADMIN, second, &["company_officer"], (3, -18)).await?;
    assign(ctx, DESK_ADMIN, first, &["authority_officer"], (10, -21)).await?;
    read(ctx, COMPANY_OFFICER, first, first.pages.len(), 33).await?;
    pass(ctx, COMPANY_OFFICER, first, 32).await?;
    read(ctx, COMPANY_OFFICER, second, 2, 2).await?;
    read(ctx, COMPANY_READER, first, 3, 12).await?;
    read(ctx, DESK_OFFICER, first, 1, 4).await?;
    for (email, case) in [COMPANY_OFFICER, DESK_OFFICER].into_iter().zip(cases()) {
        let (who, _) = seated(ctx, email).await?;
        learning::decide_case(&before(ctx, Timestamp::DAY), &who, case).await?;
    }
    learning::remind(ctx).await?;
    mark_mails_sent(ctx).await
}

/// Assigns a module so many days ago, due so many days ago.
async fn assign(ctx: &Context, by: &str, module: &Module, roles: &[&str], (made, due): (i64, i64)) -> Result<()> {
    let (who, org) = seated(ctx, by).await?;
    let due = domain::date::Date::of(ctx.now().plus(-due * Timestamp::DAY)).to_string();
    let mut typed: Answers = [("module", module.slug.as_str()), ("due", due.as_str())].into_iter().collect();
    typed.set("role", roles.iter().copied());
    learning::assign(&before(ctx, made * Timestamp::DAY), &who, org, &typed).await
}

async fn read(ctx: &Context, email: &str, module: &Module, pages: usize, days_ago: i64) -> Result<()> {
    let (who, _) = seated(ctx, email).await?;
    for page in 1..=pages {
        learning::read_page(&before(ctx, days_ago * Timestamp::DAY), &who, module, page).await?;
    }
    Ok(())
}

async fn pass(ctx: &Context, email: &str, module: &Module, days_ago: i64) -> Result<()> {
    let (who, _) = seated(ctx, email).await?;
    let right = module
        .questions
        .iter()
        .map(|question| (0..question.options.len()).filter(|place| question.options[*place].right).collect());
    learning::answer(&before(ctx, days_ago * Timestamp::DAY), &who, module, &right.collect()).await?;
    Ok(())
}
