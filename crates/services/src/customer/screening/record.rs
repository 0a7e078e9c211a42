//! Every screening of a customer with what it found and what became of that: for the file on paper.

use domain::{ids::CustomerId, time::Timestamp};
use store::screening::{self as rows, RunRow, hit};

use super::{
    known::{Then, then},
    read::{Why, cause_of},
    subject::parse,
};
use crate::{
    Context, Result,
    watchlist::{Search, Searched},
};

/// A screening, or a change of a list that found something.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: Why,
    /// Version of the engine.
    pub engine: String,
    /// What was searched.
    pub lists: Vec<Searched>,
    /// What was found, each hit as it stands now.
    pub hits: Vec<Then>,
}

/// All of them, the first first. Whoever calls it has looked whether the person may know.
pub(crate) async fn record(ctx: &Context, customer: CustomerId) -> Result<Vec<Recorded>> {
    let mut db = ctx.db.reader();
    let runs = rows::runs(&mut db, customer).await?;
    let mut all: Vec<Recorded> = runs.iter().map(ran).collect::<Result<_>>()?;
    let steps = hit::steps_before(&mut db, customer, Timestamp(i64::MAX)).await?;
    for hit in steps.chunk_by(|one, next| one.hit_id == next.hit_id) {
        if let Some(now) = then(hit)? {
            for (at, why) in found_by(&now) {
                place(&mut all, at, why, &now);
            }
        }
    }
    all.sort_by_key(|recorded| recorded.at);
    Ok(all)
}

fn ran(row: &RunRow) -> Result<Recorded> {
    let search: Search = parse(&row.search)?;
    let why = Why::Screened(cause_of(&row.cause), row.person.clone());
    Ok(Recorded { at: Timestamp(row.at), why, engine: search.engine, lists: search.lists, hits: Vec::new() })
}

/// When a hit was found, and by what.
fn found_by(hit: &Then) -> Vec<(Timestamp, Why)> {
    let found = hit.steps.iter().filter(|step| step.what == super::What::Found);
    found.map(|step| (step.at, step.why.clone())).collect()
}

/// Puts a hit beside the screening that found it. What a change of a list found has a place of its own.
fn place(all: &mut Vec<Recorded>, at: Timestamp, why: Why, hit: &Then) {
    let here = all.iter_mut().filter(|one| match (&one.why, &why) {
        (Why::List(one), Why::List(other)) => one == other,
        (Why::Screened(..), Why::Screened(..)) => one.at <= at,
        _ => false,
    });
    match here.max_by_key(|one| one.at) {
        Some(one) => one.hits.push(hit.clone()),
        None => {
            let lists = if let Why::List(list) = &why { vec![(**list).clone()] } else { Vec::new() };
            all.push(Recorded { at, why, engine: hit.engine.clone(), lists, hits: vec![hit.clone()] });
        }
    }
}
