//! Inboxes of the demo: what the acts of the demo's people left there, the older part read; a reader from customs; and, for
//! measuring, as many readers as one wants.

use std::time::{Duration, Instant};

use domain::{
    ids::UserId,
    lang::Lang,
    notify::{Channel, Topic},
    reader::{Audience, Trust},
    time::Timestamp,
};
use store::{
    Tx, notify as rows,
    person::{self, NewPerson},
    reader::{self, About},
};

use super::PASSWORD;
use crate::{Context, Refusal, Result, notify::tell, outbox::Template};

/// The reader of the demo.
pub const READER: &str = "kim@douane-post.example";

/// What is older than this was read.
const READ: i64 = 2 * Timestamp::DAY;

/// Readers made in one transaction.
const BATCH: u32 = 1000;

/// Makes the reader, and marks as read what is old.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    if person::by_email(&mut tx, READER).await?.is_some() {
        return Ok(());
    }
    let phc = ctx.hasher.hash(PASSWORD).await?;
    let about = About { audience: Audience::Customs, country: "NL", employer: "Customs, parcel post (demo)" };
    let kim = make(ctx, &mut tx, ("Kim de Wit", READER), Some(&phc), about).await?;
    reader::set_trust(&mut tx, kim, 0, Trust::Known).await?;
    let about = About { audience: Audience::Health, country: "NL", employer: "" };
    make(ctx, &mut tx, ("balie@apotheek-kade.example", "balie@apotheek-kade.example"), None, about).await?;
    rows::read_until(&mut tx, ctx.now().plus(-READ), ctx.now()).await?;
    rows::choose(&mut tx, kim, Topic::Notices, Some(Channel::Weekly)).await?;
    tx.commit().await?;
    Ok(())
}

async fn make(
    ctx: &Context,
    tx: &mut Tx,
    (name, email): (&str, &str),
    password_hash: Option<&str>,
    about: About<'_>,
) -> Result<UserId> {
    let (id, now) = (UserId(ctx.new_id()), ctx.now());
    let lang = Lang::default().tag();
    let new = NewPerson { id, email, name, phone: "", password_hash, lang, confirmed: Some(now), at: now };
    person::insert(tx, &new).await?;
    reader::insert(tx, id, about, now).await?;
    Ok(id)
}

/// Adds so many invented readers to the demo and tells each of them of an alert; how long the telling took.
///
/// # Errors
/// [`Refusal::NotPossible`] unless the database holds demo data.
pub async fn flood(ctx: &Context, readers: u32) -> Result<Duration> {
    if !super::is_demo(ctx).await? {
        return Err(Refusal::NotPossible("Only an installation with demo data is filled.".to_owned()));
    }
    let mark = ctx.now().0;
    let mut people = Vec::new();
    for first in (0..readers).step_by(BATCH as usize) {
        let mut tx = ctx.db.begin().await?;
        for n in first..readers.min(first + BATCH) {
            let email = format!("reader{n}.{mark}@flood.example");
            let about = About { audience: Audience::Post, country: "NL", employer: "" };
            people.push(make(ctx, &mut tx, (&email, &email), None, about).await?);
        }
        tx.commit().await?;
    }
    let begun = Instant::now();
    let mut tx = ctx.db.begin().await?;
    tell(ctx, &mut tx, &people, Template::AlertPublished, "/notices/flood").await?;
    tx.commit().await?;
    Ok(begun.elapsed())
}
