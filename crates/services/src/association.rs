//! An association and its members: who they are ([`members`]), what they ask without a name ([`questions`]), on what they are
//! consulted ([`consultations`]), what is ahead ([`calendar`]) and what is reported in their sector ([`sector`]).
//!
//! An association learns of a company only what that company agreed to: that it is a member, and its name under a position
//! where it said so. It never sees a report, nor who asked a question.

pub mod calendar;
pub mod consultations;
pub mod contacts;
pub mod members;
pub mod questions;
pub mod sector;

use domain::{
    access::{Action, Principal},
    ids::OrgId,
    organisation::OrgKind,
};
use store::{Tx, person};

use crate::{
    Context, Result,
    audit::Act,
    outbox::{self, Template},
    seat::Seat,
};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

fn act<'s>(seat: Seat<'s>, action: Action, step: &'s str, kind: &'s str, id: String) -> Act<'s> {
    Act { actor: seat.actor(), action, step, object_kind: kind, object_id: id }
}

/// Queues a mail to those who run an organisation, linking to a page of its workspace. The mail says neither whose nor what.
async fn tell(
    ctx: &Context,
    tx: &mut Tx,
    (kind, org, handle): (OrgKind, OrgId, &str),
    page: &str,
    template: Template,
) -> Result<()> {
    for member in person::administrators(tx, org).await? {
        let lang = member.lang();
        let path = format!("/{}/{}/{handle}{page}", lang.tag(), kind.workspace());
        outbox::queue(ctx, tx, template, &member.email, lang, &path, "").await?;
    }
    Ok(())
}

/// The companies that an association or an authority reaches: members, or those for which it answers.
async fn reached(ctx: &Context, tx: &mut Tx, owner: OrgId, kind: OrgKind) -> Result<Vec<(OrgId, String)>> {
    Ok(match kind {
        OrgKind::Association => store::association::companies(tx, owner, ctx.now()).await?,
        _ => store::association::consultation::asked(tx, owner).await?,
    })
}

/// The associations of which a company is a member now, with their names.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without the right.
pub async fn of_company(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<(OrgId, String)>> {
    Seat::take(principal, org, Action::ReadAssociations)?;
    Ok(store::association::associations(&mut ctx.db.reader(), org, ctx.now()).await?)
}
