//! Tests over the shipped question sets, in one file per subject.

#![expect(clippy::unwrap_used, reason = "tests")]

mod bad_input;
mod journey;
mod matrix;
mod shipped;

use super::*;

/// A producer in the Netherlands on 23 November 2026.
fn profile() -> Profile {
    with_roles(&[OperatorRole::Producer])
}

fn with_roles(roles: &[OperatorRole]) -> Profile {
    Profile {
        roles: roles.to_vec(),
        country: Some(Country::parse("NL").unwrap()),
        today: Some("2026-11-23".parse().unwrap()),
    }
}

/// A full report that can be sent as it is.
fn complete() -> Answers {
    Answers::from_iter([
        ("kind", "order"),
        ("aware_at", "23 Nov 2026 9:15"),
        ("occurred_at", "20/11/2026"),
        ("substances.involved", "substances"),
        ("substance.1.name", "Acetic anhydride"),
        ("substance.1.quantity", "3 drums of 200 l"),
        ("party.1.type", "company"),
        ("party.1.name", "Example Trading BV"),
        ("party.1.address", "Kade 1\nBreda"),
        ("why.text", "They would not say what it is for."),
        ("did.done", "pending"),
        ("contact.name", "A. de Vries"),
        ("contact.phone", "+31 20 123 4567"),
    ])
}
