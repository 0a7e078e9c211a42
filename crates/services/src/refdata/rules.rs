//! The rules as somebody's browser gets them.

use domain::{access::Principal, ids::OrgId, indicator::RuleSet, organisation::OrgKind};

use crate::{Context, Result, error::Refusal, report::access};

/// The rules for reports to an authority, without the authority's own signs, by the version of the program that `version`
/// begins with. Somebody who neither works for the authority nor for a company that reports to it gets those that hold for
/// everybody.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn rules_for(
    ctx: &Context,
    principal: &Principal,
    version: &str,
    authority: Option<OrgId>,
) -> Result<RuleSet> {
    principal.signed_in()?;
    let program = version.split('+').next().unwrap_or_default();
    let base = RuleSet::get(program).unwrap_or_else(RuleSet::latest);
    let authority = match authority {
        Some(authority) if concerned(ctx, principal, authority).await? => Some(authority),
        _ => None,
    };
    Ok(ctx.refdata.rules(base, authority, ctx.now()).for_companies())
}

async fn concerned(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<bool> {
    for member in &principal.memberships {
        if member.org == authority {
            return Ok(true);
        }
        if member.kind == OrgKind::Company {
            let mut db = ctx.db.reader();
            let company = store::org::by_id(&mut db, member.org).await?.ok_or(Refusal::NotFound)?;
            if access::authority_of(&mut db, &company).await? == Some(authority) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
