//! The typed reading of a report's answers: what the server stores beside them, searches, compares and exports.
//!
//! The answers stay the record; this is derived and can be derived again. What cannot be read as what was asked is left
//! out here and stands in the answers as typed. Two sets of questions lead to the same shape, so that reports of
//! different years can be compared. The JSON is stable: fields are only ever added.

mod read;

use read::Reader;
use serde::{Deserialize, Serialize};

use super::{Done, ReportKind};
use crate::{
    answers::{Answers, when::LocalTime},
    cas::Cas,
    country::Country,
    date::Date,
    indicator::Substances,
    quantity::Quantity,
    question::{
        Profile, QuestionSet,
        read::{Money, Percentage},
        relevant,
    },
    time::Timestamp,
};

/// What is needed to read answers.
pub struct Context<'a, S> {
    /// The set they were given to.
    pub set: &'a QuestionSet,
    /// Whose report it is.
    pub profile: &'a Profile,
    /// The catalogue.
    pub substances: &'a S,
    /// Turns the clock of the place into an instant; the server knows the zone. A day without a time is its beginning.
    pub instant: &'a dyn Fn(LocalTime) -> Option<Timestamp>,
}

/// Why answers are no report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answers do not say what kind of report it is")]
pub struct CannotRead;

/// A report in typed form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CanonicalReport {
    /// What it is about.
    pub kind: ReportKind,
    /// The question set it was filed under.
    pub question_set: String,
    /// When the company became aware.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aware_at: Option<Timestamp>,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<Timestamp>,
    /// How they got in touch: code of the question set.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// Substances named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub substances: Vec<Substance>,
    /// Equipment named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipment: Vec<Equipment>,
    /// Everybody named; the one the report is about first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// Order number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub order_number: String,
    /// Day of the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_date: Option<Date>,
    /// Where the goods go.
    #[serde(default, skip_serializing_if = "Delivery::is_empty")]
    pub delivery: Delivery,
    /// How they are carried.
    #[serde(default, skip_serializing_if = "Transport::is_empty")]
    pub transport: Transport,
    /// How they are paid.
    #[serde(default, skip_serializing_if = "Payment::is_empty")]
    pub payment: Payment,
    /// Where the offer is on the internet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// What became of the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Done>,
    /// When the goods leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_expected: Option<Timestamp>,
    /// What happened, in the reporter's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub story: String,
    /// Why it looks suspicious, in the reporter's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub narrative: String,
    /// Signs ticked by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ticked: Vec<String>,
    /// With whom it may be shared: codes of the question set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consent: Vec<String>,
}

/// A substance named in a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substance {
    /// The item's number in the answers.
    pub number: u32,
    /// The catalogue's entry, if it is in the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The name given.
    pub name: String,
    /// The CAS number, if its check digit fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cas: Option<Cas>,
    /// The name on the papers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub declared_name: String,
    /// How much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<SubstanceQuantity>,
    /// Concentration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concentration: Option<Percentage>,
    /// Packaging.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub packaging: String,
    /// Code of the grade.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub grade: String,
    /// What they said it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stated_use: String,
    /// Whether it stood on a list that applied in the company's country on the day of the event.
    #[serde(default)]
    pub listed: bool,
}

/// How much of a substance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubstanceQuantity {
    /// As written.
    pub text: String,
    /// In base units, if it could be read.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Quantity>,
}

/// Equipment named in a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equipment {
    /// The item's number in the answers.
    pub number: u32,
    /// What it is.
    pub what: String,
    /// Make.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub make: String,
    /// Model.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// Serial numbers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub serial: String,
    /// `manual`, `electric` or `not_known`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub drive: String,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
}

/// A person or company named in a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The item's number in the answers; 1 is the one the report is about.
    pub number: u32,
    /// Code of the part they have; `subject` for the first.
    pub role: String,
    /// `company`, `person`, `forwarder` or `not_known`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Other names, contact person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Country of the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Website.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub website: String,
    /// Registration number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub registration: String,
    /// VAT number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub vat: String,
    /// Licence number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
    /// Kind and number of an identity document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<(String, String)>,
}

