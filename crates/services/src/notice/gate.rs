//! Which associations need an authority's approval for their notices: a setting of the authority that answers for their country.

use domain::{
    access::{Action, Principal},
    ids::OrgId,
    organisation::{OrgKind, OrgStatus},
};
use serde_json::json;
use store::{
    Read,
    notice::approval as rows,
    org::{self, OrgRow},
};

use crate::{
    Context, Result,
    audit::{self, Act},
    input::invalid,
    seat::Seat,
};

/// An association of an authority's country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Association {
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// Whether its notices need the authority's approval.
    pub is_on: bool,
}

/// The associations of the countries for which an authority answers.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without the right.
pub async fn list(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Vec<Association>> {
    Seat::take(principal, authority, Action::RequireApproval)?;
    let mut db = ctx.db.reader();
    let mut found = Vec::new();
    for row in own(&mut db, authority).await? {
        let is_on = rows::gate(&mut db, OrgId(row.id)).await? == Some(authority);
        found.push(Association { handle: row.handle, name: row.name, is_on });
    }
    Ok(found)
}

async fn own(db: &mut impl Read, authority: OrgId) -> Result<Vec<OrgRow>> {
    let mut countries = Vec::new();
    for (country, _) in org::scopes(db, authority).await?.into_iter().filter(|(_, list)| list.is_empty()) {
        if org::authority_of(db, &country).await?.is_some_and(|one| one.id == authority.0) {
            countries.push(country);
        }
    }
    let mut all = org::of_kind(db, OrgKind::Association.code()).await?;
    all.retain(|row| row.status == OrgStatus::Approved.code() && countries.contains(&row.country));
    Ok(all)
}

/// Says whether the notices of an association, by handle, need the authority's approval. What waits already still can be
/// decided; what is scheduled is looked at when its time comes.
///
/// # Errors
/// [`crate::Refusal::Invalid`] at `association` if it is none of the authority's; [`crate::Refusal::NotFound`] without the right.
pub async fn set(ctx: &Context, principal: &Principal, authority: OrgId, handle: &str, on: bool) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::RequireApproval)?;
    let mut tx = ctx.db.begin().await?;
    let found = own(&mut tx, authority).await?.into_iter().find(|row| row.handle == handle);
    let association = found.ok_or_else(|| invalid("association", "Choose an association of your country."))?;
    let id = OrgId(association.id);
    let was = rows::gate(&mut tx, id).await?;
    if (was == Some(authority)) == on {
        return Ok(());
    }
    if on {
        rows::set_gate(&mut tx, id, authority, (seat.id(), ctx.now())).await?;
    } else {
        rows::lift_gate(&mut tx, id).await?;
    }
    let step = if on { "approval of notices required" } else { "approval of notices not required any more" };
    let act = Act {
        actor: seat.actor(),
        action: Action::RequireApproval,
        step,
        object_kind: "org",
        object_id: id.to_string(),
    };
    audit::record(ctx, &mut tx, act, Some(&json!({ "on": !on })), Some(&json!({ "on": on }))).await?;
    tx.commit().await?;
    Ok(())
}

/// The name of the authority that approves an association's notices, for its people; none where nobody does.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without the right.
pub async fn of(ctx: &Context, principal: &Principal, association: OrgId) -> Result<Option<String>> {
    Seat::take(principal, association, Action::ReadNotices)?;
    let mut db = ctx.db.reader();
    let Some(authority) = rows::gate(&mut db, association).await? else { return Ok(None) };
    Ok(org::by_id(&mut db, authority).await?.map(|row| row.name))
}
