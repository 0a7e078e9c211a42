//! A report: what kinds there are, which way it goes from sent to closed, what it says in typed form, what law asks for it.
//!
//! What the company typed stays in [`crate::answers::Answers`] under the question set it was filed with;
//! [`CanonicalReport`] is the typed reading of it that the server stores beside it, searches and exports. Where the
//! report stands is a [`State`]; everything that may happen to it is one table ([`Act`]); what of that the reporter sees
//! is [`ReporterState`] and, once decided, an [`OutcomeClass`]. A *legal hold* lies over the state and changes nothing
//! that can be seen from outside. A draft is no report yet and has no state here.

mod basis;
mod canonical;
mod kind;
mod reason;
mod severity;
mod state;

pub use basis::{Applied, Basis, Duties, Duty, Subject, Voluntary, basis};
pub use canonical::{
    CannotRead, CanonicalReport, Context, Delivery, Equipment, Party, Payment, Substance, SubstanceQuantity, Transport,
};
pub use kind::{Done, ReportKind};
pub use reason::{Decision, OutcomeClass, Reason, Reasons};
pub use severity::Severity;
pub use state::{Act, Actor, NotPossible, ReporterState, Standing, State};
