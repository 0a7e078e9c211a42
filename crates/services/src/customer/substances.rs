//! Which substances a company deals with, as far as files of its customers say it: kept beside each file whenever it is
//! written, so that a notice about a substance finds those whom it touches ([`crate::notice`]). Nobody else reads it.

use std::collections::BTreeSet;

use domain::{
    country::Country,
    customer::Customer,
    ids::{CustomerId, OrgId},
    indicator::Substances as _,
};
use store::{Tx, customer::substance as rows};

use crate::{Context, Refusal, Result};

/// Files that are read in one turn.
const PIECE: i64 = 500;

/// Keeps which substances of the catalogue a file expects. In the transaction of the change.
pub(super) async fn keep(
    ctx: &Context,
    tx: &mut Tx,
    (id, org): (CustomerId, OrgId),
    country: &str,
    file: &Customer,
) -> Result<()> {
    Ok(rows::set(tx, id, org, &expected(ctx, country, file)).await?)
}

/// Their slugs; what the catalogue does not know is left out.
fn expected(ctx: &Context, country: &str, file: &Customer) -> Vec<String> {
    let (catalogue, country) = (ctx.catalogue(), Country::parse(country).ok());
    let slug =
        |name: &str, cas: &str| Some(catalogue.about(name, cas, country, None)?.slug).filter(|it| !it.is_empty());
    let entries = file.entries("substance").iter();
    let slugs: BTreeSet<String> =
        entries.filter_map(|entry| slug(entry.fields.one("name"), entry.fields.one("cas"))).collect();
    slugs.into_iter().collect()
}

/// Reads files that were written before this was kept; how many. For the worker.
///
/// # Errors
/// If the store fails.
pub(crate) async fn catch_up(ctx: &Context) -> Result<usize> {
    let unread = rows::unread(&mut ctx.db.reader(), PIECE).await?;
    if unread.is_empty() {
        return Ok(0);
    }
    let mut tx = ctx.db.begin().await?;
    for (id, org, content) in &unread {
        let file = serde_json::from_str(content).map_err(|error| Refusal::Fault(format!("customer {id}: {error}")))?;
        let country = store::org::by_id(&mut tx, *org).await?.map(|org| org.country).unwrap_or_default();
        keep(ctx, &mut tx, (*id, *org), &country, &file).await?;
    }
    tx.commit().await?;
    Ok(unread.len())
}
