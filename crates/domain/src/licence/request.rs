//! What a company asks an authority about a licence, and what the authority answers.

use serde::{Deserialize, Serialize};

use super::{Activity, Column, Look, Names, check::Asked, read::Reader};
use crate::{
    answers::{
        Answers,
        when::{Order, long_date, parse_date},
    },
    country::Country,
    customer::Fault,
    date::Date,
    deadline::Allowance,
    organisation::coded,
    quantity::Quantity,
};

/// Until when an authority wants to have answered: five working days.
pub const ANSWER_WITHIN: Allowance = Allowance { hours: 5 * 24, working: true };

coded! {
    /// What an authority answers.
    Outcome {
        /// It covers what was asked.
        Valid = "valid", "Valid";
        /// It does, within what the note says.
        Limited = "limited", "Valid with limits";
        /// It does not.
        NotValid = "not_valid", "Not valid";
        /// The authority cannot tell from its register.
        CannotSay = "cannot_say", "Cannot say";
    }
}

coded! {
    /// Where a request stands.
    RequestState {
        /// The authority has not answered yet.
        Open = "open", "Waiting for the authority";
        /// It has.
        Answered = "answered", "Answered";
        /// Nobody here answers for that country: it goes as a letter.
        Letter = "letter", "To be sent as a letter";
        /// The company has taken it back.
        Withdrawn = "withdrawn", "Taken back";
    }
}

const ACTIVITIES: &[(&str, &str)] = &[
    ("produce", "Produce"),
    ("store", "Store"),
    ("distribute", "Distribute"),
    ("import", "Import"),
    ("export", "Export"),
    ("use", "Use"),
    ("broker", "Broker"),
    ("transport", "Transport"),
    ("destroy", "Destroy"),
];

/// What a request asks, in the order of the form.
pub const COLUMNS: &[Column] = &[
    column("number", "Number of the licence", Look::Line(80), "As the customer gave it.", true),
    column("holder", "Holder", Look::Line(200), "The legal name on the licence.", true),
    column("country", "Country that gave it", Look::Country, "Its competent authority is asked.", true),
    column("site", "Site", Look::Line(400), "Where the goods go: name and address.", false),
    column("substance", "Substance", Look::Line(200), "Its name or CAS number.", true),
    column("activity", "What the holder wants to do with it", Look::Choice(ACTIVITIES), "", true),
    column("on", "On which day", Look::Day, "The day of the delivery. Left empty: today.", false),
    column("quantity", "Quantity", Look::Line(60), "For example 400 kg.", false),
];

const fn column(name: &'static str, title: &'static str, look: Look, hint: &'static str, required: bool) -> Column {
    Column { name, title, hint, look, required }
}

/// What exactly was asked. Kept with the answer, and never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Number of the licence.
    pub number: String,
    /// Who holds it, by the customer's word.
    pub holder: String,
    /// Whose authority is asked.
    pub country: Country,
    /// Where the goods go; may be empty.
    pub site: String,
    /// The substance's handle.
    pub substance: String,
    /// Its name on that day.
    pub substance_name: String,
    /// What is to be done.
    pub activity: Activity,
    /// On which day.
    pub on: Date,
    /// How much, if that was named.
    pub quantity: Option<Quantity>,
}

impl Question {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every [`Fault`], by column.
    pub fn read(typed: &Answers, order: Order, names: &Names<'_>, today: Date) -> Result<Self, Vec<Fault>> {
        let mut form = Reader::new(COLUMNS, typed, order);
        let (number, holder) = (form.text("number"), form.text("holder"));
        let (country, site) = (form.country("country"), form.text("site"));
        let substance = form.read("substance", |text, _| {
            let found = names.substance(text).map(|found| (found.slug.clone(), found.name.clone()));
            found.ok_or("This substance is not in the catalogue. Write its name or CAS number as there")
        });
        let activity =
            form.read("activity", |text, _| Activity::from_code(text).ok_or("Choose what the holder wants to do"));
        let on = form.read("on", parse_date).unwrap_or(today);
        let quantity = form.quantity("quantity");
        let read = country.zip(substance).zip(activity).map(|((country, (substance, name)), activity)| Self {
            number,
            holder,
            country,
            site,
            substance,
            substance_name: name,
            activity,
            on,
            quantity,
        });
        form.done(read)
    }

    /// As a licence is asked.
    #[must_use]
    pub fn asked(&self) -> Asked<'_> {
        Asked {
            site: &self.site,
            substance: &self.substance,
            activity: self.activity,
            on: self.on,
            quantity: self.quantity,
        }
    }

    /// As rows of title and text.
    #[must_use]
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let activity = ACTIVITIES.iter().find(|(code, _)| *code == self.activity.code()).map_or("", |(_, word)| *word);
        let texts = [
            self.number.clone(),
            self.holder.clone(),
            self.country.name().to_owned(),
            self.site.clone(),
            self.substance_name.clone(),
            activity.to_owned(),
            long_date(self.on),
            self.quantity.map(|quantity| quantity.to_string()).unwrap_or_default(),
        ];
        let titles = COLUMNS.iter().map(|column| column.title);
        titles.zip(texts).filter(|(_, text)| !text.is_empty()).collect()
    }
}
