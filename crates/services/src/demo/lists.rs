//! A small watch list of the demo with invented names, in force, and some checks against it: among those asked for are
//! parties of the demo's reports.

use domain::{answers::Answers, time::Timestamp};

use super::reports::{TOMAS, before, seated};
use crate::{
    Context, Refusal, Result,
    customer::screening::{self, Filter},
    watchlist::{self, By, Into, Room, folder},
};

const FILE: &str = include_str!("../../../../data/demo/watch-list.csv");
const CODE: &str = "demo-watch";
const LABEL: &str = "Demo watch list (invented names)";

/// Who asked, how many minutes ago, and for whom: kind, names, birth, country.
const CHECKS: &[(&str, i64, [&str; 4])] = &[
    ("officer@meridian-reagents.example", 3 * 24 * 60, ["organisation", "Orchid Bay General Trading", "", "AE"]),
    ("officer@meridian-reagents.example", 90, ["person", "Hendrik de Vries", "1980", "NL"]),
    ("officer@pco-nl.example", 60, ["person", "Mohamed Aly Beispiel", "1969", "EG"]),
];

/// Loads the list and asks. Does nothing where it is there already.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    if store::watchlist::list(&mut ctx.db.reader(), CODE).await?.is_some() {
        return Ok(());
    }
    let room = folder::path(ctx).join("done");
    let path = room.join("demo-watch.csv");
    let written = std::fs::create_dir_all(&room).and_then(|()| std::fs::write(&path, FILE));
    written.map_err(|error| Refusal::Unavailable(error.into()))?;
    let then = before(ctx, 8 * Timestamp::DAY);
    for found in watchlist::sort(vec![path]).await? {
        let into = Into { code: CODE, label: LABEL, means: "watch" };
        watchlist::load(&then, By::Console, found, into, Room::AtOnce).await?;
    }
    watchlist::refresh(ctx).await?;
    for (email, ago, [kind, names, birth, country]) in CHECKS {
        let (who, org) = seated(ctx, email).await?;
        let typed: Answers =
            [("kind", *kind), ("names", *names), ("birth", *birth), ("country", *country)].into_iter().collect();
        watchlist::screen(&before(ctx, ago * Timestamp::MINUTE), &who, org, &typed).await?;
    }
    customers(ctx).await
}

/// Customers of the demo are looked for on the list, and one hit is decided.
async fn customers(ctx: &Context) -> Result<()> {
    screening::settle(ctx).await?;
    let (who, org) = seated(ctx, TOMAS).await?;
    let found = screening::list(ctx, &who, org, &Filter::default(), 0).await?;
    let light = found.lines.iter().rev().find(|line| line.score < 0.9);
    if let Some(line) = light.filter(|_| found.lines.len() > 1) {
        let why = "Another year of birth, and the agent's passport was issued in Shanghai. Seen in person.";
        let typed: Answers = [("decision", "no_match"), ("reason", why)].into_iter().collect();
        screening::decide(ctx, &who, (line.id, 1), &typed).await?;
    }
    // Who opens the demo sees them; nobody is mailed.
    let mut tx = ctx.db.begin().await?;
    store::screening::hit::told(&mut tx, org).await?;
    tx.commit().await?;
    Ok(())
}
