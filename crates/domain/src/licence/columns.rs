//! The columns of the register: what forms ask, files hold, and in which order.

use super::{Licence, Permit, Sort, permit::Direction};
use crate::{answers::Answers, substance::Catalogue};

/// How a column is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// One line of at most so many letters.
    Line(usize),
    /// Several lines.
    Lines,
    /// A day.
    Day,
    /// A country.
    Country,
    /// One of these: code and words.
    Choice(&'static [(&'static str, &'static str)]),
    /// Not typed into the form: there are acts for it.
    Act,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in files and forms.
    pub name: &'static str,
    /// What people read.
    pub title: &'static str,
    /// A sentence of help; may be empty.
    pub hint: &'static str,
    /// How it is typed.
    pub look: Look,
    /// Whether something has to stand in it.
    pub required: bool,
}

const fn must(name: &'static str, title: &'static str, look: Look, hint: &'static str) -> Column {
    Column { name, title, hint, look, required: true }
}

const fn may(name: &'static str, title: &'static str, look: Look, hint: &'static str) -> Column {
    Column { name, title, hint, look, required: false }
}

const LICENCE: &[Column] = &[
    must("number", "Number of the licence", Look::Line(80), ""),
    must("holder", "Holder", Look::Line(200), "The legal name, as in the register of companies."),
    may("registration_number", "Registration number of the holder", Look::Line(80), ""),
    must("country", "Country of the holder", Look::Country, ""),
    may("contact", "Contact", Look::Lines, "Who answers there: name, telephone, mail."),
    must("valid_from", "Valid from", Look::Day, ""),
    may("valid_to", "Valid through", Look::Day, "The last day. Leave it empty if the licence has no end."),
    may(
        "sites",
        "Sites",
        Look::Lines,
        "One a line: name | address. Without any, the licence holds wherever the holder works.",
    ),
    must(
        "substances",
        "Substances and activities",
        Look::Lines,
        "One a line: substance or list | activities | ceiling | sites. For example: Acetone | store, distribute | 5000 kg a \
         year | Paint plant; or UN: Table II | use.",
    ),
    may("stops", "Suspensions and revocations", Look::Act, ""),
    may("note", "Note", Look::Lines, "For colleagues only."),
];

const PERMIT: &[Column] = &[
    must("number", "Number of the permit", Look::Line(80), ""),
    must("direction", "Import or export", Look::Choice(&[("import", "Import"), ("export", "Export")]), ""),
    may("licence", "Number of the licence", Look::Line(80), "Under which it was given."),
    must("holder", "Holder", Look::Line(200), ""),
    must("country", "Country of the holder", Look::Country, ""),
    must("substance", "Substance", Look::Line(200), "Its name or CAS number as in the catalogue."),
    must("quantity", "Quantity", Look::Line(60), "For example 2000 kg."),
    may("used", "Used", Look::Line(60), "What has crossed the border under it so far."),
    must("counterparty", "Counterparty abroad", Look::Line(200), ""),
    must("counterparty_country", "Country of the counterparty", Look::Country, ""),
    must("valid_from", "Valid from", Look::Day, ""),
    must("valid_to", "Valid through", Look::Day, "The last day."),
    may(
        "endorsed",
        "Endorsed",
        Look::Choice(&[("no", "Not yet"), ("yes", "Endorsed and returned")]),
        "Whether customs have endorsed and returned it.",
    ),
    may("notified_as", "Pre-export notification", Look::Line(80), "Its reference."),
    may("note", "Note", Look::Lines, "For colleagues only."),
];

impl Sort {
    /// The columns, in the order of forms and files.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Licence => LICENCE,
            Self::Permit => PERMIT,
        }
    }
}

fn answers<const N: usize>(cells: [(&str, String); N]) -> Answers {
    let mut made = Answers::new();
    for (name, text) in cells {
        made.set_one(name, text);
    }
    made
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

pub(super) fn of_licence(licence: &Licence, catalogue: &Catalogue) -> Answers {
    answers([
        ("number", licence.number.clone()),
        ("holder", licence.holder.clone()),
        ("registration_number", licence.registration.clone()),
        ("country", licence.country.code().to_owned()),
        ("contact", licence.contact.clone()),
        ("valid_from", licence.from.to_string()),
        ("valid_to", licence.to.map(|day| day.to_string()).unwrap_or_default()),
        ("sites", lines(licence.sites.iter().map(super::Site::line))),
        ("substances", lines(licence.grants.iter().map(|grant| grant.line(catalogue)))),
        ("stops", lines(licence.stops.iter().map(super::Stop::line))),
        ("note", licence.note.clone()),
    ])
}

pub(super) fn of_permit(permit: &Permit, catalogue: &Catalogue) -> Answers {
    let substance = catalogue.find(&permit.substance).map_or(permit.substance.as_str(), |found| found.name.as_str());
    answers([
        ("number", permit.number.clone()),
        ("direction", Direction::code(permit.direction).to_owned()),
        ("licence", permit.licence.clone()),
        ("holder", permit.holder.clone()),
        ("country", permit.country.code().to_owned()),
        ("substance", substance.to_owned()),
        ("quantity", permit.quantity.to_string()),
        ("used", permit.used.map(|used| used.to_string()).unwrap_or_default()),
        ("counterparty", permit.counterparty.clone()),
        ("counterparty_country", permit.counterparty_country.code().to_owned()),
        ("valid_from", permit.from.to_string()),
        ("valid_to", permit.to.to_string()),
        ("endorsed", if permit.endorsed { "yes" } else { "no" }.to_owned()),
        ("notified_as", permit.notified_as.clone()),
        ("note", permit.note.clone()),
    ])
}
