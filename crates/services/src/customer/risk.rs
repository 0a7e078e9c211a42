//! The risk of customers: rated by the rules of the day, kept whenever it changes, set by hand where somebody knows better.
//!
//! Whatever changes a file, its documents or what is known elsewhere calls [`mark`]; the worker rates what is marked, and every
//! file once a day, since time alone ends documents. A page always shows the rating of the moment ([`assess`]).

use std::time::{Duration, Instant};

use domain::{
    customer::decision::{Event, IDLE_MONTHS},
    date::Date,
    ids::{CustomerId, DecisionId, OrgId},
    risk::{Band, Rating, Rules, rate},
    time::Timestamp,
};
use store::{
    Read, Tx,
    customer::{
        self as files, CustomerRow,
        decision::{self as decisions, DecisionRow},
        standing::{self as rows, RatingRow, StandingRow},
    },
};

use super::{document, facts, file, review};
use crate::{Context, Refusal, Result};

/// How long one turn takes at most, before mails and others have theirs.
const TURN: Duration = Duration::from_millis(300);
/// Files that are asked for at once.
const PIECE: i64 = 20;
/// The rule that not everybody of the company is told of.
pub(super) const CONFIDENTIAL: &str = "reported";

/// How a customer is rated at a moment.
#[derive(Clone, Debug)]
pub(super) struct Assessed {
    /// By the rules.
    pub rating: Rating,
    /// The band that counts.
    pub band: Band,
    /// By which decision it is set by hand, if it counts.
    pub by_hand: Option<DecisionRow>,
    /// Where the customer stands; none before it was ever marked.
    pub standing: Option<StandingRow>,
    /// Whether hits on watch lists wait to be decided.
    pub open_hits: bool,
    /// Whole months since its last order, where orders are known.
    pub idle_months: Option<u32>,
}

/// Says that something about a customer has changed: it is rated anew. In the transaction of the change.
pub(crate) async fn mark(tx: &mut Tx, customer: CustomerId, org: OrgId) -> Result<()> {
    Ok(rows::mark(tx, customer, org).await?)
}

/// Rates a customer as everything stands now.
pub(super) async fn assess(ctx: &Context, db: &mut impl Read, row: &CustomerRow) -> Result<Assessed> {
    let company = store::org::by_id(db, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let (id, today, customer) = (CustomerId(row.id), document::day_of(ctx, &company), file(row)?);
    let asked = facts::Asked { id, file: &customer, company: &company, today };
    let known = facts::gather(ctx, db, &asked).await?;
    let rating = rate(&known, Rules::on(today));
    let standing = rows::find(db, id).await?;
    let by_hand = match standing.as_ref().and_then(|standing| standing.override_id) {
        Some(id) => decisions::find(db, DecisionId(id)).await?,
        None => None,
    };
    let by_hand = match by_hand {
        Some(row) if counts(&row, &rating)? => Some(row),
        _ => None,
    };
    let band = by_hand.as_ref().map_or(Some(rating.band), |row| Band::from_code(&row.band)).unwrap_or(rating.band);
    let open_hits = known.screening.is_some_and(|screening| screening.open > 0);
    Ok(Assessed { rating, band, by_hand, standing, open_hits, idle_months: known.idle_months })
}

/// Whether a band set by hand still counts: a higher one as long as it is higher, a lower one until a reason is added.
fn counts(row: &DecisionRow, now: &Rating) -> Result<bool> {
    let band = Band::from_code(&row.band).ok_or_else(|| Refusal::Fault(format!("no band {}", row.band)))?;
    Ok(if band >= now.band { band > now.band } else { !now.is_worse_than(&rating_of(row)?) })
}

/// The rating on which a decision was made.
pub(super) fn rating_of(row: &DecisionRow) -> Result<Rating> {
    serde_json::from_str(&row.rating).map_err(|error| Refusal::Fault(format!("decision {}: {error}", row.id)))
}

/// Notes a rating where the customer stands, keeps it if it differs from the last one, and makes the customer due for review if
/// it is worse than when it was decided.
pub(super) async fn note(ctx: &Context, tx: &mut Tx, row: &CustomerRow, found: &Assessed) -> Result<()> {
    let (id, computed) = (CustomerId(row.id), found.rating.band.code());
    let json = serde_json::to_string(&found.rating).map_err(|error| Refusal::Fault(error.to_string()))?;
    if rows::last_rating(tx, id).await?.as_deref() != Some(json.as_str()) {
        let kept = RatingRow {
            customer_version: row.version,
            rules: found.rating.version.clone(),
            computed: computed.to_owned(),
            rating: json,
            at: ctx.now().0,
        };
        rows::add_rating(tx, ctx.new_id(), id, &kept).await?;
    }
    if found.standing.is_none() {
        rows::mark(tx, id, OrgId(row.org_id)).await?;
    }
    rows::rated(tx, id, (computed, found.band.code()), ctx.now()).await?;
    let decided = found.standing.as_ref().and_then(|standing| standing.decision_id);
    if let Some(decided) = decided
        && let Some(decision) = decisions::find(tx, DecisionId(decided)).await?
    {
        let age = Date::of(Timestamp(decision.at)).months_until(Date::of(ctx.now()));
        let events = since(&rating_of(&decision)?, found, Band::from_code(&decision.band), age);
        review::fall_due(ctx, tx, id, &events).await?;
    }
    Ok(())
}

/// What is worse than on the day of a decision that is so many months old, as what makes it due.
fn since(then: &Rating, now: &Assessed, band: Option<Band>, age: u32) -> Vec<Event> {
    let is_new = |rule: &str| {
        let has = |rating: &Rating| rating.reasons.iter().any(|reason| reason.rule == rule);
        has(&now.rating) && !has(then)
    };
    let events = [
        (Event::Document, is_new("expired")),
        (Event::Hit, is_new("hits_open") || is_new("hits_unsure") || is_new("hits_match")),
        (Event::Risk, band.is_some_and(|band| now.band > band)),
        (Event::Idle, age >= IDLE_MONTHS && now.idle_months.is_some_and(|months| months >= IDLE_MONTHS)),
    ];
    events.into_iter().filter(|(_, happened)| *happened).map(|(event, _)| event).collect()
}

/// Rates files that were marked, and those that nobody rated for a day, for at most a third of a second; whether there is more
/// to do. For the worker.
///
/// # Errors
/// If the store fails.
pub async fn work(ctx: &Context) -> Result<bool> {
    let began = Instant::now();
    loop {
        let due = rows::to_rate(&mut ctx.db.reader(), ctx.now().plus(-Timestamp::DAY), PIECE).await?;
        if due.is_empty() {
            return Ok(false);
        }
        for id in due {
            if began.elapsed() >= TURN {
                return Ok(true);
            }
            let mut tx = ctx.db.begin().await?;
            if let Some(row) = files::lock(&mut tx, id).await? {
                let found = assess(ctx, &mut tx, &row).await?;
                note(ctx, &mut tx, &row, &found).await?;
            }
            tx.commit().await?;
        }
    }
}
