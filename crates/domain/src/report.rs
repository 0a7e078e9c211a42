//! A report: what kinds there are, which way it goes from sent to closed, what it says in typed form, what law asks for it.
//!
//! What the company typed stays in [`crate::answers::Answers`] under the question set it was filed with;
//! the canonical report is the typed reading of it that the server stores beside it, searches and exports. Where the
//! report stands is a [`State`]; everything that may happen to it is one table ([`Act`]); what of that the reporter sees
//! is [`ReporterState`] and, once decided, an [`OutcomeClass`]. A *legal hold* lies over the state and changes nothing
//! that can be seen from outside. A draft is no report yet and has no state here.

mod kind;
mod reason;
mod severity;
mod state;

pub use kind::{Done, ReportKind};
pub use reason::{Decision, OutcomeClass, Reason, Reasons};
pub use severity::Severity;
pub use state::{Act, Actor, NotPossible, ReporterState, Standing, State};
