//! What the command line does with mails: those that were given up, those that came back, and many at once for measuring.

use std::io::{Read as _, Write as _};

use anyhow::Context as _;
use domain::time::Timestamp;
use services::{
    demo,
    notify::bounce::{self, Returned},
};

use crate::{cli::Settings, serve::open};

/// How many of the mails that were given up are listed.
const DEAD_LISTED: i64 = 1000;

/// Lists the mails that were given up.
///
/// # Errors
/// If the database does not answer or nobody takes what is written.
pub async fn dead(settings: Settings) -> anyhow::Result<()> {
    let ctx = open(&settings).await?;
    let dead = store::outbox::list(&mut ctx.db.reader(), "dead", DEAD_LISTED).await?;
    let mut out = std::io::stdout().lock();
    for mail in &dead {
        let given_up = app::format::machine(Timestamp(mail.done_at.unwrap_or(mail.created_at)));
        let why = mail.last_error.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(out, "{given_up}\t{}\t{}\t{} tries\t{why}", mail.template, mail.recipient, mail.attempts)?;
    }
    if dead.is_empty() {
        writeln!(out, "No mail was given up.")?;
    }
    ctx.db.close().await;
    Ok(())
}

/// Takes a message that came back from the standard input.
///
/// # Errors
/// If it cannot be read or noted: the mail server then tries again later.
pub async fn bounced(settings: Settings) -> anyhow::Result<()> {
    let mut message = Vec::new();
    let most = u64::try_from(bounce::MOST_BYTES)?;
    std::io::stdin().take(most).read_to_end(&mut message).context("the message cannot be read")?;
    let ctx = open(&settings).await?;
    let said = match bounce::returned(&ctx, &message).await? {
        Returned::Noted => "A mail came back; noted.",
        Returned::Harmless => "The message tells of no mail that came back for good.",
        Returned::Foreign => "The message is no notice about a mail of this installation.",
    };
    writeln!(std::io::stdout(), "{said}")?;
    ctx.db.close().await;
    Ok(())
}

/// Tells many invented readers of an alert.
///
/// # Errors
/// If the database does not hold demo data, or fails.
pub async fn flood(readers: u32, settings: Settings) -> anyhow::Result<()> {
    let ctx = open(&settings).await?;
    let taken = demo::flood(&ctx, readers).await?;
    writeln!(std::io::stdout(), "queued\t{readers}\tseconds\t{:.2}", taken.as_secs_f64())?;
    ctx.db.close().await;
    Ok(())
}
