//! A small watch list of the demo with invented names, in force, and some checks against it: among those asked for are
//! parties of the demo's reports.

use std::path::Path;

use domain::{answers::Answers, date::Date, time::Timestamp};

use super::reports::{TOMAS, before, seated};
use crate::{
    Context, Refusal, Result,
    customer::screening::{self, Filter},
    watchlist::{self, By, Into, Room, folder},
};

const FILE: &str = include_str!("../../../../data/demo/watch-list.csv");
const CODE: &str = "demo-watch";
const LABEL: &str = "Demo watch list (invented names)";

const SHARED: &str = "id,kind,name,countries,remarks\n\
                      A-1,organisation,Schemerkade Logistics B.V.,NL,Two members were never paid; invented for the demo\n\
                      A-2,person,Joris van Nergenshuizen,BE,Ordered under three firms; invented for the demo\n";

/// To whom the association offers it: name, country, number in the register.
const MEMBERS: &[(&str, &str, &str)] =
    &[("Meridian Reagents", "NL", "99284407"), ("Noordkust", "NL", "99117359"), ("Not here yet", "BE", "0999.111.222")];

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
    shared(ctx, &room).await?;
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

/// A list of the association: one company takes part, another has not answered.
async fn shared(ctx: &Context, room: &Path) -> Result<()> {
    let (who, org) = seated(ctx, "editor@chemtrade-assoc.example").await?;
    let (then, path) = (before(ctx, 6 * Timestamp::DAY), room.join("traders-demo.csv"));
    std::fs::write(&path, SHARED).map_err(|error| Refusal::Unavailable(error.into()))?;
    let into = Into { label: "Traders' watch list (invented names)", ..Into::default() };
    for found in watchlist::sort(vec![path]).await? {
        let code = watchlist::load(&then, By::Owner(&who, org), found, into, Room::AsSet).await?.code;
        let until = Date::from_days(ctx.now().0.div_euclid(Timestamp::DAY) + 365).to_string();
        for (member, country, registration) in MEMBERS {
            let typed =
                [("member", *member), ("country", *country), ("registration", *registration), ("until", &until)];
            watchlist::offer(&then, &who, org, &code, &typed.into_iter().collect()).await?;
        }
    }
    let (who, org) = seated(ctx, "officer@meridian-reagents.example").await?;
    for share in watchlist::offers(ctx, &who, org).await? {
        watchlist::answer(&before(ctx, 5 * Timestamp::DAY), &who, org, share.id, true).await?;
    }
    watchlist::refresh(ctx).await.map(drop)
}
