//! Measures how long it takes to look for many customers on a watch list, and again when the list changes:
//! `cargo run --release -p services --example customers -- CUSTOMERS ENTRIES`.
//!
//! An installation in a temporary folder with that many invented customers, three names each. First all of them are looked
//! for in a list of as many entries; then so many entries are added. Meanwhile it is measured how long another writer waits.

use std::{
    error::Error,
    fmt::Write as _,
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::substance::Catalogue;
use services::{
    Clock, Config, Context,
    customer::screening,
    demo::{self, firm, person},
    watchlist::{self, By, Into, Room},
};
use store::{Db, migrations};
use tokio::{task, time::sleep};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut args = std::env::args().skip(1);
    let customers: u32 = args.next().ok_or("how many customers?")?.parse()?;
    let entries: u64 = args.next().ok_or("how many entries that change?")?.parse()?;
    let folder = tempfile::tempdir()?;
    let ctx = opened(folder.path()).await?;
    list(&ctx, 0..entries).await?;
    let begun = Instant::now();
    demo::fill_customers(&ctx, customers, |_| {}).await?;
    println!("made_seconds\t{:.1}", begun.elapsed().as_secs_f64());

    watchlist::refresh(&ctx).await?;
    let begun = Instant::now();
    screening::settle(&ctx).await?;
    println!("screened_seconds\t{:.1}", begun.elapsed().as_secs_f64());

    list(&ctx, 0..entries * 2).await?;
    let other = task::spawn(longest_wait(ctx.clone()));
    let begun = Instant::now();
    screening::settle(&ctx).await?;
    println!("list_change_seconds\t{:.1}", begun.elapsed().as_secs_f64());
    let hits = store::screening::job::one(&mut ctx.db.reader(), 2).await?.map_or(0, |job| job.fresh);
    println!("new_hits\t{hits}");
    println!("other_writer_waited_at_most_ms\t{}", other.await??.as_millis());
    Ok(())
}

async fn opened(folder: &std::path::Path) -> Outcome<Context> {
    let db = Db::open(&format!("sqlite:{}", folder.join("measured.db").display())).await?;
    migrations::migrate(&db, None).await?;
    let config = Config {
        base_url: "https://forerunner.example".into(),
        data_dir: folder.to_owned(),
        pepper: [7; 32],
        demo: true,
    };
    let ctx = Context::new(db, Clock::System, config, Arc::new(Catalogue::load()?));
    demo::seed_people(&ctx).await?;
    Ok(ctx)
}

/// Puts a list in force with these of the invented firms and persons. None of them is a customer but by likeness.
async fn list(ctx: &Context, numbers: std::ops::Range<u64>) -> Outcome<()> {
    let mut text = "id,kind,name\n".to_owned();
    for number in numbers.map(|number| number + 1_000_000_000) {
        match number % 2 {
            0 => writeln!(text, "{number},organisation,{}", firm(number))?,
            _ => writeln!(text, "{number},person,{}", person(number))?,
        }
    }
    let path = ctx.config.data_dir.join("measured.csv");
    fs::write(&path, text)?;
    let into = Into { code: "measured", label: "Measured", means: "watch" };
    for found in watchlist::sort(vec![path]).await? {
        watchlist::load(ctx, By::Console, found, into, Room::AtOnce).await?;
    }
    Ok(())
}

/// How long somebody waited at most who writes now and then while customers are screened.
async fn longest_wait(ctx: Context) -> Result<Duration, store::StoreError> {
    let mut longest = Duration::ZERO;
    while store::screening::job::next(&mut ctx.db.reader()).await?.is_some() {
        let begun = Instant::now();
        ctx.db.begin().await?.commit().await?;
        longest = longest.max(begun.elapsed());
        sleep(Duration::from_millis(20)).await;
    }
    Ok(longest)
}
