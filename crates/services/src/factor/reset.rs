//! An administrator takes the second factor of a colleague away who has lost it with all recovery codes. The colleague
//! signs in with the password and sets up a new one; a mail tells them.

use domain::{
    access::{Action, Principal},
    ids::{OrgId, UserId},
};
use store::person;

use super::take_away;
use crate::{
    Context, Refusal, Result, account,
    audit::{self, Actor},
    outbox::{self, Template},
    session,
};

/// Resets a colleague's second factor and ends all their sign-ins.
///
/// # Errors
/// [`Refusal::NotFound`] if they are no colleague; [`Refusal::NotPossible`] for oneself, for somebody without one, and for
/// somebody of whom another organisation asks for one: what protects that organisation is not this one's to take away.
pub async fn reset(ctx: &Context, principal: &Principal, org: OrgId, colleague: UserId) -> Result<()> {
    let membership = principal.allowed_in(org, Action::ManageTeam)?;
    let own = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let places = session::memberships(&mut tx, colleague).await?;
    if !places.iter().any(|place| place.org == org) {
        return Err(Refusal::NotFound);
    }
    let not_possible = |why: &str| Err(Refusal::NotPossible(why.to_owned()));
    if colleague == own.id {
        return not_possible("This is your own second factor. Ask another administrator to reset it.");
    }
    if places.iter().any(|place| place.org != org && place.needs_factor()) {
        return not_possible(
            "This person also has a role elsewhere that asks for a second factor, so your organisation alone cannot reset \
             it. Those who run the installation can.",
        );
    }
    if !take_away(ctx, &mut tx, colleague).await? {
        return not_possible("This person has no second factor.");
    }
    let row = person::by_id(&mut tx, colleague).await?.ok_or(Refusal::NotFound)?;
    let whose = account::to_person(&row);
    let path = format!("/{}/sign-in", whose.lang.tag());
    outbox::queue(ctx, &mut tx, Template::FactorReset, &whose.email, whose.lang, &path, "").await?;
    let act = (Actor::Member(own, membership), Action::ManageTeam, "second factor reset");
    audit::of_person(ctx, &mut tx, act, colleague).await?;
    tx.commit().await?;
    Ok(())
}
