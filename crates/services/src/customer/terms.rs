//! Who stands in a file, in the terms of the engine that compares names.

use domain::customer::PartyKind;
use screening::entry::{Kind, NumberKind};

/// What somebody is.
pub(crate) const fn kind(kind: PartyKind) -> Kind {
    match kind {
        PartyKind::Person => Kind::Person,
        PartyKind::Organisation => Kind::Organisation,
        PartyKind::Vessel => Kind::Vessel,
        PartyKind::Unknown => Kind::Any,
    }
}

/// What a number is, by the name of its field.
pub(crate) fn number_kind(field: &str) -> NumberKind {
    match field {
        "registration_number" => NumberKind::Registration,
        "vat" | "vats" | "eori" => NumberKind::Tax,
        "lei" => NumberKind::Lei,
        "bic" => NumberKind::Bic,
        "iban" | "account" => NumberKind::Account,
        "imo" => NumberKind::Imo,
        _ => NumberKind::Other,
    }
}
