//! Watch lists on the command line. The same acts as on the page, by whoever has the machine.

use std::io::Write as _;

use anyhow::{Context as _, bail};
use services::{
    Context, Refusal,
    watchlist::{self, By, Diff, Into, Outcome, Part, Room, State},
};

use crate::{cli::ListsCommand, serve};

/// Carries out a command.
///
/// # Errors
/// With a sentence for the operator.
pub async fn run(command: ListsCommand) -> anyhow::Result<()> {
    match command {
        ListsCommand::Import { files, list, label, means, activate, settings } => {
            let ctx = serve::open(&settings).await?;
            let text = |given: &Option<String>| given.clone().unwrap_or_default();
            let (code, label, means) = (text(&list), text(&label), text(&means));
            let room = if activate { Room::AtOnce } else { Room::Wait };
            for found in watchlist::sort(files).await.map_err(told)? {
                let into = Into { code: &code, label: &label, means: &means };
                let outcome = watchlist::load(&ctx, By::Console, found, into, room).await.map_err(told)?;
                loaded(&outcome)?;
            }
            ctx.db.close().await;
        }
        ListsCommand::Diff { list: None, settings, .. } => {
            let ctx = serve::open(&settings).await?;
            overview(&ctx).await?;
            ctx.db.close().await;
        }
        ListsCommand::Diff { list: Some(list), version, against, settings } => {
            let ctx = serve::open(&settings).await?;
            compare(&ctx, &list, version, against).await?;
            ctx.db.close().await;
        }
        ListsCommand::Activate { list, version, settings } => {
            let ctx = serve::open(&settings).await?;
            watchlist::activate(&ctx, By::Console, &list, version).await.map_err(told)?;
            writeln!(
                std::io::stdout(),
                "Version {version} of {list} is in force. A running portal takes it in by itself."
            )?;
            ctx.db.close().await;
        }
    }
    Ok(())
}

/// A refusal as a sentence.
fn told(refusal: Refusal) -> anyhow::Error {
    match refusal {
        Refusal::Invalid(problems) => {
            let words: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
            anyhow::anyhow!(words.join(" "))
        }
        Refusal::NotFound => {
            anyhow::anyhow!("there is no such list or version; “forerunner lists diff” says which there are")
        }
        other => anyhow::Error::new(other),
    }
}

fn loaded(outcome: &Outcome) -> anyhow::Result<()> {
    let Outcome { code, number, entries, deviations, .. } = outcome;
    let mut out = std::io::stdout().lock();
    if outcome.known {
        write!(out, "{code}: this very file is version {number} already.")?;
    } else {
        write!(out, "{code}: version {number} with {entries} entries, {deviations} deviations.")?;
    }
    if outcome.shrank {
        write!(out, " It holds much less than the version in force: look at it.")?;
    }
    let state = if outcome.active { "It is in force." } else { "It is not in force." };
    writeln!(out, " {state}")?;
    Ok(())
}

async fn overview(ctx: &Context) -> anyhow::Result<()> {
    let lists = watchlist::lists(ctx, By::Console).await.map_err(told)?;
    let mut out = std::io::stdout().lock();
    for list in &lists {
        let state = match &list.active {
            Some(version) => format!("version {} in force, {} entries", version.number, version.entries),
            None => "nothing in force".to_owned(),
        };
        writeln!(out, "{}\t{}\t{state}", list.code, list.label)?;
    }
    if lists.is_empty() {
        writeln!(out, "There is no list yet. Load one with “forerunner lists import”.")?;
    }
    Ok(())
}

async fn compare(ctx: &Context, list: &str, version: Option<i64>, against: Option<i64>) -> anyhow::Result<()> {
    let (_, versions) = watchlist::list(ctx, By::Console, list).await.map_err(told)?;
    let number = version.or_else(|| versions.first().map(|version| version.number));
    let Some(number) = number else { bail!("the list {list} has no version yet") };
    for part in Part::ALL {
        let mut after = String::new();
        loop {
            let page = watchlist::diff(ctx, By::Console, list, number, against, (part, &after)).await.map_err(told)?;
            if part == Part::Added && after.is_empty() {
                head(&page).context("nobody takes what is written")?;
            }
            rows(part, &page)?;
            match page.next {
                Some(next) => after = next,
                None => break,
            }
        }
    }
    Ok(())
}

fn head(diff: &Diff) -> anyhow::Result<()> {
    let older = diff.older.as_ref().map_or_else(|| "nothing".to_owned(), |older| format!("version {}", older.number));
    let state = match diff.newer.state {
        State::Active => "in force",
        State::Loaded => "not in force",
        State::Retired => "no longer in force",
    };
    writeln!(
        std::io::stdout(),
        "{}: version {} ({state}) against {older}: {} added, {} changed, {} removed.",
        diff.list.code,
        diff.newer.number,
        diff.added,
        diff.changed,
        diff.removed
    )?;
    Ok(())
}

fn rows(part: Part, diff: &Diff) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let mark = match part {
        Part::Added => '+',
        Part::Changed => '~',
        Part::Removed => '-',
    };
    for entry in &diff.entries {
        let fields: Vec<&str> = entry.changes.iter().map(|change| change.field.as_str()).collect();
        writeln!(out, "{mark}\t{}\t{}\t{}", entry.id, entry.name, fields.join(", "))?;
    }
    Ok(())
}
