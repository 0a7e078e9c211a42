//! One-time links: what stands behind a token, whatever it is for.
//!
//! Mail scanners open links. So opening one only looks, and what it is for happens when its owner presses the button:
//! [`crate::account::reset`], [`crate::register::confirm`], [`crate::team::accept`] and [`crate::team::accept_new`],
//! [`crate::setup::complete`], [`crate::reader::confirm`], [`crate::address::confirm`]. A link that was used, withdrawn, has lapsed or was never given is not found, without
//! saying which.

use domain::time::Timestamp;
use store::token::TokenRow;

use crate::{
    Context, Refusal, Result, account, address,
    reader::{self, Reader},
    register::{self, Waiting},
    secret, setup,
    team::{self, Offer},
};

/// The row of a link for `purpose` that can still be used. It is not used by that.
///
/// # Errors
/// [`Refusal::NotFound`] if it was never given, was used or withdrawn, or has lapsed.
pub(crate) async fn open(ctx: &Context, token: &str, purpose: &str) -> Result<TokenRow> {
    let row = store::token::peek(&mut ctx.db.reader(), secret::hash(token), purpose).await?;
    let is_open = |row: &TokenRow| row.used_at.is_none() && Timestamp(row.expires_at) > ctx.now();
    row.filter(is_open).ok_or(Refusal::NotFound)
}

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// Choose a new password for the account of this address.
    Reset {
        /// The address it was sent to.
        email: String,
    },
    /// Confirm the address of an application.
    Confirm(Waiting),
    /// Join an organisation.
    Invitation(Offer),
    /// Become the installation's first administrator.
    FirstAdministrator,
    /// Be told what is published.
    Reader(Box<Reader>),
    /// Show that an address takes mail; it is then the account's.
    Address {
        /// The address it was sent to.
        email: String,
    },
}

/// Looks at a link without using it.
///
/// # Errors
/// [`Refusal::NotFound`] if it cannot be used.
pub async fn peek(ctx: &Context, token: &str) -> Result<Link> {
    let row = store::token::find(&mut ctx.db.reader(), secret::hash(token)).await?.ok_or(Refusal::NotFound)?;
    match row.purpose.as_str() {
        account::RESET => Ok(Link::Reset { email: account::peek_reset(ctx, token).await? }),
        register::CONFIRM => Ok(Link::Confirm(register::peek_confirm(ctx, token).await?)),
        team::INVITE => Ok(Link::Invitation(team::peek(ctx, token).await?)),
        reader::CONFIRM => Ok(Link::Reader(Box::new(reader::peek(ctx, token).await?))),
        address::CONFIRM => Ok(Link::Address { email: address::peek(ctx, token).await? }),
        setup::SETUP => setup::peek(ctx, token).await.map(|()| Link::FirstAdministrator),
        _ => Err(Refusal::NotFound),
    }
}
