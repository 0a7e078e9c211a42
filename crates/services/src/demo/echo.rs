//! Reports that were sent, told again: the same company about the same order a little later, under a number of its own.
//!
//! Everything that sending and deciding wrote is there once more, moved in time, and nothing can be told from what the use
//! cases write: each copy has its receipt, its words, its facts and its rows in the audit log, whose chain stays whole.

use domain::{fulltext::Words, reference::Reference, time::Timestamp};
use store::{Tx, echo::Echo};
use uuid::Uuid;

use super::reports;
use crate::{Context, Refusal, Result, audit, receipt};

/// How often new numbers are drawn if one of them is taken.
const DRAWS: u32 = 16;

/// A report to be told again.
pub(super) struct Told {
    pub report: Uuid,
    pub draft: Uuid,
    pub reference: Reference,
    pub sent: Timestamp,
}

/// Tells each of these `times` more times, each `apart` after the one before.
pub(super) async fn tell_again(ctx: &Context, tx: &mut Tx, told: &[Told], times: u32, apart: i64) -> Result<()> {
    let Some(first) = told.first().filter(|_| times > 0) else { return Ok(()) };
    copy(ctx, tx, told, times, apart).await?;
    let texts = store::echo::bodies(tx).await?;
    let words: Vec<_> = texts.into_iter().map(|(place, owner, body)| (place, owner, Words::of(&body))).collect();
    store::search::set_all(tx, &words).await?;
    let facts = store::echo::facts(tx).await?;
    let receipts = receipt::sign_all(ctx, tx, first.sent, facts).await?;
    store::echo::add_receipts(tx, &receipts).await?;
    let logged = store::echo::logged(tx).await?;
    audit::repeat(ctx, tx, logged).await
}

async fn copy(ctx: &Context, tx: &mut Tx, told: &[Told], times: u32, apart: i64) -> Result<()> {
    for _ in 0..DRAWS {
        let again = told.iter().flat_map(|told| (1..=i64::from(times)).map(move |time| echo(ctx, told, time * apart)));
        if store::echo::tell(tx, &again.collect::<Vec<_>>()).await? {
            return Ok(());
        }
    }
    Err(Refusal::Fault("no free references could be drawn".to_owned()))
}

fn echo(ctx: &Context, told: &Told, later: i64) -> Echo {
    let later = later - later % Timestamp::SECOND;
    let then = reports::at(ctx, told.sent.plus(later));
    let reference = Reference::from_bits(u64::from_be_bytes(ctx.random::<8>()));
    Echo {
        old: (told.report, told.draft, told.reference.to_string()),
        new: (then.new_id(), then.new_id(), reference.to_string()),
        later,
    }
}
