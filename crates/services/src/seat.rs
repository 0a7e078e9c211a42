//! Where somebody sits while acting: the person and the membership that allows the act in the object's own organisation.

use domain::{
    access::{Action, Membership, Person, Principal},
    ids::{OrgId, UserId},
};

use crate::{Result, audit::Actor, error::Refusal};

/// A person in the organisation for which they act.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seat<'p> {
    /// Who.
    pub person: &'p Person,
    /// Where, and as what.
    pub membership: &'p Membership,
}

impl<'p> Seat<'p> {
    /// The seat from which `principal` may do `action` in `org`.
    pub fn take(principal: &'p Principal, org: OrgId, action: Action) -> Result<Self> {
        let membership = principal.allowed_in(org, action)?;
        let person = principal.person.as_ref().ok_or(Refusal::NotSignedIn)?;
        Ok(Self { person, membership })
    }

    /// The person's identity.
    pub const fn id(&self) -> UserId {
        self.person.id
    }

    /// Whether they run the organisation's account.
    pub const fn is_admin(&self) -> bool {
        self.membership.role.is_admin()
    }

    /// As the audit log has it.
    pub const fn actor(&self) -> Actor<'p> {
        Actor::Member(self.person, self.membership)
    }
}
