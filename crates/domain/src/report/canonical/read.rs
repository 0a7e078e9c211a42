//! From the answers of one field to one typed value; what cannot be read is nothing.

use super::{Context, Equipment, Party, Substance, SubstanceQuantity};
use crate::{
    answers::{Answers, item_key},
    cas::Cas,
    country::Country,
    date::Date,
    indicator::{About, Substances},
    question::read::{Money, Value},
    time::Timestamp,
};

/// The answers of a report with what is needed to read them.
pub(super) struct Reader<'a, S> {
    pub answers: &'a Answers,
    pub context: &'a Context<'a, S>,
}

impl<S: Substances> Reader<'_, S> {
    fn value(&self, key: &str) -> Option<Value> {
        self.context.set.value(key, self.answers, self.context.profile)
    }

    pub fn text(&self, key: &str) -> String {
        match self.value(key) {
            Some(Value::Text(text) | Value::Quantity(text, _) | Value::Cas(text, _)) => text,
            _ => String::new(),
        }
    }

    pub fn codes(&self, key: &str) -> Vec<String> {
        match self.value(key) {
            Some(Value::Chosen(options)) => options.into_iter().map(|(code, _)| code).collect(),
            _ => Vec::new(),
        }
    }

    pub fn code(&self, key: &str) -> String {
        self.codes(key).into_iter().next().unwrap_or_default()
    }

    pub fn countries(&self, key: &str) -> Vec<Country> {
        match self.value(key) {
            Some(Value::Countries(countries)) => countries,
            _ => Vec::new(),
        }
    }

    pub fn country(&self, key: &str) -> Option<Country> {
        self.countries(key).into_iter().next()
    }

    pub fn date(&self, key: &str) -> Option<Date> {
        match self.value(key)? {
            Value::Date(date) => Some(date),
            Value::Time(time) => Some(time.date),
            _ => None,
        }
    }

    pub fn instant(&self, key: &str) -> Option<Timestamp> {
        match self.value(key)? {
            Value::Time(time) => (self.context.instant)(time),
            _ => None,
        }
    }

    pub fn money(&self, key: &str) -> Option<Money> {
        match self.value(key)? {
            Value::Money(money) => Some(money),
            _ => None,
        }
    }

    pub fn ticked(&self) -> Vec<String> {
        let fields = self.answers.iter().map(|(key, _)| key).filter(|key| key.starts_with("signs."));
        let mut ticked: Vec<String> = fields.flat_map(|key| self.codes(key)).collect();
        ticked.sort();
        ticked
    }

    pub fn substance(&self, number: u32) -> Substance {
        let key = |field| item_key("substance", number, field);
        let quantity = match self.value(&key("quantity")) {
            Some(Value::Quantity(text, read)) => Some(SubstanceQuantity { text, read }),
            _ => None,
        };
        let concentration = match self.value(&key("concentration")) {
            Some(Value::Percentage(percentage)) => Some(percentage),
            _ => None,
        };
        let cas = match self.value(&key("cas")) {
            Some(Value::Cas(_, cas)) => cas,
            _ => None,
        };
        let name = self.text(&key("name"));
        let about = self.about(&name, cas);
        Substance {
            number,
            listed: about.as_ref().is_some_and(|about| about.listed),
            slug: about.map(|about| about.slug),
            name,
            cas,
            declared_name: self.text(&key("declared_name")),
            quantity,
            concentration,
            packaging: self.text(&key("packaging")),
            grade: self.code(&key("grade")),
            stated_use: self.text(&key("use")),
        }
    }

    fn about(&self, name: &str, cas: Option<Cas>) -> Option<About> {
        let profile = self.context.profile;
        let on = self.date("order.date").or_else(|| self.date("occurred_at")).or(profile.today);
        let cas = cas.map(|cas| cas.to_string()).unwrap_or_default();
        self.context.substances.about(name, &cas, profile.country, on)
    }

    pub fn equipment(&self, number: u32) -> Equipment {
        let key = |field| item_key("equipment", number, field);
        let count = match self.value(&key("count")) {
            Some(Value::Number(count)) => Some(count),
            _ => None,
        };
        Equipment {
            number,
            what: self.text(&key("what")),
            make: self.text(&key("make")),
            model: self.text(&key("model")),
            serial: self.text(&key("serial")),
            drive: self.code(&key("drive")),
            count,
        }
    }

    pub fn party(&self, number: u32) -> Party {
        let key = |field| item_key("party", number, field);
        let role = if number == 1 { "subject".to_owned() } else { self.code(&key("role")) };
        let document = match self.value(&key("id")) {
            Some(Value::Identifier(kind, _, number)) => Some((kind, number)),
            _ => None,
        };
        let also = [key("also"), key("contact")].map(|key| self.text(&key));
        Party {
            number,
            role,
            kind: self.code(&key("type")),
            name: self.text(&key("name")),
            also: also.into_iter().filter(|name| !name.is_empty()).collect(),
            address: self.text(&key("address")),
            country: self.country(&key("country")),
            phone: self.text(&key("phone")),
            email: self.text(&key("email")),
            website: self.text(&key("website")),
            registration: self.text(&key("registration")),
            vat: self.text(&key("vat")),
            licence: self.text(&key("licence")),
            document,
        }
    }
}
