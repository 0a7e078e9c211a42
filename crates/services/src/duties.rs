//! What the law asks about a substance, by role and country: the table of duties and the duty to report, put together.
//! Everybody may ask; only what everybody may see of the catalogue is looked at.

use domain::{
    duties::{Asked, Group, applicable},
    indicator::Substances as _,
    report::{self, Basis, Duties, ReportKind, Subject},
    substance::Kind,
};

use crate::Context;

/// What was found.
#[derive(Clone, Debug)]
pub struct Navigated {
    /// By kind of duty.
    pub groups: Vec<Group>,
    /// Whether a suspicious order has to be reported, and by which law.
    pub report: Basis,
}

/// Every duty that matters for what was asked.
#[must_use]
pub fn navigate(ctx: &Context, asked: &Asked<'_>) -> Navigated {
    let about = ctx.catalogue().about(&asked.substance.name, "", Some(asked.country), Some(asked.on));
    let subject = Subject {
        kind: ReportKind::Order,
        substances: about.as_slice(),
        machines: asked.substance.kind == Kind::Equipment,
        roles: if asked.roles.is_empty() { domain::organisation::OperatorRole::ALL } else { asked.roles },
        country: asked.country,
        on: asked.on,
    };
    let report = report::basis(Duties::embedded(), &ctx.refdata.law(ctx.now()), &subject);
    Navigated { groups: applicable(asked), report }
}
