//! Believable demo data, and the rule that it never meets the world.
//!
//! Seeding marks the database. A marked database has accounts with a password that everybody knows, so the server must
//! refuse to serve it on any address but this machine's own ([`is_demo`]). Without the mark there are no accounts at all
//! until the first administrator is made ([`crate::setup`]).

mod advice;
mod associations;
mod concerns;
mod crowd;
mod customers;
mod decisions;
mod declarations;
mod echo;
mod inbox;
mod learning;
mod library;
mod licences;
mod lists;
mod many;
mod notices;
mod openness;
mod people;
mod refdata;
mod reports;

pub use crowd::{fill_customers, firm, person};
pub use inbox::{READER, flood};
pub use many::fill;
pub use people::{DemoAccount, FACTOR, PASSWORD, accounts, factor_text, seed_people};

use domain::ids::UserId;
use store::Tx;

use crate::{Context, Refusal, Result, factor};

/// Makes everything the demo shows. Does nothing where it is there already.
///
/// # Errors
/// [`crate::Refusal::NotPossible`] if the database holds real organisations.
pub async fn seed(ctx: &Context) -> Result<()> {
    seed_people(ctx).await?;
    reports::seed(ctx).await?;
    lists::seed(ctx).await?;
    licences::seed(ctx).await?;
    advice::seed(ctx).await?;
    concerns::seed(ctx).await?;
    inbox::seed(ctx).await?;
    learning::seed(ctx).await?;
    // One notice is for the association's members: they come first.
    associations::seed(ctx).await?;
    notices::seed(ctx).await
}

/// Gives somebody the second factor whose secret everybody knows.
///
/// # Errors
/// [`Refusal::NotPossible`] where the database holds no demo data.
pub async fn give_factor(ctx: &Context, tx: &mut Tx, person: UserId) -> Result<()> {
    if !store::setting::is_demo(tx).await? {
        return Err(Refusal::NotPossible("Only people of a demo have a secret that everybody knows.".to_owned()));
    }
    factor::give(ctx, tx, person, &FACTOR).await
}

/// Whether this database holds demo data.
///
/// # Errors
/// If the store fails.
pub async fn is_demo(ctx: &Context) -> Result<bool> {
    Ok(store::setting::is_demo(&mut ctx.db.reader()).await?)
}