/// Where goods go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Code of the kind of place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Destination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// Country of departure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Country>,
    /// Countries on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transit: Vec<Country>,
    /// Vehicle of the person who collects.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub vehicle: String,
}

/// How goods are carried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transport {
    /// Code of the means.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub means: String,
    /// Carrier.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub carrier: String,
    /// Container, waybill, vessel, flight or vehicle numbers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub numbers: String,
}

/// How goods are paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Code of the way of payment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// Amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Country the money comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
}

macro_rules! empty_if_default {
    ($($name:ident),+) => {$(
        impl $name {
            fn is_empty(&self) -> bool {
                *self == Self::default()
            }
        }
    )+};
}
empty_if_default!(Delivery, Transport, Payment);

impl CanonicalReport {
    /// Reads the answers that are asked; the others are not part of the report.
    ///
    /// # Errors
    /// [`CannotRead`] if there is no kind.
    pub fn read<S: Substances>(answers: &Answers, context: &Context<S>) -> Result<Self, CannotRead> {
        let answers = &relevant(context.set, answers, context.profile);
        let reader = Reader { answers, context };
        let kind = ReportKind::from_code(&reader.code("kind")).ok_or(CannotRead)?;
        Ok(Self {
            kind,
            question_set: context.set.version.clone(),
            aware_at: reader.instant("aware_at"),
            occurred_at: reader.instant("occurred_at").or_else(|| reader.instant("online.seen_at")),
            channel: reader.code("channel"),
            substances: answers.items("substance").into_iter().map(|n| reader.substance(n)).collect(),
            equipment: answers.items("equipment").into_iter().map(|n| reader.equipment(n)).collect(),
            parties: answers.items("party").into_iter().map(|n| reader.party(n)).collect(),
            order_number: reader.text("order.number"),
            order_date: reader.date("order.date"),
            delivery: Delivery {
                place: reader.code("delivery.place"),
                address: reader.text("delivery.address"),
                country: reader.country("delivery.country"),
                from: reader.country("route.from"),
                transit: reader.countries("route.transit"),
                vehicle: reader.text("delivery.vehicle"),
            },
            transport: Transport {
                means: reader.code("transport.means"),
                carrier: reader.text("transport.carrier"),
                numbers: reader.text("transport.numbers"),
            },
            payment: Payment {
                method: reader.code("payment.method"),
                amount: reader.money("payment.amount"),
                country: reader.country("payment.country"),
            },
            url: reader.text("online.url"),
            done: Done::from_code(&reader.code("did.done")),
            delivery_expected: reader.instant("did.delivery_expected"),
            story: reader.text("story"),
            narrative: reader.text("why.text"),
            ticked: reader.ticked(),
            consent: reader.codes("consent"),
        })
    }

    /// What it is about in a few words, for lists: the first substance with its quantity and how many more, else the
    /// equipment, else the kind. Case content: never for mails or titles outside.
    #[must_use]
    pub fn headline(&self) -> String {
        let more = |count: usize| if count > 1 { format!(" + {}", count - 1) } else { String::new() };
        if let Some(first) = self.substances.first() {
            let quantity = first.quantity.as_ref().map(|quantity| match quantity.read {
                Some(read) => format!(", {}", Quantity { packs: None, ..read }),
                None => format!(", {}", quantity.text),
            });
            let quantity = quantity.unwrap_or_default();
            return format!("{}{quantity}{}", first.name, more(self.substances.len()));
        }
        match self.equipment.first() {
            Some(first) => format!("{}{}", first.what, more(self.equipment.len())),
            None => self.kind.label().to_owned(),
        }
    }

    /// The one the report is about, if anything is known about them.
    #[must_use]
    pub fn subject(&self) -> Option<&Party> {
        self.parties.iter().find(|party| party.number == 1)
    }
}

#[cfg(test)]
mod tests;
